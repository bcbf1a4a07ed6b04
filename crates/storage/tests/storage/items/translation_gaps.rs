//! What there is to do on texts in other languages: listed in the order of the desk, alike on both databases.

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ItemId, Uuid};
use qadam_domain::items::translation_gaps::{Lack, TranslationGap, TranslationGaps};
use qadam_domain::items::{Item, Status};
use qadam_domain::language::{Language, LanguageMap, Translation, TranslationState};
use qadam_domain::levels::Level;
use qadam_storage::Store;
use qadam_storage::items::{self, Filter, Page, Scope, Sort, SortField, on_desk};

use super::{Sequence, all, day, insert, item, title};
use crate::support::on_both;

/// The migration that makes and fills the table.
const MIGRATION: &str =
    include_str!("../../../../../migrations/src/sql/m20261123_000019_create_translation_gaps.sql");

const ENGLISH_MISSING: TranslationGap = TranslationGap::new(Language::English, Lack::Missing);

fn sort(gap: TranslationGap) -> Sort {
    Sort { field: SortField::TranslationGap(gap), descending: false }
}

fn any_text(sequence: &mut Sequence) -> LanguageMap {
    let mut text = LanguageMap::default();
    for language in Language::ALL {
        text.set(language, (sequence.below(3) > 0).then(|| "текст".to_owned()));
    }
    text
}

/// An item in whatever state of translation.
fn any_item(sequence: &mut Sequence) -> Item {
    let mut text = any_text(sequence);
    let original = *sequence.pick(&Language::ALL);
    text.set(original, Some("мәтін".to_owned()));
    let mut one = item(sequence.id(), text);
    one.original_language = original;
    for language in Language::ALL {
        if one.title.get(language).is_some() {
            let written = [TranslationState::Human, TranslationState::Machine, TranslationState::Unreviewed];
            let state = *sequence.pick(&written);
            one.translations.set(language, Translation { state, stale: sequence.below(3) == 0 });
        }
    }
    for text in [&mut one.summary, &mut one.grounds, &mut one.expected_result, &mut one.completion_form] {
        if sequence.below(4) == 0 {
            *text = any_text(sequence);
        }
    }
    one.status = *sequence.pick(Status::ALL);
    one.priority = sequence.below(2) == 0;
    one.text_level = *sequence.pick(&Level::ALL);
    one.entered_on = day(sequence.below(9));
    one
}

async fn listed(store: &Store, gap: TranslationGap) -> Vec<ItemId> {
    let page = Page { limit: 10_000, after: None, before: None };
    let found = items::list(&store.read(), Scope::everything(), &Filter::default(), sort(gap), &page).await;
    found.unwrap().into_iter().map(|(item, _)| item.id).collect()
}

#[tokio::test]
async fn what_there_is_to_do_is_listed_as_the_item_says_and_filled_in_alike_for_items_from_before() {
    on_both(async |database| {
        let store = &database.store;
        let mut sequence = Sequence(11);
        let all: Vec<Item> = (0..120).map(|_| any_item(&mut sequence)).collect();
        for one in &all {
            insert(store, one).await;
        }
        let mut written = Vec::new();
        for gap in TranslationGap::ALL {
            let found = listed(store, gap).await;
            let mut expected: Vec<_> = all.iter().filter(|one| TranslationGaps::of(one).has(gap)).collect();
            expected.sort_by_key(|one| {
                let narrow = one.text_level != Level::Public;
                (!one.status.is_open(), narrow, !one.priority, one.entered_on, one.id)
            });
            assert!(expected.len() > 3, "{gap:?}");
            assert_eq!(found, expected.iter().map(|one| one.id).collect::<Vec<_>>(), "{gap:?}");
            let filter = Filter { translation_gaps: vec![gap], ..Filter::default() };
            let filtered = items::count(&store.read(), Scope::everything(), &filter).await.unwrap();
            assert_eq!(usize::try_from(filtered).unwrap(), found.len(), "{gap:?}");
            written.push(found);
        }
        database.execute("DELETE FROM item_translation_gap").await;
        assert_eq!(listed(store, ENGLISH_MISSING).await, []);
        database.fill_again(MIGRATION).await;
        for (gap, found) in TranslationGap::ALL.into_iter().zip(written) {
            assert_eq!(listed(store, gap).await, found, "{gap:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_done_leaves_the_desk_and_what_comes_next_is_found_all_the_same() {
    on_both(async |database| {
        let store = &database.store;
        let number = |number| Uuid::from_u128(number);
        let first = item(number(1), title(Language::Russian, "первое"));
        let second = item(number(2), title(Language::Russian, "второе"));
        for one in [&first, &second] {
            insert(store, one).await;
        }
        let desk = async || all(store, Viewer::Anonymous, &Filter::default(), sort(ENGLISH_MISSING)).await;
        assert_eq!(desk().await, [first.id, second.id]);
        let (before, mut after) = (first.clone(), first.clone());
        after.title.set(Language::English, Some("first".to_owned()));
        after.version += 1;
        store
            .write(move |tx| Box::pin(async move { items::update(tx, &before, &after).await }))
            .await
            .unwrap();
        assert_eq!(desk().await, [second.id]);
        let page = Page { limit: 1, after: Some(on_desk(&first)), before: None };
        let scope = Scope::visible_to(Viewer::Anonymous);
        let next = items::list(&store.read(), scope, &Filter::default(), sort(ENGLISH_MISSING), &page).await;
        assert_eq!(next.unwrap().first().map(|(item, _)| item.id), Some(second.id));
    })
    .await;
}
