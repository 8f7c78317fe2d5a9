// Moves the reader to the list of mistakes: a page that came back with errors must say so first.
const summary = document.querySelector("[data-error-summary]");
if (summary) {
  summary.focus();
  // A link of the summary must end in the field itself, not beside it.
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}
