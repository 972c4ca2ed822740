"""The condition language where files and filters must mean the same."""

from datetime import date

import pytest

from deskcli.condition import Condition, bind, from_words, from_yaml, holds
from deskcli.condition import tests as parts_of

TODAY = date(2026, 11, 23)
PEOPLE = ["assignee", "mentions", "visit.with", "fields.seller"]
HEADER = {"due": "2026-11-23", "opened_at": "2026-11-23T09:12:00-03:00", "status": "novo"}


@pytest.mark.parametrize("held", ["today", "hoje", "2026-11-23", "23/11", ["today", "tomorrow"]])
@pytest.mark.parametrize("field", ["due", "opened_at"])
def test_a_date_alone_is_that_day_in_a_file_as_in_a_filter(field: str, held: str) -> None:
    assert holds(bind(from_yaml({field: held}), TODAY), HEADER)
    word = ",".join(held) if isinstance(held, list) else held
    assert holds(bind(from_words(f"{field}:{word}"), TODAY), HEADER)
    assert not holds(bind(from_yaml({field: held}), date(2026, 11, 25)), {"due": "2026-11-20"})


@pytest.mark.parametrize("word", ["me", "@me"])
@pytest.mark.parametrize("field", ["assignee", "mentions", "visit.with", "seller"])
def test_me_is_who_asks_where_people_stand(field: str, word: str) -> None:
    """In a file as in a filter; of a form's field `bind` is told."""
    for asked in (from_yaml({field: word}), from_words(f"{field}:{word},zoe")):
        bound = bind(asked, TODAY, "ana", is_person=PEOPLE.__contains__)
        assert [test.values[0] for test in parts_of(bound)] == ["ana"]


@pytest.mark.parametrize("words", ["me", "@me", "title:~me", "tags:me", "assignee:~me", "x:me"])
def test_me_is_a_word_elsewhere(words: str) -> None:
    """`me liga` is what a Brazilian customer writes."""
    asked = from_words(words)
    assert bind(asked, TODAY, "ana") == asked


@pytest.mark.parametrize(
    "asked", [from_yaml({"text": ["cuba", "pia"]}), from_words("text:cuba,pia")]
)
def test_the_text_is_asked_for_what_it_contains(asked: Condition) -> None:
    """No ticket's whole text is one word."""
    assert holds(bind(asked, TODAY), {"text": "Uma PIÁ dupla\nbranca"})
    assert not holds(bind(asked, TODAY), {"text": "Uma pedra"})
