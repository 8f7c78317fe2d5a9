"""Явка: exact, by school, cut to the asker's places."""

from __future__ import annotations

from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.models import WaveKind
from tests.support import make
from tests.support.diagnosis import Scene

ME = None


def test_schools_are_counted_apart(scene: Scene) -> None:
    other = make.school(scene.municipality, "Школа № 3")
    _run(scene, make.people(4, scene.school) + make.people(2, other))
    lines = {
        line.school: (line.expected, line.started, line.submitted, line.share)
        for line in queries.turnout(scene.entry)
    }
    assert lines == {"Школа № 12": (4, 1, 1, 0.25), "Школа № 3": (2, 0, 0, 0.0)}


def test_a_school_sees_itself_and_a_municipality_its_schools(scene: Scene) -> None:
    far = make.school(make.municipality(scene.region, "Холмовский округ"), "Школа № 7")
    _run(scene, make.people(4, scene.school) + make.people(1, far))
    seen = {
        name: {school.school for wave in queries.turnout_in([node.path]) for school in wave.schools}
        for name, node in (("school", scene.school), ("place", scene.municipality), ("region", scene.region))
    }
    assert seen == {"school": {"Школа № 12"}, "place": {"Школа № 12"}, "region": {"Школа № 12", "Школа № 7"}}


def test_planned_waves_and_empty_scopes_show_nothing(scene: Scene) -> None:
    _run(scene, make.people(4, scene.school))
    assert [wave.kind for wave in queries.turnout_in([scene.region.path])] == [WaveKind.ENTRY]
    assert queries.turnout_in([]) == []


def test_the_list_of_diagnoses_is_what_one_owns_tutors_or_reaches(scene: Scene) -> None:
    stranger = make.person("Чужая Анна Петровна")
    assert [one.id for one in queries.campaigns([], person_id=scene.trainer.id)] == [scene.campaign_id]
    assert queries.campaigns([], person_id=stranger.id) == []
    assert queries.campaigns([scene.school.path]) == []
    assert [one.id for one in queries.campaigns([scene.region.path])] == [scene.campaign_id]


def _run(scene: Scene, people: list[str]) -> None:
    """Open the entry for the people; the first has sent, the second has begun."""
    seats = actions.seat_people(scene.entry, people, ME).seats
    actions.open_wave(scene.entry, ME)
    actions.mark_submitted(seats[people[0]])
    actions.mark_started(seats[people[1]])
