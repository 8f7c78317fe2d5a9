"""Words of the map of tasks."""

from __future__ import annotations

from reports.contents.item_scatter import ItemScatter
from reports.wording.numbers import number, percent
from reports.wording.words import Words


def scatter_title(found: ItemScatter, words: Words) -> str:
    """The finding: how many tasks fall out of the picture."""
    if not found.remarked:
        return words.say("Замечаний нет ни к одному заданию")
    return words.count(
        len(found.remarked),
        "Из общей картины выпадает %(n)d задание",
        "Из общей картины выпадают %(n)d задания",
        "Из общей картины выпадают %(n)d заданий",
    )


def scatter_subtitle(words: Words) -> str:
    return words.say("По вертикали — различающая способность; подписаны только задания с замечаниями")


def scatter_guide(found: ItemScatter, words: Words) -> str:
    return words.say(
        "ориентир: %(hard)s–%(easy)s и от %(least)s",
        hard=number(found.hard, words, 0),
        easy=percent(found.easy, words),
        least=number(found.least, words, 2),
    )


def scatter_alternative(found: ItemScatter, words: Words) -> str:
    """The figure in words: each task with a remark, and how many have none."""
    said = "; ".join(
        words.say(
            "%(title)s: решаемость %(p)s, различающая способность %(r)s, %(remark)s",
            title=one.title,
            p=percent(one.p, words),
            r=number(one.r, words, 2),
            remark=one.remark,
        )
        for one in found.remarked
    )
    rest = words.count(
        len(found.points) - len(found.remarked),
        "Без замечаний %(n)d задание.",
        "Без замечаний %(n)d задания.",
        "Без замечаний %(n)d заданий.",
    )
    return f"{said}. {rest}" if said else rest
