"""What a person writes into one cell or after one mark, and back: numbers, codes, keys, competences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from instruments.formats.vocabulary import FLAGS, folded
from instruments.framework import Framework
from instruments.texts import SOURCE_LANGUAGE

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/\-]{0,63}")
LETTERS = "АБВГДЕЖЗИК"
LATIN = "ABCDEFGHIJ"
CODES = "abcdefghij"

_LOOKALIKE = str.maketrans("АВСЕНК", "ABCEHK")  # typed in Russian, meant in Latin
_KNOWN: dict[int, tuple[Framework, dict[str, str]]] = {}  # by identity: models cannot be hashed
_MOST_KNOWN = 16
_SPACES = re.compile("[ \u00a0\u2009\u202f]")
_NUMBER = re.compile(
    r"[+\-−–]?(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d{1,18})(?:[.,]\d{1,18})?(?:[eE][+-]?\d{1,3})?|[+\-−–]?[.,]\d{1,18}"
)
_TOLERANCE = re.compile(r"\s*(?:±|\+/-|\+-|допуск)\s*")
_WEIGHT = re.compile(
    r"(?P<name>.+?)(?:\s*[:=×*]\s*|\s+)(?P<weight>\d+(?:[.,]\d+)?)\s*(?P<percent>%?)", re.DOTALL
)


def number_of(said: str) -> int | float | None:
    """The number that was written, with a comma or a point; None when it is none."""
    said = said.strip()
    if not _NUMBER.fullmatch(said):
        return None
    plain = _SPACES.sub("", said).replace(",", ".").replace("−", "-").replace("–", "-")
    number = float(plain)
    if number in (float("inf"), float("-inf")):
        return None
    whole = re.fullmatch(r"[+-]?\d+", plain)
    return int(plain) if whole else number


def written(number: float, language: str = SOURCE_LANGUAGE) -> str:
    """The shortest writing that reads back to the same number."""
    plain = repr(number)
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e15:  # noqa: PLR2004  whole numbers need no «,0»
        plain = str(int(number))
    return plain.replace(".", ",") if language == SOURCE_LANGUAGE else plain


def flag_of(said: str) -> bool | None:
    code = FLAGS.code(said)
    return None if code is None else code == "yes"


def list_of(said: str) -> list[str]:
    """Members of a list written with commas, semicolons or on lines of their own."""
    return [part.strip() for part in re.split(r"[,;\n]", said) if part.strip()]


def number_key_of(said: str) -> dict[str, float] | None:
    """«12 ± 0,5» → value and tolerance."""
    parts = _TOLERANCE.split(said.strip())
    numbers = [number_of(part) for part in parts]
    if len(numbers) > 2 or None in numbers:  # noqa: PLR2004  the value and the tolerance
        return None
    key: dict[str, float] = {"value": numbers[0] or 0}
    if len(numbers) > 1 and numbers[1]:
        key["tolerance"] = numbers[1]
    return key


def written_number_key(key: Mapping[str, float]) -> str:
    tolerance = key.get("tolerance")
    return f"{written(key['value'])} ± {written(tolerance)}" if tolerance else written(key["value"])


class Labels:
    """How the options of one item may be named: by code, or by the letter or number of their place."""

    def __init__(self, codes: Sequence[str], labels: Sequence[str] | None = None) -> None:
        self.codes = tuple(codes)
        self._russian = labels is None or any(label in LETTERS for label in labels)
        named = labels if labels is not None else LETTERS[: len(self.codes)]
        self._labels = {label.casefold(): code for label, code in zip(named, self.codes, strict=False)}

    def code(self, said: str) -> str | None:
        if said.strip() in self.codes:
            return said.strip()
        said = said.strip().rstrip(").").strip()
        if said in self.codes:
            return said
        if said.casefold() in self._labels:
            return self._labels[said.casefold()]
        if not self._russian and said.upper().translate(_LOOKALIKE).casefold() in self._labels:
            return self._labels[said.upper().translate(_LOOKALIKE).casefold()]
        place = LATIN.find(said.upper()) if len(said) == 1 else -1
        if 0 <= place < len(self.codes) and not self.is_doubtful(said):
            return self.codes[place]
        return None

    def is_doubtful(self, said: str) -> bool:
        """A capital Latin B or E beside Russian letters: «В» and «Е» look the same and mean another place."""
        return self._russian and said.strip() in ("B", "E", "H", "K")

    def known(self) -> str:
        return ", ".join(label.upper() for label in self._labels) or ", ".join(self.codes)


def competences_of(said: str, framework: Framework | None) -> tuple[dict[str, float], list[str]]:
    """Weights by code, and what is no competence of the framework. Without weights all weigh the same."""
    names = _names(framework)
    found: dict[str, float | None] = {}
    unknown = []
    for part in _competence_parts(said, names):
        code, weight = _competence(part, names)
        if code is None:
            unknown.append(part)
        else:
            found[code] = weight
    return _weighed(found), unknown


def _weighed(found: Mapping[str, float | None]) -> dict[str, float]:
    share = 1 / len(found) if found and all(weight is None for weight in found.values()) else 1
    return {code: _whole(share if weight is None else weight) for code, weight in found.items()}


def _whole(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _competence_parts(said: str, names: Mapping[str, str]) -> Iterable[str]:
    """Parted by semicolons and lines; by commas only where that gives names that are known."""
    for part in re.split(r"[;\n]", said):
        if not part.strip():
            continue
        smaller = [small.strip() for small in re.split(r",(?!\d)", part) if small.strip()]
        known = len(smaller) > 1 and all(_competence(small, names)[0] for small in smaller)
        yield from smaller if known else [part.strip()]


def _competence(said: str, names: Mapping[str, str]) -> tuple[str | None, float | None]:
    if folded(said) in names:
        return names[folded(said)], None
    head = said.split(maxsplit=1)[0].rstrip(":,.—–")
    parted = _WEIGHT.fullmatch(said)
    if parted and folded(parted["name"]) in names:
        weight = float(parted["weight"].replace(",", "."))
        return names[folded(parted["name"])], weight / 100 if parted["percent"] else weight
    if not names and CODE.fullmatch(head):  # a model that is not known here: codes are taken on trust
        return head, float(parted["weight"].replace(",", ".")) if parted else None
    after = said[len(head) :].strip(" :,.—–-")
    if folded(head) in names and folded(after) in names and names[folded(head)] == names[folded(after)]:
        return names[folded(head)], None  # «METH.3 — Методы обучения», both of one competence
    return None, None


def _names(framework: Framework | None) -> dict[str, str]:
    """Names of the competences, found once for all items of a file."""
    if framework is None:
        return {}
    kept = _KNOWN.get(id(framework))
    if kept is None or kept[0] is not framework:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[id(framework)] = kept = (framework, _named(framework))
    return kept[1]


def _named(framework: Framework) -> dict[str, str]:
    """Codes and titles in every language; a title that two nodes share is no name."""
    titles: dict[str, str] = {}
    doubled = set()
    for node in framework.nodes:
        for title in {folded(title) for title in node.title.values()}:
            if title in titles:
                doubled.add(title)
            titles[title] = node.code
    kept = {title: code for title, code in titles.items() if title not in doubled}
    return kept | {folded(node.code): node.code for node in framework.nodes}


def written_competences(weights: Mapping[str, Any]) -> str:
    if len(weights) == 1 and next(iter(weights.values())) == 1:
        return next(iter(weights))
    return "; ".join(f"{code} {written(weight)}" for code, weight in weights.items())
