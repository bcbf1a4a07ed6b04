//! What a report that waits for an approver would change: where the item stands now and where it would, and what is new
//! against the body's last word.

use qadam_app::items::{ContributionView, Embedded, OwnReport};
use qadam_domain::items::contributions::{Content, Contribution};
use qadam_domain::items::updates::{Update, UpdateState};

use super::difference::difference;
use crate::markup::Markup;
use crate::page::Page;

/// A report that waits, as its approver reads it.
pub(super) struct Waiting<'a> {
    pub(super) own: &'a OwnReport,
    pub(super) update: &'a Update,
    /// What the body published last on the item, or what this one corrects.
    pub(super) last: Option<(&'a Contribution, &'a Update)>,
    /// Why it was not approved just now.
    pub(super) refused: Option<String>,
}

impl<'a> Waiting<'a> {
    /// A report with what was published before it; nothing where it is none.
    pub(super) fn new(own: &'a OwnReport, with: Option<&'a Embedded>) -> Option<Self> {
        let update = update(&own.report.contribution)?;
        let published: Vec<_> = with
            .and_then(|with| with.updates.as_deref())
            .unwrap_or_default()
            .iter()
            .filter_map(|one: &ContributionView| Some((&one.contribution, self::update(&one.contribution)?)))
            .filter(|(one, update)| {
                update.state == UpdateState::Published
                    && one.organisation == own.report.contribution.organisation
            })
            .collect();
        let corrected = published.iter().find(|(one, _)| update.corrects == Some(one.id));
        let last = corrected.or(published.last()).copied();
        Some(Self { own, update, last, refused: None })
    }

    /// Whether it corrects that report.
    pub(super) fn corrects(&self, report: &Contribution) -> bool {
        self.update.corrects == Some(report.id)
    }

    /// What names it in the form: its item and itself.
    pub(super) fn name(&self) -> String {
        format!("{}/{}", self.own.item.item.id, self.own.report.contribution.id)
    }

    /// The status now and then, where it changes.
    pub(super) fn status(&self, page: &Page) -> Option<(Markup, Markup)> {
        let to = self.update.status.as_ref()?.to;
        Some((page.status_tag(&self.own.item.item), page.plain_status_tag(to)))
    }

    /// The deadline now and then, where it changes.
    pub(super) fn due(&self, page: &Page) -> Option<(String, String)> {
        let item = &self.own.item.item;
        let status = self.update.status.as_ref()?;
        let none = || page.t("items-no_due");
        let now = item.due.as_ref().map_or_else(none, |due| page.deadline(due).words);
        match &status.due {
            Some(due) if item.due.as_ref() != Some(due) => Some((now, page.deadline(due).words)),
            None if !status.no_due_reason.is_empty() && item.due.is_some() => Some((now, none())),
            _ => None,
        }
    }

    /// Its text in each language, marked where it is the last one with changes.
    pub(super) fn texts(&self, page: &Page) -> Vec<(&'static str, Markup)> {
        let last = self.last.map(|(_, update)| &update.narrative);
        let shown = |(tag, text): (&'static str, &str)| {
            let language = tag.parse().ok();
            let before = last.zip(language).and_then(|(last, language)| last.get(language));
            let marked = before.and_then(|before| difference(before, text));
            (tag, marked.unwrap_or_else(|| Markup::plain(text)))
        };
        page.each_language(&self.update.narrative).into_iter().map(shown).collect()
    }
}

fn update(contribution: &Contribution) -> Option<&Update> {
    match &contribution.content {
        Content::Update(update) => Some(update),
        _ => None,
    }
}
