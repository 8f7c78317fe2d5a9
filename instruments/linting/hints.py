"""One remark: where, what, and its sentence, which also says what to do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from instruments.linting.words import HINTS
from instruments.problems import Problem, Severity
from instruments.words import Translate, sentence, unchanged


@dataclass(frozen=True, slots=True)
class Hint(Problem):
    """A problem that never stands in the way; lists of problems show it as they show warnings.

    `item`: code of the item it is about; "" for one about the whole work.
    """

    severity: Severity = Severity.WARNING
    item: str = ""

    def sentence(self, translate: Translate = unchanged) -> str:
        return sentence(self.code, self.params, HINTS, translate)


def hint(where: str, code: str, /, **params: object) -> Hint:
    return Hint(where, code, params)


def placed(found: Hint, codes: Collection[str]) -> Hint:
    """The hint with its item: the longest code that its place begins with, for codes may have dots."""
    head, *names = found.where.split(".")
    if head != "items":
        return found
    codes_here = (".".join(names[:n]) for n in range(len(names), 0, -1))
    return replace(found, item=next((code for code in codes_here if code in codes), ""))
