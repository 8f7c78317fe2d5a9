"""Item type → what its form asks: one row a type. every row of `instruments.items.TYPES` has one here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.web.authoring.editing.controls import (
    Anchor,
    Choice,
    Control,
    Flag,
    Number,
    OneOf,
    Points,
    Several,
    Words,
)
from diagnostics.web.authoring.editing.keys import (
    Competences,
    Matches,
    NumberKey,
    Repeat,
    Sequence,
    Variants,
)
from diagnostics.web.authoring.editing.lists import Rows, Scale, numbered
from diagnostics.web.authoring.editing.rubric import Rubric
from diagnostics.web.authoring.editing.rule import Condition
from diagnostics.web.authoring.editing.wordings import OptOut, Wording
from diagnostics.web.sentences.common import N_
from instruments.item_models import HOW_OFTEN

OPT_OUT = N_("Отдельный ответ «Затрудняюсь ответить»")
KEY = N_("Верный ответ")

TITLE = Words("title", N_("Короткое имя"), N_("Для списков и отчётов, до 60 знаков"), needed=True)
TEXT = Words(
    "text", N_("Вопрос"), N_("Пустая строка отделяет рассказ от самого вопроса"), rows=4, needed=True
)
HINT = Words("hint", N_("Подсказка под вопросом"), N_("Если пусто, напишем сами: «Выберите один ответ»"))

WORDING = Wording("wording", N_("Свои слова в отдельных анкетах"), N_("Пусто — тот же вопрос, что у всех"))

ANSWER = OptOut("opt_out", OPT_OUT)
LENGTH = Number("max_length", N_("Наибольшая длина ответа, знаков"))

COMPETENCES = Competences("competences", N_("Что проверяет"), part="key")
COGNITIVE = Choice(
    "cognitive",
    N_("Чего требует ответ"),
    N_("Попадёт в спецификацию работы"),
    part="key",
    choices=(
        ("", N_("не указано")),
        ("knowing", N_("знания: вспомнить или узнать")),
        ("applying", N_("применения: сделать как учили")),
        ("reasoning", N_("рассуждения: найти, взвесить, доказать")),
    ),
)
POINTS = Points("points", N_("Баллов за задание"), N_("0 — задание не оценивается"), part="key")
RATIONALE = Words("rationale", N_("Почему ключ верен"), N_("Увидят методисты и эксперты"), part="key", rows=2)
REVERSE = Flag("reverse", N_("Обратный счёт: согласие снижает балл"), part="key")
ANCHOR = Anchor("anchor", N_("Общее задание: стоит во всех вариантах, по нему сравнивают вход и выход"))

STIMULUS = OneOf("stimulus", N_("Текст кейса над вопросом"))
RULE = Condition("show_if", N_("Когда показывать"))

ABOUT: tuple[Control, ...] = (TITLE, TEXT, HINT, WORDING)
SHOWN: tuple[Control, ...] = (STIMULUS, RULE)
KEYED: tuple[Control, ...] = (COMPETENCES, COGNITIVE, POINTS, RATIONALE, ANCHOR)
RATED: tuple[Control, ...] = (COMPETENCES, POINTS, REVERSE, ANCHOR)


@dataclass(frozen=True, slots=True)
class TypeForm:
    """Groups of the form of one type: what is asked is the same for all, the answer and its worth are not."""

    title: str
    answer: tuple[Control, ...] = ()
    worth: tuple[Control, ...] = ()
    about: tuple[Control, ...] = ABOUT
    shown: tuple[Control, ...] = SHOWN

    @property
    def controls(self) -> tuple[Control, ...]:
        return (*self.about, *self.answer, *self.worth, *self.shown)


def _options(right: str = "", label: str = N_("Варианты ответа")) -> Rows:
    return Rows("options", label, right=right)


FORMS: Mapping[str, TypeForm] = {
    "single": TypeForm(N_("Один ответ"), (_options("one"), ANSWER), KEYED),
    "multiple": TypeForm(
        N_("Несколько ответов"),
        (_options("many"), Number("choose", N_("Сколько отметить"), N_("Пусто — все подходящие"))),
        KEYED,
    ),
    "matching": TypeForm(
        N_("Соответствие"),
        (
            Rows("prompts", N_("К чему подобрать"), codes=numbered("p")),
            _options(label=N_("Что подобрать")),
            Matches("key", KEY, part="key"),
        ),
        KEYED,
    ),
    "ordering": TypeForm(
        N_("Порядок"),
        (
            _options(label=N_("Что расставить: в том порядке, в каком увидит участник")),
            Sequence("key", N_("Верное место каждого"), part="key"),
        ),
        KEYED,
    ),
    "number": TypeForm(
        N_("Число"),
        (
            Words("unit", N_("Единица")),
            Number("minimum", N_("Не меньше")),
            Number("maximum", N_("Не больше")),
            Number("decimals", N_("Знаков после запятой")),
            NumberKey("key", KEY, part="key"),
        ),
        KEYED,
    ),
    "text": TypeForm(
        N_("Краткий ответ"),
        (
            Variants("key", N_("Верные ответы"), N_("По одному в строке"), part="key"),
            Flag(
                "exact", N_("Сверять буква в букву"), N_("Иначе не важны регистр, ё, пробелы и точка в конце")
            ),
            LENGTH,
        ),
        KEYED,
    ),
    "long_text": TypeForm(
        N_("Развёрнутый ответ"),
        (
            Number("lines", N_("Высота поля, строк")),
            LENGTH,
            Rubric("key", N_("По чему оценит эксперт"), part="key"),
        ),
        (COMPETENCES, COGNITIVE, RATIONALE, ANCHOR),
    ),
    "likert": TypeForm(N_("Шкала согласия"), (Scale("scale", N_("Отметки шкалы")), ANSWER), RATED),
    "frequency": TypeForm(
        N_("Шкала частоты"),
        (
            Scale(
                "scale",
                N_("Отметки шкалы"),
                default=tuple(point.model_dump(mode="json") for point in HOW_OFTEN),
            ),
            ANSWER,
        ),
        RATED,
    ),
    "level": TypeForm(
        N_("Уровень"), (Rows("levels", N_("Уровни по возрастанию"), codes=numbered("u")), ANSWER), RATED
    ),
    "observation": TypeForm(
        N_("Наблюдение"),
        (
            Scale("scale", N_("Что видно на уроке, от 0 до 3")),
            OptOut("opt_out", N_("Отдельный ответ «Не наблюдалось»"), default=True),
        ),
        RATED,
    ),
    "row": TypeForm(N_("Строка матрицы"), (OneOf("matrix", N_("Матрица"), source="matrices"),), RATED),
    "table": TypeForm(
        N_("Таблица чисел"),
        (
            Rows(
                "columns",
                N_("Столбцы"),
                codes=numbered("c"),
                field="title",
                words=(("unit", N_("Единица")),),
                numbers=(
                    ("minimum", N_("Не меньше")),
                    ("maximum", N_("Не больше")),
                    ("decimals", N_("Знаков после запятой")),
                ),
                fewest=2,
            ),
            Rows("rows", N_("Строки"), codes=numbered("r"), field="title", fewest=2),
            Repeat("repeat", N_("Или строки добавляет участник")),
        ),
    ),
    "file": TypeForm(
        N_("Файл или фото"),
        (
            Several(
                "kinds", N_("Что приложить"), choices=(("image", N_("фото")), ("document", N_("документ")))
            ),
            Number("most", N_("Не больше файлов")),
        ),
    ),
    "consent": TypeForm(N_("Согласие")),
    "info": TypeForm(N_("Текст для чтения")),
}
