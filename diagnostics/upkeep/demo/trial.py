"""New questions are tried out on colleagues before anybody is judged by them: here an author's mistakes come to light."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib.resources import files

import numpy as np

from diagnostics import clock
from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import actions as catalogue
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.database import Json, session
from diagnostics.upkeep.demo import crowd as simulation
from diagnostics.upkeep.demo.calendar import at
from diagnostics.upkeep.demo.crowd import Crowd
from diagnostics.upkeep.demo.stage import Stage, Waves, hold, planned
from diagnostics.upkeep.demo.work import Work, work_of
from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.scoring import Scoring
from instruments.versions import canonical_json

WORK, FORM = "demo.trial", "A"
TITLE = "Апробация: разговор с учеником, родителем, коллегой"
SEED, MOST = 808, 90
#: The question whose key the author mistook (right → wrong), and the one that nearly everybody solves.
MISTAKEN, WRONG_KEY, TOO_EASY = "C04", "c", "C07"
DIFFICULTIES = (-0.6, 0.1, -1.0, -0.8, 0.3, -0.4, -4.2, 0.0, 0.6, -0.9)


def documents() -> tuple[Instrument, Scoring]:
    """The work with the right keys."""
    folder = files("diagnostics.upkeep") / "demo_data"
    instrument = read_document((folder / "trial.yaml").read_bytes())
    scoring = read_document((folder / "trial_scoring.yaml").read_bytes())
    if not isinstance(instrument, Instrument) or not isinstance(scoring, Scoring):
        raise TypeError(WORK)
    return instrument, scoring


def mistaken(scoring: Scoring) -> Scoring:
    """The same with the wrong key, as its author has published it."""
    one = scoring.items[MISTAKEN]
    right = str(one.key)
    reasons = {code: text for code, text in one.mistakes.items() if code != WRONG_KEY}
    wrong = one.model_copy(update={"key": WRONG_KEY, "mistakes": reasons | {right: one.mistakes[WRONG_KEY]}})
    return scoring.model_copy(update={"items": {**scoring.items, MISTAKEN: wrong}})


def hold_trial(stage: Stage) -> Waves:
    """Some of the first stream answer; their abilities speak through the right keys."""
    instrument, scoring = documents()
    calendar = stage.calendar
    with clock.frozen(at(calendar.preparation, 16)):
        author = stage.people.persons["methodologist"]
        _try_out(instrument, mistaken(scoring), author)
        session.commit()
    work = work_of(WORK)
    people = stage.people.first_stream[:MOST]
    crowd = _crowd(instrument, scoring, len(people))
    given = simulation.answers(crowd, crowd.entry, instrument, scoring, FORM)
    waves = _planned(stage, work, people)
    hold(stage, waves.ids[WaveKind.ENTRY], calendar.trial, people, given, range(len(people)), crowd.rng)
    return waves


def _planned(stage: Stage, work: Work, people: tuple[str, ...]) -> Waves:
    days = {WaveKind.ENTRY: stage.calendar.trial}
    prepared = stage.calendar.trial[0] - timedelta(days=2)
    return planned(
        stage, work, TITLE, days, {WaveKind.ENTRY: FORM}, people=people, prepared=prepared, trial=True
    )


def _try_out(instrument: Instrument, scoring: Scoring, author: str) -> None:
    """Frozen and not published: the work stands where works stand that are being tried out."""
    asked = catalogue.store(
        kind=VersionKind.INSTRUMENT, code=instrument.code, body=_plain(instrument), author_id=author
    )
    scored = catalogue.store(
        kind=VersionKind.SCORING,
        code=scoring.code,
        body=_plain(scoring),
        about_id=asked.id,
        author_id=author,
    )
    for version in (asked, scored):
        catalogue.move(version.id, LifeState.PILOT, actor_id=author)


def _plain(document: Instrument | Scoring) -> Json:
    body: Json = json.loads(canonical_json(document))
    return body


def _crowd(instrument: Instrument, scoring: Scoring, persons: int) -> Crowd:
    rng = np.random.default_rng(SEED)
    entry = rng.normal(0.0, 1.3, (persons, 1))
    difficulties = dict(zip(instrument.form(FORM).item_codes, DIFFICULTIES, strict=True))
    return Crowd(scoring.blocks, entry, entry, difficulties, rng)
