"""Words of this room for our codes, with the look of their tags; phrases that a tutor may begin with."""

from __future__ import annotations

from diagnostics.campaigns.models import SeatState
from diagnostics.pathways.models import RouteState, StepState
from diagnostics.web.sentences.common import N_

Tagged = tuple[str, str]  # words, kind of the tag

ROUTE_STATES: dict[RouteState, Tagged] = {
    RouteState.DRAFT: (N_("черновик"), "outline"),
    RouteState.SENT: (N_("на согласовании"), "work"),
    RouteState.RETURNED: (N_("возвращён"), "attention"),
    RouteState.APPROVED: (N_("утверждён"), "done"),
    RouteState.RUNNING: (N_("идёт"), "work"),
    RouteState.PAUSED: (N_("приостановлен"), "neutral"),
    RouteState.COMPLETED: (N_("завершён"), "done"),
    RouteState.CANCELLED: (N_("отменён"), "neutral"),
}
STEP_STATES: dict[StepState, Tagged] = {
    StepState.NOT_STARTED: (N_("не начат"), "outline"),
    StepState.IN_WORK: (N_("в работе"), "work"),
    StepState.ON_REVIEW: (N_("на проверке"), "attention"),
    StepState.CONFIRMED: (N_("подтверждён"), "done"),
    StepState.POSTPONED: (N_("отложен"), "neutral"),
}
SEAT_STATES: dict[SeatState, Tagged] = {
    SeatState.EXPECTED: (N_("не начата"), "outline"),
    SeatState.STARTED: (N_("начата"), "work"),
    SeatState.SUBMITTED: (N_("пройдена"), "done"),
    SeatState.WITHDRAWN: (N_("отозвана"), "neutral"),
}
#: What was done to a block when one resource replaces another.
CHANGES: dict[str, str] = {
    "more": N_("охват блока «%(block)s» больше"),
    "same": N_("охват блока «%(block)s» тот же"),
    "less": N_("охват блока «%(block)s» меньше"),
    "none": N_("блок «%(block)s» останется без поддержки"),
}
RETURNS: tuple[str, ...] = (
    N_("Часов много для одной четверти: перенесите самый длинный шаг или замените его коротким."),
    N_("Два шага об одном и том же. Оставьте тот, где больше работы со своим классом."),
    N_("Не хватает подтверждения к шагу: достаточно одного плана урока."),
    N_("Срок шага приходится на каникулы: на своём классе проверить не получится."),
    N_("Поменяйте шаги местами: второй опирается на первый."),
    N_("Напишите одной фразой, что вы хотите увидеть у учеников к концу маршрута."),
)
WAIVERS: tuple[str, ...] = (
    N_("Вывод предварительный, назначено уточнение; строка появится по его итогам."),
    N_("Педагог проходит программу по этой теме в другой организации, документ ожидается."),
    N_("Посещённые уроки показали владение приёмами блока; протоколы приложены."),
    N_("По решению педагога и тьютора работа по блоку переносится на следующий период."),
    N_("Работа прервана по уважительной причине; диагностика по блоку назначается повторно."),
    N_("Обязанности педагога меняются, блок к новым обязанностям не относится."),
    N_("Подходящего по срокам и месту нет; запрос институту отправлен, решение пересмотрим."),
    N_("Маршрут приостановлен; к блоку вернёмся после возобновления."),
)
