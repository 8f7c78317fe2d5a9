from __future__ import annotations

import pytest

from diagnostics.errors import FieldRefused
from diagnostics.people.models import NodeKind
from diagnostics.people.place_sheets import Change, Plan, plan
from diagnostics.people.queries.places import Place

HEAD = ("Что это", "Регион", "Муниципалитет", "Код", "Полное название", "Короткое название", "Часовой пояс")
REGION = Place("r", NodeKind.REGION, None, "/r/", "Заречная область", "Заречная область", None, None)
LAKE = Place("m", NodeKind.MUNICIPALITY, "r", "/r/m/", "Приозёрный район", "Приозёрный", None, None)
HILL = Place("h", NodeKind.MUNICIPALITY, "r", "/r/h/", "Нагорный район", "Нагорный", None, None)
SCHOOL = Place("s", NodeKind.SCHOOL, "m", "/r/m/s/", "Школа № 12", "№ 12", "0012", None)
TREE = (REGION, LAKE, HILL, SCHOOL)


def _plan(*lines: tuple[str, ...], tree: tuple[Place, ...] = TREE, taken: tuple[str, ...] = ()) -> Plan:
    return plan([(1, HEAD), *enumerate(lines, 2)], tree, taken)


def _school(
    name: str, code: str = "", municipality: str = "Приозёрный район", **more: str
) -> tuple[str, ...]:
    region, short, zone = (more.get(one, "") for one in ("region", "short", "zone"))
    return (more.get("kind", "школа"), region, municipality, code, name, short, zone)


def test_a_downloaded_list_that_was_not_touched_changes_nothing() -> None:
    found = _plan(
        ("регион", "", "", "", "Заречная область", "Заречная область", ""),
        ("муниципалитет", "Заречная область", "", "", "Приозёрный район", "Приозёрный", ""),
        ("муниципалитет", "Заречная область", "", "", "Нагорный район", "Нагорный", ""),
        ("школа", "Заречная область", "Приозёрный район", "0012", "Школа № 12", "№ 12", ""),
    )
    assert (found.mistakes, found.work, found.left_out) == ((), (), ())
    assert len(found.of(Change.SAME)) == 4


def test_parents_come_before_those_who_stand_in_them_whatever_the_order_of_rows() -> None:
    found = _plan(
        _school("Школа № 1", municipality="Лесной район"),
        _school("Лесной район", kind="муниципалитет", municipality=""),
    )
    assert [(one.row, one.name, one.parent) for one in found.work] == [
        (3, "Лесной район", "id:r"),
        (2, "Школа № 1", "row:3"),
    ]


@pytest.mark.parametrize(
    ("row", "differs"),
    [
        (_school("Школа № 12 имени Ушинского", "0012"), ("name",)),
        (_school("Школа № 12", "0012", short="двенадцатая"), ("short_name",)),
        (_school("Школа № 12", "0012", zone="Asia/Omsk"), ("zone",)),
        (_school("Школа № 12", "0012", "Нагорный район"), ("parent",)),
        (_school("ШКОЛА  № 12", "0012", "приозерный"), ("name",)),
    ],
)
def test_a_known_place_is_found_by_its_code_and_every_difference_is_named(
    row: tuple[str, ...], differs: tuple[str, ...]
) -> None:
    (entry,) = _plan(row).work
    assert (entry.change, entry.place_id, entry.differs) == (Change.CHANGED, "s", differs)


def test_without_a_code_a_place_is_found_by_name_and_where_it_stands() -> None:
    found = _plan(_school("Школа № 12"), _school("Школа № 12", municipality="Нагорный район"))
    assert [(one.change, one.place_id) for one in found.entries] == [(Change.SAME, "s"), (Change.NEW, None)]


def test_empty_cells_change_nothing_and_places_that_are_not_named_stay() -> None:
    found = _plan(_school("Школа № 12", short="", zone=""))
    assert found.work == ()
    assert [one.id for one in found.left_out] == ["r", "m", "h"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (_school(""), "name", "value_empty"),
        (_school("Ш" * 301), "name", "value_too_long"),
        (_school("Шко\u200bла"), "name", "hidden_character"),
        (_school("Школа", "9" * 41), "code", "value_too_long"),
        (_school("Школа", "0099"), "code", "code_taken"),
        (_school("Школа", zone="Москва"), "zone", "zone_unknown"),
        (_school("Школа", kind="садик"), "kind", "place_kind_unknown"),
        (_school("Школа", municipality="Несуществующий"), "municipality", "place_parent_unknown"),
        (_school("Школа", region="Соседняя область"), "region", "place_parent_unknown"),
        (_school("Школа", kind="институт", code="0012"), "kind", "place_kind_differs"),
        (_school("Новая область", kind="регион", municipality=""), "kind", "place_region_new"),
        (_school("Лесной", kind="муниципалитет", municipality="Нагорный район"), "municipality", "parent_unfit"),
    ],
)  # fmt: skip
def test_every_mistake_is_said_by_its_row_and_column(row: tuple[str, ...], column: str, code: str) -> None:
    found = _plan(_school("Школа № 12", "0012"), row, taken=("0099",))
    assert [(one.row, one.column, one.code) for one in found.mistakes] == [(3, column, code)]
    assert [one.place_id for one in found.entries] == ["s"]


def test_no_row_can_stand_in_itself_or_in_a_circle() -> None:
    found = _plan(
        _school("А", kind="муниципалитет", municipality="Б"),
        _school("Б", kind="муниципалитет", municipality="А"),
        _school("Школа", municipality="Школа"),
    )
    assert [one.code for one in found.mistakes] == ["parent_unfit", "parent_unfit", "place_parent_unknown"]
    assert found.entries == ()


@pytest.mark.parametrize(
    "second", [_school("Школа № 12", "0012"), _school("Другая", "0012"), _school("Школа № 12")]
)
def test_the_same_place_twice_is_a_mistake_of_the_second_row(second: tuple[str, ...]) -> None:
    (wrong,) = _plan(_school("Школа № 12", "0012"), second).mistakes
    assert (wrong.row, wrong.code, wrong.parameters) == (3, "place_double", {"row": 2})


def test_two_new_rows_with_one_name_in_one_place_are_doubles_in_two_places_they_are_not() -> None:
    found = _plan(_school("Лицей"), _school("ЛИЦЕЙ"), _school("Лицей", municipality="Нагорный район"))
    assert [one.code for one in found.mistakes] == ["place_double"]
    assert [one.row for one in found.work] == [2, 4]


def test_one_name_in_two_regions_asks_which_is_meant() -> None:
    other = Place("r2", NodeKind.REGION, None, "/r2/", "Соседняя область", "Соседняя", None, None)
    twin = Place("m2", NodeKind.MUNICIPALITY, "r2", "/r2/m2/", "Приозёрный район", "Приозёрный", None, None)
    tree = (*TREE, other, twin)
    found = _plan(_school("А"), _school("Б", region="Соседняя область"), tree=tree)
    assert [(one.row, one.code) for one in found.mistakes] == [(2, "place_parent_doubtful")]
    assert [one.parent for one in found.work] == ["id:m2"]


def test_who_reaches_no_region_may_still_load_their_own_list_back() -> None:
    found = _plan(
        ("муниципалитет", "", "", "", "Приозёрный район", "Приозёрный", ""),
        ("школа", "", "Приозёрный район", "0012", "Школа № 12", "№ 12", ""),
        ("муниципалитет", "", "", "", "Лесной район", "", ""),
        tree=(LAKE, SCHOOL),
    )
    assert [one.change for one in found.entries] == [Change.SAME, Change.SAME]
    assert [(one.row, one.code) for one in found.mistakes] == [(4, "place_parent_missing")]


def test_heads_may_stand_in_any_order_below_other_rows_and_unknown_ones_are_named() -> None:
    rows = [
        (1, ("Список школ", "", "")),
        (3, ("Директор", "ПОЛНОЕ НАЗВАНИЕ", "Муниципалитет")),
        (4, ("Иванов", "Школа № 5", "Нагорный")),
    ]
    found = plan(rows, TREE)
    assert found.unknown_heads == ("Директор",)
    assert [(one.row, one.name, one.kind, one.parent) for one in found.work] == [
        (4, "Школа № 5", NodeKind.SCHOOL, "id:h")
    ]


@pytest.mark.parametrize("rows", [[], [(1, ("ФИО", "Почта"))], [(1, ("Полное название",))]])
def test_a_sheet_without_the_right_head_is_refused(rows: list[tuple[int, tuple[str, ...]]]) -> None:
    with pytest.raises(FieldRefused, match="places_no_head"):
        plan(rows, TREE)
