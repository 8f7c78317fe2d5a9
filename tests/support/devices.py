"""People who answer on two devices at once, work after work, and do all that browsers do while things break."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.support.coming_in import NotYet, Walk, persistently
from tests.support.history import AGAIN, PATIENCE, TIMEOUT, VALUES, Client, Operation

HANDS = 4  # that press «Отправить» at the same moment
MOST_TOGETHER = 5  # answers in one request, as after a while without a connection
ACTS = {"save": 55, "save twice": 10, "save many": 12, "send again": 13, "look": 10}  # of a hundred
RECEIPT = re.compile(r"<dd>([0-9A-Z]{4}-[0-9A-Z]{4})</dd>.*?<code>([0-9a-f]{64})</code>", re.DOTALL)
CLEARED = 0.1  # of answers
TOGETHER = 20.0  # seconds that one device waits for the other before a work


@dataclass
class Device(Client):
    """One browser in one work. `shown`: the position that its page has seen; `secret`: the cookie's, see `named`."""

    number: int = 0  # of the last event
    shown: int = 0
    is_over: bool = False
    rush: threading.Event = field(default_factory=threading.Event)  # «send it now»
    chance: random.Random = field(default_factory=random.Random)

    def answer(self, stop: threading.Event, *, writes: int, sends: bool) -> None:
        """Until the work is over, or the trial; who `sends` does it after so many acts."""
        names, weights = list(ACTS), list(ACTS.values())
        done = 0
        while not (stop.is_set() or self.is_over or self.errors):
            if self.rush.is_set() or (sends and done >= writes):
                self.send_work()
                break
            self._act(self.chance.choices(names, weights)[0])
            done += 1
            time.sleep(self.chance.uniform(0, 2 * self.pause))
        if self.is_over:
            self.after_the_end()

    def after_the_end(self) -> None:
        """A page that did not know: what it saves is kept as late; what it repeats gets the first answer."""
        self._act("save")
        for _ in range(2):
            self._act("send again")
        if self.submit() == "sent":
            self.read_receipt()

    def repeat(self, most: int) -> None:
        """The newest requests once more."""
        for batch in self.batches[-most:]:
            self.send_again(batch)

    def send_work(self) -> None:
        """Where two devices disagree the page asks to choose first; then several hands press at once."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not self.errors:
            with ThreadPoolExecutor(HANDS) as pool:
                told = set(pool.map(lambda _: self._form("/submit", "without=yes"), range(HANDS)))
            if told & {302, 303}:
                self.is_over = True
                self.submit()
                return self.read_receipt()
            if 422 in told and not self._choose():
                self.is_over = True
            wrong = {status for status in told if status not in AGAIN | {None, 422}}
            self.errors.extend(f"submit: {status}" for status in wrong)
        return None

    def read_receipt(self) -> None:
        status, text = self.page("GET", "/done")
        if status is None or status in AGAIN:
            return
        found = RECEIPT.search(text)
        if status == 200 and found is not None:
            self.receipts.append(f"{found[1]} {found[2]}")
        else:
            self.errors.append(f"receipt: {status}")

    def _act(self, name: str) -> None:
        if name == "look":
            self._look()
        elif name == "send again":
            if self.batches:
                self.send_again(self.chance.choice(self.batches))
        else:
            number = self.chance.randint(2, MOST_TOGETHER) if name == "save many" else 1
            self._save([self._made() for _ in range(number)], is_twice=name == "save twice")

    def _made(self, kind: str = "", item: str = "") -> Operation:
        item = item or self.chance.choice(sorted(VALUES))
        value: Any = self.chance.choice(VALUES[item])
        if not kind and self.chance.random() < CLEARED:
            kind, value = "clear", None
        self.number += 1
        made = Operation(self.client, self.sitting_id, self.number, item, value, self.shown, kind or "answer")
        self.history.append(made)
        return made

    def _save(self, made: Sequence[Operation], *, is_twice: bool = False) -> bool:
        """`is_twice`: at the same moment by two requests, as a page does that goes away."""
        known = len(self.batches)
        with ThreadPoolExecutor(1) as pool:
            bringing = pool.submit(self.bring, *made)
            while is_twice and len(self.batches) == known:
                time.sleep(0.001)
            if is_twice:
                self.send_again(self.batches[-1])
            is_stored = bringing.result()
        self.shown = max([self.shown, *(one.position for one in made)])
        self.is_over = self.is_over or any(one.outcome == "fail" for one in made)
        return is_stored

    def _look(self) -> bool:
        """The page is loaded anew: from now on it has seen what the other device answered."""
        status, told = self.get_json("/pack?from=1000")
        if status == 200:
            self.shown = max(self.shown, told["last_position"])
        return status == 200

    def _choose(self) -> bool:
        if not self._look():
            return True  # once more
        return self._save([self._made("choice", item) for item in sorted(VALUES)])


@dataclass
class Person:
    """One of the two devices of a person who does many works: (link, surname) each, met by both at its beginning."""

    works: Sequence[tuple[str, str]]
    meeting: threading.Barrier
    port: int
    seed: int
    pause: float
    devices: list[Device] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def has_answered(self) -> bool:
        return bool(self.errors) or any(batch.answers for one in self.devices for batch in one.batches)

    def live(self, stop: threading.Event) -> None:
        for number, (link, surname) in enumerate(self.works):
            if not stop.is_set():
                self._meet()
            if stop.is_set():
                return
            made = self._begin(number, link, surname)
            if made is not None:
                self.devices.append(made)
                made.answer(stop, writes=made.chance.randint(8, 25), sends=made.chance.random() < 0.7)

    def _meet(self) -> None:
        try:
            self.meeting.wait(TOGETHER)
        except (
            threading.BrokenBarrierError
        ):  # the other one is late, or the trial is over: each goes on alone
            self.meeting.abort()

    def _begin(self, number: int, link: str, surname: str) -> Device | None:
        walk = Walk(self.port, timeout=TIMEOUT)
        try:
            sitting_id = persistently(walk, link, surname, patience=PATIENCE)
        except (NotYet, AssertionError) as wrong:
            self.errors.append(f"{link}: {wrong!r}")
            return None
        if sitting_id is None:
            return None
        seed = self.seed * 1000 + number
        return Device(
            sitting_id,
            "",
            walk.browser,
            seed,
            port=self.port,
            pause=self.pause,
            chance=random.Random(seed),
        )
