//! Changing a round: what it says, what it asks for, and whether it takes reports.

use std::sync::Arc;

use chrono::NaiveDate;
use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::ids::ReportingRoundId;
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::policy::{Action, Subject, may};
use qadam_domain::reporting_rounds::{Asked, ReportingRound, RoundState};
use qadam_storage::Tx;
use qadam_storage::reporting_rounds as stored;
use serde_json::Value;

use super::choosing::{AskInput, choose};
use super::entering::{RoundAct, Whole, enter};
use super::opening::check_due_on;
use super::releasing::look_anew;
use super::view::{RoundView, view};
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::items::record::language_map;
use crate::ledger::Act;
use crate::precondition::IfMatch;

/// What is changed of a round.
#[derive(Debug, Clone)]
pub enum RoundChange {
    /// What it says, or whether it takes reports.
    Edit(RoundEdit),
    /// It asks for more.
    Ask(AskInput),
}

/// An edit of a round as named by a caller.
#[derive(Debug, Clone, Default)]
pub struct RoundEdit {
    /// What it is called, language by language.
    pub name: Vec<(Language, Option<String>)>,
    /// The last day on which a report is in time. Needs a reason.
    pub due_on: Option<NaiveDate>,
    /// Whether it takes reports. Opening it again needs a reason.
    pub state: Option<RoundState>,
    /// Why.
    pub reason: LanguageMap,
}

/// A round being changed.
struct Changing<'a> {
    app: &'a Arc<App>,
    tx: &'a Tx,
    act: Act,
    actor: Actor,
    before: ReportingRound,
    asked: Vec<Asked>,
}

/// Changes a round: 404, then 412, then 403.
pub async fn change(
    app: &Arc<App>,
    viewer: &Viewer,
    id: ReportingRoundId,
    condition: Option<IfMatch>,
    change: RoundChange,
    retry: Option<Retry>,
) -> Result<RoundView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let round = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let changing = Changing::open(&shared, tx, actor, id, condition.as_ref()).await?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/reporting-rounds/{id}");
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                match change {
                    RoundChange::Edit(edit) => changing.edit(edit).await,
                    RoundChange::Ask(input) => changing.ask(&input).await,
                }
            })
        })
        .await?;
    app.committed();
    view(app, &app.store.read(), viewer, round).await
}

impl<'a> Changing<'a> {
    async fn open(
        app: &'a Arc<App>,
        tx: &'a Tx,
        actor: Actor,
        id: ReportingRoundId,
        condition: Option<&IfMatch>,
    ) -> Result<Self, AppError> {
        let viewer = Viewer::Account(actor);
        let before = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
        if let Some(condition) = condition {
            let current = view(app, tx, &viewer, before.clone()).await?;
            if !condition.allows(&current.etag) {
                return Err(Code::PreconditionFailed.into());
            }
        }
        may(&viewer, Action::ManageReportingRounds, Subject::Register)?;
        let asked = stored::asked_in(tx, id).await?.into_iter().map(|row| row.asked).collect();
        Ok(Self { app, tx, act: Act::of(app, Some(&actor)), actor, before, asked })
    }

    async fn edit(self, edit: RoundEdit) -> Result<ReportingRound, AppError> {
        let (before, today) = (&self.before, self.act.today);
        let mut after = before.clone();
        let mut needs_reason = false;
        let mut action = "reporting_round.changed";
        if let Some(state) = edit.state.filter(|state| *state != before.state) {
            after.state = state;
            after.closed_on = (state == RoundState::Closed).then_some(today);
            needs_reason = state == RoundState::Open;
            action = if needs_reason { "reporting_round.reopened" } else { "reporting_round.closed" };
        }
        for (language, text) in edit.name {
            after.name.set(language, text);
        }
        if let Some(due_on) = edit.due_on.filter(|due_on| *due_on != before.due_on) {
            if after.state == RoundState::Closed {
                return Err(Code::RoundClosed.into());
            }
            if let Some(wrong) = check_due_on(due_on, before.period_to, today) {
                return Err(AppError::Invalid(vec![wrong]));
            }
            after = after.with_due_on(due_on, today);
            needs_reason = true;
        }
        if needs_reason && edit.reason.is_empty() {
            return Err(AppError::field("/reason", FieldCode::Required));
        }
        let reason = if edit.reason.is_empty() { Value::Null } else { language_map(&edit.reason) };
        self.save(after, Vec::new(), RoundAct { action, reason }).await
    }

    async fn ask(self, input: &AskInput) -> Result<ReportingRound, AppError> {
        if self.before.state == RoundState::Closed {
            return Err(Code::RoundClosed.into());
        }
        if !self.before.is_under_way(self.act.today) {
            return Err(Code::RoundOverdue.into());
        }
        let chosen = choose(self.app, self.tx, &self.actor, input, &self.asked).await?;
        let after = self.before.clone();
        let what = RoundAct { action: "reporting_round.extended", reason: Value::Null };
        self.save(after, chosen, what).await
    }

    /// Saves the round with its ledger entries. A change that changes nothing leaves no trace.
    async fn save(
        self,
        mut after: ReportingRound,
        chosen: Vec<Asked>,
        what: RoundAct,
    ) -> Result<ReportingRound, AppError> {
        if after == self.before && chosen.is_empty() {
            return Ok(after);
        }
        after.version = self.before.version + 1;
        let mut asked = self.asked.clone();
        asked.extend(&chosen);
        let was = Whole { round: &self.before, asked: &self.asked };
        let is = Whole { round: &after, asked: &asked };
        enter(self.app, self.tx, &self.act, Some(was), is, what).await?;
        stored::update(self.tx, &self.before, &after).await?;
        if (after.state, after.due_on) != (self.before.state, self.before.due_on) {
            look_anew(self.tx, &after, self.act.today).await?;
        }
        stored::add_rows(self.tx, &after, &chosen).await?;
        Ok(after)
    }
}
