//! Validators: the etag of what a viewer sees, and the condition under which a change may be made.

use crate::application::App;
use crate::error::AppError;

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

/// What the public's answers depend on beside the address: when one of them changes, so do the answers.
///
/// The language, the local day (clocks turn at midnight) and the newest ledger entry the public can see are
/// behind a keyed hash together with the address, so that a validator tells nothing and fits one address alone.
pub async fn public_context(app: &App, address: &str, language: &str) -> Result<String, AppError> {
    let newest = app.newest_public().await?;
    let today = app.today().to_string();
    Ok(app.sealer.tag(
        "public context",
        &[address.as_bytes(), language.as_bytes(), today.as_bytes(), &newest.to_be_bytes()],
    ))
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
