// The text of a case stays as the person left it, from question to question: folded or open, and at its place.

const fold = document.querySelector("[data-case]");
const text = fold.querySelector("[data-case-text]");
const summary = fold.querySelector("summary");
const key = `case:${fold.dataset.case}`;

function known() {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null; // private mode: the text opens as the page says
  }
}

function keep() {
  try {
    sessionStorage.setItem(key, JSON.stringify({ open: fold.open, top: text.scrollTop }));
  } catch {
    // as above
  }
}

const before = known();
if (before) {
  fold.open = before.open;
  text.scrollTop = before.top;
}
fold.addEventListener("toggle", keep);
window.addEventListener("pagehide", keep);

fold.querySelector("[data-key]").hidden = false;
document.addEventListener("keydown", (event) => {
  const isWriting = event.target.matches?.('input:not([type="radio"]):not([type="checkbox"]), textarea, select');
  if (event.key !== "0" || isWriting || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  fold.open = !fold.open;
  summary.focus();
});
