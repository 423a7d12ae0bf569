//! What a process does that has just started: this program is run again, and prints what it measured.

use std::process::Command;

/// What this program prints, run with these arguments.
pub fn output(arguments: &[&str]) -> String {
    let output = Command::new(std::env::current_exe().unwrap()).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
