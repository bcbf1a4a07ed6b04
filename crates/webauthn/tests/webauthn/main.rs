//! The verifier against a device in software: what is right holds, and each thing that can be wrong is refused for itself.

#[cfg(test)]
#[expect(unreachable_pub, reason = "the end-to-end tests have the same device, where it is public")]
mod device;
#[cfg(test)]
mod hostile_registrations;
#[cfg(test)]
mod hostile_sign_ins;

#[cfg(test)]
use device::Device;
#[cfg(test)]
use qadam_webauthn::RelyingParty;

#[cfg(test)]
const ORIGIN: &str = "https://register.example";
#[cfg(test)]
const CHALLENGE: &[u8] = b"thirty-two bytes that chance made";

#[cfg(test)]
fn party() -> RelyingParty {
    RelyingParty::at(ORIGIN).unwrap()
}

#[cfg(test)]
const HANDLE: &[u8] = b"a handle of the account";

/// A device of each kind.
#[cfg(test)]
fn devices() -> [Device; 2] {
    let devices = [Device::new(ORIGIN, b"credential"), Device::with_ed25519(ORIGIN, b"credential")];
    devices.map(|device| Device { user_handle: HANDLE.to_vec(), ..device })
}
