"""Contents of anonymous slips: secrets are derived again, so that the same sheet is printed as often as needed."""

from __future__ import annotations

from collections.abc import Iterable

from diagnostics import clock
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.circle_secrets import CircleKey, slip_link
from diagnostics.campaigns.codes import spaced
from diagnostics.campaigns.queries.circles import PUPIL, CircleView, door_of_circle, minimum_of
from diagnostics.campaigns.queries.self_assessments import SelfAssessment
from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Config
from reports.contents.circle_slips import CircleSheet, CircleSlip
from reports.wording.words import Words, mark

ON_A_PAGE = 8
NAMES = {"teacher": mark("Учителя"), "pupil": mark("Ученики"), "parent": mark("Родители")}


def circle_sheets(
    one: SelfAssessment, circles: Iterable[CircleView], config: Config, words: Words
) -> tuple[CircleSheet, ...]:
    """A sheet for each circle; of a link for all one page of equal slips, to be copied."""
    return tuple(_sheet(one, each, config, words) for each in circles if each.way is not CircleWay.SHEET)


def _sheet(one: SelfAssessment, circle: CircleView, config: Config, words: Words) -> CircleSheet:
    door = door_of_circle(circle.id)
    name = words.say(NAMES[circle.respondent_group])
    return CircleSheet(
        title=one.title,
        school=one.school,
        school_code=one.school_code,
        whom=words.say("%(label)s класс", label=circle.label) if circle.label else name,
        is_pupils=circle.respondent_group == PUPIL,
        needed=minimum_of(circle.respondent_group, config.limits),
        address=f"{config.public_url.rsplit('://', maxsplit=1)[-1]}/code",
        opens=clock.local(one.opens_at, one.zone).date(),
        closes=clock.local(one.closes_at, one.zone).date(),
        minutes=catalogue.instrument(door.instrument_id).minutes_of(door.form),
        slips=_slips(circle, config),
    )


def _slips(circle: CircleView, config: Config) -> tuple[CircleSlip, ...]:
    key = CircleKey(config.secret_key, circle.id, circle.generation)
    if circle.way is CircleWay.LINK:
        return (CircleSlip(link=f"{config.public_url}/r/{key.link()}"),) * ON_A_PAGE
    codes = [key.code(number) for number in range(1, circle.codes + 1)]
    return tuple(
        CircleSlip(
            link=f"{config.public_url}/r/{slip_link(config.secret_key, circle.school_id, code)}",
            code=spaced(code),
        )
        for code in codes
    )
