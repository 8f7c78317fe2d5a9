"""Ways in beside the player's script: a lost session without script, a file of answers, paper, more time, letters."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign, Seat
from diagnostics.database import session
from diagnostics.people.models import Person
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import SittingKey
from tests.journeys.conftest import MakeVisitor
from tests.support import answering, make
from tests.support.answers_file import letter, sealed
from tests.support.browser import DESKTOP, PHONE, Visitor
from tests.support.live import Live

pytestmark = pytest.mark.journey


def begun(live: Live, who: Visitor) -> tuple[answering.World, str, str]:
    """World, link and address of a work on its first page."""
    with live.acting():
        place = answering.world(more=3)
        address = answering.link(place)
    come_in(who, address)
    who.click("Начать").sound()
    return place, address, who.path.rsplit("/q/", 1)[0]


def come_in(who: Visitor, address: str) -> None:
    who.go(address)
    who.page.get_by_label("Фамилия").fill("Соколова")
    who.click("Да, это я. Начать")


def organiser(live: Live, visitor: MakeVisitor) -> Visitor:
    with live.acting():
        owner = session.scalars(sa.select(Campaign.owner_id)).one()
        make.account(session.get_one(Person, owner))
    return visitor(owner)


def at_both_widths(who: Visitor, name: str) -> None:
    """No sideways scroll, nothing that axe complains about, at 360 and at 1280."""
    for size in (PHONE, DESKTOP):
        who.page.set_viewport_size(size)
        who.sound()
        who.picture(name)


@pytest.mark.storage
def test_an_answer_posted_after_a_lost_session_without_script_is_not_lost(
    live: Live, visitor: MakeVisitor
) -> None:
    teacher = visitor(phone=True, script=False)
    teacher.expected_statuses = {401, 403}
    _place, address, sitting = begun(live, teacher)
    teacher.go(f"{sitting}/q/2")
    teacher.page.get_by_label("Второе решение").check()
    teacher.page.context.clear_cookies(name="orientir")
    teacher.click("Далее")
    assert teacher.heading == "Ответ не потерян"
    at_both_widths(teacher, "held")
    teacher.go(address)
    teacher.page.get_by_role("button").last.click()
    assert "Ваш ответ сохранён." in teacher.text
    teacher.go(f"{sitting}/q/2")
    assert teacher.page.get_by_label("Второе решение").is_checked()


@pytest.mark.storage
def test_a_file_of_answers_reaches_the_server_from_another_browser(live: Live, visitor: MakeVisitor) -> None:
    teacher = visitor(phone=True)
    _place, _address, sitting = begun(live, teacher)
    frame = teacher.page.locator("[data-answers-key]").first
    key, proof = frame.get_attribute("data-answers-key"), frame.get_attribute("data-proof")
    assert key
    assert proof
    content = letter(sitting.removeprefix("/t/"), proof, answering.event(1, "S2", "a"))
    other = visitor()
    other.go("/code")
    other.follow("Отправить файл с ответами")
    at_both_widths(other, "answers-file")
    other.page.get_by_label("Файл с ответами").set_input_files(
        {"name": "orientir-answers-1.json", "mimeType": "application/json", "buffer": sealed(content, key)}
    )
    other.click("Отправить файл")
    assert "1 ответ принят." in other.sound().text
    with live.acting():
        assert dict(reading.answers(sitting.removeprefix("/t/"))) == {"S2": "a"}


def test_answers_from_paper_are_typed_with_digits_compared_and_sent(live: Live, visitor: MakeVisitor) -> None:
    with live.acting():
        place = answering.world()
    trainer = organiser(live, visitor)
    trainer.go(f"/seats/{place.seats[0]}").sound()
    trainer.follow("Внести ответы с бумаги")
    at_both_widths(trainer, "paper")
    keys = trainer.page.keyboard
    for typed in ("2", "1", "13"):  # S1 and S2 go on by themselves, M1 by Enter
        keys.type(typed)
    keys.press("Enter")
    keys.type("12,5")
    keys.press("Enter")
    trainer.click("К сверке")
    assert "12,5" in trainer.text
    at_both_widths(trainer, "paper-check")
    trainer.expected_statuses = {422}
    trainer.click("Отправить ответы")
    trainer.page.get_by_label("Ответы сверены с бумагой").check()
    trainer.click("Отправить ответы")
    assert "Ответы внесены и отправлены" in trainer.sound().text
    with live.acting():
        sitting = reading.of_seat(place.seats[0])
        assert sitting is not None
        assert dict(reading.answers(sitting.id)) == {"S1": "b", "S2": "a", "M1": ["a", "c"], "N1": 12.5}


def test_more_time_is_given_on_the_list_and_letters_tell_who_declined(
    live: Live, visitor: MakeVisitor
) -> None:
    with live.acting():
        place = answering.world(more=3)
        address = answering.link(place)
    trainer = organiser(live, visitor)
    trainer.go(f"/waves/{place.wave_id}/people")
    trainer.follow("Больше времени")
    at_both_widths(trainer, "more-time")
    trainer.page.get_by_label("Соколова Анна Петровна").check()
    trainer.page.get_by_label("Причина").select_option("asked")
    trainer.click("Изменить время")
    assert "× 1,50" in trainer.text
    guest = visitor(phone=True, script=False)
    guest.go(f"{address}/decline")
    at_both_widths(guest, "decline")
    guest.page.get_by_label("не успеваю в эти сроки").check()
    guest.click("Не могу участвовать")
    assert "Писем больше не будет" in guest.sound().text
    with live.acting():
        assert session.get_one(Seat, place.seats[0]).decline_reason == "no_time"


@pytest.mark.parametrize("script", [True, False])
def test_reading_settings_are_at_hand_on_every_page_of_a_respondent(
    live: Live, visitor: MakeVisitor, script: bool
) -> None:
    teacher = visitor(phone=True, script=script)
    _place, _address, sitting = begun(live, teacher)
    teacher.page.wait_for_load_state("networkidle")
    for page in (f"{sitting}/q/2", f"{sitting}/list", f"{sitting}/review", "/code", "/code/file"):
        teacher.go(page)
        assert teacher.page.get_by_role("link", name="Настройки чтения").is_visible()
    teacher.go(f"{sitting}/q/2")
    teacher.follow("Настройки чтения")
    for choice in ("Очень крупный", "Просторно", "Чёрным по белому"):
        found = teacher.page.get_by_label(choice)
        if found.count():
            found.first.check()
    for group in ("size", "spacing", "contrast"):
        teacher.page.locator(f"input[name={group}]").last.check()
    teacher.click("Применить")
    look = teacher.page.locator("html")
    assert {look.get_attribute(f"data-{one}") for one in ("size", "spacing", "contrast")} & {
        "normal",
        None,
    } == set()
    teacher.go(f"{sitting}/q/2").sound()
    for width in (640, 320):  # 1280 px at 200 % and at 400 %
        teacher.page.set_viewport_size({"width": width, "height": 500})
        wider = teacher.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        assert not wider
    with live.acting():
        assert session.scalars(sa.select(SittingKey)).first() is not None
