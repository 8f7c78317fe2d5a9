"""A work from a ready example to its second version: written by one, checked by another, tried out, published."""

from __future__ import annotations

import pytest

from diagnostics.people.models import Role
from tests.journeys.conftest import MakeVisitor
from tests.support import make
from tests.support.live import Live

pytestmark = pytest.mark.journey


def author_and_expert(live: Live) -> tuple[str, str]:
    with live.acting():
        region = make.region()
        make.work()
        author = make.staff(Role.METHODOLOGIST, region, "Лебедева Ольга Сергеевна").id
        return author, make.staff(Role.EXPERT, region, "Новиков Пётр Ильич").id


def test_a_newcomer_writes_an_expert_returns_and_approves(live: Live, visitor: MakeVisitor) -> None:
    author_id, expert_id = author_and_expert(live)
    author, expert = visitor(author_id), visitor(expert_id, phone=True)
    author.go("/instruments").follow("Готовый образец: тест").sound()
    author.page.get_by_label("Название", exact=False).fill("Критерии и отзывы")
    author.click("Создать черновик").sound()
    author.follow("Проверка").sound()
    assert "Новиков Пётр Ильич" in author.text
    author.click("Отправить на проверку").sound()
    assert "Вы писали этот черновик" in author.text
    expert.go("/").follow("Проверить").sound()
    expert.page.get_by_text("Замечание к заданию 1", exact=True).click()
    expert.page.locator("#item-Q01 textarea").fill("Два верных ответа")
    expert.page.locator("#item-Q01").get_by_role("button", name="Записать").click()
    expert.page.wait_for_load_state()
    expert.click("Вернуть с замечаниями").sound()
    author.go("/").follow("К замечаниям").sound()
    assert "Два верных ответа" in author.text
    author.click("Решено").sound()
    author.click("Отправить на проверку").sound()
    expert.go("/").follow("Проверить")
    expert.expected_statuses.add(422)
    expert.click("Одобрить: в апробацию").sound()
    assert "Отметьте все пункты проверки" in expert.text
    for point in ("Содержание", "Справедливость", "Язык", "Доступность"):
        expert.page.get_by_label(point, exact=False).first.check()
    expert.click("Одобрить: в апробацию").sound()
    expert.follow("Открыть версию").sound()
    version = author.go("/instruments").follow("Критерии и отзывы").sound().path
    author.click("Опубликовать после апробации").sound()
    author.click("Исправить ключ").sound()
    author.click("Открыть задание").sound()
    author.go(version).follow("Версии и что в них изменилось").sound()
    author.click("Следующая версия")
    author.follow("История").sound()
    assert not author.problems + expert.problems


def test_a_framework_is_read_and_written(live: Live, visitor: MakeVisitor) -> None:
    author_id, _expert = author_and_expert(live)
    author = visitor(author_id, phone=True)
    author.go("/frameworks")
    author.page.get_by_label("Название").fill("Модель наставника")
    author.click("Создать черновик").sound()
    author.click("Сохранить").sound()
    author.follow("История").sound()
    author.go("/frameworks").follow("Группы профессиональных компетенций", exact=False).sound()
    assert not author.problems
