//! Requests to the real program over a socket, one a connection, with nothing between them and the program: what it
//! sends is seen as it is sent.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

/// When a program that neither answers nor dies has failed the test.
const PATIENCE: Duration = Duration::from_secs(30);

/// Asks, and gives status and body; `None` where the answer did not come whole.
pub fn ask(
    url: &str,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: Option<&Value>,
) -> Option<(u16, Value)> {
    let host = url.strip_prefix("http://").expect("an address without encryption");
    let body = body.map(Value::to_string).unwrap_or_default();
    let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let length = body.len();
    let kind = match method {
        // Nobody else writes what is changed here.
        "PATCH" => "application/merge-patch+json\r\nIf-Match: *",
        "PUT" => "application/json\r\nIf-Match: *",
        _ => "application/json",
    };
    let request = format!(
        "{method} /api/v1{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{token}Content-Type: \
         {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    read(&exchange(host, &request)?)
}

/// Tries a password as a proxy passes it on, with what it says of where it comes from. Gives the status.
pub fn try_password(url: &str, email: &str, password: &str, forwarded_for: &str) -> Option<u16> {
    let host = url.strip_prefix("http://").expect("an address without encryption");
    let body = json!({"email": email, "password": password}).to_string();
    let length = body.len();
    let request = format!(
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nX-Forwarded-For: \
         {forwarded_for}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    read(&exchange(host, &request)?).map(|(status, _)| status)
}

/// Brings a file as evidence, and gives status and body.
pub fn bring(url: &str, path: &str, token: &str, name: &str, content: &str) -> Option<(u16, Value)> {
    send_form(url, path, token, &json!({"kind": "file", "title": {"en": "Act"}}), name, content)
}

/// The same about something.
pub fn bring_about(url: &str, path: &str, token: &str, about: &str) -> Option<(u16, Value)> {
    let evidence = json!({"kind": "file", "title": {"en": "Act"}, "about": about});
    send_form(url, path, token, &evidence, "act.txt", "Seen.")
}

/// What lies somewhere, as text.
pub fn text(url: &str, path: &str) -> Option<(u16, String)> {
    let host = url.strip_prefix("http://").expect("an address without encryption");
    let request = format!("GET /api/v1{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let answer = exchange(host, &request)?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}

fn send_form(
    url: &str,
    path: &str,
    token: &str,
    evidence: &Value,
    name: &str,
    content: &str,
) -> Option<(u16, Value)> {
    let host = url.strip_prefix("http://").expect("an address without encryption");
    let body = format!(
        "--X\r\nContent-Disposition: form-data; name=\"evidence\"\r\n\r\n{evidence}\r\n--X\r\nContent-Disposition: \
         form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--X--\r\n"
    );
    let length = body.len();
    let request = format!(
        "POST /api/v1{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nAuthorization: Bearer \
         {token}\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    read(&exchange(host, &request)?)
}

/// What a browser is answered.
#[derive(Debug)]
pub struct Page {
    /// The status.
    pub status: u16,
    /// The lines of the header after the first.
    pub head: Vec<(String, String)>,
    /// What follows the header.
    pub body: String,
}

impl Page {
    /// The value of a header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Asks for a page as a browser without scripts does: with its cookie and, where a form is sent, the form.
pub fn visit(url: &str, path: &str, cookie: Option<&str>, form: Option<&str>) -> Option<Page> {
    visit_saying(url, path, cookie, form, &["Sec-Fetch-Site: same-origin"])
}

/// The same by a browser that says something else of where a form comes from.
pub fn visit_saying(
    url: &str,
    path: &str,
    cookie: Option<&str>,
    form: Option<&str>,
    said: &[&str],
) -> Option<Page> {
    let host = url.strip_prefix("http://").expect("an address without encryption");
    let cookie = cookie.map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
    let (method, form) = form.map_or(("GET", String::new()), |form| {
        let said: String = said.iter().flat_map(|line| [line, "\r\n"]).collect();
        let length = form.len();
        let media_type = "Content-Type: application/x-www-form-urlencoded";
        ("POST", format!("{said}{media_type}\r\nContent-Length: {length}\r\n\r\n{form}"))
    });
    let rest = if form.is_empty() { "\r\n".to_owned() } else { form };
    let request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{cookie}{rest}");
    let answer = exchange(host, &request)?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let pairs = lines.filter_map(|line| line.split_once(": "));
    let head = pairs.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    Some(Page { status, head, body: body.to_owned() })
}

fn exchange(host: &str, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(host).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    // Files are no text; of them the tests that come this way ask the header alone.
    Some(String::from_utf8_lossy(&answer).into_owned())
}

/// Status and body of an answer, if as much came as its header says.
fn read(answer: &str) -> Option<(u16, Value)> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let whole = length.is_none_or(|length| length == body.len());
    let body = if body.is_empty() { Value::Null } else { serde_json::from_str(body).ok()? };
    whole.then_some((status, body))
}
