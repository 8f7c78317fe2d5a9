"""Papers from the base to the file: who is named, what is marked as a draft, the same numbers in both formats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from flask import Flask

from diagnostics.campaigns.models import Privacy, WaveKind
from diagnostics.database import session
from diagnostics.people.models import OrgNode
from diagnostics.reporting.papers import organising, results
from diagnostics.reporting.papers.files import FORMATS, archive, paper_file, path_in_pack, unique_names
from diagnostics.reporting.papers.library import BY_CODE, KINDS
from reports.wording.numbers import number
from reports.wording.words import Words
from tests.support import make, office, papers
from tests.support import results as simulated
from tests.support.kept import begun
from tests.support.papers import Scene

WORDS = Words()
ANNA, KIM, VOROBEY = "Соколова Анна Петровна", "Ким Виктория", "Воробей Галина Валентиновна"
LONG = "Константинопольская-Преображенская Александрина Всеволодовна-Мстиславовна"


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with begun(app, "papers", papers.scene) as made:
        yield made


def files(scene: Scene, code: str) -> tuple[bytes, bytes]:
    facts = scene.facts()
    made = BY_CODE[code].make(facts, WORDS)
    word, excel = (paper_file(made, facts, WORDS, form) for form in FORMATS)
    return word, excel


def shown(value: object) -> str:
    """A cell of a spreadsheet as the paper prints it."""
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float | int):
        return number(value, WORDS, 0 if float(value).is_integer() else 1)
    return "" if value is None else str(value)


@pytest.mark.parametrize(
    "code", [kind.code for kind in KINDS if kind.code not in {"instruction", "certificates"}]
)
def test_the_tables_of_word_and_excel_say_the_same(scene: Scene, code: str) -> None:
    papers.answer(scene)
    papers.route(scene, scene.people[0])
    word, excel = files(scene, code)
    sheets = [[[shown(cell) for cell in row] for row in sheet] for sheet in office.xlsx_tables(excel)]
    if code == "personal":  # one table a sheet in Word, one for all in Excel
        printed = [row for grid in office.docx_tables(word) for row in grid[1:]]
        assert printed == [row[3:] for row in sheets[0][1:]]
        return
    printed_tables = office.docx_tables(word)
    assert printed_tables
    assert all(grid in sheets for grid in printed_tables)


def test_an_order_names_everybody_in_its_annex(scene: Scene) -> None:
    word, _ = files(scene, "order")
    text = office.docx_text(word)
    names = [row[1] for row in office.docx_tables(word)[0][1:]]
    assert names == [VOROBEY, KIM, ANNA]
    assert "Приложение" in text
    assert "№ ________" in text
    assert "— входная диагностика: с 16" in text
    assert "по умолчанию" in text


def test_the_requisites_of_the_operator_head_every_paper(scene: Scene) -> None:
    papers.answer(scene)
    papers.route(scene, scene.people[0])
    facts = scene.facts()
    for kind in KINDS:
        text = office.docx_text(paper_file(kind.make(facts, WORDS), facts, WORDS, "docx"))
        assert "ГАУ ДПО «Заречный институт развития образования»" in text
        assert "ИНН 0000000000" in text


def test_an_institute_without_requisites_gets_lines_to_fill(scene: Scene) -> None:
    session.get_one(OrgNode, scene.institute.id).requisites = None
    word, _ = files(scene, "order")
    text = office.docx_text(word)
    assert "ИНН" not in text
    assert "__________________" in text


@pytest.mark.parametrize("code", ["turnout", "summary", "protocol", "personal", "routes"])
def test_papers_with_figures_are_drafts_until_the_stage_is_closed(scene: Scene, code: str) -> None:
    papers.answer(scene)
    papers.route(scene, scene.people[0])
    word, excel = files(scene, code)
    assert "ПРОЕКТ" in office.docx_text(word)
    assert "Диагностика не закрыта: сведения на " in office.docx_text(word)
    about = office.xlsx_about(excel)
    assert any("Диагностика не закрыта" in line for line in about)
    scene.close()
    word, _ = files(scene, code)
    assert "ПРОЕКТ" not in office.docx_text(word)  # fmt: skip


def test_who_never_agreed_or_took_it_back_is_counted_and_not_named(scene: Scene) -> None:
    papers.answer(scene)
    text = papers.publish_consent(scene)
    papers.agree(text, scene.people[0])
    papers.agree(text, scene.people[1], withdrawn=True)
    facts = scene.facts()
    assert [row.person.full_name for row in results.summary(facts).rows] == [ANNA]
    assert (facts.unnamed.withdrawn, facts.unnamed.without_consent) == (1, 1)
    for code in ("summary", "protocol", "personal"):
        word, excel = files(scene, code)
        printed = office.docx_text(word)
        assert ANNA in printed
        assert not {KIM, VOROBEY} & {
            str(cell) for sheet in office.xlsx_tables(excel) for row in sheet for cell in row
        }
        assert KIM not in printed
        assert VOROBEY not in printed
    word, _ = files(scene, "summary")
    assert "Не назван 1 человек: согласие на обработку данных отозвано." in office.docx_text(word)
    assert "Не назван 1 человек: согласия на обработку данных нет." in office.docx_text(word)  # fmt: skip


def test_a_second_consent_after_a_withdrawal_counts(scene: Scene) -> None:
    papers.answer(scene)
    text = papers.publish_consent(scene)
    papers.agree(text, scene.people[0], withdrawn=True)
    papers.agree(text, scene.people[0])
    assert scene.facts().naming.may_name(scene.people[0])


def test_where_no_text_of_consent_is_published_people_are_named(scene: Scene) -> None:
    papers.answer(scene)
    assert len(results.summary(scene.facts()).rows) == 3


def test_a_confidential_protocol_says_who_took_part_and_no_level(scene: Scene) -> None:
    papers.answer(scene, scene.people[:2])
    scene.campaign.privacy = Privacy.CONFIDENTIAL
    word, excel = files(scene, "protocol")
    text = office.docx_text(word)
    assert results.protocol(scene.facts()).results is None
    assert "уровень профессиональных дефицитов" not in text
    assert "Диагностика конфиденциальная" in text
    assert [row[3] for row in office.xlsx_tables(excel)[0][1:]] == ["не пройдено", "пройдено", "пройдено"]


def test_the_protocol_speaks_the_words_of_the_institute(scene: Scene) -> None:
    papers.answer(scene)
    scene.campaign.preset_basis = "Положение № 14 от 12.03.2026"
    word, _ = files(scene, "protocol")
    text = office.docx_text(word)
    assert "утверждено: Положение № 14 от 12.03.2026" in text
    assert "минимальный уровень профессиональных дефицитов — от 80 %" in text
    assert "высокий уровень профессиональных дефицитов — ниже 60 %" in text


def test_levels_of_the_named_people_add_up(scene: Scene) -> None:
    papers.answer(scene)
    found = results.summary(scene.facts())
    assert all(sum(line.people) + line.none == len(found.rows) for line in found.levels)


def test_turnout_counts_sent_answers_and_names_silent_schools(scene: Scene) -> None:
    papers.answer(scene, scene.people[:1])
    found = organising.turnout(scene.facts())
    assert (found.total.invited, found.total.submitted) == (3, 1)
    assert found.silent == ()
    word, _ = files(scene, "turnout")
    assert "Приглашено: 3 человека, прошли диагностику: 1." in office.docx_text(word)


def test_certificates_go_to_those_who_sent_their_answers(scene: Scene) -> None:
    papers.answer(scene, scene.people[:2])
    text = papers.publish_consent(scene)
    papers.agree(text, scene.people[1], withdrawn=True)
    word, excel = files(scene, "certificates")
    assert [one.person.full_name for one in organising.certificates(scene.facts()).people] == [ANNA]
    assert office.docx_text(word).count("СПРАВКА") == 1
    assert office.xlsx_tables(excel)[0][1][1] == ANNA
    assert "%" not in office.docx_text(word)


def test_the_register_shows_how_far_a_route_is(scene: Scene) -> None:
    papers.answer(scene)
    papers.route(scene, scene.people[0], hours=(6, 12.5))
    found = organising.routes(scene.facts())
    (line,) = found.routes
    assert (line.steps, line.confirmed, line.hours, line.ends) == (2, 1, 18.5, date(2027, 4, 15))
    assert line.tutor == "Дёмина Ольга Сергеевна"
    assert found.without == 2


def test_a_person_without_school_and_a_very_long_name_fit(in_app: Flask) -> None:
    scene = papers.scene((LONG,))
    alone = make.person("Ли Ян")
    simulated.seat(scene.campaign, WaveKind.ENTRY, [alone.id])
    papers.answer(scene, [*scene.people, alone.id])
    assert {line.municipality for line in organising.turnout(scene.facts()).schools} == {
        "",
        "Приозёрный район",
    }
    for kind in KINDS[:8]:
        word, excel = files(scene, kind.code)
        assert word[:2] == excel[:2] == b"PK"
    word, _ = files(scene, "turnout")
    assert "Без школы" in office.docx_text(word)
    assert LONG in office.docx_text(files(scene, "personal")[0])


def test_headings_and_repeated_heads_are_real(scene: Scene) -> None:
    papers.answer(scene)
    word, _ = files(scene, "protocol")
    document = office.docx(word)
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings[:2] == ["1 Основание и участники", "2 Распределение по уровням"]
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.left_margin.mm), round(section.right_margin.mm)) == (
        210,
        20,
        10,
    )
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml  # fmt: skip


def test_each_personal_sheet_begins_a_page(scene: Scene) -> None:
    papers.answer(scene)
    word, _ = files(scene, "personal")
    document = office.docx(word)
    assert sum(bool(one.paragraph_format.page_break_before) for one in document.paragraphs) == 2


def test_names_inside_the_archive_are_russian_and_fixed(scene: Scene) -> None:
    head = scene.facts().head
    paths = [path_in_pack(kind, head, WORDS, "docx") for kind in KINDS]
    assert paths[0] == "01 Проект приказа/Проект приказа - входная диагностика.docx"
    assert paths[4] == "05 Сводная ведомость/Сводная ведомость - входная диагностика.docx"
    assert archive([]) == archive([])
    assert unique_names(["Ким Виктория", "Ким/Виктория", "ким виктория"]) == (
        "Ким Виктория",
        "Ким_Виктория",
        "ким виктория (2)",
    )
