"""Conditions are read in words: by names among the keys, by numbers on the printed form."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from diagnostics.catalogue import actions as catalogue
from diagnostics.database import session
from instruments.formats.yaml import read_document
from tests.support.answering import SAMPLES

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


def published() -> str:
    framework, instrument, scoring = (
        read_document(SAMPLES / f"{name}.yaml")
        for name in ("workshop.framework", "branching", "branching.scoring")
    )
    catalogue.publish_framework(framework, actor_id=None)  # type: ignore[arg-type]
    asked, _ = catalogue.publish_instrument(instrument, scoring, framework, actor_id=None)  # type: ignore[arg-type]
    found = asked.id
    session.commit()
    return found


def test_a_condition_is_told_by_names_to_authors_and_by_numbers_on_paper(methodologist: FlaskClient) -> None:
    work = published()
    keys = methodologist.get(f"/instruments/{work}/keys").text
    assert "Показать, если в задании „Ведёте уроки“ выбрано „Да, веду“." in keys
    paper = methodologist.get(f"/instruments/{work}/forms/A/print").text
    assert "Отвечайте, если в задании 1 выбрано „Нет, не веду“ или в задании 2 ответ больше 30." in paper
    assert paper.index("Решение C1-1") < paper.index("Решение C1-2") < paper.index("Решение C1-4")
    assert "LEADS" not in paper
