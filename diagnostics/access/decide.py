from __future__ import annotations

from diagnostics.access.actor import Actor, Thing
from diagnostics.access.permissions import Permission
from diagnostics.access.table import TABLE
from diagnostics.errors import DomainError, Missing

NOTHING = Thing(kind="nothing", id="")


class Forbidden(DomainError):  # noqa: N818 - reads as the answer it gives
    """The screen exists for other roles: said openly, because no object is revealed by it."""

    status = 403

    def __init__(self, permission: Permission) -> None:
        super().__init__("forbidden", permission=permission.value)
        self.permission = permission


def allowed(actor: Actor, permission: Permission, thing: Thing = NOTHING) -> bool:
    rules = TABLE.get(permission, ())
    return any(all(predicate(actor, thing) for predicate in rule) for rule in rules)


def require(actor: Actor, permission: Permission, thing: Thing = NOTHING) -> None:
    """Return silently or raise: Missing hides an object from strangers, Forbidden names a closed screen."""
    if allowed(actor, permission, thing):
        return
    if thing is NOTHING:
        raise Forbidden(permission)
    raise Missing
