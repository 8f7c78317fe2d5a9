"""An almost empty base: places, staff with accounts, one group, consent published, the shipped work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import sqlalchemy as sa
from openpyxl import Workbook, load_workbook

from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import bundled
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.people.actions import accounts, consents, memberships, persons, places, roles
from diagnostics.people.models import NodeKind, OrgNode, Role
from diagnostics.resources import bundled as resources
from diagnostics.upkeep.demo import today
from diagnostics.upkeep.demo.work import shipped_work
from instruments.items import Answer
from tests.support import sitting
from tests.support.live import Live

REQUISITES = {
    "operator_name": "Институт развития образования",
    "operator_address": "000000, г. Зареченск, ул. Учебная, д. 1",
    "operator_inn": "0000000000",
    "operator_ogrn": "0000000000000",
    "operator_contact": "diagnostika@example.org",
}
SCHOOLS = ("Школа № 12", "Школа № 3")
ANNA = "Соколова Анна Петровна"
TEACHERS = (
    ANNA, "Лапшина Мария Романовна", "Воробей Галина Валентиновна", "Черных Степан Александрович",
    "Крюков Василий Павлович", "Дроздова Карина Львовна", "Ладыгин Денис Петрович", "Веденеев Егор Борисович",
    "Пахомова Клавдия Витальевна", "Горшенина Вера Васильевна", "Ершова Анастасия Андреевна", "Исаев Тимур Русланович",
)  # fmt: skip


@dataclass(frozen=True)
class Staff:
    methodologist: str
    trainer: str
    tutor: str
    coordinator: str


def move_in(live: Live) -> Staff:
    with live.acting():
        bundled.install()
        resources.install(today())
        region = _place(NodeKind.REGION, None, "Заречная область")
        institute = _place(NodeKind.INSTITUTE, region, "Институт развития образования", requisites=REQUISITES)
        district = _place(NodeKind.MUNICIPALITY, region, "Приозёрный район")
        for number, name in enumerate(SCHOOLS):
            _place(NodeKind.SCHOOL, district, name, code=f"00101{number}")
        staff = Staff(
            _person("Ким Павел Андреевич", Role.METHODOLOGIST, institute),
            _person("Белова Мария Игоревна", Role.TRAINER, institute),
            _person("Дёмина Ольга Сергеевна", Role.TUTOR, institute),
            _person("Алиева Роза Тимуровна", Role.REGIONAL_COORDINATOR, region),
        )
        consents.publish(institute, actor_id=staff.methodologist)
        campaigns.create_group(
            title="Учителя математики", node_id=institute, trainer_id=staff.trainer, tutor_id=staff.tutor,
            actor_id=staff.trainer,
        )  # fmt: skip
    return staff


def invite(live: Live, staff: Staff) -> str:
    """One teacher in a diagnosis that is open today, made through actions; the secret of her link."""
    with live.acting():
        work = shipped_work()
        district = session.scalars(sa.select(OrgNode.id).where(OrgNode.kind == NodeKind.SCHOOL)).first()
        institute = session.scalars(sa.select(OrgNode.id).where(OrgNode.kind == NodeKind.INSTITUTE)).one()
        anna = _person(ANNA, Role.TEACHER, str(district))
        campaign = campaigns.create_campaign(
            title="Работа с неуспевающими", node_id=institute, owner_id=staff.trainer, tutor_id=staff.tutor,
            framework_id=work.framework_id, method_id=work.method_id, preset="levels3", actor_id=staff.trainer,
        )  # fmt: skip
        wave = campaigns.add_wave(
            campaign.id, WaveKind.ENTRY, today(), today() + timedelta(days=5), staff.trainer
        )
        campaigns.assign(wave.id, work.instrument_id, work.scoring_id, "A", actor_id=staff.trainer)
        seats = campaigns.seat_people(wave.id, [anna], staff.trainer).seats
        campaigns.open_wave(wave.id, staff.trainer)
        return campaigns.mint_link(seats[anna])


def solved_by_anna(live: Live) -> dict[str, Answer]:
    """Right answers of form A but for the block of knowledge of pupils."""
    with live.acting():
        work = shipped_work()
        return solved(work.instrument_id, work.scoring_id, "A", lost="PSYP")


def roster() -> bytes:
    """Twelve teachers with their names in one cell, and one of a school that nobody knows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ФИО", "Школа", "Должность", "Предмет"])
    for number, name in enumerate(TEACHERS):
        sheet.append([name, SCHOOLS[number % 2], "учитель", "математика"])
    sheet.append(["Никому Неизвестная Школа", "Школа № 999", "учитель", "физика"])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def cards(table: bytes) -> dict[str, tuple[str, str]]:
    """ФИО → (school's code, own code) of the printed table of access cards."""
    sheets = load_workbook(BytesIO(table)).worksheets
    rows = [[str(cell or "") for cell in row] for one in sheets for row in one.iter_rows(values_only=True)]
    head = next(number for number, row in enumerate(rows) if "Код школы" in row)
    name, school, own = (rows[head].index(title) for title in ("ФИО", "Код школы", "Код"))
    return {row[name]: (row[school], row[own]) for row in rows[head + 1 :] if row[own]}


def _place(
    kind: NodeKind,
    parent: str | None,
    name: str,
    *,
    code: str | None = None,
    requisites: dict[str, str] | None = None,
) -> str:
    return places.create(
        kind=kind, parent_id=parent, name=name, code=code, requisites=requisites, actor_id=None
    ).id


def _person(full_name: str, role: Role, place: str) -> str:
    surname, given, patronymic = full_name.split()
    person = persons.add(surname=surname, given_name=given, patronymic=patronymic, actor_id=None).id
    memberships.join(person_id=person, node_id=place, position="сотрудник", actor_id=None)
    roles.grant(person_id=person, role=role, node_id=place, actor_id=None)
    accounts.open_account(person_id=person, login=f"{role.value}@example.org", actor_id=None)
    return person


def solved(instrument_id: str, scoring_id: str, form: str, *, lost: str) -> dict[str, Answer]:
    """Right answers to all questions of the form but those of the block `lost`."""
    instrument, scoring = catalogue.instrument(instrument_id), catalogue.scoring(scoring_id)
    found: dict[str, Answer] = {}
    for item in instrument.form_items(form):
        right = sitting.right(scoring_id, item.code)
        if next(iter(scoring.items[item.code].competences)).startswith(lost):
            right = _other(item, right)
        found[item.code] = right
    return found


def _other(item: object, right: Answer) -> Answer:
    if isinstance(right, float):
        return right + 10
    codes = [option.code for option in getattr(item, "options", ())]
    if isinstance(right, list):
        return [code for code in codes if code not in right][: len(right)]
    return next(code for code in codes if code != right)
