"""Every question of the shipped tests opens for the person who answers it, with its case above."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from flask import Flask

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session, set_reading
from tests.support import answering, make

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


def _shipped(code: str) -> tuple[str, str, str]:
    make.work()
    asked = catalogue.latest_published(VersionKind.INSTRUMENT, code)
    framework = catalogue.latest_published(VersionKind.FRAMEWORK, "dpo")
    assert asked is not None
    assert framework is not None
    scored = catalogue.scoring_of(asked.id)
    assert scored is not None
    return asked.id, scored.id, framework.id


@pytest.mark.parametrize("code", ["test.math59", "test.flit", "test.leader", "test.comm"])
def test_every_question_opens_with_its_case(app: Flask, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(answering, "_shipped", lambda: _shipped(code))
    with app.app_context():
        set_reading(False)
        place = answering.world(shipped=True)
        asked = catalogue.latest_published(VersionKind.INSTRUMENT, code)
        assert asked is not None
        items = catalogue.instrument(asked.id).form_items("A")
        cases = {case.code: case.title["ru"] for case in catalogue.instrument(asked.id).stimuli}
        session.commit()
        client = app.test_client()
        sitting = answering.open_player(client, place)
    for number, item in enumerate(items, 1):
        page = client.get(f"{sitting}/q/{number}")
        assert page.status_code == HTTPStatus.OK
        assert item.text["ru"].split("\n\n")[-1][:30] in page.text.replace("&#34;", '"')
        if item.stimulus:
            assert f"Текст кейса: {cases[item.stimulus]}" in page.text
