"""Decisions about the questions of a version: a log that only grows, each with its reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import decide
from diagnostics.catalogue.models import ItemDecision, Verdict
from diagnostics.errors import FieldRefused, Missing
from diagnostics.people.models import Role
from tests.support import make

NOW = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


def decided(asked: str, person: str, verdict: Verdict, reason: str, item: str = "M01") -> ItemDecision:
    return decide(asked, item, verdict=verdict, reason=reason, figures={"n": 34, "p": 0.5}, actor_id=person)


def test_the_newest_decision_holds_and_the_others_stay(in_app: Flask) -> None:
    asked, _scored = make.work()
    person = make.staff(Role.METHODOLOGIST, make.region()).id
    with clock.frozen(NOW):
        decided(asked, person, Verdict.REVISE, " Уточнить условие ")
    with clock.frozen(NOW + timedelta(days=1)):
        decided(asked, person, Verdict.KEEP, "Ключ подтверждён")
    (item,) = catalogue.decisions(asked)
    log = catalogue.decisions(asked)[item]
    assert [(one.verdict, one.reason) for one in log] == [
        (Verdict.KEEP, "Ключ подтверждён"),
        (Verdict.REVISE, "Уточнить условие"),
    ]
    assert log[0].figures == {"n": 34, "p": 0.5}
    assert log[0].person_id == person


@pytest.mark.parametrize(
    ("reason", "code"), [("  ", "decision_without_reason"), ("я" * 1001, "decision_reason_too_long")]
)
def test_a_decision_has_a_reason_of_bearable_length(in_app: Flask, reason: str, code: str) -> None:
    asked, _scored = make.work()
    person = make.staff(Role.METHODOLOGIST, make.region()).id
    with pytest.raises(FieldRefused) as refused:
        decided(asked, person, Verdict.DROP, reason)
    assert (refused.value.code, refused.value.field) == (code, "reason")
    assert catalogue.decisions(asked) == {}


def test_a_question_that_the_version_lacks_is_missing(in_app: Flask) -> None:
    asked, _scored = make.work()
    person = make.staff(Role.METHODOLOGIST, make.region()).id
    with pytest.raises(Missing):
        decided(asked, person, Verdict.KEEP, "почему", item="Z99")
