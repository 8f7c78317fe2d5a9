"""`pip install .` somewhere else works too: the wheel in an empty environment opens a page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

OPEN_A_PAGE = """
from diagnostics import config
from diagnostics.app import create_app
from diagnostics.upkeep import opening
app = create_app(config.load())
opening.prepare(app)
client = app.test_client()
page = client.get("/login?lang=en")
assert page.status_code == 200, page.status_code
assert client.get("/healthz").json["status"] == "ok"
style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
assert client.get(style).status_code == 200, style
print(page.text)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if uv is None:
        pytest.skip("uv is absent: `make setup` installs it")
    folder = tmp_path_factory.mktemp("wheel")

    def run(*words: str) -> None:
        subprocess.run([uv, "--quiet", *words], check=True, cwd=ROOT)

    run("build", "--wheel", "--out-dir", str(folder / "dist"))
    run("venv", "--python", sys.executable, str(folder / "env"))
    wheel = next((folder / "dist").glob("*.whl"))
    run("pip", "install", "--python", str(folder / "env" / "bin" / "python"), str(wheel))
    return folder


def test_the_wheel_opens_a_page_in_an_empty_environment(installed: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(installed / "data"), "HOME": str(installed)}
    done = subprocess.run(
        [str(installed / "env" / "bin" / "python"), "-c", OPEN_A_PAGE],
        check=False,
        capture_output=True,
        text=True,
        cwd=installed,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert '<html lang="en"' in done.stdout


def test_the_installed_command_checks_a_shipped_document(installed: Path) -> None:
    done = subprocess.run(
        [
            str(installed / "env" / "bin" / "orientir"),
            "instrument",
            "check",
            str(ROOT / "instruments/bundled/self.teacher/instrument.yaml"),
        ],
        check=False,
        capture_output=True,
        text=True,
        cwd=installed,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "no problems")
