"""Lines of single people: the official level and the precision of the change, told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.contents.common import Change, Conclusion
from reports.contents.entry_exit import Comparability, Comparison, PersonLine
from reports.tabulate.entry_exit import change_table, ranks_table, tables
from reports.tabulate.entry_exit_people import conclusions_table, people_table
from reports.wording.comparability import comparability
from reports.wording.entry_exit_people import conclusion_move, p_value, person_line
from reports.wording.words import Words
from tests.reports import report_samples

WORDS = Words()
LINE = PersonLine(
    full_name="Соколова Анна Петровна",
    school="Школа № 12",
    entry=52,
    exit=61,
    entry_level="высокий",
    exit_level="средний",
    verdict=Change.WITHIN_ERROR,
    next_check="разбор урока",
)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("verdict", "check", "tail"),
    [
        (Change.WITHIN_ERROR, "разбор урока", "; изменение в пределах точности, подтвердить: разбор урока"),
        (Change.GREW, "", "; рост больше погрешности"),
        (Change.FELL, "", "; снижение больше погрешности"),
        (Change.UNKNOWN, "", "; точность неизвестна"),
    ],
)
def test_a_person_is_told_in_both_layers(verdict: Change, check: str, tail: str) -> None:
    said = plain(person_line(replace(LINE, verdict=verdict, next_check=check), WORDS))
    assert said == f"Было 52 % (высокий), стало 61 % (средний уровень дефицита){tail}"


def test_closed_and_new_deficits_and_reliable_change_have_columns_of_their_own() -> None:
    line = replace(LINE, closed=("Анализ результатов ВПР", "Планирование урока"))
    table = people_table(replace(report_samples.entry_exit_report(), people=(line,)), WORDS)
    assert [column.title for column in table.columns][3:] == ["Дефицит снят", "Дефицит новый", "Изменение"]
    assert table.texts(WORDS)[0][3:] == (
        "Анализ результатов ВПР, Планирование урока",
        "–",
        "в пределах погрешности",
    )


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ((Conclusion.PROBABLE, Conclusion.SURELY_NONE), "уточнить / опора"),
        ((Conclusion.CONFIRMED, Conclusion.CONFIRMED), "развивать"),
        ((Conclusion.NO_CONCLUSION, Conclusion.NOT_SHOWN), "– / не выявлен"),
        (None, "–"),
    ],
)
def test_conclusions_of_a_block_stand_from_entry_to_exit(
    pair: tuple[Conclusion, Conclusion] | None, said: str
) -> None:
    assert conclusion_move(pair, WORDS) == said


def test_every_block_has_a_column_of_conclusions() -> None:
    report = report_samples.entry_exit_report()
    titles = [column.title for column in conclusions_table(report, WORDS).columns]
    assert titles == ["ФИО", *(block.title for block in report.blocks)]


@pytest.mark.parametrize(("p", "said"), [(0.0004, "< 0,001"), (0.001, "0,001"), (0.412, "0,412")])
def test_a_probability_has_three_digits_at_most(p: float, said: str) -> None:
    assert p_value(p, WORDS) == said


def test_the_rank_test_stands_in_print_in_the_order_of_the_change_table() -> None:
    report = report_samples.entry_exit_report()
    order = [row[0] for row in change_table(report, WORDS).rows]
    shown = [str(row[0]) for row in ranks_table(report, WORDS).rows]
    assert shown == sorted(shown, key=order.index)
    assert len(shown) == 2


def test_time_and_omissions_of_both_stages_are_printed() -> None:
    table = next(
        one for one in tables(report_samples.entry_exit_report(), WORDS) if one.title == "Время и пропуски"
    )
    assert table.texts(WORDS) == (
        ("входная диагностика", "22", "42", "1,4", "0,2"),
        ("итоговая диагностика", "21", "–", "0,6", "0,0"),
    )


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (2.14, "Вариант Б труднее на 2,1 балла по 8 общим заданиям: поправка внесена в целое и в каждый блок поровну."),
        (-2.14, "Вариант Б легче на 2,1 балла по 8 общим заданиям: поправка внесена в целое и в каждый блок поровну."),
        (0.01, "Варианты одинаково трудны, поправка не понадобилась."),
    ],
)  # fmt: skip
def test_the_correction_between_forms_is_told(points: float, said: str) -> None:
    facts = Comparability(
        verdict=Comparison.LINKED, n_items=24, n_common=9, n_dropped=1, linking_error=1.4,
        correction=points, exit_form="Б",
    )  # fmt: skip
    assert said in plain(comparability(facts, WORDS))
    report = replace(report_samples.entry_exit_report(), comparability=facts)
    assert bool(change_table(report, WORDS).note) is (abs(points) > 0.05)
