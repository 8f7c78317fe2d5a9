"""Nothing is lost: no connection, a closed browser, two tabs, two devices, a link that has to be opened again."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import MakeVisitor
from tests.journeys.player import (
    APART,
    M1,
    N1,
    S1,
    S2,
    T1,
    choose,
    further,
    given,
    line,
    opened,
    ready,
    saved,
    sitting_of,
    stored,
    to_first_task,
    waiting,
    walk_in,
)
from tests.journeys.walking import until
from tests.support import answering
from tests.support.browser import Visitor, at_device
from tests.support.live import Live

pytestmark = pytest.mark.journey

ANSWERED = {"S1": "b", "S2": "a", "M1": ["a", "c"], "N1": 12.5, "T1": "Своими словами"}


def answer_five(page: Page) -> None:
    """From the page of S1 to that of L1."""
    choose(page, "b")
    further(page, S2)
    choose(page, "a")
    further(page, M1)
    choose(page, "a")
    choose(page, "c")
    further(page, N1)
    page.locator("[name=answer]").fill("12,5")
    further(page, T1)
    page.locator("[name=answer]").fill("Своими словами")
    further(page, T1 + 1)


@pytest.mark.storage
def test_five_answers_without_a_connection_arrive_once_by_themselves(
    live: Live, visitor: MakeVisitor
) -> None:
    teacher = visitor(phone=True)
    opened(live, teacher)
    page = to_first_task(teacher)
    teacher.context.set_offline(True)
    answer_five(page)
    expect(line(page)).to_contain_text("(5) сохранены на этом устройстве")
    assert "Можно продолжать" in line(page).inner_text()
    assert page.title().startswith("Вопрос 6 из 9")
    teacher.sound()
    page.go_back()
    assert page.locator("[name=answer]").input_value() == "Своими словами"
    page.get_by_role("link", name="Список вопросов").click()
    assert teacher.sound().heading == "Список вопросов"
    assert page.locator("[data-rows] .given").count() == 5
    page.locator("[data-rows] a").nth(1).click()
    page.wait_for_url(f"**/q/{S2}")
    assert page.locator('[name=answer][value="a"]').is_checked()
    assert [one["item"] for one in waiting(page) if one["kind"] == "answer"] == list(ANSWERED)
    teacher.context.set_offline(False)
    expect(line(page)).to_contain_text("Связь есть. Все ответы сохранены.")
    until(lambda: waiting(page) == [], "device that keeps nothing")
    sitting = sitting_of(page)
    assert given(live, sitting) == ANSWERED
    assert set(stored(live, sitting).values()) == {1}


def test_a_slow_press_is_not_lost_when_the_first_answer_waits(live: Live, visitor: MakeVisitor) -> None:
    """The press takes the focus from the answer, the save fails at once and is told above the button."""
    teacher = visitor()
    opened(live, teacher)
    page = to_first_task(teacher)
    teacher.context.set_offline(True)
    choose(page, "b")
    page.locator(".actions [value=next]").hover()
    page.mouse.down()
    page.wait_for_timeout(1500)  # a heavy hand, and time enough for the words
    page.mouse.up()
    page.wait_for_url(f"**/q/{S2}")
    expect(line(page)).to_contain_text("(1) сохранены на этом устройстве")


def test_a_browser_closed_without_a_connection_sends_when_it_is_opened_again(
    live: Live, chromium: Browser, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    with live.acting():
        address = live.address + answering.link(answering.world())
    first = at_device(chromium, profile)
    page = first.new_page()
    page.goto(address)
    walk_in(page)
    ready(page)
    sitting = sitting_of(page)
    saved(page, lambda: further(page, S1))
    first.set_offline(True)
    answer_five(page)
    expect(line(page)).to_contain_text("сохранены на этом устройстве")
    first.close()  # the driver gives the connection back before: some of it may be sent by the page that goes away
    second = at_device(chromium, profile)
    page = second.new_page()
    page.goto(address)
    walk_in(page)
    until(lambda: given(live, sitting) == ANSWERED, "answers that waited")
    assert set(stored(live, sitting).values()) == {1}
    page.goto(f"{live.address}/t/{sitting}/q/{T1}")
    assert page.locator("[name=answer]").input_value() == "Своими словами"
    second.close()


def test_two_tabs_one_writes_and_the_other_takes_over(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor()
    opened(live, teacher)
    first = teacher.page
    ready(first)
    further(first, S1)
    second = teacher.context.new_page()
    second.goto(first.url)
    expect(second.locator("[data-other-tab]")).to_be_visible()
    assert second.locator("[data-fragment]").evaluate("one => one.inert")
    saved(first, lambda: choose(first, "b"))
    second.get_by_role("button", name="Продолжить здесь").click()
    expect(first.locator("[data-other-tab]")).to_be_visible()
    expect(second.locator('[name=answer][value="b"]')).to_be_checked()
    saved(second, lambda: choose(second, "c"))
    second.close()
    expect(first.locator("[data-other-tab]")).to_be_hidden()
    expect(first.locator('[name=answer][value="c"]')).to_be_checked()
    assert given(live, sitting_of(first)) == {"S1": "c"}


def test_tabs_that_change_places_number_their_answers_apart(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor()
    opened(live, teacher)
    first = teacher.page
    ready(first)
    further(first, S1)
    second = teacher.context.new_page()
    refused: list[int] = []
    for tab in (first, second):
        tab.on("response", lambda one: refused.append(one.status) if one.status == 409 else None)
    second.goto(first.url)
    expect(second.locator("[data-other-tab]")).to_be_visible()
    saved(first, lambda: choose(first, "b"))
    before = "b"
    for tab, value in ((second, "c"), (first, "b"), (second, "a"), (first, "b")):
        tab.get_by_role("button", name="Продолжить здесь").click()
        expect(tab.locator("[data-other-tab]")).to_be_hidden()
        expect(tab.locator(f'[name=answer][value="{before}"]')).to_be_checked()
        saved(tab, partial(choose, tab, value))
        before = value
    assert given(live, sitting_of(first)) == {"S1": "b"}
    assert stored(live, sitting_of(first)) == {"S1": 5}
    assert refused == [], "no number was given to two answers"


def test_what_one_tab_sent_another_sends_again_in_the_same_words(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor()
    opened(live, teacher)
    first = to_first_task(teacher)
    second = teacher.context.new_page()
    second.goto(first.url)
    expect(second.locator("[data-other-tab]")).to_be_visible()
    bodies: list[Any] = []
    answers: list[int] = []
    second.on("response", lambda one: answers.append(one.status) if one.url.endswith("/events") else None)

    def pass_on(route: Route) -> None:
        bodies.append(route.request.post_data_json["events"])
        if len(bodies) == 1:
            choose(
                first, "c"
            )  # given before the server's word on the answer before: its base grows as it is sent
            route.continue_()
        elif len(bodies) == 2:
            route.fetch()  # stored, and nobody is told
        else:
            route.abort()

    first.route("**/events", pass_on)
    choose(first, "b")
    until(
        lambda: given(live, sitting_of(first)) == {"S1": "c"},
        "the second answer, of which the tab heard nothing",
    )
    with second.expect_request("**/events") as again:
        second.get_by_role("button", name="Продолжить здесь").click()
    expect(second.locator('[name=answer][value="c"]')).to_be_checked()
    until(lambda: waiting(second) == [], "an empty device")
    assert again.value.post_data_json["events"] == bodies[1]
    assert answers == [200]
    assert stored(live, sitting_of(first)) == {"S1": 2}


#: Words are typed, and in the same moment the tab stands still, as a phone lets a tab stand that nobody looks at.
TYPED_AND_FROZEN = """field => {
  field.value = "Слово первой";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => { const end = performance.now() + 6000; while (performance.now() < end); });
}"""


def frozen_and_taken_over(live: Live, teacher: Visitor) -> Page:
    """The tab that took over from one that stands still with words that nobody has yet."""
    opened(live, teacher)
    first = to_first_task(teacher)
    first.goto(f"{live.address}/t/{sitting_of(first)}/q/{T1}")
    ready(first)
    second = teacher.context.new_page()
    second.goto(first.url)
    expect(second.locator("[data-other-tab]")).to_be_visible()
    first.locator("[name=answer]").evaluate(TYPED_AND_FROZEN)
    second.get_by_role("button", name="Продолжить здесь").click()
    expect(second.locator("[data-other-tab]")).to_be_hidden()
    assert given(live, sitting_of(second)) == {}
    return second


def test_words_of_a_tab_that_stood_still_are_sent_by_the_one_that_took_over(
    live: Live, visitor: MakeVisitor
) -> None:
    second = frozen_and_taken_over(live, visitor())
    until(lambda: given(live, sitting_of(second)) == {"T1": "Слово первой"}, "the words of the first tab")
    expect(second.locator("[name=answer]")).to_have_value("Слово первой")


def test_words_of_a_tab_that_stood_still_stand_beside_newer_ones_and_not_over_them(
    live: Live, visitor: MakeVisitor
) -> None:
    second = frozen_and_taken_over(live, visitor())
    second.locator("[name=answer]").fill("Слово второй")
    until(lambda: given(live, sitting_of(second)) == {"T1": "Слово второй"}, "the newer words")
    expect(second.get_by_text(APART)).to_be_visible(timeout=15_000)
    assert given(live, sitting_of(second)) == {"T1": "Слово второй"}


def test_two_devices_keep_both_answers_until_the_person_chooses(live: Live, visitor: MakeVisitor) -> None:
    phone, desk = visitor(phone=True), visitor()
    address = opened(live, phone)
    to_first_task(phone)
    phone.context.set_offline(True)
    choose(phone.page, "b")
    expect(line(phone.page)).to_contain_text("на этом устройстве")
    opened(live, desk, address=address)
    desk.page.goto(phone.page.url)
    ready(desk.page)
    saved(desk.page, lambda: choose(desk.page, "a"))
    phone.context.set_offline(False)
    expect(line(phone.page)).to_contain_text("Тест открыт на другом устройстве")
    expect(phone.page.get_by_text(APART)).to_be_visible()
    phone.sound()
    phone.page.locator(".choice input[type=radio]").nth(1).check(force=True)
    phone.page.get_by_role("button", name="Оставить выбранный").click()
    phone.page.wait_for_load_state()
    expect(phone.page.get_by_text(APART)).to_be_hidden()
    assert given(live, sitting_of(phone.page)) == {"S1": "b"}


def test_a_press_that_lasts_while_another_device_answers_is_not_lost(
    live: Live, visitor: MakeVisitor
) -> None:
    """What the other device answered changes the page; not from under the finger."""
    here, there = visitor(), visitor()
    address = opened(live, here)
    page = to_first_task(here)
    here.context.set_offline(True)
    choose(page, "b")
    expect(line(page)).to_contain_text("на этом устройстве")
    opened(live, there, address=address)
    there.page.goto(page.url)
    ready(there.page)
    saved(there.page, lambda: choose(there.page, "a"))
    page.locator(".option", has=page.locator('[value="c"]')).locator("label").hover()
    page.mouse.down()
    with page.expect_response("**/pack*"):
        here.context.set_offline(False)
    page.wait_for_timeout(1000)  # long enough for the page to be drawn anew
    page.mouse.up()
    until(lambda: stored(live, sitting_of(page)) == {"S1": 3}, "all three answers")
    expect(page.get_by_text(APART)).to_be_visible()


@pytest.mark.storage
def test_a_key_that_is_gone_leaves_the_answers_and_says_what_to_do(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    teacher.expected_statuses = {401, 403}
    address = opened(live, teacher)
    page = to_first_task(teacher)
    teacher.context.clear_cookies()
    choose(page, "b")
    expect(line(page)).to_contain_text("Откройте свою ссылку ещё раз")
    teacher.sound()
    sitting = sitting_of(page)
    assert [one["value"] for one in waiting(page)] == ["b"]
    opened(live, teacher, address=address)
    until(lambda: given(live, sitting) == {"S1": "b"}, "answer that waited")
    until(lambda: waiting(page) == [], "device that keeps nothing")


def test_another_person_at_this_computer_sends_nothing_of_the_one_before(
    live: Live, visitor: MakeVisitor
) -> None:
    shared = visitor()
    with live.acting():
        place = answering.world()
        addresses = [answering.link(place, seat) for seat in range(2)]
    shared.expected_statuses = {401, 403}
    opened(live, shared, address=addresses[0])
    page = to_first_task(shared)
    first = sitting_of(page)
    shared.context.clear_cookies()
    choose(page, "b")
    expect(line(page)).to_contain_text("Откройте свою ссылку ещё раз")
    shared.go(addresses[1])
    page.get_by_label("Фамилия").fill("Ёлкин")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    page.locator("main form button[type=submit]").last.click()
    ready(page)
    second = sitting_of(page)
    assert second != first
    further(page, S1)
    choose(page, "c")
    until(lambda: given(live, second) == {"S1": "c"}, "answer of the second person")
    assert given(live, first) == {}
    until(
        lambda: [(one["sitting"], one["value"]) for one in waiting(page)] == [(first, "b")],
        "device that keeps only what waits for its owner",
    )


def test_answers_go_into_a_file_when_the_connection_stays_away(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    teacher.page.add_init_script("delete window.crypto.__proto__.subtle")
    opened(live, teacher)
    page = to_first_task(teacher)
    teacher.context.set_offline(True)
    page.clock.install()
    choose(page, "b")
    page.clock.run_for(1000)
    expect(line(page)).to_contain_text("на этом устройстве")
    for pause in (2, 5, 15):
        with page.expect_event("requestfailed"):
            page.clock.run_for(pause * 1000)
    expect(line(page)).to_contain_text("Связь слабая")
    assert "Файл не зашифрован" in line(page).inner_text()
    teacher.sound()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Сохранить ответы в файл").click()
    letter = json.loads(Path(coming.value.path()).read_text())
    assert (letter["format"], letter["version"], letter["sitting"]) == (
        "orientir-answers",
        1,
        sitting_of(page),
    )
    assert [(one["item"], one["value"]) for one in letter["events"]] == [("S1", "b")]


@pytest.mark.parametrize("is_closed", [False, True], ids=["page open", "link opened again"])
def test_what_a_phone_kept_when_the_work_was_sent_elsewhere_becomes_late_and_is_told(
    live: Live, visitor: MakeVisitor, *, is_closed: bool
) -> None:
    phone, desk = visitor(phone=True), visitor()
    address = opened(live, phone)
    to_first_task(phone)
    phone.context.set_offline(True)
    choose(phone.page, "b")
    expect(line(phone.page)).to_contain_text("на этом устройстве")
    opened(live, desk, address=address)
    sitting = sitting_of(phone.page)
    desk.go(f"/t/{sitting}/review")
    desk.page.locator("#without").check(force=True)
    desk.click("Отправить ответы")
    desk.page.wait_for_url("**/done")
    phone.expected_statuses = {409}
    if is_closed:
        phone.page.route("**/events", lambda route: route.abort())
        phone.context.set_offline(False)
        phone.page.goto("/help")
        phone.page.unroute("**/events")
        phone.page.goto(address)
        phone.page.goto(f"/t/{sitting}/done")
    phone.context.set_offline(False)
    phone.page.wait_for_url("**/done")
    expect(phone.page.get_by_text("1 ответ дошёл позже и хранится отдельно", exact=False)).to_be_visible()
    phone.page.wait_for_timeout(1500)  # the page shows itself once more when its device was emptied
    phone.sound()
    until(lambda: waiting(phone.page) == [], "device that keeps nothing")
