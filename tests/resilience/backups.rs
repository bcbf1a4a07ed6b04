//! The real program is backed up while it writes, and restored elsewhere, on the other database too.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use age::secrecy::ExposeSecret as _;
use qadam_app::backups::{self, ArchiveError, BackupError, Destination, Manifest, Source, Trust, Unlock};
use qadam_app::clock::{Clock as _, SystemClock};
use qadam_app::database::{self, Durability, Options, Store};
use qadam_app::keys::KeyFiles;
use qadam_app::settings::FilePlace;
use qadam_archive::Reader;
use qadam_tests::socket::{ask, bring, text};
use serde_json::Value;
use tempfile::TempDir;

use crate::bucket::Bucket;
use crate::checker::judge;
use crate::clients;
use crate::ground::Ground;
use crate::history::{Act, Event, History, Told as Heard};
use crate::load::{Load, Spirit, hear};
use crate::program::{Account, Program, Told, begin, ended, run, run_alone, verify};
use crate::stored::items;

/// How many clients write while the register is backed up.
const CLIENTS: usize = 4;
/// After how many writes the program is killed, backed up as often as fits into that.
const WRITES: usize = 40;

/// A folder with what a test makes.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn sqlite(&self, name: &str) -> String {
        format!("sqlite://{}", self.path(name).join("qadam.db").display())
    }

    /// A pair of keys: the public half, and a file with the other.
    fn pair(&self) -> (String, String) {
        let identity = age::x25519::Identity::generate();
        std::fs::write(self.path("key.txt"), identity.to_string().expose_secret()).unwrap();
        (identity.to_public().to_string(), self.text("key.txt"))
    }
}

/// A demonstration that was brought a file, and where that is read.
fn with_file(directory: &Path, database: &str) -> (Program, String) {
    let program = Program::demonstration(directory, database);
    let file = bring_file_to(&program, "act.txt", "Seen.");
    (program, file)
}

fn bring_file_to(program: &Program, name: &str, content: &str) -> String {
    bring_file(program.url(), &program.officer(), name, content)
}

fn bring_file(url: &str, officer: &Account, name: &str, content: &str) -> String {
    let token = clients::sign_in(url, officer);
    let (_, found) = ask(url, "GET", "/items?kind=commitment&lead=GPO&limit=1", None, None).unwrap();
    let path = format!("/items/{}/evidence", found["items"][0]["id"].as_str().unwrap());
    let (status, made) = bring(url, &path, &token, name, content).unwrap();
    assert_eq!(status, 201, "{made}");
    format!("{path}/{}/file", made["evidence"]["id"].as_str().unwrap())
}

async fn manifest_of(place: &Path, unlock: Option<&Unlock>) -> Manifest {
    let reader = Reader::open(place, unlock).unwrap();
    reader.read(async |_head, _content| Ok::<_, ArchiveError>(())).await.unwrap()
}

/// What a backup holds, member by member, without what says when and where it was made.
fn content_of(place: &Path, unlock: Option<&Unlock>) -> Vec<(String, String)> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let manifest = runtime.block_on(manifest_of(place, unlock));
    let members = manifest.members.into_iter().map(|member| (member.name, member.sha256));
    members.filter(|(name, _)| name != "backup.json").collect()
}

/// What clients know of what a backup holds that was begun then: what they were told later may be in it or not, and
/// what they read later says nothing of it.
fn known_when(begun: Duration, events: Vec<Event>) -> Vec<Event> {
    let mut known = events;
    known.retain(|event| event.ended < begun || !matches!(event.act, Act::Read { .. }));
    for event in known.iter_mut().filter(|event| event.ended >= begun && event.told == Heard::Done) {
        event.told = Heard::Unknown(0);
    }
    known
}

/// Writes, is backed up meanwhile, and is restored into the other database: everything that was acknowledged before is
/// there, nothing is half there, and a backup of what was restored holds the same.
fn goes_and_comes(from: &Ground, to: &Ground) {
    let place = Place::new();
    let (recipient, key) = place.pair();
    let unlock = Unlock::identities(&std::fs::read_to_string(&key).unwrap()).unwrap();
    let back_up = |ground: &Ground, name: &str| {
        let file = place.text(name);
        let arguments = ["backup", "--to", &file, "--encrypt-to", &recipient, "--with-keys"];
        let told = run(&arguments, ground.directory(), ground.database());
        assert!(told.success, "{told:?}");
        file
    };
    let program = from.serve().start();
    let file = bring_file(&program.url, &from.officer(), "act.txt", "Seen.");
    let history = History::begin();
    let (says, said) = channel();
    let load = Load {
        url: &program.url,
        token: clients::sign_in(&program.url, &from.officer()),
        name: "while it is backed up".to_owned(),
        spirit: Spirit::GivesUp,
        history: &history,
        heard: &|told, count| {
            // Who waits for it may have heard enough.
            let _unheard = says.send(told.clone());
            if *told == Heard::Done && count == WRITES {
                program.kill();
            }
        },
        stopped: &AtomicBool::new(false),
    };
    let (begun, made) = thread::scope(|scope| {
        let writing = scope.spawn(|| load.run(CLIENTS));
        hear(&said, CLIENTS, &Heard::Done);
        let mut made = Vec::new();
        let mut begun = history.now();
        while made.is_empty() || !writing.is_finished() {
            begun = history.now();
            made.push(back_up(from, &format!("{}.qadam", made.len())));
        }
        (begun, made)
    });
    let (first, last) = (made.first().unwrap(), made.last().unwrap());
    for file in [first, last] {
        let told = run_alone(&["verify-backup", file, "--identity", &key]);
        assert!(told.success && told.said.starts_with("verified: "), "{told:?}");
    }
    let told = run(&["restore", last, "--identity", &key], to.directory(), to.database());
    assert!(told.success && told.said.contains("\nverified: "), "{told:?}");
    let again = back_up(to, "again.qadam");
    let content = content_of(Path::new(last), Some(&unlock));
    assert!(content.iter().any(|(name, _)| name.starts_with("files/")), "{content:?}");
    assert_eq!(content_of(Path::new(&again), Some(&unlock)), content, "the same on the other database");

    let stored = items(to);
    assert!(!stored.is_empty());
    assert_eq!(judge(&known_when(begun, history.events()), &stored), []);
    // It goes on where it was: with the same keys, and everybody signs in anew.
    let restored = to.serve().start();
    assert_eq!(text(&restored.url, &file).unwrap(), (200, "Seen.".to_owned()));
    let token = clients::sign_in(&restored.url, &from.officer());
    let (_, found) = ask(&restored.url, "GET", "/items?q=backed&limit=5", Some(&token), None).unwrap();
    assert!(
        !found["items"].as_array().unwrap().is_empty(),
        "what was restored is found by its words: {found}"
    );
    drop(restored);
    to.is_whole();
}

#[test]
fn what_is_backed_up_on_sqlite_while_it_is_written_is_restored_on_postgresql() {
    goes_and_comes(&Ground::on_sqlite(), &Ground::empty_on_postgres());
}

#[test]
fn what_is_backed_up_on_postgresql_while_it_is_written_is_restored_on_sqlite() {
    goes_and_comes(&Ground::on_postgres(), &Ground::empty_on_sqlite());
}

fn on_postgres(story: impl FnOnce(&str)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (name, database) = runtime.block_on(qadam_tests::empty_postgres());
    story(&database);
    runtime.block_on(qadam_tests::remove_postgres(&name));
}

/// A number that follows from another in no way that shows (`SplitMix64`).
const fn scattered(number: u64) -> u64 {
    let mut mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[test]
fn a_damaged_byte_anywhere_is_told_by_verify_backup() {
    let place = Place::new();
    let database = place.sqlite("old");
    assert!(run(&["migrate"], &place.path("old"), &database).success);
    let file = place.text("register.qadam");
    assert!(run(&["backup", "--to", &file], &place.path("old"), &database).success);
    assert!(run_alone(&["verify-backup", &file]).success);
    let whole = std::fs::read(&file).unwrap();
    let length = whole.len() as u64;
    let places: Vec<u64> =
        [0, length - 1].into_iter().chain((0..198).map(|number| scattered(number) % length)).collect();
    thread::scope(|scope| {
        for (worker, places) in places.chunks(50).enumerate() {
            let (whole, damaged) = (&whole, place.text(&format!("{worker}.qadam")));
            scope.spawn(move || {
                for at in places {
                    let mut bytes = whole.clone();
                    bytes[usize::try_from(*at).unwrap()] ^= 1 << (at % 8);
                    std::fs::write(&damaged, bytes).unwrap();
                    let told = run_alone(&["verify-backup", &damaged]);
                    assert_eq!(told.code, Some(1), "byte {at} of {length}: {told:?}");
                    assert!(!told.said.contains("verified: 0 rows"), "{told:?}");
                }
            });
        }
    });
}

#[test]
fn a_wrong_key_and_a_place_that_is_taken_are_refused_before_anything_is_done() {
    let place = Place::new();
    let (old, new, database) = (place.path("old"), place.path("new"), place.sqlite("old"));
    let (program, _) = with_file(&old, &database);
    drop(program);
    let (recipient, key) = place.pair();
    let file = place.text("register.qadam");
    let refused = |arguments: &[&str], directory: &Path, database: &str, code: i32, why: &str| {
        let told = run(arguments, directory, database);
        assert!(told.code == Some(code) && told.said.contains(why), "{arguments:?}: {told:?}");
    };
    refused(&["backup", "--to", &file, "--with-keys"], &old, &database, 2, "encrypted");
    assert!(!Path::new(&file).exists());
    assert!(run(&["backup", "--to", &file, "--encrypt-to", &recipient], &old, &database).success);
    refused(&["backup", "--to", &file], &old, &database, 2, "there is a file already");
    std::fs::write(place.path("other.txt"), age::x25519::Identity::generate().to_string().expose_secret())
        .unwrap();
    let fresh = place.sqlite("new");
    let wrong = place.text("other.txt");
    refused(&["restore", &file, "--identity", &wrong], &new, &fresh, 1, "another key");
    refused(&["restore", &file], &new, &fresh, 2, "it is encrypted");
    assert!(!new.exists(), "nothing was made");
    refused(&["restore", &file, "--identity", &key], &old, &database, 2, "is there already");
    let elsewhere = place.sqlite("elsewhere");
    refused(&["restore", &file, "--identity", &key], &old, &elsewhere, 2, "is not empty");
    // Keys that were kept apart may lie there before, if they are the register's.
    std::fs::create_dir_all(new.join("keys")).unwrap();
    for name in ["ledger.pem", "token.pem", "sealing.key"] {
        std::fs::copy(old.join("keys/token.pem"), new.join("keys").join(name)).unwrap();
    }
    refused(&["restore", &file, "--identity", &key], &new, &fresh, 2, "is not the key that signs");
    for name in ["ledger.pem", "sealing.key"] {
        std::fs::copy(old.join("keys").join(name), new.join("keys").join(name)).unwrap();
    }
    let told = run(&["restore", &file, "--identity", &key], &new, &fresh);
    assert!(told.success, "{told:?}");
    assert!(verify(&new, &fresh).success);
}

#[test]
fn a_file_that_is_missing_is_told_and_all_else_is_backed_up() {
    let place = Place::new();
    let (old, database) = (place.path("old"), place.sqlite("old"));
    let (program, kept) = with_file(&old, &database);
    let lost = bring_file_to(&program, "lost.txt", "Gone.");
    let (_, known) = ask(program.url(), "GET", lost.trim_end_matches("/file"), None, None).unwrap();
    drop(program);
    let digest = |content: &str| qadam_archive::sha256(content.as_bytes());
    assert_eq!(known["file"]["sha256"], Value::from(digest("Gone.")), "{known}");
    remove_file_with(&old.join("files"), b"Gone.");
    let file = place.text("register.qadam");
    let told = run(&["backup", "--to", &file], &old, &database);
    assert!(told.code == Some(1) && told.said.contains("Missing: the file"), "{told:?}");
    let told = run_alone(&["verify-backup", &file]);
    assert!(told.success && told.said.contains("1 files were missing when it was made"), "{told:?}");
    let (new, fresh) = (place.path("new"), place.sqlite("new"));
    copy_keys(&old, &new);
    let told = run(&["restore", &file], &new, &fresh);
    assert!(told.success && told.said.contains("Missing since before"), "{told:?}");
    let restored = Program::serve(&new, &fresh);
    assert_eq!(text(restored.url(), &kept).unwrap(), (200, "Seen.".to_owned()));
}

fn remove_file_with(folder: &Path, content: &[u8]) {
    let folders = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files =
        folders.flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    let file = files.find(|file| std::fs::read(file).unwrap() == content).expect("it was put down");
    std::fs::remove_file(file).unwrap();
}

fn copy_keys(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.join("keys")).unwrap();
    for name in ["ledger.pem", "token.pem", "sealing.key"] {
        std::fs::copy(from.join("keys").join(name), to.join("keys").join(name)).unwrap();
    }
}

#[test]
fn files_go_from_a_bucket_into_a_folder_and_what_lies_in_a_store_is_not_written_over() {
    let place = Place::new();
    let (old, database) = (place.path("old"), place.sqlite("old"));
    let bucket = Bucket::open();
    let url = bucket.url();
    let program = Program::with(&old, &database, &["--files-url", &url]);
    let file = bring_file_to(&program, "act.txt", "Seen.");
    drop(program);
    let backup = place.text("register.qadam");
    let told = run(&["backup", "--to", &backup, "--files-url", &url], &old, &database);
    assert!(told.success, "{told:?}");
    let (new, fresh) = (place.path("new"), place.sqlite("new"));
    copy_keys(&old, &new);
    assert!(run(&["restore", &backup], &new, &fresh).success);
    let restored = Program::serve(&new, &fresh);
    assert_eq!(text(restored.url(), &file).unwrap(), (200, "Seen.".to_owned()));
    // The store that is in use already has the file, which is the same: it stays, whatever becomes of the rest.
    let before = bucket.objects();
    let third = place.sqlite("third");
    let again = |flags: &[&str]| {
        let arguments = [&["restore", backup.as_str(), "--files-url", &url], flags].concat();
        let told = run(&arguments, &place.path("third"), &third);
        assert_eq!(bucket.objects(), before);
        told
    };
    let told = again(&[]);
    assert!(told.code == Some(2) && told.said.contains("--files-may-lie"), "{told:?}");
    let told = again(&["--files-may-lie"]);
    assert!(told.success, "{told:?}");
}

async fn open(url: &str) -> Store {
    let options = Options {
        url: url.to_owned(),
        durability: Durability::ThrowAway,
        readers: 2,
        migrate: false,
        patience: None,
    };
    database::open(&options).await.unwrap()
}

#[test]
fn what_is_interrupted_leaves_nothing() {
    let place = Place::new();
    let (old, url) = (place.path("old"), place.sqlite("old"));
    drop(with_file(&old, &url));
    let (recipient, key) = place.pair();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = open(&url).await;
        let (files, keys) = (FilePlace::Folder(old.join("files")), KeyFiles::in_directory(&old));
        let (program, now) = ("test", SystemClock.now());
        let source = Source { store: &store, files: &files, keys: None, program, now };
        let (archive, made) = (place.path("archives"), place.path("archives/a.qadam"));
        std::fs::create_dir(&archive).unwrap();
        let outcome = backups::make(&source, &made, None, &mut |progress| progress.files == 0).await;
        assert!(matches!(outcome, Err(BackupError::Interrupted)), "{outcome:?}");
        assert_eq!(std::fs::read_dir(&archive).unwrap().count(), 0);

        let lock = backups::Lock::recipients([recipient.as_str()]).unwrap();
        let source = Source { keys: Some(&keys), ..source };
        backups::make(&source, &made, Some(&lock), &mut |_| true).await.unwrap();
        store.close().await.unwrap();
        let unlock = Unlock::identities(&std::fs::read_to_string(key).unwrap()).unwrap();
        let examined =
            backups::examine(&made, Some(&unlock), &Trust::default(), &mut |_| true).await.unwrap();
        let (name, postgres) = qadam_tests::empty_postgres().await;
        let new = place.path("new");
        std::fs::create_dir(&new).unwrap();
        let (begun, whole) = (new.join("begun"), new.join("qadam.db"));
        let sqlite = (format!("sqlite://{}", begun.display()), Some((begun, whole)));
        for (url, file) in [sqlite, (postgres.clone(), None)] {
            let to = Destination {
                url,
                file,
                files: FilePlace::Folder(new.join("files")),
                files_may_lie: false,
                keys: KeyFiles::in_directory(&new),
            };
            let mut calls = 0;
            // Once rows, files and some of the keys are there.
            let outcome = backups::restore(&made, Some(&unlock), &examined, &to, &mut |progress| {
                calls += usize::from(progress.files > 0);
                calls < 3
            })
            .await;
            assert!(matches!(outcome, Err(BackupError::Interrupted)), "{outcome:?}");
            assert!(files_in(&new).is_empty(), "{:?}", files_in(&new));
            // Nothing is in the database, or it would be refused.
            backups::restore(&made, Some(&unlock), &examined, &to, &mut |_| true).await.unwrap();
            assert!(files_in(&new).iter().any(|file| file.ends_with("keys/ledger.pem")));
            std::fs::remove_dir_all(&new).unwrap();
            std::fs::create_dir(&new).unwrap();
        }
        qadam_tests::remove_postgres(&name).await;
    });
}

/// How much of a backup is kept back: less than its last file, so that another was put down before.
const KEPT_BACK: usize = 300_000;

/// A restoration that reads its backup through a pipe, and waits in the middle of it.
struct Halfway {
    process: Child,
    rest: (File, Vec<u8>),
}

impl Halfway {
    /// Begins, and comes back once a file was put down.
    fn reach(place: &Place, backup: &str, key: &str, to: (&Path, &str)) -> Self {
        let whole = std::fs::read(backup).unwrap();
        let (pipe, (new, database)) = (place.path("pipe"), to);
        make_pipe(&pipe);
        let mut process = begin(&["restore", pipe.to_str().unwrap(), "--identity", key], new, database);
        let mut verified = OpenOptions::new().write(true).open(&pipe).unwrap();
        // It opens the file twice, and is to find another pipe the second time.
        std::fs::remove_file(&pipe).unwrap();
        make_pipe(&pipe);
        verified.write_all(&whole).unwrap();
        drop(verified);
        let mut restored = OpenOptions::new().write(true).open(&pipe).unwrap();
        std::fs::remove_file(&pipe).unwrap();
        let (first, rest) = whole.split_at(whole.len() - KEPT_BACK);
        restored.write_all(first).unwrap();
        let is_put_down = |path: &PathBuf| !path.to_str().unwrap().contains('#');
        while !files_in(&new.join("files")).iter().any(is_put_down) {
            assert!(process.try_wait().unwrap().is_none(), "{:?}", ended(process));
            thread::yield_now();
        }
        Self { process, rest: (restored, rest.to_vec()) }
    }

    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to end, and gives it what was kept back.
    fn interrupt(self) -> Told {
        let (mut pipe, rest) = self.rest;
        let asked = Command::new("kill").arg(self.process.id().to_string()).status().unwrap();
        assert!(asked.success());
        // Where it has ended already, nobody reads it.
        let _unread = pipe.write_all(&rest);
        drop(pipe);
        ended(self.process)
    }
}

fn make_pipe(place: &Path) {
    assert!(Command::new("mkfifo").arg(place).status().unwrap().success());
}

/// A text that hardly shrinks.
fn noise(seed: u64) -> String {
    (0..65_536).fold(String::new(), |text, number| text + &format!("{:016x}", scattered(seed + number)))
}

#[test]
fn what_was_killed_or_interrupted_is_restored_at_the_next_try() {
    let place = Place::new();
    let (old, database) = (place.path("old"), place.sqlite("old"));
    let (program, _) = with_file(&old, &database);
    for seed in [0, 1 << 32] {
        bring_file_to(&program, "noise.txt", &noise(seed));
    }
    drop(program);
    let (recipient, key) = place.pair();
    let backup = place.text("register.qadam");
    let told = run(&["backup", "--to", &backup, "--encrypt-to", &recipient, "--with-keys"], &old, &database);
    assert!(told.success, "{told:?}");
    let story = |new: &Path, database: &str| {
        let told = Halfway::reach(&place, &backup, &key, (new, database)).interrupt();
        assert!(told.code == Some(1) && told.said.contains("nothing was restored"), "{told:?}");
        assert_eq!(files_in(new), Vec::<PathBuf>::new());
        Halfway::reach(&place, &backup, &key, (new, database)).kill();
        assert!(!files_in(new).is_empty(), "what was killed clears nothing away");
        // As much as it may have left, too.
        std::fs::create_dir_all(new.join("keys")).unwrap();
        std::fs::copy(old.join("keys/token.pem"), new.join("keys/token.pem")).unwrap();
        let file = files_in(&new.join("files")).remove(0);
        std::fs::write(format!("{}#1", file.display()), "hal").unwrap();
        let told = run(&["restore", &backup, "--identity", &key], new, database);
        assert!(told.success && told.said.contains("\nverified: "), "{told:?}");
        let left = files_in(new);
        assert!(!left.iter().any(|path| path.to_str().unwrap().contains('#')), "{left:?}");
        assert!(!left.iter().any(|path| path.ends_with("qadam.db.restoring")), "{left:?}");
        assert_eq!(files_in(&new.join("files")).len(), 3);
        assert!(verify(new, database).success);
    };
    story(&place.path("new"), &place.sqlite("new"));
    on_postgres(|postgres| story(&place.path("third"), postgres));
}

#[test]
fn a_backup_with_a_passphrase_says_which_keys_are_missing_and_is_no_backup_of_a_ledger_that_was_signed() {
    let place = Place::new();
    let (old, new) = (place.path("old"), place.path("new"));
    let (database, fresh) = (place.sqlite("old"), place.sqlite("new"));
    assert!(run(&["migrate"], &old, &database).success);
    let [right, wrong, short] =
        [("right", "seventeen letters\n"), ("wrong", "seventeen numbers\n"), ("short", "fourteen signs")]
            .map(|(name, text)| {
                std::fs::write(place.path(name), text).unwrap();
                place.text(name)
            });
    let file = place.text("register.qadam");
    let refused = run(&["backup", "--to", &file, "--passphrase-file", &short], &old, &database);
    assert!(refused.code == Some(2) && refused.said.contains("fewer than 15"), "{refused:?}");
    let told = run(&["backup", "--to", &file, "--passphrase-file", &right], &old, &database);
    let digest = qadam_archive::sha256(&std::fs::read(&file).unwrap());
    assert!(told.success && told.said.contains(&digest), "{told:?}");
    let told = run_alone(&["verify-backup", &file, "--passphrase-file", &wrong]);
    assert!(told.code == Some(1) && told.said.contains("another key or passphrase"), "{told:?}");
    let told = run_alone(&["verify-backup", &file, "--passphrase-file", &right]);
    assert!(told.success && told.said.contains("nothing was signed yet"), "{told:?}");
    // Whoever knows the ledger's key is not put off with a register that is empty.
    let known = qadam_ledger::SigningKey::generate().unwrap();
    let name: qadam_ledger::KeyName = "register.example/ledger".parse().unwrap();
    let known = qadam_ledger::Verifier::new(name, known.verifying_key()).to_string();
    let told = run_alone(&["verify-backup", &file, "--passphrase-file", &right, "--key", &known]);
    assert!(told.code == Some(1) && told.said.contains("never signed"), "{told:?}");
    let told = run(&["restore", &file, "--passphrase-file", &right], &new, &fresh);
    assert!(told.success, "{told:?}");
    for key in ["ledger.pem is not there", "sealing.key is not there", "token.pem is not there"] {
        assert!(told.said.contains(key), "{key}: {told:?}");
    }
}

#[test]
fn a_database_that_is_not_empty_is_refused_before_the_backup_is_read() {
    let place = Place::new();
    std::fs::write(place.path("no.qadam"), "no backup").unwrap();
    on_postgres(|postgres| {
        let restore = || run(&["restore", &place.text("no.qadam")], &place.path("new"), postgres);
        let told = restore();
        assert!(told.code == Some(1) && told.said.contains("not a backup"), "{told:?}");
        assert!(run(&["migrate"], &place.path("old"), postgres).success);
        let told = restore();
        assert!(told.code == Some(2) && told.said.contains("is not empty"), "{told:?}");
    });
    let database = place.sqlite("data");
    let beside = place.path("data").join("qadam.db-wal");
    std::fs::create_dir(place.path("data")).unwrap();
    std::fs::write(&beside, "").unwrap();
    let told = run(&["restore", &place.text("no.qadam")], &place.path("new"), &database);
    assert!(told.code == Some(2) && told.said.contains("qadam.db-wal"), "{told:?}");
}

/// All files below a folder, if there is one.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let entries = entries.map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}
