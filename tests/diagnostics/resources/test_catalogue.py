from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from diagnostics.catalogue import bundled as library
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.resources import actions, bundled, queries
from diagnostics.resources.document import ResourceDocument, shipped
from diagnostics.resources.errors import NoPlaceLeft
from diagnostics.resources.models import Resource, ResourceDate
from instruments.bundled import bundled as documents
from tests.support.kept import kept

TODAY = date(2026, 11, 22)
SHIPPED = shipped()


@pytest.fixture
def loaded(in_app: Flask) -> None:
    kept(in_app, f"resources {TODAY}", shipped_shelf)


def shipped_shelf() -> None:
    library.install()
    bundled.install(TODAY)


def test_every_tag_of_the_catalogue_is_a_node_and_every_prerequisite_a_resource() -> None:
    nodes = {node.code for node in documents("framework")["dpo"].nodes}
    codes = {one.code for one in SHIPPED}
    assert len(codes) == len(SHIPPED)
    assert all(set(one.competences) <= nodes for one in SHIPPED)
    assert all(set(one.prerequisites) <= codes - {one.code} for one in SHIPPED)


def test_loading_twice_changes_nothing(loaded: None) -> None:
    before = (session.query(Resource).count(), session.query(ResourceDate).count())
    assert bundled.install(TODAY + timedelta(days=40)) == 0
    assert (session.query(Resource).count(), session.query(ResourceDate).count()) == before


@pytest.mark.parametrize(
    ("change", "starts"),
    [
        ({"starts_in_days": None, "repeats_in_days": None}, []),
        ({"starts_in_days": 12, "repeats_in_days": None}, [12]),
        ({"starts_in_days": 12, "repeats_in_days": 150}, [12, 162, 312]),
        ({"starts_in_days": 400, "repeats_in_days": 60}, [400]),
    ],
)
def test_runs_are_counted_from_the_day_of_loading(change: dict[str, int | None], starts: list[int]) -> None:
    document = ResourceDocument.model_validate(SHIPPED[0].model_dump() | change | {"lasts_days": 21})
    runs = document.runs(TODAY)
    assert [(first - TODAY).days for first, _ in runs] == starts
    assert all((last - first).days == 20 for first, last in runs)


def test_resources_are_found_by_block_form_level_and_place(loaded: None) -> None:
    area = next(one for one in queries.areas() if one.code == "EVAL")
    found = queries.resources(today=TODAY, competences=area.nodes, form="module", level="high")
    assert found
    assert all(
        one.format == "module" and "high" in one.levels and one.main_competence in area.nodes for one in found
    )


def test_a_run_that_has_begun_is_not_offered(loaded: None) -> None:
    one = next(one for one in queries.resources(today=TODAY) if len(one.runs) > 1)
    later = queries.resource(one.id, today=one.runs[0].starts_on + timedelta(days=1))
    assert later.runs == one.runs[1:]


def test_places_are_taken_one_by_one_and_the_last_one_once(loaded: None) -> None:
    one = next(one for one in queries.resources(today=TODAY) if one.runs and one.runs[0].free == 6)
    run = one.runs[0]
    for _ in range(6):
        actions.take_place(one.id, run.id)
    with pytest.raises(NoPlaceLeft):
        actions.take_place(one.id, run.id)
    assert queries.resource(one.id, today=TODAY).runs[0].free == 0
    actions.free_place(one.id, run.id)
    assert queries.resource(one.id, today=TODAY).runs[0].free == 1


def test_a_resource_without_runs_has_places_of_its_own(loaded: None) -> None:
    one = next(one for one in queries.resources(today=TODAY) if not one.dated and one.free == 8)
    for _ in range(8):
        actions.take_place(one.id, None)
    assert not queries.resource(one.id, today=TODAY).is_open
    assert one.id not in {found.id for found in queries.resources(today=TODAY, with_places=True)}
    with pytest.raises(NoPlaceLeft):
        actions.take_place(one.id, None)


def test_a_place_never_taken_is_not_given_back(loaded: None) -> None:
    one = next(one for one in queries.resources(today=TODAY) if one.runs)
    actions.free_place(one.id, one.runs[0].id)
    assert session.get_one(ResourceDate, one.runs[0].id, populate_existing=True).taken == 0


def test_an_unknown_resource_is_missing(in_app: Flask) -> None:
    with pytest.raises(Missing):
        queries.resource("nothing", today=TODAY)
