"""Problems of a work as its author reads them: names in the place of codes, fields as the pages call them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from diagnostics.web.authoring.editing.around import Around, shortened
from diagnostics.web.authoring.editing.settings import LABELS
from diagnostics.web.authoring.editing.settings import LANGUAGES as PAIRS
from diagnostics.web.authoring.editing.types import FORMS
from diagnostics.web.sentences.common import N_
from instruments.linting import Hint
from instruments.problems import Problem
from instruments.texts import SOURCE_LANGUAGE, say
from instruments.words import DOCUMENT_PROBLEMS, sentence

LONGEST_NAME = 40
INNER_QUOTES = str.maketrans("«»", "„“")  # the sentences put «» around a name
LETTERS = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ"

#: Sentences of a document that name its fields: here there are pages to fill in.
ON_PAGES: Mapping[str, str] = {
    "item_not_scored": N_(
        "Для задания «%(code)s» нет ключа. Если оно не оценивается, поставьте ему 0 баллов."
    ),
    "order_of_one": N_("В разделе «%(code)s» одно задание: порядок ему не нужен."),
    "shuffle_fixed": N_("В разделе «%(code)s» вопросы открываются по очереди, перемешать их нельзя."),
    "table_rows_or_repeat": N_("У таблицы должны быть либо свои строки, либо те, что добавляет участник."),
    "file_no_kinds": N_("Не указано, что можно приложить: фото или документ."),
    "reverse_unused": N_("Обратный счёт бывает только у шкалы мнений."),
    "matrix_unknown": N_("Матрицы «%(code)s» нет: строка не знает своей шкалы."),
    "matrix_unused": N_("В матрице «%(code)s» нет ни одной строки."),
    "critical_not_scored": N_("Задание «%(code)s» названо критическим, но не оценивается."),
    "text_empty": N_("Текст не написан (%(language)s)."),
    "rubric_empty": N_("Не сказано, по чему эксперт оценит ответ: нет ни одного критерия."),
}
#: What the parameter `code` of a problem is the code of, where it is no item.
OTHER_CODES: Mapping[str, str] = {
    "section_empty": "section", "order_of_one": "section", "shuffle_fixed": "section", "form_empty": "form",
    "option_text_repeated": "option", "stimulus_unused": "stimulus", "stimulus_unknown": "stimulus",
    "matrix_unused": "matrix", "matrix_unknown": "matrix", "code_repeated": "",
    "rubric_few_levels": "criterion", "rubric_levels_order": "criterion",
}  # fmt: skip
#: Part of a work that is a list → what its members are called, and the field of their name.
LISTS: Mapping[str, tuple[str, str]] = {
    "stimuli": (N_("Кейс «%(name)s»"), "title"),
    "matrices": (N_("Матрица «%(name)s»"), "text"),
}
SECTION_FIELDS: Mapping[str, str] = {
    "title": N_("название"),
    "text": N_("текст"),
    "order": N_("порядок вопросов"),
    "shuffle": N_("что перемешивать"),
    "show_if": N_("когда показывать"),
    "purpose": N_("назначение"),
    "instructions": N_("указания"),
    "image": N_("рисунок"),
    "alt": N_("описание рисунка"),
    "scale": N_("отметки шкалы"),
}
#: Heads of places that `place` tells by name.
PARTS = frozenset({"items", "forms", *LABELS, "stimuli", "matrices"})
LISTED = frozenset({"options", "prompts", "levels"})
BESIDE: Mapping[str, str] = {"key": "options", "mistakes": "options"}
LANGUAGES: Mapping[str, str] = {"en": N_("по-английски")}


def said(problem: Problem, around: Around) -> str:
    """The sentence of a problem with names in it; what the work does not know stays as it is written."""
    if isinstance(problem, Hint):
        return problem.sentence(_)
    named = {name: _named(name, value, problem, around) for name, value in problem.params.items()}
    return sentence(problem.code, named, {**DOCUMENT_PROBLEMS, **ON_PAGES}, _)


def place(where: str, around: Around) -> str:
    """«7. Ошибка в задании: варианты ответа», «Для кого и зачем», «Раздел „Оценка“: когда показывать»."""
    head, *rest = where.split(".")
    code = item_code(where, around)
    if code:
        item = around.documents.entry(code).item
        return _joined(around.label(item), _field_of(item, where, code, around))
    if head == "forms" and rest:
        return _in_form(rest, around)
    if head in LISTS and rest:
        words, field = LISTS[head]
        part = _one(around.documents.instrument.get(head), rest[0])
        name = shortened(say(part.get(field), around.language), LONGEST_NAME) or _("без названия")
        return _joined(_(words, name=name), _field_words(rest[1:]))
    if head in LABELS:
        return _joined(_(LABELS[head]), _language_of(rest))
    return _("Вся работа")


def item_code(where: str, around: Around) -> str:
    """Code of the item that a place is in, codes with dots too; "" for one of the whole work."""
    head, *names = where.split(".")
    codes = (".".join(names[:n]) for n in range(len(names), 0, -1)) if head == "items" else ()
    return next((code for code in codes if around.documents.has(code)), "")


def field_name(item: Mapping[str, Any], where: str, code: str) -> str:
    """The control of an item's form that a place belongs to; "" for none. What is ticked beside options is theirs."""
    form = FORMS.get(item["type"])
    names = {control.name for control in form.controls} if form else set()
    written = _names_in(where, code)[0]
    return next((one for one in (written, BESIDE.get(written, "")) if one in names), "")


def option_name(item: Mapping[str, Any], code: str, language: str, field: str = "options") -> str:
    """The words of an option, or its letter while it has none; a code that the item does not know stays."""
    options = item.get(field) or item.get("levels") or ()
    for number, one in enumerate(options):
        if one.get("code") == code:
            letter = LETTERS[number] if number < len(LETTERS) else str(number + 1)
            words = shortened(say(one.get("text"), language), LONGEST_NAME)
            return words.translate(INNER_QUOTES) or letter
    return code


def _named(name: str, value: object, problem: Problem, around: Around) -> object:
    kind = OTHER_CODES.get(problem.code, "item") if name == "code" else name
    tell = NAMES.get(kind)
    return tell(value, problem, around) if tell and isinstance(value, str) else value


def _item(code: str, _problem: Problem, around: Around) -> str:
    return around.label(around.documents.entry(code).item) if around.documents.has(code) else code


def _option(code: str, problem: Problem, around: Around, field: str = "options") -> str:
    found = item_code(problem.where, around)
    return option_name(around.documents.entry(found).item, code, around.language, field) if found else code


def _criterion(code: str, problem: Problem, around: Around) -> str:
    found = item_code(problem.where, around)
    key = around.documents.entry(found).key.get("key") if found else None
    criteria = key.get("criteria") if isinstance(key, dict) else None
    return say(_one(criteria, code).get("title"), around.language) or code


def _form(code: str, _problem: Problem, around: Around) -> str:
    return say(_one(around.documents.forms, code).get("title"), around.language) or code


def _section(code: str, problem: Problem, around: Around) -> str:
    form = (*problem.where.split("."), "", "")[1]
    sections = _one(around.documents.forms, form).get("sections")
    return say(_one(sections, code).get("title"), around.language) or code


def _part(head: str) -> Callable[[str, Problem, Around], str]:
    def tell(code: str, _problem: Problem, around: Around) -> str:
        part = _one(around.documents.instrument.get(head), code)
        name = shortened(say(part.get(LISTS[head][1]), around.language), LONGEST_NAME)
        return name or (_("без названия") if part else code)

    return tell


def _competence(code: str, _problem: Problem, around: Around) -> str:
    return dict(around.nodes).get(code, code)


def _level(code: str, _problem: Problem, around: Around) -> str:
    return dict(around.levels).get(code, code)


def _language(code: str, _problem: Problem, _around: Around) -> str:
    known = dict(PAIRS)
    return _(known[code]) if code in known else code


NAMES: Mapping[str, Callable[[str, Problem, Around], str]] = {
    "item": _item,
    "option": _option,
    "prompt": lambda code, problem, around: _option(code, problem, around, "prompts"),
    "criterion": _criterion,
    "form": _form,
    "section": _section,
    "stimulus": _part("stimuli"),
    "matrix": _part("matrices"),
    "competence": _competence,
    "language": _language,
    "level": _level,
}


def _in_form(rest: list[str], around: Around) -> str:
    form = _one(around.documents.forms, rest[0])
    name = say(form.get("title"), around.language) or rest[0]
    many = len(around.documents.forms) > 1
    if rest[1:2] != ["sections"] or len(rest) < 3:  # noqa: PLR2004  forms, code, sections, code
        return _joined(_("Вариант «%(name)s»", name=name), _field_words(rest[1:]))
    section = say(_one(form.get("sections"), rest[2]).get("title"), around.language) or rest[2]
    words = (
        _("Раздел «%(section)s», %(name)s", section=section, name=name)
        if many
        else _("Раздел «%(section)s»", section=section)
    )
    return _joined(words, _field_words(rest[3:]))


def _field_words(names: list[str]) -> str:
    known = [name for name in names if name in SECTION_FIELDS]
    return _joined(_(SECTION_FIELDS[known[-1]]) if known else "", _language_of(names))


def _field_of(item: Mapping[str, Any], where: str, code: str, around: Around) -> str:
    """The field of an item's form, as the form calls it; of a list of words, which of them."""
    written, *rest = _names_in(where, code)
    name = field_name(item, where, code)
    labels = {control.name: control.label for control in FORMS[item["type"]].controls} if name else {}
    words = _(labels[name]).lower() if name else ""
    if written in LISTED and rest:
        option = option_name(item, rest[0], around.language, written)
        words = f"{words} «{option}»" if option != rest[0] else words
    return _joined(words, _language_of(rest))


def _names_in(where: str, code: str) -> list[str]:
    return where.removeprefix(f"items.{code}").strip(".").split(".")


def _language_of(names: list[str]) -> str:
    last = next((name for name in reversed(names) if name), SOURCE_LANGUAGE)
    return _(LANGUAGES[last]) if last in LANGUAGES else ""


def _joined(*parts: str) -> str:
    return ": ".join(filter(None, parts))


def _one(parts: Any, code: str) -> Mapping[str, Any]:
    return next((one for one in parts or () if one.get("code") == code), {})
