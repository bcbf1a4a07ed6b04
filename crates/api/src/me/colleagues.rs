//! `GET /me/colleagues`.

use axum::extract::State;
use qadam_app::accounts::{self, Colleague};
use serde::Serialize;
use utoipa::ToSchema;

use crate::extract::{ApiQuery, NoParameters, SignedIn};
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{AccountStateWord, Day, RoleWord};

/// What is done for a colleague: `confirm` a newcomer, `vouch` for who had a new password asked for, `lock_out` who should
/// be no longer.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ColleagueAct {
    /// Says that a newcomer belongs there.
    Confirm,
    /// Says that they asked for a new password themselves.
    Vouch,
    /// Ends all that they do here.
    LockOut,
}

/// Somebody who works beside the account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Colleague)]
pub(crate) struct ColleagueBody {
    /// The account.
    #[schema(format = Uuid)]
    id: String,
    /// The person's name.
    name: String,
    /// The address it signs in with.
    email: String,
    /// Its role.
    role: RoleWord,
    /// Whether it may sign in.
    state: AccountStateWord,
    /// Whether a colleague confirmed it.
    confirmed: bool,
    /// The day it was created.
    created_on: Day,
    /// What the account may do for them now.
    may: Vec<ColleagueAct>,
}

impl From<Colleague> for ColleagueBody {
    fn from(colleague: Colleague) -> Self {
        let acts = [
            (colleague.may_confirm, ColleagueAct::Confirm),
            (colleague.may_vouch, ColleagueAct::Vouch),
            (colleague.may_lock_out, ColleagueAct::LockOut),
        ];
        let may = acts.into_iter().filter(|(may, _)| *may).map(|(_, act)| act).collect();
        let account = colleague.account;
        Self {
            id: account.id.to_string(),
            name: account.name,
            email: account.email,
            role: account.role.into(),
            state: account.state.into(),
            confirmed: account.confirmed,
            created_on: Day(account.created_on),
            may,
        }
    }
}

/// List those who work beside one
///
/// The other accounts on the same side of the organisation, by address, and what one may do for them; at most 500. Whoever
/// is not confirmed is told of nobody.
#[utoipa::path(
    get,
    path = "/me/colleagues",
    tag = "me",
    responses((status = OK, body = Page<ColleagueBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::QUERY]))))
)]
pub(crate) async fn list_colleagues(
    State(api): State<ApiState>,
    caller: SignedIn,
    query: ApiQuery<NoParameters>,
) -> Result<Page<ColleagueBody>, Problem> {
    query.checked()?;
    let colleagues = accounts::colleagues(&api.app, &caller.viewer()).await?;
    Ok(Page::whole(colleagues.into_iter().map(ColleagueBody::from).collect(), &api.links, query.uri()))
}
