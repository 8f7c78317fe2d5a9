"""The house polices itself: arrows, purity, late imports, heavy imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("diagnostics", "instruments", "reports")
OURS = {*PACKAGES}
STAGES = (
    "audit", "campaigns", "catalogue", "cohorts", "files", "findings", "jobs", "outbox", "pathways", "people",
    "releases", "reporting", "resources", "sittings", "upkeep",
)  # fmt: skip
#: Stages run migrations and open bases through the session's application; only these may name Flask.
EDGE_ALLOWED = {
    "diagnostics/upkeep/opening.py": "opens a base: it is handed the application",
}


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def run_python(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout.strip()


def test_the_arrows_point_one_way() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("package", ["instruments", "reports", "diagnostics.measurement"])
def test_a_pure_package_brings_neither_the_web_nor_the_database(package: str) -> None:
    code = (
        f"import sys, pkgutil, importlib, {package} as p\n"
        "[importlib.import_module(m.name) for m in pkgutil.walk_packages(p.__path__, p.__name__ + '.')]\n"
        "print([m for m in ('flask', 'sqlalchemy', 'wtforms') if m in sys.modules])"
    )
    assert run_python(code) == "[]"


def test_opening_the_application_leaves_heavy_libraries_out() -> None:
    code = (
        "import sys, diagnostics.app\n"
        "heavy = 'pandas', 'scipy.stats', 'xhtml2pdf', 'docx', 'reportlab', 'alembic', 'huey', 'redis', 'openpyxl'\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    assert run_python(code) == "[]"


@pytest.mark.parametrize("path", sources("diagnostics"), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_stage_never_names_the_web(path: Path) -> None:
    parts = path.relative_to(ROOT / "diagnostics").parts
    if parts[0] not in STAGES or str(path.relative_to(ROOT)) in EDGE_ALLOWED:
        return
    named = {name.split(".")[0] for name in _imports(ast.parse(path.read_text(encoding="utf-8")))}
    assert not named & {"flask", "flask_login", "wtforms", "flask_wtf", "flask_babel", "werkzeug"}


@pytest.mark.parametrize("path", sources(*PACKAGES), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_late_import_of_our_own_packages(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = [
        name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for name in _imports(function)
        if name.split(".")[0] in OURS
    ]
    assert late == []


def _imports(tree: ast.AST) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return names
