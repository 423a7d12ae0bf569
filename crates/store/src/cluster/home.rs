//! Where the private cluster lives on disk: the paths, who owns them, and the socket that must not be too deep.

use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::account::Account;
use super::error::{ClusterError, file};

/// What PostgreSQL calls its socket; the number is the port, which for a Unix socket is only part of a name.
pub const SOCKET_FILE: &str = ".s.PGSQL.5432";
/// The longest path a Unix socket can have on Linux.
const SOCKET_LIMIT: usize = 107;

/// The cluster's place on disk.
#[derive(Debug, Clone)]
pub struct Home {
    /// `<var>/postgres`, without symbolic links.
    root: PathBuf,
    /// The folder of the socket.
    pub socket: PathBuf,
    /// Who owns it all and runs PostgreSQL.
    pub account: Account,
}

impl Home {
    /// Makes `<var>/postgres` if it is missing; the folders in it are made by who starts the cluster.
    pub fn prepare(var: &Path) -> Result<Self, ClusterError> {
        fs::create_dir_all(var).map_err(file("create the folder", var))?;
        let root = fs::canonicalize(var).map_err(file("find the folder", var))?.join("postgres");
        fs::create_dir_all(&root).map_err(file("create the folder", &root))?;
        let root = fs::canonicalize(&root).map_err(file("find the folder", &root))?;
        let account = Account::of(&root).map_err(file("read the owner of", &root))?;
        let mut home = Self { socket: root.join("socket"), root, account };
        home.claim(&home.root)?;
        if home.socket.join(SOCKET_FILE).as_os_str().len() > SOCKET_LIMIT {
            home.socket = Path::new("/tmp").join(home.mark());
        }
        Ok(home)
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    /// A file or folder in `<var>/postgres`.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// A name that only this cluster has; its processes carry it in their titles.
    pub fn mark(&self) -> String {
        let hash = Sha256::digest(self.root.as_os_str().as_bytes());
        hash.iter().take(8).fold("remix-".to_owned(), |mark, byte| format!("{mark}{byte:02x}"))
    }

    /// The socket's folder as the server names it: from its data directory, as it may be unable to reach it otherwise.
    pub fn socket_from_data(&self) -> PathBuf {
        let inside = self.socket.strip_prefix(&self.root);
        inside.map_or_else(|_| self.socket.clone(), |name| Path::new("..").join(name))
    }

    /// The major version of PostgreSQL that wrote the data, `None` if there is none yet.
    pub fn version(&self) -> Result<Option<u32>, ClusterError> {
        let path = self.data().join("PG_VERSION");
        match fs::read_to_string(&path) {
            Ok(text) => {
                let major = text.trim().split('.').next().and_then(|major| major.parse().ok());
                let unreadable = || io::Error::new(io::ErrorKind::InvalidData, "it holds no version number");
                major.map(Some).ok_or_else(|| file("read", &path)(unreadable()))
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(file("read", &path)(cause)),
        }
    }

    /// Makes `folder`, for the account alone, or makes sure that the one there is its own: /tmp is everybody's.
    pub fn private(&self, folder: &Path) -> Result<(), ClusterError> {
        match DirBuilder::new().mode(0o700).create(folder) {
            Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => {
                return Err(file("create the folder", folder)(cause));
            }
            _ => {}
        }
        let found = fs::symlink_metadata(folder).map_err(file("read the owner of", folder))?;
        if !found.is_dir() || found.mode() & 0o077 != 0 {
            return Err(ClusterError::NotPrivate { path: folder.to_owned(), owner: found.uid() });
        }
        self.claim(folder)
    }

    /// Makes a folder the account's and closes it to others, unless it is another's.
    fn claim(&self, folder: &Path) -> Result<(), ClusterError> {
        let owner = fs::metadata(folder).map_err(file("read the owner of", folder))?.uid();
        if !self.account.is(owner) {
            return Err(ClusterError::NotPrivate { path: folder.to_owned(), owner });
        }
        self.account.own(folder).map_err(file("change the owner of", folder))?;
        let only_owner = Permissions::from_mode(0o700);
        fs::set_permissions(folder, only_owner).map_err(file("change the permissions of", folder))
    }
}
