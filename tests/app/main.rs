//! Signing in, accounts, organisations, vocabularies and repeated requests, on a real database.

#[cfg(test)]
mod support;

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod housekeeping;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod ledger_keys;
#[cfg(test)]
mod links;
#[cfg(test)]
mod meetings;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod organisations;
#[cfg(test)]
mod own_account;
#[cfg(test)]
mod passkeys;
#[cfg(test)]
mod personal_tokens;
#[cfg(test)]
mod second_factor;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod throttling;
#[cfg(test)]
mod vocabularies;
