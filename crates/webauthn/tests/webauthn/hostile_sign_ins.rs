//! Signing in: each check violated once.

use qadam_webauthn::{
    KnownCredential, NewCredential, Refusal, Registration, SignIn, Use, verify_registration, verify_sign_in,
};

use crate::device::{BACKED_UP, Device, ELIGIBLE, EXTENDED, PRESENT, Said, VERIFIED};
use crate::{CHALLENGE, HANDLE, ORIGIN, devices, party};

fn kept(device: &Device) -> NewCredential {
    let made = device.make(CHALLENGE);
    let registration =
        Registration { client_data: &made.client_data, attestation_object: &made.attestation_object };
    verify_registration(&party(), CHALLENGE, registration).unwrap()
}

fn verify(kept: &NewCredential, said: &Said) -> Result<Use, Refusal> {
    let known = KnownCredential {
        public_key: &kept.public_key,
        user_handle: HANDLE,
        backup_eligible: kept.backup_eligible,
    };
    let sign_in = SignIn {
        client_data: &said.client_data,
        authenticator_data: &said.authenticator_data,
        signature: &said.signature,
        user_handle: &said.user_handle,
    };
    verify_sign_in(&party(), CHALLENGE, known, sign_in)
}

#[test]
fn what_the_device_signed_here_holds_and_says_how_often_and_whether_the_key_was_copied() {
    for mut device in devices() {
        let kept = kept(&device);
        device.sign_count = 41;
        let used = verify(&kept, &device.sign(CHALLENGE));
        assert_eq!(used, Ok(Use { sign_count: 41, backed_up: true }));
        device.flags &= !BACKED_UP;
        let used = verify(&kept, &device.sign(CHALLENGE));
        assert_eq!(used, Ok(Use { sign_count: 41, backed_up: false }));
    }
}

#[test]
fn a_device_that_says_one_thing_wrong_is_refused_for_that() {
    type Bend = fn(&mut Device);
    let table: &[(Refusal, Bend)] = &[
        (Refusal::Ceremony, |device| device.ceremony = "webauthn.create".to_owned()),
        (Refusal::Origin, |device| device.origin = "https://evil.example".to_owned()),
        (Refusal::Origin, |device| device.origin = "https://REGISTER.example".to_owned()),
        (Refusal::CrossOrigin, |device| device.added = r#","crossOrigin":true"#.to_owned()),
        (Refusal::CrossOrigin, |device| device.added = r#","topOrigin":"https://evil.example""#.to_owned()),
        (Refusal::RelyingParty, |device| device.party = "evil.example".to_owned()),
        (Refusal::UserPresence, |device| device.flags &= !PRESENT),
        (Refusal::UserVerification, |device| device.flags &= !VERIFIED),
        (Refusal::Backup, |device| device.flags &= !ELIGIBLE),
        (Refusal::Backup, |device| device.flags &= !(ELIGIBLE | BACKED_UP)),
        (Refusal::AuthenticatorData, |device| device.trailing = vec![0]),
        (Refusal::AuthenticatorData, |device| device.flags |= EXTENDED),
        (Refusal::Signature, |device| device.key = Device::new(ORIGIN, b"other").key),
        (Refusal::Signature, |device| device.key = Device::with_ed25519(ORIGIN, b"other").key),
    ];
    for (index, (refusal, bend)) in table.iter().enumerate() {
        for mut device in devices() {
            let kept = kept(&device);
            bend(&mut device);
            assert_eq!(verify(&kept, &device.sign(CHALLENGE)), Err(*refusal), "{index}");
        }
    }
}

#[test]
fn an_answer_to_another_challenge_is_refused() {
    let [device, _] = devices();
    assert_eq!(verify(&kept(&device), &device.sign(b"another")), Err(Refusal::Challenge));
}

#[test]
fn a_passkey_of_one_account_signs_in_to_no_other() {
    let [mut device, _] = devices();
    let kept = kept(&device);
    for handle in [&b""[..], b"a handle of the account!", b"a handle of another one"] {
        device.user_handle = handle.to_vec();
        assert_eq!(verify(&kept, &device.sign(CHALLENGE)), Err(Refusal::UserHandle));
    }
}

#[test]
fn no_bit_of_what_was_signed_can_be_another() {
    for device in devices() {
        let (kept, said) = (kept(&device), device.sign(CHALLENGE));
        for place in 0..said.signature.len() {
            let mut said = said.clone();
            said.signature[place] ^= 1;
            assert_eq!(verify(&kept, &said), Err(Refusal::Signature), "{place}");
        }
        for place in 0..said.authenticator_data.len() {
            let mut said = said.clone();
            said.authenticator_data[place] ^= 1;
            assert!(verify(&kept, &said).is_err(), "{place}");
        }
        for place in 0..said.client_data.len() {
            let mut said = said.clone();
            said.client_data[place] ^= 1;
            assert!(verify(&kept, &said).is_err(), "{place}");
        }
        for length in 0..said.authenticator_data.len() {
            let said =
                Said { authenticator_data: said.authenticator_data[..length].to_vec(), ..said.clone() };
            assert!(verify(&kept, &said).is_err(), "{length}");
        }
        let unsigned = Said { signature: Vec::new(), ..said };
        assert_eq!(verify(&kept, &unsigned), Err(Refusal::Signature));
    }
}
