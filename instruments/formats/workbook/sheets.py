"""The sheets and their columns: what each is called in Russian and in English, and which field it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from instruments.formats.values import LATIN, LETTERS
from instruments.formats.vocabulary import (
    COGNITIVE,
    EFFECTS,
    ORDERS,
    PARTS,
    SHUFFLES,
    TABLE_PARTS,
    TYPES,
    Words,
)
from instruments.texts import SOURCE_LANGUAGE

Kind: TypeAlias = Literal["word", "texts", "number", "flag", "special"]


class Heading(NamedTuple):
    """`field`: of the item or of its entry in the scoring; `texts` have a column a language.

    `words`: the closed list that the cells are taken from.
    """

    field: str
    ru: str
    en: str
    kind: Kind = "word"
    also: tuple[str, ...] = ()
    width: int = 14
    words: Words | None = None

    def said(self, language: str) -> str:
        return self.ru if language == SOURCE_LANGUAGE else self.en


class SheetName(NamedTuple):
    code: str
    ru: str
    en: str
    also: tuple[str, ...] = ()

    def said(self, language: str) -> str:
        return self.ru if language == SOURCE_LANGUAGE else self.en


OWN_TEXT = ("Свой текст", "Own wording")  # and the form: «Свой текст: Родители»

QUESTIONS = SheetName("questions", "Вопросы", "Questions", ("задания",))
PARTS_SHEET = SheetName("parts", "Варианты", "Options", ("варианты ответа", "варианты ответов"))
COMPETENCES = SheetName("competences", "Компетенции", "Competences")
SETTINGS = SheetName("settings", "Настройки", "Settings")
SECTIONS = SheetName("sections", "Разделы", "Sections")
CASES = SheetName("cases", "Кейсы", "Cases", ("случаи", "тексты"))
MATRICES = SheetName("matrices", "Матрицы", "Matrices")
TABLES = SheetName("tables", "Таблицы", "Tables", ("столбцы таблиц",))
RUBRICS = SheetName("rubrics", "Рубрики", "Rubrics", ("критерии",))
CRITICAL = SheetName("critical", "Критические задания", "Critical items", ("обязательные задания",))
EXTRAS = SheetName("extras", "Прочее", "Other")
HELP = SheetName("help", "Как заполнять", "How to fill in")
REMARKS = SheetName("remarks", "Замечания", "Remarks")
SHEETS = (
    QUESTIONS, PARTS_SHEET, CASES, MATRICES, TABLES, RUBRICS, CRITICAL, COMPETENCES, SETTINGS, SECTIONS, EXTRAS,
    HELP, REMARKS,
)  # fmt: skip

INLINE = tuple(
    Heading(f"option.{place}", russian, latin, "texts", width=28)
    for place, (russian, latin) in enumerate(zip(LETTERS, LATIN, strict=True))
)

QUESTION_COLUMNS = (
    Heading("code", "Код", "Code", also=("код задания", "№", "номер", "id"), width=9),
    Heading("type", "Тип", "Type", also=("вид", "вид задания", "тип задания"), width=18, words=TYPES),
    Heading("section", "Раздел", "Section", also=("блок",), width=10),
    Heading("form", "Вариант работы", "Form", also=("форма", "вариант теста"), width=10),
    Heading("title", "Короткое имя", "Short name", "texts", ("название", "имя"), 24),
    Heading("text", "Текст", "Text", "texts", ("вопрос", "текст вопроса", "текст задания", "задание", "формулировка"), 60),
    Heading("hint", "Подсказка", "Hint", "texts", (), 24),
    *INLINE,
    Heading("key", "Ключ", "Key", "special", ("ответ", "верный ответ", "правильный ответ"), 12),
    Heading("points", "Баллы", "Points", "number", ("балл", "максимальный балл"), 8),
    Heading("competences", "Компетенция", "Competence", "special", ("компетенции", "проверяемая компетенция"), 18),
    Heading("rationale", "Пояснение", "Rationale", "texts", ("почему верно", "обоснование", "комментарий к ключу"), 40),
    Heading("cognitive", "Вид деятельности", "Kind of thinking", also=("познавательный уровень",), words=COGNITIVE),
    Heading("reverse", "Обратный счёт", "Reversed", "flag"),
    Heading("importance", "О важности чего", "Importance of", "special"),
    Heading("choose", "Сколько выбрать", "How many to choose", "number", ("выбрать",)),
    Heading("opt_out", "Затрудняюсь ответить", "Opt out", "texts"),
    Heading("unit", "Единица", "Unit", "texts", ("единица измерения",)),
    Heading("minimum", "Не меньше", "At least", "number", ("минимум",)),
    Heading("maximum", "Не больше", "At most", "number", ("максимум",)),
    Heading("decimals", "Знаков после запятой", "Decimals", "number"),
    Heading("max_length", "Длина ответа", "Longest answer", "number", ("знаков в ответе",)),
    Heading("lines", "Строк для ответа", "Lines", "number"),
    Heading("exact", "Точное совпадение", "Exact", "flag"),
    Heading("show_if", "Показать, если", "Show if", "word", ("показать если", "условие"), 24),
    Heading("stimulus", "Кейс", "Case", also=("случай", "текст кейса")),
    Heading("matrix", "Матрица", "Matrix"),
    Heading("repeat.least", "Строк не меньше", "Rows at least", "special"),
    Heading("repeat.most", "Строк не больше", "Rows at most", "special"),
    Heading("kinds", "Какие файлы", "Kinds of files", "special"),
    Heading("most", "Сколько файлов", "How many files", "number"),
)  # fmt: skip

PART_COLUMNS = (
    Heading("item", "Задание", "Item", also=("код задания", "вопрос"), width=16),
    Heading("part", "Список", "List", also=("что это",), width=14, words=PARTS),
    Heading("code", "Код", "Code", also=("значение", "буква"), width=8),
    Heading("text", "Текст", "Text", "texts", ("текст варианта", "вариант"), 60),
    Heading("right", "Верный", "Right", "flag", ("верно", "ключ", "правильный"), 9),
    Heading("mistake", "Ошибка за этим вариантом", "Mistake behind it", "texts", ("ошибка",), 44),
    Heading("points", "Баллы", "Points", "number", (), 8),
)

SECTION_COLUMNS = (
    Heading("form", "Вариант работы", "Form", also=("форма", "вариант"), width=14),
    Heading("form_title", "Название варианта", "Title of the form", "texts", (), 24),
    Heading("code", "Раздел", "Section", also=("код раздела",), width=10),
    Heading("title", "Название раздела", "Title of the section", "texts", (), 30),
    Heading("text", "Вступление", "Introduction", "texts", (), 40),
    Heading("order", "Порядок заданий", "Order of the items", words=ORDERS),
    Heading("shuffle", "Случайный порядок", "Random order", also=("что перемешивать",), words=SHUFFLES),
    Heading("show_if", "Показать, если", "Show if", "word", ("показать если", "условие"), 24),
    Heading("items", "Задания", "Items", "special", (), 60),
    Heading("form_purpose", "Назначение варианта", "Purpose of the form", "texts", (), 30),
    Heading("form_instructions", "Указания варианта", "Instructions of the form", "texts", (), 30),
    Heading("form_minutes", "Минут на вариант", "Minutes of the form", "special"),
)

CASE_COLUMNS = (
    Heading("code", "Код", "Code", also=("кейс",), width=12),
    Heading("title", "Название", "Title", "texts", (), 30),
    Heading("text", "Текст", "Text", "texts", ("текст кейса",), 90),
    Heading("alt", "Что на рисунке", "What the picture shows", "texts", ("описание рисунка",), 40),
)

MATRIX_COLUMNS = (
    Heading("code", "Код", "Code", also=("матрица",), width=12),
    Heading("text", "Вопрос над строками", "Question above the rows", "texts", ("вопрос", "текст"), 50),
    Heading("value", "Значение", "Value", "special", ("балл", "число"), 10),
    Heading("mark", "Отметка шкалы", "Mark of the scale", "texts", ("отметка",), 30),
    Heading("opt_out", "Затрудняюсь ответить", "Opt out", "texts", (), 22),
)

TABLE_COLUMNS = (
    Heading("item", "Задание", "Item", also=("код задания", "вопрос"), width=12),
    Heading("part", "Что это", "What it is", also=("список",), words=TABLE_PARTS),
    Heading("code", "Код", "Code", width=12),
    Heading("title", "Название", "Title", "texts", ("заголовок",), 40),
    Heading("unit", "Единица", "Unit", "texts", ("единица измерения",)),
    Heading("minimum", "Не меньше", "At least", "number", ("минимум",)),
    Heading("maximum", "Не больше", "At most", "number", ("максимум",)),
    Heading("decimals", "Знаков после запятой", "Decimals", "number"),
)

RUBRIC_COLUMNS = (
    Heading("item", "Задание", "Item", also=("код задания", "вопрос"), width=12),
    Heading("code", "Критерий", "Criterion", also=("код критерия",), width=14),
    Heading("title", "Название критерия", "Title of the criterion", "texts", ("название",), 36),
    Heading("points", "Баллы", "Points", "special", ("балл",), 8),
    Heading("text", "За какой ответ", "For what answer", "texts", ("описание", "уровень", "текст"), 60),
)

CRITICAL_COLUMNS = (
    Heading("item", "Задание", "Item", also=("код задания", "вопрос"), width=12),
    Heading(
        "below",
        "Порог: меньше скольких % баллов",
        "Below what % of points",
        "special",
        ("порог", "threshold"),
        20,
    ),
    Heading("effect", "Что делает", "What it does", also=("действие",), width=22, words=EFFECTS),
    Heading("node", "Узел", "Node", "special", ("компетенция",), 14),
    Heading("level", "Уровень", "Level", "special", (), 40),
)

EXTRA_COLUMNS = (
    Heading("document", "Где", "Where"),
    Heading("item", "Задание", "Item"),
    Heading("field", "Поле", "Field", width=30),
    Heading("value", "Значение", "Value", width=60),
)

COMPETENCE_COLUMNS = (
    Heading("code", "Код", "Code", width=12),
    Heading("title", "Название", "Title", "texts", (), 60),
    Heading("parent", "Входит в", "Part of", width=12),
)

# Sheets beside «Вопросы» for what has rows of its own: code of the sheet → its columns.
ASIDES: Mapping[str, tuple[Heading, ...]] = {
    CASES.code: CASE_COLUMNS,
    MATRICES.code: MATRIX_COLUMNS,
    TABLES.code: TABLE_COLUMNS,
    RUBRICS.code: RUBRIC_COLUMNS,
    CRITICAL.code: CRITICAL_COLUMNS,
}
