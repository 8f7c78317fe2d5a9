"""A methodologist's whole way: from a table with two mistakes to version 2, while version 1 is being answered."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from diagnostics.upkeep.demo import today
from instruments.items import Answer
from tests.journeys import walking as walk
from tests.journeys import workshop
from tests.journeys.conftest import MakeVisitor
from tests.journeys.workshop import TITLE, Workers
from tests.support.browser import Visitor
from tests.support.live import Live

pytestmark = pytest.mark.journey

MOST_CLICKS = 5  # beyond choosing the file
REMARK = "Вариант Г никто не выберет: он спорит с условием."
REASON = "Решили все шестьдесят: вариант Г никого не привлёк."
BETTER = "Дать ученикам готовый ответ, чтобы они сверили с ним свою работу дома"


class Story:
    def __init__(self, live: Live, visitor: MakeVisitor) -> None:
        self.live, self.visitor = live, visitor
        self.people: Workers = workshop.gather(live)
        self.draft = ""  # address of the draft that is being written
        self.trial = ""  # address of the diagnosis of the trial
        self.sent = ""  # seat of the teacher who has sent version 1

    def version(self, newest: int = 0) -> str:
        return workshop.versions(self.live)[newest]


class Counted:
    """Presses of one person, by the words of what is pressed."""

    def __init__(self, who: Visitor) -> None:
        self.who, self.pressed = who, list[str]()

    def press(self, name: str, *, role: str = "button") -> None:
        self.pressed.append(name)
        self.who.click(name, role=role).sound()


def test_from_a_table_to_a_second_version_under_open_answers(
    live: Live, visitor: MakeVisitor, tmp_path: Path
) -> None:
    story = Story(live, visitor)
    author = visitor(story.people.author)
    write(story, author, tmp_path)
    walk_as_respondent(author, story.draft)
    review(story, author)
    try_out(story)
    analyse(story, author)
    begin_first_version(story)
    teacher, answers = answer_half(story)
    before = report(story)
    revise(story, author)
    approve_second(story, author)
    go_on(story, teacher, answers)
    assert report(story) == before, "a report of version 1 has changed"


def write(story: Story, author: Visitor, folder: Path) -> None:
    """From the home page to the first preview."""
    file = folder / "Помощь неуспевающим.xlsx"
    file.write_bytes(workshop.workbook())
    author.go("/")
    counted = Counted(author)
    counted.press("Диагностические работы", role="link")
    counted.press("Из таблицы", role="link")
    author.page.get_by_label("Файл с вопросами").set_input_files(file)
    counted.press("Прочитать")
    assert "Нужно исправить 2" in author.text
    author.picture("workshop-mistakes")
    cells = author.page.locator(".fix-list textarea")
    wrong = {cells.nth(number).input_value(): cells.nth(number) for number in range(cells.count())}
    wrong[workshop.NO_OPTION].fill(workshop.right_key())
    wrong[workshop.NO_COMPETENCE].fill(workshop.right_competence())
    counted.press("Прочитать ещё раз")
    assert "Нужно исправить" not in author.text
    counted.press("Создать черновик")
    phone = author.page.frame_locator("[data-phone]")
    phone.get_by_text("без образца").first.wait_for()
    assert len(counted.pressed) <= MOST_CLICKS, counted.pressed
    author.picture("workshop-editor")
    story.draft = author.path.split("?")[0].removesuffix("/edit")


def walk_as_respondent(author: Visitor, draft: str) -> None:
    """The trace of points comes only when it is asked for."""
    author.go(f"{draft}/edit").follow("Пройти как участник").sound()
    assert "Верно" not in author.page.content()
    author.page.locator('[name=answer][value="b"]').check(force=True)
    author.click("Далее").sound()
    author.page.locator('[name=answer][value="a"]').check(force=True)
    author.click("Почему столько баллов").sound()
    assert "Верно" in author.text
    author.picture("workshop-trace", whole=False)


def review(story: Story, author: Visitor) -> None:
    """A second person, on a phone, returns it once and then lets it into the trial."""
    author.go(f"{story.draft}/review")
    assert "Новиков Пётр Ильич" in author.text
    author.click("Отправить на проверку").sound()
    expert = story.visitor(story.people.expert, phone=True)
    expert.go("/").follow("Проверить").sound()
    task = expert.page.locator(f"#item-{workshop.TOO_EASY}")
    task.locator("summary").first.click()
    task.locator("textarea").first.fill(REMARK)
    task.get_by_role("button", name="Записать").click()
    expert.page.wait_for_load_state()
    expert.sound().click("Вернуть с замечаниями").sound()
    author.go("/").follow("К замечаниям").sound()
    assert REMARK in author.text
    author.click("Решено").sound()
    author.click("Отправить на проверку").sound()
    tick_and_approve(expert, "Одобрить: в апробацию")


def tick_and_approve(expert: Visitor, words: str) -> None:
    expert.go("/").follow("Проверить").sound()
    for point in ("Содержание", "Справедливость", "Язык", "Доступность"):
        expert.page.get_by_label(point, exact=False).first.check()
    expert.picture("workshop-approval", at="#decide")
    expert.click(words).sound()
    expert.follow("Открыть версию").sound()


def try_out(story: Story) -> None:
    trainer = story.visitor(story.people.trainer)
    trainer.go("/diagnoses/new")
    choice = trainer.page.get_by_label("Диагностическая работа")
    choice.select_option(label=f"{TITLE}, версия 1: апробация")
    trainer.page.get_by_label("Название", exact=True).fill(TITLE)
    for name in ("entry_first", "entry_last"):
        trainer.page.locator(f"[name={name}]").fill(today().isoformat())
    for name in ("exit_first", "exit_last"):
        trainer.page.locator(f"[name={name}]").fill("")
    trainer.click("Создать диагностику").sound()
    assert trainer.heading == f"Апробация: {TITLE}"
    story.trial = trainer.path
    campaign_id = story.trial.rsplit("/", 1)[-1]
    workshop.seat(story.live, campaign_id, story.people.tried, story.people.trainer)
    walk.open_stage(trainer, story.trial)
    workshop.try_out(story.live, campaign_id, story.people.tried)
    trainer.go(story.trial).follow("Закрыть этап", exact=False).sound()
    trainer.click("Закрыть этап").sound()


def analyse(story: Story, author: Visitor) -> None:
    """The task that everybody solves is among the doubtful ones."""
    author.go(f"{story.trial}/items")
    assert f"{workshop.TRIED_BY} работ" in author.text
    row = author.page.locator("table tbody tr", has_text=workshop.TOO_EASY).first
    assert "слишком лёгкое" in row.inner_text()
    author.picture("workshop-analysis", whole=False)
    decision = f"form:has(input[name=item][value={workshop.TOO_EASY}]):has([name=verdict])"
    author.page.locator(f"details:has({decision}) > summary").first.click()
    form = author.page.locator(decision)
    form.locator("[name=verdict][value=revise]").check(force=True)
    form.locator("[name=reason]").fill(REASON)
    form.get_by_role("button", name="Сохранить решение").click()
    author.page.wait_for_load_state()
    author.sound()
    assert REASON in author.page.content()


def begin_first_version(story: Story) -> None:
    """The tried version itself goes into use: the institute's people need it now."""
    author = story.visitor(story.people.author)
    author.go("/instruments").follow(TITLE).sound()
    author.click("Опубликовать после апробации").sound()
    assert "опубликована" in author.text


def answer_half(story: Story) -> tuple[Visitor, dict[str, Answer]]:
    """One teacher has sent, another stops in the middle of version 1."""
    first = story.version()
    story.sent, link = workshop.open_diagnosis(story.live, story.people, first)
    teacher = story.visitor(phone=True)
    teacher.go(f"/i/{link}")
    walk.begin(teacher, "соколова")
    answers = workshop.solved_by(story.live, first)
    for _number in range(10):
        walk.answer_one(teacher, answers)
    return teacher, answers


def report(story: Story) -> dict[str, bytes]:
    """The files of the result that stands on version 1, as the tutor takes them."""
    tutor = story.visitor(story.people.tutor)
    tutor.page.goto(f"/me/results/of/{story.sent}")
    walk.until(lambda: "Считаем" not in walk.reloaded(tutor), "result")
    place = tutor.sound().path
    found = {
        kind: tutor.context.request.get(f"{place}/profile.{kind}").body() for kind in ("pdf", "xlsx", "docx")
    }
    assert TITLE in " ".join(
        " ".join(one.extract_text() for one in PdfReader(BytesIO(found["pdf"])).pages).split()
    )
    assert load_workbook(BytesIO(found["xlsx"])).sheetnames
    return found


def revise(story: Story, author: Visitor) -> None:
    """The distractor that nobody takes is written anew in the draft of version 2."""
    author.go("/instruments").follow(TITLE).click("Следующая версия").sound()
    story.draft = author.path.split("?")[0].removesuffix("/edit")
    author.go(f"{story.draft}/edit?item={workshop.TOO_EASY}")
    with author.page.expect_response(lambda answer: "/items/" in answer.url and answer.ok):
        author.page.locator('[name="options.d.ru"]').fill(BETTER)
    author.sound().go(f"{story.draft}/review")
    assert "По сравнению с версией 1" in author.text
    author.page.get_by_label("Что изменено и почему").fill("По апробации: задание решали все.")
    author.page.locator('[name=to][value="published"]').check(force=True)
    author.click("Отправить на проверку").sound()


def approve_second(story: Story, author: Visitor) -> None:
    tick_and_approve(story.visitor(story.people.expert), "Одобрить и опубликовать")
    old, new = story.version(1), story.version(0)
    author.go(f"/instruments/{new}").follow("Версии и что в них изменилось").sound()
    author.picture("workshop-versions", whole=False)
    author.go(f"/instruments/diff/{old}..{new}")
    assert "другие задания или ключи" in author.text.lower()
    assert "готовый" in author.text
    author.picture("workshop-diff", whole=False)


def go_on(story: Story, teacher: Visitor, answers: dict[str, Answer]) -> None:
    """She reads the words of version 1 to the end, and her answers are counted by it."""
    teacher.page.reload()
    here = teacher.sound().path
    place = [item.code for item in workshop.tasks()[0].form_items("A")].index(workshop.TOO_EASY) + 1
    teacher.go(f"{here.rsplit('/', 1)[0]}/{place}")
    assert BETTER not in teacher.text
    teacher.go(here)
    walk.answer_all(teacher, answers)
    walk.submit(teacher)
    walk.see_result(teacher)
