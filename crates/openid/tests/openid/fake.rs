//! A provider of identities in a few lines, which answers as it is told: right, wrong, for too long or not at all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// By what the provider knows the register.
pub const CLIENT: &str = "register";
/// What the register proves itself with.
pub const SECRET: &str = "a word: of + many letters";

/// Bytes as tokens write them.
pub fn written(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// With what tokens are signed.
pub enum Key {
    /// ECDSA on P-256.
    Es256(EcdsaKeyPair),
    /// Ed25519.
    EdDsa(Ed25519KeyPair),
    /// RSA, by PKCS #1.
    Rs256(RsaKeyPair),
    /// RSA, by PSS.
    Ps256(RsaKeyPair),
}

impl Key {
    /// A new one for each algorithm.
    pub fn of(algorithm: &str) -> Self {
        let rsa = || {
            let made = rsa::KeyPair::generate(rsa::KeySize::Rsa2048).unwrap();
            RsaKeyPair::from_pkcs8(made.as_der().unwrap().as_ref()).unwrap()
        };
        match algorithm {
            "ES256" => Self::Es256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()),
            "EdDSA" => Self::EdDsa(Ed25519KeyPair::generate().unwrap()),
            "RS256" => Self::Rs256(rsa()),
            "PS256" => Self::Ps256(rsa()),
            other => panic!("{other} is no algorithm of providers"),
        }
    }

    /// What it is called.
    pub const fn algorithm(&self) -> &'static str {
        match self {
            Self::Es256(_) => "ES256",
            Self::EdDsa(_) => "EdDSA",
            Self::Rs256(_) => "RS256",
            Self::Ps256(_) => "PS256",
        }
    }

    /// What is shown of it.
    pub fn shown(&self, kid: &str) -> Value {
        let mut shown = match self {
            Self::Es256(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({"kty": "EC", "crv": "P-256", "x": written(x), "y": written(y)})
            }
            Self::EdDsa(pair) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": written(pair.public_key().as_ref())})
            }
            Self::Rs256(pair) | Self::Ps256(pair) => {
                let (n, e) = (pair.public_key().modulus(), pair.public_key().exponent());
                json!({
                    "kty": "RSA",
                    "n": written(n.big_endian_without_leading_zero()),
                    "e": written(e.big_endian_without_leading_zero()),
                })
            }
        };
        shown["kid"] = kid.into();
        shown["use"] = "sig".into();
        shown["alg"] = self.algorithm().into();
        shown
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        let by_rsa = |pair: &RsaKeyPair, padding| {
            let mut signature = vec![0; pair.public_modulus_len()];
            pair.sign(padding, &random, message, &mut signature).unwrap();
            signature
        };
        match self {
            Self::Es256(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Rs256(pair) => by_rsa(pair, &RSA_PKCS1_SHA256),
            Self::Ps256(pair) => by_rsa(pair, &RSA_PSS_SHA256),
        }
    }

    /// A token with these members.
    pub fn token(&self, header: &Value, members: &Value) -> String {
        let signed =
            format!("{}.{}", written(header.to_string().as_bytes()), written(members.to_string().as_bytes()));
        let signature = written(&self.signature(signed.as_bytes()));
        format!("{signed}.{signature}")
    }
}

/// A token by a secret that both know: whatever the header says.
pub fn token_by_secret(secret: &[u8], header: &Value, members: &Value) -> String {
    let signed =
        format!("{}.{}", written(header.to_string().as_bytes()), written(members.to_string().as_bytes()));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), signed.as_bytes());
    format!("{signed}.{}", written(tag.as_ref()))
}

/// What belongs to an access token by an algorithm.
pub fn half_digest(algorithm: &str, token: &str) -> String {
    let by = if algorithm == "EdDSA" { &SHA512 } else { &SHA256 };
    let whole = digest(by, token.as_bytes());
    written(&whole.as_ref()[..whole.as_ref().len() / 2])
}

/// How a path is answered.
#[derive(Debug, Clone)]
pub enum Wire {
    /// With this status and text.
    Says(u16, String),
    /// It sends on to an address.
    SendsOn(String),
    /// With so many bytes.
    Long(usize),
    /// With a byte each so many milliseconds.
    Slow(u64),
}

/// What makes a token of its members, in place of the key.
pub type Forger = Box<dyn Fn(&Key, Value) -> String + Send>;

/// What the provider knows and does.
pub struct State {
    /// Now, in seconds.
    pub now: i64,
    /// With what it signs, and by what name.
    pub key: Key,
    /// What that key is called.
    pub kid: String,
    /// The keys that it shows.
    pub shown: Value,
    /// What it says of itself beside the usual, or nothing of what is null.
    pub metadata: Value,
    /// What it says of whoever is asked about; without it nothing but who that is.
    pub user_info: Option<Value>,
    /// How paths are answered that are not answered as usual.
    pub wires: HashMap<String, Wire>,
    /// Makes tokens otherwise.
    pub forger: Option<Forger>,
    /// What the token's answer says beside the usual, or nothing of what is null.
    pub tokens: Value,
    /// What was asked, path by path.
    pub asked: Vec<String>,
    codes: HashMap<String, Code>,
    /// Who came last.
    subject: Value,
}

struct Code {
    nonce: String,
    challenge: String,
    redirect_uri: String,
    claims: Value,
}

/// A provider that listens on this machine.
#[derive(Clone)]
pub struct Fake {
    /// By what it goes.
    pub issuer: String,
    state: Arc<Mutex<State>>,
}

impl Fake {
    /// Starts one at a time, in seconds.
    pub async fn start(now: i64) -> Self {
        Self::signing_by(now, "ES256").await
    }

    /// Starts one that signs by an algorithm.
    pub async fn signing_by(now: i64, algorithm: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let key = Key::of(algorithm);
        let shown = json!({"keys": [key.shown("first")]});
        let state = State {
            now,
            key,
            kid: "first".to_owned(),
            shown,
            metadata: json!({}),
            user_info: None,
            wires: HashMap::new(),
            forger: None,
            tokens: json!({}),
            asked: Vec::new(),
            codes: HashMap::new(),
            subject: Value::Null,
        };
        let fake = Self { issuer, state: Arc::new(Mutex::new(state)) };
        let serving = fake.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serving.clone();
                tokio::spawn(async move { serving.serve(stream).await });
            }
        });
        fake
    }

    /// What it knows and does, to be changed.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// What somebody's browser brings back from an address, who is let in as these claims: state and code.
    pub fn let_in(&self, url: &str, claims: Value) -> (String, String) {
        assert!(url.starts_with(&format!("{}/authorize?", self.issuer)), "{url}");
        let query = url.split_once('?').unwrap().1;
        let asked: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        assert_eq!(asked["code_challenge_method"], "S256");
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT));
        let mut state = self.state();
        let code = format!("code-{}", state.codes.len());
        let granted = Code {
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
            redirect_uri: asked["redirect_uri"].clone(),
            claims,
        };
        state.codes.insert(code.clone(), granted);
        (asked["state"].clone(), code)
    }

    /// How often a path was asked for.
    pub fn times_asked(&self, path: &str) -> usize {
        self.state().asked.iter().filter(|asked| *asked == path).count()
    }

    async fn serve(&self, mut stream: TcpStream) {
        let Some((path, header, body)) = read(&mut stream).await else { return };
        let wire = {
            let mut state = self.state();
            state.asked.push(path.clone());
            state.wires.get(&path).cloned()
        };
        match wire {
            Some(Wire::Slow(milliseconds)) => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n").await;
                let mut times = tokio::time::interval(Duration::from_millis(milliseconds));
                while stream.write_all(b" ").await.is_ok() {
                    times.tick().await;
                }
            }
            Some(Wire::Long(bytes)) => {
                // Of no length that is told beforehand.
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await;
                for _part in 0..bytes / 1_000 {
                    if stream.write_all(&[b' '; 1_000]).await.is_err() {
                        return;
                    }
                }
            }
            Some(Wire::SendsOn(to)) => {
                let answer = format!(
                    "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                );
                let _ = stream.write_all(answer.as_bytes()).await;
            }
            Some(Wire::Says(status, text)) => say(&mut stream, status, &text).await,
            None => {
                let (status, said) = self.answer(&path, &header, &body);
                say(&mut stream, status, &said.to_string()).await;
            }
        }
    }

    fn answer(&self, path: &str, header: &str, body: &str) -> (u16, Value) {
        match path {
            "/.well-known/openid-configuration" => (200, self.configuration()),
            "/keys" => (200, self.state().shown.clone()),
            "/token" => self.token(header, body),
            "/userinfo" if header.contains("authorization: Bearer access-") => {
                let state = self.state();
                (200, state.user_info.clone().unwrap_or_else(|| json!({"sub": state.subject})))
            }
            _ => (404, json!({})),
        }
    }

    fn configuration(&self) -> Value {
        let issuer = &self.issuer;
        let mut said = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "userinfo_endpoint": format!("{issuer}/userinfo"),
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["ES256", "EdDSA", "RS256", "PS256"],
        });
        merge(&mut said, &self.state().metadata);
        said
    }

    /// Takes a code once, from whom it was made for.
    fn token(&self, header: &str, body: &str) -> (u16, Value) {
        let form: HashMap<String, String> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        let mut state = self.state();
        let Some(code) = form.get("code").and_then(|code| state.codes.remove(code)) else {
            return (400, json!({"error": "invalid_grant"}));
        };
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let proof = STANDARD.encode(format!("{}:{}", encoded(CLIENT), encoded(SECRET)));
        let known = header.contains(&format!("authorization: Basic {proof}"))
            || form.get("client_id").is_some_and(|client| client == CLIENT);
        let right = known
            && form["grant_type"] == "authorization_code"
            && form["redirect_uri"] == code.redirect_uri
            && written(digest(&SHA256, form["code_verifier"].as_bytes()).as_ref()) == code.challenge;
        if !right {
            return (400, json!({"error": "invalid_grant"}));
        }
        let access_token = "access-token";
        let mut members = json!({
            "iss": self.issuer, "sub": "somebody", "aud": CLIENT, "exp": state.now + 300, "iat": state.now,
            "nonce": code.nonce, "at_hash": half_digest(state.key.algorithm(), access_token),
        });
        merge(&mut members, &code.claims);
        state.subject = members["sub"].clone();
        let header = json!({"alg": state.key.algorithm(), "kid": state.kid, "typ": "JWT"});
        let id_token = match &state.forger {
            Some(forger) => forger(&state.key, members),
            None => state.key.token(&header, &members),
        };
        let mut said = json!({"access_token": access_token, "token_type": "Bearer", "expires_in": 300, "id_token": id_token});
        merge(&mut said, &state.tokens);
        (200, said)
    }
}

/// Puts members over others; null takes one away.
fn merge(into: &mut Value, over: &Value) {
    for (name, value) in over.as_object().into_iter().flatten() {
        match value {
            Value::Null => drop(into.as_object_mut().unwrap().remove(name)),
            value => into[name] = value.clone(),
        }
    }
}

/// Path, header in lower-case names, and body of a request.
async fn read(stream: &mut TcpStream) -> Option<(String, String, String)> {
    let mut read = Vec::new();
    let mut part = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&read).into_owned();
        if let Some((header, body)) = text.split_once("\r\n\r\n") {
            let length = header.lines().find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::parse::<usize>)
            });
            if body.len() >= length.and_then(Result::ok).unwrap_or_default() {
                let path = header.split(' ').nth(1)?.to_owned();
                return Some((path, header.to_owned(), body.to_owned()));
            }
        }
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => read.extend_from_slice(&part[..count]),
        }
    }
}

async fn say(stream: &mut TcpStream, status: u16, text: &str) {
    let answer = format!(
        "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    );
    let _ = stream.write_all(answer.as_bytes()).await;
}
