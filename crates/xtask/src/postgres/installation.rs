//! Getting PostgreSQL's programs where they are not.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use qadam_cluster::{OLDEST, find};

use crate::cargo;
use crate::packages::{apt_get, may_install};

/// Read by the installation of a server package; tells it to create no cluster of its own.
const NO_MAIN_CLUSTER: &str = "/etc/postgresql-common/createcluster.d/qadam-tests.conf";

/// The folder with PostgreSQL's programs, after installing the Debian package if that is possible and needed.
pub(super) fn find_or_install() -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let missing = format!("no PostgreSQL {OLDEST} or newer with all its programs");
    if !may_install()? {
        bail!("{missing}; install the server package of your system (Debian: apt-get install postgresql)");
    }
    println!("{missing}: installing the Debian package");
    install().context("installing PostgreSQL")?;
    find().context("PostgreSQL was installed but its programs are not where they belong")
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
