"""Every paper around a diagnosis in one table: how it is made of the facts of a stage."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from diagnostics.reporting.papers import organising, results
from diagnostics.reporting.papers.facts import Facts
from reports.outlines.papers import organising as of_organising
from reports.outlines.papers import results as of_results
from reports.paper import Paper
from reports.tables import Table
from reports.tabulate.papers import organising as tables_of_organising
from reports.tabulate.papers import results as tables_of_results
from reports.wording.words import Words, mark

C = TypeVar("C")


class Need(enum.StrEnum):
    """What must be there before a paper makes sense."""

    NOTHING = "nothing"
    PEOPLE = "people"
    SUBMITTED = "submitted"
    RESULTS = "results"
    TASKS = "tasks"  # results with their tasks, not block points from elsewhere
    ROUTES = "routes"


@dataclass(frozen=True, slots=True)
class Made:
    """One paper of one stage before any format; both formats are set from it."""

    paper: Paper
    tables: tuple[Table, ...]


Make = Callable[[Facts, Words], Made]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`title`, `purpose` are msgids.

    changing  its figures move until the stage is closed: a draft before
    named     exact results by name leave with it: the right to them is asked for, and the audit keeps who took them
    hidden    not made where nobody but the person may see a result
    """

    code: str
    title: str
    purpose: str
    need: Need
    make: Make
    changing: bool = False
    named: bool = False
    hidden: bool = False


def _of(
    contents: Callable[[Facts], C],
    paper: Callable[[C, Words], Paper],
    tables: Callable[[C, Words], tuple[Table, ...]],
) -> Make:
    """One contents object feeds both the paper and its tables."""

    def make(facts: Facts, words: Words) -> Made:
        found = contents(facts)
        return Made(paper(found, words), tables(found, words))

    return make


KINDS: tuple[Kind, ...] = (
    Kind(
        code="order",
        title=mark("Проект приказа"),
        purpose=mark("О проведении диагностики, со списком участников в приложении. Номер и дату впишет канцелярия."),
        need=Need.PEOPLE,
        make=_of(organising.order, of_organising.order_paper, tables_of_organising.order_tables),
    ),
    Kind(
        code="schedule",
        title=mark("График"),
        purpose=mark("Сроки этапов и дни школ: школа вписывает дату, время и ответственного."),
        need=Need.NOTHING,
        make=_of(organising.schedule, of_organising.schedule_paper, tables_of_organising.schedule_tables),
    ),
    Kind(
        code="instruction",
        title=mark("Инструкция участника"),
        purpose=mark("Как войти, как отвечать, кто увидит результат. Раздают вместе с карточками доступа."),
        need=Need.NOTHING,
        make=_of(organising.instruction, of_organising.instruction_paper, tables_of_organising.instruction_tables),
    ),
    Kind(
        code="turnout",
        title=mark("Явка по школам"),
        purpose=mark("Кто прошёл диагностику, по школам, и школы, из которых ответов нет."),
        need=Need.PEOPLE,
        make=_of(organising.turnout, of_organising.turnout_paper, tables_of_organising.turnout_tables),
        changing=True,
    ),
    Kind(
        code="summary",
        title=mark("Сводная ведомость"),
        purpose=mark("Участники и блоки: проценты и уровни. Только для внутреннего пользования."),
        need=Need.RESULTS,
        make=_of(results.summary, of_results.summary_paper, tables_of_results.summary_tables),
        changing=True,
        named=True,
        hidden=True,
    ),
    Kind(
        code="protocol",
        title=mark("Протокол"),
        purpose=mark("Официальные уровни по утверждённой шкале: распределение и участники, место для решения комиссии."),
        need=Need.RESULTS,
        make=_of(results.protocol, of_results.protocol_paper, tables_of_results.protocol_tables),
        changing=True,
        named=True,
    ),
    Kind(
        code="personal",
        title=mark("Личные листы результата"),
        purpose=mark("Лист на каждого участника, все в одном файле: печатают подряд и вручают лично."),
        need=Need.TASKS,
        make=_of(results.personal, of_results.personal_paper, tables_of_results.personal_tables),
        changing=True,
        named=True,
        hidden=True,
    ),
    Kind(
        code="certificates",
        title=mark("Справки об участии"),
        purpose=mark("Справка каждому, кто прошёл диагностику, без результатов; таблица — журнал выдачи."),
        need=Need.SUBMITTED,
        make=_of(organising.certificates, of_organising.certificates_paper, tables_of_organising.certificates_tables),
    ),
    Kind(
        code="routes",
        title=mark("Реестр ИОМ"),
        purpose=mark("Индивидуальные маршруты: тьютор, состояние, шаги, часы, срок. Без уровней и содержания."),
        need=Need.ROUTES,
        make=_of(organising.routes, of_organising.routes_paper, tables_of_organising.routes_tables),
        changing=True,
        hidden=True,
    ),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in KINDS}
