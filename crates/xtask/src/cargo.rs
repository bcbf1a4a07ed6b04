//! Calling cargo from within `cargo xtask`.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::repository;

/// A cargo command in the repository's root, with the environment that its caller had.
///
/// `cargo run` tells the program it starts about the program's own package. Passed on, that makes build scripts
/// believe their inputs changed and builds the same crates again.
pub(crate) fn command() -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(repository::root());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(describes_the_calling_package) {
            command.env_remove(name);
        }
    }
    command
}

fn describes_the_calling_package(variable: &str) -> bool {
    const NAMES: [&str; 3] = ["CARGO_BIN_NAME", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE"];
    const PREFIXES: [&str; 2] = ["CARGO_PKG_", "CARGO_MANIFEST_"];
    NAMES.contains(&variable) || PREFIXES.iter().any(|prefix| variable.starts_with(prefix))
}

/// Runs `command` with the terminal as its own and fails when it does.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("starting {program}"))?;
    ensure!(status.success(), "{program} ended with {status}");
    Ok(())
}

/// Runs `command` and gives back what it printed on stdout; its stderr goes to the terminal.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .with_context(|| format!("starting {program}"))?;
    ensure!(output.status.success(), "{program} ended with {}", output.status);
    String::from_utf8(output.stdout).with_context(|| format!("{program} printed what is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::describes_the_calling_package;

    #[test]
    fn variables_about_the_caller_are_dropped_and_settings_kept() {
        assert!(describes_the_calling_package("CARGO_PKG_NAME"));
        assert!(describes_the_calling_package("CARGO_MANIFEST_DIR"));
        assert!(!describes_the_calling_package("CARGO_TARGET_DIR"));
        assert!(!describes_the_calling_package("CARGO_HOME"));
    }
}
