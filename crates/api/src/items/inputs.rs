//! What a caller writes about an item, as JSON, and how it becomes the use cases' input.
//!
//! Everything wrong with a body is named at once, each thing at its place.

use qadam_app::error::FieldCode;
use qadam_app::items::{DueInput, Key, NewItem, OwnerInput};
use qadam_domain::calendar::Precision;
use qadam_domain::ids::{UserId, Uuid};
use qadam_domain::items::{Evidence, EvidenceKind, EvidenceRelation, RecordedFrom, Source};
use serde::Deserialize;
use utoipa::ToSchema;

use super::create::RecordedInput;
use crate::values::{
    Checks, Day, EvidenceKindWord, EvidenceRelationWord, KindWord, LanguageMapInput, LanguageWord,
    OwnerRoleWord, PrecisionWord, TextLimit,
};

/// A new item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemCreate {
    /// What it is.
    kind: KindWord,
    /// Its title, in at least one language.
    title: LanguageMapInput,
    /// What it says.
    #[serde(default)]
    summary: LanguageMapInput,
    /// The language it is written in; without one, the first language of the title.
    #[serde(default)]
    original_language: Option<LanguageWord>,
    /// Why it is needed (proposal).
    #[serde(default)]
    grounds: LanguageMapInput,
    /// What it should bring about (proposal).
    #[serde(default)]
    expected_result: LanguageMapInput,
    /// The form in which it is completed (commitment).
    #[serde(default)]
    completion_form: LanguageMapInput,
    /// Theme codes.
    #[serde(default)]
    #[schema(max_items = 50)]
    themes: Vec<String>,
    /// Legal reference codes.
    #[serde(default)]
    #[schema(max_items = 50)]
    legal_refs: Vec<String>,
    /// Codes of affected groups.
    #[serde(default)]
    #[schema(max_items = 50)]
    groups: Vec<String>,
    /// Targets of the Sustainable Development Goals.
    #[serde(default)]
    #[schema(max_items = 50)]
    sdg_targets: Vec<String>,
    /// Codes or ids of the bodies it is addressed to (proposal).
    #[serde(default)]
    #[schema(max_items = 30)]
    addressees: Vec<String>,
    /// The bodies that answer for it (commitment, recommendation).
    #[serde(default)]
    #[schema(max_items = 30)]
    owners: Vec<OwnerCreate>,
    /// When it is due: a day of the period.
    #[serde(default)]
    due_on: Option<Day>,
    /// How exact the due date is; without it, to the day.
    #[serde(default)]
    due_precision: Option<PrecisionWord>,
    /// Why it has no due date.
    #[serde(default)]
    no_due_reason: LanguageMapInput,
    /// When a mechanism wants information.
    #[serde(default)]
    information_due_on: Option<Day>,
    /// Where it comes from.
    #[serde(default)]
    source: Option<SourceInput>,
    /// Chosen for the mechanism's follow-up procedure (recommendation).
    #[serde(default)]
    followup_selected: Option<bool>,
    /// The mechanism's grade of the information received (recommendation).
    #[serde(default)]
    information_quality: Option<String>,
    /// Ids of colleagues who may read and edit the draft.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 20)]
    drafters: Vec<String>,
    /// How the item stands by a document. For the secretariat, which records it as it is; without it, a draft in
    /// the caller's own name.
    #[serde(default)]
    pub(super) recorded: Option<RecordedInput>,
}

/// An owner.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnerCreate {
    /// Code or id of the body.
    organisation: String,
    /// What it does.
    role: OwnerRoleWord,
    /// Whether it takes part "by agreement"; without it, what the body's record says.
    #[serde(default)]
    by_agreement: Option<bool>,
}

/// Where an item comes from.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceInput {
    /// Code of the mechanism.
    #[serde(default)]
    mechanism: Option<String>,
    /// Document symbol.
    #[serde(default)]
    symbol: Option<String>,
    /// Paragraph in the document.
    #[serde(default)]
    paragraph: Option<String>,
    /// Whether the paragraph was checked against the document.
    #[serde(default)]
    paragraph_verified: Option<bool>,
    /// Address of the document.
    #[serde(default)]
    url: Option<String>,
    /// The day the document was published.
    #[serde(default)]
    published_on: Option<Day>,
    /// The words as spoken or written.
    #[serde(default)]
    quote: Option<String>,
}

/// A piece of evidence: an address, or a document named and not attached.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EvidenceCreate {
    /// How it is at hand.
    pub(super) kind: EvidenceKindWord,
    /// What it says about the claim; without it, that it supports it.
    #[serde(default)]
    pub(super) relation: Option<EvidenceRelationWord>,
    /// What it is.
    pub(super) title: LanguageMapInput,
    /// Its address, for a link.
    #[serde(default)]
    pub(super) url: Option<String>,
    /// Its number, for a named document.
    #[serde(default)]
    pub(super) number: Option<String>,
    /// Its day.
    #[serde(default)]
    pub(super) issued_on: Option<Day>,
    /// Who issued it.
    #[serde(default)]
    pub(super) issuer: Option<String>,
}

/// The document something is recorded from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordedFromInput {
    /// Its name.
    pub(super) label: String,
    /// Its address.
    #[serde(default)]
    pub(super) url: Option<String>,
    /// Its day.
    #[serde(default)]
    pub(super) on: Option<Day>,
    /// What the reader must know about the record.
    #[serde(default)]
    pub(super) note: LanguageMapInput,
}

impl ItemCreate {
    /// The use case's input, with everything checked that needs no look into the register.
    pub(super) fn read(self, checks: &mut Checks) -> NewItem {
        let due = due(self.due_on, self.due_precision, checks);
        NewItem {
            kind: self.kind.0,
            original_language: self.original_language.map(|language| language.0),
            title: self.title.required("/title", TextLimit::TITLE, checks),
            summary: self.summary.map("/summary", TextLimit::BODY, checks),
            grounds: self.grounds.map("/grounds", TextLimit::BODY, checks),
            expected_result: self.expected_result.map("/expected_result", TextLimit::BODY, checks),
            completion_form: self.completion_form.map("/completion_form", TextLimit::BODY, checks),
            themes: self.themes,
            legal_refs: self.legal_refs,
            groups: self.groups,
            sdg_targets: self.sdg_targets,
            addressees: self.addressees,
            owners: self.owners.into_iter().map(OwnerCreate::into_input).collect(),
            due,
            no_due_reason: self.no_due_reason.map("/no_due_reason", TextLimit::BODY, checks),
            information_due_on: self.information_due_on.map(|day| day.0),
            source: self.source.map(|source| source.read(checks)).unwrap_or_default(),
            followup_selected: self.followup_selected,
            information_quality: checks.optional_text(
                "/information_quality",
                self.information_quality.as_deref(),
                TextLimit::LABEL,
            ),
            drafters: users("/drafters", &self.drafters, checks),
        }
    }
}

impl OwnerCreate {
    /// The use case's input.
    pub(super) fn into_input(self) -> OwnerInput {
        OwnerInput { organisation: self.organisation, role: self.role.0, by_agreement: self.by_agreement }
    }
}

impl SourceInput {
    /// The source, checked.
    pub(super) fn read(self, checks: &mut Checks) -> Source {
        let mut label = |pointer: &str, text: &Option<String>, limit| {
            checks.optional_text(pointer, text.as_deref(), limit)
        };
        let symbol = label("/source/symbol", &self.symbol, TextLimit::LABEL);
        let paragraph = label("/source/paragraph", &self.paragraph, TextLimit::LABEL);
        let quote = label("/source/quote", &self.quote, TextLimit::BODY);
        Source {
            mechanism: self.mechanism,
            symbol,
            paragraph,
            paragraph_verified: self.paragraph_verified,
            url: self.url.map(|url| checks.web_address("/source/url", url)),
            published_on: self.published_on.map(|day| day.0),
            quote,
            meeting: None,
            decision: None,
        }
    }
}

impl EvidenceCreate {
    /// The evidence at a place of the body, checked.
    pub(super) fn read(self, index: usize, checks: &mut Checks) -> Evidence {
        if self.kind.0 == EvidenceKind::File {
            // A file is evidence of the item that is about the report or the finding.
            checks.refuse(format!("/evidence/{index}/kind"), FieldCode::NotAllowed);
        }
        self.read_at(&format!("/evidence/{index}"), checks)
    }

    /// The evidence at a place, checked.
    pub(super) fn read_at(self, pointer: &str, checks: &mut Checks) -> Evidence {
        let at = |field: &str| format!("{pointer}/{field}");
        let kind = self.kind.0;
        match kind {
            EvidenceKind::Link if self.url.is_none() => checks.refuse(at("url"), FieldCode::Required),
            EvidenceKind::Named | EvidenceKind::File if self.url.is_some() => {
                checks.refuse(at("url"), FieldCode::NotAllowed);
            }
            EvidenceKind::Link | EvidenceKind::Named | EvidenceKind::File => {}
        }
        Evidence {
            kind,
            relation: self.relation.map_or(EvidenceRelation::Supports, |relation| relation.0),
            title: self.title.required(&at("title"), TextLimit::TITLE, checks),
            url: self.url.map(|url| checks.web_address(at("url"), url)),
            number: checks.optional_text(at("number"), self.number.as_deref(), TextLimit::LABEL),
            issued_on: self.issued_on.map(|day| day.0),
            issuer: checks.optional_text(at("issuer"), self.issuer.as_deref(), TextLimit::LABEL),
        }
    }
}

impl RecordedFromInput {
    /// The document that stands at a place of the body, checked.
    pub(crate) fn read(self, pointer: &str, checks: &mut Checks) -> RecordedFrom {
        let at = |field: &str| format!("{pointer}/{field}");
        RecordedFrom {
            label: checks.text(at("label"), &self.label, TextLimit::LABEL),
            url: self.url.map(|url| checks.web_address(at("url"), url)),
            on: self.on.map(|day| day.0),
            note: self.note.map(&at("note"), TextLimit::BODY, checks),
        }
    }
}

/// A due date from its two fields.
pub(crate) fn due(
    on: Option<Day>,
    precision: Option<PrecisionWord>,
    checks: &mut Checks,
) -> Option<DueInput> {
    if on.is_none() && precision.is_some() {
        checks.refuse("/due_on", FieldCode::Required);
    }
    on.map(|on| DueInput { on: on.0, precision: precision.map_or(Precision::Day, |precision| precision.0) })
}

/// Accounts named by their ids.
pub(super) fn users(pointer: &str, named: &[String], checks: &mut Checks) -> Vec<UserId> {
    named
        .iter()
        .enumerate()
        .filter_map(|(index, id)| {
            let id = id.parse().ok();
            if id.is_none() {
                checks.refuse(format!("{pointer}/{index}"), FieldCode::UnknownReference);
            }
            id
        })
        .collect()
}

/// An identifier that a body names.
pub(super) fn identifier(pointer: &str, named: Option<&str>, checks: &mut Checks) -> Option<Uuid> {
    let named = named?;
    let id = named.parse().ok();
    if id.is_none() {
        checks.refuse(pointer, FieldCode::UnknownReference);
    }
    id
}

/// An item named by ref or id in a body.
pub(crate) fn item_key(pointer: &str, named: &str, checks: &mut Checks) -> Option<Key> {
    let key = named.parse().map(Key::Reference).ok().or_else(|| named.parse().map(Key::Id).ok());
    if key.is_none() {
        checks.refuse(pointer, FieldCode::UnknownReference);
    }
    key
}
