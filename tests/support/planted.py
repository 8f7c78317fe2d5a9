"""An entry answered by people of known abilities, with what an item analysis must find planted in it."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np

from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import actions as storing
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.findings import actions as findings
from diagnostics.people.models import Role
from instruments.document import Instrument
from instruments.items import Answer
from instruments.keys import NumberKey
from instruments.scoring import Scoring
from tests.support import make
from tests.support.diagnosis import ENTRY
from tests.support.sitting import sit

PEOPLE = 70
WRONG, EASY = "M03", "E02"


@dataclass
class Planted:
    campaign_id: str
    wave_id: str
    trainer_id: str
    methodologist_id: str
    sittings: list[str]


def planted(people: int, *, wrong_key: bool) -> Planted:
    """An entry answered by people of known abilities, scored with a key that is wrong in one place if asked so."""
    region = make.region()
    place, school = make.institute(region), make.school(make.municipality(region))
    trainer = make.staff(Role.TRAINER, place)
    made = make.campaign(trainer, place)
    asked, scored = make.work()
    right = catalogue.scoring(scored)
    if wrong_key:
        scored = _with_a_wrong_key(asked, scored)
    found = campaigns.add_wave(made.id, WaveKind.ENTRY, *ENTRY, trainer.id)
    campaigns.assign(found.id, asked, scored, "A", actor_id=trainer.id)
    seats = campaigns.seat_people(found.id, make.people(people, school), trainer.id).seats
    if people:
        campaigns.open_wave(found.id, trainer.id)
    given = _answers(people, catalogue.instrument(asked), right)
    sittings = [sit(seat, answers) for seat, answers in zip(seats.values(), given, strict=True)]
    for sitting_id in sittings:
        findings.score(sitting_id)
    return Planted(
        made.id,
        found.id,
        trainer.id,
        make.staff(Role.METHODOLOGIST, place, "Ким Павел Андреевич").id,
        sittings,
    )


def _with_a_wrong_key(asked: str, scored: str) -> str:
    body = copy.deepcopy(catalogue.scoring(scored).model_dump(mode="json"))
    options = [one.code for one in catalogue.instrument(asked).item(WRONG).options]  # type: ignore[union-attr]
    body["items"][WRONG]["key"] = next(code for code in options if code != body["items"][WRONG]["key"])
    body["items"][WRONG]["mistakes"] = {}
    stored = storing.store(kind=VersionKind.SCORING, code=body["code"], body=body, about_id=asked)
    for state in (LifeState.REVIEW, LifeState.PILOT, LifeState.PUBLISHED):
        storing.move(stored.id, state, actor_id=None)
    return stored.id


def _answers(people: int, instrument: Instrument, scoring: Scoring) -> list[dict[str, Answer]]:
    """The abler, the oftener right; a wrong choice falls on any other option. Everybody solves EASY."""
    drawn = np.random.default_rng(41)
    given: list[dict[str, Answer]] = []
    for ability in drawn.normal(0.4, 1.2, people):
        solved = drawn.uniform(size=len(instrument.items)) < 1 / (1 + np.exp(-1.4 * ability))
        codes = instrument.form("A").item_codes
        given.append(
            {
                code: _answer(code, instrument, scoring, drawn, is_right=bool(is_right) or code == EASY)
                for code, is_right in zip(codes, solved, strict=False)
            }
        )
    return given


def _answer(
    code: str, instrument: Instrument, scoring: Scoring, drawn: np.random.Generator, *, is_right: bool
) -> Answer:
    key = scoring.items[code].key
    if isinstance(key, NumberKey):
        return key.value if is_right else key.value + 10 * (1 + key.tolerance)
    keyed = list(key) if isinstance(key, tuple) else [str(key)]
    if is_right:
        return keyed if isinstance(key, tuple) else keyed[0]
    wrong = str(drawn.choice([one.code for one in instrument.item(code).options if one.code not in keyed]))  # type: ignore[union-attr]
    return [wrong, *keyed[1:]] if isinstance(key, tuple) else wrong
