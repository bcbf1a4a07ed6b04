//! How texts become values.

use std::str::FromStr;
use std::time::Duration;

use qadam_app::settings::MappingRule;
use qadam_domain::accounts::Role;
use qadam_domain::organisations::is_code;
use serde::Deserialize;

/// A whole number of at least 1.
pub(super) fn positive<T>(text: &str) -> Result<T, String>
where
    T: FromStr + Default + PartialOrd,
{
    let number: T = text.parse().map_err(|_| "must be a whole number".to_owned())?;
    if number > T::default() { Ok(number) } else { Err("must be at least 1".to_owned()) }
}

/// A whole number of days, at least 1 and at most 1,000.
pub(super) fn days(text: &str) -> Result<u32, String> {
    let days = positive(text)?;
    if days > 1_000 { Err("must be at most 1000".to_owned()) } else { Ok(days) }
}

/// A whole number of seconds, at least 1.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    positive(text).map(Duration::from_secs)
}

/// `true` or `false`.
pub(super) fn switch(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| "must be true or false".to_owned())
}

/// A text of at least one letter, without control characters.
pub(super) fn words(text: &str) -> Result<String, String> {
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err("must be a text of one line".to_owned());
    }
    Ok(text.trim().to_owned())
}

/// `http://` or `https://`, a host, perhaps a port; a slash at the end is dropped.
pub(super) fn web_address(text: &str) -> Result<String, String> {
    let problem = || "must be http:// or https://, a host and perhaps a port, without a path".to_owned();
    let address: http::Uri = text.parse().map_err(|_| problem())?;
    let plain = matches!(address.scheme_str(), Some("http" | "https"))
        && address.authority().is_some_and(|authority| !authority.as_str().contains('@'))
        && address.path() == "/"
        && address.query().is_none();
    if plain { Ok(text.trim_end_matches('/').to_owned()) } else { Err(problem()) }
}

/// The address of a database that can be opened.
pub(super) fn database_address(text: &str) -> Result<String, String> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    if known.iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme)) {
        return Ok(text.to_owned());
    }
    Err("must begin with sqlite: or postgres://".to_owned())
}

/// Where people are reached: `mailto:` with an address, or `https://`.
pub(super) fn contact(text: &str) -> Result<String, String> {
    let text = words(text)?;
    let mail = text.strip_prefix("mailto:").is_some_and(|address| address.contains('@'));
    let page = text.strip_prefix("https://").is_some_and(|rest| !rest.is_empty());
    let plain = text.is_ascii() && !text.contains(' ');
    if plain && (mail || page) { Ok(text) } else { Err("must be mailto:… or https://…".to_owned()) }
}

/// Words with commas between, at least one, none with a blank in it.
pub(super) fn tokens(text: &str) -> Result<Vec<String>, String> {
    let all: Vec<String> = text.split(',').map(|word| word.trim().to_owned()).collect();
    let good = |word: &String| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_graphic());
    if all.iter().all(good) { Ok(all) } else { Err("must be words with commas between".to_owned()) }
}

/// How many rules there are at most: each newcomer is held against all of them.
const RULES_MAX: usize = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    claim: String,
    value: String,
    organisation: String,
    role: String,
}

/// Rules by which claims make accounts: a JSON array. None gives a role that nobody may have by a provider's word alone.
pub(super) fn rules(text: &str) -> Result<Vec<MappingRule>, String> {
    let written: Vec<WrittenRule> = serde_json::from_str(text).map_err(|_| {
        "must be a JSON array of objects with claim, value, organisation and role, each a text".to_owned()
    })?;
    if written.len() > RULES_MAX {
        return Err(format!("must be at most {RULES_MAX} rules"));
    }
    written.into_iter().map(rule).collect()
}

fn rule(written: WrittenRule) -> Result<MappingRule, String> {
    let WrittenRule { claim, value, organisation, role } = written;
    if claim.is_empty() || value.is_empty() || !is_code(&organisation) {
        return Err(format!(
            "must name a claim, a value and an organisation's code: {organisation:?} is not enough"
        ));
    }
    let role = Role::from_code(&role).filter(|role| MappingRule::may_give(*role)).ok_or_else(|| {
        let given: Vec<_> =
            Role::ALL.into_iter().filter(|role| MappingRule::may_give(*role)).map(Role::code).collect();
        format!(
            "must give one of the roles {}, and not {role:?}: others are given by people alone",
            given.join(", ")
        )
    })?;
    Ok(MappingRule { claim, value, organisation, role })
}
