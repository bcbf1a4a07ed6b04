//! Names as they are written in requests.

use qadam_app::organisations::DatedName;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::values::{Checks, Day, LanguageMapInput, TextLimit};

/// A name that an organisation has or had for a time.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DatedNameInput {
    /// The name, in at least one language.
    name: LanguageMapInput,
    /// The first day it held, where that is known.
    #[serde(default)]
    from: Option<Day>,
    /// The last day it held; absent for the present name.
    #[serde(default)]
    until: Option<Day>,
}

/// All names of an organisation, the present one first.
pub(super) fn names(given: Vec<DatedNameInput>, checks: &mut Checks) -> Vec<DatedName> {
    let named = given.into_iter().enumerate().map(|(index, dated)| DatedName {
        name: dated.name.required(&format!("/names/{index}/name"), TextLimit::LABEL, checks),
        from: dated.from.map(|day| day.0),
        until: dated.until.map(|day| day.0),
    });
    named.collect()
}
