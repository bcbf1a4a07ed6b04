//! The packages of the program, as cargo knows them.
//!
//! Which they are is asked of `cargo tree`, which looks at the program alone with the features that it asks for; what they
//! are called, licensed and made of, of `cargo metadata` and `Cargo.lock`, which look at the whole workspace.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{cargo, repository};

/// The package whose binary is shipped.
pub(super) const PROGRAM: &str = "qadam-server";

/// Name and version.
pub(super) type Key = (String, String);

/// A package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Package {
    /// Its SPDX expression.
    pub(super) license: Option<String>,
    /// What it says of itself.
    pub(super) description: Option<String>,
    /// Where its sources are kept.
    pub(super) repository: Option<String>,
    /// SHA-256 of what was downloaded; none for one of ours.
    pub(super) checksum: Option<String>,
    /// Whether something of it is in the program: macros run when it is built.
    pub(super) is_shipped: bool,
    /// What it needs.
    pub(super) needs: BTreeSet<Key>,
}

/// All packages of the program, itself among them.
pub(super) fn read(target: &str) -> Result<BTreeMap<Key, Package>> {
    let all = tree("normal", target)?;
    let shipped = tree("normal,no-proc-macro", target)?;
    let checksums = checksums()?;
    let metadata = cargo::capture(cargo::command().args([
        "metadata",
        "--format-version=1",
        "--locked",
        "--filter-platform",
        target,
    ]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("reading cargo metadata")?;
    let described = array(&metadata, "packages").iter().map(|package| (text(package, "id"), package));
    let described: BTreeMap<&str, &Value> = described.collect();
    let nodes = metadata.pointer("/resolve/nodes").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut packages = BTreeMap::new();
    for node in nodes {
        let package = described.get(text(node, "id")).context("a package without a description")?;
        let key = key(package);
        if all.contains(&key) {
            let needs = needs(node, &described).filter(|needed| all.contains(needed)).collect();
            let is_shipped = shipped.contains(&key);
            let checksum = checksums.get(&key).cloned();
            packages.insert(key, described_as(package, is_shipped, checksum, needs));
        }
    }
    match all.iter().find(|key| !packages.contains_key(*key)) {
        Some((name, version)) => bail!("cargo metadata does not know {name} {version}"),
        None => Ok(packages),
    }
}

fn described_as(
    package: &Value,
    is_shipped: bool,
    checksum: Option<String>,
    needs: BTreeSet<Key>,
) -> Package {
    let told = |member: &str| package.get(member).and_then(Value::as_str).map(ToOwned::to_owned);
    Package {
        // An older way of writing that either may be chosen.
        license: told("license").map(|license| words(&license.replace('/', " OR "))),
        description: told("description").map(|text| words(&text)),
        repository: told("repository"),
        checksum,
        is_shipped,
        needs,
    }
}

/// What a package needs where it runs.
fn needs<'a>(node: &'a Value, described: &'a BTreeMap<&str, &Value>) -> impl Iterator<Item = Key> + 'a {
    let is_normal = |needed: &&Value| array(needed, "dep_kinds").iter().any(|kind| kind["kind"].is_null());
    let normal = array(node, "deps").iter().filter(is_normal);
    normal.filter_map(|needed| described.get(text(needed, "pkg")).map(|package| key(package)))
}

/// The packages that `cargo tree` finds along these edges.
fn tree(edges: &str, target: &str) -> Result<BTreeSet<Key>> {
    let listed = cargo::capture(cargo::command().args([
        "tree",
        "--locked",
        "--package",
        PROGRAM,
        "--edges",
        edges,
        "--target",
        target,
        "--prefix=none",
        "--format={p}",
    ]))?;
    let key = |line: &str| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
    };
    Ok(listed.lines().filter_map(key).collect())
}

/// The checksums of what is downloaded.
fn checksums() -> Result<BTreeMap<Key, String>> {
    let text =
        std::fs::read_to_string(repository::root().join("Cargo.lock")).context("reading Cargo.lock")?;
    let lock: toml::Table = text.parse().context("reading Cargo.lock")?;
    let packages =
        lock.get("package").and_then(toml::Value::as_array).context("Cargo.lock has no packages")?;
    let checksum = |package: &toml::Value| {
        let told = |member: &str| package.get(member).and_then(toml::Value::as_str).map(ToOwned::to_owned);
        Some(((told("name")?, told("version")?), told("checksum")?))
    };
    Ok(packages.iter().filter_map(checksum).collect())
}

fn key(package: &Value) -> Key {
    (text(package, "name").to_owned(), text(package, "version").to_owned())
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn array<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A text with one space between its words.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
