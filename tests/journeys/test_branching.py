"""A work with a branch, options in an order of its own and half an hour: with script and without."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.sittings.models import Sitting, SittingState
from tests.journeys import walking as walk
from tests.journeys.conftest import MakeVisitor
from tests.support.answering import link, world
from tests.support.browser import Visitor
from tests.support.live import Live

pytestmark = pytest.mark.journey

CLASS = ("C1", "C2", "C3", "C4", "C5")


def invited(live: Live) -> str:
    with live.acting():
        return link(world(branching=True))


def asked(teacher: Visitor) -> str:
    return str(teacher.page.locator("#question").get_attribute("data-item"))


def options(teacher: Visitor) -> list[str | None]:
    rows = teacher.page.locator("input[name=answer]")
    return [rows.nth(place).get_attribute("value") for place in range(rows.count())]


def choose(teacher: Visitor, words: str) -> None:
    """By what is read: the values are this sitting's own."""
    here = teacher.path
    teacher.page.locator(".option", has_text=words).locator("input").check(force=True)
    teacher.page.locator("button[value=next]").click()
    teacher.page.wait_for_url(lambda url: not url.endswith(here))


def further(teacher: Visitor, typed: str = "") -> None:
    here = teacher.path
    if typed:
        teacher.page.locator("[name=answer]").fill(typed)
    teacher.page.locator("button[value=next]").click()
    teacher.page.wait_for_url(lambda url: not url.endswith(here))


def walk_in(teacher: Visitor, address: str) -> None:
    teacher.go(address)
    assert "до 13 вопросов" in teacher.text
    teacher.page.get_by_label("Фамилия").fill("Соколова")
    teacher.click("Да, это я. Начать").sound()
    assert "На работу даётся 30 минут." in teacher.text
    assert "зависят от ваших ответов" in teacher.text
    teacher.click("Начать").sound()


@pytest.mark.parametrize("script", [True, False])
def test_the_work_follows_the_answers(live: Live, visitor: MakeVisitor, script: bool) -> None:
    teacher = visitor(phone=True, script=script)
    walk_in(teacher, invited(live))
    assert asked(teacher) == "LEADS"
    assert "Вопрос 1 из 6" in teacher.page.title()
    assert "Ответить нужно до" in teacher.text
    assert "Осталось около 30 мин." in teacher.text
    choose(teacher, "Да, веду")
    assert asked(teacher) == "HOURS", "the branch is open although the page before did not know it"
    further(teacher, "36")
    assert asked(teacher) == "WHY"
    further(teacher, "Заменяю коллегу")
    assert asked(teacher) == "READ"
    further(teacher)
    seen = {}
    while (code := asked(teacher)) in CLASS:
        seen[code] = options(teacher)
        teacher.sound()
        choose(teacher, f"{asked(teacher)}-2")
    assert sorted(seen) == list(CLASS)
    assert list(seen).index("C3") == list(seen).index("C2") + 1, "one case stays together"
    assert all(rows[-1] == "_opt_out" for rows in seen.values())
    assert len({tuple(rows) for rows in seen.values()}) > 1, "each question has an order of its own"
    for _number in range(4):
        choose(teacher, f"{asked(teacher)}-2")
    choose(teacher, "Отчасти")
    teacher.sound()
    assert teacher.heading == "Проверьте ответы"

    teacher.follow("Изменить", exact=False)
    teacher.page.goto(teacher.path.split("?")[0].rsplit("/", 1)[0] + "/1?back=review")
    assert asked(teacher) == "LEADS"
    choose(teacher, "Нет, не веду")
    teacher.sound()
    assert teacher.heading == "Проверьте ответы"
    assert "Этих вопросов больше не задают: 6." in teacher.text
    assert "сохранены, но в счёт не идут: Часов в неделю, Задание C1" in teacher.text
    teacher.page.get_by_role("button", name="Отправить ответы").click()
    teacher.page.wait_for_url("**/done")
    teacher.sound()
    assert teacher.heading == "Ответы отправлены"
    assert "7 из 7" in teacher.text


@pytest.mark.parametrize("script", [True, False])
def test_the_time_ends_and_the_work_is_sent_as_it_stands(
    live: Live, visitor: MakeVisitor, script: bool
) -> None:
    teacher = visitor(phone=True, script=script)
    walk_in(teacher, invited(live))
    choose(teacher, "Нет, не веду")
    begun(live, timedelta(minutes=29, seconds=52))
    teacher.page.reload()
    teacher.expected_statuses = {409}
    assert "Осталось" in teacher.text
    if script:
        assert "Осталось меньше минуты." in teacher.text
        teacher.page.locator("[name=answer]").fill("Пишу в последний миг")
        walk.until(lambda: teacher.heading == "Время вышло", "end of the time")
    else:
        begun(live, timedelta(minutes=31))
        teacher.page.reload()
    teacher.sound()
    assert teacher.heading == "Время вышло"
    teacher.click("Отправить сохранённое").sound()
    assert teacher.heading == "Ответы отправлены"
    assert "Время на работу вышло" in teacher.text
    assert ("2 из 7" if script else "1 из 7") in teacher.text


def begun(live: Live, ago: timedelta) -> None:
    """As if the sitting had begun so long ago."""
    with live.acting():
        session.execute(
            sa.update(Sitting).where(Sitting.state == SittingState.OPEN).values(started_at=clock.now() - ago)
        )
