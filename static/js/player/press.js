// Nothing moves under a finger: what would move the page while a press lasts is shown when the press has ended. A press
// takes the focus from an answer, which is saved at once; without a connection that is told above the question, the
// button leaves the pointer between down and up, and a browser makes no click of such a press.

let isPressed = false;
const waiting = [];

function released() {
  isPressed = false;
  for (const act of waiting.splice(0)) act();
}

export function startPresses() {
  document.addEventListener("pointerdown", () => (isPressed = true), true);
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(released), true); // the click comes first
}

export function unpressed(act) {
  if (isPressed) waiting.push(act);
  else act();
}
