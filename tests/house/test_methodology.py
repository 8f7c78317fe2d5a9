"""Numbers of the worked examples in docs/methodology are computed again, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from diagnostics.measurement.classical import feldt_interval
from diagnostics.measurement.conditional_error import binomial_sem
from diagnostics.measurement.decisions import binomial_error, decisions, items_needed, kr21
from diagnostics.measurement.dif.mantel_haenszel import DELTA, common_odds
from diagnostics.measurement.funnel import Place, share_limits
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.raters.marks import mark_agreement
from diagnostics.measurement.standard_setting import angoff
from tests.support import block_examples, fit_examples, latent_examples, selection_examples

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILES = ["methodology.md", "methodology.en.md"]
BERKELEY = [
    [512, 313, 89, 19],
    [353, 207, 17, 8],
    [120, 205, 202, 391],
    [138, 279, 131, 244],
    [53, 138, 94, 299],
    [22, 351, 24, 317],
]


def alpha() -> list[float]:
    found = feldt_interval(0.70, 30, 10, 0.95)
    return [found.low, found.high]


def score() -> list[float]:
    return [float(binomial_sem([20], 30)[0])]


def cut() -> list[float]:
    true = binomial_error(20.6, 4.9, 30)
    found, needed = decisions(true, [21 / 30]), items_needed(true, 30, [21 / 30])
    return [kr21(20.6, 4.9, 30), found.accuracy, found.consistency, found.kappa or 0, needed.more or 0]


def panel() -> list[float]:
    found = angoff([[0.6, 0.7, 0.5, 0.8], [0.5, 0.6, 0.6, 0.7], [0.7, 0.8, 0.5, 0.8]])
    assert found.interval is not None
    return [found.value, 100 * (found.share or 0), found.se, found.interval.low, found.interval.high]


def raters() -> list[float]:
    found = mark_agreement([1, 2, 3, 4, 2, 3, 1, 4, 2, 3], [1, 2, 3, 3, 2, 4, 1, 2, 2, 3])
    kappa, bounds = found.quadratic.value, found.quadratic.interval
    assert kappa is not None
    assert bounds is not None
    assert found.exact is not None
    return [kappa, bounds.low, bounds.high, 100 * found.exact.value, found.third[0] + 1]


def dif() -> list[float]:
    odds, bounds, chi2, _ = common_odds(BERKELEY)
    return [odds, bounds.low, bounds.high, chi2, DELTA * float(np.log(odds))]


def funnel() -> list[float]:
    small, large = share_limits(0.35, [20, 200])
    assert (small.place(0.6), large.place(0.6)) == (Place.ABOVE_INNER, Place.ABOVE_OUTER)
    return [100 * bound for one in (small, large) for bound in (one.inner.low, one.inner.high)]


EXAMPLES: dict[str, Callable[[], list[float]]] = {
    "alpha": alpha,
    "score": score,
    "cut": cut,
    "angoff": panel,
    "raters": raters,
    "dif": dif,
    "funnel": funnel,
    **block_examples.EXAMPLES,
    **selection_examples.EXAMPLES,
    **fit_examples.EXAMPLES,
    **latent_examples.EXAMPLES,
}


def printed(file: str) -> dict[str, list[str]]:
    """Numbers set bold in each example."""
    text = (DOCS / file).read_text("utf-8")
    found = re.findall(r"<!-- example: (\w+) -->\n(.+?)(?:\n\n|\Z)", text, re.DOTALL)
    return {name: re.findall(r"\*\*(.+?)\*\*", paragraph) for name, paragraph in found}


@pytest.mark.parametrize("file", FILES)
def test_every_example_is_computed_again(file: str) -> None:
    assert set(printed(file)) == set(EXAMPLES)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_prints_what_the_code_computes(file: str, name: str) -> None:
    shown = [one.replace(",", ".").replace("−", "-") for one in printed(file)[name]]

    figures = [
        f"{value:.{len(one.partition('.')[2])}f}" for value, one in zip(EXAMPLES[name](), shown, strict=True)
    ]

    assert figures == shown


@pytest.mark.parametrize("file", FILES)
def test_the_version_of_the_method_is_the_present_one(file: str) -> None:
    assert re.search(rf"(версия|version) {METHOD.version}\)", (DOCS / file).read_text("utf-8"))
