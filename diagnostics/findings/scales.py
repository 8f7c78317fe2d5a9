"""Scored items → competences with both layers of methods.md §3. No rows here: documents and numbers in, facts out.

The official layer (per cent, level) follows from the points alone. The conclusion layer asks how probable
it is that the true value lies below the cut; it needs the prior of the pinned calibration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from diagnostics.catalogue import queries as catalogue
from diagnostics.marking.queries import Agreed
from diagnostics.marking.settling import stamp
from diagnostics.measurement.conclusion import Conclusion, conclude
from diagnostics.measurement.method import Method
from diagnostics.measurement.posterior import effective_items, posterior
from diagnostics.measurement.prior import Prior
from instruments.document import is_opinion
from instruments.framework import LevelPreset
from instruments.items import Answer, ItemScore, Status, is_empty, is_opt_out
from instruments.keys import RubricKey
from instruments.scoring import ScaleScore, Scorer, Scoring, SittingScore, compile_scorer

Items = Mapping[str, ItemScore]


@dataclass(frozen=True, slots=True)
class Ready:
    """One form made ready for many sittings.

    opinions    scales fed by items that are neither right nor wrong
    rubrics     items that experts mark
    cuts        level that a critical item may cap → the per cent at which it begins
    """

    scorer: Scorer
    blocks: frozenset[str]
    opinions: frozenset[str]
    cuts: Mapping[str, float]
    rubrics: Mapping[str, RubricKey]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The official layer of one competence.

    n_items     items that were shown and are marked, `omitted` ones included; `unreached` ones count apart
    percent     None where nothing can be said from the items
    level       official level of deficit, blocks from the method's minimum of items up; none of an opinion
    effective   how many right-or-wrong trials the items are worth (measurement.posterior)
    awaiting    items that an expert has not marked yet: until then there is neither level nor conclusion
    """

    competence: str
    is_block: bool
    n_items: int
    omitted: int
    unreached: int
    points: float
    maximum: float
    percent: float | None
    level: str | None
    effective: float
    opinion: bool = False
    awaiting: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """The conclusion layer of one competence: per cents of the 80 % interval and P(below the cut)."""

    low80: float | None
    high80: float | None
    p_deficit: float | None
    conclusion: Conclusion
    provisional: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """One sitting: points of its items, of its scales, and of the whole."""

    items: Items
    scales: tuple[Scale, ...]
    points: float
    maximum: float


@lru_cache(maxsize=64)
def ready(instrument_id: str, scoring_id: str, form: str, framework_id: str) -> Ready:
    """The scorer of a form; versions are frozen, so it is kept."""
    return made_ready(instrument_id, catalogue.scoring(scoring_id), form, framework_id)


def made_ready(instrument_id: str, scoring: Scoring, form: str, framework_id: str) -> Ready:
    """The same by a scoring that no version holds yet."""
    instrument, framework = catalogue.instrument(instrument_id), catalogue.framework(framework_id)
    scorer = compile_scorer(instrument, scoring, form, framework=framework)
    rated = {item.code for item in instrument.form_items(form) if is_opinion(item)}
    opinions = (scale for scale, pool in scorer.pools.items() if any(code in rated for code, _ in pool))
    written = framework.scales.get(scoring.preset)  # a diagnosis may use another scale of the same framework
    cuts = {level.code: level.lower for level in written.levels} if written else {}
    asked = {item.code for item in instrument.form_items(form)}
    rubrics = {
        code: entry.key
        for code, entry in scoring.items.items()
        if code in asked and isinstance(entry.key, RubricKey) and entry.points
    }
    return Ready(scorer, frozenset(scoring.blocks), frozenset(opinions), cuts, rubrics)


def score(
    form: Ready,
    answers: Mapping[str, Answer],
    shown: Iterable[str],
    preset: LevelPreset,
    method: Method,
    *,
    marks: Mapping[str, Agreed] | None = None,
) -> Scored:
    """Points and official levels of one sitting. `marks` count where they are about these words and this rubric."""
    stamps = stamps_of(form, answers)
    points = {code: one.points for code, one in (marks or {}).items() if stamps.get(code) == one.stamp}
    return _scored(form, form.scorer.score(answers, set(shown), points), preset, method)


def stamps_of(form: Ready, answers: Mapping[str, Answer]) -> dict[str, str]:
    """Item → stamp of its words and rubric, of every answer that experts mark."""
    return {
        code: stamp(rubric, answers[code])
        for code, rubric in form.rubrics.items()
        if code in answers and not is_empty(answers[code]) and not is_opt_out(answers[code])
    }


def pool(form: Ready, items: Items, preset: LevelPreset, method: Method) -> Scored:
    """The same from points of items: results from elsewhere."""
    return _scored(form, form.scorer.pool(items), preset, method)


def _scored(form: Ready, found: SittingScore, preset: LevelPreset, method: Method) -> Scored:
    caps = caps_of(form, found)
    scales = tuple(
        _scale(form, code, scale, found.items, preset, method, caps.get(code))
        for code, scale in found.scales.items()
    )
    return Scored(found.items, scales, found.total.points, found.total.maximum)


def caps_of(form: Ready, found: SittingScore) -> dict[str, float]:
    """Scale → the per cent that its level may reach at best, of those that critical items hold down."""
    caps: dict[str, float] = {}
    for rule in found.fired:
        cut = form.cuts.get(rule.level or "") if rule.effect == "cap_level" else None
        if cut is not None:
            caps[rule.node] = min(cut, caps.get(rule.node, cut))
    return caps


def effective_of(form: Ready, competence: str, items: Items) -> float:
    """Effective number of items of a scale, over the items that are not missing."""
    pool = form.scorer.pools.get(competence, ())
    return _effective(
        tuple(
            weight * items[code].maximum
            for code, weight in pool
            if code in items and items[code].points is not None
        )
    )


def say(scale: Scale, prior: Prior | None, preset: LevelPreset, method: Method) -> Said:
    """What may be said about a scale; nothing of opinions, of evidence rows, and before all of it is marked."""
    if not scale.is_block or scale.opinion or scale.effective == 0 or scale.awaiting:
        return Said(None, None, None, Conclusion.NO_CONCLUSION, prior is None or prior.provisional)
    return _concluded(
        scale.points, scale.maximum, scale.effective, scale.n_items, prior, preset.deficit_below, method
    )


def _scale(
    form: Ready,
    code: str,
    found: ScaleScore,
    items: Items,
    preset: LevelPreset,
    method: Method,
    cap: float | None,
) -> Scale:
    n_items, is_block = found.n_items - found.unreached - found.awaiting, code in form.blocks
    opinion = code in form.opinions
    percent = _percent(found, opinion=opinion)
    named = is_block and not opinion and n_items >= method.min_items and not found.awaiting
    return Scale(
        competence=code,
        is_block=is_block,
        n_items=n_items,
        omitted=found.omitted,
        unreached=found.unreached,
        points=found.points,
        maximum=found.maximum,
        percent=percent,
        level=_level(preset, percent, cap) if named and percent is not None else None,
        effective=effective_of(form, code, items) if is_block else 0.0,
        opinion=opinion,
        awaiting=found.awaiting,
    )


def _level(preset: LevelPreset, percent: float, cap: float | None) -> str:
    level = preset.level_of(percent)
    return (level if cap is None else preset.capped(level, cap)).code


def _percent(found: ScaleScore, *, opinion: bool) -> float | None:
    """Of a test: over the tasks that were shown. Of opinions: only when enough of them are given."""
    if opinion or not found.maximum:
        return found.percent
    return min(100.0, 100 * found.points / found.maximum)


# A wave of thousands has a few dozen different results a block: each is computed once.
@lru_cache(maxsize=4096)
def _concluded(
    points: float,
    maximum: float,
    effective: float,
    n_items: int,
    prior: Prior | None,
    cut: float,
    method: Method,
) -> Said:
    found = posterior(min(points, maximum), maximum, effective, prior, method)
    provisional = prior is None or prior.provisional
    verdict = conclude(found.p_below(cut / 100), n_items, provisional=provisional, method=method)
    return Said(100 * found.low80, 100 * found.high80, verdict.probability, verdict.code, provisional)


@lru_cache(maxsize=1024)
def _effective(maxima: tuple[float, ...]) -> float:
    return effective_items(maxima) if maxima else 0.0


def stored(items: Items) -> dict[str, list[float | str | None]]:
    """Item scores as a finding keeps them: {item: [points, maximum, status]}."""
    return {code: [one.points, one.maximum, one.status.value] for code, one in items.items()}


def restored(kept: Mapping[str, list[float | str | None]]) -> dict[str, ItemScore]:
    """Item scores from a stored finding."""
    return {code: _item_score(*values) for code, values in kept.items()}


# Of thousands of item scores a few dozen differ.
@lru_cache(maxsize=4096)
def _item_score(
    points: float | str | None, maximum: float | str | None, status: float | str | None
) -> ItemScore:
    got = None if points is None else float(points)
    return ItemScore(got, float(maximum or 0), Status(str(status)))
