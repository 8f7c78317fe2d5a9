"""The pack: what a page of a question shows, for many of them at once, and nothing more."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session, set_reading
from diagnostics.web.compression import ALIKE
from tests.support.answering import ITEMS, World, close_wave, event, open_player, pause, world

PLACE = {
    "item", "number", "name", "section", "part", "titled", "ordered", "question", "answered", "taken", "flagged",
    "seen", "steers",
}  # fmt: skip
ENTRY = {"place", "item", "kind", "number", "title", "html", "base", "holds"}
TOP = {"sitting", "total", "ordered", "places", "entries", "last_position", "next_seq", "proof", "token"}
HEAVIEST = 40 * 1024


def pack(client: FlaskClient, sitting: str, first: int = 1) -> dict[str, Any]:
    answer = client.get(f"{sitting}/pack?from={first}", headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def form_of(html: str) -> str:
    """The question without what the script fills in."""
    start = html.index('<form method="post" id="question"')
    own = re.sub(
        r' name="csrf_token" value="[^"]*"', ' name="csrf_token"', html[start : html.index("</form>", start)]
    )
    return re.sub(r'name="base" value="\d+"', 'name="base"', own)


def test_a_pack_names_its_fields_and_no_more(client: FlaskClient, sitting: str) -> None:
    found = pack(client, sitting)
    assert set(found) == TOP
    assert {frozenset(one) for one in found["places"]} == {frozenset(PLACE)}
    assert {frozenset(one) for one in found["entries"]} == {frozenset(ENTRY)}
    assert [one["item"] for one in found["places"]] == list(ITEMS)
    assert found["total"] == 9


def test_a_question_of_a_pack_is_that_of_its_page(client: FlaskClient, sitting: str) -> None:
    client.post(f"{sitting}/events", json={"events": [event(1, "S1", "b"), event(2, "S2", kind="flag")]})
    for entry in pack(client, sitting)["entries"]:
        page = client.get(f"{sitting}/q/{entry['place']}").text
        assert form_of(page) == form_of(entry["html"])
        assert f"<title>{entry['title']}</title>" in page


def test_a_pack_knows_where_the_sitting_stands(client: FlaskClient, sitting: str) -> None:
    client.post(f"{sitting}/events", json={"events": [event(1, "S1", "b"), event(2, "S2", kind="flag")]})
    found = pack(client, sitting)
    places = {one["item"]: one for one in found["places"]}
    assert (places["S1"]["answered"], places["S1"]["taken"], places["S2"]["flagged"]) == (True, True, True)
    assert not places["M1"]["seen"]
    assert (found["last_position"], found["next_seq"]) == (2, 3)


@pytest.mark.parametrize("first", [11, 10**9])
def test_past_the_end_there_are_no_questions(client: FlaskClient, sitting: str, first: int) -> None:
    assert pack(client, sitting, first)["entries"] == []


@pytest.mark.parametrize("first", ["", "x", "-3", "0"])
def test_an_odd_place_is_the_first(client: FlaskClient, sitting: str, first: str) -> None:
    assert client.get(f"{sitting}/pack?from={first}").get_json()["entries"][0]["place"] == 1


class _Forgetful(dict[Any, Any]):
    """Emptied by another thread at the worst moment."""

    def __setitem__(self, key: object, value: object) -> None:
        del key, value


def test_a_pack_is_told_even_if_another_thread_forgets_it_at_once(
    client: FlaskClient, sitting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.web.answering.pack._kept", _Forgetful())
    assert len(pack(client, sitting)["entries"]) == len(ITEMS)


def refused(client: FlaskClient, sitting: str) -> tuple[int, str]:
    answer = client.get(f"{sitting}/pack", headers={"Accept": "application/json"})
    return answer.status_code, answer.get_json()["code"]


def test_without_the_key_of_the_sitting_there_is_no_pack(app: Flask, sitting: str) -> None:
    assert refused(app.test_client(), sitting) == (401, "key_needed")


def test_in_a_pause_after_the_end_and_after_sending_there_is_no_pack(
    client: FlaskClient, place: World, sitting: str
) -> None:
    pause(place)
    session.commit()
    assert refused(client, sitting) == (409, "paused")
    close_wave(place)
    session.commit()
    assert refused(client, sitting)[0] == 409


@pytest.mark.parametrize("base", ["sqlite"], indirect=True)
def test_the_pack_of_the_shipped_test_is_light(app: Flask) -> None:
    client = app.test_client()
    with app.app_context():
        set_reading(False)
        real = world(shipped=True)
        session.commit()
        sitting = open_player(client, real)
        session.remove()
    answer = client.get(f"{sitting}/pack?from=1", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(answer.data)) > len(answer.data)
    assert len(answer.data) <= HEAVIEST


def begun(app: Flask, place: World) -> list[tuple[FlaskClient, str]]:
    """Two people who have just begun, each with a browser of their own."""
    clients = [app.test_client(), app.test_client()]
    return [(client, open_player(client, place, number)) for number, client in enumerate(clients)]


def untold(found: dict[str, Any]) -> dict[str, Any]:
    """A pack without what is the sitting's own."""
    return {key: value for key, value in found.items() if key in ("total", "ordered", "places", "entries")}


def test_who_begins_gets_the_very_pack_of_others_who_begin(app: Flask, place: World) -> None:
    first, second = begun(app, place)
    packs = [pack(client, sitting) for client, sitting in (first, second)]
    assert untold(packs[0]) == untold(packs[1])
    assert packs[0]["sitting"] != packs[1]["sitting"]
    assert packs[0]["proof"] != packs[1]["proof"]


def test_an_answer_of_one_person_is_in_no_pack_of_another(app: Flask, place: World) -> None:
    first, second = begun(app, place)
    before = pack(*second)
    first[0].post(f"{first[1]}/events", json={"events": [event(1, "S1", "b"), event(2, "S2", kind="flag")]})
    own = pack(*first)
    assert [one["item"] for one in own["places"] if one["answered"]] == ["S1"]
    marked = [one["item"] for one in own["entries"] if " checked" in one["html"]]
    assert marked == ["S1"]
    assert untold(pack(*second)) == untold(before)
    assert not any(one["answered"] or one["flagged"] for one in before["places"])


def test_a_question_drawn_for_others_carries_the_token_and_the_base_of_its_reader(
    app: Flask, place: World
) -> None:
    clients = begun(app, place)
    clients[1][0].post(f"{clients[1][1]}/events", json={"events": [event(1, "S2", kind="flag")]})
    pages = [client.get(f"{sitting}/q/1").text for client, sitting in clients]
    tokens = [re.findall(r'name="csrf_token" value="([^"]+)"', page) for page in pages]
    assert tokens[0] != tokens[1]
    assert ['name="base" value="0"' in page for page in pages] == [True, False]
    assert 'name="base" value="1"' in pages[1]
    assert form_of(pages[0]) == form_of(pages[1])


@pytest.mark.parametrize("page", ["q/1", "q/2", "review"])
def test_pages_end_with_the_same_for_everybody_from_where_they_are_packed_once(
    app: Flask, place: World, page: str
) -> None:
    told = [client.get(f"{sitting}/{page}").text for client, sitting in begun(app, place)]
    endings = {text[text.index(ALIKE.decode()) :] for text in told}
    assert len(endings) == 1
