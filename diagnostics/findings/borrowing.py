"""A closed stage of too few people may use the prior of an earlier one, where both may be compared at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Wave
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import Json, session
from diagnostics.findings import calibrations
from diagnostics.findings.pins import Pins
from diagnostics.findings.reading import Result, method_of
from diagnostics.measurement.calibration import Calibration
from diagnostics.measurement.comparability import Taken, comparability
from diagnostics.measurement.linking import LinkingResult, common_anchors, link
from diagnostics.measurement.method import Method


def borrowed(wave_id: str, results: Sequence[Result]) -> str | None:
    """The calibration of the newest earlier stage of the same diagnosis whose results are comparable; None = none.

    Comparable: the same scoring, and the same form or forms that the common tasks link (methods.md §4). The
    difficulties of this stage come from its few people, so a drift must exceed their wide errors to count.
    """
    for version_id in _earlier(wave_id):
        body = catalogue.calibration(version_id)
        if all(_usable(body, rows) for rows in _by_scoring(results).values()):
            return version_id
    return None


def _earlier(wave_id: str) -> list[str]:
    here = session.get_one(Wave, wave_id)
    found = session.scalars(
        sa.select(Wave.calibration_id)
        .where(
            Wave.campaign_id == here.campaign_id,
            Wave.opens_at < here.opens_at,
            Wave.calibration_id.is_not(None),
        )
        .order_by(Wave.opens_at.desc())
    )
    return [one for one in found if one is not None]


def _by_scoring(results: Iterable[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for one in results:
        found.setdefault(one.pins.scoring_id or "", []).append(one)
    return found


def _usable(body: Json, rows: Sequence[Result]) -> bool:
    """Whether the earlier calibration speaks of the scoring and of every form of these results."""
    pins = rows[0].pins
    part = body.get("scorings", {}).get(pins.scoring_id)
    if part is None:
        return False
    method = method_of(pins)
    known, here = _forms_of(body["wave"], pins), {one.pins.form for one in rows}
    if here <= known:
        return True
    found = _linked(part, rows, pins, method)
    return all(
        comparability(_taken(pins, before, rows), _taken(pins, after, rows), found, method=method).allowed
        for before in known
        for after in here - known
    )


def _forms_of(wave_id: str, pins: Pins) -> frozenset[str]:
    """Forms of the same work that the earlier stage asked."""
    return frozenset(
        session.scalars(
            sa.select(Assignment.form).where(
                Assignment.wave_id == wave_id, Assignment.instrument_id == pins.instrument_id
            )
        )
    )


def _linked(part: Json, rows: Sequence[Result], pins: Pins, method: Method) -> LinkingResult | None:
    """The declared common tasks on both scales; None where either stage has no difficulties."""
    here = calibrations.part_of([(one.pins.form, one.scored) for one in rows], method)
    base, new = (
        Calibration.from_json(json.dumps(one["rasch"])) if one["rasch"] else None for one in (part, here)
    )
    if base is None or new is None:
        return None
    scoring, framework = catalogue.scoring(pins.scoring_id or ""), catalogue.framework(pins.framework_id)
    same = tuple(code for code in scoring.anchors if part["steps"].get(code) == here["steps"].get(code))
    blocks = {
        code: block
        for block in scoring.blocks
        for code, key in scoring.items.items()
        if set(key.competences) & set(framework.pool(block))
    }
    return link(common_anchors(base, new, same, blocks), method)


def _taken(pins: Pins, form: str, rows: Sequence[Result]) -> Taken:
    """The same scoring stands behind both: one version, one framework, one scale."""
    return Taken(
        instrument=pins.instrument_id or "",
        version=pins.scoring_id or "",
        form=form,
        framework=pins.framework_id,
        framework_version="",
        scale=pins.preset,
        n_items=max(len(one.scored.items) for one in rows),
    )
