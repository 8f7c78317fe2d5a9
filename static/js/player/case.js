// The text of a case stays as the person left it, from question to question: folded or open, and at its place.

import { singleKeysAreOn } from "./keys.js";

function known(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null; // private mode: the text opens as the page says
  }
}

function keep(key, state) {
  try {
    sessionStorage.setItem(key, JSON.stringify(state));
  } catch {
    // as above
  }
}

export function startCase(fragment, { facts }) {
  const fold = fragment.querySelector("[data-case]");
  if (!fold) return;
  const text = fold.querySelector("[data-case-text]");
  const key = `case:${facts.sitting}:${fold.dataset.case}`;
  const note = () => fold.isConnected && keep(key, { open: fold.open, top: text.scrollTop });
  const before = known(key);
  if (before) {
    fold.open = before.open;
    text.scrollTop = before.top;
  }
  // Not by «toggle», which comes as a task of its own: a page that is left at once may be gone before it.
  new MutationObserver(note).observe(fold, { attributes: true, attributeFilter: ["open"] });
  text.addEventListener("scroll", note, { passive: true });
  fold.querySelector("[data-key]").hidden = !singleKeysAreOn();
}
