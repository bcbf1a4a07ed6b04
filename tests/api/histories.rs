//! Histories of items whose entries not everybody reads: what is left out leaves no hole.

use qadam_tests::{Caller, TestRegister};
use serde_json::Value;

use crate::scenes::{part, proposal, widen};

/// How many entries are embedded of an item at most.
const EMBEDDED_MAX: usize = 20;

/// A proposal whose submitter was known to the secretariat for a while, again and again.
async fn often_renamed(register: &TestRegister) -> String {
    let id = proposal(register, "rowan", "public", "own").await;
    for _ in 0..EMBEDDED_MAX {
        widen(register.ngo("KK"), &id, "identity", "secretariat").await;
        widen(register.ngo("KK"), &id, "identity", "own").await;
    }
    id
}

/// The leaves or, before admission, the digests of a history, page by page; every page but the last is full.
async fn walk(caller: Caller<'_>, path: &str, limit: usize) -> Vec<String> {
    let mut page = caller.get(&format!("{path}?limit={limit}")).await.expect(200);
    let mut digests = Vec::new();
    loop {
        let entries = page["items"].as_array().unwrap();
        digests.extend(entries.iter().map(|entry| entry["digest"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str().map(str::to_owned) else { break };
        assert_eq!(entries.len(), limit, "a page with another behind it is full");
        page = caller.get(next.split_once("/api/v1").unwrap().1).await.expect(200);
    }
    digests
}

#[tokio::test]
async fn pages_are_full_where_earlier_names_are_no_longer_told() {
    TestRegister::on_both(async |register| {
        let id = often_renamed(register).await;
        let path = part(&id, "history");
        let whole = walk(register.secretariat(), &path, 200).await;
        assert!((3..EMBEDDED_MAX).contains(&whole.len()), "{whole:?}");
        for limit in [1, 2] {
            assert_eq!(walk(register.secretariat(), &path, limit).await, whole);
        }
        let own = walk(register.ngo("KK"), &path, 200).await;
        assert!(own.len() >= whole.len() + 2 * EMBEDDED_MAX, "{} and {}", own.len(), whole.len());
    })
    .await;
}

#[tokio::test]
async fn the_newest_entries_that_are_told_are_embedded() {
    TestRegister::on_both(async |register| {
        let id = often_renamed(register).await;
        for caller in [register.secretariat(), register.ngo("KK")] {
            let told = caller.get(&part(&id, "history")).await.expect(200);
            let told: Vec<Value> =
                told["items"].as_array().unwrap().iter().take(EMBEDDED_MAX).cloned().collect();
            for path in [format!("/items/{id}?embed=history"), "/items?q=rowan&embed=history".to_owned()] {
                let answer = caller.get(&path).await.expect(200);
                let item = if answer["items"].is_array() { &answer["items"][0] } else { &answer };
                assert_eq!(item["embedded"]["history"], Value::Array(told.clone()), "{path}");
            }
        }
    })
    .await;
}
