"""Clarifying tasks on a phone of 360 px: offered after the form, drawn one by one, waiting for a connection, told apart."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.findings.models import Finding
from diagnostics.sittings import queries as reading
from tests.journeys import walking as walk
from tests.journeys.conftest import MakeVisitor
from tests.support.answering import begin, event, link, save, world
from tests.support.browser import Visitor
from tests.support.live import Live
from tests.support.sitting import half

pytestmark = pytest.mark.journey
MOST = 3


def half_done(live: Live) -> str:
    """A link to a sitting whose form is answered on another device: each second task rightly."""
    with live.acting():
        place = world(shipped=True, clarify=MOST)
        writing = begin(place)
        scoring = reading.invitation(place.seats[0]).seat.scoring_id or ""
        given = half(writing.instrument_id, scoring, "A")
        rows = [event(number, item, answer) for number, (item, answer) in enumerate(given.items(), 1)]
        for start in range(0, len(rows), 20):
            save(writing, *rows[start : start + 20])
        assert catalogue.instrument(writing.instrument_id).forms[0].code == "A"
        return link(place)


def walk_in(teacher: Visitor, address: str) -> None:
    teacher.go(address)
    teacher.page.get_by_label("Фамилия").fill("Соколова")
    teacher.page.get_by_role("button", name="Продолжить с вопроса", exact=False).click()
    if teacher.path.endswith("/start"):
        assert f"до {MOST} уточняющих заданий" in teacher.text
        teacher.page.get_by_role("button", name="Продолжить").click()


def choose(teacher: Visitor) -> None:
    """Some answer, whatever the type of the task."""
    page = teacher.page
    options = page.locator("#question [name=answer][type=radio], #question [name=answer][type=checkbox]")
    if options.count():
        for place in range(_number_asked(teacher)):
            options.nth(place).check(force=True)
    else:
        page.locator("#question [name=answer]").fill("12")


def _number_asked(teacher: Visitor) -> int:
    return int(teacher.page.locator("#question").get_attribute("data-choose") or 1)


@pytest.mark.parametrize("script", [True, False])
def test_a_doubtful_result_is_cleared_up_on_a_phone(live: Live, visitor: MakeVisitor, script: bool) -> None:
    teacher = visitor(phone=True, script=script)
    walk_in(teacher, half_done(live))
    teacher.page.goto(teacher.page.url.rsplit("/q/", 1)[0] + "/review")
    press(teacher, "Отправить ответы")
    teacher.sound()
    assert teacher.heading == "Уточняющие задания"
    assert "вывод пока неясен" in teacher.text
    press(teacher, "Ответить на уточняющие задания")
    teacher.sound()
    assert "Уточняющие задания" in teacher.text
    first = teacher.path
    choose(teacher)
    if script:
        wait_for_a_connection(teacher)
    else:
        teacher.page.locator("button[value=next]").click()
    teacher.sound()
    assert teacher.path != first

    press(teacher, "Остановиться")
    assert teacher.heading == "Уточняющие задания"
    assert "ждёт ответа" in teacher.text
    teacher.sound().follow("Продолжить задание")
    press(teacher, "Пропустить")
    press(teacher, "Остановиться")
    assert teacher.path.endswith("/clarify")
    teacher.sound()
    press(teacher, "Остановиться и отправить ответы")
    teacher.sound()
    assert teacher.heading == "Ответы отправлены"
    walk.until(lambda: scored(live), "finding")
    teacher.go(teacher.path).follow("Посмотреть результат").sound()
    assert "Проценты и уровни — только по основной части." in teacher.page.content()
    assert ", уточняющее" in teacher.page.content()


def scored(live: Live) -> bool:
    with live.acting():
        return session.scalar(sa.select(Finding.id)) is not None


def press(teacher: Visitor, name: str) -> None:
    """The page is asked whether it is reached before the form goes, so the next one comes a little later."""
    here = teacher.path
    teacher.page.get_by_role("button", name=name, exact=True).click()
    teacher.page.wait_for_url(lambda url: not url.endswith(here))
    teacher.page.wait_for_load_state()


def wait_for_a_connection(teacher: Visitor) -> None:
    """The next task is the server's to choose: the page waits, says so, and goes on by itself."""
    here = teacher.path
    teacher.context.set_offline(True)
    teacher.page.locator("button[value=next]").click()
    line = teacher.page.locator("[data-online-line]")
    walk.until(
        lambda: "Нет связи. Следующий шаг выбирает система" in line.inner_text(), "words about the wait"
    )
    assert teacher.path == here
    teacher.context.set_offline(False)
    teacher.page.wait_for_url(lambda url: not url.endswith(here))
