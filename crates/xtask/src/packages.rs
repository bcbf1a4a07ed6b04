//! Programs that are no crates: found where they are, or installed from the system's packages where that may be done.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use qadam_cluster::{caller_is_root, on_path};

use crate::cargo;

/// What a browser that the tests can drive is called, in order of preference.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// Debian's package of it.
const BROWSER_PACKAGE: &str = "chromium";

/// Installs a Debian package unless its program is there.
pub(crate) fn install(package: &str, program: &str) -> Result<()> {
    if on_path(program).is_some() {
        return Ok(());
    }
    install_missing(package, &format!("{program} is not in PATH"))
}

/// Where Debian keeps the library that tells programs another time, on one machine or another.
const OTHER_TIME: [&str; 3] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/faketime/libfaketimeMT.so.1",
];
/// Debian's package of it.
const OTHER_TIME_PACKAGE: &str = "libfaketime";
/// What watches the calls of a program, and its package.
const WATCHER: &str = "strace";

/// Installs what the reliability tests need beside PostgreSQL.
pub(crate) fn install_tools_of_tests() -> Result<()> {
    install(WATCHER, WATCHER)?;
    if OTHER_TIME.iter().any(|path| Path::new(path).exists()) {
        return Ok(());
    }
    install_missing(OTHER_TIME_PACKAGE, &format!("none of {OTHER_TIME:?} is there"))
}

/// The browser for the tests of pages, after installing it if that is possible and needed.
pub(crate) fn browser() -> Result<PathBuf> {
    let find = || BROWSERS.iter().find_map(|name| on_path(name));
    if let Some(found) = find() {
        return Ok(found);
    }
    install_missing(BROWSER_PACKAGE, &format!("none of {BROWSERS:?} is in PATH"))?;
    find().context("Chromium was installed but is not where it belongs")
}

/// Installs a Debian package unless the module of Python that it holds is there, for the Python of the path or the
/// system's own.
pub(crate) fn python_module(package: &str, module: &str) -> Result<()> {
    let knows = |python: &str| {
        let tried = Command::new(python).args(["-c", &format!("import {module}")]).output();
        tried.is_ok_and(|output| output.status.success())
    };
    if ["python3", "/usr/bin/python3"].iter().any(|python| knows(python)) {
        return Ok(());
    }
    install_missing(package, &format!("Python has no module {module}"))
}

fn install_missing(package: &str, missing: &str) -> Result<()> {
    if !may_install()? {
        bail!("{missing}; install the package of your system (Debian: apt-get install {package})");
    }
    println!("{missing}: installing the Debian package");
    cargo::run(apt_get().arg("update"))?;
    cargo::run(apt_get().args(["install", "--yes", "--no-install-recommends", package]))
}

/// Whether packages can be installed here.
pub(crate) fn may_install() -> Result<bool> {
    Ok(on_path("apt-get").is_some() && caller_is_root()?)
}

/// Debian's command for packages, which asks nothing.
pub(crate) fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
    command
}
