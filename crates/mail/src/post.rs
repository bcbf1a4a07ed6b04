//! How letters leave the machine: SMTP.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, header};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use qadam_domain::language::Language;
use url::Url;

use crate::letters::Letter;

/// How long a mail server may take for all of a letter.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where letters are posted.
#[derive(Clone, PartialEq, Eq)]
pub struct PostSettings {
    /// The server's address, with name and password where it wants them: `smtps://…`, or `smtp://…`, which asks for
    /// encryption as well unless the server is this machine. `?tls=opportunistic` and `?tls=none` do without, and then
    /// no password is sent anywhere else.
    pub url: String,
    /// The address that letters come from, with or without a name before it.
    pub from: String,
}

/// Leaves out the address of the server, which may hold a password.
impl fmt::Debug for PostSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PostSettings").field("from", &self.from).finish_non_exhaustive()
    }
}

/// Why a letter did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The server's address is none. Nothing of it is told, for it may hold a password.
    #[error("must be smtps://host, or smtp://host perhaps with ?tls=required, opportunistic or none")]
    Url,
    /// The server's address holds a password, and does not insist on encryption.
    #[error("must be encrypted where it has a password: smtps://, or smtp:// with ?tls=required")]
    Unencrypted,
    /// The address that letters come from is none.
    #[error("must be an address, with or without a name before it")]
    Sender(#[source] lettre::address::AddressError),
    /// The address that a letter goes to is none that mail knows.
    #[error("the address is none that mail knows")]
    Recipient(#[source] lettre::address::AddressError),
    /// The letter could not be put into its form.
    #[error("the letter could not be written")]
    Letter(#[source] lettre::error::Error),
    /// The server did not take it.
    #[error("the mail server did not take the letter")]
    Refused(#[source] lettre::transport::smtp::Error),
    /// The server did not answer in time.
    #[error("the mail server did not answer in time")]
    Silent,
}

/// Posts letters.
#[derive(Clone)]
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Leaves out the server.
impl fmt::Debug for Post {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Post").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Post {
    /// Reads the settings. No server is asked for anything yet.
    pub fn new(settings: &PostSettings) -> Result<Self, MailError> {
        let from = sender(&settings.from)?;
        Ok(Self { transport: transport(&settings.url)?, from })
    }

    /// Posts a letter, and waits until the server has taken it.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let message = self.written(letter)?;
        let sent = tokio::time::timeout(PATIENCE, self.transport.send(message)).await;
        sent.map_err(|_late| MailError::Silent)?.map(drop).map_err(MailError::Refused)
    }

    /// A letter as it goes over the wire. It has one reader, whatever its parts say.
    fn written(&self, letter: &Letter) -> Result<Message, MailError> {
        let to: Address = letter.to.parse().map_err(MailError::Recipient)?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(None)
            .header(ContentLanguage::of(&letter.languages))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(MailError::Letter)
    }
}

/// Whether letters can be posted by the server with this address, as far as the address tells.
pub fn check_server(url: &str) -> Result<(), MailError> {
    transport(url).map(drop)
}

/// Whether letters can go to this address.
pub fn check_recipient(address: &str) -> Result<(), MailError> {
    address.parse::<Address>().map(drop).map_err(MailError::Recipient)
}

/// Whether letters can come from this address.
pub fn check_sender(from: &str) -> Result<(), MailError> {
    sender(from).map(drop)
}

fn sender(from: &str) -> Result<Mailbox, MailError> {
    from.parse().map_err(MailError::Sender)
}

fn transport(url: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
    let url = server(url)?;
    let builder =
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(|_unusable| MailError::Url)?;
    Ok(builder.timeout(Some(PATIENCE)).build())
}

/// The server's address with what it leaves unsaid: links are secrets, so that a connection is encrypted unless it leads
/// to this machine or somebody said that it need not be.
fn server(text: &str) -> Result<Url, MailError> {
    let mut url: Url = text.parse().map_err(|_unreadable| MailError::Url)?;
    let here = is_here(url.host_str().unwrap_or_default());
    let words: Vec<String> =
        url.query_pairs().filter(|(key, _)| key == "tls").map(|(_, word)| word.into_owned()).collect();
    let word = match words.as_slice() {
        [] => None,
        [word] => Some(word.as_str()),
        _ => return Err(MailError::Url),
    };
    let encrypted = match (url.scheme(), word) {
        ("smtps", None) | ("smtp", Some("required")) => true,
        ("smtp", None) if here => false,
        ("smtp", None) => {
            url.set_query(Some("tls=required"));
            true
        }
        ("smtp", Some("opportunistic")) => false,
        ("smtp", Some("none")) => {
            url.set_query(None);
            false
        }
        _ => return Err(MailError::Url),
    };
    if url.password().is_some() && !encrypted && !here {
        return Err(MailError::Unencrypted);
    }
    Ok(url)
}

/// Whether a host is this machine.
fn is_here(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Says that a program wrote the letter, so that no program answers it (RFC 3834, section 5).
#[derive(Debug, Clone, Copy)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The languages of the letter (RFC 3282).
#[derive(Debug, Clone)]
struct ContentLanguage(String);

impl ContentLanguage {
    fn of(languages: &[Language]) -> Self {
        let tags: Vec<&str> = languages.iter().map(|language| language.tag()).collect();
        Self(tags.join(", "))
    }
}

impl header::Header for ContentLanguage {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(value.to_owned()))
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str, from: &str) -> PostSettings {
        PostSettings { url: url.to_owned(), from: from.to_owned() }
    }

    #[test]
    fn addresses_of_servers_and_senders_are_checked_before_anything_is_posted() {
        let from = "Register <register@example.org>";
        for url in [
            "smtp://mail.example.org",
            "smtps://user:word@mail.example.org",
            "smtp://user:word@mail.example.org",
            "smtp://user:word@mail.example.org?tls=required",
            "smtp://127.0.0.1:2525?tls=required",
            "smtp://mail.example.org:25?tls=none",
            "smtp://user:word@localhost",
        ] {
            assert!(Post::new(&settings(url, from)).is_ok(), "{url}");
        }
        for url in [
            "",
            "mail.example.org",
            "smtp://",
            "http://mail.example.org",
            "smtp://mail.example.org?tls=maybe",
            "smtps://mail.example.org?tls=none",
            "smtp://mail.example.org?tls=required&tls=none",
        ] {
            assert!(matches!(Post::new(&settings(url, from)), Err(MailError::Url)), "{url}");
        }
        for from in ["", "nobody", "a@b@c", "Register <>"] {
            let made = Post::new(&settings("smtp://mail.example.org", from));
            assert!(matches!(made, Err(MailError::Sender(_))), "{from}");
        }
    }

    #[test]
    fn a_connection_that_leaves_the_machine_is_encrypted_unless_its_address_says_otherwise() {
        for (given, used) in [
            ("smtp://mail.example.org", "smtp://mail.example.org?tls=required"),
            ("smtp://mail.example.org:25", "smtp://mail.example.org:25?tls=required"),
            ("smtp://127.0.0.1.example.org", "smtp://127.0.0.1.example.org?tls=required"),
            ("smtp://localhost@mail.example.org", "smtp://localhost@mail.example.org?tls=required"),
            ("smtp://mail.example.org?tls=none", "smtp://mail.example.org"),
            ("smtp://mail.example.org?tls=opportunistic", "smtp://mail.example.org?tls=opportunistic"),
            ("smtps://mail.example.org", "smtps://mail.example.org"),
            ("smtp://localhost:25", "smtp://localhost:25"),
            ("smtp://127.0.0.1:25", "smtp://127.0.0.1:25"),
            ("smtp://[::1]:25", "smtp://[::1]:25"),
        ] {
            assert_eq!(server(given).unwrap().as_str(), used);
        }
        for word in ["none", "opportunistic"] {
            let url = format!("smtp://user:hushed@mail.example.org?tls={word}");
            let refused = server(&url).unwrap_err();
            assert!(matches!(refused, MailError::Unencrypted), "{refused:?}");
            assert!(!format!("{refused:?} {refused}").contains("hushed"));
        }
    }

    #[test]
    fn no_line_can_be_added_to_the_head_of_a_letter() {
        let post = Post::new(&settings("smtp://127.0.0.1:1", "register@example.org")).unwrap();
        let letter = |to: &str, subject: &str| Letter {
            to: to.to_owned(),
            subject: subject.to_owned(),
            text: "A text\n".to_owned(),
            languages: vec![Language::Russian, Language::English],
        };
        for to in ["a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "A <a@example.org>"]
        {
            let refused = post.written(&letter(to, "A subject")).unwrap_err();
            assert!(matches!(refused, MailError::Recipient(_)), "{to}");
        }
        let folded = post.written(&letter("a@example.org", "A subject\r\nBcc: b@example.org")).unwrap();
        let folded = String::from_utf8(folded.formatted()).unwrap();
        let (head, _) = folded.split_once("\r\n\r\n").unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    }

    #[test]
    fn no_log_can_show_the_password_of_the_server() {
        let settings = settings("smtps://user:hushed@mail.example.org", "register@example.org");
        let shown = format!("{settings:?} {:?}", Post::new(&settings));
        assert!(!shown.contains("hushed"), "{shown}");
    }
}
