"""Words of methodologists for what documents call by code; both a Russian and an English word are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple


class Word(NamedTuple):
    """`ru` and `en` are written; all are read, as is the code itself."""

    code: str
    ru: str
    en: str
    also: tuple[str, ...] = ()

    def said(self, language: str) -> str:
        return self.ru if language == "ru" else self.en


class Words:
    """A closed list of words."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.words = tuple(words)
        self._codes = {
            folded(said): word.code
            for word in self.words
            for said in (word.code, word.ru, word.en, *word.also)
        }
        self._by_code = {word.code: word for word in self.words}

    def code(self, said: str) -> str | None:
        return self._codes.get(folded(said))

    def said(self, code: str, language: str = "ru") -> str:
        """The word of the code; a code without a word stands for itself."""
        word = self._by_code.get(code)
        return word.said(language) if word else code

    def known(self, language: str = "ru") -> str:
        return ", ".join(word.said(language) for word in self.words)


@lru_cache(maxsize=4_096)
def folded(said: str) -> str:
    """For comparing words: case, ё/е, marks of obligation, runs of blanks and hyphens do not matter."""
    plain = said.casefold().replace("ё", "е").replace("\u00a0", " ").strip(" *:?.\n\t")
    return re.sub(r"[\s_\-–—]+", " ", plain)


TYPES = Words((
    Word("single", "один ответ", "one answer", ("одиночный выбор", "выбор одного", "один")),
    Word("multiple", "несколько ответов", "several answers", ("множественный выбор", "выбор нескольких", "несколько")),
    Word("likert", "шкала мнений", "opinion scale", ("шкала", "согласие по шкале")),
    Word("number", "число", "number", ("числовой",)),
    Word("text", "краткий ответ", "short answer", ("короткий ответ", "слово")),
    Word("info", "текст для чтения", "text to read", ("информация", "пояснительный текст")),
    Word("frequency", "шкала частоты", "frequency scale", ("частота",)),
    Word("level", "уровень", "level", ("уровень владения",)),
    Word("observation", "наблюдение", "observation", ("рубрика наблюдения",)),
    Word("matching", "соответствие", "matching", ("сопоставление", "пары")),
    Word("ordering", "порядок", "ordering", ("последовательность", "упорядочивание")),
    Word("long_text", "развёрнутый ответ", "long answer", ("эссе", "открытый вопрос")),
    Word("consent", "подтверждение", "consent", ("согласие",)),
    Word("table", "таблица", "table", ()),
    Word("file", "файл", "file", ("фото", "файл или фото")),
    Word("row", "строка матрицы", "row of a matrix", ("матрица",)),
))  # fmt: skip

FLAGS = Words((
    Word("yes", "да", "yes", ("+", "1", "true", "верно", "истина", "x", "х", "v", "✓", "✔")),
    Word("no", "нет", "no", ("-", "−", "0", "false", "ложь")),
))  # fmt: skip

ORDERS = Words(
    (Word("free", "свободный", "free"), Word("fixed", "по порядку", "fixed", ("строгий", "подряд")))
)

FORMS_PURPOSES = Words((
    Word("parallel", "параллельные варианты", "parallel forms", ("параллельные",)),
    Word("audience", "для разных участников", "different respondents", ("разные участники",)),
))  # fmt: skip

AUDIENCES = Words((
    Word("teacher", "учитель", "teacher", ("учителя", "педагог", "педагоги")),
    Word("school_sheet", "школа", "school", ("лист школы", "администрация")),
    Word("school_lead", "руководитель школы", "school leader", ("директор", "руководители", "завуч")),
    Word("pupil", "ученик", "pupil", ("ученики", "школьник")),
    Word("parent", "родитель", "parent", ("родители",)),
))  # fmt: skip

PARTS = Words((
    Word("options", "вариант", "option", ("вариант ответа", "ответ", "правая часть")),
    Word("scale", "отметка шкалы", "mark of the scale", ("отметка", "шкала")),
    Word("levels", "уровень", "level", ()),
    Word("prompts", "левая часть", "left side", ("пара",)),
))  # fmt: skip

TABLE_PARTS = Words((Word("columns", "столбец", "column"), Word("rows", "строка", "row")))

SHUFFLES = Words((
    Word("none", "не менять", "as written", ("нет",)),
    Word("items", "задания", "items", ("заданий", "вопросы")),
    Word("options", "варианты ответа", "options", ("варианты", "вариантов ответа")),
    Word("both", "задания и варианты ответа", "items and options", ("задания и варианты", "всё")),
))  # fmt: skip

COGNITIVE = Words((
    Word("knowing", "знание", "knowing", ("знать",)),
    Word("applying", "применение", "applying", ("применять",)),
    Word("reasoning", "рассуждение", "reasoning", ("рассуждать",)),
))  # fmt: skip

FILE_KINDS = Words((
    Word("image", "фото", "photo", ("снимок", "рисунок", "изображение", "картинка")),
    Word("document", "документ", "document", ("файл",)),
))  # fmt: skip

EFFECTS = Words((
    Word("zero_parent", "обнуляет узел", "zeroes the node", ("обнуляет", "0 баллов")),
    Word("cap_level", "не больше уровня", "level at best", ("уровень не выше", "не выше уровня")),
))  # fmt: skip

SHARED = Words((
    Word("stimuli", "Кейс", "Case"), Word("matrices", "Матрица", "Matrix"),
    Word("critical", "Критическое задание", "Critical item"),
))  # fmt: skip

# Each type's list of parts where nothing else is said.
PART_OF_TYPE: Mapping[str, str] = {
    "single": "options", "multiple": "options", "ordering": "options", "matching": "options", "likert": "scale",
    "frequency": "scale", "observation": "scale", "level": "levels",
}  # fmt: skip
