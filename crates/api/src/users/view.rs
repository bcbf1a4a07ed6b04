//! An account as JSON.

use axum::response::Response;
use qadam_app::App;
use qadam_app::accounts::{self, Account, Invitation};
use qadam_app::letters::Delivery;
use qadam_domain::accounts::Viewer;
use serde::Serialize;
use utoipa::ToSchema;

use super::replayed;
use crate::answer::Tagged;
use crate::items::Once;
use crate::links::Links;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{AccountStateWord, Day, LanguageWord, Moment, OrganisationReference, RoleWord};

/// An account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The address it signs in with, lower-case.
    #[schema(example = "officer@example.org")]
    email: String,
    /// The person's name.
    name: String,
    /// The organisation it acts for.
    organisation: Option<OrganisationReference>,
    /// Its role there.
    role: RoleWord,
    /// Whether it may sign in: `invited` until its one-time link was used.
    state: AccountStateWord,
    /// Whether a colleague confirmed it. Until then an account of a civil-society organisation sees nothing that its
    /// organisation sees alone, and one of the secretariat does not come in.
    confirmed: bool,
    /// The language it is written to in.
    language: LanguageWord,
    /// The day it was created.
    created_on: Day,
    /// Its validator, for `If-Match`.
    etag: String,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
}

impl UserBody {
    /// An account as JSON, at this place of the API.
    pub(crate) fn new(app: &App, links: &Links, account: &Account, place: &[&str]) -> Self {
        Self {
            id: account.id.to_string(),
            email: account.email.clone(),
            name: account.name.clone(),
            organisation: OrganisationReference::find(account.organisation, &app.directory(), links),
            role: account.role.into(),
            state: account.state.into(),
            confirmed: account.confirmed,
            language: account.language.into(),
            created_on: Day(account.created_on),
            etag: accounts::etag(app, account),
            url: links.to(place),
        }
    }

    /// An account among the others.
    pub(super) fn listed(api: &ApiState, account: &Account) -> Self {
        Self::new(&api.app, &api.links, account, &["users", &account.id.to_string()])
    }
}

/// An account with its validator.
pub(super) fn tagged(api: &ApiState, account: &Account) -> Tagged<UserBody> {
    Tagged::new(accounts::etag(&api.app, account), UserBody::listed(api, account))
}

/// An account that waits to be let in, and what lets it in.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitedUser {
    /// The account.
    #[serde(flatten)]
    user: UserBody,
    /// Its one-time link. Hand it over: it is told this once, and null in the answer to a repeated request, and where the
    /// register posts letters.
    link: Option<OneTimeLink>,
    /// What became of the letter with the link: `none` where the register posts none, `sent` where a mail server took it,
    /// `not_sent` where none did; ask for another link then.
    mail: DeliveryWord,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Delivery)]
pub(crate) enum DeliveryWord {
    /// None is posted, or it was before.
    None,
    /// A mail server took it.
    Sent,
    /// No mail server took it.
    NotSent,
}

impl From<Delivery> for DeliveryWord {
    fn from(delivery: Delivery) -> Self {
        match delivery {
            Delivery::None => Self::None,
            Delivery::Sent => Self::Sent,
            Delivery::NotSent => Self::NotSent,
        }
    }
}

/// A one-time link, by which a person chooses the first password of an account.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneTimeLink {
    /// What `POST /auth/password` takes.
    token: String,
    /// The same as an address to open.
    #[schema(format = "uri")]
    url: String,
    /// When it ends.
    expires_at: Moment,
}

impl OneTimeLink {
    fn new(app: &App, invitation: Invitation) -> Self {
        let url = invitation.url(&app.settings().public_url);
        Self { token: invitation.token, url, expires_at: Moment(invitation.expires_at) }
    }
}

/// The account that a request invited, now or before: 201 with its address.
pub(super) async fn invited(
    api: &ApiState,
    viewer: &Viewer,
    outcome: Once<Invitation>,
) -> Result<Response, Problem> {
    let (account, invitation) = match outcome {
        Once::Done(invitation) => (invitation.account.clone(), Some(invitation)),
        Once::Repeated(replay) => (accounts::get(&api.app, viewer, replayed(&replay)?).await?, None),
    };
    let mail = invitation.as_ref().map_or(Delivery::None, |invitation| invitation.delivery).into();
    // What went to the person's own address is told to nobody else.
    let told = invitation.filter(|invitation| invitation.delivery == Delivery::None);
    let link = told.map(|invitation| OneTimeLink::new(&api.app, invitation));
    let user = UserBody::listed(api, &account);
    let location = user.url.clone();
    Ok(Tagged::new(user.etag.clone(), InvitedUser { user, link, mail }).created(&location))
}
