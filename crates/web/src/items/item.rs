//! `GET /{language}/items/{item}`: one item. What the responsible body says stands beside what others found, before
//! anything else.
//!
//! * `chain` – what it carries out, where it was decided, what carries it out;
//! * `timeline` – what happened.

mod chain;
mod timeline;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::items::{self, ContributionView, Embedded, ItemView, Key, Part};
use qadam_app::{Code, follows};
use qadam_domain::items::contributions::Content;
use qadam_domain::items::evidence::ItemEvidence;
use qadam_domain::items::files::File;
use qadam_domain::items::indicators::{Indicator, IndicatorValue, ValueSource};
use qadam_domain::items::positions::{Found, VoicePosition};
use qadam_domain::items::{Evidence, EvidenceKind, Item, RecordedFrom, Source, Status};
use qadam_domain::language::{Language, TranslationState};
use qadam_domain::levels::{Level, Relation};

use self::chain::{Step, chain, related};
use self::timeline::{Happening, timeline};
use super::doing::{Doing, doings};
use crate::failure::Failure;
use crate::markup::{Dated, Markup, Said, escape};
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

/// What is shown with an item.
const PARTS: [Part; 11] = [
    Part::StatusChanges,
    Part::DeadlineRevisions,
    Part::Links,
    Part::Updates,
    Part::Assessments,
    Part::Milestones,
    Part::Indicators,
    Part::Evidence,
    Part::Questions,
    Part::Answers,
    Part::Meeting,
];

#[derive(Template)]
#[template(path = "items/item.html")]
struct ItemPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    voices: Vec<Voice<'a>>,
    chain: Vec<Step<'a>>,
    related: Vec<(String, &'a Item)>,
    timeline: Vec<Happening<'a>>,
    indicators: Vec<(&'a ContributionView, &'a Indicator)>,
    evidence: Vec<(&'a ContributionView, &'a ItemEvidence)>,
    gaps: Vec<(String, String)>,
    doings: Vec<Doing>,
    is_followed: bool,
}

impl ItemPage<'_> {
    /// Whether the viewer is told of who read it: what is not public is noted, and whoever filed it is told of it for good.
    fn has_readings(&self) -> bool {
        let is_few = self.view.item.text_level < Level::Public || self.view.relation == Relation::Submitter;
        self.page.account.is_some() && self.view.item.status != Status::Draft && is_few
    }
}

/// What one of the other voices found.
struct Voice<'a> {
    name: String,
    latest: &'a [Found],
}

/// What whoever is sent its address learns before opening it: who answers for it, what that body says, and whether others
/// differ.
fn in_a_sentence(page: &Page, view: &ItemView) -> String {
    let item = &view.item;
    let status = page.status_words(item.status, item.closing_result);
    let differs = if view.positions.disagreement { page.t("items-differs") } else { String::new() };
    let stands = format!("{}: {status}", page.lead_name(item));
    let parts = [page.reference(item), stands, differs, page.words(&item.summary)];
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| part.trim_end_matches('.'))
        .collect::<Vec<_>>()
        .join(". ")
}

/// `GET /{language}/items/{item}`
pub(crate) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let view = items::get(visit.app(), &visit.viewer(), key(&item)?).await?;
    let views = [view];
    let mut embedded = items::embedded(visit.app(), &visit.viewer(), &views, &PARTS).await?;
    let (Some(view), Some(with)) = (views.first(), embedded.pop()) else { return Err(Code::NotFound.into()) };
    let is_followed = follows::is_followed(visit.app(), &visit.viewer(), view.item.id).await?;
    let can = items::possibilities(visit.app(), &visit.viewer(), view).await?;
    let mut page = Page::new(&visit, "items-title");
    page.title = page.words(&view.item.title);
    page.describe(in_a_sentence(&page, view));
    Ok(render(&ItemPage {
        voices: voices(&page, view),
        chain: chain(&page, view, &with),
        related: related(&page, &with),
        timeline: timeline(&page, &view.item, &with),
        indicators: indicators(&with),
        evidence: evidence(&with),
        gaps: gaps(&page, &view.item),
        is_followed,
        doings: doings(&page, &view.item, &can),
        page: &page,
        view,
    }))
}

/// An item by what its address names it with.
pub(crate) fn key(text: &str) -> Result<Key, Failure> {
    let reference = text.parse().ok().map(Key::Reference);
    reference.or_else(|| text.parse().ok().map(Key::Id)).ok_or_else(|| Code::NotFound.into())
}

fn voices<'a>(page: &Page, view: &'a ItemView) -> Vec<Voice<'a>> {
    let positions = &view.positions;
    let voice = |key: &str, voice: &'a Option<VoicePosition>| Voice {
        name: page.t(key),
        latest: voice.as_ref().map(|voice| voice.latest.as_slice()).unwrap_or_default(),
    };
    vec![
        voice("voice-civil_society", &positions.civil_society),
        voice("voice-independent", &positions.independent),
        voice("voice-mechanisms", &positions.mechanisms),
    ]
}

fn indicators(with: &Embedded) -> Vec<(&ContributionView, &Indicator)> {
    let all = with.indicators.iter().flatten();
    all.filter_map(|one| match &one.contribution.content {
        Content::Indicator(indicator) => Some((one, indicator)),
        _ => None,
    })
    .collect()
}

fn evidence(with: &Embedded) -> Vec<(&ContributionView, &ItemEvidence)> {
    let all = with.evidence.iter().flatten();
    all.filter_map(|one| match &one.contribution.content {
        Content::Evidence(brought) => Some((one, brought)),
        _ => None,
    })
    .collect()
}

/// The languages in which it cannot be read yet, or not as a person wrote or checked it.
fn gaps(page: &Page, item: &Item) -> Vec<(String, String)> {
    let state = |language: Language| {
        let written = item.title.get(language).is_some();
        let state = item.translations.get(language).state;
        match state {
            _ if !written => Some(TranslationState::Missing),
            TranslationState::Human => None,
            other => Some(other),
        }
    };
    let named = |language: Language| {
        let state = state(language)?;
        let name = qadam_localisation::text(language.tag(), "frame-language");
        Some((name, page.word("translation_state", state.code())))
    };
    Language::ALL.into_iter().filter_map(named).collect()
}

impl ItemPage<'_> {
    /// The item that a finding is about, where it is one that this item carries out.
    fn about(&self, found: &Found) -> Option<&Item> {
        self.view.implemented.iter().find(|item| item.id == found.item && item.id != self.view.item.id)
    }

    /// Since when the responsible body says so.
    fn status_since(&self) -> Dated {
        self.page.as_of(&self.view.item.status_as_of)
    }

    /// How long nothing was heard.
    fn silence(&self) -> Option<String> {
        let waiting = self.view.waiting.as_ref()?;
        Some(qadam_localisation::silence(self.page.language, waiting.kind.code(), waiting.days))
    }

    /// Who filed it, as far as that is told.
    fn filers(&self) -> Vec<String> {
        let item = &self.view.item;
        if item.filed_by.is_empty() {
            return Vec::new();
        }
        if !self.view.shows_filer() {
            return vec![self.page.t("hidden_filer")];
        }
        item.filed_by.iter().map(|filer| self.page.organisation(filer)).collect()
    }

    fn said<'m>(&self, map: &'m qadam_domain::language::LanguageMap) -> Option<Said<'m>> {
        self.page.said(map)
    }
}

impl Page {
    /// The document that something was recorded from.
    pub(crate) fn source(&self, source: &RecordedFrom) -> Markup {
        let mut text = format!("{} ", self.t("items-recorded_from"));
        linked(&source.label, source.url.as_deref(), &mut text);
        if let Some(on) = &source.on {
            let _infallible = std::fmt::Write::write_fmt(&mut text, format_args!(", {}", self.long_day(on)));
        }
        if let Some(note) = self.said(&source.note) {
            let _infallible = std::fmt::Write::write_fmt(&mut text, format_args!(". {note}"));
        }
        Markup(text)
    }

    /// Whether another value corrects this one.
    #[expect(clippy::unused_self, reason = "templates call methods of what they show")]
    pub(crate) fn is_corrected(&self, indicator: &Indicator, value: &IndicatorValue) -> bool {
        indicator.corrected_by(value.id).is_some()
    }

    /// Where a value was taken from.
    pub(crate) fn value_source(&self, source: &ValueSource) -> Markup {
        let mut text = String::new();
        linked(&source.label, source.url.as_deref(), &mut text);
        if let Some(on) = &source.on {
            let _infallible = std::fmt::Write::write_fmt(&mut text, format_args!(", {}", self.long_day(on)));
        }
        Markup(text)
    }

    /// The document of a mechanism: its symbol, the paragraph, and whether that was checked.
    pub(crate) fn document(&self, source: &Source, symbol: &str) -> Markup {
        let mut text = String::new();
        linked(symbol, source.url.as_deref(), &mut text);
        if let Some(paragraph) = &source.paragraph {
            let paragraph = self.say("items-paragraph", "paragraph", paragraph);
            text.push_str(", ");
            let _infallible = escape(&paragraph, &mut text);
            if source.paragraph_verified == Some(false) {
                text.push_str(" (");
                let _infallible = escape(&self.t("items-paragraph_unverified"), &mut text);
                text.push(')');
            }
        }
        Markup(text)
    }

    /// By how many days the deadline of an item is later than at first.
    pub(crate) fn slipped(&self, item: &Item) -> Option<String> {
        let days = u64::try_from(item.slippage_days()?).ok().filter(|days| *days > 0)?;
        Some(self.count("items-slipped", &days))
    }

    /// The name of a file and how large it is.
    pub(crate) fn file(&self, file: &File) -> String {
        let (key, size) = match file.size.div_ceil(1024) {
            kilobytes @ ..1024 => ("uploads-kilobytes", kilobytes),
            kilobytes => ("uploads-megabytes", kilobytes.div_ceil(1024)),
        };
        format!("{} ({})", file.name, self.say(key, "number", self.number(&size)))
    }

    /// A piece of evidence in a line: what it says of the claim, what it is, where it is.
    pub(crate) fn evidence(&self, evidence: &Evidence) -> Markup {
        let mut text = String::new();
        let _infallible = escape(&self.word("evidence_relation", evidence.relation.code()), &mut text);
        text.push_str(": ");
        linked(&self.words(&evidence.title), evidence.url.as_deref(), &mut text);
        let number = evidence.number.as_ref().map(|number| format!("№ {number}"));
        let day = evidence.issued_on.map(|day| crate::format::long_day(self.lang(), day));
        for part in [number, day, evidence.issuer.clone()].into_iter().flatten() {
            text.push_str(", ");
            let _infallible = escape(&part, &mut text);
        }
        if evidence.kind == EvidenceKind::Named {
            text.push_str(" (");
            let _infallible = escape(&self.word("evidence_kind", evidence.kind.code()), &mut text);
            text.push(')');
        }
        Markup(text)
    }
}

/// A name, linked where there is an address of the web.
pub(crate) fn linked(name: &str, url: Option<&str>, to: &mut String) {
    let url = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    if let Some(url) = url {
        to.push_str("<a rel=\"external noreferrer\" href=\"");
        let _infallible = escape(url, to);
        to.push_str("\">");
    }
    let _infallible = escape(name, to);
    if url.is_some() {
        to.push_str("</a>");
    }
}
