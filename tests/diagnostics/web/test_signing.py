"""Our signers read and write what itsdangerous does, and say no wherever it says no."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from diagnostics.identifiers import new_id
from diagnostics.web import signing
from diagnostics.web.signing import SignedCookies

SMALL = {"a": 1}
LARGE = {"sittings": {f"{number:014}": "x" * 27 for number in range(4)}}  # is compressed


@pytest.fixture
def plain(app: Flask) -> URLSafeTimedSerializer:
    found = SecureCookieSessionInterface().get_signing_serializer(app)
    assert found is not None
    return found


@pytest.fixture
def ours(app: Flask) -> signing._Serializer:
    found = SignedCookies().get_signing_serializer(app)
    assert isinstance(found, signing._Serializer)
    return found


@pytest.mark.parametrize("content", [SMALL, LARGE, {}])
def test_each_reads_what_the_other_signed(
    plain: URLSafeTimedSerializer, ours: signing._Serializer, content: dict[str, object]
) -> None:
    assert ours.loads(str(plain.dumps(content)), max_age=60) == content
    assert plain.loads(str(ours.dumps(content)), max_age=60) == content


@pytest.mark.parametrize("content", [SMALL, LARGE])
def test_a_change_of_any_sign_is_noticed(ours: signing._Serializer, content: dict[str, object]) -> None:
    signed = str(ours.dumps(content))
    for place in range(len(signed)):
        # The last sign carries four bits of the signature and two of nothing: «g» differs from «A» in the four.
        other = "A" if signed[place] not in "ABCD" else "g"
        with pytest.raises(BadSignature):
            ours.loads(signed[:place] + other + signed[place + 1 :], max_age=60)


@pytest.mark.parametrize("text", ["", ".", "..", "...", "a.b", "a.b.c", "я.б.в"])
def test_nonsense_is_refused_as_a_bad_signature(ours: signing._Serializer, text: str) -> None:
    with pytest.raises(BadSignature):
        ours.loads(text, max_age=60)


def test_nothing_is_remembered_of_what_we_did_not_sign(ours: signing._Serializer) -> None:
    before = dict(ours._known)
    for forged in ("x" * 1_000, "a.b.c", str(ours.dumps(SMALL)) + "x"):
        with pytest.raises(BadSignature):
            ours.loads(forged, max_age=60)
    assert ours._known == before


def test_what_no_browser_keeps_is_read_and_not_remembered(ours: signing._Serializer) -> None:
    content = {"noise": "".join(new_id() for _ in range(400))}
    signed = str(ours.dumps(content))
    assert len(signed) > signing.LONGEST_KEPT
    assert ours.loads(signed, max_age=60) == content
    assert signed not in ours._known


def test_the_checked_are_forgotten_before_they_are_too_many(
    ours: signing._Serializer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "MOST_KEPT", 8)
    for number in range(20):
        assert ours.loads(str(ours.dumps({"a": number})), max_age=60) == {"a": number}
    assert len(ours._known) <= 8


@pytest.mark.parametrize("later", [61, -5])
def test_what_is_too_old_or_of_the_future_is_refused(
    ours: signing._Serializer, monkeypatch: pytest.MonkeyPatch, later: int
) -> None:
    signed = str(ours.dumps(SMALL))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + later)
    with pytest.raises(SignatureExpired):
        ours.loads(signed, max_age=60)


def test_a_cookie_signed_with_another_secret_is_an_empty_session(app: Flask) -> None:
    foreign = Flask("foreign")
    foreign.secret_key = "another"
    serializer = SignedCookies().get_signing_serializer(foreign)
    assert serializer is not None
    client = app.test_client()
    client.set_cookie("orientir", str(serializer.dumps({"lang": "en"})))
    with client.session_transaction() as kept:
        assert "lang" not in kept


@pytest.mark.parametrize("secure", [False, True])
def test_a_form_token_passes_only_for_its_own_session(app: Flask, secure: bool) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    with app.test_request_context():
        foreign = str(generate_csrf())
    client = app.test_client()
    base = "https://localhost" if secure else "http://localhost"
    with client.session_transaction(base_url=base) as kept:
        kept[signing.TOKEN] = "own"
    own = signing._token_serializer(app.config["SECRET_KEY"]).dumps("own")
    statuses = {
        told: client.post("/logout", base_url=base, data={signing.TOKEN: told}).status_code
        for told in ("", "x", foreign, own)
    }
    # Behind HTTPS a request that does not say where it comes from is refused with a true token too.
    assert statuses.pop(own) == (403 if secure else 302)
    assert set(statuses.values()) == {403}
