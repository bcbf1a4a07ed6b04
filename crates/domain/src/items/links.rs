//! Typed links between items.

/// What one item is to another. Read from the first to the second: *A implements B*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// A commitment carries out a proposal or a recommendation.
    Implements,
    /// It answers the other.
    Answers,
    /// It says again what the other said.
    Repeats,
    /// It is the same as the other.
    Duplicates,
    /// It is a part of the other.
    PartOf,
    /// It replaces the other.
    Supersedes,
    /// It has to do with the other.
    RelatesTo,
}

impl LinkKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Implements,
        Self::Answers,
        Self::Repeats,
        Self::Duplicates,
        Self::PartOf,
        Self::Supersedes,
        Self::RelatesTo,
    ];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Implements => "implements",
            Self::Answers => "answers",
            Self::Repeats => "repeats",
            Self::Duplicates => "duplicates",
            Self::PartOf => "part_of",
            Self::Supersedes => "supersedes",
            Self::RelatesTo => "relates_to",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the link reads the same from both ends, so that one is enough.
    pub const fn is_symmetric(self) -> bool {
        matches!(self, Self::RelatesTo | Self::Duplicates)
    }

    /// Whether following links of this kind must never lead back to where one began: every kind with a direction.
    pub const fn is_acyclic(self) -> bool {
        !self.is_symmetric()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_kinds_are_read_back() {
        for kind in LinkKind::ALL {
            assert_eq!(LinkKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(LinkKind::from_code("blocks"), None);
    }

    #[test]
    fn a_link_with_a_direction_never_leads_back_and_one_without_stands_once() {
        let symmetric: Vec<_> = LinkKind::ALL.into_iter().filter(|kind| kind.is_symmetric()).collect();
        let acyclic: Vec<_> = LinkKind::ALL.into_iter().filter(|kind| kind.is_acyclic()).collect();
        assert_eq!(symmetric, [LinkKind::Duplicates, LinkKind::RelatesTo]);
        assert_eq!(
            acyclic,
            [
                LinkKind::Implements,
                LinkKind::Answers,
                LinkKind::Repeats,
                LinkKind::PartOf,
                LinkKind::Supersedes
            ]
        );
    }
}
