//! What both faces of the register, REST and pages, do alike with every request and every answer.
//!
//! * [`request_id`] – each request has an identifier: in its log lines, in its answer, in its refusal;
//! * [`origin`] – where each comes from, and what is left of what it may do;
//! * [`headers`] – what browsers are told not to do with an answer;
//! * [`mod@status`] – the HTTP status of each reason for refusing;
//! * [`item_filters`] – what a list of items is asked for by its address, from [`parameters`];
//! * [`words`], [`moments`], [`limit`] – values as they stand in addresses and bodies, refused by [`reading`];
//! * [`bodies`], [`file_form`], [`file_answer()`] – what a body may be, files that come and files that go;
//! * [`texts`] – what a text that people wrote may be, checked before any is refused;
//! * [`statistics`] – numbers with the lists behind them;
//! * [`addresses`], [`language_map`] – what both write;
//! * [`passkeys`] – what browsers are told for a passkey to be made or used;
//! * [`language`] – in which language to answer where the address does not say.

pub mod addresses;
pub mod bodies;
mod file_answer;
pub mod file_form;
pub mod headers;
pub mod item_filters;
pub mod language;
pub mod language_map;
pub mod limit;
pub mod moments;
pub mod origin;
pub mod parameters;
pub mod passkeys;
pub mod reading;
mod refused;
pub mod request_id;
mod retry;
pub mod statistics;
mod status;
pub mod texts;
pub mod words;

pub use file_answer::file_answer;
pub use refused::Refused;
pub use retry::{retry_after, retry_after_error};
pub use status::status;
