//! Every word of the domain's closed lists has a name in every language.

use qadam_domain::accounts::Role;
use qadam_domain::calendar::Precision;
use qadam_domain::items::consents::ConsentKind;
use qadam_domain::items::fields::Field;
use qadam_domain::items::links::LinkKind;
use qadam_domain::items::moves::{Mover, Need};
use qadam_domain::items::response::{ClockKind, Step};
use qadam_domain::items::{ClosingResult, EvidenceKind, EvidenceRelation, Kind, OwnerRole, Status};
use qadam_domain::language::TranslationState;
use qadam_domain::levels::{Axis, Level};
use qadam_domain::meetings::carry_over::CarryOverGroup;
use qadam_domain::meetings::objections::ObjectionOutcome;
use qadam_domain::meetings::{MeetingKind, ProtocolState};
use qadam_domain::organisations::OrganisationKind;
use qadam_localisation::exists;

/// Asserts that `<set>-<code>` is a text, for every value of a type.
macro_rules! named {
    ($($set:literal => $value:ty),* $(,)?) => {
        $(for value in <$value>::ALL.iter() {
            let key = format!("{}-{}", $set, value.code());
            assert!(exists(&key), "{key}");
        })*
    };
}

#[test]
fn every_word_has_a_name_in_every_language() {
    named!(
        "kind" => Kind,
        "status" => Status,
        "closing_result" => ClosingResult,
        "response_clock" => ClockKind,
        "response_step" => Step,
        "level" => Level,
        "text_level" => Level,
        "axis" => Axis,
        "consent_kind" => ConsentKind,
        "role" => Role,
        "organisation_kind" => OrganisationKind,
        "owner_role" => OwnerRole,
        "link_kind" => LinkKind,
        "mover" => Mover,
        "need" => Need,
        "item_field" => Field,
        "evidence_kind" => EvidenceKind,
        "evidence_relation" => EvidenceRelation,
        "meeting_kind" => MeetingKind,
        "protocol_state" => ProtocolState,
        "objection_outcome" => ObjectionOutcome,
        "carry_over_group" => CarryOverGroup,
        "precision" => Precision,
        "translation_state" => TranslationState,
    );
    for key in ["hidden_filer", "priority-true", "priority-false", "overdue-true", "overdue-false"] {
        assert!(exists(key), "{key}");
    }
}
