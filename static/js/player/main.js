// Where it begins. Every answer is saved as it is given, and the page says truthfully where it is now. Without this
// script the page works by its form; with it the form is the last resort.

import { startCase } from "./case.js";
import { startClock } from "./clock.js";
import { canSeal, saveFile } from "./file.js";
import { startFiles } from "./files.js";
import { startItems } from "./items.js";
import { startKeyHelp, startKeys } from "./keys.js";
import { Line, words } from "./line.js";
import { List } from "./list.js";
import { startOnline } from "./online.js";
import { Outbox } from "./outbox.js";
import { Plan } from "./plan.js";
import { Player } from "./player.js";
import { startPresses } from "./press.js";
import { Sender } from "./sender.js";
import { startSending } from "./sending.js";
import { startSignals } from "./signals.js";
import { Tab } from "./tabs.js";

const AHEAD = 10000; // ms of the first page until the questions after its pack are fetched; a move fetches them at once
const LETTING_GO = 1000; // ms in which the other tab puts its last words on the device, and says so

// What works inside each question: called with its fragment and the player. A new part (what is counted when a page is
// left, say) stands here and calls player.record(kind, value); the server must know the kind (sittings/events.py).
const IN_EACH_QUESTION = [startItems, startCase, startFiles];

function factsOf(frame) {
  const { place, seq, base, ...facts } = frame.dataset;
  return { ...facts, place: Number(place), seq: Number(seq), base: Number(base), token: frame.querySelector('[name="csrf_token"]').value };
}

export function startWaking(sender) {
  const again = () => sender.again();
  window.addEventListener("online", again);
  window.addEventListener("focus", again);
  window.addEventListener("pageshow", again);
  document.querySelector("[data-save-line]")?.addEventListener("click", (event) => {
    if (event.target.closest("[data-save-retry]")) sender.flush();
  });
}

export function startSaving(outbox, key, line) {
  for (const told of document.querySelector("[data-save-states]")?.content.querySelectorAll("[data-plain]") ?? []) told.hidden = canSeal(key);
  document.querySelector("[data-save-line]")?.addEventListener("click", async (event) => {
    if (!event.target.closest("[data-save-file]")) return;
    await saveFile(outbox, key);
    line.tell(words("file-saved", { address: `${window.location.origin}/code/file` }));
  });
}

function listen(player, list) {
  const { frame, sender } = player;
  frame.addEventListener("input", () => player.heardInput());
  frame.addEventListener("focusout", () => player.form && player.drafts.has(player.form.dataset.item) && player.save());
  frame.addEventListener("submit", (event) => {
    if (player.isLeaving || player.mayLeave(event.submitter, event.target)) return;
    event.preventDefault();
    player.press(event.submitter, event.target);
  });
  frame.addEventListener("click", (event) => {
    if (list.isOpen && list.press(event.target)) event.preventDefault();
  });
  document.querySelector("[data-to-list]")?.addEventListener("click", (event) => {
    if (!player.plan.isKnown || player.isStale || player.isStill) return;
    event.preventDefault();
    list.show();
  });
  window.addEventListener("popstate", () => {
    const [, place] = /\/q\/(\d+)$/.exec(window.location.pathname) ?? [];
    list.isOpen = false;
    if (place) player.go(Number(place), { push: false });
    else if (window.location.pathname === player.facts.list && player.plan.isKnown) list.show({ push: false });
    else window.location.reload();
  });
  document.addEventListener("time-over", async () => {
    if (await player.save()) window.location.reload(); // without a connection the page stays and goes on trying
  });
  document.addEventListener("visibilitychange", () => document.hidden && player.note());
  window.addEventListener("pagehide", () => {
    player.note();
    if (!player.wasSeen && !player.isLeaving && !player.isStill) player.record("shown");
    sender.beacon();
  });
  window.addEventListener("pageshow", () => {
    player.isLeaving = false;
  });
}

// One tab writes; another one shows where it is and can take over.
function share(player) {
  let turn = 0; // grows when another tab takes over
  const late = () => player.takeLate();
  let given = late;
  const tab = new Tab(player.facts.sitting, {
    lost: async () => {
      turn += 1;
      player.still(true);
      await player.outbox.work;
      tab.give();
    },
    given: () => given(),
    got: async () => {
      if (!player.isStill) return;
      const mine = turn;
      await new Promise((resolve) => {
        given = resolve;
        setTimeout(resolve, LETTING_GO);
      });
      given = late;
      await player.outbox.takeUp();
      if (mine !== turn) return;
      player.still(false);
      player.redraw();
    },
  });
  player.frame.querySelector("[data-take-over]").addEventListener("click", () => tab.steal());
  tab.begin().then((isMine) => isMine || player.still(true));
}

async function start(frame) {
  const facts = factsOf(frame);
  const line = new Line(facts.zone);
  const outbox = new Outbox(facts.sitting, facts.proof, facts.seq);
  const heard = {};
  const sender = new Sender(facts, outbox, line, heard);
  const player = new Player(frame, facts, { plan: new Plan(facts.pack), outbox, sender, line, scripts: IN_EACH_QUESTION });
  for (const name of ["conflict", "gap", "refused", "closed", "settled", "waits", "renewed"]) heard[name] = (...told) => player[name](...told);
  if (document.querySelector("[data-save-line].quiet")) line.say("ready");
  player.begin();
  listen(player, new List(player));
  startWaking(sender);
  startSaving(outbox, facts.answersKey, line);
  startKeys(player);
  share(player);
  await outbox.open();
  player.putBack();
  sender.again();
  const pack = await player.plan.fetch(facts.place);
  if (pack) player.take(pack);
  setTimeout(() => player.ahead(), AHEAD);
}

const frame = document.querySelector("[data-frame]");
const waiting = document.querySelector("[data-sending]");
startPresses();
startClock();
startKeyHelp();
startOnline();
startSignals();
if (frame) start(frame);
else if (waiting) startSending(waiting, { startWaking, startSaving });
