"""The people and places that no file names: drawn from lists of names with a fixed seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from diagnostics.upkeep.demo.cast import DIRECTOR, Cast, Entry, Human, Place, Size, read_data, written

SEED = 1147
WOMEN = 0.8
FIRST_DRAWN_DISTRICT = 101
CATEGORIES = (None, "first", "highest")


class Teachers(Entry):
    usual: int
    of: Mapping[str, int]


class Subject(Entry):
    subject: str
    position: str
    weight: int


class Namesakes(Entry):
    """`father` is a number in `fathers`."""

    surname: str
    given: str
    father: int
    schools: tuple[str, ...]


class Large(Entry):
    schools: int
    teachers: int


class Names(Entry):
    surnames: tuple[str, ...]
    given: Mapping[str, tuple[str, ...]]
    fathers: tuple[tuple[str, str], ...]
    teachers: Teachers
    namesakes: Namesakes
    subjects: tuple[Subject, ...]
    districts: tuple[str, ...]
    large: Large


def cast(size: Size) -> Cast:
    """Everybody and every place of the demo of this size."""
    found = written(size)
    if size is Size.SMALL:
        return found
    names = Names.model_validate(read_data("names.yaml"))
    lots = _Lots(names, np.random.default_rng(SEED))
    schools, districts = found.schools, found.municipalities
    if size is Size.LARGE:
        districts += tuple(_districts(names))
        schools += tuple(_schools(names, districts[len(found.municipalities) :], len(schools)))
    people = (*found.people, *_teachers(names, found, schools, lots, size))
    heads = tuple(lots.director(school) for school in schools[len(found.schools) :])
    everybody = {"staff": (*found.staff, *heads), "people": people}
    return found.model_copy(update={"municipalities": districts, "schools": schools, **everybody})


class _Lots:
    """Draws people; no full name twice, but for the namesakes."""

    def __init__(self, names: Names, rng: np.random.Generator) -> None:
        self.names, self.rng = names, rng
        self.taken: set[str] = set()
        weights = np.array([one.weight for one in names.subjects], dtype=float)
        self.chances = weights / weights.sum()

    def teacher(self, school: str, number: int) -> Human:
        subject = self.names.subjects[int(self.rng.choice(len(self.names.subjects), p=self.chances))]
        experience = int(self.rng.integers(1, 38))
        return Human(
            code=f"d{number:04}",
            school=school,
            subject=subject.subject,
            position=subject.position,
            experience=experience,
            category=CATEGORIES[min(int(self.rng.integers(0, 3)), experience // 4)],
            education="higher",
            **self._name(),
        )

    def namesake(self, school: str, number: int) -> Human:
        one = self.names.namesakes
        named = {
            "surname": f"{one.surname}а",
            "given": one.given,
            "patronymic": self.names.fathers[one.father][0],
        }
        return self.teacher(school, number).model_copy(update=named)

    def director(self, school: Place) -> Human:
        return Human(
            code=f"{DIRECTOR}-{school.code}",
            role=DIRECTOR,
            node=school.code,
            position="директор",
            **self._name(),
        )

    def _name(self) -> dict[str, str]:
        while True:
            found = self._any_name()
            full = " ".join(found.values())
            if full not in self.taken:
                self.taken.add(full)
                return found

    def _any_name(self) -> dict[str, str]:
        is_woman = self.rng.uniform() < WOMEN
        surname = str(self.rng.choice(self.names.surnames))
        given = str(self.rng.choice(self.names.given["female" if is_woman else "male"]))
        father = self.names.fathers[int(self.rng.integers(len(self.names.fathers)))]
        return {
            "surname": f"{surname}а" if is_woman else surname,
            "given": given,
            "patronymic": father[0 if is_woman else 1],
        }


def _teachers(
    names: Names, found: Cast, schools: Sequence[Place], lots: _Lots, size: Size
) -> Iterator[Human]:
    """As many as each school lacks; the first drawn in the schools of the namesakes is one of them."""
    have = Counter(one.school for one in found.people)
    number = 0
    for place, school in enumerate(schools):
        wanted = names.teachers.of.get(school.code, names.teachers.usual)
        if size is Size.LARGE and place >= len(found.schools):
            wanted = _share(names, place - len(found.schools), found)
        for missing in range(wanted - have[school.code]):
            number += 1
            is_namesake = missing == 0 and school.code in names.namesakes.schools
            yield (lots.namesake if is_namesake else lots.teacher)(school.code, number)


def _share(names: Names, place: int, found: Cast) -> int:
    """Teachers of a drawn school, so that the sum over all is exact."""
    standing = names.teachers.usual * len(found.schools) + sum(
        number - names.teachers.usual for number in names.teachers.of.values()
    )
    rest, schools = names.large.teachers - standing, names.large.schools - len(found.schools)
    return rest * (place + 1) // schools - rest * place // schools


def _districts(names: Names) -> Iterator[Place]:
    for number, name in enumerate(names.districts, FIRST_DRAWN_DISTRICT):
        yield Place(code=str(number), title=f"{name} район", scope=Size.LARGE.value)


def _schools(names: Names, districts: Sequence[Place], standing: int) -> Iterator[Place]:
    for number in range(names.large.schools - standing):
        district = districts[number % len(districts)]
        own = number // len(districts) + 1
        title = f"Школа № {own}"
        yield Place(
            code=f"{district.code}{own:03}",
            title=f"{title} ({district.title})",
            short=title,
            municipality=district.code,
            scope=Size.LARGE.value,
        )
