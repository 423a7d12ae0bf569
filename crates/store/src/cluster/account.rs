//! The account PostgreSQL runs under: our own or, since PostgreSQL refuses root, the one that root steps down to.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::geteuid;

/// Whom root steps down to, the first that exists.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];
/// The ids of `nobody` wherever there is no /etc/passwd to say otherwise.
const NOBODY: (u32, u32) = (65534, 65534);

/// Who owns the cluster's files and runs its processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// We are an ordinary user: it is ours.
    Ourselves,
    /// We are root: it is another's.
    Another { uid: u32, gid: u32 },
}

impl Account {
    /// The account for a cluster in `folder`: for root the folder's owner, if that is an ordinary user (so that root
    /// can join what a user began), else `postgres` or `nobody`.
    pub fn of(folder: &Path) -> io::Result<Self> {
        if !geteuid().is_root() {
            return Ok(Self::Ourselves);
        }
        let owner = fs::metadata(folder)?;
        let (uid, gid) = if owner.uid() == 0 { unprivileged() } else { (owner.uid(), owner.gid()) };
        Ok(Self::Another { uid, gid })
    }

    /// Makes the account the owner of a file or folder that we created.
    pub fn own(self, path: &Path) -> io::Result<()> {
        match self {
            Self::Ourselves => Ok(()),
            Self::Another { uid, gid } => chown(path, Some(uid), Some(gid)),
        }
    }

    /// Whether `uid` is this account's, or ours who are about to hand the file over to it.
    pub fn is(self, uid: u32) -> bool {
        match self {
            Self::Ourselves => uid == geteuid().as_raw(),
            Self::Another { uid: own, .. } => uid == own || uid == 0,
        }
    }

    /// `program -D directory`, to be run as this account. It sees nothing of our environment (PGPORT, PGOPTIONS, TZ and
    /// their like would change the cluster silently) and speaks English, since the end of its log goes into our errors.
    pub fn command(self, program: &Path, directory: &Path) -> io::Result<Command> {
        let mut command = match self {
            Self::Ourselves => {
                let mut command = Command::new(program);
                command.arg("-D").arg(directory).stdin(Stdio::null());
                command
            }
            // Root's folders (/root, mktemp -d) are closed to the account. What it cannot reach by name it gets as an
            // open descriptor, moved from 0 to 9 because initdb gives its children another standard input.
            Self::Another { uid, gid } => {
                let mut command = Command::new("/bin/sh");
                command.args(["-c", r#"exec "$@" 9<&0 </dev/null"#, "sh"]).arg(program);
                command.args(["-D", "/proc/self/fd/9"]).stdin(File::open(directory)?);
                command.uid(uid).gid(gid);
                command
            }
        };
        command.env_clear().env("LC_ALL", "C").current_dir("/");
        Ok(command)
    }
}

fn unprivileged() -> (u32, u32) {
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    CANDIDATES.iter().find_map(|name| ids(&passwd, name)).unwrap_or(NOBODY)
}

/// The user and group id of `name` in the lines of /etc/passwd.
fn ids(passwd: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = passwd.lines().map(|line| line.split(':')).find_map(|mut fields| {
        let found = fields.next() == Some(name);
        found.then_some(fields)
    })?;
    let uid = fields.nth(1)?.parse().ok()?;
    Some((uid, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_line_that_has_exactly_the_name() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\nmypostgres:x:1:2::/:/bin/sh\npostgres:x:101:104:,,,:/:/bin/sh\n";
        assert_eq!(ids(passwd, "postgres"), Some((101, 104)));
        assert_eq!(ids(passwd, "nobody"), None);
        assert_eq!(ids("postgres:x:many", "postgres"), None);
    }
}
