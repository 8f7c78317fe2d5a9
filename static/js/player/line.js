// The save line says where the answers are now; a polite voice says it too, not more often than every five seconds.
// The words stand in the page, in its language; only {time}, {seconds}, {number} and {words} are filled in.

import { unpressed } from "./press.js";

const SILENCE = 5000; // ms between two announcements
const LONG = 3000; // ms of saving that are not worth a word

export const filled = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// A sentence of the page, by name.
export function words(name, values = {}) {
  const pages = [...document.querySelectorAll("[data-player-words]")];
  const kept = pages.map((one) => one.content.querySelector(`[data-word="${name}"]`)).find(Boolean);
  return kept ? filled(kept.textContent, values) : "";
}

class Voice {
  constructor() {
    this.place = document.querySelector("[data-voice]");
    this.timer = 0;
    this.free = 0; // when the next word may be said
  }

  // Later words replace those that were not said yet.
  say(text, pause = 0) {
    clearTimeout(this.timer);
    const wait = Math.max(pause, this.free - Date.now());
    this.timer = setTimeout(() => {
      this.free = Date.now() + SILENCE;
      if (this.place) this.place.textContent = text;
    }, wait);
  }
}

export class Line {
  constructor(zone) {
    this.zone = zone;
    this.place = document.querySelector("[data-save-line]");
    this.alarm = document.querySelector("[data-alarm]");
    this.states = document.querySelector("[data-save-states]");
    this.voice = new Voice();
    this.state = "";
    this.place?.removeAttribute("role"); // the voice speaks for it
  }

  say(state, values = {}) {
    const made = this.states?.content.querySelector(`[data-state="${state}"]`)?.cloneNode(true);
    if (!made || !this.place) return;
    for (const one of made.querySelectorAll("[data-save-words]")) one.textContent = filled(one.textContent, values);
    this.state = state;
    this.voice.say(made.textContent.trim(), state === "saving" ? LONG : 0);
    unpressed(() => {
      this.place.className = made.className;
      this.place.dataset.said = state;
      this.place.replaceChildren(...made.childNodes);
    });
  }

  // A mistake interrupts: an answer was refused. `href`: where to mend it.
  alert(text, href = "", name = "", kind = "error") {
    if (!this.alarm) return;
    const said = document.createElement("p");
    said.textContent = `${text} `;
    if (href) {
      const link = document.createElement("a");
      Object.assign(link, { href, textContent: name });
      said.append(link);
    }
    unpressed(() => {
      this.alarm.className = `notice ${kind}`;
      this.alarm.hidden = false;
      this.alarm.append(said);
    });
  }

  // What the person has to know at once, though nothing is wrong with the answers.
  tell(text) {
    this.calm();
    this.alert(text, "", "", "caution");
  }

  calm() {
    unpressed(() => {
      this.alarm?.replaceChildren();
      this.alarm?.toggleAttribute("hidden", true);
    });
  }

  // In the zone of the diagnosis' place, as the page itself writes time.
  time(iso) {
    const format = { hour: "2-digit", minute: "2-digit" };
    try {
      return new Date(iso).toLocaleTimeString("ru-RU", { ...format, timeZone: this.zone });
    } catch {
      return new Date(iso).toLocaleTimeString("ru-RU", format); // a zone that this browser does not know
    }
  }
}
