// What is known of all questions of the work, and of those whose pages are here already: enough to go on without
// a connection. The server's pack fills it; answers given here change it.

const PATIENCE = 10000; // ms

export class Plan {
  constructor(url) {
    this.url = url;
    this.places = []; // of the whole work, in order; place 1 is the first
    this.entries = new Map(); // place → its page
    this.isOrdered = false;
  }

  get isKnown() {
    return this.places.length > 0;
  }

  get last() {
    return this.places.length;
  }

  at(place) {
    return this.places[place - 1];
  }

  placeOf(item) {
    return this.places.findIndex((one) => one.item === item) + 1;
  }

  get questions() {
    return this.places.filter((one) => one.question);
  }

  // `isNew`: an answer may have changed what is asked, so nothing of before is kept.
  take(pack, isNew) {
    if (isNew) this.entries.clear();
    this.places = pack.places;
    this.isOrdered = pack.ordered;
    for (const entry of pack.entries) this.entries.set(entry.place, entry);
  }

  // The section of a place from the server; the answer's status tells why there is none.
  async fetch(place) {
    try {
      const options = { headers: { Accept: "application/json" }, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) };
      const response = await fetch(`${this.url}?from=${place}`, options);
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  // Question that is not open yet → the place to continue with: the rule of instruments/order.py.
  get waits() {
    const found = new Map();
    let section = null;
    let before = 0; // the first to take of earlier sections
    let here = 0; // of this one
    this.places.forEach((one, number) => {
      if (one.section !== section) [section, before, here] = [one.section, before || here, 0];
      const first = (this.isOrdered && before) || (one.ordered && here) || 0;
      if (first) found.set(number + 1, first);
      if (!here && one.question && !one.taken) here = number + 1;
    });
    return found;
  }

  after(place) {
    return this.waits.get(place + 1) ?? place + 1;
  }

  // Whether «Далее» needs an answer first.
  holds(place) {
    return place < this.last && this.after(place) === place;
  }
}
