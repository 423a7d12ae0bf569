//! What a release changed, as features: each record where it stands now, one that is gone where it stood.

use atlas::{Edition, Layer, Property};
use domain::{CollectionId, ReleaseId};
use serde_json::{Value, json};
use std::sync::Arc;
use store::history::{self, Release};

use crate::as_of;
use crate::comparison::{ChangeKind, RecordChange};
use crate::content::{Content, GEOJSON};
use crate::portal::Portal;
use crate::problem::Problem;

/// What is said of a record beside what became of it.
const PROPERTIES: [&str; 3] = ["title", "municipalities", "precision"];

/// The states before and after a release.
pub struct States {
    before: Option<Arc<Edition>>,
    after: Arc<Edition>,
}

impl States {
    /// Those that are compared: the state when `release` had just been published, and the one of `from` or else of the release
    /// before it.
    ///
    /// # Errors
    /// 404 for a release that is not published, 503 while the database is away.
    pub async fn of(portal: &Portal, release: &Release, from: Option<ReleaseId>) -> Result<Self, Problem> {
        let state = async |id: i64| {
            let time = [("release".to_owned(), id.to_string())];
            Ok::<_, Problem>(as_of::edition(portal, &time).await?.edition)
        };
        let before = match from {
            Some(from) => Some(from.0),
            None => history::releases(&portal.store, Some(&release.source), i64::MAX)
                .await?
                .iter()
                .find(|it| it.id < release.id && it.state == "published")
                .map(|it| it.id.0),
        };
        let before = match before {
            Some(id) => Some(state(id).await?),
            None => None,
        };
        Ok(Self { before, after: state(release.id.0).await? })
    }

    /// The changed records as features, with what else the document of the same changes says.
    pub fn collection(&self, changes: &[&RecordChange], mut document: Value) -> Content {
        let records = document["changes"].as_array_mut().map(std::mem::take).unwrap_or_default();
        let features =
            changes.iter().zip(records).map(|(change, record)| self.feature(change, record)).collect();
        if let Some(document) = document.as_object_mut() {
            document.remove("changes");
            document.insert("type".to_owned(), Value::from("FeatureCollection"));
            document.insert("features".to_owned(), features);
        }
        Content { media_type: GEOJSON, ..Content::json(&document) }
    }

    /// A changed record as a feature. Its geometry is null where its collection has no places.
    fn feature(&self, change: &RecordChange, record: Value) -> Value {
        let state = if change.kind == ChangeKind::Removed { self.before.as_ref() } else { Some(&self.after) };
        let nowhere = || json!({ "type": "Feature", "geometry": null, "properties": {} });
        let mut feature = state.and_then(|edition| placed(edition, change)).unwrap_or_else(nowhere);
        if let (Some(properties), Value::Object(record)) = (feature["properties"].as_object_mut(), record) {
            properties.extend(record.into_iter().filter(|(name, _)| name != "id"));
        }
        feature["id"] = Value::from(change.id.number());
        feature
    }
}

fn placed(edition: &Edition, change: &RecordChange) -> Option<Value> {
    let layer: &Layer = edition.layer(&CollectionId::parse(&change.collection)?)?;
    let at = layer.position(change.id)?;
    let property = |name: &&str| Property::parse(&layer.collection, &layer.origins, name);
    let form =
        layer.usual_form().with_properties(&PROPERTIES.iter().filter_map(property).collect::<Vec<_>>());
    let mut written = Vec::new();
    layer.write_geojson(&mut written, at, &form);
    serde_json::from_slice(&written).ok()
}
