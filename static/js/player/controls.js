// The answer in the controls of a question: read as the API wants it, and put back as it was left.

const OPT_OUT = "_opt_out";

const typedAnswer = (form) => form.querySelector('[name="answer"]')?.value.trim() ?? "";

const chosenAnswers = (form) => [...form.querySelectorAll('[name="answer"]:checked')].map((input) => input.value);

function oneOf(chosen, convert = String) {
  if (chosen.length === 0) return null;
  return chosen[0] === OPT_OUT ? { opt_out: true } : convert(chosen[0]);
}

const oneMark = (form) => oneOf(chosenAnswers(form), Number);
const oneCode = (form) => oneOf(chosenAnswers(form));

// Of a question with a control in each row: {code: value} of those that are set.
function partAnswers(form) {
  const controls = [...form.querySelectorAll('[name^="answer."]')];
  return Object.fromEntries(controls.filter((one) => one.value).map((one) => [one.name.slice("answer.".length), one.value]));
}

// The codes, first to last; half an order stays {code: place}, which is no answer yet.
function orderedAnswers(form) {
  const places = partAnswers(form);
  const isWhole = new Set(Object.values(places)).size === form.querySelectorAll('[name^="answer."]').length;
  return isWhole ? Object.keys(places).sort((one, other) => places[one] - places[other]) : places;
}

// Of a table: rows with what is typed in them, as far as anything is.
function tableAnswer(form) {
  const rows = {};
  for (const input of form.querySelectorAll('[name^="cell|"]')) {
    const [, row, column] = input.name.split("|");
    if (input.value.trim()) (rows[row] ??= {})[column] = input.value.trim();
  }
  const filled = Object.entries(rows).map(([row, cells]) => ({ row, cells }));
  return filled.length ? { rows: filled } : null;
}

const READ = {
  single: oneCode,
  level: oneCode,
  likert: oneMark,
  frequency: oneMark,
  observation: oneMark,
  multiple: chosenAnswers,
  matching: partAnswers,
  ordering: orderedAnswers,
  number: typedAnswer,
  text: typedAnswer,
  long_text: typedAnswer,
  table: tableAnswer,
  consent: (form) => (chosenAnswers(form).length ? { agreed: true } : null),
};

const TYPED = new Set(["number", "text", "long_text", "table"]);

export const isTyped = (form) => TYPED.has(form.dataset.kind);

export const answerIn = (form) => READ[form.dataset.kind]?.(form) ?? null;

// What the server put in the controls, whatever was done to them since.
export function servedIn(form) {
  const served = form.cloneNode(true);
  served.reset();
  return answerIn(served);
}

export const isEmpty = (value) => value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

// One of «ровно 2», half an order: not an answer yet, nothing to save, nothing to complain about before «Далее».
export function isPartial(form) {
  const value = answerIn(form);
  if (form.dataset.kind === "ordering") return !isEmpty(value) && !Array.isArray(value);
  const wanted = Number(form.dataset.choose);
  return Boolean(wanted) && value.length !== 0 && value.length !== wanted;
}

/* ---------- put back what the server's page does not know yet ---------- */

const codesOf = (value) => {
  if (value?.opt_out) return [OPT_OUT];
  if (value?.agreed) return ["agreed"];
  return (Array.isArray(value) ? value : [value]).map(String);
};

function putChosen(form, value) {
  const chosen = isEmpty(value) ? [] : codesOf(value);
  const isAgreed = form.dataset.kind === "consent" && chosen.length > 0;
  for (const input of form.querySelectorAll('[name="answer"]')) input.checked = isAgreed || chosen.includes(input.value);
}

function putParts(form, value) {
  const places = Array.isArray(value) ? Object.fromEntries(value.map((code, place) => [code, String(place + 1)])) : (value ?? {});
  for (const select of form.querySelectorAll('[name^="answer."]')) select.value = places[select.name.slice("answer.".length)] ?? "";
  form.querySelector("[data-parts]").dispatchEvent(new Event("put"));
}

function putTable(form, value) {
  const rows = new Map((value?.rows ?? []).map(({ row, cells }) => [row, cells]));
  for (const input of form.querySelectorAll('[name^="cell|"]')) {
    const [, row, column] = input.name.split("|");
    input.value = rows.get(row)?.[column] ?? "";
  }
}

export function putAnswer(form, value) {
  const kind = form.dataset.kind;
  if (kind === "table") putTable(form, value);
  else if (kind === "matching" || kind === "ordering") putParts(form, value);
  else if (TYPED.has(kind)) form.querySelector('[name="answer"]').value = value ?? "";
  else if (kind in READ) putChosen(form, value);
}
