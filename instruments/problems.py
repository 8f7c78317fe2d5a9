"""A mistake of a document: where it stands, a stable code, and its sentence from one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from instruments.words import DOCUMENT_PROBLEMS, Translate, sentence, unchanged


class Severity(StrEnum):
    ERROR = "error"  # cannot be published
    WARNING = "warning"  # a methodologist should look


@dataclass(frozen=True, slots=True)
class Problem:
    """`where`: path of codes («items.M01.options.b»); line and column (from 1) when read from a file."""

    where: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    line: int | None = None
    column: int | None = None

    def sentence(self, translate: Translate = unchanged) -> str:
        return sentence(self.code, self.params, DOCUMENT_PROBLEMS, translate)


class DocumentError(Exception):
    """A document cannot be read; `problems` tells all that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.where or '-'}: {problem.code}" for problem in self.problems))


def error(where: str, code: str, /, **params: object) -> Problem:
    return Problem(where, code, params)


def warning(where: str, code: str, /, **params: object) -> Problem:
    return Problem(where, code, params, Severity.WARNING)


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
