//! What is measured, in parts. A part that was measured is not measured again unless asked for.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use serde_json::Value;

use crate::client::Client;
use crate::commits;
use crate::database::Database;
use crate::floors;
use crate::load::{Load, Outcome};
use crate::own_plans;
use crate::pgbench;
use crate::processes::private_memory;
use crate::register::{Engine, Places, Register, Served};
use crate::requests::Requests;
use crate::results::{self, Footprint, Pair, Reads, Writes};

/// How many connections ask at the same time.
const CONNECTIONS: [u32; 3] = [1, 16, 64];

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The released program.
    #[arg(long)]
    program: PathBuf,
    /// Where registers and measurements are kept.
    #[arg(long)]
    folder: PathBuf,
    /// A PostgreSQL server that keeps what it acknowledges; without one only SQLite is measured.
    #[arg(long)]
    postgres: Option<String>,
    /// Only registers on this engine.
    #[arg(long)]
    engine: Option<Engine>,
    /// Only registers of this size.
    #[arg(long)]
    items: Option<u64>,
    /// Only this part: reads, writes, counts, pages or footprint.
    #[arg(long)]
    part: Option<String>,
    /// How long each load is put on.
    #[arg(long, default_value_t = 5)]
    seconds: u32,
    /// Measure again what was measured.
    #[arg(long)]
    again: bool,
}

/// Measures the parts that are asked for.
pub(crate) async fn run(options: &Options) -> Result<()> {
    std::fs::create_dir_all(&options.folder)?;
    let places = Places {
        program: std::fs::canonicalize(&options.program)?,
        folder: std::fs::canonicalize(&options.folder)?,
        postgres: options.postgres.clone(),
    };
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if options.engine.is_some_and(|only| only != engine)
            || (engine == Engine::Postgres && places.postgres.is_none())
        {
            continue;
        }
        for items in [10_000, 100_000] {
            if options.items.is_some_and(|only| only != items) {
                continue;
            }
            measure(options, &places, engine, items).await?;
        }
    }
    Ok(())
}

async fn measure(options: &Options, places: &Places, engine: Engine, items: u64) -> Result<()> {
    let wanted = |part: &str| {
        let name = format!("{}-{items}-{part}", engine.name());
        let asked = options.part.as_deref().is_none_or(|only| only == part);
        let missing = options.again || !results::file(&places.folder, &name).exists();
        (asked && missing).then_some(name)
    };
    let parts = [wanted("footprint"), wanted("reads"), wanted("counts"), wanted("pages"), wanted("writes")];
    if parts.iter().all(Option::is_none) {
        return Ok(());
    }
    let register = Register::prepare(places, engine, items).await?;
    let requests = Requests::write(&register).await?;
    let bench = Bench { register, requests, seconds: options.seconds };
    let [footprint, reads, counts, pages, writes] = parts;
    if let Some(name) = footprint {
        results::keep(&places.folder, &name, &bench.footprint().await?)?;
    }
    if let Some(name) = reads {
        results::keep(&places.folder, &name, &bench.reads().await?)?;
    }
    if let Some(name) = counts {
        results::keep(&places.folder, &name, &bench.counts().await?)?;
    }
    if let Some(name) = pages {
        results::keep(&places.folder, &name, &bench.pages().await?)?;
    }
    if let Some(name) = writes {
        results::keep(&places.folder, &name, &bench.writes().await?)?;
    }
    Ok(())
}

/// A register with what it is asked.
pub(crate) struct Bench {
    pub(crate) register: Register,
    pub(crate) requests: Requests,
    seconds: u32,
}

impl Bench {
    /// Memory and start. The load that memory is read under is that of a list.
    async fn footprint(&self) -> Result<Footprint> {
        let served = self.register.serve()?;
        let first = served.first_answer(&format!("/api/v1/items/{}", self.requests.example)).await?;
        let idle = private_memory(served.process.id())?;
        let most = Most::watch(served.process.id());
        for requests in [&self.requests.list, &self.requests.search, &self.requests.detail] {
            let load = Load { requests, connections: 64, ..self.load(&served) };
            load.put()?;
        }
        let serving = most.told();
        served.process.stop()?;
        let footprint = Footprint { first_answer: first.as_secs_f64() * 1e3, idle, serving };
        println!("{} {}: {footprint:?}", self.register.engine().name(), self.register.items());
        Ok(footprint)
    }

    async fn reads(&self) -> Result<Reads> {
        let mut reads = Reads::default();
        let database = Database::open(self.register.url()).await?;
        reads.plans = floors::plans(&database).await?.into_iter().collect();
        drop(database);
        reads.plans.extend(own_plans::plans(self.register.url()).await?);
        let served = self.register.serve()?;
        let (floor, floor_server) = self.register.serve_floors()?;
        let beside = Floor { server: &floor_server, id: floor.id() };
        self.same_answers(&served, &floor_server).await?;
        let etag = self.etag(&served).await?;
        for connections in CONNECTIONS {
            for (scenario, requests) in [
                ("list", &self.requests.list),
                ("detail", &self.requests.detail),
                ("search", &self.requests.search),
            ] {
                let load = Load { requests, connections, ..self.load(&served) };
                reads.pairs.push(self.beside(scenario, &load, &beside, requests)?);
            }
            let load = Load {
                requests: &self.requests.known,
                connections,
                known: Some(&etag),
                ..self.load(&served)
            };
            let bare = self.ready("304")?;
            reads.pairs.push(self.beside("revalidation", &load, &beside, &bare)?);
        }
        self.list_ends(&served, &beside, &mut reads).await?;
        floor.stop().ok();
        served.process.stop()?;
        Ok(reads)
    }

    /// The list's first page and its last, and ready bytes of the same size.
    async fn list_ends(&self, served: &Served, floor: &Floor<'_>, reads: &mut Reads) -> Result<()> {
        let (first, last) = self.ends(served).await?;
        for (scenario, page) in [("first page", &first), ("last page", &last)] {
            let requests = self.register.file("page.txt");
            std::fs::write(&requests, format!("GET\t{page}\n"))?;
            let load = Load { requests: &requests, connections: 16, ..self.load(served) };
            let ours = load.put()?;
            ensure!(ours.refused == 0, "{page} was refused");
            self.say(scenario, 16, &ours, None);
            reads.pairs.push(Pair { scenario: scenario.to_owned(), connections: 16, ours, floor: None });
        }
        for kind in ["list", "detail"] {
            let requests = self.ready(kind)?;
            let bare = Load {
                server: floor.server,
                processes: &[floor.id],
                requests: &requests,
                connections: 16,
                ..self.load(served)
            };
            let bare = bare.put()?;
            self.say(&format!("ready {kind}"), 16, &bare, None);
            reads.pairs.push(Pair {
                scenario: format!("ready {kind}"),
                connections: 16,
                ours: bare,
                floor: None,
            });
        }
        Ok(())
    }

    /// Addresses of the first and the last page of the public list by due date.
    async fn ends(&self, served: &Served) -> Result<(String, String)> {
        let client = Client::new(&served.server);
        let first = "/api/v1/items?sort=due_on&limit=25".to_owned();
        // Pages are walked in the size that is asked for: a cursor holds for the list it was given with.
        let mut page = first.clone();
        loop {
            let body = client.get(&page).await?.json()?;
            let Some(next) = body.get("next").and_then(Value::as_str) else { break };
            page = next.replacen(&served.server, "", 1);
        }
        Ok((first, page))
    }

    /// Counts over all items: while nothing changes, confirmed, and narrowed; for the public and for an account, whose
    /// answers are kept as the public's are.
    async fn counts(&self) -> Result<Reads> {
        let mut counts = Reads::default();
        let served = self.register.serve()?;
        let secretariat = served.sign_in("secretariat", "MFA").await?;
        let client = Client::new(&served.server);
        let known = client.get("/api/v1/stats").await?.etag.context("the numbers have no validator")?;
        let (statistics, facets) = (&self.requests.statistics, &self.requests.facets);
        let narrowed = &self.requests.narrowed_facets;
        for (scenario, requests, token, known) in [
            ("statistics", statistics, None, None),
            ("statistics, confirmed", statistics, None, Some(&*known)),
            ("statistics for an account", statistics, Some(&*secretariat), None),
            ("facets", facets, None, None),
            ("facets for an account", facets, Some(&*secretariat), None),
            ("facets, narrowed", narrowed, None, None),
            ("facets, narrowed, for an account", narrowed, Some(&*secretariat), None),
        ] {
            for connections in [1, 16] {
                let load = Load { requests, connections, token, known, ..self.load(&served) };
                let ours = load.put()?;
                ensure!(ours.refused == 0, "{scenario}: {ours:?}");
                self.say(scenario, connections, &ours, None);
                counts.pairs.push(Pair { scenario: scenario.to_owned(), connections, ours, floor: None });
            }
        }
        served.process.stop()?;
        Ok(counts)
    }

    async fn writes(&self) -> Result<Writes> {
        let mut writes = Writes::default();
        let served = self.register.serve()?;
        let secretariat = served.sign_in("secretariat", "MFA").await?;
        let member = served.sign_in("ngo_member", "BENCH-35").await?;
        let mut sent = 0;
        for connections in CONNECTIONS {
            let load = Load {
                requests: &self.requests.change,
                connections,
                from: sent,
                token: Some(&secretariat),
                ..self.load(&served)
            };
            let ours = load.put()?;
            // What was under way at the end of the load is not told; those lines are left out.
            sent += ours.requests + u64::from(connections);
            ensure!(ours.refused <= ours.requests / 20, "{} of {} refused", ours.refused, ours.requests);
            self.say("status change", connections, &ours, None);
            writes.pairs.push(Pair { scenario: "status change".to_owned(), connections, ours, floor: None });
            let load = Load {
                requests: &self.requests.create,
                connections,
                token: Some(&member),
                ..self.load(&served)
            };
            let ours = load.put()?;
            ensure!(ours.refused == 0, "{} of {} refused", ours.refused, ours.requests);
            self.say("create", connections, &ours, None);
            writes.pairs.push(Pair { scenario: "create".to_owned(), connections, ours, floor: None });
        }
        served.process.stop()?;
        let clients: &[u32] = if self.register.engine() == Engine::Sqlite { &[1] } else { &[1, 16] };
        for clients in clients {
            let floor = match self.register.engine() {
                Engine::Sqlite => commits::measure(&self.register, self.seconds).await?,
                Engine::Postgres => pgbench::measure(&self.register, *clients, self.seconds).await?,
            };
            println!("  floor of {clients}: {:.0}/s p50 {:.2} p99 {:.2}", floor.rate, floor.p50, floor.p99);
            writes.floors.insert(*clients, floor);
        }
        Ok(writes)
    }

    pub(crate) fn load<'a>(&self, served: &'a Served) -> Load<'a> {
        Load {
            server: &served.server,
            requests: std::path::Path::new(""),
            connections: 1,
            seconds: self.seconds,
            from: 0,
            token: None,
            known: None,
            processes: served.process_ids(),
        }
    }

    /// A load on the program, and the same on the floor.
    fn beside(
        &self,
        scenario: &str,
        load: &Load<'_>,
        floor: &Floor<'_>,
        floor_requests: &std::path::Path,
    ) -> Result<Pair> {
        let ours = load.put()?;
        let theirs = Load {
            server: floor.server,
            requests: floor_requests,
            known: None,
            processes: &[floor.id],
            ..load.clone()
        };
        let theirs = theirs.put()?;
        ensure!(ours.refused == 0 && theirs.refused == 0, "{scenario}: {ours:?} {theirs:?}");
        self.say(scenario, load.connections, &ours, Some(&theirs));
        Ok(Pair { scenario: scenario.to_owned(), connections: load.connections, ours, floor: Some(theirs) })
    }

    fn ready(&self, kind: &str) -> Result<PathBuf> {
        let path = self.register.file(&format!("ready-{kind}.txt"));
        std::fs::write(&path, format!("GET\t/ready/{kind}\n"))?;
        Ok(path)
    }

    async fn etag(&self, served: &Served) -> Result<String> {
        let answer =
            Client::new(&served.server).get(&format!("/api/v1/items/{}", self.requests.example)).await?;
        answer.etag.ok_or_else(|| anyhow::anyhow!("the item's answer has no validator"))
    }

    /// The floor has to answer what the program answers, or it is none.
    async fn same_answers(&self, served: &Served, floor: &str) -> Result<()> {
        let (ours, theirs) = (Client::new(&served.server), Client::new(floor));
        for file in [&self.requests.list, &self.requests.detail, &self.requests.search] {
            let text = std::fs::read_to_string(file)?;
            for line in text.lines().take(20) {
                let path = line.split('\t').nth(1).unwrap_or_default();
                let (ours, theirs) = (ours.get(path).await?, theirs.get(path).await?);
                let ours = comparable(ours.json()?, &served.server);
                let theirs = comparable(theirs.json()?, floor);
                ensure!(ours == theirs, "{path} is answered\n{ours}\nand by the floor\n{theirs}");
            }
        }
        Ok(())
    }

    pub(crate) fn say(&self, scenario: &str, connections: u32, ours: &Outcome, floor: Option<&Outcome>) {
        let ratio =
            floor.map(|floor| format!(" = {:.0} % of {:.0}/s", 100.0 * ours.rate / floor.rate, floor.rate));
        println!(
            "{} {} {scenario} x{connections}: {:.0}/s p50 {:.2} p99 {:.2} ms {:.0} µs{}",
            self.register.engine().name(),
            self.register.items(),
            ours.rate,
            ours.p50,
            ours.p99,
            ours.processor,
            ratio.unwrap_or_default(),
        );
    }
}

/// A floor that runs.
struct Floor<'a> {
    server: &'a str,
    id: u32,
}

/// An answer without what only the program can say: validators and cursors.
fn comparable(mut body: Value, server: &str) -> Value {
    let strip = |item: &mut Value| {
        if let Some(item) = item.as_object_mut() {
            for name in ["etag", "next", "prev", "self"] {
                item.remove(name);
            }
        }
    };
    strip(&mut body);
    if let Some(items) = body.get_mut("items").and_then(Value::as_array_mut) {
        items.iter_mut().for_each(strip);
    }
    serde_json::from_str(&body.to_string().replace(server, "")).unwrap_or_default()
}

/// The most private memory that a process had while it was watched.
struct Most {
    bytes: Arc<AtomicU64>,
    done: Arc<AtomicBool>,
}

impl Most {
    fn watch(id: u32) -> Self {
        let (bytes, done) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (to, until) = (Arc::clone(&bytes), Arc::clone(&done));
        std::thread::spawn(move || {
            while !until.load(Ordering::Relaxed) {
                if let Ok(now) = private_memory(id) {
                    to.fetch_max(now, Ordering::Relaxed);
                }
                std::thread::sleep(Duration::from_millis(250));
            }
        });
        Self { bytes, done }
    }

    fn told(self) -> u64 {
        self.done.store(true, Ordering::Relaxed);
        self.bytes.load(Ordering::Relaxed)
    }
}
