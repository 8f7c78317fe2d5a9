"""Parts of a work that have a page of their own: a form, a section of it, a matrix, a case.

Each is shown and read by the controls of the item form, on the part's own JSON in the place of an item's.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.controls import Choice, Control, Number, Words
from diagnostics.web.authoring.editing.entry import Documents, Entry, Json
from diagnostics.web.authoring.editing.lists import Scale
from diagnostics.web.authoring.editing.matrices import MatrixRows
from diagnostics.web.authoring.editing.picture import PictureFile
from diagnostics.web.authoring.editing.reader import Form, Reader
from diagnostics.web.authoring.editing.rule import Condition
from diagnostics.web.authoring.editing.settings import ORDERS, SHUFFLES
from diagnostics.web.authoring.editing.wordings import OptOut
from diagnostics.web.sentences.common import N_

AS_WORK = ("", N_("как во всей работе"))


class Named(NamedTuple):
    """Which part: `form` is named for a section alone."""

    kind: str  # form | section | matrix | case
    code: str
    form: str = ""

    @property
    def where(self) -> str:
        """The beginning of the places of its problems."""
        if self.kind == "section":
            return f"forms.{self.form}.sections.{self.code}"
        return f"{LISTS[self.kind]}.{self.code}"


@dataclass(frozen=True, slots=True)
class Kind:
    title: str
    controls: tuple[Control, ...]


LISTS: Mapping[str, str] = {"form": "forms", "matrix": "matrices", "case": "stimuli"}
KINDS: Mapping[str, Kind] = {
    "form": Kind(
        N_("Вариант"),
        (
            Words("title", N_("Название"), needed=True),
            Words("purpose", N_("Для кого и зачем"), N_("Пусто — как во всей работе"), rows=2),
            Words(
                "instructions",
                N_("Что прочтёт участник перед началом"),
                N_("Пусто — как во всей работе"),
                rows=3,
            ),
            Number("minutes", N_("Сколько минут занимает"), N_("Пусто — как во всей работе")),
        ),
    ),
    "section": Kind(
        N_("Раздел"),
        (
            Words("title", N_("Название"), needed=True),
            Words("text", N_("Что прочтёт участник перед разделом"), rows=3),
            Choice("order", N_("Порядок вопросов"), choices=(AS_WORK, *ORDERS)),
            Choice("shuffle", N_("Что перемешивать"), choices=(AS_WORK, *SHUFFLES)),
            Condition("show_if", N_("Когда показывать раздел")),
        ),
    ),
    "matrix": Kind(
        N_("Матрица"),
        (
            Words("text", N_("Общее начало всех строк"), N_("Стоит над каждой строкой"), rows=2, needed=True),
            Scale("scale", N_("Общая шкала")),
            OptOut("opt_out", N_("Отдельный ответ «Затрудняюсь ответить»")),
            MatrixRows("rows", N_("Строки"), N_("Каждую покажем отдельным вопросом, на бумаге — таблицей")),
        ),
    ),
    "case": Kind(
        N_("Кейс"),
        (
            Words("title", N_("Название"), needed=True),
            Words("text", N_("Текст"), N_("Пустая строка начинает новый абзац"), rows=8, needed=True),
            PictureFile(
                "image", N_("Рисунок"), N_("Уменьшим до 40 КБ: страницу открывают и на слабой связи")
            ),
        ),
    ),
}


def entry_of(documents: Documents, part: Named) -> Entry:
    """The part in the place of an item, with the whole scoring beside it. KeyError: no such part."""
    return Entry(_found(documents, part), {})


def read_part(
    form: Form, files: Mapping[str, bytes], documents: Documents, part: Named, around: Around
) -> tuple[Documents, dict[str, str]]:
    """The documents that a posted page means, and field → code of what it could not take. KeyError: no such part."""
    made = documents.copied()
    standing = _found(made, part)
    reader, entry = Reader(form, around.languages, files), Entry(standing, {})
    for control in KINDS[part.kind].controls:
        control.read(reader, entry, around)
    if part.kind == "matrix":
        made = MatrixRows.placed(reader, made, part.code)
    return made, reader.refused


def _found(documents: Documents, part: Named) -> Json:
    if part.kind == "section":
        found = [
            one for form, one in documents.sections() if (form["code"], one["code"]) == (part.form, part.code)
        ]
    else:
        found = [
            one for one in documents.instrument.get(LISTS.get(part.kind, ""), []) if one["code"] == part.code
        ]
    if not found or part.kind not in KINDS:
        raise KeyError(part)
    return found[0]


def added(documents: Documents, kind: str) -> tuple[Documents, str]:
    """A new matrix or case with nothing in it yet. KeyError: another kind."""
    prefix, blank = BLANK[kind]
    made = documents.copied()
    parts = made.instrument.setdefault(LISTS[kind], [])
    taken = {one["code"] for one in parts}
    code = next(name for number in range(1, len(taken) + 2) if (name := f"{prefix}{number}") not in taken)
    parts.append({"code": code, **copy.deepcopy(blank)})
    return made, code


def is_used(documents: Documents, part: Named) -> bool:
    """Whether an item names the matrix or the case. KeyError: another kind."""
    field = {"matrix": "matrix", "case": "stimulus"}[part.kind]
    return any(item.get(field) == part.code for item in documents.items)


def removed(documents: Documents, part: Named) -> Documents:
    """Without a case that no item names, or a matrix without rows. KeyError: no such part, or it is in use."""
    _found(documents, part)
    if is_used(documents, part):
        raise KeyError(part)
    made = documents.copied()
    left = [one for one in made.instrument[LISTS[part.kind]] if one["code"] != part.code]
    if left:
        made.instrument[LISTS[part.kind]] = left
    else:
        del made.instrument[LISTS[part.kind]]
    return made


BLANK: Mapping[str, tuple[str, Json]] = {
    "matrix": ("matrix", {"text": {"ru": ""}, "scale": []}),
    "case": ("case", {"title": {"ru": ""}, "text": {"ru": ""}}),
}
