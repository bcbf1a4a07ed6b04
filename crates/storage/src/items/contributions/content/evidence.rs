//! A piece of evidence of an item as stored.

use qadam_domain::ids::ContributionId;
use qadam_domain::items::evidence::ItemEvidence;
use qadam_domain::items::files::{File, FileType};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::items::evidence::StoredEvidence;

#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct StoredItemEvidence {
    // The member `kind` of the evidence says how it is at hand, that of the content what the contribution is.
    evidence: StoredEvidence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<StoredFile>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredFile {
    object: Uuid,
    name: String,
    media_type: String,
    size: u64,
    sha256: [u8; 32],
    metadata_removed: bool,
}

impl StoredItemEvidence {
    pub(super) fn of(stored: &ItemEvidence) -> Self {
        Self {
            evidence: (&stored.evidence).into(),
            about: stored.about.map(|id| id.0),
            file: stored.file.as_ref().map(StoredFile::of),
        }
    }

    pub(super) fn read(self) -> Option<ItemEvidence> {
        Some(ItemEvidence {
            evidence: self.evidence.into_evidence()?,
            about: self.about.map(ContributionId),
            file: match self.file {
                Some(file) => Some(file.read()?),
                None => None,
            },
        })
    }
}

impl StoredFile {
    fn of(file: &File) -> Self {
        Self {
            object: file.object,
            name: file.name.clone(),
            media_type: file.file_type.media_type().to_owned(),
            size: file.size,
            sha256: file.sha256,
            metadata_removed: file.metadata_removed,
        }
    }

    fn read(self) -> Option<File> {
        Some(File {
            object: self.object,
            name: self.name,
            file_type: FileType::from_media_type(&self.media_type)?,
            size: self.size,
            sha256: self.sha256,
            metadata_removed: self.metadata_removed,
        })
    }
}

/// What is recorded of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct RecordedFile {
    /// Its name in the store.
    pub object: Uuid,
    /// Its length in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
}

/// The file that the stored content of a contribution names, whatever else it says: also of a schema that is no more.
pub fn recorded_file(content: &str) -> Option<RecordedFile> {
    #[derive(Deserialize)]
    struct WithFile {
        file: Option<RecordedFile>,
    }
    serde_json::from_str::<WithFile>(content).ok()?.file
}
