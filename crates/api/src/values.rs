//! Values that many resources share, as they are written in JSON.
//!
//! The domain's types are not serialisable: these are, and turn into them. A value that cannot be one of ours is
//! refused while it is read, with the code of what is wrong and the place where it stands.

mod language_map;
mod organisation;
mod patch;

pub use language_map::LanguageMapInput;
pub use organisation::OrganisationReference;
pub use patch::Patch;
pub use qadam_http::language_map::LanguageMapView;
pub use qadam_http::moments::{Day, Moment};
pub use qadam_http::texts::{Checks, TextLimit};
pub use qadam_http::words::{
    AccountStateWord, AskedWord, AxisWord, CarryOverGroupWord, ClosingResultWord, ConfidenceWord,
    ConsentKindWord, EvidenceKindWord, EvidenceRelationWord, FindingWord, KindWord, LanguageWord, LevelWord,
    LinkKindWord, MeetingKindWord, MilestoneKindWord, NoJudgementWord, NotificationReasonWord,
    ObjectionOutcomeWord, OrganisationKindWord, OriginalWord, OwnerRoleWord, PassingWord, PrecisionWord,
    ProtocolStateWord, RedactionGroundWord, ReportStandingWord, ResponseClockWord, ResponseStageWord,
    ResponseStepWord, RoleWord, RoundStateWord, StatusWord, TranslationStateWord, UpdateStateWord,
    UpdateStepWord, VoiceWord,
};
