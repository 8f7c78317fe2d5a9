"""What stands first in the library of a methodologist: drafts of the own places, and how sure each work is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.draft_models import DraftKind, DraftState
from diagnostics.catalogue.queries import drafts as reading
from diagnostics.catalogue.queries.drafts import DraftLine
from diagnostics.people.models import Role
from diagnostics.web import guard
from diagnostics.web.authoring.life.opened import edit_href, me, names_of
from diagnostics.web.authoring.life.words import DRAFT_STATES, KINDS

#: What needs somebody comes first.
FIRST = {DraftState.RETURNED: 0, DraftState.REVIEW: 1, DraftState.DRAFT: 2}


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A draft in the list with where to go on with it."""

    line: DraftLine
    state: str
    tag: str
    kind: str
    href: str
    waits_for_me: bool
    updated_by: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the largest closed stage said of a work: people, and alpha of its weakest form."""

    n: int
    alpha: float | None


def desk(kinds: tuple[DraftKind, ...] | None = None) -> list[OnDesk]:
    """Living drafts that the asker may read: returned ones, those to check, open comments, then the rest."""
    paths = guard.actor().paths(Role.METHODOLOGIST, Role.EXPERT)
    lines = reading.in_scope(paths, kinds=kinds)
    names = names_of(one.updated_by for one in lines)
    found = [_on_desk(one, names) for one in lines]
    return sorted(
        found, key=lambda one: (not one.waits_for_me, not one.line.open_comments, FIRST[one.line.state])
    )


def waits_for(line: DraftLine, person_id: str) -> bool:
    """Whether this person is the one to act: the authors mend, somebody else checks."""
    mine = person_id in line.authors
    return (line.state is DraftState.REVIEW and not mine) or (line.state is DraftState.RETURNED and mine)


def known_of(scoring_id: str | None) -> Known | None:
    parts = [one for one in _parts(scoring_id) if one.get("persons")]
    if not parts:
        return None
    largest = max(parts, key=lambda one: int(one["persons"]))
    alphas = [one["alpha"] for one in largest.get("reliability", {}).values() if one.get("alpha") is not None]
    return Known(int(largest["persons"]), min(alphas, default=None))


def _parts(scoring_id: str | None) -> list[Mapping[str, Any]]:
    if scoring_id is None:
        return []
    bodies = [catalogue.calibration(one.id) for one in catalogue.calibrations_about(scoring_id)]
    return [body.get("scorings", {}).get(scoring_id, {}) for body in bodies]


def _on_desk(line: DraftLine, names: Mapping[str, str]) -> OnDesk:
    state, tag = DRAFT_STATES[line.state]
    own = waits_for(line, me())
    return OnDesk(
        line=line,
        state=_(state),
        tag=tag,
        kind=_(KINDS[line.kind]),
        href=edit_href(line.id, line.kind),
        waits_for_me=own,
        updated_by=names.get(line.updated_by, ""),
    )
