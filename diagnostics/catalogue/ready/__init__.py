"""What a methodologist may begin with: nothing but headings, or one of three examples that publish as they stand."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from diagnostics import clock
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.database import Json
from diagnostics.errors import Missing
from diagnostics.identifiers import new_id
from instruments.formats.yaml import read_document
from instruments.versions import canonical_json

#: Names of the examples: a test with two forms, situations from school life, a questionnaire of opinions.
EXAMPLES = ("test", "situations", "survey")
DPO, LEVELS = "dpo", "levels3"


def example(name: str) -> Json:
    """{instrument, scoring} of an example with a code of its own; Missing for another name."""
    if name not in EXAMPLES:
        raise Missing
    body: Json = json.loads(_example(name))
    return under_new_code(body)


def under_new_code(body: Json) -> Json:
    """The same documents as another work."""
    code = _new_code("work")
    body["instrument"]["code"] = code
    body["scoring"] |= {"code": code, "instrument": code}
    return body


def empty(kind: DraftKind, title: str) -> Json:
    """Headings without a question; a framework without a competence."""
    if kind is DraftKind.FRAMEWORK:
        return {"framework": _framework(title)}
    code = _new_code("work")
    return {"instrument": _instrument(code, title), "scoring": _scoring(code)}


@cache
def _example(name: str) -> str:
    folder = files(__package__)
    body = {
        kind: json.loads(canonical_json(read_document((folder / f"{name}.{kind}.yaml").read_bytes())))
        for kind in ("instrument", "scoring")
    }
    return json.dumps(body)


def _instrument(code: str, title: str) -> Json:
    return {
        "kind": "instrument",
        "code": code,
        "title": {"ru": title},
        "purpose": {"ru": ""},
        "instructions": {"ru": ""},
        "audience": "teacher",
        "minutes": 20,
        "languages": ["ru"],
        "passport": {"authors": "", "licence": "CC BY 4.0", "year": clock.now().year},
        "forms": [
            {
                "code": "A",
                "title": {"ru": "Вариант А"},
                "sections": [{"code": "S1", "title": {"ru": "Задания"}, "items": []}],
            }
        ],
        "items": [],
    }


def _scoring(code: str) -> Json:
    return {
        "kind": "scoring",
        "code": code,
        "instrument": code,
        "framework": DPO,
        "preset": LEVELS,
        "items": {},
    }


def _framework(title: str) -> Json:
    return {
        "kind": "framework",
        "code": _new_code("model"),
        "version": "1",
        "title": {"ru": title},
        "source": "",
        "licence": "CC BY 4.0",
        "nodes": [],
    }


def _new_code(stem: str) -> str:
    return f"{stem}.{new_id()[:8].lower()}"
