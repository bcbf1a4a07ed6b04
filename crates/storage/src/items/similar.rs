//! Items whose titles share words with a title: candidates for a comparison, found by the index of titles.

use qadam_domain::ids::ItemId;
use qadam_domain::items::{Item, Kind, Status};
use qadam_search::Likeness;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Value};
use uuid::Uuid;

use super::find::find_many;
use super::scope::Scope;
use crate::db::{Db, is_sqlite};
use crate::entities::item;
use crate::error::StorageError;

/// How many candidates are compared at most: those that share the most words.
const CANDIDATES_MAX: u64 = 200;

/// Items that the scope contains, drafts left out, whose titles in any language share words with a title; of these
/// kinds where some are named. At most 200, in no order.
pub async fn similar(
    db: &impl Db,
    scope: Scope,
    likeness: &Likeness,
    kinds: &[Kind],
) -> Result<Vec<Item>, StorageError> {
    let mut select = item::Entity::find()
        .select_only()
        .column(item::Column::Id)
        .filter(scope.text())
        .filter(shares_words(db, likeness))
        .filter(item::Column::Status.ne(Status::Draft.code()));
    if !kinds.is_empty() {
        select = select.filter(item::Column::Kind.is_in(kinds.iter().map(|kind| kind.code())));
    }
    let ids: Vec<Uuid> = select
        .order_by(shared_words(db, likeness), Order::Desc)
        .order_by_asc(item::Column::Id)
        .limit(CANDIDATES_MAX)
        .into_tuple()
        .all(db.inner())
        .await?;
    let ids: Vec<_> = ids.into_iter().map(ItemId).collect();
    find_many(db, scope, &ids).await
}

/// Items whose title meets as many lookups as are needed.
fn shares_words(db: &impl Db, likeness: &Likeness) -> SimpleExpr {
    let lookups = likeness.lookups();
    let needed = likeness.needed();
    if is_sqlite(db) {
        let each = vec!["SELECT rowid FROM item_search WHERE item_search MATCH ?"; lookups.len()];
        let sql = format!(
            "\"item\".\"row_id\" IN (SELECT rowid FROM ({}) GROUP BY rowid HAVING COUNT(*) >= {needed})",
            each.join(" UNION ALL ")
        );
        let values = lookups.iter().map(|lookup| Value::from(lookup.to_fts5_in("title_text")));
        return Expr::cust_with_values(sql, values.collect::<Vec<_>>());
    }
    let words: Vec<String> = lookups.iter().map(qadam_search::Lookup::to_tsquery).collect();
    let query = if needed > 1 { pairs(&words) } else { words.join(" | ") };
    let sql = "\"item\".\"id\" IN (SELECT item_id FROM item_search WHERE title_text @@ CAST(CAST($1 AS text) AS tsquery))";
    Expr::cust_with_values(sql, [query])
}

/// Any two of the words.
fn pairs(words: &[String]) -> String {
    let pairs = words.iter().enumerate().flat_map(|(index, word)| {
        words.iter().skip(index + 1).map(move |other| format!("({word} & {other})"))
    });
    pairs.collect::<Vec<_>>().join(" | ")
}

/// How many lookups the title of an item meets.
fn shared_words(db: &impl Db, likeness: &Likeness) -> SimpleExpr {
    let lookups = likeness.lookups();
    if is_sqlite(db) {
        let one = "(\"item\".\"row_id\" IN (SELECT rowid FROM item_search WHERE item_search MATCH ?))";
        let sql = vec![one; lookups.len()].join(" + ");
        let values = lookups.iter().map(|lookup| Value::from(lookup.to_fts5_in("title_text")));
        return Expr::cust_with_values(sql, values.collect::<Vec<_>>());
    }
    let one =
        |number: usize| format!("CAST(title_text @@ CAST(CAST(${number} AS text) AS tsquery) AS integer)");
    let sum = (1..=lookups.len()).map(one).collect::<Vec<_>>().join(" + ");
    let sql = format!("(SELECT {sum} FROM item_search WHERE item_id = \"item\".\"id\")");
    Expr::cust_with_values(sql, lookups.iter().map(qadam_search::Lookup::to_tsquery).collect::<Vec<_>>())
}
