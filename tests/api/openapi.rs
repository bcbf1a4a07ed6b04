//! The description itself: complete, committed, and of the version it says.

use std::collections::BTreeSet;

use qadam_tests::contract::{document, operations};

#[test]
fn the_description_is_of_openapi_3_1() {
    assert!(document()["openapi"].as_str().unwrap().starts_with("3.1."));
}

#[test]
fn every_operation_has_an_id_of_its_own() {
    let ids: Vec<&str> = operations().iter().map(|operation| operation.id.as_str()).collect();
    let different: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), different.len(), "{ids:?}");
}
