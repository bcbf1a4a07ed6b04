//! New accounts and the one-time links by which people come in.

use std::fmt;
use std::sync::Arc;

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::UserId;
use qadam_domain::language::Language;
use qadam_domain::policy::{Action, Subject, may};
use qadam_mail::LinkPurpose as LetterPurpose;
use qadam_storage::Tx;
use qadam_storage::accounts::{self as stored, Account, AccountState, LinkPurpose};
use qadam_storage::organisations;

use super::email::normalised;
use super::fields::{check_role, clean_name};
use super::membership::is_confirmed_at_once;
use super::record::enter;
use super::recovery::make_link;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::idempotency::Retry;
use crate::ledger::Act;
use crate::letters::{Delivery, post_link};
use crate::random::uuid;

/// A new account.
#[derive(Clone)]
pub struct NewAccount {
    /// The address it signs in with.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// Code or identifier of the organisation it acts for.
    pub organisation: String,
    /// Its role there.
    pub role: Role,
    /// The language it is written to in.
    pub language: Language,
}

/// Leaves out person and address.
impl fmt::Debug for NewAccount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("NewAccount")
            .field("organisation", &self.organisation)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// An account that waits to be let in, and what lets it in.
#[derive(Clone)]
pub struct Invitation {
    /// The account.
    pub account: Account,
    /// The token of its one-time link. It is told this once; only its digest is kept.
    pub token: String,
    /// When the link ends.
    pub expires_at: Timestamp,
    /// Whether it went to the account's address: then nobody else is told it.
    pub delivery: Delivery,
}

impl Invitation {
    /// The address of the page where the link is used, of a register that is reached here.
    pub fn url(&self, public_url: &str) -> String {
        format!("{public_url}/setup?token={}", self.token)
    }
}

/// Leaves out the token.
impl fmt::Debug for Invitation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Invitation").field("account", &self.account.id).finish_non_exhaustive()
    }
}

/// Creates an account and its one-time link, for administrators.
pub async fn create(
    app: &Arc<App>,
    viewer: &Viewer,
    new: NewAccount,
    retry: Option<Retry>,
) -> Result<Invitation, AppError> {
    may(viewer, Action::ManageUsers, Subject::Register)?;
    let invitation = invite(app, viewer.actor().copied(), new, retry).await?;
    Ok(posted(app, invitation).await)
}

/// Posts an invitation, where letters are posted.
async fn posted(app: &App, invitation: Invitation) -> Invitation {
    let delivery = post_link(app, &invitation, LetterPurpose::Invitation).await;
    Invitation { delivery, ..invitation }
}

/// Creates an account and its one-time link for whoever runs the program: from the command line and for a
/// demonstration.
pub async fn provision(app: &Arc<App>, new: NewAccount) -> Result<Invitation, AppError> {
    invite(app, None, new, None).await
}

/// Creates an administrator of the host organisation, from the command line.
pub async fn create_first_admin(
    app: &Arc<App>,
    email: &str,
    name: &str,
    language: Language,
) -> Result<Invitation, AppError> {
    let new = NewAccount {
        email: email.to_owned(),
        name: name.to_owned(),
        organisation: app.settings.host.clone(),
        role: Role::Admin,
        language,
    };
    provision(app, new).await
}

async fn invite(
    app: &Arc<App>,
    actor: Option<Actor>,
    new: NewAccount,
    retry: Option<Retry>,
) -> Result<Invitation, AppError> {
    let account = invited(app, &new)?;
    let shared = Arc::clone(app);
    let invitation = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/users/{}", account.id)).await?;
                }
                let mut account = account;
                let id = account.organisation;
                organisations::find(tx, id).await?.ok_or(AppError::NotFound)?;
                account.confirmed = is_confirmed_at_once(tx, account.role, id, account.id).await?;
                stored::insert(tx, &account).await?;
                let act = Act::of(&shared, actor.as_ref());
                enter(&shared, tx, &act, "account.created", None, &account).await?;
                link(&shared, tx, account).await
            })
        })
        .await?;
    app.committed();
    Ok(invitation)
}

/// The account that the named values make: every value checked, all mistakes told at once.
fn invited(app: &App, new: &NewAccount) -> Result<Account, AppError> {
    let directory = app.directory();
    let organisation = directory.find(&new.organisation).filter(|organisation| organisation.active);
    let email = normalised(&new.email).map_err(|code| FieldError::new("/email", code));
    let name = clean_name(&new.name);
    let member = organisation
        .ok_or_else(|| FieldError::new("/organisation", FieldCode::UnknownReference))
        .and_then(|organisation| check_role(app, new.role, organisation).map(|()| organisation.id));
    match (email, name, member) {
        (Ok(email), Ok(name), Ok(organisation)) => Ok(Account {
            id: UserId(uuid(app.random.as_ref())),
            email,
            name,
            organisation,
            role: new.role,
            state: AccountState::Invited,
            confirmed: false,
            language: new.language,
            password_hash: None,
            created_on: app.today(),
            version: 1,
            second_factor: false,
            has_passkey: false,
        }),
        (email, name, member) => {
            Err(AppError::Invalid([email.err(), name.err(), member.err()].into_iter().flatten().collect()))
        }
    }
}

/// Makes a new link for an account that never signed in; earlier ones end. One that did gets none: it would let
/// an operator into what its organisation sees alone.
pub async fn new_link(
    app: &Arc<App>,
    viewer: &Viewer,
    id: UserId,
    retry: Option<Retry>,
) -> Result<Invitation, AppError> {
    may(viewer, Action::ManageUsers, Subject::Register)?;
    let shared = Arc::clone(app);
    let invitation = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let account = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
                if account.state != AccountState::Invited || account.password_hash.is_some() {
                    return Err(Code::StatusConflict.into());
                }
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/users/{}", account.id)).await?;
                }
                stored::revoke_links(tx, id).await?;
                link(&shared, tx, account).await
            })
        })
        .await?;
    Ok(posted(app, invitation).await)
}

async fn link(app: &App, tx: &Tx, account: Account) -> Result<Invitation, AppError> {
    let expires_at = app.after(app.settings.authentication.link_seconds);
    make_link(app, tx, account, LinkPurpose::Invitation, None, expires_at).await
}
