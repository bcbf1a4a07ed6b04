//! Evidence of an item: what its owners, the secretariat and those who look at it bring.

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind};
use qadam_domain::items::evidence::{ItemEvidence, can_be_about};
use qadam_domain::items::files::File;
use qadam_domain::items::{Evidence, EvidenceKind};
use qadam_domain::levels::Level;
use qadam_storage::items::Key;

use super::assessments::sight;
use super::contributions::{Adding, Addition, ContributionView, contributions};
use crate::application::App;
use crate::error::{AppError, FieldCode};

/// A piece of evidence as named by a caller.
#[derive(Debug, Clone)]
pub struct ItemEvidenceInput {
    /// What it is.
    pub evidence: Evidence,
    /// Its file, once that is kept.
    pub file: Option<File>,
    /// The finding or report that it is about.
    pub about: Option<ContributionId>,
    /// Who reads it (civil society); without it, whoever reads the item.
    pub text_level: Option<Level>,
    /// Who reads who brought it (civil society); without it, as with what the organisation filed there, and its own
    /// where it filed nothing.
    pub identity_level: Option<Level>,
}

/// The evidence of an item that the viewer may read, oldest first; at most 1,000.
pub async fn evidence(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<ContributionView>, AppError> {
    Ok(contributions(app, viewer, key, &[ContributionKind::Evidence]).await?.1)
}

impl Addition for ItemEvidenceInput {
    const KIND: ContributionKind = ContributionKind::Evidence;
    const PATH: &'static str = "evidence";
    const ACTION: &'static str = "evidence.added";

    fn about(&self) -> Option<ContributionId> {
        self.about
    }

    fn prepare(self, adding: &Adding<'_>) -> Result<Contribution, AppError> {
        let editing = adding.editing;
        let sight = sight(editing, self.text_level, self.identity_level)?;
        if self.about.is_some() {
            let unknown = || AppError::field("/about", FieldCode::UnknownReference);
            let about = adding.about.as_ref().ok_or_else(unknown)?;
            if !can_be_about(sight, about, editing.before.text_level) {
                return Err(AppError::field("/about", FieldCode::NotAllowed));
            }
        }
        if self.file.is_some() != (self.evidence.kind == EvidenceKind::File) {
            return Err(AppError::field("/file", FieldCode::Required));
        }
        let content =
            Content::Evidence(ItemEvidence { evidence: self.evidence, about: self.about, file: self.file });
        Ok(editing.contribution(content, sight))
    }
}
