//! Why an address is not understood.

use qadam_app::error::FieldCode;
use qadam_app::{AppError, Code};

/// Why an address is not understood.
#[derive(Debug)]
pub enum Refused {
    /// One of its parameters.
    Parameter {
        /// The code of the refusal.
        code: Code,
        /// The name of the parameter.
        name: String,
        /// What is wrong with it.
        what: FieldCode,
    },
    /// Something else.
    Other(AppError),
}

impl Refused {
    /// One parameter is wrong.
    pub fn parameter(code: Code, name: &str, what: FieldCode) -> Self {
        Self::Parameter { code, name: name.to_owned(), what }
    }
}

impl From<AppError> for Refused {
    fn from(error: AppError) -> Self {
        Self::Other(error)
    }
}
