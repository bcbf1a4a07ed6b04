//! A running register in a test.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use http_body_util::BodyExt as _;
use qadam_app::App;
use qadam_app::authentication::{PageSignIn, SignIn, finish_sign_in_to_pages, sign_in, sign_in_to_pages};
use qadam_app::clock::Clock as _;
use qadam_app::ledger::auditing::{Audit, FilesFound};
use qadam_app::ledger::verification::{Evidence, Proof, verify_database};
use qadam_app::settings::{FilePlace, Settings};
use qadam_app::throttling::Origin;
use qadam_domain::accounts::Role;
use qadam_domain::language::Language;
use qadam_ledger::Verifier;
use tower::ServiceExt as _;

use crate::caller::Caller;
use crate::clock::ManualClock;
use crate::database::{self, postgres, sqlite};
use crate::people::{PASSWORD, Person};
use crate::randomness::Repeatable;
use crate::seeding::Seeded;

/// How long before its end a token is replaced, in milliseconds.
const RENEWED_BEFORE: i64 = 60_000;

/// For how long a cookie is used, in milliseconds.
const COOKIES_USED: i64 = 60_000;

/// What a story's random bytes begin with: never what its template began with, or identifiers would come twice.
static SEEDS: AtomicU64 = AtomicU64::new(1_000);

/// A register with organisations, people and vocabularies, and no items.
#[derive(Debug)]
pub struct TestRegister {
    url: String,
    folder: PathBuf,
    app: Arc<App>,
    router: Router,
    clock: Arc<ManualClock>,
    seeded: Seeded,
    /// Access tokens by mail address, with the milliseconds in which they are used.
    tokens: Mutex<HashMap<String, (String, Range<i64>)>>,
    /// Recovery codes of people with a second factor, by mail address: each signs in once.
    recovery_codes: Mutex<HashMap<String, Vec<String>>>,
    /// Cookies of browsers in the same way.
    cookies: Mutex<HashMap<String, (String, Range<i64>)>>,
}

impl TestRegister {
    /// Tells a story twice: on a fresh SQLite database and on a fresh PostgreSQL one.
    pub async fn on_both(story: impl AsyncFn(&Self)) {
        Self::on_sqlite(&story).await;
        Self::on_postgres(&story).await;
    }

    /// Tells a story on SQLite alone: for what does not depend on the database.
    pub async fn on_sqlite(story: impl AsyncFn(&Self)) {
        eprintln!("on SQLite:");
        let (url, folder, seeded) = sqlite::fresh().await;
        let register = Self::open(url, folder.path(), seeded).await;
        story(&register).await;
        register.close().await;
        folder.close().unwrap();
    }

    async fn on_postgres(story: impl AsyncFn(&Self)) {
        eprintln!("on PostgreSQL:");
        let (name, url, folder, seeded) = postgres::fresh().await;
        let register = Self::open(url, folder.path(), seeded).await;
        story(&register).await;
        register.close().await;
        postgres::remove(&name).await;
        folder.close().unwrap();
    }

    /// Tells a story on PostgreSQL with two nodes, which share the database, the keys and the hands of the clock and
    /// nothing else.
    pub async fn on_two_nodes(story: impl AsyncFn(&Self, &Self)) {
        let (name, url, folder, seeded) = postgres::fresh().await;
        let first = Self::open(url.clone(), folder.path(), seeded.clone()).await;
        let second = Self::open_at(url, folder.path(), seeded, Arc::clone(&first.clock)).await;
        story(&first, &second).await;
        first.close().await;
        second.close().await;
        postgres::remove(&name).await;
        folder.close().unwrap();
    }

    async fn open(url: String, folder: &std::path::Path, seeded: Seeded) -> Self {
        Self::open_at(url, folder, seeded, Arc::new(ManualClock::new())).await
    }

    pub(crate) async fn open_at(
        url: String,
        folder: &std::path::Path,
        seeded: Seeded,
        clock: Arc<ManualClock>,
    ) -> Self {
        let random = Arc::new(Repeatable::seeded(SEEDS.fetch_add(1, Ordering::Relaxed)));
        let app = database::open(url.clone(), folder, &clock, &random, false).await;
        let pages = qadam_web::router(Arc::clone(&app));
        let router = qadam_api::router_with_pages(Arc::clone(&app), random, pages);
        let folder = folder.to_owned();
        Self {
            url,
            folder,
            app,
            router,
            clock,
            seeded,
            tokens: Mutex::default(),
            recovery_codes: Mutex::default(),
            cookies: Mutex::default(),
        }
    }

    pub(crate) async fn close(self) {
        drop(self.router);
        database::close(self.app).await;
    }

    /// The same register as another node with other settings has it, at the same clock. Whoever opens it closes it
    /// ([`App::close`]).
    pub async fn node(&self, adjust: impl FnOnce(&mut Settings)) -> Arc<App> {
        let random = Arc::new(Repeatable::seeded(SEEDS.fetch_add(1, Ordering::Relaxed)));
        database::open_with(self.url.clone(), &self.folder, &self.clock, &random, (false, adjust)).await
    }

    /// The address of its database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The application, for what has no face yet.
    pub const fn app(&self) -> &Arc<App> {
        &self.app
    }

    pub(crate) const fn router(&self) -> &Router {
        &self.router
    }

    /// Lets seconds pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.pass(seconds);
    }

    /// The local day.
    pub fn today(&self) -> String {
        self.app.today().to_string()
    }

    /// Lets days pass.
    pub fn pass_days(&self, days: i64) {
        self.pass(days * 86_400);
    }

    /// Everything that is stored, as one number: what no refused request changes.
    pub async fn amount_stored(&self) -> i64 {
        database::amount_stored(&self.url).await
    }

    /// A number that the database holds.
    pub async fn peek(&self, sql: &str) -> i64 {
        database::peek(&self.url, sql).await
    }

    /// Runs statements beside the register, to see how it bears what a database does.
    pub async fn run(&self, sql: &str) {
        database::run(&self.url, sql).await;
    }

    /// Where the files lie that were brought as evidence.
    pub fn files(&self) -> Vec<PathBuf> {
        let within = |folder: PathBuf| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let folders: Vec<_> = within(self.folder.join("files")).collect();
        folders.into_iter().flat_map(within).collect()
    }

    /// Leaves a file behind that belongs to nothing, as a node does that dies while it brings one. Another must have
    /// been brought.
    pub async fn leave_behind(&self, object: &str, content: &[u8]) {
        database::announce_file(&self.url, object).await;
        let name = object.replace('-', "");
        let folder = self.folder.join("files").join(&name[..2]);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), content).unwrap();
    }

    /// What a check of all files finds.
    pub async fn checked_files(&self) -> FilesFound {
        let store = database::another_store(self.url.clone()).await;
        let audit = Audit::begin(&store).await.unwrap();
        let found = audit.files(&FilePlace::Folder(self.folder.join("files"))).await.unwrap();
        store.close().await.unwrap();
        found
    }

    /// Whether the public is given something to its end: for what may break off, which other requests may not.
    pub async fn gives(&self, path: &str) -> bool {
        let path = path.strip_prefix("https://register.example").unwrap_or(path);
        let request = http::Request::get(path).body(axum::body::Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        response.status() == 200 && response.into_body().collect().await.is_ok()
    }

    /// Checks the whole database as `qadam verify --database` does: every record is as its last entry says.
    pub async fn verify(&self) -> Proof {
        let key = qadam_app::ledger::reading::verifier_key(&self.app).await.unwrap();
        let keys: Vec<Verifier> = vec![key.parse().unwrap()];
        let evidence = Evidence {
            keys: keys.clone(),
            keys_ever: keys,
            keys_were_given: true,
            since: None,
            receipt: None,
        };
        let store = database::another_store(self.url.clone()).await;
        let today = self.today().parse().unwrap();
        let proof =
            verify_database(&store, &evidence, today).await.expect("the database is as its ledger says");
        store.close().await.unwrap();
        proof
    }

    /// Admits every entry of the ledger that is due, as the background work does.
    pub async fn admit(&self) {
        qadam_app::ledger::sequencer::admit_due(&self.app).await.unwrap();
    }

    /// Writes down who read what is not public, as the background work does. How many readings that were.
    pub async fn write_readings_down(&self) -> usize {
        qadam_app::readings::write_down(&self.app).await.unwrap()
    }

    /// Tells accounts of what happened, as the background work does.
    pub async fn tell(&self) {
        qadam_app::notifications::tell_due(&self.app).await.unwrap();
    }

    /// Records the stages of response clocks whose day has come, as the background work does. How many there were.
    pub async fn advance(&self) -> usize {
        qadam_app::response_clocks::advance(&self.app).await.unwrap()
    }

    /// Records of reporting rounds that their bodies are reminded, as the background work does. How many there were.
    pub async fn remind(&self) -> usize {
        qadam_app::reporting_rounds::remind_due(&self.app).await.unwrap()
    }

    /// Somebody by organisation and role.
    pub const fn person(&self, person: Person) -> Caller<'_> {
        Caller::new(self, Some(person))
    }

    /// An officer of a body.
    pub const fn officer(&self, organisation: &'static str) -> Caller<'_> {
        self.person(Person::first(organisation, Role::Officer))
    }

    /// Who moves the items of a body: its approver, where it has one, or its officer.
    pub fn speaker(&self, organisation: &'static str) -> Caller<'_> {
        if organisation == "MOH" { self.approver() } else { self.officer(organisation) }
    }

    /// The approver of the Ministry of Health.
    pub const fn approver(&self) -> Caller<'_> {
        self.person(Person::first("MOH", Role::Approver))
    }

    /// A member of a civil-society organisation.
    pub const fn ngo(&self, organisation: &'static str) -> Caller<'_> {
        self.person(Person::first(organisation, Role::NgoMember))
    }

    /// A person of the secretariat.
    pub const fn secretariat(&self) -> Caller<'_> {
        self.person(Person::first("MFA", Role::Secretariat))
    }

    /// An administrator.
    pub const fn admin(&self) -> Caller<'_> {
        self.person(Person::first("MFA", Role::Admin))
    }

    /// An observer.
    pub const fn observer(&self) -> Caller<'_> {
        self.person(Person::first("OHCHR", Role::Observer))
    }

    /// Nobody.
    pub const fn anonymous(&self) -> Caller<'_> {
        Caller::new(self, None)
    }

    /// The identifier of a person's account.
    pub fn user_id(&self, person: Person) -> String {
        self.seeded.users[&person.email()].clone()
    }

    /// The identifier of an organisation.
    pub fn organisation_id(&self, code: &str) -> String {
        self.app.directory().find(code).expect("a known organisation").id.to_string()
    }

    /// The English name of an organisation, as pages show it.
    pub fn organisation_name(&self, code: &str) -> String {
        let directory = self.app.directory();
        let organisation = directory.find(code).expect("a known organisation");
        let name = organisation.names.first().and_then(|dated| dated.name.get(Language::English));
        name.expect("an English name").to_owned()
    }

    /// Keeps recovery codes of a person who turned a second factor on: by them it signs in from now on.
    pub fn keep_recovery_codes(&self, person: Person, codes: Vec<String>) {
        self.recovery_codes.lock().unwrap_or_else(PoisonError::into_inner).insert(person.email(), codes);
    }

    /// A code that was not used yet, of a person with a second factor.
    fn recovery_code(&self, email: &str) -> Option<String> {
        self.recovery_codes.lock().unwrap_or_else(PoisonError::into_inner).get_mut(email)?.pop()
    }

    /// The cookie of a person's browser, signed in anew as tokens are.
    pub(crate) async fn cookie(&self, person: Person) -> String {
        let (email, now) = (person.email(), self.clock.now().0);
        let known = self.cookies.lock().unwrap_or_else(PoisonError::into_inner).get(&email).cloned();
        if let Some((cookie, _)) = known.filter(|(_, used)| used.contains(&now)) {
            return cookie;
        }
        let origin = Origin::default();
        let value = match sign_in_to_pages(&self.app, &origin, &email, PASSWORD).await.unwrap() {
            PageSignIn::Done(value) => value,
            PageSignIn::CodeMissing(pending) => {
                let code = self.recovery_code(&email).expect("a recovery code");
                finish_sign_in_to_pages(&self.app, &origin, &pending, &code).await.unwrap()
            }
        };
        let cookie = format!("__Host-qadam={value}");
        let mut known = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(email, (cookie.clone(), now..now + COOKIES_USED));
        cookie
    }

    /// A person's access token, signed in anew where the last one has run out or, by a clock set back, is of the future.
    pub async fn token(&self, person: Person) -> String {
        let (email, now) = (person.email(), self.clock.now().0);
        let known = self.tokens.lock().unwrap_or_else(PoisonError::into_inner).get(&email).cloned();
        if let Some((token, _)) = known.filter(|(_, used)| used.contains(&now)) {
            return token;
        }
        let code = self.recovery_code(&email);
        let with = SignIn { code: code.as_deref(), ..SignIn::new(&email, PASSWORD) };
        let tokens = sign_in(&self.app, &Origin::default(), with).await.unwrap();
        let until = now + tokens.expires_in * 1000 - RENEWED_BEFORE;
        let mut known = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(email, (tokens.access_token.clone(), now..until));
        tokens.access_token
    }
}
