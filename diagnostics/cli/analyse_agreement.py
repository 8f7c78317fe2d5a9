"""What `orientir analyse agreement` says: rows are works, columns are raters."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from diagnostics.cli.analyse_reading import Answers, DataRefused
from diagnostics.cli.analyse_showing import Column, bounds, figure, table
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import wilson_interval
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.raters.intraclass import Correlation, intraclass, severities
from diagnostics.measurement.raters.marks import mark_agreement, mean_kappa

WHY = {
    "no_pairs": "no work has two marks",
    "no_variance": "all marks are equal",
    "too_few_works": "fewer than two works are marked by all",
}
ROUNDING = 1e-9


def answer_of(answers: Answers) -> dict[str, Any]:
    """Figures over all raters and over each pair.

    Raises
    ------
    DataRefused
        If there are fewer than two raters.
    """
    if len(answers.names) < 2:  # noqa: PLR2004 - agreement needs two
        raise DataRefused(
            f"one rater ({answers.names[0]}) agrees with nobody: two columns of marks are needed"
        )
    marks = answers.values
    found, pairs = intraclass(marks), _pairs(answers)
    overall = mean_kappa(marks)
    # Two raters have the large-sample interval of one kappa; more have the resampled one of the mean.
    interval = pairs[0]["kappa_quadratic_ci"] if len(pairs) == 1 else bounds(overall.interval)
    exact, adjacent, compared = _gaps(marks)
    return {
        "n": int((~np.isnan(marks)).any(axis=1).sum()),
        "n_complete": found.n,
        "raters": list(answers.names),
        "kappa_quadratic": overall.value,
        "kappa_quadratic_ci": interval,
        "kappa_reason": overall.reason,
        **_correlation("icc2_1", found.single),
        **_correlation("icc2_k", found.mean),
        "icc_reason": found.reason,
        **_share("exact", exact, compared),
        **_share("adjacent", adjacent, compared),
        "n_pairs_of_marks": compared,
        "third_mark": [answers.rows[row] for row in _far(marks)],
        "pairs": pairs,
        "severity": _severity(answers),
        "method_version": METHOD.version,
    }


def _pairs(answers: Answers) -> list[dict[str, Any]]:
    found = []
    for first, second in combinations(range(len(answers.names)), 2):
        pair = mark_agreement(answers.values[:, first], answers.values[:, second])
        found.append(
            {
                "first": answers.names[first],
                "second": answers.names[second],
                "n": pair.n,
                "kappa_quadratic": pair.quadratic.value,
                "kappa_quadratic_ci": bounds(pair.quadratic.interval),
                "exact": pair.exact and pair.exact.value,
                "exact_ci": bounds(pair.exact.interval if pair.exact else None),
                "adjacent": pair.adjacent and pair.adjacent.value,
                "adjacent_ci": bounds(pair.adjacent.interval if pair.adjacent else None),
                "reason": pair.quadratic.reason,
            }
        )
    return found


def _gaps(marks: FloatArray) -> tuple[int, int, int]:
    """Pairs of marks of one work that are equal, that are at most one step apart, and all."""
    equal = near = compared = 0
    for one, two in combinations(range(marks.shape[1]), 2):
        gaps = np.abs(marks[:, one] - marks[:, two])
        equal += int((gaps < ROUNDING).sum())
        near += int((gaps <= 1 + ROUNDING).sum())
        compared += int((~np.isnan(gaps)).sum())
    return equal, near, compared


def _share(name: str, hits: int, compared: int) -> dict[str, Any]:
    if not compared:
        return {name: None, f"{name}_ci": None}
    share = hits / compared
    return {name: share, f"{name}_ci": bounds(wilson_interval(share, compared, METHOD.group_interval))}


def _far(marks: FloatArray) -> list[int]:
    """Works whose highest and lowest marks ask for a third rater."""
    span = np.fmax.reduce(marks, axis=1) - np.fmin.reduce(marks, axis=1)
    return [int(row) for row in np.flatnonzero(span >= METHOD.third_mark_from - ROUNDING)]


def _correlation(name: str, found: Correlation | None) -> dict[str, Any]:
    return {name: found and found.value, f"{name}_ci": bounds(found.interval if found else None)}


def _severity(answers: Answers) -> list[dict[str, Any]] | None:
    """None where raters have no works in common."""
    try:
        found = severities(answers.values)
    except BadInputError:
        return None
    return [
        {"rater": name, "value": one.value, "ci": bounds(one.interval), "n": one.n}
        for name, one in zip(answers.names, found, strict=True)
    ]


PAIR_COLUMNS = (
    Column("first", "rater"),
    Column("second", "and"),
    Column("n", "works"),
    Column("kappa_quadratic", "kappa"),
    Column("kappa_quadratic_ci", "95 %"),
    Column("exact", "exact"),
    Column("adjacent", "adjacent"),
)
SEVERITY_COLUMNS = (
    Column("rater", "rater"),
    Column("n", "works"),
    Column("value", "severity"),
    Column("ci", "95 %"),
)


def shown(answer: dict[str, Any]) -> str:
    """The answer for people."""
    lines = [
        f"{answer['n']} works, {answer['n_complete']} of them marked by all {len(answer['raters'])} raters",
        _line("quadratic kappa", answer, "kappa_quadratic", answer["kappa_reason"]),
        _line("ICC(2,1), one rater", answer, "icc2_1", answer["icc_reason"]),
        _line("ICC(2,k), mean of all", answer, "icc2_k", answer["icc_reason"]),
        _line("exact agreement", answer, "exact", "no_pairs"),
        _line("at most one step apart", answer, "adjacent", "no_pairs"),
        "a third mark is needed for rows: " + (", ".join(map(str, answer["third_mark"])) or "none"),
        "",
        table(answer["pairs"], PAIR_COLUMNS),
        "",
        table(answer["severity"], SEVERITY_COLUMNS)
        if answer["severity"]
        else "severity: raters have no works in common",
    ]
    return "\n".join(lines)


def _line(title: str, answer: dict[str, Any], name: str, reason: str | None) -> str:
    value, interval = answer[name], answer.get(f"{name}_ci")
    if value is None:
        return f"{title}: not given, {WHY.get(reason or '', 'works do not differ')}"
    return f"{title} {figure(value)}" + (f" (95 %: {figure(interval)})" if interval else "")
