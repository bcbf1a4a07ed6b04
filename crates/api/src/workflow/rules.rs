//! The domain's tables as JSON, every code with its name in three languages.

use qadam_domain::items::fields::{self, Field, FieldRule};
use qadam_domain::items::moves::{self, Move, Mover, Need};
use qadam_domain::items::{ClosingResult, Kind, Status};
use qadam_domain::levels::{Axis, Level, Relation};
use qadam_http::language_map::{in_all_languages, label};
use serde::Serialize;
use utoipa::ToSchema;

use crate::values::{KindWord, LanguageMapView, LevelWord, StatusWord};

/// The rules of the register.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Workflow {
    /// The kinds of item with their statuses.
    kinds: Vec<KindRules>,
    /// Every move of a status there is.
    moves: Vec<MoveRule>,
    /// What a move may need.
    needs: Vec<Named>,
    /// Who makes moves and edits fields, by their part in the item.
    movers: Vec<Named>,
    /// Every edit of a field there is.
    fields: Vec<FieldRules>,
    /// The groups of fields.
    item_fields: Vec<Named>,
    /// With what results items are closed.
    closing_results: Vec<Named>,
    /// How widely something is read, narrow to wide.
    levels: Vec<Named>,
    /// What a level is about.
    axes: Vec<Named>,
    /// Who reads what, the weakest relation first; the strongest that holds applies.
    readers: Vec<Reader>,
    /// What is said in place of a name that is hidden: one phrase for all.
    hidden_filer: LanguageMapView,
}

/// A code with its name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NamedCode)]
pub(crate) struct Named {
    /// The code.
    code: &'static str,
    /// What people read.
    name: LanguageMapView,
}

/// A kind of item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindRules {
    /// Its code.
    code: KindWord,
    /// What people read.
    name: LanguageMapView,
    /// The letter that its refs begin with.
    #[schema(value_type = String, example = "C")]
    letter: char,
    /// Its statuses, in the order of its life.
    statuses: Vec<StatusRules>,
}

/// A status of a kind of item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatusRules {
    /// Its code.
    code: StatusWord,
    /// What people read.
    name: LanguageMapView,
    /// Whether something is still owed.
    open: bool,
    /// Whether a deadline in the past makes the item overdue.
    deadline_runs: bool,
    /// Whether exactly one lead body stands on the item.
    needs_lead: bool,
}

/// A move: from any of `from` to `to`, by any of `by`, with all of `needs`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MoveRule {
    /// The kind of item.
    kind: KindWord,
    /// The statuses it starts from.
    from: Vec<StatusWord>,
    /// The status it leads to.
    to: StatusWord,
    /// Codes of who may make it.
    #[schema(example = json!(["secretariat"]))]
    by: Vec<&'static str>,
    /// Codes of what it needs.
    #[schema(example = json!(["lead", "consent"]))]
    needs: Vec<&'static str>,
}

/// An edit: any of `fields` in any of `statuses`, by any of `by`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldRules {
    /// The kind of item.
    kind: KindWord,
    /// Codes of the groups of fields.
    #[schema(example = json!(["text", "translation"]))]
    fields: Vec<&'static str>,
    /// The statuses.
    statuses: Vec<StatusWord>,
    /// Codes of who may edit them.
    #[schema(example = json!(["submitter"]))]
    by: Vec<&'static str>,
}

/// What somebody may be to an item, and what they read then.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reader {
    /// Code of the relation.
    #[schema(example = "addressed")]
    relation: &'static str,
    /// What people read.
    name: LanguageMapView,
    /// The narrowest level it reads. It reads every wider one too.
    floor: LevelWord,
}

impl Workflow {
    /// The rules of this program.
    pub(super) fn new() -> Self {
        Self {
            kinds: Kind::ALL.map(KindRules::from).into(),
            moves: moves::TABLE.iter().map(MoveRule::from).collect(),
            needs: Need::ALL.map(|need| named("need", need.code())).into(),
            movers: Mover::ALL.map(|mover| named("mover", mover.code())).into(),
            fields: fields::TABLE.iter().map(FieldRules::from).collect(),
            item_fields: Field::ALL.map(|field| named("item_field", field.code())).into(),
            closing_results: ClosingResult::ALL.map(|result| named("closing_result", result.code())).into(),
            levels: Level::ALL.map(|level| named("level", level.code())).into(),
            axes: Axis::ALL.map(|axis| named("axis", axis.code())).into(),
            readers: Relation::ALL.map(Reader::from).into(),
            hidden_filer: in_all_languages("hidden_filer"),
        }
    }
}

impl From<Kind> for KindRules {
    fn from(kind: Kind) -> Self {
        Self {
            code: kind.into(),
            name: label("kind", kind.code()),
            letter: kind.letter(),
            statuses: kind.statuses().iter().copied().map(StatusRules::from).collect(),
        }
    }
}

impl From<Status> for StatusRules {
    fn from(status: Status) -> Self {
        Self {
            code: status.into(),
            name: label("status", status.code()),
            open: status.is_open(),
            deadline_runs: status.deadline_runs(),
            needs_lead: status.needs_lead(),
        }
    }
}

impl From<&Move> for MoveRule {
    fn from(row: &Move) -> Self {
        Self {
            kind: row.kind.into(),
            from: words(row.from),
            to: row.to.into(),
            by: movers(row.by),
            needs: row.needs.iter().map(|need| need.code()).collect(),
        }
    }
}

impl From<&FieldRule> for FieldRules {
    fn from(row: &FieldRule) -> Self {
        Self {
            kind: row.kind.into(),
            fields: row.fields.iter().map(|field| field.code()).collect(),
            statuses: words(row.statuses),
            by: movers(row.by),
        }
    }
}

impl From<Relation> for Reader {
    fn from(relation: Relation) -> Self {
        let code = match relation {
            Relation::Anonymous => "anonymous",
            Relation::Member => "member",
            Relation::Addressed => "addressed",
            Relation::Secretariat => "secretariat",
            Relation::Submitter => "submitter",
        };
        Self { relation: code, name: label("relation", code), floor: relation.floor().into() }
    }
}

fn words(statuses: &[Status]) -> Vec<StatusWord> {
    statuses.iter().copied().map(StatusWord::from).collect()
}

fn movers(movers: &[Mover]) -> Vec<&'static str> {
    movers.iter().map(|mover| mover.code()).collect()
}

fn named(set: &str, code: &'static str) -> Named {
    Named { code, name: label(set, code) }
}
