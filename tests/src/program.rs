//! Where the real program is, for tests that start it as a process.

use std::path::PathBuf;

/// Tells where the program is.
const PROGRAM_VARIABLE: &str = "QADAM_TEST_PROGRAM";

/// The program under test: where `cargo xtask test` says it is, else where a build of the workspace puts it.
pub fn binary() -> PathBuf {
    let here = std::env::current_exe().expect("this test has a path");
    let binary = told(PROGRAM_VARIABLE)
        .map(PathBuf::from)
        .or_else(|| here.ancestors().nth(2).map(|directory| directory.join("qadam")));
    binary.filter(|binary| binary.exists()).expect("the program is built: cargo build --workspace")
}

/// What the test command says in a variable.
pub fn told(variable: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the test command tells it this way")]
    std::env::var(variable).ok()
}
