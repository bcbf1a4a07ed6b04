//! PostgreSQL's own load tool with the statements of a status change: what the server gives sixteen clients that
//! ask nothing and check nothing.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::commits::Commits;
use crate::processes;
use crate::register::Register;

/// What a status change reads and writes.
const SCRIPT: &str = include_str!("pgbench/status_change.sql");
/// The copy that is written to.
const COPY: &str = "qadam_bench_copy";

/// Puts `clients` on a copy of the register's database for some seconds.
pub(crate) async fn measure(register: &Register, clients: u32, seconds: u32) -> Result<Commits> {
    let (base, name) = register.url().rsplit_once('/').context("an address names a database")?;
    let mut server = PgConnection::connect(&format!("{base}/postgres")).await?;
    for sql in [
        format!("DROP DATABASE IF EXISTS {COPY} WITH (FORCE)"),
        format!("CREATE DATABASE {COPY} TEMPLATE {name}"),
    ] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut server).await?;
    }
    let url = format!("{base}/{COPY}");
    furnish(&url).await?;
    let script = register.file("status_change.sql");
    std::fs::write(&script, SCRIPT)?;
    let log = register.file("pgbench.log");
    let output = Command::new(pgbench()?)
        .args(["--no-vacuum", "--protocol", "prepared", "--jobs", "2", "--log"])
        .arg(format!("--log-prefix={}", log.display()))
        .args(["--client", &clients.to_string(), "--time", &seconds.to_string()])
        .arg("--file")
        .arg(&script)
        .arg(&url)
        .stdin(Stdio::null())
        .output()
        .context("starting pgbench")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "pgbench: {text}{}", String::from_utf8_lossy(&output.stderr));
    let rate = text
        .lines()
        .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok())
        .with_context(|| format!("pgbench told no rate: {text}"))?;
    sqlx::query(AssertSqlSafe(format!("DROP DATABASE {COPY} WITH (FORCE)"))).execute(&mut server).await?;
    server.close().await?;
    let (p50, p99) = latencies(&register.file(""))?;
    Ok(Commits { rate, p50, p99 })
}

/// What the script needs beside the register: places in the ledger, and a payload of real length.
async fn furnish(url: &str) -> Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    for sql in [
        "CREATE SEQUENCE bench_position",
        "SELECT setval('bench_position', (SELECT MAX(position) FROM ledger_entry))",
        "CREATE TABLE bench_payload AS SELECT payload FROM ledger_payload JOIN ledger_entry USING (position) \
         WHERE action = 'item.status_changed' ORDER BY position DESC LIMIT 1",
        "CREATE TABLE bench_item AS SELECT row_number() OVER (ORDER BY id) AS number, id FROM item \
         WHERE kind = 'commitment' LIMIT 3000",
        "ALTER TABLE bench_item ADD PRIMARY KEY (number)",
        "ANALYZE",
    ] {
        sqlx::query(sql).execute(&mut connection).await?;
    }
    Ok(connection.close().await?)
}

/// The percentiles of the transactions that pgbench logged, in milliseconds; the logs are removed.
fn latencies(folder: &std::path::Path) -> Result<(f64, f64)> {
    let mut times: Vec<f64> = Vec::new();
    for file in std::fs::read_dir(folder)? {
        let path = file?.path();
        let logged = path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with("pgbench.log."));
        if logged {
            let text = std::fs::read_to_string(&path)?;
            times.extend(text.lines().filter_map(|line| line.split(' ').nth(2)?.parse::<f64>().ok()));
            std::fs::remove_file(&path)?;
        }
    }
    times.sort_unstable_by(f64::total_cmp);
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default() / 1e3;
    Ok((at(50), at(99)))
}

/// Debian keeps it with the server's programs, out of the path of most people.
fn pgbench() -> Result<std::path::PathBuf> {
    processes::find("pgbench").context("install postgresql-client and postgresql-contrib")
}
