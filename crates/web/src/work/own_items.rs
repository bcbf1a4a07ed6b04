//! Lists of items that an account comes for.

use askama::Template;
use axum::response::Response;
use qadam_app::items::{self, AskedOfMine, InvitedTo};
use qadam_domain::accounts::{Actor, Role};
use qadam_domain::items::contributions::Content;
use qadam_domain::language::LanguageMap;

use crate::account::{Told, unseen};
use crate::failure::Failure;
use crate::items::{ShortList, short_list};
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::translations::{LanguageRow, to_do};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "work/own_items.html")]
struct OwnItemsPage<'a> {
    page: &'a Page,
    lists: Vec<ShortList>,
    /// Questions that wait for the organisation's answer.
    questions: Vec<AskedOfMine>,
    /// What happened that the account was told and has not read.
    news: Vec<Told>,
    /// How much there is to do on texts in each language.
    languages: Vec<LanguageRow>,
    /// What the organisation is invited to file with others.
    invitations: Vec<InvitedTo>,
}

/// How much of what happened is shown; the rest is one click away.
const NEWS: u64 = 10;

/// What the organisation of the account answers for or filed.
pub(super) async fn show(visit: &Visit, actor: &Actor) -> Result<Response, Failure> {
    let page = Page::new(visit, "work-title");
    let own = visit.app().directory().code(actor.organisation).to_owned();
    let mut lists = Vec::new();
    for (name, parameters) in asked(actor.role, &own) {
        lists.push(short_list(visit, &page, name, &parameters).await?);
    }
    let (mut questions, mut news, mut languages) = (Vec::new(), Vec::new(), Vec::new());
    match actor.role {
        Role::NgoMember => {
            questions = items::questions_to_mine(visit.app(), &visit.viewer()).await?;
            news = unseen(visit, &page, NEWS).await?;
        }
        Role::Secretariat => languages = to_do(visit, &page).await?,
        _ => {}
    }
    let invitations = items::invitations_of_mine(visit.app(), &visit.viewer()).await?;
    Ok(not_kept(render(&OwnItemsPage { page: &page, lists, questions, news, languages, invitations })))
}

#[expect(clippy::unused_self, reason = "templates call methods of what they show")]
impl OwnItemsPage<'_> {
    /// What is asked.
    fn asked<'a>(&self, waiting: &'a AskedOfMine) -> Option<&'a LanguageMap> {
        match &waiting.question.contribution.content {
            Content::Question(question) => Some(&question.said.text),
            _ => None,
        }
    }

    fn to_answer(&self) -> String {
        self.page.number(&(self.questions.len() as u64))
    }
}

type Lists<'a> = Vec<(&'static str, Vec<(&'static str, &'a str)>)>;

/// The lists that somebody with a role comes for.
fn asked(role: Role, own: &str) -> Lists<'_> {
    match role {
        Role::NgoMember => vec![
            ("work-drafts", vec![("organisation", own), ("status", "draft,returned")]),
            ("work-filed", vec![("organisation", own), ("kind", "proposal"), ("sort", "-updated_at")]),
            ("work-disagreement", vec![("disagreement", "true"), ("sort", "-updated_at")]),
        ],
        Role::Secretariat => vec![
            ("work-submitted", vec![("status", "submitted"), ("sort", "filed_on")]),
            ("work-overdue_all", vec![("overdue", "true"), ("sort", "due_on")]),
            ("work-reported_done", vec![("status", "reported_done")]),
        ],
        _ => vec![("work-changed", vec![("sort", "-updated_at")])],
    }
}
