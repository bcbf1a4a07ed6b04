//! Small numbers for codes and organisations.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

use super::rows::TooMany;
use crate::ids::OrganisationId;
use crate::items::assessments::Assessor;

/// Names with their numbers, from 0 in the order in which they were first seen. A number is never taken back.
#[derive(Debug, Clone)]
pub struct Codes<T> {
    numbers: HashMap<T, u16>,
    names: Vec<T>,
}

impl<T> Default for Codes<T> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), names: Vec::new() }
    }
}

impl<T: Eq + Hash + Clone> Codes<T> {
    /// The number of a name, a new one where it has none.
    pub(super) fn number(&mut self, name: &T) -> Result<u16, TooMany> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        let number = u16::try_from(self.names.len()).ok().filter(|number| *number < NOTHING);
        let number = number.ok_or(TooMany)?;
        self.names.push(name.clone());
        self.numbers.insert(name.clone(), number);
        Ok(number)
    }

    /// The number of a name, if anything was ever counted under it.
    pub fn find<Q: Eq + Hash + ?Sized>(&self, name: &Q) -> Option<u16>
    where
        T: Borrow<Q>,
    {
        self.numbers.get(name).copied()
    }

    /// The name with a number.
    pub fn name(&self, number: usize) -> Option<&T> {
        self.names.get(number)
    }

    /// How many names there are.
    pub const fn count(&self) -> usize {
        self.names.len()
    }
}

/// Stands where there is no name.
pub(super) const NOTHING: u16 = u16::MAX;

/// The names that rows hold as numbers.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Organisations.
    pub organisations: Codes<OrganisationId>,
    /// Mechanisms.
    pub mechanisms: Codes<String>,
    /// Themes.
    pub themes: Codes<String>,
    /// Legal references.
    pub legal_refs: Codes<String>,
    /// Who found something.
    pub assessors: Codes<Assessor>,
}
