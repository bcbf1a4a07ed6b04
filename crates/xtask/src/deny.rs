//! `cargo xtask deny`: banned crates, licences and sources, by cargo-deny and deny.toml.

use anyhow::{Context, Result};

use crate::cargo;

/// The version that deny.toml was written for.
const VERSION: &str = "0.20.2";

pub(crate) fn run() -> Result<()> {
    if !is_installed() {
        println!("cargo-deny is not installed: building it once, which takes some minutes");
        cargo::run(cargo::command().args(["install", "cargo-deny", "--locked", "--version", VERSION]))
            .context("installing cargo-deny")?;
    }
    cargo::run(
        cargo::command()
            .args(["deny", "--workspace", "check", "--hide-inclusion-graph"])
            // The layers name crates that may use a guarded one, whether or not they do at present.
            .args(["--allow", "unused-wrapper", "bans", "licenses", "sources"]),
    )
}

/// Whether cargo finds it: in PATH, or beside the other programs that cargo installed.
fn is_installed() -> bool {
    cargo::command().args(["deny", "--version"]).output().is_ok_and(|output| output.status.success())
}
