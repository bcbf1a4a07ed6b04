//! The one table of settings. Flags, variables, the file and the help all come from it.

mod files;
mod mail;
mod openid;
mod response;
mod retention;
mod throttling;

use chrono_tz::Tz;
use qadam_app::settings::InvalidLanguages;
use qadam_domain::accounts::SecondFactorRule;
use qadam_domain::organisations::is_code;
use tracing_subscriber::EnvFilter;

use super::values::{contact, database_address, positive, seconds, switch, web_address, words};
use super::{Configuration, LogFormat, Secret};
use files::FILES;
use mail::MAIL;
use openid::OPENID;
use response::RESPONSE;
use retention::RETENTION;
use throttling::THROTTLING;

/// What puts a text into the configuration, or says in the end of a sentence what is wrong with it.
type Set = fn(&mut Configuration, &str) -> Result<(), String>;

/// One setting.
#[derive(Debug)]
pub(crate) struct Key {
    /// Its name in the file, with its section before a dot.
    pub(crate) name: &'static str,
    /// Its flag, without the dashes.
    pub(crate) flag: &'static str,
    /// Its variable.
    pub(crate) variable: &'static str,
    /// The variable that names a file with its value: for secrets alone.
    pub(crate) file_variable: Option<&'static str>,
    /// How its value is named in the help.
    pub(crate) value: &'static str,
    /// What it is when nobody sets it; empty where nothing is.
    pub(crate) default: &'static str,
    /// What it is for.
    pub(crate) help: &'static str,
    /// Puts a text into the configuration.
    pub(crate) set: Set,
}

const fn key(name: &'static str, flag: &'static str, variable: &'static str) -> Key {
    Key {
        name,
        flag,
        variable,
        file_variable: None,
        value: "TEXT",
        default: "",
        help: "",
        set: |_, _| Ok(()),
    }
}

impl Key {
    const fn says(mut self, value: &'static str, default: &'static str, help: &'static str) -> Self {
        self.value = value;
        self.default = default;
        self.help = help;
        self
    }

    const fn sets(mut self, set: Set) -> Self {
        self.set = set;
        self
    }

    const fn secret(mut self, file_variable: &'static str) -> Self {
        self.file_variable = Some(file_variable);
        self
    }
}

/// All settings, those that most people set first.
pub(crate) static KEYS: [&[Key]; 10] = [
    &PLACES,
    &PLATFORM,
    &MAIL,
    &FILES,
    &RESPONSE,
    &RETENTION,
    &AUTHENTICATION,
    &OPENID,
    &THROTTLING,
    &LIMITS,
];

/// Every setting.
pub(crate) fn all() -> impl Iterator<Item = &'static Key> {
    KEYS.iter().copied().flatten()
}

static PLACES: [Key; 9] = [
    key("listen", "listen", "QADAM_LISTEN")
        .says("ADDR:PORT", "127.0.0.1:8080", "Where to listen; port 0 picks a free one and prints it")
        .sets(|to, text| {
            to.listen.address =
                text.parse().map_err(|_| "must be an address and a port, 127.0.0.1:8080".to_owned())?;
            Ok(())
        }),
    key("public_url", "public-url", "QADAM_PUBLIC_URL")
        .says("URL", "", "The address that people reach it by; links are built from it")
        .sets(|to, text| web_address(text).map(|url| to.listen.public_url = Some(url))),
    key("data_dir", "data-dir", "QADAM_DATA_DIR")
        .says("DIR", ".", "Where keys, files and the SQLite database lie")
        .sets(|to, text| words(text).map(|path| to.data_dir = path.into())),
    key("vocabularies", "vocabularies", "QADAM_VOCABULARIES")
        .says(
            "DIR",
            "",
            "Vocabularies of one's own, themes.json and the like, in place of those of the program",
        )
        .sets(|to, text| words(text).map(|path| to.vocabularies = Some(path.into()))),
    key("database.url", "database-url", "DATABASE_URL")
        .secret("DATABASE_URL_FILE")
        .says("URL", "", "sqlite:///path or postgres://…; without it qadam.db in the data directory")
        .sets(|to, text| database_address(text).map(|url| to.database.url = Some(Secret(url)))),
    key("database.readers", "database-readers", "QADAM_DATABASE_READERS")
        .says("N", "4", "Connections that read at the same time")
        .sets(|to, text| positive(text).map(|number| to.database.readers = number)),
    key("database.unsafe_unsynced", "unsafe-unsynced", "QADAM_UNSAFE_UNSYNCED")
        .says(
            "BOOL",
            "false",
            "UNSAFE: commits without waiting for the disk; a power cut loses what was acknowledged",
        )
        .sets(|to, text| switch(text).map(|on| to.database.unsafe_unsynced = on)),
    key("log", "log", "QADAM_LOG")
        .says("LEVEL", "info", "off, error, warn, info, debug, trace, or directives by module")
        .sets(|to, text| {
            EnvFilter::try_new(text)
                .map_err(|_| "must be a level: off, error, warn, info, debug or trace".to_owned())?;
            text.clone_into(&mut to.log.filter);
            Ok(())
        }),
    key("log_format", "log-format", "QADAM_LOG_FORMAT").says("FORM", "auto", "auto, json or pretty").sets(
        |to, text| {
            to.log.format = match text {
                "auto" => LogFormat::Auto,
                "json" => LogFormat::Json,
                "pretty" => LogFormat::Pretty,
                _ => return Err("must be auto, json or pretty".to_owned()),
            };
            Ok(())
        },
    ),
];

static PLATFORM: [Key; 9] = [
    key("platform.security_contact", "security-contact", "QADAM_SECURITY_CONTACT")
        .says("URI", "", "Whom to tell of a fault in its safety: mailto:… or https://…, for security.txt")
        .sets(|to, text| contact(text).map(|contact| to.security_contact = Some(contact))),
    key("platform.host", "platform-host", "QADAM_PLATFORM_HOST")
        .says("CODE", "MFA", "Code of the organisation that hosts the register")
        .sets(|to, text| {
            if !is_code(text) {
                return Err("must be an organisation's code, as MFA".to_owned());
            }
            text.clone_into(&mut to.platform.host);
            Ok(())
        }),
    key("platform.time_zone", "platform-time-zone", "QADAM_PLATFORM_TIME_ZONE")
        .says("ZONE", "UTC", "At whose midnight days turn, as Asia/Almaty")
        .sets(|to, text| {
            to.platform.time_zone = text
                .parse::<Tz>()
                .map_err(|_| "must be a time zone of the IANA list, as Asia/Almaty".to_owned())?;
            Ok(())
        }),
    key("platform.languages", "platform-languages", "QADAM_PLATFORM_LANGUAGES")
        .says("LIST", "en,kk,ru", "Languages that answers are given in, the first to who asks for none of them")
        .sets(|to, text| {
            to.platform.languages = text.parse().map_err(|error: InvalidLanguages| error.to_string())?;
            Ok(())
        }),
    key("platform.name_kk", "platform-name-kk", "QADAM_PLATFORM_NAME_KK")
        .says(
            "TEXT",
            "Қадам: азаптауға қарсы ұсынымдар мен міндеттемелер тізілімі",
            "The register's name in Kazakh",
        )
        .sets(|to, text| words(text).map(|name| to.platform.name.kk = Some(name))),
    key("platform.name_ru", "platform-name-ru", "QADAM_PLATFORM_NAME_RU")
        .says(
            "TEXT",
            "Кадам: реестр рекомендаций и обязательств против пыток",
            "The register's name in Russian",
        )
        .sets(|to, text| words(text).map(|name| to.platform.name.ru = Some(name))),
    key("platform.name_en", "platform-name-en", "QADAM_PLATFORM_NAME_EN")
        .says(
            "TEXT",
            "Qadam: register of recommendations and commitments against torture",
            "The register's name in English",
        )
        .sets(|to, text| words(text).map(|name| to.platform.name.en = Some(name))),
    key("ledger.origin", "ledger-origin", "QADAM_LEDGER_ORIGIN")
        .says(
            "NAME",
            "",
            "The ledger's name in its checkpoints, fixed at first start; without it the public address",
        )
        .sets(|to, text| {
            qadam_ledger::KeyName::new(text).map_err(|error| error.to_string())?;
            to.ledger.origin = Some(text.to_owned());
            Ok(())
        }),
    key("ledger.key_file", "ledger-key-file", "QADAM_LEDGER_KEY_FILE")
        .says(
            "FILE",
            "",
            "The ledger's key (Ed25519, PKCS#8 PEM), the same on all nodes; without it one in the data directory",
        )
        .sets(|to, text| words(text).map(|path| to.ledger.key_file = Some(path.into()))),
];

static AUTHENTICATION: [Key; 12] = [
    key("authentication.second_factor", "second-factor", "QADAM_SECOND_FACTOR")
        .says("WHO", "nobody", "Whose accounts must have a second factor: nobody, staff or everybody")
        .sets(|to, text| {
            to.authentication.second_factor = SecondFactorRule::from_code(text)
                .ok_or_else(|| "must be nobody, staff or everybody".to_owned())?;
            Ok(())
        }),
    key("authentication.access_token_seconds", "access-token-seconds", "QADAM_ACCESS_TOKEN_SECONDS")
        .says("N", "600", "How long an access token holds")
        .sets(|to, text| positive(text).map(|number| to.authentication.access_token_seconds = number)),
    key("authentication.refresh_token_seconds", "refresh-token-seconds", "QADAM_REFRESH_TOKEN_SECONDS")
        .says("N", "1209600", "How long a session holds without being refreshed")
        .sets(|to, text| positive(text).map(|number| to.authentication.refresh_token_seconds = number)),
    key("authentication.session_seconds", "session-seconds", "QADAM_SESSION_SECONDS")
        .says("N", "2592000", "How long a session holds at most")
        .sets(|to, text| positive(text).map(|number| to.authentication.session_seconds = number)),
    key("authentication.page_idle_seconds", "page-idle-seconds", "QADAM_PAGE_IDLE_SECONDS")
        .says("N", "1800", "How long a browser's session holds without a request")
        .sets(|to, text| positive(text).map(|number| to.authentication.page_idle_seconds = number)),
    key("authentication.page_session_seconds", "page-session-seconds", "QADAM_PAGE_SESSION_SECONDS")
        .says("N", "43200", "How long a browser's session holds at most")
        .sets(|to, text| positive(text).map(|number| to.authentication.page_session_seconds = number)),
    key("authentication.link_seconds", "link-seconds", "QADAM_LINK_SECONDS")
        .says("N", "604800", "How long a one-time link holds")
        .sets(|to, text| positive(text).map(|number| to.authentication.link_seconds = number)),
    key("authentication.recovery_seconds", "recovery-seconds", "QADAM_RECOVERY_SECONDS")
        .says("N", "600", "How long a link holds that was asked for by mail, 600 at most")
        .sets(|to, text| {
            let number = positive(text)?;
            // OWASP ASVS 5.0, 6.5.5.
            if number > 600 {
                return Err("must be at most 600".to_owned());
            }
            to.authentication.recovery_seconds = number;
            Ok(())
        }),
    key("authentication.argon2_memory_kib", "argon2-memory-kib", "QADAM_ARGON2_MEMORY_KIB")
        .says("N", "19456", "Memory of the password hash")
        .sets(|to, text| {
            let memory: u32 = positive(text)?;
            // Below this no number of passes is held for enough (RFC 9106 and OWASP's cheat sheet).
            if memory < 7_168 {
                return Err("must be at least 7168".to_owned());
            }
            to.authentication.argon2_memory_kib = memory;
            Ok(())
        }),
    key("authentication.argon2_passes", "argon2-passes", "QADAM_ARGON2_PASSES")
        .says("N", "2", "Passes of the password hash")
        .sets(|to, text| positive(text).map(|number| to.authentication.argon2_passes = number)),
    key("authentication.concurrent_hashes", "concurrent-hashes", "QADAM_CONCURRENT_HASHES")
        .says("N", "2", "Passwords that are checked at the same time")
        .sets(|to, text| positive(text).map(|number| to.authentication.concurrent_hashes = number)),
    key("authentication.waiting_hashes", "waiting-hashes", "QADAM_WAITING_HASHES")
        .says("N", "32", "Passwords that may wait to be checked before more are turned away")
        .sets(|to, text| positive(text).map(|number| to.authentication.waiting_hashes = number)),
];

static LIMITS: [Key; 6] = [
    key("limits.connections", "max-connections", "QADAM_MAX_CONNECTIONS")
        .says("N", "1024", "Connections at the same time")
        .sets(|to, text| positive(text).map(|number| to.limits.connections = number)),
    key("limits.header_seconds", "header-seconds", "QADAM_HEADER_SECONDS")
        .says("N", "10", "How long a connection may be silent, and a header may take")
        .sets(|to, text| seconds(text).map(|time| to.limits.header = time)),
    key("limits.stall_seconds", "stall-seconds", "QADAM_STALL_SECONDS")
        .says("N", "10", "How long a client may take nothing of an answer")
        .sets(|to, text| seconds(text).map(|time| to.limits.stall = time)),
    key("limits.headers", "max-headers", "QADAM_MAX_HEADERS")
        .says("N", "100", "Headers of a request")
        .sets(|to, text| positive(text).map(|number| to.limits.headers = number)),
    key("limits.header_bytes", "max-header-bytes", "QADAM_MAX_HEADER_BYTES")
        .says("N", "32768", "Bytes of a request's line and headers, at least 8192")
        .sets(|to, text| {
            let bytes: usize = positive(text)?;
            if bytes < 8_192 {
                return Err("must be at least 8192".to_owned());
            }
            to.limits.header_bytes = bytes;
            Ok(())
        }),
    key("limits.shutdown_seconds", "shutdown-seconds", "QADAM_SHUTDOWN_SECONDS")
        .says("N", "10", "How long requests under way are waited for at the end")
        .sets(|to, text| seconds(text).map(|time| to.limits.shutdown = time)),
];
