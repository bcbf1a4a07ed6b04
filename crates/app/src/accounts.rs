//! Accounts and memberships, as administrators keep them and members confirm them.
//!
//! Accounts belong to organisations that were admitted beforehand; nobody makes one for themselves. An
//! administrator creates an account without a password and hands over a one-time link; once it was used, no
//! administrator can make another one. That, and the confirmation of newcomers by a fellow member, keeps an
//! operator out of what an organisation sees alone.
//!
//! Which organisation an account belongs to, its role, its state and whether it is confirmed are records and
//! entered into the ledger, without name and address.

mod by_rule;
mod change;
mod colleagues;
mod create;
mod demonstration;
mod email;
mod fields;
mod membership;
mod record;
mod recovery;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::UserId;
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::accounts as stored;
pub use qadam_storage::accounts::{Account, AccountState};
pub use qadam_storage::accounts::{Page, Place};

pub(crate) use self::by_rule::{ByRule, make_by_rule};
pub use self::change::{AccountChanges, change};
pub use self::colleagues::{Colleague, colleagues, lock_out};
pub use self::create::{Invitation, NewAccount, create, create_first_admin, new_link, provision};
pub use self::demonstration::{DEMONSTRATION_DOMAIN, reset_demonstration_password};
pub(crate) use self::email::normalised as normalised_email;
pub(crate) use self::fields::clean_name;
pub(crate) use self::membership::{activate, has_members};
pub use self::membership::{confirm_from_the_host, confirm_member, known};
pub(crate) use self::record::record as account_record;
pub(crate) use self::recovery::may_recover;
pub use self::recovery::{ask_for_own_recovery, ask_for_recovery, vouch_for_recovery};
use crate::application::App;
use crate::error::AppError;
use crate::paging::{Cut, Read};

/// A page of accounts by address.
#[derive(Debug, Clone)]
pub struct AccountPage {
    /// The accounts.
    pub accounts: Vec<Account>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
    /// Where the previous page ends, if there is one.
    pub previous: Option<Place>,
}

/// Lists all accounts by address, for administrators.
pub async fn list(app: &App, viewer: &Viewer, page: Page) -> Result<AccountPage, AppError> {
    may(viewer, Action::ManageUsers, Subject::Register)?;
    let (limit, read) = (page.limit, Read::of(page.after.as_ref(), page.before.as_ref()));
    let cut = Cut::new(stored::list(&app.store.read(), page).await?, limit, read);
    Ok(AccountPage { accounts: cut.rows, next: cut.next, previous: cut.previous })
}

/// An account, for administrators.
pub async fn get(app: &App, viewer: &Viewer, id: UserId) -> Result<Account, AppError> {
    may(viewer, Action::ManageUsers, Subject::Register)?;
    stored::find(&app.store.read(), id).await?.ok_or(AppError::NotFound)
}

/// Whether there is any account at all. Without one nobody can sign in to make the first.
pub async fn any_exists(app: &App) -> Result<bool, AppError> {
    Ok(stored::exist(&app.store.read()).await?)
}

/// The validator of an account.
pub fn etag(app: &App, account: &Account) -> String {
    app.sealer.tag("account etag", &[account.id.0.as_bytes(), &account.version.to_be_bytes()])
}
