// The time that is left, told about: the server alone decides, this only shows. Never a number each second.
// Announced politely at the half, and at ten, five and one minute; hidden by the person's wish, it still speaks.

import { filled } from "./line.js";

const HIDDEN = "clock-hidden";
const STEPS = [600, 300, 60]; // seconds
const LOOK = 1000; // ms

export function startClock() {
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const shown = clock.querySelector("[data-left]");
  const told = clock.querySelector("[data-announce]");
  const words = clock.querySelector("[data-clock-words]").content;
  const say = (name, values = {}) =>
    filled(words.querySelector(`[data-${name}]`).textContent, values);
  // Counted from the page's own arrival by a clock that the person cannot set.
  const end = performance.now() + Number(clock.dataset.clock) * 1000;
  const steps = [Number(clock.dataset.whole) / 2, ...STEPS].filter((step) => step < Number(clock.dataset.clock));
  let last = "";

  function look() {
    const left = Math.max(0, (end - performance.now()) / 1000);
    const now = left < 60 ? say("last") : say("about", { minutes: Math.ceil(left / 60) });
    if (now !== last) shown.textContent = last = now;
    const passed = steps.filter((step) => left <= step);
    if (passed.length > 0) {
      steps.splice(0, steps.length, ...steps.filter((step) => left > step));
      told.textContent = now;
    }
    if (left > 0) return;
    clearInterval(timer);
    told.textContent = shown.textContent = say("over");
    const isHeard = document.querySelector("[data-frame]") !== null;
    if (isHeard) document.dispatchEvent(new Event("time-over"));
    else window.location.reload();
  }

  const timer = setInterval(look, LOOK);
  look();
  hiding(clock, shown);
}

function hiding(clock, shown) {
  const button = clock.querySelector("[data-hide]");
  const names = { true: button.dataset.show, false: button.textContent };
  function put(isHidden) {
    shown.hidden = isHidden;
    button.textContent = names[isHidden];
    button.setAttribute("aria-expanded", String(!isHidden));
    try {
      sessionStorage.setItem(HIDDEN, isHidden ? "1" : "");
    } catch {
      // private mode: for this page only
    }
  }
  let kept = "";
  try {
    kept = sessionStorage.getItem(HIDDEN) ?? "";
  } catch {
    // as above
  }
  button.hidden = false;
  button.addEventListener("click", () => put(!shown.hidden));
  put(kept === "1");
}
