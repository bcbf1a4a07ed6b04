//! Orders of lists, and the sort values by which their pages go.

use qadam_domain::ids::ItemId;
use qadam_domain::items::translation_gaps::TranslationGap;
use qadam_domain::language::Language;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, DbErr, FromQueryResult, QueryFilter, QueryResult, QuerySelect, Select, Value};

use super::list::Filter;
use super::scope::Scope;
use super::sort_keys::{REFERENCE, title_list};
use crate::db::Db;
use crate::entities::{item, item_sort_key, item_translation_gap};
use crate::error::StorageError;
use crate::search;

/// What a list is ordered by. The identifier breaks ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortField {
    /// Due date; items without one last.
    Due,
    /// Last change the viewer may see.
    Updated,
    /// Day of filing; items without one last.
    Filed,
    /// Day of entry into the register.
    Entered,
    /// Its number: kind, year, number; items without one last.
    Reference,
    /// The title that a reader of the language is shown, in alphabetical order.
    Title(Language),
    /// The order in which the translation desk goes through what there is to do: items without it are not listed.
    TranslationGap(TranslationGap),
    /// Match in the title first, then last change: the order of search results.
    Relevance,
}

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub field: SortField,
    /// Greatest first.
    pub descending: bool,
}

/// Where a page begins: the sort values of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The sort value: a day, milliseconds as a decimal number, or a key of `item_sort_key`.
    pub key: String,
    /// Whether the title matched, where the order is by relevance.
    pub title_match: bool,
    /// The identifier.
    pub id: ItemId,
}

/// The sort values of a list.
pub(super) struct Keys {
    /// The table that holds the keys beside items, and the list in it, where the order is one of those.
    list: Option<KeyList>,
    title_match: Option<SimpleExpr>,
    key: SimpleExpr,
    numeric: bool,
}

/// Where keys stand that no column of an item holds.
#[derive(Debug, Clone, Copy)]
enum KeyList {
    /// A list of `item_sort_key`.
    SortKeys(&'static str),
    /// The rows of `item_translation_gap` about one thing to do.
    Gaps(TranslationGap),
}

impl KeyList {
    const fn of(field: SortField) -> Option<Self> {
        match field {
            SortField::Reference => Some(Self::SortKeys(REFERENCE)),
            SortField::Title(language) => Some(Self::SortKeys(title_list(language))),
            SortField::TranslationGap(gap) => Some(Self::Gaps(gap)),
            _ => None,
        }
    }

    fn key(self) -> Expr {
        match self {
            Self::SortKeys(_) => Expr::col((item_sort_key::Entity, item_sort_key::Column::Key)),
            Self::Gaps(_) => Expr::col((item_translation_gap::Entity, item_translation_gap::Column::Place)),
        }
    }

    fn item(self) -> Expr {
        match self {
            Self::SortKeys(_) => Expr::col((item_sort_key::Entity, item_sort_key::Column::ItemId)),
            Self::Gaps(_) => Expr::col((item_translation_gap::Entity, item_translation_gap::Column::ItemId)),
        }
    }
}

/// A row's place in a list.
#[derive(Debug)]
pub(super) struct Place {
    /// The identifier.
    pub(super) id: ItemId,
    /// The sort value as text.
    pub(super) key: String,
    /// Whether the title matched.
    pub(super) title_match: bool,
}

/// A row with its place.
#[derive(Debug)]
pub(super) struct Listed {
    /// The row.
    pub(super) item: item::Model,
    /// Its place.
    pub(super) place: Place,
}

impl FromQueryResult for Place {
    fn from_query_result(result: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            id: ItemId(result.try_get(prefix, "id")?),
            key: result.try_get(prefix, "sort_key")?,
            title_match: result.try_get::<i32>(prefix, "title_match").is_ok_and(|rank| rank == 1),
        })
    }
}

impl Keys {
    /// The sort values of an order.
    pub(super) fn of(db: &impl Db, scope: Scope, filter: &Filter, sort: Sort) -> Self {
        let column = |column| Expr::col((item::Entity, column));
        let list = KeyList::of(sort.field);
        let (key, numeric): (SimpleExpr, bool) = match sort.field {
            SortField::Due => (column(item::Column::DueSort), false),
            SortField::Filed => (column(item::Column::FiledSort), false),
            SortField::Entered => (column(item::Column::EnteredOn), false),
            SortField::Updated | SortField::Relevance => (scope.changed(), true),
            SortField::Reference | SortField::Title(_) | SortField::TranslationGap(_) => {
                (list.map_or_else(|| column(item::Column::Id), KeyList::key), false)
            }
        };
        let title_match = match (sort.field, &filter.query) {
            (SortField::Relevance, Some(query)) => Some(search::title_rank(db, query)),
            _ => None,
        };
        Self { list, title_match, key, numeric }
    }

    /// Joins the table with the keys, where the order is one of those.
    pub(super) fn join(&self, mut select: Select<item::Entity>) -> Select<item::Entity> {
        if let Some(list) = self.list {
            let same = list.item().equals((item::Entity, item::Column::Id));
            match list {
                KeyList::SortKeys(name) => {
                    QuerySelect::query(&mut select).inner_join(item_sort_key::Entity, same);
                    select = select.filter(item_sort_key::Column::List.eq(name));
                }
                KeyList::Gaps(gap) => {
                    QuerySelect::query(&mut select).inner_join(item_translation_gap::Entity, same);
                    select = select.filter(item_translation_gap::Column::Gap.eq(gap.code()));
                }
            }
        }
        select
    }

    /// The sort values in their order, the identifier last.
    pub(super) fn all(&self) -> Vec<SimpleExpr> {
        // The identifier beside the key, so that one index serves the whole order.
        let id = match self.list {
            Some(list) => list.item(),
            None => Expr::col((item::Entity, item::Column::Id)),
        };
        self.title_match.iter().cloned().chain([self.key.clone(), id]).collect()
    }

    /// Adds the sort values to what is selected, the key as text.
    pub(super) fn select(&self, select: Select<item::Entity>) -> Select<item::Entity> {
        let key = if self.numeric { self.key.clone().cast_as("text") } else { self.key.clone() };
        let select = select.expr_as(key, "sort_key");
        match &self.title_match {
            Some(rank) => select.expr_as(rank.clone(), "title_match"),
            None => select,
        }
    }

    /// Rows beyond an edge in the direction of the order.
    pub(super) fn beyond(&self, edge: &Cursor, descending: bool) -> Result<SimpleExpr, StorageError> {
        let key: Value = if self.numeric {
            let number: i64 = edge
                .key
                .parse()
                .map_err(|_| StorageError::Refused("the cursor does not fit the order".to_owned()))?;
            number.into()
        } else {
            edge.key.clone().into()
        };
        let rank = self.title_match.is_some().then(|| Value::from(i32::from(edge.title_match)));
        let values: Vec<_> = rank.into_iter().chain([key, edge.id.0.into()]).map(Expr::value).collect();
        let (here, there) = (Expr::tuple(self.all()), Expr::tuple(values));
        Ok(if descending { here.lt(there) } else { here.gt(there) })
    }

    /// Whether rows have to be sorted, because no index holds them in this order.
    pub(super) fn sorts(&self) -> bool {
        self.title_match.is_some() || (self.numeric && !matches!(self.key, SimpleExpr::Column(_)))
    }

    /// Where a page begins after a row.
    pub(super) fn cursor(&self, place: Place) -> Cursor {
        Cursor { key: place.key, title_match: self.title_match.is_some() && place.title_match, id: place.id }
    }
}
