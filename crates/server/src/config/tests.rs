//! Every setting by every way, and what is refused.

use std::ffi::OsString;
use std::fs;

use qadam_domain::items::response::{DayCount, Terms};

use super::keys;
use super::sources::{ConfigurationError, Sources};
use super::{Configuration, sqlite_path, sqlite_url};

/// A value for each setting that is not its default.
const EXAMPLES: [(&str, &str); 75] = [
    ("listen", "0.0.0.0:9000"),
    ("public_url", "https://register.example"),
    ("data_dir", "/srv/register"),
    ("vocabularies", "/srv/vocabularies"),
    ("database.url", "postgres://register@db/register"),
    ("database.readers", "9"),
    ("database.unsafe_unsynced", "true"),
    ("log", "warn"),
    ("log_format", "json"),
    ("platform.security_contact", "mailto:safety@register.example"),
    ("mail.url", "smtps://register:word@mail.example"),
    ("mail.from", "Register <register@register.example>"),
    ("mail.checkpoints_to", "archive@press.example, log@ngo.example"),
    ("platform.host", "MOJ"),
    ("platform.time_zone", "Asia/Almaty"),
    ("platform.languages", "kk,ru"),
    ("platform.name_kk", "Тізілім"),
    ("platform.name_ru", "Реестр"),
    ("platform.name_en", "Register"),
    ("ledger.origin", "register.example/ledger"),
    ("ledger.key_file", "/run/secrets/ledger.pem"),
    ("files.url", "s3://register/files?region=kz-1"),
    ("files.an_hour", "31"),
    ("files.an_item", "101"),
    ("files.at_once", "3"),
    ("retention.draft_days", "180"),
    ("retention.notification_days", "90"),
    ("retention.reading_days", "400"),
    ("response.review_days", "15"),
    ("response.answer_days", "20"),
    ("response.confirmation_days", "25"),
    ("response.due_soon_days", "3"),
    ("response.letter_days", "4"),
    ("response.meeting_days", "1000"),
    ("response.working_days", "true"),
    ("response.holidays", "2026-01-01, 2026-01-02"),
    ("authentication.second_factor", "staff"),
    ("authentication.access_token_seconds", "300"),
    ("authentication.refresh_token_seconds", "400"),
    ("authentication.session_seconds", "500"),
    ("authentication.page_idle_seconds", "550"),
    ("authentication.page_session_seconds", "560"),
    ("authentication.link_seconds", "600"),
    ("authentication.recovery_seconds", "300"),
    ("authentication.argon2_memory_kib", "20000"),
    ("authentication.argon2_passes", "3"),
    ("authentication.concurrent_hashes", "4"),
    ("authentication.waiting_hashes", "5"),
    ("openid.issuer", "https://login.example/realms/state"),
    ("openid.client_id", "register"),
    ("openid.client_secret", "word"),
    ("openid.name_kk", "Қызмет"),
    ("openid.name_ru", "Служба"),
    ("openid.name_en", "Service"),
    ("openid.scopes", "email"),
    ("openid.email_claim", "mail"),
    ("openid.name_claim", "displayName"),
    ("openid.unverified_addresses", "true"),
    ("openid.link_by_email", "true"),
    (
        "openid.rules",
        r#"[{"claim": "groups", "value": "cn=prisons,o=state", "organisation": "MIA", "role": "officer"}]"#,
    ),
    ("openid.second_factors", "mfa, otp"),
    ("throttling.sign_in", "6/60"),
    ("throttling.sign_in_account", "7/60"),
    ("throttling.sign_in_network", "8/60"),
    ("throttling.link", "9/60"),
    ("throttling.recovery", "12/60"),
    ("throttling.search", "10/60"),
    ("throttling.filing", "11/60"),
    ("trusted_proxies", "10.0.0.0/8,2001:db8::1"),
    ("limits.connections", "77"),
    ("limits.header_seconds", "7"),
    ("limits.stall_seconds", "8"),
    ("limits.headers", "50"),
    ("limits.header_bytes", "9000"),
    ("limits.shutdown_seconds", "6"),
];

/// All that a configuration says, secrets included.
fn told(configuration: &Configuration) -> String {
    format!("{configuration:?} {:?}", configuration.database.url.as_ref().map(|url| &url.0))
}

fn flag(name: &'static str, text: &str) -> Sources {
    Sources { flags: [(name, text.to_owned())].into(), ..Sources::default() }
}

fn variable(name: &str, text: &str) -> Sources {
    Sources { environment: [(OsString::from(name), OsString::from(text))].into(), ..Sources::default() }
}

fn refusal(sources: &Sources) -> String {
    sources.load().unwrap_err().to_string()
}

/// A file with these lines, and the folder that it is deleted with.
fn file(text: &str) -> (tempfile::TempDir, Sources) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("qadam.toml");
    fs::write(&path, text).unwrap();
    (directory, Sources { file: Some(path), ..Sources::default() })
}

/// `database.url = …` in its section.
fn line(name: &str, text: &str) -> String {
    match name.split_once('.') {
        Some((section, name)) => format!("[{section}]\n{name} = {text:?}\n"),
        None => format!("{name} = {text:?}\n"),
    }
}

#[test]
fn each_setting_is_set_by_flag_by_variable_and_by_file() {
    assert_eq!(keys::all().count(), EXAMPLES.len());
    for (name, text) in EXAMPLES {
        let key = keys::all().find(|key| key.name == name).unwrap();
        let mut expected = Configuration::default();
        assert!((key.set)(&mut expected, text).is_ok(), "{name}");
        assert_ne!(told(&expected), told(&Configuration::default()), "{name}");
        let (_directory, by_file) = file(&line(name, text));
        for sources in [flag(name, text), variable(key.variable, text), by_file] {
            assert_eq!(told(&sources.load().unwrap()), told(&expected), "{name}");
        }
    }
}

#[test]
fn the_default_in_the_help_is_the_default() {
    let mut configuration = Configuration::default();
    for key in keys::all().filter(|key| !key.default.is_empty()) {
        (key.set)(&mut configuration, key.default).unwrap();
        assert_eq!(told(&configuration), told(&Configuration::default()), "{}", key.name);
    }
}

#[test]
fn a_flag_wins_over_a_variable_and_a_variable_over_the_file() {
    let (_directory, mut sources) = file("log = \"warn\"");
    assert_eq!(sources.load().unwrap().log.filter, "warn");
    sources.environment.insert("QADAM_LOG".into(), "debug".into());
    assert_eq!(sources.load().unwrap().log.filter, "debug");
    sources.flags.insert("log", "error".to_owned());
    assert_eq!(sources.load().unwrap().log.filter, "error");
}

#[test]
fn the_file_may_be_named_by_a_variable() {
    let (_directory, sources) = file("[limits]\nheaders = 50");
    let path = sources.file.unwrap();
    let sources = variable("QADAM_CONFIG", path.to_str().unwrap());
    assert_eq!(sources.load().unwrap().limits.headers, 50);
}

#[test]
fn a_secret_may_stand_in_a_file_of_its_own_but_not_twice() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("database_url");
    fs::write(&path, "postgres://a:b@c/d\n").unwrap();
    let mut sources = variable("DATABASE_URL_FILE", path.to_str().unwrap());
    assert_eq!(sources.load().unwrap().database_url(), "postgres://a:b@c/d");
    sources.environment.insert("DATABASE_URL".into(), "sqlite:x".into());
    assert_eq!(refusal(&sources), "DATABASE_URL and DATABASE_URL_FILE are both set: keep one");
    let missing = variable("DATABASE_URL_FILE", "/nowhere/at/all");
    assert!(refusal(&missing).starts_with("DATABASE_URL_FILE: cannot read /nowhere/at/all: "));
}

#[test]
fn a_secret_is_never_shown() {
    let configuration = flag("database.url", "postgres://a:hush@c/d").load().unwrap();
    assert!(!format!("{configuration:?}").contains("hush"));
    assert!(!refusal(&flag("database.url", "mysql://a:hush@c/d")).contains("hush"));
    let (_directory, broken) = file("[database]\nurl = \"postgres://a:hush@c/d\" x\n");
    assert!(!refusal(&broken).contains("hush"));
}

#[test]
fn unknown_settings_are_refused_and_the_nearest_is_named() {
    assert_eq!(
        refusal(&variable("QADAM_LISTNE", "x")),
        "environment: there is no setting QADAM_LISTNE; did you mean QADAM_LISTEN?"
    );
    let (_directory, sources) = file("[platform]\ntimezone = \"UTC\"");
    assert!(
        refusal(&sources)
            .ends_with("there is no setting platform.timezone; did you mean platform.time_zone?")
    );
    assert!(variable("LISTEN", "x").load().is_ok());
    assert!(variable("QADAM_TEST_POSTGRES_URL", "x").load().is_ok());
    assert!(variable("QADAM_TESTS", "x").load().is_err());
    let nothing_like_it = refusal(&variable("QADAM_X", "x"));
    assert!(nothing_like_it.starts_with("environment: there is no setting QADAM_X"), "{nothing_like_it}");
}

#[test]
fn a_provider_is_asked_safely_and_no_rule_gives_a_role_of_the_host() {
    for (name, text, expected) in [
        (
            "openid.issuer",
            "http://login.example",
            "--openid-issuer must be https:// or, on this machine, http://, without a query",
        ),
        ("openid.scopes", "email, two words", "--openid-scopes must be words with commas between"),
        (
            "openid.rules",
            "groups=prisons",
            "--openid-rules must be a JSON array of objects with claim, value, organisation and role, each a text",
        ),
        (
            "openid.rules",
            r#"[{"claim": "groups", "value": "staff", "organisation": "MFA", "role": "secretariat"}]"#,
            "--openid-rules must give one of the roles ngo_member, officer, approver, observer, and not \"secretariat\": \
             others are given by people alone",
        ),
        (
            "openid.rules",
            r#"[{"claim": "groups", "value": "staff", "organisation": "MFA", "role": "admin"}]"#,
            "--openid-rules must give one of the roles ngo_member, officer, approver, observer, and not \"admin\": \
             others are given by people alone",
        ),
        (
            "openid.rules",
            r#"[{"claim": "groups", "value": "", "organisation": "MFA", "role": "officer"}]"#,
            "--openid-rules must name a claim, a value and an organisation's code: \"MFA\" is not enough",
        ),
    ] {
        assert_eq!(refusal(&flag(name, text)), expected);
    }
}

#[test]
fn bad_values_are_refused_by_the_name_they_stand_under() {
    for (name, text, expected) in [
        ("listen", "8080", "--listen must be an address and a port, 127.0.0.1:8080"),
        (
            "public_url",
            "register.example",
            "--public-url must be http:// or https://, a host and perhaps a port, without a path",
        ),
        (
            "public_url",
            "https://a:b@register.example",
            "--public-url must be http:// or https://, a host and perhaps a port, without a path",
        ),
        ("data_dir", " ", "--data-dir must be a text of one line"),
        ("database.url", "sqlite:", "--database-url must begin with sqlite: or postgres://"),
        ("database.readers", "0", "--database-readers must be at least 1"),
        ("database.unsafe_unsynced", "yes", "--unsafe-unsynced must be true or false"),
        ("log", "a=b=c", "--log must be a level: off, error, warn, info, debug or trace"),
        ("log_format", "xml", "--log-format must be auto, json or pretty"),
        ("platform.host", "two words", "--platform-host must be an organisation's code, as MFA"),
        (
            "platform.time_zone",
            "Almaty",
            "--platform-time-zone must be a time zone of the IANA list, as Asia/Almaty",
        ),
        (
            "platform.languages",
            "kk,kz",
            "--platform-languages must be some of kk, ru and en, each once, with commas between",
        ),
        ("response.answer_days", "0", "--response-answer-days must be at least 1"),
        ("response.answer_days", "1001", "--response-answer-days must be at most 1000"),
        ("response.letter_days", "ten", "--response-letter-days must be a whole number"),
        ("response.working_days", "1", "--response-working-days must be true or false"),
        (
            "response.holidays",
            "2026-01-01,1 May",
            "--response-holidays must be days with commas between, 2026-01-01,2026-01-02",
        ),
        ("authentication.argon2_memory_kib", "1024", "--argon2-memory-kib must be at least 7168"),
        (
            "platform.security_contact",
            "safety@register.example",
            "--security-contact must be mailto:… or https://…",
        ),
        ("authentication.recovery_seconds", "601", "--recovery-seconds must be at most 600"),
        ("authentication.second_factor", "all", "--second-factor must be nobody, staff or everybody"),
        ("throttling.search", "60", "--throttle-search must be times and seconds, 5/300"),
        ("throttling.filing", "0/60", "--throttle-filing must be at least 1"),
        ("trusted_proxies", "proxy", "--trusted-proxies must be addresses or networks, 10.0.0.0/8"),
        ("limits.connections", "-1", "--max-connections must be a whole number"),
        ("limits.header_bytes", "100", "--max-header-bytes must be at least 8192"),
    ] {
        assert_eq!(refusal(&flag(name, text)), expected);
    }
    let (_directory, sources) = file("[limits]\nheaders = 1.5");
    assert_eq!(refusal(&sources), "limits.headers must be a text, a whole number, true or false");
    assert_eq!(refusal(&variable("QADAM_MAX_HEADERS", "x")), "QADAM_MAX_HEADERS must be a whole number");
}

#[test]
fn where_letters_go_by_and_to_is_refused_by_the_name_it_stands_under() {
    for (name, text, expected) in [
        (
            "mail.url",
            "https://register:hushed@mail.example",
            "--mail-url must be smtps://host, or smtp://host perhaps with ?tls=required, opportunistic or none",
        ),
        (
            "mail.url",
            "smtp://register:hushed@mail.example?tls=none",
            "--mail-url must be encrypted where it has a password: smtps://, or smtp:// with ?tls=required",
        ),
        ("mail.from", "Register", "--mail-from must be an address, with or without a name before it"),
        (
            "mail.checkpoints_to",
            "log@ngo.example,Press <archive@press.example>",
            "--mail-checkpoints-to must be mail addresses, each once, with commas between",
        ),
    ] {
        assert_eq!(refusal(&flag(name, text)), expected);
    }
}

#[test]
fn holidays_count_where_days_are_working_days() {
    let (_directory, sources) = file("[response]\nanswer_days = 20\nholidays = \"2026-03-23,2026-03-24\"");
    let terms = |sources: &Sources| {
        let configuration = sources.load().unwrap();
        configuration.settings(configuration.listen.address).response
    };
    assert_eq!(terms(&sources), Terms { answer: 20, ..Terms::default() });
    let mut working = sources;
    working.flags.insert("response.working_days", "true".to_owned());
    let holidays = ["2026-03-23", "2026-03-24"].map(|day| day.parse().unwrap()).into();
    let count = DayCount::Working { holidays };
    assert_eq!(terms(&working), Terms { answer: 20, count, ..Terms::default() });
}

#[test]
fn a_file_that_is_not_toml_is_refused() {
    let (_directory, sources) = file("listen =");
    assert!(matches!(sources.load(), Err(ConfigurationError::File { .. })));
}

#[test]
fn letters_come_from_the_host_of_the_register_where_nobody_says_from_whom() {
    let mail = |public_url: Option<&str>| {
        let mut sources = flag("mail.url", "smtps://register:hushed@mail.example");
        sources.flags.extend(public_url.map(|url| ("public_url", url.to_owned())));
        let configuration = sources.load().unwrap();
        assert!(!format!("{configuration:?}").contains("hushed"));
        configuration.mail().unwrap().from
    };
    for (public_url, from) in [
        (None, "no-reply@localhost"),
        (Some("https://register.example"), "no-reply@register.example"),
        (Some("http://register.example:8080"), "no-reply@register.example"),
        (Some("http://192.0.2.1:8080"), "no-reply@localhost"),
        (Some("http://[2001:db8::1]:8080"), "no-reply@localhost"),
    ] {
        assert_eq!(mail(public_url), from);
    }
    assert_eq!(flag("public_url", "https://register.example").load().unwrap().mail(), None);
}

#[test]
fn the_default_database_lies_in_the_data_directory() {
    let configuration = flag("data_dir", "/srv/50% full?").load().unwrap();
    assert_eq!(configuration.database_url(), "sqlite:///srv/50%25 full%3F/qadam.db");
    let path = std::path::Path::new("/srv/50% full?/qadam.db");
    assert_eq!(sqlite_path(&sqlite_url(path)).unwrap(), path);
    assert_eq!(sqlite_path("sqlite:relative.db?mode=rwc").unwrap(), std::path::Path::new("relative.db"));
    assert_eq!(sqlite_path("postgres://a/b"), None);
}
