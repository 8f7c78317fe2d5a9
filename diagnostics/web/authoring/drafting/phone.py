"""One item as a respondent's phone shows it: the templates of the player on the draft's own documents."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.web.item_fields import Field, show
from diagnostics.web.track import Track
from instruments.document import Instrument, Item, LikertItem, is_question
from instruments.pictures import Picture
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the player, as its templates read it."""

    code: str
    kind: str
    title: str
    text: str  # the question itself; what comes before it is in `story`
    story: tuple[str, ...]
    field: Field
    stem: str = ""  # words above the statement that all rows of a matrix share


@dataclass(frozen=True, slots=True)
class Case:
    title: str
    paragraphs: tuple[str, ...]
    image: Picture | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Phone:
    """A page of the player, with nothing of the keys in it."""

    title: str
    question: Question
    number: int
    track: Track
    stimulus: Case | None = None

    @property
    def is_info(self) -> bool:
        return not self.number


def phone_of(
    instrument: Instrument, form: str, code: str, language: str, given: object = None
) -> Phone | None:
    """None where the item is not to be seen in that form, or cannot be drawn yet."""
    try:
        items = instrument.form_items(form)
    except KeyError:
        return None
    item = next((one for one in items if one.code == code), None)
    if item is None:
        return None
    asked = [one.code for one in items if is_question(one)]
    number = asked.index(code) + 1 if code in asked else 0
    return Phone(
        say(instrument.title, language),
        question_of(item, language, given),
        number,
        Track.of(asked, number, asked[: max(0, number - 1)]),
        stimulus_of(instrument, item, language),
    )


def question_of(item: Item, language: str, given: object = None) -> Question:
    *story, text = paragraphs(say(item.text, language))
    return Question(
        code=item.code,
        kind=item.type,
        title=say(item.title, language),
        text=text,
        story=tuple(story),
        field=show(item, given, language),
        stem=say(item.stem, language) if isinstance(item, LikertItem) else "",
    )


def stimulus_of(instrument: Instrument, item: Item, language: str) -> Case | None:
    found = instrument.stimulus_of(item)
    if found is None:
        return None
    alt = say(found.image.alt, language) if found.image else ""
    return Case(say(found.title, language), tuple(paragraphs(say(found.text, language))), found.image, alt)


def paragraphs(text: str) -> list[str]:
    found = [part.strip() for part in text.split("\n\n")]
    return [part for part in found if part] or [""]
