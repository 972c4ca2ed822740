"""What a person writes into a ticket's file is recorded as what it is: an edit of the file's owner,
at the time the file was saved; and it counts as an update of the day (O8).
"""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from promises.desks import copy_of, environment, new_desk, run, tickets
from test_pack_esplane import MONDAY, conversation
from test_pack_esplane import scene as pack_scene

from deskcli.act import annotate
from deskcli.desk import Desk
from deskcli.ticket import Event, Saved, Ticket

UID = 4711


def edited(by: str, saved: Saved | None) -> Event:
    """The event for a title changed by hand; the last thing known is of Friday 10:00."""
    here = pack_scene("atendente-1")
    here.owner = lambda uid: by if uid == UID else "?"
    held = conversation("joao")
    ticket = Ticket({**held.header, "title": "Cuba"}, held.history, saved=saved)
    found, noted = annotate(here, ticket, "liguei").events
    assert (found.did, found.sets["title"], noted.by) == ("edited", "Cuba", "atendente-1")
    assert noted.at == MONDAY.isoformat()
    return found


def test_by_whoever_owns_the_file_when_it_was_saved() -> None:
    found = edited("vendedor-2", Saved(UID, (MONDAY - timedelta(hours=1)).timestamp()))
    assert (found.by, found.as_, found.via) == ("vendedor-2", "", "file")
    assert found.at == (MONDAY - timedelta(hours=1)).isoformat()


def test_an_owner_whom_the_desk_does_not_know_is_named_by_login() -> None:
    assert edited("www-data", Saved(UID, MONDAY.timestamp())).by == "www-data"


@pytest.mark.parametrize(
    "saved",
    [
        (MONDAY + timedelta(minutes=1)).timestamp(),
        datetime(2026, 11, 20, 12, 59, 59, tzinfo=UTC).timestamp(),
        1e15,
    ],
    ids=["in the future", "before the last event", "in no calendar"],
)
def test_a_time_that_can_not_be_is_now(saved: float) -> None:
    assert edited("vendedor-2", Saved(UID, saved)).at == MONDAY.isoformat()


def test_without_a_file_nobody_is_named() -> None:
    found = edited("vendedor-2", None)
    assert (found.by, found.at) == ("deskcli", MONDAY.isoformat())


# -- on the disk ----------------------------------------------------------------------------------

ROWS = "Nome;E-mail;Categoria Assunto;Produto;Mensagem\nAna;a@example.com;{};Cuba;Oi\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ticket from a site, of Monday morning; whoever runs the test is Vendedor 2."""
    folder = tmp_path_factory.mktemp("hand")
    (folder / "rows.csv").write_text(ROWS.format("Dúvidas de produtos"))
    with environment({"DESKCLI_NOW": "2026-11-23T09:00:00-03:00"}):
        root = new_desk(folder / "desk")
        people = root / "people.yaml"
        me = f"- id: vendedor-2\n  login: ['{Desk(root).login}']\n"
        people.write_text(people.read_text().replace("- id: vendedor-2\n", me))
        assert run(root, "import", str(folder / "rows.csv"), "-m", "generic").code == 0
    return root


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Iterator[Path]:
    """The same on Tuesday, when both rules of the day are late."""
    with environment({"DESKCLI_NOW": "2026-11-24T13:00:00-03:00"}):
        yield copy_of(base, tmp_path / "desk")


def edit(desk: Path, was: str, now: str, at: str = "2026-11-23T15:30:00-03:00") -> Path:
    path = desk / "tickets/2026/11/ESP-1.yaml"
    path.write_text(path.read_text().replace(was, now, 1))
    os.utime(path, (datetime.fromisoformat(at).timestamp(),) * 2)
    return path


def test_the_next_command_records_it(desk: Path) -> None:
    edit(desk, "title: Oi", "title: Cuba de apoio")
    assert run(desk, "annotate", "1", "vi").code == 0
    found = tickets(desk)["ESP-1"].history[-2]
    assert (found.did, found.by, found.at) == ("edited", "vendedor-2", "2026-11-23T15:30:00-03:00")
    told = run(desk, "history", "1").out
    assert "23/11/2026 15:30  editado à mão  Vendedor 2 (dono do arquivo)" in told


@pytest.mark.skipif(os.getuid() != 0, reason="only root may give a file away")
def test_a_file_of_somebody_else(desk: Path) -> None:
    os.chown(edit(desk, "title: Oi", "title: Cuba de apoio"), 54321, -1)
    assert run(desk, "annotate", "1", "vi").code == 0
    assert tickets(desk)["ESP-1"].history[-2].by == "54321"


def test_a_field_changed_by_hand_is_an_update(desk: Path) -> None:
    """O8: the lists know at once, and no rule calls the ticket late."""
    assert "ESP-1" in run(desk, "list", "--view", "nao-atualizados", "--format", "ids").out
    edit(desk, "product: Cuba", "product: Cuba de apoio")
    assert "ESP-1" not in run(desk, "list", "--view", "nao-atualizados", "--format", "ids").out
    assert '"updated_at": "2026-11-23T15:30:00-03:00"' in run(desk, "list", "--json").out
    assert run(desk, "sweep").out == ""
    assert "flags" not in tickets_text(desk)


def tickets_text(desk: Path) -> str:
    return (desk / "tickets/2026/11/ESP-1.yaml").read_text()


def test_only_where_the_desk_says_so(desk: Path) -> None:
    path = desk / "desk.yaml"
    path.write_text(path.read_text().replace("moved, resolved, edited]", "moved, resolved]"))
    edit(desk, "product: Cuba", "product: Cuba de apoio")
    assert "ESP-1" in run(desk, "list", "--view", "nao-atualizados", "--format", "ids").out
    assert run(desk, "sweep").out != ""


def test_a_comment_is_no_edit(desk: Path) -> None:
    edit(desk, "title: Oi", "title: Oi  # ligar amanhã")
    assert run(desk, "sweep").out != ""
    assert [e.did for e in tickets(desk)["ESP-1"].history[2:]] == ["swept", "swept"]


def test_what_was_updated_before_keeps_its_time(desk: Path) -> None:
    assert run(desk, "--at", "2026-11-23T11:00", "set", "1", "product=Pia").code == 0
    edit(desk, "product: Pia", "product: Cuba de apoio")
    assert '"updated_at": "2026-11-23T11:00:00-03:00"' in run(desk, "list", "--json").out


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("'caminho\\': {b: c}", "caminho\\\\.b"),
        ("'caminho\\.b': c", "caminho\\\\\\.b"),
        ("'c.a\\': {'b.': {'\\': c}}", "c\\.a\\\\.b\\..\\\\"),
        ("'C:\\obras': c", "C:\\\\obras"),
    ],
)
def test_a_key_of_any_letters_is_recorded_once_and_taken_out_alone(
    written: str, path: str, desk: Path
) -> None:
    """The path in the event leads to that key; nothing else is written into the header."""
    edit(desk, "status: novo", f"status: novo\n{written}")
    header = tickets_text(desk).split("history:")[0]
    for n in range(2):
        assert run(desk, "annotate", "1", f"vi {n}").code == 0
        assert tickets_text(desk).split("history:")[0] == header
    edits = [e.sets for e in tickets(desk)["ESP-1"].history if e.did == "edited"]
    assert edits == [{path: "c"}]
    edit(desk, f"\n{written}", "")
    assert run(desk, "annotate", "1", "tirei").code == 0
    assert tickets(desk)["ESP-1"].history[-2].sets == {path: None}


@pytest.mark.parametrize("empty", ["fields:", "fields: {}", "fields: {product: }"])
def test_values_that_a_hand_took_out_are_given_again(empty: str, desk: Path) -> None:
    [was] = re.findall(r"^fields:(?:.*\n .*|.*$)", tickets_text(desk), re.MULTILINE)
    edit(desk, was, empty)
    found = run(desk, "set", "1", "category=orcamento_vcc", "product=Pia")
    assert found.code == 0, found
    assert tickets(desk)["ESP-1"].header["fields"]["product"] == "Pia"


def test_a_history_with_a_day_that_is_none(desk: Path) -> None:
    """Nobody can tell what came first: the file can not be read, and its place is told."""
    edit(desk, "at: '2026-11-23T09:00:00", "at: '2026-13-45T09:00:00")
    edit(desk, "at: '2026-11-23T09:00:00", "at: '2026-13-45T09:00:00")
    listed = run(desk, "list")
    assert (listed.code, "ESP-1.yaml:16:7" in listed.err) == (65, True)


@pytest.mark.parametrize(
    ("was", "edit", "place", "word"),
    [
        ("category: orcamento_vcc", "category: inventada", ":5:11: ", "'inventada'"),
        ("status: novo", "status: em andamento", ":6:9: ", "'em andamento'"),
        ("assignee: vendedor-2", "assignee: vendedor 3", ":7:11: ", "'vendedor 3'"),
        ("requester: {name: Ana Prado, email: ana@example.com}\n", "", ":1:1: ", "requester.email"),
        ("title: Cuba", "title: Pia", "", ""),
    ],
)
def test_a_command_warns_of_an_edit_that_check_refuses(
    tmp_path: Path, was: str, edit: str, place: str, word: str
) -> None:
    desk = new_desk(tmp_path / "desk")
    with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00"}):
        assert run(desk, "init", "--login", "joao").code == 0
        asked = ["--name", "Ana Prado", "--email", "ana@example.com", "-m", "Cuba"]
        assert run(desk, "create", "-c", "orcamento_vcc", *asked).code == 0
        [path] = desk.glob("tickets/*/*/ESP-1.yaml")
        text = path.read_text()
        assert was in text, text
        path.write_text(text.replace(was, edit, 1))
        found = run(desk, "annotate", "1", "liguei")
        assert found.code == 0 and place in found.err and word in found.err, found
        assert found.err if word else not found.err
        assert not run(desk, "annotate", "1", "de novo").err  # it was told once


FOREIGN = "'Rastreio' é do formulário 'Pós Vendas' (pos-vendas), não de 'Orçamentos e Atendimento'"
ELSEWHERE = {
    "a form that asks for more": (
        [("form: orcamentos-atendimento", "form: pos-vendas")],
        ["Falta Número do pedido", "'Orçamento VCC' é do formulário 'Orçamentos e Atendimento'"],
        "set ESP-1 form=orcamentos-atendimento",
    ),
    "an option that needs more": (
        [("category: orcamento_vcc", "category: duvida_produto")],
        ["'Dúvidas de produtos' precisa de Produto"],
        "set ESP-1 product=VALOR",
    ),
    "an option of another form": (
        [("category: orcamento_vcc", "category: rastreio")],
        [FOREIGN],
        "set ESP-1 form=pos-vendas order_number=VALOR",
    ),
    "an option of which the ladder asks more (O33.11)": (
        [
            ("category: orcamento_vcc", "category: boletos"),
            ("fields: {reason", "fields: {order_channel: site, reason"),
        ],
        ["Falta Telefone para saber quem recebe"],
        "set ESP-1 requester.phone=VALOR",
    ),
}


@pytest.mark.parametrize(("edits", "said", "mend"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_an_edit_makes_wrong_elsewhere_is_told_too(
    edits: list[tuple[str, str]], said: list[str], mend: str, tmp_path: Path
) -> None:
    """At the next command and by `check`, in the same words, with the command that mends it."""
    desk = new_desk(tmp_path / "desk")
    asked = ["--name", "Ana Prado", "--email", "ana@example.com", "-m", "Cuba"]
    with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00"}):
        assert run(desk, "init", "--login", "atendente-1").code == 0
        assert run(desk, "create", "-c", "orcamento_vcc", *asked).code == 0
        for edit in edits:
            choose(desk, *edit)
        for command in (["annotate", "1", "vi"], ["check"]):
            found = run(desk, *command)
            assert all(words in found.err for words in said), found
            assert f"{mend}\n" in found.err, found
        given = mend.replace("VALOR", "11999990000").split()
        assert run(desk, *given).code == 0
        assert "ESP-1.yaml" not in run(desk, "check").err


# -- what only some may choose --------------------------------------------------------------------


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Path]:
    """A quote, opened and owned by an attendant, which sellers alone decline (O-X16)."""
    desk = new_desk(tmp_path / "desk")
    with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00"}):
        assert run(desk, "init", "--login", "atendente-1").code == 0
        asked = ["--name", "Ana Prado", "--email", "ana@example.com", "-m", "Cuba"]
        assert run(desk, "create", "-c", "duvida_produto", "-f", "reason=outro", *asked).code == 3
        asked += ["-f", "reason=outro", "-f", "product=Cuba"]
        assert run(desk, "create", "-c", "duvida_produto", *asked).code == 0
        yield desk


def choose(desk: Path, was: str, now: str) -> None:
    [path] = desk.glob("tickets/*/*/ESP-1.yaml")
    header, history = path.read_text().split("history:")
    assert was in header
    path.write_text(f"{header.replace(was, now)}history:{history}")


DECLINED = ("category: duvida_produto", "category: declinado_frete")
PLACES = {"form": ":3:7: ", "category": ":4:11: ", "status": ":5:9: "}


@pytest.mark.parametrize(
    ("edit", "key"),
    [
        (DECLINED, "category"),
        (("form: orcamentos-atendimento", "form: pedido-finalizado"), "form"),
        (("status: novo", "status: pendente"), "status"),
    ],
)
def test_what_only_some_may_choose_is_told_of_who_is_none(
    edit: tuple[str, str], key: str, limited: Path
) -> None:
    """O18, O-X16: at the next command and by `check`; a warning, since the roles are those of now
    and the author is the file's owner.
    """
    statuses = limited / "workflows/statuses.yaml"
    pending = "- {id: pendente, label: Pendente, state: open, roles: [vendedor]}\n"
    statuses.write_text(statuses.read_text() + pending)
    choose(limited, *edit)
    for command in (["check"], ["annotate", "1", "vi"], ["check"]):
        found = run(limited, *command)
        [told] = [line for line in found.err.splitlines() if "só para vendedor" in line]
        assert f"ESP-1.yaml{PLACES[key]}aviso: " in told and "Atendente 1" in told, found
    people = limited / "people.yaml"
    text = people.read_text()
    people.write_text(text.replace("roles: [atendente]", "roles: [atendente, vendedor]", 1))
    assert "só para vendedor" not in run(limited, "check").err, "who may, may by hand"


def test_what_was_chosen_by_a_command_or_given_up_is_nobody_s_fault(limited: Path) -> None:
    choose(limited, *DECLINED)
    assert run(limited, "annotate", "1", "vi").code == 0
    assert "só para vendedor" in run(limited, "check").err
    for category in ("duvida_produto", "declinado_frete"):
        done = run(limited, "--as", "joao", "set", "1", f"category={category}")
        assert done.code == 0, done
        assert "só para vendedor" not in run(limited, "check").err
    choose(limited, "outcome: lost", "outcome: lost\nnota: à mão")
    assert run(limited, "annotate", "1", "vi").code == 0
    assert "só para vendedor" not in run(limited, "check").err


def test_a_closed_ticket_is_history(limited: Path) -> None:
    choose(limited, *DECLINED)
    assert run(limited, "--as", "joao", "resolve", "1").code == 0
    assert "só para vendedor" not in run(limited, "check").err


# -- what no command would have done --------------------------------------------------------------

DONE_BY_HAND = ("status: novo", "status: resolvido")
BY_HAND = {
    "a birthday resolved without its coupon (O33.16)": (
        *("aniversariantes", *DONE_BY_HAND),
        (":6:9: ", "precisa antes da ação automática niver"),
    ),
    "a registration resolved by who may not (O33.20)": (
        *("cadastro_esplane", *DONE_BY_HAND),
        (":5:9: aviso: ", "só são atualizados por supervisor; Atendente 1"),
    ),
    "a registration given another title": (
        *("cadastro_esplane", "title: Cuba", "title: Pia"),
        (" aviso: ", "só são atualizados por supervisor; Atendente 1"),
    ),
    "another brand than the option's": (
        *("orcamento_vcc", "brand: vcc", "brand: esplane"),
        (": ", "Marca é sempre 'vcc' em 'Orçamento VCC'"),
    ),
    "a tag of the form's taken out (O31)": (
        *("orcamento_vcc", "tags: [atendimento_inicializado]", "tags: []"),
        (": ", "é sempre 'atendimento_inicializado'"),
    ),
}


@pytest.mark.parametrize(("category", "was", "now", "said"), BY_HAND.values(), ids=BY_HAND)
def test_an_edit_that_no_command_would_make_is_told(
    category: str, was: str, now: str, said: tuple[str, str], tmp_path: Path
) -> None:
    desk = new_desk(tmp_path / "desk")
    asked = ["--name", "Ana Prado", "--email", "ana@example.com", "-m", "Cuba"]
    with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00"}):
        assert run(desk, "init", "--login", "atendente-1").code == 0
        made = run(desk, "create", "-c", category, "-f", "reason=outro", *asked)
        assert made.code in (0, 7), made
        assert "ESP-1" not in run(desk, "check").err
        choose(desk, was, now)
        for command in (["check"], ["annotate", "1", "vi"], ["check"]):
            found = run(desk, *command)
            [told] = [line for line in found.err.splitlines() if said[1] in line]
            assert "ESP-1.yaml" in told and said[0] in told, found
        given_back = (now, was) if now in tickets_text(desk) else ("\n\n", f"\n{was}\n\n")
        choose(desk, *given_back)
        is_told = said[1] in run(desk, "check").err
        assert is_told == (category == "cadastro_esplane"), "who may not touch it did so twice"
