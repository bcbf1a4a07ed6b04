//! `cargo xtask torture`: the reliability tests with as many rounds as are promised, and a table of what was reached.
//!
//! It is the same code as in the short form that runs with all tests; a variable says that much is to be done.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;

use crate::postgres::{Purpose, Running, URL_VARIABLE};
use crate::{cargo, openapi, packages, repository};

/// Says to the tests that much is to be done.
const TORTURE_VARIABLE: &str = "QADAM_TEST_TORTURE";
/// Names the file to which they add their figures.
const FIGURES_VARIABLE: &str = "QADAM_TEST_FIGURES";
/// Names the chance of a run that is to be had again.
const SEED_VARIABLE: &str = "QADAM_TEST_SEED";
/// Says for how many minutes the register is to work on.
const SOAK_VARIABLE: &str = "QADAM_TEST_SOAK_MINUTES";

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only tests whose names contain this.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// For how many minutes the register works on each database; 30 is what is promised.
    #[arg(long, default_value_t = 3)]
    soak_minutes: u32,
    /// The chance of a run that is to be had again.
    #[arg(long)]
    seed: Option<u64>,
}

/// Runs the tests and prints the table. Fails where a figure was missed or a test did not come to its figure.
pub(crate) fn run(options: &Options) -> Result<()> {
    packages::install_tools_of_tests()?;
    let cluster = Running::start(Purpose::ThrowAway).context("a PostgreSQL for the tests")?;
    let program = openapi::build().context("the program that is tortured")?;
    let folder = repository::root().join("target/torture");
    fs::create_dir_all(&folder)?;
    let file = folder.join("figures.jsonl");
    fs::write(&file, "")?;
    let mut command = cargo::command();
    command.args(["test", "--workspace", "--test", "resilience", "--no-fail-fast", "--"]);
    // One after the other: what is measured is not measured beside something else.
    command.args(["--test-threads", "1"]).args(&options.only);
    command
        .env(crate::test::PROGRAM_VARIABLE, program)
        .env(FIGURES_VARIABLE, &file)
        .env(TORTURE_VARIABLE, "1");
    command.env(URL_VARIABLE, cluster.url());
    command.env(SOAK_VARIABLE, options.soak_minutes.to_string());
    if let Some(seed) = options.seed {
        command.env(SEED_VARIABLE, seed.to_string());
    }
    let outcome = cargo::run(&mut command);
    let figures = read(&file)?;
    println!("\n{}", table(&figures));
    outcome?;
    ensure!(!figures.is_empty(), "no figure was reached for");
    ensure!(figures.iter().all(is_reached), "a figure was missed");
    Ok(())
}

fn read(file: &Path) -> Result<Vec<Value>> {
    let text = fs::read_to_string(file).context("reading the figures")?;
    text.lines().map(|line| serde_json::from_str(line).context("a figure that is no JSON")).collect()
}

fn is_reached(figure: &Value) -> bool {
    figure["reached"] == true
}

/// The figures as a table of Markdown.
fn table(figures: &[Value]) -> String {
    let mut rows: Vec<String> = figures.iter().map(line_of).collect();
    rows.sort();
    let head = [
        "| test | database | rounds | counted | to reach | result |",
        "| --- | --- | --- | --- | --- | --- |",
    ];
    head.into_iter().map(str::to_owned).chain(rows).collect::<Vec<_>>().join("\n")
}

fn line_of(figure: &Value) -> String {
    let said = |name: &str| figure[name].as_str().unwrap_or_default().replace('|', "/");
    let result = if is_reached(figure) { "reached" } else { "MISSED" };
    let [test, database, counted, pass] = ["test", "database", "counted", "pass"].map(said);
    format!("| {test} | {database} | {} | {counted} | {pass} | {result} |", figure["rounds"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_figure_stands_out_in_the_table() {
        let figure = |test: &str, reached: bool| serde_json::json!({"test": test, "database": "SQLite", "rounds": 2, "counted": "a|b", "pass": "all", "reached": reached});
        let table = table(&[figure("R2", false), figure("R1", true)]);
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            ["| R1 | SQLite | 2 | a/b | all | reached |", "| R2 | SQLite | 2 | a/b | all | MISSED |"]
        );
    }
}
