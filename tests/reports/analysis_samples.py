"""Analyses with everything that a report must hold: reasons instead of figures, hostile names, extremes."""

from __future__ import annotations

from datetime import UTC, datetime

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

LONG = "Проектирование индивидуальных образовательных маршрутов обучающихся с ограниченными возможностями"
ORIGIN = Origin(
    files=("ответы.csv",), data_cut=datetime(2026, 9, 1, 12, 0, tzinfo=UTC), method_version="3", n=120
)


def items_analysis() -> ItemsAnalysis:
    lines = [
        ItemLine(
            name=name,
            n=120 - place,
            missing=place,
            mean=0.5,
            p=Estimate(0.95 - 0.2 * place, Interval(0.9 - 0.2 * place, 0.98 - 0.2 * place)),
            rest=Estimate(0.1 + 0.1 * place, Interval(-0.05 + 0.1 * place, 0.25 + 0.1 * place)),
            flags=("too_easy", "low_discrimination") if not place else (),
            reason=None,
        )
        for place, name in enumerate(["q1", LONG, "<b>&"])
    ]
    silent = ItemLine(
        name="q4", n=4, missing=116, mean=None, p=Estimate(None), rest=Estimate(None), flags=(), reason="counts_only",
    )  # fmt: skip
    return ItemsAnalysis(
        origin=ORIGIN,
        n_complete=4,
        mean=2.0,
        sd=0.9,
        sem=None,
        alpha=Estimate(None, None, "unreversed_items"),
        omega=Estimate(None, None, "mixed_signs"),
        unreversed=("q1",),
        items=(*lines, silent),
    )


def calibration_analysis() -> CalibrationAnalysis:
    lines = [
        CalibratedLine(
            name=name,
            a=slope,
            se_a=0.2,
            b=Estimate(b, Interval(b - 0.4, b + 0.4)),
            se_b=0.2,
            thresholds=(b - 0.5, b + 0.5),
            infit=1.0,
            outfit=None,
            flags=flags,
            s_x2=None if flags else 12.5,
            s_x2_df=None if flags else 9,
            s_x2_p=None if flags else 0.00004,
        )
        for name, slope, b, flags in (
            ("q1", 1.2, -1.0, ()),
            (LONG, 0.2, 14.0, ("weak",)),
            ("q3", 0.9, 0.3, ("disordered",)),
        )
    ]
    return CalibrationAnalysis(
        origin=ORIGIN,
        model="gpcm",
        method="map",
        identification="population_standard_normal",
        n_informative=118,
        loglik=-1234.5,
        n_parameters=9,
        iterations=17,
        reliability=0.71,
        provisional=True,
        items=tuple(lines),
        excluded=(("q9", "not_rising"),),
        collapsed=("q3",),
        people=((-1.0, 30), (-0.5, 0), (0.0, 90)),
        information=tuple(InformationPoint(float(at), 4.0 - abs(at) / 2, 0.6, 50 + 10.0 * at) for at in range(-4, 5)),
        cuts=(CutPoint(60.0, 1.0, 0.5, 7.4), CutPoint(99.0, None, None, None)),
        misfits=Misfits(
            q3_mean=-0.1, above=0.2, pairs=(DependentPair("q1", LONG, 118, 0.31, 0.41),),
            n_judged=100, expected=1.0,
            odd=(OddPattern(7, "Иванова", 9, -4.2, 0.00001), OddPattern(9, None, 9, -2.5, 0.006)),
        ),
    )  # fmt: skip


def dif_analysis() -> DifAnalysis:
    def line(name: str, delta: float | None, letter: str | None, reason: str | None = None) -> DifLine:
        interval = None if delta is None else Interval(delta - 0.8, delta + 0.8)
        return DifLine(
            name=name,
            delta=Estimate(delta, interval, reason),
            odds=Estimate(None if delta is None else 1.4),
            p=None if delta is None else 0.0000004,
            letter=letter,
            pure_delta=delta,
            pure_letter=letter,
            nonuniform_p=0.4,
        )

    return DifAnalysis(
        origin=ORIGIN,
        reference="город",
        focal="село",
        n_reference=130,
        n_focal=110,
        n_left_out=0,
        removed=("q1",),
        moderate=1.0,
        large=1.5,
        items=(line("q1", -2.2, "C"), line("q2", 1.2, "B"), line(LONG, None, None, "one_sided")),
    )


def growth_analysis() -> GrowthAnalysis:
    return GrowthAnalysis(
        origin=ORIGIN,
        n_entry=140,
        n_exit=125,
        n_left=20,
        mean_left=41.0,
        mean_stayed=49.0,
        n_too_few_answers=2,
        joined=Joined(common=10, kept=9, shift=0.2, shift_error=0.07, correction=4.5, correction_error=0.9),
        mean_entry=49.0,
        mean_exit=58.6,
        change=Estimate(9.6, Interval(6.8, 12.7)),
        change_kind="cluster_bootstrap",
        clusters=12,
        hedges_g=Estimate(0.48, Interval(0.37, 0.59)),
        d_z=Estimate(0.74, Interval(0.58, 0.9)),
        normalised_gain=0.19,
        wilcoxon_p=1e-9,
        improved=90,
        same=10,
        worse=20,
        reliably_improved=None,
        reliably_worse=None,
        n_with_error=0,
        alpha_entry=None,
        alpha_exit=0.8,
        smallest_reliable=None,
        items=(
            ItemChange(name="q1", entry=70.0, exit=80.0, change=10.0, drift=0.1, kept=True),
            ItemChange(name=LONG, entry=70.0, exit=20.0, change=-50.0, drift=-2.0, kept=False),
            ItemChange(name="q3", entry=None, exit=40.0, change=None),
        ),
    )


def agreement_analysis() -> AgreementAnalysis:
    return AgreementAnalysis(
        origin=ORIGIN,
        n_complete=100,
        kappa=Estimate(0.6, Interval(0.5, 0.7)),
        single=Estimate(None, None, "no_variance"),
        mean=Estimate(None, None, "no_variance"),
        exact=Estimate(0.5, Interval(0.4, 0.6)),
        adjacent=Estimate(0.9, Interval(0.8, 0.95)),
        third_mark=tuple(range(2, 14)),
        pairs=(
            RaterPair(
                first=LONG, second="Петров", n=100, kappa=Estimate(-0.2, Interval(-0.4, 0.1)), exact=0.5, adjacent=0.9
            ),
        ),
        raters=(RaterLine(name="Петров", n=100, severity=Estimate(0.4, Interval(0.1, 0.7))),),
    )  # fmt: skip
