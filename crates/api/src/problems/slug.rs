//! The addresses of codes: `not_found` is described at `/problems/not-found`.

use qadam_app::Code;

/// The last segment of a code's address.
pub(super) fn of(code: Code) -> String {
    code.as_str().replace('_', "-")
}

/// The code with this last segment.
pub(super) fn code(slug: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| of(*code) == slug)
}

/// The path at which a code is described.
pub(super) fn path(code: Code) -> String {
    format!("/problems/{}", of(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_an_address_that_leads_back_to_it() {
        for known in Code::ALL {
            assert_eq!(code(&of(*known)), Some(*known));
        }
        assert_eq!(path(Code::IdempotencyKeyReused), "/problems/idempotency-key-reused");
        assert_eq!(code("not_found"), None);
    }
}
