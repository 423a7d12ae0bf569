//! Other processes: the second program on a cluster, and what is done to a server from outside.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::var::Var;

const PROGRAM: &str = "program_that_joins_until_its_input_ends";

/// This test program again, running the one test that joins and waits.
pub struct Program(Reaped);

impl Program {
    pub fn start(var: &Var) -> Self {
        let mut program = Command::new(std::env::current_exe().unwrap());
        program.args(["--exact", PROGRAM, "--ignored", "--nocapture"]).env("TEST_VAR", var.settings().var);
        Self(Reaped(program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()))
    }

    /// Waits until it has joined.
    pub fn has_joined(&mut self) {
        let said = BufReader::new(self.0.0.stdout.as_mut().unwrap()).lines();
        assert!(said.map_while(Result::ok).any(|line| line.ends_with("joined")), "the program did not join");
    }

    /// Ends its input and waits until it has left.
    pub fn leave(mut self) {
        drop(self.0.0.stdin.take());
        self.0.0.wait().unwrap();
    }

    /// Kills it, which leaves no time to leave.
    pub fn kill(mut self) {
        self.0.0.kill().unwrap();
        self.0.0.wait().unwrap();
    }
}

/// A process that does not outlive its test.
pub struct Reaped(pub Child);

impl Drop for Reaped {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Kills a process and waits until it is gone.
pub fn kill(pid: u32) {
    signal("KILL", pid);
    while lives(pid) {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Sends a signal, named as for `kill -s`.
pub fn signal(name: &str, pid: u32) {
    let sent = Command::new("kill").args(["-s", name, &pid.to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Whether the process is there and no zombie.
pub fn lives(pid: u32) -> bool {
    fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty())
}

pub fn process_group(pid: u32) -> u32 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    stat.rsplit_once(") ").unwrap().1.split(' ').nth(2).unwrap().parse().unwrap()
}
