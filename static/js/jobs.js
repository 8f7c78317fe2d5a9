// Keeps a job card true while the page is open. Without script the card is a picture of one moment
// and the page says so; nothing here is needed to get the result.
const PERIOD = 1500;
const SLOWEST = 24000;
const ENDS = ["done", "failed", "cancelled"];

function showStages(card, stages) {
  const rows = card.querySelectorAll("[data-job-stage]");
  stages.forEach((stage, index) => {
    const row = rows[index];
    if (!row) return;
    row.classList.remove("done", "current", "waiting", "failed");
    row.classList.add(stage.state);
    row.querySelector("[data-title]").textContent = stage.title;
    row.querySelector("[data-note]").textContent = stage.note ?? "";
  });
}

function show(card, job) {
  const percent = Math.max(0, Math.min(100, Math.round(job.percent)));
  card.querySelector("[data-job-bar]").setAttribute("width", `${percent}%`);
  const line = card.querySelector("[data-job-percent]");
  line.textContent = line.dataset.words.replace("{percent}", String(percent));
  showStages(card, job.stages);
}

function finish(card, job) {
  const block = card.querySelector(job.state === "done" ? "[data-job-done]" : "[data-job-failed]");
  if (job.result_url) block.querySelector("[data-job-result]")?.setAttribute("href", job.result_url);
  block.hidden = false;
  card.querySelectorAll("[data-job-running]").forEach((part) => { part.hidden = true; });
}

async function ask(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function watch(card) {
  let delay = PERIOD;
  for (;;) {
    await new Promise((resolve) => { setTimeout(resolve, delay); });
    if (document.hidden) continue;
    try {
      const job = await ask(card.dataset.poll);
      delay = PERIOD;
      show(card, job);
      if (ENDS.includes(job.state)) return finish(card, job);
    } catch {
      // The connection or the server is away: the job itself goes on, so ask again, ever more seldom.
      delay = Math.min(SLOWEST, delay * 2);
    }
  }
}

document.querySelectorAll("[data-job][data-poll]").forEach((card) => { watch(card); });
