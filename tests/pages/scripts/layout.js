// What is wrong with the layout of the page in its present width.
() => {
  const complaints = [];
  const name = element => element.outerHTML.slice(0, 120).replace(/\s+/g, " ");
  // What is folded away is looked at, too.
  const folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach(details => { details.open = true; });
  const shown = element => element.checkVisibility({ visibilityProperty: true });

  // 1.4.10: nothing to the side of the window, but within boxes that scroll by themselves.
  const scrolls = element => {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  if (document.scrollingElement.scrollWidth > innerWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter(
      element => element.getBoundingClientRect().right > innerWidth + 0.5 && shown(element) && !scrolls(element));
    complaints.push(`scrolls sideways: ${wide.slice(0, 3).map(name).join(" | ") || document.scrollingElement.scrollWidth}`);
  }

  // Words that are cut off: a box that hides what is wider than itself and does not scroll. A line that
  // is written in scrolls with the place of writing, whatever its style says.
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const hides = style.overflowX === "hidden" || style.overflowX === "clip";
    if (hides && !element.matches("input") && !element.closest(".unseen") && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && shown(element)) {
      complaints.push(`is cut off: ${name(element)}`);
    }
  }

  // 2.5.8: targets of 24 by 24, or with a circle of 24 to themselves, or within a sentence.
  const LEAST = 24;
  const inSentence = element => {
    if (element instanceof SVGElement || !getComputedStyle(element).display.startsWith("inline") || getComputedStyle(element).display === "inline-block") return false;
    let block = element.parentElement;
    while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
    const own = [...block.querySelectorAll("a, button")].filter(shown).map(target => target.innerText).join("");
    const letters = text => text.replace(/[^\p{L}\p{N}]/gu, "").length;
    return letters(block.innerText) > letters(own);
  };
  // The boxes of a target: one a line for what is broken into lines, and the label of what is ticked.
  const boxes = element => {
    const labels = ["checkbox", "radio"].includes(element.type) ? [...element.labels] : [];
    if (labels.length === 0) return [...element.getClientRects()];
    const all = [element, ...labels].map(part => part.getBoundingClientRect());
    const left = Math.min(...all.map(box => box.left)), top = Math.min(...all.map(box => box.top));
    const right = Math.max(...all.map(box => box.right)), bottom = Math.max(...all.map(box => box.bottom));
    return [new DOMRect(left, top, right - left, bottom - top)];
  };
  // The part of a box that is seen in the boxes that scroll around it.
  const seen = (element, box) => {
    let { left, top, right, bottom } = box;
    for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflowY === "visible") continue;
      const frame = around.getBoundingClientRect();
      [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
      [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
    }
    // Of what is partly scrolled away the rest can be scrolled to.
    return right > left && bottom > top ? [box] : [];
  };
  const SELECTOR = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], [role=button]";
  const targets = [...document.querySelectorAll(SELECTOR)]
    .filter(element => shown(element) && !element.closest(".unseen, .skip"))
    .map(element => ({ element, boxes: boxes(element).flatMap(box => seen(element, box)) }))
    .filter(target => target.boxes.length > 0);
  const scrollBox = element => {
    let box = element.parentElement;
    while (box && box !== document.body && getComputedStyle(box).overflowY === "visible") box = box.parentElement;
    return box;
  };
  const large = box => box.width > LEAST - 0.01 && box.height > LEAST - 0.01;
  const small = target => !target.boxes.some(large);
  const exempt = target => inSentence(target.element);
  const centre = box => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const away = ([x, y], box) => Math.hypot(
    Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  for (const target of targets.filter(target => small(target) && !exempt(target))) {
    // What a part of a drawing does can be done with a link elsewhere on the page as well, which is judged by itself.
    const address = target.element.getAttribute("href");
    const isDrawn = target.element instanceof SVGElement;
    if (isDrawn && targets.some(other =>
      !(other.element instanceof SVGElement) && other.element.getAttribute("href") === address)) continue;
    const here = centre(target.boxes[0]);
    const near = targets.find(other => {
      if (other === target || other.element.contains(target.element) || target.element.contains(other.element)) return false;
      // What scrolls moves past what stands outside.
      if (scrollBox(other.element) !== scrollBox(target.element)) return false;
      return other.boxes.some(box => away(here, box) < LEAST / 2
        || small(other) && !exempt(other) && Math.hypot(here[0] - centre(box)[0], here[1] - centre(box)[1]) < LEAST);
    });
    if (near) {
      const { width, height } = target.boxes[0];
      complaints.push(`is a target of ${width.toFixed()} by ${height.toFixed()}: ${name(target.element)} near ${name(near.element)}`);
    }
  }

  // 2.5.7: nothing that is moved by dragging alone.
  for (const element of document.querySelectorAll("[draggable=true], input[type=range]")) {
    complaints.push(`is to be dragged: ${name(element)}`);
  }
  folded.forEach(details => { details.open = false; });
  return complaints;
}
