//! The register as its tests meet it: started on a fresh database of either kind, with a clock that is moved by
//! hand, known people, and requests that go through the router without a socket.
//!
//! Every answer is held against the OpenAPI document ([`contract`]), so no test can rely on what is not described.
//! A story is told twice, on SQLite and on PostgreSQL ([`TestRegister::on_both`]).
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "this crate exists for tests alone: what goes wrong in it is a failed test"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "a body is written where it is sent and belongs to the request"
)]

mod answer;
pub mod authenticator;
mod caller;
mod clock;
pub mod contract;
mod database;
#[path = "../../crates/webauthn/tests/webauthn/device.rs"]
pub mod device;
#[path = "../../crates/openid/tests/openid/fake.rs"]
pub mod fake_provider;
mod form;
mod left;
pub mod page_routes;
mod people;
pub mod program;
mod randomness;
mod register;
mod request;
mod seeding;
pub mod socket;

pub use answer::Answer;
pub use caller::Caller;
pub use clock::BEGINNING;
pub use database::postgres::{empty as empty_postgres, remove as remove_postgres};
pub use left::{Copied, Left};
pub use people::{PASSWORD, Person};
pub use register::TestRegister;
pub use request::{BASE, Request};
