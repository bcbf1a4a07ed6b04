//! What a list's rows must meet: the viewer's scope, and every filter.

use chrono::NaiveDate;
use qadam_domain::ids::{MeetingId, OrganisationId};
use qadam_domain::items::Status;
use qadam_domain::levels::Level;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, Value};

use super::finding_conditions;
use super::list::Filter;
use super::scope::Scope;
use super::{measures, response_clocks, row, translation_gaps};
use crate::db::Db;
use crate::entities::{agenda_item, agenda_item_item, decision, item, item_party, item_tag, meeting};
use crate::reporting_rounds::items_standing;
use crate::search;

/// Everything a list's rows must meet, beginning with the viewer's scope.
pub(super) fn conditions(db: &impl Db, scope: Scope, filter: &Filter, tags: Tags) -> Condition {
    let mut all = Condition::all().add(scope.text());
    all = all.add_option(one_of(item::Column::Id, filter.items.iter().map(|id| id.0)));
    all = all.add_option(one_of(item::Column::Kind, filter.kinds.iter().map(|kind| kind.code())));
    all = all.add_option(one_of(item::Column::Status, filter.statuses.iter().map(|status| status.code())));
    all = all.add_option(one_of(item::Column::Mechanism, filter.mechanisms.iter().map(String::as_str)));
    all = all.add_option(one_of(item::Column::LeadId, filter.leads.iter().map(|id| id.0)));
    all =
        all.add_option(one_of(item::Column::TextLevel, filter.text_levels.iter().map(|level| level.rank())));
    all = all.add_option(tagged("theme", &filter.themes, tags));
    all = all.add_option(tagged("legal_ref", &filter.legal_refs, tags));
    all = all.add_option(translation_gaps::condition(&filter.translation_gaps));
    all = all.add_option(with_organisations(scope, &filter.organisations));
    all = all.add_option(at_meetings(&filter.meetings));
    all = all.add(finding_conditions::conditions(scope, &filter.findings));
    all = all.add_option(filter.flags.priority.map(|priority| item::Column::Priority.eq(priority)));
    all = all.add_option(overdue(filter));
    all = all.add_option(filter.today.and_then(|today| response_clocks::at_stages(&filter.stages, today)));
    all = all.add_option(filter.today.and_then(|today| items_standing(&filter.reporting, today)));
    all = days(all, filter);
    all = all.add(measures::conditions(db, scope, &filter.measures));
    if let Some(after) = filter.updated_after {
        all = all.add(scope.changed().gte(after.0));
    }
    if let Some(query) = &filter.query {
        all = all.add(search::matches(db, query));
    }
    all
}

/// The column has one of the values; one value is compared directly, which indexes serve in order.
fn one_of<V: Into<Value>>(column: item::Column, values: impl Iterator<Item = V>) -> Option<SimpleExpr> {
    let values: Vec<Value> = values.map(Into::into).collect();
    match values.as_slice() {
        [] => None,
        [one] => Some(Expr::col((item::Entity, column)).eq(one.clone())),
        _ => Some(Expr::col((item::Entity, column)).is_in(values)),
    }
}

/// How PostgreSQL is to find out whether an item has a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tags {
    /// As it thinks best. Guessing too few items, it reads all that have the tag, and sorts them.
    Joined,
    /// One item after the other, in the order that an index gives, until the page is full.
    Probed,
}

/// Items with one of the codes of a vocabulary.
fn tagged(vocabulary: &str, codes: &[String], how: Tags) -> Option<SimpleExpr> {
    if codes.is_empty() {
        return None;
    }
    let mut tags = Query::select();
    tags.expr(Expr::val(1))
        .from(item_tag::Entity)
        .and_where(item_tag::Column::Vocabulary.eq(vocabulary))
        .and_where(item_tag::Column::Code.is_in(codes))
        .and_where(
            Expr::col((item_tag::Entity, item_tag::Column::ItemId))
                .eq(Expr::col((item::Entity, item::Column::Id))),
        );
    if how == Tags::Probed {
        // A subquery with an offset is not made a join of.
        tags.offset(0);
    }
    Some(Expr::exists(tags))
}

/// Items in which one of the organisations has a part the viewer may know of.
fn with_organisations(scope: Scope, organisations: &[OrganisationId]) -> Option<Condition> {
    if organisations.is_empty() {
        return None;
    }
    let having = |parts: &[&str]| {
        let mut parties = Query::select();
        parties
            .expr(Expr::val(1))
            .from(item_party::Entity)
            .and_where(item_party::Column::OrganisationId.is_in(organisations.iter().map(|id| id.0)))
            .and_where(item_party::Column::Part.is_in(parts.iter().copied()))
            .and_where(
                Expr::col((item_party::Entity, item_party::Column::ItemId))
                    .eq(Expr::col((item::Entity, item::Column::Id))),
            );
        Expr::exists(parties)
    };
    let filed = Condition::all().add(scope.identity()).add(having(&["filer"]));
    Some(Condition::any().add(having(&["owner", "addressee"])).add(filed))
}

/// Items that one of the meetings discussed under a public line of its agenda, or that its approved protocol
/// created.
fn at_meetings(meetings: &[MeetingId]) -> Option<Condition> {
    if meetings.is_empty() {
        return None;
    }
    let ids = || meetings.iter().map(|id| id.0);
    let discussed = Query::select()
        .column((agenda_item_item::Entity, agenda_item_item::Column::ItemId))
        .from(agenda_item_item::Entity)
        .inner_join(
            agenda_item::Entity,
            Expr::col((agenda_item::Entity, agenda_item::Column::Id))
                .equals((agenda_item_item::Entity, agenda_item_item::Column::AgendaItemId)),
        )
        .and_where(agenda_item::Column::Level.eq(Level::Public.rank()))
        .and_where(agenda_item::Column::MeetingId.is_in(ids()))
        .to_owned();
    let created = Query::select()
        .column((decision::Entity, decision::Column::CommitmentId))
        .from(decision::Entity)
        .inner_join(
            meeting::Entity,
            Expr::col((meeting::Entity, meeting::Column::Id))
                .equals((decision::Entity, decision::Column::MeetingId)),
        )
        .and_where(meeting::Column::Protocol.eq("approved"))
        .and_where(decision::Column::CommitmentId.is_not_null())
        .and_where(decision::Column::MeetingId.is_in(ids()))
        .to_owned();
    let id = || Expr::col((item::Entity, item::Column::Id));
    Some(Condition::any().add(id().in_subquery(discussed)).add(id().in_subquery(created)))
}

/// Overdue on the filter's day: what `Item::days_late` says, for rows.
fn overdue(filter: &Filter) -> Option<Condition> {
    let (wanted, today) = (filter.flags.overdue?, filter.today?);
    Some(if wanted { late(today) } else { late(today).not() })
}

/// Items whose deadline has passed on a local day and still runs.
pub(crate) fn late(today: NaiveDate) -> Condition {
    let running: Vec<_> =
        Status::ALL.iter().filter(|status| status.deadline_runs()).map(|status| status.code()).collect();
    Condition::all().add(item::Column::DueSort.lt(today.to_string())).add(item::Column::Status.is_in(running))
}

/// Bounds on days. An item without the day is never inside bounds.
fn days(mut all: Condition, filter: &Filter) -> Condition {
    let bounds = [
        (item::Column::DueSort, filter.due_after, filter.due_before),
        (item::Column::FiledSort, filter.filed_after, filter.filed_before),
        (item::Column::EnteredOn, filter.entered_after, filter.entered_before),
    ];
    for (column, after, before) in bounds {
        if after.is_some() || before.is_some() {
            all = all.add(column.lt(row::NO_DAY));
        }
        all = all.add_option(after.map(|day| column.gte(day.to_string())));
        all = all.add_option(before.map(|day| column.lte(day.to_string())));
    }
    all
}
