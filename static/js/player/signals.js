// Where the diagnosis counts it, and said so before: how often this page was left and how often something was
// pasted. Numbers only; each message carries the whole count of this browser, so none can be counted twice.

const MOST_TOLD = 200;
const TELL_SOON = 1000;

function keptCounts(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "{}");
    return { leave: found.leave ?? 0, paste: found.paste ?? 0 };
  } catch {
    return { leave: 0, paste: 0 };
  }
}

function keepCounts(key, counts) {
  try {
    localStorage.setItem(key, JSON.stringify(counts));
  } catch {
    // A browser that keeps nothing counts this page only.
  }
}

export function startSignals() {
  const url = document.querySelector("[data-signals]")?.dataset.signals;
  if (!url) return;
  const key = `orientir:signals:${url}`;
  const counts = keptCounts(key);
  const token = document.querySelector("input[name=csrf_token]")?.value ?? "";
  let isGoing = false; // to another page of the work: the page is hidden then, too
  let timer = 0;

  const tell = () => {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    fetch(url, { method: "POST", headers, body: JSON.stringify(counts), keepalive: true }).catch(() => {});
  };
  const add = (kind) => {
    if (counts[kind] >= MOST_TOLD) return;
    counts[kind] += 1;
    keepCounts(key, counts);
    clearTimeout(timer);
    if (document.hidden) tell();
    else timer = setTimeout(tell, TELL_SOON);
  };

  window.addEventListener("pagehide", () => (isGoing = true));
  window.addEventListener("pageshow", () => (isGoing = false));
  window.addEventListener("online", tell);
  document.addEventListener("visibilitychange", () => document.hidden && !isGoing && add("leave"));
  document.addEventListener("paste", () => add("paste"));
}
