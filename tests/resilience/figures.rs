//! What was reached of the figures that are promised: each is a line in the table of `cargo xtask torture`, and fails
//! its test where it is missed.

use std::fs::OpenOptions;
use std::io::Write as _;

use qadam_tests::program::told;
use serde_json::json;

use crate::scale::seed;

/// Names the file to which figures are added, a line of JSON each.
const FILE_VARIABLE: &str = "QADAM_TEST_FIGURES";

/// A figure that was reached, or was not.
#[derive(Debug)]
pub(crate) struct Figure<'a> {
    /// Which of the reliability figures, as `R1`, and in a word what is done.
    pub(crate) test: &'a str,
    /// On which database.
    pub(crate) database: &'a str,
    /// How often it was done.
    pub(crate) rounds: usize,
    /// What was counted, in words.
    pub(crate) counted: String,
    /// What has to be reached, in words.
    pub(crate) pass: &'a str,
    /// Whether it was.
    pub(crate) reached: bool,
}

impl Figure<'_> {
    /// Writes the figure down, and fails where it was missed.
    pub(crate) fn hold(self) {
        let Self { test, database, rounds, counted, pass, reached } = self;
        let line = json!({
            "test": test, "database": database, "rounds": rounds, "counted": counted, "pass": pass,
            "reached": reached, "seed": seed(),
        });
        println!("{line}");
        if let Some(path) = told(FILE_VARIABLE) {
            let mut file =
                OpenOptions::new().create(true).append(true).open(path).expect("the file of figures");
            writeln!(file, "{line}").expect("a figure is written");
        }
        assert!(reached, "{test} on {database}: {counted}; to reach: {pass}; seed {}", seed());
    }
}
