from __future__ import annotations

from markupsafe import Markup

from diagnostics.web.folding import Head, folding

HEAD: list[Head] = [{"label": "Отметить", "hidden": True}, "Учитель", {"label": "Шагов", "number": True}]


def test_the_first_named_column_is_the_title_and_the_others_carry_their_names() -> None:
    rows = Markup('<tr><td><input></td><td>Анна</td><td class="number">5</td></tr>')
    assert folding(rows, HEAD) == (
        '<tr><td><input></td><td data-title="">Анна</td>'
        '<td class="number" data-label="Шагов"><div>5</div></td></tr>'
    )


def test_a_cell_over_several_columns_stays_as_it_is() -> None:
    rows = Markup('<tr><td colspan="3">Никого</td></tr>')
    assert folding(rows, HEAD) == rows


def test_an_empty_cell_gets_no_name() -> None:
    rows = Markup("<tr><td></td><td>Анна</td><td> </td></tr>")
    assert "data-label" not in folding(rows, HEAD)


def test_the_name_of_a_column_is_escaped() -> None:
    rows = Markup("<tr><td></td><td>Анна</td><td>5</td></tr>")
    assert 'data-label="&lt;b&gt;"' in folding(rows, [HEAD[0], "Учитель", "<b>"])


def test_a_unit_under_the_name_goes_with_it_and_a_number_is_no_title() -> None:
    head: list[Head] = [
        {"label": "Работ", "under": "одного варианта", "number": True},
        {"label": "Решаемость", "under": "%"},
    ]
    found = folding(Markup('<tr><td class="number">30</td><td>93</td></tr>'), head)
    assert 'data-label="Работ, одного варианта"><div>30<' in found
    assert 'data-label="Решаемость, %"><div>93<' in found
