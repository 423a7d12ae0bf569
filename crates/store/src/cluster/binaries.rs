//! Finding an installed PostgreSQL that has PostGIS, and whose version fits the data.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::error::ClusterError;
use super::home::Home;

/// Where distributions put one PostgreSQL beside another: a folder, what its entries start with, and their programs.
/// Debian and Ubuntu first, then the packages of postgresql.org for Red Hat's family.
const SHELVES: [(&str, &str); 2] = [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")];

/// An installed PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Install {
    /// The folder of `postgres` and `initdb`.
    pub bin: PathBuf,
    /// Its major version.
    pub major: u32,
    has_postgis: bool,
}

/// The PostgreSQL for the cluster: the one in `pg_bin` if given, else of those installed the newest with PostGIS; in
/// either case one that can read the data that is there.
pub fn find(home: &Home, pg_bin: Option<&Path>) -> Result<Install, ClusterError> {
    let wrote = home.version()?;
    let (installs, looked) = match pg_bin {
        Some(bin) => (Install::probe(bin).into_iter().collect(), format!("in {}", bin.display())),
        None => (installed(), "in /usr/lib/postgresql, /usr/pgsql-* and through pg_config".to_owned()),
    };
    let data = home.data();
    choose(installs, wrote).map_err(|refused| match refused {
        Refused::Nothing => ClusterError::NoPostgres { looked },
        Refused::NoPostgis(Install { bin, major, .. }) => ClusterError::NoPostgis { major, bin },
        Refused::OtherVersion { wrote, found } => ClusterError::OtherVersion { data, wrote, found },
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Refused {
    Nothing,
    NoPostgis(Install),
    OtherVersion { wrote: u32, found: String },
}

fn choose(mut installs: Vec<Install>, wrote: Option<u32>) -> Result<Install, Refused> {
    if installs.is_empty() {
        return Err(Refused::Nothing);
    }
    installs.sort_by_key(|install| std::cmp::Reverse((install.has_postgis, install.major)));
    let found: Vec<String> = installs.iter().map(|install| install.major.to_string()).collect();
    match (installs.into_iter().find(|install| wrote.is_none_or(|wrote| install.major == wrote)), wrote) {
        (Some(install), _) if install.has_postgis => Ok(install),
        (Some(install), _) => Err(Refused::NoPostgis(install)),
        (None, Some(wrote)) => Err(Refused::OtherVersion { wrote, found: found.join(" and ") }),
        (None, None) => Err(Refused::Nothing),
    }
}

fn installed() -> Vec<Install> {
    let shelved = SHELVES.iter().flat_map(|(folder, start)| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let named = entries.filter(move |entry| entry.file_name().to_string_lossy().starts_with(start));
        named.map(|entry| entry.path().join("bin"))
    });
    let in_path = said(Command::new("pg_config").arg("--bindir")).map(PathBuf::from);
    shelved.chain(in_path).filter_map(|bin| Install::probe(&bin)).collect()
}

impl Install {
    /// What is in a folder of programs, `None` if that is not a PostgreSQL server.
    fn probe(bin: &Path) -> Option<Self> {
        let major = major(&said(Command::new(bin.join("postgres")).arg("--version"))?)?;
        // Where the extensions are depends on how it was built; a server packaged without pg_config is Debian's.
        let share = said(Command::new(bin.join("pg_config")).arg("--sharedir")).map(PathBuf::from);
        let share = share.unwrap_or_else(|| Path::new("/usr/share/postgresql").join(major.to_string()));
        let has_postgis = share.join("extension/postgis.control").exists();
        Some(Self { bin: bin.to_owned(), major, has_postgis })
    }
}

/// The first line a program says, `None` if it is not there or fails.
fn said(command: &mut Command) -> Option<String> {
    let output = command.current_dir("/").output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()?.lines().next().map(str::to_owned)
}

/// The major version in `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)`, also of `18beta1`.
fn major(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    number.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number_after_the_name() {
        let check = |version: &str, expected| assert_eq!(major(version), expected, "{version}");
        check("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)", Some(15));
        check("postgres (PostgreSQL) 18beta1", Some(18));
        check("postgres (PostgreSQL) 17", Some(17));
        check("mysqld 8.0", None);
    }

    #[test]
    fn postgis_counts_more_than_the_version_and_the_data_more_than_both() {
        let install = |major, has_postgis| Install { bin: PathBuf::from("/pg/bin"), major, has_postgis };
        let installs = || vec![install(14, true), install(17, false), install(16, true)];
        let other = Refused::OtherVersion { wrote: 12, found: "16 and 14 and 17".to_owned() };
        assert_eq!(choose(installs(), None), Ok(install(16, true)));
        assert_eq!(choose(installs(), Some(14)), Ok(install(14, true)));
        assert_eq!(choose(installs(), Some(17)), Err(Refused::NoPostgis(install(17, false))));
        assert_eq!(choose(installs(), Some(12)), Err(other));
        assert_eq!(choose(vec![install(17, false)], None), Err(Refused::NoPostgis(install(17, false))));
        assert_eq!(choose(vec![], Some(15)), Err(Refused::Nothing));
    }
}
