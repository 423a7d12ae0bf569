//! Creating the data directory, whole or not at all.

use std::fs::{self, File};
use std::path::Path;

use super::binaries::Install;
use super::error::{ClusterError, file};
use super::home::Home;
use super::locks::Turn;
use super::log;

/// What an unfinished data directory is called, followed by the pid of its maker.
const UNFINISHED: &str = "data.new.";
/// Sorting by code point and knowing what a letter is, everywhere alike; `C`, for systems without the first, knows
/// only the letters of ASCII.
const LOCALES: [&str; 2] = ["C.UTF-8", "C"];

/// Creates the data directory under another name and renames it when it is complete.
pub fn create(home: &Home, install: &Install, durable: bool, _turn: &Turn) -> Result<(), ClusterError> {
    tracing::info!(data = %home.data().display(), version = install.major, "creating the private PostGIS cluster");
    sweep(home);
    // The name is ours alone: the initdb of a maker that was killed may still be writing into another.
    let unfinished = home.path(&format!("{UNFINISHED}{}", std::process::id()));
    home.private(&unfinished)?;
    let made = initdb(home, install, durable, &unfinished).and_then(|()| {
        fs::rename(&unfinished, home.data()).map_err(file("complete the data directory", home.data()))
    });
    if made.is_err() {
        sweep(home);
    }
    made?;
    let root = home.path("");
    File::open(&root).and_then(|folder| folder.sync_all()).map_err(file("write", &root))
}

/// Removes what earlier attempts left.
fn sweep(home: &Home) {
    for entry in fs::read_dir(home.path("")).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED)
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::warn!(%error, folder = %entry.path().display(), "could not remove an unfinished data directory");
        }
    }
}

fn initdb(home: &Home, install: &Install, durable: bool, folder: &Path) -> Result<(), ClusterError> {
    let program = install.bin.join("initdb");
    let mut said = String::new();
    for locale in LOCALES {
        let mut command = home.account.command(&program, folder).map_err(file("open", folder))?;
        command.args(["--username=remix", "--auth-local=trust", "--auth-host=reject", "--data-checksums"]);
        command.args(["--encoding=UTF8", "--locale", locale]);
        if !durable {
            command.arg("--no-sync");
        }
        let output = command.output().map_err(file("run", &program))?;
        if output.status.success() {
            return Ok(());
        }
        said = log::last_lines(&String::from_utf8_lossy(&output.stderr));
        if !said.contains("locale") {
            break;
        }
    }
    Err(ClusterError::Creation { data: home.data(), output: said })
}
