//! Who is asking: passwords, sessions, access tokens, and what people do with their own account.
//!
//! * `passwords`, `password_rules` – which passwords may be chosen, how they are kept and checked;
//! * `access_tokens` – the signed tokens that requests carry, and `token_key_watch` – the keys that sign them;
//! * `sessions` – signing in, staying signed in, signing out;
//! * `second_factor` – codes of an app, asked for beside the password;
//! * `passkeys` – signing in with a device and without a password;
//! * `openid` – signing in with a provider of identities;
//! * `page_sessions` – the same for browsers, by a cookie;
//! * `personal_tokens` – what programs bring along that ask in somebody's name;
//! * `own_account` – choosing a password by a one-time link, changing it, and one's name and language.
//!
//! A token says which session it belongs to; session and account are read on every request, so that what an
//! administrator ends has ended, on whichever node. The same statement tells how new the database is, so that what
//! this node has in memory is as new before anything is decided.

mod access_tokens;
mod openid;
mod own_account;
mod page_sessions;
mod passkeys;
mod password_rules;
mod passwords;
mod personal_tokens;
mod second_factor;
mod sessions;
mod token_key_watch;
mod verified_tokens;

use qadam_domain::accounts::{Actor, TokenScope, Viewer};
use qadam_storage::Tx;
pub use qadam_storage::accounts::{Account, Identity, Passkey};
use qadam_storage::sessions as stored;
use qadam_storage::sessions::Live;
pub use qadam_storage::sessions::Session;

pub(crate) use self::access_tokens::Terms;
pub use self::openid::{
    FromProvider, JOURNEY_SECONDS, Journey, ToProvider, ask_provider, begin_identity,
    begin_sign_in_with_provider, connect_identity, list_identities, provider_name, remove_identity,
    sign_in_with_provider,
};
pub use self::own_account::{
    OwnChanges, PasswordChange, change_own_account, change_own_password, set_password_by_link,
};
pub use self::page_sessions::{
    PageSignIn, authenticate_by_cookie, finish_sign_in_to_pages, form_token, is_form_token, one_time_key,
    sign_in_to_pages,
};
pub use self::passkeys::{
    CHALLENGE_SECONDS, NewPasskey, PASSKEY_ALGORITHMS, PASSKEYS_MAX, PasskeyBeginning, PasskeyChallenge,
    PasskeySignIn, add_passkey, begin_passkey, list_passkeys, passkey_challenge, passkey_domain,
    passkeys_are_possible, remove_passkey, sign_in_to_pages_with_passkey, sign_in_with_passkey,
};
pub use self::password_rules::{PASSWORD_MAX, PASSWORD_MIN};
pub use self::passwords::Passwords;
pub use self::personal_tokens::{
    NewToken, PersonalToken, TOKEN_DAYS_MAX, TOKEN_PREFIX, end_token, list_tokens, make_token,
};
pub(crate) use self::second_factor::purpose as totp_purpose;
pub use self::second_factor::{
    Enrolment, OwnProof, SecondFactor, begin_second_factor, confirm_second_factor, remove_second_factor,
    renew_recovery_codes, second_factor,
};
pub use self::sessions::{
    SignIn, Tokens, end_other_sessions, end_session, forget_expired, list_sessions, refresh, sign_in,
    sign_out,
};
pub use self::token_key_watch::{ANNOUNCED_SECONDS, watch_token_keys};
use crate::application::App;
use crate::error::{AppError, Code};

/// A request that came with a good token.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Who is looking.
    pub viewer: Viewer,
    /// The session.
    pub session: Session,
    /// The account, active.
    pub account: Account,
    /// Whether the account must have a second factor and has none: it may turn one on, and nothing else.
    pub lacks_second_factor: bool,
    /// What a token of the account may do that asks in its name; nothing where the person asks.
    pub scope: Option<TokenScope>,
}

impl Signed {
    /// The account as somebody who asks for something.
    pub const fn actor(&self) -> Actor {
        self.account.actor()
    }

    fn new(app: &App, session: Session, account: Account) -> Self {
        let asked = app.settings.authentication.second_factor.asks(account.role);
        // A session that a password opened before one was asked for is no proof of a passkey that the account has.
        let lacks_second_factor = asked && !account.second_factor && !session.second_factor;
        Self { viewer: Viewer::Account(account.actor()), session, account, lacks_second_factor, scope: None }
    }
}

/// The account of somebody who was signed in when they asked, as it is in the transaction. They may have been shut out
/// since, while the rest of what they sent was on its way: then the session is no more, or the password another.
pub(super) async fn still_signed(app: &App, tx: &Tx, signed: &Signed) -> Result<Account, AppError> {
    let live = stored::find_live(tx, signed.session.id, app.now()).await?;
    let account = live.map(|live| live.account);
    let account = account.filter(|account| account.password_hash == signed.account.password_hash);
    account.ok_or_else(|| Code::Unauthenticated.into())
}

/// Who sent a request: nobody without a token, an account with a good one. A bad one is refused, so that nobody
/// takes the public's view for their own.
///
/// `bearer` is the token itself, without the word before it: of a session, or one that the account made for a program.
pub async fn authenticate(app: &App, bearer: Option<&str>) -> Result<Option<Signed>, AppError> {
    let Some(token) = bearer else {
        app.newest_public().await?;
        return Ok(None);
    };
    if token.starts_with(TOKEN_PREFIX) {
        return personal_tokens::authenticate(app, token).await.map(Some);
    }
    let now = app.now();
    let named = app.tokens.load().check(token, now)?;
    match stored::find_live(&app.store.read(), named.session, now).await? {
        Some(Live { session, account, newest_public, newest }) if account.id == named.account => {
            app.catch_up(newest_public).await?;
            app.counted.hear_of(newest);
            Ok(Some(Signed::new(app, session, account)))
        }
        _ => Err(Code::InvalidToken.into()),
    }
}
