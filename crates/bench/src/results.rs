//! What was measured, kept as a file a part so that a run can be taken up again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::commits::Commits;
use crate::load::Outcome;

/// A load on the program and, in the same minute, on its floor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Pair {
    /// What was asked.
    pub(crate) scenario: String,
    /// By how many connections.
    pub(crate) connections: u32,
    /// The program.
    pub(crate) ours: Outcome,
    /// The floor.
    pub(crate) floor: Option<Outcome>,
}

/// The reads of a register.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Reads {
    /// Loads in the order in which they were put.
    pub(crate) pairs: Vec<Pair>,
    /// The plans of the floor's statements, by name.
    pub(crate) plans: BTreeMap<String, String>,
}

/// The writes of a register.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Writes {
    /// Loads in the order in which they were put.
    pub(crate) pairs: Vec<Pair>,
    /// The raw loop, or pgbench, by its clients.
    pub(crate) floors: BTreeMap<u32, Commits>,
}

/// What the program takes.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Footprint {
    /// From its start to the first answer, in milliseconds.
    pub(crate) first_answer: f64,
    /// Private memory when nobody asks, in bytes.
    pub(crate) idle: u64,
    /// The most private memory under load, in bytes.
    pub(crate) serving: u64,
}

/// The file of a part's results.
pub(crate) fn file(folder: &Path, part: &str) -> PathBuf {
    folder.join("results").join(format!("{part}.json"))
}

/// Keeps a part's results.
pub(crate) fn keep<T: Serialize>(folder: &Path, part: &str, results: &T) -> Result<()> {
    let path = file(folder, part);
    fs::create_dir_all(path.parent().context("a folder")?)?;
    fs::write(&path, serde_json::to_vec_pretty(results)?).with_context(|| path.display().to_string())
}

/// A part's results, if it was measured.
pub(crate) fn read<T: DeserializeOwned>(folder: &Path, part: &str) -> Result<Option<T>> {
    let path = file(folder, part);
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read(&path)?;
    Ok(Some(serde_json::from_slice(&text).with_context(|| path.display().to_string())?))
}
