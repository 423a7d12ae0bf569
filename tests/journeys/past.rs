//! The past beside the present: what has not changed since is taken from it, and nothing that is answered shows that.

use atlas::{Edition, Layer};
use domain::ReleaseId;
use jobs::configuration::Configuration;
use jobs::edition;
use journeys::program::House;
use overlay::Answered;
use std::sync::Arc;
use store::cluster::{self, Settings};
use store::{Store, history};

/// The release after which the first proposals of the demonstration stand, among the present municipalities and areas.
const BEFORE: ReleaseId = ReleaseId(3);

#[tokio::test]
async fn a_past_edition_that_takes_layers_with_their_surveys_answers_as_one_built_whole() {
    let house = House::new();
    // The demo is imported by whoever serves first.
    house.serve(&[]).stop();
    let cluster = cluster::join(&Settings { var: house.var(), pg_bin: None, durable: false }).await.unwrap();
    let store = Store::connect(cluster.connect_options()).await.unwrap();
    let configuration = Arc::new(Configuration::load(None, "milano").unwrap());
    let strategies = &configuration.strategies;
    let now = Arc::new(edition::build(&store, &configuration).await.unwrap());
    // Questions are what surveys layers.
    let present = Answered::of(now.clone(), strategies, None);
    let then = history::at_release(&store, BEFORE).await.unwrap();
    let build =
        async |beside| Arc::new(edition::build_at(&store, &configuration, then, beside).await.unwrap());
    let (whole, beside) = (build(None).await, build(Some(now.clone())).await);

    let taken: Vec<&str> = shared(&now, &beside).collect();
    assert!(["municipalities", "areas"].iter().all(|id| taken.contains(id)), "{taken:?}");
    assert!(!taken.contains(&"pnrr-projects") && shared(&now, &whole).next().is_none());
    assert_eq!((&beside.tag, beside.layers.len()), (&whole.tag, whole.layers.len()));
    for (one, other) in beside.layers.iter().zip(&whole.layers) {
        assert_eq!((&one.tag, features(one)), (&other.tag, features(other)), "{}", one.collection.id);
    }
    let [one, other] = [&beside, &whole].map(|it| Answered::of((*it).clone(), strategies, None).answers);
    assert_eq!(one, other);
    assert!(
        one != present.answers && one.iter().any(|it| it.found.as_ref().is_some_and(|it| it.total.count > 0))
    );
    store.close().await;
    cluster.leave().await.unwrap();
}

/// The collections whose layers are the same in both, not merely equal.
fn shared<'e>(one: &'e Edition, other: &'e Edition) -> impl Iterator<Item = &'e str> {
    let is_shared = |layer: &&Arc<Layer>| other.layers.iter().any(|it| Arc::ptr_eq(it, layer));
    one.layers
        .iter()
        .filter(move |it| is_shared(it))
        .filter(|it| !it.is_empty())
        .map(|it| it.collection.id.as_str())
}

/// All features of a layer, as they are served.
fn features(layer: &Layer) -> Vec<u8> {
    let mut out = Vec::new();
    let form = layer.usual_form();
    (0..layer.len()).for_each(|at| layer.write_geojson(&mut out, at, &form));
    out
}
