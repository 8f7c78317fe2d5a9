"""`orientir serve --demo` in a fresh folder: to the first page, reset, and over to the real base."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support import demo
from tests.support.served import served

pytestmark = pytest.mark.journey


def test_the_first_start_tells_what_it_makes_and_answers_when_it_is_made() -> None:
    with demo.standing() as folder:
        said = (folder / demo.FIRST_START).read_text()
        assert not (folder / "orientir.db").exists(), "the demo must not touch the real base"
    assert re.findall(r"demo \d/6", said) == [f"demo {part}/6" for part in range(1, 7)]
    assert said.rstrip().endswith("/who"), "the first answer, asked for while the demo was made"


def test_the_demo_is_tried_reset_and_left_for_real_work(tmp_path: Path) -> None:
    demo.copied(tmp_path)
    with served(tmp_path) as server:
        assert server.url == "/who"
        server.post("/demo/enter", role="trainer")
        assert "Мария Игоревна Белова" in server.page

        server.post("/demo/reset")
        assert server.url == "/who"
        assert "Мария Игоревна Белова</span>" not in server.page, "a reset signs everybody out"

        server.get("/demo/remove")
        server.post("/demo/remove")
        secret = re.search(r'href="/first/(\w+)"', server.page)
        assert secret, server.page
        server.get("/")
        assert server.url.startswith("/login"), "the real base has no «Кем войти?»"
        assert "Демо: люди и школы вымышлены" not in server.page
        assert "<form" in server.get(f"/first/{secret[1]}")
        assert (tmp_path / "orientir.db").exists()
        assert not (tmp_path / "demo").exists()
        assert not (tmp_path / "use_demo").exists()
