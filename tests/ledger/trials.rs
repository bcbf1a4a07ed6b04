//! Ten attacks, sixty trials of each, on copies of one register: all are found, and what is named is right.

use std::fmt::Write as _;
use std::sync::Arc;

use futures_util::{StreamExt as _, stream};
use qadam_app::ledger::auditing::Audit;
use qadam_app::ledger::signing_keys;
use qadam_app::ledger::verification::{Doubt, Evidence, Proof, verify_database};
use qadam_ledger::{Checkpoint, Kept, Leaf, SignedNote, Signer, SigningKey, Verifier};
use qadam_tests::{Copied, Left};

use crate::attacks::{Attack, Named};
use crate::numbers::Numbers;
use crate::rows::Targets;
use crate::story;

/// How many trials of each attack there are on SQLite, and how many on PostgreSQL.
const TRIALS: [u64; 2] = [60, 3];

/// How many trials go on at the same time.
const AT_ONCE: usize = 4;

/// A register that was used and closed, and what somebody outside kept of it.
struct Scene {
    left: Left,
    /// Older copies, with the sizes that their ledgers have.
    older: Vec<(Copied, u64)>,
    targets: Targets,
    signer: Signer,
    /// The last published checkpoint.
    kept: Checkpoint,
    /// The leaves that it covers.
    leaves: Vec<Leaf>,
    /// The bytes of an untouched copy that was verified, where it is a file.
    verified: Option<Vec<u8>>,
}

impl Scene {
    async fn of(left: Left) -> Self {
        left.go_on(story::first_weeks).await;
        let first = left.copy().await;
        left.go_on(story::next_weeks).await;
        let second = left.copy().await;
        let targets = std::sync::Mutex::new(Targets::default());
        left.go_on(async |register| {
            *targets.lock().unwrap() = Targets::find(register).await;
        })
        .await;
        left.go_on(story::last_days).await;
        let (kept, leaves) = published(&second).await;
        let size = published(&first).await.0.size;
        // The copy from which the checkpoint was taken is not older than it; one from the beginning is.
        let older = vec![(first, size)];
        second.remove().await;
        let pem = std::fs::read_to_string(left.folder().join("keys/ledger.pem")).unwrap();
        let signer = Signer::new(kept.origin.clone(), SigningKey::from_pem(&pem).unwrap());
        let targets = targets.into_inner().unwrap();
        let mut scene = Self { left, older, targets, signer, kept, leaves, verified: None };
        scene.verify_untouched().await;
        scene
    }

    fn evidence(&self, with_leaves: bool) -> Evidence {
        let keys: Vec<Verifier> = vec![self.signer.verifier().clone()];
        let since = if with_leaves {
            Kept::whole(self.kept.clone(), &self.leaves).unwrap()
        } else {
            self.kept.clone().into()
        };
        Evidence {
            keys: keys.clone(),
            keys_ever: keys,
            keys_were_given: true,
            since: Some(since),
            receipt: None,
        }
    }

    async fn verify(&self, copy: &Copied, with_leaves: bool) -> Result<Proof, Doubt> {
        let store = copy.store().await;
        let outcome =
            verify_database(&store, &self.evidence(with_leaves), "2026-04-01".parse().unwrap()).await;
        store.close().await.unwrap();
        outcome
    }

    /// A fresh copy, which is as it should be: it is verified, or is byte for byte what was verified.
    async fn untouched(&self) -> Copied {
        let copy = self.left.copy().await;
        if self.verified.as_ref().is_some_and(|verified| copy.content().as_ref() == Some(verified)) {
            return copy;
        }
        let proof = self.verify(&copy, false).await.expect("nothing was done yet");
        assert_eq!(proof.since, Some(self.kept.size));
        copy
    }

    /// Verifies a copy that nothing was done to, with and without the leaves, and keeps it where it is a file.
    async fn verify_untouched(&mut self) {
        let copy = self.left.copy().await;
        let content = copy.content();
        for with_leaves in [false, true] {
            self.verify(&copy, with_leaves).await.expect("nothing was done yet");
        }
        copy.remove().await;
        self.verified = content;
    }

    /// Attacks the ledger once. Nothing where it was found and named.
    async fn attack(&self, attack: Attack, numbers: &mut Numbers) -> Option<String> {
        let copy = self.untouched().await;
        let named = attack.on(&copy, self.kept.size, &self.signer, numbers).await;
        let mut missed = String::new();
        let outcome = self.verify(&copy, false).await;
        if !is_named(&outcome, named, false) {
            writeln!(missed, "{attack:?}, {named:?}: {outcome:?}").unwrap();
        }
        if let Named::Among(..) = named {
            let outcome = self.verify(&copy, true).await;
            if !is_named(&outcome, named, true) {
                writeln!(missed, "{attack:?}, {named:?}, with the leaves: {outcome:?}").unwrap();
            }
        }
        copy.remove().await;
        (!missed.is_empty()).then_some(missed)
    }

    /// Changes what the register says now.
    async fn change_row(&self, numbers: &mut Numbers) -> Option<String> {
        let copy = self.untouched().await;
        let (kind, name, statement) = self.targets.change_one(&copy, numbers).await;
        let outcome = self.verify(&copy, false).await;
        copy.remove().await;
        let named = matches!(&outcome, Err(Doubt::Record { kind: told, name: known, .. })
            if told.as_str() == kind && *known == name);
        (!named).then(|| format!("{kind} {name}, {statement}: {outcome:?}"))
    }

    /// Puts an older copy in the register's place.
    async fn roll_back(&self, numbers: &mut Numbers) -> Option<String> {
        let untouched = self.untouched().await;
        untouched.remove().await;
        let (copy, size) = numbers.one_of(&self.older);
        let outcome = self.verify(copy, numbers.coin()).await;
        (!is_named(&outcome, Named::Exactly(*size), true)).then(|| format!("{size}: {outcome:?}"))
    }

    async fn remove(self) {
        for (copy, _) in self.older {
            copy.remove().await;
        }
        self.left.remove().await;
    }
}

/// The newest checkpoint of a copy and the leaves that it covers.
async fn published(copy: &Copied) -> (Checkpoint, Vec<Leaf>) {
    let store = copy.store().await;
    let audit = Audit::begin(&store).await.unwrap();
    let note: SignedNote = audit.checkpoint().await.unwrap().unwrap().parse().unwrap();
    let keys = signing_keys::keys_of(&store).await.unwrap();
    let key: Verifier = keys[0].key.parse().unwrap();
    let checkpoint = Checkpoint::open(&note, &[key]).unwrap();
    let leaves = audit.leaves(None, 100_000).await.unwrap();
    let leaves = leaves.iter().map(|stored| Leaf::parse(stored.leaf.as_deref().unwrap()).unwrap()).collect();
    store.close().await.unwrap();
    (checkpoint, leaves)
}

fn is_named(outcome: &Result<Proof, Doubt>, named: Named, with_leaves: bool) -> bool {
    let Some(suspects) = outcome.as_ref().err().and_then(Doubt::suspects) else { return false };
    match named {
        Named::Exactly(seq) => (suspects.first, suspects.last) == (seq, seq),
        Named::Among(seq, _) if with_leaves => (suspects.first, suspects.last) == (seq, seq),
        Named::Among(seq, (first, end)) => {
            suspects.contain(seq) && (suspects.first, suspects.last) == (first, end - 1)
        }
    }
}

/// One trial of one of the ten attacks.
async fn trial(scene: Arc<Scene>, attack: Option<Attack>, row: bool, seed: u64) -> Option<String> {
    let mut numbers = Numbers::seeded(seed);
    let missed = match attack {
        Some(attack) => scene.attack(attack, &mut numbers).await,
        None if row => scene.change_row(&mut numbers).await,
        None => scene.roll_back(&mut numbers).await,
    };
    missed.map(|what| format!("trial {seed}: {what}\n"))
}

/// All attacks, so many times each, several at the same time.
async fn all_attacks(scene: Scene, trials: u64) {
    let scene = Arc::new(scene);
    let attacks =
        Attack::ALL.map(|attack| (Some(attack), false)).into_iter().chain([(None, false), (None, true)]);
    let attacks: Vec<_> = attacks.collect();
    assert_eq!(attacks.len(), 10);
    let kinds = attacks.into_iter().zip(0_u64..);
    let all = kinds.flat_map(|((attack, row), kind)| {
        let scene = &scene;
        (0..trials).map(move |number| trial(Arc::clone(scene), attack, row, kind * 1_000 + number))
    });
    let outcomes = stream::iter(all).map(tokio::spawn).buffer_unordered(AT_ONCE).collect::<Vec<_>>().await;
    let missed: Vec<String> = outcomes.into_iter().filter_map(|outcome| outcome.unwrap()).collect();
    let found = trials * 10 - missed.len() as u64;
    assert!(missed.is_empty(), "{found} of {} were found and named:\n{}", trials * 10, missed.concat());
    Arc::into_inner(scene).unwrap().remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_attacks_on_a_file_are_found_in_every_trial_and_the_first_bad_entry_is_named() {
    let scene = Scene::of(Left::on_sqlite().await).await;
    all_attacks(scene, TRIALS[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_attacks_are_found_on_postgresql() {
    let scene = Scene::of(Left::on_postgres().await).await;
    all_attacks(scene, TRIALS[1]).await;
}
