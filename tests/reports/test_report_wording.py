from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from report_samples import SCALE, block, change, entry_exit_report, person_report, route_plan

from reports.contents.common import Change, Conclusion, Level
from reports.contents.entry_exit import Attrition, Comparison, Transitions
from reports.outline import Outline, Paragraph
from reports.outlines.entry_exit import entry_exit_outline
from reports.outlines.person import person_outline
from reports.outlines.route import route_outline
from reports.render.html import data_table
from reports.tabulate.person import evidence_table
from reports.wording import entry_exit as growth
from reports.wording import person as profile
from reports.wording.terms import conclusion
from reports.wording.words import Words

BANNED = (
    "кампани",
    "волна",
    "волны",
    "когорт",
    "инструмент",
    "фреймворк",
    "якор",
    "пилот",
    "блюпринт",
    "слабый",
    "не справил",
)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (Conclusion.CONFIRMED, "есть что развивать"),
        (Conclusion.PROBABLE, "похоже, есть что развивать: уточним"),
        (Conclusion.NOT_SHOWN, "дефицит не выявлен"),
        (Conclusion.SURELY_NONE, "опора"),
        (Conclusion.NO_CONCLUSION, "заданий мало, вывода не делаем"),
    ],
)
def test_conclusions_have_exactly_the_agreed_words(code: Conclusion, said: str, words: Words) -> None:
    assert conclusion(code, words) == said


def test_without_a_calibration_a_conclusion_is_marked_provisional(words: Words) -> None:
    assert conclusion(Conclusion.CONFIRMED, words, provisional=True) == "есть что развивать (предварительно)"


def test_the_headline_names_the_first_confirmed_need(words: Words) -> None:
    assert profile.headline(person_report(), words) == "Главный резерв — анализ результатов ВПР"


def test_the_headline_of_a_probable_need_promises_to_clarify(words: Words) -> None:
    report = person_report()
    assert profile.headline(replace(report, develop=report.develop[1:]), words) == (
        "Похоже, резерв — работа с ошибками учеников: уточним"
    )


def test_the_figure_title_counts_blocks_by_conclusion(words: Words) -> None:
    assert profile.figure_title(person_report().blocks, words) == (
        "Два блока\u00a0— опора, один\u00a0— что развивать, один\u00a0— уточним"
    )


def test_below_three_items_no_level_is_set_even_if_one_came(words: Words) -> None:
    few = block("A", "Блок", 50, 10, 90, Conclusion.NO_CONCLUSION, "высокий уровень", 1, 2, 2, 8)
    assert profile.official(few, words) == "показано для сведения (2 из 8), уровень не устанавливаем"


def test_a_document_states_both_layers_and_the_uncertainty(words: Words) -> None:
    line = profile.both_layers(person_report().blocks[5], words)
    assert line == (
        "Работа с ошибками учеников: 4,5 из 8, 56\u00a0% — высокий уровень профессиональных дефицитов. "
        "Вывод предварительный (похоже, есть что развивать: уточним): при других заданиях такой же "
        "сложности уровень мог быть иным."
    )


def test_level_ranges_follow_the_borders_of_the_scale(words: Words) -> None:
    four = replace(
        SCALE, levels=tuple(Level(code=str(x), title="", short="", lower=x) for x in (0, 50, 70, 85))
    )
    assert profile.level_ranges(four, words) == (
        "ниже 50\u00a0%",
        "50–69\u00a0%",
        "70–84\u00a0%",
        "от 85\u00a0%",
    )


@pytest.mark.parametrize(
    ("verdicts", "headline"),
    [
        ("gg", "По всем блокам рост больше погрешности"),
        ("gww", "По одному блоку из трёх рост больше погрешности"),
        ("wfw", "По одному блоку из трёх снижение больше погрешности"),
        ("ww", "Изменения по всем блокам в пределах погрешности"),
    ],
)
def test_the_headline_of_growth_says_how_many_blocks(verdicts: str, headline: str, words: Words) -> None:
    codes = {"g": Change.GREW, "f": Change.FELL, "w": Change.WITHIN_ERROR}
    blocks = tuple(
        change(str(i), "Блок", 50, 60, 1, 9, codes[c], (1, 1, 0, 0, 0)) for i, c in enumerate(verdicts)
    )
    assert growth.headline(replace(entry_exit_report(), blocks=blocks), words) == headline


def test_a_refused_comparison_says_no_number(words: Words, templates: Path) -> None:
    report = entry_exit_report()
    refused = replace(
        report, comparability=replace(report.comparability, verdict=Comparison.REFUSED_UNLINKED)
    )
    outline = entry_exit_outline(refused, words)
    said = " ".join(block.text for block in outline.blocks if isinstance(block, Paragraph))
    assert growth.headline(refused, words) == "Вход и выход сравнивать нельзя"
    assert "несравнимы" in said
    assert not any("Изменение" in column.title for table in outline.tables for column in table.columns)
    assert "+14,5" not in said


def test_a_hidden_count_silences_the_sentence_and_every_total_over_it(words: Words) -> None:
    from reports.tabulate.entry_exit import transitions_table

    hidden = Transitions(levels=("высокий", "средний"), counts=((None, 6), (5, 9)))
    table = transitions_table(hidden, replace(entry_exit_report(), hidden_below=5), words)
    assert growth.level_moves(hidden, words) == ""
    assert table.texts(words) == (
        ("высокий", "скрыто: меньше 5", "6", "скрыто: меньше 5"),
        ("средний", "5", "9", "14"),
        ("Всего", "скрыто: меньше 5", "15", "скрыто: меньше 5"),
    )


def test_leavers_are_compared_with_those_who_stayed(words: Words) -> None:
    assert growth.attrition(entry_exit_report(), words).startswith(
        "2 человека из 22 не прошли итоговую диагностику. На входе у них в среднем 53\u00a0%, у остальных — 66\u00a0%."
    )


def test_nobody_left_is_said_plainly(words: Words) -> None:
    gone = Attrition(n_left=0, left_entry=None, n_stayed=22, stayed_entry=66)
    assert growth.attrition(replace(entry_exit_report(), attrition=gone), words) == (
        "Все, кто прошёл входную диагностику, прошли и итоговую."
    )


def test_names_leave_no_trace_in_a_copy_without_people(words: Words) -> None:
    outline = entry_exit_outline(replace(entry_exit_report(), people=()), words)
    assert "поддержка" not in str(outline.blocks)
    assert "Соколова" not in str(outline.blocks)


def everything(outline: Outline, words: Words, templates: Path) -> str:
    tables = " ".join(data_table(table, words, templates) for table in outline.tables)
    return f"{outline.blocks} {outline.foot} {outline.subtitle} {tables}".lower()


@pytest.mark.parametrize(
    "make",
    [
        lambda words: person_outline(person_report(), words),
        lambda words: route_outline(route_plan(), words),
        lambda words: entry_exit_outline(entry_exit_report(), words),
    ],
)
def test_documents_use_the_agreed_vocabulary(
    make: Callable[[Words], Outline], words: Words, templates: Path
) -> None:
    said = everything(make(words), words, templates)
    assert [word for word in BANNED if word in said] == []


def test_every_sentence_can_be_translated() -> None:
    loud = Words(translate=lambda msgid: f"<{msgid}>", plural=lambda _one, many, _n: f"<{many}>", decimal=".")
    assert (
        growth.headline(entry_exit_report(), loud) == "<По <трём> блокам из <шести> рост больше погрешности>"
    )


def test_answers_that_wait_for_an_expert_are_named_once_and_have_no_points(
    words: Words, templates: Path
) -> None:
    report = person_report()
    waiting = replace(report.evidence[0], code="V11", title="Разбор ошибки", points=0, awaiting=True)
    report = replace(report, evidence=(*report.evidence, waiting, replace(waiting, block="ERR")))
    said = "1 ответ ждёт проверки эксперта: «Разбор ошибки». До проверки он в результат не входит."
    assert profile.awaiting(report, words) == said
    assert said.casefold() in everything(person_outline(report, words), words, templates)
    assert [row[3:] for row in evidence_table(report, words).rows[-2:]] == [
        (None, 1, "ждёт проверки эксперта"),
        (None, 1, "ждёт проверки эксперта"),
    ]


def test_nothing_is_said_of_experts_where_nothing_waits(words: Words) -> None:
    assert profile.awaiting(person_report(), words) == ""
