"""Answers of the commands → contents of reports: the numbers of the JSON, no others."""

from __future__ import annotations

from typing import Any

from diagnostics.measurement.method import METHOD
from reports.contents.analysis import (
    AgreementAnalysis,
    CalibratedLine,
    CalibrationAnalysis,
    CutPoint,
    DependentPair,
    DifAnalysis,
    DifLine,
    Estimate,
    GrowthAnalysis,
    InformationPoint,
    ItemChange,
    ItemLine,
    ItemsAnalysis,
    Joined,
    Misfits,
    OddPattern,
    Origin,
    RaterLine,
    RaterPair,
)
from reports.contents.common import Interval

Answer = dict[str, Any]


def items(answer: Answer, origin: Origin) -> ItemsAnalysis:
    return ItemsAnalysis(
        origin=origin,
        n_complete=answer["n_complete"],
        mean=answer["mean"],
        sd=answer["sd"],
        sem=answer["sem"],
        alpha=_estimate(answer, "alpha", answer["alpha_reason"]),
        omega=_estimate(answer, "omega", answer["omega_reason"]),
        unreversed=tuple(answer["unreversed"]),
        items=tuple(_item(one) for one in answer["items"]),
    )


def _item(one: Answer) -> ItemLine:
    return ItemLine(
        name=one["item"],
        n=one["n"],
        missing=one["missing"],
        mean=one["mean"],
        p=_estimate(one, "p"),
        rest=_estimate(one, "r_rest"),
        flags=tuple(one["flags"]),
        reason=one["reason"],
    )


def calibration(answer: Answer, origin: Origin) -> CalibrationAnalysis:
    information = answer["information"]
    return CalibrationAnalysis(
        origin=origin,
        model=answer["model"],
        method=answer["method"],
        identification=answer["identification"],
        n_informative=answer["n_informative"],
        loglik=answer["loglik"],
        n_parameters=answer["n_parameters"],
        iterations=answer["iterations"],
        reliability=answer["reliability"],
        provisional=answer["provisional"],
        items=tuple(_calibrated(one) for one in answer["items"]),
        excluded=tuple((one["item"], one["reason"]) for one in answer["excluded"]),
        collapsed=tuple(answer["collapsed"]),
        people=tuple((one["from"], one["n"]) for one in answer["persons"]["histogram"]),
        information=None if information is None else tuple(InformationPoint(**one) for one in information),
        cuts=tuple(
            CutPoint(one["percent"], one["theta"], one["se"], one["se_percent"]) for one in answer["cuts"]
        ),
        misfits=_misfits(answer),
    )


def _misfits(answer: Answer) -> Misfits | None:
    pairs, people = answer["dependence"], answer["person_fit"]
    if pairs is None or people is None:
        return None
    return Misfits(
        q3_mean=pairs["q3_mean"],
        above=pairs["above_mean_from"],
        pairs=tuple(DependentPair(**one) for one in pairs["pairs"]),
        n_judged=people["n_judged"],
        expected=people["expected"],
        odd=tuple(OddPattern(**one) for one in people["unlikely"]),
    )


def _calibrated(one: Answer) -> CalibratedLine:
    return CalibratedLine(
        name=one["item"],
        a=one["a"],
        se_a=one["se_a"],
        b=_estimate(one, "b"),
        se_b=one["se_b"],
        thresholds=tuple(one["thresholds"]),
        infit=one["infit"],
        outfit=one["outfit"],
        flags=tuple(one["flags"]),
        s_x2=one["s_x2"],
        s_x2_df=one["s_x2_df"],
        s_x2_p=one["s_x2_p"],
    )


def dif(answer: Answer, origin: Origin) -> DifAnalysis:
    return DifAnalysis(
        origin=origin,
        reference=answer["reference"],
        focal=answer["focal"],
        n_reference=answer["n_reference"],
        n_focal=answer["n_focal"],
        n_left_out=answer["n_left_out"],
        removed=tuple(answer["purification"]["removed"]),
        moderate=METHOD.dif_moderate,
        large=METHOD.dif_large,
        items=tuple(_dif_line(one) for one in answer["items"]),
    )


def _dif_line(one: Answer) -> DifLine:
    return DifLine(
        name=one["item"],
        delta=_estimate(one, "mh_delta", one["reason"]),
        odds=_estimate(one, "mh_odds_ratio"),
        p=one["mh_p"],
        letter=one["ets"],
        pure_delta=one["purified"]["mh_delta"],
        pure_letter=one["purified"]["ets"],
        nonuniform_p=one["logistic"]["nonuniform_p"],
    )


def growth(answer: Answer, origin: Origin) -> GrowthAnalysis:
    lost, ranks, error = answer["attrition"], answer["wilcoxon"], answer["error"]
    return GrowthAnalysis(
        origin=origin,
        n_entry=answer["n_entry"],
        n_exit=answer["n_exit"],
        n_left=lost["n_left"],
        mean_left=lost["mean_left"],
        mean_stayed=lost["mean_stayed"],
        n_too_few_answers=answer["n_too_few_answers"],
        joined=_joined(answer["comparability"]),
        mean_entry=answer["mean_entry"],
        mean_exit=answer["mean_exit"],
        change=Estimate(answer["mean_change"], _interval(answer["change_ci"]), answer["change_ci_reason"]),
        change_kind=answer["change_ci_kind"],
        clusters=answer["clusters"] and answer["clusters"]["n"],
        hedges_g=_estimate(answer, "hedges_g"),
        d_z=_estimate(answer, "d_z"),
        normalised_gain=answer["normalised_gain"],
        wilcoxon_p=ranks and ranks["p"],
        improved=answer["improved"],
        same=answer["same"],
        worse=answer["worse"],
        reliably_improved=answer["reliably_improved"],
        reliably_worse=answer["reliably_worse"],
        n_with_error=answer["n_with_error"],
        alpha_entry=error["alpha_entry"],
        alpha_exit=error["alpha_exit"],
        smallest_reliable=error["smallest_reliable_change"],
        items=tuple(_change(one) for one in answer["items"]),
    )


def _joined(found: Answer) -> Joined | None:
    if found["shift"] is None:
        return None
    return Joined(
        common=found["anchors_common"],
        kept=found["anchors_kept"],
        shift=found["shift"],
        shift_error=found["shift_error"],
        correction=found["correction"],
        correction_error=found["correction_error"],
    )


def _change(one: Answer) -> ItemChange:
    return ItemChange(
        name=one["item"],
        entry=one["entry"],
        exit=one["exit"],
        change=one["change"],
        drift=one.get("drift"),
        kept=one.get("kept"),
    )


def agreement(answer: Answer, origin: Origin) -> AgreementAnalysis:
    return AgreementAnalysis(
        origin=origin,
        n_complete=answer["n_complete"],
        kappa=_estimate(answer, "kappa_quadratic", answer["kappa_reason"]),
        single=_estimate(answer, "icc2_1", answer["icc_reason"]),
        mean=_estimate(answer, "icc2_k", answer["icc_reason"]),
        exact=_estimate(answer, "exact"),
        adjacent=_estimate(answer, "adjacent"),
        third_mark=tuple(answer["third_mark"]),
        pairs=tuple(_pair(one) for one in answer["pairs"]),
        raters=tuple(
            RaterLine(name=one["rater"], n=one["n"], severity=Estimate(one["value"], _interval(one["ci"])))
            for one in answer["severity"] or ()
        ),
    )


def _pair(one: Answer) -> RaterPair:
    return RaterPair(
        first=one["first"],
        second=one["second"],
        n=one["n"],
        kappa=_estimate(one, "kappa_quadratic", one["reason"]),
        exact=one["exact"],
        adjacent=one["adjacent"],
    )


def _estimate(answer: Answer, name: str, reason: str | None = None) -> Estimate:
    return Estimate(answer[name], _interval(answer.get(f"{name}_ci")), reason)


def _interval(bounds: list[float] | None) -> Interval | None:
    return None if bounds is None else Interval(bounds[0], bounds[1])
