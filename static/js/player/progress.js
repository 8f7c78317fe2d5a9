// The line above the question: its number, its section, a cell for each question.

import { words } from "./line.js";

export function fillProgress({ frame, plan, here, outbox }) {
  const line = frame.querySelector(".player-line");
  const cells = frame.querySelector("[data-cells]");
  if (!line || !cells || !here) return;
  const questions = plan.questions;
  const values = { number: here.number, total: questions.length, answered: questions.filter((one) => one.answered).length };
  line.querySelector("span").textContent = here.part;
  line.querySelector("strong").textContent = words("place", values);
  cells.setAttribute("aria-label", words("progress", values));
  cells.replaceChildren(...questions.map((one) => cellOf(one, here, outbox.answers)));
}

function cellOf(question, here, waiting) {
  const cell = document.createElement("span");
  const state = question.answered ? (waiting.has(question.item) ? "unsent" : "answered") : "empty";
  cell.className = [state, question.flagged && "flagged", question.number === here.number && "current"].filter(Boolean).join(" ");
  return cell;
}

// «Вернуться позже» becomes «Снять пометку», and back.
export function putFlag(form, isSet) {
  const button = form?.querySelector("[data-flag]");
  if (!button) return;
  button.value = isSet ? "unflag" : "later";
  button.querySelector("span").textContent = isSet ? button.dataset.unset : button.dataset.set;
}
