"""The work of the benchmarks: thirty questions of the shipped test, and an answer to each."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from diagnostics.catalogue import actions as catalogue
from diagnostics.catalogue import queries
from diagnostics.catalogue.models import VersionKind
from diagnostics.measurement.method import Method
from instruments.bundled import bundled
from instruments.document import Instrument

SHIPPED, FRAMEWORK = "test.method", "dpo"
MORE = 2  # questions that each section of form A gets from form B


def thirty() -> Instrument:
    """Form A of the shipped test with six questions of form B: thirty in three sections."""
    shipped = bundled("instrument")[SHIPPED]
    first, second = shipped.forms
    sections = []
    for one, other in zip(first.sections, second.sections, strict=True):
        new = [code for code in other.items if code not in one.items][:MORE]
        sections.append(one.model_copy(update={"items": (*one.items, *new)}))
    longer = first.model_copy(update={"sections": tuple(sections)})
    return shipped.model_copy(update={"code": "bench.thirty", "forms": (longer, second)})


@cache
def answers() -> dict[str, Any]:
    """An answer to each of the thirty, in order."""
    return {item.code: _answer(item) for item in thirty().form_items("A")}


def _answer(item: Any) -> Any:
    if item.type == "number":
        return 12
    if item.type == "multiple":
        return [one.code for one in item.options[: item.choose or 2]]
    return item.options[0].code


def publish() -> tuple[str, str, str]:
    """Ids of instrument, scoring and framework."""
    framework = bundled("framework")[FRAMEWORK]
    model = catalogue.publish_framework(framework, actor_id=None)
    scoring = next(one for one in bundled("scoring").values() if one.instrument == SHIPPED)
    scoring = scoring.model_copy(update={"code": "bench.thirty", "instrument": "bench.thirty"})
    asked, scored = catalogue.publish_instrument(thirty(), scoring, framework, actor_id=None)
    if not queries.published(VersionKind.METHOD):
        catalogue.publish_method(json.loads(Method().to_json()), actor_id=None)
    return asked.id, scored.id, model.id
