//! Evidence as stored with what it supports.

use qadam_domain::items::{Evidence, EvidenceKind, EvidenceRelation};
use serde::{Deserialize, Serialize};

use crate::json::StoredText;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredEvidence {
    kind: String,
    relation: String,
    title: StoredText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issued_on: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
}

impl From<&Evidence> for StoredEvidence {
    fn from(evidence: &Evidence) -> Self {
        Self {
            kind: evidence.kind.code().to_owned(),
            relation: evidence.relation.code().to_owned(),
            title: (&evidence.title).into(),
            url: evidence.url.clone(),
            number: evidence.number.clone(),
            issued_on: evidence.issued_on.map(|day| day.to_string()),
            issuer: evidence.issuer.clone(),
        }
    }
}

impl StoredEvidence {
    pub(super) fn into_evidence(self) -> Option<Evidence> {
        Some(Evidence {
            kind: EvidenceKind::from_code(&self.kind)?,
            relation: EvidenceRelation::from_code(&self.relation)?,
            title: self.title.into(),
            url: self.url,
            number: self.number,
            issued_on: self.issued_on.map(|day| day.parse()).transpose().ok()?,
            issuer: self.issuer,
        })
    }
}

/// Pieces of evidence, or `None` where one is none that was written here.
pub(super) fn all(stored: Vec<StoredEvidence>) -> Option<Vec<Evidence>> {
    stored.into_iter().map(StoredEvidence::into_evidence).collect()
}
