//! A register for a test to stand on: a copy of one demonstration, on SQLite or in a PostgreSQL that is synced as one in
//! service. Each is filled once in this process.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde_json::Value;
use tempfile::TempDir;

use crate::launch::Launch;
use crate::program::{Account, Program, Told, unsynced, verify};
use crate::server::Server;

/// A register of its own.
#[derive(Debug)]
pub(crate) struct Ground {
    /// What the database is called in a table.
    pub(crate) name: &'static str,
    directory: TempDir,
    database: String,
    accounts: Value,
    /// Where the database lies in one.
    server: Option<Arc<Server>>,
}

/// A filled register that copies are made of.
#[derive(Debug)]
pub(crate) struct Template {
    directory: TempDir,
    database: String,
    accounts: Value,
}

impl Template {
    /// Fills a database with the demonstration.
    pub(crate) fn fill(database: impl FnOnce(&Path) -> String) -> Self {
        let directory = TempDir::new_in(folder_of_templates()).expect("a folder");
        let database = database(directory.path());
        let program = Program::demonstration(directory.path(), &database);
        program.kill();
        Self { accounts: program.accounts().clone(), directory, database }
    }

    /// Where it was filled.
    pub(crate) fn database(&self) -> &str {
        &self.database
    }

    /// Another folder with all its files: keys, and the database where that is a file.
    fn copy(&self) -> TempDir {
        let copy = tempfile::tempdir().expect("a folder");
        copy_files(self.directory.path(), copy.path());
        copy
    }
}

/// Where this process keeps what it makes copies of. What is kept until the process ends is removed by nobody then: it
/// lies among what is built, and the next process removes it.
fn folder_of_templates() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folders = Path::new(env!("CARGO_TARGET_TMPDIR")).join("templates");
        std::fs::create_dir_all(&folders).expect("a folder");
        for left in std::fs::read_dir(&folders).expect("a folder").flatten() {
            if !Path::new("/proc").join(left.file_name()).exists() {
                // Another process may remove the same.
                let _removed = std::fs::remove_dir_all(left.path());
            }
        }
        let folder = folders.join(std::process::id().to_string());
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    })
}

fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            std::fs::create_dir(&to).expect("a folder");
            copy_files(&from, &to);
        } else {
            std::fs::copy(from, to).expect("a copy");
        }
    }
}

/// The address of the SQLite database in a data directory.
pub(crate) fn sqlite_in(directory: &Path) -> String {
    format!("sqlite://{}", directory.join("qadam.db").display())
}

impl Ground {
    /// One on SQLite.
    pub(crate) fn on_sqlite() -> Self {
        static TEMPLATE: OnceLock<Template> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| Template::fill(sqlite_in));
        let directory = template.copy();
        let database = sqlite_in(directory.path());
        Self { name: "SQLite", directory, database, accounts: template.accounts.clone(), server: None }
    }

    /// One in the PostgreSQL that tests of this process share.
    pub(crate) fn on_postgres() -> Self {
        Self::in_server(Server::shared())
    }

    /// One in a PostgreSQL of its own, which the test may end.
    pub(crate) fn in_own_postgres() -> Self {
        Self::in_server(Arc::new(Server::start()))
    }

    fn in_server(server: Arc<Server>) -> Self {
        let template = server.template();
        let (directory, accounts) = (template.copy(), template.accounts.clone());
        let database = server.copy_of_template();
        Self { name: "PostgreSQL", directory, database, accounts, server: Some(server) }
    }

    /// An empty database on SQLite.
    pub(crate) fn empty_on_sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a folder");
        let database = sqlite_in(directory.path());
        Self { name: "SQLite", directory, database, accounts: Value::Null, server: None }
    }

    /// An empty database in the PostgreSQL that tests of this process share.
    pub(crate) fn empty_on_postgres() -> Self {
        Self::empty_in(Server::shared())
    }

    /// An empty database in a server.
    pub(crate) fn empty_in(server: Arc<Server>) -> Self {
        let directory = tempfile::tempdir().expect("a folder");
        let database = server.empty();
        Self { name: "PostgreSQL", directory, database, accounts: Value::Null, server: Some(server) }
    }

    /// The server that the database lies in.
    pub(crate) fn server(&self) -> &Server {
        self.server.as_deref().expect("a database in a server")
    }

    /// One of each.
    pub(crate) fn on_both(mut test: impl FnMut(&Self)) {
        test(&Self::on_sqlite());
        test(&Self::on_postgres());
    }

    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn database(&self) -> &str {
        &self.database
    }

    /// The register that is served from it.
    pub(crate) fn serve(&self) -> Launch {
        self.serve_at(&self.database)
    }

    /// The same by another way to its database.
    pub(crate) fn serve_at(&self, database: &str) -> Launch {
        let launch = Launch::serve(self.directory(), database);
        if self.server.as_ref().is_some_and(|server| server.is_shared()) {
            launch.with(unsynced(database))
        } else {
            launch
        }
    }

    /// Verifies everything that is stored.
    pub(crate) fn verify(&self) -> Told {
        verify(self.directory(), &self.database)
    }

    /// Verifies, and fails with what was said.
    pub(crate) fn is_whole(&self) {
        let told = self.verify();
        assert!(told.success, "on {}: {}", self.name, told.said);
    }

    /// Somebody of an organisation with a role.
    pub(crate) fn account(&self, role: &str, organisation: &str) -> Account {
        let accounts = self.accounts.as_array().expect("accounts");
        let theirs = |account: &&Value| account["role"] == role && account["organisation"] == organisation;
        let account = accounts.iter().find(theirs).expect("an account");
        let text = |name: &str| account[name].as_str().expect("a text").to_owned();
        Account { email: text("email"), password: text("password") }
    }

    /// The officer of the General Prosecutor's Office.
    pub(crate) fn officer(&self) -> Account {
        self.account("officer", "GPO")
    }
}
