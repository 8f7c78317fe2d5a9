// One answer before its expert: what is chosen saves itself as a draft, digits choose a level, Ctrl+Enter saves the mark.
// Without this script the same form is saved by its button.

const form = document.querySelector("[data-marking]");

const PAUSE = 800; // ms after the last change
const RETRY = 5000; // ms
const PATIENCE = 15000; // ms that one request may take

let written = content(); // what the server has
let timer = 0;
let running = null;
let stopped = false; // told to look at the page first: another window, or the answer is taken

function content() {
  const data = new FormData(form);
  for (const name of ["csrf_token", "draft", "seen"]) data.delete(name);
  return new URLSearchParams(data).toString();
}

function say(words) {
  form.querySelector("[data-line]").hidden = false;
  form.querySelector("[data-save-words]").textContent = words;
}

function later(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(() => { running ??= save().finally(() => { running = null; }); }, pause);
}

async function save() {
  const sent = content();
  if (stopped || sent === written) return;
  say(form.dataset.saving);
  let answer;
  try {
    answer = await fetch(form.dataset.marking, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    answer = null;
  }
  if (stopped) return;
  if (!answer || answer.status >= 500) {
    say(form.dataset.offline);
    later(RETRY);
    return;
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    stopped = true;
    say(told.title ?? form.dataset.offline);
    return;
  }
  written = sent;
  form.elements.draft.value = told.draft;
  say(form.dataset.saved);
  if (content() !== written) later();
}

// The criterion that a digit is about: the one in focus, else the first without a level.
function current() {
  const groups = [...form.querySelectorAll("[data-criterion]")];
  return document.activeElement?.closest("[data-criterion]") ?? groups.find((one) => !one.querySelector(":checked")) ?? groups[0];
}

function next(group) {
  const left = [...form.querySelectorAll("[data-criterion]")].find((one) => !one.querySelector(":checked"));
  (left ?? group).querySelector("input:checked, input").focus();
}

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("textarea, select")) return;
  const place = "123456789".indexOf(event.key);
  const group = place >= 0 ? current() : null;
  const level = group?.querySelectorAll("input[type=radio]")[place];
  if (!level) return;
  event.preventDefault();
  level.checked = true;
  level.dispatchEvent(new Event("change", { bubbles: true }));
  next(group);
}

if (form) {
  form.querySelector("[data-keys]").hidden = false;
  form.addEventListener("input", () => later());
  form.addEventListener("change", () => later());
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("pagehide", () => {
    if (!stopped && content() !== written) navigator.sendBeacon(form.dataset.marking, new FormData(form));
  });
}
