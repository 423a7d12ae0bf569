//! A file to be read: the name by which the user knows it, and where its bytes lie.

use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The parts of a shapefile that are read, beside the `.shp` itself.
pub(super) const SHAPEFILE_PARTS: [&str; 4] = ["dbf", "shx", "prj", "cpg"];

/// One data file, from a folder or out of an archive.
pub struct Input {
    /// The file, or the archive that it was in.
    pub path: PathBuf,
    /// Its path in the archive, if it was in one.
    pub member: Option<String>,
    /// Each of its files by the extension in lower case; the first is the data file itself.
    files: Vec<(String, PathBuf)>,
    /// Where it was unpacked; removed with the input.
    _folder: Option<TempDir>,
}

impl Input {
    /// A file as it lies in its folder; for a `.shp`, with those of the same name that belong to it.
    #[must_use]
    pub fn plain(path: &Path) -> Self {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let beside = if extension == "shp" { beside(path) } else { Vec::new() };
        let files = std::iter::once((extension, path.to_owned())).chain(beside).collect();
        Self { path: path.to_owned(), member: None, files, _folder: None }
    }

    /// A file that somebody sent under this name, as it lies here: alone.
    #[must_use]
    pub fn sent(name: &Path, at: &Path) -> Self {
        let files = vec![(String::new(), at.to_owned())];
        Self { path: name.to_owned(), member: None, files, _folder: None }
    }

    /// A member of an archive, unpacked into `folder`.
    pub(super) fn unpacked(
        path: &Path,
        member: &str,
        files: Vec<(String, PathBuf)>,
        folder: TempDir,
    ) -> Self {
        Self { path: path.to_owned(), member: Some(member.to_owned()), files, _folder: Some(folder) }
    }

    /// Where the bytes of the data file lie.
    #[must_use]
    pub fn at(&self) -> &Path {
        self.files.first().map_or(&self.path, |(_, at)| at)
    }

    /// Where the file with this extension lies, if there is one.
    #[must_use]
    pub fn part(&self, extension: &str) -> Option<&Path> {
        self.files.iter().find(|(it, _)| it == extension).map(|(_, at)| at.as_path())
    }

    /// The files that were given: one, or the parts of a shapefile.
    #[must_use]
    pub fn parts(&self) -> Vec<PathBuf> {
        match self.member {
            Some(_) => vec![self.path.clone()],
            None => self.files.iter().map(|(_, at)| at.clone()).collect(),
        }
    }
}

/// The files beside a `.shp` that belong to it, whatever the case of their extensions.
fn beside(path: &Path) -> Vec<(String, PathBuf)> {
    let find = |part: &&str| {
        let spellings = [(*part).to_owned(), part.to_uppercase()];
        let at = spellings.iter().map(|spelling| path.with_extension(spelling)).find(|at| at.is_file())?;
        Some(((*part).to_owned(), at))
    };
    SHAPEFILE_PARTS.iter().filter_map(find).collect()
}
