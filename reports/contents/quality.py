"""How well a work measures and decides: reliability, certainty of each cut, information, items between places."""

from __future__ import annotations

from dataclasses import dataclass

from reports.contents.common import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class CutQuality:
    """One border of levels (Livingston, Lewis 1995).

    lower                  per cent from which the level begins
    accuracy, consistency  0…1: the observed side is the true one; two parallel forms give one side
    false_low, false_high  0…1: put below, above the border by error
    more                   tasks like the present ones to add until accuracy reaches the goal (0 = it does);
                           None = even a many times longer block does not reach it
    sem                    standard error of a result at the border, points of 100
    """

    lower: float
    accuracy: float
    consistency: float
    false_low: float
    false_high: float
    more: int | None
    sem: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockQuality:
    """A reported block or the whole work of one form; `reason` says why there are no cuts.

    title    "" = the whole work
    n        people who were shown every task
    reason   "too_few_persons", "too_few_items", "no_variance", "unreliable" (the tasks do not hang together)
    """

    code: str
    title: str
    n: int
    n_items: int
    alpha: float | None
    cuts: tuple[CutQuality, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPoint:
    """A result on the scale of ability.

    percent      of possible points
    theta        ability that is expected to reach it, logits
    information  of the whole work there; `se` its standard error in logits
    sem          standard error of the result in points of 100
    """

    percent: float
    theta: float
    information: float
    se: float
    sem: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """Where on its scale a calibrated work measures best.

    persons      behind the calibration; `provisional` where they are few
    n_items      tasks with a difficulty; `n_left_out` without one (solved by all or by nobody)
    points       the curve, rising ability
    cuts         the borders of levels that the work can reach
    """

    persons: int
    provisional: bool
    n_items: int
    n_left_out: int
    points: tuple[CutPoint, ...]
    cuts: tuple[CutPoint, ...]

    @property
    def peak(self) -> CutPoint:
        return max(self.points, key=lambda one: one.information)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormQuality:
    """One form of a work in a stage.

    n, n_complete   people with a result; those who were shown every task
    alpha, omega    with their 95 % intervals; `*_reason` says why there is none
    sem             standard error of a result on average, points of 100
    goal, least     accuracy (0…1) that a border should reach; people from whom a border is judged at all
    blocks          the whole work first
    """

    form: str
    title: str
    n: int
    n_complete: int
    n_items: int
    alpha: float | None
    alpha_interval: Interval | None
    alpha_reason: str | None
    omega: float | None
    omega_interval: Interval | None
    omega_reason: str | None
    sem: float | None
    goal: float
    least: int
    blocks: tuple[BlockQuality, ...]
    information: Information | None = None
    information_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBetween:
    """One right-or-wrong task among people of equal result in two places.

    delta, interval    Mantel–Haenszel on the delta scale of ETS; negative = harder here
    shares             difference of shares solved at equal result, points of 100 (here minus there)
    letter             A, B, C of ETS; None below the method's number of people in a group
    rise               of Nagelkerke's R² by the place and its product with the result (logistic regression)
    p_uneven           of the product alone: is the difference another one for the weak and for the strong?
    rise_letter        A, B, C of Jodoin and Gierl
    """

    code: str
    title: str
    delta: float | None
    interval: Interval | None
    shares: float | None
    letter: str | None
    rise: float | None
    p_uneven: float | None
    rise_letter: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceComparison:
    """A municipality against another one, or against all others (`other` is empty)."""

    place: str
    other: str
    n_here: int
    n_there: int
    items: tuple[ItemBetween, ...]

    @property
    def apart(self) -> tuple[ItemBetween, ...]:
        """Tasks whose interval does not hold zero, or with a letter above A; the greatest difference first."""
        found = [one for one in self.items if one.delta is not None and _stands_out(one)]
        return tuple(sorted(found, key=lambda one: -abs(one.delta or 0.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Do tasks work alike in the municipalities where people worked at that time?

    left_out   municipalities with fewer people than `least`; nothing is said about them
    partial    tasks with points between nought and all: they are not compared
    lettered   people in each of the two groups from which a letter is given
    """

    comparisons: tuple[PlaceComparison, ...]
    left_out: int
    least: int
    lettered: int
    partial: int


def _stands_out(one: ItemBetween) -> bool:
    letters = {one.letter, one.rise_letter} & {"B", "C"}
    zero_outside = one.interval is not None and not one.interval.low <= 0 <= one.interval.high
    return bool(letters) or zero_outside
