//! What every answer says to browsers, whatever was asked and however it ended.

use crate::answer::Answer;

/// What has one value for all answers.
const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-permitted-cross-domain-policies", "none"),
];

/// What each policy for content forbids, those of pages and of files too.
const FORBIDDEN: [&str; 3] = ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"];

/// Holds the headers of an answer against what all answers have.
pub(crate) fn check(answer: &Answer, is_signed_in: bool) {
    for (name, value) in ALWAYS {
        assert_eq!(answer.header(name), value, "{name} of {answer:?}");
    }
    let policy = answer.header("content-security-policy");
    for part in FORBIDDEN {
        assert!(policy.split("; ").any(|known| known == part), "no {part} in {policy:?} of {answer:?}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy:?} of {answer:?}");
    // A page tells its own address to pages beside it, and to nobody else.
    assert!(["no-referrer", "same-origin"].contains(&answer.header("referrer-policy")), "{answer:?}");
    assert!(answer.header("permissions-policy").contains("camera=()"), "{answer:?}");
    assert_eq!(answer.header("access-control-allow-origin"), "", "{answer:?}");
    assert_eq!(answer.header("server"), "", "{answer:?}");
    if is_signed_in && answer.status == 200 {
        assert_eq!(answer.header("cache-control"), "no-store", "{answer:?}");
    }
}
