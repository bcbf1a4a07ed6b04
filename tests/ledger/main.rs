//! The ledger under attack: by somebody who has the database, and by somebody who has the key as well.

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod insider;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod program;
#[cfg(test)]
mod python;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod story;
#[cfg(test)]
mod trials;
