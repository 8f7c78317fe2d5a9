"""The library: works for those who run them, keys for methodologists, versions published whole or not at all."""

from __future__ import annotations

import io
import re
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diagnostics.catalogue import actions
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.people.models import OrgNode, Role
from instruments.bundled import bundled_files
from instruments.formats.yaml import read_document, write_document
from tests.diagnostics.web.authoring.conftest import client_of

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

FILES = {path.name: path.read_bytes() for path in bundled_files() if "test.method" in str(path)}
SECRET = FILES["scoring.yaml"].decode().split('rationale: {ru: "', 1)[-1][:30]


def work_id(code: str = "test.method") -> str:
    found = catalogue.latest_published(VersionKind.INSTRUMENT, code)
    assert found is not None
    return found.id


def numbers() -> list[int]:
    """Numbers of the published versions of the work, newest first."""
    session.expire_all()
    found = catalogue.published(VersionKind.INSTRUMENT)
    return [one.number for one in found if one.code == "test.method"]


def publish(client: FlaskClient, instrument: bytes, scoring: bytes) -> TestResponse:
    files = {"instrument": (io.BytesIO(instrument), "i.yaml"), "scoring": (io.BytesIO(scoring), "s.yaml")}
    return client.post("/instruments/publish", data=files)


def test_the_library_names_works_with_blocks_and_versions(trainer: FlaskClient) -> None:
    page = trainer.get("/instruments").text
    for words in ("Методический тест", "версия 1", "Методические компетенции", "24 "):
        assert words in page
    assert "METH" not in page


def test_a_work_shows_its_forms_side_by_side(trainer: FlaskClient) -> None:
    page = trainer.get(f"/instruments/{work_id()}").text
    assert page.count(">общее<") == 16
    assert "Вариант А" in page
    assert "Вариант Б" in page


def test_a_test_shows_its_specification_on_its_page_and_on_paper(trainer: FlaskClient) -> None:
    page = trainer.get(f"/instruments/{work_id('test.math59')}").text
    plan = page.split('id="plan-1"')[1].split("</table>")[0]
    words = re.sub(r"<[^>]+>", " ", plan)
    assert "Рассуждение" in words
    assert "Оценочные и психолого-педагогические компетенции" in words
    assert re.search(r"Всего\s+1\s+15\s+9\s+25\s+100", words)
    assert "15 общих заданий" in page
    assert "Спецификация" in trainer.get(f"/instruments/{work_id('test.math59')}/forms/A/print").text


def test_a_test_whose_levels_are_not_said_is_counted_by_competence(trainer: FlaskClient) -> None:
    plan = trainer.get(f"/instruments/{work_id()}").text.split('id="plan-1"')[1].split("</table>")[0]
    assert "Рассуждение" not in plan
    assert re.search(r"Всего\s+24\s+28", re.sub(r"<[^>]+>", " ", plan))


def test_a_questionnaire_has_no_specification(trainer: FlaskClient) -> None:
    assert "Спецификация" not in trainer.get(f"/instruments/{work_id('self.teacher')}").text


def test_keys_are_for_methodologists_only(trainer: FlaskClient, methodologist: FlaskClient) -> None:
    pages = [f"/instruments/{work_id()}/{name}" for name in ("keys", "scoring.yaml", "instrument.yaml")]
    for page in pages:
        assert trainer.get(page).status_code == HTTPStatus.FORBIDDEN
        assert methodologist.get(page).status_code == HTTPStatus.OK
    for page in (f"/instruments/{work_id()}", f"/instruments/{work_id()}/forms/A/print"):
        assert "/keys" not in trainer.get(page).text


def test_keys_tell_why_and_which_mistake_stands_behind(methodologist: FlaskClient) -> None:
    scored = catalogue.scoring_of(work_id())
    assert scored is not None
    scoring = catalogue.scoring(scored.id)
    page = methodologist.get(f"/instruments/{work_id()}/keys").text
    entry = next(entry for entry in scoring.items.values() if entry.rationale and entry.mistakes)
    assert entry.rationale
    assert entry.rationale["ru"][:25] in page
    assert next(iter(entry.mistakes.values()))["ru"][:20] in page


def test_a_form_on_paper_asks_everything_and_gives_nothing_away(trainer: FlaskClient) -> None:
    page = trainer.get(f"/instruments/{work_id()}/forms/B/print").text
    work = catalogue.instrument(work_id())
    assert all(item.text["ru"][:40] in page for item in work.form_items("B"))
    assert trainer.get(f"/instruments/{work_id()}/forms/Z/print").status_code == HTTPStatus.NOT_FOUND


def test_a_work_for_several_audiences_names_their_questionnaires(trainer: FlaskClient) -> None:
    page = trainer.get(f"/instruments/{work_id('self.school')}").text
    assert "У каждой группы своя анкета" in page
    assert "17 вопросов, около 7 минут" in page
    assert "по ним сравнивают вход и выход" not in page
    assert "Новая диагностика" not in page  # which asks teachers only
    assert "4 анкет" in trainer.get("/instruments").text


def test_a_work_for_teachers_leads_to_a_new_diagnosis(trainer: FlaskClient) -> None:
    assert "Новая диагностика" in trainer.get(f"/instruments/{work_id('self.teacher')}").text


def test_a_work_of_one_form_promises_no_comparison_of_forms(trainer: FlaskClient) -> None:
    assert "по ним сравнивают вход и выход" not in trainer.get(f"/instruments/{work_id('self.teacher')}").text


def test_a_pupils_questionnaire_on_paper_speaks_to_pupils_and_asks_no_name(trainer: FlaskClient) -> None:
    page = trainer.get(f"/instruments/{work_id('self.school')}/forms/pupil/print").text
    assert "Это не контрольная" in page
    assert "Фамилия" not in page
    assert page.count("○ <b>0</b>Затрудняюсь ответить") == 16
    assert "Учителя разговаривают с нами уважительно" in page
    assert "Учителя разговаривают с учениками уважительно" not in page


def test_all_mistakes_of_both_files_are_told(methodologist: FlaskClient) -> None:
    broken = (
        FILES["instrument.yaml"]
        .replace(b"minutes: 40", "minutes: сорок".encode())
        .replace(b"languages:", b"tongues:")
    )
    scoring = FILES["scoring.yaml"].replace(b"framework: dpo", b"framework: nowhere")
    answer = publish(methodologist, broken, scoring)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    for place in ("minutes", "languages", "tongues", "framework"):
        assert f"<code>{place}</code>" in answer.text
    assert numbers() == [1]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("key: b", "key: zz", "которого нет в задании"),
        ("key: b", "reverse: false", "Не указан ключ"),
        (": 1}", ": 0}", "Сумма весов"),
    ],
)
def test_what_the_checks_refuse_is_not_published(
    methodologist: FlaskClient, old: str, new: str, words: str
) -> None:
    scoring = FILES["scoring.yaml"].decode()
    assert old in scoring
    answer = publish(methodologist, FILES["instrument.yaml"], scoring.replace(old, new).encode())
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in answer.text


def test_swapped_files_are_said_to_be_swapped(methodologist: FlaskClient) -> None:
    answer = publish(methodologist, FILES["scoring.yaml"], FILES["instrument.yaml"])
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Поле kind должно быть одним из: instrument" in answer.text


def test_files_become_a_draft_and_a_second_person_makes_it_the_next_version(
    methodologist: FlaskClient, region: OrgNode, app: Flask
) -> None:
    document = read_document(FILES["instrument.yaml"])
    changed = write_document(document.model_copy(update={"minutes": 45})).encode()
    answer = publish(methodologist, changed, FILES["scoring.yaml"])
    assert answer.status_code == HTTPStatus.FOUND
    assert "Черновик новой версии создан" in methodologist.get(answer.location).text
    assert numbers() == [1]
    draft = answer.location.removesuffix("/review")
    assert methodologist.post(f"{draft}/submit", data={"revision": 1, "to": "published"}).status_code == 302
    yes = {"revision": 1, "checklist": ["content", "fairness", "language", "access"]}
    assert methodologist.post(f"{draft}/approve", data=yes).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert numbers() == [1]
    colleague = client_of(app, Role.METHODOLOGIST, region)
    assert colleague.post(f"{draft}/approve", data=yes).status_code == HTTPStatus.FOUND
    assert numbers() == [2, 1]


def test_a_work_in_a_fixed_order_says_so(trainer: FlaskClient) -> None:
    keys = catalogue.scoring_of(work_id())
    assert keys is not None
    scoring = catalogue.scoring(keys.id)
    changed = catalogue.instrument(work_id()).model_copy(update={"order": "fixed"})
    framework = catalogue.latest_published(VersionKind.FRAMEWORK, scoring.framework)
    assert framework is not None
    actions.publish_instrument(changed, scoring, catalogue.framework(framework.id), actor_id=None)
    session.commit()
    assert "Порядок вопросов" in trainer.get(f"/instruments/{work_id()}").text
    assert "Порядок вопросов" not in trainer.get(f"/instruments/{work_id('self.teacher')}").text


def test_the_same_files_are_said_to_be_the_standing_version(methodologist: FlaskClient) -> None:
    answer = publish(methodologist, FILES["instrument.yaml"], FILES["scoring.yaml"])
    assert "то же, что в опубликованной версии" in methodologist.get(answer.location).text


def test_a_published_version_is_frozen(methodologist: FlaskClient, trainer: FlaskClient) -> None:
    answer = methodologist.post(f"/instruments/{work_id()}", data={"title": "Другое"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Опубликованную версию изменить нельзя" in answer.text
    assert trainer.post(f"/instruments/{work_id()}").status_code == HTTPStatus.FORBIDDEN


def test_trainers_do_not_publish(trainer: FlaskClient) -> None:
    assert trainer.get("/instruments/publish").status_code == HTTPStatus.FORBIDDEN
    assert publish(trainer, b"", b"").status_code == HTTPStatus.FORBIDDEN
