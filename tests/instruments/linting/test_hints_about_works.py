"""Rules that look at the work as a whole, and what all rules owe: no exception, no false alarm, little time."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from instruments.bundled import bundled
from instruments.document import Instrument
from instruments.formats.yaml import DocumentError, read_document
from instruments.linting import lint
from instruments.linting.cues import tail
from instruments.linting.reading import level
from instruments.linting.words import HINTS
from instruments.scoring import Scoring
from tests.support.works import keyed, likert, single, words_asked, work

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SHOWS = "Ученик показывает учителю, как он думал, и сам находит ошибку в своём решении"


def codes(document: Instrument, scoring: Scoring | None = None) -> set[str]:
    return {hint.code for hint in lint(document, scoring)} - {"no_english"}


def many(count: int, keys: str, longest: bool = False) -> tuple[Instrument, Scoring]:
    """Questions with four options each; `keys`: the letters of the right ones, again and again."""
    items, right = [], {}
    for number in range(count):
        code, key = f"Q{number}", keys[number % len(keys)]
        options = [f"ответ {number} {letter}" for letter in "abcd"]
        if longest:
            options["abcd".index(key)] += " длиннее"
        items.append(single(f"Вопрос про приём {number} и тему {number * 7}?", *options, code=code))
        right[code] = key
    return work(*items), keyed(right)


def test_a_work_whose_longest_options_are_right_is_remarked() -> None:
    assert codes(*many(12, "abcd", longest=True)) == {"keys_are_longest"}


@pytest.mark.parametrize("count", [4, 7])
def test_a_few_long_keys_are_chance(count: int) -> None:
    assert codes(*many(count, "abcd", longest=True)) == set()


def test_a_favourite_place_of_keys_is_remarked() -> None:
    assert codes(*many(16, "bbbacbbd")) == {"keys_at_one_place"}


def test_a_place_without_keys_is_remarked() -> None:
    assert codes(*many(24, "abc")) == {"keys_never_at_place"}


@pytest.mark.parametrize("keys", ["abcd", "aabcd", "abcdbd"])
def test_even_places_of_keys_are_left_in_peace(keys: str) -> None:
    assert codes(*many(24, keys)) == set()


def test_places_do_not_matter_where_options_are_shuffled() -> None:
    document, scoring = many(16, "b")
    assert codes(document.model_copy(update={"shuffle": "options"}), scoring) == set()


def test_the_chance_of_different_questions_is_that_of_like_ones_when_they_are_alike() -> None:
    assert tail([0.25, 0.25, 0.25 + 1e-12], 2) == pytest.approx(tail([0.25] * 3, 2))
    assert tail([0.5, 0.25], 2) == pytest.approx(0.125)


MARKS = ("Не согласен", "Трудно сказать", "Согласен")


def test_a_scale_against_the_direction_of_the_others_is_remarked() -> None:
    turned = likert("Мне скучно", *reversed(MARKS), code="Q3")
    found = lint(work(likert("Раз", *MARKS, code="Q1"), likert("Два", *MARKS, code="Q2"), turned))
    assert [hint.where for hint in found if hint.code == "scale_turned"] == ["items.Q3"]


DOUBLES: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("the same", words_asked(SHOWS), words_asked(SHOWS, code="Q2"), True),
    ("one word more", words_asked(f"{SHOWS} на уроке"), words_asked(SHOWS, code="Q2"), True),
    ("short and the same", words_asked("Мне интересно"), words_asked("Мне интересно!", code="Q2"), True),
    ("short and other", words_asked("Мне интересно"), words_asked("Мне скучно", code="Q2"), False),
    (
        "one frame, other options",
        single("Какое утверждение верно?", "Опрос лучше теста", "Тест лучше опроса"),
        single("Какое утверждение верно?", "Зачёт долгий", "Зачёт короткий", code="Q2"),
        False,
    ),
    (
        "other numbers",
        words_asked("В классе 24 ученика, 6 из них ошиблись. Сколько процентов класса ошиблось?", "number"),
        words_asked("В классе 30 учеников, 12 из них ошиблись. Сколько процентов класса справилось?", "number", "Q2"),
        False,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "fires"), [row[1:] for row in DOUBLES], ids=[row[0] for row in DOUBLES]
)
def test_questions_that_nearly_repeat_others_are_remarked(
    one: dict[str, Any], other: dict[str, Any], fires: bool
) -> None:
    assert ("double_of" in codes(work(one, other))) is fires


def test_twins_in_forms_of_their_own_are_no_doubles() -> None:
    forms = [
        {"code": form, "title": {"ru": form}, "sections": [{"code": "S", "title": {"ru": "S"}, "items": [item]}]}
        for form, item in (("A", "Q1"), ("B", "Q2"))
    ]  # fmt: skip
    assert "double_of" not in codes(work(words_asked(SHOWS), words_asked(SHOWS, code="Q2"), forms=forms))


def test_too_few_minutes_are_remarked() -> None:
    items = [words_asked(f"Опишите урок {n}", "long_text", f"Q{n}") for n in range(6)]
    assert "time_short" in codes(work(*items, minutes=10))
    assert "time_short" not in codes(work(*items, minutes=30))


EASY = "Мне нравится в школе. Учитель слушает меня. Я задаю вопросы. Мы решаем задачи вместе. " * 10
HARD = (
    "Осуществление систематического мониторинга сформированности метапредметных образовательных результатов "
    "обеспечивает своевременное выявление профессиональных затруднений педагогических работников организации. "
) * 8


@pytest.mark.parametrize(("text", "fires"), [(EASY, False), (HARD, True), (HARD[:200], False)])
def test_a_text_too_hard_for_pupils_is_remarked(text: str, fires: bool) -> None:
    document = work(words_asked(text), audience="pupil", minutes=600)
    assert ("text_hard" in codes(document)) is fires


def test_the_grade_follows_the_published_formula() -> None:
    # two sentences, eight words, nineteen vowels
    found = level(["Мама мыла белую раму. Папа читал новую газету."])
    assert (found.words, found.per_sentence) == (8, 4)
    assert found.grade == pytest.approx(0.36 * 4 + 5.76 * 19 / 8 - 11.97)


def case(text: str, alt: str) -> Instrument:
    image = {"media_type": "image/png", "data": "", "width": 10, "height": 10, "alt": {"ru": alt}}
    stimulus = {"code": "MAP", "title": {"ru": "Карта урока"}, "text": {"ru": text}, "image": image}
    return work({**words_asked("Где ошибка?"), "stimulus": "MAP"}, stimuli=[stimulus])


@pytest.mark.parametrize(
    ("text", "alt", "expected"),
    [
        ("На схеме урока три части по пятнадцать минут.", "Схема: опрос, новая тема, работа в парах", set()),
        ("Схема", "Схема: опрос, новая тема, работа в парах", {"picture_alone"}),
        ("На схеме урока три части по пятнадцать минут.", "рисунок 1", {"picture_alt_poor"}),
        ("На схеме урока три части по пятнадцать минут.", "Карта урока", {"picture_alt_poor"}),
    ],
)
def test_a_picture_without_words_is_remarked(text: str, alt: str, expected: set[str]) -> None:
    assert codes(case(text, alt)) == expected


def test_lacking_english_is_told_once() -> None:
    items = [single(f"Вопрос {n}?", f"да {n}", f"нет {n}", code=f"Q{n}") for n in range(5)]
    assert [hint.code for hint in lint(work(*items))] == ["no_english"]
    assert lint(work(*items, languages=["ru", "en"])) == []


@pytest.mark.parametrize("code", sorted(bundled("instrument")))
def test_the_shipped_works_get_no_remark_but_that_on_their_language(code: str) -> None:
    document = bundled("instrument")[code]
    found = [hint for hint in lint(document, bundled("scoring").get(code)) if hint.code != "no_english"]
    assert [f"{hint.where}: {hint.sentence()}" for hint in found] == []


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_no_document_that_can_be_read_makes_a_rule_fail(path: Path) -> None:
    try:
        document = read_document(path)
    except DocumentError:
        return
    if isinstance(document, Instrument):
        keys = path.with_name(f"{path.stem}.scoring.yaml")
        scoring = read_document(keys) if keys.is_file() else None
        for hint in lint(document, scoring if isinstance(scoring, Scoring) else None):
            assert hint.code in HINTS
            assert "%(" not in hint.sentence()


def test_two_hundred_questions_are_read_within_a_tenth_of_a_second() -> None:
    document = bundled("instrument")["test.method"]
    items = [
        item.model_copy(update={"code": f"{item.code}-{copy}", "text": {"ru": f"{copy} {item.text['ru']} {copy}"}})
        for copy in range(5)
        for item in document.items
    ]  # fmt: skip
    section = document.forms[0].sections[0].model_copy(update={"items": tuple(item.code for item in items)})
    form = document.forms[0].model_copy(update={"sections": (section,)})
    large = document.model_copy(update={"items": tuple(items), "forms": (form,)})
    spent = min(_seconds(large) for _ in range(3))  # others work on the same machine
    print(f"200 questions: {1000 * spent:.0f} ms")
    assert spent < 0.1


def _seconds(document: Instrument) -> float:
    started = time.process_time()
    lint(document)
    return time.process_time() - started
