"""The left rail: at most seven places to go, by what the person does here."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import gettext as _

from diagnostics.access import Actor
from diagnostics.people.models import Role
from diagnostics.web.sentences.common import N_

TITLES: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("Администратор"),
    Role.REGIONAL_COORDINATOR: N_("Региональный координатор"),
    Role.METHODOLOGIST: N_("Методист"),
    Role.MUNICIPAL_COORDINATOR: N_("Муниципальный координатор"),
    Role.SCHOOL_LEAD: N_("Руководитель школы"),
    Role.SCHOOL_TEAM: N_("Школьная команда"),
    Role.CURATOR: N_("Куратор"),
    Role.TUTOR: N_("Тьютор"),
    Role.TRAINER: N_("Тренер"),
    Role.MENTOR: N_("Наставник"),
    Role.EXPERT: N_("Эксперт"),
    Role.TEACHER: N_("Учитель"),
    Role.ANONYMOUS: N_("Участник опроса"),
    Role.AUDITOR: N_("Аудитор"),
}

HOME = ("home.index", N_("Задачи"))
RESULTS = ("coaching.my_result", N_("Мой профиль"))
ROUTE = ("coaching.my_route", N_("Мой маршрут"))
HISTORY = ("coaching.history", N_("История"))
MARKING = ("marking.desk", N_("На проверке"))
GROUPS = ("running.groups", N_("Группы слушателей"))
DIAGNOSES = ("running.diagnoses", N_("Диагностики"))
ROUTES = ("coaching.routes_to_review", N_("Маршруты"))
INSTRUMENTS = ("authoring.library", N_("Диагностические работы"))
RESOURCES = ("coaching.resources", N_("Что поможет"))
REPORTS = ("reading.reports", N_("Отчёты"))
SCHOOL = ("leading.school", N_("Моя школа"))
TURNOUT = ("running.turnout_mine", N_("Явка"))
ASSESSMENT = ("improving.school", N_("Самооценка школы"))
ASSESSMENTS = ("improving.turnouts", N_("Самооценка школ"))
PEOPLE = ("admin.people", N_("Люди и организации"))
CONSENTS = ("admin.consents", N_("Согласия"))
HEALTH = ("admin.health", N_("Состояние системы"))
AUDIT = ("admin.audit", N_("Журнал действий"))
OUTBOX = ("admin.outbox", N_("Исходящие письма"))

Item = tuple[str, str]
# The first role that a person has decides the rail, in this order.
RAILS: dict[Role, tuple[Item, ...]] = {
    Role.ADMINISTRATOR: (HOME, PEOPLE, CONSENTS, DIAGNOSES, OUTBOX, AUDIT, HEALTH),
    Role.REGIONAL_COORDINATOR: (HOME, DIAGNOSES, TURNOUT, ASSESSMENTS, REPORTS, RESOURCES),
    Role.TRAINER: (HOME, GROUPS, DIAGNOSES, ROUTES, REPORTS, INSTRUMENTS, OUTBOX),
    Role.METHODOLOGIST: (HOME, INSTRUMENTS, DIAGNOSES, RESOURCES, REPORTS),
    Role.EXPERT: (HOME, MARKING, INSTRUMENTS),
    Role.TUTOR: (HOME, ROUTES, GROUPS, RESOURCES),
    Role.MUNICIPAL_COORDINATOR: (HOME, TURNOUT, ASSESSMENTS),
    Role.SCHOOL_LEAD: (HOME, SCHOOL, ASSESSMENT, RESULTS, ROUTE, HISTORY),
    Role.SCHOOL_TEAM: (HOME, SCHOOL, ASSESSMENT, RESULTS, ROUTE, HISTORY),
    Role.AUDITOR: (HOME, AUDIT, DIAGNOSES),
    Role.TEACHER: (HOME, RESULTS, ROUTE, HISTORY),
}
# Pages of a section whose addresses do not begin as the section's own.
UNDER: dict[str, tuple[str, ...]] = {
    DIAGNOSES[0]: ("/waves/", "/seats/", "/paper/", "/sittings/", "/results/import"),
    INSTRUMENTS[0]: ("/frameworks",),
}


@dataclass(frozen=True, slots=True)
class RailItem:
    label: str
    href: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Rail:
    role: str
    items: tuple[RailItem, ...]


def main_role(actor: Actor) -> Role | None:
    return next((role for role in RAILS if actor.has(role)), None)


def of(actor: Actor, path: str) -> Rail:
    """The rail of the person's main role; pages of rooms not yet built are left out."""
    role = main_role(actor)
    known = current_app.view_functions
    items = [one for one in RAILS[role] if one[0] in known] if role else [HOME]
    if actor.has(Role.EXPERT) and MARKING not in items:  # who marks beside other work finds the answers, too
        items.append(MARKING)
    here = max(
        (url_for(endpoint) for endpoint, _label in items if _leads(endpoint, path)),
        key=len,
        default="",
    )
    return Rail(_(TITLES[role]) if role else "", tuple(_item(one, here) for one in items))


def _leads(endpoint: str, path: str) -> bool:
    href = url_for(endpoint)
    return path == href if href == "/" else path.startswith((href, *UNDER.get(endpoint, ())))


def _item(one: Item, here: str) -> RailItem:
    """`here`: the address of the place that the page belongs to, the longest of those that begin its own."""
    endpoint, label = one
    href = url_for(endpoint)
    return RailItem(_(label), href, href == here)
