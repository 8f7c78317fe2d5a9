"""A school walks its self-assessment: the deputy head launches it, teachers, pupils and parents answer without names."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pypdf
import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from diagnostics import clock
from diagnostics.campaigns.actions.nameless import seat_by_code, seat_by_link
from diagnostics.campaigns.circle_models import CircleWay, CodeState, OneTimeCode
from diagnostics.campaigns.queries.circles import CircleView, door_of_circle
from diagnostics.campaigns.queries.self_assessments import self_assessment
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.people.queries.places import DEFAULT_ZONE
from instruments.items import Answer
from tests.journeys.conftest import MakeVisitor
from tests.journeys.walking import taken, until
from tests.support import assessment, sitting
from tests.support import school as support
from tests.support.assessment import WORDS
from tests.support.browser import Visitor
from tests.support.live import Live

CLASSES = "7А 30\n8Б 30"
LATER = timedelta(days=1)
NAMING = "мама из 7А с двойней всегда права"
pytestmark = pytest.mark.journey
LAST = {"teacher": 11, "pupil": 23, "parent": 3}  # whose own words are sent, by number in the circle


def test_a_school_walks_its_self_assessment(live: Live, visitor: MakeVisitor) -> None:
    with live.acting():
        place = support.school(live.app)
        deputy_id, member_id, municipal_id = place.deputy_id, place.member_id, place.municipal_id
    deputy = visitor(deputy_id)
    campaign = launch(deputy)
    slips = printed(deputy, campaign)
    fill_sheet(visitor(member_id), campaign)
    pupil_on_a_phone(visitor(phone=True), slips[0])
    pupil_by_typed_codes(visitor(phone=True, script=False), slips[1])
    parents = chat_link(deputy, campaign, "родители")
    parents_with_one_phone(visitor(phone=True), parents)
    a_teacher(visitor(member_id), chat_link(deputy, campaign, "учителя"))
    the_others(live, campaign)
    look_at_returns(deputy, campaign)
    coordinator = visitor(municipal_id)
    coordinator.go("/self-assessments")
    assert "48 из 60" in coordinator.text.replace("\u00a0", " ")
    close(deputy, campaign)
    see_zones(deputy, campaign)
    take_documents(deputy, campaign)
    check_words(deputy, campaign)
    open_upward(deputy, coordinator, campaign)
    too_late = visitor(phone=True)
    too_late.expected_statuses = {410}
    too_late.go(parents)
    assert "Сбор ответов закончен" in too_late.text


def launch(deputy: Visitor) -> str:
    """Three presses from the start page; only the classes are typed."""
    deputy.go("/")
    deputy.follow("Начать").sound()
    deputy.page.get_by_label("Классы и число учеников").fill(CLASSES)
    deputy.page.get_by_label("Сколько учителей").fill("14")
    deputy.page.get_by_label("Сколько родителей").fill("30")
    deputy.click("Запустить").sound()
    assert "Сбор запущен" in deputy.text
    return deputy.path.split("/")[3]


def printed(deputy: Visitor, campaign: str) -> list[tuple[str, str, str]]:
    """The table of codes through the job's page: (school code, code, address) of each slip."""
    deputy.go(f"/school/sa/{campaign}/collect")
    deputy.click("Таблица кодов (Excel)")
    book = openpyxl.load_workbook(io.BytesIO(taken(deputy)))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    slips = [(str(row[2]), str(row[3]), str(row[4])) for row in rows if row and str(row[0]).endswith("класс")]
    assert len(slips) == 66
    return slips


def fill_sheet(member: Visitor, campaign: str) -> None:
    member.go("/").follow("Заполнить", exact=False).sound()
    member.page.get_by_label("Кто договорился об ответах").fill(
        "директор\nзаместитель директора по УВР\nсоциальный педагог"
    )
    member.click("Заполнить лист").sound()
    answer_and_send(member)
    assert "Лист администрации — заявление школы" in member.text
    member.follow("К сбору ответов").sound()
    assert "заполнен" in member.text


def pupil_on_a_phone(pupil: Visitor, slip: tuple[str, str, str]) -> None:
    """QR, one screen about anonymity, answers, thanks: and the same slip again."""
    address = path_of(slip[2])
    pupil.go(address)
    assert "Это не контрольная" in pupil.text
    pupil.picture("school-door")
    pupil.click("Начать").sound()
    answer_and_send(pupil)
    assert "Спасибо, ответы отправлены" in pupil.heading
    assert "Квитанция" not in pupil.text
    pupil.expected_statuses = {409}
    pupil.go(address)
    assert "Этим кодом уже ответили" in pupil.text


def pupil_by_typed_codes(pupil: Visitor, slip: tuple[str, str, str]) -> None:
    """Without script and without a camera."""
    pupil.go("/code")
    pupil.page.get_by_label("Код школы").fill(slip[0])
    pupil.page.get_by_label("Ваш код").fill(slip[1].lower())
    pupil.click("Войти").sound()
    pupil.click("Начать").sound()
    pupil.page.get_by_label("Да, это так").check()
    pupil.click("Далее").sound()
    assert "2 из" in pupil.text


def parents_with_one_phone(parent: Visitor, link: str) -> None:
    """Two parents, one phone: the second one sees nothing of the first."""
    parent.go(link).click("Начать").sound()
    answer_and_send(parent)
    parent.follow("Передать следующему").sound()
    parent.click("Отвечает другой человек").sound()
    expect(parent.page.locator("#question input:checked")).to_have_count(0)
    answer_and_send(parent)


def a_teacher(teacher: Visitor, link: str) -> None:
    """Signed in, and yet nobody to the questionnaire."""
    teacher.go(link).click("Начать").sound()
    answer_and_send(teacher)
    assert "Ответы ушли без имени" in teacher.text


def the_others(live: Live, campaign: str) -> None:
    """The rest of 12 teachers, 48 pupils and 4 parents, through the same actions."""
    with live.acting():
        for circle in self_assessment(campaign).circles:
            wanted = {"teacher": 12, "parent": 4, "pupil": 24}.get(circle.respondent_group, 0)
            for number in range(circle.submitted, wanted):
                sitting.sit(_seat(circle), _answers(circle, number))
                session.commit()  # nobody waits for the write lock longer than for one answer


def _seat(circle: CircleView) -> str:
    if circle.way is CircleWay.LINK:
        return seat_by_link(circle.id)
    fresh = sa.select(OneTimeCode.id).where(
        OneTimeCode.circle_id == circle.id, OneTimeCode.state == CodeState.FRESH
    )
    return seat_by_code(session.scalars(fresh.limit(1)).one())


def _answers(circle: CircleView, number: int) -> dict[str, Answer]:
    door = door_of_circle(circle.id)
    items = catalogue.instrument(door.instrument_id).form_items(door.form)
    written = WORDS[circle.respondent_group] if number == LAST[circle.respondent_group] else ""
    if number == LAST[circle.respondent_group] - 1 and circle.respondent_group == "pupil":
        written = NAMING
    words: dict[str, Answer] = {"OPEN": written} if written else {}
    return words | {
        item.code: 1 + (number + len(item.code) + index) % 4
        for index, item in enumerate(items)
        if item.type == "likert"
    }


def look_at_returns(deputy: Visitor, campaign: str) -> None:
    deputy.go(f"/school/sa/{campaign}/collect")
    said = deputy.text.replace("\u00a0", " ")
    for words in ("12 из 14", "48 из 60", "4 из 30", "4 из 5, нужных для показа"):
        assert words in said, words
    today = clock.local(clock.now(), DEFAULT_ZONE).date()
    assert re.search(rf"^{today.day} \w+\s+\d+", said, re.MULTILINE)
    deputy.picture("school-collect")


def close(deputy: Visitor, campaign: str) -> None:
    deputy.go(f"/school/sa/{campaign}/collect").follow("Закончить сбор").sound()
    assert "Родители: 4 из 5" in deputy.text.replace("\u00a0", " ")
    deputy.click("Закончить сбор").sound()
    assert "сбор закончен" in deputy.text


def see_zones(deputy: Visitor, campaign: str) -> None:
    """Four zones named; parents hidden, so nothing over groups."""
    deputy.go(f"/school/sa/{campaign}/collect").follow("Зоны", exact=True)
    until(lambda: "Считаем зоны" not in _again(deputy), "zones")
    deputy.sound()
    said = deputy.text.replace("\u00a0", " ")
    for words in (
        "3 человека, один лист",
        "12 из 14",
        "48 из 60",
        "4 из 30",
        "скрыто: ответов меньше 5",
        "Планирование и организация обучения",
        "Поддержка и мотивация учащихся",
        "Школьный климат и уклад",
        "Методическая работа",
        "индекс не считаем: он выдал бы скрытое",
    ):
        assert words in said, words
    deputy.picture("school-zones")


def _again(visitor: Visitor) -> str:
    visitor.page.reload()
    return visitor.heading


def take_documents(deputy: Visitor, campaign: str) -> None:
    """Tables at once, the PDF by a job; the same явка in both and no word of parents."""
    deputy.go(f"/school/sa/{campaign}/zones")
    book = openpyxl.load_workbook(io.BytesIO(deputy.download("Скачать в Excel")))
    cells = " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)
    deputy.go(f"/school/sa/{campaign}/zones").click("PDF")
    pages = pypdf.PdfReader(io.BytesIO(taken(deputy))).pages
    paper = " ".join(" ".join(page.extract_text() for page in pages).split())
    for text in (cells.replace("\u00a0", " "), paper.replace("\u00a0", " ")):
        assert "4 из 30" in text
        assert "Методическая работа" in text
        assert WORDS["parent"] not in text
        assert WORDS["pupil"] not in text, "nobody has read it yet"


def check_words(deputy: Visitor, campaign: str) -> None:
    """Of 48 pupils who wrote: one text names somebody, the other is shown."""
    deputy.go(f"/school/sa/{campaign}/zones")
    assert WORDS["pupil"] not in deputy.text
    deputy.follow("Проверьте ответы перед показом").sound()
    deputy.picture("school-words")
    assert WORDS["teacher"] not in deputy.text, "12 teachers are too few"
    assert WORDS["parent"] not in deputy.text
    for row in deputy.page.get_by_label(NAMING).all():
        row.check(force=True)
    deputy.click("Проверено: показать остальные команде").sound()
    deputy.page.locator("#words summary").click()
    expect(deputy.page.locator("#words li").first).to_have_text(WORDS["pupil"])
    assert NAMING not in deputy.text


def open_upward(deputy: Visitor, coordinator: Visitor, campaign: str) -> None:
    """The coordinator meets nothing before, and afterwards only what was opened."""
    coordinator.expected_statuses = {404}
    coordinator.page.goto(f"/school/sa/{campaign}/zones")
    assert "Методическая работа" not in coordinator.text
    deputy.go(f"/school/sa/{campaign}/zones").click("Открыть району и региону").sound()
    coordinator.go("/region/zones")
    coordinator.page.locator("table a").first.click()
    coordinator.sound()
    assert "Методическая работа" in coordinator.text
    assert "Своими словами" not in coordinator.text
    assert WORDS["pupil"] not in coordinator.text
    assert not coordinator.page.get_by_text("Уроки начинаются вовремя").count()
    assert not coordinator.page.get_by_role("link", name="К сбору ответов").count()


def test_with_enough_parents_the_school_gets_an_index_and_an_order(live: Live, visitor: MakeVisitor) -> None:
    with live.acting():
        scene = assessment.scene()
        assessment.usual(scene, parents=8)
        assessment.close(scene)
        campaign, lead = scene.campaign_id, scene.lead.id
    deputy = visitor(lead).go(f"/school/sa/{campaign}/zones")
    until(lambda: "Считаем зоны" not in _again(deputy), "zones")
    deputy.sound()
    assert "скрыто" not in deputy.text
    assert "Приоритет = важность × разрыв" in deputy.text
    assert deputy.page.locator("#order tbody tr").count() >= 3
    deputy.picture("school-zones-order")


def chat_link(deputy: Visitor, campaign: str, group: str) -> str:
    """The address in the message for a chat."""
    deputy.go(f"/school/sa/{campaign}/collect")
    section = deputy.page.locator("section", has=deputy.page.get_by_role("heading", name=f"чат: {group}"))
    return path_of(section.locator("textarea").input_value())


def path_of(text: str) -> str:
    return "/r/" + text.split("/r/")[1].strip()


def answer_and_send(person: Visitor) -> None:
    """The first question by its words, then to the check and away without the rest."""
    person.page.locator("label", has_text="Скорее да, чем нет").first.click()
    expect(person.page.locator("[data-save-line]")).to_contain_text("Сохранено")
    person.page.goto(re.sub(r"/q/\d+.*", "/review", person.page.url))
    person.sound()
    person.page.locator("#without").check()
    person.click("Отправить ответы")
    person.page.wait_for_url(lambda url: not url.endswith("/review"))
    person.sound()
