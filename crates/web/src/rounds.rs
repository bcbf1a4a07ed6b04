//! `/{language}/rounds`: the rounds in which bodies are asked to report, and what came of each.
//!
//! * `list` – the rounds;
//! * `round` – one, as a table;
//! * `filling` – the rows of a body, filled in one form;
//! * `pasting` – rows from a spreadsheet, checked before they are handed in;
//! * `rows` – what both make of a row;
//! * `sheet` – what is pasted, as cells;
//! * `managing` – the secretariat opens a round and changes it.

mod filling;
mod list;
mod managing;
mod pasting;
mod round;
mod rows;
mod sheet;

use axum::Router;
use axum::routing::{get, post};
use qadam_app::Code;
use qadam_domain::ids::ReportingRoundId;
use qadam_domain::reporting_rounds::ReportingRound;

use crate::failure::Failure;
use crate::page::Page;
use crate::state::Web;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/rounds", get(list::show))
        .route("/rounds/new", get(managing::begin).post(managing::open))
        .route("/rounds/{round}", get(round::show))
        .route("/rounds/{round}/fill", get(filling::show).post(filling::hand_in))
        .route("/rounds/{round}/paste", post(pasting::check))
        .route("/rounds/{round}/change", get(managing::show).post(managing::change))
}

/// A round by what its address names it with.
fn key(text: &str) -> Result<ReportingRoundId, Failure> {
    text.parse().map_err(|_other| Code::NotFound.into())
}

impl Page {
    /// What a round is called: by its name, else by its period.
    pub(crate) fn round_name(&self, round: &ReportingRound) -> String {
        let named = self.words(&round.name);
        if !named.is_empty() {
            return named;
        }
        let (from, to) = (self.long_day(&round.period_from).words, self.long_day(&round.period_to).words);
        self.say2("reporting_round-name", "from", from, "to", to)
    }
}
