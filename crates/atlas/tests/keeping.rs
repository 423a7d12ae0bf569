//! From one edition to the next: what is the same is kept, and says what it would say if it were built anew.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod sample;

use atlas::{Edition, Layer, Plan, dependencies};
use domain::Collection;
use sample::{collections, draft, id, territory};
use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;

/// How many records each collection has.
const COUNTS: [(&str, usize); 4] =
    [("municipalities", 100), ("goals", 30), ("projects", 20_000), ("areas", 2_000)];

/// The number of the release of each collection, in their order.
type Releases = [i64; 4];

/// What a layer is made of, as its tag tells it.
fn tag(collection: &Collection, all: &[Arc<Collection>], releases: Releases) -> String {
    let release = |id: &str| releases[all.iter().position(|it| it.id.as_str() == id).unwrap()];
    let of = |it: &Collection| format!("{}={};", it.id, release(it.id.as_str()));
    dependencies(collection, all).fold(of(collection), |tag, other| tag + &of(other))
}

fn edition(releases: Releases, before: Option<&Edition>) -> Edition {
    let all = collections();
    let plan = |(at, collection): (usize, &Arc<Collection>)| {
        let tag = tag(collection, &all, releases);
        let kept = before.and_then(|before| before.layers.iter().find(|layer| layer.tag == tag));
        kept.map_or_else(
            || Plan::from(draft(collection, releases[at], tag.clone(), COUNTS[at].1)),
            |layer| Plan::Keep(layer.clone()),
        )
    };
    let plans: Vec<Plan> = all.iter().enumerate().map(plan).collect();
    Edition::build(territory(), plans, format!("{releases:?}"))
}

/// A hash of all GeoJSON, and what is found by place and by value.
fn said(layer: &Layer) -> u64 {
    let (mut hasher, mut out, form) = (DefaultHasher::new(), Vec::new(), layer.usual_form());
    for at in 0..layer.len() {
        out.clear();
        layer.write_geojson(&mut out, at, &form);
        hasher.write(&out);
        hasher.write_u32(layer.column(0).code(at));
    }
    let near = layer.near(geometry::Bbox::new([2.0, 2.0], [3.5, 3.5]));
    for place in near {
        hasher.write_u32(place);
    }
    for anchor in &layer.anchors {
        hasher.write(anchor.municipality.as_str().as_bytes());
        for member in &anchor.members {
            hasher.write_u32(member.feature);
        }
    }
    hasher.finish()
}

#[test]
fn what_a_release_does_not_concern_is_kept_and_the_edition_is_what_it_would_be_built_anew() {
    let first = edition([1, 1, 1, 1], None);
    let check = |releases: Releases, kept: [bool; 4]| {
        let (next, anew) = (edition(releases, Some(&first)), edition(releases, None));
        let is_kept = |at: usize| Arc::ptr_eq(&first.layers[at], &next.layers[at]);
        assert_eq!([0, 1, 2, 3].map(is_kept), kept, "{releases:?}");
        for (next, anew) in next.layers.iter().zip(&anew.layers) {
            assert_eq!(
                (next.len(), said(next)),
                (anew.len(), said(anew)),
                "{} of {releases:?}",
                anew.collection.id
            );
        }
        assert_eq!(next.places.iter().count(), 100);
    };
    check([1, 1, 1, 1], [true; 4]);
    check([1, 2, 1, 1], [true, false, false, true]);
    check([1, 1, 1, 2], [true, true, true, false]);
    check([2, 1, 1, 1], [false, true, false, true]);
}

#[test]
fn inherited_values_follow_the_release_that_states_them() {
    let first = edition([1, 1, 1, 1], None);
    let next = edition([1, 2, 1, 1], Some(&first));
    let goal =
        |edition: &Edition| edition.layer(&id("projects")).unwrap().value(0, 4).as_text().unwrap().to_owned();
    assert!(goal(&first).starts_with("1.") && goal(&next).starts_with("2."));
}
