"""What people do in the chain, in the words of the screen; each step ends on a page that was looked at."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import date

import sqlalchemy as sa

from diagnostics.campaigns.queries.seats import seats_of_wave
from diagnostics.database import session
from diagnostics.people.models import PersonalData
from diagnostics.upkeep.demo.work import shipped_work
from instruments.items import Answer
from tests.journeys.people import TEACHERS, cards, roster
from tests.support import sitting
from tests.support.browser import Visitor
from tests.support.live import Live

TITLE = "Работа с неуспевающими"
SEED = 2290  # of the simulated answers
PATIENCE = 60  # seconds for a job
PICTURED = 5  # the question shown in README


def until(seen: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < end, f"still no {what}"
        time.sleep(0.2)


def see_work_and_key(methodologist: Visitor) -> None:
    methodologist.go("/").go("/instruments")
    methodologist.follow("Методический тест «Работа с неуспевающими»", exact=False).sound()
    methodologist.follow("Ключи", exact=False).sound()
    assert "Причина неудачи известна" in methodologist.text, "the reason of a key is shown to its author"


def create_diagnosis(trainer: Visitor, entry: tuple[date, date], leaving: tuple[date, date]) -> str:
    """Returns the address of the diagnosis."""
    trainer.go("/diagnoses/new")
    trainer.page.get_by_label("Название", exact=True).fill(TITLE)
    work = trainer.page.locator("[name=work] option", has_text=TITLE).first.get_attribute("value")
    trainer.page.locator("[name=work]").select_option(work)
    for name, day in zip(
        ("entry_first", "entry_last", "exit_first", "exit_last"), (*entry, *leaving), strict=True
    ):
        trainer.page.locator(f"[name={name}]").fill(day.isoformat())
    trainer.page.get_by_label("Тьютор", exact=True).select_option(label="Дёмина Ольга Сергеевна")
    trainer.click("Создать диагностику").sound()
    assert trainer.heading == TITLE
    return trainer.path


def add_people(trainer: Visitor, diagnosis: str) -> None:
    """The list has a mistake in one row; the others are added on request."""
    trainer.go(diagnosis).follow("Загрузить из Excel").sound()
    book = {"name": "учителя.xlsx", "mimeType": "application/octet-stream", "buffer": roster()}
    trainer.page.locator("input[type=file]").set_input_files([book])
    trainer.click("Проверить файл").sound()
    assert "Школа № 999" in trainer.text
    trainer.click("Добавить 12", exact=False).sound()
    trainer.go(diagnosis)
    assert "12 приглашены" in " ".join(trainer.text.split())


def open_stage(trainer: Visitor, diagnosis: str) -> None:
    trainer.go(diagnosis).click("Запустить").sound()
    assert "идёт сбор" in trainer.text


def print_cards(trainer: Visitor, diagnosis: str) -> dict[str, tuple[str, str]]:
    trainer.go(diagnosis).follow("Карточки доступа", exact=False).sound().picture("cards")
    trainer.click("Таблица (Excel)")
    return cards(taken(trainer))


def taken(visitor: Visitor) -> bytes:
    """The file of the job whose page is open, when it is ready."""
    ready = visitor.page.get_by_role("link", name="Открыть результат")
    ready.wait_for(timeout=PATIENCE * 1000)
    visitor.sound()
    with visitor.page.expect_download() as coming:
        ready.click()
    return coming.value.path().read_bytes()


def enter_by_code(teacher: Visitor, school_code: str, code: str) -> None:
    teacher.go("/code")
    teacher.page.get_by_label("Код школы").fill(school_code)
    teacher.page.get_by_label("Ваш код").fill(code.lower())
    teacher.click("Войти").sound()


def begin(teacher: Visitor, surname: str, *, consent: bool = True) -> None:
    field = teacher.page.get_by_label("Фамилия")
    if field.count():
        field.fill(surname)
        teacher.click("Да, это я. Начать").sound()
    if consent:
        teacher.page.get_by_label("Даю согласие", exact=False).check(force=True)
        teacher.click("Согласиться и начать")
    else:
        teacher.click("Начать")


def answer_all(teacher: Visitor, answers: dict[str, Answer], *, by_keyboard: Collection[int] = ()) -> None:
    """One question a page, from the one that is open to the review."""
    number = 0
    while teacher.page.locator("#question").count():
        number += 1
        if number == PICTURED:
            teacher.sound().picture("question")
        answer_one(teacher, answers, keyboard=number in by_keyboard)
    teacher.sound()
    assert teacher.heading == "Проверьте ответы"


def answer_one(teacher: Visitor, answers: dict[str, Answer], *, keyboard: bool = False) -> None:
    here, page = teacher.path, teacher.page
    given = answers[str(page.locator("#question").get_attribute("data-item"))]
    if page.locator("#question[data-kind=number]").count():
        page.locator("[name=answer]").fill(str(given).replace(".", ","))
    for code in given if isinstance(given, list) else [given] if isinstance(given, str) else []:
        row = page.locator(f'[name=answer][value="{code}"]')
        if keyboard:
            row.focus()
            page.keyboard.press("Space")
        else:
            row.check(force=True)
    if keyboard:
        page.locator(".actions button[value=next]").focus()
        page.keyboard.press("Enter")
    else:
        page.locator(".actions button[value=next]").click()
    page.wait_for_url(lambda url: not url.endswith(here))


def submit(teacher: Visitor) -> None:
    teacher.click("Отправить ответы")
    teacher.page.wait_for_url("**/done")  # the script sends first and goes there when it is done
    teacher.sound()
    assert teacher.heading == "Ответы отправлены"


def see_result(teacher: Visitor) -> None:
    teacher.follow("Посмотреть результат")
    until(lambda: "Считаем" not in reloaded(teacher), "result")
    teacher.sound()


def reloaded(visitor: Visitor) -> str:
    if "Считаем" in visitor.heading:
        visitor.page.reload()
    return visitor.heading


def answer_through_actions(live: Live, wave_id: str, *, leaving: bool, but: Collection[str] = ()) -> None:
    """Answers of the teachers of a wave, simulated from known abilities, through the actions that requests use."""
    with live.acting():
        work = shipped_work()
        course = work.course(len(TEACHERS), seed=SEED)
        seats = {seat.respondent_id or "": seat for seat in seats_of_wave(wave_id)}
        given = course.exit if leaving else course.entry
        for person, surname in session.execute(sa.select(PersonalData.person_id, PersonalData.surname)):
            number = next((n for n, name in enumerate(TEACHERS) if name.split()[0] == surname), None)
            if number is not None and surname not in but:
                sitting.sit(seats[person].seat_id, given[number])
                session.commit()
