// The editor: saves a second after typing stops, keeps what could not be saved, shows what colleagues changed.
// Without this script the same form is saved by its button.

const form = document.querySelector("[data-editor]");
const line = document.querySelector("[data-save-line]");

const PAUSE = 1000; // ms after the last key
const RETRY = [2, 5, 15, 30]; // seconds; the last one repeats
const PATIENCE = 15000; // ms that one request may take
const PERIOD = 10000; // ms between questions for what colleagues did

/* ---------- the save line ---------- */

// The words stand in the page, in its language; only {time}, {seconds} and {words} are filled in.
function say(state, values = {}) {
  const states = document.querySelector("[data-save-states]");
  const made = states?.content.querySelector(`[data-state="${state}"]`)?.cloneNode(true);
  if (!made || !line) return;
  for (const words of made.querySelectorAll("[data-save-words]")) {
    words.textContent = words.textContent.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }
  if (values.address) made.querySelector("[data-save-link]")?.setAttribute("href", values.address);
  made.querySelector("[data-save-retry]")?.addEventListener("click", () => save());
  line.className = made.className;
  line.replaceChildren(...made.childNodes);
}

/* ---------- what the server sends back ---------- */

// Markup of the server's own templates, parsed without running anything.
function nodesOf(html) {
  return new DOMParser().parseFromString(html, "text/html").body.childNodes;
}

function showParts(told) {
  const frame = document.querySelector("[data-phone]");
  if (frame && frame.srcdoc !== told.phone) frame.srcdoc = told.phone;
  document.querySelector("[data-problems]")?.replaceChildren(...nodesOf(told.problems));
  showOutline(told.outline);
  showForm(told.form);
  showOthers(told.others);
}

function showOutline(html) {
  const outline = document.querySelector("[data-outline]");
  const focused = outline?.contains(document.activeElement) ? document.activeElement.dataset.code : null;
  outline?.replaceChildren(...nodesOf(html));
  if (focused) outline.querySelector(`[data-code="${CSS.escape(focused)}"]`)?.focus();
}

// Nothing is redrawn under the hands: lists get their new blank rows, sentences whose choices changed are replaced
// while nobody stands in them.
function showForm(html) {
  const fresh = document.createElement("div");
  fresh.append(...nodesOf(html));
  for (const row of fresh.querySelectorAll("[data-row]")) {
    const own = form.querySelector(`[data-row="${CSS.escape(row.dataset.row)}"]`);
    const list = listOf(row);
    if (!own && list) list.append(row);
    else if (own && isStale(own, row)) own.replaceWith(row);
  }
}

function listOf(row) {
  const name = row.dataset.row.slice(0, row.dataset.row.lastIndexOf("."));
  const rows = form.querySelectorAll(`[data-row^="${CSS.escape(name)}."]`);
  return rows[rows.length - 1]?.parentElement;
}

function isStale(own, fresh) {
  if (own.contains(document.activeElement)) return false;
  const names = (row) => [...row.querySelectorAll("select, input, textarea, button")].map((one) => one.id || one.name).join();
  const choices = (row) => [...row.querySelectorAll("option")].map((one) => one.value).join();
  return names(own) !== names(fresh) || choices(own) !== choices(fresh);
}

function showOthers(others) {
  const place = document.querySelector("[data-others]");
  for (const other of others ?? []) {
    if (place.querySelector(`[data-about="${CSS.escape(other.href)}"]`)) continue;
    const words = document.createElement("p");
    words.append(`${other.words} `);
    const link = document.createElement("a");
    link.href = other.href;
    link.textContent = place.dataset.show;
    words.append(link);
    const notice = document.createElement("div");
    notice.className = "notice";
    notice.dataset.about = other.href;
    notice.append(words);
    place.append(notice);
  }
}

function showWrong(wrong) {
  for (const old of form.querySelectorAll("[data-wrong]")) old.remove();
  for (const [path, words] of Object.entries(wrong)) {
    const control = controlOf(path);
    const told = document.createElement("p");
    told.className = "field-error";
    told.dataset.wrong = "";
    told.textContent = words;
    (control ?? form.firstElementChild).before(told);
    control?.setAttribute("aria-invalid", "true");
  }
}

function controlOf(path) {
  for (let name = path; name; name = name.slice(0, Math.max(0, name.lastIndexOf(".")))) {
    const found = form.querySelector(`[name="${CSS.escape(name)}"]:not([type="hidden"])`);
    if (found) return found;
  }
  return null;
}

/* ---------- saving ---------- */

let written = ""; // what the server has, as the form would be sent
let timer = 0;
let failures = 0;
let running = null;
let stopped = false; // two versions of one item: the author chooses first

function content() {
  const data = new FormData(form);
  data.delete("base");
  data.delete("csrf_token");
  return new URLSearchParams(data).toString();
}

function changed() {
  return content() !== written;
}

function later(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(() => save(), pause);
}

function save() {
  running ??= attempt().finally(() => { running = null; });
  return running;
}

async function attempt() {
  clearTimeout(timer);
  if (stopped || !changed()) return true;
  const sent = content();
  say("saving");
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return wait();
  }
  if (answer.status >= 500) return wait();
  return settle(answer, sent);
}

function wait() {
  const seconds = RETRY[Math.min(failures, RETRY.length - 1)];
  failures += 1;
  say("offline", { seconds: String(seconds) });
  later(seconds * 1000);
  return false;
}

async function settle(answer, sent) {
  failures = 0;
  if (answer.status === 401) {
    say("signed_out");
    later(RETRY[2] * 1000);
    return false;
  }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return taken(told, sent);
  if (told.address) {
    stopped = true;
    say("clash", { address: told.address });
  } else if (told.wrong) {
    showWrong(told.wrong);
    say("refused");
  } else {
    say("lost", { words: told.title ?? "" });
  }
  return false;
}

function taken(told, sent) {
  written = sent;
  form.elements.base.value = told.revision;
  showWrong({});
  showParts(told);
  if (told.removed?.length) {
    window.location.reload(); // the words that stayed are not those that stand in the page
    return true;
  }
  for (const turn of document.querySelectorAll('[data-turn$="undo"] button')) turn.disabled = false;
  say(changed() ? "typing" : "saved", { time: told.time });
  if (changed()) later();
  return true;
}

/* ---------- leaving, taking back, looking at others ---------- */

// What leads elsewhere waits for the save; offline the text would be lost with the page, so the page stays.
async function leave(event) {
  const away = event.currentTarget;
  if (!changed() || stopped) return;
  event.preventDefault();
  if (running) await running;
  if (await save()) away.requestSubmit ? HTMLFormElement.prototype.submit.call(withButton(away, event.submitter)) : away.submit();
}

function withButton(away, button) {
  if (button?.name) {
    const value = document.createElement("input");
    value.type = "hidden";
    value.name = button.name;
    value.value = button.value;
    away.append(value);
  }
  return away;
}

function onKey(event) {
  const back = event.key === "z" || event.key === "я";
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !(back || event.key === "y" || event.key === "н")) return;
  // While something is typed and not saved, the browser takes back letters; then the page takes back steps.
  if (changed()) return;
  const name = back && !event.shiftKey ? "undo" : "redo";
  const button = document.querySelector(`[data-turn$="${name}"] button:not([disabled])`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

function onLeave() {
  if (changed() && !stopped) navigator.sendBeacon(form.action, new FormData(form));
}

async function watch() {
  for (;;) {
    await new Promise((resolve) => { setTimeout(resolve, PERIOD); });
    if (document.hidden) continue;
    try {
      const answer = await fetch(`${form.dataset.state}?since=${form.elements.base.value}`, { headers: { Accept: "application/json" } });
      if (answer.ok) showOthers((await answer.json()).others);
    } catch {
      // The connection is away: the save line says so when there is something to save.
    }
  }
}

if (form) {
  document.documentElement.classList.add("scripted");
  written = content();
  form.addEventListener("input", () => { if (changed()) { say("typing"); later(); } });
  form.addEventListener("change", () => { if (changed()) later(PAUSE / 2); });
  form.addEventListener("submit", () => { written = content(); });
  for (const other of document.querySelectorAll("main form")) if (other !== form) other.addEventListener("submit", leave);
  document.addEventListener("keydown", onKey);
  window.addEventListener("pagehide", onLeave);
  window.addEventListener("online", () => { if (changed()) save(); });
  window.addEventListener("beforeunload", (event) => { if (changed() && failures) event.preventDefault(); });
  window.addEventListener("focus", () => { if (changed() && !stopped) save(); });
  watch();
}
