//! Passing on what is said through the secretariat, as JSON.

use qadam_app::error::FieldCode;
use qadam_app::items::PassingInput;
use qadam_domain::items::questions::Passing;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::Input;
use crate::values::{Checks, LanguageMapInput, PassingWord, TextLimit};

/// What becomes of a question or an answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PassingCreate {
    /// `passed_on`, or `not_passed_on` with a reason.
    to: PassingWord,
    /// Why it is not passed on: told to who said it.
    #[serde(default)]
    reason: LanguageMapInput,
}

impl PassingCreate {
    pub(super) fn checked(self) -> Input<PassingInput> {
        let mut checks = Checks::new();
        if self.to.0 == Passing::Waiting {
            checks.refuse("/to", FieldCode::NotAllowed);
        }
        let reason = self.reason.map("/reason", TextLimit::BODY, &mut checks);
        checks.finish(PassingInput { passed_on: self.to.0 == Passing::PassedOn, reason })
    }
}
