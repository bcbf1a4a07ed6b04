//! `qadam doctor`: what is wrong with an installation, one line a check.

use std::fs;
use std::path::Path;

use chrono::Datelike as _;
use qadam_app::authentication::{ask_provider, passkey_domain};
use qadam_app::clock::{Clock as _, SystemClock, local_day};
use qadam_app::database::Store;
use qadam_app::ledger::auditing::{Audit, FilesFound};
use qadam_domain::language::Language;
use qadam_ledger::SigningKey;

use crate::command_line::Doctor;
use crate::config::{Configuration, sqlite_path};
use crate::failure::Failure;
use crate::{output, register, telemetry};

/// What a check found: well or not, in a few words.
type Finding = Result<String, String>;

/// Below this much free space a busy register may not last the day, in MiB.
const SPACE_MIN_MIB: u64 = 512;

pub(super) async fn run(arguments: &Doctor) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    let mut findings = vec![
        ("data directory", data_directory(&configuration.data_dir)),
        ("key files", key_files(&configuration.data_dir, configuration.ledger.key_file.is_none())),
        ("ledger key", ledger_key(&configuration)),
        ("disk space", disk_space(&configuration)),
        ("clock", clock()),
        ("time zone", Ok(time_zone(&configuration))),
        ("languages", Ok(languages(&configuration))),
        ("passkeys", Ok(passkeys(&configuration))),
    ];
    findings.extend(provider(&configuration).await);
    findings.extend(database(&configuration).await);
    for (check, finding) in &findings {
        let (word, text) = match finding {
            Ok(text) => ("ok  ", text),
            Err(text) => ("FAIL", text),
        };
        output::line(&format!("{word}  {check}: {text}"))?;
    }
    match findings.iter().filter(|(_, finding)| finding.is_err()).count() {
        0 => Ok(()),
        failed => Err(Failure::Failed(format!("{failed} checks failed"))),
    }
}

/// It is there, can be written to, and nobody else looks into it.
fn data_directory(path: &Path) -> Finding {
    let place = path.display();
    let metadata = fs::metadata(path).map_err(|error| format!("{place}: {error}"))?;
    if !metadata.is_dir() {
        return Err(format!("{place} is not a directory"));
    }
    tempfile::tempfile_in(path).map_err(|error| format!("{place} cannot be written to: {error}"))?;
    Ok(place.to_string())
}

/// Those that were made are read by their owner alone.
fn key_files(data_dir: &Path, with_ledger: bool) -> Finding {
    let keys = data_dir.join("keys");
    let names: Vec<&str> =
        ["ledger.pem", "token.pem", "sealing.key"].into_iter().skip(usize::from(!with_ledger)).collect();
    let mut found = 0;
    for name in &names {
        let path = keys.join(name);
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(format!("{}: {error}", path.display())),
        };
        found += 1;
        fs::File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        if is_open_to_others(&metadata) {
            return Err(format!("{} can be read by others: chmod 600 it", path.display()));
        }
    }
    if let Some(open) = open_to_others(&keys) {
        return Err(format!("{} can be read by others: chmod 600 it", open.display()));
    }
    match found {
        0 => Ok("none yet; the first start makes them".to_owned()),
        found if found == names.len() => Ok(format!("{found}, read by their owner alone")),
        found => Err(format!(
            "{found} of {} are in {}; bring the others back from a backup",
            names.len(),
            keys.display()
        )),
    }
}

/// A key that lies elsewhere is there, can be used, and is read by its owner alone.
fn ledger_key(configuration: &Configuration) -> Finding {
    let Some(path) = &configuration.ledger.key_file else {
        return Ok("in the data directory".to_owned());
    };
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let pem = fs::read_to_string(path).map_err(|error| wrong(&error))?;
    SigningKey::from_pem(&pem).map_err(|error| wrong(&error))?;
    if is_open_to_others(&fs::metadata(path).map_err(|error| wrong(&error))?) {
        return Err(format!("{} can be read by others: chmod 600 it", path.display()));
    }
    Ok(path.display().to_string())
}

/// A file beside the keys that others can read: one that comes next, or was before.
fn open_to_others(keys: &Path) -> Option<std::path::PathBuf> {
    let files = fs::read_dir(keys).ok()?.flatten();
    let is_open = |file: &fs::DirEntry| file.metadata().is_ok_and(|metadata| is_open_to_others(&metadata));
    files.into_iter().find(is_open).map(|file| file.path())
}

#[cfg(unix)]
fn is_open_to_others(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
const fn is_open_to_others(_metadata: &fs::Metadata) -> bool {
    false
}

/// Whether people can sign in with passkeys, which are bound to a domain.
fn passkeys(configuration: &Configuration) -> String {
    let url = configuration.public_url(configuration.listen.address);
    match passkey_domain(&url) {
        Some(domain) => format!("bound to {domain}"),
        None => format!("none: browsers have them on domains over https and on localhost, and not at {url}"),
    }
}

/// Whether the provider of identities answers as it should, where one is named.
async fn provider(configuration: &Configuration) -> Option<(&'static str, Finding)> {
    let settings = configuration.settings(configuration.listen.address);
    let finding = ask_provider(&settings, SystemClock.now()).await?;
    Some(("provider of identities", finding))
}

fn disk_space(configuration: &Configuration) -> Finding {
    let database = sqlite_path(&configuration.database_url());
    let folder = database.as_deref().and_then(Path::parent).filter(|path| path.is_dir());
    let folder = folder.unwrap_or(&configuration.data_dir);
    let free = free_mib(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let text = format!("{free} MiB free for {}", folder.display());
    if free >= SPACE_MIN_MIB { Ok(text) } else { Err(format!("{text}, which is less than {SPACE_MIN_MIB}")) }
}

#[cfg(unix)]
fn free_mib(folder: &Path) -> Result<u64, std::io::Error> {
    let space = rustix::fs::statvfs(folder)?;
    Ok(space.f_bavail.saturating_mul(space.f_frsize) / (1024 * 1024))
}

#[cfg(not(unix))]
fn free_mib(_folder: &Path) -> Result<u64, std::io::Error> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// Deadlines, tokens and the ledger's days all rest on it.
fn clock() -> Finding {
    let today = local_day(SystemClock.now(), chrono_tz::UTC);
    // A clock that was never set says 1970; one without a battery the year it was built.
    if today.year() < 2026 {
        Err(format!("says {today}, before this program was written"))
    } else {
        Ok(format!("{today} in UTC"))
    }
}

fn time_zone(configuration: &Configuration) -> String {
    let zone = configuration.platform.time_zone;
    format!("{zone}, where it is {}", local_day(SystemClock.now(), zone))
}

fn languages(configuration: &Configuration) -> String {
    let languages = configuration.platform.languages;
    let tags: Vec<_> = languages.iter().map(Language::tag).collect();
    format!("{}; {} to who asks for none of them", tags.join(", "), languages.first())
}

async fn database(configuration: &Configuration) -> Vec<(&'static str, Finding)> {
    if register::is_missing_file(configuration) {
        return vec![("database", Ok("none yet; the first start makes it".to_owned()))];
    }
    let opened = register::open_database(configuration, register::durability(configuration), false).await;
    let store = match opened {
        Ok(store) => store,
        Err(Failure::Failed(text) | Failure::Misused(text)) => return vec![("database", Err(text))],
    };
    let answers = match store.ping().await {
        Ok(()) => Ok("answers".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    let findings = vec![
        ("database", answers),
        ("migrations", migrations(&store).await),
        ("durability", synced(&store).await),
        ("files", files(configuration, &store).await),
    ];
    match store.close().await {
        Ok(()) => findings,
        Err(error) => findings.into_iter().chain([("closing", Err(error.to_string()))]).collect(),
    }
}

async fn migrations(store: &Store) -> Finding {
    match store.pending_migrations().await {
        Ok(0) => Ok("up to date".to_owned()),
        Ok(pending) => Err(format!("{pending} are missing: qadam migrate")),
        Err(error) => Err(error.to_string()),
    }
}

async fn synced(store: &Store) -> Finding {
    let unsynced = store.unsynced_settings().await.map_err(|error| error.to_string())?;
    if unsynced.is_empty() {
        let torn = store.torn_pages_setting().await.map_err(|error| error.to_string())?;
        let only = torn.map(|setting| {
            format!(
                "; it has {setting}, which is right on a file system that copies on write and nowhere else"
            )
        });
        return Ok(format!("commits wait for the disk{}", only.unwrap_or_default()));
    }
    Err(format!(
        "commits do not wait for the disk, for it has {}: a power cut loses what was acknowledged",
        unsynced.join(", ")
    ))
}

/// Every file that is recorded lies where the settings say, and is the one that was brought.
async fn files(configuration: &Configuration, store: &Store) -> Finding {
    if !matches!(store.pending_migrations().await, Ok(0)) {
        return Ok("not looked at before the database is migrated".to_owned());
    }
    let audit = Audit::begin(store).await.map_err(|error| error.to_string())?;
    let found = audit.files(&configuration.file_place()).await.map_err(|error| error.to_string())?;
    said_of(&found)
}

/// What was found of the files, in words: what could not be read is not said to be lost.
fn said_of(found: &FilesFound) -> Finding {
    let all = found.good + found.bad.len() as u64 + found.unread;
    let mut said = Vec::new();
    if let Some(first) = found.bad.first() {
        let lost = found.bad.len();
        said.push(format!("{lost} of {all} are lost or changed, the first of them that of evidence {first}"));
        if found.good == 0 && lost > 1 {
            said.push("none is as it was: do they lie where the settings say".to_owned());
        }
    }
    if let Some(failure) = &found.failure {
        let more = if found.given_up { ", and no more were asked for" } else { "" };
        said.push(format!("{} of {all} could not be read{more}: {failure}", found.unread));
    }
    if said.is_empty() { Ok(format!("{all} as they were brought")) } else { Err(said.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_and_open_key_files_are_found() {
        let directory = tempfile::tempdir().unwrap();
        assert!(key_files(directory.path(), true).unwrap().starts_with("none yet"));
        let keys = directory.path().join("keys");
        fs::create_dir(&keys).unwrap();
        for name in ["ledger.pem", "token.pem", "sealing.key"] {
            fs::write(keys.join(name), "x").unwrap();
            #[cfg(unix)]
            fs::set_permissions(keys.join(name), std::os::unix::fs::PermissionsExt::from_mode(0o600))
                .unwrap();
            assert_eq!(key_files(directory.path(), true).is_ok(), name == "sealing.key", "{name}");
        }
        assert!(key_files(directory.path(), true).is_ok());
        #[cfg(unix)]
        {
            fs::set_permissions(keys.join("token.pem"), std::os::unix::fs::PermissionsExt::from_mode(0o640))
                .unwrap();
            assert!(key_files(directory.path(), true).unwrap_err().contains("chmod 600"));
        }
    }

    #[test]
    fn a_data_directory_that_is_not_there_or_a_file_is_found() {
        let directory = tempfile::tempdir().unwrap();
        assert!(data_directory(directory.path()).is_ok());
        assert!(data_directory(&directory.path().join("nowhere")).is_err());
        let file = directory.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(data_directory(&file).unwrap_err().ends_with("is not a directory"));
    }

    #[tokio::test]
    async fn a_database_is_made_by_the_first_start_and_not_by_looking_for_it() {
        let directory = tempfile::tempdir().unwrap();
        let configuration =
            Configuration { data_dir: directory.path().to_owned(), ..Configuration::default() };
        assert!(database(&configuration).await.iter().all(|(_, finding)| finding.is_ok()));
        assert!(!directory.path().join("qadam.db").exists());
        let store = register::open_database(&configuration, register::durability(&configuration), true)
            .await
            .unwrap();
        store.close().await.unwrap();
        let findings = database(&configuration).await;
        assert_eq!(findings.len(), 4);
        assert!(findings.iter().all(|(_, finding)| finding.is_ok()), "{findings:?}");
    }

    #[tokio::test]
    async fn an_unsynced_or_unmigrated_database_is_found() {
        let directory = tempfile::tempdir().unwrap();
        let mut configuration =
            Configuration { data_dir: directory.path().to_owned(), ..Configuration::default() };
        configuration.database.unsafe_unsynced = true;
        fs::write(directory.path().join("qadam.db"), "").unwrap();
        let findings = database(&configuration).await;
        let failed: Vec<_> =
            findings.iter().filter(|(_, finding)| finding.is_err()).map(|(check, _)| *check).collect();
        assert_eq!(failed, ["migrations", "durability"]);
    }

    #[test]
    fn a_store_that_does_not_answer_is_not_said_to_have_lost_anything() {
        let found = FilesFound { good: 3, ..FilesFound::default() };
        assert_eq!(said_of(&found), Ok("3 as they were brought".to_owned()));
        let unread =
            FilesFound { unread: 5, failure: Some("no route".to_owned()), given_up: true, ..found.clone() };
        let text = said_of(&unread).unwrap_err();
        assert_eq!(text, "5 of 8 could not be read, and no more were asked for: no route");
        let bad = FilesFound { bad: vec!["a".to_owned()], ..found };
        assert_eq!(
            said_of(&bad).unwrap_err(),
            "1 of 4 are lost or changed, the first of them that of evidence a"
        );
        let empty = FilesFound { bad: vec!["a".to_owned(), "b".to_owned()], ..FilesFound::default() };
        assert!(said_of(&empty).unwrap_err().contains("where the settings say"));
    }
}
