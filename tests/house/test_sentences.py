"""Every code that a stage may refuse with has a sentence; no raw code ever reaches a page."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from diagnostics import errors
from diagnostics.web.messages import TABLES

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "diagnostics").rglob("*.py"))
BASES = {
    name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)
}


def refusals(classes: list[ast.ClassDef]) -> set[str]:
    """Names of all classes that derive, step by step, from the errors of the house."""
    known = set(BASES)
    grown = True
    while grown:
        grown = False
        for node in classes:
            if node.name in known:
                continue
            if any(isinstance(base, ast.Name) and base.id in known for base in node.bases):
                known.add(node.name)
                grown = True
    return known


def codes() -> list[tuple[str, str]]:
    """(file, code) of every refusal raised or made with a literal code; every file is read and walked once."""
    calls: list[tuple[Path, ast.Call]] = []
    classes: list[ast.ClassDef] = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                calls.append((path, node))
            elif isinstance(node, ast.ClassDef):
                classes.append(node)
    return _told(calls, refusals(classes))


def _told(calls: list[tuple[Path, ast.Call]], names: set[str]) -> list[tuple[str, str]]:
    found = []
    for path, node in calls:
        called = node.func
        is_base_call = (
            isinstance(called, ast.Attribute)
            and called.attr == "__init__"
            and isinstance(called.value, ast.Call)
            and getattr(called.value.func, "id", "") == "super"
            and path.name == "errors.py"
        )
        is_refusal = isinstance(called, ast.Name) and called.id in names
        first = node.args[0]
        if (is_refusal or is_base_call) and isinstance(first, ast.Constant) and isinstance(first.value, str):
            found.append((str(path.relative_to(ROOT)), first.value))
    return sorted(set(found))


@pytest.mark.parametrize(("path", "code"), codes())
def test_a_refusal_has_a_sentence(path: str, code: str) -> None:
    assert any(code in table for table in TABLES), f"{path}: {code} has no sentence in web/sentences"


def test_a_code_has_one_sentence() -> None:
    seen: dict[str, int] = {}
    for table in TABLES:
        for code in table:
            seen[code] = seen.get(code, 0) + 1
    assert [code for code, times in seen.items() if times > 1] == []


@pytest.mark.parametrize(("code", "text"), [pair for table in TABLES for pair in table.items()])
def test_a_sentence_can_be_filled(code: str, text: str) -> None:
    names = re.findall(r"%\((\w+)\)", text)
    assert text % dict.fromkeys(names, 1)
