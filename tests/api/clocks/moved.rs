//! Whatever the machine's clock does, no stage comes twice, none is left out, none too early.

use qadam_tests::TestRegister;
use serde_json::json;

use super::{read, rows, stages};
use crate::scenes::{announced, change};

#[tokio::test]
async fn what_was_missed_is_recorded_in_order_each_with_its_own_day() {
    TestRegister::on_both(async |register| {
        let id = announced(register, "GPO", "larch").await;
        register.pass_days(400);
        assert_eq!(register.advance().await, 4);
        let recorded = rows([
            ["confirmation", "due_soon", "2026-03-27", "2027-04-06"],
            ["confirmation", "overdue", "2026-04-02", "2027-04-06"],
            ["confirmation", "letter_drafted", "2026-04-12", "2027-04-06"],
            ["confirmation", "listed_for_meeting", "2026-04-22", "2027-04-06"],
        ]);
        assert_eq!(stages(register.anonymous(), &id).await, recorded);
    })
    .await;
}

#[tokio::test]
async fn a_clock_set_back_takes_nothing_back_and_repeats_nothing() {
    TestRegister::on_both(async |register| {
        let id = announced(register, "GPO", "larch").await;
        register.pass_days(31);
        assert_eq!(register.advance().await, 2);
        register.pass_days(-30);
        assert_eq!(register.advance().await, 0);
        let response = read(register.secretariat(), &id).await["response"].clone();
        assert_eq!((&response["stage"], &response["days"]), (&json!(null), &json!(1)), "by the day alone");
        register.pass_days(-30);
        assert_eq!(read(register.secretariat(), &id).await["response"]["days"], 0);
        register.pass_days(70);
        assert_eq!(register.advance().await, 1, "the letter; what came before stands");
        let names: Vec<_> =
            stages(register.anonymous(), &id).await.into_iter().map(|[_, stage, ..]| stage).collect();
        assert_eq!(names, ["due_soon", "overdue", "letter_drafted"]);
    })
    .await;
}

/// Numbers that look random and are the same in each run (a linear congruential generator; Knuth, MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[tokio::test]
async fn in_a_long_life_with_a_clock_that_jumps_every_wait_has_its_stages_once_and_in_order() {
    TestRegister::on_both(async |register| {
        const ORDER: [&str; 4] = ["due_soon", "overdue", "letter_drafted", "listed_for_meeting"];
        let id = announced(register, "GPO", "larch").await;
        let (mut numbers, mut waiting) = (Numbers(7), true);
        for step in 0..80 {
            match numbers.below(6) {
                0 => {
                    let to = if waiting {
                        json!({"to": "declined", "reason": {"en": "Not ours."}})
                    } else {
                        let url = format!("https://example.org/{step}");
                        json!({"to": "announced", "source": {"quote": "We shall.", "url": url}})
                    };
                    let caller = if waiting { register.officer("GPO") } else { register.secretariat() };
                    change(caller, &id, to).await;
                    waiting = !waiting;
                }
                1 => register.pass_days(-i64::try_from(numbers.below(30)).unwrap()),
                _ => register.pass_days(i64::try_from(numbers.below(30)).unwrap()),
            }
            if numbers.below(3) > 0 {
                register.advance().await;
            }
        }
        let list = register.secretariat().get(&format!("/items/{id}/response-stages")).await.expect(200);
        let mut waits: Vec<(String, Vec<String>)> = Vec::new();
        for entry in list["items"].as_array().unwrap() {
            let text = |name: &str| entry[name].as_str().unwrap().to_owned();
            assert!(text("due_on") <= text("recorded_on"), "early: {entry}");
            match waits.iter_mut().find(|(wait, _)| *wait == text("wait")) {
                Some((_, stages)) => stages.push(text("stage")),
                None => waits.push((text("wait"), vec![text("stage")])),
            }
        }
        assert!(waits.len() > 2, "{waits:?}");
        for (wait, stages) in waits {
            assert_eq!(stages, ORDER[..stages.len()], "{wait}");
        }
    })
    .await;
}
