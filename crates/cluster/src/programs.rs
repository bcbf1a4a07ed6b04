//! What the machine has, and who asks.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Where a program is, by its name.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// Whether the calling account is root.
pub fn caller_is_root() -> Result<bool> {
    let output = Command::new("id").arg("-u").output().context("running id")?;
    ensure!(output.status.success(), "id ended with {}", output.status);
    Ok(output.stdout.trim_ascii() == b"0")
}
