from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.improvement.texts import masked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Хочу больше экскурсий", "Хочу больше экскурсий"),
        ("Мария Ивановна кричит на уроке", "[имя] кричит на уроке"),
        ("пусть Иванова М. И. объясняет", "пусть [имя] объясняет"),
        ("А. П. Чехову бы понравилось", "[имя] бы понравилось"),
        ("спасибо Петровне", "спасибо [имя]"),
        ("Сидорова Анна Петровна и Орлов Пётр ставят тройки", "[имя] и [имя] ставят тройки"),
        ("звоните 8 (900) 123-45-67 или a@b.ru", "звоните [контакт] или [контакт]"),
        ("смотрите https://vk.com/abc", "смотрите [контакт]"),
        ("ремонт\n\n в   столовой", "ремонт в столовой"),
        ("В 7А нет физики 2 месяца", "В 7А нет физики 2 месяца"),
    ],
)
def test_what_looks_like_a_name_or_an_address_is_taken_out(text: str, told: str) -> None:
    assert masked(text) == told


@given(st.text(max_size=200))
def test_masking_never_fails_and_is_final(text: str) -> None:
    once = masked(text)
    assert masked(once) == once
