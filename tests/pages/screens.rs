//! The table of all screens: every page of the register, who looks at it, and what it answers.
//!
//! A new page needs a new row here and nothing else: all checks go over this table.

/// Who looks at a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Who {
    Nobody,
    Officer,
    Approver,
    NgoMember,
    Secretariat,
    Admin,
    Observer,
    /// Of an independent institution.
    Institution,
    /// Of a body that has an approver.
    HealthOfficer,
    /// Of another organisation of civil society.
    OtherNgo,
}

impl Who {
    /// Role and organisation of the demonstration's account.
    pub(crate) const fn account(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Nobody => None,
            Self::Officer => Some(("officer", "GPO")),
            Self::Approver => Some(("approver", "MOH")),
            Self::NgoMember => Some(("ngo_member", "KK")),
            Self::Secretariat => Some(("secretariat", "MFA")),
            Self::Admin => Some(("admin", "MFA")),
            Self::Observer => Some(("observer", "OHCHR")),
            Self::Institution => Some(("officer", "NCHR")),
            Self::HealthOfficer => Some(("officer", "MOH")),
            Self::OtherNgo => Some(("ngo_member", "KIBHR")),
        }
    }
}

/// A page and who looks at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    /// The address below the language. A name in braces stands for what `prepared` made under that name.
    pub(crate) path: &'static str,
    pub(crate) who: Who,
    /// What it answers.
    pub(crate) status: u16,
}

/// A page by its address.
const fn at(path: &'static str, who: Who) -> Screen {
    Screen { path, who, status: 200 }
}

/// A refusal.
const fn refused(path: &'static str, who: Who, status: u16) -> Screen {
    Screen { path, who, status }
}

/// Every screen.
pub(crate) const SCREENS: &[Screen] = &[
    at("", Who::Nobody),
    at("items", Who::Nobody),
    at("items?status=in_progress&q=%D0%BF%D1%8B%D1%82%D0%BA%D0%B8", Who::Nobody),
    at("items?q=zzzzzz", Who::Nobody),
    at("items/C-2026-0008", Who::Nobody),
    at("items/C-2026-0008/history", Who::Nobody),
    at("meetings", Who::Nobody),
    at("meetings/MT01", Who::Nobody),
    at("organisations", Who::Nobody),
    at("organisations/GPO", Who::Nobody),
    at("topics", Who::Nobody),
    at("topics/prison_health", Who::Nobody),
    at("mechanisms/CAT", Who::Nobody),
    at("calendar", Who::Nobody),
    at("calendar?year=2025", Who::Nobody),
    at("method", Who::Nobody),
    at("data", Who::Nobody),
    at("verify", Who::Nobody),
    at("reprisals", Who::Nobody),
    at("help", Who::Nobody),
    at("sign-in", Who::Nobody),
    at("password", Who::Nobody),
    at("password/forgotten", Who::Nobody),
    refused("items/C-2026-9999", Who::Nobody, 404),
    refused("items?status=nonsense", Who::Nobody, 400),
    at("", Who::Officer),
    at("items/C-2026-0008", Who::NgoMember),
    at("account", Who::Officer),
    at("account", Who::Approver),
    at("account/second-factor", Who::Officer),
    at("account/passkeys", Who::Officer),
    at("account/identities", Who::Officer),
    at("account/tokens", Who::NgoMember),
    at("account/colleagues", Who::NgoMember),
    at("account/notifications", Who::Officer),
    at("account/notifications", Who::Secretariat),
    at("account/follows", Who::NgoMember),
    at("account/follows", Who::Observer),
    at("meetings/MT01", Who::Admin),
    at("work", Who::NgoMember),
    at("work", Who::Officer),
    at("work", Who::Approver),
    at("work", Who::Secretariat),
    at("items/new", Who::NgoMember),
    at("items/{draft}", Who::NgoMember),
    at("items/{draft}/edit", Who::NgoMember),
    at("items/{draft}/edit/why", Who::NgoMember),
    at("items/{draft}/edit/who", Who::NgoMember),
    at("items/{draft}/edit/outcome", Who::NgoMember),
    at("items/{draft}/check", Who::NgoMember),
    at("items/{draft}/delete", Who::NgoMember),
    at("items/{filed}", Who::NgoMember),
    at("items/{filed}/levels", Who::NgoMember),
    at("items/{filed}/readings", Who::NgoMember),
    at("items/{filed}/receipt", Who::NgoMember),
    at("items/{filed}", Who::Secretariat),
    at("items/{planned}", Who::Officer),
    at("items/{planned}/move/in_progress", Who::Officer),
    at("items/{planned}/redaction", Who::Secretariat),
    at("queue", Who::Secretariat),
    at("queue/{filed}", Who::Secretariat),
    at("meetings/new", Who::Secretariat),
    at("meetings/{meeting}", Who::Secretariat),
    at("meetings/{meeting}/edit", Who::Secretariat),
    at("meetings/{meeting}/build", Who::Secretariat),
    at("meetings/{circulated}/protocol", Who::Officer),
    at("items/record?kind=recommendation", Who::Secretariat),
    at("items/{planned}", Who::Institution),
    at("items/{planned}/report", Who::Officer),
    at("items/{planned}/reports/{report}", Who::Officer),
    at("items/{planned}/reports/{published}", Who::Officer),
    at("items/{planned}/reports/{published}", Who::NgoMember),
    at("items/{planned}/report?corrects={published}", Who::Officer),
    at("items/{filed}/move/withdrawn", Who::NgoMember),
    at("items/{planned}/links", Who::Officer),
    at("items/{planned}/links?find=%D0%BF%D1%8B%D1%82%D0%BA%D0%B8", Who::Secretariat),
    at("items/{planned}/links?find=zzzzzz", Who::Secretariat),
    at("items/{planned}/owners", Who::Secretariat),
    at("items/{filed}/parts", Who::Secretariat),
    at("items/{filed}/co-filing", Who::NgoMember),
    at("co-filing/{invitation}", Who::OtherNgo),
    at("work", Who::OtherNgo),
    at("items/{planned}/deadline", Who::Officer),
    at("items/{planned}/finding", Who::NgoMember),
    at("items/{planned}/finding", Who::Institution),
    at("items/{planned}/findings/{finding}/reply", Who::Officer),
    at("items/{planned}/question", Who::NgoMember),
    at("items/{planned}/questions/{question}", Who::Secretariat),
    at("items/{planned}/evidence", Who::Officer),
    at("items/{planned}/milestone", Who::Officer),
    at("items/{planned}/indicator", Who::Officer),
    at("items/{planned}/milestones/{milestone}", Who::Nobody),
    at("items/{planned}/milestones/{milestone}", Who::Officer),
    at("items/{planned}/indicators/{indicator}", Who::Nobody),
    at("items/{planned}/indicators/{indicator}", Who::Officer),
    at("items/{done}/closing", Who::Secretariat),
    at("items/{done}/move/closed", Who::Secretariat),
    at("items/new", Who::Officer),
    at("bulk", Who::Officer),
    at("items?owner=GPO&status=planned,in_progress", Who::Officer),
    at("bulk?owner=GPO&status=in_progress", Who::Officer),
    at("bulk?item={planned}", Who::Officer),
    at("approvals", Who::Approver),
    at("rounds", Who::Officer),
    at("rounds/new", Who::Secretariat),
    at("rounds/{round}", Who::Officer),
    at("rounds/{round}", Who::Secretariat),
    at("rounds/{round}/fill", Who::Officer),
    at("rounds/{round}/change", Who::Secretariat),
    at("accounts", Who::Admin),
    at("accounts/new", Who::Admin),
    at("accounts/{account}", Who::Admin),
    at("organisations/new", Who::Secretariat),
    at("organisations/GPO/edit", Who::Admin),
    at("work", Who::Admin),
    at("translations", Who::Secretariat),
    at("translations?language=en&state=stale&kind=proposal", Who::Secretariat),
    at("translations/{planned}?language=en", Who::Secretariat),
    at("translations/{untranslated}", Who::Secretariat),
    refused("translations", Who::Officer, 403),
];

/// Routes that answer with something other than a page: a part of one, which a page asks for while somebody writes; a file.
pub(crate) const NO_PAGES: &[&str] = &["items/similar", "items/{item}/evidence/{evidence}/file"];
