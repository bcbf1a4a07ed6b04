//! What an item as JSON is made of.

use qadam_app::directory::Directory;
use qadam_domain::items::{Answer, Evidence, Owner, RecordedFrom, Source};
use qadam_domain::language::{Language, Translation, Translations};
use serde::Serialize;
use utoipa::ToSchema;

use crate::links::Links;
use crate::values::{
    Day, EvidenceKindWord, EvidenceRelationWord, LanguageMapView, OrganisationReference, OwnerRoleWord,
    TranslationStateWord,
};

/// How each language of a text came to be.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Translations)]
pub(crate) struct TranslationsBody {
    /// Kazakh.
    kk: TranslationBody,
    /// Russian.
    ru: TranslationBody,
    /// English.
    en: TranslationBody,
}

/// How one language of a text came to be.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Translation)]
pub(crate) struct TranslationBody {
    /// How.
    state: TranslationStateWord,
    /// Whether the original changed after this translation was made.
    stale: bool,
}

/// A body that answers for an item.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Owner)]
pub(crate) struct OwnerBody {
    /// The body.
    organisation: Option<OrganisationReference>,
    /// What it does.
    role: OwnerRoleWord,
    /// Whether it stands outside the Government and takes part "by agreement".
    by_agreement: bool,
}

/// Where an item comes from.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Source)]
pub(crate) struct SourceBody {
    /// Code of the mechanism.
    mechanism: Option<String>,
    /// Document symbol.
    #[schema(example = "CAT/C/KAZ/CO/4")]
    symbol: Option<String>,
    /// Paragraph in the document.
    paragraph: Option<String>,
    /// Whether the paragraph was checked against the document.
    paragraph_verified: Option<bool>,
    /// Address of the document.
    url: Option<String>,
    /// The day the document was published.
    published_on: Option<Day>,
    /// The words as spoken or written.
    quote: Option<String>,
    /// The meeting it was made at.
    #[schema(format = Uuid)]
    meeting: Option<String>,
    /// The decision that created it.
    #[schema(format = Uuid)]
    decision: Option<String>,
}

/// The document something was recorded from.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RecordedFrom)]
pub(crate) struct RecordedFromBody {
    /// Its name.
    label: String,
    /// Its address.
    url: Option<String>,
    /// Its day.
    on: Option<Day>,
    /// What the reader must know about the record.
    note: LanguageMapView,
}

/// The lead's answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Answer)]
pub(crate) struct AnswerBody {
    /// Its text.
    text: LanguageMapView,
    /// Its day.
    on: Day,
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Evidence)]
pub(crate) struct EvidenceBody {
    /// How it is at hand.
    kind: EvidenceKindWord,
    /// What it says about the claim.
    relation: EvidenceRelationWord,
    /// What it is.
    title: LanguageMapView,
    /// Its address.
    url: Option<String>,
    /// Its number.
    number: Option<String>,
    /// Its day.
    issued_on: Option<Day>,
    /// Who issued it.
    issuer: Option<String>,
}

impl OwnerBody {
    /// An owner as JSON.
    pub(super) fn new(owner: &Owner, directory: &Directory, links: &Links) -> Self {
        Self {
            organisation: OrganisationReference::find(owner.organisation, directory, links),
            role: owner.role.into(),
            by_agreement: owner.by_agreement,
        }
    }
}

impl From<&Translations> for TranslationsBody {
    fn from(translations: &Translations) -> Self {
        let one = |language| TranslationBody::from(translations.get(language));
        Self { kk: one(Language::Kazakh), ru: one(Language::Russian), en: one(Language::English) }
    }
}

impl From<Translation> for TranslationBody {
    fn from(translation: Translation) -> Self {
        Self { state: translation.state.into(), stale: translation.stale }
    }
}

impl From<Source> for SourceBody {
    fn from(source: Source) -> Self {
        Self {
            mechanism: source.mechanism,
            symbol: source.symbol,
            paragraph: source.paragraph,
            paragraph_verified: source.paragraph_verified,
            url: source.url,
            published_on: source.published_on.map(Day),
            quote: source.quote,
            meeting: source.meeting.map(|id| id.to_string()),
            decision: source.decision.map(|id| id.to_string()),
        }
    }
}

impl From<RecordedFrom> for RecordedFromBody {
    fn from(recorded: RecordedFrom) -> Self {
        Self {
            label: recorded.label,
            url: recorded.url,
            on: recorded.on.map(Day),
            note: recorded.note.into(),
        }
    }
}

impl From<Answer> for AnswerBody {
    fn from(answer: Answer) -> Self {
        Self { text: answer.text.into(), on: Day(answer.on) }
    }
}

impl From<&Evidence> for EvidenceBody {
    fn from(evidence: &Evidence) -> Self {
        Self {
            kind: evidence.kind.into(),
            relation: evidence.relation.into(),
            title: (&evidence.title).into(),
            url: evidence.url.clone(),
            number: evidence.number.clone(),
            issued_on: evidence.issued_on.map(Day),
            issuer: evidence.issuer.clone(),
        }
    }
}
