"""The player when things break: the browser is killed, the server dies with a save on its way, the device keeps nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from diagnostics import clock
from diagnostics.sittings.answers_file.sealing import opened as unsealed
from tests.journeys.conftest import MakeVisitor
from tests.journeys.player import (
    N1,
    S1,
    T1,
    choose,
    further,
    given,
    killed,
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
from tests.support.browser import at_device
from tests.support.live import Live

pytestmark = pytest.mark.journey

WORTH_A_WORD = 3  # seconds of saving; a machine that stalls may need them


def test_a_killed_browser_sends_the_words_that_it_had_kept_by_itself(
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
    page.goto(f"{live.address}/t/{sitting}/q/{T1}")
    ready(page)
    first.set_offline(True)
    words = "Сначала найду причину"
    page.locator("[name=answer]").press_sequentially(words, delay=20)
    typed = time.monotonic()
    until(lambda: [row["value"] for row in waiting(page) if row["kind"] == "answer"] == [words], "words kept")
    print(f"kept {time.monotonic() - typed:.2f} s after the last key")
    killed(profile)
    assert given(live, sitting) == {}
    second = at_device(chromium, profile)
    page = second.new_page()
    page.goto(address)
    walk_in(page)
    until(lambda: given(live, sitting) == {"T1": words}, "words of the killed browser")
    second.close()


@pytest.mark.parametrize("is_committed", [False, True], ids=["before the commit", "after the commit"])
def test_a_save_that_lost_its_answer_is_sent_again_and_stored_once(
    live: Live, visitor: MakeVisitor, *, is_committed: bool
) -> None:
    teacher = visitor(phone=True)
    opened(live, teacher)
    page = to_first_task(teacher)
    cut: list[str] = []

    def lose(route: Route) -> None:
        if not cut and is_committed:
            route.fetch()
        if not cut:
            cut.append(route.request.post_data or "")
            route.abort()
            return
        route.continue_()

    page.route("**/events", lose)
    choose(page, "b")
    expect(line(page)).to_contain_text("Связь есть. Все ответы сохранены.", timeout=15_000)
    assert len(cut) == 1
    assert given(live, sitting_of(page)) == {"S1": "b"}
    assert stored(live, sitting_of(page)) == {"S1": 1}


#: The device forgets what was sent as slowly as a full memory card does: its transaction lives on for a while.
FORGETS_SLOWLY = """() => {
  const forget = IDBObjectStore.prototype.delete;
  IDBObjectStore.prototype.delete = function (key) {
    const end = performance.now() + 2500;
    const hold = () => { if (performance.now() < end) this.get(["", "", 0]).onsuccess = hold; };
    hold();
    return forget.call(this, key);
  };
}"""


def test_a_changed_mind_is_sent_though_the_device_still_forgets_the_answer_before(
    live: Live, visitor: MakeVisitor
) -> None:
    teacher = visitor(phone=True)
    opened(live, teacher)
    page = to_first_task(teacher)
    page.evaluate(FORGETS_SLOWLY)
    with page.expect_response("**/events"):
        choose(page, "a")
    choose(page, "b")
    until(lambda: given(live, sitting_of(page)) == {"S1": "b"}, "the changed mind")


#: What the device was told and what the server was told, in that order in which each was begun or done.
WATCHED = """() => {
  window.told = [];
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (row) {
    if (this.name === "outbox") this.transaction.addEventListener("complete", () => window.told.push(["device", row.seq, row.value, row.base]));
    return put.call(this, row);
  };
  const send = window.fetch;
  window.fetch = (address, options) => {
    if (String(address).endsWith("/events"))
      for (const { seq, value, base } of JSON.parse(options.body).events) window.told.push(["server", seq, value, base]);
    return send(address, options);
  };
}"""


def test_what_is_sent_stands_on_the_device_before_just_as_it_is_sent(
    live: Live, visitor: MakeVisitor
) -> None:
    teacher = visitor(phone=True)
    opened(live, teacher)
    page = to_first_task(teacher)
    page.evaluate(WATCHED)
    held: list[Route] = []
    page.route("**/events", lambda route: held.append(route), times=1)  # noqa: PLW0108 - a builtin is refused
    with page.expect_request("**/events"):
        choose(page, "a")
    choose(page, "b")  # its base is known when the first one is acknowledged
    held[0].continue_()
    until(lambda: given(live, sitting_of(page)) == {"S1": "b"}, "the changed mind")
    choose(page, "c")
    further(page, S1 + 1)  # which sends at once
    until(lambda: given(live, sitting_of(page)) == {"S1": "c"}, "the answer of the page that was turned")
    told = page.evaluate("window.told")
    sent = [row for who, *row in told if who == "server" and row[1] is not None]
    assert [value for _, value, _ in sent] == ["a", "b", "c"]
    for row in sent:
        assert ["device", *row] in told[: told.index(["server", *row])]


def test_a_connection_that_comes_back_while_a_try_fails_is_used_at_once(
    live: Live, visitor: MakeVisitor
) -> None:
    teacher = visitor(phone=True)
    opened(live, teacher)
    page = to_first_task(teacher)
    held: list[Route] = []
    page.route("**/events", lambda route: held.append(route), times=1)  # noqa: PLW0108 - a builtin is refused
    page.clock.install()
    page.clock.pause_at(clock.now() + timedelta(minutes=1))  # no pause between two tries ends from now on
    with page.expect_request("**/events"):
        choose(page, "b")
        page.clock.run_for(1000)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    held[0].abort()
    until(lambda: given(live, sitting_of(page)) == {"S1": "b"}, "the answer")


@pytest.mark.parametrize(
    ("place", "item", "act", "answer"),
    [
        (T1, "T1", lambda page: page.locator("[name=answer]").fill("Сначала найду причину"), "Сначала найду причину"),
        (S1, "S1", lambda page: choose(page, "b"), "b"),
    ],
    ids=["words", "a choice"],
)  # fmt: skip
def test_what_is_given_before_the_script_came_is_saved(
    live: Live, visitor: MakeVisitor, place: int, item: str, act: Callable[[Page], None], answer: str
) -> None:
    teacher = visitor(phone=True)
    opened(live, teacher)
    page = teacher.page
    ready(page)
    sitting = sitting_of(page)
    held: list[Route] = []
    page.route("**/js/player*", lambda route: held.append(route))  # noqa: PLW0108 - a builtin is refused
    page.goto(f"/t/{sitting}/q/{place}", wait_until="commit")
    act(page)
    until(lambda: bool(held), "the script that is on its way")
    assert given(live, sitting) == {}
    held[0].continue_()
    ready(page)
    further(page, place + 1)
    until(lambda: given(live, sitting) == {item: answer}, "what was given without the script")


SLOW_STORE = """
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...given) {
  const real = open.apply(this, given);
  return {
    get result() { return real.result; },
    get error() { return real.error; },
    set onupgradeneeded(act) { real.onupgradeneeded = act; },
    set onerror(act) { real.onerror = act; },
    set onsuccess(act) { real.onsuccess = () => setTimeout(act, 1500); },
  };
};
"""


def test_what_is_given_before_the_device_opened_its_store_has_a_number_of_its_own(
    live: Live, visitor: MakeVisitor
) -> None:
    teacher = visitor(phone=True)
    teacher.page.add_init_script(SLOW_STORE)
    opened(live, teacher)
    page = teacher.page
    page.locator("[data-frame]").wait_for()
    sitting = sitting_of(page)
    page.goto(f"/t/{sitting}/q/{S1}")  # the page before leaves its last word without knowing the numbers
    choose(page, "b")
    saved(page, lambda: None)
    ready(page)
    further(page, S1 + 1)
    assert given(live, sitting) == {"S1": "b"}
    assert stored(live, sitting) == {"S1": 1}


def test_a_refused_answer_is_not_left_behind_by_a_second_press(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    opened(live, teacher)
    page = teacher.page
    ready(page)
    teacher.expected_statuses = {422}
    page.goto(f"/t/{sitting_of(page)}/q/{N1}")
    ready(page)
    page.locator("[name=answer]").fill("много")
    for _press in range(2):
        with page.expect_navigation():
            page.locator(".actions [value=next]").click()
        ready(page)
        expect(page.locator(".field-error")).to_be_visible()
        expect(line(page)).to_contain_text("Не сохранено.")
        assert page.locator("[name=answer]").input_value() == "много"


def test_what_a_device_cannot_keep_is_told_and_sent_all_the_same(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    teacher.page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };"
        "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); };"
    )
    opened(live, teacher)
    page = to_first_task(teacher)
    teacher.context.set_offline(True)
    choose(page, "b")
    expect(line(page)).to_contain_text("Это устройство не может хранить ответы")
    assert "Не закрывайте страницу, пока не появится «Сохранено»" in teacher.sound().text
    assert page.get_by_role("button", name="Сохранить ответы в файл").is_visible()
    teacher.context.set_offline(False)
    until(lambda: given(live, sitting_of(page)) == {"S1": "b"}, "answer kept by the page alone")


def test_answers_of_yesterday_are_told_and_go_into_a_sealed_file(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    opened(live, teacher)
    page = to_first_task(teacher)
    teacher.context.set_offline(True)
    page.clock.install()
    choose(page, "b")
    page.clock.run_for(1000)
    expect(line(page)).to_contain_text("на этом устройстве")
    page.clock.fast_forward("25:00:00")
    expect(line(page)).to_contain_text("Есть неотправленные ответы.")
    assert "не зашифрован" not in line(page).inner_text()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Сохранить ответы в файл").click()
    envelope = json.loads(Path(coming.value.path()).read_text())
    secret = live.app.config["SECRET_KEY"]
    letter = json.loads(unsealed(envelope["sealed"], [secret]))
    assert letter["sitting"] == sitting_of(page)
    assert [(one["item"], one["value"]) for one in letter["events"]] == [("S1", "b")]
    assert letter["sitting"] not in json.dumps(
        envelope
    )  # a word so short as «S1» may stand in any sealed one
    page.clock.run_for(1000)
    expect(page.get_by_text("/code/file")).to_be_visible()
    assert len(waiting(page)) == 1, "the file does not replace the sending"


def test_the_whole_work_goes_by_keyboard(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor()
    opened(live, teacher)
    page = teacher.page
    ready(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/q/{S1}")
    assert page.evaluate("document.activeElement.tagName") == "H1", "the focus is at the question"
    page.keyboard.press("2")
    assert page.locator("[name=answer]").nth(1).is_checked()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/q/{S1 + 1}")
    page.get_by_text("Клавиши", exact=True).click()
    page.get_by_label("Цифры выбирают ответ").uncheck(force=True)
    page.locator("h1").focus()
    page.keyboard.press("1")
    assert page.locator("[name=answer]:checked").count() == 0, "single keys are off"
    teacher.sound()
    while page.locator("#question").count():
        here = page.url
        page.keyboard.press("Control+Enter")
        page.wait_for_function("here => location.href !== here", arg=here)
    until(lambda: teacher.heading == "Проверьте ответы", "review")


def test_words_are_said_aloud_not_more_often_than_every_five_seconds(
    live: Live, visitor: MakeVisitor
) -> None:
    teacher = visitor(phone=True)
    opened(live, teacher)
    page = teacher.page
    ready(page)
    page.evaluate(
        """() => {
          window.said = [];
          new MutationObserver(() => window.said.push([performance.now(), document.querySelector("[data-voice]").textContent]))
            .observe(document.querySelector("[data-voice]"), { childList: true, characterData: true, subtree: true });
        }"""
    )
    further(page, S1)
    took = []
    for value in ("a", "b", "c"):
        began = time.monotonic()
        saved(page, partial(choose, page, value))
        took.append(time.monotonic() - began)
    page.wait_for_timeout(6000)
    said = page.evaluate("window.said")
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(said)]
    assert said
    assert all(gap >= 4900 for gap in gaps), said
    is_told = any("Сохраняем" in words for _, words in said)
    assert not is_told or max(took) > WORTH_A_WORD, "a quick save is not worth a word"
