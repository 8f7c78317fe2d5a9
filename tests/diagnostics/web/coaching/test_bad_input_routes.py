"""Hours and days of a route that cannot be: said at the field, nothing of the route changes."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.diagnostics.web.coaching.conftest import World

LIMITS = {"hours": "20", "ends_on": "2027-04-30", "max_steps": "5"}
STEP = {"title": "Три урока", "competence": "METH", "hours": "3", "due_on": "15.12.2026", "evidence": "Лист"}
IMPOSSIBLE = [
    *(("hours", value) for value in ("0", "-1", "1000000", "NaN", "sNaN", "Infinity", "1e309", "два", "")),
    *(("day", value) for value in ("31.02.2026", "0001-01-01", "9999-12-31", "0000-01-01", "вчера", "")),
]


@pytest.mark.parametrize(("what", "value"), IMPOSSIBLE)
@pytest.mark.parametrize(
    ("page", "form", "day"), [("limits", LIMITS, "ends_on"), ("own-step", STEP, "due_on")]
)
def test_an_impossible_value_is_said_at_its_field(
    world: World,
    route_id: str,
    teacher: FlaskClient,
    page: str,
    form: dict[str, str],
    day: str,
    what: str,
    value: str,
) -> None:
    before = world.route(route_id)
    field = day if what == "day" else what
    answer = teacher.post(f"/routes/{route_id}/{page}", data=form | {field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert world.route(route_id) == before


@pytest.mark.parametrize("value", ["0", "-1", "1000000", "1" + "0" * 30, "1.5", "NaN"])
def test_an_impossible_number_of_steps_is_said_at_its_field(
    world: World, route_id: str, teacher: FlaskClient, value: str
) -> None:
    before = world.route(route_id)
    answer = teacher.post(f"/routes/{route_id}/limits", data=LIMITS | {"max_steps": value})
    assert answer.status_code == 422
    assert 'id="max_steps-error"' in answer.text
    assert world.route(route_id) == before
