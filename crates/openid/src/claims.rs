//! What a provider says of a person.

use std::fmt;

use serde_json::{Map, Value};

use crate::OpenIdError;

/// How long an identifier of a person is at most (OpenID Connect Core, section 2, `sub`).
const SUBJECT_MAX: usize = 255;

/// Claims that the ID token alone can make: what else is said of the person is not signed.
const OF_THE_TOKEN: [&str; 12] =
    ["iss", "sub", "aud", "azp", "exp", "iat", "nbf", "nonce", "at_hash", "acr", "amr", "auth_time"];

/// What was said of a person, and held.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    subject: String,
    members: Map<String, Value>,
}

/// Leaves out the person.
impl fmt::Debug for Claims {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Claims(…)")
    }
}

impl Claims {
    /// Takes the members of an ID token that was verified, for the person they name.
    pub(crate) fn new(members: Map<String, Value>) -> Result<Self, OpenIdError> {
        let subject = members.get("sub").and_then(Value::as_str).ok_or(OpenIdError::Subject)?;
        let readable =
            !subject.is_empty() && subject.len() <= SUBJECT_MAX && !subject.chars().any(char::is_control);
        if !readable {
            return Err(OpenIdError::Subject);
        }
        Ok(Self { subject: subject.to_owned(), members })
    }

    /// Who it is, among all of one provider and for ever.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// A claim that is a text of at least one letter.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.members.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
    }

    /// Whether a claim is true. Some providers write that as a text.
    pub fn is_true(&self, name: &str) -> bool {
        match self.members.get(name) {
            Some(Value::Bool(is)) => *is,
            Some(Value::String(text)) => text == "true",
            _ => false,
        }
    }

    /// Whether a claim is this text, or a list with it.
    pub fn has(&self, name: &str, text: &str) -> bool {
        match self.members.get(name) {
            Some(Value::String(one)) => one == text,
            Some(Value::Array(several)) => several.iter().any(|one| one.as_str() == Some(text)),
            _ => false,
        }
    }

    /// Whether none of these is missing.
    pub(crate) fn have_all(&self, wanted: &[String]) -> bool {
        wanted.iter().all(|name| self.members.contains_key(name))
    }

    /// Takes what else was said of the same person, of what is wanted. Where it is said twice, the later word holds for all
    /// of it, so that an address and whether it was verified come from one place.
    pub(crate) fn add(&mut self, said: &Map<String, Value>, wanted: &[String]) -> Result<(), OpenIdError> {
        if said.get("sub").and_then(Value::as_str) != Some(&self.subject) {
            return Err(OpenIdError::UserInfo);
        }
        for name in wanted.iter().filter(|name| !OF_THE_TOKEN.contains(&name.as_str())) {
            if let Some(value) = said.get(name) {
                self.members.insert(name.clone(), value.clone());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn members(value: &Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn claims_are_texts_truths_and_lists() {
        let claims = Claims::new(members(&json!({
            "sub": "a", "email": "b", "empty": " ", "yes": true, "word": "true", "no": "yes", "groups": ["c", 1],
        })))
        .unwrap();
        assert_eq!((claims.subject(), claims.text("email"), claims.text("empty")), ("a", Some("b"), None));
        assert_eq!(
            ["yes", "word", "no", "email", "none"].map(|name| claims.is_true(name)),
            [true, true, false, false, false]
        );
        assert!(claims.has("groups", "c") && claims.has("email", "b"));
        assert!(!claims.has("groups", "1") && !claims.has("groups", "d") && !claims.has("none", ""));
        assert_eq!(format!("{claims:?}"), "Claims(…)");
    }

    #[test]
    fn nobody_else_and_no_claim_of_the_token_comes_from_elsewhere() {
        let mut claims = Claims::new(members(&json!({"sub": "a", "acr": "low", "email": "b"}))).unwrap();
        let wanted = ["email", "acr", "amr", "name"].map(str::to_owned);
        let said = members(&json!({"sub": "a", "acr": "high", "amr": ["otp"], "email": "c", "other": "d"}));
        assert!(!claims.have_all(&wanted));
        claims.add(&said, &wanted).unwrap();
        assert_eq!(
            (claims.text("acr"), claims.text("email"), claims.text("other")),
            (Some("low"), Some("c"), None)
        );
        assert!(!claims.has("amr", "otp"));
        for other in [json!({"sub": "b"}), json!({})] {
            assert_eq!(claims.add(&members(&other), &wanted), Err(OpenIdError::UserInfo));
        }
    }
}
