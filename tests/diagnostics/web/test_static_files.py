"""Static files: modules joined into one script, texts in gzip, addresses that change with the content."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.assets import path_of
from diagnostics.web.static_files import JOINED, joined, parts_of

MODULES = sorted((path_of("static") / "js" / "player").glob("*.js"))
LONGEST = 300  # lines of a script, as of any file

on_sqlite = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


def test_modules_are_joined_after_those_they_need_and_keep_their_names_apart(tmp_path: Path) -> None:
    (tmp_path / "js" / "player").mkdir(parents=True)
    folder = tmp_path / "js" / "player"
    (folder / "words.js").write_text(
        "// Words.\nconst SAME = 1;\n\nexport const one = SAME;\nexport function two() {}\n"
    )
    (folder / "main.js").write_text(
        'import { one, two } from "./words.js";\n\nconst SAME = 2;\nexport class Three {}\n'
    )
    parts = parts_of("js/player.js", tmp_path)
    assert [part.name for part in parts] == ["words.js", "main.js"]
    assert joined(parts).splitlines() == [
        "const $words = (() => {", "const SAME = 1;", "const one = SAME;", "function two() {}", "return { one, two };", "})();",
        "const $main = (() => {", "const { one, two } = $words;", "const SAME = 2;", "class Three {}", "return { Three };", "})();",
    ]  # fmt: skip


def test_every_module_of_the_player_is_in_the_joined_script() -> None:
    static = path_of("static")
    assert sorted(part.name for part in parts_of("js/player.js", static)) == [one.name for one in MODULES]
    script = joined(parts_of("js/player.js", static))
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.name))
def test_a_module_keeps_to_what_the_joining_understands(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    loose = re.findall(r"^(?:import|export)\b.*", text, re.MULTILINE)
    known = r'import \{ [^}]+ \} from "\./\w+\.js";|export (?:async )?(?:function|const|let|class) \w+.*'
    assert [line for line in loose if not re.fullmatch(known, line)] == []
    assert not re.search(r"`[^`\n]*\n[^`]*`", re.sub(r"`[^`\n]*`", "", text)), (
        "a text of several lines loses its indents"
    )


def test_modules_need_one_another_in_one_direction() -> None:
    order = [part.name for part in parts_of("js/player.js", path_of("static"))]
    for module in MODULES:
        for needed in re.findall(r'from "\./(\w+\.js)"', module.read_text(encoding="utf-8")):
            assert order.index(needed) < order.index(module.name), (
                f"{module.name} and {needed} need each other"
            )


@on_sqlite
@pytest.mark.parametrize("name", [*JOINED, "css/orientir.css"])
def test_a_text_goes_in_gzip_to_who_asks_for_it(client: FlaskClient, name: str) -> None:
    plain = client.get(f"/static/{name}")
    packed = client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip, br"})
    assert (plain.status_code, packed.status_code) == (200, 200)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.headers["Cache-Control"] == "public, max-age=31536000"
    again = client.get(f"/static/{name}", headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304


@on_sqlite
@pytest.mark.parametrize(("is_debug", "second"), [(False, b"first"), (True, b"second")])
def test_a_mended_file_is_read_again_only_while_developing(
    app: Flask, tmp_path: Path, is_debug: bool, second: bytes
) -> None:
    """As with templates: a server goes on with the words and the looks that it has begun with."""
    app.debug, app.static_folder = is_debug, str(tmp_path)
    file = tmp_path / "one.css"
    for words, seen in (("first", b"first"), ("second", second)):
        file.write_text(words)
        os.utime(file, (len(words), len(words)))
        assert app.test_client().get("/static/one.css").data == seen


@on_sqlite
@pytest.mark.parametrize("name", ["../wsgi.py", "js/../../wsgi.py", "js/none.js", "css/", "js/player"])
def test_what_is_no_static_file_is_not_given(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


@on_sqlite
def test_a_page_goes_in_gzip_unless_an_outsider_could_write_into_it(app: Flask) -> None:
    client = FlaskClient(app)  # the house's own reads pages as they are
    asked = {"Accept-Encoding": "gzip"}
    assert client.get("/login", headers=asked).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/login?next=/help", headers=asked).headers
    assert "Content-Encoding" not in client.post("/login", data={}, headers=asked).headers
    assert "Content-Encoding" not in client.get("/login", headers={"Accept-Encoding": "gzip;q=0"}).headers
    assert "Content-Encoding" not in client.get("/healthz", headers=asked).headers, "too short to be worth it"
