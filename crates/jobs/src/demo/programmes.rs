//! `demo-programmes`: invented lines of sector plans.

mod lines;
mod places;

use super::geojson::{self, Feature};
use super::names::Codes;
use super::random::Random;
use super::shape::{self, Shape};
use super::territory::Territory;

const SEED: u64 = 0x960;

/// One item of a sector plan before it is written.
struct Item {
    sector: &'static str,
    plan: &'static str,
    competent_body: &'static str,
    title: String,
    /// Euros for each metre of a line, for each square metre of an area.
    euros_each: (u64, u64),
    shape: Shape,
}

pub fn write(territory: &Territory) -> Vec<u8> {
    let mut random = Random::new(SEED);
    let mut items = lines::cycle_network(territory);
    items.extend(lines::public_transport(territory));
    items.extend(lines::green_network(territory));
    items.extend(places::invent(territory, &mut random));
    let mut codes = Codes::default();
    let features = items.into_iter().map(|item| feature(item, &mut codes, &mut random));
    geojson::write(features.collect(), &territory.plane)
}

fn feature(item: Item, codes: &mut Codes, random: &mut Random) -> Feature {
    let (length, area) = match &item.shape {
        Shape::Point(_) => (None, None),
        Shape::Line(line) => (Some(shape::length(line).round()), None),
        Shape::Polygon(ring) => (None, Some(shape::signed_area(ring).abs().round())),
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres, all positive")]
    let size = length.or(area).unwrap_or(1.0) as u64;
    // Whole thousands; one in ten has no amount yet.
    let euros = (size * random.within(item.euros_each.0, item.euros_each.1)).div_ceil(1000) * 1000;
    let status =
        random.pick(&["planned", "planned", "designed", "designed", "tendered", "in_progress", "completed"]);
    let started = matches!(status, "in_progress" | "completed");
    let start = started.then(|| format!("{}-{:02}-01", random.within(2022, 2024), random.within(1, 12)));
    let end = (status == "completed").then(|| format!("2025-{:02}-28", random.within(1, 12)));
    Feature::new(item.shape)
        .with("programme_id", codes.next(item.sector))
        .with("title", item.title)
        .with("sector", item.sector)
        .with("plan", item.plan)
        .with("status", status)
        .with("competent_body", item.competent_body)
        .with("planned_amount_eur", Some(euros).filter(|_| !random.percent(10)))
        .with("length_m", length)
        .with("area_m2", area)
        .with("starts_on", start)
        .with("ends_on", end)
        .with("description", "Dimostrazione: voce di programma inventata.")
        .with("updated_on", "2026-06-30")
}
