//! Letters that people are sent, where the register posts any.
//!
//! A letter is posted when what it tells of is committed. One that the server does not take is not kept for later: what
//! it holds is a secret, and whoever waits for it asks anew.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use qadam_domain::ids::UserId;
use qadam_mail::{
    AccountEvent, DraftLetter, Letter, LinkLetter, LinkPurpose, MailError, NoticeLetter, Post, PostSettings,
    draft_letter, link_letter, notice_letter,
};
use qadam_storage::accounts::{Account, AccountState};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::accounts::Invitation;
use crate::application::App;
use crate::error::{AppError, Code};

/// How many askers for a letter may wait until it is known whether there is somebody to write to.
const ASKING: usize = 128;

/// How many letters that nobody waits for are under way or wait to be: the last of them is posted before its link ends,
/// however slow the mail server is.
const PLACES: usize = 64;

/// How many notices wait or are under way; they take no place from what people asked for.
const NOTICES: usize = 64;

/// How many of them are under way at the same time.
const AT_ONCE: usize = 8;

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// The register posts none.
    None,
    /// A mail server took it.
    Sent,
    /// No mail server took it.
    NotSent,
}

/// How letters leave.
#[derive(Debug)]
pub(crate) struct Letters {
    post: Option<Post>,
    asking: Arc<Semaphore>,
    places: Arc<Semaphore>,
    notices: Arc<Semaphore>,
    /// Of whom what is told already waits: it need not be told twice.
    told: Mutex<HashSet<(UserId, AccountEvent)>>,
    turns: Semaphore,
}

/// The place of a letter that nobody waits for.
#[derive(Debug)]
pub(crate) struct Place(OwnedSemaphorePermit);

impl Letters {
    /// Reads the settings.
    pub(crate) fn open(settings: Option<&PostSettings>) -> Result<Self, AppError> {
        let wrong = |error: MailError| AppError::Internal(format!("mail: {error}"));
        let post = settings.map(Post::new).transpose().map_err(wrong)?;
        Ok(Self {
            post,
            asking: Arc::new(Semaphore::new(ASKING)),
            places: Arc::new(Semaphore::new(PLACES)),
            notices: Arc::new(Semaphore::new(NOTICES)),
            told: Mutex::new(HashSet::new()),
            turns: Semaphore::new(AT_ONCE),
        })
    }

    /// A turn to ask for a letter to an address that may be nobody's.
    pub(crate) fn ask(&self) -> Result<OwnedSemaphorePermit, Code> {
        Arc::clone(&self.asking).try_acquire_owned().map_err(|_all_taken| Code::Busy)
    }

    /// A place for a letter that nobody waits for; none where too many wait, which is told to the log alone: who asks must
    /// not learn from it that somebody has the address.
    pub(crate) fn place(&self) -> Option<Place> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        place
            .inspect_err(|_all_taken| tracing::warn!("a letter was not written, for too many wait"))
            .ok()
            .map(Place)
    }

    /// A notice waits no more.
    fn is_told(&self, about: (UserId, AccountEvent)) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).remove(&about);
    }

    /// Whether any are posted.
    pub(crate) const fn are_posted(&self) -> bool {
        self.post.is_some()
    }
}

impl Place {
    /// Posts a letter when it is its turn.
    pub(crate) async fn post(self, app: &App, invitation: &Invitation, purpose: LinkPurpose) {
        // They are never closed.
        let Ok(_turn) = app.letters.turns.acquire().await else { return };
        post_link(app, invitation, purpose).await;
        drop(self.0);
    }
}

/// Posts a one-time link to the address of its account, where letters are posted.
pub(crate) async fn post_link(app: &App, invitation: &Invitation, purpose: LinkPurpose) -> Delivery {
    let Some(post) = &app.letters.post else { return Delivery::None };
    let url = invitation.url(&app.settings.public_url);
    let letter = link_letter(&LinkLetter {
        to: &invitation.account.email,
        language: invitation.account.language,
        platform: &app.settings.platform_name,
        purpose,
        url: &url,
        minutes: minutes(invitation.expires_at.0 - app.now().0),
    });
    send(post, &letter).await
}

/// Posts a letter, where letters are posted.
pub(crate) async fn post(app: &App, letter: &Letter) -> Delivery {
    match &app.letters.post {
        Some(post) => send(post, letter).await,
        None => Delivery::None,
    }
}

async fn send(post: &Post, letter: &Letter) -> Delivery {
    match post.send(letter).await {
        Ok(()) => Delivery::Sent,
        Err(error) => {
            // Neither address nor link: the log is read by others.
            tracing::warn!(%error, "a letter was not sent");
            Delivery::NotSent
        }
    }
}

/// Tells somebody what happened to their account, where letters are posted. Nobody waits for it: what happened has
/// happened.
pub(crate) fn tell(app: &Arc<App>, account: &Account, event: AccountEvent) {
    if !app.letters.are_posted() {
        return;
    }
    let about = (account.id, event);
    if !app.letters.told.lock().unwrap_or_else(PoisonError::into_inner).insert(about) {
        return;
    }
    let Ok(place) = Arc::clone(&app.letters.notices).try_acquire_owned() else {
        tracing::warn!("a notice was not written, for too many wait");
        app.letters.is_told(about);
        return;
    };
    let recovery = format!("{}/{}/password/forgotten", app.settings.public_url, account.language.tag());
    let letter = notice_letter(&NoticeLetter {
        to: &account.email,
        language: account.language,
        platform: &app.settings.platform_name,
        event,
        recovery: &recovery,
    });
    let shared = Arc::clone(app);
    tokio::spawn(async move {
        if let (Some(post), Ok(_turn)) = (&shared.letters.post, shared.letters.turns.acquire().await) {
            send(post, &letter).await;
        }
        shared.letters.is_told(about);
        drop(place);
    });
}

/// Tells somebody that a draft of theirs will be deleted, where letters are posted. It names no draft: who reads the letter
/// on its way learns that there is something, and no more.
pub(crate) async fn tell_of_draft(app: &Arc<App>, account: &Account, until: NaiveDate) {
    if !app.letters.are_posted() || account.state != AccountState::Active {
        return;
    }
    // They are never closed.
    let Ok(place) = Arc::clone(&app.letters.notices).acquire_owned().await else { return };
    let address = format!("{}/{}/work", app.settings.public_url, account.language.tag());
    let letter = draft_letter(&DraftLetter {
        to: &account.email,
        language: account.language,
        platform: &app.settings.platform_name,
        until,
        address: &address,
    });
    let shared = Arc::clone(app);
    tokio::spawn(async move {
        if let (Some(post), Ok(_turn)) = (&shared.letters.post, shared.letters.turns.acquire().await) {
            send(post, &letter).await;
        }
        drop(place);
    });
}

/// Whole minutes, the nearest number: a link was made a moment before its letter.
const fn minutes(milliseconds: i64) -> i64 {
    (milliseconds + 30_000) / 60_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_tells_the_time_that_its_link_was_given() {
        assert_eq!([600_000, 599_950, 570_000, 569_999].map(minutes), [10, 10, 10, 9]);
        assert_eq!(minutes(7 * 86_400_000 - 20), 7 * 24 * 60);
    }

    #[test]
    fn letters_that_nobody_waits_for_have_so_many_places_and_no_more() {
        let letters = Letters::open(None).unwrap();
        let taken: Vec<_> = std::iter::from_fn(|| letters.place()).collect();
        assert_eq!(taken.len(), PLACES);
        drop(taken);
        assert!(letters.place().is_some());
        let asking: Vec<_> = std::iter::from_fn(|| letters.ask().ok()).collect();
        assert_eq!((asking.len(), letters.ask().unwrap_err()), (ASKING, Code::Busy));
    }
}
