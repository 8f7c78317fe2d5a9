// A form whose next step only the server knows (a clarifying task): without a connection it waits, says so and is sent
// by itself. What was chosen stays on the device until then, so that a closed page loses nothing.

const LOOK_AGAIN = 4000;
const LONGEST_LOOK = 8000;

async function isReached() {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), LONGEST_LOOK);
  try {
    await fetch(window.location.href, { method: "HEAD", cache: "no-store", redirect: "manual", signal: giveUp.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const placeOf = () => `orientir:waiting:${window.location.pathname}`;
const isAnswer = (control) => control.name?.startsWith("answer");

function keepChoice(form) {
  const given = [...form.elements].filter((one) => isAnswer(one) && (!/radio|checkbox/.test(one.type) || one.checked));
  try {
    localStorage.setItem(placeOf(), JSON.stringify(given.map((one) => [one.name, one.value])));
  } catch {
    // A device that keeps nothing: the page itself still does.
  }
}

function putChoiceBack(form) {
  let given = [];
  try {
    given = JSON.parse(localStorage.getItem(placeOf()) ?? "[]");
  } catch {
    return;
  }
  for (const control of [...form.elements].filter(isAnswer)) {
    const values = given.filter(([name]) => name === control.name).map(([, value]) => value);
    if (/radio|checkbox/.test(control.type)) control.checked ||= values.includes(control.value);
    else if (values.length && !control.value) [control.value] = values;
  }
}

// «Сохранено» of a while ago would contradict what is said now.
function sayWaiting() {
  const line = document.querySelector("[data-online-line]");
  if (!line || line.textContent) return;
  document.querySelector("[data-save-line]")?.remove();
  line.className = "save-line caution";
  line.textContent = line.dataset.waiting;
  line.scrollIntoView({ block: "nearest" });
}

// The value of the pressed button goes with the form, as the browser itself would send it.
function sendForm(form, button) {
  if (button?.name) {
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
    form.append(pressed);
  }
  try {
    localStorage.removeItem(placeOf());
  } catch {
    // Nothing was kept.
  }
  form.submit();
}

export function startOnline() {
  let isWaiting = false;
  for (const form of document.querySelectorAll("form[data-online]")) {
    putChoiceBack(form);
    form.addEventListener("change", () => keepChoice(form));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isWaiting) return;
      isWaiting = true;
      while (!(await isReached())) {
        sayWaiting();
        await new Promise((resolve) => {
          setTimeout(resolve, LOOK_AGAIN);
          window.addEventListener("online", resolve, { once: true });
        });
      }
      sendForm(form, event.submitter);
    });
  }
}
