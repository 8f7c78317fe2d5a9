"""Who may do what: used by the web, the console and the worker alike. Deny by default."""

from __future__ import annotations

from diagnostics.access.actor import NOBODY, Actor, Thing
from diagnostics.access.decide import Forbidden, allowed, require
from diagnostics.access.permissions import Permission

__all__ = ["NOBODY", "Actor", "Forbidden", "Permission", "Thing", "allowed", "require"]
