"""What `orientir analyse calibrate` says: items on one scale, how they were found and how far to trust them."""

from __future__ import annotations

from typing import Any

import numpy as np

from diagnostics.cli.analyse_estimates import Estimated, ItemFigures
from diagnostics.cli.analyse_misfit import of_item, of_pairs, of_people
from diagnostics.cli.analyse_misfit import shown as misfit_words
from diagnostics.cli.analyse_models import estimate
from diagnostics.cli.analyse_reading import Answers, DataRefused
from diagnostics.cli.analyse_showing import Column, figure, table
from diagnostics.measurement.fit.mean_squares import Fit
from diagnostics.measurement.intervals import normal_quantile
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import FloatArray, optional

MODELS = ("rasch", "1pl", "2pl", "pcm", "rsm", "gpcm", "grm")
WAYS = {"conditional": "conditional_likelihood", "marginal": "marginal_likelihood", "map": "map"}
METHODS = {
    "conditional_likelihood": "conditional likelihood",
    "marginal_likelihood": "marginal maximum likelihood (EM)",
    "map": "marginal likelihood with priors (MAP, EM)",
}
ZEROS = {
    "thresholds_sum_zero": "the difficulties of all steps average 0",
    "population_standard_normal": "people are a normal population of mean 0 and SD 1",
}
EXCLUDED = {
    "no_answers": "nobody answered",
    "all_highest": "everybody has the highest score",
    "all_lowest": "everybody has the lowest score",
    "constant": "the same score for everybody who tells items apart",
    "not_rising": "its answers do not rise with the others: check the key",
}
GIVEN = {
    "total": "of the answers given the total score",
    "ability": "of the answers at the estimated abilities: with few items somewhat below 1",
}
#: Points of the curve of information, logits.
GRID = np.linspace(-4.0, 4.0, 41)


def answer_of(
    answers: Answers, model: str, cuts: tuple[float, ...] = (), way: str | None = None
) -> dict[str, Any]:
    """Figures of items and test; nothing in it is NaN.

    Parameters
    ----------
    cuts : per cents of the total at which the error of a person is told
    way : conditional, marginal or map; None = what suits the model and the number of people

    Raises
    ------
    DataRefused
    """
    _refuse_cuts(cuts)
    found = estimate(answers, model, None if way is None else WAYS[way])
    return _head(found) | {
        "items": [
            _item(one) | _fit(fit) | of_item(group)
            for one, fit, group in zip(
                found.items,
                found.fit,
                found.misfit.items if found.misfit else [None] * len(found.items),
                strict=True,
            )
        ],
        "excluded": [{"item": one.name, "reason": one.reason} for one in found.excluded],
        "collapsed": _collapsed(answers, found),
        "persons": _persons(found),
        "person_fit": of_people(found.misfit, answers),
        "dependence": of_pairs(found.misfit),
        "information": _information(found.latent),
        "cuts": [_cut(found.latent, cut) for cut in cuts],
    }


def _collapsed(answers: Answers, found: Estimated) -> list[str]:
    """Items without some score between the lowest of the file and their own highest: nobody (informative) has it."""
    lowest = np.fmin.reduce(answers.values, axis=None)
    highest = dict(zip(answers.names, np.fmax.reduce(answers.values, axis=0).tolist(), strict=True))
    whole = {one.name: tuple(range(int(lowest), int(highest[one.name]) + 1)) for one in found.items}
    return [one.name for one in found.items if one.scores != whole[one.name]]


def _refuse_cuts(cuts: tuple[float, ...]) -> None:
    wrong = [cut for cut in cuts if not 0 < cut < 100]  # noqa: PLR2004 - per cent
    if wrong:
        raise DataRefused(f"a cut lies between 0 and 100 per cent, not at {wrong[0]:g}")


def _head(found: Estimated) -> dict[str, Any]:
    return {
        "n": found.n,
        "n_informative": found.n_informative,
        "n_items": len(found.items),
        "model": found.model,
        "method": found.method,
        "identification": found.identification,
        "metric": 1.0,
        "loglik": found.loglik,
        "n_parameters": found.n_parameters,
        "iterations": found.iterations,
        "converged": found.converged,
        "reliability": found.reliability,
        "fit_given": found.fit_given,
        "provisional": found.provisional,
        "method_version": METHOD.version,
    }


def _item(one: ItemFigures) -> dict[str, Any]:
    half = None if one.se_b is None else normal_quantile(METHOD.group_interval) * one.se_b
    return {
        "item": one.name,
        "a": one.a,
        "se_a": one.se_a,
        "b": one.b,
        "se_b": one.se_b,
        "b_ci": None if half is None else [one.b - half, one.b + half],
        "thresholds": list(one.thresholds),
        "se_thresholds": list(one.se_thresholds),
        "scores": list(one.scores),
        "flags": _flags(one),
    }


def _fit(fit: Fit | None) -> dict[str, Any]:
    """Mean squares, 1 where the model holds."""
    return {
        "infit": fit.infit.value if fit and fit.infit else None,
        "outfit": fit.outfit.value if fit and fit.outfit else None,
    }


def _flags(one: ItemFigures) -> list[str]:
    flags = ["unseen_category"] if None in one.thresholds else []
    known = [value for value in one.thresholds if value is not None]
    if sorted(known) != known:
        flags.append("disordered")
    if one.se_a is not None and one.a < METHOD.weak_slope:
        flags.append("weak")
    return flags


def _persons(found: Estimated) -> dict[str, Any]:
    """Where people stand; extremes have finite weighted estimates."""
    known = found.theta[np.isfinite(found.theta)]
    return {
        "estimate": "wle",
        "mean": optional(float(known.mean())) if known.size else None,
        "sd": optional(float(known.std(ddof=1))) if known.size > 1 else None,
        "histogram": histogram(known),
    }


def histogram(values: FloatArray, width: float = 0.5) -> list[dict[str, Any]]:
    """People by half logits: lower edge and count, edges on the grid of the width."""
    if not values.size:
        return []
    cells = np.floor(np.clip(values, -8, 8) / width).astype(np.int64)
    first = int(cells.min())
    return [
        {"from": (first + place) * width, "n": int(count)}
        for place, count in enumerate(np.bincount(cells - first))
    ]


def _information(items: tuple[LatentItem, ...] | None) -> list[dict[str, Any]] | None:
    if items is None:
        return None
    found = curves(items, GRID)
    amount = found.information().sum(axis=1)
    share = 100 * found.expected().sum(axis=1) / sum(item.maximum for item in items)
    return [
        {
            "theta": round(float(at), 6),
            "information": float(one),
            "se": float(one**-0.5),
            "percent": float(per),
        }
        for at, one, per in zip(GRID, amount, share, strict=True)
        if one > 0
    ]


def _cut(items: tuple[LatentItem, ...] | None, percent: float) -> dict[str, Any]:
    """Ability whose expected share of the calibrated items is the cut, and the error there."""
    blank = {"percent": percent, "theta": None, "information": None, "se": None, "se_percent": None}
    if items is None:
        return blank
    most = sum(item.maximum for item in items)
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        share = 100 * float(curves(items, [middle]).expected().sum()) / most
        low, high = (middle, high) if share < percent else (low, middle)
    at = curves(items, [middle])
    amount = float(at.information().sum())
    if abs(middle) > 29 or amount <= 0:  # noqa: PLR2004 - no ability reaches the cut
        return blank
    slope = 100 * float((at.rises @ np.arange(at.rises.shape[2])).sum()) / most
    error = amount**-0.5
    return {
        "percent": percent, "theta": middle, "information": amount, "se": error, "se_percent": slope * error,
    }  # fmt: skip


COLUMNS = (
    Column("item", "item"),
    Column("a", "a"),
    Column("se_a", "SE"),
    Column("b", "b"),
    Column("se_b", "SE"),
    Column("b_ci", "95 %"),
    Column("infit", "infit"),
    Column("outfit", "outfit"),
    Column("s_x2", "S-X2"),
    Column("s_x2_df", "df"),
    Column("s_x2_p", "p"),
    Column("steps", "thresholds"),
    Column("remark", "remark"),
)
CUT_COLUMNS = (
    Column("percent", "cut, %"),
    Column("theta", "ability"),
    Column("se", "SE"),
    Column("se_percent", "SE, %"),
)
FLAGS = {
    "unseen_category": "a category nobody reached",
    "disordered": "steps out of order",
    "weak": "hardly tells people apart",
}


def shown(answer: dict[str, Any]) -> str:
    """The answer for people."""
    lines = [
        f"{answer['model']}, {METHODS[answer['method']]}: {answer['n']} people"
        f" ({answer['n_informative']} with an informative total), {answer['n_items']} items",
        f"zero of the scale: {ZEROS[answer['identification']]}; logits, D = 1",
        f"log-likelihood {answer['loglik']:.3f}, {answer['n_parameters']} parameters,"
        f" {answer['iterations']} iterations, converged",
        f"reliability of abilities {figure(answer['reliability'])}",
        f"infit and outfit: {GIVEN[answer['fit_given']]}",
        *_remarks(answer),
        "",
        _items(answer["items"]),
        *misfit_words(answer),
    ]
    if answer["cuts"]:
        lines += ["", table(answer["cuts"], CUT_COLUMNS)]
    return "\n".join(lines)


def _remarks(answer: dict[str, Any]) -> list[str]:
    lines = [f"left out: {one['item']} ({EXCLUDED[one['reason']]})" for one in answer["excluded"]]
    if answer["collapsed"]:
        lines.append(
            "scores that nobody (informative) has are no categories of " + ", ".join(answer["collapsed"])
        )
    if answer["provisional"]:
        lines.append(f"provisional: fewer than {METHOD.min_calibration_persons} people")
    return lines


def _items(items: list[dict[str, Any]]) -> str:
    """Without the slopes where the model has none of its own."""
    fixed = all(item["a"] == 1 and item["se_a"] is None for item in items)
    return table(
        [_row(item) for item in items], [one for one in COLUMNS if not (fixed and "a" in one.key.split("_"))]
    )


def _row(item: dict[str, Any]) -> dict[str, Any]:
    steps = item["thresholds"]
    return item | {
        "steps": " ".join(figure(step) for step in steps) if len(steps) > 1 else "",
        "remark": ", ".join(FLAGS[flag] for flag in item["flags"]),
    }
