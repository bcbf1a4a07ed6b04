//! A second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes for whoever lost it.
//!
//! The secret is kept sealed, by a key that is not in the database, and told once. An app counts when a code of it was
//! given. Each code is good once, a recovery code as well; which was used is marked by the statement that checks it, in the
//! transaction of what it is used for. Whoever changes the second factor says the password again, since a session left open
//! must not be enough, and all other sessions end with the change.

use std::fmt;
use std::sync::Arc;

use qadam_domain::ids::UserId;
use qadam_mail::AccountEvent;
use qadam_storage::Tx;
use qadam_storage::accounts::{self as stored, Account, Totp};
use qadam_storage::sessions;
use totp_rs::{Algorithm, Builder};

use super::passwords::Verdict;
use super::{Signed, still_signed};
use crate::application::App;
use crate::error::{AppError, Code};
use crate::letters::tell;
use crate::random::{Random, bytes};
use crate::sealing::token_digest;
use crate::sealing_keys;
use crate::throttling::{Attempt, Origin};

/// The length of a secret in bytes (RFC 4226, section 4: 160 bits are recommended).
const SECRET: usize = 20;
/// Seconds for which a code holds.
const STEP: u64 = 30;
/// How many steps a clock may be off, before or after.
const SKEW: u16 = 1;
/// Digits of a code.
const DIGITS: u8 = 6;
/// How many recovery codes an account has.
const RECOVERY_CODES: usize = 10;
/// Letters of a recovery code: 80 bits. None is taken for another.
const LETTERS: &str = "abcdefghjkmnpqrstuvwxyz023456789";
/// How many letters it has, in groups of four.
const RECOVERY_LETTERS: usize = 16;

/// What an authenticator app is told, once.
#[derive(Clone)]
pub struct Enrolment {
    /// The secret in base 32, for typing.
    pub secret: String,
    /// The same as an `otpauth:` address, for a QR code.
    pub address: String,
}

/// Leaves out the secret.
impl fmt::Debug for Enrolment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Enrolment(…)")
    }
}

/// How an account signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whether a code is asked for.
    pub is_on: bool,
    /// How many recovery codes are left.
    pub recovery_codes: u64,
}

/// How the account that asks signs in.
pub async fn second_factor(app: &App, signed: &Signed) -> Result<SecondFactor, AppError> {
    let recovery_codes = stored::count_recovery_codes(&app.store.read(), signed.account.id).await?;
    Ok(SecondFactor { is_on: signed.account.second_factor, recovery_codes })
}

/// Makes a secret for an authenticator app. It counts once [`confirm_second_factor`] was given a code of it; one that was
/// made before and not confirmed is forgotten.
pub async fn begin_second_factor(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    password: &str,
) -> Result<Enrolment, AppError> {
    let attempt = own_attempt(app, origin, signed)?;
    check_own_password(app, signed, password).await?;
    attempt.was_right();
    let secret: [u8; SECRET] = bytes(app.random.as_ref());
    let enrolment = enrolment(app, &signed.account, &secret)?;
    let (id, asking, shared) = (signed.account.id, signed.clone(), Arc::clone(app));
    let sealed = app.sealer.seal(app.random.as_ref(), &purpose(id), &enrolment.secret);
    let secret = sealed.ok_or_else(|| AppError::Internal("a secret cannot be sealed".to_owned()))?;
    app.store
        .write(move |tx| {
            Box::pin(async move {
                sealing_keys::check_present(tx, &shared.sealer).await?;
                let account = still_signed(&shared, tx, &asking).await?;
                if account.second_factor {
                    return Err(Code::SecondFactorConflict.into());
                }
                let totp = Totp { account: id, secret, confirmed: false, last_step: 0 };
                stored::put_totp(tx, &totp).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(enrolment)
}

/// Turns the second factor on by a code of the app. Gives recovery codes, which are told this once.
pub async fn confirm_second_factor(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    code: &str,
) -> Result<Vec<String>, AppError> {
    let attempt = own_attempt(app, origin, signed)?;
    let (codes, digests) = recovery_codes(app.random.as_ref());
    let (id, asking, code, shared) = (signed.account.id, signed.clone(), code.to_owned(), Arc::clone(app));
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let account = still_signed(&shared, tx, &asking).await?;
                let totp = stored::find_totp(tx, id).await?.filter(|totp| !totp.confirmed);
                let totp = totp.ok_or(Code::SecondFactorConflict)?;
                let step = matched(&shared, &totp, &code)?.ok_or(Code::InvalidSecondFactor)?;
                stored::put_totp(tx, &Totp { confirmed: true, last_step: step, ..totp }).await?;
                stored::replace_recovery_codes(tx, id, &digests).await?;
                switch(tx, &account, true).await?;
                sessions::revoke_all(tx, id, shared.now(), Some(asking.session.id)).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    attempt.was_right();
    tell(app, &signed.account, AccountEvent::SecondFactorAdded);
    Ok(codes)
}

/// New recovery codes in place of the old ones, told this once.
pub async fn renew_recovery_codes(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    code: &str,
) -> Result<Vec<String>, AppError> {
    let attempt = own_attempt(app, origin, signed)?;
    let (codes, digests) = recovery_codes(app.random.as_ref());
    let (id, asking, code, shared) = (signed.account.id, signed.clone(), code.to_owned(), Arc::clone(app));
    app.store
        .write(move |tx| {
            Box::pin(async move {
                still_signed(&shared, tx, &asking).await?;
                spend(&shared, tx, id, &code).await?;
                stored::replace_recovery_codes(tx, id, &digests).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    attempt.was_right();
    Ok(codes)
}

/// Turns the second factor off, by the password and a code.
pub async fn remove_second_factor(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    password: &str,
    code: &str,
) -> Result<(), AppError> {
    let attempt = own_attempt(app, origin, signed)?;
    check_own_password(app, signed, password).await?;
    let (id, asking, code, shared) = (signed.account.id, signed.clone(), code.to_owned(), Arc::clone(app));
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let account = still_signed(&shared, tx, &asking).await?;
                spend(&shared, tx, id, &code).await?;
                stored::remove_second_factor(tx, id).await?;
                switch(tx, &account, false).await?;
                sessions::revoke_all(tx, id, shared.now(), Some(asking.session.id)).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    attempt.was_right();
    tell(app, &signed.account, AccountEvent::SecondFactorRemoved);
    Ok(())
}

/// Asks for the second factor of an account that has one, and uses the code up. Where one is asked of an account that has
/// passkeys and no codes, the password opens nothing: whoever has learned it must not be able to make codes with it.
pub(super) async fn ask(app: &App, tx: &Tx, account: &Account, code: Option<&str>) -> Result<(), AppError> {
    match (account.second_factor, code.filter(|code| !code.trim().is_empty())) {
        (false, _) if account.has_passkey && is_asked_of(app, account) => Err(Code::PasskeyRequired.into()),
        (false, _) => Ok(()),
        (true, None) => Err(Code::SecondFactorRequired.into()),
        (true, Some(code)) => spend(app, tx, account.id, code).await,
    }
}

/// What somebody says who is signed in and adds a way in: the password, and a code where the account has an app.
#[derive(Clone, Copy)]
pub struct OwnProof<'a> {
    /// The password.
    pub password: &'a str,
    /// A code of the app, or a recovery code.
    pub code: Option<&'a str>,
}

/// Leaves out both.
impl fmt::Debug for OwnProof<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OwnProof(…)")
    }
}

/// Asks an account that has an app for a code, and uses it up: what lets in without a code takes one to be added.
pub(super) async fn ask_own(
    app: &App,
    tx: &Tx,
    account: &Account,
    code: Option<&str>,
) -> Result<(), AppError> {
    if !account.second_factor {
        return Ok(());
    }
    let code = code.filter(|code| !code.trim().is_empty());
    spend(app, tx, account.id, code.ok_or(Code::SecondFactorRequired)?).await
}

/// Whether the settings ask the account for a second factor.
pub(super) const fn is_asked_of(app: &App, account: &Account) -> bool {
    app.settings.authentication.second_factor.asks(account.role)
}

/// Uses a code up: of the app, or a recovery code.
async fn spend(app: &App, tx: &Tx, account: UserId, code: &str) -> Result<(), AppError> {
    let totp = stored::find_totp(tx, account).await?.filter(|totp| totp.confirmed);
    let totp = totp.ok_or(Code::SecondFactorConflict)?;
    let spent = match matched(app, &totp, code)? {
        Some(step) => stored::spend_step(tx, account, step).await?,
        None => stored::spend_recovery_code(tx, account, recovery_digest(code), app.now()).await?,
    };
    if spent { Ok(()) } else { Err(Code::InvalidSecondFactor.into()) }
}

/// The step whose code this is, now or as far as clocks differ.
fn matched(app: &App, totp: &Totp, code: &str) -> Result<Option<i64>, AppError> {
    let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    if code.len() != usize::from(DIGITS) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let opened = app.sealer.open(&purpose(totp.account), &totp.secret);
    let opened = opened.ok_or_else(|| AppError::Internal("a sealed secret cannot be opened".to_owned()))?;
    let secret = totp_rs::Secret::try_from_base32(opened).map_err(internal)?;
    let seconds = u64::try_from(app.now().0 / 1_000).unwrap_or_default();
    let step = parameters(secret).build().map_err(internal)?.check(&code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

fn parameters(secret: totp_rs::Secret) -> Builder {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_skew(SKEW)
        .with_step_duration(STEP)
        .with_secret(secret)
}

/// What the app is told: for whom, by whom, and the secret.
fn enrolment(app: &App, account: &Account, secret: &[u8]) -> Result<Enrolment, AppError> {
    let host = app.settings.public_url.split("://").last().unwrap_or_default();
    // A colon parts issuer and account in the label.
    let plain = |text: &str| text.replace(':', " ");
    let totp = parameters(totp_rs::Secret::new(secret.into()))
        .with_issuer(Some(plain(host)))
        .with_account_name(plain(&account.email))
        .build()
        .map_err(internal)?;
    let address = totp.to_url().map_err(internal)?;
    Ok(Enrolment { secret: totp.secret().to_base32(), address })
}

fn internal(error: impl fmt::Display) -> AppError {
    AppError::Internal(format!("second factor: {error}"))
}

/// What a secret is sealed for: it is opened for no other account.
pub(crate) fn purpose(account: UserId) -> String {
    format!("totp secret of {account}")
}

/// New recovery codes, and what is kept of them.
fn recovery_codes(random: &dyn Random) -> (Vec<String>, Vec<[u8; 32]>) {
    let code = || {
        // Each letter is five bits of its byte.
        let random = bytes::<RECOVERY_LETTERS>(random);
        let letters = random.iter().filter_map(|byte| LETTERS.chars().nth(usize::from(byte % 32)));
        let letters: Vec<char> = letters.collect();
        letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
    };
    (0..RECOVERY_CODES).map(|_number| code()).map(|code| (code.clone(), recovery_digest(&code))).unzip()
}

/// What is kept of a recovery code, however it is typed: hyphens, spaces and capitals are nothing. It has 80 random bits, so
/// that no key is needed.
fn recovery_digest(code: &str) -> [u8; 32] {
    let letters = code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase());
    token_digest(&format!("recovery code {}", letters.collect::<String>()))
}

async fn switch(tx: &Tx, before: &Account, on: bool) -> Result<(), AppError> {
    let after = Account { second_factor: on, version: before.version + 1, ..before.clone() };
    stored::update(tx, before, &after).await?;
    Ok(())
}

/// What is guessed at one's own account counts together: a session left open does not give more guesses.
pub(super) fn own_attempt<'a>(
    app: &'a App,
    origin: &Origin,
    signed: &Signed,
) -> Result<Attempt<'a>, AppError> {
    Attempt::begin(app, origin, format!("own {}", signed.account.id))
}

/// Whether this is the password of the account that asks; [`Code::InvalidCredentials`] where it is not.
pub(super) async fn check_own_password(app: &App, signed: &Signed, password: &str) -> Result<(), AppError> {
    let kept = signed.account.password_hash.as_deref();
    match app.passwords.verify(password, kept).await? {
        Verdict::Wrong => Err(Code::InvalidCredentials.into()),
        Verdict::Right | Verdict::RightButOutdated => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandomness;

    /// RFC 6238, appendix B, its secret and times, by the last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = parameters(totp_rs::Secret::new((*b"12345678901234567890").into())).build().unwrap();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp.generate(seconds).to_string(), code);
            assert_eq!(
                totp.check(code, seconds + STEP),
                Some(seconds / STEP),
                "a clock that is a step ahead"
            );
            assert_eq!(totp.check(code, seconds + 3 * STEP), None);
        }
    }

    #[test]
    fn recovery_codes_are_known_however_they_are_typed() {
        let (codes, digests) = recovery_codes(&SystemRandomness);
        assert_eq!((codes.len(), codes[0].len()), (10, 19));
        assert_eq!(LETTERS.len(), 32);
        assert_ne!(codes[0], codes[1]);
        for typed in
            [codes[0].clone(), codes[0].to_uppercase(), codes[0].replace('-', " "), codes[0].replace('-', "")]
        {
            assert_eq!(recovery_digest(&typed), digests[0], "{typed}");
        }
        assert!(
            codes
                .iter()
                .flat_map(|code| code.bytes())
                .all(|byte| byte == b'-' || LETTERS.as_bytes().contains(&byte))
        );
    }
}
