"""What an analysis of a file of answers found: one object for each command, the same for every format.

Shares are 0…1, abilities and difficulties logits, results of people per cents of the total. None = not given; codes
say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.contents.common import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the figures come from.

    files      names of the files, entry before exit
    data_cut   when the data were last written: the same data give the same report
    """

    files: tuple[str, ...]
    data_cut: datetime
    method_version: str
    n: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval, or the reason why there is none."""

    value: float | None
    interval: Interval | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """`flags`: too_easy, too_hard, low_discrimination; `reason`: counts_only, provisional."""

    name: str
    n: int
    missing: int
    mean: float | None
    p: Estimate
    rest: Estimate
    flags: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsAnalysis:
    """`unreversed`: items that run against the others."""

    origin: Origin
    n_complete: int
    mean: float | None
    sd: float | None
    sem: float | None
    alpha: Estimate
    omega: Estimate
    unreversed: tuple[str, ...]
    items: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibratedLine:
    """`flags`: unseen_category, disordered, weak; `infit`, `outfit`: mean squares, 1 where the model holds.

    `s_x2`, `s_x2_df`, `s_x2_p`: answers of people of equal totals against the model.
    """

    name: str
    a: float
    se_a: float | None
    b: Estimate
    se_b: float | None
    thresholds: tuple[float | None, ...]
    infit: float | None
    outfit: float | None
    flags: tuple[str, ...]
    s_x2: float | None = None
    s_x2_df: int | None = None
    s_x2_p: float | None = None


@dataclass(frozen=True, slots=True)
class DependentPair:
    """Two items that share more than the ability: correlation of residuals, and the same above the mean of all."""

    first: str
    second: str
    n: int
    q3: float
    above_mean: float


@dataclass(frozen=True, slots=True)
class OddPattern:
    """Answers of one person that are unlikely for his ability; `person` None where the file names nobody."""

    row: int
    person: str | None
    n: int
    lz_star: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfits:
    """`above`: from which distance a pair counts; `expected`: odd patterns that chance alone gives."""

    q3_mean: float | None
    above: float
    pairs: tuple[DependentPair, ...]
    n_judged: int
    expected: float
    odd: tuple[OddPattern, ...]


@dataclass(frozen=True, slots=True)
class InformationPoint:
    """Information of the whole test at one ability, and the per cent of the total expected there."""

    theta: float
    information: float
    se: float
    percent: float


@dataclass(frozen=True, slots=True)
class CutPoint:
    """Per cent of the total; ability, its error and that error in per cents; None where nobody can stand there."""

    percent: float
    theta: float | None
    se: float | None
    se_percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationAnalysis:
    """`people`: lower edge of half a logit and how many stand there; `information` None where a curve is unknown.

    `misfits` None where fewer than two curves are known.
    """

    origin: Origin
    model: str
    method: str
    identification: str
    n_informative: int
    loglik: float
    n_parameters: int
    iterations: int
    reliability: float | None
    provisional: bool
    items: tuple[CalibratedLine, ...]
    excluded: tuple[tuple[str, str], ...]
    collapsed: tuple[str, ...]
    people: tuple[tuple[float, int], ...]
    information: tuple[InformationPoint, ...] | None
    cuts: tuple[CutPoint, ...]
    misfits: Misfits | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifLine:
    """`delta` < 0: harder for the focal group at equal score; `pure_…`: after purification."""

    name: str
    delta: Estimate
    odds: Estimate
    p: float | None
    letter: str | None
    pure_delta: float | None
    pure_letter: str | None
    nonuniform_p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifAnalysis:
    """`removed`: items left out of the matching score; `moderate`, `large`: borders of the classes."""

    origin: Origin
    reference: str
    focal: str
    n_reference: int
    n_focal: int
    n_left_out: int
    removed: tuple[str, ...]
    moderate: float
    large: float
    items: tuple[DifLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """Per cent of the item's maximum at both stages; `drift` of an anchor in logits, `kept` whether it links."""

    name: str
    entry: float | None
    exit: float | None
    change: float | None
    drift: float | None = None
    kept: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Two forms on one scale: shift in logits and the correction in per cents, each with its error."""

    common: int
    kept: int
    shift: float
    shift_error: float
    correction: float
    correction_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthAnalysis:
    """`joined` None = one form twice; `change_kind`: t, bootstrap, cluster_bootstrap."""

    origin: Origin
    n_entry: int
    n_exit: int
    n_left: int
    mean_left: float | None
    mean_stayed: float | None
    n_too_few_answers: int
    joined: Joined | None
    mean_entry: float
    mean_exit: float
    change: Estimate
    change_kind: str | None
    clusters: int | None
    hedges_g: Estimate
    d_z: Estimate
    normalised_gain: float | None
    wilcoxon_p: float | None
    improved: int
    same: int
    worse: int
    reliably_improved: int | None
    reliably_worse: int | None
    n_with_error: int
    alpha_entry: float | None
    alpha_exit: float | None
    smallest_reliable: float | None
    items: tuple[ItemChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterPair:
    first: str
    second: str
    n: int
    kappa: Estimate
    exact: float | None
    adjacent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterLine:
    """`severity` > 0: stricter than the others on the same works."""

    name: str
    n: int
    severity: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAnalysis:
    """`third_mark`: rows of the file whose marks lie so far apart that a third is needed."""

    origin: Origin
    n_complete: int
    kappa: Estimate
    single: Estimate
    mean: Estimate
    exact: Estimate
    adjacent: Estimate
    third_mark: tuple[int, ...]
    pairs: tuple[RaterPair, ...]
    raters: tuple[RaterLine, ...]


Analysis = ItemsAnalysis | CalibrationAnalysis | DifAnalysis | GrowthAnalysis | AgreementAnalysis
