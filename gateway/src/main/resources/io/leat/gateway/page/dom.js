// Builds and updates elements. Data becomes text nodes only: nothing here parses markup.

/** An element with properties and children; children that are no nodes become text. */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  set(node, props ?? {});
  append(node, children);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** The same for SVG, where every property is an attribute. */
export function s(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    node.setAttribute(name, value);
  }
  append(node, children);
  return node;
}

function set(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (name === "class") {
      node.className = value;
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) {
      node.append(child);
    }
  }
}

/** Text from a scrape: set apart, so that its direction and marks stay its own. */
export function said(text, props) {
  return h("bdi", { class: "said-text", ...props }, text);
}

/** Sets text where it differs, so that nothing is laid out anew for nothing. */
export function text(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

export function attribute(node, name, value) {
  if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

/** Replaces all children. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/**
 * Keeps one child for each item, in their order. A child stays the same element as long as its item does, so that focus
 * and what is open in it stay.
 * @param make gives a node with a function `update(item)`
 */
export function keep(parent, items, keyOf, make) {
  const known = (parent.kept ??= new Map());
  const wanted = new Map(items.map((item) => [keyOf(item), item]));
  for (const [key, child] of known) {
    if (!wanted.has(key)) {
      child.remove();
      known.delete(key);
    }
  }
  let before = null;
  for (const [key, item] of wanted) {
    let child = known.get(key);
    if (!child) {
      child = make(item);
      known.set(key, child);
    }
    child.update?.(item);
    const at = before ? before.nextSibling : parent.firstChild;
    if (at !== child) {
      parent.insertBefore(child, at);
    }
    before = child;
  }
}

/** Tells a person, also one who does not see. */
export function announce(message, isBad) {
  const place = document.getElementById("said");
  fill(place, h("p", { class: isBad ? "bad" : "" }, message));
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => place.replaceChildren(), isBad ? 12_000 : 6_000);
}

/** A button that is busy while its work is under way, and says what came of it. */
export function action(label, work, props) {
  const button = h("button", { type: "button", ...props }, label);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") {
      return;
    }
    button.setAttribute("aria-disabled", "true");
    try {
      const done = await work();
      if (done) {
        announce(done);
      }
    } catch (problem) {
      announce(problem.sentence ?? String(problem), true);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
  return button;
}

/** A line where there is nothing, with the reason; what is between backticks is a command. */
export function nothing(sentence) {
  return h("p", { class: "nothing" }, code(sentence));
}

/** A sentence of ours with commands set apart. */
export function code(sentence) {
  return sentence.split("`").map((part, i) => (i % 2 ? h("code", {}, part) : part));
}
