// Pages beside the questions: what still waits on this device goes first, so that the check before sending and the
// receipt tell the truth; then the sending itself, again and again until the server answered.

import { Line, words } from "./line.js";
import { Outbox } from "./outbox.js";
import { Sender } from "./sender.js";

const RETRY = 5000; // ms

export async function startSending(place, { startWaking, startSaving }) {
  const { sitting, events, proof, seq, zone, done, answersKey } = place.dataset;
  const line = new Line(zone);
  const outbox = await new Outbox(sitting, proof, Number(seq)).open();
  const anew = () => window.location.reload();
  const sender = new Sender({ events, base: 0, token: place.querySelector('[name="csrf_token"]').value }, outbox, line, {
    conflict: anew,
    gap: () => {},
    refused: (_row, title) => line.alert(title),
    closed: (code) => code === "attempt_closed" && window.location.assign(done), // told there, as late answers
    settled: () => {},
    renewed: async () => false,
  });
  startWaking(sender);
  startSaving(outbox, answersKey, line);
  const form = place.matches("form") ? place : null;
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, sender, line);
  });
  if (outbox.rows.length > 0 && (await sender.flush()) && form) anew();
}

// Once a press; the server gives one receipt however often it is asked.
async function send(form, sender, line) {
  if (form.dataset.isSending) return;
  form.dataset.isSending = "yes";
  line.calm();
  let isTold = false;
  for (;;) {
    const outcome = (await sender.flush()) ? await posted(form) : "wait";
    if (outcome !== "wait") return leave(form, outcome);
    if (!isTold) line.tell(words("ready-to-send"));
    isTold = true;
    await new Promise((resolve) => setTimeout(resolve, RETRY));
  }
}

async function posted(form) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (answer.ok) return answer.url;
    return answer.status >= 500 || answer.status === 429 ? "wait" : "";
  } catch {
    return "wait";
  }
}

// What the server refuses goes by the form, whose page says why.
function leave(form, address) {
  if (address) window.location.assign(address);
  else form.submit();
}
