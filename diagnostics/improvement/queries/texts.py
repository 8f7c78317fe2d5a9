"""Free answers by group: only of a closed collection, of groups large enough, and after a person has read them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.campaigns.circle_models import RespondentCircle
from diagnostics.database import session
from diagnostics.improvement.errors import ZonesError
from diagnostics.improvement.gathering import wave_of
from diagnostics.improvement.groups import Group, least_for_words
from diagnostics.improvement.models import WordsCheck, WordsVerdict
from diagnostics.improvement.queries.zones import zones
from diagnostics.improvement.snapshot import Snapshot
from diagnostics.improvement.texts import masked
from diagnostics.releases.minimum import minimum
from diagnostics.sittings.models import FreeText


@dataclass(frozen=True, slots=True)
class FreeAnswers:
    """Words of one group to one question, shuffled, without names; `instrument_id` knows the question."""

    group: Group
    item: str
    instrument_id: str
    form: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One free text as it would be shown; `struck`: it never will be."""

    id: str
    text: str
    struck: bool


@dataclass(frozen=True, slots=True)
class Heap:
    """Words of one group to one question for the person who reads them before the team does."""

    group: Group
    item: str
    instrument_id: str
    form: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that may be read. `checked_at` None: nobody has read it yet. `mark` names exactly these texts."""

    heaps: tuple[Heap, ...]
    checked_at: datetime | None
    mark: str

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(word.id for heap in self.heaps for word in heap.words)

    @property
    def waits(self) -> bool:
        return bool(self.heaps) and self.checked_at is None


def told_in_words(snapshot: Snapshot) -> tuple[Group, ...]:
    """Groups whose free texts may be read by a person of the school."""
    rule = minimum()
    return tuple(
        one.group
        for one in snapshot.groups
        if one.group is not Group.SHEET and not one.hidden and one.n >= least_for_words(one.group, rule)
    )


def reading(campaign_id: str) -> Reading:
    """The texts to check, or those checked: what comes after the check joins nothing, it would stand alone.

    Missing, ZonesError: as `zones`.
    """
    snapshot = zones(campaign_id, own=True).snapshot
    _, wave = wave_of(campaign_id)
    check = session.get(WordsCheck, campaign_id)
    found: dict[tuple[Group, str], list[Word]] = {}
    told = told_in_words(snapshot)
    for row in session.execute(_texts(wave.id, told)):
        text = masked(row.text)
        if text and (check is None or row.struck is not None):
            heap = found.setdefault((Group(row.respondent_group), row.item), [])
            heap.append(Word(row.id, text, bool(row.struck)))
    heaps = tuple(
        Heap(group, item, *_document(snapshot, group), _shuffled(words, campaign_id))
        for group in told
        for (of, item), words in sorted(found.items())
        if of is group
    )
    ids = (word.id for heap in heaps for word in heap.words)
    return Reading(heaps, check.checked_at if check else None, _mark(ids))


def words_waiting(campaign_id: str) -> int:
    """How many free texts nobody has read yet; 0 before the zones are counted."""
    try:
        read = reading(campaign_id)
    except ZonesError:
        return 0
    return len(read.ids) if read.waits else 0


def free_texts(campaign_id: str) -> tuple[FreeAnswers, ...]:
    """What the team may read: nothing before the check, and nothing that was struck."""
    read = reading(campaign_id)
    if read.checked_at is None:
        return ()
    return tuple(
        FreeAnswers(heap.group, heap.item, heap.instrument_id, heap.form, texts)
        for heap in read.heaps
        if (texts := tuple(word.text for word in heap.words if not word.struck))
    )


def _texts(wave_id: str, told: Iterable[Group]) -> sa.Select[str, str, str, str, bool]:
    """No verdict is None in the last column."""
    return (
        sa.select(
            RespondentCircle.respondent_group,
            FreeText.item,
            FreeText.id,
            FreeText.text,
            WordsVerdict.struck,
        )
        .join(FreeText, FreeText.circle_id == RespondentCircle.id)
        .outerjoin(WordsVerdict, WordsVerdict.text_id == FreeText.id)
        .where(
            RespondentCircle.wave_id == wave_id,
            RespondentCircle.respondent_group.in_([group.value for group in told]),
        )
    )


def _document(snapshot: Snapshot, group: Group) -> tuple[str, str]:
    instrument_id, _, form = snapshot.documents[group]
    return instrument_id, form


def _shuffled(words: list[Word], seed: str) -> tuple[Word, ...]:
    """The same order at each reading. Sorted first: the order in which rows were written must not shine through."""
    found = sorted(words, key=lambda word: (word.text, word.id))
    random.Random(seed).shuffle(found)  # noqa: S311 - an order, not a secret
    return tuple(found)


def _mark(ids: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(sorted(ids)).encode()).hexdigest()[:24]
