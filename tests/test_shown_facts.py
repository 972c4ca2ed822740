"""What a filter asks of a ticket can be shown, counted and read: columns of views, report, JSON."""

import json
from pathlib import Path

import pytest
from promises.desks import always, attended_desk, done, run

CREATED = ["-c", "orcamento_vcc", "--name", "Ana", "--email", "ana@example.com"]
LATE = "2026-11-23T20:00"  # a Monday after hours: it counts for Tuesday
_moment = always(LATE)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return attended_desk(tmp_path / "mesa", LATE, *CREATED, "-m", "Olá")


def viewed(desk: Path, columns: str) -> None:
    """The view of all quotes shows these columns."""
    views = desk / "workflows" / "views.yaml"
    text = f"views:\n  x:\n    label: X\n    columns: [{columns}]\n"
    views.write_text(text)


def test_columns_show_who_asked_and_the_day_it_counts_for(desk: Path) -> None:
    viewed(desk, "requester, arrived, updated, state, open")
    checked = run(desk, "check")
    assert "views.yaml" not in checked.err + checked.out, checked
    shown = done(desk, "list", "--view", "x")
    assert "Ana" in shown.out and "24/11" in shown.out and "Chegou" in shown.out, shown
    row = done(desk, "list", "--view", "x", "--format", "csv").out.splitlines()[1]
    assert "2026-11-24" in row and "true" in row, row


def test_a_column_that_nothing_fills_is_told_of_where_it_is_empty(desk: Path) -> None:
    viewed(desk, "arived, xyz, overdue")
    found = run(desk, "list", "--view", "x")
    assert "views.yaml:4:15" in found.err and "'arrived'" in found.err, found
    assert "'xyz'" in found.err and "'overdue'" in found.err
    assert "ESP-1" in found.out


def test_what_a_filter_asks_is_counted_and_read(desk: Path) -> None:
    counted = json.loads(done(desk, "report", "--by", "arrived,open", "--json").out)
    [row] = counted["counts"]
    assert (row["arrived"], row["open"], row["tickets"]) == ("2026-11-24", "true", 1)
    [ticket] = json.loads(done(desk, "list", "arrived:24/11", "--json").out)["tickets"]
    assert ticket["arrived"] == "2026-11-24"


@pytest.mark.parametrize("asked", ["requester:ana", "statuss:novo", "visit.phone:1"])
def test_a_filter_by_what_no_ticket_has_proposes_what_there_is(desk: Path, asked: str) -> None:
    """Also where the name is one of the header's own, for which no form had to be read."""
    found = run(desk, "list", asked)
    assert found.code == 5 and "Você quis dizer '" in found.err, found


def test_me_is_a_word_of_the_text_and_a_person_where_people_stand(desk: Path) -> None:
    done(desk, "create", "-c", "orcamento_vcc", "--name", "Rui", "--email", "rui@example.com")
    done(desk, "set", "2", "title=Por favor me liga", "tags=me")
    done(desk, "assign", "2", "@me")
    for asked in ("favor me", "title:~me", "tags:me", "assignee:me", "assignee:@me"):
        assert done(desk, "list", *asked.split(), "--format", "ids").out.split() == ["ESP-2"], asked


def test_me_is_a_person_where_a_form_asks_for_one(desk: Path) -> None:
    sold = ("--form", "pedido-finalizado", "-c", "pedido_esplane", "--email", "bia@example.com")
    given = ("order_number=77", "amount=1234,5", "seller=@me", "order_channel=site")
    more = (word for one in given for word in ("-f", one))
    done(desk, "--as", "joao", "create", "--name", "Bia", *sold, *more)
    for asked in ("seller:me", "seller:@me"):
        assert done(desk, "--as", "joao", "list", asked, "--format", "ids").out == "ESP-2\n"
        assert done(desk, "list", asked, "--format", "ids").out == ""
