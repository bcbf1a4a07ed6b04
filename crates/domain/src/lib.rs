//! The rules of the register: what exists, who may see it, who may change it, and what a change needs.
//!
//! Everything here is a pure function of its arguments. There is no clock, no database and no network, and no
//! type is serialisable: what is stored, what is sent and what is decided are free to differ.
//!
//! * [`items`] – proposals, commitments and recommendations: [`items::moves`] is the one table of status moves;
//! * [`levels`] – who reads what, on two axes;
//! * [`policy`] – [`policy::may`], the one function that decides every action;
//! * [`meetings`], [`organisations`], [`accounts`], [`notifications`] – the rest of the vocabulary;
//! * [`reporting_rounds`] – bodies are asked to report for a period, and what was not reported is shown;
//! * [`statistics`] – what is counted of many items at once, for who may see them;
//! * [`throttling`] – how often somebody may do something;
//! * [`privacy`] – signs that a text names a private person;
//! * [`language`], [`text`], [`calendar`], [`ids`] – the values they are made of.

pub mod accounts;
pub mod calendar;
pub mod ids;
pub mod items;
pub mod language;
pub mod levels;
pub mod meetings;
pub mod notifications;
pub mod organisations;
pub mod policy;
pub mod privacy;
pub mod reporting_rounds;
pub mod statistics;
pub mod text;
pub mod throttling;
