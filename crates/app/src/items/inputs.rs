//! What a caller gives when it creates an item, and how it becomes one.

use chrono::NaiveDate;
use qadam_domain::calendar::{Deadline, Precision};
use qadam_domain::ids::{OrganisationId, UserId};
use qadam_domain::items::{Kind, Owner, OwnerRole, Source};
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::organisations::{Organisation, OrganisationKind};

use crate::application::App;
use crate::error::{AppError, FieldCode, FieldError};

/// How many codes of one list an item may have.
const CODES_MAX: usize = 50;

/// How many organisations of one sort an item may name.
const ORGANISATIONS_MAX: usize = 30;

/// An owner as named by a caller.
#[derive(Debug, Clone)]
pub struct OwnerInput {
    /// Code or identifier of the body.
    pub organisation: String,
    /// What it does.
    pub role: OwnerRole,
    /// Whether it takes part "by agreement"; without it, what the body's record says.
    pub by_agreement: Option<bool>,
}

/// A due date as named by a caller.
#[derive(Debug, Clone, Copy)]
pub struct DueInput {
    /// A day of the period.
    pub on: NaiveDate,
    /// How exact it is.
    pub precision: Precision,
}

impl DueInput {
    /// The deadline at the end of the period.
    pub fn deadline(self) -> Deadline {
        Deadline::new(self.on, self.precision)
    }
}

/// A new item as named by a caller.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// What it is.
    pub kind: Kind,
    /// The language it is written in; without one, the first language of the title.
    pub original_language: Option<Language>,
    /// Its title.
    pub title: LanguageMap,
    /// What it says.
    pub summary: LanguageMap,
    /// Why it is needed (proposal).
    pub grounds: LanguageMap,
    /// What it should bring about (proposal).
    pub expected_result: LanguageMap,
    /// The form in which it is completed (commitment).
    pub completion_form: LanguageMap,
    /// Theme codes.
    pub themes: Vec<String>,
    /// Legal reference codes.
    pub legal_refs: Vec<String>,
    /// Codes of affected groups.
    pub groups: Vec<String>,
    /// Development targets.
    pub sdg_targets: Vec<String>,
    /// Codes or identifiers of the organisations it is addressed to (proposal).
    pub addressees: Vec<String>,
    /// The bodies that answer for it (commitment, recommendation).
    pub owners: Vec<OwnerInput>,
    /// When it is due.
    pub due: Option<DueInput>,
    /// Why it has no due date.
    pub no_due_reason: LanguageMap,
    /// When a mechanism wants information.
    pub information_due_on: Option<NaiveDate>,
    /// Where it comes from.
    pub source: Source,
    /// Chosen for the mechanism's follow-up procedure.
    pub followup_selected: Option<bool>,
    /// The mechanism's grade of the information received.
    pub information_quality: Option<String>,
    /// Colleagues who may read and edit the draft.
    pub drafters: Vec<UserId>,
}

impl NewItem {
    /// An item of a kind with a title and nothing else.
    pub fn new(kind: Kind, title: LanguageMap) -> Self {
        Self {
            kind,
            original_language: None,
            title,
            summary: LanguageMap::default(),
            grounds: LanguageMap::default(),
            expected_result: LanguageMap::default(),
            completion_form: LanguageMap::default(),
            themes: Vec::new(),
            legal_refs: Vec::new(),
            groups: Vec::new(),
            sdg_targets: Vec::new(),
            addressees: Vec::new(),
            owners: Vec::new(),
            due: None,
            no_due_reason: LanguageMap::default(),
            information_due_on: None,
            source: Source::default(),
            followup_selected: None,
            information_quality: None,
            drafters: Vec::new(),
        }
    }

    /// The language it was written in, which its title must have.
    pub(super) fn original(&self) -> Result<Language, AppError> {
        let original = self
            .original_language
            .or_else(|| self.title.languages().next())
            .ok_or_else(|| AppError::field("/title", FieldCode::Required))?;
        match self.title.get(original) {
            Some(_) => Ok(original),
            None => Err(AppError::field(format!("/title/{original}"), FieldCode::Required)),
        }
    }

    /// The fields that belong to other kinds.
    pub(super) fn misplaced(&self) -> Vec<FieldError> {
        let (proposal, commitment, recommendation) =
            (self.kind == Kind::Proposal, self.kind == Kind::Commitment, self.kind == Kind::Recommendation);
        let given = [
            ("/grounds", !self.grounds.is_empty() && !proposal),
            ("/expected_result", !self.expected_result.is_empty() && !proposal),
            ("/addressees", !self.addressees.is_empty() && !proposal),
            ("/completion_form", !self.completion_form.is_empty() && !commitment),
            ("/owners", !self.owners.is_empty() && proposal),
            ("/due_on", self.due.is_some() && proposal),
            ("/no_due_reason", !self.no_due_reason.is_empty() && proposal),
            ("/followup_selected", self.followup_selected.is_some() && !recommendation),
            ("/information_quality", self.information_quality.is_some() && !recommendation),
        ];
        given
            .into_iter()
            .filter(|(_, misplaced)| *misplaced)
            .map(|(pointer, _)| FieldError::new(pointer, FieldCode::NotAllowed))
            .collect()
    }
}

/// Checks the codes of a vocabulary: known, not twice, not too many.
pub(super) fn check_codes(app: &App, vocabulary: &str, pointer: &str, codes: &[String]) -> Vec<FieldError> {
    if codes.len() > CODES_MAX {
        return vec![FieldError::new(pointer, FieldCode::TooMany)];
    }
    let vocabularies = app.vocabularies();
    let mut errors = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        let at = format!("{pointer}/{index}");
        if !vocabularies.contains(vocabulary, code) {
            errors.push(FieldError::new(at, FieldCode::UnknownReference));
        } else if codes.iter().take(index).any(|earlier| earlier == code) {
            errors.push(FieldError::new(at, FieldCode::Duplicate));
        }
    }
    errors
}

/// Checks all four lists of codes.
pub(super) fn check_classification(app: &App, lists: [&[String]; 4]) -> Vec<FieldError> {
    let [themes, legal_refs, groups, sdg_targets] = lists;
    [("themes", themes), ("legal_refs", legal_refs), ("groups", groups), ("sdg_targets", sdg_targets)]
        .into_iter()
        .flat_map(|(vocabulary, codes)| check_codes(app, vocabulary, &format!("/{vocabulary}"), codes))
        .collect()
}

/// The mechanism's code is known, where one is given.
pub(super) fn check_mechanism(app: &App, source: &Source) -> Vec<FieldError> {
    match &source.mechanism {
        Some(code) if !app.vocabularies().contains("mechanisms", code) => {
            vec![FieldError::new("/source/mechanism", FieldCode::UnknownReference)]
        }
        _ => Vec::new(),
    }
}

/// The organisations named by code or identifier.
pub(super) fn organisations(
    app: &App,
    pointer: &str,
    named: &[String],
) -> Result<Vec<OrganisationId>, Vec<FieldError>> {
    if named.len() > ORGANISATIONS_MAX {
        return Err(vec![FieldError::new(pointer, FieldCode::TooMany)]);
    }
    let directory = app.directory();
    let mut found = Vec::with_capacity(named.len());
    let mut errors = Vec::new();
    for (index, name) in named.iter().enumerate() {
        match body(directory.find(name)) {
            Some(organisation) if found.contains(&organisation.id) => {
                errors.push(FieldError::new(format!("{pointer}/{index}"), FieldCode::Duplicate));
            }
            Some(organisation) => found.push(organisation.id),
            None => errors.push(FieldError::new(format!("{pointer}/{index}"), FieldCode::UnknownReference)),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

/// The owners named by a caller, the lead first: bodies, none twice, one lead at most.
pub(super) fn owners(app: &App, named: &[OwnerInput]) -> Result<Vec<Owner>, Vec<FieldError>> {
    let bodies: Vec<_> = named.iter().map(|owner| owner.organisation.clone()).collect();
    let ids = organisations(app, "/owners", &bodies)?;
    if named.iter().filter(|owner| owner.role == OwnerRole::Lead).count() > 1 {
        return Err(vec![FieldError::new("/owners", FieldCode::Contradiction)]);
    }
    let directory = app.directory();
    let mut owners: Vec<_> = named
        .iter()
        .zip(ids)
        .map(|(owner, organisation)| Owner {
            organisation,
            role: owner.role,
            by_agreement: owner
                .by_agreement
                .unwrap_or_else(|| directory.get(organisation).is_some_and(|body| body.by_agreement)),
        })
        .collect();
    owners.sort_by_key(|owner| owner.role);
    Ok(owners)
}

/// An organisation that can own items and be addressed: a state body or an independent institution that is
/// active.
pub(crate) fn body(found: Option<&Organisation>) -> Option<&Organisation> {
    found.filter(|organisation| {
        organisation.active
            && matches!(organisation.kind, OrganisationKind::StateBody | OrganisationKind::Independent)
    })
}
