//! What is in a place: what states it, and what is drawn in it and states nothing.

use super::sample::{World, area, block, place, project};
use domain::{Cents, LocationPrecision, MunicipalityCode};
use overlay::sheet::{Figures, Place, Proposal, Sheet};

/// The keys of the proposals of each municipality, with what each sheet says of them.
fn told(world: &World, digit: u32) -> Vec<(String, Proposal)> {
    let edition = world.edition();
    let code = MunicipalityCode::parse(&format!("01500{digit}")).unwrap();
    let of = |place| Sheet::of(&edition, &[], None, place);
    let sheet = of(Place::municipality(&edition, code).unwrap());
    let part = &sheet.proposals[0];
    let figures = Figures::of_place(&edition, &sheet.place).unwrap();
    assert_eq!((figures.proposals, sheet.figures[0].proposals), (part.all.len(), part.all.len()));
    part.all.iter().map(|it| (part.layer.key(it.position).to_string(), *it)).collect()
}

fn world(places: Vec<domain::Location>) -> World {
    let all_over = area("a", "park", &block(0.0, 0.0, 3000.0, 1000.0));
    World { projects: vec![project("p", 1000, places)], areas: vec![all_over], ..World::default() }
}

#[test]
fn a_proposal_that_is_drawn_and_states_no_municipality_is_where_it_is_drawn() {
    let inside = world(vec![place(None, Some(&block(100.0, 100.0, 50.0, 50.0)), None)]);
    let [(key, proposal)] = &told(&inside, 1)[..] else { panic!("one proposal") };
    assert_eq!((key.as_str(), proposal.precision), ("p", LocationPrecision::Geometry));
    assert!(!proposal.is_shared);
    assert_eq!(proposal.part.unwrap().here, Some(Cents(1000)));
    assert!(told(&inside, 2).is_empty());
}

#[test]
fn one_that_is_drawn_across_a_border_is_in_both_and_nobody_divides_its_money() {
    let across = world(vec![place(None, Some(&block(950.0, 100.0, 100.0, 50.0)), None)]);
    for digit in [1, 2] {
        let [(_, proposal)] = &told(&across, digit)[..] else { panic!("one proposal in {digit}") };
        assert!(proposal.is_shared);
        assert_eq!(proposal.part.unwrap().here, None);
    }
    assert!(told(&across, 3).is_empty());
}

#[test]
fn what_a_proposal_states_counts_more_than_where_it_is_drawn() {
    let stated = world(vec![place(Some(2), Some(&block(100.0, 100.0, 50.0, 50.0)), None)]);
    assert!(told(&stated, 1).is_empty());
    assert_eq!(told(&stated, 2).len(), 1);
}

#[test]
fn a_proposal_with_a_stated_and_a_drawn_place_is_in_both_by_its_shares() {
    let drawn = block(1100.0, 100.0, 50.0, 50.0);
    let both = world(vec![place(Some(1), None, Some(25.0)), place(None, Some(&drawn), Some(75.0))]);
    let here = |digit| told(&both, digit)[0].1.part.unwrap().here;
    assert_eq!((here(1), here(2)), (Some(Cents(250)), Some(Cents(750))));
}

#[test]
fn only_what_is_neither_stated_nor_drawn_may_be_anywhere() {
    let drawn = place(None, Some(&block(100.0, 100.0, 50.0, 50.0)), None);
    for (places, count) in [(vec![drawn], 0), (vec![place(None, None, None)], 1)] {
        let edition = world(places).edition();
        let place = Place::municipality(&edition, MunicipalityCode::parse("015003").unwrap()).unwrap();
        assert_eq!(Sheet::of(&edition, &[], None, place).proposals[0].without_municipality, count);
    }
}
