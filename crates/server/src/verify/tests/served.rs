//! A small server with a ledger of four entries, which says whatever a test has it say.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as Segment, Query, State};
use axum::routing::get;
use qadam_ledger::{
    Checkpoint, Day, Frontier, Leaf, Moment, Payload, PayloadActor, Salt, Signer, SigningKey, Subject,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{MINISTRY, ORIGIN, PROPOSAL};
use crate::config::Limits;
use crate::shutdown::{StopSwitch, switch};
use crate::verify::remote::{Given, verify};

/// Everything that the server says.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) key: String,
    pub(super) keys: Vec<Value>,
    pub(super) checkpoint: String,
    pub(super) entries: Vec<Value>,
    pub(super) items: Vec<Value>,
    pub(super) organisations: Vec<Value>,
    pub(super) terms: Vec<Value>,
}

pub(super) fn signer() -> Signer {
    let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n\
               -----END PRIVATE KEY-----\n";
    Signer::new(ORIGIN.parse().unwrap(), SigningKey::from_pem(pem).unwrap())
}

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn payload(kind: &str, id: &str, after: Value) -> Payload {
    Payload {
        at: Moment::Day(day("2026-03-01")),
        action: format!("{kind}.changed"),
        subject: Subject { kind: kind.to_owned(), id: id.to_owned(), reference: None },
        actor: PayloadActor {
            role: "system".to_owned(),
            organisation: None,
            digest: "00".repeat(32).parse().unwrap(),
        },
        before: Value::Null,
        after,
        reason: Value::Null,
        withheld: Vec::new(),
        redacted: Vec::new(),
    }
}

pub(super) fn organisation() -> Value {
    json!({"id": MINISTRY, "code": "MOH", "names": [{"name": {"ru": "Минздрав"}}], "parent": null})
}

pub(super) fn term() -> Value {
    json!({"vocabulary": "themes", "code": "health", "place": 0, "name": {"en": "Health"}, "data": {}})
}

/// The proposal as the ledger has it.
pub(super) fn proposal() -> Value {
    json!({
        "id": PROPOSAL, "ref": "P-2026-0001", "kind": "proposal", "status": "under_review",
        "title": {"ru": "Врачи"}, "owners": [{"organisation": "MOH", "role": "lead"}],
    })
}

/// The proposal as it is served.
pub(super) fn served() -> Value {
    json!({
        "id": PROPOSAL, "ref": "P-2026-0001", "kind": "proposal", "status": "under_review",
        "title": {"ru": "Врачи"}, "filed_by": null, "overdue": false, "updated_at": "2026-03-01T00:00:00.000Z",
        "owners": [{"organisation": {"id": MINISTRY, "code": "MOH", "name": {}, "url": ""}, "role": "lead"}],
    })
}

/// A tree over open entries, and a sealed one at its end.
fn recorded(records: &[(&str, &str, Value)]) -> (Vec<Value>, Frontier) {
    let mut frontier = Frontier::empty();
    let salt = Salt::from_bytes([7; 32]);
    let mut entries = Vec::new();
    for (kind, id, after) in records {
        let payload = payload(kind, id, after.clone());
        let seq = frontier.size();
        let digest = payload.commit(&salt).unwrap();
        let leaf = Leaf::open(seq, Moment::Day(day("2026-03-01")), payload.description(), digest).unwrap();
        frontier.append(leaf.hash().unwrap()).unwrap();
        entries.push(json!({"leaf": leaf, "salt": salt.to_hex(), "payload": payload.to_json().unwrap()}));
    }
    let sealed = Leaf::sealed(frontier.size(), day("2026-03-02"), sealed_digest()).unwrap();
    frontier.append(sealed.hash().unwrap()).unwrap();
    entries.push(json!({"leaf": sealed}));
    (entries, frontier)
}

fn sealed_digest() -> qadam_ledger::Digest {
    "11".repeat(32).parse().unwrap()
}

fn checkpoint(frontier: &Frontier) -> String {
    let checkpoint =
        Checkpoint { origin: ORIGIN.parse().unwrap(), size: frontier.size(), root: frontier.root() };
    checkpoint.sign(&[&signer()]).unwrap().to_string()
}

impl Said {
    pub(super) fn truth() -> Self {
        Self::over(&[
            ("organisation", MINISTRY, organisation()),
            ("vocabulary_term", "themes/health", term()),
            ("item", PROPOSAL, proposal()),
        ])
    }

    pub(super) fn over(records: &[(&str, &str, Value)]) -> Self {
        let (entries, frontier) = recorded(records);
        Self {
            key: signer().verifier().to_string(),
            keys: vec![json!({"key": signer().verifier().to_string(), "rotation": null})],
            checkpoint: checkpoint(&frontier),
            entries,
            items: vec![served()],
            organisations: vec![organisation()],
            terms: vec![term()],
        }
    }

    pub(super) async fn verified(self) -> String {
        self.verified_with(None, None, None).await
    }

    /// The line that verifying ends with.
    pub(super) async fn verified_with(
        self,
        key: Option<&str>,
        since: Option<&Path>,
        receipt: Option<&Path>,
    ) -> String {
        let (address, _switch) = self.served().await;
        match verify(&address, &Given { key, since, receipt }).await {
            Ok(proof) => proof.to_string(),
            Err(doubt) => doubt.to_string(),
        }
    }

    pub(super) async fn served(self) -> (String, StopSwitch) {
        let list = |items: fn(&Said) -> &Vec<Value>| {
            get(async move |State(said): State<Arc<Said>>| axum::Json(json!({"items": items(&said)})))
        };
        let router = Router::new()
            .route("/api/v1/ledger/key", get(async |State(said): State<Arc<Self>>| said.key.clone()))
            .route(
                "/api/v1/ledger/checkpoint",
                get(async |State(said): State<Arc<Self>>| said.checkpoint.clone()),
            )
            .route("/api/v1/ledger/keys", list(|said| &said.keys))
            .route("/api/v1/ledger/entries", get(entries))
            .route("/api/v1/items", list(|said| &said.items))
            .route("/api/v1/meetings", get(async || axum::Json(json!({"items": []}))))
            .route("/api/v1/reporting-rounds", get(async || axum::Json(json!({"items": []}))))
            .route("/api/v1/organisations", list(|said| &said.organisations))
            .route("/api/v1/vocabularies", get(async || axum::Json(json!({"items": [{"code": "themes"}]}))))
            .route(
                "/api/v1/vocabularies/{code}",
                get(async |Segment(_): Segment<String>, State(said): State<Arc<Self>>| {
                    axum::Json(json!({"code": "themes", "items": said.terms}))
                }),
            )
            .with_state(Arc::new(self));
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", socket.local_addr().unwrap());
        let (switch, stop) = switch();
        tokio::spawn(crate::listener::serve(socket, router, Limits::default(), stop));
        (address, switch)
    }
}

#[derive(serde::Deserialize)]
struct Part {
    after: Option<usize>,
    limit: usize,
}

/// Two entries at a time at most, so that there is more than one page.
async fn entries(State(said): State<Arc<Said>>, Query(part): Query<Part>) -> axum::Json<Value> {
    let from = part.after.map_or(0, |after| after + 1);
    let items: Vec<_> = said.entries.iter().skip(from).take(part.limit.min(2)).collect();
    axum::Json(json!({"items": items}))
}
