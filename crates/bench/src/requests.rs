//! What is asked, as files of requests that differ from each other.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row as _};
use uuid::Uuid;

use crate::database::Database;
use crate::register::Register;

/// How many different requests a file has.
const DIFFERENT: usize = 20_000;
/// How many items are closed and opened again.
const MOVED: usize = 3_000;

/// The files of requests for a register.
#[derive(Debug)]
pub(crate) struct Requests {
    /// 25 items narrowed to a status and a theme from some day on, by due date.
    pub(crate) list: PathBuf,
    /// An item by its ref.
    pub(crate) detail: PathBuf,
    /// 25 items found by two or three words.
    pub(crate) search: PathBuf,
    /// One address, asked again and again by a reader who has the answer.
    pub(crate) known: PathBuf,
    /// The numbers of the register, asked again and again.
    pub(crate) statistics: PathBuf,
    /// Facets of the whole list, asked again and again.
    pub(crate) facets: PathBuf,
    /// Facets of a list narrowed to a status and a theme from some day on.
    pub(crate) narrowed_facets: PathBuf,
    /// The first page, by an address that was not asked before: it is made anew.
    pub(crate) first_page: PathBuf,
    /// The page of a list narrowed to a status and a theme from some day on.
    pub(crate) list_page: PathBuf,
    /// The page of an item.
    pub(crate) item_page: PathBuf,
    /// A proposal's draft.
    pub(crate) create: PathBuf,
    /// A commitment is closed, and opened again some thousand requests later.
    pub(crate) change: PathBuf,
    /// An item's ref.
    pub(crate) example: String,
}

impl Requests {
    /// Writes the files.
    pub(crate) async fn write(register: &Register) -> Result<Self> {
        let database = Database::open(register.url()).await?;
        let references =
            column(&database, "SELECT reference FROM item WHERE text_level = 4 ORDER BY id").await?;
        let statuses = column(&database, "SELECT DISTINCT status FROM item ORDER BY status").await?;
        let themes =
            column(&database, "SELECT DISTINCT code FROM item_tag WHERE vocabulary = 'theme' ORDER BY code")
                .await?;
        let titles = column(&database, "SELECT content FROM item ORDER BY id LIMIT 2000").await?;
        let open = commitments(&database, "'planned', 'in_progress'").await?;
        // An earlier run left them so.
        let closed = commitments(&database, "'closed'").await?;
        let mut chance = Chance(0x51AD_A357);
        let words = words(&titles);
        let put = |name: &str, lines: &str| -> Result<PathBuf> {
            let path = register.file(name);
            std::fs::write(&path, lines).with_context(|| path.display().to_string())?;
            Ok(path)
        };
        let example = references.first().context("the register has no public item")?.clone();
        Ok(Self {
            list: put("list.txt", &lists(&mut chance, &statuses, &themes)?)?,
            detail: put("detail.txt", &details(&mut chance, &references)?)?,
            search: put("search.txt", &searches(&mut chance, &words)?)?,
            known: put("known.txt", &format!("GET\t/api/v1/items/{example}\n"))?,
            statistics: put("statistics.txt", "GET\t/api/v1/stats\n")?,
            facets: put("facets.txt", "GET\t/api/v1/items/facets\n")?,
            narrowed_facets: put("narrowed-facets.txt", &facets(&mut chance, &statuses, &themes)?)?,
            first_page: put("first-page.txt", &first_pages()?)?,
            list_page: put("list-page.txt", &list_pages(&mut chance, &statuses, &themes)?)?,
            item_page: put("item-page.txt", &item_pages(&mut chance, &references)?)?,
            create: put("create.txt", &creates(&mut chance, &titles)?)?,
            change: put("change.txt", &changes(&open, &closed)?)?,
            example,
        })
    }
}

fn lists(chance: &mut Chance, statuses: &[String], themes: &[String]) -> Result<String> {
    let first = NaiveDate::from_ymd_opt(2024, 12, 1).context("a day")?;
    let mut lines = String::new();
    for _ in 0..DIFFERENT {
        let (status, theme) = (chance.pick(statuses)?, chance.pick(themes)?);
        let from = first + Days::new(chance.below(1_500));
        writeln!(
            lines,
            "GET\t/api/v1/items?status={status}&theme={theme}&due_after={from}&sort=due_on&limit=25"
        )?;
    }
    Ok(lines)
}

fn facets(chance: &mut Chance, statuses: &[String], themes: &[String]) -> Result<String> {
    let pages = lists(chance, statuses, themes)?;
    Ok(pages.replace("/items?", "/items/facets?").replace("&sort=due_on&limit=25", ""))
}

fn first_pages() -> Result<String> {
    let mut lines = String::new();
    for number in 0..DIFFERENT {
        writeln!(lines, "GET\t/ru/?seen={number}")?;
    }
    Ok(lines)
}

fn list_pages(chance: &mut Chance, statuses: &[String], themes: &[String]) -> Result<String> {
    let lists = lists(chance, statuses, themes)?;
    Ok(lists.replace("/api/v1/items?", "/ru/items?").replace("&limit=25", ""))
}

fn item_pages(chance: &mut Chance, references: &[String]) -> Result<String> {
    Ok(details(chance, references)?.replace("/api/v1/items/", "/ru/items/"))
}

fn details(chance: &mut Chance, references: &[String]) -> Result<String> {
    let mut lines = String::new();
    for _ in 0..DIFFERENT {
        writeln!(lines, "GET\t/api/v1/items/{}", chance.pick(references)?)?;
    }
    Ok(lines)
}

fn searches(chance: &mut Chance, words: &[String]) -> Result<String> {
    let mut lines = String::new();
    for _ in 0..DIFFERENT {
        let mut query = chance.pick(words)?.clone();
        for _ in 0..=chance.below(2) {
            write!(query, "+{}", chance.pick(words)?)?;
        }
        writeln!(lines, "GET\t/api/v1/items?q={query}&limit=25")?;
    }
    Ok(lines)
}

fn creates(chance: &mut Chance, contents: &[String]) -> Result<String> {
    let mut lines = String::new();
    for number in 0..2_000 {
        let content: Value = serde_json::from_str(chance.pick(contents)?)?;
        let body = json!({
            "kind": "proposal",
            "title": {"ru": format!("{} {number}", content.pointer("/title/ru").and_then(Value::as_str).unwrap_or("Проект"))},
            "summary": content.get("summary"),
            "original_language": "ru",
        });
        writeln!(lines, "POST\t/api/v1/items\t{body}")?;
    }
    Ok(lines)
}

/// Closes and opens commitments in turn, each once before any comes up again.
fn changes(open: &[Uuid], closed: &[Uuid]) -> Result<String> {
    let close = json!({"to": "closed", "closing_result": "partly_implemented"});
    let reopen = json!({"to": "in_progress", "reason": {"en": "Taken up again."}});
    let mut lines = String::new();
    for (ids, body) in [(open, &close), (closed, &reopen), (open, &reopen), (closed, &close)] {
        for id in ids {
            writeln!(lines, "POST\t/api/v1/items/{id}/status-changes\t{body}")?;
        }
    }
    Ok(lines)
}

/// Public commitments that stand where one of these statuses says.
async fn commitments(database: &Database, statuses: &str) -> Result<Vec<Uuid>> {
    let sql = format!(
        "SELECT id FROM item WHERE kind = 'commitment' AND text_level = 4 AND status IN ({statuses}) \
         ORDER BY id LIMIT {MOVED}"
    );
    ids(database, &sql).await
}

/// Words of the titles and summaries, in every language, as a reader types them: percent-encoded here.
fn words(contents: &[String]) -> Vec<String> {
    let mut words: Vec<String> = contents
        .iter()
        .take(300)
        .filter_map(|content| serde_json::from_str::<Value>(content).ok())
        .flat_map(|content| {
            let texts = ["/title/kk", "/title/ru", "/title/en", "/summary/ru", "/summary/kk"];
            texts.map(|place| content.pointer(place).and_then(Value::as_str).unwrap_or_default().to_owned())
        })
        .flat_map(|text| {
            let letters =
                |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).collect::<String>();
            text.split_whitespace().map(letters).collect::<Vec<_>>()
        })
        .filter(|word| word.chars().count() > 4)
        .map(|word| word.bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}")))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Chance that repeats itself (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    fn pick<'a>(&mut self, from: &'a [String]) -> Result<&'a String> {
        let place = self.below(u64::try_from(from.len())?);
        from.get(usize::try_from(place)?).context("the register has nothing to ask for")
    }
}

async fn column(database: &Database, sql: &str) -> Result<Vec<String>> {
    let query = sqlx::query(AssertSqlSafe(sql.to_owned()));
    Ok(match database {
        Database::Sqlite(pool) => query_rows(&query.fetch_all(pool).await?, |row| row.try_get(0))?,
        Database::Postgres(pool) => {
            let query = sqlx::query(AssertSqlSafe(sql.to_owned()));
            query_rows(&query.fetch_all(pool).await?, |row| row.try_get(0))?
        }
    })
}

async fn ids(database: &Database, sql: &str) -> Result<Vec<Uuid>> {
    let sql = AssertSqlSafe(sql.to_owned());
    Ok(match database {
        Database::Sqlite(pool) => query_rows(&sqlx::query(sql).fetch_all(pool).await?, |row| row.try_get(0))?,
        Database::Postgres(pool) => {
            query_rows(&sqlx::query(sql).fetch_all(pool).await?, |row| row.try_get(0))?
        }
    })
}

fn query_rows<R, T>(rows: &[R], read: impl Fn(&R) -> Result<T, sqlx::Error>) -> Result<Vec<T>, sqlx::Error> {
    rows.iter().map(read).collect()
}
