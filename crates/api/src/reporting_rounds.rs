//! Reporting rounds: bodies are asked to report on items of theirs, a body fills one table, and what was not reported is
//! shown.
//!
//! A round is everybody's; what it asks about is told to each caller as far as they see the items, in counts too. It is
//! answered by reports on the items, one by one or by `/items/bulk-updates`, that name the round.

mod ask;
mod edit;
mod get;
mod list;
mod open;
mod rows;
mod view;

use qadam_app::AppError;
use qadam_app::idempotency::Retry;
use qadam_app::precondition::IfMatch;
use qadam_app::reporting_rounds::{self, RoundChange, RoundView};
use qadam_domain::ids::ReportingRoundId;
use qadam_domain::policy::{Action, Subject, may};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::Tagged;
use crate::extract::{Input, SignedIn};
use crate::items::{Once, once};
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::unless_changed;

use view::RoundBody;
pub(crate) use view::RoundReference;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_reporting_rounds, open::open_reporting_round))
        .routes(routes!(get::get_reporting_round, edit::edit_reporting_round))
        .routes(routes!(rows::list_reporting_rows, ask::ask_for_reports))
}

/// A round that a caller named in order to change it, as the caller sees it.
struct NamedRound<'a> {
    api: &'a ApiState,
    caller: &'a SignedIn,
    view: RoundView,
}

impl<'a> NamedRound<'a> {
    /// Finds it: 404 comes before everything that may be wrong with the request.
    async fn find(api: &'a ApiState, caller: &'a SignedIn, id: ReportingRoundId) -> Result<Self, Problem> {
        let view = reporting_rounds::get(&api.app, &caller.viewer(), id).await?;
        Ok(Self { api, caller, view })
    }

    /// The round after a change, now or before. Fields that are wrong are told last: after a round that changed
    /// meanwhile, and after a role that changes none.
    async fn changed(
        self,
        condition: Option<IfMatch>,
        retry: Option<Retry>,
        input: Input<RoundChange>,
    ) -> Result<RoundView, Problem> {
        let viewer = self.caller.viewer();
        let (app, id) = (&self.api.app, self.view.round.id);
        let change = match input {
            Ok(change) => change,
            Err(errors) => {
                condition.map_or(Ok(()), |condition| unless_changed(&condition, &self.view.etag))?;
                may(&viewer, Action::ManageReportingRounds, Subject::Register).map_err(AppError::from)?;
                return Err(AppError::Invalid(errors).into());
            }
        };
        let work = reporting_rounds::change(app, &viewer, id, condition, change, retry);
        match once(app, retry, work).await? {
            Once::Done(view) => Ok(view),
            Once::Repeated(_) => Ok(reporting_rounds::get(app, &viewer, id).await?),
        }
    }
}

/// The round with its etag.
fn answer(api: &ApiState, view: &RoundView) -> Tagged<RoundBody> {
    Tagged::new(view.etag.clone(), RoundBody::new(&api.app, &api.links, view))
}
