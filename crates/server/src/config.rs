//! Configuration: flags before environment before file before defaults.
//!
//! * [`keys`] – the one table of settings: name, flag, variable, default, how a text becomes a value;
//! * [`sources`] – where texts come from and which wins;
//! * [`values`] – the texts that more than one setting has in common;
//! * the structs below – what the rest of the program reads, one for each concern.
//!
//! A setting that is not known is an error wherever it stands: a misspelt one would otherwise be lost in silence.

mod flags;
mod keys;
mod sources;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeSet;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use chrono_tz::Tz;
use qadam_app::keys::KeyFiles;
use qadam_app::settings::{
    AuthenticationSettings, ClientSecret, FilePlace, FileSettings, IpNet, Issuer, Languages, MappingRule,
    OpenIdSettings, PostSettings, Settings, ThrottlingSettings, check_sender,
};
use qadam_domain::items::response::{DayCount, Terms};
use qadam_domain::items::retention::DraftTerm;
use qadam_domain::language::LanguageMap;

pub(crate) use flags::SettingFlags;
pub(crate) use sources::{ConfigurationError, Sources};

/// Everything that a deployment decides.
#[derive(Debug, Clone)]
pub(crate) struct Configuration {
    /// Where the register is reached.
    pub(crate) listen: Listen,
    /// Where keys, files and the default database lie.
    pub(crate) data_dir: PathBuf,
    /// A directory with vocabularies of the deployment's own.
    pub(crate) vocabularies: Option<PathBuf>,
    /// The database.
    pub(crate) database: Database,
    /// Whose register it is.
    pub(crate) platform: Platform,
    /// How many days there are for somebody's word.
    pub(crate) response: Response,
    /// How long a draft is kept that nobody touches.
    pub(crate) draft_term: DraftTerm,
    /// For how many days accounts are shown what they were told.
    pub(crate) notification_days: u32,
    /// For how many days is kept who was given what is not public.
    pub(crate) reading_days: u32,
    /// Files that are brought as evidence.
    pub(crate) files: FileSettings,
    /// How often may be signed in, searched and filed.
    pub(crate) throttling: ThrottlingSettings,
    /// Which proxies are believed where a request comes from.
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// Whom to tell of a fault in the register's safety.
    pub(crate) security_contact: Option<String>,
    /// The mail server, where letters are posted.
    pub(crate) mail_url: Option<Secret>,
    /// The address that letters come from.
    pub(crate) mail_from: Option<String>,
    /// Whom the day's checkpoint is posted to.
    pub(crate) checkpoint_keepers: Vec<String>,
    /// The ledger.
    pub(crate) ledger: Ledger,
    /// Accounts and sessions.
    pub(crate) authentication: AuthenticationSettings,
    /// The provider of identities.
    pub(crate) openid: OpenId,
    /// What a client may take of the program.
    pub(crate) limits: Limits,
    /// What is told on stderr.
    pub(crate) log: Log,
}

/// Where the register is reached.
#[derive(Debug, Clone)]
pub(crate) struct Listen {
    /// The address to listen on; port 0 picks a free one.
    pub(crate) address: SocketAddr,
    /// The address that links are built from, without a slash at its end. Without one it is the address listened
    /// on, which serves the machine itself.
    pub(crate) public_url: Option<String>,
}

/// The database.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    /// Its address; without one a SQLite file in the data directory.
    pub(crate) url: Option<Secret>,
    /// How many connections read at the same time.
    pub(crate) readers: u32,
    /// Whether commits are not synced to disk: a power cut then loses acknowledged writes.
    pub(crate) unsafe_unsynced: bool,
}

/// Whose register it is.
#[derive(Debug, Clone)]
pub(crate) struct Platform {
    /// Its name.
    pub(crate) name: LanguageMap,
    /// Code of the organisation that hosts it.
    pub(crate) host: String,
    /// At whose midnight days turn.
    pub(crate) time_zone: Tz,
    /// In which languages readers are answered.
    pub(crate) languages: Languages,
}

/// How many days there are for somebody's word, and when silence escalates.
#[derive(Debug, Clone, Default)]
pub(crate) struct Response {
    /// The numbers of days.
    pub(crate) terms: Terms,
    /// Whether they are working days.
    pub(crate) working_days: bool,
    /// What are no working days beside weekends.
    pub(crate) holidays: BTreeSet<NaiveDate>,
}

impl Response {
    fn terms(&self) -> Terms {
        let working = || DayCount::Working { holidays: self.holidays.clone() };
        let count = if self.working_days { working() } else { DayCount::Calendar };
        Terms { count, ..self.terms.clone() }
    }
}

/// The ledger.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    /// Its name in checkpoints, fixed at first start.
    pub(crate) origin: Option<String>,
    /// Where its key lies, where that is not the data directory.
    pub(crate) key_file: Option<PathBuf>,
}

/// The provider of identities. Without an issuer the rest says nothing.
#[derive(Debug, Clone)]
pub(crate) struct OpenId {
    /// The provider.
    pub(crate) issuer: Option<Issuer>,
    /// By what it knows the register.
    pub(crate) client_id: String,
    /// What the register proves itself with.
    pub(crate) client_secret: Option<ClientSecret>,
    /// What people call it.
    pub(crate) name: LanguageMap,
    /// What is asked of it beside `openid`.
    pub(crate) scopes: Vec<String>,
    /// Which claim is the address.
    pub(crate) email_claim: String,
    /// Which claim is the person's name.
    pub(crate) name_claim: String,
    /// Whether addresses are believed that it did not verify.
    pub(crate) unverified_addresses: bool,
    /// Whether an address binds an identity to an account.
    pub(crate) link_by_email: bool,
    /// Which claims make accounts.
    pub(crate) rules: Vec<MappingRule>,
    /// Which values say that a second factor was used.
    pub(crate) second_factors: Vec<String>,
}

impl Default for OpenId {
    fn default() -> Self {
        Self {
            issuer: None,
            client_id: "qadam".to_owned(),
            client_secret: None,
            name: LanguageMap::default(),
            scopes: ["email", "profile"].map(str::to_owned).into(),
            email_claim: "email".to_owned(),
            name_claim: "name".to_owned(),
            unverified_addresses: false,
            link_by_email: false,
            rules: Vec::new(),
            second_factors: Vec::new(),
        }
    }
}

impl OpenId {
    fn settings(&self) -> Option<OpenIdSettings> {
        let Self { issuer, client_id, client_secret, name, scopes, email_claim, name_claim, .. } =
            self.clone();
        Some(OpenIdSettings {
            issuer: issuer?,
            client_id,
            client_secret,
            name,
            scopes,
            email_claim,
            name_claim,
            unverified_addresses: self.unverified_addresses,
            link_by_email: self.link_by_email,
            rules: self.rules.clone(),
            second_factors: self.second_factors.clone(),
        })
    }
}

/// What a client may take of the program.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Connections at the same time; more wait in the system's queue.
    pub(crate) connections: usize,
    /// How long a connection may say nothing before its first byte, between requests, and within a header.
    pub(crate) header: Duration,
    /// How long a client may take nothing of an answer.
    pub(crate) stall: Duration,
    /// Headers of a request.
    pub(crate) headers: usize,
    /// Bytes of a request's line and headers.
    pub(crate) header_bytes: usize,
    /// How long requests under way are waited for when the program ends.
    pub(crate) shutdown: Duration,
}

/// What is told on stderr.
#[derive(Debug, Clone)]
pub(crate) struct Log {
    /// How much: a level, or directives by module.
    pub(crate) filter: String,
    /// In which form.
    pub(crate) format: LogFormat,
}

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people where stderr is a terminal, else JSON.
    Auto,
    /// One JSON object a line.
    Json,
    /// For people.
    Pretty,
}

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(pub(crate) String);

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1_024,
            header: Duration::from_secs(10),
            stall: Duration::from_secs(10),
            headers: 100,
            header_bytes: 32_768,
            shutdown: Duration::from_secs(10),
        }
    }
}

impl Default for Configuration {
    fn default() -> Self {
        let settings = Settings::default();
        Self {
            listen: Listen { address: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)), public_url: None },
            data_dir: PathBuf::from("."),
            vocabularies: None,
            database: Database { url: None, readers: 4, unsafe_unsynced: false },
            platform: Platform {
                name: settings.platform_name,
                host: settings.host,
                time_zone: settings.time_zone,
                languages: settings.languages,
            },
            response: Response::default(),
            draft_term: settings.draft_term,
            notification_days: settings.notification_days,
            reading_days: settings.reading_days,
            files: settings.files,
            throttling: settings.throttling,
            trusted_proxies: settings.trusted_proxies,
            security_contact: None,
            mail_url: None,
            mail_from: None,
            checkpoint_keepers: Vec::new(),
            ledger: Ledger::default(),
            authentication: settings.authentication,
            openid: OpenId::default(),
            limits: Limits::default(),
            log: Log { filter: "info".to_owned(), format: LogFormat::Auto },
        }
    }
}

impl Configuration {
    /// The address of the database.
    pub(crate) fn database_url(&self) -> String {
        match &self.database.url {
            Some(url) => url.0.clone(),
            None => sqlite_url(&self.data_dir.join("qadam.db")),
        }
    }

    /// The address that links are built from, given the one that is listened on.
    pub(crate) fn public_url(&self, listening: SocketAddr) -> String {
        self.listen.public_url.clone().unwrap_or_else(|| format!("http://{}", reachable(listening)))
    }

    /// Where the ledger's key lies.
    pub(crate) fn ledger_key_file(&self) -> PathBuf {
        let own = || KeyFiles::in_directory(&self.data_dir).ledger;
        self.ledger.key_file.clone().unwrap_or_else(own)
    }

    /// Where files lie.
    pub(crate) fn file_place(&self) -> FilePlace {
        self.settings(self.listen.address).file_place()
    }

    /// How letters are posted, where a mail server is named. Without a sender of their own they come from nobody who
    /// reads answers.
    fn mail(&self) -> Option<PostSettings> {
        let url = self.mail_url.as_ref()?.0.clone();
        let from = self.mail_from.clone().unwrap_or_else(|| format!("no-reply@{}", self.mail_host()));
        Some(PostSettings { url, from })
    }

    /// The host of the register's own address, where that has a name.
    fn mail_host(&self) -> String {
        let address: Option<http::Uri> = self.listen.public_url.as_ref().and_then(|url| url.parse().ok());
        let host = address.as_ref().and_then(http::Uri::host).unwrap_or_default();
        let is_address = |host: &str| host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok();
        let named =
            !host.is_empty() && !is_address(host) && check_sender(&format!("no-reply@{host}")).is_ok();
        if named { host.to_owned() } else { "localhost".to_owned() }
    }

    /// The settings of the application.
    pub(crate) fn settings(&self, listening: SocketAddr) -> Settings {
        Settings {
            platform_name: self.platform.name.clone(),
            host: self.platform.host.clone(),
            time_zone: self.platform.time_zone,
            languages: self.platform.languages,
            public_url: self.public_url(listening),
            ledger_origin: self.ledger.origin.clone(),
            ledger_key_file: self.ledger.key_file.clone(),
            vocabularies: self.vocabularies.clone(),
            data_dir: self.data_dir.clone(),
            demonstration: false,
            authentication: self.authentication.clone(),
            response: self.response.terms(),
            draft_term: self.draft_term,
            notification_days: self.notification_days,
            reading_days: self.reading_days,
            files: self.files.clone(),
            throttling: self.throttling,
            trusted_proxies: self.trusted_proxies.clone(),
            security_contact: self.security_contact.clone(),
            mail: self.mail(),
            checkpoint_keepers: self.checkpoint_keepers.clone(),
            openid: self.openid.settings(),
        }
    }
}

/// The address of a SQLite file.
pub(crate) fn sqlite_url(path: &std::path::Path) -> String {
    // The two characters that an address reads otherwise than a path does.
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3F");
    format!("sqlite://{path}")
}

/// The file of a SQLite address; `None` for other databases.
pub(crate) fn sqlite_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?.trim_start_matches("//");
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    Some(PathBuf::from(path.replace("%3F", "?").replace("%25", "%")))
}

/// Where a socket that listens everywhere is reached from this machine.
pub(crate) fn reachable(listening: SocketAddr) -> SocketAddr {
    let mut address = listening;
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}
