"""The papers around a diagnosis: one of them, or the whole pack of a stage as an archive."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask import current_app

from diagnostics import access, clock
from diagnostics.access import Actor, Permission, things
from diagnostics.assets import path_of
from diagnostics.campaigns.queries.overview import wave_of
from diagnostics.config import Config
from diagnostics.database import read_only, session
from diagnostics.errors import Missing
from diagnostics.files import actions as stored_files
from diagnostics.files.actions import clean_name
from diagnostics.jobs.queries import JobView
from diagnostics.people.queries.actors import roles_of
from diagnostics.releases import actions as releases
from diagnostics.reporting.language import words_of
from diagnostics.reporting.papers import results
from diagnostics.reporting.papers.facts import Facts, facts_of
from diagnostics.reporting.papers.files import (
    FORMATS,
    MEDIA,
    ZIP,
    PackedFile,
    archive,
    folder,
    paper_file,
    path_in_pack,
    stem,
    unique_names,
)
from diagnostics.reporting.papers.library import BY_CODE, Kind, Made
from diagnostics.reporting.papers.listing import listing
from diagnostics.reporting.papers.readiness import (
    Readiness,
    State,
    demand,
    readiness,
    standing_of,
)
from diagnostics.worker.kind import Outcome, Tell
from reports.contents.person import PersonReport
from reports.outlines.person import person_outline
from reports.render.pdf import pdf
from reports.wording.words import Words

KEPT_DAYS = 30
READING, SETTING, PACKING = range(3)  # stages of the pack


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one run works with, read whole before anything is set."""

    facts: Facts
    words: Words
    made: dict[str, Made]
    papers: tuple[Readiness, ...]
    sheets: tuple[PersonReport, ...]

    @property
    def named(self) -> tuple[Kind, ...]:
        """Papers among those made with which exact results by name leave."""
        return tuple(BY_CODE[code] for code in self.made if BY_CODE[code].named)


def print_paper(job: JobView, tell: Tell) -> Outcome:
    """`subject_id`: a diagnosis; parameters: `wave_id`, `paper`, `format` (docx | xlsx), `language`."""
    kind, form = BY_CODE[str(job.parameters["paper"])], str(job.parameters["format"])
    desk = _read(job, [kind])
    tell(1, 1, 2)
    content = paper_file(desk.made[kind.code], desk.facts, desk.words, form)
    name = f"{stem(kind, desk.facts.head, desk.words)} - {desk.facts.campaign.title[:60]}.{form}"
    return _keep(job, name, MEDIA[form], content, desk)


def print_pack(job: JobView, tell: Tell) -> Outcome:
    """As above without `paper` and `format`; `sheets`: each personal sheet as a PDF of its own too."""
    desk = _read(job, None)
    total = len(desk.made) * len(FORMATS) + len(desk.sheets) + 2
    tell(SETTING, 1, total)
    files = []
    for file in _files(desk):
        files.append(file)
        tell(SETTING, 1 + len(files), total)
    tell(PACKING, total - 1, total)
    content = archive((listing(desk.papers, desk.facts, desk.words), *files))
    title = desk.words.say("Пакет документов")
    name = f"{title} - {desk.facts.campaign.title[:60]}.zip"
    return _keep(job, name, ZIP, content, desk)


def _read(job: JobView, wanted: Collection[Kind] | None) -> _Desk:
    """The wanted papers, or all that can be made now. Rights stand as they are at this moment.

    Raises
    ------
    PaperUnavailable
        A wanted one cannot be made, or the asker lost the right to exact results.
    """
    language = str(job.parameters.get("language", "ru"))
    words = words_of(language)
    with read_only():
        campaign, wave = wave_of(str(job.parameters["wave_id"]))
        if campaign.id != job.subject_id:
            raise Missing
        standing = standing_of(campaign, wave, may_named=_may_named(job))
        for kind in wanted or ():
            demand(kind, standing)
        papers = readiness(standing)
        possible = [one.kind for one in papers if one.state is not State.UNAVAILABLE]
        facts = facts_of(wave.id, address=_address(), language=language)
        made = {kind.code: kind.make(facts, words) for kind in (wanted or possible)}
        sheets = (
            results.personal(facts).reports if job.parameters.get("sheets") and "personal" in made else ()
        )
        session.rollback()
    return _Desk(facts, words, made, papers, sheets)


def _config() -> Config:
    config: Config = current_app.extensions["orientir"]
    return config


def _address() -> str:
    """Where a code is typed, as people write it."""
    return f"{_config().public_url.rsplit('://', maxsplit=1)[-1]}/code"


def _may_named(job: JobView) -> bool:
    """The kind asks for the lesser right; exact results by name need the greater one."""
    roles = roles_of(job.asker_id, clock.now().date()) if job.asker_id else ()
    actor = Actor(person_id=job.asker_id, roles=roles)
    return access.allowed(actor, Permission.GROWTH_READ, things.campaign(job.subject_id))


def _files(desk: _Desk) -> Iterator[PackedFile]:
    head = desk.facts.head
    for code, made in desk.made.items():
        for form in FORMATS:
            path = path_in_pack(BY_CODE[code], head, desk.words, form)
            yield PackedFile(path, paper_file(made, desk.facts, desk.words, form))
    names = unique_names(f"{report.full_name} - {report.school}" for report in desk.sheets)
    for report, name in zip(desk.sheets, names, strict=True):
        content = pdf(person_outline(report, desk.words), desk.words, path_of("templates"))
        yield PackedFile(f"{folder(BY_CODE['personal'], desk.words)}/PDF/{name}.pdf", content)


def _keep(job: JobView, name: str, media_type: str, content: bytes, desk: _Desk) -> Outcome:
    """The file for its asker, and who took exact results away, in one transaction."""
    stored = stored_files.store(
        _config().files_dir,
        name=clean_name(name),
        media_type=media_type,
        content=content,
        purpose="report",
        owner_id=job.asker_id,
        days=KEPT_DAYS,
    )
    for kind in desk.named:
        releases.record_access(campaign_id=job.subject_id, kind=f"papers.{kind.code}", actor_id=job.asker_id)
    return Outcome(file_id=stored.id)
