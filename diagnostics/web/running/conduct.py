"""«Как проходит»: clarifying tasks and what is counted, in an organiser's words; why none are offered where none are."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.findings.queries.clarifying import StageClarifying, stage_clarifying
from diagnostics.web.running.words import SHORT_KINDS
from instruments.texts import say


def conduct_words(found: CampaignView) -> list[str]:
    """Nothing where the diagnosis has neither."""
    lines = []
    if found.clarify_most:
        most = ngettext(
            "Уточняющие задания: до %(num)s после основной части.",
            "Уточняющие задания: до %(num)s после основной части.",
            found.clarify_most,
        )
        lines += [most, *(line for wave in found.waves for line in _of_wave(found, wave))]
    if found.watch:
        lines.append(
            _(
                "Считаем уходы со страницы и вставки: числа стоят у каждого участника и сами ничего не доказывают."
            )
        )
    return lines


def _of_wave(found: CampaignView, wave: WaveView) -> list[str]:
    stage, name = stage_clarifying(found, wave), _(SHORT_KINDS[wave.kind])
    if stage.reason is not None:
        return [f"{name}: {_not_offered(stage)}"]
    free = ", ".join(f"{say(one.title)} — {one.number}" for one in stage.free)
    lines = [
        _(
            "%(stage)s: предлагаются, калибровка по %(persons)s работам. Свободных заданий по блокам: %(free)s.",
            stage=name,
            persons=stage.persons,
            free=free,
        )
    ]
    if stage.begun:
        lines.append(_("Начали %(begun)s, уточняли с %(asked)s.", begun=stage.begun, asked=stage.asked))
    return lines


def _not_offered(stage: StageClarifying) -> str:
    words = {
        "none": _(
            "не предлагаются: у работы нет калибровки. Она появится, когда закроется этап или апробация, где её прошли не меньше %(needed)s человек.",
            needed=stage.needed,
        ),
        "small": _(
            "не предлагаются: калибровка есть, но по %(persons)s работам, а нужно не меньше %(needed)s.",
            persons=stage.persons,
            needed=stage.needed,
        ),
        "old": _(
            "не предлагаются: калибровка сделана прежней версией программы. Сделайте её заново на странице работы."
        ),
        "several": _("не предлагаются: на этапе несколько работ."),
        "no_free": _(
            "не предлагаются: свободных заданий нет. Остальные варианты работы дадут на другом этапе, и человек не должен видеть их раньше."
        ),
        "not_pinned": _("не предлагаются: когда этап начинался, подходящей калибровки не было."),
    }
    return words[stage.reason or "none"]
