//! A full disk while importing: a sentence, and what was published stays.

use journeys::program::House;
use journeys::synthetic;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small disk of its own, taken away when the test is over.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None`, said aloud, where the account may not mount.
    fn mount(path: &Path, megabytes: u32) -> Option<Self> {
        fs::create_dir_all(path).unwrap();
        let size = format!("size={megabytes}m,mode=755");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(path).output();
        let done = mounted.is_ok_and(|output| output.status.success());
        if !done {
            eprintln!("skipped: a small disk cannot be mounted here (it takes root)");
        }
        done.then(|| Self(path.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_named_and_what_was_published_stays() {
    let house = House::new();
    let Some(_disk) = SmallDisk::mount(&house.var(), 160) else { return };
    let first = synthetic::pnrr(house.path(), 100, 0);
    house.import("pnrr-italiadomani", &first);
    // What is left is filled up but for a little.
    let filler = house.var().join("filler");
    let _ =
        Command::new("dd").args(["if=/dev/zero", "bs=1M"]).arg(format!("of={}", filler.display())).output();
    fs::OpenOptions::new()
        .write(true)
        .open(&filler)
        .unwrap()
        .set_len(fs::metadata(&filler).unwrap().len() - (24 << 20))
        .unwrap();
    let big = synthetic::pnrr(house.path(), 60_000, 1);
    house.refuses(&["import", "pnrr-italiadomani", &big.to_string_lossy()], "full");
    fs::remove_file(filler).unwrap();
    let again = house.import("pnrr-italiadomani", &first);
    assert_eq!((&again["already_published"], &again["release"]), (&true.into(), &1.into()));
}
