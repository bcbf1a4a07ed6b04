//! Settings of a deployment. Nothing of one country is in code: these are.

mod languages;
mod openid;

use std::path::PathBuf;

use chrono_tz::Tz;
use qadam_domain::accounts::SecondFactorRule;
use qadam_domain::items::files::FileLimits;
use qadam_domain::items::response::Terms;
use qadam_domain::items::retention::DraftTerm;
use qadam_domain::language::LanguageMap;
pub use qadam_mail::{PostSettings, check_recipient, check_sender, check_server as check_mail_server};

pub use ipnet::IpNet;
pub use languages::{InvalidLanguages, Languages};
pub(crate) use openid::EMAIL_VERIFIED;
pub use openid::{MappingRule, OPENID_CALLBACK, OpenIdSettings};
pub use qadam_openid::{ClientSecret, Issuer};
pub use qadam_storage::files::{FilePlace, InvalidPlace};

pub use crate::throttling::{Quota, ThrottlingSettings};

/// How many addresses the day's checkpoint is posted to at most.
pub const CHECKPOINT_KEEPERS_MAX: usize = 20;

/// What a deployment decides.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The platform's name.
    pub platform_name: LanguageMap,
    /// Code of the organisation that hosts the platform.
    pub host: String,
    /// The platform's time zone: days turn at its midnight.
    pub time_zone: Tz,
    /// In which languages readers are answered.
    pub languages: Languages,
    /// The address under which the register is reached, without a slash at its end: links are built from it and
    /// never from what a request claims.
    pub public_url: String,
    /// The name of the ledger in its checkpoints, fixed at first start.
    pub ledger_origin: Option<String>,
    /// Where the ledger's key lies, the same for all nodes; without it in the data directory.
    pub ledger_key_file: Option<PathBuf>,
    /// A directory with vocabularies of the deployment's own.
    pub vocabularies: Option<PathBuf>,
    /// Where keys and files lie.
    pub data_dir: PathBuf,
    /// Whether this is a demonstration, compiled from public sources.
    pub demonstration: bool,
    /// Accounts and sessions.
    pub authentication: AuthenticationSettings,
    /// How many days there are for a word, and when silence escalates.
    pub response: Terms,
    /// How long a draft is kept that nobody touches.
    pub draft_term: DraftTerm,
    /// For how many days accounts are shown what they were told.
    pub notification_days: u32,
    /// For how many days is kept who was given what is not public.
    pub reading_days: u32,
    /// Files that are brought as evidence.
    pub files: FileSettings,
    /// How often may be signed in, searched and filed.
    pub throttling: ThrottlingSettings,
    /// Whom to tell of a fault in the register's safety: an address, `mailto:` or `https:`.
    pub security_contact: Option<String>,
    /// Which proxies are believed where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// How letters leave the machine; without it none do.
    pub mail: Option<PostSettings>,
    /// The addresses that the day's checkpoint of the ledger is posted to.
    pub checkpoint_keepers: Vec<String>,
    /// With which provider of identities people sign in; without it with none.
    pub openid: Option<OpenIdSettings>,
}

/// Settings of files.
#[derive(Debug, Clone)]
pub struct FileSettings {
    /// Where they lie; without it in the data directory.
    pub place: Option<FilePlace>,
    /// How many there may be.
    pub limits: FileLimits,
    /// How many are taken at the same time: each is held in memory until it is kept.
    pub at_once: usize,
}

impl Default for FileSettings {
    fn default() -> Self {
        Self { place: None, limits: FileLimits::default(), at_once: 8 }
    }
}

impl Settings {
    /// Where files lie.
    pub fn file_place(&self) -> FilePlace {
        self.files.place.clone().unwrap_or_else(|| FilePlace::Folder(self.data_dir.join("files")))
    }
}

/// Settings of accounts and sessions.
#[derive(Debug, Clone)]
pub struct AuthenticationSettings {
    /// How long an access token holds, in seconds.
    pub access_token_seconds: i64,
    /// How long a session holds without being refreshed, in seconds.
    pub refresh_token_seconds: i64,
    /// How long a session holds at most, in seconds.
    pub session_seconds: i64,
    /// How long a browser's session holds without a request, in seconds.
    pub page_idle_seconds: i64,
    /// How long a browser's session holds at most, in seconds.
    pub page_session_seconds: i64,
    /// Whose accounts must have a second factor: without one they do nothing but turn it on.
    pub second_factor: SecondFactorRule,
    /// How long a one-time link holds that is handed over, in seconds.
    pub link_seconds: i64,
    /// How long a link holds that somebody asked for by mail who lost the password, in seconds: ten minutes at most
    /// (OWASP ASVS 5.0, 6.5.5).
    pub recovery_seconds: i64,
    /// Memory of the password hash, in KiB.
    pub argon2_memory_kib: u32,
    /// Passes of the password hash.
    pub argon2_passes: u32,
    /// How many passwords are checked at the same time.
    pub concurrent_hashes: usize,
    /// How many may wait for that before new ones are turned away.
    pub waiting_hashes: usize,
}

impl Default for AuthenticationSettings {
    fn default() -> Self {
        Self {
            access_token_seconds: 600,
            refresh_token_seconds: 14 * 86_400,
            session_seconds: 30 * 86_400,
            page_idle_seconds: 1_800,
            page_session_seconds: 43_200,
            second_factor: SecondFactorRule::Nobody,
            link_seconds: 7 * 86_400,
            recovery_seconds: 600,
            argon2_memory_kib: 19_456,
            argon2_passes: 2,
            concurrent_hashes: 2,
            waiting_hashes: 32,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            platform_name: LanguageMap {
                kk: Some("Қадам: азаптауға қарсы ұсынымдар мен міндеттемелер тізілімі".to_owned()),
                ru: Some("Кадам: реестр рекомендаций и обязательств против пыток".to_owned()),
                en: Some("Qadam: register of recommendations and commitments against torture".to_owned()),
            },
            host: "MFA".to_owned(),
            time_zone: chrono_tz::UTC,
            languages: Languages::default(),
            public_url: "http://127.0.0.1:8080".to_owned(),
            ledger_origin: None,
            ledger_key_file: None,
            vocabularies: None,
            data_dir: PathBuf::from("."),
            demonstration: false,
            authentication: AuthenticationSettings::default(),
            response: Terms::default(),
            draft_term: DraftTerm::default(),
            notification_days: 365,
            reading_days: 730,
            files: FileSettings::default(),
            throttling: ThrottlingSettings::default(),
            mail: None,
            checkpoint_keepers: Vec::new(),
            openid: None,
            security_contact: None,
            trusted_proxies: Vec::new(),
        }
    }
}
