//! `bench fuzz`: hostile shapes thrown at everything that measures, for as long as is asked.

use std::process::Command;

/// Runs the test of the geometry crate that does it, built for speed, for some minutes; a panic ends it.
pub fn run(minutes: u64) {
    let status = Command::new(env!("CARGO"))
        .args([
            "test",
            "--release",
            "--locked",
            "-p",
            "geometry",
            "--test",
            "survey",
            "--",
            "hostile",
            "--nocapture",
        ])
        .env("REMIX_FUZZ_SECONDS", (60 * minutes).to_string())
        .status();
    assert!(status.unwrap().success(), "hostile shapes broke something: the lines above say what");
}
