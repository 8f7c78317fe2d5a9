"""The teacher's side alone: without script, and with another device."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking as walk
from tests.journeys.conftest import MakeVisitor
from tests.journeys.people import invite, move_in, solved_by_anna
from tests.journeys.player import line
from tests.support.live import Live

pytestmark = pytest.mark.journey


def test_everything_works_without_any_script(live: Live, visitor: MakeVisitor) -> None:
    secret = invite(live, move_in(live))
    teacher = visitor(phone=True, script=False)
    teacher.go(f"/i/{secret}")
    walk.begin(teacher, "Соколова")
    walk.answer_all(teacher, solved_by_anna(live))
    walk.submit(teacher)
    walk.see_result(teacher)
    teacher.click("Собрать маршрут").sound()
    teacher.click("Отправить тьютору").sound()
    assert "Маршрут у тьютора" in teacher.text


@pytest.mark.storage
def test_a_test_begun_on_a_phone_goes_on_at_a_desk(live: Live, visitor: MakeVisitor) -> None:
    secret, answers = invite(live, move_in(live)), solved_by_anna(live)
    phone, desk = visitor(phone=True), visitor()
    phone.go(f"/i/{secret}")
    walk.begin(phone, "соколова ")
    for _question in range(5):
        walk.answer_one(phone, answers)
    assert "6 из 24" in phone.text
    expect(line(phone.page)).to_contain_text("Сохранено")  # the page goes on before its answer has arrived
    desk.go(f"/i/{secret}")
    assert "Фамилия" not in desk.text, "the link was confirmed once"
    desk.click("Продолжить с вопроса 6")
    desk.sound()
    assert "6 из 24" in desk.text
    walk.answer_all(desk, answers)
    walk.submit(desk)
    phone.expected_statuses = {409}  # the page that goes away tells what was seen on it: the work is closed
    phone.page.reload()
    phone.sound()
    assert phone.heading == "Ответы отправлены", "the other device shows the same receipt"


def test_the_surname_of_somebody_else_opens_nothing(live: Live, visitor: MakeVisitor) -> None:
    guest = visitor(phone=True).go(f"/i/{invite(live, move_in(live))}")
    guest.expected_statuses = {422}
    guest.page.get_by_label("Фамилия").fill("Петрова")
    guest.click("Да, это я. Начать").sound()
    assert guest.page.title().startswith("Ошибка")
