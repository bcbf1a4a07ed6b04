//! Validators: the etag of what a viewer sees, and the condition under which a change may be made.

/// What `If-Match` said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: whatever it is, as long as it is there.
    Any,
    /// One of these etags, without their quotes.
    Tags(Vec<String>),
}

impl IfMatch {
    /// Whether a resource with this etag meets the condition.
    ///
    /// The part after `~` in an etag validates the whole answer (day, names of organisations); what a change is
    /// conditional on is the part before it.
    pub fn allows(&self, etag: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Tags(tags) => tags.iter().any(|tag| tag.split('~').next() == Some(etag)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_before_the_tilde_decides() {
        let tags = IfMatch::Tags(vec!["old".to_owned(), "abc~day".to_owned()]);
        assert!(tags.allows("abc"));
        assert!(!tags.allows("day"));
        assert!(!tags.allows("ab"));
        assert!(IfMatch::Any.allows("anything"));
        assert!(!IfMatch::Tags(Vec::new()).allows("abc"));
    }
}
