"""Everything that stands beside the questions, filled into them once the questions and the forms are known."""

from __future__ import annotations

from collections.abc import Mapping

from instruments.formats.arrived import Gathered
from instruments.formats.workbook.cases import read_cases
from instruments.formats.workbook.critical import read_critical
from instruments.formats.workbook.headings import Table
from instruments.formats.workbook.matrices import read_matrices
from instruments.formats.workbook.rubrics import read_rubrics
from instruments.formats.workbook.tables import read_tables
from instruments.formats.workbook.wordings import read_wordings
from instruments.framework import Framework


def read_asides(
    questions: Table, tables: Mapping[str, Table | None], gathered: Gathered, framework: Framework | None
) -> None:
    """`tables` by the code of their sheet; None where the file has none."""
    read_wordings(questions, gathered)
    read_tables(tables["tables"], gathered)
    read_rubrics(tables["rubrics"], gathered)
    read_cases(tables["cases"], gathered)
    read_matrices(tables["matrices"], gathered)
    read_critical(tables["critical"], gathered, framework)
