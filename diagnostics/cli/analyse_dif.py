"""What `orientir analyse dif` says: effect size first, a letter only where the groups carry one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from diagnostics.cli.analyse_cells import MISSING
from diagnostics.cli.analyse_reading import Answers, DataRefused, shortened
from diagnostics.cli.analyse_showing import Column, bounds, table
from diagnostics.measurement.dif.logistic import LogisticDif, logistic_dif
from diagnostics.measurement.dif.mantel_haenszel import ItemDif, mantel_haenszel
from diagnostics.measurement.errors import EmptyDataError
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import BoolArray

WHY = {
    "too_few_persons": "no letter below 100 people in each group",
    "no_overlap": "nobody of equal score differs",
    "one_sided": "only one group solved it or failed it",
}


@dataclass(frozen=True, slots=True)
class Groups:
    """The two compared groups and who belongs to them."""

    reference: str
    focal: str
    members: BoolArray
    in_focal: BoolArray


def groups_of(answers: Answers, column: str, reference: str | None, focal: str | None) -> Groups:
    """Reference = the first of the two values in order, unless named.

    Raises
    ------
    DataRefused
        If the column has not two values and none are chosen, or a chosen one does not occur.
    """
    texts = np.array(answers.texts[column])
    known = np.array([text.lower() not in MISSING for text in texts.tolist()], dtype=bool)
    values = sorted(set(texts[known].tolist()))
    for wanted in (reference, focal):
        if wanted is not None and wanted not in values:
            raise DataRefused(f"no row of the group {wanted}: there are {shortened(values)}", None, column)
    chosen = _chosen(values, reference, focal)
    if chosen is None:
        raise DataRefused(
            f"two groups are compared and {len(values)} stand here ({shortened(values) or 'none'}):"
            " choose with --reference and --focal",
            None,
            column,
        )
    first, second = chosen
    return Groups(first, second, np.isin(texts, chosen), texts == second)


def _chosen(values: list[str], reference: str | None, focal: str | None) -> tuple[str, str] | None:
    rest = [value for value in values if value not in (reference, focal)]
    first = reference if reference is not None else rest[0] if rest else None
    others = [value for value in rest if value != first]
    second = focal if focal is not None else others[0] if others else None
    enough = len(values) == 2 or (reference is not None and focal is not None)  # noqa: PLR2004 - two groups
    return (
        (first, second) if enough and first is not None and second is not None and first != second else None
    )


def answer_of(answers: Answers, groups: Groups) -> dict[str, Any]:
    """Figures of all items, as they are and after purification.

    Raises
    ------
    DataRefused
        If an answer is not 0 or 1, or nobody of a group answered.
    """
    values = answers.values
    wrong = ~np.isnan(values) & (values != 0) & (values != 1)
    answers.refuse_cell(wrong, "is not 0 or 1: differential functioning compares right with wrong")
    scores, focal = values[groups.members], groups.in_focal[groups.members]
    try:
        plain = mantel_haenszel(scores, focal, answers.names)
    except EmptyDataError as error:
        raise DataRefused("a group has nobody with an answer") from error
    pure = mantel_haenszel(scores, focal, answers.names, purify=True)
    logistic = logistic_dif(scores, focal, answers.names)
    return {
        "n": plain.n_reference + plain.n_focal,
        "n_left_out": int((~groups.members).sum()),
        "reference": groups.reference,
        "focal": groups.focal,
        "n_reference": plain.n_reference,
        "n_focal": plain.n_focal,
        "purification": {"removed": list(pure.removed), "rounds": pure.rounds, "settled": pure.settled},
        "method_version": METHOD.version,
        "items": [
            {"item": one.name} | _figures(one) | {"purified": _figures(two), "logistic": _logistic(three)}
            for one, two, three in zip(plain.items, pure.items, logistic, strict=True)
        ],
    }


def _figures(item: ItemDif) -> dict[str, Any]:
    return {
        "mh_delta": item.delta,
        "mh_delta_ci": bounds(item.delta_interval),
        "mh_odds_ratio": item.odds_ratio,
        "mh_odds_ratio_ci": bounds(item.odds_interval),
        "std_p_difference": item.share_difference,
        "mh_chi2": item.chi2,
        "mh_p": item.p,
        "ets": item.letter,
        "reason": item.reason,
    }


def _logistic(item: LogisticDif) -> dict[str, Any]:
    return {
        "r2_change": item.effect,
        "group": item.group,
        "group_ci": bounds(item.group_interval),
        "uniform_chi2": item.uniform,
        "uniform_p": item.p_uniform,
        "nonuniform_chi2": item.nonuniform,
        "nonuniform_p": item.p_nonuniform,
        "size": item.size,
        "reason": item.reason,
    }


COLUMNS = (
    Column("item", "item"),
    Column("mh_delta", "D-DIF"),
    Column("mh_delta_ci", "95 %"),
    Column("mh_odds_ratio", "odds ratio"),
    Column("mh_chi2", "chi2"),
    Column("mh_p", "p"),
    Column("ets", "ETS"),
    Column("purified_delta", "purified D-DIF"),
    Column("purified_ets", "ETS"),
    Column("nonuniform_p", "p non-uniform"),
    Column("remark", "remark"),
)


def shown(answer: dict[str, Any]) -> str:
    """The answer for people."""
    rows = [
        item
        | {
            "purified_delta": item["purified"]["mh_delta"],
            "purified_ets": item["purified"]["ets"],
            "nonuniform_p": item["logistic"]["nonuniform_p"],
            "remark": WHY.get(item["reason"] or "", ""),
        }
        for item in answer["items"]
    ]
    removed = ", ".join(answer["purification"]["removed"]) or "none"
    return "\n".join(
        (
            f"reference {answer['reference']}: {answer['n_reference']} people;"
            f" focal {answer['focal']}: {answer['n_focal']} people",
            "D-DIF below 0: harder for the focal group at equal score",
            f"left out of the matching score by purification: {removed}",
            "",
            table(rows, COLUMNS),
        )
    )
