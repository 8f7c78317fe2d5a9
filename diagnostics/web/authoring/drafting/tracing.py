"""«Почему 2 балла»: each item's points with the rule in words, and the sum of each block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.web.authoring.drafting.trying import Trial
from diagnostics.web.sentences.common import N_
from diagnostics.web.words import number
from instruments.document import Item, is_question
from instruments.framework import Framework
from instruments.items import Answer, Status, describe
from instruments.keys import ItemKey, NumberKey, RubricKey
from instruments.scoring import ItemScore, ScaleScore, Scoring, compile_scorer
from instruments.texts import say

STATUS: dict[Status, str] = {
    Status.RIGHT: N_("верно"),
    Status.PARTIAL: N_("верно отчасти"),
    Status.WRONG: N_("неверно"),
    Status.RATED: N_("по шкале"),
    Status.OMITTED: N_("без ответа"),
    Status.UNREACHED: N_("не показано"),
    Status.OPT_OUT: N_("затруднились ответить"),
    Status.NOT_SCORED: N_("не оценивается"),
    Status.AWAITING: N_("оценит эксперт"),
}


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    title: str
    answer: str
    points: str
    why: str
    competences: str


@dataclass(frozen=True, slots=True)
class Block:
    title: str
    sum: str
    percent: str
    words: str


@dataclass(frozen=True, slots=True)
class Trace:
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    total: str


def trace(trial: Trial, scoring: Scoring, framework: Framework, language: str) -> Trace:
    """Whatever stands on the path counts as shown: the trial asks what would happen if it were sent now."""
    scorer = compile_scorer(trial.instrument, scoring, trial.form, framework=framework)
    result = scorer.score(trial.answers, trial.asked)
    titles = {node.code: say(node.title, language) for node in framework.nodes}
    lines = []
    for place, step in enumerate((one for one in trial.steps if is_question(one.item)), 1):
        item, key = step.item, scoring.items.get(step.item.code)
        names = ", ".join(titles.get(code, code) for code in (key.competences if key else ()))
        answer = describe(item, trial.answers.get(item.code), language, _)
        score = result.items[item.code]
        why = " ".join(_why(item, key, score, language))
        lines.append(Line(place, say(item.title, language), answer, _points(score), why, names))
    blocks = tuple(
        _block(titles.get(code, code), result.scales[code])
        for code in scoring.blocks
        if code in result.scales
    )
    total = result.total
    return Trace(tuple(lines), blocks, f"{_said(total.points)} / {_said(total.maximum)}")


def _why(item: Item, key: ItemKey | None, score: ItemScore, language: str) -> Iterator[str]:
    """The rule in words: what was right, how points are counted, why the author thinks so."""
    yield _(STATUS[score.status]).capitalize() + "."
    if key is None:
        yield _("Ключа у задания нет.")
        return
    if score.status is Status.RATED:
        yield _reversed(key)
    rule = _rule(item, key, language)
    if rule:
        yield rule
    if key.rationale:
        yield say(key.rationale, language)


def _reversed(key: ItemKey) -> str:
    if key.reverse:
        return _("Отметка шкалы переводится в баллы; счёт обратный: чем выше отметка, тем ниже балл.")
    return _("Отметка шкалы переводится в баллы: чем выше отметка, тем выше балл.")


def _rule(item: Item, key: ItemKey, language: str) -> str:
    if key.key is None or key.points == 0:
        return ""
    if isinstance(key.key, RubricKey):
        return _("Баллы поставит эксперт по критериям: %(most)s.", most=_said(key.key.most))
    if isinstance(key.key, NumberKey):
        return _(
            "Верный ответ: %(value)s ± %(tolerance)s.",
            value=_said(key.key.value),
            tolerance=_said(key.key.tolerance),
        )
    if item.type == "text" and isinstance(key.key, tuple):
        return _("Верный ответ: %(variants)s.", variants="; ".join(key.key))
    right = _("Верный ответ: %(right)s.", right=describe(item, _as_answer(key.key), language, _))
    return f"{right} {_partial(item)}".strip()


def _partial(item: Item) -> str:
    """How an answer that is right in part is counted."""
    if item.type == "multiple":
        return _("За каждый верный вариант — доля балла, каждый лишний её отнимает.")
    if item.type == "matching":
        return _("Балл делится на число пар.")
    if item.type == "ordering":
        return _("Балл зависит от числа пар, стоящих в верном порядке.")
    return ""


def _as_answer(key: tuple[str, ...] | Mapping[str, str] | str) -> Answer:
    """The answer that the key calls right: lists and mappings as answers store them."""
    if isinstance(key, tuple):
        return list(key)
    return key if isinstance(key, str) else dict(key)


def _points(score: ItemScore) -> str:
    if score.status is Status.NOT_SCORED:
        return "–"
    if score.points is None:
        return _("не в счёт")
    return f"{_said(score.points)} / {_said(score.maximum)}"


def _block(title: str, score: ScaleScore) -> Block:
    share = "–" if score.percent is None else f"{number(score.percent)} %"
    items = ngettext("%(num)s задание", "%(num)s заданий", score.n_items)
    left = score.omitted + score.unreached + score.opt_out
    unanswered = _("без ответа: %(n)s", n=left)
    words = f"{items}, {unanswered}" if left else items
    return Block(title, f"{_said(score.points)} / {_said(score.maximum)}", share, words)


def _said(value: float) -> str:
    digits = 0 if float(value).is_integer() else 2
    return number(value, digits).rstrip("0").rstrip(",") if digits else number(value)
