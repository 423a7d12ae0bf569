//! `demo-programmes`: invented lines of sector plans.

mod lines;
mod places;

use super::geojson::{self, Feature};
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
    let features = items.into_iter().zip(1..).map(|(item, number)| feature(item, number, &mut random));
    geojson::write(features.collect(), &territory.plane)
}

fn feature(item: Item, number: u32, random: &mut Random) -> Feature {
    let length = if let Shape::Line(line) = &item.shape { Some(shape::length(line).round()) } else { None };
    let area = if let Shape::Polygon(ring) = &item.shape {
        Some(shape::signed_area(ring).abs().round())
    } else {
        None
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
        .with("programme_id", format!("demo-{}-{number:03}", item.sector.replace('_', "-")))
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
