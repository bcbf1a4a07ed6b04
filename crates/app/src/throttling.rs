//! How often is done what guesses, costs much, or fills the work of others: signing in, searching, filing.
//!
//! Each node counts for itself and in memory alone: the limits guard people and the node, they are no record. Who is
//! counted stands there as a digest by a key that the node makes when it starts, so that no memory, and no file made of
//! it, tells which address asked when (`buckets`). Only failures count against signing in, and they count whether there
//! is such an account or not.
//!
//! Of addresses networks are told apart, an IPv6 one by its first 64 bits, since whoever has one has them all. Where
//! everybody comes from this machine itself (a demonstration, a proxy that nobody named as one) addresses tell nobody
//! apart and are not counted.

mod buckets;
mod origin;

use std::sync::Mutex;

use aws_lc_rs::hmac;
use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::UserId;
pub use qadam_domain::throttling::{Left, Quota};

use self::buckets::{Buckets, KEY};
pub use self::origin::{Allowance, Origin};
use crate::application::App;
use crate::error::AppError;
use crate::locks::lock;
use crate::random::{Random, bytes};

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limited {
    /// Passwords tried for one account from one network.
    SignIn,
    /// Passwords tried for one account from anywhere.
    SignInAccount,
    /// Passwords tried from one network, for any account.
    SignInNetwork,
    /// One-time links tried, or asked for by mail, from one network.
    Link,
    /// New passwords asked for by mail for one address.
    Recovery,
    /// Searches by words, of an account or, without one, from a network.
    Search,
    /// Proposals filed by an account. Drafts are not counted.
    Filing,
}

impl Limited {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::SignIn,
        Self::SignInAccount,
        Self::SignInNetwork,
        Self::Link,
        Self::Recovery,
        Self::Search,
        Self::Filing,
    ];

    /// The name of the policy in `RateLimit-Policy`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignInAccount => "sign-in-account",
            Self::SignInNetwork => "sign-in-network",
            Self::Link => "link",
            Self::Recovery => "recovery",
            Self::Search => "search",
            Self::Filing => "filing",
        }
    }
}

/// The quotas of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThrottlingSettings {
    /// Of [`Limited::SignIn`].
    pub sign_in: Quota,
    /// Of [`Limited::SignInAccount`]: a hundred failures at most (NIST SP 800-63B-4, section 3.2.2).
    pub sign_in_account: Quota,
    /// Of [`Limited::SignInNetwork`].
    pub sign_in_network: Quota,
    /// Of [`Limited::Link`].
    pub link: Quota,
    /// Of [`Limited::Recovery`].
    pub recovery: Quota,
    /// Of [`Limited::Search`].
    pub search: Quota,
    /// Of [`Limited::Filing`].
    pub filing: Quota,
}

impl Default for ThrottlingSettings {
    fn default() -> Self {
        const DAY: u32 = 86_400;
        Self {
            sign_in: Quota { times: 5, seconds: 300 },
            sign_in_account: Quota { times: 100, seconds: DAY },
            sign_in_network: Quota { times: 50, seconds: 300 },
            link: Quota { times: 20, seconds: 300 },
            recovery: Quota { times: 3, seconds: 3_600 },
            search: Quota { times: 60, seconds: 60 },
            filing: Quota { times: 30, seconds: 3_600 },
        }
    }
}

impl ThrottlingSettings {
    const fn of(&self, limited: Limited) -> Quota {
        match limited {
            Limited::SignIn => self.sign_in,
            Limited::SignInAccount => self.sign_in_account,
            Limited::SignInNetwork => self.sign_in_network,
            Limited::Link => self.link,
            Limited::Recovery => self.recovery,
            Limited::Search => self.search,
            Limited::Filing => self.filing,
        }
    }
}

/// What a node remembers of who did what how often.
#[derive(Debug)]
pub(crate) struct Throttling {
    settings: ThrottlingSettings,
    /// On the heap: it is a kilobyte, and the application moves.
    key: Box<hmac::Key>,
    buckets: Mutex<Buckets>,
}

/// Whose times are counted: parts that together tell one from another.
pub(crate) type Who<'a> = &'a [&'a [u8]];

impl Throttling {
    pub(crate) fn new(settings: ThrottlingSettings, random: &dyn Random) -> Self {
        let key = Box::new(hmac::Key::new(hmac::HMAC_SHA256, &bytes::<32>(random)));
        Self { settings, key, buckets: Mutex::default() }
    }

    /// One more time for somebody, if there is one left.
    pub(crate) fn take(&self, limited: Limited, who: Who<'_>, now: Timestamp) -> Result<Allowance, AppError> {
        let quota = self.settings.of(limited);
        match lock(&self.buckets).take(self.digest(limited, who), quota, now) {
            Ok(left) => Ok(Allowance { limited, quota, left }),
            Err(seconds) => Err(AppError::TooOften { limited, quota, seconds }),
        }
    }

    /// What was taken last is not counted after all.
    pub(crate) fn give_back(&self, limited: Limited, who: Who<'_>) {
        lock(&self.buckets).give_back(self.digest(limited, who), self.settings.of(limited));
    }

    /// Nothing that somebody did is counted any longer.
    pub(crate) fn forget(&self, limited: Limited, who: Who<'_>) {
        lock(&self.buckets).forget(self.digest(limited, who));
    }

    fn digest(&self, limited: Limited, who: Who<'_>) -> [u8; KEY] {
        let mut context = hmac::Context::with_key(&self.key);
        for part in std::iter::once(limited.name().as_bytes()).chain(who.iter().copied()) {
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part);
        }
        let mut digest = [0; KEY];
        for (to, from) in digest.iter_mut().zip(context.sign().as_ref()) {
            *to = *from;
        }
        digest
    }
}

/// A password that is being tried: counted as a failure until it turns out right.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    app: &'a App,
    name: String,
    network: Option<Vec<u8>>,
}

impl<'a> Attempt<'a> {
    /// Begins to try a password for whoever is named so, as long as not too many were wrong.
    pub(crate) fn begin(app: &'a App, origin: &Origin, name: String) -> Result<Self, AppError> {
        let attempt = Self { app, name, network: origin.network() };
        let now = app.now();
        let mut taken: Vec<(Limited, Vec<&[u8]>)> = Vec::new();
        for (limited, who) in attempt.counted() {
            match app.throttling.take(limited, &who, now) {
                Ok(allowance) => {
                    origin.tell(allowance);
                    taken.push((limited, who));
                }
                Err(refused) => {
                    // What is not tried guesses nothing.
                    for (limited, who) in &taken {
                        app.throttling.give_back(*limited, who);
                    }
                    return Err(origin.refuse(refused));
                }
            }
        }
        drop(taken);
        Ok(attempt)
    }

    /// It was not looked at after all, for too many wait.
    pub(crate) fn was_not_tried(&self) {
        for (limited, who) in self.counted() {
            self.app.throttling.give_back(limited, &who);
        }
    }

    /// It was right: nothing that was tried before for this account is held against it.
    pub(crate) fn was_right(&self) {
        for (limited, who) in self.counted() {
            match limited {
                Limited::SignInNetwork => self.app.throttling.give_back(limited, &who),
                _ => self.app.throttling.forget(limited, &who),
            }
        }
    }

    fn counted(&self) -> Vec<(Limited, Vec<&[u8]>)> {
        let (name, network) = (self.name.as_bytes(), self.network.as_deref());
        let mut counted = vec![
            (Limited::SignIn, vec![name, network.unwrap_or_default()]),
            (Limited::SignInAccount, vec![name]),
        ];
        counted.extend(network.map(|network| (Limited::SignInNetwork, vec![network])));
        counted
    }
}

/// Counts a one-time link that is tried.
pub(crate) fn try_link(app: &App, origin: &Origin) -> Result<(), AppError> {
    let Some(network) = origin.network() else { return Ok(()) };
    origin.count(app.throttling.take(Limited::Link, &[&network], app.now()))
}

/// Counts that a new password is asked for by mail, whether there is an account with the address or not.
pub(crate) fn ask_for_recovery(app: &App, origin: &Origin, email: &str) -> Result<(), AppError> {
    try_link(app, origin)?;
    origin.count(app.throttling.take(Limited::Recovery, &[email.as_bytes()], app.now()))
}

/// Counts a search by words.
pub fn search(app: &App, viewer: &Viewer, origin: &Origin) -> Result<(), AppError> {
    let taken = match viewer {
        Viewer::Account(actor) => {
            app.throttling.take(Limited::Search, &[b"account", actor.user.0.as_bytes()], app.now())
        }
        Viewer::Anonymous => match origin.network() {
            Some(network) => app.throttling.take(Limited::Search, &[b"network", &network], app.now()),
            None => return Ok(()),
        },
    };
    origin.count(taken)
}

/// Counts a proposal that an account files.
pub(crate) fn file(app: &App, account: UserId) -> Result<(), AppError> {
    app.throttling.take(Limited::Filing, &[account.0.as_bytes()], app.now()).map(drop)
}
