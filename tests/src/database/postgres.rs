//! PostgreSQL: copies of one template in a cluster that somebody else started.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::{KeyFiles, folder};
use crate::seeding::{self, Seeded};

/// Names the cluster: the address of one of its databases.
const VARIABLE: &str = "QADAM_TEST_POSTGRES_URL";

/// The filled database with its keys. It stays behind in the cluster, which is thrown away itself.
struct Template {
    name: String,
    keys: KeyFiles,
    seeded: Seeded,
}

static TEMPLATE: OnceCell<Template> = OnceCell::const_new();

/// How many names this process has given.
static NAMES: AtomicU32 = AtomicU32::new(0);

/// The name and the address of a fresh copy, and a folder with its keys.
pub(crate) async fn fresh() -> (String, String, TempDir, Seeded) {
    let template = TEMPLATE.get_or_init(make).await;
    let name = name("story");
    // Copying files is the quicker way while the template is small: nothing of the copy is logged.
    administer(&format!("CREATE DATABASE {name} TEMPLATE {} STRATEGY file_copy", template.name)).await;
    let folder = folder();
    template.keys.write(folder.path());
    let url = url_of(&name);
    (name, url, folder, template.seeded.clone())
}

/// The name and the address of an empty database, for a program that makes everything itself.
pub async fn empty() -> (String, String) {
    let name = name("empty");
    administer(&format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")).await;
    let url = url_of(&name);
    (name, url)
}

/// The name and the address of a copy of a database that nobody uses.
pub(crate) async fn copy(of: &str) -> (String, String) {
    let name = name("copy");
    administer(&format!("CREATE DATABASE {name} TEMPLATE {of} STRATEGY file_copy")).await;
    let url = url_of(&name);
    (name, url)
}

/// Removes a database that nobody uses any more.
pub async fn remove(name: &str) {
    administer(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn make() -> Template {
    let name = name("template");
    administer(&format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")).await;
    let folder = folder();
    let seeded = seeding::fill(url_of(&name), folder.path()).await;
    Template { name, keys: KeyFiles::read(folder.path()), seeded }
}

/// Runs a statement about databases, which no transaction may contain.
async fn administer(sql: &str) {
    let mut connection = PgConnection::connect(&cluster()).await.expect("the cluster for the tests answers");
    connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}

/// A name that no other test of this or another process gives.
fn name(purpose: &str) -> String {
    let moment = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos();
    let count = NAMES.fetch_add(1, Ordering::Relaxed);
    format!("qadam_api_{purpose}_{}_{moment}_{count}", std::process::id())
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
