"""A closed wave publishes its calibration: once, pinned, so that a verdict never moves with the next answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.pinning import pin_calibration
from diagnostics.campaigns.models import Wave, WaveState
from diagnostics.catalogue import actions as catalogue
from diagnostics.catalogue import queries as documents
from diagnostics.database import Json, session
from diagnostics.errors import Missing
from diagnostics.findings import calibrations, reading, scales
from diagnostics.findings.borrowing import borrowed
from diagnostics.findings.errors import NotReady
from diagnostics.findings.reading import Result
from diagnostics.findings.worth import Pools

CODE = "calibration"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a wave would publish. `body` None: `reason` says why there is no calibration."""

    wave_id: str
    persons: int
    body: Json | None
    reason: str | None
    scoring_id: str | None  # the scoring it is about, where there is one only
    code: str = CODE
    borrowed_id: str | None = None  # calibration of an earlier stage that these few people may use


@dataclass(frozen=True, slots=True)
class Calibrated:
    """`version_id` None: nothing was pinned, `reason` is "too_few_persons" or "no_scored_answers".

    With a version the reason is None, or "borrowed": too few people, the calibration is an earlier stage's.
    """

    version_id: str | None
    persons: int
    reason: str | None


def measure(wave_id: str) -> Measured:
    """The calibration of a wave from its current results; reads only, so it may take its time."""
    results = [one for one in reading.of_wave(wave_id) if one.pins.scoring_id and one.scored.items]
    if not results:
        return Measured(wave_id, 0, None, "no_scored_answers", None)
    method = reading.method_of(results[0].pins)
    if len(results) < method.min_prior_persons:
        earlier = borrowed(wave_id, results)
        return Measured(wave_id, len(results), None, "too_few_persons", None, borrowed_id=earlier)
    by_scoring = _by_scoring(results)
    body: Json = {
        "kind": "calibration",
        "wave": wave_id,
        "persons": len(results),
        "method": method.version,
        "scorings": {
            scoring: calibrations.part_of([(one.pins.form, one.scored) for one in rows], method, _pools(rows))
            for scoring, rows in by_scoring.items()
        },
    }
    only = next(iter(by_scoring)) if len(by_scoring) == 1 else None
    code = documents.scoring(only).code if only else CODE
    return Measured(wave_id, len(results), body, None, only, code)


def calibrate(
    wave_id: str,
    *,
    actor_id: str | None = None,
    measured: Measured | None = None,
    replace: bool = False,
) -> Calibrated:
    """Publish and pin the calibration of a closed wave; its findings are then scored `again`.

    Run again it returns what is pinned, unless `replace` (the key was corrected).

    Raises
    ------
    NotReady
        `wave_not_closed`.
    """
    wave = session.get(Wave, wave_id)
    if wave is None:
        raise Missing
    if wave.state is not WaveState.CLOSED:
        raise NotReady("wave_not_closed")
    if wave.calibration_id is not None and not replace:
        persons = int(documents.calibration(wave.calibration_id)["persons"])
        return Calibrated(wave.calibration_id, persons, None)
    measured = measured or measure(wave_id)
    if measured.body is None and measured.borrowed_id is not None:
        earlier = measured.borrowed_id
        pin_calibration(wave_id, earlier, instead_of=wave.calibration_id, actor_id=actor_id)
        return Calibrated(earlier, measured.persons, "borrowed")
    if measured.body is None:
        note = f"{measured.reason} {measured.persons}"
        audit.record("wave.no_calibration", actor_id=actor_id, kind="wave", object_id=wave_id, note=note)
        return Calibrated(None, measured.persons, measured.reason)
    version = catalogue.publish_calibration(
        measured.code,
        measured.body,
        scoring_id=measured.scoring_id,
        actor_id=actor_id,
        reason="corrected" if replace else "wave closed",
    )
    pin_calibration(wave_id, version.id, instead_of=wave.calibration_id, actor_id=actor_id)
    return Calibrated(version.id, measured.persons, None)


def _pools(rows: Sequence[Result]) -> Pools:
    """Blocks of each form with their weighted items; none where only points of blocks are known."""
    found = {one.pins.form: one.pins for one in rows if one.pins.instrument_id and one.pins.scoring_id}
    return {
        form: scales.ready(
            pins.instrument_id or "", pins.scoring_id or "", form, pins.framework_id
        ).scorer.pools
        for form, pins in found.items()
    }


def _by_scoring(results: Sequence[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = defaultdict(list)
    for one in results:
        found[one.pins.scoring_id or ""].append(one)
    return dict(sorted(found.items()))
