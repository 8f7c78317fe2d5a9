"""Texts by which the team reminds: to a chat with its link, to class teachers with the returns of their classes."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from diagnostics import clock
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.queries.circles import CircleView
from diagnostics.campaigns.queries.self_assessments import SelfAssessment
from diagnostics.web.improving.words import GROUPS
from diagnostics.web.reminders import Moment, behind, moment_of
from diagnostics.web.words import day_month


@dataclass(frozen=True, slots=True)
class Message:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Reminding:
    moment: Moment
    messages: tuple[Message, ...]


def reminding(one: SelfAssessment, addresses: dict[str, str]) -> Reminding | None:
    """`addresses`: circle → its link for all."""
    moment = moment_of(one, clock.now())
    if moment is None:
        return None
    late = behind(one)
    messages = [_to_chat(one, each, addresses[each.id]) for each in late if each.id in addresses]
    coded = [each for each in late if each.way is CircleWay.CODES]
    if coded:
        messages.append(_to_teachers(one, coded))
    return Reminding(moment, tuple(messages))


def _to_chat(one: SelfAssessment, circle: CircleView, address: str) -> Message:
    return Message(
        _("Напоминание: %(group)s", group=_(GROUPS[circle.respondent_group]).lower()),
        _(
            "Напоминаем: до %(day)s можно ответить на анкету о школе. Ответили %(done)s из %(all)s. Имени не "
            "спрашиваем. Кто уже ответил, спасибо, второй раз не нужно. Остальным, можно с телефона: %(address)s",
            day=day_month(one.closes_at, one.zone),
            done=circle.submitted,
            all=circle.expected,
            address=address,
        ),
    )


def _to_teachers(one: SelfAssessment, circles: list[CircleView]) -> Message:
    returns = "; ".join(
        _(
            "%(name)s — %(done)s из %(all)s",
            name=each.label or _(GROUPS[each.respondent_group]).lower(),
            done=each.submitted,
            all=each.expected,
        )
        for each in circles
    )
    return Message(
        _("Напоминание тем, кто раздавал листы с кодами"),
        _(
            "Анкета о школе открыта до %(day)s. Ответили: %(returns)s. Пожалуйста, напомните: кто ещё не ответил, "
            "может войти по своему коду, он действует. Кто ответил, мы не знаем, поэтому напоминаем всем.",
            day=day_month(one.closes_at, one.zone),
            returns=returns,
        ),
    )
