//! What the public has is confirmed only while it holds.

use qadam_tests::TestRegister;
use serde_json::Value;

use crate::scenes::announced;

/// The numbers of the leaves of an embedded history.
fn leaves(item: &Value) -> Vec<Option<u64>> {
    let history = item["embedded"]["history"].as_array().unwrap();
    history.iter().map(|entry| entry["seq"].as_u64()).collect()
}

#[tokio::test]
async fn an_embedded_history_is_given_anew_when_its_entries_are_admitted() {
    TestRegister::on_both(async |register| {
        let anonymous = register.anonymous();
        let id = announced(register, "GPO", "larch").await;
        let one = format!("/items/{id}?embed=links,history");
        let list = "/items?q=larch&embed=history".to_owned();
        let found = |path: &str, body: Value| if path == list { body["items"][0].clone() } else { body };
        let mut known = Vec::new();
        for path in [&one, &list] {
            let answer = anonymous.get(path).await;
            assert!(leaves(&found(path, answer.expect(200))).contains(&None), "not admitted yet");
            // The item's own etag stays, to make changes on; a list has none to ask with.
            let etag = answer.headers.get("etag").map_or("\"~\"", |etag| etag.to_str().unwrap()).to_owned();
            assert!(path == &list || etag.len() > 3, "{etag}");
            known.push(etag);
        }
        register.admit().await;
        for (path, etag) in [&one, &list].into_iter().zip(known) {
            let again = anonymous.get(path).header("if-none-match", &etag).await;
            assert!(leaves(&found(path, again.expect(200))).iter().all(Option::is_some), "{again:?}");
        }
    })
    .await;
}
