//! Questions, answers, and what becomes of them.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use super::{OFFICER, SECRETARIAT, SUBMITTER, Sample, id, post, read};
use crate::scenes::part;

/// What was said about a commitment.
pub(crate) struct Said {
    /// A question that was passed on.
    pub(crate) question: String,
    /// One that waits.
    pub(crate) waiting: String,
    /// An answer that waits.
    pub(crate) answer: String,
}

/// A new question.
pub(crate) fn question() -> Value {
    json!({"text": {"en": "Which rooms were looked at?"}})
}

/// Asks and answers.
pub(super) async fn said(register: &TestRegister, item: &str) -> Said {
    let asked = async || {
        id(&register.ngo("KIBHR").post(&part(item, "questions"), question()).await.expect(201)["question"])
    };
    let (question, waiting) = (asked().await, asked().await);
    let on = part(item, &format!("questions/{question}/passing"));
    register.secretariat().post(&on, json!({"to": "passed_on"})).await.expect(201);
    let answer = json!({"question": question, "text": {"en": "All of them."}});
    let answer = register.officer("GPO").post(&part(item, "answers"), answer).await.expect(201);
    Said { question, waiting, answer: id(&answer["answer"]) }
}

/// The requests about them.
pub(super) fn samples(item: &str, said: &Said) -> Vec<Sample> {
    let Said { question, waiting, answer } = said;
    let refused = json!({"to": "not_passed_on", "reason": {"en": "It names a person."}});
    vec![
        read("list_questions", None, part(item, "questions")),
        read("get_question", None, part(item, &format!("questions/{question}"))),
        read("list_answers", None, part(item, "answers")),
        read("get_answer", OFFICER, part(item, &format!("answers/{answer}"))),
        post("ask_question", SUBMITTER, part(item, "questions"), self::question()),
        post(
            "answer_question",
            OFFICER,
            part(item, "answers"),
            json!({"question": question, "text": {"en": "And the yard."}}),
        ),
        post("pass_question_on", SECRETARIAT, part(item, &format!("questions/{waiting}/passing")), refused),
        post(
            "pass_answer_on",
            SECRETARIAT,
            part(item, &format!("answers/{answer}/passing")),
            json!({"to": "passed_on"}),
        ),
    ]
}
