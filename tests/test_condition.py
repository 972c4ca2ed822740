"""The condition language where files and filters must mean the same."""

from datetime import date

import pytest

from deskcli.condition import bind, from_words, from_yaml, holds

TODAY = date(2026, 11, 23)
HEADER = {"due": "2026-11-23", "opened_at": "2026-11-23T09:12:00-03:00", "status": "novo"}


@pytest.mark.parametrize("held", ["today", "hoje", "2026-11-23", "23/11", ["today", "tomorrow"]])
@pytest.mark.parametrize("field", ["due", "opened_at"])
def test_a_date_alone_is_that_day_in_a_file_as_in_a_filter(field: str, held: str) -> None:
    assert holds(bind(from_yaml({field: held}), TODAY), HEADER)
    word = ",".join(held) if isinstance(held, list) else held
    assert holds(bind(from_words(f"{field}:{word}"), TODAY), HEADER)
    assert not holds(bind(from_yaml({field: held}), date(2026, 11, 25)), {"due": "2026-11-20"})
