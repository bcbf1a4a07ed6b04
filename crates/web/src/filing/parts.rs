//! What an item is written in: a page each, with the fields that its form has.

use qadam_app::items::{ItemEdit, NewItem};
use qadam_domain::items::fields::Field;
use qadam_domain::items::{Item, Kind};
use qadam_domain::language::Language;
use qadam_http::texts::TextLimit;

use crate::form::Form;
use crate::items::inputs::{changes, due, fields_of};

/// A part of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// What is proposed or promised.
    What,
    /// Why, and on what legal ground.
    Why,
    /// To whom, and what it is about.
    Who,
    /// What it should bring about.
    Outcome,
    /// By when, and in which form it is completed.
    Terms,
}

impl Part {
    const ALL: [Self; 5] = [Self::What, Self::Why, Self::Who, Self::Outcome, Self::Terms];

    /// The parts of an item of a kind, in the order in which they are written.
    pub(crate) const fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Proposal => &[Self::What, Self::Why, Self::Who, Self::Outcome],
            Kind::Commitment => &[Self::What, Self::Terms, Self::Who],
            Kind::Recommendation => &[Self::What, Self::Who],
        }
    }

    /// The segment of its address.
    pub(crate) const fn segment(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Why => "why",
            Self::Who => "who",
            Self::Outcome => "outcome",
            Self::Terms => "terms",
        }
    }

    /// The part with this segment, where an item of the kind has it.
    pub(crate) fn find(kind: Kind, segment: &str) -> Option<Self> {
        let part = Self::ALL.into_iter().find(|part| part.segment() == segment)?;
        Self::of(kind).contains(&part).then_some(part)
    }

    /// Whether somebody who edits these fields edits something of the part.
    pub(crate) fn is_open(self, fields: &[Field]) -> bool {
        let needs: &[Field] = match self {
            Self::What | Self::Why | Self::Outcome => &[Field::Text],
            Self::Who => &[Field::Classification, Field::Addressees],
            Self::Terms => &[Field::Due],
        };
        needs.iter().any(|field| fields.contains(field))
    }

    /// What the form of the part holds for an item.
    pub(crate) fn fields(self, item: &Item, addressees: &[String]) -> Form {
        let each = |name: &str, codes: &[String]| -> Vec<(String, String)> {
            codes.iter().map(|code| (name.to_owned(), code.clone())).collect()
        };
        Form::of(match self {
            Self::What => [fields_of("title", &item.title), fields_of("summary", &item.summary)].concat(),
            Self::Why => [fields_of("grounds", &item.grounds), each("legal_refs", &item.legal_refs)].concat(),
            Self::Who => {
                [each("addressees", addressees), each("themes", &item.themes), each("groups", &item.groups)]
                    .concat()
            }
            Self::Outcome => fields_of("expected_result", &item.expected_result),
            Self::Terms => {
                let due = item.due.as_ref();
                let due = due.map(|due| {
                    vec![
                        ("due_on".to_owned(), due.on.to_string()),
                        ("due_precision".to_owned(), due.precision.code().to_owned()),
                    ]
                });
                [
                    due.unwrap_or_default(),
                    fields_of("completion_form", &item.completion_form),
                    fields_of("no_due_reason", &item.no_due_reason),
                ]
                .concat()
            }
        })
    }

    /// What the form of the part changes.
    pub(crate) fn edit(self, form: &mut Form, fields: &[Field]) -> ItemEdit {
        let mut edit = ItemEdit::default();
        match self {
            Self::What => {
                edit.title = changes(&form.required_map("title", TextLimit::TITLE));
                edit.summary = changes(&form.map("summary", TextLimit::BODY));
            }
            Self::Why => {
                edit.grounds = changes(&form.map("grounds", TextLimit::BODY));
                edit.legal_refs = Some(codes(form, "legal_refs"));
            }
            Self::Who => {
                edit.themes = Some(codes(form, "themes"));
                edit.groups = Some(codes(form, "groups"));
                edit.addressees = fields.contains(&Field::Addressees).then(|| codes(form, "addressees"));
            }
            Self::Outcome => {
                edit.expected_result = changes(&form.map("expected_result", TextLimit::BODY));
            }
            Self::Terms => {
                edit.completion_form = changes(&form.map("completion_form", TextLimit::BODY));
                edit.no_due_reason = changes(&form.map("no_due_reason", TextLimit::BODY));
                edit.due = Some(due(form));
            }
        }
        edit
    }
}

/// A draft of a kind with what its first part says.
pub(crate) fn draft(kind: Kind, form: &mut Form, language: Language) -> NewItem {
    let title = form.required_map("title", TextLimit::TITLE);
    let summary = form.map("summary", TextLimit::BODY);
    // Whoever writes in the language of the page writes the original in it.
    let original = title.get(language).map(|_| language);
    NewItem { original_language: original, summary, ..NewItem::new(kind, title) }
}

fn codes(form: &Form, name: &str) -> Vec<String> {
    form.all(name).map(str::to_owned).collect()
}
