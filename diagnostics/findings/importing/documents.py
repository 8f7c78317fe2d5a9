"""An outside work as documents of ours: tasks by name and points, so that the same chain runs on it.

They stay drafts of the catalogue: what was asked is not known, nobody can be asked it here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.campaigns.models import WaveKind
from diagnostics.findings.importing.keys import LONGEST_TITLE, KeyRow
from diagnostics.findings.importing.planning import ImportPlan, area_of
from instruments.document import Form, Instrument, NumberItem, Passport, Section
from instruments.framework import Framework
from instruments.keys import ItemKey, NumberKey
from instruments.scoring import Scoring

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/\-]{0,63}\Z")
_MINUTES = 40  # unknown; the documents need a number, no page of an imported work shows it


@dataclass(frozen=True, slots=True)
class Work:
    """`codes`: title of a column → item code; `forms`: wave → form code."""

    instrument: Instrument
    scoring: Scoring
    codes: Mapping[str, str]
    forms: Mapping[WaveKind, str]


def work_of(plan: ImportPlan, framework: Framework, code: str, year: int) -> Work:
    """The documents of a plan of item answers. Waves with the same columns share one form."""
    used = {wave: _used(plan, wave) for wave in plan.waves}
    asked = [item for item in plan.key if any(item in items for items in used.values())]
    codes = _codes(asked)
    same = len(set(used.values())) == 1
    forms = {wave: "A" if same else wave.value for wave in plan.waves}
    shared = [codes[item] for item in asked if all(item in items for items in used.values())]
    return Work(
        instrument=_instrument(plan, code, asked, codes, forms, used, year),
        scoring=Scoring(
            kind="scoring",
            code=code,
            instrument=code,
            framework=framework.code,
            preset=plan.settings.preset,
            anchors=() if same else tuple(shared),
            blocks=tuple(dict.fromkeys(area_of(framework, plan.key[item].competence) for item in asked)),
            items={codes[item]: _key(plan.key[item]) for item in asked},
        ),
        codes=codes,
        forms=forms,
    )


def _used(plan: ImportPlan, wave: WaveKind) -> frozenset[str]:
    """Columns in which somebody of the wave has points."""
    return frozenset(
        item
        for entry in plan.entries
        if entry.who.wave is wave
        for item, points in entry.items.items()
        if points is not None
    )


def _codes(items: Sequence[str]) -> dict[str, str]:
    """Names of columns serve as codes where all of them can; else i1, i2 …"""
    if all(_CODE.match(item) for item in items):
        return {item: item for item in items}
    return {item: f"i{number}" for number, item in enumerate(items, 1)}


def _instrument(
    plan: ImportPlan,
    code: str,
    asked: Sequence[str],
    codes: Mapping[str, str],
    forms: Mapping[WaveKind, str],
    used: Mapping[WaveKind, frozenset[str]],
    year: int,
) -> Instrument:
    by_form = {
        form: tuple(codes[item] for item in asked if item in used[wave]) for wave, form in forms.items()
    }
    words = {"ru": "Результаты из другой системы: известны баллы за задания, тексты заданий не хранятся."}
    return Instrument(
        kind="instrument",
        code=code,
        title={"ru": plan.settings.title},
        purpose=words,
        instructions=words,
        audience="teacher",
        minutes=_MINUTES,
        languages=("ru",),
        passport=Passport(authors="", licence="", year=year),
        forms=tuple(_form(form, items) for form, items in by_form.items()),
        items=tuple(_item(codes[item], plan.key[item]) for item in asked),
    )


def _form(code: str, items: tuple[str, ...]) -> Form:
    return Form(code=code, title={}, sections=(Section(code="ALL", title={"ru": "Задания"}, items=items),))


def _item(code: str, key: KeyRow) -> NumberItem:
    title = {"ru": key.title[:LONGEST_TITLE]}
    return NumberItem(type="number", code=code, title=title, text=title, minimum=0.0, maximum=key.maximum)


def _key(row: KeyRow) -> ItemKey:
    return ItemKey(competences={row.competence: 1.0}, points=row.maximum, key=NumberKey(value=row.maximum))
