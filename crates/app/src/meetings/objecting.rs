//! A participant objects to a circulated protocol.

use std::sync::Arc;

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::{DecisionId, ObjectionId};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use qadam_domain::meetings::Meeting;
use qadam_domain::meetings::objections::Objection;
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::Tx;
use qadam_storage::meetings::{self as stored, Key};

use super::circulated::facts;
use super::objections::{ObjectionView, enter};
use super::read::find;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::idempotency::Retry;
use crate::ledger::Act;
use crate::random::uuid;

/// How many objections to one protocol an organisation raises at most.
const OBJECTIONS_MAX: u64 = 100;

/// An objection as named by a caller.
#[derive(Debug, Clone)]
pub struct ObjectionInput {
    /// The decision it is about; without one, the protocol as a whole.
    pub decision: Option<DecisionId>,
    /// What is objected.
    pub text: LanguageMap,
    /// Whether the secretariat learns the name. Without it, that of a civil-society organisation stays hidden.
    pub identity_level: Option<Level>,
}

/// Objects to a circulated protocol.
pub async fn object(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    input: Result<ObjectionInput, AppError>,
    retry: Option<Retry>,
) -> Result<ObjectionView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let id = ObjectionId(uuid(app.random.as_ref()));
    let (meeting, objection) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let meeting = find(tx, &key).await?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/meetings/{}/objections/{id}", meeting.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                let act = Act::of(&shared, Some(&actor));
                let subject = Subject::Protocol(facts(&shared, &Viewer::Account(actor), &meeting));
                may(&Viewer::Account(actor), Action::Object, subject)?;
                // What is wrong with the fields comes last.
                let objection = objection(tx, &act, &actor, &meeting, id, input?).await?;
                enter(&shared, tx, &act, None, &objection).await?;
                stored::insert_objection(tx, &objection).await?;
                Ok::<_, AppError>((meeting, objection))
            })
        })
        .await?;
    app.committed();
    Ok(ObjectionView::new(app, viewer, &meeting, objection))
}

async fn objection(
    tx: &Tx,
    act: &Act,
    actor: &Actor,
    meeting: &Meeting,
    id: ObjectionId,
    input: ObjectionInput,
) -> Result<Objection, AppError> {
    let mut errors = Vec::new();
    if input.decision.is_some_and(|named| meeting.decisions.iter().all(|decision| decision.id != named)) {
        errors.push(FieldError::new("/decision", FieldCode::UnknownReference));
    }
    let identity_level = identity_level(actor.role, input.identity_level);
    if identity_level.is_none() {
        errors.push(FieldError::new("/identity_level", FieldCode::NotAllowed));
    }
    if stored::count_objections(tx, meeting.id, actor.organisation).await? >= OBJECTIONS_MAX {
        errors.push(FieldError::new("/text", FieldCode::TooMany));
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    Ok(Objection {
        id,
        meeting: meeting.id,
        decision: input.decision,
        organisation: actor.organisation,
        role: actor.role,
        identity_level: identity_level.unwrap_or(Level::Own),
        text: input.text,
        raised_on: act.today,
        answer: None,
        version: 1,
    })
}

/// How far the name goes: of civil society no farther than it says, of bodies and observers to the secretariat.
fn identity_level(role: Role, wanted: Option<Level>) -> Option<Level> {
    match (role, wanted) {
        (Role::NgoMember, None) => Some(Level::Own),
        (Role::NgoMember, Some(level)) => (level <= Level::Secretariat).then_some(level),
        (_, None | Some(Level::Secretariat)) => Some(Level::Secretariat),
        (_, Some(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_civil_society_goes_no_farther_than_it_says_and_that_of_bodies_to_the_secretariat() {
        let (own, secretariat) = (Some(Level::Own), Some(Level::Secretariat));
        for (role, wanted, found) in [
            (Role::NgoMember, None, own),
            (Role::NgoMember, own, own),
            (Role::NgoMember, secretariat, secretariat),
            (Role::NgoMember, Some(Level::Members), None),
            (Role::NgoMember, Some(Level::Public), None),
            (Role::Officer, None, secretariat),
            (Role::Observer, secretariat, secretariat),
            (Role::Approver, own, None),
            (Role::Officer, Some(Level::Public), None),
        ] {
            assert_eq!(identity_level(role, wanted), found, "{role:?} {wanted:?}");
        }
    }
}
