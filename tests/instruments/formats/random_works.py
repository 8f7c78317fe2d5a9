"""Random works of every type, with all that types and works may say."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

from instruments.document import Instrument
from instruments.formats.arrived import Work
from instruments.scoring import Scoring

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=30
).filter(lambda words: words.strip() != "")
TEXTS = st.dictionaries(st.sampled_from(["ru", "en"]), WORDS, min_size=1)
CODES = st.text(string.ascii_letters + string.digits, min_size=1, max_size=6)
SEVERAL = st.lists(CODES, min_size=2, max_size=5, unique=True) | st.just(["a", "b", "c"])
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: number + 0.0)  # −0 is 0 in a spreadsheet
OPT_OUT = st.booleans() | TEXTS
SHUFFLES = st.sampled_from(["none", "items", "options", "both"])
FORMS, NODES = ("A", "B"), ("METH.3", "METH.1")
TYPES = (
    "single", "multiple", "ordering", "matching", "number", "text", "long_text", "likert", "frequency", "observation",
    "level", "row", "table", "file", "info", "consent",
)  # fmt: skip


@st.composite
def items(draw: st.DrawFn, code: str, kind: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
    item: dict[str, Any] = {"code": code, "type": kind, "title": draw(TEXTS), "text": draw(TEXTS)}
    entry: dict[str, Any] = {"points": draw(st.integers(0, 5)), "competences": {"METH.3": 1}}
    more, key = draw(_OF_TYPE[kind]())
    item |= more
    entry |= {} if key is None else {"key": key}
    for name, values in (("hint", TEXTS), ("stimulus", st.just("CASE")), ("show_if", WORDS)):
        if draw(st.booleans()):
            item[name] = draw(values)
    item["wording"] = draw(st.dictionaries(st.sampled_from(FORMS), TEXTS))
    entry["cognitive"] = draw(st.sampled_from([None, "knowing", "applying", "reasoning"]))
    entry["reverse"] = draw(st.booleans())
    return item, entry if kind not in ("info", "consent", "table", "file") else None


@st.composite
def chosen(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    names = draw(SEVERAL)
    return {"options": _choices(draw, names)}, names[:2]


@st.composite
def one(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    names = draw(SEVERAL)
    return {"options": _choices(draw, names), "opt_out": draw(OPT_OUT)}, names[0]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    left, right = draw(SEVERAL), draw(SEVERAL)
    return {"prompts": _choices(draw, left), "options": _choices(draw, right)}, {
        left[0]: right[0],
        left[1]: right[0],
    }


@st.composite
def numbers(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    limits = draw(
        st.fixed_dictionaries({}, optional={"minimum": NUMBERS, "unit": TEXTS, "decimals": st.integers(0, 9)})
    )
    return limits, {"value": draw(NUMBERS), "tolerance": draw(st.floats(0, 10))}


@st.composite
def short(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    return {"exact": draw(st.booleans()), "max_length": draw(st.integers(1, 500))}, draw(
        st.lists(WORDS, min_size=1, max_size=3)
    )


@st.composite
def marked(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    level = st.fixed_dictionaries({"points": st.floats(0, 9), "text": TEXTS})
    criteria = [
        {"code": code, "title": draw(TEXTS), "levels": draw(st.lists(level, max_size=3))}
        for code in draw(SEVERAL)
    ]
    return {"lines": draw(st.integers(2, 60))}, {"criteria": criteria}


@st.composite
def rated(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    return {"scale": _scale(draw), "opt_out": draw(OPT_OUT)}, None


@st.composite
def levels(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    return {"levels": _choices(draw, draw(SEVERAL)), "opt_out": draw(OPT_OUT)}, None


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    column = {"title": TEXTS}
    limits = {"unit": TEXTS, "minimum": NUMBERS, "maximum": NUMBERS, "decimals": st.integers(0, 9)}
    columns = [
        {"code": code} | draw(st.fixed_dictionaries(column, optional=limits)) for code in draw(SEVERAL)
    ]
    rows = [{"code": code, "title": draw(TEXTS)} for code in draw(SEVERAL | st.just([]))]
    repeat = {"least": draw(st.integers(0, 3)), "most": draw(st.integers(1, 200))}
    return {"columns": columns, "rows": rows, "repeat": draw(st.none() | st.just(repeat))}, None


@st.composite
def files(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    kinds = draw(st.lists(st.sampled_from(["image", "document"]), min_size=1, max_size=2, unique=True))
    return {"kinds": kinds, "most": draw(st.integers(1, 10))}, None


_NOTHING: Any = st.just(({}, None))
_OF_TYPE: dict[str, Any] = {
    "single": one, "multiple": chosen, "ordering": chosen, "matching": pairs, "number": numbers, "text": short,
    "long_text": marked, "likert": rated, "frequency": rated, "observation": rated, "level": levels, "table": tables,
    "file": files, "info": lambda: _NOTHING, "consent": lambda: _NOTHING, "row": lambda: st.just(({"matrix": "M"}, None)),
}  # fmt: skip


def _choices(draw: st.DrawFn, codes: list[str]) -> list[dict[str, Any]]:
    return [{"code": code, "text": draw(TEXTS)} for code in codes]


def _scale(draw: st.DrawFn) -> list[dict[str, Any]]:
    values = draw(st.lists(st.integers(-9, 9), max_size=4, unique=True))
    return [{"value": value, "text": draw(TEXTS)} for value in values]


@st.composite
def works(draw: st.DrawFn, every: bool = False) -> Work:
    """`every`: one item of each type."""
    kinds = list(TYPES) if every else draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=4))
    codes = draw(st.lists(CODES, min_size=len(kinds), max_size=len(kinds), unique=True))
    made = [draw(items(code, kind)) for code, kind in zip(codes, kinds, strict=True)]
    return Work(_instrument(draw, [item for item, _ in made]), _scoring(draw, made))


def _instrument(draw: st.DrawFn, made: list[dict[str, Any]]) -> Instrument:
    codes = [item["code"] for item in made]
    section = {"code": st.just("S"), "title": TEXTS, "items": st.just(codes)}
    more = {"text": TEXTS, "shuffle": SHUFFLES, "show_if": WORDS, "order": st.sampled_from(["free", "fixed"])}
    own = {"purpose": TEXTS, "instructions": TEXTS, "minutes": st.integers(1, 600)}
    return Instrument.model_validate({
        "kind": "instrument", "code": "w", "title": draw(TEXTS), "purpose": draw(TEXTS), "instructions": draw(TEXTS),
        "audience": "teacher", "minutes": 5, "languages": ["ru", "en"], "items": made,
        "passport": {"authors": draw(WORDS), "licence": "CC0", "year": 2026},
        "shuffle": draw(SHUFFLES), "time_limit": draw(st.none() | st.integers(1, 600)),
        "forms": [
            draw(st.fixed_dictionaries({"code": st.just(form), "title": TEXTS, "sections": st.just([
                draw(st.fixed_dictionaries(section, optional=more))])}, optional=own))
            for form in FORMS
        ],
        "stimuli": [{"code": code, "title": draw(TEXTS), "text": draw(TEXTS)} for code in draw(SEVERAL | st.just(["CASE"]))],
        "matrices": [{"code": code, "text": draw(TEXTS), "scale": _scale(draw), "opt_out": draw(OPT_OUT)}
                     for code in draw(SEVERAL | st.just([]))],
    })  # fmt: skip


def _scoring(draw: st.DrawFn, made: list[tuple[dict[str, Any], dict[str, Any] | None]]) -> Scoring:
    rule = st.fixed_dictionaries({
        "item": st.sampled_from([item["code"] for item, _ in made]), "below": st.floats(0, 1, exclude_min=True),
        "effect": st.sampled_from(["zero_parent", "cap_level"]), "node": st.sampled_from(NODES),
        "level": st.sampled_from([None, "high", "medium", "unheard"]),
    })  # fmt: skip
    return Scoring.model_validate({
        "kind": "scoring", "code": "w", "instrument": "w", "framework": "dpo", "preset": "levels3",
        "items": {item["code"]: entry for item, entry in made if entry is not None},
        "critical": draw(st.lists(rule, max_size=3)),
    })  # fmt: skip
