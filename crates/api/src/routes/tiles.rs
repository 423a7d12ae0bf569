//! `/tiles/{ids}.json` and `/tiles/{ids}/{z}/{x}/{y}`: TileJSON and vector tiles of one or several collections.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;
use tiles::{Drawn, Pyramid, Selection, TileAddress, describe, draw};

use super::tile_matrix_sets;
use crate::address::{self, VERSION};
use crate::as_of;
use crate::ask::Ask;
use crate::content::{Content, MVT};
use crate::drawn_then::{self, DrawnThen};
use crate::effort::{TILE, TILE_FROM_AFAR};
use crate::front::Inert;
use crate::listing;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::pyramids;
use crate::sifting::{self, Sifting};
use crate::work::Wanted;

/// From this zoom level on a tile has so little in it that it is drawn at once.
const LIGHT_FROM_ZOOM: u8 = 10;
/// The parameter that names collections.
const COLLECTIONS: &str = "collections";

/// The TileJSON 3.0 document of the collections that `ids` names, joined by commas.
pub async fn describe(
    State(portal): State<Portal>,
    Path(document): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    let ids = document.strip_suffix(".json").ok_or_else(|| {
        let detail = format!("The description of these tiles is at /tiles/{document}.json.");
        Problem::new(StatusCode::NOT_FOUND, detail)
    })?;
    let then = drawn_then::of(&portal, &ask).await?;
    let drawn = then.drawn;
    let pyramids = pyramids::named(&drawn, ids)?;
    let mut known = sifting::names(&drawn, &pyramids)?;
    known.extend(as_of::PARAMETERS);
    let (_, parameters) = as_of::split(ask.parameters(&known)?);
    // What cannot be asked of the tiles is not promised here.
    Sifting::of(&drawn, &pyramids, &parameters)?;
    let tag = pyramids::tag(&pyramids);
    let reply = ask.reply(&tag).of_edition((!then.is_named).then_some(&drawn.edition.tag));
    reply.make(|| Ok(Content::json(&tile_json(&ask, &drawn, ids, &pyramids)))).await
}

/// One tile; 204 where there is nothing in it.
pub async fn show(
    State(portal): State<Portal>,
    Path((ids, z, x, y)): Path<(String, String, String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    let y = y.strip_suffix(".mvt").or_else(|| y.strip_suffix(".pbf")).unwrap_or(&y);
    let address = TileAddress::parse(&z, &x, y).map_err(|error| Problem::bad_request(format!("{error}.")))?;
    let then = drawn_then::of(&portal, &ask).await?;
    let pyramids = pyramids::named(&then.drawn, &ids)?;
    draw(&portal, &ask, then, pyramids, address, &[]).await
}

/// A tile of a collection, by tile matrix, row and column.
pub async fn show_of_collection(
    State(portal): State<Portal>,
    Path((id, set, z, y, x)): Path<(String, String, String, String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    tile_matrix_sets::check(&set)?;
    let then = drawn_then::of(&portal, &ask).await?;
    let pyramids = pyramids::named(&then.drawn, &id)?;
    let address = by_row(&pyramids, [&z, &y, &x])?;
    draw(&portal, &ask, then, pyramids, address, &[]).await
}

/// A tile of all collections together, or of those that the parameter `collections` names.
pub async fn show_of_dataset(
    State(portal): State<Portal>,
    Path((z, y, x)): Path<(String, String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    let then = drawn_then::of(&portal, &ask).await?;
    let asked = listing::value(ask.stated(), COLLECTIONS);
    let pyramids =
        asked.map_or_else(|| Ok(pyramids::all(&then.drawn)), |ids| pyramids::named(&then.drawn, ids))?;
    let address = by_row(&pyramids, [&z, &y, &x])?;
    draw(&portal, &ask, then, pyramids, address, &[COLLECTIONS]).await
}

/// The address of a tile of these pyramids, as OGC API – Tiles says it.
///
/// # Errors
/// 400 for what is no number, 404 for what is not in the tileset.
fn by_row(pyramids: &[Arc<Pyramid>], [z, y, x]: [&str; 3]) -> Result<TileAddress, Problem> {
    let address = TileAddress::parse(z, x, y).map_err(|error| match error {
        tiles::Error::AddressNumber { .. } => Problem::bad_request(format!("{error}.")),
        _ => Problem::new(StatusCode::NOT_FOUND, format!("{error}.")),
    })?;
    let [first, last] = Pyramid::zooms_of(pyramids).unwrap_or_default();
    if (first..=last).contains(&address.z()) {
        return Ok(address);
    }
    let detail = format!("There are no tiles on level {}: there are from {first} to {last}.", address.z());
    Err(Problem::new(StatusCode::NOT_FOUND, detail))
}

/// Answers with a tile, whose address may have these parameters beside those that sift.
async fn draw(
    portal: &Portal,
    ask: &Ask,
    DrawnThen { drawn, is_named }: DrawnThen,
    pyramids: Vec<Arc<Pyramid>>,
    address: TileAddress,
    own: &[&str],
) -> Result<Response, Problem> {
    let mut known = [own, &[VERSION], &as_of::PARAMETERS].concat();
    if ask.stated().iter().any(|(name, _)| !known.contains(&name.as_str())) {
        known.extend(sifting::names(&drawn, &pyramids)?);
    }
    let (_, parameters) = as_of::split(ask.parameters(&known)?);
    let sifting = Sifting::of(&drawn, &pyramids, &parameters)?;
    let tag = pyramids::tag(&pyramids);
    let edition = drawn.edition.clone();
    let reply = ask.reply(&tag).same_for_all().of_edition((!is_named).then_some(&edition.tag));
    let mut answer = if let Some(sifting) = sifting {
        let draw = async {
            let selections = sifting.sift(portal, drawn, &pyramids, &tag).await?;
            let draw = move |_: &Wanted| Ok(tile(&pyramids, Some(&selections), address));
            portal.answers.room.work(draw).await
        };
        reply.asked_as(sifting.canonical()).make_of(draw).await?
    } else {
        let draw = move || Ok(tile(&pyramids, None, address));
        if address.z() >= LIGHT_FROM_ZOOM {
            reply.make(draw).await?
        } else {
            reply.make_apart(move |_: &Wanted| draw()).await?
        }
    };
    answer.extensions_mut().insert(Inert);
    Ok(answer)
}

/// The tile of some pyramids, or of a selection from each.
fn tile(pyramids: &[Arc<Pyramid>], selections: Option<&Vec<Selection>>, address: TileAddress) -> Content {
    let selection = |place: usize| selections.and_then(|selections| selections.get(place));
    let drawings = pyramids.iter().enumerate().map(|(place, pyramid)| (&**pyramid, selection(place)));
    let effort = if address.z() >= LIGHT_FROM_ZOOM { &TILE } else { &TILE_FROM_AFAR };
    Content { effort, ..Content::new(MVT, draw::tile(&drawings.collect::<Vec<_>>(), address)) }
}

fn tile_json(ask: &Ask, drawn: &Drawn, ids: &str, pyramids: &[Arc<Pyramid>]) -> Value {
    let layers: Vec<_> = pyramids.iter().filter_map(|it| Some((drawn.layer_of(it)?, it))).collect();
    let [min_zoom, max_zoom] = Pyramid::zooms_of(pyramids).unwrap_or_default();
    let titles: Vec<&str> = layers.iter().map(|(layer, _)| layer.collection.title.it.as_str()).collect();
    let described = layers.iter().flat_map(|(layer, pyramid)| describe::layers(layer, &pyramid.tileset));
    json!({
        "tilejson": "3.0.0",
        "name": titles.join(", "),
        "tiles": [address::tiles(&ask.origin, ids, &pyramids::tag(pyramids), ask.stated())],
        "vector_layers": described.map(|layer| layer.to_json(max_zoom)).collect::<Vec<_>>(),
        "minzoom": min_zoom,
        "maxzoom": max_zoom,
        "bounds": drawn.edition.territory.extent,
        "attribution": describe::attribution(layers.iter().map(|(layer, _)| *layer)),
        "version": "1.0.0",
        "scheme": "xyz",
    })
}
