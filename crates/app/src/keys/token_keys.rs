//! The keys of access tokens: one signs, and those before and after it are accepted.
//!
//! A new key is laid beside the present one first, so that every node accepts it before any signs with it; then it takes
//! over, and of the old one only the public half stays, for as long as tokens hold that it signed. Nothing of that
//! needs a node to stop: each looks at the files again and again.

use std::fmt;
use std::str::FromStr;

use qadam_domain::calendar::Timestamp;
use qadam_ledger::{SigningKey, VerifyingKey};

use super::{KeyFiles, create, decode_hex, encode_hex, read, read_signing_key, signing_key, unusable};
use crate::error::AppError;

/// The keys of access tokens, as their files say.
#[derive(Debug)]
pub(crate) struct TokenKeys {
    /// Signs.
    pub(crate) present: SigningKey,
    /// Will sign, and is accepted already.
    pub(crate) next: Option<VerifyingKey>,
    /// Signed, and is accepted for a while.
    pub(crate) retired: Option<RetiredKey>,
}

/// The public half of a key that signs no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RetiredKey {
    pub(crate) key: VerifyingKey,
    /// Until when what it signed is accepted, in seconds since 1970.
    pub(crate) until: i64,
}

impl TokenKeys {
    /// Reads the files. A key that signs must be there.
    pub(crate) fn read(files: &KeyFiles) -> Result<Self, AppError> {
        // The next one first: where it takes over between the two, it is read twice, and not missed.
        let next = read_signing_key(&files.next_token())?.map(|key| key.verifying_key());
        let present = read_signing_key(&files.token)?
            .ok_or_else(|| unusable(&files.token, &"there is no such file"))?;
        let place = files.retired_token();
        let retired = read(&place)?.map(|text| text.parse().map_err(|error| unusable(&place, &error)));
        Ok(Self { present, next, retired: retired.transpose()? })
    }

    /// Whether other files would say the same.
    pub(crate) fn says_what(&self, other: &Self) -> bool {
        self.present.verifying_key() == other.present.verifying_key()
            && self.next == other.next
            && self.retired == other.retired
    }
}

/// What a file of a retired key is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a public key of 64 hexadecimal digits and a time in seconds, with a blank between them")]
pub(crate) struct NoRetiredKey;

impl FromStr for RetiredKey {
    type Err = NoRetiredKey;

    fn from_str(text: &str) -> Result<Self, NoRetiredKey> {
        let (key, until) = text.trim().split_once(' ').ok_or(NoRetiredKey)?;
        let key = VerifyingKey::from_bytes(decode_hex(key).ok_or(NoRetiredKey)?);
        Ok(Self { key, until: until.parse().map_err(|_| NoRetiredKey)? })
    }
}

impl fmt::Display for RetiredKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", encode_hex(self.key.as_bytes()), self.until)
    }
}

impl KeyFiles {
    /// Lays the next key of access tokens beside the present one. Whether it was not there yet.
    pub fn announce_token_key(&self) -> Result<bool, AppError> {
        let is_new = !self.next_token().exists();
        signing_key(&self.next_token())?;
        Ok(is_new)
    }

    /// Forgets a next key that was announced: whoever copied the present one may have it, too.
    pub fn forget_next_token_key(&self) -> Result<(), AppError> {
        let place = self.next_token();
        match std::fs::remove_file(&place) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unusable(&place, &error)),
            _ => Ok(()),
        }
    }

    /// Lets the next key take over that was announced. What the present one signed is accepted for so many seconds more,
    /// none where it is not to be trusted any longer.
    pub fn change_token_key(&self, now: Timestamp, seconds: i64) -> Result<(), AppError> {
        let (place, retired) = (self.retired_token(), read_signing_key(&self.token)?);
        // A key that retired before this one is accepted no more.
        match std::fs::remove_file(&place) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(unusable(&place, &error));
            }
            _ => {}
        }
        if let Some(key) = retired.filter(|_| seconds > 0) {
            let until = now.0.div_euclid(1000).saturating_add(seconds);
            let retired = RetiredKey { key: key.verifying_key(), until };
            create(&place, retired.to_string().as_bytes()).map_err(|error| unusable(&place, &error))?;
        }
        std::fs::rename(self.next_token(), &self.token)
            .and_then(|()| qadam_archive::sync_folder_of(&self.token))
            .map_err(|error| unusable(&self.token, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Keys, Use};
    use crate::random::SystemRandomness;

    #[test]
    fn a_key_is_announced_takes_over_and_retires() {
        let directory = tempfile::tempdir().unwrap();
        let files = KeyFiles::in_directory(directory.path());
        let first = Keys::load_or_create(&files, Use::First, &SystemRandomness).unwrap().tokens;
        assert!(first.next.is_none() && first.retired.is_none());
        assert!(files.announce_token_key().unwrap());
        assert!(!files.announce_token_key().unwrap(), "it stays the same");
        let announced = TokenKeys::read(&files).unwrap();
        assert_eq!(announced.present.verifying_key(), first.present.verifying_key());
        files.change_token_key(Timestamp(5_000), 600).unwrap();
        let changed = TokenKeys::read(&files).unwrap();
        assert_eq!(Some(changed.present.verifying_key()), announced.next);
        assert_eq!(changed.next, None);
        let retired = RetiredKey { key: first.present.verifying_key(), until: 605 };
        assert_eq!(changed.retired, Some(retired));
        assert!(!changed.says_what(&announced) && changed.says_what(&TokenKeys::read(&files).unwrap()));
        // A key that is not trusted any longer leaves nothing, and neither does the one before it.
        files.announce_token_key().unwrap();
        files.change_token_key(Timestamp(6_000), 0).unwrap();
        assert_eq!(TokenKeys::read(&files).unwrap().retired, None);
    }

    #[test]
    fn what_is_no_retired_key_is_refused_by_its_name() {
        let directory = tempfile::tempdir().unwrap();
        let files = KeyFiles::in_directory(directory.path());
        Keys::load_or_create(&files, Use::First, &SystemRandomness).unwrap();
        for text in ["", "00", "00 5", &"0".repeat(64), &format!("{} soon", "0".repeat(64))] {
            std::fs::write(files.retired_token(), text).unwrap();
            let error = TokenKeys::read(&files).unwrap_err().to_string();
            assert!(error.contains("token.retired"), "{error}");
        }
    }
}
