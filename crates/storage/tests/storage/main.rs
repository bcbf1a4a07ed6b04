//! Tests of storage from outside, on both databases, one module for each subject.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod clocks;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod items;
#[cfg(test)]
mod meeting_lists;
#[cfg(test)]
mod meetings;
#[cfg(test)]
mod news;
#[cfg(test)]
mod organisations;
#[cfg(test)]
mod overload;
#[cfg(test)]
mod personal_tokens;
#[cfg(test)]
mod portable;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod settings;
#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;
#[cfg(test)]
mod vocabularies;
#[cfg(test)]
mod writes;
