//! The key that signs the ledger, from start to start.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use qadam_app::App;
use qadam_app::clock::SystemClock;
use qadam_app::keys::signing_key;
use qadam_app::ledger::{reading, sequencer, signing_keys};
use qadam_app::random::SystemRandomness;
use qadam_app::settings::Settings;
use qadam_ledger::{Checkpoint, SignedNote, SigningKey, Verifier};
use qadam_storage::{Durability, Options, Store};

async fn start(directory: &Path, key_file: Option<PathBuf>) -> Result<Arc<App>, String> {
    let url = format!("sqlite://{}", directory.join("register.db").display());
    let options =
        Options { url, durability: Durability::ThrowAway, readers: 1, migrate: true, patience: None };
    let store = Store::open(&options).await.unwrap();
    let settings =
        Settings { data_dir: directory.to_owned(), ledger_key_file: key_file, ..Settings::default() };
    let random = Arc::new(SystemRandomness);
    let app = App::start(store, settings, Arc::new(SystemClock), random).await;
    app.map(Arc::new).map_err(|error| error.to_string())
}

async fn signed_by(app: &Arc<App>, key: &Verifier) -> Option<u64> {
    let note: SignedNote = reading::checkpoint(app).await.unwrap().parse().unwrap();
    Checkpoint::open(&note, std::slice::from_ref(key)).ok().map(|checkpoint| checkpoint.size)
}

#[tokio::test]
async fn after_a_rotation_the_new_key_signs_and_a_node_with_the_old_one_does_not_start() {
    let directory = tempfile::tempdir().unwrap();
    let app = start(directory.path(), None).await.unwrap();
    sequencer::admit_due(&app).await.unwrap();
    let old: Verifier = reading::verifier_key(&app).await.unwrap().parse().unwrap();
    assert_eq!(signed_by(&app, &old).await, Some(0));
    let file = directory.path().join("new.pem");
    let new = signing_keys::rotate(&app, signing_key(&file).unwrap()).await.unwrap();
    assert_eq!((signed_by(&app, &old).await, signed_by(&app, &new).await), (Some(0), Some(0)));
    let error = start(directory.path(), None).await.unwrap_err();
    assert!(error.contains(&old.to_string()) && error.contains(&new.to_string()), "{error}");
    let app = start(directory.path(), Some(file)).await.unwrap();
    sequencer::admit_due(&app).await.unwrap();
    assert_eq!((signed_by(&app, &old).await, signed_by(&app, &new).await), (None, Some(1)));
}

#[tokio::test]
async fn only_the_present_key_rotates() {
    let directory = tempfile::tempdir().unwrap();
    let app = start(directory.path(), None).await.unwrap();
    signing_keys::rotate(&app, SigningKey::generate().unwrap()).await.unwrap();
    let known = signing_keys::keys(&app).await.unwrap();
    signing_keys::rotate(&app, SigningKey::generate().unwrap()).await.unwrap_err();
    assert_eq!(signing_keys::keys(&app).await.unwrap(), known);
}
