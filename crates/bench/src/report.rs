//! The tables of `docs/PERFORMANCE.md`, from what was measured.
//!
//! What people write in the document stays: only what stands between the two marks is written anew.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

use crate::load::Outcome;
use crate::processes::as_f64;
use crate::register::Engine;
use crate::results::{self, Footprint, Pair, Reads, Writes};

const BEGIN: &str = "<!-- measured: begin -->";
const END: &str = "<!-- measured: end -->";

/// Writes the tables into the document.
pub(crate) fn write(folder: &Path, document: &Path) -> Result<()> {
    let text = std::fs::read_to_string(document).with_context(|| document.display().to_string())?;
    let (head, rest) = text.split_once(BEGIN).context("the document has no mark where tables begin")?;
    let (_, tail) = rest.split_once(END).context("the document has no mark where tables end")?;
    let tables = tables(folder)?;
    std::fs::write(document, format!("{head}{BEGIN}\n\n{tables}\n{END}{tail}"))?;
    println!("{} is written", document.display());
    Ok(())
}

fn registers() -> impl Iterator<Item = (Engine, u64)> {
    [Engine::Sqlite, Engine::Postgres].into_iter().flat_map(|engine| [(engine, 10_000), (engine, 100_000)])
}

fn tables(folder: &Path) -> Result<String> {
    let mut text = String::new();
    reads(folder, &mut text)?;
    list_ends(folder, &mut text)?;
    beside_nothing(folder, &mut text, "counts", "Counts over all items")?;
    beside_nothing(folder, &mut text, "pages", "Pages")?;
    writes(folder, &mut text)?;
    footprints(folder, &mut text)?;
    plans(folder, &mut text)?;
    Ok(text)
}

fn title(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    }
}

fn part(engine: Engine, items: u64, name: &str) -> String {
    format!("{}-{items}-{name}", engine.name())
}

fn reads(folder: &Path, text: &mut String) -> Result<()> {
    writeln!(
        text,
        "### Reads\n\n| database | items | what | connections | requests/s | p50 ms | p99 ms | CPU µs | floor/s | \
         floor CPU µs | of the floor |\n| --- | --: | --- | --: | --: | --: | --: | --: | --: | --: | --: |"
    )?;
    for (engine, items) in registers() {
        let Some(reads) = results::read::<Reads>(folder, &part(engine, items, "reads"))? else { continue };
        for pair in reads.pairs.iter().filter(|pair| pair.floor.is_some()) {
            let floor = pair.floor.as_ref().context("a floor")?;
            writeln!(
                text,
                "| {} | {items} | {} | {} | {} | {:.0} | {:.0} | **{:.0} %** |",
                title(engine),
                pair.scenario,
                pair.connections,
                outcome(&pair.ours),
                floor.rate,
                floor.processor,
                100.0 * pair.ours.rate / floor.rate
            )?;
        }
    }
    Ok(writeln!(text)?)
}

fn outcome(outcome: &Outcome) -> String {
    format!("{:.0} | {:.2} | {:.2} | {:.0}", outcome.rate, outcome.p50, outcome.p99, outcome.processor)
}

fn list_ends(folder: &Path, text: &mut String) -> Result<()> {
    writeln!(
        text,
        "### Ends of a list and ready bytes, 16 connections\n\n| database | items | what | requests/s | p50 ms | p99 ms | \
         CPU µs |\n| --- | --: | --- | --: | --: | --: | --: |"
    )?;
    for (engine, items) in registers() {
        let Some(reads) = results::read::<Reads>(folder, &part(engine, items, "reads"))? else { continue };
        for pair in reads.pairs.iter().filter(|pair| pair.floor.is_none()) {
            writeln!(text, "| {} | {items} | {} | {} |", title(engine), pair.scenario, outcome(&pair.ours))?;
        }
    }
    Ok(writeln!(text)?)
}

/// Loads of a part that stand by themselves.
fn beside_nothing(folder: &Path, text: &mut String, name: &str, heading: &str) -> Result<()> {
    writeln!(
        text,
        "### {heading}\n\n| database | items | what | connections | requests/s | p50 ms | p99 ms | CPU µs \
         |\n| --- | --: | --- | --: | --: | --: | --: | --: |"
    )?;
    for (engine, items) in registers() {
        let Some(reads) = results::read::<Reads>(folder, &part(engine, items, name))? else { continue };
        for pair in &reads.pairs {
            let (what, connections) = (&pair.scenario, pair.connections);
            let measured = outcome(&pair.ours);
            writeln!(text, "| {} | {items} | {what} | {connections} | {measured} |", title(engine))?;
        }
    }
    Ok(writeln!(text)?)
}

fn writes(folder: &Path, text: &mut String) -> Result<()> {
    writeln!(
        text,
        "### Writes\n\n| database | items | what | connections | requests/s | p50 ms | p99 ms | CPU µs | \
         beside |\n| --- | --: | --- | --: | --: | --: | --: | --: | --- |"
    )?;
    for (engine, items) in registers() {
        let Some(writes) = results::read::<Writes>(folder, &part(engine, items, "writes"))? else {
            continue;
        };
        for pair in &writes.pairs {
            writeln!(
                text,
                "| {} | {items} | {} | {} | {} | {} |",
                title(engine),
                pair.scenario,
                pair.connections,
                outcome(&pair.ours),
                beside(engine, pair, &writes)
            )?;
        }
        for (clients, floor) in &writes.floors {
            let name = if engine == Engine::Sqlite { "W, the raw loop" } else { "pgbench" };
            writeln!(
                text,
                "| {} | {items} | {name} | {clients} | {:.0} | {:.2} | {:.2} | | |",
                title(engine),
                floor.rate,
                floor.p50,
                floor.p99
            )?;
        }
    }
    Ok(writeln!(text)?)
}

/// A status change beside what the same number of clients reach without the program; on SQLite, where the raw loop
/// has one writer, beside that.
fn beside(engine: Engine, pair: &Pair, writes: &Writes) -> String {
    if pair.scenario != "status change" {
        return String::new();
    }
    let clients = if engine == Engine::Sqlite { 1 } else { pair.connections };
    let Some(floor) = writes.floors.get(&clients) else { return String::new() };
    let ratio = pair.ours.rate / floor.rate;
    match engine {
        Engine::Sqlite => format!("**{ratio:.2} × W**"),
        Engine::Postgres => format!("**{:.0} %** of pgbench", ratio * 100.0),
    }
}

fn footprints(folder: &Path, text: &mut String) -> Result<()> {
    writeln!(
        text,
        "### What the program takes\n\n| database | items | first answer ms | private memory idle MB | under load \
         MB |\n| --- | --: | --: | --: | --: |"
    )?;
    for (engine, items) in registers() {
        let name = part(engine, items, "footprint");
        let Some(footprint) = results::read::<Footprint>(folder, &name)? else { continue };
        writeln!(
            text,
            "| {} | {items} | {:.0} | {:.1} | {:.1} |",
            title(engine),
            footprint.first_answer,
            as_f64(footprint.idle) / 1e6,
            as_f64(footprint.serving) / 1e6
        )?;
    }
    Ok(writeln!(text)?)
}

fn plans(folder: &Path, text: &mut String) -> Result<()> {
    writeln!(text, "### Plans at 100 000 items\n")?;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let name = part(engine, 100_000, "reads");
        let Some(reads) = results::read::<Reads>(folder, &name)? else { continue };
        for (statement, plan) in &reads.plans {
            let whose = if statement.starts_with("the program") { "" } else { "floor B's " };
            writeln!(text, "{}, {whose}{statement}:\n\n```\n{plan}\n```\n", title(engine))?;
        }
    }
    Ok(())
}
