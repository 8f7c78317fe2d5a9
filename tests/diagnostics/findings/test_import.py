"""A file of results becomes a diagnosis of its own; the same chain runs on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.audit import queries as audit
from diagnostics.campaigns.models import CampaignState, SeatState, WaveKind, WaveState
from diagnostics.campaigns.queries import campaign
from diagnostics.campaigns.queries.seats import seats_of_wave
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.errors import DomainError
from diagnostics.findings import actions, queries
from diagnostics.findings.actions.importing import Imported, Upload, apply_import, keep_import
from diagnostics.findings.importing.planning import Settings
from diagnostics.findings.importing.problems import AlreadyImported, ImportRefused
from diagnostics.findings.queries import imports
from diagnostics.measurement.conclusion import Conclusion
from diagnostics.people.models import OrgNode, Person, Role
from tests.support import make
from tests.support.jobs import run_due
from tests.support.outside import items_csv, key_csv, names, read_scores

NOW = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)
HEAD = "ФИО;Школа;Этап;Блок;Баллы;Максимум"


@dataclass
class Desk:
    """A trainer's place, where files are imported."""

    owner: Person
    institute: OrgNode
    school: OrgNode
    framework_id: str
    folder: Path

    def settings(self, kind: str, matches: Mapping[int, str] | None = None, block: str = "") -> Settings:
        return Settings(
            kind=kind, title="Внешний тест", framework_id=self.framework_id, preset="levels3",
            block=block, dates={WaveKind.ENTRY: date(2026, 10, 1), WaveKind.EXIT: date(2026, 12, 1)},
            matches=matches or {},
        )  # fmt: skip

    def bring(self, content: bytes, given: Settings, key: bytes | None = None) -> Imported:
        """Check and apply at once."""
        upload = Upload("results.csv", content)
        kept = keep_import(
            upload, Upload("key.csv", key) if key else None, given,
            node_id=self.institute.id, folder=self.folder, actor_id=self.owner.id,
        )  # fmt: skip
        plan = imports.planned(imports.uploaded(kept), self.folder)
        return apply_import(kept, plan, owner_id=self.owner.id, actor_id=self.owner.id)


@pytest.fixture
def desk(in_app: Flask, tmp_path: Path) -> Desk:
    with clock.frozen(NOW):
        region = make.region()
        institute = make.institute(region)
        school = make.school(make.municipality(region))
        owner = make.staff(Role.TRAINER, institute)
        make.work()
        framework = catalogue.latest_published(VersionKind.FRAMEWORK, "dpo")
        assert framework is not None
        return Desk(owner, institute, school, framework.id, tmp_path)


def blocks_csv(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def worked_check() -> bytes:
    """Four teachers: entry 40, 55, 70, 60; exit 60, 65, 70, 50 per cent."""
    rows = [
        f"{name};Школа № 12;{wave};METH;{points};100"
        for wave, points_of in (("вход", (40, 55, 70, 60)), ("выход", (60, 65, 70, 50)))
        for name, points in zip(names(4), points_of, strict=True)
    ]
    return blocks_csv(*rows)


def test_block_points_become_two_finished_waves_with_official_levels(desk: Desk) -> None:
    made = desk.bring(worked_check(), desk.settings("blocks"))
    view = campaign(made.campaign_id)
    assert (made.persons, made.new_persons, made.findings) == (4, 4, 8)
    assert (view.source, view.state) == ("import", CampaignState.CLOSED)
    assert [(wave.kind, wave.state) for wave in view.waves] == [
        (WaveKind.ENTRY, WaveState.CLOSED),
        (WaveKind.EXIT, WaveState.CLOSED),
    ]
    levels = [sorted(str(one.blocks[0].level) for one in queries.of_wave(wave.id)) for wave in view.waves]
    assert levels == [["high", "high", "medium", "medium"], ["high", "medium", "medium", "medium"]]


def test_block_points_carry_no_conclusion_because_the_error_of_that_test_is_unknown(desk: Desk) -> None:
    made = desk.bring(worked_check(), desk.settings("blocks"))
    for view in queries.of_wave(made.waves[0]):
        block = view.blocks[0]
        assert view.scoring_id is None
        assert (block.conclusion, block.p_deficit, block.low80) == (Conclusion.NO_CONCLUSION, None, None)
        assert (view.reason, view.import_id is not None) == ("imported", True)


def test_seats_are_submitted_and_stand_at_the_school_of_the_file(desk: Desk) -> None:
    made = desk.bring(worked_check(), desk.settings("blocks"))
    seats = seats_of_wave(made.waves[0])
    assert {seat.state for seat in seats} == {SeatState.SUBMITTED}
    assert {seat.school_id for seat in seats} == {desk.school.id}


def test_the_same_file_twice_is_recognised_and_leads_to_its_diagnosis(desk: Desk) -> None:
    made = desk.bring(worked_check(), desk.settings("blocks"))
    with pytest.raises(AlreadyImported) as refused:
        desk.bring(worked_check(), desk.settings("blocks"))
    assert refused.value.campaign_id == made.campaign_id


def test_two_windows_apply_one_file_once(desk: Desk) -> None:
    upload = Upload("results.csv", worked_check())
    kept = keep_import(
        upload, None, desk.settings("blocks"), node_id=desk.institute.id, folder=desk.folder, actor_id=None
    )
    plan = imports.planned(imports.uploaded(kept), desk.folder)
    apply_import(kept, plan, owner_id=desk.owner.id, actor_id=None)
    with pytest.raises(AlreadyImported):
        apply_import(kept, plan, owner_id=desk.owner.id, actor_id=None)


def test_a_file_with_a_mistake_makes_nothing(desk: Desk) -> None:
    bad = worked_check() + "\nКим Олег;Школа № 12;вход;METH;101;100".encode()
    with pytest.raises(ImportRefused) as refused:
        desk.bring(bad, desk.settings("blocks"))
    assert [(one.row, one.code) for one in refused.value.problems] == [(10, "above_maximum")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Ким Олег;Школа № 12;вход;NOPE;1;10", "block_unknown"),
        ("Ким Олег;Школа № 99;вход;METH;1;10", "school_unknown"),
    ],
)
def test_what_the_base_does_not_know_is_a_mistake_with_its_row(desk: Desk, row: str, code: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        desk.bring(blocks_csv(row), desk.settings("blocks"))
    assert [(one.row, one.code) for one in refused.value.problems] == [(2, code)]


def test_a_known_person_is_found_by_full_name_and_school(desk: Desk) -> None:
    known = make.person("Орлова Анна Ильинична", at=desk.school)
    made = desk.bring(blocks_csv("Орлова Анна Ильинична;школа 12;вход;METH;5;10"), desk.settings("blocks"))
    assert made.new_persons == 0
    assert [view.person_id for view in queries.of_wave(made.waves[0])] == [known.id]


def test_without_a_school_one_bearer_of_the_full_name_is_that_person(desk: Desk) -> None:
    known = make.person("Орлова Анна Ильинична", at=desk.school)
    text = "ФИО;Этап;Блок;Баллы;Максимум\nОрлова Анна Ильинична;вход;METH;5;10"
    made = desk.bring(text.encode(), desk.settings("blocks"))
    assert [view.person_id for view in queries.of_wave(made.waves[0])] == [known.id]


def changed_surname() -> bytes:
    return blocks_csv(
        "Орлова Анна Ильинична;Школа № 12;вход;METH;5;10",
        "Соколова Анна Ильинична;Школа № 12;выход;METH;8;10",
    )


def test_a_changed_surname_is_a_doubt_that_must_be_decided_by_hand(desk: Desk) -> None:
    with pytest.raises(DomainError) as refused:
        desk.bring(changed_surname(), desk.settings("blocks"))
    assert refused.value.code == "matches_missing"


@pytest.mark.parametrize(("choice", "persons"), [("row:2", 1), ("new", 2)])
def test_a_match_by_hand_decides_and_is_logged(desk: Desk, choice: str, persons: int) -> None:
    made = desk.bring(changed_surname(), desk.settings("blocks", {3: choice}))
    assert made.persons == persons
    people = {view.person_id for wave in made.waves for view in queries.of_wave(wave)}
    assert len(people) == persons
    assert len([line for line in audit.lines() if line.action == "results.match"]) == 1


def test_a_changed_surname_is_also_sought_among_those_already_known(desk: Desk) -> None:
    known = make.person("Орлова Анна Ильинична", at=desk.school)
    rows = blocks_csv("Соколова Анна Ильинична;Школа № 12;вход;METH;8;10")
    plan = imports.plan_of(rows, None, desk.settings("blocks"), node_id=desk.institute.id)
    doubt = plan.people.doubts[0]
    assert [(one.ref, one.full_name) for one in doubt.candidates] == [(known.id, "Орлова Анна Ильинична")]
    made = desk.bring(rows, desk.settings("blocks", {2: known.id}))
    assert [view.person_id for view in queries.of_wave(made.waves[0])] == [known.id]


def test_two_people_of_one_wave_are_not_one(desk: Desk) -> None:
    rows = blocks_csv(
        "Орлова Анна Ильинична;Школа № 12;вход;METH;5;10",
        "Соколова Анна Ильинична;Школа № 12;вход;METH;8;10",
    )
    plan = imports.plan_of(rows, None, desk.settings("blocks"), node_id=desk.institute.id)
    assert plan.people.doubts == ()
    assert plan.ready


def test_a_match_of_a_row_that_is_no_doubt_is_a_mistake(desk: Desk) -> None:
    with pytest.raises(ImportRefused) as refused:
        desk.bring(worked_check(), desk.settings("blocks", {2: "row:3"}))
    assert [(one.row, one.code) for one in refused.value.problems] == [(2, "match_unknown")]


def test_item_answers_run_the_same_chain_to_conclusions_and_evidence(desk: Desk) -> None:
    entry = [["1", "0", "1", "1"], ["0", "0", "0", "0"]]
    made = desk.bring(items_csv(entry, entry), desk.settings("items", block="METH"))
    views = queries.of_wave(made.waves[0])
    by_points = sorted(views, key=lambda view: view.points)
    assert [view.points for view in by_points] == [0, 3]
    assert by_points[0].blocks[0].conclusion is Conclusion.CONFIRMED
    found = queries.evidence(by_points[1])
    assert [(one.title["ru"], one.points) for one in found] == [("i1", 1), ("i2", 0), ("i3", 1), ("i4", 1)]


def test_other_items_at_the_exit_make_another_form_with_common_items(desk: Desk) -> None:
    entry, exit_ = [["1", "0", ""], ["0", "1", ""]], [["", "1", "1"], ["", "0", "1"]]
    made = desk.bring(items_csv(entry, exit_), desk.settings("items", block="METH"))
    assignments = [wave.assignments[0] for wave in campaign(made.campaign_id).waves]
    assert [one.form for one in assignments] == ["entry", "exit"]
    assert catalogue.scoring(assignments[0].scoring_id or "").anchors == ("i2",)
    assert queries.matrix(made.waves[1]).items == ("i2", "i3")


def test_a_key_without_items_of_the_file_is_refused_whole(desk: Desk) -> None:
    entry = [["1", "0"]]
    with pytest.raises(ImportRefused) as refused:
        desk.bring(items_csv(entry, entry), desk.settings("items"), key_csv(3, "METH"))
    assert [(one.column, one.code) for one in refused.value.problems] == [("i3", "item_column_missing")]


def test_real_answers_of_a_hundred_people_are_calibrated_like_our_own(
    desk: Desk, app: Flask, shared: Path
) -> None:
    """Entry and exit of the same hundred people and thirty tasks: the published difficulties come back."""
    path = shared / "reference" / "rasch_raschdat1.csv"
    if not path.exists():
        pytest.skip("rasch_raschdat1.csv is absent")
    truth = json.loads(path.with_suffix(".json").read_text())["data"]["beta_difficulty"]
    scores = read_scores(path)
    with clock.frozen(NOW):
        made = desk.bring(items_csv(scores, scores), desk.settings("items"), key_csv(30, "METH"))
        session.commit()
        run_due(app)
    assert (made.persons, made.findings) == (100, 200)
    view = queries.of_wave(made.waves[0])[0]
    assert view.calibration_id is not None
    assert view.reason == "calibrated"
    part = catalogue.calibration(view.calibration_id)["scorings"][view.scoring_id]
    found = {item["name"]: item["location"] for item in part["rasch"]["items"]}
    assert [found[f"i{number}"] for number in range(1, 31)] == pytest.approx(truth, abs=1e-4)
    assert actions.again(made.waves[0]).done == 0
