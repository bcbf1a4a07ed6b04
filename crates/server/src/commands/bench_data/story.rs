//! An item from its record to its last entry: three entries each, as moves and revised deadlines make them.

use chrono::{Days, NaiveDate};
use qadam_app::AppError;
use qadam_app::items::{
    self, DeadlineRevisionInput, DueInput, Key, NewItem, OwnerInput, RecordedItem, StatusChangeInput,
};
use qadam_domain::calendar::{AsOf, Precision};
use qadam_domain::items::{Kind, OwnerRole, Source, Status};

use super::Recorder;
use super::cast::{Cast, document};
use super::dice::Dice;
use super::texts::Texts;

/// What happens to an item after it was recorded.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Its lead moves it.
    Lead(Status),
    /// The secretariat moves it.
    Secretariat(Status),
    /// The secretariat passes a closed one to its lead again.
    Reopen,
    /// Its lead revises its deadline.
    Revise,
}

/// A way that items go.
#[derive(Debug, Clone, Copy)]
struct Story {
    kind: Kind,
    recorded: Status,
    steps: [Step; 2],
}

const fn story(kind: Kind, recorded: Status, steps: [Step; 2]) -> Story {
    Story { kind, recorded, steps }
}

/// As a register looks after some years: more commitments than proposals, most of them under way.
const STORIES: [Story; 8] = [
    story(Kind::Commitment, Status::Announced, [Step::Lead(Status::Planned), Step::Lead(Status::InProgress)]),
    story(Kind::Commitment, Status::Announced, [Step::Lead(Status::Planned), Step::Revise]),
    story(Kind::Commitment, Status::Planned, [Step::Lead(Status::InProgress), Step::Revise]),
    story(Kind::Commitment, Status::InProgress, [Step::Revise, Step::Revise]),
    story(
        Kind::Recommendation,
        Status::Registered,
        [Step::Lead(Status::Planned), Step::Lead(Status::InProgress)],
    ),
    story(Kind::Recommendation, Status::Registered, [Step::Lead(Status::Planned), Step::Revise]),
    story(
        Kind::Proposal,
        Status::UnderReview,
        [Step::Lead(Status::Accepted), Step::Secretariat(Status::Closed)],
    ),
    story(Kind::Proposal, Status::Accepted, [Step::Secretariat(Status::Closed), Step::Reopen]),
];

/// Records an item and takes it through its story.
pub(super) async fn tell(app: &Recorder, cast: &Cast, texts: &Texts, dice: &Dice) -> Result<(), AppError> {
    let (Some(&story), Some((lead, officer))) = (dice.pick(&STORIES), dice.pick(&cast.leads)) else {
        return Ok(());
    };
    let recorded = recorded(app, cast, texts, dice, story, lead);
    let view = items::record_from_document(app, &cast.secretariat, recorded, None).await?;
    let key = Key::Id(view.item.id);
    let mut stands = view.item.due.map(|due| due.on);
    for step in story.steps {
        let (viewer, to) = match step {
            Step::Lead(to) => (officer, to),
            Step::Secretariat(to) => (&cast.secretariat, to),
            Step::Reopen => (&cast.secretariat, Status::UnderReview),
            Step::Revise => {
                let due = another_due(app.today(), dice, stands);
                stands = Some(due.on);
                let input = DeadlineRevisionInput { due: Some(due), reason: texts.title(dice) };
                items::revise_deadline(app, officer, key, None, input, None).await?;
                continue;
            }
        };
        let mut input = StatusChangeInput::to(to);
        match to {
            Status::Planned => {
                let due = another_due(app.today(), dice, stands);
                stands = Some(due.on);
                input.due = Some(due);
            }
            Status::Accepted => input.answer = Some((texts.summary(dice), None)),
            Status::UnderReview => {
                input.lead = Some(lead.clone());
                input.reason = texts.title(dice);
            }
            _ => {}
        }
        items::change_status(app, viewer, key, None, input, None).await?;
    }
    Ok(())
}

fn recorded(
    app: &Recorder,
    cast: &Cast,
    texts: &Texts,
    dice: &Dice,
    story: Story,
    lead: &str,
) -> RecordedItem {
    let on = app.today().checked_sub_days(Days::new(days(dice, 3_000))).unwrap_or_default();
    RecordedItem {
        new: new_item(cast, texts, dice, story, lead, app.today()),
        recorded_from: document(),
        status: story.recorded,
        as_of: AsOf { on, precision: Precision::Day },
        closing_result: None,
        answer: None,
        filed_by: None,
        filed_on: (story.kind == Kind::Proposal).then_some(AsOf { on, precision: Precision::Day }),
        translations: None,
        meeting: dice.pick(&cast.meetings).copied().filter(|_| story.kind == Kind::Commitment),
        evidence: Vec::new(),
    }
}

fn new_item(cast: &Cast, texts: &Texts, dice: &Dice, story: Story, lead: &str, today: NaiveDate) -> NewItem {
    let proposal = story.kind == Kind::Proposal;
    let begun = matches!(story.recorded, Status::Planned | Status::InProgress);
    let mut owners = vec![owner(lead, OwnerRole::Lead)];
    if let Some((other, _)) = dice.pick(&cast.leads).filter(|(other, _)| other != lead && dice.below(2) == 0)
    {
        owners.push(owner(other, OwnerRole::Co));
    }
    NewItem {
        summary: texts.summary(dice),
        grounds: if proposal { texts.summary(dice) } else { qadam_domain::language::LanguageMap::default() },
        themes: dice.some(&cast.themes, 1 + dice.below(3)),
        legal_refs: dice.some(&cast.legal_refs, dice.below(3)),
        groups: dice.some(&cast.groups, dice.below(2)),
        owners,
        due: begun.then(|| due(today, dice)),
        source: Source {
            quote: (story.recorded == Status::Announced).then(|| "As said at the meeting.".to_owned()),
            ..Source::default()
        },
        ..NewItem::new(story.kind, texts.title(dice))
    }
}

fn owner(code: &str, role: OwnerRole) -> OwnerInput {
    OwnerInput { organisation: code.to_owned(), role, by_agreement: None }
}

/// A day within three years before and after today: a third of what is under way is overdue.
fn due(today: NaiveDate, dice: &Dice) -> DueInput {
    let earliest = today.checked_sub_days(Days::new(700)).unwrap_or(today);
    let on = earliest.checked_add_days(Days::new(days(dice, 2_100))).unwrap_or(today);
    DueInput { on, precision: Precision::Day }
}

/// The same, and not the day that stands: what changes nothing is no revision.
fn another_due(today: NaiveDate, dice: &Dice, stands: Option<NaiveDate>) -> DueInput {
    let due = due(today, dice);
    let later = due.on.succ_opt().filter(|_| stands == Some(due.on));
    DueInput { on: later.unwrap_or(due.on), ..due }
}

fn days(dice: &Dice, below: usize) -> u64 {
    u64::try_from(dice.below(below)).unwrap_or_default()
}
