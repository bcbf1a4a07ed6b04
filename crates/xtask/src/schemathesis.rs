//! `cargo xtask schemathesis`: asks the program what its `OpenAPI` document describes, as each role, and judges the answers.
//!
//! Schemathesis makes the requests, from the document alone: right ones, wrong ones and what follows from earlier answers.
//! `tests/schemathesis` says what is expected. It is written in Python and installed with pip, so it is no part of
//! `cargo xtask test`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;
use qadam_cluster::on_path;

use crate::{cargo, openapi, packages, repository};

/// The tool, and the version that the expectations are written for.
const TOOL: &str = "schemathesis";
const VERSION: &str = "4.32.5";

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// For how many seconds each role asks.
    #[arg(long, default_value_t = 90)]
    seconds: u32,
    /// The chance of a run that is to be had again.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only these: anonymous, a role, or the name of an account of the demonstration. All without it.
    roles: Vec<String>,
}

/// Prints a line for each role. Fails where anything was found.
pub(crate) fn run(options: &Options) -> Result<()> {
    let folder = repository::root().join("target").join(TOOL);
    let tool = tool(&folder)?;
    let program = openapi::build().context("the program that is asked")?;
    let mut command = Command::new("python3");
    command.arg(repository::root().join("tests/schemathesis/run.py"));
    command.arg("--program").arg(program).arg("--schemathesis").arg(tool).arg("--folder").arg(folder);
    command.args(["--seconds", &options.seconds.to_string(), "--seed", &options.seed.to_string()]);
    cargo::run(command.args(&options.roles))
}

/// The tool of the path, or one that is installed for this alone.
fn tool(folder: &Path) -> Result<PathBuf> {
    if let Some(found) = on_path(TOOL) {
        return Ok(found);
    }
    let environment = folder.join("python");
    let tool = environment.join("bin").join(TOOL);
    if !tool.exists() {
        println!("{TOOL} is not in PATH: installing {TOOL} {VERSION} into {}", environment.display());
        packages::install("python3", "python3")?;
        packages::python_module("python3-venv", "ensurepip")?;
        cargo::run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        let mut install = Command::new(environment.join("bin/python"));
        install.args(["-m", "pip", "install", "--quiet", &format!("{TOOL}=={VERSION}")]);
        cargo::run(&mut install).context("schemathesis cannot be installed with pip; put it into PATH")?;
    }
    Ok(tool)
}
