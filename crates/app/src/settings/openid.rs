//! The provider of identities of a deployment, and what its word is worth.

use qadam_domain::accounts::Role;
use qadam_domain::language::LanguageMap;
use qadam_openid::{ClientSecret, Issuer};

/// The path below the register's address to which browsers come back from the provider.
pub const OPENID_CALLBACK: &str = "/openid";

/// With which provider people sign in, and how far it is believed.
#[derive(Debug, Clone)]
pub struct OpenIdSettings {
    /// The provider.
    pub issuer: Issuer,
    /// By what it knows the register.
    pub client_id: String,
    /// What the register proves itself with; a public client has none.
    pub client_secret: Option<ClientSecret>,
    /// What people call the provider; without a name, its host.
    pub name: LanguageMap,
    /// What is asked of it beside `openid`.
    pub scopes: Vec<String>,
    /// Which claim is the address.
    pub email_claim: String,
    /// Which claim is the person's name.
    pub name_claim: String,
    /// Whether addresses are believed that it does not say it verified.
    pub unverified_addresses: bool,
    /// Whether an identity is bound to the account with its address, where the account acts for a body or observes.
    pub link_by_email: bool,
    /// Which claims make accounts, the first that holds.
    pub rules: Vec<MappingRule>,
    /// The values of `acr` and `amr` that say that a second factor was used.
    pub second_factors: Vec<String>,
}

/// A claim that makes an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingRule {
    /// The claim: a text, or a list of texts.
    pub claim: String,
    /// The text that it is or has.
    pub value: String,
    /// Code of the organisation that the account acts for.
    pub organisation: String,
    /// Its role there.
    pub role: Role,
}

impl MappingRule {
    /// Whether a rule may give a role. Who runs the register, and who runs the program, is never a provider's word: nobody is
    /// let in by one party alone.
    pub const fn may_give(role: Role) -> bool {
        match role {
            Role::NgoMember | Role::Officer | Role::Approver | Role::Observer => true,
            Role::Secretariat | Role::Admin => false,
        }
    }
}

impl OpenIdSettings {
    /// As what a register at an address is known to the provider, and what it asks for.
    pub(crate) fn provider(&self, public_url: &str) -> qadam_openid::ProviderSettings {
        let mut scopes = vec!["openid".to_owned()];
        scopes.extend(self.scopes.iter().filter(|scope| *scope != "openid").cloned());
        let mut wanted = vec![self.email_claim.clone(), EMAIL_VERIFIED.to_owned(), self.name_claim.clone()];
        wanted.extend(self.rules.iter().map(|rule| rule.claim.clone()));
        qadam_openid::ProviderSettings {
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
            redirect_uri: format!("{public_url}{OPENID_CALLBACK}"),
            scopes,
            wanted,
        }
    }
}

/// The claim that says whether the address was verified (OpenID Connect Core, section 5.1).
pub(crate) const EMAIL_VERIFIED: &str = "email_verified";
