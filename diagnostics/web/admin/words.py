"""Sentences of the administrator's pages: state → what it means and what to do."""

from __future__ import annotations

from diagnostics.outbox.models import LetterState
from diagnostics.people.models import NodeKind, Role
from diagnostics.web.sentences.common import N_

LETTER_STATES: dict[LetterState, tuple[str, str]] = {
    LetterState.WAITING: (N_("ждёт отправки"), "work"),
    LetterState.SENDING: (N_("отправляется"), "work"),
    LetterState.SENT: (N_("отправлено"), "done"),
    LetterState.FAILED: (N_("не ушло"), "attention"),
    LetterState.SHOWN: (N_("только на экране"), "neutral"),
}

# Line of health → (name, what to do when it is not well).
HEALTH: dict[str, tuple[str, str]] = {
    "disk": (
        N_("Свободное место на диске"),
        N_("Освободите место: при 500 МБ останавливаются отчёты и загрузки."),
    ),
    "backup": (
        N_("Последняя резервная копия"),
        N_("Сделайте копию командой orientir backup и храните её отдельно."),
    ),
    "clearing": (
        N_("Последнее удаление того, чей срок вышел"),
        N_("Его делает команда orientir worker раз в день. Проверьте, запущена ли она."),
    ),
    "queue": (N_("Самая давняя работа в очереди"), N_("Проверьте, запущена ли команда orientir worker.")),
    "failed_jobs": (
        N_("Фоновые работы со сбоем"),
        N_("Откройте работу: на её странице сказано, что случилось."),
    ),
    "letters": (N_("Письма ждут отправки"), N_("Проверьте адрес почтового сервера в настройке MAIL_URL.")),
    "audit": (
        N_("Нарушения цепочки журнала"),
        N_("Журнал меняли в обход системы. Сравните его с последней копией."),
    ),
}

KINDS: dict[NodeKind, str] = {
    NodeKind.REGION: N_("регион"),
    NodeKind.MUNICIPALITY: N_("муниципалитет"),
    NodeKind.SCHOOL: N_("школа"),
    NodeKind.INSTITUTE: N_("институт"),
}

# Columns of the sheet of organisations, in their order.
PLACE_COLUMNS: dict[str, str] = {
    "kind": N_("Что это"),
    "region": N_("Регион"),
    "municipality": N_("Муниципалитет"),
    "code": N_("Код"),
    "name": N_("Полное название"),
    "short_name": N_("Короткое название"),
    "zone": N_("Часовой пояс"),
}

# Role → what the person will see, in plain words.
SEES: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("людей, роли, журнал и состояние системы; чужих результатов не видит"),
    Role.REGIONAL_COORDINATOR: N_(
        "диагностики и явку региона, показатели групп; личных результатов не видит"
    ),
    Role.METHODOLOGIST: N_("диагностические работы с ключами, диагностики, показатели групп"),
    Role.MUNICIPAL_COORDINATOR: N_("явку школ своего муниципалитета"),
    Role.SCHOOL_LEAD: N_("явку и состояние маршрутов своей школы; уровни — только по согласию"),
    Role.SCHOOL_TEAM: N_("задачи школьной команды"),
    Role.CURATOR: N_("задачи по своей школе"),
    Role.TUTOR: N_("результаты и маршруты своих учителей, если это сказано им заранее"),
    Role.TRAINER: N_("свои группы и диагностики"),
    Role.MENTOR: N_("задачи наставника"),
    Role.EXPERT: N_("диагностические работы"),
    Role.TEACHER: N_("свои задания, результаты и маршрут"),
    Role.AUDITOR: N_("журнал действий и диагностики, без личных результатов"),
}

# Part of an erasure's act → what it counts.
REMOVED: dict[str, str] = {
    "letters": N_("писем человеку"),
    "routes": N_("маршрутов"),
    "findings": N_("результатов"),
    "answers": N_("ответов"),
    "marks": N_("оценок экспертов за эти ответы"),
    "links": N_("ссылок и карточек"),
    "seats": N_("мест в диагностиках, где стёрта должность"),
    "scans": N_("сканов согласий"),
    "groups": N_("записей в группах"),
    "memberships": N_("мест работы"),
    "roles": N_("ролей"),
    "sign_ins": N_("входов с устройств"),
    "account_links": N_("приглашений и ссылок для пароля"),
    "second_step": N_("записей второго шага входа"),
    "accounts": N_("учётных записей"),
    "personal_data": N_("карточек с личными данными"),
    "files": N_("файлов"),
}
