//! Vocabularies over HTTP.

use qadam_app::vocabularies::{VocabularyKind, install, parse};
use qadam_localisation::exists;
use serde_json::{Value, json};

use crate::testing::Register;

#[test]
fn every_vocabulary_has_a_name_in_every_language() {
    for kind in VocabularyKind::ALL {
        assert!(exists(&format!("vocabulary-{}", kind.code())), "{kind:?}");
    }
}

const GROUPS: &str = r#"[
    {"code": "children", "name": {"kk": "Балалар", "ru": "Дети", "en": "Children"}, "uhri": "Children"},
    {"code": "women", "name": {"kk": "Әйелдер", "ru": "Женщины", "en": "Women"}, "uhri": "Women"}
]"#;

#[tokio::test]
async fn the_terms_are_served_in_their_places_and_kept_until_they_change() {
    let register = Register::start().await;
    let terms = parse(VocabularyKind::Groups, GROUPS).unwrap();
    install(&register.app, &terms).await.unwrap();
    let list = register.ask("GET", "/api/v1/vocabularies", "").await;
    let codes: Vec<_> =
        list.body["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap()).collect();
    assert_eq!(
        codes,
        ["themes", "legal_refs", "groups", "sdg_targets", "mechanisms", "findings", "law_stages"]
    );
    let address = list.body["self"].as_str().unwrap();
    assert!(address.ends_with("/api/v1/vocabularies"), "{address}");
    assert_eq!(list.header("link"), format!("<{address}>; rel=\"self\""));
    assert_eq!(
        (&list.body["items"][2]["terms"], &list.body["items"][2]["name"]["ru"]),
        (&json!(2), &json!("Затронутые группы людей"))
    );

    let path = "/api/v1/vocabularies/groups";
    let groups = register.ask("GET", path, "").await;
    assert_eq!(
        groups.body["items"][1],
        json!({
            "vocabulary": "groups", "code": "women", "place": 1,
            "name": {"kk": "Әйелдер", "ru": "Женщины", "en": "Women"}, "data": {"uhri": "Women"},
        })
    );
    let known = [("if-none-match", groups.header("etag"))];
    assert_eq!(register.send("GET", path, "", &known, &Value::Null).await.status, 304);
    install(&register.app, &terms[..1]).await.unwrap();
    let fresh = register.send("GET", path, "", &known, &Value::Null).await;
    assert_eq!((fresh.status.as_u16(), fresh.body["items"].as_array().unwrap().len()), (200, 1));
}

#[tokio::test]
async fn an_unknown_vocabulary_comes_before_an_unknown_parameter() {
    let register = Register::start().await;
    assert_eq!(
        register.ask("GET", "/api/v1/vocabularies/colours?x=1", "").await.refusal(),
        (404, "not_found")
    );
    for path in ["/api/v1/vocabularies?x=1", "/api/v1/vocabularies/themes?x=1", "/api/v1/workflow?x=1"] {
        assert_eq!(register.ask("GET", path, "").await.refusal(), (400, "unknown_parameter"), "{path}");
    }
    assert_eq!(register.ask("GET", "/api/v1/vocabularies", "bad").await.refusal(), (401, "invalid_token"));
}
