"""The tree of places: region → municipality → school or institute; a path of ids carries the scope."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import Json, session
from diagnostics.errors import Conflict, FieldRefused
from diagnostics.people import checks, names
from diagnostics.people.models import Membership, NodeKind, OrgNode

LONGEST_NAME = 300
LONGEST_CODE = 40
#: Of an operator; `operator_…` fill the braces of the consent, `director` signs documents.
REQUISITES = (
    "operator_name",
    "operator_address",
    "operator_inn",
    "operator_ogrn",
    "operator_contact",
    "director",
)
#: What a place of a kind may stand in; None = at the top.
PARENTS: dict[NodeKind, frozenset[NodeKind | None]] = {
    NodeKind.REGION: frozenset({None}),
    NodeKind.MUNICIPALITY: frozenset({NodeKind.REGION}),
    NodeKind.SCHOOL: frozenset({NodeKind.MUNICIPALITY, NodeKind.REGION}),
    NodeKind.INSTITUTE: frozenset({NodeKind.REGION, NodeKind.MUNICIPALITY, None}),
}


def create(
    *,
    kind: NodeKind,
    parent_id: str | None,
    name: str,
    short_name: str = "",
    code: str | None = None,
    zone: str | None = None,
    requisites: Json | None = None,
    actor_id: str | None,
) -> OrgNode:
    """A new place.

    Raises
    ------
    FieldRefused
        `value_empty`, `value_too_long`, `zone_unknown`, `parent_unfit`, `unknown_field` (of the requisites).
    Conflict
        `code_taken`.
    """
    parent = checks.open_place(parent_id) if parent_id else None
    _refuse_unfit(kind, parent)
    full, short = _names(name, short_name)
    node = OrgNode(
        kind=kind,
        parent_id=parent_id,
        path="",
        name=full,
        short_name=short,
        code=_free_code(code),
        zone=checks.zone(zone),
        requisites=_requisites(requisites),
        created_at=clock.now(),
    )
    node.path = f"{parent.path if parent else '/'}{node.id}/"
    session.add(node)
    session.flush()
    audit.record("place.create", actor_id=actor_id, kind="node", object_id=node.id, after=_facts(node))
    return node


def rename(
    node_id: str,
    *,
    name: str,
    short_name: str = "",
    code: str | None = None,
    zone: str | None = None,
    requisites: Json | None = None,
    actor_id: str | None,
) -> None:
    """The place's own facts anew, all of them; its position in the tree is `move`'s business."""
    node = checks.open_place(node_id)
    before = _facts(node)
    node.name, node.short_name = _names(name, short_name)
    node.code = _free_code(code, but=node_id)
    node.zone = checks.zone(zone)
    node.requisites = _requisites(requisites)
    session.flush()
    audit.record(
        "place.change", actor_id=actor_id, kind="node", object_id=node_id, before=before, after=_facts(node)
    )


def move(node_id: str, *, parent_id: str | None, actor_id: str | None) -> int:
    """Put the place under another one, with everything below it; rights follow at once.

    Returns how many places got a new path. Raises FieldRefused `parent_unfit`: the kinds
    that fit each other leave no way to stand below oneself.
    """
    node = checks.open_place(node_id)
    parent = checks.open_place(parent_id) if parent_id else None
    _refuse_unfit(node.kind, parent)
    old, new = node.path, f"{parent.path if parent else '/'}{node.id}/"
    if old == new:
        return 0
    node.parent_id = parent_id
    session.flush()
    changed = session.execute(
        sa.update(OrgNode)
        .where(OrgNode.path.startswith(old, autoescape=True))
        .values(path=sa.literal(new) + sa.func.substr(OrgNode.path, len(old) + 1)),
        execution_options={"synchronize_session": False},
    )
    session.expire_all()
    audit.record("place.move", actor_id=actor_id, kind="node", object_id=node_id, before=old, after=new)
    return int(changed.rowcount)  # type: ignore[attr-defined]  # CursorResult for DML


def close(node_id: str, *, on: date | None = None, actor_id: str | None) -> None:
    """The place works no more; what happened there stays readable.

    Raises
    ------
    Conflict
        `place_has_places`, `place_has_people`: close or move those first.
    """
    node = checks.open_place(node_id)
    day = checks.day(on, field="on")
    below = _count(OrgNode.parent_id == node_id, OrgNode.closed_on.is_(None))
    if below:
        raise Conflict("place_has_places", number=below)
    working = _count(
        Membership.node_id == node_id, sa.or_(Membership.until.is_(None), Membership.until > day)
    )
    if working:
        raise Conflict("place_has_people", number=working)
    node.closed_on = day
    session.flush()
    audit.record("place.close", actor_id=actor_id, kind="node", object_id=node_id, after=day.isoformat())


def _refuse_unfit(kind: NodeKind, parent: OrgNode | None) -> None:
    if (parent.kind if parent else None) not in PARENTS[kind]:
        raise FieldRefused("parent_unfit", field="parent_id")


def _names(name: str, short_name: str) -> tuple[str, str]:
    full = names.clean(name, field="name", longest=LONGEST_NAME)
    short = names.clean(short_name, field="short_name", required=False, longest=LONGEST_NAME)
    return full, short or full


def _free_code(code: str | None, *, but: str = "") -> str | None:
    """A code is a string: leading zeros matter."""
    found = names.clean(code or "", field="code", required=False, longest=LONGEST_CODE) or None
    if found and _count(OrgNode.code == found, OrgNode.id != but):
        raise Conflict("code_taken", field="code", value=found)
    return found


def _requisites(given: Json | None) -> Json | None:
    if given is None:
        return None
    unknown = sorted(given.keys() - set(REQUISITES))
    if unknown:
        raise FieldRefused("unknown_field", field=unknown[0])
    kept = {
        name: names.clean(str(value), field=name, required=False, longest=LONGEST_NAME)
        for name, value in given.items()
        if value
    }
    return {name: value for name, value in kept.items() if value} or None


def _facts(node: OrgNode) -> Json:
    return {
        "kind": node.kind.value,
        "path": node.path,
        "name": node.name,
        "short_name": node.short_name,
        "code": node.code,
        "zone": node.zone,
        "requisites": node.requisites,
    }


def _count(*conditions: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).where(*conditions)) or 0
