"""The columns of a sheet of places: how their heads and the kinds of places may be spelled."""

from __future__ import annotations

from collections.abc import Sequence

from diagnostics.errors import FieldRefused
from diagnostics.people import names
from diagnostics.people.models import NodeKind

#: A row with its number in the file, and its cells.
Row = tuple[int, tuple[str, ...]]

#: Column → spellings of its head, folded; the first is what «Скачать в Excel» writes.
HEADS: dict[str, tuple[str, ...]] = {
    "kind": ("что это", "вид", "тип", "kind"),
    "region": ("регион", "region"),
    "municipality": ("муниципалитет", "район", "municipality"),
    "code": ("код", "код школы", "код организации", "code"),
    "name": ("полное название", "название", "организация", "школа", "full name", "name"),
    "short_name": ("короткое название", "краткое название", "short name"),
    "zone": ("часовой пояс", "time zone", "zone"),
}
KIND_WORDS: dict[str, NodeKind] = {
    "регион": NodeKind.REGION,
    "муниципалитет": NodeKind.MUNICIPALITY,
    "школа": NodeKind.SCHOOL,
    "институт": NodeKind.INSTITUTE,
    **{kind.value: kind for kind in NodeKind},
}


def head_of(rows: Sequence[Row]) -> tuple[dict[str, int], tuple[str, ...], Sequence[Row]]:
    """The first row that has a column with the name, its columns, and the rows after it."""
    for index, (_, cells) in enumerate(rows):
        columns: dict[str, int] = {}
        unknown = []
        for place, cell in enumerate(cells):
            name = next((name for name, heads in HEADS.items() if names.fold(cell) in heads), None)
            if name is None or name in columns:
                unknown += [cell] if cell else []
            else:
                columns[name] = place
        if "name" in columns and len(columns) > 1:
            return columns, tuple(unknown), rows[index + 1 :]
    raise FieldRefused("places_no_head", field="file")
