"""Entry against exit of one group: figures with their n, intervals and limits."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reports.contents.common import Change, Conclusion, Heading, Interval, OfficialScale, Sources, Stage


class Comparison(enum.StrEnum):
    """Why two stages may be compared, or may not."""

    SAME_VERSION = "same_version"
    EQUIVALENT = "equivalent"
    LINKED = "linked"
    PARALLEL = "parallel"  # calibrated together
    REFUSED_FEW_COMMON = "refused_few_common"
    REFUSED_FRAMEWORK = "refused_framework"
    REFUSED_UNLINKED = "refused_unlinked"

    @property
    def allowed(self) -> bool:
        return not self.value.startswith("refused")


class Caution(enum.StrEnum):
    """What the numbers do not prove; parameters stand in `CautionNote`."""

    NO_CONTROL_GROUP = "no_control_group"
    REGRESSION_TO_MEAN = "regression_to_mean"
    SMALL_GROUP = "small_group"
    ATTRITION = "attrition"
    LINKING_ERROR = "linking_error"
    EXTERNAL_RELIABILITY_UNKNOWN = "external_reliability_unknown"
    NO_CALIBRATION = "no_calibration"


@dataclass(frozen=True, slots=True, kw_only=True)
class CautionNote:
    code: Caution
    value: float | None = None  # points of 100, or people, as the code's sentence needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparability:
    verdict: Comparison
    n_items: int  # of one form
    n_common: int = 0
    n_dropped: int = 0  # common items left out because their difficulty moved
    linking_error: float | None = None  # points of 100
    correction: float | None = (
        None  # points of 100 that the exit form is harder: in the whole and in every block
    )
    exit_form: str = ""  # «Б»


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    invited: int
    entry: int
    exit: int
    both: int
    schools: int = 0

    @property
    def left(self) -> int:
        return self.entry - self.both

    @property
    def exit_only(self) -> int:
        return self.exit - self.both


@dataclass(frozen=True, slots=True, kw_only=True)
class Deficits:
    """People with a deficit of the official layer; None = hidden because the group is small."""

    entry: int | None
    closed: int | None
    remaining: int | None
    new: int | None
    exit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """Matched pairs of one block, per cent of possible points.

    change          mean of exit minus entry; `interval` is 95 %
    interval_kind   "clusters" (schools drawn again), "t", "bootstrap" (people); None in figures of old releases
    effect          Hedges g_av with its 95 % interval
    gain            normalised gain of the means, None where entry is 100
    paths           (entry, exit) of each person in no order that tells who; empty when
                    they may not be shown (released copies) or n > 30
    """

    code: str
    title: str
    n: int
    entry: float
    exit: float
    entry_interval: Interval | None
    exit_interval: Interval | None
    change: float
    interval: Interval | None
    effect: float | None
    effect_interval: Interval | None
    verdict: Change
    deficits: Deficits
    interval_kind: str | None = None
    gain: float | None = None
    improved: int | None = None
    same: int | None = None
    worse: int | None = None
    reliably_improved: int | None = None
    reliably_worse: int | None = None
    paths: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transitions:
    """People by level: rows = entry, columns = exit, both in the order of `levels`.

    `levels` are short titles, the most severe first; a count None = hidden.
    """

    levels: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonItem:
    code: str
    title: str
    block: str  # title
    n: int
    entry: float  # share solved, per cent
    exit: float
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attrition:
    """Entry results of those who left against those who stayed, per cent of possible points."""

    n_left: int
    left_entry: float | None
    n_stayed: int
    stayed_entry: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnToMean:
    """The exit asked people who began lower than the other tested ones: what that alone would do.

    expected, observed  points of 100 of the whole work; expected if nobody changed (Kelley)
    n_asked, n_tested   people with an entry result: asked at the exit, all
    """

    expected: float
    observed: float
    n_asked: int
    n_tested: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    stage: Stage
    form: str
    n: int
    n_items: int
    alpha: float | None
    alpha_interval: Interval | None
    omega: float | None
    sem: float | None  # points of 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Of one stage: median minutes from start to sending (breaks included), tasks a person left empty or never saw."""

    stage: Stage
    n: int
    minutes: float | None
    omitted: float
    unreached: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RankTest:
    """Wilcoxon's signed ranks of one block: people who changed, two-sided p."""

    code: str
    n_nonzero: int
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsLine:
    title: str  # school or municipality
    invited: int
    entry: int
    exit: int
    both: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person of the group's own trainer: internal copy only. Both layers apart.

    entry, exit    per cent of the whole work as scored, with the short titles of the official levels
    verdict        reliable change, the correction between forms included
    closed, new    titles of blocks whose official deficit was closed or is new
    conclusions    the conclusion layer by code of the block, at entry and exit
    """

    full_name: str
    school: str
    entry: float
    exit: float
    entry_level: str
    exit_level: str
    verdict: Change
    next_check: str = ""
    closed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    conclusions: Mapping[str, tuple[Conclusion, Conclusion]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryExitReport:
    heading: Heading
    group: str
    diagnosis: str
    entry_on: date
    exit_on: date
    course_hours: float | None
    flow: Flow
    participants: tuple[ParticipantsLine, ...]
    comparability: Comparability
    scale: OfficialScale
    whole: BlockChange | None
    blocks: tuple[BlockChange, ...]  # empty when the comparison is refused
    transitions: Transitions | None
    common_items: tuple[CommonItem, ...]
    attrition: Attrition
    reliability: tuple[Reliability, ...]
    cautions: tuple[CautionNote, ...]
    sources: Sources
    ranks: tuple[RankTest, ...] = ()
    effort: tuple[Effort, ...] = ()
    returned: ReturnToMean | None = None
    recommendations: tuple[str, ...] = ()
    people: tuple[PersonLine, ...] = ()
    hidden_below: int | None = None  # smallest count that may be shown in this copy

    @property
    def grown(self) -> tuple[BlockChange, ...]:
        return tuple(block for block in self.blocks if block.verdict is Change.GREW)

    @property
    def fallen(self) -> tuple[BlockChange, ...]:
        return tuple(block for block in self.blocks if block.verdict is Change.FELL)
