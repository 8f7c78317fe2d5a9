"""Who may do what: permission → any of [all of predicates]. What is not written here is refused."""

from __future__ import annotations

from diagnostics.access import predicates as p
from diagnostics.access.permissions import Permission as P  # noqa: N817 - the table is read as a table
from diagnostics.people.models import Role as R  # noqa: N817 - the table is read as a table

Rules = tuple[tuple[p.Predicate, ...], ...]

OPERATORS = (R.ADMINISTRATOR, R.REGIONAL_COORDINATOR)
RUNNERS = (R.TRAINER, R.METHODOLOGIST, *OPERATORS)
COORDINATORS = (R.REGIONAL_COORDINATOR, R.MUNICIPAL_COORDINATOR)
SCHOOL = (R.SCHOOL_LEAD, R.SCHOOL_TEAM)

TABLE: dict[P, Rules] = {
    P.ACCOUNT_OWN: ((p.signed_in,),),
    P.ADMIN_HEALTH: ((p.has(R.ADMINISTRATOR),),),
    P.ADMIN_LIST: ((p.has(R.ADMINISTRATOR),),),
    P.ADMIN_PEOPLE: ((p.at_its_place(R.ADMINISTRATOR),),),
    P.ASSESSMENT_COLLECT: ((p.at_its_place(*SCHOOL),),),
    P.ASSESSMENT_CREATE: ((p.at_its_place(R.SCHOOL_LEAD),),),
    P.ASSESSMENT_LIST: ((p.has(*SCHOOL),),),
    P.ASSESSMENT_READ: ((p.at_its_place(*SCHOOL),),),
    P.ASSESSMENT_READ_OPENED: ((p.at_its_place(*COORDINATORS), p.opened_by_school),),
    P.ASSESSMENT_RUN: ((p.at_its_place(R.SCHOOL_LEAD),),),
    P.ASSESSMENT_TURNOUT_LIST: ((p.has(R.ADMINISTRATOR, *COORDINATORS),),),
    P.AUDIT_READ: ((p.has(R.ADMINISTRATOR, R.AUDITOR),),),
    P.CAMPAIGN_CREATE: ((p.has(*RUNNERS),),),
    P.CAMPAIGN_LIST: ((p.has(R.TUTOR, R.AUDITOR, *RUNNERS),),),
    P.CAMPAIGN_READ: (
        (p.owns,),
        (p.is_its_tutor,),
        (p.at_its_place(R.METHODOLOGIST, R.AUDITOR, *OPERATORS),),
    ),
    P.CAMPAIGN_RUN: ((p.owns,), (p.at_its_place(*OPERATORS),)),
    P.CONSENT_OWN: ((p.is_about_self,), (p.came_by_own_link,)),
    P.CONSENT_PUBLISH: ((p.at_its_place(R.ADMINISTRATOR),),),
    P.CONSENT_RECORD: ((p.owns,), (p.at_its_place(*OPERATORS),)),
    P.DEMO: ((p.in_demo,),),
    P.FILE_READ: ((p.owns,),),
    P.GROUP_CREATE: ((p.has(*RUNNERS),),),
    P.GROUP_EDIT: ((p.owns,), (p.at_its_place(*OPERATORS),)),
    P.GROUP_LIST: ((p.has(R.TUTOR, *RUNNERS),),),
    P.GROUP_READ: ((p.owns,), (p.is_its_tutor,), (p.at_its_place(R.METHODOLOGIST, *OPERATORS),)),
    P.GROWTH_READ: ((p.owns, p.levels_open_to_tutor), (p.is_its_tutor, p.levels_open_to_tutor)),
    P.GROWTH_READ_UPWARD: (
        (p.owns,),
        (p.is_its_tutor,),
        (p.at_its_place(R.METHODOLOGIST, R.REGIONAL_COORDINATOR),),
    ),
    P.HOME: ((p.anyone,),),
    P.INSTRUMENT_CREATE: ((p.has(R.METHODOLOGIST),),),
    P.INSTRUMENT_EDIT: ((p.at_its_place(R.METHODOLOGIST),),),
    P.INSTRUMENT_KEYS: ((p.has(R.METHODOLOGIST),),),
    P.INSTRUMENT_PUBLISH: ((p.has(R.METHODOLOGIST, R.ADMINISTRATOR),),),
    P.INSTRUMENT_READ: ((p.has(R.METHODOLOGIST, R.TRAINER, R.EXPERT, *OPERATORS),),),
    P.INSTRUMENT_REVIEW: ((p.at_its_place(R.METHODOLOGIST, R.EXPERT),),),
    P.ITEMS_DECIDE: ((p.at_its_place(R.METHODOLOGIST),),),
    P.ITEMS_READ: ((p.owns,), (p.at_its_place(R.METHODOLOGIST),)),
    P.JOB_READ: ((p.owns,), (p.is_nobodys, p.has(R.ADMINISTRATOR))),
    P.LATE_DECIDE: ((p.owns,), (p.is_its_tutor,), (p.at_its_place(*OPERATORS),)),
    P.MARKING_LIST: ((p.has(R.EXPERT),),),
    P.MARKING_MARK: ((p.at_its_place(R.EXPERT), p.is_asked_to_mark),),
    P.MARKING_RUN: ((p.owns,), (p.at_its_place(*OPERATORS),)),
    P.OUTBOX_READ: ((p.has(R.ADMINISTRATOR, R.TRAINER, R.METHODOLOGIST),),),
    P.PAPERS_ISSUE: ((p.owns,), (p.is_its_tutor,), (p.at_its_place(*OPERATORS),)),
    P.PERSON_ENTRY: ((p.at_its_place(R.ADMINISTRATOR), p.reaches_every_role(R.ADMINISTRATOR)),),
    P.PERSON_ERASE: ((p.at_its_place(R.ADMINISTRATOR), p.reaches_every_role(R.ADMINISTRATOR)),),
    P.PERSON_READ: ((p.is_about_self,), (p.at_its_place(R.ADMINISTRATOR),)),
    P.PUBLIC: ((p.anyone,),),
    P.RESOURCE_EDIT: ((p.has(R.METHODOLOGIST, R.ADMINISTRATOR),),),
    P.RESOURCE_READ: ((p.signed_in,), (p.holds_a_link,)),
    P.RESULT_IMPORT: ((p.has(*RUNNERS),),),
    P.RESULT_READ: (
        (p.is_about_self,),
        (p.holds_its_link,),
        (p.is_its_tutor, p.levels_open_to_tutor),
        (p.owns, p.has(R.TRAINER), p.levels_open_to_tutor),
        (p.at_its_school(R.SCHOOL_LEAD), p.levels_open_to_school),
    ),
    P.ROUTE_APPROVE: ((p.is_its_tutor,),),
    P.ROUTE_EDIT: ((p.is_about_self,), (p.holds_its_link,)),
    P.ROUTE_LIST: ((p.has(R.TUTOR, *RUNNERS),),),
    P.ROUTE_READ: ((p.is_about_self,), (p.holds_its_link,), (p.is_its_tutor,)),
    P.ROUTE_STATE_READ: ((p.at_its_school(R.SCHOOL_LEAD), p.stage_open_to_school),),
    # The team works on the self-assessment; who took part by name is told to the director and the deputy only.
    P.SCHOOL_LIST: ((p.has(*SCHOOL),),),
    P.SCHOOL_READ: ((p.at_its_place(*SCHOOL),),),
    P.SCHOOL_STAFF_READ: ((p.at_its_place(R.SCHOOL_LEAD),),),
    P.SEAT_ANSWER: ((p.holds_its_link,), (p.is_about_self,)),
    P.SITTING_WRITE: ((p.holds_its_key,),),
    P.TURNOUT_LIST: ((p.has(R.AUDITOR, R.ADMINISTRATOR, *COORDINATORS),),),
    P.TURNOUT_READ: (
        (p.owns,),
        (p.is_its_tutor,),
        (p.at_its_place(R.METHODOLOGIST, R.AUDITOR, *COORDINATORS, R.ADMINISTRATOR),),
    ),
}
