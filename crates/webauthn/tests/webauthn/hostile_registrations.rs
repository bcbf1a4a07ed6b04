//! Registering: each check violated once.

use qadam_webauthn::{Algorithm, NewCredential, Refusal, Registration, challenge_of, verify_registration};

use crate::device::{ATTESTED, BACKED_UP, Device, EXTENDED, Made, PRESENT, VERIFIED, attestation_object};
use crate::{CHALLENGE, ORIGIN, devices, party};

fn verify(made: &Made) -> Result<NewCredential, Refusal> {
    let registration =
        Registration { client_data: &made.client_data, attestation_object: &made.attestation_object };
    verify_registration(&party(), CHALLENGE, registration)
}

#[test]
fn what_a_device_made_here_is_taken_with_its_key_and_its_flags() {
    for device in devices() {
        let made = device.make(CHALLENGE);
        assert_eq!(challenge_of(&made.client_data).as_deref(), Ok(CHALLENGE));
        let credential = verify(&made).unwrap();
        assert_eq!(credential.id, b"credential");
        assert!(credential.backup_eligible && credential.backed_up);
        let (algorithm, length) = match device.key {
            crate::device::Key::Es256(_) => (Algorithm::Es256, 65),
            crate::device::Key::EdDsa(_) => (Algorithm::EdDsa, 32),
        };
        assert_eq!((credential.public_key.algorithm, credential.public_key.bytes.len()), (algorithm, length));
    }
    let mut bound = Device::new(ORIGIN, &[7; 1023]);
    (bound.flags, bound.sign_count) = (PRESENT | VERIFIED, 9);
    let credential = verify(&bound.make(CHALLENGE)).unwrap();
    assert!(!credential.backup_eligible && !credential.backed_up);
    assert_eq!((credential.sign_count, credential.id.len()), (9, 1023));
    // Extensions are skipped, and what browsers add to the client data too.
    let mut extended = Device::new(ORIGIN, b"credential");
    extended.flags |= EXTENDED;
    extended.trailing = vec![0xa1, 0x61, b'a', 0xf5];
    extended.added = r#","other_keys_can_be_added_here":"do not compare"}"#.trim_end_matches('}').to_owned();
    verify(&extended.make(CHALLENGE)).unwrap();
}

#[test]
fn a_device_that_says_one_thing_wrong_is_refused_for_that() {
    type Bend = fn(&mut Device);
    let table: &[(Refusal, Bend)] = &[
        (Refusal::Ceremony, |device| device.ceremony = "webauthn.get".to_owned()),
        (Refusal::Ceremony, |device| device.ceremony = "payment.get".to_owned()),
        (Refusal::Origin, |device| device.origin = "https://register.example:8443".to_owned()),
        (Refusal::Origin, |device| device.origin = "http://register.example".to_owned()),
        (Refusal::Origin, |device| device.origin = "https://www.register.example".to_owned()),
        (Refusal::Origin, |device| device.origin = "https://register.example/".to_owned()),
        (Refusal::Origin, |device| device.origin = "https://register.example.evil.example".to_owned()),
        (Refusal::Origin, |device| device.origin = "null".to_owned()),
        (Refusal::CrossOrigin, |device| device.added = r#","crossOrigin":true"#.to_owned()),
        (Refusal::CrossOrigin, |device| device.added = r#","topOrigin":"https://evil.example""#.to_owned()),
        (Refusal::ClientData, |device| device.added = r#","origin":"https://register.example""#.to_owned()),
        (Refusal::ClientData, |device| device.added = r#","crossOrigin":"no""#.to_owned()),
        (Refusal::ClientData, |device| device.added = "}{".to_owned()),
        (Refusal::RelyingParty, |device| device.party = "evil.example".to_owned()),
        (Refusal::RelyingParty, |device| device.party = "example".to_owned()),
        (Refusal::UserPresence, |device| device.flags &= !PRESENT),
        (Refusal::UserVerification, |device| device.flags &= !VERIFIED),
        (Refusal::Backup, |device| device.flags = PRESENT | VERIFIED | BACKED_UP),
        (Refusal::CredentialId, |device| device.credential_id = Vec::new()),
        (Refusal::CredentialId, |device| device.credential_id = vec![7; 1024]),
        (Refusal::AuthenticatorData, |device| device.trailing = vec![0]),
        (Refusal::AuthenticatorData, |device| device.flags |= EXTENDED),
        (Refusal::AuthenticatorData, |device| {
            device.flags |= EXTENDED;
            device.trailing = vec![0x01];
        }),
        (Refusal::AuthenticatorData, |device| {
            device.flags |= EXTENDED;
            device.trailing = vec![0x81; 40];
        }),
    ];
    for (index, (refusal, bend)) in table.iter().enumerate() {
        for mut device in devices() {
            bend(&mut device);
            assert_eq!(verify(&device.make(CHALLENGE)), Err(*refusal), "{index}");
        }
    }
}

#[test]
fn an_answer_to_another_challenge_or_to_none_is_refused() {
    let [device, _] = devices();
    assert_eq!(verify(&device.make(b"another")), Err(Refusal::Challenge));
    assert_eq!(verify(&device.make(&CHALLENGE[1..])), Err(Refusal::Challenge));
    let made = device.make(b"");
    let registration =
        Registration { client_data: &made.client_data, attestation_object: &made.attestation_object };
    assert_eq!(verify_registration(&party(), b"", registration), Err(Refusal::Challenge));
}

#[test]
fn client_data_that_no_browser_makes_is_refused() {
    let [device, _] = devices();
    let good = String::from_utf8(device.make(CHALLENGE).client_data).unwrap();
    let table: &[Vec<u8>] = &[
        Vec::new(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"{}".to_vec(),
        format!("\u{feff}{good}").into_bytes(),
        format!("{good} x").into_bytes(),
        good.replace("challenge", "challange").into_bytes(),
        good.replace("\",\"origin", "=\",\"origin").into_bytes(),
        [good.as_bytes(), b"\xff"].concat(),
    ];
    for client_data in table {
        let made = Made { client_data: client_data.clone(), ..device.make(CHALLENGE) };
        assert_eq!(verify(&made), Err(Refusal::ClientData), "{}", String::from_utf8_lossy(client_data));
        assert_eq!(challenge_of(client_data), Err(Refusal::ClientData));
    }
}

/// The authenticator's data of a device, with the place of its key.
fn data_of(device: &Device) -> (Vec<u8>, usize) {
    let made = device.make(CHALLENGE);
    let before = attestation_object(&[]).len();
    let data = made.attestation_object[before..].to_vec();
    (data, 37 + 16 + 2 + device.credential_id.len())
}

fn with_data(device: &Device, data: &[u8]) -> Made {
    Made { attestation_object: attestation_object(data), ..device.make(CHALLENGE) }
}

#[test]
fn a_key_that_was_not_asked_for_or_is_none_is_refused() {
    let [device, edwards] = devices();
    let (data, place) = data_of(&device);
    let key = device.cose();
    let bent = |at: usize, to: u8| {
        let mut key = key.clone();
        key[at] = to;
        key
    };
    let rsa = [&[0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x41, 1, 0x21, 0x43][..], &[1, 0, 1]].concat();
    let mut twice = key.clone();
    twice[0] = 0xa6;
    twice.extend([3, 0x26]);
    let mut swapped = edwards.cose();
    swapped[4] = 0x26;
    let table = [
        ("another kind of key", bent(2, 1)),
        ("ES384", [&key[..4], &[0x38, 0x22], &key[5..]].concat()),
        ("an algorithm of another key", bent(4, 0x27)),
        ("another curve", bent(6, 2)),
        ("RSA", rsa),
        ("a member twice", twice),
        ("Ed25519 said to be on P-256", swapped),
        ("a point that is not on the curve", bent(key.len() - 1, key[key.len() - 1] ^ 1)),
        ("a point at nothing", [&key[..10], &[0; 32], &key[42..45], &[0; 32]].concat()),
        ("half a point", [&[0xa4], &key[1..42]].concat()),
        ("a short coordinate", [&key[..9], &[31], &key[10..41], &key[42..]].concat()),
        ("a number", vec![1]),
        ("a text", vec![0x61, b'a']),
    ];
    for (what, key) in table {
        let made = with_data(&device, &[&data[..place], &key].concat());
        assert_eq!(verify(&made), Err(Refusal::PublicKey), "{what}");
    }
}

#[test]
fn data_that_is_cut_short_anywhere_is_refused() {
    for device in devices() {
        let (data, _) = data_of(&device);
        assert!(verify(&with_data(&device, &data)).is_ok());
        for length in 0..data.len() {
            assert!(verify(&with_data(&device, &data[..length])).is_err(), "{length}");
        }
    }
}

#[test]
fn an_object_that_is_none_or_holds_no_credential_is_refused() {
    let [device, _] = devices();
    let good = device.make(CHALLENGE).attestation_object;
    let no_credential = {
        let (data, _) = data_of(&device);
        let mut data = data[..37].to_vec();
        data[32] &= !ATTESTED;
        attestation_object(&data)
    };
    let twice = {
        let member = &good[b"\xa3\x63fmt\x64none\x67attStmt\xa0".len()..];
        let mut twice = [&good, member].concat();
        twice[0] = 0xa4;
        twice
    };
    let nested = [vec![0xa1, 0x68], b"authData".to_vec(), vec![0x81; 100_000]].concat();
    let endless =
        [vec![0xa1, 0x68], b"authData".to_vec(), vec![0x5b, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]].concat();
    for object in [
        Vec::new(),
        vec![0xa0],
        vec![0x80],
        no_credential,
        twice,
        nested,
        endless,
        [&good[..], &[0]].concat(),
        good[..good.len() - 1].to_vec(),
        [vec![0xa1, 0x68], b"authData".to_vec(), vec![0x61, b'a']].concat(),
    ] {
        let made = Made { attestation_object: object, ..device.make(CHALLENGE) };
        assert_eq!(verify(&made), Err(Refusal::AttestationObject));
    }
}
