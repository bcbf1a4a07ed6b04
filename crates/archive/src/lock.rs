//! Encryption of a whole archive, in the format of age.

use std::io::{self, BufRead, Read, Write};

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient};
use zeroize::Zeroizing;

use crate::error::ArchiveError;

/// How many characters a passphrase has at least: NIST SP 800-63B-4 asks for as many where nothing else guards.
const PASSPHRASE_MIN: usize = 15;

/// For whom an archive is encrypted.
pub struct Lock(Vec<Box<dyn Recipient + Send>>);

/// What opens an archive.
pub struct Unlock(Vec<Box<dyn Identity>>);

impl std::fmt::Debug for Lock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Lock(…)")
    }
}

impl std::fmt::Debug for Unlock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Unlock(…)")
    }
}

impl Lock {
    /// For recipients, each the public half of a pair that `age-keygen` makes: `age1…`.
    pub fn recipients<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, ArchiveError> {
        let recipients = texts.into_iter().map(|text| {
            let recipient: age::x25519::Recipient = text.parse().map_err(|_| {
                ArchiveError::BadKey(format!("{text} is no recipient: age1… as age-keygen prints it"))
            })?;
            Ok(Box::new(recipient) as Box<dyn Recipient + Send>)
        });
        Ok(Self(recipients.collect::<Result<_, ArchiveError>>()?))
    }

    /// For whoever knows a passphrase.
    pub fn passphrase(text: &str) -> Result<Self, ArchiveError> {
        let secret = passphrase(text)?;
        if secret.chars().count() < PASSPHRASE_MIN {
            return Err(ArchiveError::BadKey(format!(
                "the passphrase has fewer than {PASSPHRASE_MIN} characters: whoever finds the file can try as many as \
                 they like"
            )));
        }
        let recipient = age::scrypt::Recipient::new(SecretString::from(secret.to_string()));
        Ok(Self(vec![Box::new(recipient)]))
    }

    pub(crate) fn encryptor(&self) -> Result<Encryptor, ArchiveError> {
        Encryptor::with_recipients(self.0.iter().map(|recipient| recipient.as_ref() as &dyn Recipient))
            .map_err(|error| ArchiveError::BadKey(error.to_string()))
    }
}

impl Unlock {
    /// The pairs in the text of a file as `age-keygen` makes it: `AGE-SECRET-KEY-1…`, with comments behind `#`.
    pub fn identities(text: &str) -> Result<Self, ArchiveError> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let identities = lines.map(|line| {
            let identity: age::x25519::Identity = line.parse().map_err(|_| {
                ArchiveError::BadKey("a line is no key: AGE-SECRET-KEY-1… as age-keygen prints it".to_owned())
            })?;
            Ok(Box::new(identity) as Box<dyn Identity>)
        });
        let identities: Vec<_> = identities.collect::<Result<_, ArchiveError>>()?;
        if identities.is_empty() {
            return Err(ArchiveError::BadKey("there is no key".to_owned()));
        }
        Ok(Self(identities))
    }

    /// A passphrase.
    pub fn passphrase(text: &str) -> Result<Self, ArchiveError> {
        let secret = passphrase(text)?;
        Ok(Self(vec![Box::new(age::scrypt::Identity::new(SecretString::from(secret.to_string())))]))
    }

    /// Opens an encrypted archive.
    pub(crate) fn open<R: BufRead>(&self, sealed: R) -> Result<impl Read + use<R>, ArchiveError> {
        let decryptor = Decryptor::new_buffered(sealed).map_err(explained)?;
        let identities = self.0.iter().map(AsRef::as_ref);
        decryptor.decrypt(identities).map_err(explained)
    }
}

/// A passphrase is the first line of its file: editors end it with one.
fn passphrase(text: &str) -> Result<Zeroizing<String>, ArchiveError> {
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(ArchiveError::BadKey("the passphrase is empty".to_owned()));
    }
    Ok(Zeroizing::new(line.to_owned()))
}

fn explained(error: DecryptError) -> ArchiveError {
    match error {
        DecryptError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            ArchiveError::System(error)
        }
        DecryptError::Io(_) | DecryptError::InvalidHeader | DecryptError::InvalidMac => {
            ArchiveError::damaged("the beginning, which says for whom it is encrypted")
        }
        DecryptError::ExcessiveWork { .. } => {
            ArchiveError::Refused("its passphrase takes much longer to try than is usual".to_owned())
        }
        _ => ArchiveError::WrongKey,
    }
}

/// Where an archive goes: as it is, or encrypted.
pub(crate) enum Door<W: Write> {
    Open(W),
    Locked(Box<age::stream::StreamWriter<W>>),
}

impl<W: Write> Door<W> {
    pub(crate) fn new(place: W, lock: Option<&Lock>) -> Result<Self, ArchiveError> {
        match lock {
            None => Ok(Self::Open(place)),
            Some(lock) => Ok(Self::Locked(Box::new(lock.encryptor()?.wrap_output(place)?))),
        }
    }

    pub(crate) fn finish(self) -> io::Result<W> {
        match self {
            Self::Open(place) => Ok(place),
            Self::Locked(place) => place.finish(),
        }
    }
}

impl<W: Write> Write for Door<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Open(place) => place.write(bytes),
            Self::Locked(place) => place.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Open(place) => place.flush(),
            Self::Locked(place) => place.flush(),
        }
    }
}
