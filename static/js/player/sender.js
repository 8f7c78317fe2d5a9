// Sends what waits, in order, again and again until the server has it. Only the server's 200 means «saved».

const MOST = 20; // events in one request
const BYTES = 48 * 1024; // of one request; the server takes 64 KB
const LAST_BYTES = 50 * 1024; // a page that goes away may send 64 KB in all
const PATIENCE = 10000; // ms that one request may take
const RETRY = [2, 5, 15, 30, 60]; // seconds; the last one repeats
const WEAK = 4; // failures: the first one and three more
const DAY = 24 * 3600 * 1000;
const RENUMBERED = 5; // times in a row
const OPENING = 3000; // ms that the device's store may take to open; some browsers never do
const KEEPING = 1000; // ms that it may take to write what is about to be sent

export class Sender {
  // `heard`: what the player does on conflict(items), gap(), refused(row, words, code), closed(code),
  // settled(), renewed(): a fresh token, if the server still knows this browser.
  constructor(facts, outbox, line, heard) {
    Object.assign(this, { url: facts.events, outbox, line, heard, token: facts.token });
    this.position = facts.base; // the last one that is known
    this.acknowledged = new Map(); // item → position of the last answer that went from here
    this.failures = 0;
    this.renumbered = 0;
    this.single = 0; // how many go one by one, to find the one that was refused
    this.isStill = false; // another tab writes
    this.flight = null;
    this.timer = this.retryTimer = 0;
    this.savedAt = "";
    this.ended = "";
    this.apart = new Set(); // questions that two devices answered apart
    this.hasGap = false;
    this.slack = 0; // positions that may be our own, though nobody told us of them
  }

  // Later, so that a person who changes the mind within half a second makes one event and not two.
  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  // True when everything that waited is saved. One request at a time: the order of events is the order of answers.
  flush({ isRetry = false } = {}) {
    clearTimeout(this.timer);
    if (this.isStill) return Promise.resolve(false);
    if (!this.flight) {
      this.isRetry = isRetry;
      const flight = this.run().finally(() => {
        if (this.flight === flight) this.flight = null;
      });
      this.flight = flight;
    }
    return this.flight;
  }

  async run() {
    let isSent = (this.isRenewed = this.hasRefused = false);
    await this.outbox.ready(OPENING);
    while (this.outbox.rows.length > 0) {
      if (this.isStill) return false; // the tab that took over sends what is left
      for (const row of this.outbox.rows) if (!row.tried) this.outbox.rebase(row, this.baseOf(row.item, row.base));
      const rows = this.outbox.batch(this.single > 0 ? 1 : MOST, BYTES);
      this.single = Math.max(0, this.single - 1);
      if (this.failures === 0) this.line.say("saving");
      // The page may die with them on their way: then the device must know exactly what was sent under these numbers.
      await this.outbox.keep(rows, KEEPING);
      isSent = true;
      if (!(await this.post(rows))) return false;
      // A page that goes on from here must not find again what is acknowledged. What is given meanwhile goes now, too.
      if (this.outbox.rows.length === 0) await this.outbox.work;
    }
    this.flight = null; // what is given from here on is for the next one
    if (isSent) this.rest();
    return true;
  }

  rest() {
    clearTimeout(this.retryTimer);
    this.retryTimer = 0;
    const isBack = this.failures > 0;
    this.failures = this.renumbered = 0;
    if (this.savedAt && !this.hasRefused) this.line.say(isBack ? "restored" : "saved", { time: this.line.time(this.savedAt) });
    if (this.ended) this.heard.closed(this.ended);
    else if (this.apart.size) this.heard.conflict(this.apart);
    else if (this.hasGap) this.heard.gap();
    this.apart = new Set();
    this.hasGap = false;
    this.heard.settled();
  }

  request(rows, extra) {
    const events = rows.map(({ seq, base, kind, item, value, client_at }) => ({ seq, base, kind, item, value, client_at }));
    return {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
      credentials: "same-origin",
      body: JSON.stringify({ events, proof: rows[0].proof }),
      ...extra,
    };
  }

  // Whether to go on with the next ones.
  async post(rows) {
    let response, body;
    try {
      response = await fetch(this.url, this.request(rows, { signal: AbortSignal.timeout(PATIENCE) }));
      body = await response.json();
    } catch {
      return this.wait();
    }
    if (response.status >= 500 || response.status === 429) return this.wait();
    this.acknowledge(rows, body.results ?? []);
    if (response.ok) {
      this.savedAt = body.saved_at;
      return true;
    }
    return this.refused(rows, response.status, body);
  }

  acknowledge(rows, results) {
    const places = new Map(rows.map((row) => [row.seq, row]));
    this.outbox.forget(results.map(({ seq }) => places.get(seq)).filter(Boolean));
    // Each event takes a position, a repeated one too; what the page before sent as it went away took some as well.
    if (rows.some((row) => row.isOld)) this.slack += rows.length;
    const most = this.position + rows.length + this.slack;
    if (results.length === rows.length) this.position += rows.length;
    for (const { seq, position, status } of results) {
      const item = places.get(seq)?.item;
      // A position further on is somebody else's, who answers here too.
      if (position > most) this.hasGap = true;
      this.position = Math.max(this.position, position);
      if (status === "conflict") this.apart.add(item);
      else this.acknowledged.set(item, position);
    }
  }

  // The position that the person had seen when answering: an answer of another device after it is a conflict.
  baseOf(item, shown) {
    return Math.max(shown, this.acknowledged.get(item) ?? 0);
  }

  async refused(rows, status, { code, title, parameters }) {
    const left = rows.filter((row) => this.outbox.rows.includes(row));
    if (code === "paused") return this.wait("paused", left);
    if (code === "csrf" && !this.isRenewed && (await this.heard.renewed())) return (this.isRenewed = true);
    if (code === "csrf" || code === "key_needed") return this.wait("key");
    if (code === "proof_unknown") return this.renumber(left);
    if (code === "attempt_closed" || code === "time_over") return this.close(left, code, title);
    const one = code === "not_on_path" ? left.find((row) => row.seq === parameters?.seq) : left.length === 1 ? left[0] : null;
    if (one && code === "seq_conflict") return this.renumber([one], parameters?.next_seq);
    if (one) return this.drop(one, code, title);
    this.single = left.length; // one of them: each goes alone
    return true;
  }

  // A number that says something else at the server: another tab took it, or what was sent with it was mended.
  async renumber(rows, next = 0) {
    this.renumbered += 1;
    if (this.renumbered > RENUMBERED) return this.wait();
    await this.outbox.skip(next);
    for (const row of rows) this.outbox.renumber(row);
    return true;
  }

  // An answer that cannot be stored must not be sent for ever: it is told, and stays in its field for mending.
  drop(row, code, title) {
    this.hasRefused = true;
    this.outbox.forget([row]);
    this.heard.refused(row, title ?? "", code);
    return true;
  }

  // Sent, or over: the server keeps apart what was given in time, or says that it takes no more.
  close(rows, code, title) {
    this.outbox.forget(rows);
    this.ended = code;
    this.line.say("refused", { words: title ?? "" });
    this.line.alert(title ?? "");
    this.savedAt = "";
    return true;
  }

  async wait(state = "", rows = []) {
    // What is tried between, because something new was answered, says nothing about how weak the connection is.
    if (this.failures === 0 || this.isRetry || !this.retryTimer) {
      this.seconds = RETRY[Math.min(this.failures, RETRY.length - 1)];
      this.failures += 1;
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => this.retry(), this.seconds * 1000);
    }
    if (state === "paused") this.outbox.release(rows);
    await this.outbox.work; // «on this device» is said when it is so
    const isOld = Date.now() - this.outbox.oldest > DAY;
    const weak = isOld ? "stuck" : this.failures >= WEAK ? "slow" : "queued";
    const number = this.outbox.answers.size || this.outbox.items.size;
    this.line.say(state || (this.outbox.isLasting ? weak : "unkept"), { seconds: this.seconds, number });
    this.heard.waits?.();
    return false;
  }

  retry() {
    this.retryTimer = 0;
    this.flush({ isRetry: true });
  }

  // The connection came back, or the person did: a try that began before and fails says nothing about now.
  async again() {
    if (this.flight && (await this.flight)) return;
    if (this.outbox.rows.length > 0) this.flush();
  }

  // The page is going away: what is not acknowledged is sent once more, the server knows a re-send.
  beacon() {
    this.outbox.keepLast();
    const rows = this.outbox.batch(MOST, LAST_BYTES);
    if (rows.length && !this.isStill) fetch(this.url, this.request(rows, { keepalive: true })).catch(() => {});
  }
}
