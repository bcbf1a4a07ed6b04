//! Files of a register as a backup takes them up and puts them down.

use aws_lc_rs::digest::{SHA256, digest};
use futures_util::TryStreamExt as _;
use qadam_domain::ids::Uuid;
use qadam_domain::items::contributions::Content;
use qadam_storage::files::{FileStore, FileStoreError, Lying};
use qadam_storage::items::{RecordedFile, every_contribution};
use qadam_storage::portable::Snapshot;

use super::error::BackupError;

/// How many rows are read at once.
const PAGE: u64 = 500;
/// After how many files one after another that cannot be read there is no use in asking for more.
pub(super) const FAILURES_MAX: u64 = 5;

/// A file that a register names.
#[derive(Debug, Clone)]
pub(super) struct NamedFile {
    /// What is recorded of it.
    pub(super) recorded: RecordedFile,
    /// The evidence it belongs to.
    pub(super) evidence: Uuid,
}

/// What became of a file that was to be taken up.
#[derive(Debug)]
pub(super) enum Taken {
    /// It is as it was recorded.
    Whole(Vec<u8>),
    /// It is not there.
    Missing,
    /// It is not what was recorded.
    Changed,
    /// It could not be read.
    Unread(FileStoreError),
}

/// The files that a register names, in the order of their names.
pub(super) async fn named(snapshot: &Snapshot) -> Result<Vec<NamedFile>, BackupError> {
    let mut named = Vec::new();
    let mut after = None;
    loop {
        let page = every_contribution(snapshot, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for one in &page {
            let Content::Evidence(evidence) = &one.content else { continue };
            let Some(file) = &evidence.file else { continue };
            let recorded = RecordedFile { object: file.object, size: file.size, sha256: file.sha256 };
            named.push(NamedFile { recorded, evidence: one.id.0 });
        }
    }
    named.sort_unstable_by_key(|file| file.recorded.object);
    Ok(named)
}

/// Takes a file up.
pub(super) async fn take(store: &FileStore, file: &RecordedFile) -> Taken {
    let lying = match store.get(file.object).await {
        Ok(Some(lying)) => lying,
        Ok(None) => return Taken::Missing,
        Err(error) => return Taken::Unread(error),
    };
    match content(lying, file.size).await {
        Ok(Some(content)) if is(&content, &file.sha256) => Taken::Whole(content),
        Ok(_) => Taken::Changed,
        Err(error) => Taken::Unread(error),
    }
}

/// Whether a file lies there. Fails if it is another one.
pub(super) async fn lies(store: &FileStore, object: Uuid, content: &[u8]) -> Result<bool, BackupError> {
    let Some(lying) = store.get(object).await? else { return Ok(false) };
    match self::content(lying, content.len() as u64).await? {
        Some(there) if there == content => Ok(true),
        _ => Err(BackupError::OtherFile(object.simple().to_string())),
    }
}

/// What lies there, if it is as long as it should be.
async fn content(mut lying: Lying, size: u64) -> Result<Option<Vec<u8>>, FileStoreError> {
    if lying.size != size {
        return Ok(None);
    }
    let mut content = Vec::new();
    while let Some(piece) = lying.content.try_next().await? {
        content.extend_from_slice(&piece);
        if content.len() as u64 > size {
            return Ok(None);
        }
    }
    Ok((content.len() as u64 == size).then_some(content))
}

pub(super) fn is(content: &[u8], sha256: &[u8; 32]) -> bool {
    digest(&SHA256, content).as_ref() == sha256
}
