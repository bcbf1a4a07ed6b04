//! Whether every file that is recorded lies in the store as it was recorded.

use aws_lc_rs::digest::{Context, SHA256};
use futures_util::TryStreamExt as _;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::Content;
use qadam_domain::items::files::File;
use qadam_storage::files::{FilePlace, FileStore, FileStoreError};
use qadam_storage::items;

use super::Audit;
use crate::error::AppError;

/// How many rows are read at once.
const PAGE: u64 = 500;
/// After how many files one after another that cannot be read the store is asked no more: it does not answer, and would let
/// each wait.
const FAILURES_MAX: u64 = 5;

/// What was found of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilesFound {
    /// How many are as they were recorded.
    pub good: u64,
    /// The evidence whose files are lost or changed, by its identifier.
    pub bad: Vec<String>,
    /// How many were asked for and could not be read: nothing is known of them.
    pub unread: u64,
    /// Why the first of these could not be read.
    pub failure: Option<String>,
    /// Whether the store was asked for no more, for it did not answer.
    pub given_up: bool,
}

impl Audit {
    /// Compares all files with what the register says of them. A register without files asks no store.
    pub async fn files(&self, place: &FilePlace) -> Result<FilesFound, AppError> {
        let mut found = FilesFound::default();
        let mut store = None;
        let mut after = None;
        let mut unread_in_a_row = 0;
        loop {
            let page = items::every_contribution(&self.reader, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(found) };
            after = Some(last.id);
            for one in &page {
                let Content::Evidence(evidence) = &one.content else { continue };
                let Some(file) = &evidence.file else { continue };
                let store = match &store {
                    Some(store) => store,
                    None => store.insert(
                        FileStore::open(place).map_err(|error| AppError::Internal(error.to_string()))?,
                    ),
                };
                let compared = is_as_recorded(store, file).await;
                unread_in_a_row = if compared.is_err() { unread_in_a_row + 1 } else { 0 };
                found.note(one.id, compared);
                if unread_in_a_row == FAILURES_MAX {
                    found.given_up = true;
                    return Ok(found);
                }
            }
        }
    }
}

impl FilesFound {
    fn note(&mut self, evidence: ContributionId, compared: Result<bool, FileStoreError>) {
        match compared {
            Ok(true) => self.good += 1,
            Ok(false) => self.bad.push(evidence.to_string()),
            Err(error) => {
                self.unread += 1;
                self.failure.get_or_insert_with(|| error.to_string());
            }
        }
    }
}

async fn is_as_recorded(store: &FileStore, file: &File) -> Result<bool, FileStoreError> {
    let Some(mut lying) = store.get(file.object).await? else { return Ok(false) };
    let mut context = Context::new(&SHA256);
    while let Some(piece) = lying.content.try_next().await? {
        context.update(&piece);
    }
    Ok(lying.size == file.size && context.finish().as_ref() == file.sha256)
}
