//! `cargo xtask tidy`: the layout that ARCHITECTURE.md promises, proved on every file.
//!
//! Each rule is a pure function from the files to what is wrong with them, so that its tests are a few lines of
//! text; only [`run`] reads the working tree.

mod architecture;
mod constructs;
mod dependencies;
mod layers;
mod manifest;
mod masking;
mod places;
mod profiles;
mod shape;
mod source;
mod test_names;
mod tested;

use std::fmt;

use anyhow::{Result, bail};

use crate::repository::{self, File};

/// Whether a finding stops the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Severity {
    Error,
    Warning,
}

/// Something a rule found, at a place one can jump to.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    severity: Severity,
    path: String,
    /// Counted from 1.
    line: usize,
    message: String,
}

impl Finding {
    fn error(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, path: path.to_owned(), line, message: message.into() }
    }

    fn warning(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(path, line, message) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(formatter, "{}:{}: {word}: {}", self.path, self.line, self.message)
    }
}

/// Checks the working tree, prints all findings and fails when one of them is an error.
pub(crate) fn run() -> Result<()> {
    let files = repository::files()?;
    let mut findings = check(&files)?;
    findings.sort_by(|left, right| (&left.path, left.line).cmp(&(&right.path, right.line)));
    for finding in &findings {
        println!("{finding}");
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = findings.len() - errors;
    println!("tidy: {} files, {errors} errors, {warnings} warnings", files.len());
    if errors > 0 {
        bail!("the tree is not tidy");
    }
    Ok(())
}

fn check(files: &[File]) -> Result<Vec<Finding>> {
    let manifests = manifest::read_all(files)?;
    let mut findings = dependencies::check(&manifests);
    findings.extend(architecture::check(files, &manifests));
    findings.extend(places::check(files));
    findings.extend(profiles::check(files));
    let sources: Vec<_> = files.iter().filter(|file| file.is_rust()).map(source::Source::new).collect();
    for source in &sources {
        findings.extend(shape::check(source));
        findings.extend(constructs::check(source));
        findings.extend(test_names::check(source));
    }
    findings.extend(tested::check(files, &sources));
    Ok(findings)
}
