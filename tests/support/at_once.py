"""Several people press at the same moment, each a request of their own in a thread of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from werkzeug.test import TestResponse

from diagnostics.database import session, set_reading

Press = Callable[[], TestResponse]


def at_once(*presses: Press) -> list[TestResponse]:
    """The answers, in the order of the presses; what the test had not committed is given up first."""
    session.rollback()
    set_reading(False)
    answers: list[TestResponse | None] = [None] * len(presses)
    barrier = threading.Barrier(len(presses))

    def run(place: int) -> None:
        barrier.wait()
        answers[place] = presses[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(presses))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return [one for one in answers if one is not None]
