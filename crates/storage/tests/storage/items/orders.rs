//! The orders of lists and their pages, alike on both databases.

use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::{Deadline, Precision, Timestamp};
use qadam_domain::ids::{ItemId, Uuid};
use qadam_domain::items::reference::Reference;
use qadam_domain::items::{ChangedAt, Kind};
use qadam_domain::language::{Language, LanguageMap};
use qadam_storage::Store;
use qadam_storage::items::{self, Cursor, Filter, Key, Page, Scope, Sort, SortField};

use super::{Sequence, all, day, insert, item, title};
use crate::support::on_both;

#[tokio::test]
async fn pages_in_both_directions_give_every_item_once_in_order() {
    on_both(async |database| {
        let store = &database.store;
        let mut sequence = Sequence(7);
        for number in 0..57 {
            let mut one = item(sequence.id(), title(Language::English, "text"));
            // Many share a day, some have none: the identifier must break the tie.
            one.due = (number % 5 != 0).then(|| Deadline::new(day(number % 7), Precision::Day));
            one.changed = [ChangedAt { position: 0, at: Timestamp(i64::try_from(number % 4).unwrap()) }; 5];
            one.reference = (number % 3 == 0).then(|| reference(9_990 + u32::try_from(number).unwrap()));
            insert(store, &one).await;
        }
        let title = SortField::Title(Language::Kazakh);
        for field in [SortField::Due, SortField::Updated, SortField::Entered, SortField::Reference, title] {
            for descending in [false, true] {
                let sort = Sort { field, descending };
                let whole = all(store, Viewer::Anonymous, &Filter::default(), sort).await;
                assert_eq!(whole.len(), 57);
                assert_eq!(walk(store, sort, false).await, whole, "{sort:?}");
                let mut backwards = walk(store, sort, true).await;
                backwards.reverse();
                assert_eq!(backwards, whole, "{sort:?} backwards");
            }
        }
    })
    .await;
}

fn reference(number: u32) -> Reference {
    Reference { kind: Kind::Commitment, year: 2026, number }
}

#[tokio::test]
async fn titles_come_in_the_alphabet_of_the_reader_and_refs_by_number_on_both_databases() {
    on_both(async |database| {
        let store = &database.store;
        let both = |kk: &str, ru: &str| LanguageMap { kk: Some(kk.into()), ru: Some(ru.into()), en: None };
        let titles = [
            both("Қамаудағы адамдар", "Ёлка"),
            both("Құқық қорғау", "Ежегодный доклад"),
            both("Көмек", "Ель"),
            both("Әділ сот", "Яма"),
            // Shown in Russian to readers of Kazakh, and in Kazakh to readers of English.
            title(Language::Russian, "Лимит"),
            both("Азаптау", "«Акт»"),
        ];
        for (index, text) in titles.into_iter().enumerate() {
            let mut one = item(Uuid::from_u128(u128::try_from(index).unwrap()), text);
            let numbers = [Some(10_000), Some(9_999), None, Some(2), Some(1), Some(100_000)];
            one.reference = numbers[index].map(reference);
            insert(store, &one).await;
        }
        let order = async |field| -> Vec<u128> {
            let sort = Sort { field, descending: false };
            let found = all(store, Viewer::Anonymous, &Filter::default(), sort).await;
            found.into_iter().map(|id| id.0.as_u128()).collect()
        };
        assert_eq!(order(SortField::Title(Language::Kazakh)).await, [5, 3, 2, 0, 1, 4]);
        assert_eq!(order(SortField::Title(Language::Russian)).await, [5, 1, 0, 2, 4, 3]);
        assert_eq!(order(SortField::Title(Language::English)).await, [5, 3, 2, 0, 1, 4]);
        assert_eq!(order(SortField::Reference).await, [4, 3, 1, 0, 5, 2]);

        // A new title and a first number have their new places.
        let scope = Scope::visible_to(Viewer::Anonymous);
        let key = Key::Id(ItemId(Uuid::from_u128(2)));
        let before = items::find(&store.read(), scope, key).await.unwrap().unwrap();
        let mut after = before.clone();
        after.title = both("Шағым", "Жалоба");
        after.reference = Some(reference(3));
        after.version += 1;
        let change = store.write(move |tx| Box::pin(async move { items::update(tx, &before, &after).await }));
        change.await.unwrap();
        assert_eq!(order(SortField::Title(Language::Kazakh)).await, [5, 3, 0, 1, 4, 2]);
        assert_eq!(order(SortField::Reference).await, [4, 3, 2, 1, 0, 5]);
    })
    .await;
}

#[tokio::test]
async fn the_public_reads_every_order_from_an_index() {
    on_both(async |database| {
        let store = &database.store;
        // An empty table has no plan to speak of on PostgreSQL.
        if store.is_shared() {
            return;
        }
        let scope = Scope::visible_to(Viewer::Anonymous);
        let title = SortField::Title(Language::Kazakh);
        let fields = [
            SortField::Due,
            SortField::Updated,
            SortField::Filed,
            SortField::Entered,
            SortField::Reference,
            title,
        ];
        let edge = Cursor { key: "1".to_owned(), title_match: false, id: ItemId(Uuid::from_u128(1)) };
        let edges = [(None, None), (Some(edge.clone()), None), (None, Some(edge))];
        for field in fields {
            for (after, before) in edges.clone() {
                let page = Page { limit: 25, after, before };
                let sort = Sort { field, descending: false };
                let plan = items::plan(&store.read(), scope, &Filter::default(), sort, &page).await.unwrap();
                let plan = plan.join("\n");
                assert!(plan.contains("INDEX") && !plan.contains("TEMP B-TREE"), "{sort:?}: {plan}");
            }
        }
    })
    .await;
}

/// All items page by page; backwards from the last.
async fn walk(store: &Store, sort: Sort, backwards: bool) -> Vec<ItemId> {
    let scope = Scope::visible_to(Viewer::Anonymous);
    let read =
        async |page: Page| items::list(&store.read(), scope, &Filter::default(), sort, &page).await.unwrap();
    let mut seen = Vec::new();
    let mut edge: Option<Cursor> = None;
    if backwards {
        let whole = read(Page { limit: 1_000, after: None, before: None }).await;
        let (last, cursor) = whole.last().unwrap();
        seen.push(last.id);
        edge = Some(cursor.clone());
    }
    loop {
        let (after, before) = if backwards { (None, edge.clone()) } else { (edge.clone(), None) };
        let mut rows = read(Page { limit: 10, after, before }).await;
        if backwards {
            rows.reverse();
        }
        rows.truncate(10);
        let Some((_, cursor)) = rows.last() else { return seen };
        edge = Some(cursor.clone());
        seen.extend(rows.into_iter().map(|(item, _)| item.id));
    }
}
