"""Free answers by group: only of a closed collection, only of groups that may be told about."""

from __future__ import annotations

import random
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.circle_models import RespondentCircle
from diagnostics.database import session
from diagnostics.improvement.groups import Group
from diagnostics.improvement.snapshot import Snapshot
from diagnostics.improvement.texts import masked
from diagnostics.sittings.models import FreeText


@dataclass(frozen=True, slots=True)
class FreeAnswers:
    """Words of one group to one question, shuffled, without names; `instrument_id` knows the question."""

    group: Group
    item: str
    instrument_id: str
    form: str
    texts: tuple[str, ...]


def free_texts(wave_id: str, snapshot: Snapshot) -> tuple[FreeAnswers, ...]:
    """The snapshot stands only after the closing and says who is hidden; a new run gives the same order."""
    told = [one.group for one in snapshot.groups if one.n and not one.hidden and one.group is not Group.SHEET]
    rows = session.execute(
        sa.select(RespondentCircle.respondent_group, FreeText.item, FreeText.text)
        .join(FreeText, FreeText.circle_id == RespondentCircle.id)
        .where(
            RespondentCircle.wave_id == wave_id,
            RespondentCircle.respondent_group.in_([g.value for g in told]),
        )
    )
    found: dict[tuple[Group, str], list[str]] = {}
    for group, item, text in rows:
        if words := masked(text):
            found.setdefault((Group(group), item), []).append(words)
    return tuple(
        FreeAnswers(group, item, *_document(snapshot, group), _shuffled(texts, wave_id))
        for group in told
        for (of, item), texts in sorted(found.items())
        if of is group
    )


def _document(snapshot: Snapshot, group: Group) -> tuple[str, str]:
    instrument_id, _, form = snapshot.documents[group]
    return instrument_id, form


def _shuffled(texts: list[str], seed: str) -> tuple[str, ...]:
    """Sorted first: the order in which rows were written must not shine through."""
    found = sorted(texts)
    random.Random(seed).shuffle(found)  # noqa: S311 - an order, not a secret
    return tuple(found)
