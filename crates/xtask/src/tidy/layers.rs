//! The table of layers: which package may use which other, from the bottom up.
//!
//! This is the dependency direction of ARCHITECTURE.md in a form that fails a build. A new crate begins with a
//! row here.

/// One package of the workspace and what it may depend on.
pub(super) struct Layer {
    pub(super) package: &'static str,
    /// The packages of ours that it may use.
    pub(super) ours: &'static [&'static str],
    /// The packages of others that it may use.
    pub(super) others: Others,
}

/// A rule for packages that are not ours.
pub(super) enum Others {
    /// These and no others: for what has to stay small and pure.
    Only(&'static [&'static str]),
    /// Anything, but of the guarded families these alone.
    Guarded(&'static [Family]),
}

/// Packages that belong to one layer's job and would spread everywhere if nothing stopped them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Talking to a database.
    Database,
    /// Talking HTTP, and describing it.
    Http,
}

impl Family {
    pub(super) const ALL: [Self; 2] = [Self::Database, Self::Http];

    /// Whether a package of others is of this family: by its name, or the first part of it.
    pub(super) fn contains(self, package: &str) -> bool {
        let roots: &[&str] = match self {
            Self::Database => &["diesel", "rusqlite", "sea-orm", "sea-query", "sqlx", "tokio-postgres"],
            Self::Http => &["axum", "hyper", "tower-http", "utoipa"],
        };
        roots.iter().any(|root| {
            package.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    }
}

const DATABASE: &[Family] = &[Family::Database];
const HTTP: &[Family] = &[Family::Http];
const NONE: &[Family] = &[];
const ANY: &[Family] = &Family::ALL;

/// From the bottom up.
#[rustfmt::skip] // One row a package: this is read as a table.
pub(super) const LAYERS: [Layer; 22] = [
    Layer { package: "qadam-domain",       ours: &[], others: Others::Only(&["chrono", "thiserror", "unicode-normalization", "uuid"]) },
    Layer { package: "qadam-failpoints",   ours: &[], others: Others::Only(&[]) },
    Layer { package: "qadam-files",        ours: &["qadam-domain"], others: Others::Only(&["crc32fast", "thiserror", "zip"]) },
    Layer { package: "qadam-ledger",       ours: &[], others: Others::Guarded(NONE) },
    Layer { package: "qadam-search",       ours: &[], others: Others::Guarded(NONE) },
    Layer { package: "qadam-archive",      ours: &[], others: Others::Guarded(NONE) },
    Layer { package: "qadam-webauthn",     ours: &[], others: Others::Only(&["aws-lc-rs", "base64", "ciborium", "serde", "serde_json", "thiserror", "url"]) },
    Layer { package: "qadam-openid",       ours: &[], others: Others::Only(&["aws-lc-rs", "base64", "form_urlencoded", "jsonwebtoken", "reqwest", "rustls", "serde", "serde_json", "thiserror", "tokio", "url"]) },
    Layer { package: "qadam-localisation", ours: &[], others: Others::Guarded(NONE) },
    Layer { package: "qadam-mail",         ours: &["qadam-domain", "qadam-localisation"], others: Others::Only(&["chrono", "lettre", "thiserror", "tokio", "url"]) },
    Layer { package: "qadam-migrations",   ours: &["qadam-failpoints"], others: Others::Only(&["sea-orm-migration"]) },
    Layer { package: "qadam-storage",      ours: &["qadam-archive", "qadam-domain", "qadam-failpoints", "qadam-ledger", "qadam-migrations", "qadam-search"], others: Others::Guarded(DATABASE) },
    Layer { package: "qadam-app",          ours: &["qadam-archive", "qadam-domain", "qadam-failpoints", "qadam-files", "qadam-ledger", "qadam-mail", "qadam-openid", "qadam-search", "qadam-storage", "qadam-webauthn"], others: Others::Guarded(NONE) },
    Layer { package: "qadam-http",         ours: &["qadam-app", "qadam-domain", "qadam-localisation"], others: Others::Guarded(HTTP) },
    Layer { package: "qadam-api",          ours: &["qadam-app", "qadam-domain", "qadam-http", "qadam-ledger", "qadam-localisation"], others: Others::Guarded(HTTP) },
    Layer { package: "qadam-web",          ours: &["qadam-app", "qadam-domain", "qadam-http", "qadam-ledger", "qadam-localisation"], others: Others::Guarded(HTTP) },
    Layer { package: "qadam-exchange",     ours: &["qadam-app", "qadam-domain"], others: Others::Guarded(NONE) },
    Layer { package: "qadam-server",       ours: &["qadam-api", "qadam-app", "qadam-domain", "qadam-exchange", "qadam-http", "qadam-ledger", "qadam-web"], others: Others::Guarded(HTTP) },
    Layer { package: "qadam-cluster",      ours: &[], others: Others::Only(&["anyhow"]) },
    Layer { package: "qadam-tests",        ours: EVERYTHING, others: Others::Guarded(ANY) },
    Layer { package: "qadam-bench",        ours: EVERYTHING, others: Others::Guarded(ANY) },
    Layer { package: "xtask",              ours: &["qadam-cluster"], others: Others::Guarded(NONE) },
];

/// For what is never shipped and looks at the whole from outside.
const EVERYTHING: &[&str] = &[
    "qadam-api",
    "qadam-app",
    "qadam-archive",
    "qadam-cluster",
    "qadam-domain",
    "qadam-exchange",
    "qadam-files",
    "qadam-http",
    "qadam-ledger",
    "qadam-localisation",
    "qadam-migrations",
    "qadam-openid",
    "qadam-search",
    "qadam-server",
    "qadam-storage",
    "qadam-web",
    "qadam-webauthn",
];
