//! The domain's closed lists as words: written as their codes, refused with `unknown_value`.

use qadam_app::accounts::AccountState;
use qadam_app::error::FieldCode;
use qadam_app::items::Original;
use qadam_app::ledger::redaction::RedactionGround;
use qadam_domain::accounts::Role;
use qadam_domain::calendar::Precision;
use qadam_domain::items::assessments::{Confidence, Finding, NoJudgementReason, Voice};
use qadam_domain::items::consents::ConsentKind;
use qadam_domain::items::links::LinkKind;
use qadam_domain::items::milestones::MilestoneKind;
use qadam_domain::items::questions::{Asked, Passing};
use qadam_domain::items::response::{ClockKind, Stage, Step};
use qadam_domain::items::translation_gaps::TranslationGap;
use qadam_domain::items::updates::{UpdateState, UpdateStep};
use qadam_domain::items::{ClosingResult, EvidenceKind, EvidenceRelation, Kind, OwnerRole, Status};
use qadam_domain::language::{Language, TranslationState};
use qadam_domain::levels::{Axis, Level};
use qadam_domain::meetings::carry_over::CarryOverGroup;
use qadam_domain::meetings::objections::ObjectionOutcome;
use qadam_domain::meetings::{MeetingKind, ProtocolState};
use qadam_domain::notifications::NotificationReason;
use qadam_domain::organisations::OrganisationKind;
use qadam_domain::reporting_rounds::{ReportStanding, RoundState};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::reading::refuse;

macro_rules! words {
    ($($(#[$doc:meta])* $word:ident($value:ident), $name:literal, $code:ident, $read:expr;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub struct $word(pub $value);

            impl From<$value> for $word {
                fn from(value: $value) -> Self {
                    Self(value)
                }
            }

            impl Serialize for $word {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.0.$code())
                }
            }

            impl<'de> Deserialize<'de> for $word {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let word = String::deserialize(deserializer)?;
                    $read(&word).map(Self).ok_or_else(|| refuse(FieldCode::UnknownValue))
                }
            }

            impl PartialSchema for $word {
                fn schema() -> RefOr<Schema> {
                    ObjectBuilder::new()
                        .schema_type(Type::String)
                        .description(Some(concat!($name, ". New words may be added.")))
                        .enum_values(Some($value::ALL.iter().map(|value| value.$code())))
                        .into()
                }
            }

            impl ToSchema for $word {
                fn name() -> std::borrow::Cow<'static, str> {
                    stringify!($value).into()
                }
            }
        )*
    };
}

words! {
    /// What an item is.
    KindWord(Kind), "What an item is", code, Kind::from_code;
    /// Where an item stands.
    StatusWord(Status), "Where an item stands", code, Status::from_code;
    /// With what result an item was closed.
    ClosingResultWord(ClosingResult), "With what result an item was closed", code, ClosingResult::from_code;
    /// For what an item waits.
    ResponseClockWord(ClockKind), "For what an item waits", code, ClockKind::from_code;
    /// How far silence has escalated.
    ResponseStageWord(Stage), "How far silence has escalated", code, Stage::from_code;
    /// What was reached of a wait, or done.
    ResponseStepWord(Step), "What was reached of a wait, or done", code, Step::from_code;
    /// What a body does for an item.
    OwnerRoleWord(OwnerRole), "What a body does for an item", code, OwnerRole::from_code;
    /// How items relate.
    LinkKindWord(LinkKind), "How items relate", code, LinkKind::from_code;
    /// What a piece of evidence is.
    EvidenceKindWord(EvidenceKind), "What a piece of evidence is", code, EvidenceKind::from_code;
    /// What a piece of evidence says.
    EvidenceRelationWord(EvidenceRelation), "What a piece of evidence says", code, EvidenceRelation::from_code;
    /// What was found.
    FindingWord(Finding), "What was found, best to worst; then the two that are no judgement", code, Finding::from_code;
    /// Why nothing can be said.
    NoJudgementWord(NoJudgementReason), "Why nothing can be said", code, NoJudgementReason::from_code;
    /// How sure an assessor is.
    ConfidenceWord(Confidence), "How sure the assessor is", code, Confidence::from_code;
    /// Whose voice a finding is.
    VoiceWord(Voice), "Whose voice it is", code, Voice::from_code;
    /// What a milestone is.
    MilestoneKindWord(MilestoneKind), "What a milestone is", code, MilestoneKind::from_code;
    /// Where a report stands.
    AskedWord(Asked), "Who is asked", code, Asked::from_code;
    /// Whether the secretariat passed something on.
    PassingWord(Passing), "Whether the secretariat passed it on", code, Passing::from_code;
    /// Where a report stands.
    UpdateStateWord(UpdateState), "Where a report stands", code, UpdateState::from_code;
    /// What is done with a report.
    UpdateStepWord(UpdateStep), "What is done with a report", code, UpdateStep::from_code;
    /// Whether a reporting round takes reports.
    RoundStateWord(RoundState), "Whether a round takes reports, late ones too", code, RoundState::from_code;
    /// What became of a report that was asked for.
    ReportStandingWord(ReportStanding), "What became of a report that was asked for", code, ReportStanding::from_code;
    /// Why somebody is told.
    NotificationReasonWord(NotificationReason), "Why one is told", code, NotificationReason::from_code;
    /// How widely something is read.
    LevelWord(Level), "How widely something is read, narrow to wide", code, Level::from_code;
    /// What a level is about.
    AxisWord(Axis), "What a level is about", code, Axis::from_code;
    /// What a consent is about.
    ConsentKindWord(ConsentKind), "What a consent is about", code, ConsentKind::from_code;
    /// What an account may do.
    RoleWord(Role), "What an account may do", code, Role::from_code;
    /// Whether an account may sign in.
    AccountStateWord(AccountState), "Whether an account may sign in", code, AccountState::from_code;
    /// What an organisation is.
    OrganisationKindWord(OrganisationKind), "What an organisation is", code, OrganisationKind::from_code;
    /// What a meeting is.
    MeetingKindWord(MeetingKind), "What a meeting is", code, MeetingKind::from_code;
    /// Where a protocol stands.
    ProtocolStateWord(ProtocolState), "Where a protocol stands", code, ProtocolState::from_code;
    /// Why something stands on the list with which a meeting opens.
    CarryOverGroupWord(CarryOverGroup), "Why something stands on the list with which a meeting opens", code, CarryOverGroup::from_code;
    /// What became of an objection.
    ObjectionOutcomeWord(ObjectionOutcome), "What became of an objection", code, ObjectionOutcome::from_code;
    /// On what ground a payload is removed from the ledger.
    RedactionGroundWord(RedactionGround), "On what ground a payload is removed from the ledger", code, RedactionGround::from_code;
    /// What becomes of what said the passages that are taken out.
    OriginalWord(Original), "What becomes of what said the passages that are taken out", code, Original::from_code;
    /// How exactly a day is known.
    PrecisionWord(Precision), "How exactly a day is known", code, Precision::from_code;
    /// What there is to do on texts in a language.
    TranslationGapWord(TranslationGap), "What there is to do on texts in a language other than the original's", code, TranslationGap::from_code;
    /// How a text came to be in a language.
    TranslationStateWord(TranslationState), "How a text came to be in a language", code, TranslationState::from_code;
    /// A language of the register.
    LanguageWord(Language), "A language of the register", tag, |tag: &str| tag.parse().ok();
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json, to_value};

    #[test]
    fn words_are_the_codes_of_the_domain() {
        assert_eq!(to_value(StatusWord(Status::UnderReview)).unwrap(), "under_review");
        assert_eq!(from_value::<LevelWord>(json!("addressed")).unwrap(), LevelWord(Level::Addressed));
        assert_eq!(from_value::<LanguageWord>(json!("kk")).unwrap(), LanguageWord(Language::Kazakh));
    }

    #[test]
    fn other_words_are_unknown_values() {
        for bad in ["Addressed", "", "everybody"] {
            assert_eq!(from_value::<LevelWord>(json!(bad)).unwrap_err().to_string(), "unknown_value");
        }
        assert_ne!(from_value::<LevelWord>(json!(1)).unwrap_err().to_string(), "unknown_value");
    }

    #[test]
    fn the_schema_lists_the_words() {
        let schema = serde_json::to_value(AxisWord::schema()).unwrap();
        assert_eq!((&schema["type"], &schema["enum"]), (&json!("string"), &json!(["text", "identity"])));
    }
}
