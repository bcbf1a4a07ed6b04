//! Vocabularies: the files of this repository, and what installing them does.

use qadam_app::Code;
use qadam_app::vocabularies::{Term, VocabularyKind, install, parse};
use qadam_domain::language::Language;
use serde_json::{Value, json};

use crate::support::TestApp;

/// The terms of all data files of this repository.
fn files() -> Vec<Term> {
    let read = |kind: VocabularyKind| {
        let path = format!("{}/../data/vocabularies/{}.json", env!("CARGO_MANIFEST_DIR"), kind.code());
        parse(kind, &std::fs::read_to_string(path).unwrap()).unwrap()
    };
    VocabularyKind::ALL.into_iter().flat_map(read).collect()
}

#[tokio::test]
async fn the_files_of_this_repository_are_installed() {
    let test = TestApp::start().await;
    let terms = files();
    assert_eq!(install(&test.app, &terms).await.unwrap(), 185);
    let vocabularies = test.app.vocabularies();
    let counts = VocabularyKind::ALL.map(|kind| vocabularies.terms(kind.code()).len());
    assert_eq!(counts, [22, 90, 21, 18, 20, 9, 5]);
    let themes: Vec<_> = vocabularies.terms("themes").iter().map(|term| term.code.as_str()).collect();
    assert_eq!(themes[..3], ["definition", "investigation", "safeguards"]);
    assert!(vocabularies.contains("legal_refs", "CAT-14") && !vocabularies.contains("themes", "CAT-14"));
    assert!(!vocabularies.contains("none", "CAT-14"));
    let upr = vocabularies.get("mechanisms", "UPR").unwrap();
    assert!(upr.name.get(Language::Kazakh).is_some());
    let answering: Vec<_> = vocabularies
        .terms("mechanisms")
        .iter()
        .filter(|term| vocabularies.mechanism_answers(&term.code))
        .map(|term| term.code.as_str())
        .collect();
    assert_eq!(answering, ["UPR", "NPM"]);
    assert!(!vocabularies.mechanism_answers("NONE"));
}

#[tokio::test]
async fn each_changed_term_is_entered_once_and_an_unchanged_one_never() {
    let test = TestApp::start().await;
    let mut terms = files();
    install(&test.app, &terms).await.unwrap();
    assert_eq!(test.entered("vocabulary_term").await.len(), 185);
    assert_eq!(install(&test.app, &terms).await.unwrap(), 0);
    let children =
        terms.iter().position(|term| term.vocabulary == "groups" && term.code == "children").unwrap();
    terms[children].name.set(Language::English, Some("Girls and boys".to_owned()));
    let media = terms.iter().position(|term| term.code == "media").unwrap();
    let removed = terms.remove(media);
    let mut added = removed.clone();
    added.code = "press".to_owned();
    terms.insert(media, added);
    assert_eq!(install(&test.app, &terms).await.unwrap(), 3);
    let entered = test.entered("vocabulary_term").await.split_off(185);
    let told: Vec<_> =
        entered.iter().map(|entry| (entry.action.as_str(), entry.subject.1.as_str())).collect();
    assert_eq!(
        told,
        [
            ("vocabulary_term.changed", "groups/children"),
            ("vocabulary_term.removed", "groups/media"),
            ("vocabulary_term.created", "groups/press"),
        ]
    );
    assert!(entered.iter().all(|entry| entry.level == 4 && !entry.sealed));
    let payload = &entered[0].payload;
    assert_eq!(payload["actor"]["role"], "system");
    assert_eq!(payload["before"], json!({"name": {"kk": "Балалар", "ru": "Дети", "en": "Children"}}));
    assert_eq!(
        payload["after"],
        json!({
            "vocabulary": "groups",
            "code": "children",
            "place": 2,
            "name": {"kk": "Балалар", "ru": "Дети", "en": "Girls and boys"},
            "data": {"uhri": "Children"},
        })
    );
    assert_eq!(entered[1].payload["after"], Value::Null);
    assert!(!test.app.vocabularies().contains("groups", "media"));
}

#[tokio::test]
async fn one_vocabulary_is_installed_alone_and_the_others_stay() {
    let test = TestApp::start().await;
    install(&test.app, &files()).await.unwrap();
    let themes: Vec<_> = files().into_iter().filter(|term| term.code == "definition").collect();
    assert_eq!(install(&test.app, &themes).await.unwrap(), 21);
    let vocabularies = test.app.vocabularies();
    assert_eq!((vocabularies.terms("themes").len(), vocabularies.terms("legal_refs").len()), (1, 90));
}

#[tokio::test]
async fn a_theme_that_names_an_unknown_article_installs_nothing() {
    let test = TestApp::start().await;
    let mut terms = files();
    terms[0].data["uncat"] = json!(["CAT-99"]);
    let refused = install(&test.app, &terms).await.unwrap_err();
    assert_eq!(refused.code(), Code::Internal);
    assert!(refused.to_string().contains("definition"), "{refused}");
    assert!(test.entered("vocabulary_term").await.is_empty());
}

#[tokio::test]
async fn vocabularies_are_there_after_a_restart() {
    let test = TestApp::start().await;
    install(&test.app, &files()).await.unwrap();
    let again = test.open_again(|_| {}).await;
    assert_eq!(again.vocabularies().terms("legal_refs"), test.app.vocabularies().terms("legal_refs"));
}
