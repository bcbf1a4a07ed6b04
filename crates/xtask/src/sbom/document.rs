//! The `CycloneDX` document of some packages (<https://cyclonedx.org/docs/1.6/json/>).

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use super::packages::{Key, PROGRAM, Package};

/// The document. Members and components always come in the same order.
pub(super) fn of(packages: &BTreeMap<Key, Package>) -> Result<Value> {
    let program = packages.iter().find(|((name, _), _)| name == PROGRAM);
    let (program, described) = program.with_context(|| format!("{PROGRAM} is not among its own packages"))?;
    let others = packages.iter().filter(|(key, _)| *key != program);
    let components: Vec<Value> = others.map(|(key, package)| component(key, package)).collect();
    let dependencies = packages.iter().map(|(key, package)| {
        let needs =
            package.needs.iter().map(|needed| packages.get(needed).map(|found| reference(needed, found)));
        json!({"ref": reference(key, package), "dependsOn": needs.collect::<Vec<_>>()})
    });
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": application(program, described),
            "tools": {"components": [{"type": "application", "name": "cargo xtask sbom", "version": program.1}]},
        },
        "components": components,
        "dependencies": dependencies.collect::<Vec<_>>(),
    }))
}

/// The program itself.
fn application(key: &Key, package: &Package) -> Value {
    let mut told = common(key, package);
    told.insert("type".to_owned(), json!("application"));
    told.insert("name".to_owned(), json!("qadam"));
    Value::Object(told)
}

fn component(key: &Key, package: &Package) -> Value {
    let mut told = common(key, package);
    told.insert("type".to_owned(), json!("library"));
    told.insert("scope".to_owned(), json!(if package.is_shipped { "required" } else { "excluded" }));
    Value::Object(told)
}

fn common(key: &Key, package: &Package) -> Map<String, Value> {
    let (name, version) = key;
    let mut told = Map::new();
    told.insert("bom-ref".to_owned(), json!(reference(key, package)));
    told.insert("name".to_owned(), json!(name));
    told.insert("version".to_owned(), json!(version));
    if let Some(description) = &package.description {
        told.insert("description".to_owned(), json!(description));
    }
    if let Some(license) = &package.license {
        told.insert("licenses".to_owned(), json!([{"expression": license}]));
    }
    if let Some(checksum) = &package.checksum {
        told.insert("purl".to_owned(), json!(reference(key, package)));
        told.insert("hashes".to_owned(), json!([{"alg": "SHA-256", "content": checksum}]));
    }
    if let Some(repository) = &package.repository {
        told.insert("externalReferences".to_owned(), json!([{"type": "vcs", "url": repository}]));
    }
    told
}

/// What a package is called within the document: its package address where everybody can download it.
fn reference((name, version): &Key, package: &Package) -> String {
    match package.checksum {
        // A plus sign in a version is written so in an address.
        Some(_) => format!("pkg:cargo/{name}@{}", version.replace('+', "%2B")),
        None => format!("{name}@{version}"),
    }
}
