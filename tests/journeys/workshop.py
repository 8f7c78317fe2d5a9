"""A methodologist's table of twenty tasks with two mistakes in it, the people of the workshop, and their trial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import sqlalchemy as sa
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries import campaign as campaign_of
from diagnostics.campaigns.queries.seats import seats_of_wave
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.people.models import NodeKind, OrgNode, Role
from diagnostics.upkeep.demo import crowd as simulation
from diagnostics.upkeep.demo import today
from diagnostics.upkeep.demo.crowd import Crowd
from instruments.bundled import bundled
from instruments.document import Instrument
from instruments.formats.workbook import write_workbook
from instruments.items import Answer
from instruments.scoring import Scoring
from tests.journeys.people import move_in, solved
from tests.support import make, sitting
from tests.support.live import Live

CODE, TITLE = "test.help", "Помощь неуспевающим ученикам"
PIECES = {"METH": 7, "EVAL": 7, "PSYP": 6}
KEY_MISTAKE, NO_OPTION = "M06", "Ж"
COMPETENCE_MISTAKE, NO_COMPETENCE = "E05", "EVAL.77"
#: Nobody mistakes this one in the trial: it tells nothing of people.
TOO_EASY, EASE = "M07", 9.0
TRIED_BY, SEED = 60, 360


@dataclass(frozen=True)
class Workers:
    author: str
    expert: str
    trainer: str
    tutor: str
    tried: tuple[str, ...]  # teachers of the trial
    teachers: tuple[str, str]  # who answer version 1 after it: one sends, the other stands in the middle


def tasks() -> tuple[Instrument, Scoring]:
    """Twenty tasks of the shipped test in one form, under a code of their own."""
    whole, keys = bundled("instrument")["test.method"], bundled("scoring")["test.method"]
    form = whole.forms[0]
    sections = tuple(one.model_copy(update={"items": one.items[: PIECES[one.code]]}) for one in form.sections)
    codes = {code for section in sections for code in section.items}
    return (
        whole.model_copy(
            update={
                "code": CODE,
                "title": {"ru": TITLE},
                "languages": ("ru",),
                "forms": (form.model_copy(update={"sections": sections}),),
                "items": tuple(item for item in whole.items if item.code in codes),
            }
        ),
        keys.model_copy(
            update={
                "code": CODE,
                "instrument": CODE,
                "anchors": (),
                "items": {code: key for code, key in keys.items.items() if code in codes},
            }
        ),
    )


def workbook() -> bytes:
    """Their workbook: one key names no option, one competence is in no framework."""
    book = load_workbook(BytesIO(write_workbook(*tasks())))
    sheet = book["Вопросы"]
    _put(sheet, KEY_MISTAKE, "Ключ", NO_OPTION)
    _put(sheet, COMPETENCE_MISTAKE, "Компетенция", NO_COMPETENCE)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def right_key() -> str:
    """The letter that belongs where `NO_OPTION` stands."""
    return _cell(load_workbook(BytesIO(write_workbook(*tasks())))["Вопросы"], KEY_MISTAKE, "Ключ")


def right_competence() -> str:
    return next(iter(tasks()[1].items[COMPETENCE_MISTAKE].competences))


def gather(live: Live) -> Workers:
    staff = move_in(live)
    with live.acting():
        institute = _node(NodeKind.INSTITUTE)
        school = _node(NodeKind.SCHOOL)
        expert = make.staff(Role.EXPERT, institute, "Новиков Пётр Ильич").id
        many = tuple(make.people(TRIED_BY, school))
        last = (
            make.person("Лапшина Мария Романовна", at=school).id,
            make.person("Соколова Анна Петровна", at=school).id,
        )
    return Workers(staff.methodologist, expert, staff.trainer, staff.tutor, many, last)


def try_out(live: Live, campaign_id: str, people: tuple[str, ...]) -> None:
    """The answers of the trial, simulated from known abilities, through the actions that requests use."""
    instrument, scoring = tasks()
    crowd = Crowd.drawn(len(people), instrument, scoring, seed=SEED)
    form = instrument.forms[0].code
    given = simulation.answers(crowd, crowd.entry, instrument, scoring, form, easier={TOO_EASY: EASE})
    with live.acting():
        seats = {seat.respondent_id: seat.seat_id for seat in seats_of_wave(_entry(campaign_id))}
    for person, answers in zip(people, given, strict=True):
        with live.acting():
            sitting.sit(seats[person], answers)


def seat(live: Live, campaign_id: str, people: tuple[str, ...], trainer: str) -> None:
    with live.acting():
        campaigns.seat_people(_entry(campaign_id), list(people), trainer)


def open_diagnosis(live: Live, people: Workers, version_id: str) -> tuple[str, str]:
    """A diagnosis of version 1 that is open: the first teacher has sent; the link of the second."""
    first, second = people.teachers
    with live.acting():
        scored = catalogue.scoring_of(version_id)
        framework = catalogue.latest_published(VersionKind.FRAMEWORK, "dpo")
        assert scored is not None
        assert framework is not None
        made = campaigns.create_campaign(
            title=TITLE, node_id=_node(NodeKind.INSTITUTE).id, owner_id=people.trainer, tutor_id=people.tutor,
            framework_id=framework.id, method_id=catalogue.published(VersionKind.METHOD)[0].id,
            preset="levels3", actor_id=people.trainer,
        )  # fmt: skip
        wave = campaigns.add_wave(
            made.id, WaveKind.ENTRY, today(), today() + timedelta(days=5), people.trainer
        )
        campaigns.assign(wave.id, version_id, scored.id, _form(version_id), actor_id=people.trainer)
        seats = campaigns.seat_people(wave.id, [first, second], people.trainer).seats
        campaigns.open_wave(wave.id, people.trainer)
        sitting.sit(seats[first], solved(version_id, scored.id, _form(version_id), lost="METH"))
        return seats[first], campaigns.mint_link(seats[second])


def solved_by(live: Live, version_id: str) -> dict[str, Answer]:
    with live.acting():
        scored = catalogue.scoring_of(version_id)
        assert scored is not None
        return solved(version_id, scored.id, _form(version_id), lost="EVAL")


def versions(live: Live) -> list[str]:
    """Ids of the versions of the work, the newest first."""
    with live.acting():
        return [one.id for one in catalogue.versions_of(VersionKind.INSTRUMENT, CODE)]


def _entry(campaign_id: str) -> str:
    wave = campaign_of(campaign_id).wave(WaveKind.ENTRY)
    assert wave is not None
    return wave.id


def _form(version_id: str) -> str:
    return catalogue.instrument(version_id).forms[0].code


def _node(kind: NodeKind) -> OrgNode:
    found = session.scalars(sa.select(OrgNode).where(OrgNode.kind == kind).order_by(OrgNode.name)).first()
    assert found is not None
    return found


def _put(sheet: Worksheet, item: str, column: str, value: str) -> None:
    row, place = _place(sheet, item, column)
    sheet.cell(row, place, value)


def _cell(sheet: Worksheet, item: str, column: str) -> str:
    return str(sheet.cell(*_place(sheet, item, column)).value)


def _place(sheet: Worksheet, item: str, column: str) -> tuple[int, int]:
    heads = [cell.value for cell in sheet[1]]
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == item)
    assert row is not None
    return row, heads.index(column) + 1
