// Drop a file anywhere on its field. Without this script the field opens the usual dialogue.
for (const place of document.querySelectorAll("[data-drop] .drop")) {
  const input = place.querySelector('input[type="file"]');
  place.addEventListener("dragover", (event) => { event.preventDefault(); place.classList.add("over"); });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    if (input.hasAttribute("data-send")) input.form.requestSubmit();
  });
}
