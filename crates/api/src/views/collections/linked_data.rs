//! A collection as linked data: a dataset in the words of schema.org, which catalogues of open data read.

use atlas::{Edition, Layer};
use export::Format;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::views::words;

/// The dataset with its downloads.
pub fn of(edition: &Edition, layer: &Layer, ask: &Ask) -> Value {
    let (collection, language) = (&layer.collection, ask.language.0);
    let url = format!("{}/collections/{}", ask.origin, collection.id);
    let download = |format: Format| {
        json!({
            "@type": "DataDownload",
            "encodingFormat": format.media_type(),
            "contentUrl": format!("{url}/items?f={}", format.as_str()),
        })
    };
    let licences = layer.origins.iter().filter_map(|origin| origin.licence_url.as_deref());
    let creators =
        layer.origins.iter().map(|origin| json!({ "@type": "Organization", "name": origin.publisher }));
    let [west, south, east, north] = edition.territory.extent;
    json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": words(language, &collection.title),
        "description": words(language, &collection.description),
        "license": licences.collect::<std::collections::BTreeSet<_>>(),
        "creator": creators.collect::<Vec<_>>(),
        "dateModified": layer.origins.iter().filter_map(|origin| origin.extracted_on).max().map(|day| day.to_string()),
        "isAccessibleForFree": true,
        "spatialCoverage": {
            "@type": "Place",
            "name": words(language, &edition.territory.title),
            "geo": { "@type": "GeoShape", "box": format!("{south} {west} {north} {east}") },
        },
        "distribution": Format::of(collection).map(download).collect::<Vec<_>>(),
    })
}
