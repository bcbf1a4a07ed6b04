//! `cargo xtask sbom`: what the shipped program is made of, as a `CycloneDX` 1.6 document.
//!
//! Written at a release and committed nowhere: it follows from `Cargo.lock`. The same sources give the same bytes, so
//! that whoever has them can hold the document that came with a release against their own. No time stands in it.

mod document;
mod packages;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::repository;

#[derive(Debug, Clone, Args)]
pub(crate) struct Options {
    /// Where to write it, instead of target/qadam.cdx.json
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// For which machines the program was built: some crates are used on some alone
    #[arg(long, value_name = "TRIPLE", default_value = RELEASED)]
    target: String,
}

/// The machines that the image is for.
const RELEASED: &str = "x86_64-unknown-linux-gnu";

pub(crate) fn run(options: &Options) -> Result<()> {
    let text = generate(&options.target)?;
    let path = options.output.clone().unwrap_or_else(|| repository::root().join("target/qadam.cdx.json"));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}

/// The document for one kind of machine.
fn generate(target: &str) -> Result<String> {
    let document = document::of(&packages::read(target)?)?;
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?))
}
