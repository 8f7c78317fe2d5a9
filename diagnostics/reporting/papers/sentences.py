"""Why a paper cannot be made: code of `readiness` → msgid. The page, the job and the list of the pack say the same."""

from __future__ import annotations

from reports.wording.words import mark

REASONS: dict[str, str] = {
    "no_people": mark("Участников пока нет: добавьте их."),
    "nobody_submitted": mark("Диагностику пока никто не прошёл."),
    "no_results": mark("Результатов этого этапа пока нет."),
    "from_elsewhere": mark(
        "Результаты загружены из другой системы без заданий: личного листа из них не сделать."
    ),
    "no_routes": mark("Маршрутов пока нет: их собирают участники после диагностики."),
    "confidential": mark("Участникам обещано, что результат видят только они: документа по именам нет."),
    "not_yours": mark("Результаты по именам открыты только организатору и тьютору этой диагностики."),
}
