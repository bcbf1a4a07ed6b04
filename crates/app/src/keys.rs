//! The deployment's keys: one signs the ledger, one signs access tokens, one seals cursors and validators.
//!
//! They lie in files that only the program's user reads, made at first start. All nodes of a deployment use the
//! same. Once a register is in use, a key that is missing is not made anew, and one that everybody knows is never used:
//! the program does not start and says which file it is about.

mod known;
mod token_keys;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use qadam_ledger::SigningKey;

#[cfg(test)]
pub(crate) use self::token_keys::RetiredKey;
pub(crate) use self::token_keys::TokenKeys;
use crate::error::AppError;
use crate::random::{Random, bytes};
use crate::settings::Settings;

/// Where the keys lie.
#[derive(Debug, Clone)]
pub struct KeyFiles {
    /// Signs checkpoints and receipts: Ed25519, PKCS#8 PEM.
    pub ledger: PathBuf,
    /// Whether somebody brings the ledger's key: it is not made then, for every node would make one of its own.
    pub ledger_is_given: bool,
    /// Signs access tokens: Ed25519, PKCS#8 PEM.
    pub token: PathBuf,
    /// Seals cursors, derives validators and digests: 32 bytes in hexadecimal.
    pub sealing: PathBuf,
}

impl KeyFiles {
    /// The files that the settings name.
    pub fn of(settings: &Settings) -> Self {
        let files = Self::in_directory(&settings.data_dir);
        match &settings.ledger_key_file {
            Some(given) => Self { ledger: given.clone(), ledger_is_given: true, ..files },
            None => files,
        }
    }

    /// The files in a data directory.
    pub fn in_directory(directory: &Path) -> Self {
        let keys = directory.join("keys");
        Self {
            ledger: keys.join("ledger.pem"),
            ledger_is_given: false,
            token: keys.join("token.pem"),
            sealing: keys.join("sealing.key"),
        }
    }

    /// The key that signs access tokens next, and is accepted before it does.
    pub fn next_token(&self) -> PathBuf {
        self.token.with_extension("next.pem")
    }

    /// The key that seals next, while everything is sealed anew with it.
    pub fn next_sealing(&self) -> PathBuf {
        self.sealing.with_extension("next.key")
    }

    /// The public half of the key that signed access tokens before, and until when it is accepted.
    pub fn retired_token(&self) -> PathBuf {
        self.token.with_extension("retired")
    }
}

/// Whether there is a register yet that keys belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// None: the keys are made.
    First,
    /// A register was served with these keys before: where one is missing, another would not do.
    Goes,
}

/// The keys.
#[derive(Debug)]
pub struct Keys {
    /// Signs checkpoints and receipts.
    pub ledger: SigningKey,
    /// Those of access tokens.
    pub(crate) tokens: TokenKeys,
    /// Seals cursors, derives validators and digests.
    pub sealing: SealingKey,
}

/// 32 secret bytes. Never shown.
#[derive(Clone)]
pub struct SealingKey(pub(crate) [u8; 32]);

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SealingKey(…)")
    }
}

impl Keys {
    /// Reads the keys. Makes those that do not exist, where there is no register yet.
    pub fn load_or_create(files: &KeyFiles, usage: Use, random: &dyn Random) -> Result<Self, AppError> {
        if files.ledger_is_given && !files.ledger.exists() {
            return Err(unusable(&files.ledger, &"there is no such file"));
        }
        if usage == Use::Goes {
            all_exist(files)?;
        }
        signing_key(&files.token)?;
        Ok(Self {
            ledger: signing_key(&files.ledger)?,
            tokens: TokenKeys::read(files)?,
            sealing: SealingKey::read_or_make(&files.sealing, random)?,
        })
    }
}

/// Without its keys a register that is in use signs nothing that anybody trusts and opens nothing that was sealed.
fn all_exist(files: &KeyFiles) -> Result<(), AppError> {
    for path in [&files.ledger, &files.sealing] {
        if !path.exists() {
            let advice = "is missing, and this register was served with it: bring it from another node or from a backup";
            return Err(unusable(path, &advice));
        }
    }
    if files.token.exists() {
        return Ok(());
    }
    let advice = "is missing, and this register was served with it: bring it from another node or from a backup, or \
                  let `qadam rotate-token-key --at-once` make another";
    Err(unusable(&files.token, &advice))
}

/// Reads a signing key, and makes it where there is none.
pub fn signing_key(path: &Path) -> Result<SigningKey, AppError> {
    if let Some(key) = read_signing_key(path)? {
        return Ok(key);
    }
    let key = SigningKey::generate().map_err(|error| unusable(path, &error))?;
    let pem = key.to_pem().map_err(|error| unusable(path, &error))?;
    create(path, pem.as_str().as_bytes()).map_err(|error| unusable(path, &error))?;
    Ok(key)
}

/// Reads a signing key, where there is one.
pub(crate) fn read_signing_key(path: &Path) -> Result<Option<SigningKey>, AppError> {
    let Some(pem) = read(path)? else { return Ok(None) };
    let key = SigningKey::from_pem(&pem).map_err(|error| unusable(path, &error))?;
    if known::is_published(&key.verifying_key()) {
        return Err(unusable(path, &known::PUBLISHED));
    }
    Ok(Some(key))
}

impl SealingKey {
    /// Reads the key. It must be there.
    pub(crate) fn read(path: &Path) -> Result<Self, AppError> {
        Self::read_if_there(path)?.ok_or_else(|| unusable(path, &"there is no such file"))
    }

    /// Reads the key, and makes it where there is none.
    pub(crate) fn read_or_make(path: &Path, random: &dyn Random) -> Result<Self, AppError> {
        if let Some(key) = Self::read_if_there(path)? {
            return Ok(key);
        }
        let key: [u8; 32] = bytes(random);
        create(path, encode_hex(&key).as_bytes()).map_err(|error| unusable(path, &error))?;
        Ok(Self(key))
    }

    /// Reads the key, and puts a copy of another there where there is none.
    pub(crate) fn read_or_keep(path: &Path, other: &Self) -> Result<Self, AppError> {
        if let Some(key) = Self::read_if_there(path)? {
            return Ok(key);
        }
        create(path, encode_hex(&other.0).as_bytes()).map_err(|error| unusable(path, &error))?;
        Ok(other.clone())
    }

    fn read_if_there(path: &Path) -> Result<Option<Self>, AppError> {
        let Some(text) = read(path)? else { return Ok(None) };
        let key = decode_hex(text.trim()).ok_or_else(|| unusable(path, &"not 64 hexadecimal digits"))?;
        if known::is_guessed(&key) {
            return Err(unusable(path, &known::PUBLISHED));
        }
        Ok(Some(Self(key)))
    }
}

fn encode_hex(key: &[u8; 32]) -> String {
    key.iter().fold(String::with_capacity(64), |mut text, byte| {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
        text
    })
}

fn decode_hex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut key = [0; 32];
    for (byte, pair) in key.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(key)
}

fn read(path: &Path) -> Result<Option<String>, AppError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(path, &error)),
    }
}

/// Writes a new file that only its owner may read, and syncs it: a key that signed must not be lost. It gets its name
/// once it is whole, and takes nobody's place.
pub(crate) fn create(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
    }
    // Made with the rights of its owner alone.
    let mut begun = tempfile::Builder::new()
        .prefix(".key.")
        .suffix(".part")
        .tempfile_in(folder.unwrap_or_else(|| Path::new(".")))?;
    begun.write_all(content)?;
    give_to_owner_of(begun.path().parent(), begun.as_file())?;
    begun.as_file().sync_all()?;
    begun.persist_noclobber(path)?;
    qadam_archive::sync_folder_of(path).inspect_err(|_| {
        // A name that may be gone tomorrow is worth nothing; nothing was signed with it yet.
        let _kept = fs::remove_file(path);
    })
}

/// Gives a file to whom its folder belongs: who runs a command as the machine's administrator makes keys that the program
/// can read.
#[cfg(unix)]
fn give_to_owner_of(folder: Option<&Path>, file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let Some(folder) = folder else { return Ok(()) };
    let (owner, made) = (fs::metadata(folder)?, file.metadata()?);
    if owner.uid() == made.uid() {
        return Ok(());
    }
    fchown(file, Some(owner.uid()), Some(owner.gid()))
}

#[cfg(not(unix))]
const fn give_to_owner_of(_folder: Option<&Path>, _file: &fs::File) -> std::io::Result<()> {
    Ok(())
}

pub(crate) fn unusable(path: &Path, cause: &dyn std::fmt::Display) -> AppError {
    AppError::Internal(format!("key file {}: {cause}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandomness;

    #[test]
    fn keys_are_made_once_and_read_back() {
        let directory = tempfile::tempdir().unwrap();
        let files = KeyFiles::in_directory(directory.path());
        let first = Keys::load_or_create(&files, Use::First, &SystemRandomness).unwrap();
        let second = Keys::load_or_create(&files, Use::First, &SystemRandomness).unwrap();
        assert_eq!(first.ledger.verifying_key(), second.ledger.verifying_key());
        assert_eq!(first.tokens.present.verifying_key(), second.tokens.present.verifying_key());
        assert_ne!(first.tokens.present.verifying_key(), first.ledger.verifying_key());
        assert_eq!(first.sealing.0, second.sealing.0);
    }

    #[test]
    fn a_damaged_key_file_stops_the_start() {
        let directory = tempfile::tempdir().unwrap();
        let files = KeyFiles::in_directory(directory.path());
        Keys::load_or_create(&files, Use::First, &SystemRandomness).unwrap();
        for (path, text) in [(&files.sealing, "00ff"), (&files.ledger, "-----BEGIN PRIVATE KEY-----")] {
            let kept = fs::read_to_string(path).unwrap();
            fs::write(path, text).unwrap();
            assert!(
                Keys::load_or_create(&files, Use::First, &SystemRandomness).is_err(),
                "{}",
                path.display()
            );
            fs::write(path, kept).unwrap();
        }
    }

    #[test]
    fn a_ledger_key_that_somebody_brings_is_used_and_never_made() {
        let directory = tempfile::tempdir().unwrap();
        let given = directory.path().join("given.pem");
        let settings = Settings {
            data_dir: directory.path().join("data"),
            ledger_key_file: Some(given.clone()),
            ..Settings::default()
        };
        let files = KeyFiles::of(&settings);
        let error = Keys::load_or_create(&files, Use::First, &SystemRandomness).unwrap_err();
        assert!(error.to_string().contains("given.pem: there is no such file"), "{error}");
        assert!(!given.exists() && !settings.data_dir.exists());
        let made = signing_key(&given).unwrap();
        let keys = Keys::load_or_create(&files, Use::First, &SystemRandomness).unwrap();
        assert_eq!(keys.ledger.verifying_key(), made.verifying_key());
        assert!(!settings.data_dir.join("keys/ledger.pem").exists());
    }

    #[test]
    fn a_register_that_is_in_use_gets_no_other_keys() {
        let directory = tempfile::tempdir().unwrap();
        let files = KeyFiles::in_directory(directory.path());
        Keys::load_or_create(&files, Use::First, &SystemRandomness).unwrap();
        Keys::load_or_create(&files, Use::Goes, &SystemRandomness).unwrap();
        for path in [&files.ledger, &files.token, &files.sealing] {
            let kept = fs::read(path).unwrap();
            fs::remove_file(path).unwrap();
            let error = Keys::load_or_create(&files, Use::Goes, &SystemRandomness).unwrap_err().to_string();
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(error.contains(name) && error.contains("is missing"), "{error}");
            assert!(!path.exists(), "{name} was made anew");
            fs::write(path, kept).unwrap();
        }
    }

    #[test]
    fn a_key_that_everybody_knows_is_not_used() {
        let directory = tempfile::tempdir().unwrap();
        let files = KeyFiles::in_directory(directory.path());
        Keys::load_or_create(&files, Use::First, &SystemRandomness).unwrap();
        // The example of RFC 8410, section 10.3.
        let example = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
                       -----END PRIVATE KEY-----\n";
        let zeros = "0".repeat(64);
        for (path, text) in
            [(&files.ledger, example), (&files.token, example), (&files.sealing, zeros.as_str())]
        {
            let kept = fs::read_to_string(path).unwrap();
            fs::write(path, text).unwrap();
            let error = Keys::load_or_create(&files, Use::Goes, &SystemRandomness).unwrap_err().to_string();
            assert!(error.contains(path.to_str().unwrap()) && error.contains("known to others"), "{error}");
            fs::write(path, kept).unwrap();
        }
    }

    #[test]
    fn a_secret_key_is_never_shown() {
        assert_eq!(format!("{:?}", SealingKey([7; 32])), "SealingKey(…)");
    }
}
