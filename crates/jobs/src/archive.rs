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

/// A file that cannot be kept, and what the operating system says of it.
pub type Unkept = (PathBuf, io::Error);

/// Copies on their way to the archive: until they are kept nothing there has their names, and what is given up leaves nothing.
#[derive(Debug)]
pub struct Copies(Vec<Copy>);

/// A copy under another name than it will have; it is taken away again unless it gets that.
#[derive(Debug)]
struct Copy {
    original: PathBuf,
    partial: PathBuf,
    kept: PathBuf,
}

impl Copies {
    /// Copies files that the archive does not have.
    ///
    /// # Errors
    /// [`Unkept`].
    pub fn of(var: &Path, originals: &[Original]) -> Result<Self, Unkept> {
        let folder = var.join("archive");
        let mut copies = Vec::new();
        for Original { path, sha256, .. } in originals {
            let unkept = |error| (path.clone(), error);
            fs::create_dir_all(&folder).map_err(unkept)?;
            let kept = folder.join(sha256);
            if !kept.exists() {
                let partial = folder.join(format!("{sha256}.{}.partial", std::process::id()));
                let copy = Copy { original: path.clone(), partial, kept };
                fs::copy(path, &copy.partial).map_err(unkept)?;
                copies.push(copy);
            }
        }
        Ok(Self(copies))
    }

    /// Keeps them, each whole; the same content is kept once.
    ///
    /// # Errors
    /// [`Unkept`].
    pub fn keep(self) -> Result<(), Unkept> {
        self.0.iter().try_for_each(|copy| {
            fs::rename(&copy.partial, &copy.kept).map_err(|error| (copy.original.clone(), error))
        })
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // One that is kept is not there any more; that another cannot be removed adds nothing to the fault that is told.
        let _ = fs::remove_file(&self.partial);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_up_leaves_nothing_and_what_is_kept_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (var, file) = (folder.path().join("var"), folder.path().join("a.csv"));
        fs::write(&file, "a;b").unwrap();
        let original = Original::of(&file).unwrap();
        let held = || fs::read_dir(var.join("archive")).unwrap().count();
        let copies = || Copies::of(&var, std::slice::from_ref(&original)).unwrap();
        let given_up = copies();
        assert_eq!((held(), keeps(&var, &original.sha256)), (1, false));
        drop(given_up);
        assert_eq!(held(), 0);
        copies().keep().unwrap();
        assert_eq!(fs::read_to_string(var.join("archive").join(&original.sha256)).unwrap(), "a;b");
        copies().keep().unwrap();
        assert_eq!(held(), 1);
        let gone =
            Original { path: folder.path().join("gone.csv"), sha256: "0".to_owned(), ..original.clone() };
        let (path, reason) = Copies::of(&var, &[original, gone]).unwrap_err();
        assert_eq!(
            (path, reason.kind(), held()),
            (folder.path().join("gone.csv"), io::ErrorKind::NotFound, 1)
        );
    }
}
