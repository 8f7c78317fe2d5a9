"""How surely a work decides: reliability of each form, and the certainty of every border by block."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.blocks import shown
from diagnostics.cohorts.comparing import form_title
from diagnostics.cohorts.figures import WHOLE
from diagnostics.cohorts.information import information_of
from diagnostics.findings import scales
from diagnostics.findings.queries import FindingView, WaveMatrix
from diagnostics.measurement.classical import ScaleStatistics, analyse
from diagnostics.measurement.conditional_error import binomial_sem, keats_correction
from diagnostics.measurement.decisions import TrueScores, decisions, items_needed, kr21, livingston_lewis
from diagnostics.measurement.errors import EstimationError
from diagnostics.measurement.factor import omega_total
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from reports.contents.quality import BlockQuality, CutQuality, FormQuality


def forms_of(found: WaveMatrix, views: Sequence[FindingView], method: Method) -> tuple[FormQuality, ...]:
    """Quality of each form that people of a wave took; opinions have no borders of a deficit and are left out."""
    samples = {view.form: view for view in views}
    return tuple(
        _form(found, samples[form], method)
        for form in sorted(set(found.forms) & samples.keys())
        if samples[form].scoring_id and samples[form].instrument_id
    )


def _form(found: WaveMatrix, sample: FindingView, method: Method) -> FormQuality:
    rows = np.array([place for place, form in enumerate(found.forms) if form == sample.form])
    columns = np.flatnonzero((~np.isnan(found.points[rows])).any(axis=0))
    points, maxima = found.points[np.ix_(rows, columns)], found.maxima[columns]
    names = tuple(found.items[column] for column in columns)
    test = analyse(points, maxima, names, found.omitted[np.ix_(rows, columns)], method)
    omega = omega_total(points, method)
    form = scales.ready(sample.instrument_id or "", sample.scoring_id or "", sample.form, sample.framework_id)
    information, reason = information_of(
        sample, dict(zip(names, maxima.tolist(), strict=True)), points, method
    )
    return FormQuality(
        form=sample.form,
        title=form_title(sample),
        n=test.n,
        n_complete=test.n_complete,
        n_items=len(names),
        alpha=test.alpha,
        alpha_interval=shown(test.alpha_interval),
        alpha_reason=test.reason,
        omega=omega.value,
        omega_interval=shown(omega.interval),
        omega_reason=omega.reason,
        sem=None if test.sem is None else 100 * test.sem / float(maxima.sum()),
        goal=method.accuracy_goal,
        least=method.item_provisional_below,
        blocks=_blocks(points, maxima, names, sample, form, method),
        # Opinions have neither a key nor a border of a deficit.
        information=None if form.opinions else information,
        information_reason="opinions" if form.opinions else reason,
    )


def _blocks(
    points: FloatArray,
    maxima: FloatArray,
    names: tuple[str, ...],
    sample: FindingView,
    form: scales.Ready,
    method: Method,
) -> tuple[BlockQuality, ...]:
    framework = catalogue.framework(sample.framework_id)
    cuts = tuple(sorted(one.lower for one in framework.scales[sample.preset].levels if one.lower > 0))
    pools: dict[str, Mapping[str, float]] = {
        scale.competence: dict(form.scorer.pools.get(scale.competence, ()))
        for scale in sample.blocks
        if scale.competence not in form.opinions
    }
    # A work of one block is that block; opinions and keys are not added up.
    if len(pools) > 1 and not form.opinions:
        pools = {WHOLE: dict.fromkeys(names, 1.0)} | pools
    titles = {WHOLE: ""} | {code: framework.node(code).title["ru"] for code in pools if code != WHOLE}
    return tuple(
        _block(code, titles[code], _weighted(points, maxima, names, pool), cuts, method)
        for code, pool in pools.items()
    )


def _weighted(
    points: FloatArray, maxima: FloatArray, names: tuple[str, ...], pool: Mapping[str, float]
) -> tuple[FloatArray, FloatArray]:
    """Points and maxima of the items of a scale, as the scale weighs them."""
    used = [place for place, name in enumerate(names) if pool.get(name, 0.0) > 0]
    weights = np.array([pool[names[place]] for place in used])
    return points[:, used] * weights, maxima[used] * weights


def _block(
    code: str,
    title: str,
    scored: tuple[FloatArray, FloatArray],
    cuts: tuple[float, ...],
    method: Method,
) -> BlockQuality:
    points, maxima = scored
    test = analyse(points, maxima, method=method)
    cuts_found, reason = _cuts(points, maxima, test, cuts, method)
    return BlockQuality(
        code=code,
        title=title,
        n=test.n_complete,
        n_items=len(maxima),
        alpha=test.alpha,
        cuts=cuts_found,
        reason=reason,
    )


def _cuts(
    points: FloatArray, maxima: FloatArray, test: ScaleStatistics, cuts: tuple[float, ...], method: Method
) -> tuple[tuple[CutQuality, ...], str | None]:
    """Each border by itself: two classes, below it and from it up."""
    if test.n_complete < method.item_provisional_below:
        return (), "too_few_persons"
    if len(maxima) < method.min_items:
        return (), "too_few_items"
    if test.alpha is None or not 0 < test.alpha < 1:
        return (), "no_variance" if test.reason == "no_variance" else "unreliable"
    totals = points[~np.isnan(points).any(axis=1)].sum(axis=1)
    whole = float(maxima.sum())
    try:
        true = livingston_lewis(np.minimum(totals, whole), test.alpha, whole)
    except EstimationError:
        return (), "no_variance"
    found = []
    for cut in cuts:
        quality, needed = (
            decisions(true, [cut / 100]),
            items_needed(true, len(maxima), [cut / 100], method=method),
        )
        found.append(
            CutQuality(
                lower=cut,
                accuracy=quality.accuracy,
                consistency=quality.consistency,
                false_low=quality.false_low,
                false_high=quality.false_high,
                more=needed.more,
                sem=_sem_at(cut / 100, totals, maxima, true, test.alpha),
            )
        )
    return tuple(found), None


def _sem_at(cut: float, totals: FloatArray, maxima: FloatArray, true: TrueScores, alpha: float) -> float:
    """Points of 100 at a border: Lord's error with the correction of Keats where points count right answers.

    Elsewhere, and where nothing can be corrected, the binomial error of the effective length.
    """
    n = len(maxima)
    if np.isclose(maxima, 1.0).all():
        try:
            correction = keats_correction(alpha, kr21(float(totals.mean()), float(totals.std(ddof=1)), n))
            return 100 * float(binomial_sem([cut * n], n, correction)[0]) / n
        except EstimationError:
            pass
    return 100 * math.sqrt(cut * (1 - cut) / true.length)
