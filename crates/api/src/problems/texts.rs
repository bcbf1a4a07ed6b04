//! Every code that the program knows has its texts.

use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_localisation::exists;

#[test]
fn every_code_has_a_title_a_sentence_and_an_explanation() {
    for code in Code::ALL {
        let word = code.as_str();
        for key in
            [format!("problem-{word}-title"), format!("problem-{word}"), format!("problem-{word}-page")]
        {
            assert!(exists(&key), "{key}");
        }
    }
}

#[test]
fn every_field_code_has_a_sentence() {
    for code in FieldCode::ALL {
        assert!(exists(&format!("field-{}", code.as_str())), "{code:?}");
    }
}
