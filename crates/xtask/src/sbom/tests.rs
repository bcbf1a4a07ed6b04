//! The document against what the schema of `CycloneDX` 1.6 asks of it, and against the program.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{RELEASED, generate};
use crate::repository;

fn document() -> Value {
    serde_json::from_str(&generate(RELEASED).unwrap()).unwrap()
}

fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value[member].as_array().map_or(&[], Vec::as_slice)
}

/// Members that an object must have, and members that it may have beside them.
fn has(value: &Value, required: &[&str], optional: &[&str]) {
    let members: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    for name in required {
        assert!(members.contains(name), "{name} is missing in {value}");
    }
    for name in members {
        assert!(required.contains(&name) || optional.contains(&name), "{name} is not known in {value}");
    }
}

fn is_component(component: &Value) {
    let optional =
        ["bom-ref", "version", "description", "scope", "hashes", "licenses", "purl", "externalReferences"];
    has(component, &["type", "name"], &optional);
    assert!(["application", "library"].contains(&component["type"].as_str().unwrap()));
    assert!(
        component["scope"].is_null()
            || ["required", "excluded"].contains(&component["scope"].as_str().unwrap())
    );
    for hash in list(component, "hashes") {
        has(hash, &["alg", "content"], &[]);
        let content = hash["content"].as_str().unwrap();
        let is_hexadecimal = content.len() == 64 && content.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(hash["alg"] == "SHA-256" && is_hexadecimal, "{hash}");
    }
    // One expression, or several licences by identifier.
    assert!(list(component, "licenses").len() <= 1);
    for license in list(component, "licenses") {
        has(license, &["expression"], &[]);
        assert!(!license["expression"].as_str().unwrap().contains('/'), "{license}");
    }
    for reference in list(component, "externalReferences") {
        has(reference, &["type", "url"], &[]);
    }
}

#[test]
fn the_document_is_one_of_cyclonedx_1_6() {
    let document = document();
    has(
        &document,
        &["bomFormat", "specVersion"],
        &["$schema", "version", "metadata", "components", "dependencies"],
    );
    assert_eq!((&document["bomFormat"], &document["specVersion"]), (&"CycloneDX".into(), &"1.6".into()));
    assert!(document["version"].as_u64().unwrap() >= 1);
    has(&document["metadata"], &[], &["component", "tools"]);
    is_component(&document["metadata"]["component"]);
    list(&document["metadata"]["tools"], "components").iter().for_each(is_component);
    let components = list(&document, "components");
    components.iter().for_each(is_component);
    let own = &document["metadata"]["component"];
    let references: Vec<&str> =
        components.iter().chain([own]).map(|component| component["bom-ref"].as_str().unwrap()).collect();
    let distinct: BTreeSet<&str> = references.iter().copied().collect();
    assert_eq!(distinct.len(), references.len(), "references within the document are unique");
    let dependencies = list(&document, "dependencies");
    assert_eq!(dependencies.len(), references.len());
    for dependency in dependencies {
        has(dependency, &["ref"], &["dependsOn"]);
        assert!(distinct.contains(dependency["ref"].as_str().unwrap()), "{dependency}");
        let needs: BTreeSet<&str> =
            list(dependency, "dependsOn").iter().map(|one| one.as_str().unwrap()).collect();
        assert_eq!(needs.len(), list(dependency, "dependsOn").len(), "each once: {dependency}");
        assert!(needs.is_subset(&distinct), "{dependency}");
    }
}

#[test]
fn everything_that_others_made_has_an_address_a_checksum_and_a_licence() {
    let document = document();
    let components = list(&document, "components");
    let (ours, others): (Vec<_>, Vec<_>) =
        components.iter().partition(|component| component["name"].as_str().unwrap().starts_with("qadam-"));
    assert!(others.len() > 100 && ours.len() > 5, "{} and {}", others.len(), ours.len());
    for component in others {
        let purl = component["purl"].as_str().unwrap();
        assert!(purl.starts_with("pkg:cargo/"), "{component}");
        assert_eq!(
            (list(component, "hashes").len(), list(component, "licenses").len()),
            (1, 1),
            "{component}"
        );
    }
    let named = |name: &str| components.iter().find(|component| component["name"] == name);
    // What runs when it is built is not in the program, and what tests need is in neither.
    assert_eq!(named("tokio").unwrap()["scope"], "required");
    assert_eq!(named("serde_derive").unwrap()["scope"], "excluded");
    assert!(named("proptest").is_none() && named("ct-merkle").is_none() && named("qadam-tests").is_none());
}

#[test]
fn the_same_sources_give_the_same_document_wherever_they_lie() {
    let document = generate(RELEASED).unwrap();
    assert_eq!(document, generate(RELEASED).unwrap());
    assert!(!document.contains(repository::root().to_str().unwrap()), "no path of this machine");
}
