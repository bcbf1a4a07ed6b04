//! Objections: read by the secretariat and by the organisations that raised them, answered by the secretariat.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ObjectionId;
use qadam_domain::language::LanguageMap;
use qadam_domain::meetings::objections::{Objection, ObjectionAnswer, ObjectionOutcome};
use qadam_domain::meetings::{Meeting, ProtocolState};
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::meetings::{self as stored, Key, ObjectionCursor, ObjectionPage};
use qadam_storage::{Db, Tx};
use serde_json::{Map, Value, json};

use super::circulated::facts;
use super::read::find;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::items::record::language_map;
use crate::ledger::{Act, AuthoredEntry, enter_authored};
use crate::paging::{Cut, Read};
use crate::precondition::IfMatch;
use crate::record_difference::changed_members;

/// An objection as one viewer sees it.
#[derive(Debug, Clone)]
pub struct ObjectionView {
    /// The objection.
    pub objection: Objection,
    /// The number of the decision it is about, where that is in the protocol still.
    pub decision_number: Option<i32>,
    /// Whether the viewer learns which organisation raised it.
    pub shows_author: bool,
    /// Its validator.
    pub etag: String,
}

impl ObjectionView {
    pub(super) fn new(app: &App, viewer: &Viewer, meeting: &Meeting, objection: Objection) -> Self {
        // What a draft was changed to is the secretariat's until it is circulated again.
        let reads = meeting.protocol != ProtocolState::Draft || viewer.is_secretariat();
        let about = meeting.decisions.iter().find(|one| reads && Some(one.id) == objection.decision);
        Self {
            decision_number: about.map(|decision| decision.number),
            shows_author: objection.names_its_author_to(viewer),
            etag: etag(app, &objection),
            objection,
        }
    }
}

fn etag(app: &App, objection: &Objection) -> String {
    app.sealer.tag("objection etag", &[objection.id.0.as_bytes(), &objection.version.to_be_bytes()])
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct ListedObjections {
    /// The objections, oldest first.
    pub objections: Vec<ObjectionView>,
    /// Where the next page begins, if there is one.
    pub next: Option<ObjectionCursor>,
    /// Where the previous page ends, if there is one.
    pub previous: Option<ObjectionCursor>,
}

/// The objections to the protocol of a meeting: all of them for the secretariat, its own for an organisation that
/// took part.
pub async fn objections(
    app: &App,
    viewer: &Viewer,
    key: Key,
    page: &ObjectionPage,
) -> Result<ListedObjections, AppError> {
    let reader = app.store.read();
    let meeting = find(&reader, &key).await?;
    may(viewer, Action::ReadObjections, Subject::Protocol(facts(app, viewer, &meeting)))?;
    let of = viewer.actor().filter(|_| !viewer.is_secretariat()).map(|actor| actor.organisation);
    let rows = stored::objections(&reader, meeting.id, of, page).await?;
    let cut = Cut::new(rows, page.limit, Read::of(page.after.as_ref(), page.before.as_ref()));
    let view = |objection| ObjectionView::new(app, viewer, &meeting, objection);
    Ok(ListedObjections {
        objections: cut.rows.into_iter().map(view).collect(),
        next: cut.next,
        previous: cut.previous,
    })
}

/// One objection that the viewer reads.
pub async fn find_objection(
    app: &App,
    viewer: &Viewer,
    key: Key,
    id: ObjectionId,
) -> Result<ObjectionView, AppError> {
    let (meeting, objection) = visible(&app.store.read(), viewer, &key, id).await?;
    Ok(ObjectionView::new(app, viewer, &meeting, objection))
}

async fn visible(
    db: &impl Db,
    viewer: &Viewer,
    key: &Key,
    id: ObjectionId,
) -> Result<(Meeting, Objection), AppError> {
    let meeting = find(db, key).await?;
    let objection = stored::find_objection(db, id).await?;
    let objection = objection.filter(|found| found.meeting == meeting.id && found.is_read_by(viewer));
    Ok((meeting, objection.ok_or(AppError::NotFound)?))
}

/// An answer as named by a caller.
#[derive(Debug, Clone)]
pub struct ObjectionAnswerInput {
    /// What becomes of the objection.
    pub outcome: ObjectionOutcome,
    /// In words.
    pub text: LanguageMap,
}

/// Answers an objection. An answer can be put better until the protocol is approved.
pub async fn answer_objection(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    id: ObjectionId,
    condition: IfMatch,
    input: Result<ObjectionAnswerInput, AppError>,
) -> Result<ObjectionView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (meeting, objection) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let viewer = Viewer::Account(actor);
                let (meeting, before) = visible(tx, &viewer, &key, id).await?;
                if !condition.allows(&etag(&shared, &before)) {
                    return Err(Code::PreconditionFailed.into());
                }
                let subject = Subject::Protocol(facts(&shared, &viewer, &meeting));
                may(&viewer, Action::AnswerObjection, subject)?;
                // What is wrong with the fields comes last.
                let input = input?;
                let act = Act::of(&shared, Some(&actor));
                let mut after = before.clone();
                after.version += 1;
                after.answer =
                    Some(ObjectionAnswer { outcome: input.outcome, text: input.text, on: act.today });
                enter(&shared, tx, &act, Some(&before), &after).await?;
                stored::update_objection(tx, before.version, &after).await?;
                Ok::<_, AppError>((meeting, after))
            })
        })
        .await?;
    app.committed();
    Ok(ObjectionView::new(app, viewer, &meeting, objection))
}

/// Enters what is objected or answered for the secretariat; and who objects, once, for those who may know.
pub(super) async fn enter(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: Option<&Objection>,
    after: &Objection,
) -> Result<(), AppError> {
    let text = record(after);
    let author = before.is_none().then(|| {
        json!({
            "id": after.id.to_string(),
            "organisation": app.directory().code(after.organisation),
            "identity_level": after.identity_level.code(),
        })
    });
    let entry = AuthoredEntry {
        action: if before.is_none() { "objection.raised" } else { "objection.answered" },
        kind: "objection",
        id: after.id.to_string(),
        before: changed_members(before.map(record), Some(&text)),
        after: Value::Object(text),
        author: author.map(|author| (after.identity_level, author)),
    };
    enter_authored(app, tx, act, entry).await
}

/// What an objection says, and what was answered.
fn record(objection: &Objection) -> Map<String, Value> {
    let answer = objection.answer.as_ref();
    let value = json!({
        "id": objection.id.to_string(),
        "meeting": objection.meeting.to_string(),
        "decision": objection.decision.map(|id| id.to_string()),
        "text": language_map(&objection.text),
        "raised_on": objection.raised_on.to_string(),
        "outcome": answer.map(|answer| answer.outcome.code()),
        "answer": answer.map(|answer| language_map(&answer.text)),
        "answered_on": answer.map(|answer| answer.on.to_string()),
    });
    match value {
        Value::Object(record) => record,
        _ => Map::new(),
    }
}
