"""A pause and a fixed order at a phone of 360 px, with script and without: nothing is lost, no page is a dead end."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import MakeVisitor
from tests.support import answering
from tests.support.answering import World
from tests.support.browser import Visitor
from tests.support.live import Live

pytestmark = pytest.mark.journey


def walked_in(live: Live, who: Visitor, *, ordered: bool = False) -> World:
    """A begun work on its first page."""
    with live.acting():
        place = answering.world(ordered=ordered)
        address = answering.link(place)
    who.go(address)
    who.page.get_by_label("Фамилия").fill("Соколова")
    who.click("Да, это я. Начать")
    who.sound()
    who.click("Начать").sound()
    return place


def paused(live: Live, place: World) -> None:
    with live.acting():
        answering.pause(place, "Нет связи, ждём до 15:00")


def resumed(live: Live, place: World) -> None:
    with live.acting():
        answering.resume(place)


def test_with_script_an_answer_waits_on_the_device_and_arrives_by_itself(
    live: Live, visitor: MakeVisitor
) -> None:
    teacher = visitor(phone=True)
    teacher.expected_statuses = {409}
    place = walked_in(live, teacher)
    teacher.click("Далее")
    paused(live, place)
    teacher.page.get_by_label("Второе решение").check()
    teacher.page.get_by_text("Диагностика приостановлена организатором.").wait_for()
    with teacher.page.expect_response(lambda one: '"value":"c"' in (one.request.post_data or "")):
        teacher.page.get_by_label("Третье решение").check()  # a changed mind replaces what waits
    teacher.page.reload()
    assert teacher.heading == "Диагностика приостановлена"
    assert "ждём до 15:00" in teacher.text
    teacher.click("Проверить снова", role="link")
    assert teacher.heading == "Диагностика приостановлена"
    resumed(live, place)
    with teacher.page.expect_response(lambda one: one.url.endswith("/events") and one.ok):
        teacher.click("Проверить снова", role="link")
    teacher.page.wait_for_load_state()
    teacher.page.locator("[data-save-line]", has_text="Сохранено").wait_for()
    assert teacher.page.get_by_label("Третье решение").is_checked()
    teacher.page.reload()
    assert teacher.sound().page.get_by_label("Третье решение").is_checked()
    assert teacher.page.evaluate("localStorage.length") == 0


def test_without_script_the_page_of_the_pause_holds_the_answer(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True, script=False)
    teacher.expected_statuses = {409}
    place = walked_in(live, teacher)
    teacher.click("Далее")
    teacher.page.get_by_label("Второе решение").check()
    paused(live, place)
    teacher.click("Далее")
    assert "только на этой странице" in teacher.text
    teacher.click("Проверить снова")
    assert "только на этой странице" in teacher.text
    resumed(live, place)
    teacher.click("Проверить снова").sound()
    assert "2 из 9" in teacher.text
    teacher.click("Назад").sound()
    assert teacher.page.get_by_label("Второе решение").is_checked()


@pytest.mark.parametrize("script", [True, False])
def test_in_a_fixed_order_a_question_is_answered_or_passed(
    live: Live, visitor: MakeVisitor, script: bool
) -> None:
    teacher = visitor(phone=True, script=script)
    teacher.expected_statuses = {409, 422}
    walked_in(live, teacher, ordered=True)
    teacher.click("Далее")
    teacher.page.wait_for_url("**/q/2")
    teacher.click("Далее")
    teacher.page.locator(".field-error", has_text="нажмите «Пропустить»").wait_for()
    teacher.click("Пропустить").page.get_by_text("2 из 9").wait_for()  # with script the save comes first
    teacher.sound()
    teacher.page.locator("[data-save-line]", has_text="Сохранено").wait_for()
    teacher.page.goto(teacher.page.url.replace("/q/3", "/q/7"))
    assert "Сначала ответьте на вопрос 2" in teacher.text
    teacher.click("К вопросу 2", role="link").sound()
    teacher.page.get_by_label("Второе решение").check()
    teacher.click("Далее").page.get_by_text("3 из 9").wait_for()  # with script the save comes first
    teacher.click("Список вопросов", role="link").sound()
    assert teacher.text.count("Закрыт") >= 6
    assert "Пропущен" in teacher.text
    teacher.click("Проверить и отправить", role="link").sound()
