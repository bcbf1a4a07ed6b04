//! A vocabulary is replaced as a whole, and says what that changed.

use qadam_storage::vocabularies::{self, Term, TermChange};
use qadam_storage::{StorageError, Store};
use serde_json::json;

use crate::fixtures::three_languages;
use crate::support::on_both;

fn term(vocabulary: &str, code: &str, place: i64, english: &str) -> Term {
    Term {
        vocabulary: vocabulary.to_owned(),
        code: code.to_owned(),
        place,
        name: three_languages("атауы", "название", english),
        data: json!({"answers": false, "uhri": null, "scale": ["A", "B1"]}),
    }
}

async fn replace(
    store: &Store,
    vocabulary: &'static str,
    terms: &[Term],
) -> Result<Vec<TermChange>, StorageError> {
    let terms = terms.to_vec();
    store.write(move |tx| Box::pin(async move { vocabularies::replace(tx, vocabulary, &terms).await })).await
}

#[tokio::test]
async fn vocabularies_are_read_back_in_their_places() {
    on_both(async |database| {
        let themes =
            [term("theme", "medical", 0, "Medical care"), term("theme", "detention", 1, "Detention")];
        let groups = [term("group", "women", 0, "Women")];
        replace(&database.store, "theme", &themes).await.unwrap();
        replace(&database.store, "group", &groups).await.unwrap();
        let [medical, detention] = themes;
        let [women] = groups;
        let all = vocabularies::all(&database.store.read()).await.unwrap();
        assert_eq!(all, [women, medical, detention]);
    })
    .await;
}

#[tokio::test]
async fn replacing_tells_what_is_new_changed_and_gone_and_nothing_else() {
    on_both(async |database| {
        let (kept, old) = (term("theme", "a", 0, "Kept"), term("theme", "b", 1, "Old"));
        let gone = term("theme", "c", 2, "Gone");
        let other = term("group", "c", 0, "Not concerned");
        replace(&database.store, "theme", &[kept.clone(), old.clone(), gone.clone()]).await.unwrap();
        replace(&database.store, "group", std::slice::from_ref(&other)).await.unwrap();

        let (renamed, new) = (term("theme", "b", 1, "New name"), term("theme", "d", 2, "New"));
        let wanted = [kept.clone(), renamed.clone(), new.clone()];
        let changes = replace(&database.store, "theme", &wanted).await.unwrap();
        assert_eq!(
            changes,
            [
                TermChange { before: Some(old), after: Some(renamed.clone()) },
                TermChange { before: Some(gone), after: None },
                TermChange { before: None, after: Some(new.clone()) },
            ]
        );
        assert_eq!(vocabularies::all(&database.store.read()).await.unwrap(), [other, kept, renamed, new]);
        assert_eq!(replace(&database.store, "theme", &wanted).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_vocabulary_with_a_code_twice_or_a_foreign_term_is_refused_whole() {
    on_both(async |database| {
        let twice = [term("theme", "a", 0, "One"), term("theme", "a", 1, "Two")];
        let foreign = [term("theme", "b", 0, "One"), term("group", "c", 1, "Two")];
        for terms in [twice, foreign] {
            let refused = replace(&database.store, "theme", &terms).await;
            assert!(matches!(refused, Err(StorageError::Refused(_))), "{refused:?}");
        }
        assert_eq!(vocabularies::all(&database.store.read()).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_long_vocabulary_is_written_in_several_statements() {
    on_both(async |database| {
        let many: Vec<_> =
            (0..1_201).map(|place| term("legal_ref", &format!("ref-{place:04}"), place, "Article")).collect();
        assert_eq!(replace(&database.store, "legal_ref", &many).await.unwrap().len(), 1_201);
        assert_eq!(vocabularies::all(&database.store.read()).await.unwrap(), many);
        assert_eq!(replace(&database.store, "legal_ref", &[]).await.unwrap().len(), 1_201);
        assert_eq!(vocabularies::all(&database.store.read()).await.unwrap(), []);
    })
    .await;
}
