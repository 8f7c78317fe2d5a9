// The player: one question at a time, moved between without a connection.

import { Answering } from "./answering.js";
import { answerIn, isEmpty, isPartial, isTyped } from "./controls.js";
import { words } from "./line.js";
import { unpressed } from "./press.js";
import { fillProgress, putFlag } from "./progress.js";

const LEAVING = 3000; // ms that turning the page waits for what the server thinks of typed words
const BY_FORM = new Set(["add", "row"]); // and drop:…

const slowly = (pause) => new Promise((resolve) => setTimeout(resolve, pause, false));
const afterThisPress = () => slowly(0); // a form asked to go while its own submit event is still told stays where it is

// The answer that a page of the server shows.
function answerOf(html) {
  const page = document.createElement("template");
  page.innerHTML = html;
  const form = page.content.querySelector("#question");
  return form && JSON.stringify(answerIn(form));
}

export class Player extends Answering {
  /* ---------- leaving a question ---------- */

  // Whether the page's own form does it: files, rows of a table, half an answer, the choice between two devices.
  isByForm(button, form) {
    const go = button?.value ?? "next";
    if (form !== this.form || BY_FORM.has(go) || go.startsWith("drop:")) return true;
    return go === "next" && (isPartial(form) || this.isHeld(form));
  }

  // At once, when nothing waits that had to come before it.
  mayLeave(button, form) {
    this.note();
    if (!this.isByForm(button, form) || this.outbox.rows.length > 0 || this.sender.failures > 0 || !navigator.onLine) return false;
    this.isLeaving = true;
    return true;
  }

  // What its button asks for. Words that the server may refuse are waited for; a choice is not.
  async press(button, form = this.form) {
    const go = button?.value ?? "next";
    this.note();
    if (this.isByForm(button, form)) return this.native(button, form);
    if (go === "unflag") return this.flag(false);
    if (go === "later") this.flag(true);
    if (go === "skip" && isEmpty(answerIn(form)) && !this.here?.taken) this.pass();
    if (!this.wasSeen) this.record("shown");
    const saving = this.sender.flush();
    if (go === "next" && isTyped(form)) {
      if (this.outbox.answers.has(form.dataset.item)) await Promise.race([saving, slowly(LEAVING)]);
      if (this.refusedItem === form.dataset.item) return this.native(button);
    }
    return go === "back" ? this.go(Math.max(1, this.place - 1)) : this.onward();
  }

  onward() {
    if (this.facts.back) return this.review();
    if (this.isStale || !this.plan.isKnown) return this.go(this.place + 1, { isNext: true });
    return this.place >= this.plan.last ? this.review() : this.go(this.plan.after(this.place));
  }

  // Where the order is fixed, «Далее» without an answer goes by the form, which says what to do.
  isHeld(form) {
    const holds = this.plan.isKnown ? this.plan.holds(this.place) : "holds" in form.dataset;
    return holds && isEmpty(answerIn(form)) && !this.facts.back;
  }

  // By the page's own form: files, rows of a table, mistakes that the server says at their field. What waits goes
  // first, so that nothing older comes after the newest answer; without a connection the page stays.
  async native(button, form = this.form) {
    const saved = await Promise.race([this.save(), slowly(LEAVING)]);
    const isRefused = form === this.form && this.refusedItem === form.dataset.item;
    if (!saved && !isRefused) {
      this.line.tell(words("needs-connection"));
      return;
    }
    await afterThisPress();
    this.isLeaving = true;
    form.requestSubmit(button?.form === form ? button : undefined);
  }

  /* ---------- moving ---------- */

  // Shows the question of a place: from what is here, or from the server.
  async go(place, { push = true, isNext = false } = {}) {
    this.note();
    if (this.isStale && !(await this.renew(place))) return this.waitFor(() => this.go(place, { push, isNext }));
    if (!this.plan.entries.has(place) && (!this.plan.isKnown || place <= this.plan.last)) {
      const pack = await this.plan.fetch(place);
      if (!pack) return this.waitFor(() => this.go(place, { push, isNext }));
      this.take(pack);
    }
    if (place > this.plan.last) return this.review();
    return this.show(place, push);
  }

  show(place, push) {
    const entry = this.plan.entries.get(place);
    if (!entry) return;
    this.later = null;
    this.facts.back = "";
    this.place = place;
    this.frame.dataset.place = place;
    this.refusedItem = "";
    if (push) window.history.pushState({ place }, "", `${this.facts.questions}${place}`);
    this.put(entry);
    this.line.calm();
    document.querySelector("#messages")?.replaceChildren();
    window.scrollTo(0, 0);
    this.fragment.querySelector("h1")?.focus({ preventScroll: true });
    this.ahead();
  }

  put(entry) {
    document.title = entry.title;
    this.base = entry.base;
    this.shown = entry.html;
    this.fragment.innerHTML = entry.html;
    for (const input of this.fragment.querySelectorAll('[name="csrf_token"]')) input.value = this.sender.token;
    for (const input of this.fragment.querySelectorAll('[name="base"]')) input.value = entry.base;
    putFlag(this.form, Boolean(this.here?.flagged));
    this.begin();
    fillProgress(this);
  }

  // The questions after those that are here come before they are needed: the connection may be gone by then.
  async ahead() {
    const { last, entries } = this.plan;
    let next = this.place + 1;
    while (entries.has(next)) next += 1;
    if (next > last || this.isStale || this.isAhead) return;
    this.isAhead = true;
    const pack = await this.plan.fetch(next);
    this.isAhead = false;
    if (pack && !this.isStale) this.take(pack);
  }

  take(pack, isNew = false) {
    if (isNew) this.note(); // typed while the pack was on its way
    const waits = this.outbox.answers;
    this.plan.take(pack, isNew);
    this.frame.dataset.here = this.plan.entries.size; // questions that need no connection any more
    this.shown ??= this.plan.entries.get(this.place)?.html;
    this.sender.token = pack.token;
    this.sender.position = Math.max(this.sender.position, pack.last_position);
    // A device that keeps answers has numbers of its own, which no other tab uses.
    if (pack.proof === this.outbox.proof && !this.outbox.isLasting) this.outbox.skip(pack.next_seq);
    // What was saved before is in the new pages; what was not stays as it was left here.
    if (isNew) for (const item of this.recorded) if (!waits.has(item)) this.drafts.delete(item);
    const given = [...this.recorded].filter((item) => this.drafts.has(item)).map((item) => [item, this.drafts.get(item)]);
    for (const [item, value] of [...waits, ...given]) {
      const known = this.plan.at(this.plan.placeOf(item));
      if (known) Object.assign(known, { answered: !isEmpty(value), taken: known.taken || !isEmpty(value), seen: true });
    }
    fillProgress(this);
  }

  // Everything saved, and the plan anew; false without a connection. The question on the screen stays as it is.
  async renew(place = this.place) {
    if (!(await this.save())) return false;
    const pack = await this.plan.fetch(place);
    if (!pack) return false;
    this.isStale = false;
    this.take(pack, true);
    return true;
  }

  // The question as the server knows it now: another device or tab answered, too.
  async redraw() {
    if (!(await this.renew())) return;
    await new Promise(unpressed); // not from under a finger: its press would be lost
    const entry = this.plan.entries.get(this.place);
    if (!entry || !this.form) return;
    // What was given here after the page came may be older by now than what its html says.
    const isOlder = !this.drafts.has(entry.item) && answerOf(entry.html) !== JSON.stringify(answerIn(this.form));
    if (entry.html !== this.shown || isOlder) this.put(entry);
  }

  // Without a connection: said, and done when it is back.
  waitFor(act, why = "opens-later") {
    if (!this.laterTimer) this.line.tell(words(why));
    this.later = act;
    this.laterTimer ||= setInterval(() => this.resume(), LEAVING);
  }

  resume() {
    const act = this.later;
    if (!act || this.isResuming) return;
    this.isResuming = true;
    this.later = null;
    Promise.resolve(act()).finally(() => {
      this.isResuming = false;
      if (this.later) return;
      clearInterval(this.laterTimer);
      this.laterTimer = 0;
      this.line.calm();
    });
  }

  async review() {
    if (await this.save()) {
      this.isLeaving = true;
      window.location.assign(this.facts.review);
    } else if (!this.isStill) {
      this.waitFor(() => this.review(), "ready-to-send");
    }
  }

  /* ---------- what the sender tells ---------- */

  // Two devices gave different answers: both are kept, the question shows them.
  conflict(items) {
    for (const item of items) this.drafts.delete(item);
    this.line.say("device", { number: items.size });
    this.redraw();
  }

  gap() {
    if (this.drafts.has(this.form?.dataset.item)) this.renew();
    else this.redraw();
  }

  refused(row, title, code) {
    this.recorded.delete(row.item);
    this.line.say("refused", { words: title });
    const place = this.plan.placeOf(row.item);
    if (row.item === this.form?.dataset.item) this.refusedItem = row.item;
    else if (place) this.line.alert(title, `${this.facts.questions}${place}`, words("question", { number: this.plan.at(place).number }));
    else this.line.alert(title);
    if (code === "not_on_path") this.isStale = true;
  }

  closed(code) {
    if (code === "attempt_closed") window.location.assign(this.facts.done);
  }

  settled() {
    fillProgress(this);
    this.resume();
  }

  waits() {
    fillProgress(this);
  }

  // A fresh token against forged requests, if the server still knows this browser.
  async renewed() {
    const pack = await this.plan.fetch(this.place);
    if (pack) this.sender.token = pack.token;
    return pack !== null;
  }

  /* ---------- one tab writes ---------- */

  // The tab before put its last words on the device when this one had begun already.
  async takeLate() {
    await this.outbox.reload();
    this.redraw();
  }

  still(isStill) {
    if (isStill) this.note();
    this.isStill = this.sender.isStill = isStill;
    this.fragment.inert = isStill;
    this.frame.querySelector("[data-other-tab]").hidden = !isStill;
    if (isStill) this.line.voice.say(this.frame.querySelector("[data-other-tab]").textContent.trim());
  }
}
