"""What is wrong with a work is told by names: of fields, options, sections, forms; codes are for files."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.entry import Documents
from diagnostics.web.authoring.problem_words import place, said
from instruments.bundled import bundled
from instruments.linting import Hint
from instruments.problems import Problem, error

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

OPTIONS = [
    {"code": "a", "text": {"ru": "Раздать похожие задания"}},
    {"code": "b", "text": {"ru": ""}},
    {"code": "c", "text": {"ru": "«Вот критерии»"}},
]
INSTRUMENT: dict[str, Any] = {
    "forms": [
        {"code": "A", "title": {"ru": "Первый"}, "sections": [{"code": "S1", "title": {"ru": "Разбор"}, "items": ["M.1"]}]},
        {"code": "B", "title": {"ru": "Второй"}, "sections": []},
    ],
    "items": [{"code": "M.1", "type": "single", "title": {"ru": "С чего начать"}, "text": {"ru": "?"}, "options": OPTIONS}],
    "stimuli": [{"code": "c1", "title": {"ru": "Письмо"}, "text": {"ru": "…"}}, {"code": "c2"}],
    "matrices": [{"code": "m1", "text": {"ru": "На моих уроках"}, "scale": []}, {"code": "m2", "text": {"ru": ""}}],
}  # fmt: skip
AROUND = Around(Documents(INSTRUMENT, {}), bundled("framework")["dpo"])

PLACES = [
    ("purpose.ru", "Для кого и зачем"),
    ("instructions.ru", "Что прочтёт участник перед началом"),
    ("items.M.1", "1. С чего начать"),
    ("items.M.1.text.en", "1. С чего начать: вопрос: по-английски"),
    ("items.M.1.options.a.ru", "1. С чего начать: варианты ответа «Раздать похожие задания»"),
    ("items.M.1.options.b.ru", "1. С чего начать: варианты ответа «Б»"),
    ("items.M.1.options.c.en", "1. С чего начать: варианты ответа «„Вот критерии“»: по-английски"),
    ("items.M.1.key", "1. С чего начать: варианты ответа"),
    ("items.M.1.mistakes.a", "1. С чего начать: варианты ответа"),
    ("forms.A.sections.S1.show_if", "Раздел «Разбор», Первый: когда показывать"),
    ("forms.B", "Вариант «Второй»"),
    ("stimuli.c1.image.alt", "Кейс «Письмо»: описание рисунка"),
    ("matrices.m1.scale", "Матрица «На моих уроках»: отметки шкалы"),
    ("stimuli.c2.title.ru", "Кейс «без названия»: название"),
    ("matrices.m2", "Матрица «без названия»"),
    ("blocks.METH", "По чему сообщать результат"),
    ("critical.#1.level", "Критические задания"),
]
SENTENCES = [
    (error("items.M.1.mistakes.a", "mistake_missing", option="a"), "за вариантом «Раздать похожие задания»"),
    (error("items.M.1.key", "key_order_incomplete", option="b"), "нет варианта «Б»"),
    (error("items.M.1.key", "key_option_unknown", option="ж"), "на вариант «ж»"),
    (error("forms.A.sections.S1", "section_empty", code="S1"), "В разделе «Разбор»"),
    (error("items.M.1", "item_not_scored", code="M.1"), "«1. С чего начать» нет ключа. Если оно не оценивается, поставьте ему 0 баллов"),
    (error("stimuli.c1", "stimulus_unused", code="c1"), "На текст «Письмо»"),
    (error("matrices.m2", "matrix_unused", code="m2"), "В матрице «без названия»"),
    (error("stimuli.c2.text.ru", "text_empty", language="ru"), "Текст не написан (русский)"),
    (error("items.M.1.competences.METH.9", "competence_unknown", competence="METH.9"), "Компетенции «METH.9» нет"),
    (error("blocks.METH", "block_empty", block="Методика", form="B"), "В варианте «Второй»"),
    (Hint("items.M.1", "and_or", {"found": "и/или"}, item="M.1"), "«и/или»"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "words"), PLACES)
def test_a_place_is_called_as_the_pages_call_it(app: Flask, where: str, words: str) -> None:
    with app.test_request_context():
        assert place(where, AROUND) == words


@pytest.mark.parametrize(("problem", "words"), SENTENCES, ids=lambda one: getattr(one, "code", None))
def test_a_sentence_tells_names_and_leaves_what_nobody_knows(
    app: Flask, problem: Problem, words: str
) -> None:
    with app.test_request_context():
        assert words in said(problem, AROUND)
