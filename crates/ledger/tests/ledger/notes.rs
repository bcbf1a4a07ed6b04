//! Signed notes against the examples of C2SP's `signed-note.md` and of Go's `sumdb/note`.

use qadam_ledger::{
    KeyName, MAX_NOTE_LENGTH, MAX_SIGNATURES, NoteError, SignedNote, Signer, SigningKey, Verifier,
    VerifyingKey,
};

use crate::fixtures::{FIRST_PEM, FIRST_VERIFIER, ORIGIN, SECOND_PEM, SECOND_VERIFIER, signer};

/// The example of the specification.
const EXAMPLE: &str = "This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
";
const EXAMPLE_VERIFIER: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

/// The example of Go's tests, with the private key's seed in PKCS#8.
const PETER_PEM: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIIEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz
-----END PRIVATE KEY-----
";
const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_LINE: &str = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn verifier(text: &str) -> Verifier {
    text.parse().unwrap()
}

fn name(text: &str) -> KeyName {
    text.parse().unwrap()
}

/// Whether the note is accepted by these keys.
fn open(note: &str, known: &[Verifier]) -> Result<String, NoteError> {
    let note: SignedNote = note.parse()?;
    Ok(note.verify(known)?.text().to_owned())
}

#[test]
fn the_example_of_the_specification_is_accepted() {
    assert_eq!(open(EXAMPLE, &[verifier(EXAMPLE_VERIFIER)]).unwrap(), "This is an example message.\n");
    assert_eq!(EXAMPLE.parse::<SignedNote>().unwrap().to_string(), EXAMPLE);
}

#[test]
fn the_example_of_go_is_signed_byte_for_byte() {
    let peter = Signer::new(name("PeterNeumann"), SigningKey::from_pem(PETER_PEM).unwrap());
    assert_eq!(peter.verifier().to_string(), PETER);
    assert_eq!(SignedNote::sign(TEXT, &[&peter]).unwrap().to_string(), format!("{TEXT}\n{PETER_LINE}"));
}

#[test]
fn signatures_by_unknown_keys_are_ignored() {
    let both = format!("{TEXT}\n{PETER_LINE}{ENOCH_LINE}");
    for known in [&[PETER][..], &[ENOCH], &[PETER, ENOCH], &[ENOCH, EXAMPLE_VERIFIER]] {
        let known: Vec<_> = known.iter().map(|text| verifier(text)).collect();
        assert_eq!(open(&both, &known).unwrap(), TEXT);
    }
    assert_eq!(open(&both, &[verifier(EXAMPLE_VERIFIER)]), Err(NoteError::NoKnownKey));
    assert_eq!(open(&both, &[]), Err(NoteError::NoKnownKey));
    let note: SignedNote = both.parse().unwrap();
    let known = [verifier(PETER)];
    let verified = note.verify(&known).unwrap();
    assert!(verified.is_signed_by(&name("PeterNeumann")));
    assert!(!verified.is_signed_by(&name("EnochRoot")));
}

#[test]
fn one_wrong_signature_by_a_known_key_spoils_the_note() {
    let known = [verifier(PETER), verifier(ENOCH)];
    let wrong = Err(NoteError::WrongSignature(name("EnochRoot")));
    let changed = ENOCH_LINE.replace("rwz+eBzm", "rwz+eBzn");
    assert_eq!(open(&format!("{TEXT}\n{PETER_LINE}{changed}"), &known), wrong);
    // The same line is ignored by those who do not know the key.
    assert_eq!(open(&format!("{TEXT}\n{PETER_LINE}{changed}"), &known[..1]).unwrap(), TEXT);
    let other = format!("{}\n{PETER_LINE}", TEXT.replace("answer", "answe2"));
    assert_eq!(open(&other, &known), Err(NoteError::WrongSignature(name("PeterNeumann"))));
}

#[test]
fn a_signature_counts_for_its_own_name_and_id_only() {
    let known = [verifier(PETER)];
    let misnamed = PETER_LINE.replace("PeterNeumann", "CarmenSandiego");
    assert_eq!(open(&format!("{TEXT}\n{misnamed}"), &known), Err(NoteError::NoKnownKey));
    let other_id = PETER_LINE.replace("x08g", "xxxx");
    assert_eq!(open(&format!("{TEXT}\n{other_id}"), &known), Err(NoteError::NoKnownKey));
}

#[test]
fn a_key_known_twice_is_known_once() {
    let known = [verifier(PETER), verifier(PETER)];
    assert_eq!(open(&format!("{TEXT}\n{PETER_LINE}"), &known).unwrap(), TEXT);
}

#[test]
fn two_known_keys_of_one_name_and_id_are_refused() {
    // Found by trying: as public keys of this name, both numbers have the id d0722433.
    let known = [61_518_u64, 124_281].map(|number| {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        Verifier::new(name(ORIGIN), VerifyingKey::from_bytes(bytes))
    });
    assert_eq!(known.each_ref().map(Verifier::id), [[0xd0, 0x72, 0x24, 0x33]; 2]);
    let note = format!("text\n\n— {ORIGIN} 0HIkMwAA\n");
    assert_eq!(open(&note, &known), Err(NoteError::AmbiguousKey(name(ORIGIN))));
    assert_eq!(open(&note, &known[..1]), Err(NoteError::WrongSignature(name(ORIGIN))));
}

#[test]
fn malformed_notes_are_refused() {
    let known = [verifier(PETER)];
    let malformed = [
        String::new(),
        TEXT.to_owned(),
        format!("{TEXT}\n"),
        format!("{TEXT}{PETER_LINE}"),
        format!("\n{PETER_LINE}"),
        format!("{TEXT}\n{}", PETER_LINE.trim_end()),
        format!("\u{1}{TEXT}\n{PETER_LINE}"),
        format!("{}\n{PETER_LINE}", TEXT.replace('\n', "\r\n")),
        format!("{TEXT}\n{PETER_LINE}\r\n"),
        format!("{TEXT}\n{PETER_LINE}Unexpected line.\n"),
        format!("{TEXT}\n{PETER_LINE}\n"),
        format!("{TEXT}\n{}", PETER_LINE.replace("PeterNeumann", "Bad Name")),
        format!("{TEXT}\n{}", PETER_LINE.replace("PeterNeumann", "Bad+Name")),
        format!("{TEXT}\n{}", PETER_LINE.replace("PeterNeumann", "")),
        format!("{TEXT}\n{}", PETER_LINE.replace('—', "-")),
        format!("{TEXT}\n{}", PETER_LINE.replace("nAM=", "nAM")),
        format!("{TEXT}\n{}", PETER_LINE.replace("nAM=", "nAN=")),
        format!("{TEXT}\n— PeterNeumann x08gow==\n"),
    ];
    for note in malformed {
        assert!(open(&note, &known).is_err(), "{note:?} is accepted");
    }
}

#[test]
fn a_text_may_have_empty_lines_and_is_divided_at_the_last() {
    let signer = signer(FIRST_PEM);
    for text in ["a\n\nb\n", "a\n\n", "\n", "— not a signature\n\n— nor this\n"] {
        let note = SignedNote::sign(text, &[&signer]).unwrap().to_string();
        assert_eq!(open(&note, &[verifier(FIRST_VERIFIER)]).unwrap(), text);
    }
}

#[test]
fn a_text_that_cannot_be_read_back_is_not_signed() {
    let signer = signer(FIRST_PEM);
    for text in ["", "no newline", "tab\t\n", "return\r\n", "\0\n"] {
        assert_eq!(SignedNote::sign(text, &[&signer]), Err(NoteError::Text), "{text:?}");
    }
    assert_eq!(SignedNote::sign("text\n", &[]), Err(NoteError::SignatureCount));
}

#[test]
fn notes_are_bounded() {
    let known = [verifier(PETER)];
    let signed = |count| format!("{TEXT}\n{}", PETER_LINE.repeat(count));
    assert_eq!(open(&signed(MAX_SIGNATURES), &known).unwrap(), TEXT);
    assert_eq!(open(&signed(MAX_SIGNATURES + 1), &known), Err(NoteError::SignatureCount));
    let of_length = |length| format!("{}\n\n{ENOCH_LINE}", "a".repeat(length - 2 - ENOCH_LINE.len()));
    assert_eq!(open(&of_length(MAX_NOTE_LENGTH), &known), Err(NoteError::NoKnownKey));
    assert_eq!(open(&of_length(MAX_NOTE_LENGTH + 1), &known), Err(NoteError::TooLong));
    let key = signer(FIRST_PEM);
    assert!(SignedNote::sign("text\n", &[&key; MAX_SIGNATURES]).is_ok());
    assert_eq!(SignedNote::sign("text\n", &[&key; MAX_SIGNATURES + 1]), Err(NoteError::SignatureCount));
}

#[test]
fn while_a_key_is_replaced_the_old_and_the_new_one_both_verify() {
    let (old, new) = (signer(FIRST_PEM), signer(SECOND_PEM));
    let note = SignedNote::sign("text\n", &[&old, &new]).unwrap().to_string();
    assert_eq!(open(&note, &[verifier(FIRST_VERIFIER)]).unwrap(), "text\n");
    assert_eq!(open(&note, &[verifier(SECOND_VERIFIER)]).unwrap(), "text\n");
    assert_eq!(open(&note, &[verifier(FIRST_VERIFIER), verifier(SECOND_VERIFIER)]).unwrap(), "text\n");
}

#[test]
fn verifier_keys_are_written_as_they_are_read() {
    for text in [PETER, ENOCH, EXAMPLE_VERIFIER, FIRST_VERIFIER, SECOND_VERIFIER] {
        assert_eq!(verifier(text).to_string(), text);
    }
    assert_eq!(verifier(FIRST_VERIFIER), *signer(FIRST_PEM).verifier());
    assert_eq!(verifier(FIRST_VERIFIER).id(), [0x33, 0xc1, 0xa7, 0xe1]);
    assert_eq!(verifier(FIRST_VERIFIER).name().as_str(), ORIGIN);
}

#[test]
fn mangled_verifier_keys_are_refused() {
    for start in 0..PETER.len() {
        for end in start..=PETER.len() {
            let whole = start == 0 && end == PETER.len();
            assert_eq!(PETER[start..end].parse::<Verifier>().is_ok(), whole, "{}", &PETER[start..end]);
        }
        let mut bytes = PETER.as_bytes().to_vec();
        bytes[start] += 1;
        let changed = String::from_utf8(bytes).unwrap();
        assert!(changed.parse::<Verifier>().is_err(), "{changed} is accepted");
    }
    // A key that is too long, and another algorithm, each with its right id.
    for wrong in [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ] {
        assert_eq!(wrong.parse::<Verifier>(), Err(NoteError::VerifierKey), "{wrong}");
    }
}

#[test]
fn names_have_no_blanks_and_no_plus() {
    for wrong in ["", " ", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{2003}", "a\tb", "a\u{7f}"] {
        assert_eq!(KeyName::new(wrong), Err(NoteError::Name), "{wrong:?}");
    }
    for right in ["qadam.example/log", "қадам.example", "—"] {
        assert_eq!(KeyName::new(right).unwrap().as_str(), right);
    }
}
