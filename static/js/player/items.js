// What a script adds to questions with several controls or long words. Their answers stand in the controls of
// the form either way; whoever saves them hears the «input» event.

import { filled } from "./line.js";

/* ---------- matching: a used option stays in every list, and says so ---------- */

function startMatching(parts) {
  const selects = [...parts.querySelectorAll("select")];
  const options = selects.flatMap((select) => [...select.options].filter((one) => one.value).map((option) => ({ select, option, words: option.textContent })));
  const mark = () => {
    for (const { select, option, words } of options) {
      const isUsed = selects.some((one) => one !== select && one.value === option.value);
      option.textContent = isUsed ? `${words} (${parts.dataset.used})` : words;
    }
  };
  parts.addEventListener("input", mark);
  parts.addEventListener("put", mark);
  mark();
}

/* ---------- ordering: «выше» and «ниже» beside the number of the place ---------- */

class Order {
  constructor(parts) {
    this.parts = parts;
    this.line = parts.closest("fieldset").parentElement.querySelector("[data-moved]");
  }

  get rows() {
    return [...this.parts.children];
  }

  get isWhole() {
    return new Set(this.rows.map((row) => selectOf(row).value).filter(Boolean)).size === this.rows.length;
  }

  sort() {
    this.parts.append(...this.rows.sort((one, other) => selectOf(one).value - selectOf(other).value));
  }

  put(row, place) {
    const others = this.rows.filter((one) => one !== row);
    this.parts.insertBefore(row, others[place] ?? null);
    this.rows.forEach((one, number) => {
      selectOf(one).value = String(number + 1);
    });
  }

  tell(row) {
    const values = { row: row.querySelector("label").textContent, place: this.rows.indexOf(row) + 1, most: this.rows.length };
    this.line.textContent = filled(this.line.dataset.moved, values);
  }
}

const selectOf = (row) => row.querySelector("select");

function startOrdering(parts) {
  const order = new Order(parts);
  let wasWhole = false;
  const look = () => {
    wasWhole = order.isWhole;
    if (wasWhole) order.sort();
  };
  look();
  parts.addEventListener("put", look);
  for (const button of parts.querySelectorAll("[data-move]")) button.hidden = false;

  // The first move is an answer about all rows: each keeps the place where it stands.
  parts.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const row = button.closest("li");
    const place = order.rows.indexOf(row) + Number(button.dataset.move);
    order.put(row, Math.max(0, Math.min(place, order.rows.length - 1)));
    wasWhole = true;
    button.focus();
    order.tell(row);
    parts.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Before the player hears of it: a place that was taken is not taken twice, the others make room.
  parts.addEventListener(
    "input",
    (event) => {
      const row = event.target.closest("li");
      if (!row) return;
      if (wasWhole && event.target.value) order.put(row, Number(event.target.value) - 1);
      else if (order.isWhole) order.sort();
      wasWhole = order.isWhole;
      if (!wasWhole) return;
      event.target.focus();
      order.tell(row);
    },
    { capture: true },
  );
}

/* ---------- a long text: the field grows, and says how much room is left ---------- */

const PATIENCE = 1000; // ms after the last key, or a screen reader would hear every letter
const NEARLY_FULL = 0.8;

function startWriting(area) {
  const counter = area.parentElement.querySelector("[data-counter]");
  const most = Number(counter.dataset.most);
  let timer = 0;
  const grow = () => {
    if (area.scrollHeight > area.clientHeight) area.style.height = `${area.scrollHeight + 4}px`;
  };
  const count = () => {
    const left = most - [...area.value.trim()].length;
    counter.hidden = left > most * (1 - NEARLY_FULL);
    counter.textContent = (left < 0 ? counter.dataset.over : counter.dataset.left).replace("{number}", Math.abs(left));
  };
  area.addEventListener("input", () => {
    grow();
    clearTimeout(timer);
    timer = setTimeout(count, PATIENCE);
  });
  grow();
  count();
}

export function startItems(fragment) {
  const parts = fragment.querySelector("[data-parts]");
  const area = fragment.querySelector("textarea[data-grows]");
  if (parts?.dataset.parts === "matching") startMatching(parts);
  if (parts?.dataset.parts === "ordering") startOrdering(parts);
  if (area) startWriting(area);
}
