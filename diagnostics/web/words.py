"""Dates and numbers as people here read them, in the interface language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from flask_babel import get_locale
from markupsafe import Markup

from diagnostics.web.folding import folding

NBSP = "\u00a0"
DEFAULT_ZONE = "Europe/Moscow"
_LOOSE = re.compile(r" (?=[—·])|(?<=№) (?=\d)")


def day(moment: date | datetime, zone: str = DEFAULT_ZONE) -> str:
    """«22 ноября 2026 г.», in English «22 November 2026», with hard spaces."""
    return format_date(_local_date(moment, zone), "long", locale=_dates_of()).replace(" ", NBSP)


def day_at_end(moment: date | datetime, zone: str = DEFAULT_ZONE) -> str:
    """`day` before the full stop of a sentence: that of «г.» is not written twice."""
    return day(moment, zone).removesuffix(".")


def day_month(moment: date | datetime, zone: str = DEFAULT_ZONE) -> str:
    """«22 ноября», in English «22 November»."""
    return format_date(_local_date(moment, zone), "d MMMM", locale=_dates_of()).replace(" ", NBSP)


def short_day(moment: date | datetime, zone: str = DEFAULT_ZONE) -> str:
    """«22.11.2026»."""
    return _local_date(moment, zone).strftime("%d.%m.%Y")


def clock_time(moment: datetime, zone: str = DEFAULT_ZONE) -> str:
    """«14:05» in the zone of the place."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def day_time(moment: datetime, zone: str = DEFAULT_ZONE) -> str:
    """«22 ноября, 14:05» in the zone of the place."""
    return f"{day_month(moment, zone)}, {clock_time(moment, zone)}"


def number(value: float | None, digits: int = 0) -> str:
    """A decimal comma and a real minus; a missing value is a dash, never a zero."""
    if value is None:
        return "–"
    text = f"{round(value, digits) + 0.0:,.{digits}f}".replace(",", NBSP)  # + 0.0: no «−0,00»
    if str(get_locale() or "ru") == "ru":
        text = text.replace(".", ",")
    return text.replace("-", "\u2212")


def percent(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else f"{number(value, digits)}{NBSP}%"


def say(texts: dict[str, str] | None) -> str:
    """The text of the interface language, or the Russian one."""
    if not texts:
        return ""
    return texts.get(str(get_locale() or "ru")) or texts["ru"]


def tied(text: str) -> str:
    """Headings on a narrow screen: no line begins with a dash or a middle dot, «№» keeps its number."""
    bound = _LOOSE.sub(NBSP, str(text))
    return Markup(bound) if isinstance(text, Markup) else bound  # noqa: S704 - it was markup before


def _dates_of() -> Locale:
    """English here is British: the day before the month, as in Russian."""
    found = get_locale() or Locale("ru")
    return Locale("en", "GB") if found.language == "en" else found


def _local_date(moment: date | datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date() if isinstance(moment, datetime) else moment


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "day_at_end": day_at_end,
    "day_month": day_month,
    "short_day": short_day,
    "clock_time": clock_time,
    "day_time": day_time,
    "number": number,
    "percent": percent,
    "say": say,
    "folding": folding,
    "tied": tied,
}
