"""Are two plain documents documents? Every mistake of their shapes."""

from __future__ import annotations

from diagnostics.web.authoring.editing.entry import Documents
from instruments.formats.limits import Source
from instruments.formats.shapes import shape
from instruments.problems import DocumentError, Problem


def shape_problems(documents: Documents) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    for kind, data in (("instrument", documents.instrument), ("scoring", documents.scoring)):
        try:
            shape(Source({**data, "kind": kind}, {}))
        except DocumentError as wrong:
            problems += wrong.problems
    return tuple(problems)
