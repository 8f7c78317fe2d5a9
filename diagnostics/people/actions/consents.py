"""Consents: a text is published, given on the screen or marked from paper, withdrawn as easily."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import compact_json, session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.people import checks, consent_text
from diagnostics.people.models import Consent, ConsentDocument, ConsentWay
from diagnostics.people.queries import consents as reads


@dataclass(frozen=True, slots=True)
class Recorded:
    marked: int
    already: int  # people whose consent to this operator stood before


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The confirmation that a person keeps."""

    number: str
    at: datetime
    erased_by: date


def publish(operator_id: str, *, actor_id: str | None) -> ConsentDocument:
    """The shipped text with the operator's requisites as a new version; unchanged, the standing one.

    Raises
    ------
    FieldRefused
        `requisites_missing`: the text without them is nobody's.
    """
    operator = checks.open_place(operator_id)
    missing = consent_text.missing(operator.requisites)
    if missing:
        raise FieldRefused("requisites_missing", field=missing[0], names=list(missing))
    body = consent_text.filled(operator.requisites or {})
    content_hash = hashlib.sha256(compact_json(body).encode()).hexdigest()
    newest = session.scalars(
        sa.select(ConsentDocument)
        .where(ConsentDocument.operator_id == operator_id)
        .order_by(ConsentDocument.version.desc())
        .limit(1)
    ).first()
    if newest is not None and newest.content_hash == content_hash:
        return newest
    document = ConsentDocument(
        operator_id=operator_id,
        version=newest.version + 1 if newest else 1,
        body=body,
        content_hash=content_hash,
        published_at=clock.now(),
        published_by=actor_id,
    )
    session.add(document)
    session.flush()
    audit.record(
        "consent.publish",
        actor_id=actor_id,
        kind="consent_document",
        object_id=document.id,
        after=content_hash,
    )
    return document


def give(*, person_id: str, document_id: str, options: Mapping[str, bool], actor_id: str | None) -> str:
    """The person agrees on the screen, or changes the separate boxes; returns the consent's id.

    `options` by the codes of the text; a box that is not named is not ticked. FieldRefused `choice_unknown`.
    """
    consent = _add(person_id, document_id, options, way=ConsentWay.SCREEN)
    session.flush()
    _note("consent.give", consent, actor_id)
    return consent.id


def record_paper(
    person_ids: Iterable[str],
    *,
    document_id: str,
    paper_date: date,
    scan_id: str | None = None,
    options: Mapping[str, bool] | None = None,
    recorded_by: str | None,
) -> Recorded:
    """Signed papers of many people marked at once; whoever agreed before is left as it stands.

    Raises
    ------
    FieldRefused
        `day_in_future`, `day_impossible`.
    """
    day = checks.day(paper_date, field="paper_date")
    if day > clock.now().date():
        raise FieldRefused("day_in_future", field="paper_date")
    operator_id = _document(document_id).operator_id
    wanted = list(dict.fromkeys(person_ids))
    fresh = [one for one in wanted if reads.state(one).with_operator(operator_id) is None]
    for person_id in fresh:
        consent = _add(person_id, document_id, options or {}, way=ConsentWay.PAPER)
        consent.paper_date, consent.scan_id, consent.recorded_by = day, scan_id, recorded_by
        session.flush()
        _note("consent.record", consent, recorded_by)
    return Recorded(len(fresh), len(wanted) - len(fresh))


def withdraw(person_id: str, operator_id: str, *, actor_id: str | None) -> Withdrawn:
    """Nothing more may be done with this person's data; Missing when there was no consent to withdraw.

    What the person is answering now is stopped by the caller: sittings are a later stage.
    """
    standing = session.scalars(
        sa.select(Consent)
        .join(ConsentDocument, ConsentDocument.id == Consent.document_id)
        .where(
            Consent.person_id == person_id,
            Consent.withdrawn_at.is_(None),
            ConsentDocument.operator_id == operator_id,
        )
        .order_by(Consent.given_at.desc(), Consent.id.desc())
    ).all()
    if not standing:
        raise Missing
    now = clock.now()
    for consent in standing:
        consent.withdrawn_at = now
        _note("consent.withdraw", consent, actor_id)
    session.flush()
    return Withdrawn(standing[0].id, now, reads.working_days_after(now.date()))


def _add(person_id: str, document_id: str, options: Mapping[str, bool], *, way: ConsentWay) -> Consent:
    checks.living(person_id)
    offered = [str(one["code"]) for one in _document(document_id).body.get("options", ())]
    unknown = sorted(options.keys() - set(offered))
    if unknown:
        raise FieldRefused("choice_unknown", field=unknown[0])
    consent = Consent(
        person_id=person_id,
        document_id=document_id,
        way=way,
        given_at=clock.now(),
        options={code: bool(options.get(code)) for code in offered},
    )
    session.add(consent)
    return consent


def _document(document_id: str) -> ConsentDocument:
    found = session.get(ConsentDocument, document_id)
    if found is None:
        raise Missing
    return found


def _note(action: str, consent: Consent, actor_id: str | None) -> None:
    audit.record(
        action,
        actor_id=actor_id,
        kind="consent",
        object_id=consent.id,
        after={"document": consent.document_id, "options": consent.options, "way": consent.way.value},
    )
