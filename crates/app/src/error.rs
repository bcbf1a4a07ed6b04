//! What a use case answers when it does not do what was asked.
//!
//! Every refusal has a [`Code`]: a stable word that programs rely on. Texts for people are made from it by the
//! faces, in three languages.

use chrono::NaiveDate;
use qadam_domain::items::closing::ClosingRefusal;
use qadam_domain::items::moves::{MoveRefusal, Need};
use qadam_domain::policy::Refusal;
use qadam_domain::text::TextError;
use qadam_domain::throttling::Quota;
use qadam_storage::StorageError;

use crate::throttling::Limited;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident => $code:literal,)*) => {
        /// Why something was refused. A code never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

codes! {
    /// Nobody is signed in.
    Unauthenticated => "unauthenticated",
    /// The access token is not valid, expired, or its session has ended.
    InvalidToken => "invalid_token",
    /// Address and password do not belong together, or the account cannot sign in.
    InvalidCredentials => "invalid_credentials",
    /// Address and password are right, and a code of the second factor is missing.
    SecondFactorRequired => "second_factor_required",
    /// The account must have a second factor, and has none yet.
    SecondFactorMissing => "second_factor_missing",
    /// Nobody of the secretariat comes in before a colleague has confirmed the account.
    ConfirmationMissing => "confirmation_missing",
    /// The code is none of the second factor, expired, or was used before.
    InvalidSecondFactor => "invalid_second_factor",
    /// With this account the password alone is not enough, and it has no codes: it signs in with a passkey.
    PasskeyRequired => "passkey_required",
    /// What the device answered is no passkey for this register, is one already, or came too late.
    InvalidPasskey => "invalid_passkey",
    /// The refresh token is not valid, expired, or was used before.
    InvalidRefreshToken => "invalid_refresh_token",
    /// The provider of identities does not answer, or not as it should.
    IdentityProviderUnavailable => "identity_provider_unavailable",
    /// The provider of identities lets nobody in here, or nobody who has an account.
    IdentityRefused => "identity_refused",
    /// Too much time passed between one step of signing in and the next.
    SignInExpired => "sign_in_expired",
    /// The one-time link is not valid, expired, or was used before.
    InvalidLink => "invalid_link",
    /// It was done as often as it may be for now: signing in, searching, filing.
    TooOften => "too_many_requests",
    /// Too many sign-ins are being checked, or files taken, at the moment.
    Busy => "busy",
    /// Nothing here, or nothing that the asker may see.
    NotFound => "not_found",
    /// It was public and has been narrowed.
    Gone => "gone",
    /// The resource does not have this method.
    MethodNotAllowed => "method_not_allowed",
    /// None of the accepted formats can be given.
    NotAcceptable => "not_acceptable",
    /// The request could not be read at all.
    MalformedRequest => "malformed_request",
    /// The body is not JSON.
    MalformedJson => "malformed_json",
    /// The body's content type is not one that is read here.
    UnsupportedMediaType => "unsupported_media_type",
    /// The body is larger than allowed.
    BodyTooLarge => "body_too_large",
    /// The body did not arrive in time.
    RequestTimeout => "request_timeout",
    /// A query parameter that is not known here.
    UnknownParameter => "unknown_parameter",
    /// A query parameter with a value it cannot have.
    InvalidParameter => "invalid_parameter",
    /// The cursor is damaged or belongs to another list.
    InvalidCursor => "invalid_cursor",
    /// A header with a value it cannot have.
    InvalidHeader => "invalid_header",
    /// `If-Match` is missing.
    PreconditionRequired => "precondition_required",
    /// The resource changed since it was read.
    PreconditionFailed => "precondition_failed",
    /// The role or the part in the item does not allow it.
    RoleRequired => "role_required",
    /// The field cannot be edited in this status.
    FieldLocked => "field_locked",
    /// Only drafts are deleted.
    NotADraft => "not_a_draft",
    /// There is no such move from where the item stands.
    MoveNotAllowed => "move_not_allowed",
    /// The status does not allow it.
    StatusConflict => "status_conflict",
    /// Items of this kind, or in this status, are not split.
    NotSplittable => "not_splittable",
    /// The level of this item cannot be changed.
    LevelFixed => "level_fixed",
    /// The level is the one it has.
    LevelUnchanged => "level_unchanged",
    /// Identity cannot be wider than text.
    IdentityWiderThanText => "identity_wider_than_text",
    /// The submitter has not consented.
    ConsentRequired => "consent_required",
    /// A second member of the organisation must confirm.
    SecondPersonRequired => "second_person_required",
    /// Nobody would be left who filed the proposal.
    OnlySubmitter => "only_submitter",
    /// Closing as implemented needs a finding of a non-owner.
    FindingRequired => "finding_required",
    /// The lead must ask for the withdrawal by an update.
    LeadRequestRequired => "lead_request_required",
    /// The mechanism's vocabulary has no answers.
    AnsweringMechanismRequired => "answering_mechanism_required",
    /// Owners, their parents and children, and state bodies assess nothing.
    NotAnAssessor => "not_an_assessor",
    /// An approver of the body must approve it.
    ApprovalRequired => "approval_required",
    /// Those who found otherwise must have had time to object.
    ClosingNoticeRequired => "closing_notice_required",
    /// The body replied already.
    AlreadyReplied => "already_replied",
    /// Nobody is there who could be asked.
    NobodyToAsk => "nobody_to_ask",
    /// No colleague is there who could vouch for the person.
    NoColleague => "no_colleague",
    /// The register posts no letters.
    NoMail => "no_mail",
    /// Whether it is passed on was decided already.
    AlreadyDecided => "already_decided",
    /// The organisation added as many of them to the item as it may.
    TooManyAdded => "too_many_added",
    /// The report cannot take this step from where it stands.
    UpdateConflict => "update_conflict",
    /// The reporting round is closed and takes no more reports.
    RoundClosed => "round_closed",
    /// The day on which reports of the round were due is over.
    RoundOverdue => "round_overdue",
    /// The link stands already.
    LinkExists => "link_exists",
    /// The link would lead back to where it began.
    LinkCycle => "link_cycle",
    /// The value is taken: a code or an address.
    Taken => "taken",
    /// The second factor is on already, or there is none to go on with.
    SecondFactorConflict => "second_factor_conflict",
    /// The register is reached at an address at which browsers have no passkeys.
    NoPasskeys => "no_passkeys",
    /// The account has as many passkeys as one may.
    TooManyPasskeys => "too_many_passkeys",
    /// The account must have a second factor, and would have none left.
    LastSecondFactor => "last_second_factor",
    /// The identity is somebody's already, or the account has one.
    IdentityConflict => "identity_conflict",
    /// People sign in here with no provider of identities.
    NoIdentityProvider => "no_identity_provider",
    /// The account has no password, so that nobody could come in without the identity.
    LastWayIn => "last_way_in",
    /// A program asks with a token for what only the person may do.
    SessionRequired => "session_required",
    /// The token may read alone.
    ScopeRequired => "scope_required",
    /// The account has as many tokens as one may.
    TooManyTokens => "too_many_tokens",
    /// The same key was used for another request.
    IdempotencyKeyReused => "idempotency_key_reused",
    /// The protocol cannot go from its state to that one.
    ProtocolConflict => "protocol_conflict",
    /// Participants may still object to the protocol.
    ObjectionsOpen => "objections_open",
    /// Objections to the protocol wait for their answers.
    ObjectionsUnanswered => "objections_unanswered",
    /// Objections to the protocol are not taken now.
    ObjectionsClosed => "objections_closed",
    /// A form that was not sent from a page of this register, or long ago.
    ForeignForm => "foreign_form",
    /// An approved protocol is not changed.
    ProtocolApproved => "protocol_approved",
    /// The account brought as many files within the hour as one may.
    TooManyUploads => "too_many_uploads",
    /// The organisation brought as many files to the item as one may.
    TooManyFiles => "too_many_files",
    /// Fields are missing or have values they cannot have; `errors` names them.
    Invalid => "invalid",
    /// The database does not answer.
    Unavailable => "unavailable",
    /// A fault of the program.
    Internal => "internal",
}

macro_rules! field_codes {
    ($($(#[$doc:meta])* $name:ident => $code:literal,)*) => {
        /// What is wrong with a field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FieldCode { $($(#[$doc])* $name,)* }

        impl FieldCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

field_codes! {
    /// It must be given.
    Required => "required",
    /// It is not known here.
    UnknownField => "unknown_field",
    /// It has another type.
    WrongType => "wrong_type",
    /// Longer than allowed.
    TooLong => "too_long",
    /// Shorter than allowed.
    TooShort => "too_short",
    /// More entries than allowed.
    TooMany => "too_many",
    /// It contains a control or direction-changing character.
    ForbiddenCharacter => "forbidden_character",
    /// It is none of the known values.
    UnknownValue => "unknown_value",
    /// A page cannot have that few entries.
    InvalidPageSize => "invalid_page_size",
    /// There is no such thing, or none that you may name here.
    UnknownReference => "unknown_reference",
    /// It is not a day.
    InvalidDate => "invalid_date",
    /// It lies in the future.
    InFuture => "in_future",
    /// It is not a web address.
    InvalidUrl => "invalid_url",
    /// It is not a decimal number.
    InvalidNumber => "invalid_number",
    /// It is not a mail address.
    InvalidEmail => "invalid_email",
    /// It is not a well-formed code.
    InvalidCode => "invalid_code",
    /// It is named twice.
    Duplicate => "duplicate",
    /// It does not belong here.
    NotAllowed => "not_allowed",
    /// It contradicts another field.
    Contradiction => "contradiction",
    /// It can be done on a later day.
    TooEarly => "too_early",
    /// It is known to attackers.
    TooCommon => "too_common",
    /// It is a file of no kind that is taken.
    UnsupportedFile => "unsupported_file",
    /// It is a file that is damaged.
    DamagedFile => "damaged_file",
    /// It is a file with something that could run, or that cannot be looked into.
    UnsafeFile => "unsafe_file",
}

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer to the field, `/title/kk`.
    pub pointer: String,
    /// What is wrong.
    pub code: FieldCode,
}

impl FieldError {
    /// A field error.
    pub fn new(pointer: impl Into<String>, code: FieldCode) -> Self {
        Self { pointer: pointer.into(), code }
    }
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Refused with a code that says it all.
    #[error("{}", .0.as_str())]
    Refused(Code),
    /// Not there, or not visible.
    #[error("not found")]
    NotFound,
    /// It was readable for the asker and has been narrowed.
    #[error("gone")]
    Gone {
        /// Its ref.
        reference: Option<String>,
        /// The local day on which it was narrowed.
        on: NaiveDate,
        /// The class of reason.
        reason: String,
    },
    /// It was done as often as it may be for now.
    #[error("too many requests: {}", limited.name())]
    TooOften {
        /// What is limited.
        limited: Limited,
        /// How often it may be done.
        quota: Quota,
        /// In how many seconds it may be done again.
        seconds: u32,
    },
    /// Fields are missing or wrong.
    #[error("{} fields are invalid", .0.len())]
    Invalid(Vec<FieldError>),
    /// The database failed.
    #[error(transparent)]
    Storage(StorageError),
    /// The program failed. The text is for the log alone.
    #[error("internal error: {0}")]
    Internal(String),
}

impl AppError {
    /// One wrong field.
    pub fn field(pointer: impl Into<String>, code: FieldCode) -> Self {
        Self::Invalid(vec![FieldError::new(pointer, code)])
    }

    /// The code of the refusal.
    pub const fn code(&self) -> Code {
        match self {
            Self::Refused(code) => *code,
            Self::NotFound => Code::NotFound,
            Self::Gone { .. } => Code::Gone,
            Self::TooOften { .. } => Code::TooOften,
            Self::Invalid(_) => Code::Invalid,
            Self::Storage(StorageError::VersionConflict) => Code::PreconditionFailed,
            Self::Storage(StorageError::Taken(_)) => Code::Taken,
            Self::Storage(StorageError::Unavailable(_)) => Code::Unavailable,
            Self::Storage(_) | Self::Internal(_) => Code::Internal,
        }
    }
}

impl From<StorageError> for AppError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<Code> for AppError {
    fn from(code: Code) -> Self {
        Self::Refused(code)
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::Unauthenticated => Code::Unauthenticated,
            Refusal::NotFound => return Self::NotFound,
            Refusal::RoleRequired => Code::RoleRequired,
            Refusal::FieldLocked => Code::FieldLocked,
            Refusal::NotADraft => Code::NotADraft,
            Refusal::IdentityWiderThanText => Code::IdentityWiderThanText,
            Refusal::LevelUnchanged => Code::LevelUnchanged,
            Refusal::ConsentRequired => Code::ConsentRequired,
            Refusal::SecondPersonRequired => Code::SecondPersonRequired,
            Refusal::OnlySubmitter => Code::OnlySubmitter,
            Refusal::LevelFixed => Code::LevelFixed,
            Refusal::StatusConflict => Code::StatusConflict,
            Refusal::NotAnAssessor => Code::NotAnAssessor,
            Refusal::ApprovalRequired => Code::ApprovalRequired,
            Refusal::NotSplittable => Code::NotSplittable,
            Refusal::ObjectionsClosed => Code::ObjectionsClosed,
            Refusal::ProtocolApproved => Code::ProtocolApproved,
        };
        Self::Refused(code)
    }
}

impl From<ClosingRefusal> for AppError {
    fn from(refusal: ClosingRefusal) -> Self {
        Self::Refused(match refusal {
            ClosingRefusal::FindingRequired => Code::FindingRequired,
            ClosingRefusal::NoticeRequired => Code::ClosingNoticeRequired,
            ClosingRefusal::SecondPersonRequired => Code::SecondPersonRequired,
        })
    }
}

impl From<MoveRefusal> for AppError {
    fn from(refusal: MoveRefusal) -> Self {
        match refusal {
            MoveRefusal::NoSuchMove { .. } => Self::Refused(Code::MoveNotAllowed),
            MoveRefusal::NotYourMove => Self::Refused(Code::RoleRequired),
            MoveRefusal::FindingRequired => Self::Refused(Code::FindingRequired),
            MoveRefusal::ResultNotAllowed { .. } => Self::field("/closing_result", FieldCode::NotAllowed),
            MoveRefusal::Missing(need) => missing(need),
        }
    }
}

/// What a missing need answers: a state of affairs that others must change is a conflict, a missing field is a
/// field error.
fn missing(need: Need) -> AppError {
    let pointer = match need {
        Need::ConsentToAddressed | Need::ConsentToMerge => return Code::ConsentRequired.into(),
        Need::LeadRequest => return Code::LeadRequestRequired.into(),
        Need::MechanismAnswers => return Code::AnsweringMechanismRequired.into(),
        Need::Reason => "/reason",
        Need::Lead => "/lead",
        Need::Answer => "/answer",
        Need::DueOrReason => "/due_on",
        Need::Evidence => "/evidence",
        Need::AnnouncementSource | Need::NewSource => "/source",
        Need::ClosingResult | Need::ClosingWithoutResult => "/closing_result",
        Need::Target | Need::Successor => "/target",
    };
    AppError::field(pointer, FieldCode::Required)
}

/// The field code for a refused text.
pub const fn text_code(error: TextError) -> FieldCode {
    match error {
        TextError::Empty => FieldCode::Required,
        TextError::TooLong { .. } => FieldCode::TooLong,
        TextError::Forbidden(_) => FieldCode::ForbiddenCharacter,
    }
}
