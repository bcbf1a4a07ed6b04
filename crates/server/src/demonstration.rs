//! The demonstration: the register filled from public sources.
//!
//! What a document says is recorded by the secretariat with the document beside it, as a real secretariat would do
//! it: by the same use cases, and in no other body's name. The data files are compiled into the program, so that
//! the demonstration needs nothing but itself.
//!
//! * [`files`] – what the data files look like;
//! * [`organisations`], [`meetings`], [`items`], [`follow_up`] – what becomes of them;
//! * [`accounts`], [`passwords`] – who can sign in.

mod accounts;
mod files;
mod follow_up;
mod items;
mod meetings;
mod organisations;
mod passwords;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use qadam_app::{App, AppError};

pub(crate) use self::accounts::DemoAccount;
use self::files::Files;
use crate::failure::Failure;
use crate::register::explained;
use crate::vocabularies;

/// Why the demonstration cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    /// A data file is not what its description says.
    #[error("{file}: {cause}")]
    File {
        /// The file.
        file: &'static str,
        /// What the parser said.
        cause: String,
    },
    /// A record of a data file has a value that is not known.
    #[error("{record}: {what} {value:?} is not known")]
    Value {
        /// The record.
        record: String,
        /// What the value is.
        what: &'static str,
        /// The value.
        value: String,
    },
    /// The register does not take a record.
    #[error("{record}: {cause}")]
    Refused {
        /// The record.
        record: String,
        /// Why.
        cause: String,
    },
    /// An earlier run was interrupted.
    #[error("an earlier run was interrupted while it loaded; begin again with an empty database")]
    Incomplete,
    /// The vocabularies cannot be installed.
    #[error("the vocabularies cannot be installed: {0}")]
    Vocabularies(String),
}

impl LoadError {
    /// The register does not take a record.
    fn refused(record: &str) -> impl FnOnce(AppError) -> Self {
        let record = record.to_owned();
        move |cause| Self::Refused { record, cause: explained(&cause) }
    }

    /// A record has a value that is not known.
    fn unknown(record: &str, what: &'static str, value: &str) -> Self {
        Self::Value { record: record.to_owned(), what, value: value.to_owned() }
    }
}

/// Fills an empty register, or finds the one that an earlier run filled, and gives its accounts new passwords.
///
/// Whether the database is one for a demonstration at all is decided before.
pub(crate) async fn load(app: &Arc<App>) -> Result<Vec<DemoAccount>, LoadError> {
    if !app.directory().all().is_empty() {
        return accounts::renew(app).await;
    }
    let files = Files::read()?;
    vocabularies::install(app)
        .await
        .map_err(|failure: Failure| LoadError::Vocabularies(failure.to_string()))?;
    organisations::load(app, &files.organisations).await?;
    let mut opened = accounts::open(app).await?;
    let held = meetings::load(app, &opened.secretariat, &files.meetings).await?;
    let recorded = items::load(app, &opened.secretariat, &files.items, &held).await?;
    follow_up::load(app, &opened.secretariat, &files.follow_up, &recorded).await?;
    meetings::discuss(app, &opened.secretariat, &files.meetings, &held, &recorded).await?;
    // The last to come in: once it is there, everything is.
    accounts::open_last(app, &mut opened).await?;
    Ok(opened.accounts)
}
