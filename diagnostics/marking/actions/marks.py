"""An expert's mark of one text: a draft that saves itself, the mark, its corrections, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Limits
from diagnostics.database import session, take_turn
from diagnostics.errors import FieldRefused, Missing
from diagnostics.jobs import actions as jobs
from diagnostics.marking import moves, settling
from diagnostics.marking.errors import MarkIncomplete, MarkRefused, MarkStale
from diagnostics.marking.models import ExpertMark, MarkDraft, MarkedText, MarkingRule, TextState
from diagnostics.marking.settling import Levels
from instruments.keys import RubricKey

KIND, REASON = "findings.score", "marked"
LONGEST_REMARK = 1000


@dataclass(frozen=True, slots=True)
class Given:
    """`number` of the mark among the expert's own of this text; `state` of the text after it."""

    number: int
    state: TextState


def mark(
    text_id: str,
    *,
    levels: Mapping[str, int],
    remark: str,
    seen: int,
    actor_id: str,
    limits: Limits,
) -> Given:
    """Append a mark, or a correction of the one that the expert has `seen` (0: none yet).

    With the last mark of a work its scoring is enqueued, `limits.marking_mend_minutes` later.

    Raises
    ------
    MarkIncomplete
        A criterion has no level.
    MarkRefused
        `text_taken`: others have marked it meanwhile; `results_given`; `text_replaced`.
    MarkStale
        The standing mark of this expert is not the one that was seen.
    FieldRefused
        `remark_too_long` for the remark.
    """
    if not moves.take_turn(text_id):
        raise MarkRefused(_why_shut(text_id))
    text = session.get_one(MarkedText, text_id, populate_existing=True)
    rubric = rubric_of(text)
    _refuse_unsound(rubric, levels, remark)
    standing = standing_marks(text_id)
    own = next((one for one in standing if one.person_id == actor_id), None)
    if (own.number if own else 0) != seen:
        raise MarkStale("mark_stale")
    chosen = {one.code: levels[one.code] for one in rubric.criteria}
    kept = ExpertMark(
        text_id=text_id,
        person_id=actor_id,
        place=own.place if own else _free_place(text, standing),
        number=seen + 1,
        scoring_id=text.scoring_id,
        levels=chosen,
        points=settling.points_of(rubric, chosen),
        remark=remark.strip(),
        at=clock.now(),
    )
    _append(kept, instead_of=own)
    return Given(kept.number, resettle(text_id, limits))


def _append(kept: ExpertMark, *, instead_of: ExpertMark | None) -> None:
    """The row with its line in the journal; the draft has served."""
    session.add(kept)
    draft = sa.and_(MarkDraft.text_id == kept.text_id, MarkDraft.person_id == kept.person_id)
    session.execute(sa.delete(MarkDraft).where(draft))
    session.flush()
    audit.record(
        "marking.correct" if instead_of else "marking.mark",
        actor_id=kept.person_id,
        kind="marked_text",
        object_id=kept.text_id,
        before=_facts(instead_of) if instead_of else None,
        after=_facts(kept),
    )


def keep_draft(text_id: str, *, levels: Mapping[str, int], remark: str, seen: int, actor_id: str) -> int:
    """What is chosen so far; returns the new revision of the draft. `seen`: the revision on the page, 0 for none.

    Raises
    ------
    MarkRefused
        The text takes no marks any more.
    MarkStale
        The draft was saved in another window since.
    """
    text = session.get(MarkedText, text_id)
    if text is None:
        raise Missing
    if text.state in {TextState.GIVEN, TextState.REPLACED}:
        raise MarkRefused(_why_shut(text_id))
    known = {one.code: len(one.levels) for one in rubric_of(text).criteria}
    chosen = {code: level for code, level in levels.items() if 0 <= level < known.get(code, 0)}
    words = remark.strip()[:LONGEST_REMARK]
    take_turn(f"mark draft:{text_id}:{actor_id}")  # the first draft has no row yet that could be locked
    row = session.get(MarkDraft, (text_id, actor_id), with_for_update=True, populate_existing=True)
    if (row.revision if row else 0) != seen:
        raise MarkStale("mark_stale")
    if row is None:
        row = MarkDraft(text_id=text_id, person_id=actor_id, levels={}, touched_at=clock.now(), revision=0)
        session.add(row)
    row.levels, row.remark, row.touched_at, row.revision = chosen, words, clock.now(), seen + 1
    session.flush()
    return row.revision


def resettle(text_id: str, limits: Limits) -> TextState:
    """What the standing marks come to now; the last awaited one brings the work's scoring with it."""
    text = session.get_one(MarkedText, text_id, populate_existing=True)
    marks = [one.levels for one in standing_marks(text_id)]
    found = settling.settle(rubric_of(text), marks, experts_of(text.campaign_id))
    moves.move(text_id, found.state, points=found.points)
    if found.state is TextState.SETTLED and not _others_wait(text):
        jobs.enqueue(
            KIND,
            text.sitting_id,
            asker_id=None,
            parameters={"reason": REASON},
            unique_key=f"marked:{text.id}:{text.turn}",
            delay=timedelta(minutes=limits.marking_mend_minutes),
        )
    return found.state


def experts_of(campaign_id: str) -> int:
    """How many experts mark each text of a diagnosis."""
    rule = session.get(MarkingRule, campaign_id)
    return rule.experts if rule is not None else settling.BY_DEFAULT


def standing_marks(text_id: str) -> list[ExpertMark]:
    """The last mark of each place, in the order of places."""
    rows = session.scalars(
        sa.select(ExpertMark)
        .where(ExpertMark.text_id == text_id)
        .order_by(ExpertMark.place, ExpertMark.number)
    )
    return list({one.place: one for one in rows}.values())


def rubric_of(text: MarkedText) -> RubricKey:
    """By the scoring that put the text into the queue."""
    entry = catalogue.scoring(text.scoring_id).items.get(text.item)
    if entry is None or not isinstance(entry.key, RubricKey):
        raise MarkRefused("text_replaced")
    return entry.key


def _others_wait(text: MarkedText) -> bool:
    left = sa.select(sa.func.count()).where(
        MarkedText.sitting_id == text.sitting_id,
        MarkedText.id != text.id,
        MarkedText.state.in_([TextState.WAITING, TextState.DIFFERING]),
    )
    return bool(session.scalar(left))


def _free_place(text: MarkedText, standing: Sequence[ExpertMark]) -> int:
    most = settling.THIRD if text.state is TextState.DIFFERING else experts_of(text.campaign_id)
    taken = {one.place for one in standing}
    free = next((place for place in range(1, most + 1) if place not in taken), None)
    if free is None or text.state is TextState.SETTLED:
        raise MarkRefused("text_taken")
    return free


def _refuse_unsound(rubric: RubricKey, levels: Levels, remark: str) -> None:
    missing = settling.missing(rubric, levels)
    if missing:
        raise MarkIncomplete(missing)
    if len(remark.strip()) > LONGEST_REMARK:
        raise FieldRefused("remark_too_long", field="remark", maximum=LONGEST_REMARK)


def _why_shut(text_id: str) -> str:
    text = session.get(MarkedText, text_id)
    if text is None:
        raise Missing
    return "results_given" if text.state is TextState.GIVEN else "text_replaced"


def _facts(row: ExpertMark) -> list[object]:
    return [row.levels, row.remark, row.number]
