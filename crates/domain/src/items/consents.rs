//! What a submitter consents to.

/// What a consent is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsentKind {
    /// That the text goes as far as a level.
    Text,
    /// That the name does.
    Identity,
    /// That the item is merged into another one.
    Merge,
}

impl ConsentKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Text, Self::Identity, Self::Merge];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Identity => "identity",
            Self::Merge => "merge",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_consent_are_read_back() {
        for kind in ConsentKind::ALL {
            assert_eq!(ConsentKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(ConsentKind::from_code("split"), None);
    }
}
