//! The form of a report, with the report as it will be read; and one that is on its way.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference what they print")]

use askama::Template;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::items::{self, ItemView, Key, Possibilities, Possibility, UpdateInput};
use qadam_domain::items::Status;
use qadam_domain::items::contributions::{Content, Contribution};
use qadam_domain::items::moves::{Move, Need};
use qadam_domain::items::updates::{Update, UpdateState};
use qadam_domain::language::{Language, LanguageMap};

use super::reading::STAYS;
use crate::failure::Failure;
use crate::form::Form;
use crate::items::offered::form_page;
use crate::markup::{Dated, Markup};
use crate::page::Page;
use crate::render::{not_kept, render, render_form};
use crate::visit::Visit;

/// What the form is shown with.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) view: &'a ItemView,
    pub(super) can: &'a Possibilities,
    /// The report that is written anew.
    pub(super) before: Option<(&'a Contribution, &'a Update)>,
    /// The report that is corrected.
    pub(super) corrected: Option<&'a Contribution>,
    /// What is shown as it will be read.
    pub(super) preview: Option<&'a UpdateInput>,
}

impl<'a> Shown<'a> {
    /// The form of a new report.
    pub(super) const fn new(view: &'a ItemView, can: &'a Possibilities) -> Self {
        Self { view, can, before: None, corrected: None, preview: None }
    }
}

#[derive(Template)]
#[template(path = "reports/form.html")]
struct FormPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    shown: &'a Shown<'a>,
}

/// The form.
pub(super) fn show_form(visit: &Visit, shown: &Shown<'_>, form: &Form) -> Response {
    let title = match (shown.before, shown.corrected) {
        (Some(_), _) => "report-edit_title",
        (None, Some(_)) => "correcting-title",
        (None, None) => "report-title",
    };
    let page = form_page(visit, title);
    render_form(&FormPage { page: &page, view: shown.view, form, shown }, form)
}

impl FormPage<'_> {
    /// Where the form goes.
    fn action(&self) -> String {
        let root = self.page.item_path(&self.view.item);
        match self.shown.before {
            Some((report, _)) => format!("{root}/reports/{}", report.id),
            None => format!("{root}/report"),
        }
    }

    /// The statuses: code, name, what the status needs.
    fn statuses(&self) -> Vec<(String, String, String)> {
        let item = &self.view.item;
        let now = self.page.status_words(item.status, item.closing_result);
        let stays = (STAYS.to_owned(), self.page.say("report-stays", "status", now), String::new());
        let moves =
            self.shown.can.with_report.iter().map(|row| {
                (row.to.code().to_owned(), self.page.move_name(row, &item.status), self.needs(row))
            });
        std::iter::once(stays).chain(moves).collect()
    }

    fn needs(&self, row: &Move) -> String {
        let texts = [
            (Need::Answer, "report-needs_answer"),
            (Need::Reason, "report-needs_reason"),
            (Need::DueOrReason, "report-needs_due"),
            (Need::Evidence, "report-needs_evidence"),
        ];
        let needed = texts.iter().filter(|(need, _)| row.needs.contains(need));
        needed.map(|(_, key)| self.page.t(key)).collect::<Vec<_>>().join(" ")
    }

    fn asks_for_due(&self) -> bool {
        self.shown.can.with_report.iter().any(|row| row.needs.contains(&Need::DueOrReason))
    }

    /// Whether the part with the document stands open.
    fn shows_evidence(&self) -> bool {
        let given = ["evidence.0.url", "evidence.0.number", "evidence.0.issued_on"];
        given.iter().any(|name| !self.form.text(name).is_empty())
            || self.page.has_text(self.form, "evidence.0.title")
            || self.form.all_wrong().any(|(name, _)| name.starts_with("evidence"))
    }

    /// Whether the part with the day and the letter stands open.
    fn shows_more(&self) -> bool {
        ["as_of", "outgoing_number", "responsible_unit"]
            .iter()
            .any(|name| !self.form.text(name).is_empty() || self.form.wrong(name).is_some())
    }

    /// Why it was returned.
    fn returned(&self) -> Option<&LanguageMap> {
        let (_, update) = self.shown.before?;
        (update.state == UpdateState::Returned).then_some(&update.return_reason)
    }

    /// Whether it can be thrown away: it was never handed in.
    fn is_draft(&self) -> bool {
        self.shown.before.is_some_and(|(_, update)| update.state == UpdateState::Draft)
    }

    /// The body that reports.
    fn body(&self) -> String {
        self.page.own_organisation()
    }

    fn as_of(&self, input: &UpdateInput) -> Dated {
        self.page.long_day(&input.as_of.map_or_else(|| self.page.app().today(), |(on, _)| on))
    }
}

impl Page {
    /// The status that a report brings, as a tag.
    pub(crate) fn wanted_status_tag(&self, status: &Status) -> Markup {
        self.plain_status_tag(*status)
    }

    /// A text of people in each language in which it was written: tag and words.
    pub(crate) fn each_language<'a>(&self, map: &'a LanguageMap) -> Vec<(&'static str, &'a str)> {
        let own = self.lang();
        let order = std::iter::once(own).chain(Language::ALL.into_iter().filter(|other| *other != own));
        order.filter_map(|language| Some((language.tag(), map.get(language)?))).collect()
    }
}

#[derive(Template)]
#[template(path = "reports/report.html")]
struct ReportPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    report: &'a Contribution,
    update: &'a Update,
    /// The report that it corrects.
    corrects: Option<&'a Contribution>,
    /// The report that corrects it.
    corrected_by: Option<&'a Contribution>,
    /// Whether the viewer may correct it.
    can_be_corrected: bool,
}

/// A report that is not written on any more, or by nobody who looks.
pub(super) async fn report_page(
    visit: &Visit,
    (view, can): (&ItemView, &Possibilities),
    report: &Contribution,
) -> Result<Response, Failure> {
    let Content::Update(update) = &report.content else { return Err(Code::NotFound.into()) };
    let all = items::updates(visit.app(), &visit.viewer(), Key::Id(view.item.id)).await?;
    let mut others = all.iter().map(|one| &one.contribution);
    let corrects = others.clone().find(|other| update.corrects == Some(other.id));
    let is_by = |other: &&Contribution| match &other.content {
        Content::Update(other) => other.corrects == Some(report.id) && other.state == UpdateState::Published,
        _ => false,
    };
    let corrected_by = others.find(is_by);
    let own = report.organisation == Some(visit.actor()?.organisation);
    // One that was corrected is corrected where the newest word stands.
    let stands = update.state == UpdateState::Published && corrected_by.is_none();
    let can_be_corrected = own && stands && can.has(Possibility::Report);
    let page = form_page(visit, "happened-update");
    let shown = ReportPage { page: &page, view, report, update, corrects, corrected_by, can_be_corrected };
    Ok(not_kept(render(&shown)))
}

impl ReportPage<'_> {
    fn organisation(&self) -> Option<String> {
        self.report.organisation.map(|body| self.page.organisation(&body))
    }

    fn waits(&self) -> bool {
        self.update.state == UpdateState::AwaitingApproval
    }
}
