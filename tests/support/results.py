"""Results of whole groups without a player: simulated answers, or block points from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns import queries as campaign_queries
from diagnostics.campaigns.models import Assignment, Campaign, WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.findings import pins, scales
from diagnostics.findings.actions.keeping import keep
from diagnostics.findings.reading import Result, method_of, preset_of
from diagnostics.findings.scales import Scale, Scored
from diagnostics.people.models import OrgNode, Person
from instruments.document import Instrument
from instruments.items import Answer
from instruments.keys import NumberKey
from instruments.scoring import Scoring
from tests.support import make

ENTRY = (date(2026, 11, 16), date(2026, 11, 27))
EXIT = (date(2027, 4, 20), date(2027, 4, 30))


def diagnosis(
    owner: Person, at: OrgNode, *, tutor: Person | None = None, title: str = "Работа с неуспевающими"
) -> Campaign:
    """The shipped work: form A at the entry, form B at the exit; the owner sees the levels."""
    made = make.campaign(owner, at, entry=ENTRY, exit_=EXIT, title=title, tutor=tutor)
    made.visibility = {**made.visibility, "levels_to_tutor": True}
    session.flush()
    return made


def seat(campaign: Campaign, kind: WaveKind, person_ids: Sequence[str]) -> str:
    """Seat people at a stage; returns the id of its wave."""
    wave = campaign_queries.campaign(campaign.id).wave(kind)
    assert wave is not None
    campaigns.seat_people(wave.id, list(person_ids), campaign.owner_id)
    return wave.id


def simulate(wave_id: str, abilities: Mapping[str, float], seed: int) -> None:
    """Answers of a Rasch model with difficulties that belong to the items, scored and kept."""
    drawn = np.random.default_rng(seed)
    found = []
    seats = {one.person_id: one for one in pins.of_wave(wave_id).values()}
    # In the order of the caller's people: ids are random, and the same seed must draw the same answers.
    for one in (seats[person] for person in abilities if person in seats):
        asked, keyed = one.documents()
        instrument, scoring = catalogue.instrument(asked), catalogue.scoring(keyed)
        answers = _answers(instrument, scoring, one.form, abilities[one.person_id or ""], drawn)
        form = scales.ready(asked, keyed, one.form, one.framework_id)
        scored = scales.score(form, answers, set(answers), preset_of(one), method_of(one))
        found.append(Result(one, scored, None, None))
    keep(found, reason="submitted", actor_id=None)
    session.flush()


def difficulty(code: str) -> float:
    """The same for an item wherever it stands: spread over about ±1 logit."""
    return (sum(map(ord, code)) * 37 % 100) / 50 - 1


def _answers(
    instrument: Instrument, scoring: Scoring, form: str, ability: float, drawn: np.random.Generator
) -> dict[str, Answer]:
    return {
        item.code: _answer(
            scoring.items[item.code].key,
            [option.code for option in getattr(item, "options", ())],
            right=drawn.random() < 1 / (1 + np.exp(difficulty(item.code) - ability)),
        )
        for item in instrument.form_items(form)
        if item.code in scoring.items
    }


def _answer(key: object, options: Sequence[str], *, right: bool) -> Answer:
    if isinstance(key, NumberKey):
        return key.value if right else key.value + 1000 + key.tolerance
    if isinstance(key, str):
        return key if right else next(code for code in options if code != key)
    keys = [str(code) for code in key]  # type: ignore[attr-defined]  # a list of option codes
    return keys if right else [next(code for code in options if code not in keys)]


def block_points(
    wave_id: str, points: Mapping[str, Mapping[str, tuple[float, float]]], *, level: bool = True
) -> None:
    """Person → block → (points, maximum) as an outside portal gives them: no items, no known error."""
    found = []
    for one in pins.of_wave(wave_id).values():
        lines = points.get(one.person_id or "")
        if lines:
            level_of = preset_of(one).level_of if level else None
            rows = tuple(_line(code, got, most, level_of) for code, (got, most) in lines.items())
            whole = sum(got for got, _ in lines.values()), sum(most for _, most in lines.values())
            found.append(Result(one, Scored({}, rows, *whole), None, None))
    keep(found, reason="imported", actor_id=None)
    session.flush()


def _line(code: str, got: float, most: float, level_of: Callable[[float], object] | None) -> Scale:
    percent = 100 * got / most
    return Scale(
        competence=code,
        is_block=True,
        n_items=0,
        omitted=0,
        unreached=0,
        points=got,
        maximum=most,
        percent=percent,
        level=level_of(percent).code if level_of else None,  # type: ignore[attr-defined]  # a Level
        effective=0.0,
    )


def outside(campaign: Campaign) -> None:
    """Make the stages of a diagnosis carry results from elsewhere: no instrument, no scoring."""
    for wave in campaign_queries.campaign(campaign.id).waves:
        for assigned in wave.assignments:
            row = session.get(Assignment, assigned.id)
            assert row is not None
            row.instrument_id = row.scoring_id = None
            row.form = ""
    session.flush()
