// What waits to be sent. It is on the device from the moment it is given until the server has acknowledged it.
// A record: {sitting, proof, seq, base, kind, item, value, client_at}. `proof` names the key of the sitting that the
// browser held then, so that an answer is sent in the name in which it was given, even after the link was opened
// again. Records of another sitting (another person at this computer) are never read here.

const BASE = "orientir";
const OUTBOX = "outbox";
const NUMBERS = "numbers";
const BLOCK = 40; // numbers taken from the common store at once, so that one is always at hand
const FEW = 10;

const told = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const ended = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

function openBase() {
  const request = indexedDB.open(BASE, 1);
  request.onupgradeneeded = () => {
    const outbox = request.result.createObjectStore(OUTBOX, { keyPath: ["sitting", "proof", "seq"] });
    outbox.createIndex("sitting", "sitting");
    request.result.createObjectStore(NUMBERS, { keyPath: ["sitting", "proof"] });
  };
  return told(request);
}

export class Outbox {
  // `floor`: the first number that is free at the server.
  constructor(sitting, proof, floor) {
    Object.assign(this, { sitting, proof, floor });
    this.last = `orientir:last:${sitting}`; // words of the last moment, see keepLast
    this.rows = [];
    this.numbers = []; // taken from the common store, not used yet
    this.isLasting = false;
    this.work = Promise.resolve(); // everything that was begun on the device's store, in order
    this.isOpen = false; // which numbers are free is not known before
    this.opened = new Promise((resolve) => (this.tellOpened = resolve));
  }

  async open() {
    try {
      this.base = await openBase();
      this.isLasting = true;
      await this.reload();
      await this.reserve();
    } catch {
      this.isLasting = false; // private mode, no room: the page is all there is
    }
    this.takeLast();
    this.number();
    for (const row of this.rows) if (!row.kept) this.write(row); // what was given before the store was open
    this.tellOpened();
    return this;
  }

  // What other pages of this sitting left; all of it may have been on its way, so none of it changes any more.
  async reload() {
    if (!this.isLasting) return;
    await this.work;
    const store = this.base.transaction(OUTBOX).objectStore(OUTBOX);
    const kept = await told(store.index("sitting").getAll(this.sitting));
    const known = new Set(this.rows.map((row) => `${row.proof} ${row.seq}`));
    const fresh = kept.filter((row) => !known.has(`${row.proof} ${row.seq}`));
    this.rows = [...fresh.map((row) => restored(row, true)), ...this.rows];
    this.sort();
  }

  sort() {
    const isOwn = (row) => row.proof === this.proof; // what earlier keys gave goes first
    this.rows.sort((one, other) => (one.proof === other.proof ? one.seq - other.seq : isOwn(one) - isOwn(other)));
  }

  // This tab writes from now on: what waits is what stands on the device (the tab before may have sent the rest), and
  // its own numbers come after all that were used, so that nothing older is sent after something newer.
  async takeUp() {
    if (!this.isLasting) return;
    await this.begin(async () => {
      const store = this.base.transaction(OUTBOX).objectStore(OUTBOX);
      const kept = await told(store.index("sitting").getAll(this.sitting));
      this.rows = kept.map((row) => restored(row, true));
      this.sort();
      this.numbers = [];
      await this.reserve();
    });
  }

  /* ---------- numbers ---------- */

  async reserve() {
    const transaction = this.base.transaction(NUMBERS, "readwrite");
    const store = transaction.objectStore(NUMBERS);
    const kept = await told(store.get([this.sitting, this.proof]));
    const first = Math.max(kept?.next ?? 1, this.floor);
    store.put({ sitting: this.sitting, proof: this.proof, next: first + BLOCK });
    await ended(transaction);
    for (let number = Math.max(first, this.floor); number < first + BLOCK; number += 1) this.numbers.push(number);
  }

  async ready(patience) {
    if (this.isOpen) return;
    await Promise.race([this.opened, pause(patience)]);
    this.number();
  }

  // What was given before the numbers were known gets them now, or, when the page goes away first, those that seem free.
  number() {
    this.isOpen = true;
    for (const row of this.rows) row.seq ||= this.take();
    this.sort();
  }

  take() {
    if (this.isLasting && this.numbers.length < FEW) this.begin(() => this.reserve());
    const number = this.numbers.shift() ?? this.floor;
    this.floor = Math.max(this.floor, number + 1);
    return number;
  }

  // Numbers below are known to be used; those that follow may belong to another tab, so new ones are asked for.
  skip(to) {
    this.floor = Math.max(this.floor, to);
    this.numbers = this.numbers.filter((number) => number >= to);
    if (this.isLasting && this.numbers.length === 0) return this.begin(() => this.reserve());
    return this.work;
  }

  /* ---------- records ---------- */

  // Of answers to one question only the last one matters, unless an earlier one may be on its way already.
  put({ base, kind, item, value = null }) {
    const client_at = new Date().toISOString();
    const isAnswer = kind === "answer" || kind === "clear";
    let row = this.rows.find((one) => !one.tried && one.item === item && isAnswer && (one.kind === "answer" || one.kind === "clear"));
    if (row) {
      Object.assign(row, { kind, value, client_at, kept: false });
    } else {
      row = { sitting: this.sitting, proof: this.proof, seq: this.isOpen ? this.take() : 0, base, kind, item, value, client_at, tried: false, kept: false };
      this.rows.push(row);
    }
    if (this.isOpen) this.write(row);
    return row;
  }

  // The position that it is sent with. The device keeps it, too: what another tab or page sends again says the same.
  rebase(row, base) {
    if (row.base === base) return;
    Object.assign(row, { base, kept: false });
    if (this.isOpen) this.write(row);
  }

  // Resolves when the device has them as they are, or after `patience` ms.
  async keep(rows, patience) {
    if (this.isLasting && rows.some((row) => !row.kept)) await Promise.race([this.work, pause(patience)]);
  }

  // The next ones to send: of one key, not more than `most`, and small enough to be one request.
  batch(most, bytes) {
    const found = [];
    let size = 0;
    for (const row of this.rows) {
      size += JSON.stringify(row.value ?? "").length * 2 + 200; // a letter of ours takes two bytes
      if (found.length === most || (found.length > 0 && (row.proof !== found[0].proof || size > bytes))) break;
      found.push(row);
    }
    for (const row of found) row.tried = true;
    return found;
  }

  forget(rows) {
    const gone = new Set(rows);
    this.rows = this.rows.filter((row) => !gone.has(row));
    this.begin(() => this.inStore((store) => rows.forEach((row) => store.delete([row.sitting, row.proof, row.seq]))));
  }

  // The server said that it took up nothing of them: a changed mind may replace what waits.
  release(rows) {
    for (const row of rows) if (row.proof === this.proof) row.tried = false;
  }

  // Under the next free number, in the name of the key that is held now.
  renumber(row) {
    const before = [row.sitting, row.proof, row.seq];
    Object.assign(row, { proof: this.proof, seq: this.take(), kept: false });
    this.begin(() => this.inStore((store) => store.delete(before)));
    this.write(row);
  }

  get items() {
    return new Set(this.rows.map((row) => row.item));
  }

  // The newest answer that waits, by question.
  get answers() {
    const given = this.rows.filter((row) => row.kind === "answer" || row.kind === "clear");
    return new Map(given.map((row) => [row.item, row.value]));
  }

  get oldest() {
    return Math.min(...this.rows.map((row) => Date.parse(row.client_at)));
  }

  /* ---------- the device's store ---------- */

  write(row) {
    return this.begin(async () => {
      const said = record(row);
      await this.inStore((store) => store.put(said));
      row.kept = row.client_at === said.client_at && row.base === said.base;
    });
  }

  // One thing after another; what cannot be kept is said by `isLasting`.
  begin(act) {
    if (!this.isLasting) return this.work;
    this.work = this.work.then(act).catch(() => {
      this.isLasting = false;
    });
    return this.work;
  }

  inStore(act) {
    const transaction = this.base.transaction(OUTBOX, "readwrite", { durability: "strict" });
    act(transaction.objectStore(OUTBOX));
    return ended(transaction);
  }

  // The page goes away, and the device's store answers too late for it: words of the last moment stand elsewhere
  // until the next page of this sitting takes them over.
  keepLast() {
    this.number();
    const rows = this.rows.filter((row) => !row.kept).map(record);
    try {
      if (rows.length) localStorage.setItem(this.last, JSON.stringify(rows));
    } catch {
      // private mode
    }
  }

  takeLast() {
    try {
      const rows = JSON.parse(localStorage.getItem(this.last) ?? "[]");
      localStorage.removeItem(this.last);
      for (const row of rows) this.takeOver(row);
    } catch {
      // as above, or somebody else wrote there
    }
  }

  takeOver(row) {
    if (row.proof === this.proof) this.skip(row.seq + 1);
    const known = this.rows.find((one) => one.proof === row.proof && one.seq === row.seq);
    if (!known) this.rows.push(restored(row, false));
    else Object.assign(known, { base: row.base, kind: row.kind, value: row.value, client_at: row.client_at });
    this.write(known ?? this.rows.at(-1));
  }
}

const restored = (row, kept) => ({ ...row, tried: true, isOld: true, kept });

// What the device keeps of a row, and what a file of answers says of it.
export function record({ sitting, proof, seq, base, kind, item, value, client_at }) {
  return { sitting, proof, seq, base, kind, item, value, client_at };
}
