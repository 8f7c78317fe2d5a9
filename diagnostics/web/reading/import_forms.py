from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Form, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from diagnostics.campaigns.actions.drafting import LONGEST_TITLE
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.windows import FIRST_YEAR, LAST_YEAR
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.findings.importing.people import NEW, Doubt
from diagnostics.findings.importing.planning import BLOCKS, ITEMS, Settings
from diagnostics.web.form_fields import DayField
from diagnostics.web.messages import sentence
from diagnostics.web.words import say

_BETWEEN = ":"  # framework version and code in one value


class ImportForm(FlaskForm):
    title = StringField(
        lazy_gettext("Название диагностики"),
        [
            InputRequired(lazy_gettext("Напишите название")),
            Length(max=LONGEST_TITLE, message=lazy_gettext("Название слишком длинное")),
        ],
    )
    kind = RadioField(
        lazy_gettext("Что в файле"),
        choices=[
            SelectChoice(ITEMS, lazy_gettext("Ответы на задания: строка — человек, столбец — задание")),
            SelectChoice(BLOCKS, lazy_gettext("Баллы по блокам: человек, этап, блок, баллы, максимум")),
        ],
        default=ITEMS,
    )
    file = FileField(lazy_gettext("Файл с результатами"))
    key = FileField(lazy_gettext("Ключ к заданиям"))
    block = SelectField(lazy_gettext("Блок, если ключа нет"), [Optional()])
    preset = SelectField(lazy_gettext("Шкала уровней"), [InputRequired()])
    entry_on = DayField(lazy_gettext("День входной диагностики"), [Optional()])
    exit_on = DayField(lazy_gettext("День итоговой диагностики"), [Optional()])

    @classmethod
    def filled(cls) -> ImportForm:
        """With the scales and blocks of published frameworks."""
        form = cls()
        scales, blocks = _offers()
        form.preset.choices = scales
        form.block.choices = [SelectChoice("", _("не выбран")), *blocks]
        if form.preset.data is None and scales:
            form.preset.data = scales[0].value
        return form

    def validate(self, extra_validators: object = None) -> bool:
        """Both days are possible, and the exit comes after the entry."""
        sound = bool(super().validate(extra_validators))
        for field in (self.entry_on, self.exit_on):
            if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
                field.errors = [sentence("date_impossible", {"first": FIRST_YEAR, "last": LAST_YEAR})]
                return False
        if self.entry_on.data and self.exit_on.data and self.exit_on.data <= self.entry_on.data:
            self.exit_on.errors = [_("Итоговая диагностика — позже входной")]
            return False
        return sound

    def settings(self) -> Settings:
        framework_id, _sign, preset = str(self.preset.data).partition(_BETWEEN)
        of_block, _sign, block = str(self.block.data or "").partition(_BETWEEN)
        days: dict[WaveKind, date | None] = {
            WaveKind.ENTRY: self.entry_on.data,
            WaveKind.EXIT: self.exit_on.data,
        }
        return Settings(
            kind=str(self.kind.data),
            title=" ".join(str(self.title.data).split()),
            framework_id=framework_id,
            preset=preset,
            block=block if of_block == framework_id else "",
            dates={kind: day for kind, day in days.items() if day},
        )


class MatchForm(Form):
    """One doubt: who is it? Named by its row in the page's form."""

    who = RadioField(validators=[Optional()], validate_choice=True)

    @classmethod
    def of(cls, doubt: Doubt, form: object = None) -> MatchForm:
        made = cls(form, prefix=f"match-{doubt.row}-", data={"who": doubt.choice})
        made.who.label.text = _(
            "Строка %(row)s: %(name)s, %(school)s", row=doubt.row, name=doubt.full_name, school=doubt.school
        )
        made.who.choices = [
            *(
                SelectChoice(one.ref, _("Это тот же человек: %(name)s", name=one.full_name))
                for one in doubt.candidates
            ),
            SelectChoice(NEW, _("Это другой человек")),
        ]
        return made


def _offers() -> tuple[list[SelectChoice], list[SelectChoice]]:
    scales: list[SelectChoice] = []
    blocks: list[SelectChoice] = []
    latest = {view.code: view for view in reversed(catalogue.published(VersionKind.FRAMEWORK))}
    for view in latest.values():
        framework = catalogue.framework(view.id)
        if framework.about != "teacher":
            continue
        scales += [
            SelectChoice(
                f"{view.id}{_BETWEEN}{code}",
                f"{say(dict(scale.title)).partition(' — ')[0]}: {say(dict(framework.title))}",
            )
            for code, scale in framework.scales.items()
        ]
        if framework.scales:
            blocks += [
                SelectChoice(f"{view.id}{_BETWEEN}{node.code}", f"{say(dict(node.title))} ({node.code})")
                for node in framework.children(None)
            ]
    return scales, blocks
