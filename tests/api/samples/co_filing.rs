//! Filing together: invitations and what becomes of them.

use http::Method;
use qadam_domain::accounts::Role;
use qadam_tests::{Person, TestRegister};
use serde_json::{Value, json};

use super::{SUBMITTER, Sample, bare, post, read};
use crate::scenes::{filed, part};

/// Proposals of KK to which KIBHR is invited.
pub(crate) struct Together {
    /// With an invitation that is taken back.
    taken_back: (String, String),
    /// With one that is accepted.
    accepted: (String, String),
    /// With one that is declined.
    declined: (String, String),
    /// Which KIBHR files too.
    shared: String,
    /// To which nobody is invited yet.
    alone: String,
}

impl Together {
    /// The proposals that requests name.
    pub(crate) fn items(&self) -> [&String; 3] {
        [&self.taken_back.0, &self.alone, &self.shared]
    }

    /// The invitations that are answered.
    pub(crate) fn answered(&self) -> [&String; 2] {
        [&self.accepted.1, &self.declined.1]
    }
}

const INVITED: Option<Person> = Some(Person::first("KIBHR", Role::NgoMember));

/// An invitation of KIBHR.
pub(crate) fn invitation() -> Value {
    json!({"organisation": "KIBHR"})
}

async fn invited(register: &TestRegister, word: &str) -> (String, String) {
    let item = filed(register, word).await;
    let open = register.ngo("KK").post(&part(&item, "co-filing-invitations"), invitation()).await.expect(201);
    (item, super::id(&open["items"][0]))
}

async fn shared(register: &TestRegister) -> String {
    let (item, invitation) = invited(register, "hazel").await;
    let at = format!("/me/co-filing-invitations/{invitation}/acceptance");
    register.ngo("KIBHR").post(&at, acceptance()).await.expect(201);
    item
}

fn acceptance() -> Value {
    json!({"text_level": "secretariat", "identity_level": "own"})
}

/// Files and invites.
pub(super) async fn together(register: &TestRegister) -> Together {
    Together {
        taken_back: invited(register, "hemlock").await,
        accepted: invited(register, "juniper").await,
        declined: invited(register, "cypress").await,
        shared: shared(register).await,
        alone: filed(register, "poplar").await,
    }
}

/// The requests about them.
pub(super) fn samples(together: &Together) -> Vec<Sample> {
    let at = |of: &str| format!("/me/co-filing-invitations{of}");
    let (item, open) = &together.taken_back;
    vec![
        read("list_co_filing_invitations", SUBMITTER, part(item, "co-filing-invitations")),
        post("invite_to_file", SUBMITTER, part(&together.alone, "co-filing-invitations"), invitation()),
        bare(
            "withdraw_co_filing_invitation",
            SUBMITTER,
            Method::DELETE,
            part(item, &format!("co-filing-invitations/{open}")),
        ),
        read("list_invitations_to_file", INVITED, at("")),
        post(
            "accept_invitation_to_file",
            INVITED,
            at(&format!("/{}/acceptance", together.accepted.1)),
            acceptance(),
        ),
        bare("leave_co_filing", SUBMITTER, Method::DELETE, part(&together.shared, "co-filing")),
        bare("decline_invitation_to_file", INVITED, Method::DELETE, at(&format!("/{}", together.declined.1))),
    ]
}
