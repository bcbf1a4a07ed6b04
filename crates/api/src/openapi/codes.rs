//! With which codes an operation may refuse: written beside it, in its extension `x-codes`.
//!
//! The problem responses of the description are made from these words, so that an operation says once what it
//! refuses. `internal`, `unavailable`, `second_factor_missing` and `scope_required` can come from anywhere and are described
//! by every operation's `default`.

use qadam_app::Code;

/// Of operations that read a query or may be asked with one: all of them.
pub const QUERY: &[Code] = &[Code::UnknownParameter, Code::InvalidParameter];
/// Of lists.
pub const LIST: &[Code] = &[Code::UnknownParameter, Code::InvalidParameter, Code::InvalidCursor];
/// Of operations that somebody signed in may use, or anybody.
pub const TOKEN: &[Code] = &[Code::InvalidToken];
/// Of operations that need an account.
pub const ACCOUNT: &[Code] = &[Code::Unauthenticated, Code::InvalidToken];
/// Of operations that a person does, and no program in its name.
pub const PERSON: &[Code] = &[Code::Unauthenticated, Code::InvalidToken, Code::SessionRequired];
/// Of operations on one thing.
pub const ONE: &[Code] = &[Code::NotFound];
/// Of operations on something that may have been public once.
pub const NARROWABLE: &[Code] = &[Code::NotFound, Code::Gone];
/// Of operations with a JSON body.
pub const BODY: &[Code] = &[
    Code::MalformedJson,
    Code::MalformedRequest,
    Code::UnsupportedMediaType,
    Code::BodyTooLarge,
    Code::RequestTimeout,
    Code::Invalid,
];
/// Of operations that change what was read before.
pub const CONDITION: &[Code] = &[Code::InvalidHeader, Code::PreconditionRequired, Code::PreconditionFailed];
/// Of operations that may be sent twice.
pub const KEY: &[Code] = &[Code::InvalidHeader, Code::IdempotencyKeyReused];

/// The words of these codes, each once, for `x-codes`.
pub fn words(groups: &[&[Code]]) -> Vec<&'static str> {
    let mut codes: Vec<Code> = groups.concat();
    codes.sort_unstable();
    codes.dedup();
    codes.into_iter().map(Code::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_several_groups_stand_once() {
        assert_eq!(
            words(&[CONDITION, KEY, &[Code::Taken]]),
            [
                "invalid_header",
                "precondition_required",
                "precondition_failed",
                "taken",
                "idempotency_key_reused"
            ]
        );
    }
}
