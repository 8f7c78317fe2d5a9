"""«Документы»: what the page offers, the pack as a job, rights asked for again when it runs."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.models import Campaign, Privacy
from diagnostics.database import session
from diagnostics.files.queries import bytes_path
from diagnostics.jobs.models import Job, JobState
from diagnostics.people.models import Role
from tests.support import make, office, papers
from tests.support.jobs import run_due
from tests.support.papers import Scene
from tests.support.sign_in import sign_in

ANNA = "Соколова Анна Петровна"


@pytest.fixture
def scene(in_app: Flask) -> Scene:
    made = papers.scene()
    session.commit()
    return made


@pytest.fixture
def trainer(scene: Scene, client: FlaskClient) -> FlaskClient:
    sign_in(client, scene.trainer.id)
    return client


def page(client: FlaskClient, scene: Scene) -> str:
    answer = client.get(f"/diagnoses/{scene.campaign.id}/papers")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def file_of(app: Flask, job: Job) -> bytes:
    assert job.result_file_id is not None
    return bytes_path(app.extensions["orientir"].files_dir, job.result_file_id).read_bytes()


def last_job() -> Job:
    return session.scalars(sa.select(Job).order_by(Job.created_at.desc()).limit(1)).one()


def exact_reads(scene: Scene) -> list[str]:
    return sorted(
        session.scalars(
            sa.select(AuditRow.note).where(
                AuditRow.action == "releases.exact_read", AuditRow.object_id == scene.campaign.id
            )
        )
    )


def test_the_page_says_what_each_paper_is_for_and_why_some_wait(trainer: FlaskClient, scene: Scene) -> None:
    shown = page(trainer, scene)
    for title in (
        "Проект приказа",
        "График",
        "Инструкция участника",
        "Явка по школам",
        "Сводная ведомость",
        "Протокол",
        "Личные листы результата",
        "Справки об участии",
        "Реестр ИОМ",
    ):
        assert title in shown
    assert "Результатов этого этапа пока нет." in shown
    assert "Диагностику пока никто не прошёл." in shown
    assert "Этап не закрыт" in shown  # fmt: skip


def test_the_page_of_a_diagnosis_leads_to_its_papers(trainer: FlaskClient, scene: Scene) -> None:
    shown = trainer.get(f"/diagnoses/{scene.campaign.id}").text
    assert f"/diagnoses/{scene.campaign.id}/papers" in shown


def test_one_paper_comes_as_a_file_for_its_asker(app: Flask, trainer: FlaskClient, scene: Scene) -> None:
    asked = trainer.post(f"/waves/{scene.entry}/papers/order", data={"format": "docx"})
    assert asked.status_code == 302
    assert run_due(app) == 1
    job = last_job()
    assert job.state is JobState.DONE
    assert ANNA in office.docx_text(file_of(app, job))
    with trainer.get(f"/files/{job.result_file_id}") as download:
        assert "docx" in download.headers["Content-Disposition"]
    assert exact_reads(scene) == []


@pytest.mark.parametrize("wanted", ["", "pdf", "../etc"])
def test_an_unknown_format_is_the_first_one(
    app: Flask, trainer: FlaskClient, scene: Scene, wanted: str
) -> None:
    trainer.post(f"/waves/{scene.entry}/papers/schedule", data={"format": wanted})
    run_due(app)
    assert "ГРАФИК" in office.docx_text(file_of(app, last_job()))


def test_an_unknown_paper_is_missing(trainer: FlaskClient, scene: Scene) -> None:
    assert trainer.post(f"/waves/{scene.entry}/papers/nothing").status_code == 404


def test_a_paper_that_waits_is_refused_in_words(trainer: FlaskClient, scene: Scene) -> None:
    refused = trainer.post(f"/waves/{scene.entry}/papers/summary", data={"format": "xlsx"})
    assert refused.status_code == 409
    assert "Результатов этого этапа пока нет." in refused.text


def test_the_pack_holds_both_formats_and_a_list_of_what_is_missing(
    app: Flask, trainer: FlaskClient, scene: Scene
) -> None:
    papers.answer(scene)
    session.commit()
    trainer.post(f"/waves/{scene.entry}/pack")
    run_due(app)
    job = last_job()
    assert (job.state, job.done, job.total) == (JobState.DONE, 17, 18)
    with zipfile.ZipFile(io.BytesIO(file_of(app, job))) as pack:
        assert {entry.date_time for entry in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = pack.namelist()
        listed = pack.read("Состав пакета.txt").decode("utf-8-sig")
    assert len(names) == 1 + 8 * 2
    assert "05 Сводная ведомость/Сводная ведомость - входная диагностика.xlsx" in names
    assert "09 Реестр ИОМ — нет в пакете. Маршрутов пока нет" in listed
    assert "06 Протокол — черновик: этап не закрыт" in listed
    assert exact_reads(scene) == ["papers.personal", "papers.protocol", "papers.summary"]


def test_personal_sheets_come_one_by_one_when_asked(app: Flask, trainer: FlaskClient, scene: Scene) -> None:
    papers.answer(scene, scene.people[:2])
    session.commit()
    trainer.post(f"/waves/{scene.entry}/pack", data={"sheets": "1"})
    run_due(app)
    with zipfile.ZipFile(io.BytesIO(file_of(app, last_job()))) as pack:
        sheets = [name for name in pack.namelist() if name.endswith(".pdf")]
    assert sheets == [
        "07 Личные листы результата/PDF/Ким Виктория - Школа № 12.pdf",
        "07 Личные листы результата/PDF/Соколова Анна Петровна - Школа № 12.pdf",
    ]


def test_the_pack_asked_for_twice_at_once_is_one_work(app: Flask, trainer: FlaskClient, scene: Scene) -> None:
    first = trainer.post(f"/waves/{scene.entry}/pack").headers["Location"]
    assert trainer.post(f"/waves/{scene.entry}/pack").headers["Location"] == first
    assert run_due(app) == 1
    assert trainer.post(f"/waves/{scene.entry}/pack").headers["Location"] != first


def test_who_lost_the_diagnosis_before_the_work_ran_gets_nothing(
    app: Flask, trainer: FlaskClient, scene: Scene
) -> None:
    trainer.post(f"/waves/{scene.entry}/pack")
    session.get_one(Campaign, scene.campaign.id).owner_id = make.staff(Role.TRAINER, scene.institute).id
    run_due(app)
    job = last_job()
    assert (job.state, job.error, job.result_file_id) == (JobState.FAILED, "missing", None)


def test_who_lost_the_right_to_levels_before_the_work_ran_gets_no_summary(
    app: Flask, trainer: FlaskClient, scene: Scene
) -> None:
    papers.answer(scene)
    session.commit()
    trainer.post(f"/waves/{scene.entry}/papers/summary", data={"format": "xlsx"})
    session.get_one(Campaign, scene.campaign.id).privacy = Privacy.CONFIDENTIAL
    run_due(app)
    assert (last_job().state, last_job().error) == (JobState.FAILED, "paper_confidential")
    assert exact_reads(scene) == []


def test_an_operator_issues_the_papers_without_results(app: Flask, client: FlaskClient, scene: Scene) -> None:
    papers.answer(scene)
    administrator = make.staff(Role.ADMINISTRATOR, scene.institute, "Орлов Илья Петрович")
    sign_in(client, administrator.id)
    assert "открыты только организатору и тьютору" in page(client, scene)
    client.post(f"/waves/{scene.entry}/pack")
    run_due(app)
    with zipfile.ZipFile(io.BytesIO(file_of(app, last_job()))) as pack:
        folders = sorted({name.split("/")[0] for name in pack.namelist()})
    assert folders == [
        "01 Проект приказа",
        "02 График",
        "03 Инструкция участника",
        "04 Явка по школам",
        "08 Справки об участии",
        "Состав пакета.txt",
    ]
    assert exact_reads(scene) == []  # fmt: skip


def test_a_stranger_finds_no_papers(app: Flask, client: FlaskClient, scene: Scene) -> None:
    stranger = make.staff(Role.TRAINER, scene.institute, "Чужая Ольга Ивановна")
    sign_in(client, stranger.id)
    assert client.get(f"/diagnoses/{scene.campaign.id}/papers").status_code == 404
    assert client.post(f"/waves/{scene.entry}/pack").status_code == 404


def test_a_diagnosis_without_people_offers_what_needs_none(client: FlaskClient, in_app: Flask) -> None:
    empty = papers.scene(())
    sign_in(client, empty.trainer.id)
    assert page(client, empty).count("Участников пока нет: добавьте их.") == 7


def test_a_stage_is_chosen_by_its_tab(trainer: FlaskClient, scene: Scene) -> None:
    shown = trainer.get(f"/diagnoses/{scene.campaign.id}/papers?stage=exit").text
    assert "Итоговая диагностика" in shown
    assert "Участников пока нет" in shown
