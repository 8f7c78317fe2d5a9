"""What stands behind a conclusion: tasks by their short names. Nothing of a key comes near here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.catalogue import queries as catalogue
from diagnostics.findings import scales
from diagnostics.findings.queries.findings import FindingView, ScaleView
from instruments.critical import fired
from instruments.document import is_question
from instruments.framework import LevelPreset
from instruments.items import Status


@dataclass(frozen=True, slots=True)
class ItemEvidence:
    """One task of a block. `topics`: the nodes of the framework that it feeds; `points` None = missing."""

    block: str
    code: str
    title: Mapping[str, str]
    number: int  # place in the work, from 1
    points: float | None
    maximum: float
    status: Status
    topics: tuple[str, ...]

    @property
    def lost(self) -> bool:
        return self.points is not None and self.points < self.maximum


def evidence(view: FindingView) -> tuple[ItemEvidence, ...]:
    """Scored tasks by block in the order of the framework; empty where only block points are known."""
    if view.instrument_id is None or view.scoring_id is None or not view.items:
        return ()
    instrument, scoring = catalogue.instrument(view.instrument_id), catalogue.scoring(view.scoring_id)
    form = scales.ready(view.instrument_id, view.scoring_id, view.form, view.framework_id)
    asked = [item for item in instrument.form_items(view.form) if is_question(item)]
    place = {item.code: number for number, item in enumerate(asked, 1)}
    titles = {item.code: item.title or {} for item in asked}
    return tuple(
        ItemEvidence(
            block=block.competence,
            code=code,
            title=titles[code],
            number=place[code],
            points=view.items[code].points,
            maximum=view.items[code].maximum,
            status=view.items[code].status,
            topics=tuple(scoring.items[code].competences),
        )
        for block in view.blocks
        for code, _ in form.scorer.pools.get(block.competence, ())
        if code in view.items and code in place and view.items[code].status is not Status.NOT_ASKED
    )


@dataclass(frozen=True, slots=True)
class Limit:
    """A critical task that holds a block down: to `level`, or to 0 points where it is None."""

    block: str
    title: Mapping[str, str]
    level: str | None


def limits(view: FindingView) -> tuple[Limit, ...]:
    """The critical tasks that made a block of the finding worse, by the scoring that it pins."""
    if view.instrument_id is None or view.scoring_id is None:
        return ()
    instrument, scoring = catalogue.instrument(view.instrument_id), catalogue.scoring(view.scoring_id)
    blocks = {block.competence: block for block in view.blocks}
    preset = catalogue.framework(view.framework_id).scales[view.preset]
    return tuple(
        Limit(rule.node, instrument.item(rule.item).title, blocks[rule.node].level if is_cap else None)
        for rule in fired(scoring.critical, view.items)
        if rule.node in blocks
        if not (is_cap := rule.effect == "cap_level") or _is_held_down(blocks[rule.node], preset)
    )


def _is_held_down(block: ScaleView, preset: LevelPreset) -> bool:
    """Whether the level is another one than its per cent alone would give."""
    if block.level is None or block.percent is None:
        return False
    return block.level != preset.level_of(block.percent).code
