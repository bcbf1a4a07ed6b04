//! PostgreSQL databases: copies of one migrated template in a cluster that somebody else started.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use sea_orm::ConnectionTrait;
use tokio::sync::OnceCell;

use super::{Database, migrate};

/// Names the cluster: the address of one of its databases.
const VARIABLE: &str = "QADAM_TEST_POSTGRES_URL";

/// The name of the template. It stays behind in the cluster, which is thrown away itself.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// How many names this process has given.
static NAMES: AtomicU32 = AtomicU32::new(0);

/// A fresh database and its name.
pub(super) async fn fresh() -> (String, Database) {
    let template = TEMPLATE.get_or_init(template).await;
    let name = name("story");
    // Copying files is the quicker way while the template is small: nothing of the copy is logged.
    administer(&format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")).await;
    let database = Database::open(url_of(&name)).await;
    (name, database)
}

/// The name and the address of a database without a table.
pub(super) async fn empty() -> (String, String) {
    let name = name("empty");
    administer(&format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")).await;
    let url = url_of(&name);
    (name, url)
}

/// Removes a database that nobody uses any more.
pub(super) async fn remove(name: &str) {
    administer(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn template() -> String {
    let name = name("template");
    administer(&format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")).await;
    migrate(url_of(&name)).await;
    name
}

/// Runs a statement about databases, which no transaction may contain.
async fn administer(sql: &str) {
    let connection = sea_orm::Database::connect(cluster()).await.expect("the cluster for the tests answers");
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

/// A name that no other test of this or another process gives.
fn name(purpose: &str) -> String {
    let moment = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos();
    let count = NAMES.fetch_add(1, Ordering::Relaxed);
    format!("qadam_{purpose}_{}_{moment}_{count}", std::process::id())
}

/// The address of another database in the same cluster.
fn url_of(name: &str) -> String {
    let cluster = cluster();
    let (address, query) = cluster.split_once('?').unwrap_or((&cluster, ""));
    let (server, _database) = address.rsplit_once('/').expect("the address of the cluster names a database");
    if query.is_empty() { format!("{server}/{name}") } else { format!("{server}/{name}?{query}") }
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this variable")]
fn cluster() -> String {
    std::env::var(VARIABLE).unwrap_or_else(|_| {
        panic!("run through `cargo xtask test`, or set {VARIABLE} (see `cargo xtask postgres`)")
    })
}
