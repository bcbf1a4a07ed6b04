//! A PostgreSQL for tests of what survives: the cluster that all tests share, or one of a test's own, synced as one in
//! service, that it may end.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::{JoinHandle, panicking};

use qadam_cluster::{Cluster, Purpose};
use qadam_tests::program::told;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use crate::ground::Template;
use crate::scale::seed;

/// Names the cluster that all tests share: the address of one of its databases.
const VARIABLE: &str = "QADAM_TEST_POSTGRES_URL";

/// What the thread that keeps the server is asked to do.
type Order = Box<dyn FnOnce(&mut Cluster) + Send>;

/// A server that runs. One of a test's own belongs to a thread of its own, because it ends with the thread that starts
/// it.
#[derive(Debug)]
pub(crate) struct Server {
    url: String,
    orders: Option<Sender<Order>>,
    keeper: Option<JoinHandle<()>>,
    template: OnceLock<Template>,
    databases: AtomicU32,
}

impl Server {
    /// The one that all tests share.
    pub(crate) fn shared() -> Arc<Self> {
        static SHARED: OnceLock<Arc<Server>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| {
            let url = told(VARIABLE);
            let url = url.unwrap_or_else(|| panic!("set {VARIABLE} (see `cargo xtask postgres`)"));
            Arc::new(Self::at(url))
        });
        Arc::clone(shared)
    }

    fn at(url: String) -> Self {
        let (template, databases) = (OnceLock::new(), AtomicU32::new(0));
        Self { url, orders: None, keeper: None, template, databases }
    }

    /// One of the test's own.
    pub(crate) fn start() -> Self {
        let (orders, ordered) = channel::<Order>();
        let (started, start) = channel();
        let keeper = std::thread::spawn(move || {
            let binaries = qadam_cluster::find().expect("PostgreSQL's programs are installed");
            let mut cluster = Cluster::start(&binaries, Purpose::Synced).expect("PostgreSQL starts");
            started.send(cluster.url()).expect("somebody waits");
            for order in ordered {
                order(&mut cluster);
            }
        });
        let url = start.recv().expect("PostgreSQL starts");
        let mut server = Self::at(url);
        (server.orders, server.keeper) = (Some(orders), Some(keeper));
        server
    }

    /// The demonstration in it, filled when it is first asked for.
    pub(crate) fn template(&self) -> &Template {
        self.template.get_or_init(|| {
            let name = self.create("ENCODING 'UTF8' TEMPLATE template0");
            Template::fill(|_| self.url_of(&name))
        })
    }

    /// The address of another copy of the demonstration.
    pub(crate) fn copy_of_template(&self) -> String {
        let (_server, template) = self.template().database().rsplit_once('/').expect("an address");
        self.url_of(&self.create(&format!("TEMPLATE {template} STRATEGY file_copy")))
    }

    /// The address of a database with nothing in it.
    pub(crate) fn empty(&self) -> String {
        self.url_of(&self.create("ENCODING 'UTF8' TEMPLATE template0"))
    }

    /// Makes a database under a name that no other test of this or another process gives.
    fn create(&self, how: &str) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("resilience_{}_{:x}_{number}", std::process::id(), seed());
        self.administer(&format!("CREATE DATABASE {name} {how}"));
        name
    }

    /// Where it listens, as `127.0.0.1:5432`.
    pub(crate) fn address(&self) -> String {
        let server = self.url.split('@').next_back().expect("an address");
        server.split('/').next().expect("an address").to_owned()
    }

    /// Whether it is the one that all tests share, which syncs nothing.
    pub(crate) const fn is_shared(&self) -> bool {
        self.keeper.is_none()
    }

    /// Ends it as a crash would.
    pub(crate) fn crash(&self) {
        self.order(Cluster::crash);
    }

    /// Starts it again, and waits until it answers.
    pub(crate) fn start_again(&self) {
        self.order(|cluster| cluster.start_again().expect("PostgreSQL starts again"));
    }

    /// Ends it, changes a setting, and starts it again.
    pub(crate) fn start_with(&self, name: &'static str, value: &'static str) {
        self.order(move |cluster| {
            cluster.crash();
            cluster.set(name, value).expect("a setting");
            cluster.start_again().expect("PostgreSQL starts again");
        });
    }

    /// Has the keeper do something, and waits until it is done.
    fn order(&self, order: impl FnOnce(&mut Cluster) + Send + 'static) {
        let (done, is_done) = channel();
        let order: Order = Box::new(move |cluster| {
            order(cluster);
            done.send(()).expect("somebody waits");
        });
        self.orders.as_ref().expect("a keeper").send(order).expect("the keeper lives");
        is_done.recv().expect("the keeper did it");
    }

    fn url_of(&self, name: &str) -> String {
        let (server, _database) = self.url.rsplit_once('/').expect("an address");
        format!("{server}/{name}")
    }

    /// Runs a statement about databases, which no transaction may contain.
    fn administer(&self, sql: &str) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let mut connection = PgConnection::connect(&self.url).await.expect("the server answers");
            connection.execute(AssertSqlSafe(sql.to_owned())).await.expect("a database");
            connection.close().await.expect("the end");
        });
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Without orders the keeper ends, and with it the server.
        drop(self.orders.take());
        if let Some(keeper) = self.keeper.take() {
            let ended = keeper.join();
            // A second panic would hide the first.
            assert!(ended.is_ok() || panicking(), "the keeper ended badly");
        }
    }
}
