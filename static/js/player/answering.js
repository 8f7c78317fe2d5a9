// The question on the screen and its answer: on the device as it is given, sent a little later.

import { answerIn, isEmpty, isPartial, isTyped, putAnswer, servedIn } from "./controls.js";
import { fillProgress, putFlag } from "./progress.js";

const CHOICE_PAUSE = 500; // ms after a choice
const TYPING_PAUSE = 2000; // ms after the last key
const KEEPING_PAUSE = 300; // ms until what is typed is on the device

export class Answering {
  constructor(frame, facts, parts) {
    Object.assign(this, { frame, facts }, parts); // plan, outbox, sender, line; scripts: what works inside a question
    this.fragment = frame.querySelector("[data-fragment]");
    this.place = facts.place;
    this.base = facts.base; // the last position that the page on the screen had seen
    this.drafts = new Map(); // item → what its controls hold, where the server's page does not know it
    this.recorded = new Set(); // those of them that went to the outbox
    this.isStale = false; // an answer that steers was changed: what is asked now, the server says
    this.isLeaving = this.isStill = false;
    this.later = null; // what to do when the connection is back
    this.keepTimer = 0;
  }

  get form() {
    return this.fragment.querySelector("#question");
  }

  get here() {
    return this.plan.at(this.place);
  }

  // A question of the fragment begins: what was left here before is put back.
  begin() {
    const form = this.form;
    if (!form) return;
    form.autocomplete = "off"; // or the browser, coming back, would fill in what another question was answered with
    if ("refused" in form.dataset) this.refusedItem = form.dataset.item;
    const draft = this.drafts.get(form.dataset.item) ?? this.outbox.answers.get(form.dataset.item);
    if (draft !== undefined) putAnswer(form, draft);
    this.known = JSON.stringify(draft === undefined ? servedIn(form) : answerIn(form));
    this.wasSeen = "seen" in form.dataset || this.here?.seen;
    for (const start of this.scripts) start(this.fragment, this);
    this.fragment.inert = this.isStill;
  }

  // What waits on this device since before is not in the server's page; what was given before this script was here
  // is newer than both.
  putBack() {
    const form = this.form;
    if (!form) return;
    const item = form.dataset.item;
    const waiting = this.outbox.answers;
    if (JSON.stringify(answerIn(form)) !== this.known) this.heardInput();
    else if (waiting.has(item) && !this.drafts.has(item)) {
      putAnswer(form, waiting.get(item));
      this.known = JSON.stringify(answerIn(form));
    }
  }

  heardInput() {
    if (!this.form || this.isStill) return;
    this.drafts.set(this.form.dataset.item, answerIn(this.form));
    if (isTyped(this.form)) {
      this.keepTimer ||= setTimeout(() => this.note(), KEEPING_PAUSE);
      this.sender.soon(TYPING_PAUSE);
    } else {
      this.note();
      this.sender.soon(CHOICE_PAUSE);
    }
  }

  // On the device, now.
  note() {
    clearTimeout(this.keepTimer);
    this.keepTimer = 0;
    const form = this.form;
    if (!form || this.isStill) return;
    const value = answerIn(form);
    if (JSON.stringify(value) === this.known || isPartial(form)) return;
    this.known = JSON.stringify(value);
    this.drafts.set(form.dataset.item, value);
    if (this.refusedItem === form.dataset.item) this.refusedItem = "";
    this.record(isEmpty(value) ? "clear" : "answer", isEmpty(value) ? null : value);
    if (this.here?.steers) this.isStale = true;
    this.mark({ answered: !isEmpty(value), ...(isEmpty(value) ? {} : { taken: true }) });
  }

  // Any event of the question that is open. New kinds (leaving the page, pasting) are recorded by this, too.
  record(kind, value = null, item = this.form?.dataset.item) {
    if (!item) return;
    this.wasSeen = true;
    if (kind === "answer" || kind === "clear") this.recorded.add(item);
    this.outbox.put({ base: this.sender.baseOf(item, this.base), kind, item, value });
  }

  mark(changes) {
    if (this.here) Object.assign(this.here, changes, { seen: true });
    fillProgress(this);
  }

  save() {
    this.note();
    return this.sender.flush();
  }

  pass() {
    this.record("skip");
    this.mark({ taken: true });
  }

  flag(isSet) {
    if (Boolean(this.here?.flagged) !== isSet) this.record(isSet ? "flag" : "unflag");
    this.mark({ flagged: isSet });
    putFlag(this.form, isSet);
    this.sender.soon(CHOICE_PAUSE);
  }
}
