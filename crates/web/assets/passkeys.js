"use strict";
// Passkeys: what a device answers is sent with the form that asks for it. Without this, or in a browser that knows no
// passkeys, the forms stay hidden and the page says so.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer ?? []), (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const devices = {
  // The challenge is asked for when it is needed: it is good for five minutes, and pages stay open longer.
  async use(form) {
    const asked = await fetch(form.dataset.challenges, { method: "POST" });
    const options = await asked.json();
    const publicKey = { ...options, challenge: bytes(options.challenge) };
    const { rawId, response } = await navigator.credentials.get({ publicKey });
    return {
      credential_id: rawId,
      client_data: response.clientDataJSON,
      authenticator_data: response.authenticatorData,
      signature: response.signature,
      user_handle: response.userHandle,
    };
  },
  async make(form) {
    const options = JSON.parse(form.dataset.options);
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: options.excludeCredentials.map((known) => ({ ...known, id: bytes(known.id) })),
    };
    const { response } = await navigator.credentials.create({ publicKey });
    return { client_data: response.clientDataJSON, attestation_object: response.attestationObject };
  },
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    const device = devices[form.dataset.passkey];
    const failed = form.querySelector("[data-failed]");
    form.addEventListener("submit", async (event) => {
      if (!device) { return; }
      event.preventDefault();
      failed.hidden = true;
      try {
        for (const [name, answer] of Object.entries(await device(form))) {
          form.elements[name].value = text(answer);
        }
        form.submit();
      } catch {
        // Whoever changed their mind, or has no passkey here, is told the same: browsers do not tell them apart.
        failed.hidden = false;
      }
    });
  }
  for (const other of document.querySelectorAll("[data-without-passkeys]")) { other.hidden = true; }
}
