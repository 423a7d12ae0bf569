//! The downloads of what a sheet shows: the items of a collection, narrowed by its municipalities or by their keys. Proposals that name no
//! municipality, and are on a sheet by where they are drawn, are not among them.

use crate::address::escape;
use atlas::Layer;
use export::Format;
use overlay::sheet::{Inside, Place, Sheet};

/// The longest condition that goes into an address.
const LONGEST: usize = 8_000;

/// A file with what a sheet shows of a collection.
pub struct Download<'e> {
    /// The collection's layer.
    pub layer: &'e Layer,
    /// The format.
    pub format: Format,
    /// Its address.
    pub url: String,
}

/// The downloads of a sheet, in every format that the collection has. Records that are too many to be named in an address have none.
pub fn of_sheet<'e>(sheet: &Sheet<'e>) -> Vec<Download<'e>> {
    let proposals = sheet.proposals.iter().filter(|it| !it.all.is_empty());
    let proposals = proposals.map(|it| (it.layer, by_municipality(&sheet.place)));
    let drawn = sheet.inside.iter().filter_map(|it| Some((it.layer, by_key(it)?)));
    let all = proposals.chain(drawn).flat_map(|(layer, condition)| {
        Format::of(&layer.collection).map(move |format| Download {
            url: format!("/collections/{}/items?{condition}&f={}", layer.collection.id, format.as_str()),
            layer,
            format,
        })
    });
    all.collect()
}

/// The layers of which a sheet shows more than an address can name.
pub fn left_out<'e>(sheet: &Sheet<'e>) -> impl Iterator<Item = &'e Layer> {
    sheet.inside.iter().filter(|it| !it.found.is_empty() && by_key(it).is_none()).map(|it| it.layer)
}

/// The condition that chooses the proposals of a place.
pub fn by_municipality(place: &Place<'_>) -> String {
    let codes: Vec<String> = place.members.iter().map(|code| format!("'{code}'")).collect();
    match codes.as_slice() {
        [_] => format!("municipality={}", place.code()),
        _ => format!("filter={}", escape(&format!("A_OVERLAPS(municipalities,({}))", codes.join(",")))),
    }
}

/// The condition that chooses what is drawn in a place, by its keys; `None` if there is nothing, or too much.
pub fn by_key(inside: &Inside<'_>) -> Option<String> {
    let [key] = inside.layer.collection.key[..] else { return None };
    let text = |at: usize| Some(format!("'{}'", inside.layer.value(at, key).as_text()?.replace('\'', "''")));
    let keys: Vec<String> = inside.found.iter().map(|it| text(it.position)).collect::<Option<_>>()?;
    if keys.is_empty() {
        return None;
    }
    let field = &inside.layer.collection.fields[key].id;
    let condition = format!("filter={}", escape(&format!("{field} IN ({})", keys.join(","))));
    (condition.len() <= LONGEST).then_some(condition)
}
