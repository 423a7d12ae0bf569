//! The archive: the files of every release as they came, named by their content, under `<var>/archive`.

use crate::digest;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A file about to be imported, with what tells its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Where it was.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

impl Original {
    /// Reads a file through once.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut hash = Sha256::new();
        let bytes = io::copy(&mut File::open(path)?, &mut HashWriter(&mut hash))?;
        Ok(Self { path: path.to_owned(), bytes, sha256: digest::hex(hash) })
    }
}

/// Keeps a copy of a file, whole or not at all; the same content is kept once.
///
/// # Errors
/// What the operating system says.
pub fn keep(var: &Path, original: &Original) -> io::Result<()> {
    let folder = var.join("archive");
    fs::create_dir_all(&folder)?;
    let kept = folder.join(&original.sha256);
    if kept.exists() {
        return Ok(());
    }
    let partial = folder.join(format!("{}.{}.partial", original.sha256, std::process::id()));
    let copied = fs::copy(&original.path, &partial).and_then(|_| fs::rename(&partial, &kept));
    if copied.is_err() {
        // The fault of the copy is the one to tell; that the rest of it cannot be removed either adds nothing.
        let _ = fs::remove_file(&partial);
    }
    copied
}

/// Whether the archive has the file with this content.
#[must_use]
pub fn keeps(var: &Path, sha256: &str) -> bool {
    var.join("archive").join(sha256).is_file()
}

struct HashWriter<'a>(&'a mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
