//! `POST /{language}/rounds/{round}/paste`: rows from a spreadsheet, shown with what is wrong in each before any is handed
//! in.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::reporting_rounds::{self, RowView};
use qadam_domain::accounts::Actor;
use qadam_domain::ids::{ItemId, ReportingRoundId};
use qadam_domain::items::Status;
use qadam_domain::language::Language;
use qadam_domain::reporting_rounds::ReportingRound;

use super::key;
use super::rows::{Filled, filler, input, owed, status_named, wrong_field};
use super::sheet::{Line, ROWS_MAX, lines};
use crate::failure::Failure;
use crate::form::Form;
use crate::items::offered::{form_page, why};
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "rounds/paste.html")]
struct PastePage<'a> {
    page: &'a Page,
    round: &'a ReportingRound,
    form: &'a Form,
    language: Language,
    rows: Vec<Checked<'a>>,
    /// How many rows were left out because there were too many.
    left_out: u64,
}

/// A row that was pasted, with what it would become.
struct Checked<'a> {
    line: Line,
    row: Option<&'a RowView>,
    filled: Filled,
    wrong: Option<String>,
}

#[expect(clippy::unused_self, reason = "templates call methods of what they show")]
impl PastePage<'_> {
    fn right(&self) -> u64 {
        self.rows.iter().filter(|row| row.wrong.is_none()).count() as u64
    }

    fn right_words(&self) -> String {
        self.page.count("rounds-right", &self.right())
    }

    fn wrong_words(&self) -> Option<String> {
        let wrong = self.rows.iter().filter(|row| row.wrong.is_some()).count() as u64;
        (wrong > 0).then(|| self.page.count("rounds-wrong", &wrong))
    }

    fn has_right(&self) -> bool {
        self.right() > 0
    }

    /// The status that a row brings, as the page names it.
    fn status(&self, checked: &Checked<'_>) -> String {
        match checked.filled.to {
            Some(to) => self.page.word("status", to.code()),
            None => self.page.t("approvals-unchanged"),
        }
    }

    fn to(&self, checked: &Checked<'_>) -> &'static str {
        checked.filled.to.map(Status::code).unwrap_or_default()
    }

    fn tag(&self) -> &'static str {
        self.language.tag()
    }
}

/// `POST /{language}/rounds/{round}/paste`
pub(super) async fn check(visit: Visit, Path(round): Path<String>, form: Form) -> Result<Response, Failure> {
    let actor = filler(&visit)?;
    let viewer = visit.viewer();
    let view = reporting_rounds::get(visit.app(), &viewer, key(&round)?).await?;
    let language = form.text("language").parse::<Language>().unwrap_or(visit.language);
    let owed = owed(visit.app(), &viewer, &actor, view.round.id).await?;
    let page = form_page(&visit, "rounds-paste_title");
    let mut pasted = lines(form.raw("pasted"));
    let left_out = pasted.len().saturating_sub(ROWS_MAX) as u64;
    pasted.truncate(ROWS_MAX);
    let checking = Checking { page: &page, actor: &actor, round: view.round.id, language, owed: &owed };
    let rows = checking.all(pasted)?;
    let shown = PastePage { page: &page, round: &view.round, form: &form, language, rows, left_out };
    Ok(not_kept(render(&shown)))
}

/// What rows are checked against.
struct Checking<'a> {
    page: &'a Page,
    actor: &'a Actor,
    round: ReportingRoundId,
    language: Language,
    owed: &'a [RowView],
}

impl<'a> Checking<'a> {
    fn all(&self, pasted: Vec<Line>) -> Result<Vec<Checked<'a>>, Failure> {
        let mut seen: Vec<ItemId> = Vec::new();
        let mut rows = Vec::new();
        for line in pasted {
            let row = self.owed.iter().find(|row| is_named(row, &line.reference));
            let mut checked = self.one(line, row)?;
            if let Some(row) = row {
                if seen.contains(&row.item.id) {
                    checked.wrong = checked.wrong.or_else(|| Some(self.page.t("rounds-twice")));
                }
                seen.push(row.item.id);
            }
            rows.push(checked);
        }
        Ok(rows)
    }

    fn one(&self, line: Line, row: Option<&'a RowView>) -> Result<Checked<'a>, Failure> {
        let mut filled = Filled { to: None, text: line.text.clone(), document: line.document.clone() };
        let Some(found) = row else {
            let wrong = Some(self.page.t("rounds-not_asked"));
            return Ok(Checked { line, row, filled, wrong });
        };
        let body = self.actor.organisation;
        let wrong = match status_named(&found.item, body, &line.status) {
            Err(code) => Some(wrong_field("/status_change", code)),
            Ok(to) => {
                filled.to = to;
                input(&found.item, body, self.round, self.language, &filled).err()
            }
        };
        let wrong = wrong.map(|error| why(self.page, error)).transpose()?;
        Ok(Checked { line, row, filled, wrong })
    }
}

fn is_named(row: &RowView, reference: &str) -> bool {
    let number = row.item.reference.map(|number| number.to_string());
    number.is_some_and(|number| number.eq_ignore_ascii_case(reference.trim()))
}
