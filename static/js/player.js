// The player: every answer is saved as it is given, and the page says truthfully where it is now.
// Without this script the page works by its form; with it the form is the last resort.

const form = document.querySelector("[data-player]");
const line = document.querySelector("[data-save-line]");

const CHOICE_PAUSE = 500; // ms after a choice
const TYPING_PAUSE = 2000; // ms after the last key
const RETRY = [2, 5, 15, 30]; // seconds; the last one repeats
const PATIENCE = 10000; // ms that one request may take
const LEAVING = 3000; // ms that turning the page waits for the save

/* ---------- the save line ---------- */

// The words stand in the page, in its language; only {time}, {seconds} and {words} are filled in.
function say(state, values = {}) {
  const states = document.querySelector("[data-save-states]");
  const made = states?.content.querySelector(`[data-state="${state}"]`)?.cloneNode(true);
  if (!made || !line) return;
  for (const words of made.querySelectorAll("[data-save-words]")) {
    words.textContent = words.textContent.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }
  line.className = made.className;
  line.replaceChildren(...made.childNodes);
}

// In the zone of the diagnosis' place, as the page itself writes time.
function timeOf(iso) {
  const format = { hour: "2-digit", minute: "2-digit" };
  try {
    return new Date(iso).toLocaleTimeString("ru-RU", { ...format, timeZone: form.dataset.zone });
  } catch {
    return new Date(iso).toLocaleTimeString("ru-RU", format); // a zone that this browser does not know
  }
}

/* ---------- numbers of events ---------- */

// Numbers grow within this tab and never fall behind the server's count; two tabs that met on one number
// are told apart by the server, and the later one takes the next.
class Numbers {
  constructor(sitting, least) {
    this.key = `seq:${sitting}`;
    this.next = least;
    try {
      this.next = Math.max(least, Number(sessionStorage.getItem(this.key)) || 0);
    } catch {
      // private mode: the server's count is enough
    }
  }

  take() {
    const taken = this.next;
    this.skip(taken + 1);
    return taken;
  }

  skip(to) {
    this.next = Math.max(this.next, to);
    try {
      sessionStorage.setItem(this.key, String(this.next));
    } catch {
      // as above
    }
  }
}

/* ---------- what waits to be sent ---------- */

// Kept in memory and deleted only when the server acknowledged. In a pause, which may outlive the page, also on
// the device: answers only, neither names nor keys, until the first acknowledgement after it.
class Outbox {
  constructor(sitting) {
    this.key = `unsent:${sitting}`;
    this.events = this.kept();
  }

  kept() {
    try {
      const events = JSON.parse(localStorage.getItem(this.key) ?? "[]");
      return events.map((event) => ({ ...event, sent: true }));
    } catch {
      return []; // private mode, or a store that somebody else wrote into
    }
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.events));
    } catch {
      // private mode: the page is all there is
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // as above
    }
  }

  put(event) {
    // Of answers to one question only the last one matters, unless it is already on its way.
    this.events = this.events.filter((one) => one.sent || one.item !== event.item || one.kind === "shown");
    this.events.push(event);
  }

  acknowledge(sequence) {
    this.events = this.events.filter((one) => one.seq !== sequence);
  }

  get isEmpty() {
    return this.events.length === 0;
  }

  body() {
    const events = this.events.map(({ seq, base, kind, item, value, client_at }) => ({ seq, base, kind, item, value, client_at }));
    return JSON.stringify({ events });
  }
}

// `page`: the form that holds the token against forged requests.
function posted(page, outbox, extra = {}) {
  const token = page.querySelector('[name="csrf_token"]').value;
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    credentials: "same-origin",
    body: outbox.body(),
    ...extra,
  };
}

/* ---------- the answer on the page ---------- */

const OPT_OUT = "_opt_out";

function typedAnswer() {
  return form.querySelector('[name="answer"]')?.value.trim() ?? "";
}

function chosenAnswers() {
  return [...form.querySelectorAll('[name="answer"]:checked')].map((input) => input.value);
}

// Of a question with a control in each row: {code: value} of those that are set.
function partAnswers() {
  const controls = [...form.querySelectorAll('[name^="answer."]')];
  return Object.fromEntries(controls.filter((one) => one.value).map((one) => [one.name.slice("answer.".length), one.value]));
}

const isWhole = (places) => new Set(Object.values(places)).size === form.querySelectorAll('[name^="answer."]').length;

// The codes, first to last; half an order stays {code: place}, which is no answer yet.
function orderedAnswers() {
  const places = partAnswers();
  return isWhole(places) ? Object.keys(places).sort((one, other) => places[one] - places[other]) : places;
}

// Of a table: rows with what is typed in them, as far as anything is.
function tableAnswer() {
  const rows = {};
  for (const input of form.querySelectorAll('[name^="cell|"]')) {
    const [, row, column] = input.name.split("|");
    if (input.value.trim()) (rows[row] ??= {})[column] = input.value.trim();
  }
  const filled = Object.entries(rows).map(([row, cells]) => ({ row, cells }));
  return filled.length ? { rows: filled } : null;
}

const oneMark = () => oneOf(chosenAnswers(), Number);

const READ = {
  single: () => oneOf(chosenAnswers()),
  level: () => oneOf(chosenAnswers()),
  likert: oneMark,
  frequency: oneMark,
  observation: oneMark,
  multiple: () => chosenAnswers(),
  matching: partAnswers,
  ordering: orderedAnswers,
  number: typedAnswer,
  text: typedAnswer,
  long_text: typedAnswer,
  table: tableAnswer,
  consent: () => (chosenAnswers().length ? { agreed: true } : null),
};

const TYPED = ["number", "text", "long_text", "table"];
const BY_FORM = ["info", "file"]; // nothing that a batch of events could say: the form itself goes

function oneOf(chosen, convert = String) {
  if (chosen.length === 0) return null;
  return chosen[0] === OPT_OUT ? { opt_out: true } : convert(chosen[0]);
}

const isEmpty = (value) => value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

/* ---------- saving ---------- */

class Player {
  constructor() {
    const { events, seq, base, item, kind } = form.dataset;
    Object.assign(this, { url: events, base: Number(base), item, kind });
    this.numbers = new Numbers(events, Number(seq));
    this.outbox = new Outbox(events);
    for (const event of this.outbox.events) this.numbers.skip(event.seq + 1);
    this.known = JSON.stringify(this.read());
    this.tries = 0;
    this.flight = null;
    this.timer = 0;
    this.retryTimer = 0;
    this.wasSeen = "seen" in form.dataset;
  }

  read() {
    return READ[this.kind]?.() ?? null;
  }

  get isChanged() {
    return JSON.stringify(this.read()) !== this.known;
  }

  // One of «ровно 2», half an order: not an answer yet, nothing to save, nothing to complain about before «Далее».
  get isPartial() {
    if (this.kind === "ordering") return !isEmpty(this.read()) && !Array.isArray(this.read());
    const wanted = Number(form.dataset.choose);
    const chosen = wanted ? this.read().length : 0;
    return chosen !== 0 && chosen !== wanted;
  }

  // Where the order is fixed, «Далее» without an answer goes by the form, which says what to do.
  get isHeld() {
    return "holds" in form.dataset && isEmpty(this.read());
  }

  // Later, so that a person who changes the mind within half a second makes one event and not two.
  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  note() {
    clearTimeout(this.timer);
    if (!this.isChanged || this.isPartial) return;
    const value = this.read();
    this.known = JSON.stringify(value);
    this.put(isEmpty(value) ? "clear" : "answer", isEmpty(value) ? null : value);
  }

  put(kind, value = null) {
    this.wasSeen = true;
    const client_at = new Date().toISOString();
    this.outbox.put({ seq: this.numbers.take(), base: this.base, kind, item: this.item, value, client_at });
  }

  save() {
    this.note();
    return this.flush();
  }

  // One request at a time: the order of events is the order of answers.
  async flush() {
    if (this.outbox.isEmpty) return true;
    if (this.flight) return this.flight;
    clearTimeout(this.retryTimer);
    say("saving");
    for (const event of this.outbox.events) event.sent = true;
    this.flight = this.send().finally(() => {
      this.flight = null;
    });
    const saved = await this.flight;
    return saved && !this.outbox.isEmpty && !this.outbox.events[0].sent ? this.flush() : saved;
  }

  async send() {
    try {
      const patience = { signal: AbortSignal.timeout(PATIENCE) };
      const response = await fetch(this.url, posted(form, this.outbox, patience));
      return await this.take(response);
    } catch {
      return this.wait();
    }
  }

  // What the server said. Only its 200 means «saved».
  async take(response) {
    if (response.status >= 500 || response.status === 429) return this.wait();
    const body = await response.json();
    for (const result of body.results ?? []) this.acknowledged(result);
    if (response.ok) {
      this.tries = 0;
      this.isPaused = false;
      this.outbox.forget();
      say("saved", { time: timeOf(body.saved_at) });
      markAnswered(!isEmpty(this.read()));
      if (body.results.some((one) => one.status === "conflict")) window.location.reload();
      return true;
    }
    return this.refused(response.status, body);
  }

  acknowledged({ seq, position, status }) {
    this.outbox.acknowledge(seq);
    if (status === "stored") {
      this.base = Math.max(this.base, position);
      form.elements.base.value = this.base;
    }
  }

  // Another tab used our number: the same answer under the next one.
  refused(status, body) {
    const fresh = body.parameters?.next_seq;
    if (body.code === "seq_conflict" && fresh && this.tries < RETRY.length) {
      this.tries += 1;
      this.numbers.skip(fresh);
      for (const event of this.outbox.events) event.seq = this.numbers.take();
      return this.send();
    }
    if (body.code === "paused") return this.pause();
    // The other answers of the batch stand; this question is asked no more, so the page goes where the list is.
    if (body.code === "not_on_path") {
      this.outbox.acknowledge(body.parameters?.seq);
      if (!this.outbox.isEmpty) return this.send();
      window.location.assign(form.dataset.review);
      return false;
    }
    // An answer that cannot be stored must not be sent for ever; the page keeps it for mending.
    if (body.code === "key_needed") this.outbox.keep(); // sent when the link is opened again
    else this.outbox.forget();
    this.outbox.events = [];
    this.known = "";
    say("refused", { words: body.title ?? "" });
    if (body.code === "attempt_closed") window.location.assign(form.dataset.done);
    return false;
  }

  // The server took up nothing: the answers stay on the device, and a changed mind replaces the one before.
  pause() {
    this.isPaused = true;
    this.wait("paused");
    for (const event of this.outbox.events) event.sent = false;
    this.outbox.keep();
    return false;
  }

  wait(state = "waiting") {
    const seconds = RETRY[Math.min(this.tries, RETRY.length - 1)];
    this.tries += 1;
    for (const event of this.outbox.events) event.sent = true;
    say(state, { seconds });
    this.retryTimer = setTimeout(() => this.flush(), seconds * 1000);
    return false;
  }

  // What an earlier page of a pause kept: the server drew this page without it.
  async sendKept() {
    if (!this.outbox.isEmpty && (await this.flush())) window.location.reload();
  }

  // The page is going away: what is not acknowledged is sent once more, the server knows a re-send.
  beacon() {
    this.note();
    if (!this.wasSeen) this.put("shown");
    if (this.outbox.isEmpty) return;
    if (this.isPaused) this.outbox.keep();
    fetch(this.url, posted(form, this.outbox, { keepalive: true })).catch(() => {});
  }
}

function markAnswered(isAnswered) {
  const current = document.querySelector("[data-cells] .current");
  if (current) current.classList.toggle("answered", isAnswered);
}

/* ---------- the page ---------- */

function start() {
  const player = new Player();
  const isTyped = TYPED.includes(player.kind);
  let isLeaving = false;
  if (line?.classList.contains("quiet")) say("ready");
  player.sendKept();

  form.addEventListener("input", () => player.soon(isTyped ? TYPING_PAUSE : CHOICE_PAUSE));
  form.addEventListener("focusout", () => isTyped && player.save());
  line?.addEventListener("click", (event) => event.target.closest("[data-save-retry]") && player.flush());
  window.addEventListener("online", () => player.flush());
  document.addEventListener("time-over", async () => {
    if (await player.save()) window.location.reload(); // without a connection the page stays and goes on trying
  });
  window.addEventListener("pagehide", () => isLeaving || player.beacon());

  // «Далее»: an answer already saved needs no form post. Without a connection the page stays: leaving it
  // would lose what is only here. What the server refuses goes by the form, which shows the mistake.
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value !== "next" || BY_FORM.includes(player.kind) || player.isPartial || player.isHeld) {
      isLeaving = true;
      player.outbox.forget(); // the form carries the newest answer; an older one must not come after it
      return;
    }
    event.preventDefault();
    const slow = new Promise((resolve) => setTimeout(resolve, LEAVING, false));
    const saved = await Promise.race([player.save(), slow]);
    if (saved) {
      window.location.assign(form.dataset.next);
    } else if (player.outbox.isEmpty) {
      isLeaving = true;
      form.submit();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && event.target.matches?.("textarea")) form.requestSubmit(form.querySelector('[value="next"]'));
    const isWriting = event.target.matches?.('input:not([type="radio"]):not([type="checkbox"]), textarea, select');
    if (isWriting || event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    const option = form.querySelectorAll('input[name="answer"]')[Number(event.key) - 1];
    if (!option) return;
    event.preventDefault();
    option.focus();
    option.click();
  });
}

// Before sending: what a page of a pause kept goes first, so that the list shows it and nothing is left behind.
async function sendKept(page) {
  const outbox = new Outbox(page.dataset.events);
  if (outbox.isEmpty) return;
  const response = await fetch(page.dataset.events, posted(page, outbox)).catch(() => null);
  if (!response?.ok) return;
  outbox.forget();
  window.location.reload();
}

const review = document.querySelector("form[data-kept]");
if (form) start();
else if (review) sendKept(review);
