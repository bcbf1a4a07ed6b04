//! The vocabularies of a deployment: those that come with the program, or the files of a directory.
//!
//! A file of the directory is the whole of the vocabulary that it is named after; the others are those of the program.
//! It is read at every start, so that a deployment changes its vocabularies by changing its files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use qadam_app::App;
use qadam_app::vocabularies::{self, FileError, Term, VocabularyKind};

use crate::failure::Failure;
use crate::register::explained;

/// The largest file, in bytes.
const FILE_MAX: u64 = 8 * 1024 * 1024;

/// The vocabularies that come with the program.
const BUNDLED: [(VocabularyKind, &str); 7] = [
    (VocabularyKind::Themes, include_str!("../../../data/vocabularies/themes.json")),
    (VocabularyKind::LegalRefs, include_str!("../../../data/vocabularies/legal_refs.json")),
    (VocabularyKind::Groups, include_str!("../../../data/vocabularies/groups.json")),
    (VocabularyKind::SdgTargets, include_str!("../../../data/vocabularies/sdg_targets.json")),
    (VocabularyKind::Mechanisms, include_str!("../../../data/vocabularies/mechanisms.json")),
    (VocabularyKind::Findings, include_str!("../../../data/vocabularies/findings.json")),
    (VocabularyKind::LawStages, include_str!("../../../data/vocabularies/law_stages.json")),
];

/// Installs the vocabularies: those of the directory at every start, those of the program where there
/// are none: a vocabulary that is new in this version, too.
pub(crate) async fn install(app: &Arc<App>) -> Result<(), Failure> {
    let directory = app.settings().vocabularies.as_deref();
    let known = app.vocabularies();
    let installed = |kind: VocabularyKind| !known.terms(kind.code()).is_empty();
    let mut present: Vec<_> = VocabularyKind::ALL.into_iter().filter(|kind| installed(*kind)).collect();
    let terms = match directory {
        None if present.len() == BUNDLED.len() => return Ok(()),
        None => bundled(&present)?,
        Some(directory) => {
            let own = in_directory(directory)?;
            let named: Vec<_> = own.iter().map(|(kind, _)| *kind).collect();
            present.extend(&named);
            let mut terms = bundled(&present)?;
            terms.extend(own.into_iter().flat_map(|(_, terms)| terms));
            vocabularies::check_references(app, &terms)
                .map_err(|error| wrong(&at_fault(directory, &named, &error), &error))?;
            terms
        }
    };
    let place = directory.map_or("vocabularies".to_owned(), |directory| directory.display().to_string());
    let changed = vocabularies::install(app, &terms).await;
    let changed = changed.map_err(|error| Failure::failed(&place, explained(&error)))?;
    tracing::info!(changed, "vocabularies installed");
    Ok(())
}

/// The terms that come with the program, but for vocabularies that somebody brings.
fn bundled(without: &[VocabularyKind]) -> Result<Vec<Term>, Failure> {
    let mut terms = Vec::new();
    for (kind, text) in BUNDLED.iter().filter(|(kind, _)| !without.contains(kind)) {
        terms.extend(
            vocabularies::parse(*kind, text).map_err(|error| Failure::failed("vocabularies", error))?,
        );
    }
    Ok(terms)
}

/// What the files of a directory say. A file of another name is an error: a misspelt one would be lost in silence.
fn in_directory(directory: &Path) -> Result<Vec<(VocabularyKind, Vec<Term>)>, Failure> {
    let mut found = Vec::new();
    for file in fs::read_dir(directory).map_err(|error| wrong(directory, &error))? {
        let path = file.map_err(|error| wrong(directory, &error))?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(kind) = VocabularyKind::ALL.into_iter().find(|kind| kind.code() == name) else {
            let names = VocabularyKind::ALL.map(VocabularyKind::code).join(", ");
            return Err(wrong(&path, &format!("there is no such vocabulary, but {names}")));
        };
        let size = fs::metadata(&path).map_err(|error| wrong(&path, &error))?.len();
        if size > FILE_MAX {
            return Err(wrong(&path, &format!("larger than {FILE_MAX} bytes")));
        }
        let text = fs::read_to_string(&path).map_err(|error| wrong(&path, &error))?;
        found.push((kind, vocabularies::parse(kind, &text).map_err(|error| wrong(&path, &error))?));
    }
    if found.is_empty() {
        return Err(wrong(directory, &"holds no vocabulary"));
    }
    Ok(found)
}

/// A mistake in a file, or with it.
fn wrong(path: &Path, cause: &dyn std::fmt::Display) -> Failure {
    Failure::Misused(format!("vocabularies: {}: {cause}", path.display()))
}

/// The file of the directory that a mistake is in.
fn at_fault(directory: &Path, own: &[VocabularyKind], error: &FileError) -> PathBuf {
    let brought = |vocabulary: &&str| own.iter().any(|kind| kind.code() == *vocabulary);
    let file = error.vocabularies().into_iter().find(brought);
    file.map_or_else(|| directory.to_owned(), |vocabulary| directory.join(format!("{vocabulary}.json")))
}

#[cfg(test)]
mod tests {
    use qadam_app::clock::SystemClock;
    use qadam_app::database::{Durability, Options, open};
    use qadam_app::random::SystemRandomness;
    use qadam_app::settings::Settings;

    use super::*;

    const GROUPS: &str = r#"[{"code": "rural", "name": {"kk": "Ауыл", "ru": "Сельские жители", "en": "Rural people"}, "uhri": "Rural"}]"#;

    async fn start(directory: &Path, vocabularies: Option<&Path>) -> Arc<App> {
        let url = format!("sqlite://{}", directory.join("register.db").display());
        let options =
            Options { url, durability: Durability::ThrowAway, readers: 1, migrate: true, patience: None };
        let settings = Settings {
            data_dir: directory.to_owned(),
            vocabularies: vocabularies.map(Path::to_owned),
            ..Settings::default()
        };
        let store = open(&options).await.unwrap();
        let random = Arc::new(SystemRandomness);
        Arc::new(App::start(store, settings, Arc::new(SystemClock), random).await.unwrap())
    }

    fn codes(app: &App, vocabulary: &str) -> Vec<String> {
        app.vocabularies().terms(vocabulary).iter().map(|term| term.code.clone()).collect()
    }

    #[tokio::test]
    async fn a_file_replaces_its_vocabulary_at_every_start_and_the_others_stay() {
        let directory = tempfile::tempdir().unwrap();
        let own = directory.path().join("own");
        fs::create_dir(&own).unwrap();
        fs::write(own.join("groups.json"), GROUPS).unwrap();
        fs::write(own.join("README.md"), "Ours").unwrap();
        let app = start(directory.path(), Some(&own)).await;
        install(&app).await.unwrap();
        assert_eq!(codes(&app, "groups"), ["rural"]);
        assert!(codes(&app, "themes").contains(&"redress".to_owned()), "those of the program");
        fs::write(own.join("groups.json"), GROUPS.replace("rural", "villagers")).unwrap();
        install(&app).await.unwrap();
        assert_eq!(codes(&app, "groups"), ["villagers"]);
        assert!(codes(&app, "themes").contains(&"redress".to_owned()));
        let app = start(directory.path(), None).await;
        install(&app).await.unwrap();
        assert_eq!(codes(&app, "groups"), ["villagers"], "what is installed stays");
    }

    #[tokio::test]
    async fn a_vocabulary_that_is_new_comes_to_those_that_were_installed_before() {
        let directory = tempfile::tempdir().unwrap();
        let app = start(directory.path(), None).await;
        let groups = vocabularies::parse(VocabularyKind::Groups, GROUPS).unwrap();
        vocabularies::install(&app, &groups).await.unwrap();
        install(&app).await.unwrap();
        assert_eq!(codes(&app, "groups"), ["rural"], "what is installed stays");
        assert_eq!(codes(&app, "law_stages"), ["concept", "government", "mazhilis", "senate", "signed"]);
    }

    #[tokio::test]
    async fn a_code_that_no_vocabulary_has_is_named_with_the_file_and_the_term() {
        let directory = tempfile::tempdir().unwrap();
        let own = directory.path().join("own");
        fs::create_dir(&own).unwrap();
        let said = async |app: &Arc<App>| match install(app).await.unwrap_err() {
            Failure::Misused(said) => said,
            Failure::Failed(said) => panic!("not a mistake of the operator: {said}"),
        };
        let app = start(directory.path(), Some(&own)).await;
        let name = r#"{"kk": "а", "ru": "б", "en": "c"}"#;
        let theme = r#"[{"code": "health", "name": NAME, "uncat": ["CAT-11"], "uhri": [], "sdg": ["99.9"]}]"#;
        let file = own.join("themes.json");
        fs::write(&file, theme.replace("NAME", name)).unwrap();
        let expected = r#"term "health": names "99.9", which is not in sdg_targets"#;
        assert_eq!(said(&app).await, format!("vocabularies: {}: themes, {expected}", file.display()));
        fs::remove_file(&file).unwrap();
        // The other way round: what the file takes away, themes of the program or those installed still name.
        let file = own.join("legal_refs.json");
        let article = r#"[{"code": "CAT-1", "name": NAME, "instrument": "CAT"}]"#;
        let article = article.replace("NAME", name);
        fs::write(&file, &article).unwrap();
        let first = said(&app).await;
        assert!(first.starts_with(&format!("vocabularies: {}: themes, term ", file.display())), "{first}");
        assert!(first.ends_with("which is not in legal_refs"), "{first}");
        fs::remove_file(&file).unwrap();
        fs::write(own.join("groups.json"), GROUPS).unwrap();
        install(&app).await.unwrap();
        fs::write(&file, &article).unwrap();
        assert_eq!(said(&app).await, first);
        assert!(app.vocabularies().contains("legal_refs", "CAT-11"), "nothing was taken away");
    }

    #[tokio::test]
    async fn a_bad_file_is_named_with_the_place_and_nothing_is_installed() {
        let directory = tempfile::tempdir().unwrap();
        let own = directory.path().join("own");
        fs::create_dir(&own).unwrap();
        let app = start(directory.path(), Some(&own)).await;
        let cases = [
            ("groups.json", "[\n{\"code\": 7}]".to_owned(), "line 2"),
            ("groups.json", GROUPS.replace("uhri", "uhrl"), "unknown field `uhrl`"),
            ("groups.json", GROUPS.replace("\"rural\"", "\"a b\""), "term \"a b\": not a code"),
            ("group.json", GROUPS.to_owned(), "there is no such vocabulary, but themes"),
        ];
        for (name, text, expected) in cases {
            fs::write(own.join(name), text).unwrap();
            let Failure::Misused(said) = install(&app).await.unwrap_err() else { panic!("{name}") };
            assert!(said.contains(name) && said.contains(expected), "{said}");
            fs::remove_file(own.join(name)).unwrap();
        }
        let Failure::Misused(said) = install(&app).await.unwrap_err() else { panic!("an empty directory") };
        assert!(said.ends_with("holds no vocabulary"), "{said}");
        assert!(codes(&app, "themes").is_empty());
    }
}
