//! Settings of how often something may be done, and by whose word requests come from somewhere.

use std::net::IpAddr;

use qadam_app::settings::{IpNet, Quota};

use super::{Key, key};
use crate::config::values::positive;

/// How often.
pub(super) static THROTTLING: [Key; 8] = [
    key("throttling.sign_in", "throttle-sign-in", "QADAM_THROTTLE_SIGN_IN")
        .says("TIMES/SECONDS", "5/300", "Wrong passwords for one account from one network")
        .sets(|to, text| quota(text).map(|quota| to.throttling.sign_in = quota)),
    key("throttling.sign_in_account", "throttle-sign-in-account", "QADAM_THROTTLE_SIGN_IN_ACCOUNT")
        .says("TIMES/SECONDS", "100/86400", "Wrong passwords for one account from anywhere")
        .sets(|to, text| quota(text).map(|quota| to.throttling.sign_in_account = quota)),
    key("throttling.sign_in_network", "throttle-sign-in-network", "QADAM_THROTTLE_SIGN_IN_NETWORK")
        .says("TIMES/SECONDS", "50/300", "Wrong passwords from one network for any account")
        .sets(|to, text| quota(text).map(|quota| to.throttling.sign_in_network = quota)),
    key("throttling.link", "throttle-link", "QADAM_THROTTLE_LINK")
        .says("TIMES/SECONDS", "20/300", "One-time links tried from one network")
        .sets(|to, text| quota(text).map(|quota| to.throttling.link = quota)),
    key("throttling.recovery", "throttle-recovery", "QADAM_THROTTLE_RECOVERY")
        .says("TIMES/SECONDS", "3/3600", "New passwords asked for by mail for one address")
        .sets(|to, text| quota(text).map(|quota| to.throttling.recovery = quota)),
    key("throttling.search", "throttle-search", "QADAM_THROTTLE_SEARCH")
        .says("TIMES/SECONDS", "60/60", "Searches of an account or, without one, from a network")
        .sets(|to, text| quota(text).map(|quota| to.throttling.search = quota)),
    key("throttling.filing", "throttle-filing", "QADAM_THROTTLE_FILING")
        .says("TIMES/SECONDS", "30/3600", "Proposals filed by an account; drafts are not counted")
        .sets(|to, text| quota(text).map(|quota| to.throttling.filing = quota)),
    key("trusted_proxies", "trusted-proxies", "QADAM_TRUSTED_PROXIES")
        .says(
            "NETWORKS",
            "",
            "Proxies whose X-Forwarded-For is believed: 10.0.0.0/8,127.0.0.1; others say nothing",
        )
        .sets(|to, text| networks(text).map(|networks| to.trusted_proxies = networks)),
];

fn quota(text: &str) -> Result<Quota, String> {
    let (times, seconds) = text.split_once('/').ok_or("must be times and seconds, 5/300")?;
    Ok(Quota { times: positive(times.trim())?, seconds: positive(seconds.trim())? })
}

fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    let network = |text: &str| {
        let text = text.trim();
        let single = || text.parse::<IpAddr>().map(IpNet::from).ok();
        text.parse()
            .ok()
            .or_else(single)
            .ok_or_else(|| "must be addresses or networks, 10.0.0.0/8".to_owned())
    };
    text.split(',').map(network).collect()
}
