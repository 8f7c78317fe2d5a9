"""What is removed with a person, table by table, in an order that no foreign key forbids."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Seat, SeatState, SeatToken
from diagnostics.database import Base, session
from diagnostics.files.models import StoredFile
from diagnostics.findings.models import Finding, FindingScale
from diagnostics.marking.models import ExpertMark, MarkDraft, MarkedText, MarkingExpert
from diagnostics.outbox.models import Letter, LetterState
from diagnostics.pathways.models import (
    Route,
    RouteRemark,
    RouteRevision,
    RouteStep,
    RouteWaiver,
    StepEvidence,
)
from diagnostics.people.models import (
    Account,
    AccountToken,
    Consent,
    GroupMember,
    Membership,
    PersonalData,
    RecoveryCode,
    RoleGrant,
    SecondStep,
    SignIn,
)
from diagnostics.resources import actions as resources
from diagnostics.sittings import moves
from diagnostics.sittings.entry_models import HeldAnswer, PaperEntry
from diagnostics.sittings.models import (
    AnswerEvent,
    LateDecision,
    LateEvent,
    PageSignal,
    Sitting,
    SittingKey,
    SittingState,
)

#: Files that are about their owner; lists that an organiser loaded are about others and have a term of their own.
PERSONAL_PURPOSES = ("report", "evidence", "export", "consent_scan", "own_data", "answer")

Step = Callable[[str], int]


def own_files(person_id: str) -> list[str]:
    """Ids of files about the person: own documents, evidence of steps, a scan that nobody else shares."""
    evidence = (
        sa.select(StepEvidence.file_id)
        .join(RouteStep, RouteStep.id == StepEvidence.step_id)
        .join(Route, Route.id == RouteStep.route_id)
        .where(Route.person_id == person_id, StepEvidence.file_id.is_not(None))
    )
    shared = sa.select(Consent.scan_id).where(Consent.person_id != person_id, Consent.scan_id.is_not(None))
    scans = sa.select(Consent.scan_id).where(Consent.person_id == person_id, Consent.scan_id.is_not(None))
    owned = sa.select(StoredFile.id).where(
        StoredFile.owner_id == person_id,
        StoredFile.purpose.in_(PERSONAL_PURPOSES),
        StoredFile.id.not_in(sa.select(Consent.scan_id).where(Consent.scan_id.is_not(None))),
    )
    found = {*session.scalars(evidence), *session.scalars(owned)}
    found |= set(session.scalars(scans)) - set(session.scalars(shared))
    return sorted(one for one in found if one is not None)


def files(file_ids: Iterable[str]) -> int:
    wanted = list(file_ids)
    session.execute(sa.update(StepEvidence).where(StepEvidence.file_id.in_(wanted)).values(file_id=None))
    return _delete(StoredFile, StoredFile.id.in_(wanted))


def _letters(person_id: str) -> int:
    """The fact of sending stays, address and words do not; what waits is not sent."""
    addresses = sa.select(PersonalData.email).where(
        PersonalData.person_id == person_id, PersonalData.email.is_not(None)
    )
    theirs = sa.or_(Letter.to_person_id == person_id, Letter.to_address.in_(addresses))
    session.execute(
        sa.update(Letter)
        .where(theirs, Letter.state == LetterState.WAITING)
        .values(state=LetterState.FAILED, error="erased")
    )
    return _count(sa.update(Letter).where(theirs).values(to_address="", subject="", text=""))


def _routes(person_id: str) -> int:
    routes = sa.select(Route.id).where(Route.person_id == person_id)
    steps = sa.select(RouteStep.id).where(RouteStep.route_id.in_(routes))
    held = session.execute(
        sa.select(RouteStep.resource_id, RouteStep.date_id).where(
            RouteStep.route_id.in_(routes), RouteStep.booked, RouteStep.resource_id.is_not(None)
        )
    ).all()
    for resource_id, date_id in held:
        resources.free_place(str(resource_id), date_id)
    _delete(StepEvidence, StepEvidence.step_id.in_(steps))
    for table in (RouteStep, RouteRemark, RouteWaiver, RouteRevision):
        _delete(table, table.route_id.in_(routes))
    return _delete(Route, Route.person_id == person_id)


def _findings(person_id: str) -> int:
    theirs = sa.or_(Finding.person_id == person_id, Finding.seat_id.in_(_seats(person_id)))
    _delete(FindingScale, FindingScale.finding_id.in_(sa.select(Finding.id).where(theirs)))
    return _delete(Finding, theirs)


def _answers(person_id: str) -> int:
    """Sittings stay as empty shells of a count; only an erased one lets its events go."""
    sittings = sa.select(Sitting.id).where(Sitting.seat_id.in_(_seats(person_id)))
    for sitting_id in session.scalars(sittings).all():
        moves.move(sitting_id, SittingState.ERASED, receipt=None, answers_hash=None)
    removed = _delete(AnswerEvent, AnswerEvent.sitting_id.in_(sittings))
    removed += _delete(LateEvent, LateEvent.sitting_id.in_(sittings))
    removed += _delete(PageSignal, PageSignal.sitting_id.in_(sittings))
    removed += _delete(HeldAnswer, HeldAnswer.sitting_id.in_(sittings))
    removed += _delete(PaperEntry, PaperEntry.seat_id.in_(_seats(person_id)))
    _delete(LateDecision, LateDecision.sitting_id.in_(sittings))
    _delete(SittingKey, sa.or_(SittingKey.sitting_id.in_(sittings), SittingKey.person_id == person_id))
    return removed


def _marks(person_id: str) -> int:
    """What experts said about the person's answers. The person's own marks of others stay, under the opaque id."""
    texts = sa.select(MarkedText.id).where(
        MarkedText.sitting_id.in_(sa.select(Sitting.id).where(Sitting.seat_id.in_(_seats(person_id))))
    )
    own_or_about = sa.or_(MarkDraft.text_id.in_(texts), MarkDraft.person_id == person_id)
    _delete(MarkDraft, own_or_about)
    _delete(MarkingExpert, MarkingExpert.person_id == person_id)
    removed = _delete(ExpertMark, ExpertMark.text_id.in_(texts))
    _delete(MarkedText, MarkedText.id.in_(texts))
    return removed


def _links(person_id: str) -> int:
    return _delete(SeatToken, SeatToken.seat_id.in_(_seats(person_id)))


def _seats_emptied(person_id: str) -> int:
    """Turnout keeps its count; what a person taught and as whom does not stay."""
    seats = Seat.id.in_(_seats(person_id))
    session.execute(
        sa.update(Seat)
        .where(seats, Seat.state.in_([SeatState.EXPECTED, SeatState.STARTED]))
        .values(state=SeatState.WITHDRAWN)
    )
    return _count(
        sa.update(Seat)
        .where(seats)
        .values(position="", subject_taught="", extra_time=1.0, extra_reason="", decline_reason="")
    )


def _consent_scans(person_id: str) -> int:
    """That consent was given, when and to which text stays as proof; the signed sheet does not."""
    return _count(
        sa.update(Consent)
        .where(Consent.person_id == person_id, Consent.scan_id.is_not(None))
        .values(scan_id=None)
    )


def _memberships(person_id: str) -> int:
    """The place by date stays, so that counts of earlier years do; the work there ends and loses its name."""
    today = clock.now().date()
    session.execute(
        sa.update(Membership)
        .where(Membership.person_id == person_id, Membership.until.is_(None))
        .values(until=sa.case((Membership.since > today, Membership.since), else_=today))
    )
    return _count(
        sa.update(Membership).where(Membership.person_id == person_id).values(position="", subject="")
    )


def _second_step(person_id: str) -> int:
    removed = _delete(RecoveryCode, RecoveryCode.person_id == person_id)
    return removed + _delete(SecondStep, SecondStep.person_id == person_id)


def _rows(table: type[Base]) -> Step:
    column = table.__table__.c.person_id
    return lambda person_id: _delete(table, column == person_id)


def _seats(person_id: str) -> sa.Select[str]:
    return sa.select(Seat.id).where(sa.or_(Seat.respondent_id == person_id, Seat.subject_id == person_id))


def _delete(table: type[Base], condition: sa.ColumnElement[bool]) -> int:
    return _count(sa.delete(table).where(condition))


def _count(statement: sa.Delete | sa.Update) -> int:
    done = session.execute(statement, execution_options={"synchronize_session": False})
    session.expire_all()
    return int(done.rowcount)  # type: ignore[attr-defined]  # CursorResult for DML


#: What the act counts, in the order of removal.
STEPS: tuple[tuple[str, Step], ...] = (
    ("letters", _letters),
    ("routes", _routes),
    ("findings", _findings),
    ("answers", _answers),
    ("marks", _marks),
    ("links", _links),
    ("seats", _seats_emptied),
    ("scans", _consent_scans),
    ("groups", _rows(GroupMember)),
    ("memberships", _memberships),
    ("roles", _rows(RoleGrant)),
    ("sign_ins", _rows(SignIn)),
    ("account_links", _rows(AccountToken)),
    ("second_step", _second_step),
    ("accounts", _rows(Account)),
    ("personal_data", _rows(PersonalData)),
)
