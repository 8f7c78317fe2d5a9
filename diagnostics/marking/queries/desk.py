"""The expert's desk: questions with answers that wait for them, the next text, and one text without its writer.

What stands here is an allow-list: the words, the question, the rubric and the expert's own mark. No name, school,
date, place in a list or id of the work: the page must not tell by its source what it hides (CVE-2014-0215).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.marking import settling
from diagnostics.marking.actions.marks import experts_of, rubric_of, standing_marks
from diagnostics.marking.models import ExpertMark, MarkDraft, MarkedText, TextState
from diagnostics.marking.queries import rights
from diagnostics.sittings import queries as sittings
from instruments.document import Instrument
from instruments.item_models import Item, Stimulus
from instruments.keys import RubricKey
from instruments.texts import Texts

_CODE = 5  # digits that people can compare and call out


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one work with the expert's texts of it, in an order that is the expert's own."""

    work: Texts
    title: Texts
    waiting: tuple[str, ...]  # texts that wait for this expert
    done: tuple[OwnMark, ...]


@dataclass(frozen=True, slots=True)
class OwnMark:
    text_id: str
    code: str
    points: float
    maximum: float
    can_mend: bool


@dataclass(frozen=True, slots=True)
class TextView:
    """One text as its expert sees it. `seen`: how many marks of this text the expert has saved."""

    text_id: str
    code: str
    work: Texts
    item: Item
    stimulus: Stimulus | None
    rubric: RubricKey
    words: str
    levels: Mapping[str, int]
    remark: str
    seen: int
    draft: int
    shut: str  # "" | results_given | text_taken | text_replaced


def code_of(text_id: str) -> str:
    """«48213»: the mark of a text, the same on every page; it follows from the random id alone."""
    return f"{int(hashlib.sha256(text_id.encode()).hexdigest(), 16) % 10**_CODE:0{_CODE}d}"


def desk(person_id: str, limits: Limits) -> list[Question]:
    """All questions of the diagnoses that the person is asked to mark."""
    rows = _mine(person_id)
    held = _held([one.id for one in rows], person_id, limits)
    marks = _marks([one.id for one in rows])
    grouped: dict[tuple[str, str, str], list[MarkedText]] = defaultdict(list)
    for row in rows:
        grouped[row.campaign_id, row.scoring_id, row.item].append(row)
    return [_question(person_id, texts, marks, held) for _key, texts in sorted(grouped.items())]


def progress(questions: Sequence[Question]) -> tuple[int, int]:
    """(marked by the expert, all that are theirs)."""
    done = sum(len(one.done) for one in questions)
    return done, done + sum(len(one.waiting) for one in questions)


def next_text(questions: Sequence[Question], after: str = "") -> str | None:
    """The text to open now; `after` one that was skipped: the next of the whole queue, round to its start."""
    queue = [text_id for one in questions for text_id in one.waiting]
    if not queue:
        return None
    if after not in queue:
        return queue[0]
    return queue[(queue.index(after) + 1) % len(queue)]


def text_view(text_id: str, person_id: str) -> TextView:
    """Missing where the words are not those of the text any more and the expert has no mark of it."""
    text = session.get(MarkedText, text_id)
    if text is None:
        raise Missing
    work, item = _asked(text)
    rubric = rubric_of(text)
    form = sittings.one(text.sitting_id)
    asked = work.form_items(form.form) if form else ()
    answer = sittings.answers(text.sitting_id).get(text.item)
    if settling.stamp(rubric, answer) != text.stamp:
        raise Missing
    standing = standing_marks(text_id)
    own = next((one for one in standing if one.person_id == person_id), None)
    draft = session.get(MarkDraft, (text_id, person_id))
    chosen = draft or own
    return TextView(
        text_id=text_id,
        code=code_of(text_id),
        work=work.title,
        item=next((one for one in asked if one.code == item.code), item),
        stimulus=work.stimulus_of(item),
        rubric=rubric,
        words=str(answer),
        levels={code: int(level) for code, level in chosen.levels.items()} if chosen else {},
        remark=chosen.remark if chosen else "",
        seen=own.number if own else 0,
        draft=draft.revision if draft else 0,
        shut=_shut(text, own, standing),
    )


def _asked(text: MarkedText) -> tuple[Instrument, Item]:
    version = catalogue.one(text.scoring_id)
    if version is None or version.about_id is None:
        raise Missing
    work = catalogue.instrument(version.about_id)
    return work, work.item(text.item)


def _shut(text: MarkedText, own: ExpertMark | None, standing: Sequence[ExpertMark]) -> str:
    if text.state is TextState.GIVEN:
        return "results_given"
    if own is None and not _has_room(text, len(standing)):
        return "text_taken"
    return ""


def _has_room(text: MarkedText, marks: int) -> bool:
    if text.state is TextState.DIFFERING:
        return marks < settling.THIRD
    return text.state is TextState.WAITING and marks < experts_of(text.campaign_id)


def _mine(person_id: str) -> list[MarkedText]:
    """Every text that the person may meet, marked by them or not."""
    campaigns = rights.campaigns_of(person_id)
    if not campaigns:
        return []
    bars = rights.bars_of([person_id])[person_id]
    allowed = [
        one.text_id
        for one in rights.facts_where(MarkedText.campaign_id.in_(campaigns))
        if not rights.is_barred(person_id, one, bars)
    ]
    return list(session.scalars(sa.select(MarkedText).where(MarkedText.id.in_(allowed))))


def _marks(text_ids: Sequence[str]) -> dict[str, list[ExpertMark]]:
    """Text → the standing mark of each place."""
    found: dict[str, dict[int, ExpertMark]] = defaultdict(dict)
    query = (
        sa.select(ExpertMark)
        .where(ExpertMark.text_id.in_(text_ids))
        .order_by(ExpertMark.place, ExpertMark.number)
    )
    for row in session.scalars(query):
        found[row.text_id][row.place] = row
    return {text_id: list(rows.values()) for text_id, rows in found.items()}


def _held(text_ids: Sequence[str], person_id: str, limits: Limits) -> dict[str, int]:
    """Text → how many other experts are at it just now."""
    since = clock.now() - timedelta(minutes=limits.marking_hold_minutes)
    rows = session.execute(
        sa.select(MarkDraft.text_id, sa.func.count())
        .where(
            MarkDraft.text_id.in_(text_ids), MarkDraft.person_id != person_id, MarkDraft.touched_at > since
        )
        .group_by(MarkDraft.text_id)
    )
    return {row[0]: row[1] for row in rows}


def _question(
    person_id: str,
    texts: Sequence[MarkedText],
    marks: Mapping[str, list[ExpertMark]],
    held: Mapping[str, int],
) -> Question:
    work, item = _asked(texts[0])
    maximum = rubric_of(texts[0]).most
    waiting, done = [], []
    for text in sorted(texts, key=lambda one: _own_order(person_id, one.id)):
        standing = marks.get(text.id, [])
        own = next((one for one in standing if one.person_id == person_id), None)
        if own is not None:
            mendable = text.state is not TextState.GIVEN
            done.append(OwnMark(text.id, code_of(text.id), own.points, maximum, mendable))
        elif _has_room(text, len(standing) + held.get(text.id, 0)):
            waiting.append(text.id)
    return Question(work.title, item.title or {}, tuple(waiting), tuple(done))


def _own_order(person_id: str, text_id: str) -> str:
    """Experts meet the texts in different orders, so two of them rarely open the same one at once."""
    return hashlib.sha256(f"{person_id}:{text_id}".encode()).hexdigest()
