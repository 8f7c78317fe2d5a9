"""A workbook to begin with: examples, hints, drop-downs, a page that explains."""

from __future__ import annotations

from instruments.bundled import bundled
from instruments.document import (
    Choice,
    Form,
    Instrument,
    MultipleItem,
    NumberItem,
    Passport,
    Section,
    SingleItem,
)
from instruments.formats.workbook.example import full_example, full_keys
from instruments.formats.workbook.grid import Row, Sheet
from instruments.formats.workbook.hints import ASIDE_HINTS, COLUMN_HINTS, HELP_LINES
from instruments.formats.workbook.making import made_xlsx
from instruments.formats.workbook.settings import DEFAULT_FRAMEWORK, DEFAULT_PRESET, YEAR
from instruments.formats.workbook.sheets import HELP, OWN_TEXT, QUESTION_COLUMNS, QUESTIONS
from instruments.formats.workbook.writing import Written, written_book
from instruments.keys import ItemKey, NumberKey
from instruments.scoring import Scoring
from instruments.texts import SOURCE_LANGUAGE, Texts
from instruments.words import Translate, unchanged

_COLUMNS = frozenset({"hint", "choose", "opt_out", "unit"})


def template(
    language: str = SOURCE_LANGUAGE, translate: Translate = unchanged, *, full: bool = False
) -> bytes:
    """XLSX with the names of sheets and columns in `language`; `translate` turns its hints into it.

    `full`: an example of every type, with cases, matrices, tables, rubrics and critical items; else three questions.
    """
    framework = bundled("framework")[DEFAULT_FRAMEWORK]
    example = full_example() if full else _example()
    keys = full_keys(DEFAULT_FRAMEWORK, DEFAULT_PRESET) if full else _example_keys()
    written = written_book(example, keys, framework, language, _COLUMNS)
    titles = {heading.field: heading.said(language) for heading in QUESTION_COLUMNS} | {
        "options": "А, Б, В …", "wording": OWN_TEXT[language != SOURCE_LANGUAGE]
    }  # fmt: skip
    shown = {field.partition(".")[0] for field in _fields(written, QUESTIONS.said(language))}
    lines = [Row(number, (translate(line), None)) for number, line in enumerate(HELP_LINES, 1)]
    said = [(titles[field], hint) for field, hint in COLUMN_HINTS.items() if full or _is_shown(field, shown)]
    columns = [
        Row(number, (title, translate(hint))) for number, (title, hint) in enumerate(said, len(lines) + 2)
    ]
    written.book.sheets.append(Sheet(HELP.said(language), [*lines, *columns]))
    hints = {QUESTIONS.code: COLUMN_HINTS, **ASIDE_HINTS}
    told = {code: {field: translate(hint) for field, hint in one.items()} for code, one in hints.items()}
    return made_xlsx(written, language, told)


def _fields(written: Written, sheet: str) -> list[str]:
    return [heading.field for heading, _ in written.headings[sheet]]


def _is_shown(field: str, shown: set[str]) -> bool:
    return field == "options" or field.partition(".")[0] in shown


def _ru(text: str) -> Texts:
    return {SOURCE_LANGUAGE: text}


def _options(*texts: str) -> tuple[Choice, ...]:
    return tuple(Choice(code=code, text=_ru(text)) for code, text in zip("abcdef", texts, strict=False))


def _example() -> Instrument:
    items = (
        SingleItem(
            code="Q01", type="single", title=_ru("Цель урока"),
            text=_ru("Какая формулировка цели урока позволит в конце проверить, достигнута ли она?"),
            options=_options(
                "Ученик решит задачу нового вида и объяснит свой способ",
                "Учитель познакомит класс с задачами нового вида",
                "Ученики поймут, зачем нужны задачи нового вида",
            ),
        ),
        MultipleItem(
            code="Q02", type="multiple", title=_ru("Помощь после пропусков"), choose=2,
            text=_ru("Ученик пропустил месяц. Какие два шага помогут ему в первую очередь? Отметьте два."),
            options=_options(
                "Проверить, что он уже умеет", "Выдать все упражнения за месяц",
                "Наметить одно умение на неделю", "Снизить требования до конца четверти",
            ),
        ),
        NumberItem(
            code="Q03", type="number", title=_ru("Доля справившихся"), unit=_ru("%"),
            text=_ru("Из 25 учеников с заданием справились 18. Сколько это процентов?"),
        ),
    )  # fmt: skip
    section = Section(code="MAIN", title=_ru("Задания"), items=tuple(item.code for item in items))
    return Instrument(
        kind="instrument", code="new-work", title=_ru("Новая работа"), purpose=_ru("Для кого работа и зачем она"),
        instructions=_ru("Что прочитает отвечающий перед началом"), audience="teacher", minutes=20,
        languages=(SOURCE_LANGUAGE,), passport=Passport(authors="", licence="", year=YEAR), items=items,
        forms=(Form(code="A", title=_ru("Вариант А"), sections=(section,)),),
    )  # fmt: skip


def _example_keys() -> Scoring:
    entries = {
        "Q01": ItemKey(competences={"METH.1": 1}, key="a", rationale=_ru("Результат ученика виден в конце урока")),
        "Q02": ItemKey(competences={"METH.3": 1}, points=2, key=("a", "c"), rationale=_ru("Сначала узнать, потом наметить посильное")),
        "Q03": ItemKey(competences={"METH.5": 1}, key=NumberKey(value=72), rationale=_ru("18 : 25 = 0,72")),
    }  # fmt: skip
    return Scoring(
        kind="scoring", code="new-work", instrument="new-work", framework=DEFAULT_FRAMEWORK, preset=DEFAULT_PRESET,
        blocks=("METH",), items=entries,
    )  # fmt: skip
