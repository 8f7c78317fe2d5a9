"""Results from elsewhere become a diagnosis of their own: kept and checked, then applied in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.roster.persons import person_of
from diagnostics.catalogue import actions as catalogue
from diagnostics.catalogue import queries as documents
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import Json, moved, session
from diagnostics.errors import Missing
from diagnostics.files import actions as files
from diagnostics.findings import pins as pinned
from diagnostics.findings.actions.keeping import keep
from diagnostics.findings.actions.score import IMPORTED
from diagnostics.findings.errors import FindingError
from diagnostics.findings.importing import scoring, settings
from diagnostics.findings.importing.documents import Work, work_of
from diagnostics.findings.importing.planning import BLOCKS, ImportPlan, Settings
from diagnostics.findings.importing.problems import AlreadyImported, ImportRefused
from diagnostics.findings.models import ImportState, ResultImport
from diagnostics.findings.reading import Result
from instruments.document import Instrument
from instruments.scoring import Scoring
from instruments.versions import canonical_json

KEPT_DAYS = 30
SOURCE = "import"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Imported:
    campaign_id: str
    persons: int
    new_persons: int
    findings: int
    waves: tuple[str, ...]


def keep_import(
    upload: Upload, key: Upload | None, given: Settings, *, node_id: str, folder: Path, actor_id: str | None
) -> str:
    """Keep a file with its key for checking; the same file again takes the new settings and key.

    AlreadyImported when it was applied at this place before.
    """
    row = _standing(upload, node_id)
    if row is None:
        row = ResultImport(
            node_id=node_id,
            kind=given.kind,
            file_name=files.clean_name(upload.name),
            file_hash=hashlib.sha256(upload.content).hexdigest(),
            file_id=_stored(upload, folder, actor_id),
            plan={},
            counts={},
            made_by=actor_id,
            made_at=clock.now(),
        )
        session.add(row)
    row.kind, row.plan = given.kind, settings.to_json(given)
    row.key_file_id = _stored(key, folder, actor_id) if key else None
    session.flush()
    return row.id


def choose(import_id: str, matches: Mapping[int, str]) -> None:
    """Keep who is who, row by row, until the import is applied."""
    row = session.get(ResultImport, import_id)
    if row is None:
        raise Missing
    row.plan = row.plan | {"matches": {str(number): ref for number, ref in matches.items()}}
    session.flush()


def apply_import(import_id: str, plan: ImportPlan, *, owner_id: str, actor_id: str | None) -> Imported:
    """Make the diagnosis with its waves, seats and findings, and close the waves: calibration follows by job.

    Raises
    ------
    ImportRefused
        `import_has_problems`, or `matches_missing`: somebody is still to be matched by hand.
    AlreadyImported
        The same file was applied before, also a moment ago in another window.
    """
    _refuse_unready(plan)
    row = _claimed(import_id)
    people = _people(plan, actor_id)
    campaign_id = _campaign(plan, row.node_id, owner_id, actor_id)
    work = _work(plan, row.file_hash, actor_id)
    waves = [_wave(kind, plan, people, campaign_id, work, import_id, actor_id) for kind in plan.waves]
    made = Imported(campaign_id, plan.persons, plan.new_persons, len(plan.entries), tuple(waves))
    row.campaign_id, row.applied_at = campaign_id, clock.now()
    row.counts = {"persons": made.persons, "new_persons": made.new_persons, "findings": made.findings}
    session.flush()
    audit.record(
        "results.import",
        actor_id=actor_id,
        kind="campaign",
        object_id=campaign_id,
        after=row.file_hash,
        note=f"{made.findings} findings of {made.persons} persons",
    )
    return made


def _standing(upload: Upload, node_id: str) -> ResultImport | None:
    found = session.scalars(
        sa.select(ResultImport).where(
            ResultImport.node_id == node_id,
            ResultImport.file_hash == hashlib.sha256(upload.content).hexdigest(),
        )
    ).first()
    if found is not None and found.state is ImportState.APPLIED:
        raise AlreadyImported(found.id, found.campaign_id)
    return found


def _stored(upload: Upload, folder: Path, actor_id: str | None) -> str:
    return files.store(
        folder,
        name=upload.name,
        media_type="application/octet-stream",
        content=upload.content,
        purpose="import",
        owner_id=actor_id,
        days=KEPT_DAYS,
    ).id


def _refuse_unready(plan: ImportPlan) -> None:
    if plan.problems or not plan.entries:
        raise ImportRefused(plan.problems)
    if plan.people.undecided:
        raise FindingError("matches_missing", number=len(plan.people.undecided))


def _claimed(import_id: str) -> ResultImport:
    row = session.get(ResultImport, import_id)
    if row is None:
        raise Missing
    statement = sa.update(ResultImport).where(
        ResultImport.id == import_id, ResultImport.state == ImportState.CHECKED
    )
    if not moved(statement.values(state=ImportState.APPLIED)):
        raise AlreadyImported(row.id, row.campaign_id)
    return row


def _people(plan: ImportPlan, actor_id: str | None) -> dict[str, str]:
    """Ref of the plan → person's id; new persons are added, each match by hand is logged."""
    found = {}
    for ref in dict.fromkeys(plan.people.refs.values()):
        planned = plan.people.planned[int(ref.removeprefix("row:"))] if ref.startswith("row:") else None
        found[ref] = ref if planned is None else person_of(planned, actor_id)
    for doubt in plan.people.doubts:
        chosen = found.get(doubt.choice or "")
        audit.record(
            "results.match",
            actor_id=actor_id,
            kind="person",
            object_id=chosen or found[f"row:{doubt.row}"],
            note=f"row {doubt.row}: {'known under another surname' if chosen else 'another person'}",
        )
    return found


def _campaign(plan: ImportPlan, node_id: str, owner_id: str, actor_id: str | None) -> str:
    method = documents.published(VersionKind.METHOD)[0]
    return campaigns.create_campaign(
        title=plan.settings.title,
        node_id=node_id,
        owner_id=owner_id,
        tutor_id=owner_id,  # who brings the results has seen them by name already
        framework_id=plan.settings.framework_id,
        method_id=method.id,
        preset=plan.settings.preset,
        source=SOURCE,
        actor_id=actor_id,
    ).id


@dataclass(frozen=True, slots=True)
class _Stored:
    work: Work
    instrument_id: str
    scoring_id: str


def _work(plan: ImportPlan, file_hash: str, actor_id: str | None) -> _Stored | None:
    if plan.settings.kind == BLOCKS:
        return None
    framework = documents.framework(plan.settings.framework_id)
    work = work_of(plan, framework, f"import.{file_hash[:12]}", clock.now().year)
    asked = _version(VersionKind.INSTRUMENT, work.instrument, None, actor_id)
    return _Stored(work, asked, _version(VersionKind.SCORING, work.scoring, asked, actor_id))


def _version(
    kind: VersionKind, document: Instrument | Scoring, about_id: str | None, actor_id: str | None
) -> str:
    body: Json = json.loads(canonical_json(document))
    return catalogue.store(
        kind=kind, code=document.code, body=body, about_id=about_id, author_id=actor_id, reason=SOURCE
    ).id


def _wave(
    kind: WaveKind,
    plan: ImportPlan,
    people: Mapping[str, str],
    campaign_id: str,
    stored: _Stored | None,
    import_id: str,
    actor_id: str | None,
) -> str:
    """One finished wave: its people seated, their points kept as findings."""
    day = settings.dates_of(plan.settings, plan.waves)[kind]
    wave_id = campaigns.add_wave(campaign_id, kind, day, day, actor_id).id
    instrument_id, scoring_id = (stored.instrument_id, stored.scoring_id) if stored else (None, None)
    form = stored.work.forms[kind] if stored else "A"
    campaigns.assign(wave_id, instrument_id, scoring_id, form, actor_id=actor_id)
    entries = {
        people[plan.people.refs[entry.who.key]]: entry for entry in plan.entries if entry.who.wave is kind
    }
    seats = campaigns.seat_people(wave_id, entries, actor_id).seats
    campaigns.open_wave(wave_id, actor_id)
    pins = pinned.of_wave(wave_id)
    results = []
    for person_id, entry in entries.items():
        campaigns.mark_submitted(seats[person_id])
        own = pins[seats[person_id]]
        found = scoring.of_items(entry, own, stored.work.codes) if stored else scoring.of_blocks(entry, own)
        results.append(Result(own, found, None, import_id))
    keep(results, reason=IMPORTED, actor_id=actor_id)
    campaigns.close_wave(wave_id, actor_id)
    return wave_id
