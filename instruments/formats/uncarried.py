"""What a file does not hold of a work, found by comparing what was read from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from instruments.formats.arrived import Read, Work
from instruments.formats.workbook.extras import leaves
from instruments.words import N_, Translate, unchanged

_NO_PLACE = N_("для этого в файле нет места: %(field)s")
_WHOLE = N_("задание не поместилось целиком")


class Left(NamedTuple):
    """`item` is "" for the work as a whole; `field` is a path of fields, "" for the whole item."""

    item: str
    field: str

    def reason(self, translate: Translate = unchanged) -> str:
        return translate(_NO_PLACE) % {"field": self.field} if self.field else translate(_WHOLE)


def uncarried(work: Work, read: Read) -> tuple[Left, ...]:
    """Everything of the work that does not come back the same."""
    mine, theirs = _parts(work.instrument), _parts(read.instrument)
    found = _left(mine, theirs)
    if work.scoring is not None:
        found += _left(_parts(work.scoring), _parts(read.scoring))
    return tuple(dict.fromkeys(found))


def _parts(document: Any) -> dict[str, dict[str, Any]]:
    """Plain data by item code; that of the work as a whole under ""."""
    if document is None:
        return {"": {}}
    data = document.model_dump(mode="json", exclude_defaults=True)
    items = data.pop("items")
    named = items if isinstance(items, Mapping) else {item["code"]: item for item in items}
    return {"": data, **named}


def _left(mine: Mapping[str, dict[str, Any]], theirs: Mapping[str, dict[str, Any]]) -> list[Left]:
    found = []
    for code, part in mine.items():
        if code not in theirs:
            found.append(Left(code, ""))
            continue
        others = dict(leaves(theirs[code]))
        found += [Left(code, path) for path, value in leaves(part) if part and others.get(path) != value]
    return found
