// A picture is made smaller on the device before it is sent; then the form goes as it would without a script.

const SIDE = 2048; // pixels of the longer side: a page of handwriting stays readable
const ENOUGH = 400 * 1024; // bytes that need no work
const QUALITY = 0.8;

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size <= ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff"; // what was transparent
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!made || made.size >= file.size) return file;
    return new File([made], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return file; // a kind of picture that this browser cannot draw: the server says what it thinks of it
  }
}

async function send(place, input) {
  const status = place.querySelector("[role=status]");
  const button = place.querySelector('[value="add"]');
  status.textContent = place.dataset.sending;
  const ready = await Promise.all([...input.files].map(smaller));
  const body = new FormData(input.form, button);
  body.delete(input.name);
  for (const file of ready) body.append(input.name, file, file.name);
  try {
    const answer = await fetch(input.form.action, { method: "POST", body, credentials: "same-origin" });
    if (answer.ok) {
      window.location.replace(answer.url);
      return;
    }
    status.textContent = "";
    const box = new DataTransfer();
    for (const file of ready) box.items.add(file);
    input.files = box.files;
    input.form.requestSubmit(button); // the page that comes back says what is wrong
  } catch {
    status.textContent = place.dataset.failed;
  }
}

export function startFiles(fragment) {
  const place = fragment.querySelector("[data-files]");
  if (!place) return;
  const input = place.querySelector('input[type="file"]');
  place.querySelector('[value="add"]').hidden = true; // what is chosen goes at once
  input.addEventListener("change", () => input.files.length && send(place, input));
}
