"""Classes and numbers of pupils as people type them, one class a line: «7А 25», «7 А — 25», «10Б: 18 чел.»."""

from __future__ import annotations

import re
from collections.abc import Iterable

from diagnostics.campaigns.actions.assessments import PUPIL, Asked
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.errors import FieldRefused

MOST_CLASSES = 60
_LINE = re.compile(r"^(?P<label>.*?\S)[\s:;,—–-]+(?P<number>\d{1,6})\s*(?:чел\.?|человек\w*|учен\w*)?\.?$")


def read_classes(text: str, way: CircleWay = CircleWay.CODES) -> list[Asked]:
    """Circles of pupils; empty lines are skipped.

    FieldRefused `classes_unclear` with the number of the line, `too_many_classes`, `circle_twice`.
    """
    lines = [(place, line.strip()) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_CLASSES:
        raise FieldRefused("too_many_classes", field="classes", most=MOST_CLASSES)
    found = [_class(place, line, way) for place, line in lines]
    labels = [one.label.casefold() for one in found]
    for label in labels:
        if labels.count(label) > 1:
            raise FieldRefused("circle_twice", field="classes", label=label.upper())
    return found


def written(circles: Iterable[tuple[str, int]]) -> str:
    """The same text from (label, expected): last year's classes stand in the launcher beforehand."""
    return "\n".join(f"{label} {expected}" for label, expected in circles if label)


def _class(place: int, line: str, way: CircleWay) -> Asked:
    matched = _LINE.match(line)
    if matched is None:
        raise FieldRefused("classes_unclear", field="classes", line=place)
    label = re.sub(r"(?<=\d)\s+(?=\w\b)", "", " ".join(matched["label"].split())).rstrip(" :;,—–-")
    return Asked(PUPIL, int(matched["number"]), way, label)
