"""An almost empty base: places, staff with accounts, one group, consent published, the shipped work."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook, load_workbook

from diagnostics.campaigns import actions as campaigns
from diagnostics.catalogue import bundled
from diagnostics.people.actions import accounts, consents, memberships, persons, places, roles
from diagnostics.people.models import NodeKind, Role
from diagnostics.resources import bundled as resources
from diagnostics.upkeep.demo import today
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
