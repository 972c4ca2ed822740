"""`report`: what people spell in many ways is counted once (O16, O-X13)."""

from typing import Any

from deskcli.report import group


def asked(*products: str, **more: Any) -> list[dict[str, Any]]:
    return [{"fields": {"product": product}, **more} for product in products]


def test_spellings_are_one_and_the_most_frequent_is_shown() -> None:
    rows = asked("torneira eletrica", "Torneira elétrica", "Cuba", "Torneira  Elétrica")
    rows += asked("Torneira elétrica", "CUBA", "")
    assert group(rows, ["product"]) == [
        {"product": "Torneira elétrica", "tickets": 4},
        {"product": "Cuba", "tickets": 2},
        {"product": "", "tickets": 1},
    ]


def test_a_spelling_is_the_same_in_every_row_of_a_report() -> None:
    rows = [*asked("cuba", brand="vcc"), *asked("Cuba", "Cuba", brand="esplane")]
    assert group(rows, ["brand", "product"]) == [
        {"brand": "esplane", "product": "Cuba", "tickets": 2},
        {"brand": "vcc", "product": "Cuba", "tickets": 1},
    ]


def test_a_tag_that_a_ticket_has_in_two_spellings_counts_once() -> None:
    assert group([{"tags": ["VIP", "vip"]}], ["tags"]) == [{"tags": "VIP", "tickets": 1}]
