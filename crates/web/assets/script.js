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

// What is wrong with a form is where the reader begins.
document.getElementById("wrong")?.focus();
