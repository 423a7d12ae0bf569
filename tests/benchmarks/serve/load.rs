//! Asking: `wrk` goes through a list of addresses as fast as it is answered.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

/// Seconds that each measurement takes.
const SECONDS: u32 = 4;
/// Clients at a time.
const CLIENTS: u32 = 4;

/// What is asked.
pub struct Plan<'a> {
    pub url: &'a str,
    pub paths: Vec<String>,
    pub headers: &'a [(&'a str, &'a str)],
}

/// What came of it.
pub struct Load {
    pub requests: u64,
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    /// Answers that are errors, or none.
    pub errors: u64,
    bytes: u64,
}

impl Load {
    /// The mean size of an answer with its head.
    pub const fn bytes_each(&self) -> u64 {
        self.bytes / if self.requests == 0 { 1 } else { self.requests }
    }
}

/// Asks for a while.
pub fn run(plan: &Plan<'_>) -> Load {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("ask.lua");
    fs::write(&script, lua(plan)).unwrap();
    let output = Command::new("wrk")
        .args(["-t1", &format!("-c{CLIENTS}"), &format!("-d{SECONDS}s"), "--timeout", "60s", "-s"])
        .arg(&script)
        .arg(plan.url)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let line = said.lines().find_map(|line| line.strip_prefix("RESULT "));
    let numbers = line.unwrap_or_default().split(' ').map(|number| number.parse().unwrap_or(f64::NAN));
    let numbers: [f64; 6] = numbers.collect::<Vec<_>>().try_into().unwrap();
    let [requests, micros, bytes, p50, p99, errors] = numbers;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of some seconds")]
    let whole = |number: f64| number as u64;
    Load {
        requests: whole(requests),
        per_second: requests / (micros / 1e6),
        p50_ms: p50 / 1000.0,
        p99_ms: p99 / 1000.0,
        errors: whole(errors),
        bytes: whole(bytes),
    }
}

/// Asks for each address once, so that whoever keeps answers has them.
pub fn once(plan: &Plan<'_>) {
    for path in &plan.paths {
        let request = ureq::get(format!("{}{path}", plan.url));
        let request =
            plan.headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let mut answer = request.call().unwrap();
        answer.body_mut().with_config().limit(1 << 30).read_to_vec().ok();
    }
}

/// The tag of an answer.
pub fn etag(url: &str, path: &str) -> String {
    let answer = ureq::get(format!("{url}{path}")).call().unwrap();
    answer.headers().get("etag").map_or_else(|| "*".to_owned(), |tag| tag.to_str().unwrap().to_owned())
}

fn lua(plan: &Plan<'_>) -> String {
    let mut script = "local paths = {\n".to_owned();
    for path in &plan.paths {
        writeln!(script, "  {path:?},").unwrap();
    }
    script.push_str("}\nlocal at = 0\n");
    for (name, value) in plan.headers {
        writeln!(script, "wrk.headers[{name:?}] = {value:?}").unwrap();
    }
    script.push_str(
        "request = function()\n  at = at % #paths + 1\n  return wrk.format(\"GET\", paths[at])\nend\n\
         done = function(summary, latency)\n  local e = summary.errors\n  \
         io.write(string.format(\"RESULT %d %d %d %d %d %d\\n\", summary.requests, summary.duration, summary.bytes, \
         latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))\nend\n",
    );
    script
}
