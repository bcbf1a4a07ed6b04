//! Somebody with the database in their hands, and perhaps the key: the ledger read into memory, changed there so that
//! everything fits again, and written back past the triggers.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use qadam_app::ledger::auditing::{Audit, AuditedEntry};
use qadam_domain::levels::Level;
use qadam_ledger::{
    Admission, Checkpoint, Digest, Frontier, KeyName, Leaf, Node, Payload, Salt, SignedNote, Signer,
};
use qadam_tests::Copied;
use serde_json::{Value, json};

use crate::numbers::Numbers;

/// What guards the tables, and is gone first. On PostgreSQL nobody but the owner could do it.
const TRIGGERS: [(&str, &[&str], &str); 3] = [
    ("ledger_entry", &["ledger_entry_no_update", "ledger_entry_no_delete"], "ledger_entry_append_only"),
    ("ledger_leaf", &["ledger_leaf_no_update", "ledger_leaf_no_delete"], "ledger_leaf_append_only"),
    ("ledger_node", &["ledger_node_no_update", "ledger_node_no_delete"], "ledger_node_append_only"),
];

/// One entry in the tree with all that is stored about it.
#[derive(Clone)]
pub(crate) struct Kept {
    /// As it is stored.
    pub(crate) stored: AuditedEntry,
    /// Its leaf.
    pub(crate) leaf: Leaf,
}

/// The ledger in memory.
pub(crate) struct Ledger {
    /// The entries in the tree.
    pub(crate) entries: Vec<Kept>,
    /// The sizes at which checkpoints were signed, with their notes.
    pub(crate) checkpoints: Vec<(u64, String)>,
    /// The last place that is taken.
    last_position: i64,
    /// The digests as they were, by place.
    before: HashMap<i64, Vec<u8>>,
}

/// How far an attack goes to make everything fit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Entries, payloads and leaves.
    Leaves,
    /// All hashes of the tree, too.
    Tree,
    /// And every checkpoint that would show it, signed anew.
    Signed,
}

impl Ledger {
    /// Reads a database.
    pub(crate) async fn read(copy: &Copied) -> Self {
        let store = copy.store().await;
        let audit = Audit::begin(&store).await.unwrap();
        let leaves = audit.leaves(None, 100_000).await.unwrap();
        let entries = leaves.into_iter().map(|stored| {
            let leaf = Leaf::parse(stored.leaf.as_deref().unwrap()).unwrap();
            Kept { stored, leaf }
        });
        let entries: Vec<Kept> = entries.collect();
        let before = entries.iter().map(|entry| (entry.stored.position, entry.stored.digest.clone()));
        let before = before.collect();
        let checkpoints = audit.checkpoints(None, 100_000).await.unwrap();
        let last_position = audit.entries(0, 100_000).await.unwrap().last().unwrap().position;
        store.close().await.unwrap();
        Self { entries, checkpoints, last_position, before }
    }

    /// The signed sizes around an entry: how many were covered before it, and with it.
    pub(crate) fn batch_of(&self, seq: u64) -> (u64, u64) {
        let sizes = self.checkpoints.iter().map(|(size, _)| *size);
        let before = sizes.clone().filter(|size| *size <= seq).max().unwrap_or(0);
        (before, sizes.filter(|size| *size > seq).min().unwrap())
    }

    /// Throws all checkpoints away but the first and the last.
    pub(crate) fn forget_signed(&mut self) {
        let last = self.checkpoints.pop().unwrap();
        self.checkpoints.truncate(1);
        self.checkpoints.push(last);
    }

    /// An entry with a payload, below a number.
    pub(crate) fn any_opened(&self, numbers: &mut Numbers, below: u64) -> u64 {
        loop {
            let seq = numbers.below(usize::try_from(below).unwrap());
            if self.entries[seq].stored.opened.is_some() {
                return seq as u64;
            }
        }
    }

    /// Says something else in an entry than it said, with all that follows from it.
    pub(crate) fn edit(&mut self, seq: u64) {
        let entry = &mut self.entries[usize::try_from(seq).unwrap()];
        let (salt, text) = entry.stored.opened.clone().unwrap();
        let mut payload: Value = serde_json::from_str(&text).unwrap();
        match payload["after"].as_object_mut() {
            Some(after) => after.insert("priority".to_owned(), json!("not at all")),
            None => payload.as_object_mut().unwrap().insert("reason".to_owned(), json!({"en": "Another."})),
        };
        let salt: [u8; 32] = salt.try_into().unwrap();
        entry.commit(&payload, salt);
    }

    /// Puts an entry that nobody made before another.
    pub(crate) fn insert(&mut self, seq: u64, numbers: &mut Numbers) {
        let place = usize::try_from(seq).unwrap();
        let opened = self.any_opened(numbers, self.entries.len() as u64);
        let mut made = self.entries[usize::try_from(opened).unwrap()].clone();
        self.last_position += 1;
        made.stored.position = self.last_position;
        let payload: Value = serde_json::from_str(&made.stored.opened.clone().unwrap().1).unwrap();
        made.commit(&payload, [u8::try_from(numbers.below(256)).unwrap(); 32]);
        self.entries.insert(place, made);
        self.renumber();
    }

    /// Takes an entry away.
    pub(crate) fn delete(&mut self, seq: u64) {
        self.entries.remove(usize::try_from(seq).unwrap());
        self.renumber();
    }

    /// Lets two entries take each other's place.
    pub(crate) fn swap(&mut self, one: u64, other: u64) {
        self.entries.swap(usize::try_from(one).unwrap(), usize::try_from(other).unwrap());
        self.renumber();
    }

    /// Ends the ledger before an entry.
    pub(crate) fn truncate(&mut self, size: u64) {
        self.entries.truncate(usize::try_from(size).unwrap());
    }

    fn renumber(&mut self) {
        for (seq, entry) in self.entries.iter_mut().enumerate() {
            entry.leaf = with_seq(&entry.leaf, seq as u64);
        }
    }

    fn nodes(&self) -> (Vec<Node>, Vec<Digest>) {
        let mut frontier = Frontier::empty();
        let mut roots = vec![frontier.root()];
        let mut nodes = Vec::new();
        for entry in &self.entries {
            nodes.extend(frontier.append(entry.leaf.hash().unwrap()).unwrap());
            roots.push(frontier.root());
        }
        (nodes, roots)
    }

    /// Signs the checkpoints anew that cover an entry and all after it.
    fn sign_from(&mut self, seq: u64, signer: &Signer) {
        let (_, roots) = self.nodes();
        self.checkpoints.retain(|(size, _)| *size < roots.len() as u64);
        for (size, note) in self.checkpoints.iter_mut().filter(|(size, _)| *size > seq) {
            *note = signed(signer, *size, roots[usize::try_from(*size).unwrap()]);
        }
        let size = roots.len() as u64 - 1;
        if self.checkpoints.last().is_none_or(|(newest, _)| *newest < size) {
            self.checkpoints.push((size, signed(signer, size, *roots.last().unwrap())));
        }
    }

    /// Writes it back over what was there. What changed begins with an entry.
    pub(crate) async fn write(&mut self, copy: &Copied, depth: Depth, from: u64, signer: &Signer) {
        if depth == Depth::Signed {
            self.sign_from(from, signer);
        }
        let sql = Sql::new(copy).ledger(self, depth, from);
        copy.run(&sql).await;
    }
}

impl Kept {
    /// Commits to a payload, wherever the commitment stands.
    fn commit(&mut self, payload: &Value, salt: [u8; 32]) {
        let payload = Payload::from_json(payload).unwrap();
        let (text, digest) = payload.text_and_digest(&Salt::from_bytes(salt)).unwrap();
        self.stored.digest = digest.as_bytes().to_vec();
        self.stored.opened = Some((salt.to_vec(), text));
        let seq = self.leaf.seq();
        self.leaf = match self.leaf.admission().clone() {
            Admission::Open { at, description } => Leaf::open(seq, at, description, digest),
            Admission::Sealed { day } => Leaf::sealed(seq, day, digest),
        }
        .unwrap();
    }
}

fn with_seq(leaf: &Leaf, seq: u64) -> Leaf {
    match leaf.admission().clone() {
        Admission::Open { at, description } => Leaf::open(seq, at, description, leaf.digest()),
        Admission::Sealed { day } => Leaf::sealed(seq, day, leaf.digest()),
    }
    .unwrap()
}

fn signed(signer: &Signer, size: u64, root: Digest) -> String {
    let origin: KeyName = signer.verifier().name().clone();
    let note: SignedNote = Checkpoint { origin, size, root }.sign(&[signer]).unwrap();
    note.to_string()
}

/// Statements for one kind of database.
pub(crate) struct Sql {
    sqlite: bool,
    text: String,
}

impl Sql {
    /// Begins by taking the guards away.
    pub(crate) fn new(copy: &Copied) -> Self {
        let sqlite = copy.is_sqlite();
        let mut text = String::new();
        for (table, on_sqlite, on_postgres) in TRIGGERS {
            if sqlite {
                for name in on_sqlite {
                    writeln!(text, "DROP TRIGGER {name};").unwrap();
                }
            } else {
                writeln!(text, "DROP TRIGGER {on_postgres} ON {table};").unwrap();
            }
        }
        let begin = if sqlite { "PRAGMA foreign_keys = OFF; BEGIN;" } else { "BEGIN;" };
        writeln!(text, "{begin}").unwrap();
        Self { sqlite, text }
    }

    fn bytes(&self, bytes: &[u8]) -> String {
        let hex: String = bytes.iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        });
        if self.sqlite { format!("x'{hex}'") } else { format!("'\\x{hex}'::bytea") }
    }

    /// An identifier.
    pub(crate) fn uuid(&self, id: &str) -> String {
        if self.sqlite { format!("x'{}'", id.replace('-', "")) } else { format!("'{id}'::uuid") }
    }

    /// Adds a statement.
    pub(crate) fn then(mut self, statement: &str) -> String {
        writeln!(self.text, "{statement};\nCOMMIT;").unwrap();
        self.text
    }

    /// The ledger from an entry on, which is the first that differs.
    fn ledger(mut self, ledger: &Ledger, depth: Depth, from: u64) -> String {
        self.gone("ledger_leaf", &format!("seq >= {from}"));
        let is_there: HashSet<i64> = ledger.entries.iter().map(|entry| entry.stored.position).collect();
        let gone = ledger.before.keys().filter(|position| !is_there.contains(position));
        for position in gone {
            for table in ["ledger_withheld", "ledger_payload", "ledger_entry"] {
                self.gone(table, &format!("position = {position}"));
            }
        }
        let stored = ledger.entries.iter().map(|entry| &entry.stored);
        for stored in stored.filter(|stored| ledger.before.get(&stored.position) != Some(&stored.digest)) {
            self.entry(stored);
        }
        let leaves = ledger.entries.iter().filter(|entry| entry.leaf.seq() >= from);
        let leaves: Vec<String> = leaves.map(Self::leaf).collect();
        self.insert("ledger_leaf (seq, position, leaf)", &leaves);
        if depth != Depth::Leaves {
            self.gone("ledger_node", "level >= 0");
            let nodes: Vec<String> = ledger.nodes().0.iter().map(|node| self.node(node)).collect();
            self.insert("ledger_node (level, place, hash)", &nodes);
        }
        self.gone("ledger_checkpoint", "size >= 0");
        let checkpoints: Vec<String> =
            ledger.checkpoints.iter().map(|(size, note)| format!("({size}, {}, 0)", quoted(note))).collect();
        self.insert("ledger_checkpoint (size, note, signed_at)", &checkpoints);
        writeln!(self.text, "COMMIT;").unwrap();
        self.text
    }

    fn insert(&mut self, into: &str, rows: &[String]) {
        if !rows.is_empty() {
            writeln!(self.text, "INSERT INTO {into} VALUES {};", rows.join(", ")).unwrap();
        }
    }

    fn gone(&mut self, table: &str, condition: &str) {
        writeln!(self.text, "DELETE FROM {table} WHERE {condition};").unwrap();
    }

    fn leaf(entry: &Kept) -> String {
        let leaf = quoted(&entry.leaf.canonical_json().unwrap());
        format!("({}, {}, {leaf})", entry.leaf.seq(), entry.stored.position)
    }

    fn node(&self, node: &Node) -> String {
        format!("({}, {}, {})", node.address.level, node.address.index, self.bytes(node.hash.as_bytes()))
    }

    /// An entry as it should be: what is there is changed, what is not is added.
    fn entry(&mut self, stored: &AuditedEntry) {
        let position = stored.position;
        let digest = self.bytes(&stored.digest);
        let text = |text: &Option<String>| text.as_deref().map_or("NULL".to_owned(), quoted);
        let item = stored.item.map_or("NULL".to_owned(), |id| self.uuid(&id.to_string()));
        writeln!(
            self.text,
            "INSERT INTO ledger_entry (position, action, subject_type, subject_id, subject_ref, item_id, actor_role, \
             actor_organisation, axis, level, sealed, at, digest) VALUES ({position}, {}, {}, {}, {}, {item}, {}, {}, \
             {}, {}, {}, {}, {digest}) ON CONFLICT (position) DO UPDATE SET digest = excluded.digest;",
            quoted(&stored.action),
            quoted(&stored.subject_type),
            quoted(&stored.subject_id),
            text(&stored.subject_ref),
            quoted(&stored.actor_role),
            text(&stored.actor_organisation),
            quoted(stored.axis.code()),
            Level::rank(stored.level),
            if stored.sealed { "TRUE" } else { "FALSE" },
            stored.at.0,
        )
        .unwrap();
        if let Some((salt, payload)) = &stored.opened {
            let (salt, payload) = (self.bytes(salt), quoted(payload));
            writeln!(
                self.text,
                "INSERT INTO ledger_payload (position, salt, actor_salt, payload) VALUES ({position}, {salt}, {salt}, \
                 {payload}) ON CONFLICT (position) DO UPDATE SET salt = excluded.salt, payload = excluded.payload;"
            )
            .unwrap();
        }
    }
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
