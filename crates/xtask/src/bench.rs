//! `cargo xtask bench`: builds what is released, measures it beside its floors, and writes the tables.
//!
//! Every part ends within minutes, and what was measured is kept, so that a run that was ended goes on where it was.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::postgres::{Purpose, Running};
use crate::{cargo, packages, repository};

/// The load tool.
const LOAD_TOOL: &str = "wrk";

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only registers on this engine: sqlite or postgres.
    #[arg(long)]
    engine: Option<String>,
    /// Only registers of this size: 10000 or 100000.
    #[arg(long)]
    items: Option<u64>,
    /// Only this part: footprint, reads, counts, pages or writes.
    #[arg(long)]
    part: Option<String>,
    /// How long each load is put on.
    #[arg(long, default_value_t = 5)]
    seconds: u32,
    /// Measure again what was measured.
    #[arg(long)]
    again: bool,
    /// Forget the generated registers and what was measured.
    #[arg(long)]
    fresh: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let folder = repository::root().join("target/bench");
    let cluster = std::env::temp_dir().join("qadam-bench-postgres");
    if options.fresh {
        for old in [&folder, &cluster] {
            forget(old)?;
        }
    }
    packages::install(LOAD_TOOL, LOAD_TOOL)?;
    // The features of the whole workspace, so that nothing is built twice for the sake of one package.
    let programs = ["--bin", "qadam", "--bin", "qadam-bench"];
    cargo::run(cargo::command().args(["build", "--release", "--workspace"]).args(programs))?;
    let released = released();
    let mut command = Command::new(released.join("qadam-bench"));
    command.arg("run").arg("--program").arg(released.join("qadam")).arg("--folder").arg(&folder);
    command.args(["--seconds", &options.seconds.to_string()]);
    for (flag, value) in [
        ("--engine", options.engine.clone()),
        ("--items", options.items.map(|items| items.to_string())),
        ("--part", options.part.clone()),
    ] {
        if let Some(value) = value {
            command.args([flag, &value]);
        }
    }
    if options.again {
        command.arg("--again");
    }
    let running = match options.engine.as_deref() {
        Some("sqlite") => None,
        _ => Some(Running::start(Purpose::Kept(cluster))?),
    };
    if let Some(running) = &running {
        command.args(["--postgres", running.url()]);
    }
    cargo::run(&mut command)?;
    let mut report = Command::new(released.join("qadam-bench"));
    report.arg("report").arg("--folder").arg(&folder);
    cargo::run(report.arg("--document").arg(repository::root().join("docs/PERFORMANCE.md")))
}

fn released() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| repository::root().join("target")).join("release")
}

fn forget(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    Ok(())
}
