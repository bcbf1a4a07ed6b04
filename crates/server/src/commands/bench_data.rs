//! `qadam bench-data`: a register of any size to measure with, made by the same use cases as a real one.
//!
//! * [`dice`] – chance that repeats itself;
//! * [`cast`] – organisations, meetings, and who acts for them;
//! * [`story`] – an item from its record to its last entry;
//! * [`texts`] – what it says, in three languages.
//!
//! Commits do not wait for the disk: a run that a power cut ends is begun again.

mod cast;
mod dice;
mod story;
mod texts;

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;

use qadam_app::database::{self, Durability};
use qadam_app::keys::{KeyFiles, Keys, Use};
use qadam_app::notifications;
use qadam_app::random::SystemRandomness;
use qadam_app::{App, AppError};
use tokio::task::JoinSet;

use self::cast::Cast;
use self::dice::Dice;
use self::texts::Texts;
use crate::command_line::BenchData;
use crate::failure::Failure;
use crate::register::{self, Register, explained};
use crate::{output, telemetry};

/// How many stories are told at the same time, so that they share commits. Which of them has which number is not
/// told by the seed; what they say is.
const AT_ONCE: u64 = 16;

pub(super) async fn run(arguments: &BenchData) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    register::make_data_directory(&configuration)?;
    // The keys are the one thing that must not follow from the seed.
    Keys::load_or_create(&KeyFiles::in_directory(&configuration.data_dir), Use::First, &SystemRandomness)
        .map_err(|error| failed(&error))?;
    let store = register::open_database(&configuration, Durability::ThrowAway, true).await?;
    let settings = configuration.settings(configuration.listen.address);
    // A run that goes on must not give out the identifiers of the one before: its stream is named by where it
    // begins.
    let written =
        database::last_position(&store).await.map_err(|error| Failure::failed("the database", error))?;
    let random = Dice::new(arguments.seed, written.unsigned_abs());
    let register = Register::start_with(store, settings, Arc::new(random)).await?;
    let outcome = fill(&register, arguments).await;
    let settled = register.settle().await;
    // Else the first program to serve the register tells of every act of it, and is measured while it does.
    let begun = notifications::begin_here(register.app()).await.map_err(|error| failed(&error));
    register.close().await?;
    outcome.and(settled).and(begun)?;
    output::line(&format!("The register holds {} items.", arguments.items))
}

async fn fill(register: &Register, arguments: &BenchData) -> Result<(), Failure> {
    register.furnish().await?;
    let app = register.app();
    let texts = Arc::new(Texts::read().map_err(|error| Failure::failed("the generator's texts", error))?);
    let cast = Arc::new(Cast::gather(app, &texts).await.map_err(|error| failed(&error))?);
    let mut progress = Progress::new(arguments.items);
    let mut first = cast.items;
    while first < arguments.items {
        let end = (first + AT_ONCE).min(arguments.items);
        let mut stories = JoinSet::new();
        for number in first..end {
            let (app, cast, texts) = (Arc::clone(app), Arc::clone(&cast), Arc::clone(&texts));
            let dice = Dice::new(arguments.seed, number + (1 << 40));
            stories.spawn(async move { story::tell(&app, &cast, &texts, &dice).await });
        }
        while let Some(told) = stories.join_next().await {
            told.map_err(|error| Failure::failed("the generator", error))?.map_err(|error| failed(&error))?;
        }
        progress.reached(end);
        first = end;
    }
    Ok(())
}

fn failed(error: &AppError) -> Failure {
    Failure::failed("the register refuses what was generated", explained(error))
}

/// Says how far it is: in one line that moves on a terminal, in the log elsewhere.
struct Progress {
    of: u64,
    terminal: bool,
    told: u64,
}

impl Progress {
    fn new(of: u64) -> Self {
        Self { of, terminal: io::stderr().is_terminal(), told: 0 }
    }

    fn reached(&mut self, items: u64) {
        let percent = items * 100 / self.of.max(1);
        if percent == self.told {
            return;
        }
        self.told = percent;
        if self.terminal {
            let bar = "#".repeat(usize::try_from(percent / 2).unwrap_or_default());
            let end = if percent == 100 { "\n" } else { "" };
            // A bar that nobody sees is no reason to stop.
            let _unseen = write!(io::stderr(), "\r[{bar:50}] {percent:3} %  {items} items{end}");
        } else if percent.is_multiple_of(5) {
            tracing::info!(percent, items, "generating");
        }
    }
}

/// The application that items are recorded in.
type Recorder = Arc<App>;
