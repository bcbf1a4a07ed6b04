//! Opening a round.

use std::sync::Arc;

use chrono::NaiveDate;
use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::ids::ReportingRoundId;
use qadam_domain::language::LanguageMap;
use qadam_domain::policy::{Action, Subject, may};
use qadam_domain::reporting_rounds::{
    ReportingRound, RoundState, WrongDueDay, default_due_on, wrong_due_day,
};
use qadam_storage::Tx;
use qadam_storage::reporting_rounds as stored;
use serde_json::Value;

use super::choosing::{AskInput, choose};
use super::entering::{RoundAct, Whole, enter};
use super::view::{RoundView, view};
use crate::application::App;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::idempotency::Retry;
use crate::ledger::Act;
use crate::random::uuid;

/// A new round as named by a caller.
#[derive(Debug, Clone)]
pub struct NewRound {
    /// What it is called; may be empty.
    pub name: LanguageMap,
    /// The first and the last day that reports are about.
    pub period: (NaiveDate, NaiveDate),
    /// The last day on which a report is in time; without it, as `default_due_on` says.
    pub due_on: Option<NaiveDate>,
    /// Whom it asks about what.
    pub ask: AskInput,
}

/// Opens a round: from now on bodies are asked, and told so.
pub async fn open(
    app: &Arc<App>,
    viewer: &Viewer,
    new: NewRound,
    retry: Option<Retry>,
) -> Result<RoundView, AppError> {
    may(viewer, Action::ManageReportingRounds, Subject::Register)?;
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let round = app
        .store
        .write(move |tx| Box::pin(async move { insert(&shared, tx, actor, new, retry).await }))
        .await?;
    app.committed();
    view(app, &app.store.read(), viewer, round).await
}

async fn insert(
    app: &Arc<App>,
    tx: &Tx,
    actor: Actor,
    new: NewRound,
    retry: Option<Retry>,
) -> Result<ReportingRound, AppError> {
    let act = Act::of(app, Some(&actor));
    let (period_from, period_to) = new.period;
    let due_on = new.due_on.unwrap_or_else(|| default_due_on(period_to, act.today));
    let mut errors = Vec::new();
    if period_to < period_from {
        errors.push(FieldError::new("/period_to", FieldCode::Contradiction));
    }
    errors.extend(check_due_on(due_on, period_to, act.today));
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let asked = choose(app, tx, &actor, &new.ask, &[]).await?;
    let mut round = ReportingRound {
        id: ReportingRoundId(uuid(app.random.as_ref())),
        name: new.name,
        period_from,
        period_to,
        due_on,
        state: RoundState::Open,
        opened_on: act.today,
        closed_on: None,
        reminded_on: None,
        opened: 0,
        version: 1,
    };
    if let Some(retry) = retry {
        retry.remember(app, tx, 201, &format!("/api/v1/reporting-rounds/{}", round.id)).await?;
    }
    let what = RoundAct { action: "reporting_round.opened", reason: Value::Null };
    let whole = Whole { round: &round, asked: &asked };
    let first = enter(app, tx, &act, None, whole, what).await?;
    round.opened = first;
    stored::insert(tx, &round).await?;
    stored::add_rows(tx, &round, &asked).await?;
    Ok(round)
}

/// What is wrong with a due day that is named today.
pub(super) fn check_due_on(due_on: NaiveDate, period_to: NaiveDate, today: NaiveDate) -> Option<FieldError> {
    let code = match wrong_due_day(due_on, period_to, today)? {
        WrongDueDay::WithinPeriod => FieldCode::Contradiction,
        WrongDueDay::Past => FieldCode::NotAllowed,
    };
    Some(FieldError::new("/due_on", code))
}
