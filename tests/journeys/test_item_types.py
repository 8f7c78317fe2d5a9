"""One work that holds every item type, answered by hand: with script, without it, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.journeys import walking as walk
from tests.journeys.conftest import MakeVisitor
from tests.journeys.hands import HANDS
from tests.support import answering
from tests.support.browser import Visitor
from tests.support.facts import photo
from tests.support.live import Live

pytestmark = pytest.mark.journey

LEAST_TARGET = 44  # pixels, for a finger
GIVEN: dict[str, Any] = {
    "READ": None,
    "AGREE": {"agreed": True},
    "S1": {"opt_out": True},
    "M1": ["a", "c"],
    "M2": ["b", "c"],
    "P1": {"p1": "a", "p2": "b"},
    "R1": ["b", "c", "a"],
    "N1": 12.5,
    "T1": "  Рефлексия.",
    "W1": "Сначала найду причину,\nпотом дам посильный шаг.",
    "L1": 3,
    "F1": 4,
    "V1": "B1",
    "O1": {"opt_out": True},
    "K1": "b",
    "K2": "Покажем, что получилось, и скажем, что будем делать.",
    "B1": {"pc": {"all": "12", "works": "10"}, "panel": {"all": "3"}},
    "B2": {"1": {"pupils": "7", "hours": "1,5"}, "2": {"pupils": "11"}},
    "D1": ("работа.jpg", "image/jpeg", photo((900, 600))),
    "D2": ("план.pdf", "application/pdf", b"%PDF-1.7 plan"),
    "H1": 3,
    "H2": {"opt_out": True},
    "H3": 1,
}
TOLD = (
    "Затрудняюсь ответить",
    "Читает по слогам — Пара с сильным чтецом; Путает знаки действий — Цветная пометка знака до счёта",
    "1) Найти причину затруднения; 2) Подобрать задания; 3) Проверить, что изменилось",
    "12,5 %",
    "Часто",
    "B1. Применяю и объясняю, зачем",
    "Не наблюдалось",
    "Компьютеры: Всего 12 шт., Исправных 10 шт.; Интерактивные панели: Всего 3 шт.",
    "Строка 1: Учеников 7 чел., Часов в неделю 1,5 ч; Строка 2: Учеников 11 чел.",
    "работа.jpg",
    "план.pdf",
    "Не пробовал",
)


def enter(live: Live, visitor: Visitor) -> str:
    """Opens the work and stands at its first page; returns the address of the sitting."""
    with live.acting():
        place = answering.world(every_type=True)
        address = answering.link(place)
    visitor.go(address)
    visitor.page.get_by_label("Фамилия").fill("Соколова")
    visitor.click("Да, это я. Начать")
    if visitor.page.locator("#question").count() == 0:
        visitor.page.locator("form button[type=submit]").last.click()
        visitor.page.wait_for_url("**/q/1")
    return visitor.path.rsplit("/q/", 1)[0]


def answer(visitor: Visitor, *, but: Collection[str] = ()) -> None:
    """From the page that is open to the review; every page is looked at before and after its answer."""
    while visitor.page.locator("#question").count():
        visitor.sound()
        targets(visitor)
        here, form = urlsplit(visitor.page.url).path, visitor.page.locator("#question")
        item, kind = form.get_attribute("data-item") or "", form.get_attribute("data-kind") or ""
        if item not in but:
            HANDS[kind](visitor, GIVEN[item])
        assert visitor.problems == []
        visitor.page.locator(".actions button[value=next]").click()
        # A file or a row that was added stands in the query or behind «#»: that is the same page yet.
        visitor.page.wait_for_url(lambda url, here=here: urlsplit(url).path != here)
    visitor.sound()
    assert visitor.heading == "Проверьте ответы"


def targets(visitor: Visitor) -> None:
    """Whatever a finger must hit is high enough."""
    for control in visitor.page.locator("#question select:visible, #question button.button:visible").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= LEAST_TARGET, (visitor.heading, box)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_every_item_type_is_answered_reviewed_and_sent(
    live: Live, visitor: MakeVisitor, *, script: bool
) -> None:
    teacher = visitor(phone=True, script=script)
    enter(live, teacher)
    answer(teacher, but={"AGREE"})
    assert [words for words in TOLD if words not in teacher.text] == []
    teacher.expected_statuses = {422}
    teacher.click("Отправить ответы")
    teacher.page.wait_for_url("**/submit")
    assert "только с вашим согласием" in teacher.sound().text
    teacher.page.locator("#consents ~ ol a").click()
    HANDS["consent"](teacher, None)
    teacher.click("Сохранить и вернуться к проверке")
    teacher.page.wait_for_url("**/review")
    assert "Согласие дано" in teacher.sound().text
    walk.submit(teacher)
    walk.see_result(teacher)
    assert "1 ответ ждёт проверки эксперта: «Развёрнутый ответ»" in teacher.text


def test_an_order_is_made_with_the_buttons_and_kept(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    sitting = enter(live, teacher)
    teacher.go(f"{sitting}/q/7")
    page = teacher.page
    assert teacher.heading == "В каком порядке действует учитель?"
    page.get_by_role("button", name="Ниже: Проверить, что изменилось").focus()
    page.keyboard.press("Enter")
    assert "место 2 из 3" in page.locator("[data-moved]").inner_text()
    page.keyboard.press("Enter")
    page.locator("[data-save-line]", has_text="Сохранено").wait_for()
    page.reload()
    assert page.locator(".part > label").all_inner_texts() == [
        "Найти причину затруднения", "Подобрать задания", "Проверить, что изменилось",
    ]  # fmt: skip
    page.get_by_label("Проверить, что изменилось", exact=True).select_option("1")
    assert page.locator(".part > label").first.inner_text() == "Проверить, что изменилось"
    assert [select.input_value() for select in page.locator(".part select").all()] == ["1", "2", "3"]


def test_a_used_option_stays_and_says_so(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    sitting = enter(live, teacher)
    teacher.go(f"{sitting}/q/6")
    first, second = teacher.page.locator(".part select").all()
    first.select_option("a")
    assert second.locator("option[value=a]").inner_text().endswith("(уже выбрано)")
    assert not first.locator("option[value=a]").inner_text().endswith("(уже выбрано)")
    second.select_option("a")
    assert second.input_value() == "a", "an option may serve twice"
    teacher.sound()


def test_half_an_order_is_said_at_the_question(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    sitting = enter(live, teacher)
    teacher.go(f"{sitting}/q/7")
    teacher.page.locator('[name="answer.b"]').select_option("1")
    teacher.expected_statuses = {422}
    teacher.click("Далее")
    teacher.page.locator(".field-error", has_text="Без места осталось: 2").wait_for()
    teacher.sound()
    assert teacher.page.locator('[name="answer.b"]').input_value() == "1", "what was chosen stays"


def test_a_long_text_tells_how_much_room_is_left(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    sitting = enter(live, teacher)
    teacher.go(f"{sitting}/q/10")
    counter = teacher.page.locator("[data-counter]")
    assert counter.is_hidden()
    teacher.page.locator("[name=answer]").fill("а" * 390)
    counter.get_by_text("Осталось знаков: 10").wait_for()
    teacher.page.locator("[name=answer]").fill("а" * 405)
    counter.get_by_text("Лишних знаков: 5").wait_for()
    teacher.expected_statuses = {422}
    teacher.click("Далее")
    teacher.page.locator("#answer-error", has_text="помещается 400").wait_for()
    teacher.sound()
    assert len(teacher.page.locator("[name=answer]").input_value()) == 405, "nothing is cut"
    teacher.page.locator("[name=answer]").fill("Коротко")
    teacher.page.keyboard.press("Control+Enter")
    teacher.page.wait_for_url("**/q/11")
