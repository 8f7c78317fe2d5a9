"""What an exit result asks for: a comparison with the entry and a decision with the tutor, never a new route."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.campaigns.models import WaveKind
from diagnostics.database import session
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.people.models import Person, Role
from diagnostics.reporting.after_exit import entry_of
from diagnostics.reporting.person import person_report
from reports.wording.words import Words
from tests.support import make, results
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
STRONG, WEAK = 6.0, -6.0  # logits: everything solved, nothing solved


def exit_of(before: float, after: float) -> FindingView:
    """The exit result of somebody who was so able at the entry and at the exit."""
    region = make.region()
    place = make.institute(region)
    campaign = results.diagnosis(make.staff(Role.TRAINER, place), place)
    (person,) = make.people(1, make.school(make.municipality(region)))
    for kind, able in ((WaveKind.ENTRY, before), (WaveKind.EXIT, after)):
        results.simulate(results.seat(campaign, kind, [person]), {person: able}, 1)
    session.commit()
    return next(one for one in findings.of_person(person) if one.wave_kind is WaveKind.EXIT)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (WEAK, WEAK, "продлить ли маршрут"),
        (STRONG, WEAK, "новую тему"),
        (WEAK, STRONG, "закрыть маршрут вместе с тьютором"),
    ],
)
def test_the_next_step_follows_from_both_stages(
    in_app: Flask, before: float, after: float, said: str
) -> None:
    step = person_report(exit_of(before, after), Words()).next_step
    assert step is not None
    assert step.title.startswith("Сравнить с результатом входной диагностики")
    assert said in step.title
    assert "Собрать" not in step.title


def test_the_exit_page_leads_to_the_entry_result(in_app: Flask, client: FlaskClient) -> None:
    view = exit_of(WEAK, WEAK)
    entry = entry_of(view)
    assert entry is not None
    assert view.person_id is not None
    make.account(session.get_one(Person, view.person_id))
    session.commit()
    sign_in(client, view.person_id)
    text = client.get(f"/me/results/{view.id}").get_data(as_text=True)
    assert f'href="/me/results/{entry.id}"' in text
    assert "Собрать маршрут" not in text


def test_an_entry_is_compared_with_nothing(in_app: Flask) -> None:
    entry = entry_of(exit_of(WEAK, WEAK))
    assert entry is not None
    assert entry_of(entry) is None
