"""A long answer from the teacher's phone through two experts who differ and a third to the teacher's result."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from diagnostics.clock import now
from diagnostics.database import session
from diagnostics.people.models import Account, OrgNode, Role, RoleGrant
from tests.journeys import walking as walk
from tests.journeys.conftest import MakeVisitor
from tests.journeys.hands import HANDS
from tests.support import answering, make
from tests.support.browser import Visitor
from tests.support.live import Live
from tests.support.marking import HIGH, MIDDLE, WORDS, Marking, marking

pytestmark = pytest.mark.journey

NEWER = "Открыть действующий"
MENDING = timedelta(minutes=11)  # a little more than a mark may be mended


@pytest.fixture
def scene(live: Live) -> Marking:
    """A diagnosis whose organiser has a sign-in; three experts live in the region and nobody is asked yet."""
    with live.acting():
        made = marking(experts=0)
        region = session.get_one(OrgNode, made.place.region_id)
        session.add(
            RoleGrant(person_id=made.owner_id, role=Role.TRAINER, node_id=region.id, since=make.LONG_AGO)
        )
        session.add(Account(person_id=made.owner_id, login="owner@example.org", created_at=now()))
        for name in ("Первова Инна", "Вторых Олег", "Третьяк Анна"):
            made.experts.append(make.staff(Role.EXPERT, region, name).id)
    return made


def write_and_send(teacher: Visitor, live: Live, scene: Marking) -> None:
    with live.acting():
        address = answering.link(scene.place)
    teacher.go(address)
    teacher.page.get_by_label("Фамилия").fill("Соколова")
    teacher.click("Да, это я. Начать")
    if teacher.page.locator("#question").count() == 0:
        teacher.page.locator("form button[type=submit]").last.click()
    teacher.page.wait_for_url("**/q/1")
    teacher.sound()
    sitting = teacher.path.rsplit("/q/", 1)[0]
    for place, kind, answer in ((2, "consent", None), (8, "number", 12.5), (10, "long_text", WORDS)):
        teacher.go(f"{sitting}/q/{place}")
        HANDS[kind](teacher, answer)
        teacher.page.locator(".actions button[value=next]").click()
        teacher.page.wait_for_url(f"**/q/{place + 1}")
        teacher.sound()
    teacher.go(f"{sitting}/review")
    teacher.page.locator("#without").check(force=True)
    walk.submit(teacher)
    walk.see_result(teacher)
    assert "1 ответ ждёт проверки эксперта: «Развёрнутый ответ»" in teacher.text


def choose(expert: Visitor, levels: dict[str, int]) -> None:
    for criterion, level in levels.items():
        expert.page.locator(f"#level-{criterion}-{level}").check(force=True)


def ask(organiser: Visitor, *names: str) -> None:
    for name in names:
        organiser.page.get_by_label("Назначить эксперта").select_option(label=name)
        organiser.click("Назначить").sound()


def mark_by_keyboard(expert: Visitor) -> None:
    """The lowest levels; the draft saves itself and comes back, only then it becomes a mark."""
    expert.go("/").follow("Оценивать").sound()
    expert.follow("Оценивать").sound().picture("marking-answer")
    assert WORDS in expert.text
    assert "Соколова" not in expert.page.content()
    expert.page.keyboard.press("1")  # the first criterion, its lowest level
    expert.page.keyboard.press("1")
    expert.page.locator("[data-save-words]", has_text="Черновик сохранён").wait_for()
    expert.page.reload()
    assert expert.page.locator("input[type=radio]:checked").count() == 2
    expert.page.keyboard.press("Control+Enter")
    expert.page.wait_for_url("**/marking")
    assert "Все ответы оценены" in expert.sound().text


def mark_without_script(expert: Visitor) -> None:
    expert.go("/marking").follow("Оценивать").sound()
    expert.expected_statuses = {422}
    expert.click("Сохранить и дальше").sound().picture("marking-error")
    assert "Причина ошибки: выберите уровень" in expert.text
    choose(expert, HIGH)
    expert.page.get_by_label("Замечание автору", exact=False).fill("Шаг выбран точно.")
    expert.click("Сохранить и дальше").sound()
    assert "Все ответы оценены" in expert.text


def mark_third(expert: Visitor) -> None:
    expert.go("/marking").follow("Оценивать").sound()
    choose(expert, MIDDLE)
    expert.click("Сохранить и дальше").sound()


def see_marks(teacher: Visitor) -> None:
    teacher.sound()
    for one in teacher.page.locator("#why summary").all():
        one.click()
    teacher.picture("marking-result")
    for words in (
        "частично, 2 из 3",
        "Причина ошибки: Названа (1 из 1)",
        "Следующий шаг: Общий (1 из 2)",
        "Шаг выбран точно.",
    ):
        assert words in teacher.text
    book = load_workbook(BytesIO(teacher.download("Excel")))
    assert "Общий" in [cell.value for row in book.worksheets[-1].iter_rows() for cell in row]


def test_two_experts_differ_a_third_decides_and_the_result_changes(
    live: Live, visitor: MakeVisitor, scene: Marking
) -> None:
    teacher, organiser = visitor(phone=True, script=False), visitor(scene.owner_id)
    write_and_send(teacher, live, scene)
    organiser.go(f"/diagnoses/{scene.campaign_id}").follow("Эксперты, очередь, согласие").sound()
    assert "Никто не назначен" in organiser.text
    ask(organiser, "Первова Инна", "Вторых Олег")
    mark_by_keyboard(visitor(scene.experts[0]))
    mark_without_script(visitor(scene.experts[1], script=False, phone=True))

    organiser.go(f"/diagnoses/{scene.campaign_id}/marking").picture("marking-organiser")
    assert "оценки расходятся" in organiser.text
    assert "некому оценить" in organiser.text
    ask(organiser, "Третьяк Анна")
    third = visitor(scene.experts[2])
    mark_third(third)
    organiser.go(f"/diagnoses/{scene.campaign_id}/marking")
    assert "оценки расходятся" not in organiser.text

    def waits() -> bool:
        teacher.page.reload()
        return "ждёт проверки эксперта" in teacher.text

    assert waits(), "the last mark may still be mended"
    live.ahead += MENDING
    walk.until(
        lambda: not waits() or teacher.page.get_by_role("link", name=NEWER).count() > 0, "marked result"
    )
    teacher.follow(NEWER)
    see_marks(teacher)
    third.go("/marking")
    third.page.locator("summary", has_text="оценили").click()
    assert "результат выдан" in third.text
