"""The design system keeps its promises: tied labels, named groups, one small stylesheet, readable colours.

The accessibility checkers of browsers do not see a radio group without a legend, so the structure is
tested here, on a page that uses every macro of `templates/components`.
"""

from __future__ import annotations

import ast
import gzip
import re
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined, nodes
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from diagnostics.web.folding import folding
from diagnostics.web.words import day_at_end, day_time, tied

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES, STATIC = ROOT / "templates", ROOT / "static"
OURS = [*sorted((TEMPLATES / "components").glob("*.html")), *sorted((TEMPLATES / "layouts").glob("*.html"))]
HOSTILE = "<script>alert(1)</script>"
MOMENT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

GALLERY = """{% extends "layouts/work.html" %}
{% import "components/buttons.html" as b %}{% import "components/errors.html" as e %}
{% import "components/figures.html" as g %}{% import "components/forms.html" as f %}
{% import "components/icons.html" as i %}{% import "components/jobs.html" as j %}
{% import "components/lists.html" as l %}{% import "components/navigation.html" as n %}
{% import "components/notices.html" as m %}{% import "components/player.html" as p %}
{% import "components/pausing.html" as q %}{% import "components/times.html" as w %}
{% import "components/tables.html" as t %}{% import "components/tags.html" as k %}
{% import "components/files.html" as a %}{% import "components/paper.html" as o %}
{% block title %}Все части{% endblock %}
{% block crumbs %}{{ n.crumbs([{"label": "Группы", "href": "/groups"}, {"label": word}]) }}{% endblock %}
{% block meta %}{{ k.tag("версия 2", "work") }} 24 вопроса{% endblock %}
{% block actions %}{{ b.link_button("Печать", "/print") }}{{ b.act("Запустить", "/go", csrf(), fields={"wave": "1"}) }}{% endblock %}
{% block content %}
{{ e.error_summary(form, extra=[{"text": word}]) }}
{{ m.save_line("Сохранено в 14:05") }}
{% call m.notice("caution", lead="Внимание.") %}<p>{{ word }}</p>{% endcall %}
{% call m.empty_state("Пусто", "Пока групп нет.", example="/demo") %}{{ b.button("Создать", "primary") }}{% endcall %}
{% call m.next_task("Начните с этого", word) %}{{ b.back_link("Назад", "/") }}{% endcall %}
{% call m.details("Почему?") %}<p>Потому.</p>{% endcall %}
<form method="post">{{ csrf() }}
{{ f.field(form.title, hint="Его увидят слушатели", autocomplete="off") }}{{ f.field(form.work) }}
{{ f.period(form.start, form.end, "Срок", hint="Например, 01.12.2026") }}{{ f.field(form.people, optional=True) }}
{{ f.radios(form.decision, apart=("c",), hints={"a": "как было"}) }}{{ f.checkboxes(form.topics, look="inline") }}
{{ f.checkbox(form.agree, hint="Отозвать можно в один клик") }}{{ f.field(form.secret) }}{{ f.field(form.sheet, accept=".xlsx") }}
{{ f.text(form.share, unit="%", inputmode="decimal", width="short") }}
{{ f.plain_option_row("checkbox", "gaps", "1", "gaps", "Отправить без 3 ответов") }}
{{ p.progress("Работа", 2, ["answered", "empty flagged current", "unsent"], 1) }}
{{ o.paper_fields([{"name": "a.Q01", "number": 1, "text": word, "choices": [("1", word)], "hint": "", "value": "7", "error": "Нет", "wide": False, "is_digit": True}]) }}
{{ p.turning("/q/1") }}{{ q.pause_fields(form, paused) }}</form>
{{ a.file_told({"lines": [word], "refused": [(word, word)]}) }}
{{ o.paper_lines([{"number": 1, "text": word, "typed": "1", "words": word, "is_left_out": True}]) }}
{% call q.paused_notice(paused) %}{{ b.act("Возобновить", "/resume", csrf()) }}{% endcall %}
{{ k.chip("Все", "/all", current=True, count=4) }}{{ k.chip_menu("Год", [{"label": "2026", "href": "/y"}]) }}
{{ k.suppressed("скрыто: меньше 5") }}{{ k.heat_cell(3, unsure=True) }}{{ k.heat_cell(none) }}
{{ k.fact("Надёжность", "0,79", "интервал 0,74–0,83") }}{{ k.fact("Время", w.minutes(70), w.minutes(none)) }}
{{ i.icon("check") }}{{ i.flag_set() }}{{ i.bar(1.4, "Готово") }}{{ i.people_dots(2, 1) }}
{% call t.table("plan", "Мероприятия", ["№", {"label": "Факт", "number": True, "under": "единиц"}, {"label": "Статус", "sort": "?by=s", "sorted": "ascending"}], excel="/x") %}
{{ t.section_row("Просрочено", 3, 2, "нет подтверждения") }}<tr><td>1</td><td>2</td><td>{{ word }}</td></tr>
{% call t.opened_row(3) %}<p>Разбор</p>{% endcall %}{{ t.empty_row(3, "Больше ничего") }}{% endcall %}
{% call l.task_list() %}{{ l.task_row("Согласовать", word, "до 26 ноября", "не начато", href="/t") }}{% endcall %}
{{ l.done_list([{"text": "Сделано", "date": "20 ноября"}]) }}
{% call l.summary_list() %}{{ l.summary_row("Срок", "1 декабря", "/edit") }}{% endcall %}
{% call l.answer_list() %}{{ l.answer_row(4, "Причины ошибок", "/q/4", flagged=True) }}{% endcall %}
{% call l.route() %}{{ l.step(1, "Модуль", "Пройти 4 темы", "current", "в работе", "work", why="анализ", why_link="3 из 4", why_href="/w", facts=("6 ч",)) }}{% endcall %}
{% set data %}<p>88 %</p>{% endset %}
{{ t.report_table("accuracy", data) }}
{% call g.figure("profile", "Два блока — опора", "Доля баллов", "46 заданий", table=data, how=data, excel="/f") %}<svg role="img" aria-label="Профиль"></svg>{% endcall %}
{{ g.stage_bar([{"count": 24, "name": "вход", "share": 1}]) }}{{ g.stage_bar([{"count": 9, "name": "выход", "share": 0.4, "note": word}], "large") }}
{{ j.job_card("Отчёт", 64, [{"title": "Собрано", "state": "done"}, {"title": "Считаем", "state": "current", "note": "5 из 8"}], poll="/jobs/1.json", stop="/jobs/1/stop", token=csrf(), all_jobs="/jobs") }}
{{ n.tabs("Виды", [{"label": "Текст", "href": "/a", "current": True}]) }}{{ n.pagination("1–50 из 180", [{"number": 1, "href": "?p=1", "current": True}], next="?p=2") }}
{{ n.search_form(word, [("only", "late")], "/all") }}{{ n.turn({"pages": 3, "first": 41, "last": 80, "total": 113}, "?p=1", "?p=3") }}
{% endblock %}"""

QUESTION = """{% extends "layouts/respondent.html" %}{% from "components/forms.html" import radios %}
{% block title %}Вопрос 7 из 24{% endblock %}
{% block content %}<form method="post">{{ radios(form.decision, hint="Один ответ", heading=True) }}</form>{% endblock %}"""

SHEET = """{% extends "layouts/print.html" %}{% block title %}Отчёт{% endblock %}{% block sheet %}<h1>Отчёт</h1>{% endblock %}"""


class Sample(Form):
    title = StringField("Название", [InputRequired()])
    work = SelectField("Работа", choices=[SelectChoice(value="a", label="А")])
    start, end = DateField("Начало"), DateField("Конец")
    people = TextAreaField("Слушатели")
    decision = RadioField("Решение", choices=[SelectChoice(value=v, label=f"Ответ {v}") for v in "abc"])
    topics = SelectMultipleField(
        "Темы",
        choices=[SelectChoice(value=v, label=f"Тема {v}") for v in "ab"],
        option_widget=CheckboxInput(),
    )
    agree = BooleanField("Согласие")
    secret, sheet, share = PasswordField("Пароль"), FileField("Файл"), StringField("Порог")
    reason = StringField("Причина")


def filled(errors: tuple[str, ...] = ()) -> Sample:
    form = Sample()
    for name in errors:
        form[name].errors = [f"Исправьте: {name}"]
    return form


def environment() -> Environment:
    own = DictLoader({"gallery.html": GALLERY, "question.html": QUESTION, "sheet.html": SHEET})
    env = Environment(
        loader=ChoiceLoader([own, FileSystemLoader(TEMPLATES)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(str, lambda one, many, n: one if n == 1 else many, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(folding=folding, tied=tied, day_at_end=day_at_end, day_time=day_time)
    env.filters.update(excel_of=lambda _grid, name, **_: f"?excel={name}")
    env.globals["get_flashed_messages"] = lambda **_: [("ok", HOSTILE), ("message", "Готово")]
    return env


def render(name: str, **changes: Any) -> str:
    rail = SimpleNamespace(
        role="Тренер", items=[SimpleNamespace(label="Задачи", href="/", count=4, current=True)]
    )
    context: dict[str, Any] = {
        "viewer": SimpleNamespace(name="М. И. Белова", role_title="Тренер"),
        "rail": rail,
        "demo": True,
        "region_name": lambda: "Заречная область",
        "language": "ru",
        "reading": SimpleNamespace(size="normal", spacing="normal", contrast="normal"),
        "asset": lambda path: f"/static/{path}",
        "csrf": lambda: Markup('<input type="hidden" name="csrf_token" value="x">'),
        "word": HOSTILE,
        "paused": SimpleNamespace(
            paused_at=MOMENT, closes_at=MOMENT, zone="Europe/Moscow", pause_reason=HOSTILE
        ),
        "form": filled(("title", "end", "decision", "topics", "agree")),
    }
    return environment().get_template(f"{name}.html").render(**(context | changes))


@cache
def page(name: str) -> Element:
    """The parsed page; html5lib refuses invalid HTML, so does this."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(render(name))
    assert not parser.errors, [(place, code) for place, code, _ in parser.errors]
    return tree


PAGES = pytest.mark.parametrize("name", ["gallery", "question", "sheet"])


def ids(tree: Element) -> list[str]:
    return [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]


def parents(tree: Element) -> dict[Element, Element]:
    return {child: parent for parent in tree.iter() for child in parent}


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def controls(tree: Element) -> list[Element]:
    found = [element for kind in ("input", "select", "textarea") for element in tree.iter(kind)]
    return [element for element in found if element.get("type") != "hidden"]


def test_the_gallery_uses_every_macro() -> None:
    env = environment()
    public = {
        macro.name
        for path in (TEMPLATES / "components").glob("*.html")
        for macro in env.parse(path.read_text(encoding="utf-8")).find_all(nodes.Macro)
        if not macro.name.startswith("_")
    }
    # Used through others: the layouts or the macros that choose for the page.
    through = {"control", "choices", "option_row", "first_control", "flashes", "rail_nav", "demo_strip"}
    through |= {"textarea", "select", "password", "date", "file"}
    used = {node.attr for node in env.parse(GALLERY).find_all(nodes.Getattr)}
    assert public - through - used == set()


@PAGES
def test_ids_are_unique(name: str) -> None:
    assert [key for key, times in Counter(ids(page(name))).items() if times > 1] == []


@PAGES
@pytest.mark.parametrize("attribute", ["for", "aria-describedby", "aria-labelledby"])
def test_every_reference_leads_to_an_element(name: str, attribute: str) -> None:
    known = set(ids(page(name)))
    told = [key for element in page(name).iter() for key in element.get(attribute, "").split()]
    assert set(told) <= known


@PAGES
def test_every_control_has_a_label(name: str) -> None:
    labels = {label.get("for"): text_of(label) for label in page(name).iter("label")}
    assert [
        c.attrib for c in controls(page(name)) if not (labels.get(c.get("id")) or c.get("aria-label"))
    ] == []


@PAGES
def test_every_fieldset_begins_with_a_legend_in_words(name: str) -> None:
    for fieldset in page(name).iter("fieldset"):
        assert fieldset[0].tag == "legend"
        assert text_of(fieldset[0])


@PAGES
def test_answers_of_one_question_stand_in_one_fieldset(name: str) -> None:
    above = parents(page(name))

    def fieldset_of(element: Element | None) -> Element | None:
        while element is not None and element.tag != "fieldset":
            element = above.get(element)
        return element

    radios = [c for c in controls(page(name)) if c.get("type") == "radio"]
    boxes = [c for c in controls(page(name)) if c.get("type") == "checkbox"]
    groups = Counter(c.get("name") for c in boxes)
    many = radios + [c for c in boxes if groups[c.get("name")] > 1]
    assert all(fieldset_of(c) is not None for c in many)
    assert len({(c.get("name"), id(fieldset_of(c))) for c in many}) == len({c.get("name") for c in many})


@PAGES
def test_a_page_has_one_main_and_one_first_heading(name: str) -> None:
    assert len(list(page(name).iter("main"))) == 1
    assert len(list(page(name).iter("h1"))) == 1


def test_a_wrong_field_says_so_to_everybody() -> None:
    by_id = {element.get("id"): element for element in page("gallery").iter()}
    control = by_id["title"]
    assert control.get("aria-invalid") == "true"
    assert (control.get("aria-describedby") or "").split() == ["title-hint", "title-error"]
    assert text_of(by_id["title-error"]) == "Ошибка: Исправьте: title"


def test_lines_of_the_error_summary_lead_to_controls() -> None:
    summary = next(e for e in page("gallery").iter() if e.get("id") == "error-summary")
    targets = [link.attrib["href"].removeprefix("#") for link in summary.iter("a")]
    assert targets == ["title", "end", "decision-0", "topics-0", "agree"]
    assert set(targets) <= {c.get("id") for c in controls(page("gallery"))}
    assert summary.get("tabindex") == "-1"


@pytest.mark.parametrize(("errors", "begins"), [(("title",), "Ошибка: Все части"), ((), "Все части")])
def test_the_title_says_first_that_there_are_mistakes(errors: tuple[str, ...], begins: str) -> None:
    assert f"<title>{begins} — Ориентир</title>" in render("gallery", form=filled(errors))


def test_a_table_is_named_scrolls_by_itself_and_can_be_reached() -> None:
    region = next(e for e in page("gallery").iter() if e.get("class") == "table-scroll")
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert next(region.iter("caption")).get("id") == region.get("aria-labelledby")
    assert all(cell.get("scope") for cell in region.iter("th"))


def test_words_of_people_are_escaped_everywhere() -> None:
    html = render("gallery")
    assert HOSTILE not in html
    assert html.count("&lt;script&gt;") >= GALLERY.count("word")


def test_without_a_person_there_is_nobody_to_sign_out() -> None:
    html = render("gallery", viewer=None, rail=None, demo=False)
    assert "/logout" not in html
    assert 'class="rail"' not in html
    assert "demo-strip" not in html


@pytest.mark.parametrize("size", ["normal", "large", "largest"])
def test_reading_settings_stand_on_the_root(size: str) -> None:
    reading = SimpleNamespace(size=size, spacing="wide", contrast="high")
    html = render("question", reading=reading)
    assert f'<html lang="ru" data-size="{size}" data-spacing="wide" data-contrast="high">' in html


@pytest.mark.parametrize("reading", [{}, {"size": None}])
def test_a_person_without_reading_settings_gets_the_usual_look(reading: dict[str, None]) -> None:
    assert 'data-size="normal" data-spacing="normal" data-contrast="normal"' in render(
        "question", reading=reading
    )


@pytest.mark.parametrize("share", [-0.5, 0, 0.64, 1, 1.7])
def test_a_bar_never_leaves_its_track(share: float) -> None:
    bar = (
        environment()
        .from_string('{% from "components/icons.html" import bar %}{{ bar(share) }}')
        .render(share=share)
    )
    assert re.findall(r'class="part" width="([\d.]+)%"', bar) == [f"{min(max(share, 0), 1) * 100:.1f}"]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_templates_obey_the_content_policy(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", source)
    assert not re.search(r"\|\s*safe|xmlattr|autoescape", source)
    assert not re.search(r"=\{\{", source), "an attribute without quotes"


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_scripts_build_no_markup_and_run_no_text(path: Path) -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", path.read_text()
    )


STYLES = (STATIC / "css" / "orientir.css").read_text(encoding="utf-8")


def test_the_stylesheet_is_small_and_stays_at_home() -> None:
    assert len(gzip.compress(STYLES.encode(), 9)) <= 14 * 1024
    assert "@import" not in STYLES
    for address in re.findall(r"url\(\"?([^\")]+)", STYLES):
        # What stands in the style itself is drawn without a connection, too.
        assert address.startswith("data:image/svg+xml,") or (STATIC / "css" / address).resolve().is_file()


def test_only_tokens_of_the_stylesheet_exist() -> None:
    named = set(re.findall(r"(--[\w-]+):", STYLES))
    assert set(re.findall(r"var\((--[\w-]+)\)", STYLES)) <= named


def test_classes_of_macros_are_known_to_the_stylesheet() -> None:
    known = set(re.findall(r"\.([a-z][\w-]*)", STYLES))
    used = {name for element in page("gallery").iter() for name in element.get("class", "").split()}
    named_icons = {name for name in used if name.startswith("icon-")}
    assert used - known - named_icons == set()


def block(selector: str) -> dict[str, str]:
    body = STYLES.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{3,6})", body))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    full = "".join(2 * c for c in digits) if len(digits) == 3 else digits
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXT, MARK = 4.5, 3.0
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2") for ground in ("paper", "ground", "action-ground")],
    *[
        ("ink", ground, TEXT)
        for ground in ("ok-ground", "caution-ground", "error-ground", "focus", "heat-1", "heat-2", "heat-3")
    ],
    *[(ink, "paper", TEXT) for ink in ("action", "action-dark", "ok", "caution", "error", "brand")],
    *[(kind, f"{kind}-ground", TEXT) for kind in ("action", "ok", "caution", "error")],
    *[("paper", ground, TEXT) for ground in ("action", "action-dark", "ok", "ink", "heat-4", "heat-5")],
    *[(mark, "paper", MARK) for mark in ("control", "series-2", "series-3", "series-4", "brand")],
]


@pytest.mark.parametrize("selector", [":root", '[data-contrast="high"]'])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_can_be_told_apart(selector: str, front: str, back: str, least: float) -> None:
    tokens = block(":root") | block(selector)
    assert contrast(tokens[front], tokens[back]) >= least


def test_high_contrast_is_really_higher() -> None:
    usual, high = block(":root"), block(":root") | block('[data-contrast="high"]')
    for token in ("ink", "ink-2", "control", "action", "ok", "caution", "error"):
        assert contrast(high[token], high["paper"]) >= max(7.0, contrast(usual[token], usual["paper"]))


def test_icons_named_in_templates_are_drawn() -> None:
    shapes = environment().get_template("components/icons.html").module.SHAPES  # type: ignore[attr-defined]
    asked = {
        ast.literal_eval(name)
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"icon(?:_name=|\()(\"[a-z]+\")", path.read_text(encoding="utf-8"))
    }
    assert asked <= set(shapes)
