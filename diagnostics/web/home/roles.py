"""«Кем войти?»: what each role does in the demo, and its tour of two minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from diagnostics.people.models import Role
from diagnostics.upkeep.demo.visitors import Holding, Visitor
from diagnostics.web.sentences.common import N_


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of a tour: what to open and what to notice there."""

    endpoint: str
    title: str
    notice: str
    of: str = ""  # which object of the demo its address names: finished | open | trial | school | group


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    does: str
    tour: str
    enter: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A role on the page; the figure is the partial `home/figures/<role>.svg.html`."""

    role: str
    title: str
    who: str
    does: str
    tour: str
    enter: str


@dataclass(frozen=True, slots=True)
class StopLink:
    title: str
    notice: str
    href: str


PARTS: dict[Role, Part] = {
    Role.TEACHER: Part(
        N_("Учитель"),
        N_("Проходит диагностику с телефона, видит свой профиль и собирает маршрут развития."),
        N_("Пройдите диагностику с телефона"),
        N_("Войти учителем"),
        (
            Stop("home.index", N_("Задачи"), N_("Итоговая диагностика открыта: ответьте на два-три вопроса и прервитесь — ответы останутся.")),
            Stop("coaching.my_result", N_("Мой профиль"), N_("Опора, что развивать, следующий шаг. Полоса показывает точность вывода.")),
            Stop("coaching.my_route", N_("Мой маршрут"), N_("У каждого шага есть «почему», срок и подтверждение. Шаг можно заменить.")),
        ),
    ),
    Role.TRAINER: Part(
        N_("Тренер"),
        N_("Собирает диагностику, видит, кому что нужно, и готовит отчёт «Вход и выход»."),
        N_("Получите отчёт «Вход и выход»"),
        N_("Войти тренером"),
        (
            Stop("running.group_page", N_("Группа слушателей"), N_("Учителя двух муниципалитетов и их диагностики."), "group"),
            Stop("reading.needs", N_("Кому что нужно"), N_("Сначала группы по общей потребности, потом карта по людям."), "finished"),
            Stop("reading.growth", N_("Вход и выход"), N_("Можно ли сравнивать, что изменилось и кого не хватает. Отчёт — в PDF, Word и Excel."), "finished"),
            Stop("running.diagnosis", N_("Идёт сбор ответов"), N_("Живая явка, карточки доступа, напоминания: почта не нужна."), "open"),
            Stop("running.papers", N_("Документы диагностики"), N_("Приказ, график, ведомость, протокол, справки — одним архивом."), "finished"),
        ),
    ),
    Role.TUTOR: Part(
        N_("Тьютор"),
        N_("Согласует маршруты развития, смотрит подтверждения и помогает уточнить вывод."),
        N_("Согласуйте маршрут"),
        N_("Войти тьютором"),
        (
            Stop("coaching.routes_to_review", N_("Маршруты на согласовании"), N_("Сначала те, что ждут дольше всех. Вернуть можно только со словами.")),
            Stop("running.group_page", N_("Группа слушателей"), N_("Люди, за маршруты которых отвечает тьютор."), "group"),
            Stop("coaching.resources", N_("Что поможет"), N_("Из этого каталога собираются маршруты.")),
        ),
    ),
    Role.METHODOLOGIST: Part(
        N_("Методист"),
        N_("Отвечает за диагностические работы: вопросы, ключи, связь с моделью компетенций."),
        N_("Посмотрите работу и её ключи"),
        N_("Войти методистом"),
        (
            Stop("authoring.library", N_("Диагностические работы"), N_("Работа «Работа с неуспевающими»: два варианта и общие задания.")),
            Stop("reading.items_page", N_("Апробация: качество заданий"), N_("У одного задания ключ под вопросом: сильные выбирают другой ответ. Найдите его и ещё одно — слишком лёгкое."), "trial"),
            Stop("reading.growth", N_("Вход и выход"), N_("Общие задания связывают варианты. Одно стало легче само по себе: его исключили."), "finished"),
            Stop("coaching.resources", N_("Что поможет"), N_("У каждого ресурса — компетенции, уровень и срок.")),
        ),
    ),
    Role.SCHOOL_LEAD: Part(
        N_("Заместитель директора школы"),
        N_("Проводит самооценку школы, видит явку и состояние маршрутов своих учителей."),
        N_("Найдите, где взгляды расходятся"),
        N_("Войти заместителем"),
        (
            Stop("improving.zones", N_("Зоны школы"), N_("Учителя и ученики по-разному видят поддержку. Группы не смешаны, у каждой своя полоса."), "school"),
            Stop("improving.collect", N_("Как собирали ответы"), N_("Одноразовые коды для классов, общая ссылка для родителей, лист администрации."), "school"),
            Stop("leading.school", N_("Моя школа"), N_("Явка и состояние маршрутов учителей: живо и точно. Уровни школа видит только с согласия учителя.")),
        ),
    ),
    Role.REGIONAL_COORDINATOR: Part(
        N_("Региональный координатор"),
        N_("Видит явку по школам и обобщённый результат: без имён и без малых групп."),
        N_("Посмотрите, что видно сверху"),
        N_("Войти координатором"),
        (
            Stop("running.turnout_mine", N_("Явка"), N_("Точно и сейчас: кто прошёл, по школам.")),
            Stop("reading.growth", N_("Вход и выход"), N_("Те же выводы без имён; малые группы скрыты правилом, а не доброй волей."), "finished"),
            Stop("reading.reports", N_("Отчёты"), N_("Снимки с номером и датой: цифры в них больше не меняются.")),
            Stop("improving.zones_opened", N_("Зоны школ"), N_("Здесь только школы, которые сами открыли свои зоны: сейчас одна.")),
        ),
    ),
}  # fmt: skip


def cards(visitors: tuple[Visitor, ...]) -> list[Card]:
    """Translated, in the order of the visitors."""
    found = []
    for one in visitors:
        part = PARTS[one.role]
        who = f"{one.name}, {one.place}"
        found.append(Card(one.role.value, _(part.title), who, _(part.does), _(part.tour), _(part.enter)))
    return found


def stops(role: Role, holding: Holding) -> Iterator[StopLink]:
    """The pages of a tour that stand in this installation."""
    for stop in PARTS[role].stops:
        if stop.endpoint in current_app.view_functions:
            yield StopLink(_(stop.title), _(stop.notice), url_for(stop.endpoint, **_values(stop, holding)))


def _values(stop: Stop, holding: Holding) -> dict[str, Any]:
    objects = {
        "finished": {"campaign_id": holding.finished_id},
        "open": {"campaign_id": holding.open_id},
        "trial": {"campaign_id": holding.trial_id},
        "school": {"campaign_id": holding.school_id},
        "group": {"group_id": holding.group_id},
    }
    return objects.get(stop.of, {})
