"""Which papers can be made: tables of cases, no database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diagnostics.reporting.papers.library import BY_CODE, KINDS
from diagnostics.reporting.papers.readiness import PaperUnavailable, Standing, State, demand, readiness, ready
from diagnostics.reporting.papers.sentences import REASONS
from diagnostics.web.messages import sentence

FULL = Standing(
    people=12, submitted=11, results=11, tasks=True, routes=4, closed=True, levels_open=True, may_named=True
)
ORGANISING = ("order", "schedule", "instruction", "turnout", "certificates")
NAMED = ("summary", "protocol", "personal")


def states(standing: Standing) -> dict[str, str]:
    """Code → state, or the reason of an unavailable one."""
    return {one.kind.code: one.reason or one.state.value for one in readiness(standing)}


def test_a_closed_stage_with_results_gives_all_nine_papers() -> None:
    assert set(states(FULL).values()) == {"ready"}
    assert len(KINDS) == 9


def test_an_open_stage_makes_drafts_of_what_still_moves() -> None:
    drafts = {code for code, state in states(replace(FULL, closed=False)).items() if state == "draft"}
    assert drafts == {"turnout", "summary", "protocol", "personal", "routes"}


@pytest.mark.parametrize(
    ("change", "reason", "codes"),
    [
        ({"people": 0, "submitted": 0, "results": 0, "routes": 0}, "no_people",
         {"order", "turnout", "summary", "protocol", "personal", "certificates", "routes"}),
        ({"submitted": 0, "results": 0, "routes": 0}, "nobody_submitted", {"certificates"}),
        ({"results": 0}, "no_results", set(NAMED)),
        ({"tasks": False}, "from_elsewhere", {"personal"}),
        ({"routes": 0}, "no_routes", {"routes"}),
        ({"may_named": False}, "not_yours", set(NAMED)),
        ({"levels_open": False, "may_named": False}, "confidential", {"summary", "personal", "routes"}),
    ],
)  # fmt: skip
def test_a_paper_without_its_facts_or_rights_says_why(
    change: dict[str, object], reason: str, codes: set[str]
) -> None:
    found = states(replace(FULL, **change))  # type: ignore[arg-type]  # a table of fields
    assert {code for code, state in found.items() if state == reason} == codes


def test_a_confidential_diagnosis_still_has_a_protocol_of_who_took_part() -> None:
    hidden = replace(FULL, levels_open=False, may_named=False)
    assert ready(BY_CODE["protocol"], hidden).state is State.READY


def test_the_reason_of_a_refusal_is_a_sentence() -> None:
    with pytest.raises(PaperUnavailable) as refused:
        demand(BY_CODE["summary"], replace(FULL, may_named=False))
    assert refused.value.code == "paper_not_yours"


def test_every_reason_has_its_sentence(in_app: object) -> None:
    for code, words in REASONS.items():
        assert sentence(f"paper_{code}") == words
