//! What happened to an item, newest first: each with its day, who says so, and where it stands written.

use std::cmp::Reverse;

use askama::Template;
use chrono::NaiveDate;
use qadam_app::items::{ContributionView, DeadlineRevision, Embedded, StatusChange};
use qadam_domain::accounts::Role;
use qadam_domain::calendar::AsOf;
use qadam_domain::ids::OrganisationId;
use qadam_domain::items::assessments::{Assessment, Assessor};
use qadam_domain::items::contributions::Content;
use qadam_domain::items::milestones::Milestone;
use qadam_domain::items::updates::{Update, UpdateState};
use qadam_domain::items::{Evidence, Item, RecordedFrom};
use qadam_domain::language::LanguageMap;

use crate::markup::{Dated, Markup, Said};
use crate::page::Page;

/// Something that happened.
#[derive(Debug, Template)]
#[template(path = "items/happening.html")]
pub(super) struct Happening<'a> {
    page: &'a Page,
    /// By what it is ordered: its day, then its place in the ledger.
    order: (NaiveDate, i64),
    /// Whose word it is, as the stylesheet names it: `state`, `others` or nobody's in particular.
    pub(super) class: &'static str,
    on: Dated,
    /// Where it was recorded later than it happened: when.
    recorded: Option<Dated>,
    what: String,
    tag: Option<Markup>,
    who: String,
    text: Option<Said<'a>>,
    /// What belongs to it: names and values.
    facts: Vec<(String, String)>,
    reply: Option<(String, Said<'a>)>,
    evidence: &'a [Evidence],
    source: Option<&'a RecordedFrom>,
    /// What can be done with it: its name and where.
    way: Option<(String, String)>,
    /// Whether a newer one of the same author stands in its place.
    superseded: bool,
}

impl<'a> Happening<'a> {
    fn new(page: &'a Page, as_of: AsOf, position: i64, what: String, who: String) -> Self {
        Self {
            page,
            order: (as_of.on, position),
            class: "",
            on: page.as_of(&as_of),
            recorded: None,
            what,
            tag: None,
            who,
            text: None,
            facts: Vec::new(),
            reply: None,
            evidence: &[],
            source: None,
            way: None,
            superseded: false,
        }
    }

    fn recorded(mut self, as_of: AsOf, recorded_on: NaiveDate) -> Self {
        self.recorded = (as_of.on != recorded_on).then(|| self.page.long_day(&recorded_on));
        self
    }

    fn says(mut self, text: &'a LanguageMap) -> Self {
        self.text = self.page.said(text);
        self
    }

    fn fact(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.facts.push((self.page.t(key), value.to_owned()));
        }
    }
}

/// What happened to an item, newest first.
pub(super) fn timeline<'a>(page: &'a Page, item: &Item, with: &'a Embedded) -> Vec<Happening<'a>> {
    let mut all = Vec::new();
    all.extend(with.status_changes.iter().flatten().map(|change| moved(page, change)));
    all.extend(with.deadline_revisions.iter().flatten().map(|revision| revised(page, revision)));
    let contributions = [&with.updates, &with.assessments, &with.milestones, &with.questions, &with.answers];
    let contributions = contributions.into_iter().flatten().flatten();
    all.extend(contributions.filter_map(|one| {
        let way = way(page, item, one);
        let mut happening = Happening { way, ..contributed(page, one)? };
        for (key, day) in corrections(page, one, with) {
            happening.fact(key, Some(&day));
        }
        Some(happening)
    }));
    all.sort_by_key(|happening| Reverse(happening.order));
    all
}

/// Which report a report corrects, and which corrects it, by the days on which they were published.
fn corrections(page: &Page, one: &ContributionView, with: &Embedded) -> Vec<(&'static str, String)> {
    let Content::Update(update) = &one.contribution.content else { return Vec::new() };
    let day = |other: &ContributionView| page.long_day(&other.contribution.recorded_on).words;
    let others = with.updates.iter().flatten();
    let told = |other: &ContributionView| {
        if update.corrects == Some(other.contribution.id) {
            return Some(("happened-corrects", day(other)));
        }
        match &other.contribution.content {
            Content::Update(by)
                if by.corrects == Some(one.contribution.id) && by.state == UpdateState::Published =>
            {
                Some(("happened-corrected_by", day(other)))
            }
            _ => None,
        }
    };
    others.filter_map(told).collect()
}

/// Where somebody goes on with what was added: to a milestone, to a report of the viewer's own body, to a question, to the reply that a
/// finding on an item of the viewer's body has not got.
fn way(page: &Page, item: &Item, one: &ContributionView) -> Option<(String, String)> {
    let (root, id) = (page.item_path(item), one.contribution.id);
    let to = |key: &str, rest: String| Some((page.t(key), format!("{root}/{rest}")));
    if matches!(one.contribution.content, Content::Milestone(_)) {
        return to("doing-open_milestone", format!("milestones/{id}"));
    }
    let actor = page.actor()?;
    match &one.contribution.content {
        Content::Update(_) if one.contribution.organisation == Some(actor.organisation) => {
            to("doing-open_report", format!("reports/{id}"))
        }
        Content::Question(_) => to("doing-open_question", format!("questions/{id}")),
        Content::Assessment(found) if found.reply.is_none() => {
            let owns = item.owners.iter().any(|owner| owner.organisation == actor.organisation);
            let replies = owns && actor.role.speaks_for_body();
            replies.then(|| to("doing-reply", format!("findings/{id}/reply")))?
        }
        _ => None,
    }
}

fn who(page: &Page, organisation: Option<OrganisationId>, role: Role, named: bool) -> String {
    match organisation {
        Some(id) if named => page.organisation(&id),
        _ if role == Role::NgoMember => page.t("hidden_filer"),
        _ => page.word("role", role.code()),
    }
}

fn moved<'a>(page: &'a Page, change: &'a StatusChange) -> Happening<'a> {
    // What a document says is not the word of whoever wrote it down here.
    let who = match &change.recorded_from {
        Some(_) => page.t("happened-by_document"),
        None => who(page, change.organisation, change.role, true),
    };
    let happening = Happening::new(page, change.as_of, change.position, page.t("happened-status"), who);
    let mut happening = happening.recorded(change.as_of, change.recorded_on).says(&change.reason);
    if let Some(answer) = &change.answer {
        happening = happening.says(&answer.text);
    }
    happening.class =
        if change.role == Role::Officer || change.role == Role::Approver { "state" } else { "" };
    happening.tag = Some(page.plain_status_tag(change.to));
    happening.evidence = &change.evidence;
    happening.source = change.recorded_from.as_ref();
    happening
}

fn revised<'a>(page: &'a Page, revision: &'a DeadlineRevision) -> Happening<'a> {
    let who = who(page, revision.organisation, revision.role, true);
    let as_of = AsOf::day(revision.recorded_on);
    let happening = Happening::new(page, as_of, revision.position, page.t("happened-deadline"), who);
    let mut happening = happening.says(&revision.reason);
    let words = |deadline: &Option<_>| deadline.as_ref().map(|deadline| page.deadline(deadline).words);
    happening.fact("happened-deadline_old", words(&revision.old).as_deref());
    let none = page.t("items-no_due");
    happening.fact("happened-deadline_new", Some(&words(&revision.new).unwrap_or(none)));
    happening.class = "state";
    happening
}

fn contributed<'a>(page: &'a Page, one: &'a ContributionView) -> Option<Happening<'a>> {
    let made = &one.contribution;
    let author = who(page, made.organisation, made.role, one.named);
    let recorded = AsOf::day(made.recorded_on);
    let begin = |as_of: AsOf, key: &str, who: String| {
        Happening::new(page, as_of, made.position, page.t(key), who).recorded(as_of, made.recorded_on)
    };
    Some(match &made.content {
        Content::Update(update) => {
            let by_document = update.recorded_from.as_ref().map(|_| page.t("happened-by_document"));
            reported(begin(update.as_of, "happened-update", by_document.unwrap_or(author)), update)
        }
        Content::Assessment(found) => {
            let by_mechanism = match &found.assessor {
                Assessor::Mechanism(code) => page.term("mechanisms", code),
                Assessor::Organisation(_) => author,
            };
            let mut happening = assessed(begin(found.as_of, "happened-assessment", by_mechanism), found);
            happening.superseded = one.superseded;
            happening
        }
        Content::Milestone(milestone) => {
            passed(begin(milestone.reached.unwrap_or(recorded), "happened-milestone", author), milestone)
        }
        Content::Question(question) => begin(recorded, "happened-question", author).says(&question.said.text),
        Content::Answer(answer) => begin(recorded, "happened-answer", author).says(&answer.said.text),
        Content::ClosingNotice(_) | Content::Indicator(_) | Content::Evidence(_) => return None,
    })
}

fn reported<'a>(happening: Happening<'a>, update: &'a Update) -> Happening<'a> {
    let mut happening = happening.says(&update.narrative);
    happening.class = "state";
    happening.evidence = &update.evidence;
    happening.source = update.recorded_from.as_ref();
    if update.state != UpdateState::Published {
        let state = Markup::plain(&happening.page.word("update_state", update.state.code()));
        happening.tag = Some(Markup(format!("<span class=\"badge plain\">{state}</span>")));
    }
    happening.fact("happened-unit", update.responsible_unit.as_deref());
    happening.fact("happened-outgoing", update.outgoing_number.as_deref());
    if update.corrects.is_some() {
        happening.what = happening.page.t("happened-correction");
    }
    happening
}

fn assessed<'a>(happening: Happening<'a>, found: &'a Assessment) -> Happening<'a> {
    let page = happening.page;
    let mut happening = happening.says(&found.rationale);
    happening.class = "others";
    happening.tag = Some(page.finding_tag(&found.finding));
    happening.evidence = &found.evidence;
    happening.fact("happened-grade", found.scale_code.as_deref());
    let until = found.evidence_until.map(|day| crate::format::long_day(page.lang(), day));
    happening.fact("happened-evidence_until", until.as_deref());
    if let Some(transcribed) = &found.transcribed {
        happening.source = Some(&transcribed.from);
        happening.fact("happened-symbol", transcribed.symbol.as_deref());
        happening.fact("happened-paragraph", transcribed.paragraph.as_deref());
    }
    let reply = found.reply.as_ref();
    happening.reply =
        reply.and_then(|reply| Some((page.organisation(&reply.organisation), page.said(&reply.text)?)));
    happening
}

fn passed<'a>(happening: Happening<'a>, milestone: &'a Milestone) -> Happening<'a> {
    let page = happening.page;
    let mut happening = happening.says(&milestone.note);
    happening.class = "state";
    happening.source = milestone.recorded_from.as_ref();
    happening.what = format!("{}: {}", happening.what, page.words(&milestone.title));
    for stage in &milestone.stages {
        let name = page.term("law_stages", &stage.stage);
        happening.facts.push((name, page.as_of(&stage.on).words));
    }
    let due = milestone.due.as_ref().map(|due| page.deadline(due).words);
    happening.fact("items-due_plain", due.as_deref());
    happening
}
