"""The page of results from elsewhere: check first, then the diagnosis."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import g
from flask.testing import FlaskClient

from diagnostics.campaigns.models import Campaign
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.findings.models import Finding
from diagnostics.people.models import Role
from tests.support import make
from tests.support.sign_in import sign_in

HEAD = "ФИО;Этап;Блок;Баллы;Максимум"
TWO = f"{HEAD}\nОрлова Анна Ильинична;вход;METH;5;10\nОрлова Анна Ильинична;выход;METH;8;10\n"
CHANGED = f"{HEAD}\nОрлова Анна Ильинична;вход;METH;5;10\nСоколова Анна Ильинична;выход;METH;8;10\n"

pytestmark = pytest.mark.usefixtures("trainer")


@pytest.fixture
def trainer(in_app: object, client: FlaskClient) -> str:
    institute = make.institute(make.region())
    person = make.staff(Role.TRAINER, institute)
    make.work()
    sign_in(client, person.id)
    return str(person.id)


def preset() -> str:
    framework = catalogue.latest_published(VersionKind.FRAMEWORK, "dpo")
    assert framework is not None
    session.rollback()
    return f"{framework.id}:levels3"


def form(text: str, **more: object) -> dict[str, object]:
    return {
        "title": "Внешний тест",
        "kind": "blocks",
        "preset": preset(),
        "entry_on": "01.10.2026",
        "exit_on": "2026-12-01",
        "file": (BytesIO(text.encode("cp1251")), "results.csv"),
    } | more


def upload(client: FlaskClient, text: str, **more: object) -> str:
    """Address of the plan."""
    answer = client.post("/results/import", data=form(text, **more))
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_the_upload_page_tells_what_table_is_needed(client: FlaskClient) -> None:
    page = client.get("/results/import").text
    assert "Какая нужна таблица" in page
    assert "Методические компетенции (METH)" in page
    assert "Методическая работа (Z4)" not in page  # of a school, and results belong to teachers


def test_a_good_file_shows_its_plan_and_changes_nothing_before_the_consent(client: FlaskClient) -> None:
    page = client.get(upload(client, TWO)).text
    assert "Входная диагностика" in page
    assert "из них новый в базе 1" in page
    assert session.scalar(sa.select(sa.func.count()).select_from(Campaign)) == 0


def test_applying_makes_the_diagnosis_with_findings(client: FlaskClient) -> None:
    answer = client.post(upload(client, TWO) + "/apply")
    assert answer.status_code == 302
    campaign_id = session.scalar(sa.select(Campaign.id))
    assert str(campaign_id) in answer.headers["Location"]
    assert session.scalar(sa.select(sa.func.count()).select_from(Finding)) == 2


def test_the_same_file_again_leads_to_its_diagnosis(client: FlaskClient) -> None:
    client.post(upload(client, TWO) + "/apply")
    answer = client.post("/results/import", data=form(TWO))
    assert answer.status_code == 409
    assert "Этот файл уже загружен" in answer.text


def test_mistakes_stand_in_a_table_with_their_rows(client: FlaskClient) -> None:
    page = client.get(upload(client, f"{HEAD}\nОрлова Анна;вход;METH;11;10\n")).text
    assert re.search(r">2</div></td><td[^>]*><div>Баллы</div></td><td[^>]*><div>Больше максимума: 10", page)
    assert "Загрузить исправленный файл" in page


def test_a_file_that_cannot_be_read_says_why_and_keeps_what_was_typed(client: FlaskClient) -> None:
    answer = client.post("/results/import", data=form("ФИО;Этап\nОрлова Анна;вход\n"))
    assert answer.status_code == 422
    assert "Нет такого столбца" in answer.text
    assert 'value="Внешний тест"' in answer.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "Напишите название"),
        ({"file": ""}, "Выберите файл"),
        ({"exit_on": "2026-09-01"}, "Итоговая диагностика — позже входной"),
        ({"entry_on": "31.02.2026"}, "Такого дня нет"),
    ],
)
def test_a_wrong_field_is_told_at_the_field(
    client: FlaskClient, change: dict[str, object], words: str
) -> None:
    answer = client.post("/results/import", data=form(TWO, **change))
    assert answer.status_code == 422
    assert words in answer.text


def test_items_without_a_key_need_a_block(client: FlaskClient) -> None:
    text = "ФИО;Этап;i1\nОрлова Анна;вход;1\n"
    answer = client.post("/results/import", data=form(text, kind="items"))
    assert answer.status_code == 422
    assert "Загрузите ключ или выберите блок" in answer.text
    framework = preset().partition(":")[0]
    assert "METH" in client.get(upload(client, text, kind="items", block=f"{framework}:METH")).text


def test_a_doubtful_person_is_asked_about_and_the_answer_is_kept(client: FlaskClient) -> None:
    address = upload(client, CHANGED)
    assert "Это тот же человек: Орлова Анна Ильинична" in client.get(address).text
    unanswered = client.post(address + "/apply")
    assert unanswered.status_code == 422
    assert "Решите, кто это" in unanswered.text
    done = client.post(address + "/apply", data={"match-3-who": "row:2"})
    assert done.status_code == 302
    assert session.scalar(sa.select(sa.func.count(Finding.person_id.distinct()))) == 1


def test_an_upload_of_somebody_else_is_not_shown(client: FlaskClient) -> None:
    address = upload(client, TWO)
    other = make.staff(Role.TRAINER, make.institute(make.region("Другая область")))
    sign_in(client, other.id)
    for name in ("actor", "_login_user"):
        g.pop(name, None)
    assert client.get(address).status_code == 404


def test_a_teacher_does_not_import(client: FlaskClient) -> None:
    teacher = make.staff(Role.TEACHER, make.institute(make.region("Другая область")))
    sign_in(client, teacher.id)
    for name in ("actor", "_login_user"):
        g.pop(name, None)
    assert client.get("/results/import").status_code == 403


def test_an_imported_result_of_blocks_shows_levels_and_says_that_its_error_is_unknown(
    client: FlaskClient,
) -> None:
    client.post(upload(client, TWO) + "/apply")
    finding_id = session.scalars(sa.select(Finding.id).order_by(Finding.points)).first()
    session.rollback()
    page = client.get(f"/me/results/{finding_id}").text
    assert "Погрешность внешнего теста неизвестна" in page
    assert "высокий уровень профессиональных дефицитов" in page
    assert "Орлова Анна Ильинична" in page
    assert client.get(f"/me/results/{finding_id}/profile.pdf").status_code == 404
