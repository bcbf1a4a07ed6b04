//! Questions to the viewer's organisation that wait for its word: those put to whoever filed an item.

use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::Content;
use qadam_domain::items::questions::{Asked, Passing};
use qadam_domain::levels::may_see_own;
use qadam_storage::items::{self as stored, Key, Scope};

use super::{answers, questions};
use crate::application::App;
use crate::error::{AppError, Code};
use crate::items::contributions::ContributionView;
use crate::items::view::ItemView;

/// On how many items questions are looked for: those about which something was asked last.
const ITEMS_MAX: u64 = 20;

/// A question that waits, with its item.
#[derive(Debug, Clone)]
pub struct AskedOfMine {
    /// The item.
    pub item: ItemView,
    /// The question.
    pub question: ContributionView,
}

/// The questions on what the viewer's organisation filed that it has not answered, of the twenty items about which
/// something was asked last.
pub async fn questions_to_mine(app: &App, viewer: &Viewer) -> Result<Vec<AskedOfMine>, AppError> {
    let actor = viewer.actor().ok_or(Code::Unauthenticated)?;
    if !may_see_own(actor.role, actor.confirmed) {
        return Ok(Vec::new());
    }
    let reader = app.store.read();
    let scope = Scope::visible_to(*viewer);
    let ids = stored::asked_about(&reader, scope, actor.organisation, ITEMS_MAX).await?;
    let items = stored::find_many(&reader, scope, &ids).await?;
    let mut waiting = Vec::new();
    for view in ItemView::load_all(app, &reader, viewer, items).await? {
        waiting.extend(on_item(app, viewer, actor, &view).await?);
    }
    waiting.sort_by_key(|one| (one.question.contribution.recorded_on, one.question.contribution.id));
    Ok(waiting)
}

async fn on_item(
    app: &App,
    viewer: &Viewer,
    actor: &Actor,
    view: &ItemView,
) -> Result<Vec<AskedOfMine>, AppError> {
    let key = Key::Id(view.item.id);
    let answered: Vec<ContributionId> = answers(app, viewer, key)
        .await?
        .into_iter()
        .filter_map(|answer| match answer.contribution.content {
            // What others who filed it answer is known once it was passed on.
            Content::Answer(said)
                if answer.contribution.organisation == Some(actor.organisation)
                    || said.said.passing == Passing::PassedOn =>
            {
                Some(said.question)
            }
            _ => None,
        })
        .collect();
    let waits = |question: &ContributionView| match &question.contribution.content {
        Content::Question(asked) => {
            asked.to == Asked::Submitter
                && asked.said.passing == Passing::PassedOn
                && !answered.contains(&question.contribution.id)
        }
        _ => false,
    };
    let asked = questions(app, viewer, key).await?.into_iter().filter(waits);
    Ok(asked.map(|question| AskedOfMine { item: view.clone(), question }).collect())
}
