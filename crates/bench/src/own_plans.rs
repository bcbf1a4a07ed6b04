//! The plans that the databases make of the program's own statements.

use anyhow::{Context, Result};
use qadam_domain::accounts::Viewer;
use qadam_domain::items::Status;
use qadam_search::Query;
use qadam_storage::connect::{Durability, Options, Store};
use qadam_storage::items::{self, Cursor, Filter, Page, Scope, Sort, SortField};

/// The plans of the public list by due date, of its later pages, and of a search.
pub(crate) async fn plans(url: &str) -> Result<Vec<(String, String)>> {
    let options = Options {
        url: url.to_owned(),
        durability: Durability::Synced,
        readers: 1,
        migrate: false,
        patience: None,
    };
    let store = Store::open(&options).await?;
    let scope = Scope::visible_to(Viewer::Anonymous);
    let first = Page { limit: 25, after: None, before: None };
    let by_due = Sort { field: SortField::Due, descending: false };
    let by_match = Sort { field: SortField::Relevance, descending: true };
    let narrowed = Filter {
        statuses: vec![Status::Planned],
        themes: vec!["prison_health".to_owned()],
        due_after: chrono::NaiveDate::from_ymd_opt(2026, 1, 1),
        ..Filter::default()
    };
    let after =
        Cursor { key: "2026-06-01".to_owned(), title_match: false, id: some_item(&store, scope).await? };
    let later = Page { after: Some(after), ..first.clone() };
    let searched = Filter { query: Query::parse("prison health"), ..Filter::default() };
    let mut plans = Vec::new();
    for (name, filter, sort, page) in [
        ("list", &narrowed, by_due, &first),
        ("list, a later page", &narrowed, by_due, &later),
        ("search, its places", &searched, by_match, &first),
    ] {
        let plan = items::plan(&store.read(), scope, filter, sort, page).await?;
        plans.push((format!("the program's {name}"), plan.join("\n")));
    }
    store.close().await?;
    Ok(plans)
}

async fn some_item(store: &Store, scope: Scope) -> Result<qadam_domain::ids::ItemId> {
    let page = Page { limit: 1, after: None, before: None };
    let sort = Sort { field: SortField::Due, descending: false };
    let listed = items::list(&store.read(), scope, &Filter::default(), sort, &page).await?;
    Ok(listed.first().context("the register has no public item")?.0.id)
}
