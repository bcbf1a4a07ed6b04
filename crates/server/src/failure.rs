//! Why a command ended without success, and its exit code: 1 where it failed, 2 where it was asked wrongly.

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::config::ConfigurationError;

/// Why a command ended without success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It did not do, or did not find, what was asked for: exit code 1.
    Failed(String),
    /// It was asked for something that cannot be: exit code 2, as clap ends on a wrong command line.
    Misused(String),
}

impl Failure {
    /// What was being done, and what came of it.
    pub(crate) fn failed(what: &str, cause: impl fmt::Display) -> Self {
        Self::Failed(format!("{what}: {cause}"))
    }

    /// Says so on stderr, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        let code = match self {
            Self::Failed(_) => 1,
            Self::Misused(_) => 2,
        };
        // With stderr closed there is nobody left to tell.
        let _nobody_listens = writeln!(io::stderr(), "qadam: {self}");
        ExitCode::from(code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Failed(text) | Self::Misused(text)) = self;
        formatter.write_str(text)
    }
}

impl From<ConfigurationError> for Failure {
    fn from(error: ConfigurationError) -> Self {
        Self::Misused(error.to_string())
    }
}
