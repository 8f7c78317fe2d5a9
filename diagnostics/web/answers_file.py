"""A file of unsent answers, handed in by the person or by who runs the diagnosis: one form, one way of telling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import DomainError
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.actions import Taken
from diagnostics.sittings.answers_file.errors import FileRefused
from diagnostics.sittings.answers_file.letter import LONGEST, Letter, read_letter
from diagnostics.web.guard import settings
from diagnostics.web.messages import sentence
from instruments.texts import say


class AnswersFileForm(FlaskForm):
    file = FileField(lazy_gettext("Файл с ответами"))


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a file, in words: `lines` in order, then the answers that were not taken and why."""

    sitting_id: str
    lines: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def letter_of(form: AnswersFileForm) -> Letter | None:
    """The letter in the posted file; None with the words of the mistake in the form."""
    given = form.file.data
    if given is None or not form.validate_on_submit():
        put_refusal(form, FileRefused("answers_file_none"))
        return None
    with given.stream as stream:
        content = stream.read(LONGEST + 1)
    try:
        return read_letter(content, settings().secrets)
    except FileRefused as refused:
        put_refusal(form, refused)
        return None


def take(
    form: AnswersFileForm, letter: Letter, *, actor_id: str | None = None, by_organiser: bool = False
) -> Told | None:
    """Take the answers in; None with the words of the mistake in the form."""
    try:
        taken = sittings.take_file(
            letter,
            settings().secrets,
            settings().limits,
            actor_id=actor_id,
            by_organiser=by_organiser,
        )
    except FileRefused as refused:
        session.rollback()
        put_refusal(form, refused)
        return None
    return _told(taken)


def put_refusal(form: AnswersFileForm, refused: DomainError) -> None:
    form.file.errors = [*form.file.errors, sentence(refused.code, refused.parameters)]


def _told(taken: Taken) -> Told:
    lines = []
    if taken.accepted:
        lines.append(ngettext("%(num)s ответ принят.", "%(num)s ответов приняты.", taken.accepted))
    if taken.known:
        lines.append(ngettext("%(num)s ответ уже был.", "%(num)s ответов уже были.", taken.known))
    if taken.late:
        lines.append(
            ngettext(
                "%(num)s ответ пришёл после срока или после отправки: принять ли его, решит организатор.",
                "%(num)s ответов пришли после срока или после отправки: принять ли их, решит организатор.",
                taken.late,
            )
        )
    if taken.conflicts:
        lines.append(
            ngettext(
                "На %(num)s вопрос с другого устройства отвечали иначе: хранятся оба ответа, выбирает сам участник.",
                "На %(num)s вопросов с другого устройства отвечали иначе: хранятся оба ответа, выбирает сам участник.",
                taken.conflicts,
            )
        )
    return Told(taken.sitting_id, tuple(lines) or (_("Новых ответов в файле нет."),), tuple(_refused(taken)))


def _refused(taken: Taken) -> list[tuple[str, str]]:
    sitting = reading.one(taken.sitting_id)
    if sitting is None:
        return []
    titles = {
        item.code: say(item.title, sitting.language)
        for item in catalogue.instrument(sitting.instrument_id).form_items(sitting.form)
    }
    return [
        (titles.get(one.item, _("неизвестный вопрос")), sentence(one.code, _shown(one.parameters)))
        for one in taken.refused
    ]


def _shown(parameters: Mapping[str, object]) -> dict[str, object]:
    """A half of a character, which JSON can spell and no page can carry, is shown as a question mark."""
    return {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in parameters.items()
    }
