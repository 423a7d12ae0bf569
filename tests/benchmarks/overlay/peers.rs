//! The engines beside which surveys are measured: `PostGIS` in the private cluster, and the Python ones in an environment of their own.

use super::Measured;
use geometry::{Shape, wkb};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Ticks of the system's clock a second, as `/proc` counts CPU.
const TICKS: f64 = 100.0;

/// `st_area(st_intersection())` of what `st_intersects` finds, with indexes, in one process; its CPU, which is that of its backend.
pub fn postgis(url: &str, a: &[Shape], b: &[Shape]) -> Measured {
    let mut psql = Command::new("psql")
        .args([url, "-qAtX", "-v", "ON_ERROR_STOP=1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut script = BufWriter::new(psql.stdin.take().unwrap());
    for (name, shapes) in [("bench_a", a), ("bench_b", b)] {
        writeln!(
            script,
            "drop table if exists {name}; create unlogged table {name} (id int, geom geometry);"
        )
        .unwrap();
        writeln!(script, "copy {name} from stdin;").unwrap();
        for (id, shape) in shapes.iter().enumerate() {
            let mut hex = String::new();
            for byte in wkb::write(shape) {
                write!(hex, "{byte:02X}").unwrap();
            }
            writeln!(script, "{id}\t{hex}").unwrap();
        }
        writeln!(script, "\\.\ncreate index on {name} using gist (geom); vacuum analyze {name};").unwrap();
    }
    let cpu = "select (split_part(stat, ' ', 14)::int + split_part(stat, ' ', 15)::int) as CPU \
               from pg_read_file('/proc/self/stat') as stat \\gset";
    writeln!(
        script,
        "set max_parallel_workers_per_gather = 0; set jit = off;\n{}\n\
         select count(*) as pairs, sum(area) as area from (\
           select st_area(st_intersection(a.geom, b.geom)) as area \
           from bench_a a join bench_b b on st_intersects(a.geom, b.geom)) t where area > 1e-6 \\gset\n{}\n\
         \\echo :pairs :area :before :after",
        cpu.replace("CPU", "before"),
        cpu.replace("CPU", "after"),
    )
    .unwrap();
    drop(script);
    let output = psql.wait_with_output().unwrap();
    assert!(output.status.success(), "psql could not measure");
    let numbers = numbers(&output.stdout);
    Measured { pairs: numbers[0] as usize, sum: numbers[1], cpu: seconds((numbers[3] - numbers[2]) / TICKS) }
}

fn numbers(text: &[u8]) -> Vec<f64> {
    String::from_utf8_lossy(text).split_whitespace().map(|number| number.parse().unwrap()).collect()
}

fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// The environment of the Python engines; `None`, with a sentence, if it cannot be had.
pub struct Python(PathBuf);

impl Python {
    /// Installs the engines where they are not yet.
    pub fn installed() -> Option<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (home, list) =
            (here.join("../target/overlay-peers"), here.join("benchmarks/overlay/requirements.txt"));
        let done = home.join("installed");
        if fs::read(&done).ok() != fs::read(&list).ok() {
            let made = Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home).status();
            let pip = || Command::new(home.join("bin/pip")).args(["install", "-q", "-r"]).arg(&list).status();
            if !made.is_ok_and(|it| it.success()) || !pip().is_ok_and(|it| it.success()) {
                println!(
                    "skipped: GeoPandas, SedonaDB and shapely cannot be installed; they need python3-venv and a network"
                );
                return None;
            }
            fs::copy(&list, &done).unwrap();
        }
        Some(Self(home.join("bin/python")))
    }

    /// What one of the engines takes.
    pub fn measure(&self, peer: &str, a: &[Shape], b: &[Shape]) -> Measured {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = [("a", a), ("b", b)].map(|(name, shapes)| {
            let path = folder.path().join(name);
            let mut file = BufWriter::new(fs::File::create(&path).unwrap());
            for bytes in shapes.iter().map(wkb::write) {
                file.write_all(&u32::try_from(bytes.len()).unwrap().to_le_bytes()).unwrap();
                file.write_all(&bytes).unwrap();
            }
            path
        });
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/overlay/peers.py");
        let output =
            Command::new(&self.0).arg(script).arg(peer).args([a, b]).stderr(Stdio::inherit()).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{peer} could not measure");
        let numbers = numbers(&output.stdout);
        Measured { pairs: numbers[0] as usize, sum: numbers[1], cpu: seconds(numbers[2]) }
    }
}
