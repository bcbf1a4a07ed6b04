//! `/{language}/co-filing/{invitation}`: a proposal that the account's organisation is invited to file with others. It is read
//! here and nowhere else until the organisation joins, at the levels that it says.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::error::FieldCode;
use qadam_app::items::{self, InvitedTo};
use qadam_app::{AppError, Code};
use qadam_domain::ids::EventId;
use qadam_domain::items::co_filing::FilingLevels;
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;

use crate::failure::Failure;
use crate::form::{Form, Sent, named_in};
use crate::items::offered::{back, form_page};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "filing/invited.html")]
struct InvitedPage<'a> {
    page: &'a Page,
    form: &'a Form,
    to: &'a InvitedTo,
}

impl InvitedPage<'_> {
    fn path(&self) -> String {
        self.page.to(format!("co-filing/{}", self.to.invitation.id))
    }

    /// What it says: the name of each part and its text.
    fn texts(&self) -> Vec<(&'static str, &LanguageMap)> {
        let item = &self.to.item;
        let all = [
            ("field_name-summary", &item.summary),
            ("field_name-grounds", &item.grounds),
            ("field_name-expected_result", &item.expected_result),
        ];
        all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    fn text_level(&self) -> String {
        self.page.t(&format!("filing-text_{}", self.to.item.text_level.code()))
    }

    fn name_level(&self) -> String {
        self.page.t(&format!("filing-name_{}", self.to.item.identity_level.code()))
    }
}

/// The invitation; for others than those who are invited there is none.
async fn find(visit: &Visit, invitation: &str) -> Result<InvitedTo, Failure> {
    visit.actor()?;
    let id: EventId = invitation.parse().map_err(|_other| Code::NotFound)?;
    let mut all = items::invitations_of_mine(visit.app(), &visit.viewer()).await?.into_iter();
    all.find(|one| one.invitation.id == id).ok_or_else(|| Code::NotFound.into())
}

/// `GET /{language}/co-filing/{invitation}`
pub(super) async fn show(visit: Visit, Path(invitation): Path<String>) -> Result<Response, Failure> {
    let to = find(&visit, &invitation).await?;
    Ok(page_of(&visit, &to, &Form::default()))
}

fn page_of(visit: &Visit, to: &InvitedTo, form: &Form) -> Response {
    let mut page = form_page(visit, "invited-title");
    page.title = page.say("invited-title_of", "title", page.words(&to.item.title));
    render_form(&InvitedPage { page: &page, form, to }, form)
}

/// `POST /{language}/co-filing/{invitation}`: accepts or declines, as the button says.
pub(super) async fn answer(
    visit: Visit,
    Path(invitation): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    if let Some(before) = form.sent_before() {
        // The invitation is gone since.
        let item = items::Key::Id(named_in(before, "items")?);
        let view = items::get(visit.app(), &visit.viewer(), item).await?;
        return Ok(back(&Page::new(&visit, "items-title"), &view.item, "co_filed"));
    }
    let to = find(&visit, &invitation).await?;
    if form.has("act", "decline") {
        items::decline_invitation(visit.app(), &visit.viewer(), to.invitation.id).await?;
        let path = visit.to("work");
        return Ok(Redirect::to(&format!("{path}?done=invitation_declined")).into_response());
    }
    match accept(&visit, &to, &mut form).await {
        Ok(Some(item)) => Ok(back(&Page::new(&visit, "items-title"), &item.item, "co_filed")),
        Ok(None) => Ok(page_of(&visit, &to, &form)),
        Err(error) => {
            form.take(error)?;
            Ok(page_of(&visit, &to, &form))
        }
    }
}

/// Joins, at the levels that were shown; nothing where the organisation did not say that it agrees to them.
async fn accept(visit: &Visit, to: &InvitedTo, form: &mut Form) -> Result<Option<items::ItemView>, AppError> {
    let level = |name: &str| Level::from_code(form.text(name));
    let agreed = level("text_level").zip(level("identity_level"));
    if !form.has("agrees", "yes") {
        form.refuse("agrees", FieldCode::Required);
    }
    let Some((text, identity)) = agreed.filter(|_| !form.is_wrong()) else { return Ok(None) };
    let (app, viewer) = (visit.app(), visit.viewer());
    let levels = FilingLevels { text, identity };
    let work = items::accept_invitation(app, &viewer, to.invitation.id, levels, form.retry());
    match form.once(visit, work).await? {
        Sent::Now(view) => Ok(Some(view)),
        Sent::Before(_) => items::get(app, &viewer, items::Key::Id(to.item.id)).await.map(Some),
    }
}
