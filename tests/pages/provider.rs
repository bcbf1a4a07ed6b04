//! A real provider of identities: Glewlwyd, which its Debian package brings, on a database that its own script makes, and
//! arranged over its own API by its administrator's browser.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _};

use crate::demonstration::{WRAPPED, free_port};
use crate::tab::Tab;

/// What makes its database, by the package.
const SCRIPT: &str = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3";
/// Its pages, and what they are told, which the package keeps at another place than they look for it.
const PAGES: &str = "/usr/share/glewlwyd/webapp";
const TOLD: &str = "/usr/share/glewlwyd/templates/config.json";
/// Properties of people that it keeps beside the usual.
const PROPERTIES: [&str; 2] = ["verified", "group"];

/// What the register proves itself with.
pub(crate) const SECRET: &str = "a-word-of-many-letters";
/// Everybody's password there.
pub(crate) const PASSWORD: &str = "another long enough password";

/// A running provider.
pub(crate) struct Provider {
    url: String,
    _folder: tempfile::TempDir,
    _process: Child,
}

impl Provider {
    /// Starts one, for a register that is reached at an address.
    pub(crate) fn start(register: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let url = format!("http://127.0.0.1:{port}");
        make_database(&folder.path().join("glewlwyd.db"));
        let pages = folder.path().join("pages");
        copy(Path::new(PAGES), &pages);
        std::fs::copy(TOLD, pages.join("config.json")).expect("a file");
        let settings = folder.path().join("glewlwyd.conf");
        std::fs::write(&settings, written_settings(folder.path(), &url, port)).expect("a file");
        let mut command = Command::new("/bin/sh");
        command.args(["-c", WRAPPED, "sh", "glewlwyd"]);
        command.arg(format!("--config-file={}", settings.display()));
        let process = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let provider = Self { url, _folder: folder, _process: process.expect("the provider starts") };
        let begun = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < PATIENCE, "the provider does not listen");
            std::thread::yield_now();
        }
        provider.arrange(register);
        provider
    }

    /// By what it goes.
    pub(crate) fn issuer(&self) -> String {
        format!("{}/api/oidc", self.url)
    }

    /// Makes keys, scopes and the client.
    fn arrange(&self, register: &str) {
        let mut tab = Tab::open();
        self.come_in(&mut tab, "admin", "password");
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        let private = pair.to_pkcs8v1().expect("a key");
        let public: PublicKeyX509Der<'_> = pair.public_key().as_der().expect("a key");
        let claim = |name: &str, property: &str, kind: &str| {
            json!({
                "name": name, "user-property": property, "type": kind, "mandatory": true,
                "boolean-value-true": "yes", "boolean-value-false": "no",
            })
        };
        let off = ["token", "none", "password", "client", "device", "refresh"];
        let mut parameters = json!({
            "iss": self.issuer(), "jwt-type": "ecdsa", "jwt-key-size": "256", "subject-type": "public",
            "key": pem("PRIVATE KEY", private.as_ref()), "cert": pem("PUBLIC KEY", public.as_ref()), "jwks-show": true,
            "access-token-duration": 3600, "refresh-token-duration": 3600, "code-duration": 600,
            "refresh-token-rolling": false, "allow-non-oidc": false, "auth-type-code-enabled": true,
            "auth-type-id-token-enabled": true, "pkce-allowed": true, "pkce-method-plain-allowed": false,
            "pkce-required": true, "name-claim": "mandatory", "email-claim": "mandatory", "scope-claim": "no",
            "claims": [claim("email_verified", "verified", "boolean"), claim("groups", "group", "string")],
        });
        for way in off {
            parameters[format!("auth-type-{way}-enabled")] = false.into();
        }
        let plugin = json!({
            "module": "oidc", "name": "oidc", "display_name": "oidc", "enabled": true, "parameters": parameters,
        });
        ask(&tab, "POST", "mod/plugin/", &plugin);
        let scope = json!({
            "name": "email", "display_name": "Address", "description": "Your address", "password_required": true,
            "password_max_age": 0, "scheme": {},
        });
        ask(&tab, "POST", "scope/", &scope);
        ask(&tab, "PUT", "scope/openid", &scope);
        let client = json!({
            "client_id": "register", "name": "The Register", "confidential": true, "client_secret": SECRET,
            "password": SECRET, "redirect_uri": [format!("{register}/openid")], "authorization_type": ["code"],
            "token_endpoint_auth_method": ["client_secret_basic"], "scope": [], "enabled": true,
        });
        ask(&tab, "POST", "client/", &client);
    }

    /// Makes somebody there, with an address that it verified or did not, in a group.
    pub(crate) fn add_person(&self, name: &str, email: &str, verified: bool, group: &str) {
        let mut tab = Tab::open();
        self.come_in(&mut tab, "admin", "password");
        let person = json!({
            "username": name, "name": format!("Name of {name}"), "email": email, "password": PASSWORD,
            "scope": ["openid", "email"], "enabled": true, "verified": if verified { "yes" } else { "no" },
            "group": group,
        });
        ask(&tab, "POST", "user/", &person);
    }

    fn come_in(&self, tab: &mut Tab, name: &str, password: &str) {
        tab.visit(&format!("{}/callback.html", self.url));
        ask(tab, "POST", "auth/", &json!({"username": name, "password": password}));
    }

    /// Signs somebody in on its own pages, and lets them agree that the register learns who they are.
    pub(crate) fn let_in(&self, tab: &mut Tab, name: &str) {
        wait(
            tab,
            &format!(
                "location.href.startsWith('{}/login.html') && document.querySelector('#password')",
                self.url
            ),
        );
        tab.fill("#username", name);
        tab.fill("#password", PASSWORD);
        tab.touch("#loginbut");
        self.agree(tab);
    }

    /// Lets somebody whom it knows agree: to each thing that the register is told, and then to go on.
    pub(crate) fn agree(&self, tab: &Tab) {
        wait(tab, &format!("location.href.startsWith('{}/')", self.url));
        let begun = Instant::now();
        while tab.address().starts_with(&self.url) {
            assert!(begun.elapsed() < PATIENCE, "{}", tab.value("document.body.innerText"));
            tab.value(AGREE);
            std::thread::yield_now();
        }
    }
}

/// Agrees to whatever is asked, once it is asked and each thing once: to the next one each time.
const AGREE: &str = "(() => {
    const fresh = one => !one.disabled && !one.dataset.agreed;
    const box = [...document.querySelectorAll('input[id^=grant-]')].find(one => !one.checked && fresh(one));
    const named = one => /^(continue|grant|save|accept)/i.test(one.textContent.trim());
    const next = box ?? [...document.querySelectorAll('button')].find(one => named(one) && fresh(one));
    if (next) { next.dataset.agreed = 'yes'; setTimeout(() => next.click()); }
    return 0;
})()";

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until an expression is true of the page that there is by then.
pub(crate) fn wait(tab: &Tab, expression: &str) {
    let begun = Instant::now();
    while !tab.holds(expression) {
        assert!(
            begun.elapsed() < PATIENCE,
            "not on {}: {expression} {}",
            tab.address(),
            tab.value("document.body.innerText")
        );
        std::thread::yield_now();
    }
}

/// Asks its API from a page of its own.
fn ask(tab: &Tab, method: &str, path: &str, body: &Value) {
    let asked =
        json!({"method": method, "headers": {"content-type": "application/json"}, "body": body.to_string()});
    let answer = tab.value(&format!(
        "fetch('/api/{path}', {asked}).then(async answer => answer.status + ' ' + await answer.text())"
    ));
    let answer = answer.as_str().unwrap_or_default();
    assert!(answer.starts_with("200"), "{method} {path}: {answer}");
}

fn make_database(path: &Path) {
    let script = std::fs::read_to_string(SCRIPT).expect("the script of the package glewlwyd");
    let more =
        PROPERTIES.map(|name| format!(r#""{name}":{{"multiple":false,"read":true,"write":true}},"#)).concat();
    let beginning = r#""data-format":{"picture""#;
    assert!(script.contains(beginning), "{SCRIPT} is another one");
    let script = script.replacen(beginning, &format!(r#""data-format":{{{more}"picture""#), 1);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let mut connection = options.connect().await.expect("a database");
        sqlx::raw_sql(AssertSqlSafe(script)).execute(&mut connection).await.expect("tables");
    });
}

/// Copies a folder, but for its settings, and what links in it lead to.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the pages of the package glewlwyd") {
        let (name, path) = (entry.as_ref().expect("one").file_name(), entry.expect("one").path());
        if path.is_file() {
            std::fs::copy(&path, to.join(name)).expect("a file");
        } else if path.is_dir() && name != "config.json" {
            copy(&path, &to.join(name));
        }
    }
}

fn written_settings(folder: &Path, url: &str, port: u16) -> String {
    let kinds = [
        ("html", "text/html"),
        ("css", "text/css"),
        ("js", "application/javascript"),
        ("json", "application/json"),
    ];
    let kinds = kinds.map(|(end, kind)| format!("{{extension=\".{end}\" mime_type=\"{kind}\"}}")).join(", ");
    let database = folder.join("glewlwyd.db");
    format!(
        "port={port}\nbind_address=\"127.0.0.1\"\nexternal_url=\"{url}\"\nlogin_url=\"login.html\"\napi_prefix=\"api\"\n\
         static_files_path=\"{}\"\ncookie_domain=\"127.0.0.1\"\ncookie_secure=0\n\
         log_mode=\"console\"\nlog_level=\"ERROR\"\nhash_algorithm=\"SHA512\"\n\
         database = {{ type=\"sqlite3\" path=\"{}\" }}\n\
         user_module_path=\"/usr/lib/glewlwyd/user\"\nclient_module_path=\"/usr/lib/glewlwyd/client\"\n\
         user_auth_scheme_module_path=\"/usr/lib/glewlwyd/scheme\"\nplugin_module_path=\"/usr/lib/glewlwyd/plugin\"\n\
         static_files_mime_types = ( {kinds} )\n",
        folder.join("pages").display(),
        database.display()
    )
}

fn pem(what: &str, bytes: &[u8]) -> String {
    let text: Vec<char> = STANDARD.encode(bytes).chars().collect();
    let lines: Vec<String> = text.chunks(64).map(String::from_iter).collect();
    format!("-----BEGIN {what}-----\n{}\n-----END {what}-----\n", lines.join("\n"))
}
