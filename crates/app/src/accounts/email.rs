//! Addresses: how one is written, so that each is one account.

use crate::error::FieldCode;

/// The longest address, in characters (RFC 5321, section 4.5.3.1.3).
const ADDRESS_MAX: usize = 254;

/// The longest part before the sign, in characters (RFC 5321, section 4.5.3.1.1).
const LOCAL_MAX: usize = 64;

/// An address as it is stored: trimmed, lower-case. ASCII alone: an address that looks like another one must not
/// become an account of its own, and a domain in other letters has an ASCII form.
pub(crate) fn normalised(text: &str) -> Result<String, FieldCode> {
    let address = text.trim();
    if address.is_empty() {
        return Err(FieldCode::Required);
    }
    if address.len() > ADDRESS_MAX {
        return Err(FieldCode::TooLong);
    }
    let (local, domain) = address.rsplit_once('@').ok_or(FieldCode::InvalidEmail)?;
    if !is_local(local) || !is_domain(domain) {
        return Err(FieldCode::InvalidEmail);
    }
    Ok(address.to_ascii_lowercase())
}

/// An unquoted local part (RFC 5321, `Dot-string`).
fn is_local(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    local.len() <= LOCAL_MAX && local.split('.').all(is_atom)
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_addresses_are_stored_in_lower_case() {
        for (given, stored) in [
            ("Officer@Example.ORG", "officer@example.org"),
            ("  a.b+c_d@sub.example.org ", "a.b+c_d@sub.example.org"),
            ("root@localhost", "root@localhost"),
            ("x@xn--80ak6aa92e.example", "x@xn--80ak6aa92e.example"),
        ] {
            assert_eq!(normalised(given), Ok(stored.to_owned()), "{given}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long_local = format!("{}@example.org", "a".repeat(65));
        for bad in [
            "officer",
            "@example.org",
            "officer@",
            "a@b@",
            "a b@example.org",
            "a@exam ple.org",
            "a@example..org",
            ".a@example.org",
            "a@-example.org",
            "a@example.org\u{0}",
            "а@example.org",
            "a@пример.қаз",
            "a\u{202e}@example.org",
            "\"a b\"@example.org",
            "a@[127.0.0.1]",
            long_local.as_str(),
        ] {
            assert_eq!(normalised(bad), Err(FieldCode::InvalidEmail), "{bad:?}");
        }
        assert_eq!(normalised(" "), Err(FieldCode::Required));
        assert_eq!(normalised(&format!("a@{}", "b".repeat(300))), Err(FieldCode::TooLong));
    }
}
