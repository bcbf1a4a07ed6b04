//! `/{language}/items/{item}/co-filing`: who files a proposal together: inviting organisations, taking an invitation back, and
//! leaving.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::AppError;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, Invitation, ItemView, Key, Possibilities, Possibility};
use qadam_domain::ids::EventId;
use qadam_domain::organisations::OrganisationKind;

use crate::failure::Failure;
use crate::form::Form;
use crate::items::offered::{form_page, found};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "filing/together.html")]
struct TogetherPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    can: &'a Possibilities,
    invitations: &'a [Invitation],
}

impl TogetherPage<'_> {
    fn path(&self) -> String {
        path(self.page, self.view)
    }

    fn invites(&self) -> bool {
        self.can.has(Possibility::InviteToFile)
    }

    /// Whether somebody is left who files it.
    fn leaves(&self) -> bool {
        self.view.item.filed_by.len() > 1
    }

    /// The organisations of civil society that can be invited: code and name.
    fn others(&self) -> Vec<(String, String)> {
        let directory = self.page.app().directory();
        let item = &self.view.item;
        let all = directory.all().into_iter().filter(|one| {
            let is_invited = self.invitations.iter().any(|invitation| invitation.organisation == one.id);
            let is_fit = one.active && one.kind == OrganisationKind::CivilSociety;
            is_fit && !is_invited && !item.filed_by.contains(&one.id)
        });
        let mut named: Vec<_> = all.map(|one| (one.code.clone(), self.page.organisation(&one.id))).collect();
        named.sort_by(|left, right| crate::format::in_order(self.page.lang(), &left.1, &right.1));
        named
    }
}

fn path(page: &Page, view: &ItemView) -> String {
    format!("{}/co-filing", page.item_path(&view.item))
}

/// `GET /{language}/items/{item}/co-filing`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, can) = found(&visit, &item).await?;
    page_of(&visit, (&view, &can), &Form::default()).await
}

async fn page_of(
    visit: &Visit,
    (view, can): (&ItemView, &Possibilities),
    form: &Form,
) -> Result<Response, Failure> {
    let invitations = items::invitations(visit.app(), &visit.viewer(), Key::Id(view.item.id)).await?;
    let page = form_page(visit, "co_filing-title");
    Ok(render_form(&TogetherPage { page: &page, view, form, can, invitations: &invitations }, form))
}

/// `POST /{language}/items/{item}/co-filing`: what is done is named by the button.
pub(super) async fn make(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, can) = found(&visit, &item).await?;
    match act(&visit, &view, &mut form).await {
        Ok(Some(to)) => Ok(Redirect::to(&to).into_response()),
        Ok(None) => page_of(&visit, (&view, &can), &form).await,
        Err(error) => {
            form.take(error)?;
            page_of(&visit, (&view, &can), &form).await
        }
    }
}

/// Does what the form asks for. Says where to go then; nothing where something is missing.
async fn act(visit: &Visit, view: &ItemView, form: &mut Form) -> Result<Option<String>, AppError> {
    let (app, viewer, key) = (visit.app(), visit.viewer(), Key::Id(view.item.id));
    let path = path(&Page::new(visit, "items-title"), view);
    if form.has("act", "leave") {
        items::leave_co_filing(app, &viewer, key).await?;
        return Ok(Some(format!("{}?done=co_filing_left", visit.to("work"))));
    }
    if let Ok(id) = form.text("withdraw").parse::<EventId>() {
        items::withdraw_invitation(app, &viewer, key, id).await?;
        return Ok(Some(format!("{path}?done=invitation_withdrawn")));
    }
    let organisation = form.text("organisation").to_owned();
    if organisation.is_empty() {
        form.refuse("organisation", FieldCode::Required);
        return Ok(None);
    }
    let work = items::invite_to_file(app, &viewer, key, organisation, form.retry());
    form.once(visit, work).await?;
    Ok(Some(format!("{path}?done=invited")))
}
