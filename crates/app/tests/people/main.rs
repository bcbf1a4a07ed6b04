//! Signing in, accounts, organisations, vocabularies and repeated requests, on a real database.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod idempotency;
mod links;
mod organisations;
mod own_account;
mod sessions;
mod sign_in;
mod vocabularies;
