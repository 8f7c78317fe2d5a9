"""Rules that look at one question: what must be remarked, and what must be left in peace."""

from __future__ import annotations

from typing import Any

import pytest

from instruments.linting import lint
from tests.support.works import keyed, likert, single, words_asked, work


def codes(item: dict[str, Any], key: Any = None) -> set[str]:
    scoring = keyed({item["code"]: key}) if key is not None else None
    return {hint.code for hint in lint(work(item), scoring)} - {"no_english"}


LESSON = "С чего учитель начнёт разбор ошибки?"

OPTIONS: list[tuple[str, tuple[str, ...], str, set[str]]] = [
    ("a final stop", ("Спросит ученика", "Спросит ученика.", "Объяснит сам"), "a", {"twin_of_key"}),
    ("another dash", ("Тест - сразу", "Тест — сразу", "Позже"), "a", {"twin_of_key"}),
    ("ё for е", ("Зачёт", "Зачет", "Опрос"), "a", {"twin_of_key"}),
    ("an empty word", ("Причина — это шум", "Причина — шум", "Нет"), "b", {"twin_of_key"}),
    ("decimal point and comma", ("0,5", "0.5", "0,05"), "a", {"twin_of_key"}),
    ("two wrong ones alike", ("Да", "Спросит  ученика", "Спросит ученика."), "a", {"twin_options"}),
    ("a mistake of checking", ("Опрос", "опрос", "Зачёт"), "a", set()),
    ("another order of words", ("Сначала опрос, потом тест", "Сначала тест, потом опрос", "Нет"), "a", set()),
    ("another number", ("15", "1,5", "150"), "a", set()),
    ("a fraction to be reduced", ("6/8", "3/4", "2/3"), "b", set()),
    ("a comma is the matter", ("Мама, мыла раму", "Мама мыла раму", "Мама мыла, раму"), "b", set()),
    ("a sign is the matter", ("−5", "5", "0"), "b", set()),
    ("everything above", ("Опрос", "Тест", "Все вышеперечисленное"), "a", {"all_of_above"}),
    ("all of the named", ("Опрос", "Тест", "Всё перечисленное верно"), "a", {"all_of_above"}),
    ("all answers", ("Опрос", "Тест", "Все ответы верны"), "a", {"all_of_above"}),
    ("nothing of these", ("Опрос", "Тест", "Ничего из перечисленного"), "a", {"all_of_above"}),
    ("none of the options", ("Опрос", "Тест", "Ни один из вариантов"), "a", {"all_of_above"}),
    ("no right answer", ("Опрос", "Тест", "Нет правильного ответа"), "a", {"all_of_above"}),
    ("all pupils", ("Опрос", "Тест", "Все ученики класса"), "a", set()),
    ("all listed in the journal", ("Опрос", "Тест", "Все перечисленные в журнале ученики"), "a", set()),
    ("always, wrong", ("Покажет образец", "Всегда ставит два", "Выслушает"), "c", {"absolute_words"}),
    ("never, wrong", ("Никогда не спросит", "Выслушает", "Опросит"), "b", {"absolute_words"}),
    ("always, right", ("Покажет образец", "Всегда отвечает", "Выслушает"), "b", set()),
    ("always, all the wrong ones", ("Всегда спросит", "Всегда молчит", "Выслушает"), "c", set()),
    ("a scale of frequency", ("Никогда", "Иногда", "Всегда"), "b", set()),
    (
        "a long key",
        ("Спросит ученика, как он рассуждал, и найдёт место, где ход мысли свернул", "Поставит два", "Объяснит сам"),
        "a",
        {"key_stands_out"},
    ),
    (
        "a long wrong one",
        ("Спросит ученика, как он рассуждал, и найдёт место, где ход мысли свернул", "Поставит два", "Объяснит сам"),
        "b",
        {"option_stands_out"},
    ),
    ("a little longer", ("Спросит ученика, как он рассуждал", "Поставит два", "Объяснит сам ещё раз"), "a", set()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "key", "expected"), [row[1:] for row in OPTIONS], ids=[row[0] for row in OPTIONS]
)
def test_options_are_remarked_where_they_give_the_answer_away(
    options: tuple[str, ...], key: str, expected: set[str]
) -> None:
    assert codes(single(LESSON, *options), key) == expected


STEMS: list[tuple[str, str, set[str]]] = [
    ("cannot not", "Учитель не может не заметить ошибку. Что он сделает?", {"double_negation"}),
    ("must not not", "Почему нельзя не спросить ученика?", {"double_negation"}),
    ("not impossible", "Что не невозможно изменить на уроке?", {"double_negation"}),
    ("two clauses", "Если ученик не ответил, то нельзя ставить два. Что сделает учитель?", set()),
    ("neither nor", "Учитель не видит ни тетради, ни дневника. Что он сделает?", set()),
    ("not only but", "Что важно не только на уроке?", set()),
    ("what must not", "Чего нельзя делать при разборе ошибки?", set()),
    ("two questions", "Что сделает учитель? Почему он так поступит?", {"two_questions"}),
    ("two in a sentence", "Что сделает учитель и почему он так поступит?", {"two_questions"}),
    ("how many and how many", "Сколько минут займёт опрос и сколько — разбор?", {"two_questions"}),
    ("a question in quotation", "Ученик спросил: «Почему минус? И зачем?» Что ответит учитель?", set()),
    ("a pair of things", "Какой приём поможет увидеть и исправить ошибку?", set()),
    ("where somebody is told", "Что важно понять о том, как и чему учится класс?", set()),
    ("one question after a story", "Класс сдал работу. Половина ошиблась. Что сделает учитель?", set()),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in STEMS], ids=[row[0] for row in STEMS])
def test_a_question_is_remarked_where_it_confuses(text: str, expected: set[str]) -> None:
    assert codes(single(text, "Опрос", "Тест", "Зачёт")) == expected


def test_an_open_answer_may_be_asked_for_its_reason() -> None:
    assert codes(words_asked("Что сделает учитель и почему он так поступит?", "long_text")) == set()


@pytest.mark.parametrize(
    ("text", "options", "fires"),
    [
        ("Что НЕ поможет ученику?", ("Не спрашивать его", "Опрос", "Тест"), True),
        ("Какое утверждение неверно?", ("Не следует ставить два", "Опрос", "Тест"), True),
        ("Какое утверждение неверно?", ("Опрос помогает", "Тест мешает", "Зачёт"), False),
        ("Ученик не решил задачу. Что сделает учитель?", ("Не заметит", "Опрос", "Тест"), False),
        ("Почему ученик не решил задачу?", ("Не понял условия", "Опрос", "Тест"), False),
    ],
)
def test_a_turned_question_with_a_negated_option_is_remarked(
    text: str, options: tuple[str, ...], fires: bool
) -> None:
    assert ("negated_option" in codes(single(text, *options))) is fires


AGREE = ("Не согласен", "Скорее не согласен", "Скорее согласен", "Согласен")


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Я обсуждаю ошибки с коллегами и/или методистом", True),
        ("Я обсуждаю ошибки с коллегами и методистом", False),
    ],
)
def test_a_statement_with_and_or_is_remarked(text: str, fires: bool) -> None:
    assert ("and_or" in codes(likert(text, *AGREE))) is fires


@pytest.mark.parametrize(
    ("marks", "fires"),
    [
        (("Не согласен", "Скорее согласен", "Согласен", "Полностью согласен"), True),
        (("Совершенно не согласен", "Не согласен", "Трудно сказать", "Согласен"), True),
        (AGREE, False),
        (("Не согласен", "Трудно сказать", "Согласен"), False),
        (("Нет", "Скорее нет", "Скорее да", "Да"), False),
        (("Никогда", "Редко", "Часто", "Всегда"), False),
        (("Никогда", "Раз в год", "Раз в месяц", "Раз в неделю", "Каждый день"), False),
        (("Знаю, что есть", "Пробую", "Применяю", "Учу других"), False),
    ],
)
def test_a_scale_that_leans_to_one_side_is_remarked(marks: tuple[str, ...], fires: bool) -> None:
    assert ("scale_unequal" in codes(likert("Мне интересно", *marks))) is fires


def test_every_sentence_is_filled_in_and_says_what_to_do() -> None:
    cases = [lint(work(single(LESSON, *options)), keyed({"Q1": key})) for _n, options, key, _e in OPTIONS]
    told = [hint.sentence() for hints in cases for hint in hints]
    assert told
    assert all("%(" not in one and one.count(".") + one.count(":") >= 1 for one in told)
