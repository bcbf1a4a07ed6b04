//! A store that speaks as much of Amazon's protocol as files need: putting down, taking up, removing.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What lies in the store, by path.
type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// A store on a port of its own, until the test ends.
pub(crate) struct Bucket {
    address: String,
    objects: Objects,
}

impl Bucket {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let objects = Objects::default();
        let served = Arc::clone(&objects);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let objects = Arc::clone(&served);
                thread::spawn(move || answer(stream, &objects));
            }
        });
        Self { address, objects }
    }

    /// Its address for the program.
    pub(crate) fn url(&self) -> String {
        format!("s3://evidence/qadam?endpoint=http://{}&region=kz-1", self.address)
    }

    /// What lies in it.
    pub(crate) fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Answers one request and closes: what is not signed is refused.
fn answer(stream: TcpStream, objects: &Objects) {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).is_err() || line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let header = |name: &str| {
        lines.iter().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let length = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let asked: Vec<&str> = lines.first().map(|line| line.split(' ').collect()).unwrap_or_default();
    let signed =
        header("authorization").is_some_and(|value| value.starts_with("AWS4-HMAC-SHA256 Credential=clerk/"));
    let mut kept = objects.lock().unwrap_or_else(PoisonError::into_inner);
    let (status, content) = match asked.as_slice() {
        _ if !signed => (403, Vec::new()),
        ["PUT", path, _] => {
            kept.insert((*path).to_owned(), body);
            (200, Vec::new())
        }
        ["GET", path, _] => kept.get(*path).map_or((404, Vec::new()), |content| (200, content.clone())),
        ["DELETE", path, _] => {
            kept.remove(*path);
            (204, Vec::new())
        }
        _ => (501, Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\nETag: \"x\"\r\nLast-Modified: Sun, 01 Mar 2026 08:00:00 GMT\r\nContent-Length: \
         {}\r\nConnection: close\r\n\r\n",
        content.len()
    );
    let mut stream = reader.into_inner();
    // Who hung up meanwhile needs no answer.
    let _sent = stream.write_all(&[head.as_bytes(), &content].concat());
}
