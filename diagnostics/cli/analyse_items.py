"""What `orientir analyse items` says: each item and the test, as JSON and as a table."""

from __future__ import annotations

from typing import Any

import numpy as np

from diagnostics.cli.analyse_cells import KeyLine
from diagnostics.cli.analyse_reading import Answers
from diagnostics.cli.analyse_showing import Column, bounds, figure, table
from diagnostics.measurement.classical import ItemStatistics, ScaleStatistics, analyse
from diagnostics.measurement.factor import Omega, omega_total
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import FloatArray

WHY = {
    "too_few_persons": "fewer than two people answered everything",
    "too_few_items": "too few items",
    "no_variance": "all totals are equal",
    "incomplete": "nobody (or one person) was shown every item",
    "negative_alpha": "alpha is negative: the items do not measure one thing",
    "unreversed_items": "alpha is negative: some items run the other way",
    "constant_items": "an item has one and the same score in all complete answers",
    "not_converged": "the one-factor model has no maximum",
    "improper": "the one-factor model fits only with an item without error of its own",
    "mixed_signs": "some items run against the common factor",
}
FLAGS = {
    "too_easy": "too easy",
    "too_hard": "too hard",
    "low_discrimination": "does not separate strong from weak",
}


def answer_of(answers: Answers, key: dict[str, KeyLine] | None, maximum: float | None) -> dict[str, Any]:
    """Figures of items and test; nothing in it is NaN.

    Raises
    ------
    DataRefused
        If a score is negative or above its maximum.
    """
    answers.refuse_cell(answers.values < 0, "is negative: scores begin at 0")
    maxima = maxima_of(answers, key, maximum)
    answers.refuse_cell(answers.values > maxima, "is above the maximum of the item")
    found = analyse(answers.values, maxima, answers.names)
    omega = omega_total(answers.values)
    return _test(found, omega, answers.names) | {
        "items": [
            _item(item, float(top), int(lost))
            for item, top, lost in zip(found.items, maxima, np.isnan(answers.values).sum(axis=0), strict=True)
        ]
    }


def maxima_of(answers: Answers, key: dict[str, KeyLine] | None, maximum: float | None) -> FloatArray:
    """Maximum of each item: by the key, as told, else the highest score that occurs (1 where there is none)."""
    if key is not None:
        return np.array([key[name].points for name in answers.names])
    if maximum is not None:
        return np.full(len(answers.names), maximum)
    highest = np.fmax.reduce(answers.values, axis=0, initial=-np.inf)
    return np.where(highest > 0, highest, 1.0)


def _test(found: ScaleStatistics, omega: Omega, names: tuple[str, ...]) -> dict[str, Any]:
    against = tuple(names[place] for place in omega.against)
    return {
        "n": found.n,
        "n_complete": found.n_complete,
        "n_items": len(found.items),
        "mean": found.mean,
        "sd": found.sd,
        "alpha": found.alpha,
        "alpha_ci": bounds(found.alpha_interval),
        "alpha_reason": found.reason,
        "unreversed": list(found.against or against),
        "omega": omega.value,
        "omega_ci": bounds(omega.interval),
        "omega_reason": omega.reason,
        "sem": found.sem,
        "method_version": METHOD.version,
    }


def _item(item: ItemStatistics, maximum: float, missing: int) -> dict[str, Any]:
    return {
        "item": item.name,
        "n": item.n,
        "missing": missing,
        "maximum": maximum,
        "mean": item.mean,
        "p": item.p,
        "p_ci": bounds(item.p_interval),
        "r_rest": item.r_rest,
        "r_rest_ci": bounds(item.r_interval),
        "flags": list(item.flags),
        "reason": item.reason,
    }


def refusal(answer: dict[str, Any], *, keyed: bool) -> str | None:
    """Why the command ends with 1: a scale whose items run both ways is not to be summed."""
    if answer["alpha_reason"] == "unreversed_items":
        return (
            "alpha is negative because these items run the other way: "
            + ", ".join(answer["unreversed"])
            + ("; check the key" if keyed else "; reverse them and run again")
        )
    return None


COLUMNS = (
    Column("item", "item"),
    Column("n", "n"),
    Column("missing", "missing"),
    Column("p", "p"),
    Column("p_ci", "95 %"),
    Column("r_rest", "r rest"),
    Column("r_rest_ci", "95 %"),
    Column("remark", "remark"),
)


def shown(answer: dict[str, Any]) -> str:
    """The answer for people."""
    for item in answer["items"]:
        words = [FLAGS[flag] for flag in item["flags"]]
        words += {"counts_only": ["too few answers"], "provisional": ["provisional"]}.get(item["reason"], [])
        item["remark"] = ", ".join(words)
    lines = [
        f"{answer['n']} people, {answer['n_complete']} of them answered all {answer['n_items']} items",
        _line("alpha", answer["alpha"], answer["alpha_ci"], answer["alpha_reason"]),
        _line("omega", answer["omega"], answer["omega_ci"], answer["omega_reason"]),
        f"total: mean {figure(answer['mean'])}, SD {figure(answer['sd'])},"
        f" standard error of measurement {figure(answer['sem'])}",
        "",
        table(answer["items"], COLUMNS),
    ]
    return "\n".join(lines)


def _line(name: str, value: float | None, interval: list[float] | None, reason: str | None) -> str:
    if value is None:
        return f"{name}: not given, {WHY[reason or 'too_few_items']}"
    return f"{name} {figure(value)}" + (f" (95 %: {figure(interval)})" if interval else "")
