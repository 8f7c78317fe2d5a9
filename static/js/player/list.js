// «Список вопросов» without a connection: made of what the plan knows, in the look of the server's page.

import { words } from "./line.js";

const FILTERS = { all: () => true, open: (one) => !one.answered, later: (one) => one.flagged };

export class List {
  constructor(player) {
    this.player = player;
    this.made = document.querySelector("template[data-list]");
    this.only = "all";
    this.isOpen = false;
  }

  show({ push = true } = {}) {
    const { player } = this;
    player.note();
    if (!player.wasSeen) player.record("shown");
    player.sender.soon(0);
    if (push) window.history.pushState({ list: true }, "", player.facts.list);
    document.title = this.made.dataset.title;
    this.isOpen = true;
    player.line.calm();
    player.fragment.replaceChildren(this.made.content.cloneNode(true));
    player.fragment.querySelector("[data-to-review]").href = player.facts.review;
    const head = document.createElement("h1");
    const made = player.fragment.querySelector("[data-head]");
    Object.assign(head, { tabIndex: -1, textContent: made.textContent });
    made.replaceWith(head);
    this.put();
    window.scrollTo(0, 0);
    head.focus({ preventScroll: true });
  }

  put() {
    const { plan, fragment } = this.player;
    const questions = plan.questions;
    const answered = questions.filter((one) => one.answered).length;
    fragment.querySelector("[data-told]").textContent = words("told", { answered, total: questions.length });
    fragment.querySelector("[data-order]").hidden = plan.waits.size === 0;
    for (const chip of fragment.querySelectorAll("[data-only]")) {
      chip.querySelector("span").textContent = questions.filter(FILTERS[chip.dataset.only]).length;
      chip.setAttribute("aria-pressed", String(chip.dataset.only === this.only));
      chip.classList.toggle("chosen", chip.dataset.only === this.only);
    }
    const rows = questions.filter(FILTERS[this.only]);
    fragment.querySelector("[data-none]").hidden = rows.length > 0;
    fragment.querySelector("[data-rows]").replaceChildren(...this.sections(rows));
  }

  sections(rows) {
    const parts = [...new Set(rows.map((one) => one.section))];
    return parts.flatMap((part) => {
      const own = rows.filter((one) => one.section === part);
      const list = document.createElement("ol");
      list.className = "answers";
      list.append(...own.map((one) => this.row(one)));
      if (parts.length < 2 && !own[0].titled) return [list];
      const head = document.createElement("h2");
      head.className = "list-head";
      head.textContent = own[0].part;
      return [head, list];
    });
  }

  row(question) {
    const place = this.player.plan.placeOf(question.item);
    const isLocked = this.player.plan.waits.has(place);
    const row = this.made.content.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-number]").textContent = question.number;
    const link = row.querySelector("a");
    link.textContent = question.name;
    if (isLocked) link.replaceWith(question.name);
    else Object.assign(link, { href: `${this.player.facts.questions}${place}` }).dataset.place = place;
    row.querySelector("[data-flagged]").hidden = !question.flagged;
    const state = row.querySelector("[data-is]");
    state.className = question.answered ? "given" : "gap";
    state.textContent = words(isLocked ? "locked" : question.answered ? "answered" : question.taken ? "passed" : "open");
    return row;
  }

  // A press inside the list; whether it was ours.
  press(target) {
    const chip = target.closest("[data-only]");
    const link = target.closest("a[data-place]");
    if (chip) {
      this.only = chip.dataset.only;
      this.put();
    } else if (link) {
      this.isOpen = false;
      this.player.go(Number(link.dataset.place));
    }
    return Boolean(chip || link);
  }
}
