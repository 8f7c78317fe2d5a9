"""The translator that report functions receive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_TEN, _HUNDRED = 10, 100
_TEENS = range(11, 15)
_FEW = range(2, 5)


def mark(msgid: str) -> str:
    """Name a message for extraction where it is stored, not yet said."""
    return msgid


def russian_form(n: int, one: str, few: str, many: str) -> str:
    """The form of a counted noun: 1 задание, 2 задания, 5 заданий, 11 заданий, 21 задание."""
    n = abs(n)
    if n % _HUNDRED in _TEENS:
        return many
    if n % _TEN == 1:
        return one
    return few if n % _TEN in _FEW else many


def _same(msgid: str) -> str:
    return msgid


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one language; without arguments, Russian straight from the message ids.

    translate  gettext of the catalogue
    plural     ngettext of the catalogue; None = the Russian rule on the three forms in place
    decimal    decimal separator
    """

    translate: Callable[[str], str] = _same
    plural: Callable[[str, str, int], str] | None = None
    decimal: str = ","

    def say(self, msgid: str, **parameters: Any) -> str:
        text = self.translate(msgid)
        return text % parameters if parameters else text

    def count(self, n: int, one: str, few: str, many: str, **parameters: Any) -> str:
        """One of the forms, filled with `n` and `parameters`."""
        text = self.plural(one, many, n) if self.plural else russian_form(n, one, few, many)
        return text % {"n": n, **parameters}
