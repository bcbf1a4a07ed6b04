"use strict";
// What the pages can do without: each part begins only where its page has something for it.

// A form that is kept while it is typed: sent as it is sent by its button, and told apart by a header.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const said = form.querySelector("[data-saved]");
  let waiting = 0;
  let sending = false;
  let changed = false;
  const save = async () => {
    if (sending) { changed = true; return; }
    sending = true;
    changed = false;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { "X-Autosave": "1" },
        body: new URLSearchParams(new FormData(form)),
      });
      if (answer.ok && answer.headers.get("content-type")?.startsWith("application/json")) {
        const kept = await answer.json();
        form.elements.etag.value = kept.etag;
        form.action = kept.action;
        history.replaceState(null, "", kept.action);
        said.textContent = kept.said;
      }
    } catch {
      // Without a connection nothing is kept now; the next letter, or the button, tries again.
    }
    sending = false;
    if (changed) { later(); }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 1500);
  };
  form.addEventListener("input", later);
  form.addEventListener("submit", () => clearTimeout(waiting));
}

// What is like a title already, shown while it is typed.
for (const place of document.querySelectorAll("[data-similar]")) {
  const titles = place.closest("form").querySelectorAll("[name^='title.']");
  let waiting = 0;
  const look = async (title) => {
    const answer = await fetch(`${place.dataset.similar}?title=${encodeURIComponent(title)}`);
    if (answer.ok) { place.innerHTML = await answer.text(); }
  };
  for (const title of titles) {
    title.addEventListener("input", () => {
      clearTimeout(waiting);
      if (title.value.trim().length > 8) {
        waiting = setTimeout(() => look(title.value.trim()), 600);
      }
    });
  }
}

// Single keys in lists. On for accounts, off for the public, and otherwise as this browser was told (the cookie).
const told = document.cookie.match(/(?:^|; )qadam_shortcuts=(on|off)/)?.[1];
if (told ? told === "on" : "keys" in document.body.dataset) {
  // Other alphabets have other letters on the same keys.
  const byPlace = { KeyJ: "j", KeyK: "k", KeyO: "o", KeyX: "x" };
  const keyOf = (event) => {
    if (/^[a-z/?]$/.test(event.key)) { return event.key; }
    if (event.code === "Slash" && /^[.,№]$/.test(event.key)) { return event.shiftKey ? "?" : "/"; }
    return /^[^\x00-\x7f]$/.test(event.key) ? byPlace[event.code] : undefined;
  };
  const shows = (element) => element?.checkVisibility();
  const types = (element) =>
    element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog");
  const rows = () => [...document.querySelectorAll("main .rows > li")].filter(shows);
  const here = () => rows().find((row) => row.contains(document.activeElement));
  const step = (by) => {
    const all = rows();
    const place = all.indexOf(here());
    const next = all[place < 0 ? 0 : Math.min(Math.max(place + by, 0), all.length - 1)];
    (next?.querySelector("a[href]") ?? next?.querySelector("input, button"))?.focus();
  };
  const help = async () => {
    const link = document.querySelector("a[data-keys]");
    const answer = await fetch(link.href);
    if (!answer.ok) { return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "keys-in-dialog");
    dialog.append(...page.getElementById("keys-list").content.children);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  const doings = {
    "/": () => ["words", "search"].map((id) => document.getElementById(id)).find(shows)?.focus(),
    "?": help,
    j: () => step(1),
    k: () => step(-1),
    o: () => here()?.querySelector("a[href]")?.click(),
    x: () => here()?.querySelector("input[type=checkbox]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (modified || event.defaultPrevented || types(event.target)) { return; }
    const doing = doings[keyOf(event)];
    if (doing) {
      event.preventDefault();
      doing();
    }
  });
}

// What is wrong with a form is where the reader begins.
document.getElementById("wrong")?.focus();
