//! An authenticator app, as people have one: it knows a secret and the time.

use std::time::{SystemTime, UNIX_EPOCH};

use totp_rs::{Algorithm, Builder, Secret};

/// What an app with a secret in base 32 shows at a second since 1970.
pub fn code(secret: &str, seconds: u64) -> String {
    let app = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(30);
    let app = app.with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
    app.generate(seconds).to_string()
}

/// What it shows now.
pub fn code_now(secret: &str) -> String {
    code(secret, now())
}

/// Seconds since 1970, for programs that run by the clock of the machine.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}
