"""Telephones: one written form, and none that nobody could be called by (F20)."""

import pytest

from deskcli.values import phone, whatsapp

MOBILE = "+5511987654321"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11 98765-4321", MOBILE),
        ("(11) 98765-4321", MOBILE),
        ("011 98765-4321", MOBILE),
        ("0 15 11 98765-4321", MOBILE),  # by the carrier 15
        ("55 11 98765-4321", MOBILE),
        ("+55 11 98765-4321", MOBILE),
        ("0055 11 98765-4321", MOBILE),
        ("00 55 (11) 98765-4321", MOBILE),
        (" 005511987654321 ", MOBILE),
        ("0055 21 98888-7777", "+5521988887777"),
        ("11 3333-4444", "+551133334444"),
        ("0800 123 4567", "+558001234567"),
        ("+351 912 345 678", "+351912345678"),
        ("00 351 912 345 678", "+351912345678"),
        ("+1 555 123 4567", "+15551234567"),  # with a country's code it is taken on trust
        ("0011 98765-4321", None),  # neither of Brazil nor of North America
        ("(00) 91234-5678", None),  # no such areas
        ("(10) 98765-4321", None),
        ("(20) 3333-4444", None),
        ("(11) 1234-5678", None),
        ("(11) 8765-4321", None),  # of a mobile, the ninth digit
        ("+55 11 8765-4321", None),
        ("(11) 98765-432", None),
        ("98765-4321", None),
        ("+12", None),
        ("ligar amanhã", None),
        ("", None),
    ],
)
def test_a_telephone_is_one_that_can_be_called(text: str, expected: str | None) -> None:
    assert phone(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+55 11 8765-4321", MOBILE),
        ("+55 11 98765-4321", MOBILE),
        ("+55 11 3333-4444", "+551133334444"),
        ("+55 20 8765-4321", None),
        ("Ana 12", None),
    ],
)
def test_whatsapp_leaves_the_ninth_digit_out(text: str, expected: str | None) -> None:
    assert whatsapp(text) == expected
