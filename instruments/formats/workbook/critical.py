"""The sheet «Критические задания» ↔ the rules without which a result does not stand: a row a rule."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from instruments.formats.arrived import SCORING, Gathered, at
from instruments.formats.values import CODE, competences_of, number_of, written
from instruments.formats.vocabulary import EFFECTS, folded
from instruments.formats.workbook.cells import Named, code_in, hold, one_value
from instruments.formats.workbook.grid import Row
from instruments.formats.workbook.headings import Table
from instruments.formats.workbook.sheets import CRITICAL_COLUMNS
from instruments.framework import Framework
from instruments.texts import say

_EFFECT = next(heading for heading in CRITICAL_COLUMNS if heading.field == "effect")
_PERCENT = 100


def read_critical(table: Table | None, gathered: Gathered, framework: Framework | None) -> None:
    """Fill the rules; a rule that is not whole is told and left out."""
    scoring: Any = gathered.scoring
    if table is None or scoring is None:
        return
    rules: list[dict[str, Any]] = []
    levels = level_names(framework, scoring.get("preset", ""))
    for row in table.rows:
        rule = _rule(table, row, gathered, framework, levels)
        if rule is None:
            continue
        rules.append(rule)
        for field in ("item", "below", "effect", "node", "level"):
            gathered.mark(SCORING, f"critical.#{len(rules)}.{field}", table.cell(row, field))
    if rules:
        scoring["critical"] = rules
    hold(gathered, SCORING, "critical")


def _rule(
    table: Table, row: Row, gathered: Gathered, framework: Framework | None, levels: dict[str, str]
) -> dict[str, Any] | None:
    effect = table.said(row, "effect")
    rule = {
        "item": code_in(table, row, "item", gathered),
        "below": _share(table, row, gathered),
        "effect": one_value(_EFFECT, effect, table.cell(row, "effect"), gathered),
        "node": _node(table, row, gathered, framework),
    }
    level = table.said(row, "level")
    code = levels.get(folded(level)) or (level if CODE.fullmatch(level) else "")
    if level and not code:
        facts = {"known": ", ".join(dict.fromkeys(levels.values())), "value": level[:64]}
        gathered.problems.append(at(table.cell(row, "level"), "word_unknown", **facts))
        return None
    return rule | ({"level": code} if code else {}) if all(rule.values()) else None


def _share(table: Table, row: Row, gathered: Gathered) -> float | None:
    said = table.said(row, "below")
    share = share_of(said)
    if share is None:
        gathered.problems.append(at(table.cell(row, "below"), "share_wrong", value=said[:64]))
    return share


def _node(table: Table, row: Row, gathered: Gathered, framework: Framework | None) -> str:
    """A competence by its code or title; a code that the model does not know is told by the checks."""
    said = table.said(row, "node")
    found, _ = competences_of(said, framework)
    return next(iter(found)) if len(found) == 1 else code_in(table, row, "node", gathered)


def share_of(said: str) -> float | None:
    """«60 %», «60» and «0,6» → 0.6; None for what is no share above 0 and up to 1. Exact, as it was written."""
    plain = said.strip()
    number = number_of(plain.removesuffix("%"))
    if number is None:
        return None
    try:
        exact = Decimal(plain.removesuffix("%").strip().replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        return None
    share = float(exact / _PERCENT if plain.endswith("%") or exact > 1 else exact)
    return share if 0 < share <= 1 else None


def written_share(share: float) -> str:
    """The per cents that read back to the same share; the share itself where per cents would not."""
    percent = f"{written(float(Decimal(repr(share)) * _PERCENT))} %"
    return percent if share_of(percent) == share else written(share)


def level_names(framework: Framework | None, preset: str) -> dict[str, str]:
    """Levels by what they are called, folded, and by code."""
    scale = framework.scales.get(preset) if framework else None
    if scale is None:
        return {}
    named = {folded(title): level.code for level in scale.levels for title in level.title.values()}
    return named | {folded(level.code): level.code for level in scale.levels}


def level_titles(framework: Framework | None, preset: str, words: str) -> dict[str, str]:
    """Levels by code, as people call them: titles that read back to the same level."""
    scale = framework.scales.get(preset) if framework else None
    names = level_names(framework, preset)
    titles = {level.code: say(level.title, words) for level in scale.levels} if scale else {}
    return {code: title for code, title in titles.items() if names.get(folded(title)) == code}


def critical_rows(keys: dict[str, Any], framework: Framework | None, words: str) -> list[Named]:
    """Rows of the sheet."""
    titles = level_titles(framework, keys.get("preset", ""), words)
    return [
        {
            ("item", ""): rule["item"],
            ("below", ""): written_share(rule["below"]),
            ("effect", ""): EFFECTS.said(rule["effect"], words),
            ("node", ""): rule["node"],
            ("level", ""): titles.get(rule.get("level"), rule.get("level")),
        }
        for rule in keys.pop("critical", [])
    ]
