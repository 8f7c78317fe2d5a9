"""From a workbook with two mistakes to a preview in a few clicks; a step taken back; two authors at once."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from diagnostics.people.models import Role
from tests.journeys.conftest import MakeVisitor
from tests.support import make
from tests.support.browser import Visitor
from tests.support.live import Live

pytestmark = pytest.mark.journey

MOST_CLICKS = 5
MOST_SECONDS = 180
COMPETENCE = "METH.3"


def workbook() -> bytes:
    """Twenty questions; the key of the fourth is no option of it, the competence of the ninth nobody knows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Вопросы"
    sheet.append(["Код", "Текст", "А", "Б", "В", "Ключ", "Компетенция"])
    for number in range(1, 21):
        key = "Ж" if number == 4 else "Б"
        competence = "НЕТ.9" if number == 9 else COMPETENCE
        sheet.append(
            [
                f"Q{number:02}",
                f"Вопрос номер {number} о разборе ошибок?",
                "Первый",
                "Второй",
                "Третий",
                key,
                competence,
            ]
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def two_methodologists(live: Live) -> tuple[str, str]:
    with live.acting():
        region = make.region()
        make.work()
        return make.staff(Role.METHODOLOGIST, region).id, make.staff(Role.METHODOLOGIST, region).id


def from_workbook(author: Visitor, folder: Path) -> str:
    """The address of the draft. Counts what the methodologist presses, from the home page to the first preview."""
    file = folder / "Разбор ошибок.xlsx"
    file.write_bytes(workbook())
    began, clicks = time.monotonic(), 0
    author.go("/")
    author.follow("Диагностические работы").follow("Из таблицы").sound()
    clicks += 2
    author.page.get_by_label("Файл с вопросами").set_input_files(file)
    author.click("Прочитать").sound()
    clicks += 1
    assert "Нужно исправить 2" in author.text
    author.page.get_by_label("строка 5", exact=False).fill("Б")
    author.page.get_by_label("строка 10", exact=False).fill(COMPETENCE)
    author.click("Прочитать ещё раз").sound()
    clicks += 1
    assert "Нужно исправить" not in author.text
    author.click("Создать черновик").sound()
    clicks += 1
    assert author.page.frame_locator("[data-phone]").get_by_text("Вопрос номер 1 о разборе").is_visible()
    assert clicks <= MOST_CLICKS
    assert time.monotonic() - began < MOST_SECONDS
    return author.path.split("?")[0]


def test_from_a_workbook_to_a_preview_with_points(live: Live, visitor: MakeVisitor, tmp_path: Path) -> None:
    first, second = two_methodologists(live)
    author = visitor(first)
    draft = from_workbook(author, tmp_path)

    # An item is edited and saved by itself; the phone beside it follows.
    author.go(f"{draft}?item=Q02")
    with author.page.expect_response(lambda answer: "/items/" in answer.url and answer.ok):
        author.page.get_by_label("Вопрос", exact=True).fill("С чего начать разбор?")
    frame = author.page.frame_locator("[data-phone]")
    frame.get_by_text("С чего начать разбор?").wait_for()
    author.sound()

    # As a respondent: no key travels before the trace is asked for.
    author.follow("Пройти как участник").sound()
    assert "Верно" not in author.page.content()
    for _place in range(2):
        author.page.get_by_text("Второй", exact=True).click()
        author.click("Далее")
    author.click("Почему столько баллов").sound()
    assert "Всего: 2 / 20" in author.text
    assert "Верный ответ: Второй." in author.text

    # A step is taken back.
    author.go(f"{draft}?item=Q02").click("Отменить").sound()
    assert author.page.get_by_label("Вопрос", exact=True).input_value() == "Вопрос номер 2 о разборе ошибок?"

    # Two authors: different items merge, and each hears of the other.
    colleague = visitor(second)
    colleague.go(f"{draft}?item=Q07")
    with colleague.page.expect_response(lambda answer: "/items/" in answer.url and answer.ok):
        colleague.page.get_by_label("Короткое имя").fill("Седьмое")
    with author.page.expect_response(lambda answer: "/items/" in answer.url and answer.ok):
        author.page.get_by_label("Короткое имя").fill("Второе")
    author.page.get_by_text("Коллега изменил задание 7.").wait_for()
    author.sound()

    # The same item: both versions, nothing lost.
    author.go(f"{draft}?item=Q07")
    colleague.go(f"{draft}?item=Q07")
    with colleague.page.expect_response(lambda answer: "/items/" in answer.url and answer.ok):
        colleague.page.get_by_label("Короткое имя").fill("Слово коллеги")
    author.expected_statuses.add(409)
    author.page.get_by_label("Короткое имя").fill("Моё слово")
    author.page.get_by_role("link", name="Выбрать из двух версий").click()
    author.page.wait_for_load_state()
    author.sound()
    assert "Слово коллеги" in author.text
    assert "Моё слово" in author.text
    author.page.get_by_label("Мою версию").check()
    author.click("Оставить выбранное").sound()
    assert author.page.get_by_label("Короткое имя").input_value() == "Моё слово"


def test_a_lost_connection_keeps_the_text_and_says_so(
    live: Live, visitor: MakeVisitor, tmp_path: Path
) -> None:
    author = visitor(two_methodologists(live)[0])
    draft = from_workbook(author, tmp_path)
    author.go(f"{draft}?item=Q03")
    author.context.set_offline(True)
    author.page.get_by_label("Короткое имя").fill("Без связи")
    author.page.get_by_text("Нет связи. Текст остался на этой странице").wait_for()
    author.context.set_offline(False)
    author.page.get_by_text("Сохранено в").wait_for()
    author.problems.clear()  # the browser tells of the request that could not go
    author.go(f"{draft}?item=Q03")
    assert author.page.get_by_label("Короткое имя").input_value() == "Без связи"


def test_the_editor_by_keyboard_and_on_a_phone_without_script(
    live: Live, visitor: MakeVisitor, tmp_path: Path
) -> None:
    first, _second = two_methodologists(live)
    author = visitor(first)
    draft = from_workbook(author, tmp_path)
    author.go(f"{draft}?item=Q03")
    author.page.get_by_role("button", name="Ниже", exact=True).focus()
    author.page.keyboard.press("Enter")
    author.page.get_by_role("heading", name="Задание 4").wait_for()
    author.page.keyboard.press("Control+z")
    author.page.get_by_role("heading", name="Задание 3").wait_for()
    phone = visitor(first, phone=True, script=False)
    phone.go(f"{draft}?item=Q03")
    phone.page.get_by_label("Короткое имя").fill("С телефона")
    phone.click("Сохранить").sound()
    assert phone.page.get_by_label("Короткое имя").input_value() == "С телефона"
    for path in ("settings", "preview", "import", "preview?view=print", "preview?view=computer"):
        phone.go(f"{draft.removesuffix('edit')}{path}")
    small = visitor(first, phone=True)
    small.go(f"{draft}?item=Q03")
    small.go(f"{draft.removesuffix('edit')}settings")
    author.go(f"{draft.removesuffix('edit')}settings")
    author.go(f"{draft.removesuffix('edit')}import")


def test_the_plan_and_a_matrix_by_keyboard_alone(live: Live, visitor: MakeVisitor, tmp_path: Path) -> None:
    """No mouse: every step is a focus, typed words and Enter."""
    author = visitor(two_methodologists(live)[0])
    draft = from_workbook(author, tmp_path).removesuffix("/edit")

    # A task goes down twice, and the focus stays on the button that was pressed.
    author.go(f"{draft}/outline")
    author.page.get_by_role("button", name=re.compile(r"^Ниже\s*: Вопрос номер 3 ")).focus()
    for _twice in range(2):
        with author.page.expect_navigation():
            author.page.keyboard.press("Enter")
        expect(author.page.locator(":focus")).to_have_text(re.compile(r"^\s*Ниже: Вопрос номер 3\b"))
    numbered = author.page.locator(".plan-name a").all_inner_texts()
    assert [text.split(". ")[1][:14] for text in numbered[2:5]] == [f"Вопрос номер {n}" for n in (4, 5, 3)]

    press(author, "Новая матрица")
    write(author, "[name='text.ru']", "На моих уроках")
    for place, words in enumerate(("Никогда", "Иногда", "Часто", "Всегда")):
        write(author, f'[id="scale.{place}.ru"]', words)
    for row, words in (("new1", "ученики ставят цель"), ("new2", "ученики спорят")):
        write(author, f'[id="rows.{row}.ru"]', words)
    press(author, "Сохранить")
    author.sound()
    author.go(f"{draft}/outline")
    assert "2 строк" in author.text
    follow(author, "ученики ставят цель")
    assert "Шкала и начало общие" in author.text
    author.page.frame_locator("[data-phone]").get_by_text("На моих уроках").wait_for()


def test_a_section_and_another_type_by_keyboard_alone(
    live: Live, visitor: MakeVisitor, tmp_path: Path
) -> None:
    first = two_methodologists(live)[0]
    author = visitor(first)
    draft = from_workbook(author, tmp_path).removesuffix("/edit")

    author.go(f"{draft}/outline")
    follow(author, "Настроить")
    author.page.get_by_label("Что перемешивать").select_option("options")
    press(author, "Сохранить")
    author.sound()
    assert "перемешивать: варианты ответа" in author.go(f"{draft}/outline").text

    # Another type: what goes is told before.
    author.go(f"{draft}/edit?item=Q05")
    author.page.locator(".retyping summary").focus()
    author.page.keyboard.press("Enter")
    author.page.get_by_label("Новый вид").select_option("multiple")
    press(author, "Показать, что изменится")
    author.sound()
    assert "Ничего не пропадёт" in author.text
    press(author, "Сменить вид")
    author.sound()
    assert "Несколько ответов" in author.page.locator("#item-heading").inner_text()
    assert author.page.locator('[name="options.right"]:checked').count() == 1

    # A remark leads to its field.
    author.go(f"{draft}/settings")
    author.page.goto(str(author.page.locator(".problem-lines a").first.get_attribute("href")))
    assert author.page.evaluate(
        "location.hash !== '' && document.getElementById(location.hash.slice(1)) !== null"
    )

    phone, small = visitor(first, phone=True, script=False), visitor(first, phone=True)
    for path in ("outline", "part?kind=form&code=A", "retype?item=Q06&type=likert", "settings"):
        phone.go(f"{draft}/{path}")
        small.go(f"{draft}/{path}")


def write(visitor: Visitor, place: str, words: str) -> None:
    visitor.page.locator(place).first.focus()
    visitor.page.keyboard.type(words)


def press(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("button", name=name, exact=True).first.focus()
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def follow(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("link", name=name).first.focus()
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
