"""What every fault needs: a migrated base, people who answer in it, a real web process, and the judge at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from diagnostics.app import create_app
from diagnostics.config import Limits
from diagnostics.database import db, session, set_reading
from diagnostics.jobs import transport
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.worker.run import run_due
from tests.conftest import make_config
from tests.support import forked
from tests.support.answering import World, again, answer_all, world
from tests.support.history import Client
from tests.support.judge import Figures, judge
from tests.support.web_process import Browser, WebProcess

SECRET = "test-key-" * 8


@dataclass
class Trial:
    """One base under one fault."""

    folder: Path
    url: str
    place: World
    clients: list[Client]
    environment: dict[str, str] = field(default_factory=dict)

    def process(self, **keywords: Any) -> WebProcess:
        found = WebProcess(self.environment, begin=forked.begin, **keywords)
        for one in self.clients:
            one.port = found.port
        return found

    def app(self) -> Flask:
        """A look into the base from outside the web process."""
        return create_app(make_config(self.folder, self.url))

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Actions from outside the web process, committed at the end."""
        app = self.app()
        transport.use(None)
        with app.app_context():
            set_reading(False)
            try:
                yield
                session.commit()
            finally:
                session.remove()
                db.engine.dispose()

    def run_due(self) -> None:
        """The jobs that are due run here, without a worker."""
        app = self.app()
        run_due(app)
        with app.app_context():
            db.engine.dispose()

    def judge(self, **keywords: Any) -> Figures:
        figures = judge(self.app(), self.clients, **keywords)
        print(figures)
        return figures


def begin(
    folder: Path, url: str, *, people: int = 2, browsers: int = 2, queue_url: str = "", **world_of: Any
) -> Trial:
    """`people` with a sitting each, each open in `browsers` browsers, and nothing answered yet."""
    app = create_app(make_config(folder, url))
    transport.use(None)
    with app.app_context():
        set_reading(False)
        place = world(more=max(0, people - 2), **world_of)
        begun = [
            sittings.start(seat_id=seat_id, token_id=None, person_id=person_id)
            for seat_id, person_id in list(zip(place.seats, place.people, strict=True))[:people]
            for _ in range(browsers)
        ]
        session.commit()
        session.remove()
        db.engine.dispose()
    clients = [
        Client(one.sitting_id, one.key_id, Browser.of(app, sittings={one.sitting_id: one.secret}), seed)
        for seed, one in enumerate(begun)
    ]
    told = {"DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": SECRET, "QUEUE_URL": queue_url}
    return Trial(folder, url, place, clients, told)


def secret_of(trial: Trial, one: Client) -> str:
    """The secret of the sitting in this client's cookie."""
    app = trial.app()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # of the cookie kind
    found: str = serializer.loads(one.browser.cookie.partition("=")[2])["sittings"][one.sitting_id]
    return found


def send_all(trial: Trial) -> None:
    """Everybody answers and sends by their own key; the scorings are due."""
    secrets = [(one.sitting_id, secret_of(trial, one)) for one in trial.clients]
    with trial.acting():
        for sitting_id, secret in secrets:
            answer_all(again(sitting_id, secret))
            fresh = reading.writing(sitting_id, secret)
            assert fresh is not None
            sittings.submit(fresh, without_answers=True, limits=Limits())


def reseeded(trial: Trial, seed: int) -> Trial:
    for number, one in enumerate(trial.clients):
        one.seed = seed * 1000 + number
    return trial


MINUTE = timedelta(minutes=1)
