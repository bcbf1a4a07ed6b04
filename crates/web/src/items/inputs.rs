//! What several forms about items ask for alike.

use qadam_app::error::FieldCode;
use qadam_app::items::{DueInput, NamedDay};
use qadam_domain::calendar::Precision;
use qadam_domain::items::indicators::Decimal;
use qadam_domain::items::{Evidence, EvidenceKind, EvidenceRelation, Kind};
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::organisations::OrganisationKind;
use qadam_domain::text::is_web_address;
use qadam_http::texts::TextLimit;

use crate::form::Form;
use crate::format;
use crate::page::Page;

/// A piece of evidence; nothing where its fields were left empty. With an address it is a link, else it is named.
pub(crate) fn evidence(form: &mut Form) -> Option<Evidence> {
    let title = form.map("evidence.0.title", TextLimit::TITLE);
    let url = web_address(form, "evidence.0.url");
    let number = form.written("evidence.0.number", TextLimit::LABEL);
    let issued_on = form.day("evidence.0.issued_on");
    if title.is_empty() && url.is_none() && number.is_none() && issued_on.is_none() {
        return None;
    }
    if title.is_empty() {
        form.refuse("evidence.0.title", FieldCode::Required);
    }
    let kind = if url.is_some() { EvidenceKind::Link } else { EvidenceKind::Named };
    Some(Evidence {
        kind,
        relation: EvidenceRelation::Supports,
        title,
        url,
        number,
        issued_on,
        issuer: form.written("evidence.0.issuer", TextLimit::LABEL),
    })
}

/// A web address; nothing where none was given.
pub(crate) fn web_address(form: &mut Form, name: &str) -> Option<String> {
    let address = form.text(name).to_owned();
    if address.is_empty() {
        return None;
    }
    if !is_web_address(&address) {
        form.refuse(name, FieldCode::InvalidUrl);
    }
    Some(address)
}

/// A number as people here write it, with a comma too.
pub(crate) fn number(form: &mut Form, name: &str) -> Option<Decimal> {
    let written: String = form.text(name).chars().filter(|letter| !letter.is_whitespace()).collect();
    if written.is_empty() {
        return None;
    }
    let number = written.replace(',', ".").parse().ok();
    if number.is_none() {
        form.refuse(name, FieldCode::InvalidNumber);
    }
    number
}

/// A day with how exactly it is known; nothing where none was given.
pub(crate) fn known_day(form: &mut Form, day: &str, precision: &str) -> Option<NamedDay> {
    let exactly = Precision::from_code(form.text(precision)).unwrap_or(Precision::Day);
    Some((form.day(day)?, exactly))
}

/// A deadline: a day of the period, and how exact it is.
pub(crate) fn due(form: &mut Form) -> Option<DueInput> {
    let precision = Precision::from_code(form.text("due_precision")).unwrap_or(Precision::Day);
    Some(DueInput { on: form.day("due_on")?, precision })
}

/// A text as an edit: what stands in each language from now on.
pub(crate) fn changes(map: &LanguageMap) -> Vec<(Language, Option<String>)> {
    let text = |language: Language| (language, map.get(language).map(str::to_owned));
    Language::ALL.into_iter().map(text).collect()
}

/// A text as fields of a form hold it.
pub(crate) fn fields_of(name: &str, map: &LanguageMap) -> Vec<(String, String)> {
    map.entries().map(|(language, text)| (format!("{name}.{language}"), text.to_owned())).collect()
}

impl Page {
    /// The bodies that can answer for an item, by name: code and name.
    pub(crate) fn bodies(&self) -> Vec<(String, String)> {
        let answers = |kind| matches!(kind, OrganisationKind::StateBody | OrganisationKind::Independent);
        let directory = self.app().directory();
        let all = directory.all().into_iter().filter(|body| body.active && answers(body.kind));
        let mut bodies: Vec<_> = all.map(|body| (body.code.clone(), self.organisation(&body.id))).collect();
        bodies.sort_by(|left, right| format::in_order(self.lang(), &left.1, &right.1));
        bodies
    }

    /// The kinds of item: code and name.
    pub(crate) fn kinds(&self) -> Vec<(String, String)> {
        Kind::ALL.into_iter().map(|kind| (kind.code().to_owned(), self.word("kind", kind.code()))).collect()
    }

    /// How exactly a day can be known: code and name.
    pub(crate) fn precisions(&self) -> Vec<(String, String)> {
        let all = Precision::ALL.into_iter();
        all.map(|precision| (precision.code().to_owned(), self.word("precision", precision.code()))).collect()
    }
}
