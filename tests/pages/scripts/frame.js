// What is wrong with what every page has in common, and with its headings and forms.
() => {
  const complaints = [];
  const shown = element => element.checkVisibility({ visibilityProperty: true });
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
  const firsts = headings.filter(heading => heading.matches("h1"));
  if (firsts.length !== 1) complaints.push(`has ${firsts.length} h1`);
  if (headings[0] && !headings[0].matches("h1")) complaints.push(`begins with ${headings[0].outerHTML}`);
  let above = 0;
  for (const heading of headings) {
    const level = Number(heading.localName[1]);
    if (level > above + 1) complaints.push(`leaves out a level before ${heading.outerHTML.slice(0, 120)}`);
    if (!heading.innerText.trim()) complaints.push(`has an empty ${heading.localName}`);
    above = level;
  }
  // Words of the program that nobody translated: `meeting.agenda_changed`, `state_body`, `items-title`.
  const CODES = /(?<![\w.@/-])([a-z]+(\.[a-z]+)*_[a-z_]+|(item|meeting|indicator|assessment|milestone|evidence|question|answer|update|contribution)\.[a-z]+)(?![\w.@/-])/;
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const { data, parentElement } = words.currentNode;
    const code = !parentElement.closest("code, pre, script, style, a[rel~=external]") && CODES.exec(data);
    if (code) complaints.push(`shows a code: ${code[0]}`);
  }
  // 3.3.8: what is remembered elsewhere can be brought along.
  for (const input of document.querySelectorAll("input[type=password]")) {
    if (!["current-password", "new-password"].includes(input.autocomplete)) {
      complaints.push(`does not say which password: ${input.outerHTML}`);
    }
  }
  for (const input of document.querySelectorAll("input[type=email]")) {
    if (!["username", "email", "off"].includes(input.autocomplete)) {
      complaints.push(`does not say whose address: ${input.outerHTML}`);
    }
  }
  for (const input of document.querySelectorAll("input:not([type=hidden]), textarea")) {
    if (input.disabled || input.readOnly) continue;
    const paste = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
    if (!input.dispatchEvent(paste)) complaints.push(`takes nothing that is pasted: ${input.outerHTML}`);
  }
  return complaints;
}
