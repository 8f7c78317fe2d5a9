// What a script adds to questions with several controls or long words. Their answers stand in the controls of
// the form either way; whoever saves them hears the «input» event.

const parts = document.querySelector("[data-parts]");
const area = document.querySelector("textarea[data-grows]");

/* ---------- matching: a used option stays in every list, and says so ---------- */

function startMatching() {
  const selects = [...parts.querySelectorAll("select")];
  const options = selects.flatMap((select) => [...select.options].filter((one) => one.value).map((option) => ({ select, option, words: option.textContent })));
  const mark = () => {
    for (const { select, option, words } of options) {
      const isUsed = selects.some((one) => one !== select && one.value === option.value);
      option.textContent = isUsed ? `${words} (${parts.dataset.used})` : words;
    }
  };
  parts.addEventListener("input", mark);
  mark();
}

/* ---------- ordering: «выше» and «ниже» beside the number of the place ---------- */

const rows = () => [...parts.children];
const selectOf = (row) => row.querySelector("select");
const isWhole = () => new Set(rows().map((row) => selectOf(row).value).filter(Boolean)).size === rows().length;

function numberRows() {
  rows().forEach((row, place) => {
    selectOf(row).value = String(place + 1);
  });
}

function sortRows() {
  parts.append(...rows().sort((one, other) => selectOf(one).value - selectOf(other).value));
}

function put(row, place) {
  const others = rows().filter((one) => one !== row);
  parts.insertBefore(row, others[place] ?? null);
  numberRows();
}

function tell(row) {
  const line = document.querySelector("[data-moved]");
  const values = { row: row.querySelector("label").textContent, place: rows().indexOf(row) + 1, most: rows().length };
  line.textContent = line.dataset.moved.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

function startOrdering() {
  let wasWhole = isWhole();
  for (const button of parts.querySelectorAll("[data-move]")) button.hidden = false;

  // The first move is an answer about all rows: each keeps the place where it stands.
  parts.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const row = button.closest("li");
    const place = rows().indexOf(row) + Number(button.dataset.move);
    put(row, Math.max(0, Math.min(place, rows().length - 1)));
    wasWhole = true;
    button.focus();
    tell(row);
    parts.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Before the player hears of it: a place that was taken is not taken twice, the others make room.
  parts.addEventListener(
    "input",
    (event) => {
      const row = event.target.closest("li");
      if (!row) return;
      if (wasWhole && event.target.value) put(row, Number(event.target.value) - 1);
      else if (isWhole()) sortRows();
      wasWhole = isWhole();
      if (!wasWhole) return;
      event.target.focus();
      tell(row);
    },
    { capture: true },
  );
}

/* ---------- a long text: the field grows, and says how much room is left ---------- */

const PATIENCE = 1000; // ms after the last key, or a screen reader would hear every letter
const NEARLY_FULL = 0.8;

function startWriting() {
  const counter = document.querySelector("[data-counter]");
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

if (parts?.dataset.parts === "matching") startMatching();
if (parts?.dataset.parts === "ordering") startOrdering();
if (area) startWriting();
