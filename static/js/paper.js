// Answers from paper are typed with one hand on the digits: Enter goes to the next question, and where one digit is
// the whole answer the next field comes by itself. Without script the same page is walked with Tab.
const fields = [...document.querySelectorAll("[data-paper] input, [data-paper] textarea")];

function next(field) {
  const after = fields[fields.indexOf(field) + 1] ?? document.querySelector("form button.primary");
  after?.focus();
  if (after instanceof HTMLInputElement) after.select();
}

for (const field of fields) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || (field instanceof HTMLTextAreaElement && event.shiftKey)) return;
    event.preventDefault();
    next(field);
  });
  if (field.dataset.digit === undefined) continue;
  field.addEventListener("input", () => {
    if (/^\d$/.test(field.value)) next(field);
  });
}
// A page that came back with mistakes begins with them: the list at the top has the focus.
if (!document.querySelector(".error-summary")) fields[0]?.focus();
