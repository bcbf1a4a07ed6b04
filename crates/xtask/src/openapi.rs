//! `cargo xtask openapi`: the committed description of the API is the one that the program gives.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde_json::Value;

use crate::{cargo, repository};

#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Options {
    /// Change nothing; fail when the committed files differ from what the program gives.
    #[arg(long)]
    pub(crate) check: bool,
}

/// A committed file and the arguments that make the program print it.
struct Generated {
    path: &'static str,
    arguments: &'static [&'static str],
}

const GENERATED: [Generated; 2] = [
    Generated { path: "openapi/openapi.json", arguments: &["openapi"] },
    Generated { path: "openapi/operations.txt", arguments: &["openapi", "--operations"] },
];

pub(crate) fn run(options: Options) -> Result<()> {
    let program = build()?;
    for generated in GENERATED {
        let path = repository::root().join(generated.path);
        let mut command = std::process::Command::new(&program);
        let current = cargo::capture(command.args(generated.arguments))?;
        ensure!(!current.trim().is_empty(), "qadam {} printed nothing", generated.arguments.join(" "));
        if options.check {
            compare(generated.path, &path, &current)?;
        } else {
            write(&path, &current)?;
            println!("wrote {}", generated.path);
        }
    }
    Ok(())
}

/// Builds the program with the features that the whole workspace asks for, so that the tests' build serves.
pub(crate) fn build() -> Result<PathBuf> {
    let messages = cargo::capture(cargo::command().args([
        "build",
        "--quiet",
        "--workspace",
        "--bin",
        "qadam",
        "--message-format=json-render-diagnostics",
    ]))?;
    messages.lines().find_map(executable).context("cargo did not say where it put qadam")
}

/// The program that a line of cargo's messages says was built.
fn executable(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    let built = message.get("target")?.get("name")?.as_str()? == "qadam";
    let path = message.get("executable")?.as_str()?;
    built.then(|| PathBuf::from(path))
}

fn compare(name: &str, path: &Path, current: &str) -> Result<()> {
    if !path.exists() {
        bail!("{name} does not exist: run `cargo xtask openapi` and commit it");
    }
    let committed = std::fs::read_to_string(path).with_context(|| format!("reading {name}"))?;
    if let Some((line, was, is)) = first_difference(&committed, current) {
        bail!(
            "{name}:{line} is not what the program gives; if the change is meant, run `cargo xtask openapi` \
             and commit it\n  committed: {was}\n  program:   {is}"
        );
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

/// The first line, counted from 1, where two texts differ, and how it reads in each.
fn first_difference<'a>(left: &'a str, right: &'a str) -> Option<(usize, &'a str, &'a str)> {
    const END: &str = "(end of the file)";
    let (mut left_lines, mut right_lines) = (left.lines(), right.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (left_lines.next(), right_lines.next()) {
            (None, None) => return None,
            (was, is) if was == is => {}
            (was, is) => return Some((number, was.unwrap_or(END), is.unwrap_or(END))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_no_difference() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
    }

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(first_difference("a\nb\nc", "a\nx\ny"), Some((2, "b", "x")));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some((2, "(end of the file)", "b")));
    }

    #[test]
    fn the_built_program_is_found_among_the_messages() {
        let message = r#"{"reason":"compiler-artifact","target":{"name":"qadam"},"executable":"/t/qadam"}"#;
        assert_eq!(executable(message), Some(PathBuf::from("/t/qadam")));
        let library = r#"{"reason":"compiler-artifact","target":{"name":"qadam"},"executable":null}"#;
        assert_eq!(executable(library), None);
    }
}
