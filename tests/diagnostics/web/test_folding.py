from __future__ import annotations

from markupsafe import Markup

from diagnostics.web.folding import folding

HEAD = [{"label": "Отметить", "hidden": True}, "Учитель", {"label": "Шагов", "number": True}]


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
