//! What belongs to items, given with them: for a whole list in as many queries as for one item.
//!
//! A part holds what its own resource holds for the same viewer, the newest of it: who may not read the resource
//! finds no part.

use std::collections::HashMap;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ItemId, MeetingId};
use qadam_domain::items::contributions::{Contribution, ContributionKind};
use qadam_domain::levels::Level;
use qadam_storage::Reader;
use qadam_storage::items::{self as stored, DeadlineRevision, ResponseStep, Scope, StatusChange};
use qadam_storage::ledger::{self as entries, HistoryEntry};

use super::consents::{GivenConsent, are_told_to, told_consents};
use super::contributions::{ContributionView, seen};
use super::history::{is_earlier, readable};
use super::links::LinkView;
use super::view::ItemView;
use crate::application::App;
use crate::error::AppError;
use crate::meetings::{self, MeetingView};
use crate::readings::{hear_added, hear_earlier};

/// How many entries of a part are given of one item at most.
pub const ENTRIES_MAX: u64 = 20;

/// A part that can be given with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its status changes.
    StatusChanges,
    /// Its deadline revisions.
    DeadlineRevisions,
    /// What was reached of its response clocks.
    ResponseSteps,
    /// The consents given for it.
    Consents,
    /// Its links.
    Links,
    /// Its history.
    History,
    /// The reports of its owners.
    Updates,
    /// The findings on it.
    Assessments,
    /// The announcements that it will be closed.
    ClosingNotices,
    /// Its milestones.
    Milestones,
    /// Its indicators with their values.
    Indicators,
    /// The evidence of it.
    Evidence,
    /// The questions on it.
    Questions,
    /// The answers to them.
    Answers,
    /// The meeting it was made at.
    Meeting,
    /// The organisations that own it and that it is addressed to.
    Organisations,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 16] = [
        Self::StatusChanges,
        Self::DeadlineRevisions,
        Self::ResponseSteps,
        Self::Consents,
        Self::Links,
        Self::History,
        Self::Updates,
        Self::Assessments,
        Self::ClosingNotices,
        Self::Milestones,
        Self::Indicators,
        Self::Evidence,
        Self::Questions,
        Self::Answers,
        Self::Meeting,
        Self::Organisations,
    ];

    /// The word used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::StatusChanges => "status_changes",
            Self::DeadlineRevisions => "deadline_revisions",
            Self::ResponseSteps => "response_stages",
            Self::Consents => "consents",
            Self::Links => "links",
            Self::History => "history",
            Self::Updates => "updates",
            Self::Assessments => "assessments",
            Self::ClosingNotices => "closing_notices",
            Self::Milestones => "milestones",
            Self::Indicators => "indicators",
            Self::Evidence => "evidence",
            Self::Questions => "questions",
            Self::Answers => "answers",
            Self::Meeting => "meeting",
            Self::Organisations => "organisations",
        }
    }

    /// The part with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// The parts of one item that were asked for and that the viewer may read.
#[derive(Debug, Clone, Default)]
pub struct Embedded {
    /// Its newest status changes, oldest first.
    pub status_changes: Option<Vec<StatusChange>>,
    /// Its newest deadline revisions, oldest first.
    pub deadline_revisions: Option<Vec<DeadlineRevision>>,
    /// The newest steps of its response clocks, oldest first.
    pub response_steps: Option<Vec<ResponseStep>>,
    /// The newest consents given for it, oldest first.
    pub consents: Option<Vec<GivenConsent>>,
    /// Its links whose other end the viewer sees too.
    pub links: Option<Vec<LinkView>>,
    /// Its newest ledger entries, newest first.
    pub history: Option<Vec<HistoryEntry>>,
    /// The newest reports of its owners, oldest first.
    pub updates: Option<Vec<ContributionView>>,
    /// The newest findings on it, oldest first.
    pub assessments: Option<Vec<ContributionView>>,
    /// The newest announcements that it will be closed, oldest first.
    pub closing_notices: Option<Vec<ContributionView>>,
    /// Its newest milestones, oldest first.
    pub milestones: Option<Vec<ContributionView>>,
    /// Its newest indicators, oldest first.
    pub indicators: Option<Vec<ContributionView>>,
    /// The newest evidence of it, oldest first.
    pub evidence: Option<Vec<ContributionView>>,
    /// The newest questions on it, oldest first.
    pub questions: Option<Vec<ContributionView>>,
    /// The newest answers to them, oldest first.
    pub answers: Option<Vec<ContributionView>>,
    /// The meeting it was made at.
    pub meeting: Option<MeetingView>,
    /// Whether the organisations were asked for. They are in the directory.
    pub organisations: bool,
}

/// Items with what is read about them.
struct Reading<'a> {
    app: &'a App,
    reader: Reader,
    viewer: &'a Viewer,
    items: &'a [ItemView],
}

/// What was asked for of each of the items, in their order. Nothing where nothing was asked for.
pub async fn embedded(
    app: &App,
    viewer: &Viewer,
    items: &[ItemView],
    parts: &[Part],
) -> Result<Vec<Embedded>, AppError> {
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let reading = Reading { app, reader: app.store.read(), viewer, items };
    let mut all = vec![Embedded::default(); items.len()];
    for part in parts {
        reading.add(*part, &mut all).await?;
    }
    Ok(all)
}

impl Reading<'_> {
    async fn add(&self, part: Part, all: &mut [Embedded]) -> Result<(), AppError> {
        match part {
            Part::StatusChanges => {
                let found = stored::newest_status_changes(&self.reader, &self.floors(), ENTRIES_MAX).await?;
                let found = found.into_iter().map(|change| (change.item, change));
                self.deal(all, found, |embedded, changes| embedded.status_changes = Some(changes));
            }
            Part::DeadlineRevisions => {
                let found =
                    stored::newest_deadline_revisions(&self.reader, &self.floors(), ENTRIES_MAX).await?;
                let found = found.into_iter().map(|revision| (revision.item, revision));
                self.deal(all, found, |embedded, revisions| embedded.deadline_revisions = Some(revisions));
            }
            Part::ResponseSteps => {
                let found = stored::newest_response_steps(&self.reader, &self.floors(), ENTRIES_MAX).await?;
                let found = found.into_iter().map(|step| (step.item, step));
                self.deal(all, found, |embedded, steps| embedded.response_steps = Some(steps));
            }
            Part::Consents => self.add_consents(all).await?,
            Part::Links => {
                let scope = Scope::visible_to(*self.viewer);
                let found = stored::links_of_each(&self.reader, scope, &self.ids(), ENTRIES_MAX).await?;
                let found = found.into_iter().map(|linked| (linked.of, LinkView::new(self.viewer, linked)));
                self.deal(all, found, |embedded, links| embedded.links = Some(links));
            }
            Part::History => {
                let readable = |view: &ItemView| readable(self.viewer, &view.item, view.relation);
                let of: Vec<_> = self.items.iter().map(readable).collect();
                let found = entries::newest_of_each(&self.reader, &of, ENTRIES_MAX).await?;
                self.hear_earlier(&found)?;
                self.deal(all, found, |embedded, entries| embedded.history = Some(entries));
            }
            Part::Updates => {
                let found = self.contributions(ContributionKind::Update).await?;
                self.deal(all, found, |embedded, updates| embedded.updates = Some(updates));
            }
            Part::Assessments => {
                let found = self.contributions(ContributionKind::Assessment).await?;
                self.deal(all, found, |embedded, findings| embedded.assessments = Some(findings));
            }
            Part::ClosingNotices => {
                let found = self.contributions(ContributionKind::ClosingNotice).await?;
                self.deal(all, found, |embedded, notices| embedded.closing_notices = Some(notices));
            }
            Part::Milestones => {
                let found = self.contributions(ContributionKind::Milestone).await?;
                self.deal(all, found, |embedded, milestones| embedded.milestones = Some(milestones));
            }
            Part::Indicators => {
                let found = self.contributions(ContributionKind::Indicator).await?;
                self.deal(all, found, |embedded, indicators| embedded.indicators = Some(indicators));
            }
            Part::Evidence => {
                let found = self.contributions(ContributionKind::Evidence).await?;
                self.deal(all, found, |embedded, evidence| embedded.evidence = Some(evidence));
            }
            Part::Questions => {
                let found = self.contributions(ContributionKind::Question).await?;
                self.deal(all, found, |embedded, questions| embedded.questions = Some(questions));
            }
            Part::Answers => {
                let found = self.contributions(ContributionKind::Answer).await?;
                self.deal(all, found, |embedded, answers| embedded.answers = Some(answers));
            }
            Part::Meeting => self.add_meetings(all).await?,
            Part::Organisations => all.iter_mut().for_each(|embedded| embedded.organisations = true),
        }
        Ok(())
    }

    /// Hears of what was said about items while it was not public.
    fn hear_earlier(&self, found: &[(ItemId, HistoryEntry)]) -> Result<(), AppError> {
        let earlier = |id: ItemId| found.iter().any(|(of, entry)| *of == id && is_earlier(entry));
        let mut told = self.items.iter().filter(|view| earlier(view.item.id));
        told.try_for_each(|view| hear_earlier(self.app, self.viewer, &view.item))
    }

    /// The newest contributions of a kind to each item.
    async fn contributions(
        &self,
        kind: ContributionKind,
    ) -> Result<Vec<(ItemId, ContributionView)>, AppError> {
        let seen = seen(self.viewer, self.items.iter().map(|view| &view.item));
        let found = stored::newest_contributions(&self.reader, &seen, kind, ENTRIES_MAX).await?;
        for one in &found {
            if let Some(view) = self.items.iter().find(|view| view.item.id == one.item) {
                hear_added(self.app, self.viewer, &view.item, one)?;
            }
        }
        let viewed = |one: Contribution| {
            let view = self.items.iter().find(|view| view.item.id == one.item)?;
            let added = ContributionView::new(one, self.viewer, &view.item);
            Some((view.item.id, added.judged_by(&view.positions)))
        };
        Ok(found.into_iter().filter_map(viewed).collect())
    }

    fn ids(&self) -> Vec<ItemId> {
        self.items.iter().map(|view| view.item.id).collect()
    }

    fn floors(&self) -> Vec<(ItemId, Level)> {
        self.items.iter().map(|view| (view.item.id, view.relation.floor())).collect()
    }

    /// Gives each item what is about it, in the order in which it was found.
    fn deal<T>(
        &self,
        all: &mut [Embedded],
        found: impl IntoIterator<Item = (ItemId, T)>,
        put: impl Fn(&mut Embedded, Vec<T>),
    ) {
        let mut of_each: HashMap<ItemId, Vec<T>> = HashMap::new();
        for (item, one) in found {
            of_each.entry(item).or_default().push(one);
        }
        for (embedded, view) in all.iter_mut().zip(self.items) {
            put(embedded, of_each.remove(&view.item.id).unwrap_or_default());
        }
    }

    async fn add_consents(&self, all: &mut [Embedded]) -> Result<(), AppError> {
        let items: Vec<_> = self.items.iter().map(|view| (&view.item, view.relation)).collect();
        let found = told_consents(&self.reader, self.viewer, &items, ENTRIES_MAX).await?;
        let found = found.into_iter().map(|consent| (consent.item, consent));
        self.deal(all, found, |embedded, consents| embedded.consents = Some(consents));
        for (embedded, view) in all.iter_mut().zip(self.items) {
            if !are_told_to(view.relation) {
                embedded.consents = None;
            }
        }
        Ok(())
    }

    async fn add_meetings(&self, all: &mut [Embedded]) -> Result<(), AppError> {
        let mut ids: Vec<MeetingId> = self.items.iter().filter_map(|view| view.item.source.meeting).collect();
        ids.sort_unstable();
        ids.dedup();
        let found = meetings::find_many(self.app, &self.reader, self.viewer, &ids).await?;
        for (embedded, view) in all.iter_mut().zip(self.items) {
            let of_item = |meeting: &&MeetingView| Some(meeting.meeting.id) == view.item.source.meeting;
            embedded.meeting = found.iter().find(of_item).cloned();
        }
        Ok(())
    }
}
