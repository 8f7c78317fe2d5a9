from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns.queries.circles import declaration
from diagnostics.database import session
from diagnostics.files.models import StoredFile
from tests.support import jobs
from tests.support.school import NOW, School, begin, send
from tests.support.sign_in import sign_in


def said(page: str, group: str) -> str:
    """What stands beside the name of a group on top of the page."""
    told = page.split(f"<dt>{group}</dt>")[1].split("</dd>", maxsplit=1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", told).split())


def rows_of(page: str) -> dict[str, list[str]]:
    """First cell of each row of any table → the words of the others."""
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL):
        cells = [
            re.sub(r"<[^>]+>", "", one).strip()
            for one in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        ]
        found[cells[0]] = cells[1:]
    return found


def collect(client: FlaskClient, campaign: str) -> str:
    return client.get(f"/school/sa/{campaign}/collect").get_data(as_text=True).replace("\u00a0", " ")


def answers(place: School, address: str, number: int) -> None:
    """By the link for all, each from a phone of its own."""
    for _ in range(number):
        phone = place.app.test_client()
        send(phone, begin(phone, address))


def test_four_parents_are_told_as_four_of_five(client: FlaskClient, place: School, campaign: str) -> None:
    answers(place, place.link(place.circle(campaign, "parent")), 4)
    assert said(collect(client, campaign), "Родители").startswith("4 из 30 4 из 5, нужных для показа")


def test_enough_answers_need_no_warning(client: FlaskClient, place: School, campaign: str) -> None:
    answers(place, place.link(place.circle(campaign, "parent")), 5)
    assert said(collect(client, campaign), "Родители").endswith("достаточно для показа")


def test_a_group_that_stays_hidden_is_named_when_the_collection_is_over(
    client: FlaskClient, place: School, campaign: str
) -> None:
    answers(place, place.link(place.circle(campaign, "parent")), 4)
    client.post(f"/school/sa/{campaign}/close")
    text = collect(client, campaign)
    assert "Родители: 4 из 5, нужных для показа." in text
    assert "Результаты этой группы скрыты, общего индекса нет" in text


def test_returns_stand_by_class_and_by_day(client: FlaskClient, place: School, campaign: str) -> None:
    circle = place.circle(campaign, "pupil", "7А")
    for number in (1, 2):
        phone = place.app.test_client()
        send(phone, begin(phone, place.slip(circle, number)))
    rows = rows_of(collect(client, campaign))
    assert rows["7А класс"][1:3] == ["2", "30"]
    assert rows["22 ноября"][0] == "2"


def test_more_answers_than_people_are_said_openly(client: FlaskClient, place: School, campaign: str) -> None:
    client.post(
        f"/school/sa/{campaign}/circles/{place.circle(campaign, 'parent').id}",
        data={"act": "expect", "expected": "1"},
    )
    answers(place, place.link(place.circle(campaign, "parent")), 2)
    assert "ответов больше, чем ждали (2 и 1)" in collect(client, campaign)


def test_the_chat_gets_a_link_that_opens(client: FlaskClient, place: School, campaign: str) -> None:
    text = collect(client, campaign)
    address = text.split("/r/")[1].split("<")[0].strip()
    assert place.app.test_client().get(f"/r/{address}").status_code == 200


def test_sheets_of_all_classes_are_printed_as_often_as_asked(
    client: FlaskClient, place: School, campaign: str
) -> None:
    first, second = (codes(client, place, campaign) for _ in range(2))
    assert first == second
    assert len(first) == 66
    assert first[0][0] == "7А класс"


def codes(client: FlaskClient, place: School, campaign: str) -> list[tuple[object, ...]]:
    sign_in(client, place.member_id)  # a member of the team prints too
    client.post(f"/school/sa/{campaign}/sheets", data={"format": "xlsx"})
    jobs.run_due(place.app)
    content = stored(place)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if row and str(row[0]).endswith("класс")]


def stored(place: School) -> bytes:
    file = session.query(StoredFile).order_by(StoredFile.created_at.desc()).first()
    assert file is not None
    folder = place.app.extensions["orientir"].files_dir
    return bytes(next(folder.rglob(f"*{file.id}*")).read_bytes())


def test_the_pdf_has_eight_slips_on_a_page(client: FlaskClient, place: School, campaign: str) -> None:
    circle = place.circle(campaign, "pupil", "7А")
    client.post(f"/school/sa/{campaign}/sheets", data={"format": "pdf", "circle": circle.id})
    jobs.run_due(place.app)
    content = stored(place)
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 5  # 33 slips


def test_a_strangers_circle_is_not_printed(client: FlaskClient, place: School, campaign: str) -> None:
    response = client.post(f"/school/sa/{campaign}/sheets", data={"circle": "00000000000000"})
    assert response.status_code == 404


def test_another_school_finds_nothing(client: FlaskClient, place: School, campaign: str) -> None:
    sign_in(client, place.other_deputy_id)
    circle = place.circle(campaign, "parent")
    for address in ("collect", "sheet", "dates", "close", f"circles/{circle.id}"):
        assert client.get(f"/school/sa/{campaign}/{address}").status_code == 404
    assert client.post(f"/school/sa/{campaign}/close").status_code == 404
    assert place.one(campaign).wave_state == "open"


def test_a_team_member_collects_but_neither_closes_nor_prolongs(
    client: FlaskClient, place: School, campaign: str
) -> None:
    sign_in(client, place.member_id)
    assert client.get(f"/school/sa/{campaign}/collect").status_code == 200
    assert client.post(f"/school/sa/{campaign}/close").status_code == 404
    assert client.get(f"/school/sa/{campaign}/dates").status_code == 404


def test_a_coordinator_sees_returns_and_nothing_else(
    client: FlaskClient, place: School, campaign: str
) -> None:
    answers(place, place.link(place.circle(campaign, "parent")), 1)
    sign_in(client, place.municipal_id)
    text = client.get("/self-assessments").get_data(as_text=True).replace("\u00a0", " ")
    assert "1 из 30" in text
    assert "0 из 60" in text
    assert client.get(f"/school/sa/{campaign}/collect").status_code == 404


def test_the_deadline_is_moved_and_codes_live_on(client: FlaskClient, place: School, campaign: str) -> None:
    client.post(f"/school/sa/{campaign}/dates", data={"last_day": "2026-12-20"})
    with clock.frozen(NOW + timedelta(days=20)):
        phone = place.app.test_client()
        begin(phone, place.slip(place.circle(campaign, "pupil", "7А")))


def test_a_deadline_in_the_past_is_refused(client: FlaskClient, place: School, campaign: str) -> None:
    response = client.post(f"/school/sa/{campaign}/dates", data={"last_day": "2026-11-21"})
    assert response.status_code == 422
    assert "Срок уже прошёл" in response.get_data(as_text=True)


def test_closing_asks_once_and_names_who_is_still_answering_and_who_stays_hidden(
    client: FlaskClient, place: School, campaign: str
) -> None:
    begin(place.app.test_client(), place.link(place.circle(campaign, "parent")))
    text = client.get(f"/school/sa/{campaign}/close").get_data(as_text=True).replace("\u00a0", " ")
    assert "1 человек начал и ещё не отправил" in text
    assert "Родители: 0 из 5, нужных для показа" in text
    client.post(f"/school/sa/{campaign}/close")
    assert "сбор закончен" in collect(client, campaign)
    assert client.post(f"/school/sa/{campaign}/close").status_code == 409


def test_new_codes_replace_the_fresh_ones(client: FlaskClient, place: School, campaign: str) -> None:
    circle = place.circle(campaign, "pupil", "7А")
    old = place.slip(circle)
    client.post(f"/school/sa/{campaign}/circles/{circle.id}", data={"act": "issue"})
    phone = place.app.test_client()
    page = phone.get(old)
    assert page.status_code == 410
    assert "заменён новым" in page.get_data(as_text=True)
    begin(phone, place.slip(place.circle(campaign, "pupil", "7А")))


def test_the_sheet_is_declared_by_positions_and_filled_once(
    client: FlaskClient, place: School, campaign: str
) -> None:
    address = f"/school/sa/{campaign}/sheet"
    data = {"people": "директор\nзаместитель по УВР\nсоциальный педагог", "agreed_on": "2026-11-21"}
    begun = client.post(address, data=data)
    assert begun.status_code == 302
    sitting = str(begun.location).split("/q/")[0]
    send(client, sitting)
    declared = declaration(place.one(campaign).wave_id)
    assert declared is not None
    assert declared.people == ("директор", "заместитель по УВР", "социальный педагог")
    assert "К сбору ответов" in client.get(f"{sitting}/done").get_data(as_text=True)
    assert client.post(address, data=data).status_code == 409
    assert "заполнен" in collect(client, campaign)


def test_any_member_of_the_team_goes_on_with_the_sheet(
    client: FlaskClient, place: School, campaign: str
) -> None:
    data = {"people": "директор\nзаместитель", "agreed_on": "2026-11-21"}
    first = client.post(f"/school/sa/{campaign}/sheet", data=data)
    client.post(first.location, data={"answer": "3", "go": "next"})
    other = place.app.test_client()
    sign_in(other, place.member_id)
    second = other.post(f"/school/sa/{campaign}/sheet", data=data)
    assert str(second.location).split("/q/")[0] == str(first.location).split("/q/")[0]
    assert str(second.location).endswith("/q/2")


def test_a_sheet_of_one_person_is_refused_at_its_field(
    client: FlaskClient, place: School, campaign: str
) -> None:
    data = {"people": "директор", "agreed_on": "2026-11-21"}
    response = client.post(f"/school/sa/{campaign}/sheet", data=data)
    assert response.status_code == 422
    assert "Укажите от 2 до 4 участников" in response.get_data(as_text=True)


def test_the_teams_tasks_lead_to_the_sheet_and_the_returns(
    client: FlaskClient, place: School, campaign: str
) -> None:
    text = client.get("/").get_data(as_text=True)
    assert f'href="/school/sa/{campaign}/sheet"' in text
    assert f'href="/school/sa/{campaign}/collect"' in text
    assert "Собрать ответы: 0 из 104" in text.replace("\u00a0", " ")
