"""What arrives from a file that a person made: documents, and every mistake with its place in that file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from instruments.document import Instrument
from instruments.formats.words import AT_CELL, AT_COLUMN, AT_LINE, AT_ROW, AT_SHEET, FILE_PROBLEMS
from instruments.problems import Problem, Severity
from instruments.scoring import Scoring
from instruments.words import DOCUMENT_PROBLEMS, Translate, sentence, unchanged

INSTRUMENT, SCORING = "instrument", "scoring"
ITEM, ENTRY, SECTION = "item", "entry", "section"  # parts of them, where it matters which can be said


class Cell(NamedTuple):
    """A place in the file; rows, lines and columns count from 1. `sheet` is "" in a text."""

    sheet: str = ""
    row: int | None = None
    heading: str | None = None
    column: int | None = None

    def words(self, translate: Translate = unchanged) -> str:
        """«Вопросы, строка 12, столбец „Ключ“»; "" for the file as a whole."""
        facts = {"sheet": self.sheet, "row": self.row, "column": self.heading}
        if not self.sheet:
            return translate(AT_LINE) % facts if self.row else f"„{self.heading}“" if self.heading else ""
        if self.row is None:
            return translate(AT_COLUMN if self.heading else AT_SHEET) % facts
        return translate(AT_CELL if self.heading else AT_ROW) % facts


NOWHERE = Cell()


@dataclass(frozen=True, slots=True)
class PlacedProblem(Problem):
    """`where` is the place in words, `path` that of codes («items.M01.key») where one is known."""

    path: str = ""
    cell: Cell = NOWHERE

    def sentence(self, translate: Translate = unchanged) -> str:
        if self.code in FILE_PROBLEMS:
            return sentence(self.code, self.params, FILE_PROBLEMS, translate)
        return Problem.sentence(self, translate)

    def place(self, translate: Translate = unchanged) -> str:
        return self.cell.words(translate) or self.path


def at(cell: Cell, code: str, path: str = "", /, **params: object) -> PlacedProblem:
    """An error at a place of the file."""
    return PlacedProblem(
        cell.words() or path, code, params, line=cell.row, column=cell.column, path=path, cell=cell
    )


def notice(cell: Cell, code: str, path: str = "", /, **params: object) -> PlacedProblem:
    """A warning at a place of the file."""
    return PlacedProblem(
        cell.words() or path, code, params, Severity.WARNING, cell.row, cell.column, path=path, cell=cell
    )


def placed(problem: Problem, cell: Cell) -> PlacedProblem:
    """A problem of a document, at the cell that holds what is wrong."""
    return PlacedProblem(
        cell.words() or problem.where, problem.code, problem.params, problem.severity, cell.row, cell.column,
        path=problem.where, cell=cell,
    )  # fmt: skip


class FileRefused(Exception):  # noqa: N818 - a refusal, as the house names them
    """The file cannot be read at all; `problem` says why and where."""

    def __init__(self, code: str, cell: Cell = NOWHERE, **params: object) -> None:
        self.problem = at(cell, code, **params)
        super().__init__(self.problem.sentence())


class Origin(NamedTuple):
    """How the file was understood: `kind` xlsx, ods, csv, csv.zip, txt, aiken, docx; the rest for texts."""

    kind: str
    encoding: str | None = None
    delimiter: str | None = None


UNKNOWN = Origin("")


class Work(NamedTuple):
    """Questions and, where there are any, their keys."""

    instrument: Instrument
    scoring: Scoring | None = None


# (document or part of one, field, language or ""): what a file is able to say
Held = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read as far as it could be.

    instrument, scoring: without the items that could not be read; None where nothing could.
    rows: item code → row of «Вопросы» or line of the text.
    given: codes that the reader gave, because the file had none (or a taken one).
    held: what the file has room for; a merge leaves alone whatever it does not hold.
    left_out: item codes that could not be read.
    """

    instrument: Instrument | None
    scoring: Scoring | None
    problems: tuple[PlacedProblem, ...]
    rows: Mapping[str, int] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    held: frozenset[Held] = frozenset()
    left_out: tuple[str, ...] = ()
    origin: Origin = UNKNOWN


def refused(refusal: FileRefused, origin: Origin = UNKNOWN) -> Read:
    return Read(None, None, (refusal.problem,), origin=origin)


@dataclass(slots=True)
class Gathered:
    """Plain data of both documents on its way to become a `Read`; `marks`: path of codes → cell."""

    instrument: dict[str, object]
    scoring: dict[str, object] | None
    marks: dict[tuple[str, str], Cell] = field(default_factory=dict)
    problems: list[PlacedProblem] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    held: set[Held] = field(default_factory=set)

    def mark(self, document: str, path: str, cell: Cell) -> None:
        self.marks.setdefault((document, path), cell)

    def cell(self, document: str, path: str) -> Cell:
        """The cell of the path, else of the nearest thing around it (codes may hold points themselves)."""
        while path:
            if (document, path) in self.marks:
                return self.marks[document, path]
            path = path.rpartition(".")[0]
        return self.marks.get((document, ""), NOWHERE)


_CONSEQUENCES = {
    "no_key",
    "no_competence",
    "key_shape_single",
    "key_shape_multiple",
    "text_missing",
    "rationale_missing",
}


def _telling(problems: list[PlacedProblem]) -> Iterator[PlacedProblem]:
    """Without what only follows from a cell that could not be read."""
    unread = {
        one.cell for one in problems if one.severity is Severity.ERROR and one.code not in DOCUMENT_PROBLEMS
    }
    return (one for one in problems if not (one.cell in unread and one.code in _CONSEQUENCES))


def in_order(problems: Iterable[PlacedProblem]) -> tuple[PlacedProblem, ...]:
    """One of each, sheet by sheet from the top."""
    unique = {(one.cell, one.path, one.code, str(one.params)): one for one in _telling(list(problems))}
    sheets = {
        sheet: place for place, sheet in enumerate(dict.fromkeys(one.cell.sheet for one in unique.values()))
    }
    return tuple(
        sorted(
            unique.values(),
            key=lambda one: (sheets[one.cell.sheet], one.cell.row or 0, one.cell.column or 0),
        )
    )
