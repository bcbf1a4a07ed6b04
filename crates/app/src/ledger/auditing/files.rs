//! Whether every file that is recorded lies in the store as it was recorded.

use aws_lc_rs::digest::{Context, SHA256};
use futures_util::TryStreamExt as _;
use qadam_domain::items::contributions::Content;
use qadam_domain::items::files::File;
use qadam_storage::files::{FilePlace, FileStore, FileStoreError};
use qadam_storage::items;

use super::Audit;
use crate::error::AppError;

/// How many rows are read at once.
const PAGE: u64 = 500;

/// What was found of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilesFound {
    /// How many are as they were recorded.
    pub good: u64,
    /// The evidence whose files are lost, changed or cannot be read, by its identifier.
    pub bad: Vec<String>,
}

impl Audit {
    /// Compares all files with what the register says of them. A register without files asks no store.
    pub async fn files(&self, place: &FilePlace) -> Result<FilesFound, AppError> {
        let mut found = FilesFound::default();
        let mut store = None;
        let mut after = None;
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
                if is_as_recorded(store, file).await.unwrap_or(false) {
                    found.good += 1;
                } else {
                    found.bad.push(one.id.to_string());
                }
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
