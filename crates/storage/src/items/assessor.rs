//! Who found something, as a text by which it is found.

use qadam_domain::ids::OrganisationId;
use qadam_domain::items::assessments::Assessor;

/// The key of an assessor: an organisation's identifier, or a mechanism's code.
pub(crate) fn key(assessor: &Assessor) -> String {
    match assessor {
        Assessor::Organisation(id) => id.to_string(),
        Assessor::Mechanism(code) => code.clone(),
    }
}

/// The assessor with a key. No mechanism has a code that is an identifier.
pub(crate) fn from_key(key: String) -> Assessor {
    key.parse().map(|id: OrganisationId| Assessor::Organisation(id)).unwrap_or(Assessor::Mechanism(key))
}
