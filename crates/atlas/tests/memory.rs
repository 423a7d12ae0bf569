//! What features take in memory. In a process of its own, so that nothing else counts.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod sample;

use atlas::{Edition, Plan};
use sample::{collections, draft, id, territory};
use std::fs;

const RECORDS: usize = 20_000;

/// The resident memory of this process, in bytes.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    1024 * line.trim().trim_end_matches(" kB").parse::<usize>().unwrap()
}

#[test]
fn a_feature_takes_little_more_than_its_coordinates_and_codes() {
    let all = collections();
    let mut held = Vec::new();
    // A project of five fields took some 900 bytes as records; fifty vertices alone take 800. With room for what the allocator
    // keeps, which differs by a tenth from run to run.
    for (name, most) in [("projects", 300), ("areas", 1_400)] {
        let definition = all.iter().find(|it| it.id == id(name)).unwrap();
        let before = resident();
        let plans: Vec<Plan> = vec![draft(definition, 1, "tag".to_owned(), RECORDS).into()];
        held.push(Edition::build(territory(), plans, "tag".to_owned()));
        let each = resident().saturating_sub(before) / RECORDS;
        assert!((1..=most).contains(&each), "{each} bytes for each of {name}");
    }
    assert_eq!(held.iter().map(|edition| edition.layers[0].len()).sum::<usize>(), 2 * RECORDS);
}
