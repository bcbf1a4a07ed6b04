//! Settings of signing in with a provider of identities.

use qadam_app::settings::{ClientSecret, Issuer};

use super::super::values::{rules, switch, tokens, words};
use super::{Key, key};

/// With which provider people sign in, and how far it is believed.
pub(super) static OPENID: [Key; 13] = [
    key("openid.issuer", "openid-issuer", "QADAM_OPENID_ISSUER")
        .says(
            "URL",
            "",
            "The provider of identities (OpenID Connect); it sends browsers back to /openid; without it there is none",
        )
        .sets(|to, text| {
            to.openid.issuer = Some(Issuer::new(text).map_err(|_| {
                "must be https:// or, on this machine, http://, without a query".to_owned()
            })?);
            Ok(())
        }),
    key("openid.client_id", "openid-client-id", "QADAM_OPENID_CLIENT_ID")
        .says("TEXT", "qadam", "By what the provider knows the register")
        .sets(|to, text| words(text).map(|id| to.openid.client_id = id)),
    key("openid.client_secret", "openid-client-secret", "QADAM_OPENID_CLIENT_SECRET")
        .secret("QADAM_OPENID_CLIENT_SECRET_FILE")
        .says("TEXT", "", "What the register proves itself with there; without it, it is a public client")
        .sets(|to, text| words(text).map(|secret| to.openid.client_secret = Some(ClientSecret(secret)))),
    key("openid.name_kk", "openid-name-kk", "QADAM_OPENID_NAME_KK")
        .says("TEXT", "", "What the provider is called in Kazakh; else its host")
        .sets(|to, text| words(text).map(|name| to.openid.name.kk = Some(name))),
    key("openid.name_ru", "openid-name-ru", "QADAM_OPENID_NAME_RU")
        .says("TEXT", "", "What the provider is called in Russian; else its host")
        .sets(|to, text| words(text).map(|name| to.openid.name.ru = Some(name))),
    key("openid.name_en", "openid-name-en", "QADAM_OPENID_NAME_EN")
        .says("TEXT", "", "What the provider is called in English; else its host")
        .sets(|to, text| words(text).map(|name| to.openid.name.en = Some(name))),
    key("openid.scopes", "openid-scopes", "QADAM_OPENID_SCOPES")
        .says("LIST", "email,profile", "What is asked of it beside openid")
        .sets(|to, text| tokens(text).map(|scopes| to.openid.scopes = scopes)),
    key("openid.email_claim", "openid-email-claim", "QADAM_OPENID_EMAIL_CLAIM")
        .says("CLAIM", "email", "Which claim is the address")
        .sets(|to, text| words(text).map(|claim| to.openid.email_claim = claim)),
    key("openid.name_claim", "openid-name-claim", "QADAM_OPENID_NAME_CLAIM")
        .says("CLAIM", "name", "Which claim is the person's name")
        .sets(|to, text| words(text).map(|claim| to.openid.name_claim = claim)),
    key("openid.unverified_addresses", "openid-unverified-addresses", "QADAM_OPENID_UNVERIFIED_ADDRESSES")
        .says("BOOL", "false", "Whether addresses are believed without email_verified")
        .sets(|to, text| switch(text).map(|on| to.openid.unverified_addresses = on)),
    key("openid.link_by_email", "openid-link-by-email", "QADAM_OPENID_LINK_BY_EMAIL")
        .says(
            "BOOL",
            "false",
            "Whether who comes with the address of an account of a body or an observer comes in as it",
        )
        .sets(|to, text| switch(text).map(|on| to.openid.link_by_email = on)),
    key("openid.rules", "openid-rules", "QADAM_OPENID_RULES")
        .says(
            "JSON",
            "",
            "Claims that make accounts: [{\"claim\":\"groups\",\"value\":\"prisons\",\"organisation\":\"MIA\",\"role\":\"officer\"}]",
        )
        .sets(|to, text| rules(text).map(|rules| to.openid.rules = rules)),
    key("openid.second_factors", "openid-second-factors", "QADAM_OPENID_SECOND_FACTORS")
        .says("LIST", "", "Values of acr and amr that say that a second factor was used, as mfa,otp")
        .sets(|to, text| tokens(text).map(|values| to.openid.second_factors = values)),
];
