//! Dependencies point downwards, as the table of [`super::layers`] says.

use super::{
    Finding,
    layers::{Family, LAYERS, Layer, Others},
    manifest::{Dependency, Kind, Manifest},
};

pub(super) fn check(manifests: &[Manifest]) -> Vec<Finding> {
    manifests.iter().flat_map(check_one).collect()
}

fn check_one(manifest: &Manifest) -> Vec<Finding> {
    let Some(layer) = LAYERS.iter().find(|layer| layer.package == manifest.package) else {
        let message = format!("`{}` is not in the table of layers of cargo xtask tidy", manifest.package);
        return vec![Finding::error(&manifest.path, 1, message)];
    };
    let refused = manifest.dependencies.iter().filter_map(|dependency| {
        let reason = reason_against(layer, dependency)?;
        Some(Finding::error(&manifest.path, dependency.line, reason))
    });
    refused.collect()
}

/// Why `layer` may not have `dependency`, if it may not.
///
/// In its tests a package may use what it likes of others, but for a database: who needs one there tests
/// storage, or should use what storage offers.
fn reason_against(layer: &Layer, dependency: &Dependency) -> Option<String> {
    let (package, user) = (dependency.package.as_str(), layer.package);
    if package == "xtask" || package.starts_with("qadam-") {
        let allowed = layer.ours.contains(&package);
        return (!allowed).then(|| {
            let list = if layer.ours.is_empty() { "none of ours".to_owned() } else { layer.ours.join(", ") };
            format!("`{user}` may not depend on `{package}`: it stands on {list}")
        });
    }
    match (&layer.others, dependency.kind) {
        (Others::Only(allowed), Kind::Normal) => (!allowed.contains(&package))
            .then(|| format!("`{user}` may not depend on `{package}`: only on {}", allowed.join(", "))),
        (Others::Only(allowed), Kind::Development) => (Family::Database.contains(package)
            && !allowed.contains(&package))
        .then(|| format!("`{user}` may not use `{package}` in its tests")),
        (Others::Guarded(allowed), kind) => {
            let family = Family::ALL.into_iter().find(|family| family.contains(package))?;
            let matters = kind == Kind::Normal || family == Family::Database;
            (matters && !allowed.contains(&family))
                .then(|| format!("`{user}` may not depend on `{package}`: that is another layer's job"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(user: &str, package: &str, kind: Kind) -> bool {
        let manifest = Manifest {
            path: "crates/x/Cargo.toml".to_owned(),
            package: user.to_owned(),
            dependencies: vec![Dependency { package: package.to_owned(), kind, line: 7 }],
        };
        let findings = check(&[manifest]);
        assert!(findings.iter().all(|finding| finding.line == 7), "{findings:?}");
        !findings.is_empty()
    }

    #[test]
    fn the_permitted_direction_is_permitted() {
        for (user, package) in [
            ("qadam-domain", "chrono"),
            ("qadam-migrations", "sea-orm-migration"),
            ("qadam-storage", "qadam-migrations"),
            ("qadam-storage", "sea-orm"),
            ("qadam-app", "qadam-storage"),
            ("qadam-api", "qadam-app"),
            ("qadam-api", "axum"),
            ("qadam-api", "utoipa-swagger-ui"),
            ("qadam-web", "qadam-localisation"),
            ("qadam-exchange", "qadam-app"),
            ("qadam-server", "qadam-api"),
            ("qadam-server", "axum"),
            ("qadam-tests", "qadam-storage"),
            ("qadam-tests", "sqlx"),
        ] {
            assert!(!refused(user, package, Kind::Normal), "{user} -> {package}");
        }
    }

    #[test]
    fn every_other_direction_is_refused() {
        for (user, package) in [
            ("qadam-domain", "serde"),
            ("qadam-domain", "qadam-ledger"),
            ("qadam-ledger", "qadam-domain"),
            ("qadam-ledger", "sqlx"),
            ("qadam-localisation", "qadam-domain"),
            ("qadam-migrations", "qadam-domain"),
            ("qadam-storage", "qadam-app"),
            ("qadam-storage", "axum"),
            ("qadam-app", "sea-orm"),
            ("qadam-app", "sea-orm-migration"),
            ("qadam-app", "axum-extra"),
            ("qadam-app", "utoipa"),
            ("qadam-app", "qadam-api"),
            ("qadam-api", "qadam-storage"),
            ("qadam-api", "qadam-web"),
            ("qadam-web", "qadam-api"),
            ("qadam-web", "sqlx"),
            ("qadam-exchange", "qadam-storage"),
            ("qadam-server", "qadam-storage"),
            ("qadam-server", "qadam-migrations"),
            ("qadam-server", "sea-orm"),
            ("xtask", "qadam-domain"),
        ] {
            assert!(refused(user, package, Kind::Normal), "{user} -> {package}");
        }
    }

    #[test]
    fn tests_of_a_crate_use_tools_but_no_database() {
        assert!(!refused("qadam-domain", "proptest", Kind::Development));
        assert!(!refused("qadam-exchange", "axum", Kind::Development));
        assert!(refused("qadam-domain", "sqlx", Kind::Development));
        assert!(refused("qadam-app", "sea-orm", Kind::Development));
        assert!(!refused("qadam-storage", "sqlx", Kind::Development));
        assert!(refused("qadam-domain", "qadam-storage", Kind::Development));
    }

    #[test]
    fn a_crate_without_a_row_is_refused() {
        let manifest = Manifest {
            path: "crates/x/Cargo.toml".to_owned(),
            package: "qadam-x".to_owned(),
            dependencies: vec![],
        };
        assert_eq!(check(&[manifest]).len(), 1);
    }

    #[test]
    fn the_table_itself_runs_from_the_bottom_up() {
        for (index, layer) in LAYERS.iter().enumerate() {
            for used in layer.ours.iter().filter(|_| layer.package.starts_with("qadam-")) {
                let position = LAYERS.iter().position(|other| other.package == *used);
                assert!(position.is_some_and(|position| position < index), "{} -> {used}", layer.package);
            }
        }
    }
}
