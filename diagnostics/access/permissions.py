from __future__ import annotations

import enum


class Permission(enum.StrEnum):
    """What can be done, `scope.act`, in alphabetical order. Who may: `table.py`."""

    ACCOUNT_OWN = "account.own"  # one's own account, data, consents
    ADMIN_HEALTH = "admin.health"
    ADMIN_LIST = "admin.list"  # the tree and the people below one's own place
    ADMIN_PEOPLE = "admin.people"  # invite, roles, tree
    ASSESSMENT_COLLECT = "assessment.collect"  # a school's self-assessment: returns, sheets, links, papers
    ASSESSMENT_CREATE = "assessment.create"
    ASSESSMENT_LIST = "assessment.list"  # those of one's own school
    ASSESSMENT_READ = "assessment.read"  # zones of the own school
    ASSESSMENT_READ_OPENED = "assessment.read_opened"  # zones that a school below one's place has opened
    ASSESSMENT_RUN = "assessment.run"  # prolong, close, new codes and links
    ASSESSMENT_TURNOUT_LIST = "assessment.turnout_list"  # returns of the schools at one's places, no results
    AUDIT_READ = "audit.read"
    CAMPAIGN_CREATE = "campaign.create"
    CAMPAIGN_LIST = "campaign.list"  # the list of diagnoses: one's own and those at one's places
    CAMPAIGN_READ = "campaign.read"
    CAMPAIGN_RUN = "campaign.run"  # audience, cards, open, close
    CONSENT_OWN = "consent.own"  # read, give and withdraw one's own, also by the link of an invitation
    CONSENT_PUBLISH = "consent.publish"
    CONSENT_RECORD = "consent.record"  # mark papers
    DEMO = "demo"  # «Кем войти?» and the strip's buttons; only in a base marked demo
    FILE_READ = "file.read"
    GROUP_CREATE = "group.create"
    GROUP_EDIT = "group.edit"
    GROUP_LIST = "group.list"
    GROUP_READ = "group.read"
    GROWTH_READ = "growth.read"  # own audience: exact
    GROWTH_READ_UPWARD = "growth.read_upward"  # releases with hiding
    HOME = "home"
    INSTRUMENT_CREATE = "instrument.create"  # begin a draft; the list of those at one's places
    INSTRUMENT_EDIT = "instrument.edit"  # a draft: read, write, speak of it, ask for its review
    INSTRUMENT_KEYS = "instrument.keys"  # keys, rationales, named mistakes
    INSTRUMENT_PUBLISH = "instrument.publish"
    INSTRUMENT_READ = "instrument.read"
    INSTRUMENT_REVIEW = "instrument.review"  # a draft: approve or return; never one's own
    ITEMS_DECIDE = "items.decide"  # keep, revise or drop a task after a diagnosis
    ITEMS_READ = "items.read"  # how the tasks of a work behaved in a diagnosis
    JOB_READ = "job.read"
    LATE_DECIDE = "late.decide"  # late answers: take them in or leave them out
    MARKING_LIST = "marking.list"  # the expert's desk: answers of diagnoses that one is asked to mark
    MARKING_MARK = "marking.mark"  # one answer, without the name of its writer
    MARKING_RUN = "marking.run"  # who marks the answers of a diagnosis, and how far they are
    OUTBOX_READ = "outbox.read"
    PAPERS_ISSUE = "papers.issue"  # the papers around a diagnosis; named results in them need growth.read too
    PERSON_ENTRY = "person.entry"  # the way in: invitation, the second step turned off
    PERSON_ERASE = "person.erase"  # and the hold that forbids it
    PERSON_READ = "person.read"
    PUBLIC = "public"
    RESOURCE_EDIT = "resource.edit"
    RESOURCE_READ = "resource.read"
    RESULT_IMPORT = "result.import"
    RESULT_READ = "result.read"
    ROUTE_APPROVE = "route.approve"
    ROUTE_EDIT = "route.edit"  # the teacher's own
    ROUTE_LIST = "route.list"  # those that wait for one's own answer
    ROUTE_READ = "route.read"
    ROUTE_STATE_READ = "route.state_read"  # by name, without levels: the director
    SCHOOL_LIST = "school.list"  # the home of one's own school
    SCHOOL_READ = "school.read"
    SCHOOL_STAFF_READ = "school.staff_read"  # by name: who took part and how far the routes are, no levels
    SEAT_ANSWER = "seat.answer"
    SITTING_WRITE = "sitting.write"
    TURNOUT_LIST = "turnout.list"  # of all diagnoses at one's places
    TURNOUT_READ = "turnout.read"
