"""The chain as five people, from an almost empty base to the report that goes upward."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from diagnostics.campaigns import queries as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries.overview import CampaignView
from diagnostics.upkeep.demo import today
from tests.journeys import walking as walk
from tests.journeys.conftest import MakeVisitor
from tests.journeys.people import ANNA, TEACHERS, Staff, move_in, solved
from tests.support.browser import Visitor
from tests.support.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.storage]

RETURN = "Хороший порядок. Поменяйте местами первые два шага: без таблицы ошибок план составить не из чего."


class Story:
    """What the five people know of one another: addresses of pages and the card of one teacher."""

    def __init__(self, live: Live, visitor: MakeVisitor) -> None:
        self.live, self.visitor = live, visitor
        self.staff: Staff = move_in(live)
        self.diagnosis = ""
        self.cards: dict[str, tuple[str, str]] = {}

    def later(self, days: int) -> None:
        """The clock of the server goes on; whoever was signed in signs in again."""
        self.live.ahead += timedelta(days=days)

    def campaign(self) -> CampaignView:
        with self.live.acting():
            return campaigns.campaign(self.diagnosis.rsplit("/", 1)[-1])

    def wave_id(self, kind: WaveKind) -> str:
        wave = self.campaign().wave(kind)
        assert wave is not None
        return wave.id


def test_from_a_question_to_the_change_it_caused(live: Live, visitor: MakeVisitor) -> None:
    story = Story(live, visitor)
    walk.see_work_and_key(visitor(story.staff.methodologist))
    prepare(story)
    teacher = visitor(phone=True)
    take_the_test(story, teacher)
    collect_route(teacher)
    agree(story, teacher)
    finish_entry(story)
    hold_exit(story)
    read_report(story)
    look_from_above(story)


def prepare(story: Story) -> None:
    trainer, day = story.visitor(story.staff.trainer), today()
    story.diagnosis = walk.create_diagnosis(
        trainer, (day, day + timedelta(days=6)), (day + timedelta(days=60), day + timedelta(days=70))
    )
    walk.add_people(trainer, story.diagnosis)
    walk.open_stage(trainer, story.diagnosis)
    story.cards = walk.print_cards(trainer, story.diagnosis)
    assert len(story.cards) == 12


def take_the_test(story: Story, teacher: Visitor) -> None:
    walk.enter_by_code(teacher, *story.cards[ANNA])
    walk.begin(teacher, "соколова")
    wave = story.campaign().wave(WaveKind.ENTRY)
    assert wave is not None
    asked = wave.assignments[0]
    with story.live.acting():
        answers = solved(str(asked.instrument_id), str(asked.scoring_id), asked.form, lost="METH")
    walk.answer_all(teacher, answers, by_keyboard={2, 3, 4})
    walk.submit(teacher)
    walk.see_result(teacher)
    assert "Методические" in teacher.text


def collect_route(teacher: Visitor) -> None:
    teacher.click("Собрать маршрут").sound()
    assert teacher.page.locator(".step").count() >= 2
    teacher.click("Отправить тьютору").sound()
    assert "Маршрут у тьютора" in teacher.text


def agree(story: Story, teacher: Visitor) -> None:
    """The tutor returns, the teacher sends again, the tutor approves."""
    tutor = story.visitor(story.staff.tutor)
    tutor.go("/").go("/routes/review").follow(ANNA).sound()
    tutor.page.get_by_text("Вернуть с замечанием").click()
    tutor.page.locator("#return textarea").fill(RETURN)
    tutor.click("Вернуть").sound()
    teacher.page.reload()
    teacher.sound()
    assert RETURN in teacher.text
    teacher.click("Отправить тьютору").sound()
    tutor.go("/routes/review").follow(ANNA).sound()
    tutor.click("Утвердить").sound()
    teacher.page.reload()
    teacher.sound()
    assert "Утверждён" in teacher.text


def finish_entry(story: Story) -> None:
    entry = story.wave_id(WaveKind.ENTRY)
    walk.answer_through_actions(story.live, entry, leaving=False, but={ANNA.split()[0]})
    close(story)


def hold_exit(story: Story) -> None:
    story.later(61)
    trainer = story.visitor(story.staff.trainer)
    walk.open_stage(trainer, story.diagnosis)
    walk.answer_through_actions(story.live, story.wave_id(WaveKind.EXIT), leaving=True)
    close(story)


def close(story: Story) -> None:
    trainer = story.visitor(story.staff.trainer)
    trainer.go(story.diagnosis).follow("Закрыть этап", exact=False).sound()
    trainer.click("Закрыть этап").sound()


def read_report(story: Story) -> None:
    """Home → diagnosis → «Вход и выход» → a file of each kind; the files say the same as the page."""
    trainer = story.visitor(story.staff.trainer)
    trainer.go(f"{story.diagnosis}/growth")
    assert "Результаты сравнимы" in trainer.text
    found = {}
    for kind in ("PDF", "DOCX", "Excel"):
        trainer.go(f"{story.diagnosis}/growth").click(kind)
        found[kind] = walk.taken(trainer)
    pdf = " ".join(page.extract_text() for page in PdfReader(BytesIO(found["PDF"])).pages)
    paragraphs = " ".join(one.text for one in Document(BytesIO(found["DOCX"])).paragraphs)
    assert walk.TITLE in " ".join(pdf.split())
    assert walk.TITLE in paragraphs
    assert load_workbook(BytesIO(found["Excel"])).sheetnames
    trainer.go(f"{story.diagnosis}/needs")
    assert "Лапшина" in trainer.text


def look_from_above(story: Story) -> None:
    """The coordinator sees the release that the report made; people and exact pages do not exist for her."""
    coordinator = story.visitor(story.staff.coordinator)
    coordinator.go("/").go("/turnout").go(f"{story.diagnosis}/growth")
    coordinator.picture("upward")
    assert "Обобщённые данные. Выпуск 1" in coordinator.text
    assert not [name for name in TEACHERS if name.split()[0] in coordinator.text]
    coordinator.expected_statuses = {403, 404}
    coordinator.page.goto(f"{story.diagnosis}/needs")
    assert not [name for name in TEACHERS if name.split()[0] in coordinator.text]
