//! Which HTTP status a code is answered with: one match for values and pages.

use http::StatusCode;
use qadam_app::Code;

/// The HTTP status of a code.
///
/// 403 is for what this account may not do, 409 for what the state of the register does not allow anybody to do
/// now, 422 for fields.
#[expect(clippy::too_many_lines, reason = "a table of all codes, so that none is forgotten")]
pub const fn status(code: Code) -> StatusCode {
    match code {
        Code::Unauthenticated
        | Code::InvalidToken
        | Code::InvalidCredentials
        | Code::SecondFactorRequired
        | Code::InvalidSecondFactor
        | Code::SignInExpired
        | Code::IdentityRefused
        | Code::PasskeyRequired
        | Code::InvalidPasskey
        | Code::InvalidRefreshToken
        | Code::InvalidLink => StatusCode::UNAUTHORIZED,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Gone => StatusCode::GONE,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
        Code::MalformedRequest
        | Code::MalformedJson
        | Code::UnknownParameter
        | Code::InvalidParameter
        | Code::InvalidCursor
        | Code::InvalidHeader => StatusCode::BAD_REQUEST,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
        Code::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        Code::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
        Code::RoleRequired
        | Code::NotAnAssessor
        | Code::ApprovalRequired
        | Code::ForeignForm
        | Code::SecondFactorMissing
        | Code::ConfirmationMissing
        | Code::SessionRequired
        | Code::ScopeRequired => StatusCode::FORBIDDEN,
        Code::FieldLocked
        | Code::NotADraft
        | Code::MoveNotAllowed
        | Code::StatusConflict
        | Code::NotSplittable
        | Code::LevelFixed
        | Code::LevelUnchanged
        | Code::IdentityWiderThanText
        | Code::ConsentRequired
        | Code::SecondPersonRequired
        | Code::OnlySubmitter
        | Code::FindingRequired
        | Code::LeadRequestRequired
        | Code::AnsweringMechanismRequired
        | Code::ClosingNoticeRequired
        | Code::AlreadyReplied
        | Code::NobodyToAsk
        | Code::NoColleague
        | Code::NoMail
        | Code::AlreadyDecided
        | Code::TooManyAdded
        | Code::UpdateConflict
        | Code::RoundClosed
        | Code::RoundOverdue
        | Code::LinkExists
        | Code::LinkCycle
        | Code::Taken
        | Code::SecondFactorConflict
        | Code::NoPasskeys
        | Code::TooManyPasskeys
        | Code::LastSecondFactor
        | Code::IdentityConflict
        | Code::NoIdentityProvider
        | Code::LastWayIn
        | Code::TooManyTokens
        | Code::TooManyFiles
        | Code::ProtocolConflict
        | Code::ObjectionsOpen
        | Code::ObjectionsUnanswered
        | Code::ObjectionsClosed
        | Code::ProtocolApproved => StatusCode::CONFLICT,
        Code::TooManyUploads | Code::TooOften => StatusCode::TOO_MANY_REQUESTS,
        Code::Invalid | Code::IdempotencyKeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        Code::Busy | Code::Unavailable | Code::IdentityProviderUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_answered_with_an_error_status() {
        for code in Code::ALL {
            let status = status(*code);
            assert!(status.is_client_error() || status.is_server_error(), "{code:?}");
        }
    }

    #[test]
    fn faults_of_the_server_are_these_four() {
        let faults: Vec<_> = Code::ALL
            .iter()
            .filter(|code| status(**code).is_server_error())
            .map(|code| code.as_str())
            .collect();
        assert_eq!(faults, ["identity_provider_unavailable", "busy", "unavailable", "internal"]);
    }

    #[test]
    fn the_conventions_of_the_api_hold() {
        let table = [
            ("unauthenticated", 401),
            ("not_found", 404),
            ("gone", 410),
            ("method_not_allowed", 405),
            ("malformed_json", 400),
            ("unknown_parameter", 400),
            ("unsupported_media_type", 415),
            ("body_too_large", 413),
            ("request_timeout", 408),
            ("precondition_required", 428),
            ("precondition_failed", 412),
            ("role_required", 403),
            ("move_not_allowed", 409),
            ("consent_required", 409),
            ("idempotency_key_reused", 422),
            ("invalid", 422),
            ("unavailable", 503),
        ];
        for (word, expected) in table {
            let code = Code::ALL.iter().find(|code| code.as_str() == word).unwrap();
            assert_eq!(status(*code).as_u16(), expected, "{word}");
        }
    }
}
