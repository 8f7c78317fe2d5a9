"""Answers → points → scales: the scoring document and its one reading (methods.md §1).

An item *shown* and left empty scores 0 and is counted as omitted; an item never shown is missing and
counted apart. On scales of opinion an empty or opted-out item is missing; on a keyed item «затрудняюсь
ответить» is 0 points: not to know is not right. A scale pools the items of its node and of all nodes
below; it has a value when at least `MINIMUM_ANSWERED` of its items are not missing. An item that is not
asked for these answers (`instruments.path`) belongs to no scale of this sitting: neither omitted nor unreached.
Rules about critical items come last, upon the pooled scales.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

from instruments import path
from instruments.critical import Critical, fired
from instruments.document import Instrument, Item
from instruments.framework import Framework
from instruments.items import Answer, ItemScore, Status, is_empty, is_opt_out, type_of
from instruments.items.outcome import NOT_SCORED, judged
from instruments.items.protocol import ScoreAnswer
from instruments.keys import ItemKey, Key, NumberKey
from instruments.texts import Code, Frozen

__all__ = [
    "MINIMUM_ANSWERED", "Critical", "ItemKey", "ItemScore", "Key", "NumberKey", "ScaleScore", "Scorer", "Scoring",
    "SittingScore", "Status", "compile_scorer", "importance_votes", "score_item", "score_sitting",
]  # fmt: skip

MINIMUM_ANSWERED = 0.7
_ROUNDING = 1e-9
_VOTE = ItemKey(points=100)


class Scoring(Frozen):
    """Keys and the map item → competence, versioned apart from the questions.

    `importance`: item → node whose importance the item asks about; such a vote enters no scale.
    """

    kind: Literal["scoring"]
    code: Code
    instrument: Code
    framework: Code
    preset: Code
    anchors: tuple[Code, ...] = ()
    blocks: tuple[Code, ...] = ()
    importance: Mapping[Code, Code] = {}
    critical: tuple[Critical, ...] = ()
    items: Mapping[Code, ItemKey]


class ScaleScore(NamedTuple):
    """Weighted sum over the weighted maximum of the items that are not missing.

    `percent` (0…100) is None where too many items are missing or nothing can be scored.
    n_items = answered + omitted + unreached + opt_out + awaiting (an expert has not marked these yet): the
    items that were asked.
    """

    points: float
    maximum: float
    percent: float | None
    n_items: int
    answered: int
    omitted: int
    unreached: int
    opt_out: int
    awaiting: int = 0


class SittingScore(NamedTuple):
    """Item scores by item code, scale scores by competence code, and all scored items together.

    `fired`: the critical items that took effect; a zero is in the scales already, a cap is for who names levels.
    """

    items: Mapping[str, ItemScore]
    scales: Mapping[str, ScaleScore]
    total: ScaleScore
    fired: tuple[Critical, ...] = ()


class _CompiledItem(NamedTuple):
    code: str
    score: ScoreAnswer | None
    empty: ItemScore
    opt_out: ItemScore
    unreached: ItemScore
    not_asked: ItemScore

    def of(self, answer: Answer, *, shown: bool, mark: float | None = None) -> ItemScore:
        if self.score is None:
            return NOT_SCORED
        if is_empty(answer):
            return self.empty if shown else self.unreached
        found = self.opt_out if is_opt_out(answer) else self.score(answer)
        is_marked = mark is not None and found.status is Status.AWAITING
        return judged(mark or 0.0, found.maximum) if is_marked else found


@dataclass(frozen=True, slots=True)
class Scorer:
    """One form made ready for many sittings. `pools`: scale → (item code, weight), only scored items.

    `asked`: answers → codes of the items that are asked for them; None where every item always is.
    """

    items: tuple[_CompiledItem, ...]
    pools: Mapping[str, tuple[tuple[str, float], ...]]
    total: tuple[tuple[str, float], ...]
    minimum_answered: float
    asked: Callable[[Mapping[str, Answer]], Collection[str]] | None = None
    critical: tuple[Critical, ...] = ()

    def score(
        self, answers: Mapping[str, Answer], shown: Collection[str], marks: Mapping[str, float] | None = None
    ) -> SittingScore:
        """Score one sitting; an answered item counts as shown. Answers must have passed `items.read`.

        `marks`: points that experts gave to the answers that no machine can mark.
        """
        given = marks or {}
        scores = {
            item.code: item.of(answers.get(item.code), shown=item.code in shown, mark=given.get(item.code))
            for item in self.items
        }
        if self.asked is not None:
            open_codes = self.asked(answers)
            scores |= {item.code: item.not_asked for item in self.items if item.code not in open_codes}
        return self.pool(scores)

    def pool(self, scores: Mapping[str, ItemScore]) -> SittingScore:
        """Scales from scores that stand already: results from elsewhere. One score for each item."""
        scales = {code: self._pooled(pool, scores) for code, pool in self.pools.items()}
        effects = fired(self.critical, scores)
        for effect in effects:
            if effect.effect == "zero_parent" and effect.node in scales:
                scales[effect.node] = _zero(scales[effect.node])
        return SittingScore(scores, scales, self._pooled(self.total, scores), effects)

    def _pooled(self, pool: tuple[tuple[str, float], ...], scores: Mapping[str, ItemScore]) -> ScaleScore:
        points = maximum = 0.0
        present = 0
        for code, weight in pool:
            got, most, _ = scores[code]
            if got is not None:
                points, maximum, present = points + weight * got, maximum + weight * most, present + 1
        ended = Counter(scores[code].status for code, _ in pool)
        n_items = len(pool) - ended[Status.NOT_ASKED]
        enough = maximum > 0 and present >= self.minimum_answered * n_items - _ROUNDING
        percent = min(100.0, 100.0 * points / maximum) if enough else None
        apart = (
            ended[Status.OMITTED],
            ended[Status.UNREACHED],
            ended[Status.OPT_OUT],
            ended[Status.AWAITING],
        )
        return ScaleScore(points, maximum, percent, n_items, n_items - sum(apart), *apart)


def compile_scorer(
    instrument: Instrument,
    scoring: Scoring,
    form: str,
    *,
    framework: Framework,
    minimum_answered: float = MINIMUM_ANSWERED,
) -> Scorer:
    """Prepare the scoring of one form. Documents must pass `checking`; KeyError for an unknown form."""
    items = tuple(_compiled(item, scoring.items.get(item.code)) for item in instrument.form_items(form))
    scored = [item.code for item in items if item.score is not None]
    pools = _pools(scored, scoring, framework)
    asked = partial(path.on_path, instrument, form) if path.is_branching(instrument, form) else None
    total = tuple((code, 1.0) for code in scored)
    return Scorer(items, pools, total, minimum_answered, asked, scoring.critical)


def score_sitting(
    instrument: Instrument,
    scoring: Scoring,
    form: str,
    answers: Mapping[str, Answer],
    shown: Collection[str],
    *,
    framework: Framework,
) -> SittingScore:
    """Score one sitting; for many of one form keep the `compile_scorer` of it."""
    return compile_scorer(instrument, scoring, form, framework=framework).score(answers, shown)


def importance_votes(
    instrument: Instrument, scoring: Scoring, form: str, answers: Mapping[str, Answer]
) -> dict[str, float]:
    """Votes of one sitting by node: 0 at the lowest mark of the scale, 100 at the highest.

    A vote left empty, opted out of or not asked for is absent. KeyError for an unknown form.
    """
    given = path.counted(instrument, form, answers)
    votes = {
        scoring.importance[item.code]: score_item(item, _VOTE, given.get(item.code)).points
        for item in instrument.form_items(form)
        if item.code in scoring.importance
    }
    return {node: vote for node, vote in votes.items() if vote is not None}


def score_item(item: Item, key: ItemKey | None, answer: Answer, *, shown: bool = True) -> ItemScore:
    """Score one answer by the item's own rule; without an entry in the scoring it is not scored."""
    return _compiled(item, key).of(answer, shown=shown)


def _compiled(item: Item, key: ItemKey | None) -> _CompiledItem:
    if key is None or key.points == 0:
        return _CompiledItem(item.code, None, NOT_SCORED, NOT_SCORED, NOT_SCORED, NOT_SCORED)
    rule = type_of(item)
    nothing = 0.0 if rule.OMITTED_IS_ZERO else None
    return _CompiledItem(
        item.code,
        rule.scorer(item, key),
        empty=ItemScore(nothing, key.points, Status.OMITTED),
        opt_out=ItemScore(nothing, key.points, Status.OPT_OUT),
        unreached=ItemScore(None, key.points, Status.UNREACHED),
        not_asked=ItemScore(None, key.points, Status.NOT_ASKED),
    )


def _zero(scale: ScaleScore) -> ScaleScore:
    return scale._replace(points=0.0, percent=None if scale.percent is None else 0.0)


def _pools(
    scored: list[str], scoring: Scoring, framework: Framework
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Scales that some item of the form feeds, parents included, in the order of the framework.

    Areas are joined only where the scoring reports them so.
    """
    pools: dict[str, tuple[tuple[str, float], ...]] = {}
    for scale in framework.in_order():
        if framework.node(scale).joins and scale not in scoring.blocks:
            continue
        below = set(framework.pool(scale))
        weights = {code: _weight(scoring.items[code], below) for code in scored}
        if any(weights.values()):
            pools[scale] = tuple((code, weight) for code, weight in weights.items() if weight)
    return pools


def _weight(key: ItemKey, nodes: Collection[str]) -> float:
    return sum(weight for node, weight in key.competences.items() if node in nodes)
