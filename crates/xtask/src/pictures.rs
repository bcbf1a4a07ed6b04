//! `cargo xtask pictures`: the pictures of the README, taken of the demonstration.

use anyhow::{Context, Result};

use crate::test::{BROWSER_VARIABLE, PROGRAM_VARIABLE};
use crate::{cargo, openapi, packages, repository};

/// The test that takes them where it is told a folder.
const TEST: &str = "readme_pictures";

/// Tells the test the folder.
const FOLDER_VARIABLE: &str = "QADAM_TEST_PICTURES";

/// Takes the pictures.
pub(crate) fn take() -> Result<()> {
    let browser = packages::browser().context("a browser")?;
    let program = openapi::build().context("the program that is shown")?;
    let mut command = cargo::command();
    command.args(["test", "-p", "qadam-tests", "--test", "pages", TEST]);
    command.env(PROGRAM_VARIABLE, program).env(BROWSER_VARIABLE, browser);
    cargo::run(command.env(FOLDER_VARIABLE, repository::root().join("docs/pictures")))
}
