//! Where PostgreSQL's programs are, and getting them where they are not.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::cargo;
use crate::packages::{apt_get, may_install, on_path};

/// The programs that a cluster needs.
const PROGRAMS: [&str; 4] = ["initdb", "pg_ctl", "pg_isready", "postgres"];
/// Where Debian keeps one folder a major version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// The oldest major version the register supports.
const OLDEST: u32 = 15;
/// Read by the installation of a server package; tells it to create no cluster of its own.
const NO_MAIN_CLUSTER: &str = "/etc/postgresql-common/createcluster.d/qadam-tests.conf";

/// The folder with PostgreSQL's programs, after installing the Debian package if that is possible and needed.
pub(super) fn find_or_install() -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let missing =
        format!("no PostgreSQL {OLDEST} or newer: {PROGRAMS:?} are neither in {DEBIAN} nor in PATH");
    if !may_install()? {
        bail!("{missing}; install the server package of your system (Debian: apt-get install postgresql)");
    }
    println!("{missing}: installing the Debian package");
    install().context("installing PostgreSQL")?;
    find().context("PostgreSQL was installed but its programs are not where they belong")
}

fn find() -> Option<PathBuf> {
    let versions = std::fs::read_dir(DEBIAN).ok().into_iter().flatten().flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let folder = entry.path().join("bin");
        (version >= OLDEST && is_complete(&folder)).then_some((version, folder))
    });
    versions.max().map(|(_, folder)| folder).or_else(|| {
        let folder = on_path("initdb")?.parent()?.to_path_buf();
        is_complete(&folder).then_some(folder)
    })
}

fn is_complete(folder: &Path) -> bool {
    PROGRAMS.iter().all(|program| folder.join(program).is_file())
}

fn install() -> Result<()> {
    cargo::run(apt_get().arg("update"))?;
    // First the part that reads the setting below, then the server, then the setting goes again.
    cargo::run(apt_get().args(["install", "--yes", "--no-install-recommends", "postgresql-common"]))?;
    let setting = Path::new(NO_MAIN_CLUSTER);
    if let Some(folder) = setting.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(setting, "create_main_cluster = false\n")?;
    let installed = cargo::run(apt_get().args(["install", "--yes", "--no-install-recommends", "postgresql"]));
    std::fs::remove_file(setting)?;
    installed
}
