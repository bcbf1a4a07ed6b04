//! What a search finds, alike on both databases.

use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{ItemId, Uuid};
use qadam_domain::items::ChangedAt;
use qadam_domain::language::Language;
use qadam_storage::items::{self, Filter, Sort, SortField};

use super::{Sequence, all, insert, item, title};
use crate::support::on_both;

/// Words of three languages; titles and bodies are made of them.
const WORDS: [&str; 36] = [
    "көмек",
    "ұсыныс",
    "ұсыныстарды",
    "міндеттеме",
    "азаптау",
    "азаптауға",
    "қарсы",
    "ұйымдар",
    "ұйымдардың",
    "өтемақы",
    "тергеу",
    "заң",
    "рекомендация",
    "рекомендациями",
    "права",
    "человека",
    "пытки",
    "пыток",
    "расследование",
    "компенсация",
    "жертвам",
    "изолятор",
    "осуждённый",
    "ещё",
    "recommendation",
    "recommendations",
    "torture",
    "victims",
    "compensation",
    "prison",
    "prisons",
    "health",
    "care",
    "monitoring",
    "CAT/C/KAZ/CO/4",
    "2025",
];

#[tokio::test]
async fn five_hundred_queries_give_the_same_items_in_the_same_order_on_both_databases() {
    let mut answers: Vec<Vec<Vec<ItemId>>> = Vec::new();
    let collected = std::sync::Mutex::new(&mut answers);
    on_both(async |database| {
        let store = &database.store;
        let mut sequence = Sequence(2025);
        for _ in 0..200 {
            let mut text = |count: usize| -> String {
                (0..count).map(|_| *sequence.pick(&WORDS)).collect::<Vec<_>>().join(" ")
            };
            let (headline, body) = (text(3), text(8));
            let mut one = item(sequence.id(), title(Language::Russian, &headline));
            one.summary = title(Language::Kazakh, &body);
            let at = Timestamp(i64::try_from(sequence.below(40)).unwrap());
            one.changed = [ChangedAt { position: 0, at }; 5];
            insert(store, &one).await;
        }
        let mut found = Vec::new();
        for _ in 0..500 {
            let count = 1 + sequence.below(4);
            let words: Vec<String> = (0..count)
                .map(|_| {
                    let word = *sequence.pick(&WORDS);
                    let keep = word.chars().count().min(3 + sequence.below(8));
                    word.chars().take(keep).collect()
                })
                .collect();
            let query = qadam_search::Query::parse(&words.join(" "));
            let filter = Filter { query, ..Filter::default() };
            let sort = Sort { field: SortField::Relevance, descending: true };
            found.push(all(store, Viewer::Anonymous, &filter, sort).await);
        }
        collected.lock().unwrap().push(found);
    })
    .await;
    assert_eq!(answers[0].len(), 500);
    assert_eq!(answers[0], answers[1]);
    let hits: usize = answers[0].iter().map(Vec::len).sum();
    assert!(hits > 2_000, "the queries find something: {hits}");
    assert!(answers[0].iter().any(Vec::is_empty), "some find nothing");
}

#[tokio::test]
async fn a_word_is_found_by_look_alike_letters_and_in_its_other_forms() {
    on_both(async |database| {
        let store = &database.store;
        let help = item(Uuid::from_u128(1), title(Language::Kazakh, "Медициналық көмек көрсету"));
        let mut recommendations =
            item(Uuid::from_u128(2), title(Language::Russian, "Работа с рекомендациями"));
        recommendations.summary = title(Language::English, "Early help");
        for item in [&help, &recommendations] {
            insert(store, item).await;
        }
        let search = async |text: &str| {
            let filter = Filter { query: qadam_search::Query::parse(text), ..Filter::default() };
            all(store, Viewer::Anonymous, &filter, Sort { field: SortField::Relevance, descending: true })
                .await
        };
        assert_eq!(search("комек").await, [help.id]);
        assert_eq!(search("КӨМЕК медициналық").await, [help.id]);
        assert_eq!(search("рекомендация").await, [recommendations.id]);
        assert_eq!(search("көмек рекомендация").await, Vec::<ItemId>::new());
        // A changed title is found by its new words alone.
        let mut renamed = help.clone();
        renamed.title = title(Language::Kazakh, "Тергеу");
        renamed.version += 1;
        let before = help.clone();
        let after = renamed.clone();
        store
            .write(move |tx| Box::pin(async move { items::update(tx, &before, &after).await }))
            .await
            .unwrap();
        assert_eq!(search("комек").await, Vec::<ItemId>::new());
        assert_eq!(search("тергеу").await, [help.id]);
    })
    .await;
}
