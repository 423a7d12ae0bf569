//! A file on its way: what has come of it, and what the server called the state that it is of.

use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// What a server calls a state of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// Its entity tag.
    pub etag: Option<String>,
    /// When it changed last, in the server's words.
    pub last_modified: Option<String>,
}

impl Validators {
    /// What tells this state, byte for byte, from any other: weak tags do not.
    pub fn strong(&self) -> Option<&str> {
        let etag = self.etag.as_deref().filter(|tag| !tag.starts_with("W/"));
        etag.or(self.last_modified.as_deref())
    }
}

/// `<file>.partial`, and `<file>.partial.json`, which says of what.
#[derive(Debug)]
pub struct Partial {
    file: PathBuf,
    body: PathBuf,
    notes: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Notes {
    url: String,
    #[serde(flatten)]
    validators: Validators,
}

impl Partial {
    /// That of a file.
    pub fn of(file: &Path) -> Self {
        let beside = |ending: &str| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            file.with_file_name(format!("{name}{ending}"))
        };
        Self { file: file.to_owned(), body: beside(".partial"), notes: beside(".partial.json") }
    }

    /// Where what has come lies.
    pub fn path(&self) -> &Path {
        &self.body
    }

    /// How much there is, and of what state; `None` if there is nothing of this address that can be gone on with.
    pub fn standing(&self, url: &str) -> Option<(u64, Validators)> {
        let length = fs::metadata(&self.body).ok().filter(fs::Metadata::is_file)?.len();
        let notes: Notes = serde_json::from_slice(&fs::read(&self.notes).ok()?).ok()?;
        let is_of_use = length > 0 && notes.url == url && notes.validators.strong().is_some();
        is_of_use.then_some((length, notes.validators))
    }

    /// Begins anew. What lay there goes first, so that no notes ever stand beside the bytes of another state.
    pub fn begin(&self, url: &str, validators: &Validators) -> io::Result<File> {
        self.discard()?;
        let notes = Notes { url: url.to_owned(), validators: validators.clone() };
        fs::write(&self.notes, serde_json::to_vec(&notes)?)?;
        File::create(&self.body)
    }

    /// Goes on where it broke off.
    pub fn resume(&self) -> io::Result<File> {
        OpenOptions::new().append(true).open(&self.body)
    }

    /// The file is complete, and takes the place of the one before.
    pub fn finish(&self) -> io::Result<()> {
        File::open(&self.body)?.sync_all()?;
        fs::rename(&self.body, &self.file)?;
        self.discard()
    }

    /// Nothing of it is of use.
    pub fn discard(&self) -> io::Result<()> {
        for path in [&self.body, &self.notes] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn what_has_come_is_gone_on_with_only_if_it_is_of_the_same_state_of_the_same_address() {
        let folder = tempfile::tempdir().unwrap();
        let partial = Partial::of(&folder.path().join("x.csv"));
        assert_eq!(partial.standing("http://a/x.csv"), None);
        let check = |etag: Option<&str>, last_modified: Option<&str>, expect: bool| {
            let validators =
                Validators { etag: etag.map(str::to_owned), last_modified: last_modified.map(str::to_owned) };
            partial.begin("http://a/x.csv", &validators).unwrap().write_all(b"abc").unwrap();
            assert_eq!(partial.standing("http://a/x.csv"), expect.then_some((3, validators)));
            assert_eq!(partial.standing("http://b/x.csv"), None);
        };
        check(Some("\"1\""), None, true);
        check(Some("W/\"1\""), None, false);
        check(Some("W/\"1\""), Some("Mon, 01 Jan 2024 00:00:00 GMT"), true);
        check(None, None, false);
        partial.finish().unwrap();
        assert_eq!(fs::read(folder.path().join("x.csv")).unwrap(), b"abc");
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }
}
