"""A file of answers handed in: each event goes the way of a save, under the key that gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import Privacy
from diagnostics.campaigns.queries import seats
from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.errors import DomainError
from diagnostics.sittings.actions.saving import save_events
from diagnostics.sittings.actions.starting import come_late, key_of_device
from diagnostics.sittings.answers_file.errors import FileRefused
from diagnostics.sittings.answers_file.letter import Letter, Sent
from diagnostics.sittings.answers_file.proofs import client_of, device_without_proof
from diagnostics.sittings.events import Asked, Event, read_events
from diagnostics.sittings.models import Sitting, SittingKey, SittingState
from diagnostics.sittings.queries.drawn import drawn_items
from diagnostics.sittings.queries.keys import Writing, last_seq, writing_of
from diagnostics.sittings.standing import GIVES_ANSWER

LONGEST_ITEM = 64


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An answer of the file that was refused, as the save itself would have refused it."""

    item: str
    code: str
    parameters: dict[str, object]


@dataclass(slots=True)
class Taken:
    """What became of the answers of a file; marks («seen», «come back later») are not counted."""

    sitting_id: str
    accepted: int = 0
    known: int = 0  # had arrived before
    late: int = 0  # kept apart: an organiser decides
    conflicts: int = 0  # among the accepted: another device answered otherwise meanwhile
    refused: list[NotTaken] = field(default_factory=list)


def take_file(
    letter: Letter,
    secrets: Sequence[str],
    limits: Limits,
    *,
    actor_id: str | None,
    by_organiser: bool,
) -> Taken:
    """Store the events of a letter; what had arrived before is recognised by its number.

    `secrets`: the installation's, the present one first. Of a stopped key, and of a browser that nobody knows,
    only an organiser hands in answers, and the audit says so.

    Raises
    ------
    FileRefused
        `answers_file_foreign`: no such sitting, or nothing in the file is proved.
    """
    sitting = session.get(Sitting, letter.sitting_id)
    if sitting is None or sitting.state is SittingState.ERASED:
        raise FileRefused("answers_file_foreign")
    hand = _Hand(letter, secrets, limits, actor_id, by_organiser=by_organiser)
    taken = hand.take()
    _note(sitting, taken, hand.unproved, actor_id)
    return taken


class _Hand:
    """One file on its way: the keys of its events as they stand after each of them."""

    def __init__(
        self,
        letter: Letter,
        secrets: Sequence[str],
        limits: Limits,
        actor_id: str | None,
        *,
        by_organiser: bool,
    ) -> None:
        self.letter, self.secrets, self.limits = letter, secrets, limits
        self.actor_id, self.by_organiser = actor_id, by_organiser
        self.keys: dict[str, Writing | None] = {}
        self.unproved = 0

    def take(self) -> Taken:
        taken = Taken(self.letter.sitting_id)
        found = [(sent, self._writing(sent.proof)) for sent in self.letter.events]
        if all(writing is None for _, writing in found):
            raise FileRefused("answers_file_foreign")
        for sent, writing in found:
            if writing is None:
                taken.refused.append(NotTaken(_item(sent), "answers_file_foreign", {}))
            else:
                self._save(sent, taken)
        return taken

    def _writing(self, proof: str) -> Writing | None:
        if proof not in self.keys:
            self.keys[proof] = self._known(proof)
        return self.keys[proof]

    def _known(self, proof: str) -> Writing | None:
        sitting_id = self.letter.sitting_id
        client = client_of(self.secrets, sitting_id, proof) if proof else None
        if client is not None and (self.by_organiser or _lives(client)):
            return writing_of(sitting_id, client)
        if not self.by_organiser:
            return None
        self.unproved += 1
        return writing_of(sitting_id, self._key_without_proof(proof))

    def _key_without_proof(self, proof: str) -> str:
        """The one of an earlier hand-in, under a secret that was replaced meanwhile too."""
        sitting_id = self.letter.sitting_id
        devices = [device_without_proof(secret, proof) for secret in self.secrets]
        known = (key_of_device(sitting_id, device) for device in devices)
        standing = next((key_id for key_id in known if key_id is not None), None)
        if standing is not None:
            return standing
        return come_late(sitting_id, token_id=None, person_id=self.actor_id, device=devices[0]).key_id

    def _save(self, sent: Sent, taken: Taken) -> None:
        writing = self.keys[sent.proof]
        if writing is None:
            return
        now = writing._replace(
            last_seq=last_seq(writing.sitting_id, writing.client),
            last_position=max(one.last_position for one in self.keys.values() if one is not None),
        )
        asked = Asked(
            catalogue.instrument(now.instrument_id),
            now.form,
            now.last_position,
            now.last_seq,
            now.seed,
            partial(drawn_items, now.sitting_id),
        )
        try:
            event = read_events({"events": [sent.event]}, asked, self.limits)[0]
            with session.begin_nested():
                self._count(event, now, sent.proof, taken)
        except DomainError as refused:
            taken.refused.append(NotTaken(_item(sent), refused.code, refused.parameters))

    def _count(self, event: Event, writing: Writing, proof: str, taken: Taken) -> None:
        saved = save_events(writing, [event], self.limits)
        counts = event.kind in GIVES_ANSWER
        if saved.refusal is not None:
            if saved.kept:
                taken.late += counts
            else:
                code = saved.refusal if saved.refusal == "paused" else f"{saved.refusal}_not_kept"
                raise DomainError(code)
            return
        result = saved.results[0]
        if result.position <= writing.last_position:
            taken.known += counts
            return
        taken.accepted += counts
        taken.conflicts += counts and result.status == "conflict"
        self.keys[proof] = writing._replace(last_position=result.position)


def _lives(client: str) -> bool:
    return session.scalar(sa.select(SittingKey.revoked_at).where(SittingKey.id == client)) is None


def _item(sent: Sent) -> str:
    item = sent.event.get("item")
    return item[:LONGEST_ITEM] if isinstance(item, str) else ""


def _note(sitting: Sitting, taken: Taken, unproved: int, actor_id: str | None) -> None:
    """Who handed in how many; of nameless answers only that an organiser did without a proof."""
    nameless = seats.seat(sitting.seat_id).privacy is Privacy.ANONYMOUS
    if nameless and not unproved:
        return
    now = clock.now()
    audit.record(
        "sitting.file_unproved" if unproved else "sitting.file",
        actor_id=actor_id,
        kind="sitting",
        object_id=sitting.id,
        note=f"{taken.accepted}/{taken.known}/{taken.late}/{len(taken.refused)}",
        at=clock.hour(now) if nameless else now,
    )
