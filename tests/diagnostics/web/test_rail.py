"""Which section the menu marks: pages whose addresses begin otherwise belong to one, too."""

from __future__ import annotations

import pytest
from flask import Flask

from diagnostics.access.actor import Actor
from diagnostics.people.models import Role
from diagnostics.people.queries.actors import RoleAt
from diagnostics.web import rail

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/", "Задачи"),
        ("/diagnoses/x/late", "Диагностики"),
        ("/waves/x/turnout", "Диагностики"),
        ("/seats/x/paper", "Диагностики"),
        ("/sittings/x/late", "Диагностики"),
        ("/results/import", "Диагностики"),
        ("/frameworks/x", "Диагностические работы"),
        ("/account", ""),
    ],
)
def test_a_page_marks_its_section(app: Flask, path: str, section: str) -> None:
    with app.test_request_context(path):
        trainer = Actor(person_id="x", roles=(RoleAt(Role.TRAINER, "1", "1"),))
        assert "".join(one.label for one in rail.of(trainer, path).items if one.current) == section
