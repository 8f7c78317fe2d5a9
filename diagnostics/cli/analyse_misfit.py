"""Where the model does not hold: S-X² of items, Q3 of pairs, lz* of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from diagnostics.cli.analyse_reading import Answers
from diagnostics.cli.analyse_showing import Column, figure, table
from diagnostics.measurement.fit.dependence import Dependence, local_dependence
from diagnostics.measurement.fit.persons import PersonFit, person_fit
from diagnostics.measurement.fit.score_groups import Estimated, ScoreGroupFit, score_group_fit
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import FloatArray

#: A pattern of answers that hardly one in a hundred such people gives is a question to the tutor.
UNLIKELY = 0.01
#: Pairs and people named in the table for people; JSON and the report name all of them.
MOST_NAMED = 10


@dataclass(frozen=True, slots=True, eq=False)
class Misfit:
    """Items in the order of the columns (None = its curve is unknown), pairs, people in the order of the rows."""

    items: tuple[ScoreGroupFit | None, ...]
    pairs: Dependence
    people: tuple[PersonFit, ...]


def misfit_of(
    scores: FloatArray, items: tuple[LatentItem, ...], theta: FloatArray, estimated: Estimated
) -> Misfit:
    """Judge the answers by the items found from them; `theta` are Warm's estimates, NaN = none."""
    return Misfit(
        score_group_fit(scores, items, estimated),
        local_dependence(scores, items, theta),
        person_fit(scores, items, theta),
    )


def of_item(found: ScoreGroupFit | None) -> dict[str, Any]:
    """S-X²; a small p says that people of equal totals answer otherwise than the model has it."""
    if found is None:
        return {"s_x2": None, "s_x2_df": None, "s_x2_p": None, "s_x2_reason": "unseen_category"}
    return {
        "s_x2": found.statistic,
        "s_x2_df": found.df,
        "s_x2_p": found.p,
        "s_x2_reason": found.reason,
    }


def of_pairs(found: Misfit | None) -> dict[str, Any] | None:
    """Q3: mean over the pairs, and the pairs far above it."""
    if found is None:
        return None
    of = found.pairs
    return {
        "q3_mean": of.mean,
        "q3_expected": of.expected,
        "above_mean_from": METHOD.dependence_from,
        "reason": of.reason,
        "pairs": [
            {"first": one.first, "second": one.second, "n": one.n, "q3": one.q3, "above_mean": one.above_mean}
            for one in of.flagged
        ],
    }


def of_people(found: Misfit | None, answers: Answers) -> dict[str, Any] | None:
    """lz*: how many were judged, and whose answers are unlikely, the least likely first."""
    if found is None:
        return None
    people = answers.persons or (None,) * len(answers.rows)
    judged: list[dict[str, Any]] = [
        {"row": row, "person": who or None, "n": one.n, "lz_star": one.lz_star, "p": one.p}
        for row, who, one in zip(answers.rows, people, found.people, strict=True)
        if one.p is not None and one.lz_star is not None
    ]
    low = sorted((one for one in judged if one["p"] < UNLIKELY), key=lambda one: one["lz_star"])
    values = np.array([one["lz_star"] for one in judged])
    return {
        "n_judged": len(judged),
        "p_below": UNLIKELY,
        "expected": UNLIKELY * len(judged),
        "lz_star_mean": float(values.mean()) if values.size else None,
        "unlikely": low,
    }


PEOPLE_COLUMNS = (
    Column("row", "row"),
    Column("person", "person"),
    Column("n", "answers"),
    Column("lz_star", "lz*"),
    Column("p", "p"),
)
PAIR_COLUMNS = (
    Column("first", "items"),
    Column("second", "and"),
    Column("n", "people"),
    Column("q3", "Q3"),
    Column("above_mean", "above mean"),
)


def shown(answer: dict[str, Any]) -> list[str]:
    """Lines for people; nothing where no curve is known."""
    pairs, people = answer["dependence"], answer["person_fit"]
    if pairs is None or people is None:
        return []
    lines = ["", f"local dependence: {_pairs_words(pairs)}"]
    if pairs["pairs"]:
        lines.append(table(pairs["pairs"][:MOST_NAMED], PAIR_COLUMNS))
    lines += ["", f"patterns of answers: {_people_words(people)}"]
    if people["unlikely"]:
        lines.append(table([_row(one) for one in people["unlikely"][:MOST_NAMED]], PEOPLE_COLUMNS))
    return lines


def _row(one: dict[str, Any]) -> dict[str, Any]:
    return one | {"person": one["person"] or ""}


def _pairs_words(of: dict[str, Any]) -> str:
    if of["q3_mean"] is None:
        return "not told, too few answers"
    found = len(of["pairs"])
    named = f", the first {MOST_NAMED} of them" if found > MOST_NAMED else ""
    return (
        f"mean Q3 {figure(of['q3_mean'])} ({figure(of['q3_expected'])} where the model holds);"
        f" pairs more than {of['above_mean_from']:g} above it: {found}{named}"
    )


def _people_words(of: dict[str, Any]) -> str:
    if not of["n_judged"]:
        return "not judged, too few answers of a person"
    found = len(of["unlikely"])
    named = f", the first {MOST_NAMED} of them" if found > MOST_NAMED else ""
    return (
        f"lz* of {of['n_judged']} people; p below {of['p_below']:g}: {found}"
        f" ({of['expected']:.1f} by chance){named}; a question to the tutor, no accusation"
    )
