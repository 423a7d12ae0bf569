//! Layers are measured in the metric plane of their territory.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod sample;

use atlas::Edition;
use domain::{MetricCrs, Territory};
use geometry::Crs;
use sample::{collections, draft, territory};
use std::sync::Arc;

#[test]
fn a_layer_is_surveyed_in_the_plane_of_its_territory() {
    let check = |metric_crs: MetricCrs, plane: Crs| {
        let territory = Arc::new(Territory { metric_crs, ..territory().as_ref().clone() });
        let drafts = vec![draft(&collections()[0], 1, String::new(), 10)];
        let edition = Edition::build(territory, drafts, String::new());
        let layer = &edition.layers[0];
        assert_eq!(edition.metric(), plane);
        assert_eq!(layer.survey().len(), 10);
        for at in 0..10 {
            let metric = layer.shapes(at)[0].transform(Crs::Geographic, plane);
            assert_eq!(layer.survey().bbox(at).unwrap(), metric.bbox());
            assert_eq!(layer.survey().shapes(at), [metric]);
        }
    };
    check(MetricCrs::Utm32, Crs::Utm32);
    check(MetricCrs::Utm33, Crs::Utm33);
}
