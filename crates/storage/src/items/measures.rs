//! Filters by what is measured on an item: answers, deadlines, and the days on which it reached a status.
//!
//! They say in SQL what `qadam_domain::statistics` counts, so that each count has a list.

use chrono::{Days, NaiveDate};
use qadam_domain::calendar::Precision;
use qadam_domain::ids::OrganisationId;
use qadam_domain::items::{Kind, OwnerRole, Status};
use qadam_domain::levels::Level;
use qadam_domain::reporting_rounds::ASKED_AS;
use qadam_domain::statistics::ANSWERS;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition};

use super::scope::Scope;
use crate::db::{Db, is_sqlite};
use crate::entities::{deadline_revision, item, item_party, status_change};

/// What a list is narrowed to by what is measured on items. Values in one field are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    /// Bodies that own it, whatever their part.
    pub owners: Vec<OrganisationId>,
    /// Of these owners: those alone that reporting rounds ask about it.
    pub owners_asked: bool,
    /// Whether an answer that was asked for was given, as far as the viewer may read.
    pub answered: Vec<bool>,
    /// Days from filing to the first answer, at least.
    pub answer_days_min: Option<i32>,
    /// Days from filing to the first answer, at most.
    pub answer_days_max: Option<i32>,
    /// Whether the deadline is later than at first publication. Where there is none of either, it is neither.
    pub slipped: Vec<bool>,
    /// Whether the deadline was changed, as far as the viewer may read.
    pub revised: Option<bool>,
    /// Statuses it reached, as far as the viewer may read.
    pub reached: Vec<Status>,
    /// It reached one of them, or any, in a period that begins on or after.
    pub reached_after: Option<NaiveDate>,
    /// It reached one of them, or any, in a period that ends on or before.
    pub reached_before: Option<NaiveDate>,
    /// How exactly the day of filing is known.
    pub filed_precisions: Vec<Precision>,
}

/// What items have to meet.
pub(super) fn conditions(db: &impl Db, scope: Scope, wanted: &Measures) -> Condition {
    let codes = wanted.filed_precisions.iter().map(|precision| precision.code());
    let precisions = (codes.len() > 0).then(|| item::Column::FiledOnPrecision.is_in(codes));
    Condition::all()
        .add_option(owned_by(&wanted.owners, wanted.owners_asked.then_some(&ASKED_AS)))
        .add_option(answered(scope, &wanted.answered))
        .add_option(answered_within(db, scope, wanted))
        .add_option(slipped(&wanted.slipped))
        .add_option(revised(scope, wanted.revised))
        .add_option(reached(scope, wanted))
        .add_option(precisions)
}

fn id() -> Expr {
    Expr::col((item::Entity, item::Column::Id))
}

/// Items that one of these bodies owns, whatever its part or with one of these.
fn owned_by(owners: &[OrganisationId], roles: Option<&[OwnerRole; 2]>) -> Option<SimpleExpr> {
    if owners.is_empty() {
        return None;
    }
    let mut owned = Query::select();
    owned
        .column(item_party::Column::ItemId)
        .from(item_party::Entity)
        .and_where(item_party::Column::OrganisationId.is_in(owners.iter().map(|owner| owner.0)))
        .and_where(item_party::Column::Part.eq("owner"));
    if let Some(roles) = roles {
        owned.and_where(item_party::Column::Role.is_in(roles.iter().map(|role| role.code())));
    }
    Some(id().in_subquery(owned))
}

/// Items whose status was changed to one of these, told at a level or wider.
fn changed_to(statuses: &[Status], floor: Level) -> SelectStatement {
    let mut changed = Query::select();
    changed
        .column(status_change::Column::ItemId)
        .from(status_change::Entity)
        .and_where(status_change::Column::Level.gte(floor.rank()));
    if !statuses.is_empty() {
        let codes = statuses.iter().map(|status| status.code());
        changed.and_where(status_change::Column::ToStatus.is_in(codes));
    }
    changed
}

/// Items that were put to a body which owes an answer, and have one or not.
fn answered(scope: Scope, wanted: &[bool]) -> Option<Condition> {
    let told = scope.told(|floor| id().in_subquery(changed_to(&ANSWERS, floor)));
    let standing = item::Column::Status.is_in(ANSWERS.map(Status::code));
    let answered = Condition::any().add(standing).add(told);
    let waiting = item::Column::Status.eq(Status::UnderReview.code());
    let any = match (wanted.contains(&true), wanted.contains(&false)) {
        (false, false) => return None,
        (true, true) => Condition::any().add(answered).add(waiting),
        (true, false) => answered,
        (false, true) => Condition::all().add(answered.not()).add(waiting),
    };
    Some(Condition::all().add(item::Column::Kind.ne(Kind::Commitment.code())).add(any))
}

/// Items whose first answer came so many days after the filing.
fn answered_within(db: &impl Db, scope: Scope, wanted: &Measures) -> Option<Condition> {
    let (least, most) = (wanted.answer_days_min, wanted.answer_days_max);
    if least.is_none() && most.is_none() {
        return None;
    }
    let within = scope.at_its_floor(|floor| first_answered_within(db, floor, least, most));
    Some(Condition::all().add(item::Column::Kind.ne(Kind::Commitment.code())).add(within))
}

/// Items whose first answer that is told at a level or wider came so many days after the filing; both days are known
/// to the day. The answers are read once for all items, by their index, and not for each.
fn first_answered_within(db: &impl Db, floor: Level, least: Option<i32>, most: Option<i32>) -> SimpleExpr {
    let days = if is_sqlite(db) {
        "CAST(julianday(MIN(answer.as_of)) - julianday(answered.filed_on) AS INTEGER)"
    } else {
        "(CAST(MIN(answer.as_of) AS DATE) - CAST(answered.filed_on AS DATE))"
    };
    let least = least.map(|least| format!("{days} >= {least}"));
    let bounds: Vec<_> = least.into_iter().chain(most.map(|most| format!("{days} <= {most}"))).collect();
    let answers = ANSWERS.map(|status| format!("'{}'", status.code())).join(", ");
    let (level, bounds) = (floor.rank(), bounds.join(" AND "));
    Expr::cust(format!(
        "\"item\".\"id\" IN (SELECT answer.item_id FROM status_change answer JOIN item answered \
         ON answered.id = answer.item_id WHERE answer.to_status IN ({answers}) AND answer.as_of_precision = 'day' \
         AND answer.level >= {level} AND answered.filed_on_precision = 'day' \
         GROUP BY answer.item_id, answered.filed_on HAVING {bounds})"
    ))
}

/// Items whose deadline is later than at first publication, or is not.
fn slipped(wanted: &[bool]) -> Option<SimpleExpr> {
    let comparison = match (wanted.contains(&true), wanted.contains(&false)) {
        (false, false) => return None,
        (true, true) => "\"item\".\"due_on\" IS NOT NULL AND \"item\".\"original_due_on\" IS NOT NULL",
        (true, false) => "\"item\".\"due_on\" > \"item\".\"original_due_on\"",
        (false, true) => "\"item\".\"due_on\" <= \"item\".\"original_due_on\"",
    };
    Some(Expr::cust(comparison))
}

/// Items whose deadline was changed, or was not.
fn revised(scope: Scope, wanted: Option<bool>) -> Option<Condition> {
    let wanted = wanted?;
    let told = scope.told(|floor| {
        let revised = Query::select()
            .column(deadline_revision::Column::ItemId)
            .from(deadline_revision::Entity)
            .and_where(deadline_revision::Column::Level.gte(floor.rank()))
            .to_owned();
        id().in_subquery(revised)
    });
    Some(if wanted { told } else { told.not() })
}

/// Items that reached a status within days.
fn reached(scope: Scope, wanted: &Measures) -> Option<Condition> {
    if wanted.reached.is_empty() && wanted.reached_after.is_none() && wanted.reached_before.is_none() {
        return None;
    }
    Some(scope.told(|floor| {
        let mut changed = changed_to(&wanted.reached, floor);
        if let Some(after) = wanted.reached_after {
            changed.and_where(status_change::Column::AsOf.gte(after.to_string()));
        }
        if let Some(before) = wanted.reached_before {
            changed.and_where(status_change::Column::AsOf.lte(before.to_string()));
            changed.cond_where(ended_on(before));
        }
        id().in_subquery(changed)
    }))
}

/// Changes dated in a period that ends on a day or before: such as begin before the period in which the next day lies.
fn ended_on(before: NaiveDate) -> Condition {
    let next = before.checked_add_days(Days::new(1)).unwrap_or(before);
    Precision::ALL.into_iter().fold(Condition::any(), |any, precision| {
        let begins = precision.first_day(next).to_string();
        let exactly = status_change::Column::AsOfPrecision.eq(precision.code());
        any.add(exactly.and(status_change::Column::AsOf.lt(begins)))
    })
}
