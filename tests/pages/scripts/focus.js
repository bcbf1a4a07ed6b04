// What has the focus, and what is wrong with how it is shown; null where nothing in the page has it.
() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const steps = [];
  for (let step = element; step !== document.documentElement; step = step.parentElement) {
    steps.unshift([...step.parentElement.children].indexOf(step));
  }
  const found = { place: steps.join("/"), name: element.outerHTML.slice(0, 120).replace(/\s+/g, " "), wrong: null };
  const style = getComputedStyle(element);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const box = [...element.getClientRects()].find(box => box.width > 0 && box.height > 0);
  if (!box) {
    found.wrong = "has no place in the window";
    return found;
  }
  // Of what is larger than the window, the part that is in it.
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  if (right <= left || bottom <= top) {
    found.wrong = "is outside of the window";
    return found;
  }
  const topmost = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  // Of a link that is broken into lines the middle may be beside its words.
  if (!topmost || !element.contains(topmost) && !topmost.contains(element)) {
    found.wrong = `is covered by ${topmost && topmost.outerHTML.slice(0, 80)}`;
  } else if (!outlined) {
    found.wrong = `has no outline but ${style.outline}`;
  } else if ((right - left) * (bottom - top) < Math.min(box.width * box.height, innerWidth * innerHeight) / 3) {
    found.wrong = `is for the most part outside of the window (${box.left}, ${box.top}, ${box.right}, ${box.bottom})`;
  }
  return found;
}
