//! What both faces of the register, REST and pages, do alike with every request and every answer.
//!
//! * [`request_id`] – each request has an identifier: in its log lines, in its answer, in its refusal;
//! * [`headers`] – what browsers are told not to do with an answer;
//! * [`status`] – the HTTP status of each reason for refusing;
//! * [`language`] – in which language to answer where the address does not say.

pub mod headers;
pub mod language;
pub mod request_id;
mod status;

pub use status::status;
