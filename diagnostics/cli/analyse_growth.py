"""What `orientir analyse growth` says: verdict first, then the change of the people who stand in both files."""

from __future__ import annotations

from typing import Any

import numpy as np

from diagnostics.cli.analyse_comparing import Compared, as_answer, compare
from diagnostics.cli.analyse_pairing import Pair, Taken, chosen_anchors
from diagnostics.cli.analyse_reading import DataRefused
from diagnostics.cli.analyse_showing import bounds
from diagnostics.measurement.classical import ScaleStatistics, analyse
from diagnostics.measurement.clusters import cluster_bootstrap
from diagnostics.measurement.growth import GroupChange, group_change
from diagnostics.measurement.intervals import widened
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import FloatArray, optional

HALF_A_POINT = 0.5


def answer_of(pair: Pair, anchors: tuple[str, ...], cluster: str | None) -> dict[str, Any]:
    """Figures of the change in per cents of the total; nothing in it is NaN.

    Raises
    ------
    DataRefused
        If the stages cannot be compared, or nobody stands in both files.
    """
    named = chosen_anchors(pair, anchors)
    if not pair.rows[0].size:
        raise DataRefused("nobody stands in both files: the column person must name people alike")
    compared = compare(pair, named)
    scales = _scale(pair.entry), _scale(pair.exit)
    errors, kind = _errors(pair, compared, scales)
    found = group_change(
        *_percents(pair),
        change_errors=errors,
        clusters=_everybodys_clusters(pair),
        correction=compared.correction,
        same_within=_same_within(pair, compared),
        link_error=compared.link_percent,
    )
    if found.means is None or found.directions is None:
        raise DataRefused("nobody of both files answered enough in each: 70 % of the items are needed")
    return {
        "comparability": as_answer(compared),
        **_counts(pair, found),
        **_figures(found),
        **_interval(pair, compared, found, cluster),
        **_directions(found),
        "error": _error(scales, pair, errors, kind),
        "items": _items(pair, compared),
        "maxima": {"entry": float(pair.entry.maxima.sum()), "exit": float(pair.exit.maxima.sum())},
        "method_version": METHOD.version,
    }


def _scale(taken: Taken) -> ScaleStatistics:
    return analyse(taken.answers.values, taken.maxima, taken.names)


def _percents(pair: Pair) -> tuple[FloatArray, FloatArray]:
    """Everybody of the entry, then those who stand at the exit only; NaN = no such result."""
    entry = np.full(_everybody(pair), np.nan)
    leave = entry.copy()
    entry[: len(pair.entry.persons)] = pair.entry.percent
    leave[pair.rows[0]] = pair.exit.percent[pair.rows[1]]
    alone = np.setdiff1d(np.arange(len(pair.exit.persons)), pair.rows[1])
    leave[len(pair.entry.persons) :] = pair.exit.percent[alone]
    return entry, leave


def _everybody(pair: Pair) -> int:
    return len(pair.entry.persons) + len(pair.exit.persons) - pair.rows[0].size


def _same_within(pair: Pair, compared: Compared) -> float:
    """With a correction nobody would keep exactly his result: less than half a point is the same one."""
    most = max(float(pair.entry.maxima.sum()), float(pair.exit.maxima.sum()))
    return 100 * HALF_A_POINT / most if compared.correction else 0.0


def _errors(
    pair: Pair, compared: Compared, scales: tuple[ScaleStatistics, ScaleStatistics]
) -> tuple[FloatArray | None, str | None]:
    """Standard error of each person's change, and where it comes from.

    One form: √(SEM₁² + SEM₂²) with SEM = SD √(1 − alpha), for people who answered every item (Jacobson, Truax
    1991). Linked forms: errors of the weighted likelihood estimates, with the error of the link.
    """
    found = np.full(_everybody(pair), np.nan)
    first, second = pair.rows
    if compared.link is not None:
        mine, other = compared.link.entry.error[first], compared.link.exit.error[second]
        found[first] = np.sqrt(mine**2 + other**2 + compared.link_percent**2)
        return found, "weighted_likelihood"
    if any(scale.sem is None for scale in scales):
        return None, None
    sems = _sem_percent(scales[0], pair.entry), _sem_percent(scales[1], pair.exit)
    whole = pair.entry.complete[first] & pair.exit.complete[second]
    found[first[whole]] = float(np.hypot(sems[0] or 0.0, sems[1] or 0.0))
    return (found, "alpha") if (sems[0] or 0.0) + (sems[1] or 0.0) > 0 else (None, None)


def _sem_percent(scale: ScaleStatistics, taken: Taken) -> float | None:
    return None if scale.sem is None else 100 * scale.sem / float(taken.maxima.sum())


def _counts(pair: Pair, found: GroupChange) -> dict[str, Any]:
    lost = found.attrition
    return {
        "n_entry": len(pair.entry.persons),
        "n_exit": len(pair.exit.persons),
        "n_matched": found.n_matched,
        "n_too_few_answers": int(np.isnan(pair.entry.percent).sum() + np.isnan(pair.exit.percent).sum()),
        "n_incomplete": int((~pair.entry.complete).sum() + (~pair.exit.complete).sum()),
        "attrition": {
            "n_left": lost.n_left,
            "n_stayed": lost.n_stayed,
            "mean_left": lost.mean_left,
            "mean_stayed": lost.mean_stayed,
            "difference": lost.difference,
            "difference_ci": bounds(lost.interval),
        },
    }


def _figures(found: GroupChange) -> dict[str, Any]:
    means, effects, ranks = found.means, found.effects, found.ranks
    return {
        "mean_entry": means and means.entry,
        "mean_exit": means and means.exit,
        "mean_change": means and means.change,
        "hedges_g": effects and effects.g_av.value,
        "hedges_g_ci": bounds(effects.g_av.interval if effects else None),
        "d_z": effects and effects.d_z.value,
        "d_z_ci": bounds(effects.d_z.interval if effects else None),
        "normalised_gain": found.group_gain,
        "wilcoxon": None
        if ranks is None
        else {"positive": ranks.positive, "n_nonzero": ranks.n_nonzero, "p": ranks.p},
    }


def _interval(pair: Pair, compared: Compared, found: GroupChange, cluster: str | None) -> dict[str, Any]:
    """Of the mean change; whole clusters are drawn where a column of clusters is named."""
    means = found.means
    if cluster is None or means is None:
        return {
            "change_ci": bounds(means.interval if means else None),
            "change_ci_kind": means and means.interval_kind,
            "change_ci_reason": means and means.reason,
            "clusters": None,
        }
    plain, names = _clustered(pair, cluster)
    changes = plain + compared.correction
    drawn = cluster_bootstrap(changes[:, None], np.array(names))
    interval = drawn.intervals[0]
    if interval is not None and compared.link_percent:
        interval = widened(interval, float(changes.mean()), compared.link_percent, METHOD.group_interval)
    return {
        "change_ci": bounds(interval),
        "change_ci_kind": "cluster_bootstrap" if interval else None,
        "change_ci_reason": None if interval else "one_cluster",
        "clusters": {"column": cluster, "n": drawn.clusters[0]},
    }


def _everybodys_clusters(pair: Pair) -> list[str] | None:
    """Clusters in the order of `_percents`; none is known of those who stand at the exit only."""
    known = pair.entry.clusters
    return None if known is None else [*known, *([""] * (_everybody(pair) - len(known)))]


def _clustered(pair: Pair, cluster: str) -> tuple[FloatArray, list[str]]:
    first, second = pair.rows
    changes = pair.exit.percent[second] - pair.entry.percent[first]
    known = ~np.isnan(changes)
    clusters = pair.entry.clusters or ()
    names = [clusters[row] for row in first[known].tolist()]
    if "" in names:
        row = int(first[known][names.index("")])
        raise DataRefused("no cluster is named", pair.entry.answers.rows[row], cluster)
    return changes[known], names


def _directions(found: GroupChange) -> dict[str, Any]:
    ways = found.directions
    if ways is None:
        return {}
    return {
        "improved": ways.improved,
        "same": ways.same,
        "worse": ways.worse,
        "reliably_improved": ways.reliably_improved,
        "reliably_worse": ways.reliably_worse,
        "n_with_error": ways.n_with_error,
    }


def _error(
    scales: tuple[ScaleStatistics, ScaleStatistics], pair: Pair, errors: FloatArray | None, kind: str | None
) -> dict[str, Any]:
    """The error behind the reliable counts: of a typical person, in per cents of the total."""
    known = errors[~np.isnan(errors)] if errors is not None else np.array([])
    typical = optional(float(np.median(known))) if known.size else None
    return {
        "kind": kind,
        "alpha_entry": scales[0].alpha,
        "alpha_exit": scales[1].alpha,
        "reason_entry": scales[0].reason,
        "reason_exit": scales[1].reason,
        "sem_entry": _sem_percent(scales[0], pair.entry),
        "sem_exit": _sem_percent(scales[1], pair.exit),
        "se_change": typical,
        "smallest_reliable_change": None if typical is None else METHOD.reliable_change * typical,
    }


def _items(pair: Pair, compared: Compared) -> list[dict[str, Any]]:
    """Common items over the matched people: per cent of the maximum at both stages."""
    names = pair.common if compared.link is None else tuple(one.name for one in compared.link.result.anchors)
    drift = {} if compared.link is None else {one.name: one for one in compared.link.result.anchors}
    first, second = pair.entry.columns(names)[pair.rows[0]], pair.exit.columns(names)[pair.rows[1]]
    tops = dict(zip(pair.entry.names, pair.entry.maxima, strict=True))
    rows = []
    for column, name in enumerate(names):
        before, after = (_mean(side[:, column], float(tops[name])) for side in (first, second))
        row: dict[str, Any] = {
            "item": name,
            "entry": before,
            "exit": after,
            "change": None if before is None or after is None else after - before,
        }
        if name in drift:
            row |= {"drift": drift[name].drift, "kept": drift[name].kept}
        rows.append(row)
    return rows


def _mean(scores: FloatArray, top: float) -> float | None:
    known = scores[~np.isnan(scores)]
    return 100 * float(known.mean()) / top if known.size else None
