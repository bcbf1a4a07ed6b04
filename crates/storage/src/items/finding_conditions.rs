//! Filters by what was found: of the findings that the viewer may see, the newest of each assessor.

use chrono::NaiveDate;
use qadam_domain::accounts::Role;
use qadam_domain::items::assessments::{Assessor, Finding};
use qadam_domain::items::contributions::ContributionKind;
use qadam_domain::items::links::LinkKind;
use qadam_domain::items::updates::UpdateState;
use qadam_domain::items::{ClosingResult, Status};
use qadam_domain::levels::{Level, may_see_own};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, Value};

use super::assessor;
use super::scope::Scope;
use crate::entities::contribution::Column;
use crate::entities::{contribution, item, item_link, item_party};

/// What a list is narrowed to by what was found. Values in one field are alternatives.
#[derive(Debug, Clone, Default)]
pub struct FindingFilter {
    /// Current findings.
    pub findings: Vec<Finding>,
    /// Who found something.
    pub assessed_by: Vec<Assessor>,
    /// Whether the lead says done and a current finding, there or on an item that it implements, contradicts.
    pub disagreement: Option<bool>,
    /// Items on which something was reported, found or shown for this day or a later one.
    pub evidence_after: Option<NaiveDate>,
}

/// The conditions of a filter.
pub(super) fn conditions(scope: Scope, filter: &FindingFilter) -> Condition {
    let mut all = Condition::all();
    let item_id = || Expr::col((item::Entity, item::Column::Id));
    if !filter.findings.is_empty() || !filter.assessed_by.is_empty() {
        let named = !filter.assessed_by.is_empty();
        let mut found = current(scope, "found", &item_id());
        if !filter.findings.is_empty() {
            found.and_where(of("found", Column::Finding).is_in(codes(&filter.findings)));
        }
        if named {
            let keys: Vec<_> = filter.assessed_by.iter().map(assessor::key).collect();
            found.and_where(of("found", Column::Assessor).is_in(keys));
            found.cond_where(readable(scope, "found", Column::IdentityLevel, &item_id()));
        }
        // Few items were assessed: only of those it is looked which finding is the current one.
        all = all.add(item_id().in_subquery(assessed())).add(Expr::exists(found));
    }
    if let Some(day) = filter.evidence_after {
        all = all.add(item_id().in_subquery(added())).add(Expr::exists(shown(scope, day, &item_id())));
    }
    if let Some(wanted) = filter.disagreement {
        let differ = disagreement(scope);
        all = all.add(if wanted { differ } else { differ.not() });
    }
    all
}

/// Items whose lead says done while a finding contradicts.
fn disagreement(scope: Scope) -> Condition {
    let done = Condition::any().add(item::Column::Status.eq(Status::ReportedDone.code())).add(
        Condition::all()
            .add(item::Column::Status.eq(Status::Closed.code()))
            .add(Expr::col((item::Entity, item::Column::ClosingResult)).is_not_null())
            .add(item::Column::ClosingResult.eq(ClosingResult::Implemented.code())),
    );
    let contradicting: Vec<_> = Finding::contradicting().collect();
    let on = |item: &SimpleExpr| {
        let mut found = current(scope, "found", item);
        found.and_where(of("found", Column::Finding).is_in(codes(&contradicting)));
        Expr::exists(found)
    };
    let own = on(&Expr::col((item::Entity, item::Column::Id)));
    // Of an item that it implements, as far as the viewer sees that.
    let other = || Expr::col((item_link::Entity, item_link::Column::ToId));
    let seen = Query::select()
        .column((item::Entity, item::Column::Id))
        .from(item::Entity)
        .cond_where(scope.text())
        .to_owned();
    let implemented = Query::select()
        .expr(Expr::val(1))
        .from(item_link::Entity)
        .and_where(
            Expr::col((item_link::Entity, item_link::Column::FromId))
                .eq(Expr::col((item::Entity, item::Column::Id))),
        )
        .and_where(item_link::Column::Kind.eq(LinkKind::Implements.code()))
        .and_where(other().in_subquery(seen))
        .and_where(on(&other()))
        .to_owned();
    Condition::all().add(done).add(Condition::any().add(own).add(Expr::exists(implemented)))
}

/// Kinds of what says how an item stands: reports that are published, findings, evidence.
const SHOWN: [ContributionKind; 3] =
    [ContributionKind::Update, ContributionKind::Assessment, ContributionKind::Evidence];

/// What was reported, found or shown on an item for a day or a later one, as far as the viewer reads it. Evidence has
/// the day on which it was brought.
fn shown(scope: Scope, day: NaiveDate, item: &SimpleExpr) -> SelectStatement {
    let alias = "shown";
    let dated = Expr::expr(sea_orm::sea_query::Func::coalesce([
        of(alias, Column::AsOf),
        of(alias, Column::RecordedOn),
    ]));
    let published = Condition::any()
        .add(of(alias, Column::State).is_null())
        .add(of(alias, Column::State).eq(UpdateState::Published.code()));
    Query::select()
        .expr(Expr::val(1))
        .from_as(contribution::Entity, alias)
        .and_where(of(alias, Column::ItemId).eq(item.clone()))
        .and_where(of(alias, Column::Kind).is_in(SHOWN.map(ContributionKind::code)))
        .and_where(dated.gte(day.to_string()))
        .cond_where(published)
        .cond_where(readable(scope, alias, Column::TextLevel, item))
        .to_owned()
}

/// Items to which anything was added, whoever may know.
fn added() -> SelectStatement {
    Query::select().column(Column::ItemId).from(contribution::Entity).to_owned()
}

/// Items on which somebody found something at some time, whoever may know.
fn assessed() -> SelectStatement {
    Query::select()
        .column(Column::ItemId)
        .from(contribution::Entity)
        .and_where(Column::Finding.is_not_null())
        .to_owned()
}

/// The findings on an item that the viewer reads and that no newer one of the same assessor, which the viewer reads,
/// supersedes.
fn current(scope: Scope, alias: &'static str, item: &SimpleExpr) -> SelectStatement {
    let newer = "newer";
    let later = Condition::any().add(of(newer, Column::AsOf).gt(of(alias, Column::AsOf))).add(
        Condition::all()
            .add(of(newer, Column::AsOf).eq(of(alias, Column::AsOf)))
            .add(of(newer, Column::Position).gt(of(alias, Column::Position))),
    );
    let superseding = Query::select()
        .expr(Expr::val(1))
        .from_as(contribution::Entity, newer)
        .and_where(of(newer, Column::ItemId).eq(of(alias, Column::ItemId)))
        .and_where(of(newer, Column::Finding).is_not_null())
        .and_where(of(newer, Column::Assessor).eq(of(alias, Column::Assessor)))
        .cond_where(later)
        .cond_where(readable(scope, newer, Column::TextLevel, item))
        .to_owned();
    Query::select()
        .expr(Expr::val(1))
        .from_as(contribution::Entity, alias)
        .and_where(of(alias, Column::ItemId).eq(item.clone()))
        .and_where(of(alias, Column::Finding).is_not_null())
        .cond_where(readable(scope, alias, Column::TextLevel, item))
        .and_where(Expr::exists(superseding).not())
        .to_owned()
}

/// Contributions whose level on an axis is one that the viewer reads, on an item that the viewer reads: what
/// `Contribution::is_read_by` and `Contribution::author_is_read_by` say, for rows.
fn readable(scope: Scope, alias: &'static str, level: Column, item: &SimpleExpr) -> Condition {
    let level = || of(alias, level);
    let mut any = Condition::any().add(level().is_null()).add(level().gte(Value::from(scope.floor().rank())));
    let Some(actor) = scope.viewer().actor() else { return any };
    if may_see_own(actor.role, actor.confirmed) {
        any = any.add(of(alias, Column::OrganisationId).eq(actor.organisation.0));
    }
    if !matches!(actor.role, Role::Admin | Role::Secretariat) {
        let addressed = Query::select()
            .expr(Expr::val(1))
            .from(item_party::Entity)
            .and_where(Expr::col((item_party::Entity, item_party::Column::ItemId)).eq(item.clone()))
            .and_where(item_party::Column::OrganisationId.eq(actor.organisation.0))
            .and_where(item_party::Column::Part.is_in(["owner", "addressee"]))
            .to_owned();
        any = any.add(
            Condition::all()
                .add(level().gte(Value::from(Level::Addressed.rank())))
                .add(Expr::exists(addressed)),
        );
    }
    any
}

fn of(alias: &'static str, column: Column) -> SimpleExpr {
    Expr::col((alias, column))
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code()).collect()
}
