//! Questions about an item, their answers, and the secretariat that passes both on.

mod to_answer;

pub use to_answer::{AskedOfMine, questions_to_mine};

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind, Readership, Sight};
use qadam_domain::items::questions::{
    Answer, Askable, Asked, Asker, Passing, Question, Said, Unasked, asked, passed_on,
};
use qadam_domain::items::{Item, Kind, Owner};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use qadam_domain::policy::{Action, ContributorFacts};
use qadam_storage::items::Key;
use serde_json::Value;

use super::assessments::sight;
use super::contributions::{Adding, Addition, Continuation, ContributionView, contributions};
use super::editing::Editing;
use super::record::language_map;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};

/// A question as named by a caller.
#[derive(Debug, Clone)]
pub struct QuestionInput {
    /// Who is asked; the secretariat says it, for others it follows.
    pub to: Option<Asked>,
    /// What is asked.
    pub text: LanguageMap,
    /// Who reads it (civil society); without it, whoever reads the item.
    pub text_level: Option<Level>,
    /// Who reads who asked (civil society); without it, as with what the organisation filed there, and its own where it
    /// filed nothing.
    pub identity_level: Option<Level>,
}

/// An answer as named by a caller.
#[derive(Debug, Clone)]
pub struct AnswerInput {
    /// The question.
    pub question: ContributionId,
    /// What is answered.
    pub text: LanguageMap,
    /// Who reads who answered (submitters); without it, who reads who filed the item.
    pub identity_level: Option<Level>,
}

/// Whether something is passed on, as decided by the secretariat.
#[derive(Debug, Clone)]
pub struct PassingInput {
    /// Whether it is.
    pub passed_on: bool,
    /// Why not.
    pub reason: LanguageMap,
}

/// What becomes of a question.
#[derive(Debug, Clone)]
pub struct QuestionPassing(pub PassingInput);

/// What becomes of an answer.
#[derive(Debug, Clone)]
pub struct AnswerPassing(pub PassingInput);

/// The questions on an item that the viewer may read, oldest first; at most 1,000.
pub async fn questions(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<ContributionView>, AppError> {
    Ok(contributions(app, viewer, key, &[ContributionKind::Question]).await?.1)
}

/// The answers to questions on an item that the viewer may read, oldest first; at most 1,000.
pub async fn answers(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<ContributionView>, AppError> {
    Ok(contributions(app, viewer, key, &[ContributionKind::Answer]).await?.1)
}

impl Addition for QuestionInput {
    const KIND: ContributionKind = ContributionKind::Question;
    const PATH: &'static str = "questions";
    const ACTION: &'static str = "question.asked";

    fn prepare(self, adding: &Adding<'_>) -> Result<Contribution, AppError> {
        let editing = adding.editing;
        let asker = asker(&editing.viewer(), &editing.before);
        let to = asked(asker, self.to, askable(&editing.before)).map_err(|refusal| match refusal {
            Unasked::NotNamed => AppError::field("/to", FieldCode::Required),
            Unasked::NotTheirs => AppError::field("/to", FieldCode::NotAllowed),
            Unasked::Nobody => Code::NobodyToAsk.into(),
        })?;
        let wanted = sight(editing, self.text_level, self.identity_level)?;
        // Who is asked must be able to read it.
        if wanted.text_on(editing.before.text_level) < Level::Addressed && to == Asked::Owner {
            return Err(AppError::field("/text_level", FieldCode::NotAllowed));
        }
        let (said, until_then) = match asker {
            Asker::Secretariat => Said::directly(self.text, wanted),
            Asker::Owner | Asker::Apart => Said::waiting(self.text, wanted),
        };
        Ok(editing.contribution(Content::Question(Question { to, said }), until_then))
    }
}

impl Addition for AnswerInput {
    const KIND: ContributionKind = ContributionKind::Answer;
    const PATH: &'static str = "answers";
    const ACTION: &'static str = "answer.given";

    fn about(&self) -> Option<ContributionId> {
        Some(self.question)
    }

    fn prepare(self, adding: &Adding<'_>) -> Result<Contribution, AppError> {
        let editing = adding.editing;
        let (question, asked) =
            question_of(adding).ok_or_else(|| AppError::field("/question", FieldCode::UnknownReference))?;
        let is_asked = match asked.to {
            Asked::Owner => editing.owns(),
            Asked::Submitter => editing.before.filed_by.contains(&editing.actor.organisation),
        };
        if !is_asked {
            return Err(Code::RoleRequired.into());
        }
        if asked.said.passing != Passing::PassedOn {
            return Err(AppError::field("/question", FieldCode::NotAllowed));
        }
        let wanted = answer_sight(editing, question, self.identity_level)?;
        let (said, until_then) = Said::waiting(self.text, wanted);
        let answer = Answer { question: self.question, said };
        Ok(editing.contribution(Content::Answer(answer), until_then))
    }
}

impl Continuation for QuestionPassing {
    const KIND: ContributionKind = ContributionKind::Question;
    const PATH: &'static str = "questions";

    fn action(_facts: ContributorFacts) -> Action {
        Action::PassOn
    }

    fn apply(
        self,
        _adding: &Adding<'_>,
        before: &Contribution,
    ) -> Result<(Contribution, &'static str, Value), AppError> {
        let mut after = before.clone();
        let Content::Question(question) = &mut after.content else { return Err(AppError::NotFound) };
        let reason = decide(&mut question.said, &self.0)?;
        if self.0.passed_on {
            after.sight = question.said.wanted;
        }
        let action = if self.0.passed_on { "question.passed_on" } else { "question.not_passed_on" };
        Ok((after, action, reason))
    }
}

impl Continuation for AnswerPassing {
    const KIND: ContributionKind = ContributionKind::Answer;
    const PATH: &'static str = "answers";

    fn action(_facts: ContributorFacts) -> Action {
        Action::PassOn
    }

    fn about(before: &Contribution) -> Option<ContributionId> {
        match &before.content {
            Content::Answer(answer) => Some(answer.question),
            _ => None,
        }
    }

    fn apply(
        self,
        adding: &Adding<'_>,
        before: &Contribution,
    ) -> Result<(Contribution, &'static str, Value), AppError> {
        let mut after = before.clone();
        let Content::Answer(answer) = &mut after.content else { return Err(AppError::NotFound) };
        let reason = decide(&mut answer.said, &self.0)?;
        if self.0.passed_on {
            let item = &adding.editing.before;
            let (question, _) = question_of(adding).ok_or(AppError::NotFound)?;
            let filed = before.organisation.is_some_and(|organisation| item.filed_by.contains(&organisation));
            let asked_at = question.sight.text_on(item.text_level);
            after.sight = passed_on(answer.said.wanted, asked_at, filed.then_some(item.identity_level));
            // Whoever asked reads the answer, at whatever level the question stands. The secretariat reads it by its
            // level, and the rest of its body does not.
            let heard_by = question.organisation.filter(|_| question.role != Role::Secretariat);
            after.readership = Readership { heard_by, ..after.readership };
        }
        let action = if self.0.passed_on { "answer.passed_on" } else { "answer.not_passed_on" };
        Ok((after, action, reason))
    }
}

impl Editing<'_> {
    /// Whether the actor speaks for a body that owns the item.
    fn owns(&self) -> bool {
        self.actor.role.speaks_for_body() && self.facts.owners.contains(&self.actor.organisation)
    }
}

/// As what somebody asks about an item.
fn asker(viewer: &Viewer, item: &Item) -> Asker {
    let owns = |actor: &Actor| {
        let is_own = |owner: &Owner| owner.organisation == actor.organisation;
        actor.role.speaks_for_body() && item.owners.iter().any(is_own)
    };
    match viewer.actor() {
        Some(actor) if owns(actor) => Asker::Owner,
        Some(actor) if actor.role == Role::Secretariat => Asker::Secretariat,
        _ => Asker::Apart,
    }
}

/// Whether there is anybody whom the viewer would ask about an item.
pub(super) fn has_somebody_to_ask(viewer: &Viewer, item: &Item) -> bool {
    let asker = asker(viewer, item);
    Asked::ALL.iter().any(|to| asked(asker, Some(*to), askable(item)).is_ok())
}

fn askable(item: &Item) -> Askable {
    Askable {
        submitter: item.kind == Kind::Proposal && !item.filed_by.is_empty(),
        owner: !item.owners.is_empty() && item.text_level >= Level::Addressed,
    }
}

/// The question that an answer is about, if the actor reads it.
fn question_of<'a>(adding: &'a Adding<'_>) -> Option<(&'a Contribution, &'a Question)> {
    let about = adding.about.as_ref()?;
    match &about.content {
        Content::Question(question) => Some((about, question)),
        _ => None,
    }
}

/// Who will read an answer: those who read its question. Who filed the item is known to no more by answering.
fn answer_sight(
    editing: &Editing<'_>,
    question: &Contribution,
    named: Option<Level>,
) -> Result<Sight, AppError> {
    let item = &editing.before;
    let text = question.sight.text_on(item.text_level);
    if editing.actor.role != Role::NgoMember {
        return match (named, question.sight) {
            (Some(_), _) => Err(AppError::field("/identity_level", FieldCode::NotAllowed)),
            (None, Sight::AsItem) => Ok(Sight::AsItem),
            (None, Sight::Levels { .. }) => Ok(Sight::Levels { text, identity: text }),
        };
    }
    let identity = named.unwrap_or_else(|| item.identity_level.min(text));
    if identity > item.identity_level {
        return Err(AppError::field("/identity_level", FieldCode::NotAllowed));
    }
    if identity > text {
        return Err(AppError::field("/identity_level", FieldCode::Contradiction));
    }
    Ok(Sight::Levels { text, identity })
}

/// Decides, once, whether something is passed on. Gives the reason as the ledger keeps it.
fn decide(said: &mut Said, input: &PassingInput) -> Result<Value, AppError> {
    match (input.passed_on, input.reason.is_empty()) {
        (true, false) => return Err(AppError::field("/reason", FieldCode::NotAllowed)),
        (false, true) => return Err(AppError::field("/reason", FieldCode::Required)),
        _ => {}
    }
    if said.passing != Passing::Waiting {
        return Err(Code::AlreadyDecided.into());
    }
    said.passing = if input.passed_on { Passing::PassedOn } else { Passing::NotPassedOn };
    said.refusal = input.reason.clone();
    Ok(if input.passed_on { Value::Null } else { language_map(&input.reason) })
}
