"""What a filter asks of a ticket can be shown, counted and read: columns of views, report, JSON."""

import json
import re
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


@pytest.fixture
def asked_of(desk: Path) -> Path:
    """With an organisation, a person, a macro and an option of which the files say no more."""
    done(desk, "org", "add", "Loja Exemplo")
    given = ("-f", "reason=outro", "--email", "bia@example.com", "--org", "Loja Exemplo")
    done(desk, "create", "-c", "aniversariantes", "--name", "Bia", *given, "-m", "Voucher")
    [ticket] = (desk / "tickets").rglob("ESP-1.yaml")
    gone = "assignee: zezinho\norg: fechada\nmentions: [zezinho]\nvisit: {with: zezinho}\n"
    header, history = ticket.read_text().split("history:")
    header = re.sub(r"assignee: .*\n", gone, header)
    header = re.sub(r"reason: \w+", "reason: antigo", header)
    ticket.write_text(f"{header}history:{history}")
    return desk


@pytest.mark.parametrize(
    "asked",
    [
        *("org:naoexiste", "org:-naoexiste", "macros:naoexiste", "state:aberto", "open:talvez"),
        *("visit.with:fulano", "mentions:fulano", "seller:fulano", "reason:xyz", "flags:xyz"),
        *("outcome:xyz", "visit.done:xyz", "assignee:fulano", "overdue:talvez", "status:me"),
        *("reason:outro,xyz", "form:xyz", "category:xyz", "team:xyz"),
        "state:''",
    ],
)
def test_a_filter_by_what_is_neither_named_nor_on_a_ticket_is_refused(
    asked_of: Path, asked: str
) -> None:
    """An empty list means that there is nothing, never that there was a typo."""
    found = run(asked_of, "list", asked)
    assert found.code == 5 and not found.out, found
    wrong = re.split("[:,-]", asked)[-1].strip("'")
    assert f"'{wrong}'" in found.err, found
    assert "existem: ," not in found.err, "a name that is none"


def test_a_file_that_can_not_be_read_makes_no_typing_error_of_a_filter(asked_of: Path) -> None:
    """It may name what was typed; `check` tells of it."""
    rules = next(path for path in asked_of.rglob("*.yaml") if "flag: " in path.read_text())
    rules.write_text("rules: [")
    assert done(asked_of, "list", "flags:-xyz", "--format", "ids").out.split() == ["ESP-1", "ESP-2"]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        *((asked, "2") for asked in ("org:loja-exemplo", "org:'Loja Exemplo'", "text:voucher")),
        *((asked, "2") for asked in ("text:Voucher,xyz", "reason:outro", "reason:Outro")),
        *((asked, "1") for asked in ("org:fechada", "assignee:zezinho", "mentions:zezinho")),
        *((asked, "1") for asked in ("visit.with:zezinho", "reason:antigo", "text:-voucher")),
        *((asked, "12") for asked in ("state:new", "open:sim", "overdue:não", "macros:-niver")),
        *((asked, "12") for asked in ("tags:-vip", "title:-xyz", "seller:-joao", "origin:none")),
        *((asked, "") for asked in ("macros:Niver", "title:xyz", "tags:vip", "seller:João")),
    ],
)
def test_a_filter_finds_by_name_and_what_only_tickets_still_have(
    asked_of: Path, asked: str, ids: str
) -> None:
    found = done(asked_of, "list", asked, "--format", "ids")
    assert found.out.split() == [f"ESP-{n}" for n in ids], found


def test_a_filter_knows_the_values_of_every_pack(tmp_path: Path) -> None:
    desk = tmp_path / "mesa"
    done(desk, "init", str(desk), "--pack", "academia", "--login", "operador-1")
    refused = run(desk, "list", "priority:xyz")
    assert refused.code == 5 and "'xyz'" in refused.err and "alta" in refused.err, refused
    done(desk, "list", "priority:Alta")
