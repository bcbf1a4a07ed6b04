//! What belongs to several records, read in one query and bounded for each of them.

use qadam_domain::ids::ItemId;
use qadam_domain::levels::Level;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait};

/// The keys of at most `each` rows of every part of a table that meet the conditions. `parts` is how an SQL window
/// divides and orders them: `"item_id" ORDER BY "position" DESC`.
pub(crate) fn first_of_each<E: EntityTrait>(
    table: E,
    key: E::Column,
    parts: &str,
    conditions: Condition,
    each: u64,
) -> SelectStatement {
    let place = Expr::cust(format!("ROW_NUMBER() OVER (PARTITION BY {parts})"));
    let placed =
        Query::select().column(key).expr_as(place, "place").from(table).cond_where(conditions).to_owned();
    Query::select()
        .column(key)
        .from_subquery(placed, "placed")
        .and_where(Expr::col("place").lte(each))
        .to_owned()
}

/// Rows about items at the floor of each or wider.
pub(crate) fn at_floors<C: ColumnTrait>(item: C, level: C, floors: &[(ItemId, Level)]) -> Condition {
    by_floor(floors).fold(Condition::any(), |any, (floor, items)| {
        any.add(item.is_in(items.iter().map(|id| id.0)).and(level.gte(floor.rank())))
    })
}

/// The items of each floor that there is.
pub(crate) fn by_floor(floors: &[(ItemId, Level)]) -> impl Iterator<Item = (Level, Vec<ItemId>)> {
    let of = |floor| floors.iter().filter(move |(_, of)| *of == floor).map(|(item, _)| *item);
    Level::ALL
        .into_iter()
        .map(move |floor| (floor, of(floor).collect()))
        .filter(|(_, items): &(_, Vec<_>)| !items.is_empty())
}
