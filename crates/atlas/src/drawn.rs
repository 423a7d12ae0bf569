//! Drawn without a name: in which municipalities lies what is drawn and does not say in which.

use crate::layer::Layer;
use crate::stated::Stated;
use domain::question::Sliver;
use domain::{GeometryKind, MunicipalityCode, Role};
use geometry::{Crs, Shape, Survey};

/// The shapes of records that name no municipality with them, in the order of the records: the record, and the municipalities that
/// the shape shares more than a sliver with. `ground` is the layer of municipalities. Of collections whose records have no locations,
/// nothing.
pub fn municipalities(stated: &Stated, ground: &Layer) -> Vec<(u32, Vec<MunicipalityCode>)> {
    let Stated { collection, rows, .. } = stated;
    if collection.geometry != GeometryKind::Locations {
        return Vec::new();
    }
    let unnamed = |(record, at): (u32, usize)| {
        let places = rows.places.locations(at).filter(|location| location.municipality.is_none());
        places.filter_map(move |location| Some((record, [location.shape?.clone()])))
    };
    let shapes: Vec<(u32, [Shape; 1])> = (0..).zip(0..rows.ids.len()).flat_map(unnamed).collect();
    // The ground is not surveyed for nothing.
    if shapes.is_empty() {
        return Vec::new();
    }
    let survey = Survey::projected(shapes.iter().map(|(_, shape)| shape), (Crs::Geographic, ground.metric()));
    let code = |at: u32| MunicipalityCode::parse(ground.text(at as usize, Role::Municipality)?).ok();
    let codes = |place: usize| {
        let near = survey.bbox(place).map_or_else(Vec::new, |bbox| ground.survey().near(bbox));
        near.into_iter()
            .filter(|at| lies_in(&survey, place, ground.survey(), *at as usize))
            .filter_map(code)
            .collect()
    };
    shapes.iter().enumerate().map(|(place, (record, _))| (*record, codes(place))).collect()
}

fn lies_in(survey: &Survey, place: usize, ground: &Survey, at: usize) -> bool {
    let smaller = survey.area(place).min(ground.area(at));
    !Sliver::default().is(survey.overlap_area(place, ground, at), smaller)
        || survey.length_inside(place, ground, at) > Sliver::LENGTH_M
        || survey.points_inside(place, ground, at) > 0
}

#[cfg(test)]
mod tests {
    use crate::Edition;
    use crate::samples::{collection, draft, edition, field, id, location, municipalities, origin, text};
    use domain::{FieldType, GeometryKind, Location, MunicipalityCode};
    use geometry::{Shape, Xy};

    /// An edition with one project in each of these places.
    fn placed(places: Vec<Vec<Location>>) -> Edition {
        let projects =
            collection("projects", GeometryKind::Locations, &[0], vec![field("code", FieldType::Text)]);
        let records =
            (0..).zip(places).map(|(number, places)| (0, vec![text(&format!("P{number}"))], places));
        edition(vec![draft(projects, vec![origin("s", None)], records.collect()), municipalities()])
    }

    fn check(places: &[Location], expect: &[&str]) {
        let edition = placed(vec![places.to_vec(), vec![location("015005", None)]]);
        let layer = edition.layer(&id("projects")).unwrap();
        let at = (0..2).find(|at| layer.value(*at, 0) == &text("P0")).unwrap();
        let codes: Vec<&str> = layer.municipalities(at).iter().map(MunicipalityCode::as_str).collect();
        assert_eq!(codes, expect, "{places:?}");
        let unnamed = places.iter().any(|it| it.municipality.is_none() && it.geometry.is_some());
        assert_eq!(
            layer.unnamed().iter().map(|at| *at as usize).collect::<Vec<_>>(),
            [at][..usize::from(unnamed)]
        );
    }

    fn polygon(x: f64, y: f64, width: f64) -> Shape {
        let corners = [[x, y], [x + width, y], [x + width, y + 0.5], [x, y + 0.5], [x, y]];
        Shape::polygons([[corners]]).unwrap()
    }

    #[test]
    fn what_is_drawn_without_a_municipality_lies_where_it_is_drawn() {
        let drawn = |shape: &Shape| vec![location("", Some(shape))];
        let point = |xy: Xy| Shape::points([xy]).unwrap();
        let line = |from: Xy, to: Xy| Shape::lines([[from, to]]).unwrap();
        check(&drawn(&point([0.5, 0.5])), &["015001"]);
        check(&drawn(&point([4.5, 0.5])), &[]);
        check(&drawn(&line([0.5, 0.5], [2.5, 0.5])), &["015001", "015002", "015004"]);
        check(&drawn(&polygon(0.5, 0.2, 0.4)), &["015001"]);
        check(&drawn(&polygon(0.5, 0.2, 1.0)), &["015001", "015002"]);
        // A hair over the border is a sliver.
        check(&drawn(&polygon(0.2, 0.2, 0.800_000_01)), &["015001"]);
    }

    #[test]
    fn what_names_its_municipality_lies_there_wherever_it_is_drawn() {
        let shape = polygon(0.5, 0.2, 1.0);
        check(&[location("015003", Some(&shape))], &["015003"]);
        check(
            &[location("015003", Some(&shape)), location("", Some(&shape))],
            &["015001", "015002", "015003"],
        );
        check(&[location("015003", None), location("", None)], &["015003"]);
        check(
            &[location("", Some(&shape)), location("", Some(&polygon(3.1, 0.1, 0.2)))],
            &["015001", "015002", "015005"],
        );
    }
}
