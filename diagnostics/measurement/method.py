"""Every constant of the measurement in one versioned document, frozen with each finding."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from diagnostics.measurement.errors import InvalidMethodError
from diagnostics.measurement.method_names import LATER, NOT_ABOVE, POSITIVE, SHARES


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Thresholds and minimum numbers that turn estimates into words (methods.md §2–§6).

    Shares and probabilities lie in 0…1, abilities and difficulties are logits (D = 1).

    Versions
    --------
    2 : opinions of a school about itself and of a teacher about oneself
    3 : the instrument, groups and raters
    4 : from how many persons a model is estimated and how, adaptive tests, growth by schools. Constants had these
        values before. What changed in substance is the prior of a block: tasks of unequal difficulty count by
        their effective length (`Prior.worth`), so that the spread of people no longer passes for chance. The
        worth is frozen with the calibration; one without it counts a task as one trial, as it always did
    5 : from which calibration clarifying items are drawn, and how often one of them at most
    """

    code: str = "method"
    version: str = "5"

    # The conclusion about one block of one person.
    #: P(true value below the cut) from which a deficit is confirmed.
    confirmed_from: float = 0.80
    #: … from which it is probable.
    probable_from: float = 0.50
    #: … up to which there is surely none.
    surely_none_to: float = 0.20
    #: With fewer items there is neither an official level nor a conclusion.
    min_items: int = 3
    #: Largest expected share of false names on the list of confirmed deficits.
    false_share_limit: float = 0.10
    #: Smallest group about whose sub-nodes something is said.
    min_group: int = 25

    # Uncertainty of one result.
    #: Coverage of the interval shown beside one person's per cent.
    interval: float = 0.80
    weak_alpha: float = 1.0
    weak_beta: float = 1.0
    #: Persons of a closed wave from which its prior is estimated.
    min_prior_persons: int = 30
    #: Limit of alpha + beta: a wave without spread may not outvote a person's own answers for ever.
    max_prior_size: float = 200.0

    # Comparability of two results.
    #: Anchors as a share of the shorter form.
    anchor_share: float = 0.20
    #: Common anchors for verdicts about a group.
    min_anchors_group: int = 8
    #: Anchors that must be left after drift for anything at all.
    min_anchors: int = 5
    drift_robust_z: float = 2.7
    drift_logit: float = 0.5
    #: A drift must also exceed this many standard errors of its own difference; 0 = the two limits alone (ADR 6).
    drift_errors: float = 1.96

    # Change.
    #: |change| / standard error from which a change is reliable (Jacobson, Truax 1991).
    reliable_change: float = 1.96
    #: Coverage of intervals of group figures.
    group_interval: float = 0.95
    #: With fewer pairs the interval of the mean change comes from the bootstrap.
    bootstrap_below: int = 20
    bootstrap_draws: int = 4000
    bootstrap_seed: int = 20240901
    #: Pairs without which no interval and no effect size is given.
    min_pairs: int = 5

    # Items.
    #: Answers below which only counts are shown.
    item_counts_below: int = 10
    #: Answers below which a statement about an item is provisional.
    item_provisional_below: int = 30
    item_too_easy: float = 0.90
    item_too_hard: float = 0.20
    item_discrimination: float = 0.20
    #: Persons from which a Rasch calibration carries ability estimates of persons.
    min_calibration_persons: int = 100

    # Opinions: a school about itself, a teacher about oneself.
    #: Points of 100 from which two groups see a thing differently, where their intervals are apart too.
    views_gap: float = 17.0
    #: Weights of the group means in an index over groups; the sheet of the administration stands beside it.
    weight_sheet: float = 0.0
    weight_teacher: float = 1.0
    weight_pupil: float = 1.0
    weight_parent: float = 1.0
    #: Share of draws in which two neighbours of a list keep their order, from which the order is told as firm.
    rank_stable_from: float = 0.90
    #: Points of 100 between self-assessment and test, outside the test's interval, that are called much.
    self_gap: float = 15.0

    # The instrument: before it is published, between groups, between raters.
    #: Classification accuracy that a cut should reach before an instrument is published.
    accuracy_goal: float = 0.85
    #: Persons in each of two groups from which differential functioning is given a letter.
    dif_letter_persons: int = 100
    #: |MH D-DIF| from which it is moderate (B), large (C): the classes of ETS (Zieky 1993).
    dif_moderate: float = 1.0
    dif_large: float = 1.5
    #: Rubric points between two marks from which a third rater is asked.
    third_mark_from: float = 2.0
    #: Coverages of the inner and the outer limits of a funnel.
    funnel_inner: float = 0.95
    funnel_outer: float = 0.998

    # Items on one scale: from how many persons, and how.
    #: Persons from which difficulties of the Rasch family are estimated at all, provisionally.
    rasch_provisional_from: int = 25
    #: Persons from which slopes are estimated, held by priors: below, free slopes are worse than equal ones.
    priors_from: int = 150
    #: … by the likelihood alone.
    likelihood_from: int = 500
    #: SD of the normal priors of ln a and of each threshold (logits), both around 0 (Mislevy 1986).
    map_log_slope_sd: float = 0.5
    map_threshold_sd: float = 2.0
    #: Points of the quadrature over ±6, at least.
    grid_points: int = 41
    #: A slope below it hardly tells people apart; the difficulty of the item is then an extrapolation.
    weak_slope: float = 0.4
    #: Residual correlation (Q3) above the mean of all from which a pair is flagged (Christensen et al. 2017).
    dependence_from: float = 0.2

    # Mastery of skills.
    #: Persons from which it is estimated: with fewer, chances are off by 0.07 and more, and the expected accuracy
    #: promises 3–7 points too much.
    skills_from: int = 200
    #: A chance for each set of the needed skills takes more persons still.
    general_skills_from: int = 500
    #: Chance of a false alarm over all pairs of items, when skills are asked whether they explain the answers.
    skills_alarm: float = 0.05

    # Adaptive tests and clarifying items.
    #: Persons of a calibration from which items of slope one may steer a test.
    bank_from: int = 300
    #: … and items with slopes of their own: errors of slopes are sought out by maximum information.
    bank_slopes_from: int = 500
    #: The next item is drawn from this many of the best ones, so that no item is worn out by everybody.
    choose_from: int = 5
    #: Clarifying items at most: as many again as a short block has.
    clarifying_limit: int = 6
    #: Persons of a calibration from which items of slope one clarify a verdict: its errors of about 0.2 logits are
    #: small beside what so few answers leave open.
    clarifying_from: int = 100
    #: Share of those who take a diagnosis to whom one item may be shown as a clarifying one.
    most_exposed: float = 0.30
    #: Persons to whom it may be shown before that share counts.
    exposed_from: int = 10

    # Places and what a person must have answered.
    #: Schools from which an interval draws whole schools instead of persons; fewer tell nothing of their spread.
    min_clusters: int = 5
    #: Right-or-wrong tasks without which people of equal result cannot be found.
    fewest_items: int = 5
    #: Share of the items that a person must have answered to have a result or an index.
    answered_from: float = 0.7

    def __post_init__(self) -> None:
        """Refuse constants that contradict one another."""
        weights = (self.weight_sheet, self.weight_teacher, self.weight_pupil, self.weight_parent)
        if not 0 < self.surely_none_to < self.probable_from < self.confirmed_from < 1:
            raise InvalidMethodError("the thresholds of the conclusion are out of order")
        if not all(0 < share < 1 for share in self._of(SHARES)):
            raise InvalidMethodError("a share of the method lies outside 0…1")
        if not all(value > 0 for value in self._of(POSITIVE)) or self.min_anchors_group < self.min_anchors:
            raise InvalidMethodError("a minimum of the method is not positive or below a weaker one")
        if not 0 < self.dif_moderate < self.dif_large or not self.funnel_inner < self.funnel_outer:
            raise InvalidMethodError(
                "classes of differential functioning or limits of a funnel are out of order"
            )
        if any(weaker > stronger for weaker, stronger in map(self._of, NOT_ABOVE)):
            raise InvalidMethodError("a model with more parameters asks for fewer persons")
        if min(weights) < 0 or sum(weights) == 0:
            raise InvalidMethodError("the weights of groups leave nobody to be heard")

    def _of(self, names: tuple[str, ...]) -> tuple[float, ...]:
        return tuple(getattr(self, name) for name in names)

    def to_json(self) -> str:
        """Canonical text: same method, same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Method:
        """Read what `to_json` wrote; nothing is filled in silently.

        Version 1 had no constants of opinions and judged none, version 2 none of instruments, groups and
        raters, version 3 none of models, adaptive tests and places, version 4 none of calibrations to clarify
        by; all read with those that came later.

        Raises
        ------
        InvalidMethodError
            If the text is no JSON object, a constant is missing, unknown or of another kind.
        """
        try:
            found = json.loads(text)
        except ValueError as error:
            raise InvalidMethodError("a method is a JSON object") from error
        known = {field.name: field.type for field in fields(cls)}
        later = LATER.get(str(found.get("version")), ()) if isinstance(found, dict) else ()
        if later:
            found = {name: getattr(METHOD, name) for name in later} | found
        if not isinstance(found, dict) or set(found) != set(known):
            raise InvalidMethodError("constants are missing or unknown", names=_difference(found, known))
        wrong = sorted(name for name, kind in known.items() if not _is(found[name], str(kind)))
        if wrong:
            raise InvalidMethodError("constants are of the wrong kind", names=wrong)
        return cls(**found)


def _difference(found: object, known: dict[str, object]) -> list[str]:
    return sorted(set(found) ^ set(known)) if isinstance(found, dict) else []


def _is(value: object, kind: str) -> bool:
    kinds: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float)}
    return isinstance(value, kinds[kind]) and not isinstance(value, bool)


#: The method that the product ships with.
METHOD = Method()
