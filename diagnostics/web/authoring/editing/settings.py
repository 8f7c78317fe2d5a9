"""The settings of a work: the same controls as the item form, on the two documents themselves."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from diagnostics.web.authoring.editing.around import Around, Pairs
from diagnostics.web.authoring.editing.controls import Choice, Control, Lines, Number, Shown, Value, Words
from diagnostics.web.authoring.editing.deciding import CriticalItems, Importance
from diagnostics.web.authoring.editing.entry import Documents, Entry, Json
from diagnostics.web.authoring.editing.reader import Form, Reader, put
from diagnostics.web.authoring.editing.sections import Forms
from diagnostics.web.sentences.common import N_

AUDIENCES: Pairs = (
    ("teacher", N_("учителя")),
    ("leader", N_("руководители")),
    ("school_sheet", N_("школа: лист администрации")),
    ("pupil", N_("ученики")),
    ("parent", N_("родители")),
)
ORDERS: Pairs = (("free", N_("свободный")), ("fixed", N_("постоянный: вопросы открываются по очереди")))
SHUFFLES: Pairs = (
    ("none", N_("не менять")),
    ("items", N_("задания")),
    ("options", N_("варианты ответа")),
    ("both", N_("задания и варианты ответа")),
)
PURPOSES: Pairs = (
    ("parallel", N_("варианты одной работы: вход и выход")),
    ("audience", N_("анкеты для разных людей")),
)
LANGUAGES: Pairs = (("ru", N_("русский")), ("en", N_("английский")))


@dataclass(frozen=True, slots=True)
class Languages(Value):
    """Russian always; another one opens its fields beside the Russian ones."""

    kind: ClassVar[str] = "several"

    def show(self, entry: Entry, around: Around) -> Shown:  # noqa: ARG002  one signature for all controls
        value = list(entry.item.get(self.name) or ["ru"])
        return Shown(self.kind, self.name, self.label, self.hint, value, choices=LANGUAGES)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if self.name in reader.form.getlist("has"):
            known = dict(LANGUAGES)
            others = [one for one in entry.item.get(self.name) or () if one not in known]
            chosen = [one for one in known if one == "ru" or one in reader.form.getlist(self.name)]
            entry.item[self.name] = [*chosen, *others]


@dataclass(frozen=True, slots=True)
class Blocks(Value):
    """Competences that a result is told of, by name and area; those that stand keep their order."""

    kind: ClassVar[str] = "grouped"

    def show(self, entry: Entry, around: Around) -> Shown:
        value = list(entry.key.get(self.name) or ())
        groups = [
            (title, pairs, sum(code in value for code, _words in pairs)) for title, pairs in around.areas
        ]
        return Shown(
            self.kind, self.name, self.label, self.hint, value, choices=around.nodes, more={"groups": groups}
        )

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:
        if self.name in reader.form.getlist("has"):
            chosen = reader.form.getlist(self.name)
            standing = [code for code in entry.key.get(self.name) or () if code in chosen]
            added = [code for code, _words in around.nodes if code in chosen and code not in standing]
            put(entry.key, self.name, [*standing, *added])


@dataclass(frozen=True, slots=True)
class Passport(Value):
    """One line of the passport."""

    kind: ClassVar[str] = "line"

    def of(self, entry: Entry) -> Json:
        found: Json = entry.item.setdefault("passport", {})
        return found

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if reader.has(self.name):
            self.of(entry)[self.name] = (
                reader.number(self.name) if self.name == "year" else reader.words(self.name)
            )


@dataclass(frozen=True, slots=True)
class Sources(Lines):
    def of(self, entry: Entry) -> Json:
        found: Json = entry.item.setdefault("passport", {})
        return found


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    controls: tuple[Control, ...]


ABOUT = Group(
    N_("О работе"),
    (
        Words("title", N_("Название"), needed=True),
        Words("purpose", N_("Для кого и зачем"), rows=2, needed=True),
        Words("instructions", N_("Что прочтёт участник перед началом"), rows=3, needed=True),
        Choice("audience", N_("Кто отвечает"), choices=AUDIENCES),
        Number("minutes", N_("Сколько минут занимает")),
        Number("time_limit", N_("Ограничение времени, минут"), N_("Пусто — без ограничения")),
        Languages("languages", N_("Языки")),
    ),
)
FORMS = Group(
    N_("Варианты и разделы"),
    (
        Choice("forms_purpose", N_("Зачем варианты"), choices=PURPOSES, default="parallel"),
        Forms(
            "forms",
            N_("Варианты"),
            N_("Условия показа, тексты и порядок разделов, матрицы и кейсы — на странице «План»"),
        ),
        Choice("order", N_("Порядок вопросов"), choices=ORDERS, default="free"),
        Choice("shuffle", N_("Что перемешивать"), choices=SHUFFLES, default="none"),
    ),
)
DECIDING = Group(
    N_("Особые задания"),
    (
        CriticalItems(
            "critical",
            N_("Критические задания"),
            N_("Без них результат не засчитывают, как бы хорошо ни было сделано остальное"),
            part="key",
        ),
        Importance(
            "importance",
            N_("Вопросы о важности"),
            N_("Ответ говорит, насколько компетенция важна; в баллы он не входит"),
            part="key",
        ),
    ),
)
PASSPORT = Group(
    N_("Паспорт"),
    (
        Passport("authors", N_("Авторы")),
        Passport("licence", N_("Лицензия")),
        Passport("year", N_("Год")),
        Sources("sources", N_("Источники"), N_("По одному в строке")),
    ),
)


def groups(frameworks: Pairs, presets: Pairs) -> tuple[Group, ...]:
    """`frameworks`: published ones by code; `presets`: scales of levels of the chosen one."""
    worth = Group(
        N_("Оценка"),
        (
            Choice("framework", N_("Модель компетенций"), part="key", choices=frameworks),
            Choice("preset", N_("Шкала уровней"), part="key", choices=presets),
            Blocks("blocks", N_("По чему сообщать результат"), part="key"),
        ),
    )
    return (ABOUT, FORMS, worth, DECIDING, PASSPORT)


#: Part of a work → what the settings call it, for those who tell its problems.
LABELS = {
    **{one.name: one.label for group in groups((), ()) for one in group.controls},
    "anchors": N_("Общие задания"),
    "passport": N_("Паспорт"),
}


def entry_of(documents: Documents) -> Entry:
    return Entry(copy.deepcopy(documents.instrument), copy.deepcopy(documents.scoring))


def read_settings(form: Form, documents: Documents, around: Around, shown: Iterable[Group]) -> Documents:
    """The documents that the posted settings mean."""
    reader, entry = Reader(form, around.languages), entry_of(documents)
    for group in shown:
        for control in group.controls:
            control.read(reader, entry, around)
    return Documents(entry.item, entry.key)
