//! The organisations, in memory: they are few, and nearly every answer names some.

use std::collections::HashMap;

use qadam_domain::ids::OrganisationId;
use qadam_domain::organisations::Organisation;

/// All organisations at one moment.
#[derive(Debug, Default)]
pub struct Directory {
    by_id: HashMap<OrganisationId, Organisation>,
    by_code: HashMap<String, OrganisationId>,
    host: Option<OrganisationId>,
}

impl Directory {
    /// A directory of these organisations; `host` is the code of the one that hosts the platform.
    pub fn new(organisations: Vec<Organisation>, host: &str) -> Self {
        let by_code: HashMap<_, _> =
            organisations.iter().map(|organisation| (organisation.code.clone(), organisation.id)).collect();
        let host = by_code.get(host).copied();
        let by_id = organisations.into_iter().map(|organisation| (organisation.id, organisation)).collect();
        Self { by_id, by_code, host }
    }

    /// The organisation with this identifier.
    pub fn get(&self, id: OrganisationId) -> Option<&Organisation> {
        self.by_id.get(&id)
    }

    /// The organisation with this code or identifier.
    pub fn find(&self, code_or_id: &str) -> Option<&Organisation> {
        let id = self.by_code.get(code_or_id).copied().or_else(|| code_or_id.parse().ok())?;
        self.by_id.get(&id)
    }

    /// The code of an organisation; empty for one that is not there.
    pub fn code(&self, id: OrganisationId) -> &str {
        self.by_id.get(&id).map(|organisation| organisation.code.as_str()).unwrap_or_default()
    }

    /// The organisation that hosts the platform.
    pub const fn host(&self) -> Option<OrganisationId> {
        self.host
    }

    /// All organisations by code.
    pub fn all(&self) -> Vec<&Organisation> {
        let mut all: Vec<_> = self.by_id.values().collect();
        all.sort_by(|left, right| left.code.cmp(&right.code));
        all
    }
}
