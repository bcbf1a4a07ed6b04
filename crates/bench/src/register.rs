//! A generated register, and the program that serves it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::client::Client;
use crate::processes::Process;

/// Which database the register is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Engine {
    /// SQLite, inside.
    Sqlite,
    /// PostgreSQL, beside.
    Postgres,
}

impl Engine {
    /// Its name in files and addresses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Where things are.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// The program.
    pub(crate) program: PathBuf,
    /// Where registers and measurements are kept.
    pub(crate) folder: PathBuf,
    /// A PostgreSQL server that keeps what it acknowledges.
    pub(crate) postgres: Option<String>,
}

/// A register on disk.
#[derive(Debug, Clone)]
pub(crate) struct Register {
    engine: Engine,
    items: u64,
    program: PathBuf,
    folder: PathBuf,
    url: String,
}

/// The password of the accounts that the benchmark makes; they exist on this machine and for its time alone.
const PASSWORD: &str = "a register to be measured with";
/// The seed of every register.
const SEED: &str = "20250227";
/// The administrator.
const ADMIN: &str = "admin@bench.example";

impl Register {
    /// The register of a size on an engine, generated unless it is there.
    pub(crate) async fn prepare(places: &Places, engine: Engine, items: u64) -> Result<Self> {
        let folder = places.folder.join(format!("{}-{items}", engine.name()));
        fs::create_dir_all(&folder)?;
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}", folder.join("qadam.db").display()),
            Engine::Postgres => postgres(places, &format!("qadam_bench_{items}")).await?,
        };
        let register = Self { engine, items, program: places.program.clone(), folder, url };
        if !register.done().exists() {
            register.generate()?;
        }
        Ok(register)
    }

    /// On which engine it is.
    pub(crate) const fn engine(&self) -> Engine {
        self.engine
    }

    /// How many items it has.
    pub(crate) const fn items(&self) -> u64 {
        self.items
    }

    /// The address of its database.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A file beside it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn done(&self) -> PathBuf {
        self.file("generated")
    }

    fn generate(&self) -> Result<()> {
        println!("generating {} items on {}", self.items, self.engine.name());
        let begun = Instant::now();
        let mut command = self.command("bench-data");
        let status = command.args(["--items", &self.items.to_string(), "--seed", SEED]).status()?;
        ensure!(status.success(), "bench-data ended with {status}");
        let mut command = self.command("create-admin");
        command.args(["--email", ADMIN, "--name", "Administrator"]).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::null()).spawn()?;
        child.stdin.take().context("the program's input")?.write_all(PASSWORD.as_bytes())?;
        ensure!(child.wait()?.success(), "create-admin failed");
        println!("generated in {} s", begun.elapsed().as_secs());
        Ok(fs::write(self.done(), self.items.to_string())?)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(name).arg("--data-dir").arg(&self.folder).args(["--log", "warn"]);
        if self.engine == Engine::Postgres {
            command.args(["--database-url", &self.url]);
        }
        command
    }

    /// Starts the program on it.
    pub(crate) fn serve(&self) -> Result<Served> {
        let mut command = self.command("serve");
        command.args(["--listen", "127.0.0.1:0", "--access-token-seconds", "7200"]);
        let begun = Instant::now();
        let (process, server) = started(command, &self.file("serve.log"))?;
        Ok(Served { ids: [process.id()], process, server, begun })
    }

    /// Starts the floors on the same database.
    pub(crate) fn serve_floors(&self) -> Result<(Process, String)> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["floors", "--database", &self.url]);
        started(command, &self.file("floors.log"))
    }
}

/// The program, serving.
#[derive(Debug)]
pub(crate) struct Served {
    /// The process.
    pub(crate) process: Process,
    /// Its address.
    pub(crate) server: String,
    ids: [u32; 1],
    begun: Instant,
}

impl Served {
    /// The processes whose time is counted.
    pub(crate) const fn process_ids(&self) -> &[u32] {
        &self.ids
    }

    /// How long it took from its start to the answer to a request.
    pub(crate) async fn first_answer(&self, path: &str) -> Result<Duration> {
        Client::new(&self.server).get(path).await?;
        Ok(self.begun.elapsed())
    }

    /// Signs in as somebody with a role in an organisation, whose account is made the first time.
    pub(crate) async fn sign_in(&self, role: &str, organisation: &str) -> Result<String> {
        let nobody = Client::new(&self.server);
        let email = format!("{role}-{}@bench.example", organisation.to_lowercase());
        if let Ok(token) = token(&nobody, &email).await {
            return Ok(token);
        }
        let admin = nobody.with_token(&token(&nobody, ADMIN).await?);
        let account = json!({
            "email": email, "name": "Load", "organisation": organisation, "role": role, "language": "en",
        });
        let made = admin.post("/api/v1/users", &account).await?.json()?;
        let link = made.pointer("/link/token").and_then(Value::as_str).context("a one-time link")?;
        nobody.post("/api/v1/auth/password", &json!({"token": link, "password": PASSWORD})).await?;
        token(&nobody, &email).await
    }
}

async fn token(nobody: &Client, email: &str) -> Result<String> {
    let answer = nobody.post("/api/v1/auth/login", &json!({"email": email, "password": PASSWORD})).await?;
    let answer = answer.json()?;
    Ok(answer.get("access_token").and_then(Value::as_str).context("an access token")?.to_owned())
}

/// Starts a server that prints its address, and waits for that line.
fn started(mut command: Command, log: &Path) -> Result<(Process, String)> {
    let mut process = Process::start(command.stdout(Stdio::piped()), log)?;
    let lines = BufReader::new(process.take_stdout().context("the program's output")?).lines();
    for line in lines {
        if let Some(address) = line?.split(' ').find(|word| word.starts_with("http://127.")) {
            return Ok((process, address.trim_end_matches('/').to_owned()));
        }
    }
    let told = fs::read_to_string(log).unwrap_or_default();
    anyhow::bail!("{} ended before it served: {told}", command.get_program().to_string_lossy())
}

/// The address of a database of this name, which is made unless it is there.
async fn postgres(places: &Places, name: &str) -> Result<String> {
    let server = places.postgres.as_deref().context("no PostgreSQL server was named: --postgres URL")?;
    let mut connection = PgConnection::connect(server).await?;
    let there: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(name)
        .fetch_optional(&mut connection)
        .await?;
    if there.is_none() {
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await?;
    }
    connection.close().await?;
    let (base, _) = server.rsplit_once('/').context("the address of a PostgreSQL server names a database")?;
    Ok(format!("{base}/{name}"))
}
