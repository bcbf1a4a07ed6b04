//! `/{language}/accounts`: who can sign in, for administrators.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::accounts::{
    self, Account, AccountChanges, AccountState, Invitation, NewAccount, Page as Part,
};
use qadam_app::error::FieldCode;
use qadam_app::letters::Delivery;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::Role;
use qadam_domain::ids::UserId;
use qadam_domain::language::Language;

use crate::failure::Failure;
use crate::form::{Form, Sent, named_in};
use crate::page::Page;
use crate::render::{not_kept, render, render_form};
use crate::visit::Visit;

/// How many accounts a page has.
const ON_A_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "administration/accounts.html")]
struct AccountsPage<'a> {
    page: &'a Page,
    accounts: &'a [Account],
    next: Option<String>,
}

/// `GET /{language}/accounts`
pub(super) async fn list(visit: Visit) -> Result<Response, Failure> {
    visit.actor()?;
    let app = visit.app();
    let name = "accounts page";
    let after = match visit.parameter("after") {
        Some(cursor) => {
            let place = app.open_cursor(name, &cursor)?;
            place.split_once(' ').and_then(|(id, email)| Some((email.to_owned(), id.parse().ok()?)))
        }
        None => None,
    };
    let part = Part { limit: ON_A_PAGE, after, before: None };
    let listed = accounts::list(app, &visit.viewer(), part).await?;
    let mut page = Page::new(&visit, "accounts-title");
    page.hide();
    let next = match &listed.next {
        Some((email, id)) => {
            let cursor = app.seal_cursor(name, &format!("{id} {email}"))?;
            Some(format!("{}?after={cursor}", page.to("accounts")))
        }
        None => None,
    };
    Ok(not_kept(render(&AccountsPage { page: &page, accounts: &listed.accounts, next })))
}

#[derive(Template)]
#[template(path = "administration/account.html")]
struct AccountPage<'a> {
    page: &'a Page,
    /// The account; none while it is made.
    account: Option<&'a Account>,
    form: &'a Form,
}

impl AccountPage<'_> {
    /// Whether links go to the person by mail.
    fn by_mail(&self) -> bool {
        self.page.app().settings().mail.is_some()
    }

    fn roles(&self) -> Vec<(String, String)> {
        let roles =
            [Role::NgoMember, Role::Officer, Role::Approver, Role::Secretariat, Role::Observer, Role::Admin];
        roles.map(|role| (role.code().to_owned(), self.page.word("role", role.code()))).to_vec()
    }

    fn organisations(&self) -> Vec<(String, String)> {
        let directory = self.page.app().directory();
        let all = directory.all().into_iter().filter(|one| one.active);
        let mut named: Vec<_> = all.map(|one| (one.code.clone(), self.page.organisation(&one.id))).collect();
        named.sort_by(|left, right| crate::format::in_order(self.page.lang(), &left.1, &right.1));
        named
    }

    /// The states that an administrator gives.
    fn states(&self) -> Vec<(String, String)> {
        let states = [AccountState::Active, AccountState::Disabled];
        states.map(|state| (state.code().to_owned(), self.page.word("account_state", state.code()))).to_vec()
    }

    fn action(&self) -> String {
        let path = self.account.map_or_else(|| "new".to_owned(), |account| account.id.to_string());
        self.page.to(format!("accounts/{path}"))
    }

    /// Whether a new password can be asked for in the person's stead.
    fn may_recover(&self) -> bool {
        self.account.is_some_and(|account| account.state == AccountState::Active)
    }

    fn waits(&self) -> bool {
        self.account.is_some_and(|account| account.state == AccountState::Invited)
    }
}

fn account_page(visit: &Visit, account: Option<&Account>, form: &Form) -> Response {
    let mut page = Page::new(visit, if account.is_some() { "accounts-one" } else { "accounts-new" });
    page.hide();
    render_form(&AccountPage { page: &page, account, form }, form)
}

/// Only administrators manage accounts; the use cases say the same.
fn only_administrators(visit: &Visit) -> Result<(), Failure> {
    if visit.actor()?.role == Role::Admin { Ok(()) } else { Err(Code::RoleRequired.into()) }
}

/// `GET /{language}/accounts/new`
pub(super) async fn begin(visit: Visit) -> Result<Response, Failure> {
    only_administrators(&visit)?;
    let form = Form::default().with("language", visit.language.tag());
    Ok(account_page(&visit, None, &form))
}

#[derive(Template)]
#[template(path = "administration/link.html")]
struct LinkPage<'a> {
    page: &'a Page,
    account: &'a Account,
    /// The link, where it is told here and nowhere else.
    link: Option<String>,
    delivery: Delivery,
    /// Whether it works only after a colleague has vouched.
    waits: bool,
}

impl LinkPage<'_> {
    /// What is to be done with the link, or became of it.
    fn about(&self) -> String {
        self.page.t(match (self.delivery, self.waits) {
            (Delivery::None, false) => "accounts-link_about",
            (Delivery::None, true) => "accounts-recovery_link_about",
            (Delivery::Sent, false) => "accounts-link_sent",
            (Delivery::Sent, true) => "accounts-recovery_link_sent",
            (Delivery::NotSent, _) => "accounts-link_not_sent",
        })
    }
}

/// The page that tells a one-time link, this once.
fn link_page(visit: &Visit, invitation: &Invitation, waits: bool) -> Response {
    let mut page = Page::new(visit, "accounts-link");
    page.hide();
    let delivery = invitation.delivery;
    let link = (delivery == Delivery::None).then(|| invitation.url(&visit.app().settings().public_url));
    not_kept(render(&LinkPage { page: &page, account: &invitation.account, link, delivery, waits }))
}

/// `POST /{language}/accounts/new`: makes an account and tells its one-time link.
pub(super) async fn create(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    only_administrators(&visit)?;
    let role = Role::from_code(form.text("role"));
    if role.is_none() {
        form.refuse("role", FieldCode::Required);
    }
    let Some(role) = role else { return Ok(account_page(&visit, None, &form)) };
    let new = NewAccount {
        email: form.text("email").to_owned(),
        name: form.text("name").to_owned(),
        organisation: form.text("organisation").to_owned(),
        role,
        language: form.text("language").parse().unwrap_or(Language::Russian),
    };
    let viewer = visit.viewer();
    let work = accounts::create(visit.app(), &viewer, new, form.retry());
    match form.once(&visit, work).await {
        Ok(Sent::Now(invitation)) => Ok(link_page(&visit, &invitation, false)),
        // The link is told once: the page of the account makes another where that one was lost.
        Ok(Sent::Before(before)) => Ok(to_account(&visit, named_in(&before, "users")?)),
        Err(error) => {
            form.take(error)?;
            Ok(account_page(&visit, None, &form))
        }
    }
}

/// To an account that was made when the form came before.
fn to_account(visit: &Visit, account: UserId) -> Response {
    Redirect::to(&format!("{}?done=account_made", visit.to(&format!("accounts/{account}")))).into_response()
}

async fn find(visit: &Visit, account: &str) -> Result<Account, Failure> {
    visit.actor()?;
    let id: UserId = account.parse().map_err(|_| Code::NotFound)?;
    Ok(accounts::get(visit.app(), &visit.viewer(), id).await?)
}

/// `GET /{language}/accounts/{account}`
pub(super) async fn show(visit: Visit, Path(account): Path<String>) -> Result<Response, Failure> {
    let account = find(&visit, &account).await?;
    let values = [
        ("name", account.name.clone()),
        ("role", account.role.code().to_owned()),
        ("state", account.state.code().to_owned()),
        ("etag", accounts::etag(visit.app(), &account)),
    ];
    let form = Form::of(values.map(|(name, value)| (name.to_owned(), value)));
    Ok(account_page(&visit, Some(&account), &form))
}

/// `POST /{language}/accounts/{account}`
pub(super) async fn change(
    visit: Visit,
    Path(account): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let account = find(&visit, &account).await?;
    let state = AccountState::from_code(form.text("state"));
    let changes = AccountChanges {
        name: Some(form.text("name").to_owned()),
        role: Role::from_code(form.text("role")),
        state: state.filter(|state| *state != AccountState::Invited),
    };
    let condition = Some(form.condition());
    match accounts::change(visit.app(), &visit.viewer(), account.id, changes, condition).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=saved", visit.to("accounts"))).into_response()),
        Err(error) => {
            form.take(error)?;
            Ok(account_page(&visit, Some(&account), &form))
        }
    }
}

/// `POST /{language}/accounts/{account}/link`: a new one-time link, where the first one was lost.
pub(super) async fn new_link(
    visit: Visit,
    Path(account): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    let account = find(&visit, &account).await?;
    let viewer = visit.viewer();
    let work = accounts::new_link(visit.app(), &viewer, account.id, form.retry());
    match form.once(&visit, work).await {
        Ok(Sent::Now(invitation)) => Ok(link_page(&visit, &invitation, false)),
        Ok(Sent::Before(_)) => Ok(to_account(&visit, account.id)),
        Err(AppError::Refused(code)) => Err(code.into()),
        Err(error) => Err(error.into()),
    }
}

/// `POST /{language}/accounts/{account}/recovery`: a link for whoever lost the password, which a colleague makes good.
pub(super) async fn ask_for_recovery(
    visit: Visit,
    Path(account): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    let account = find(&visit, &account).await?;
    let viewer = visit.viewer();
    let work = accounts::ask_for_recovery(visit.app(), &viewer, account.id, form.retry());
    match form.once(&visit, work).await? {
        Sent::Now(invitation) => Ok(link_page(&visit, &invitation, true)),
        Sent::Before(_) => Ok(to_account(&visit, account.id)),
    }
}
