"""«Новая работа»: from a table, from a text, from a ready example, from a standing work, or from nothing."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue import ready
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import Draft, DraftKind
from diagnostics.catalogue.models import VersionKind
from diagnostics.errors import Missing
from diagnostics.people.models import Role
from diagnostics.people.queries.places import place
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.life.forms import NewForm
from diagnostics.web.authoring.life.opened import edit_href, language, me
from diagnostics.web.form_fields import choices
from diagnostics.web.guard import screen
from diagnostics.web.sentences.common import N_
from instruments.texts import say

READY = {
    "test": (N_("Готовый образец: тест"), N_("два варианта, один верный ответ, общие задания")),
    "situations": (
        N_("Готовый образец: ситуации"),
        N_("случай из школы и выбор одного или нескольких шагов"),
    ),
    "survey": (N_("Готовый образец: анкета мнений"), N_("утверждения и шкала согласия, верных ответов нет")),
}
#: Doors of their own: the draft is made when the file has been read.
DOORS = {"table": "authoring.new_table", "text": "authoring.new_text"}


@authoring.get("/instruments/new")
@screen(Permission.INSTRUMENT_CREATE, of_object=False)
def work_new() -> str:
    form = _form()
    form.way.data = request.args.get("way", "table")
    form.source.data = request.args.get("source", "")
    return _page(form)


@authoring.post("/instruments/new")
@screen(Permission.INSTRUMENT_CREATE, of_object=False)
def work_create() -> Response | tuple[str, int]:
    form = _form()
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    way, title = form.way.data, (form.title.data or "").strip()
    if way == "copy" and form.source.data not in {one for one, _title in works()}:
        form.source.errors = [_("Выберите работу")]
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if way == "empty" and not title:
        form.title.errors = [_("Напишите название")]
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if way in DOORS:
        return redirect(url_for(DOORS[way]))
    draft = _made(way, title, form.source.data or "", form.node.data if "node" in form else home_node())
    flash(_("Черновик создан."), "ok")
    return redirect(edit_href(draft.id, draft.kind))


@authoring.post("/instruments/<version_id>/draft")
@screen(Permission.INSTRUMENT_CREATE, of_object=False)
def version_draft(version_id: str) -> Response:
    """The next draft of a version; running diagnoses stay on theirs. `kind=scoring`: its key alone; `item`: opened there."""
    version = catalogue.one(version_id)
    if version is None:
        raise Missing
    kind = DraftKind.SCORING if request.form.get("kind") == DraftKind.SCORING.value else None
    draft = actions.create_from_version(version_id, node_id=home_node(), actor_id=me(), kind=kind)
    if draft.revision > 1 or draft.created_by != me():
        flash(_("Этот черновик уже начат в вашей организации: продолжайте его."), "info")
    return redirect(edit_href(draft.id, draft.kind, _asked_item(draft)))


def _asked_item(draft: Draft) -> str:
    """The question to open, where the draft still has it."""
    code = request.form.get("item", "")
    items = draft.body.get("instrument", {}).get("items", ())
    return code if any(one.get("code") == code for one in items) else ""


def home_node() -> str:
    """The place of the first role of a methodologist."""
    return nodes()[0][0]


def nodes() -> list[tuple[str, str]]:
    """(id, name) of the places at which the asker is a methodologist."""
    mine = dict.fromkeys(one.node_id for one in guard.actor().roles if one.role is Role.METHODOLOGIST)
    found = ((one, place(one)) for one in mine)
    return [(one, where.name) for one, where in found if where is not None]


def works() -> list[tuple[str, str]]:
    """(version, title) of the newest version of every published work."""
    newest = {one.code: one for one in reversed(catalogue.published(VersionKind.INSTRUMENT))}
    return [(one.id, say(catalogue.instrument(one.id).title, language())) for one in newest.values()]


def _made(way: str, title: str, source: str, node_id: str) -> Draft:
    if way in ready.EXAMPLES:
        return actions.create_from_ready(way, title=title, node_id=node_id, actor_id=me())
    if way == "copy":
        return actions.create_copy(source, title=title, node_id=node_id, actor_id=me())
    return actions.create_empty(title=title or _("Новая работа"), node_id=node_id, actor_id=me())


def _form() -> NewForm:
    form = NewForm()
    form.way.choices = choices(
        [
            ("table", _("Из таблицы Excel или CSV")),
            ("text", _("Из текста")),
            *((name, _(title)) for name, (title, _hint) in READY.items()),
            ("copy", _("Копия другой работы")),
            ("empty", _("С чистого листа")),
        ]
    )
    form.source.choices = choices([("", _("Выберите")), *works()])
    form.node.choices = choices(nodes())
    if len(form.node.choices) == 1:
        del form.node
    return form


def _page(form: NewForm) -> str:
    hints = {
        "table": _(
            "листы «Вопросы», «Варианты», «Компетенции», «Настройки»: шаблон дадим на следующей странице"
        ),
        "text": _("вопрос, строки «А) …», «ОТВЕТ: В»: можно вставить прямо из Word"),
        "copy": _("все задания и ключи с новым кодом: прежняя работа не изменится"),
        "empty": _("задания добавите по одному"),
        **{name: _(hint) for name, (_title, hint) in READY.items()},
    }
    return render_template("authoring/life/new.html", form=form, hints=hints)
