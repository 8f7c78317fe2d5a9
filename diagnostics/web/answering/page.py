"""What the player's templates may see: frozen objects built by naming each field, never the document itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from markupsafe import Markup

from diagnostics.catalogue import queries as catalogue
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.queries import SittingView, Standing, Writing
from diagnostics.web.context import address
from diagnostics.web.item_fields import Field, show
from diagnostics.web.track import Track
from diagnostics.web.translating import said as _
from instruments import path
from instruments.document import ConsentItem, Instrument, Item, LikertItem, Stimulus, is_question
from instruments.items import Answer, describe
from instruments.masking import masked
from instruments.order import locked
from instruments.path import Step
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class Case:
    """The text that this question and its neighbours are about; it folds above each."""

    code: str
    title: str
    paragraphs: tuple[str, ...]
    picture: Picture | None
    is_open: bool  # at its first question


@dataclass(frozen=True, slots=True)
class Picture:
    """Fetched when it is asked for: `kilobytes` are told before."""

    alt: str
    width: int
    height: int
    kilobytes: int


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the player."""

    code: str
    kind: str  # the item's type
    is_numbered: bool  # words to read and a consent are not
    title: str
    text: str  # the question itself; what comes before it is in `story`
    story: tuple[str, ...]
    stem: str  # words above the statement that all rows of a matrix share
    case: Case | None
    field: Field


@dataclass(frozen=True, slots=True)
class Line:
    """One question in the list and on the review page."""

    place: int
    number: int  # 0 of a consent
    title: str
    answer: str
    flagged: bool
    is_answered: bool
    is_conflict: bool
    is_passed: bool  # «Пропустить»
    is_locked: bool  # waits for an earlier question
    section: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the values that two devices gave apart."""

    position: int
    words: str
    at: datetime
    is_current: bool


@dataclass(frozen=True)
class Sheet:
    """A sitting as the pages see it: its steps in order and where it stands."""

    sitting_id: str
    instrument: Instrument
    form: str
    language: str
    standing: Standing
    seed: int

    @classmethod
    def of(cls, source: Writing | SittingView) -> Sheet:
        sitting_id = source.sitting_id if isinstance(source, Writing) else source.id
        instrument = catalogue.instrument(source.instrument_id)
        standing = sittings.standing_of(sitting_id)
        return cls(sitting_id, instrument, source.form, source.language, standing, source.seed)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return path.asked(self.instrument, self.form, self.standing.answers, self.seed, self.standing.drawn)

    def is_drawn(self, place: int) -> bool:
        """Whether a clarifying task stands there."""
        return self.steps[place - 1].section.code == path.CLARIFYING

    @property
    def steering(self) -> frozenset[str]:
        """Questions whose answers decide what is asked after them."""
        return path.steering(self.instrument, self.form)

    @property
    def off_path(self) -> list[str]:
        """Short names of questions that were answered and are not asked any more."""
        items = self.instrument.form_items(self.form)
        return [
            say(item.title, self.language)
            for item in items
            if item.code in self.standing.answers and item.code not in self.places
        ]

    @property
    def title(self) -> str:
        return say(self.instrument.title, self.language)

    @property
    def questions(self) -> str:
        """Address of the questions' pages, without the place."""
        return address("answering.question", sitting_id=self.sitting_id, place=1).removesuffix("1")

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        return path.numbers(self.instrument, self.form, self.steps)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Item → the place of its page."""
        return {step.item.code: place for place, step in enumerate(self.steps, 1)}

    @cached_property
    def waits(self) -> Mapping[str, str]:
        """Item that is not open yet → the question to take first."""
        return locked(self.instrument, self.steps, self.standing.taken)

    @property
    def total(self) -> int:
        return len(self.numbers)

    @property
    def answered(self) -> int:
        return sum(code in self.standing.answers for code in self.numbers)

    def section(self, step: Step) -> str:
        """Its title, where there is more than one section."""
        several = any(one.section.code != step.section.code for one in self.steps)
        return say(step.section.title, self.language) if several else ""

    def number_at(self, place: int) -> int:
        """The number of the question at a place; for words to read, of the question after them."""
        coming = (self.numbers.get(step.item.code) for step in self.steps[place - 1 :])
        return next((number for number in coming if number is not None), self.total)

    def question(self, step: Step, *, given: object = None) -> Question:
        """`given`: what was typed and refused, instead of what is stored."""
        item = step.item
        own = masked(self.instrument, self.form, item, self.seed)
        answer = own.hide(self.standing.answers.get(item.code)) if given is None else given
        *story, text = _paragraphs(say(item.text, self.language))
        return Question(
            code=item.code,
            kind=item.type,
            is_numbered=is_question(item),
            title=say(item.title, self.language),
            text=text,
            story=tuple(story),
            stem=say(item.stem, self.language) if isinstance(item, LikertItem) else "",
            case=self._case(step),
            field=show(own.item, answer, self.language),
        )

    def _case(self, step: Step) -> Case | None:
        found = self.instrument.stimulus_of(step.item)
        if found is None:
            return None
        return Case(
            code=found.code,
            title=say(found.title, self.language),
            paragraphs=tuple(_paragraphs(say(found.text, self.language))),
            picture=_picture(found, self.language),
            is_open=self.opens_case(step),
        )

    def opens_case(self, step: Step) -> bool:
        """Whether this is the first question about its case."""
        first = next(one for one in self.steps if one.item.stimulus == step.item.stimulus)
        return first.item.code == step.item.code

    def track(self, current: int) -> Track:
        return Track.of(self.numbers, current, self.standing.answers, self.standing.flagged)

    @property
    def lines(self) -> list[Line]:
        return [
            self._line(place, step)
            for place, step in enumerate(self.steps, 1)
            if step.item.code in self.numbers
        ]

    @property
    def consents(self) -> list[Line]:
        """Statements to agree with before sending: they have no number."""
        return [
            self._line(place, step)
            for place, step in enumerate(self.steps, 1)
            if isinstance(step.item, ConsentItem)
        ]

    def alternatives(self, code: str) -> list[Alternative]:
        item = self.instrument.item(code)
        return [
            Alternative(given.position, self.words(item, given.value), given.at, place == 0)
            for place, given in enumerate(self.standing.conflicts.get(code, ()))
        ]

    def words(self, item: Item, answer: Answer) -> str:
        """An answer in words, isolated: a right-to-left mark in it cannot turn the page round."""
        return Markup("<bdi>%s</bdi>") % describe(item, answer, self.language, _)

    def place_after(self, place: int, *, now: str = "") -> int:
        """The next place that is open, `now` taken too; the place itself while it keeps the next one locked."""
        if place == len(self.steps):
            return place
        taken = self.standing.taken | {now}
        first = locked(self.instrument, self.steps, taken).get(self.steps[place].item.code)
        return place + 1 if first is None else self.places[first]

    def resume_place(self) -> int:
        """Where the person stopped: the last question touched, or the one after it when it has its answer.

        Where the whole order is fixed: the question that opens the next one, with the words to read before it.
        """
        if self.instrument.order == "fixed" and (first := self._first_to_take()):
            return first
        last = self.places.get(self.standing.last_item or "", 0)
        if last and self.steps[last - 1].item.code not in self.standing.answers:
            return last
        return min(last + 1, len(self.steps))

    def _first_to_take(self) -> int | None:
        taken = self.standing.taken
        place = next((self.places[code] for code in self.numbers if code not in taken), None)
        while place is not None and place > 1:
            before = self.steps[place - 2].item
            if is_question(before) or before.code in self.standing.shown:
                break
            place -= 1
        return place

    def _line(self, place: int, step: Step) -> Line:
        code = step.item.code
        answer = self.standing.answers.get(code)
        return Line(
            place=place,
            number=self.numbers.get(code, 0),
            title=say(step.item.title, self.language),
            answer="" if answer is None else self.words(step.item, answer),
            flagged=code in self.standing.flagged,
            is_answered=answer is not None,
            is_conflict=code in self.standing.conflicts,
            is_passed=answer is None and code in self.standing.taken,
            is_locked=code in self.waits,
            section=self.section(step),
        )


def _paragraphs(text: str) -> list[str]:
    found = [part.strip() for part in text.split("\n\n")]
    return [part for part in found if part] or [""]


def _picture(case: Stimulus, language: str) -> Picture | None:
    image = case.image
    if image is None:
        return None
    size = max(1, round(len(image.content) / 1024))
    return Picture(say(image.alt, language), image.width, image.height, size)
