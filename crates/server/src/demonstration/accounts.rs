//! Who can sign in to the demonstration: at least one account for each role, of bodies that its stories are about.
//!
//! They come in as everybody does: by a one-time link and a password, and the second member of a civil-society
//! organisation is confirmed by the first.

use std::sync::Arc;

use qadam_app::accounts::{self, DEMONSTRATION_DOMAIN, NewAccount, reset_demonstration_password};
use qadam_app::authentication::{Account, set_password_by_link};
use qadam_app::random::SystemRandomness;
use qadam_app::throttling::Origin;
use qadam_app::{App, AppError};
use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::language::Language;
use tokio::task::JoinSet;

use super::LoadError;
use super::passwords::password;

/// An account of the demonstration.
#[derive(Debug, Clone)]
pub(crate) struct DemoAccount {
    /// Its role.
    pub(crate) role: String,
    /// Code of its organisation.
    pub(crate) organisation: String,
    /// The address it signs in with.
    pub(crate) email: String,
    /// Its password.
    pub(crate) password: String,
}

/// A place that an account fills.
#[derive(Debug, Clone, Copy)]
struct Post {
    role: Role,
    organisation: &'static str,
    /// The address before the `@`.
    local: &'static str,
    /// What stands where a person's name would: the demonstration invents nobody.
    name: &'static str,
}

const fn post(role: Role, organisation: &'static str, local: &'static str, name: &'static str) -> Post {
    Post { role, organisation, local, name }
}

const SECRETARIAT: Post = post(Role::Secretariat, "MFA", "secretariat.mfa", "Secretariat of the platform");

/// Comes last, when everything else is there.
const ADMINISTRATOR: Post = post(Role::Admin, "MFA", "admin.mfa", "Administrator of the platform");

const FIRST_MEMBER: Post = post(Role::NgoMember, "DEMO-NGO", "member.demo-ngo", "Demonstration member");

/// Confirmed by [`FIRST_MEMBER`].
const SECOND_MEMBER: Post =
    post(Role::NgoMember, "DEMO-NGO", "second.demo-ngo", "Second demonstration member");

const POSTS: [Post; 14] = [
    post(Role::Officer, "GPO", "officer.gpo", "Officer of the Prosecutor General"),
    post(Role::Officer, "MOH", "officer.moh", "Officer of the health ministry"),
    post(Role::Approver, "MOH", "approver.moh", "Approver of the health ministry"),
    post(Role::Officer, "NCHR", "officer.nchr", "Officer of the human rights centre"),
    post(Role::Officer, "NPM", "officer.npm", "Officer of the preventive mechanism"),
    post(Role::NgoMember, "KK", "member.kk", "Member of the association"),
    post(Role::NgoMember, "KIBHR", "member.kibhr", "Member of the bureau"),
    SECRETARIAT,
    post(Role::Observer, "OHCHR", "observer.ohchr", "Observer"),
    ADMINISTRATOR,
    post(Role::Officer, "DEMO-MIN", "officer.demo-min", "Demonstration officer"),
    post(Role::Approver, "DEMO-MIN", "approver.demo-min", "Demonstration approver"),
    FIRST_MEMBER,
    SECOND_MEMBER,
];

impl Post {
    fn email(self) -> String {
        format!("{}@{DEMONSTRATION_DOMAIN}", self.local)
    }

    /// The account with a fresh password.
    fn with_password(self) -> DemoAccount {
        DemoAccount {
            role: self.role.code().to_owned(),
            organisation: self.organisation.to_owned(),
            email: self.email(),
            password: password(&SystemRandomness),
        }
    }
}

/// The accounts that are in, and the one that records.
pub(super) struct Opened {
    /// As they are told, in the order of [`POSTS`].
    pub(super) accounts: Vec<DemoAccount>,
    /// The secretariat.
    pub(super) secretariat: Viewer,
}

/// Lets everybody in but the administrator. Passwords are hashed side by side, which is what takes the time.
pub(super) async fn open(app: &Arc<App>) -> Result<Opened, LoadError> {
    let told: Vec<_> = POSTS.into_iter().map(|post| (post, post.with_password())).collect();
    let mut running = JoinSet::new();
    for (post, account) in &told {
        if ![ADMINISTRATOR.local, SECOND_MEMBER.local].contains(&post.local) {
            running.spawn(enter(Arc::clone(app), *post, account.password.clone()));
        }
    }
    let mut inside: Vec<Account> = Vec::with_capacity(told.len());
    while let Some(outcome) = running.join_next().await {
        let outcome = outcome.unwrap_or_else(|lost| Err(AppError::Internal(lost.to_string())));
        inside.push(outcome.map_err(LoadError::refused("accounts"))?);
    }
    let viewer = |post: Post| {
        let email = post.email();
        let found = inside.iter().find(|account| account.email == email);
        found.map(|account| Viewer::Account(account.actor())).ok_or(LoadError::Incomplete)
    };
    for (_, account) in told.iter().filter(|(post, _)| post.local == SECOND_MEMBER.local) {
        let second = enter(Arc::clone(app), SECOND_MEMBER, account.password.clone()).await;
        let second = second.map_err(LoadError::refused(&account.email))?;
        let confirmed = accounts::confirm_member(app, &viewer(FIRST_MEMBER)?, second.id).await;
        confirmed.map_err(LoadError::refused(&account.email))?;
    }
    let secretariat = viewer(SECRETARIAT)?;
    Ok(Opened { accounts: told.into_iter().map(|(_, account)| account).collect(), secretariat })
}

/// Lets the administrator in.
pub(super) async fn open_last(app: &Arc<App>, opened: &mut Opened) -> Result<(), LoadError> {
    let email = ADMINISTRATOR.email();
    for account in opened.accounts.iter().filter(|account| account.email == email) {
        let entered = enter(Arc::clone(app), ADMINISTRATOR, account.password.clone()).await;
        entered.map_err(LoadError::refused(&email))?;
    }
    Ok(())
}

/// Gives the accounts of an earlier run new passwords. Where one is missing, that run did not come to its end.
pub(super) async fn renew(app: &Arc<App>) -> Result<Vec<DemoAccount>, LoadError> {
    let accounts: Vec<_> = POSTS.into_iter().map(Post::with_password).collect();
    let mut running = JoinSet::new();
    for account in &accounts {
        let (app, account) = (Arc::clone(app), account.clone());
        running.spawn(async move {
            let renewed = reset_demonstration_password(&app, &account.email, &account.password).await;
            match renewed {
                Ok(_) => Ok(()),
                Err(AppError::NotFound) => Err(LoadError::Incomplete),
                Err(error) => Err(LoadError::refused(&account.email)(error)),
            }
        });
    }
    while let Some(outcome) = running.join_next().await {
        outcome.unwrap_or(Err(LoadError::Incomplete))?;
    }
    Ok(accounts)
}

async fn enter(app: Arc<App>, post: Post, password: String) -> Result<Account, AppError> {
    let new = NewAccount {
        email: post.email(),
        name: post.name.to_owned(),
        organisation: post.organisation.to_owned(),
        role: post.role,
        language: Language::English,
    };
    let invitation = accounts::provision(&app, new).await?;
    set_password_by_link(&app, &Origin::default(), &invitation.token, &password).await
}
