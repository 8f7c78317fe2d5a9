"""Lists meet what is known: schools, persons; and are applied once, on request."""

from __future__ import annotations

from pathlib import Path

import pytest

from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.errors import AlreadyImported
from diagnostics.campaigns.models import RosterTarget
from diagnostics.campaigns.queries.audience import members_of
from diagnostics.campaigns.queries.roll import participants
from diagnostics.campaigns.roster.entries import read_roster
from diagnostics.campaigns.roster.matching import Plan, plan
from diagnostics.database import session
from diagnostics.people.models import Account, Person, PersonalData, RoleGrant
from tests.support import make
from tests.support.diagnosis import Scene

ME = None
HEAD = "ФИО;Школа;Предмет;Почта;Роль\n"


def planned(scene: Scene, *rows: str) -> Plan:
    return plan(read_roster((HEAD + "\n".join(rows)).encode()), [scene.region.path])


@pytest.mark.parametrize(
    "school",
    ["Школа № 12", "школа 12", "ШКОЛА №12", "МБОУ «Школа № 12»", "001012", "1012", "Школа № 12 (001012)"],
)
def test_a_school_is_found_by_name_or_code(scene: Scene, school: str) -> None:
    (one,) = planned(scene, f"Иванова Анна;{school}").good
    assert one.school_id == scene.school.id


def test_an_unknown_school_comes_with_suggestions(scene: Scene) -> None:
    made = planned(scene, "Иванова Анна;Шкода № 12", "Петров Пётр;Гимназия имени Ломоносова")
    assert [(one.row, one.code, one.parameters["offers"]) for one in made.mistakes] == [
        (2, "school_unknown", ["Школа № 12 (001012)"]),
        (3, "school_unknown", []),
    ]


def test_the_school_of_a_row_with_other_mistakes_is_looked_up_too(scene: Scene) -> None:
    made = planned(scene, "Иванова;Нигде;;a@")
    assert {one.code for one in made.mistakes} == {"name_incomplete", "email_bad", "school_unknown"}


def test_two_schools_of_one_name_ask_for_the_code(scene: Scene) -> None:
    far = make.municipality(scene.region, "Холмовский округ")
    make.school(far, code="003012")
    (mistake,) = planned(scene, "Иванова Анна;Школа № 12").mistakes
    assert (mistake.code, set(mistake.parameters["offers"])) == (
        "school_ambiguous",
        {"Школа № 12 (001012)", "Школа № 12 (003012)"},
    )


def test_schools_of_another_region_are_unknown(scene: Scene) -> None:
    make.school(make.municipality(make.region("Другая область")), "Гимназия № 5")
    (mistake,) = planned(scene, "Иванова Анна;Гимназия № 5").mistakes
    assert (mistake.code, mistake.parameters["offers"]) == ("school_unknown", [])


def test_persons_are_known_by_name_and_school_or_by_address(scene: Scene) -> None:
    known = make.person("Семёнова Алёна Ивановна", at=scene.school)
    other = make.person("Ким Лев", email="kim@example.org")
    made = planned(
        scene,
        "Семенова Алена Ивановна;Школа № 12",
        "Ким Лев Олегович;Школа № 12;;KIM@example.org",
        "Новая Анна;Школа № 12",
    )
    assert [one.person_id for one in made.good] == [known.id, other.id, None]
    assert made.new_persons == 1


def test_the_address_of_another_person_is_a_mistake(scene: Scene) -> None:
    make.person("Ким Лев", email="kim@example.org")
    (mistake,) = planned(scene, "Иванова Анна;Школа № 12;;kim@example.org").mistakes
    assert mistake.code == "email_of_another"


def test_two_namesakes_of_one_school_are_not_guessed(scene: Scene) -> None:
    for _ in range(2):
        make.person("Иванова Анна Петровна", at=scene.school)
    (mistake,) = planned(scene, "Иванова Анна Петровна;Школа № 12").mistakes
    assert mistake.code == "person_ambiguous"


def test_one_person_under_two_rows_is_a_double(scene: Scene) -> None:
    make.person("Ким Лев", at=scene.school, email="kim@example.org")
    made = planned(scene, "Ким Лев;Школа № 12", "Ким Л;001012", "Ким Лёва;Школа № 12;;kim@example.org")
    assert [(one.row, one.code) for one in made.mistakes] == [(3, "name_initials"), (4, "double")]


def test_good_rows_are_taken_and_bad_ones_left(scene: Scene, tmp_path: Path) -> None:
    make.person("Ким Лев", at=scene.school)
    content = (
        HEAD + "Ким Лев;Школа № 12;;kim@example.org;admin\nНовая Анна;1012;химия;;\nЧужой Пётр;Нигде;;;"
    ).encode()
    done = actions.apply_roster(_keep(scene, content, tmp_path), read_roster(content), ME)
    assert (done.people, done.added, done.new_persons) == (2, 2, 1)
    assert [(one.full_name, one.subject, one.email) for one in participants(scene.entry)] == [
        ("Ким Лев", "математика", "kim@example.org"),
        ("Новая Анна", "химия", None),
    ]


def test_a_list_gives_nobody_rights_or_accounts(scene: Scene, tmp_path: Path) -> None:
    before = (session.query(RoleGrant).count(), session.query(Account).count())
    content = (HEAD + "Новая Анна;1012;химия;n@example.org;administrator").encode()
    actions.apply_roster(_keep(scene, content, tmp_path), read_roster(content), ME)
    assert (session.query(RoleGrant).count(), session.query(Account).count()) == before


def test_a_known_address_is_not_overwritten(scene: Scene, tmp_path: Path) -> None:
    known = make.person("Ким Лев", at=scene.school, email="old@example.org")
    content = (HEAD + "Ким Лев;1012;;new@example.org;").encode()
    actions.apply_roster(_keep(scene, content, tmp_path), read_roster(content), ME)
    assert session.get_one(PersonalData, known.id).email == "old@example.org"


def test_the_same_file_is_applied_once(scene: Scene, tmp_path: Path) -> None:
    content = (HEAD + "Новая Анна;1012;;;").encode()
    first = _keep(scene, content, tmp_path)
    assert _keep(scene, content, tmp_path) == first
    actions.apply_roster(first, read_roster(content), ME)
    people = session.query(Person).count()
    with pytest.raises(AlreadyImported) as standing:
        _keep(scene, content, tmp_path)
    assert (standing.value.import_id, standing.value.status) == (first, 409)
    with pytest.raises(AlreadyImported):
        actions.apply_roster(first, read_roster(content), ME)
    assert session.query(Person).count() == people


def test_a_group_is_filled_from_the_same_list(scene: Scene, tmp_path: Path) -> None:
    group = make.group(scene.trainer, scene.institute)
    content = (HEAD + "Новая Анна;1012;;;\nКим Лев;1012;;;").encode()
    import_id = actions.keep_roster(
        RosterTarget.GROUP, group.id, content=content, name="a.csv", folder=tmp_path, actor_id=ME
    )
    assert actions.apply_roster(import_id, read_roster(content), ME).added == 2
    assert len(members_of(group.id)) == 2


def test_a_list_without_good_rows_adds_nobody(scene: Scene, tmp_path: Path) -> None:
    content = (HEAD + "Новая;1012;;;").encode()
    assert actions.apply_roster(_keep(scene, content, tmp_path), read_roster(content), ME).people == 0
    assert queries.campaign(scene.campaign_id).waves[0].expected == 0


def _keep(scene: Scene, content: bytes, folder: Path) -> str:
    return actions.keep_roster(
        RosterTarget.CAMPAIGN, scene.campaign_id, content=content, name="list.csv", folder=folder, actor_id=ME
    )
