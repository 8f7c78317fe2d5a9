"""A case that stays as it was left, a table that grows, a file that is taken back: on a phone, with a script."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import MakeVisitor
from tests.journeys.test_item_types import enter
from tests.support.live import Live

pytestmark = pytest.mark.journey

K1, B1, B2, D1 = 15, 17, 18, 19  # places of the pages


def heavy_photo() -> bytes:
    """About 5 MB, as a camera makes them."""
    made = io.BytesIO()
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(made, "JPEG", quality=91)
    return made.getvalue()


def test_the_text_of_a_case_stays_as_it_was_left(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    sitting = enter(live, teacher)
    teacher.go(f"{sitting}/q/{K1}")
    case, text = teacher.page.locator(".case"), teacher.page.locator("[data-case-text]")
    assert case.get_attribute("open") == "", "it is open at its first question"
    teacher.page.get_by_text("Показать рисунок").click()
    text.get_by_role("img").wait_for()
    text.get_by_role("img").evaluate("image => image.decode()")
    text.evaluate("one => { one.style.maxHeight = '120px'; one.scrollTop = 90; }")
    teacher.page.locator(".actions button[value=next]").click()
    teacher.page.wait_for_url(f"**/q/{K1 + 1}")
    assert case.get_attribute("open") == "", "the person had it open"
    teacher.page.keyboard.press("0")
    assert case.get_attribute("open") is None
    teacher.go(f"{sitting}/q/{K1}")
    assert case.get_attribute("open") is None, "the person had folded it"
    teacher.page.keyboard.press("0")
    assert teacher.page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_case_that_is_folded_in_the_moment_of_leaving_stays_folded(
    live: Live, visitor: MakeVisitor
) -> None:
    teacher = visitor(phone=True)
    sitting = enter(live, teacher)
    teacher.go(f"{sitting}/q/{K1}")
    kept = """async () => {
        document.querySelector(".case summary").click();
        await null; // no task of the page runs between a fold and an exit as quick as this
        return Object.entries(sessionStorage).find(([key]) => key.startsWith("case:"))?.[1];
    }"""
    assert '"open":false' in (teacher.page.evaluate(kept) or "")
    teacher.go(f"{sitting}/q/{K1}")
    assert teacher.page.locator(".case").get_attribute("open") is None


def test_a_mistake_in_a_table_leads_to_its_cell(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    sitting = enter(live, teacher)
    teacher.go(f"{sitting}/q/{B1}")
    teacher.page.locator("[data-frame][data-here]").wait_for()
    cell = teacher.page.get_by_role("textbox", name="Ноутбуки Всего, шт.")
    teacher.expected_statuses = {422}
    with teacher.page.expect_response(lambda one: one.url.endswith("/events") and one.status == 422):
        cell.fill("пять")  # a slow server may refuse it when the next question is open: then it is told there
    expect(teacher.page.locator("[data-save-line]")).to_contain_text("Не сохранено.")
    teacher.click("Далее")
    teacher.page.locator(".field-error").wait_for()
    teacher.sound()
    words = "Строка 2, «Ноутбуки, Всего»: введите число цифрами, например 12 или 12,5."
    teacher.page.get_by_role("link", name=words).click()
    assert cell.evaluate("one => one === document.activeElement"), "the summary leads to the very cell"
    assert cell.get_attribute("aria-invalid") == "true"
    cell.fill("5")
    teacher.click("Далее")
    teacher.page.wait_for_url(f"**/q/{B2}")


def test_enter_in_a_table_goes_on_and_takes_no_row_away(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(script=False)
    sitting = enter(live, teacher)
    teacher.go(f"{sitting}/q/{B2}?rows=2")
    teacher.page.locator('[name="cell|1|pupils"]').fill("7")
    teacher.page.locator('[name="cell|2|pupils"]').fill("8")
    teacher.page.keyboard.press("Enter")
    teacher.page.wait_for_url(f"**/q/{D1}")
    teacher.go(f"{sitting}/q/{B2}")
    teacher.click("Убрать — Строка 1").sound()
    assert teacher.page.locator('[name="cell|1|pupils"]').input_value() == "8"
    assert teacher.page.locator('[name="cell|2|pupils"]').count() == 0


def test_a_heavy_photo_is_made_smaller_on_the_phone_and_can_be_taken_back(
    live: Live, visitor: MakeVisitor
) -> None:
    teacher = visitor(phone=True)
    sitting, heavy = enter(live, teacher), heavy_photo()
    teacher.go(f"{sitting}/q/{D1}")
    sent: list[int] = []
    teacher.page.on(
        "request", lambda one: sent.append(len(one.post_data_buffer or b"")) if one.method == "POST" else None
    )
    given = {"name": "работа.jpg", "mimeType": "image/jpeg", "buffer": heavy}
    teacher.page.locator("input[type=file]").set_input_files([given])
    teacher.page.get_by_role("link", name="работа.jpg").wait_for()
    teacher.sound()
    assert max(sent) < len(heavy) / 2
    assert teacher.download("работа.jpg").startswith(b"\xff\xd8\xff")
    teacher.click("Убрать — работа.jpg")
    teacher.page.get_by_role("link", name="работа.jpg").wait_for(state="detached")
    teacher.sound()


def test_what_is_no_picture_is_refused_in_words_and_the_others_stay(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    sitting = enter(live, teacher)
    teacher.go(f"{sitting}/q/{D1}")
    given = {
        "name": "снимок.png",
        "mimeType": "image/png",
        "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    teacher.expected_statuses = {422}
    teacher.page.locator("input[type=file]").set_input_files([given])
    teacher.page.locator(".field-error").wait_for()
    assert "Такой файл принять нельзя" in teacher.sound().text
