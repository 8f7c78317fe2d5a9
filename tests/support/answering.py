"""A small diagnosis that can be answered: every type of item, two teachers, links and cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Privacy, Seat, Wave, WaveKind
from diagnostics.catalogue import actions as catalogue
from diagnostics.catalogue import bundled
from diagnostics.catalogue import queries as versions
from diagnostics.catalogue.models import VersionKind
from diagnostics.config import Limits
from diagnostics.database import db, session
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.events import Asked, Event, read_events
from diagnostics.sittings.queries import Writing
from diagnostics.sittings.queries.drawn import drawn_items
from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.framework import Framework
from instruments.masking import masked
from instruments.scoring import Scoring
from tests.support import make, shelf
from tests.support.calibrations import publish_calibration

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LIMITS = Limits()
# Form A of the sample, in order: READ is words to read, the rest are questions.
ITEMS = ("READ", "S1", "S2", "M1", "N1", "T1", "L1", "L2", "L3", "FREE")
ANSWERS: dict[str, Any] = {
    "S1": "b", "S2": "a", "M1": ["a", "c"], "N1": 12.5, "T1": "слово", "L1": 3, "L2": {"opt_out": True},
    "L3": 1, "FREE": "Своими словами",
}  # fmt: skip


@dataclass
class World:
    """Ids of what was made; nothing is committed by making it."""

    campaign_id: str
    wave_id: str
    school_code: str
    seats: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    region_id: str = ""


def world(
    *,
    anonymous: bool = False,
    days: int = 14,
    shipped: bool = False,
    more: int = 0,
    ordered: bool = False,
    every_type: bool = False,
    branching: bool = False,
    publish: Callable[[], tuple[str, str, str]] | None = None,
    clarify: int = 0,
    watch: bool = False,
    zone: str | None = None,
) -> World:
    """An open entry diagnosis with two seats and `more`.

    `shipped`: the real test of 24 questions instead of the sample; `ordered`: the sample in a fixed order.
    `every_type`: the work that holds every type of item; `branching`: one with conditions, shuffled options
    and half an hour. `publish`: a work of the caller's own; gives ids of instrument, scoring and framework.
    `clarify`: so many clarifying tasks at most, by a made-up calibration; `watch`: leaving the page is counted.
    `zone`: of the region, and so of all its places.
    """
    region = make.region()
    region.zone = zone
    place = make.municipality(region)
    school = make.school(place, code="012")
    institute = make.institute(region)
    trainer = make.person("Белова Мария Игоревна", at=institute)
    people = [make.person("Соколова Анна Петровна", at=school).id, make.person("Ёлкин Пётр", at=school).id]
    people += make.people(more, school)
    if publish is not None:
        instrument_id, scoring_id, framework_id = publish()
    elif every_type:
        instrument_id, scoring_id, framework_id = publish_every_type()
    elif branching:
        instrument_id, scoring_id, framework_id = shelf.published("branching", lambda: _publish("branching"))
    else:
        instrument_id, scoring_id, framework_id = _shipped() if shipped else _sample(ordered=ordered)
    made = campaigns.create_campaign(
        title="Работа с неуспевающими",
        node_id=institute.id,
        owner_id=trainer.id,
        framework_id=framework_id,
        method_id=versions.published(VersionKind.METHOD)[0].id,
        preset="levels3",
        actor_id=trainer.id,
    )
    today = clock.now().date()
    wave = campaigns.add_wave(made.id, WaveKind.ENTRY, today, today + timedelta(days=days), trainer.id)
    campaigns.assign(wave.id, instrument_id, scoring_id, "A", actor_id=trainer.id)
    campaigns.seat_people(wave.id, people, trainer.id)
    if clarify:
        publish_calibration(instrument_id, scoring_id)
    campaigns.set_conduct(made.id, clarify_most=clarify, watch=watch, actor_id=trainer.id)
    campaigns.open_wave(wave.id, trainer.id)
    found = World(made.id, wave.id, "012", people=people, region_id=region.id)
    for person in people:
        found.seats.append(session.scalars(sa.select(Seat.id).where(Seat.respondent_id == person)).one())
    if anonymous:  # people are seated by name only, so the names are taken out afterwards
        made.privacy = Privacy.ANONYMOUS
        session.execute(sa.update(Seat).values(respondent_id=None))
        session.flush()
    return found


def _shipped() -> tuple[str, str, str]:
    asked, scored = make.work()
    framework = versions.latest_published(VersionKind.FRAMEWORK, "dpo")
    assert framework is not None
    return asked, scored, framework.id


def _sample(*, ordered: bool) -> tuple[str, str, str]:
    if ordered:
        return shelf.published("workshop in order", lambda: publish_sample(order="fixed"))
    return shelf.published("workshop", publish_sample)


def publish_sample(**changes: Any) -> tuple[str, str, str]:
    """The sample with these fields of its document changed; ids of instrument, scoring and framework."""
    framework = _read("workshop.framework.yaml", Framework)
    instrument, scoring = _read("workshop.yaml", Instrument), _read("workshop.scoring.yaml", Scoring)
    instrument = instrument.model_copy(update=changes)
    model = catalogue.publish_framework(framework, actor_id=None)
    asked, scored = catalogue.publish_instrument(instrument, scoring, framework, actor_id=None)
    catalogue.publish_method(bundled.json.loads(bundled.Method().to_json()), actor_id=None)
    return asked.id, scored.id, model.id


def publish_every_type() -> tuple[str, str, str]:
    """The work of `every-type.yaml`: ids of instrument, scoring and framework."""
    return shelf.published("every type", lambda: _publish("every-type"))


def _publish(name: str) -> tuple[str, str, str]:
    framework = _read("workshop.framework.yaml", Framework)
    instrument, scoring = _read(f"{name}.yaml", Instrument), _read(f"{name}.scoring.yaml", Scoring)
    model = catalogue.publish_framework(framework, actor_id=None)
    asked, scored = catalogue.publish_instrument(instrument, scoring, framework, actor_id=None)
    catalogue.publish_method(bundled.json.loads(bundled.Method().to_json()), actor_id=None)
    return asked.id, scored.id, model.id


def _read(name: str, kind: type[Any]) -> Any:
    document = read_document((SAMPLES / name).read_bytes())
    assert isinstance(document, kind)
    return document


def begin(place: World, *, seat: int = 0) -> Writing:
    """A sitting of the seat, begun or resumed by one more browser."""
    started = sittings.start(seat_id=place.seats[seat], token_id=None, person_id=place.people[seat])
    return again(started.sitting_id, started.secret)


def again(sitting_id: str, secret: str) -> Writing:
    found = reading.writing(sitting_id, secret)
    assert found is not None
    _secrets[found.client] = secret
    return found


def fresh(writing: Writing) -> Writing:
    """The same key as the next request sees it."""
    return again(writing.sitting_id, _secrets[writing.client])


_secrets: dict[str, str] = {}


def event(
    seq: int, item: str, value: Any = None, *, base: int = 0, kind: str = "answer", **more: Any
) -> dict[str, Any]:
    found = {"seq": seq, "base": base, "kind": kind, "item": item, **more}
    return found if value is None else found | {"value": value}


def parsed(writing: Writing, *rows: dict[str, Any]) -> list[Event]:
    asked = Asked(
        versions.instrument(writing.instrument_id),
        writing.form,
        writing.last_position,
        writing.last_seq,
        seed=None,
        drawn=partial(drawn_items, writing.sitting_id),
    )
    return read_events({"events": list(rows)}, asked, LIMITS)


def own(sitting: str, item: str, value: Any) -> Any:
    """An answer as the page of this sitting («/t/<id>») says it: under the sitting's own ids of options."""
    session.rollback()
    found = reading.one(sitting.removeprefix("/t/"))
    assert found is not None
    instrument = versions.instrument(found.instrument_id)
    return masked(instrument, found.form, instrument.item(item), found.seed).hide(value)


def save(writing: Writing, *rows: dict[str, Any]) -> sittings.Saved:
    """One request of this browser: its key is read anew, as each request does."""
    now = fresh(writing)
    return sittings.save_events(now, parsed(now, *rows), LIMITS)


def answer_all(writing: Writing, skip: Iterable[str] = ()) -> None:
    rows = [event(seq, item, value) for seq, (item, value) in enumerate(ANSWERS.items(), 1)]
    save(writing, *(row for row in rows if row["item"] not in skip))


def close_wave(place: World) -> None:
    campaigns.close_wave(place.wave_id, None)


def pause(place: World, reason: str = "") -> None:
    campaigns.pause_wave(place.wave_id, None, reason=reason)


def resume(place: World) -> None:
    campaigns.resume_wave(place.wave_id, None)


def wave(place: World) -> Wave:
    found = session.get(Wave, place.wave_id)
    assert found is not None
    return found


def link(place: World, seat: int = 0) -> str:
    """An address that opens the seat."""
    return f"/i/{campaigns.mint_link(place.seats[seat])}"


def open_player(client: FlaskClient, place: World, seat: int = 0) -> str:
    """Walk in by a link and begin; returns the address of the sitting, «/t/<id>»."""
    surname = ("Соколова", "Елкин")[seat]
    address = link(place, seat)
    session.commit()
    answer = client.post(address, data={"surname": surname})
    while answer.status_code in (302, 303) and "/q/" not in answer.location:
        if answer.location.endswith("/start"):
            answer = client.post(answer.location)
        else:
            answer = client.get(answer.location)
    assert answer.status_code in (302, 303), answer.text
    found: str = answer.location.rsplit("/q/", 1)[0]
    return found


@contextmanager
def statements() -> Any:
    """The SQL statements sent inside, without BEGIN and COMMIT."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
