// Keys: 1–9 choose an option, 0 opens the text of a case, Ctrl+Enter goes on. The single ones can be switched off.

const OFF = "orientir:keys";

export function singleKeysAreOn() {
  try {
    return localStorage.getItem(OFF) !== "off";
  } catch {
    return true; // private mode: for this page only
  }
}

export const isWriting = (target) => Boolean(target.matches?.('input:not([type="radio"]):not([type="checkbox"]), textarea, select'));

function choose(form, number) {
  const option = form.querySelectorAll('input[name="answer"]')[number - 1];
  if (!option) return false;
  option.focus();
  option.click();
  return true;
}

function openCase(fragment) {
  const fold = fragment.querySelector("[data-case]");
  if (!fold) return false;
  fold.open = !fold.open;
  fold.querySelector("summary").focus();
  return true;
}

export function startKeys(player) {
  document.addEventListener("keydown", (event) => {
    const form = player.form;
    if (!form || player.isStill) return;
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector('.actions [value="next"]'));
      return;
    }
    if (!singleKeysAreOn() || isWriting(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    const isHeard = event.key === "0" ? openCase(player.fragment) : /^[1-9]$/.test(event.key) && choose(form, Number(event.key));
    if (isHeard) event.preventDefault();
  });
}

// The help of keys stands under the question, with its switch.
export function startKeyHelp() {
  const help = document.querySelector("[data-keys]");
  if (!help) return;
  const box = help.querySelector("input");
  help.hidden = false;
  box.checked = singleKeysAreOn();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "off");
    } catch {
      // as above
    }
  });
}
