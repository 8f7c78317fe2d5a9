"""XLSX, ODS and CSV ↔ instrument and scoring."""

from __future__ import annotations

from instruments.formats.arrived import Cell, Origin, PlacedProblem, Read, Work
from instruments.formats.workbook.opening import kind_of, read_workbook
from instruments.formats.workbook.saving import write_workbook
from instruments.formats.workbook.template import template

__all__ = [
    "Cell",
    "Origin",
    "PlacedProblem",
    "Read",
    "Work",
    "kind_of",
    "read_workbook",
    "template",
    "write_workbook",
]
