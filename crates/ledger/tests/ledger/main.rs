//! Tests of the ledger from outside, one module for each subject.

#[cfg(test)]
mod canonical;
#[cfg(test)]
mod checkpoints;
#[cfg(test)]
mod cross_check;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod leaves;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod payloads;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod replays;
#[cfg(test)]
mod rotations;
#[cfg(test)]
mod trees;
