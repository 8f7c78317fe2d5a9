"""What an administrator reaches: the places under their roles."""

from __future__ import annotations

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from diagnostics.people.models import NodeKind, Role
from diagnostics.people.queries.places import Place, places
from diagnostics.web import guard


def paths() -> tuple[str, ...]:
    return guard.actor().paths(Role.ADMINISTRATOR)


def reachable(*kinds: NodeKind) -> list[Place]:
    """Open places of the administrator, each after the one it belongs to."""
    found = places(paths(), *kinds)
    by_id = {one.id: one for one in found}

    def trail(one: Place) -> list[str]:
        above = trail(by_id[one.parent_id]) if one.parent_id in by_id else []
        return [*above, one.name]

    return sorted(found, key=trail)


def roots() -> list[Place]:
    """The places of the roles themselves."""
    return [one for one in places(paths()) if one.path in paths()]


def depth(one: Place) -> int:
    return one.path.strip("/").count("/")


def fill(field: SelectField, *kinds: NodeKind, empty: str = "") -> None:
    """The reachable places as choices, indented by their depth."""
    field.choices = [SelectChoice("", empty)] + [
        SelectChoice(one.id, "\u2003" * depth(one) + one.short_name) for one in reachable(*kinds)
    ]
