// Where the elements stand that the keyboard should come to, each with its beginning. Of a group of radio buttons it
// comes to the one that is chosen, or to the first.
() => {
  const SELECTOR = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const place = element => {
    const steps = [];
    for (let step = element; step !== document.documentElement; step = step.parentElement) {
      steps.unshift([...step.parentElement.children].indexOf(step));
    }
    return steps.join("/");
  };
  const found = [...document.querySelectorAll(SELECTOR)].filter(element => {
    if (element.disabled || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.type !== "radio") return true;
    const group = [...document.getElementsByName(element.name)].filter(other => other.form === element.form);
    return element === (group.find(other => other.checked) ?? group[0]);
  });
  return Object.fromEntries(found.map(element => [place(element), element.outerHTML.slice(0, 120)]));
}
