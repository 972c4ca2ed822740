"""A status, form, category, assignee or team written by hand that names nothing of the desk: no
work goes on over it in silence, reading does, and the command that is told mends it.
"""

import re
import shlex
from pathlib import Path

import pytest
from promises.desks import NOW, always, attended_desk, copy_of, done, files, run, tickets

CREATED = "-c duvida_produto --name 'Ana Prado' --email ana@example.com -f product=Cuba"
STATUS, CATEGORY = ("status: novo", "status: nvo"), ("duvida_produto", "duvida_prduto")
ASSIGNEE = ("assignee: vendedor-2", "assignee: vendedro-2")
FORM = ("form: orcamentos-atendimento", "form: orcamentos-atendmento")
TEAM = ("assignee: vendedor-2", "assignee: vendedor-2\nteam: traigem")
LOST = pytest.mark.parametrize(
    "edit", [STATUS, FORM, CATEGORY, ASSIGNEE, TEAM], ids=lambda e: e[1].split("\n")[-1]
)
WORK = (
    "resolve 1",
    "move 1 resolvido",
    "cancel 1 -m desistiu",
    "reply 1 oi",
    "set 1 product=Piso",
    "due 1 26/11",
    "apply 1 niver",
)


_moment = always(NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    created = [*shlex.split(CREATED), "-f", "reason=duvida", "-a", "vendedor-2"]
    return attended_desk(tmp_path_factory.mktemp("lost") / "mesa", NOW, *created)


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    return copy_of(made, tmp_path / "mesa")


def write(desk: Path, *edits: tuple[str, str]) -> None:
    path = desk / "tickets/2026/11/ESP-1.yaml"
    header, history = path.read_text().split("history:")
    for was, now in edits:
        assert was in header, header
        header = header.replace(was, now)
    path.write_text(f"{header}history:{history}")


def told(err: str) -> list[list[str]]:
    return [shlex.split(line)[1:] for line in re.findall(r"tente: (deskcli .*)$", err, re.M)]


@LOST
@pytest.mark.parametrize("work", WORK)
def test_no_work_goes_on_over_a_name_that_is_lost(
    work: str, edit: tuple[str, str], desk: Path
) -> None:
    write(desk, edit)
    before = files(desk)
    found = run(desk, *shlex.split(work))
    assert found.code == 3 and files(desk) == before, found
    assert edit[1].split(": ")[-1] in found.err
    [mend] = told(found.err)
    done(desk, *mend)
    assert not run(desk, "check").err.count("ESP-1.yaml")
    again = run(desk, *shlex.split(work), "-n")
    assert "perdid" not in again.err and mend not in told(again.err), again


def test_all_that_is_lost_is_told_in_the_order_in_which_it_is_mended(desk: Path) -> None:
    write(desk, STATUS, CATEGORY, (ASSIGNEE[0], TEAM[1].replace(*ASSIGNEE)))
    found = run(desk, "reply", "1", "oi")
    mends = told(found.err)
    assert [mend[2] for mend in mends] == ["move", "set", "assign", "set"], found
    for mend in mends[:2]:
        done(desk, *mend)
    for mend in mends[2:]:
        run(desk, *mend)  # the category may have decided it anew
    header = tickets(desk)["ESP-1"].header
    assert (header["status"], header["category"]) == ("novo", "duvida_produto")
    done(desk, "reply", "1", "oi")


@pytest.mark.parametrize(
    ("edit", "mend"),
    [
        (STATUS, "move 1 pendente"),
        (CATEGORY, "set 1 category=orcamento_vcc reason=orcamento_pendente"),
        (CATEGORY, "set 1 form=pos-vendas category=rastreio order_number=7"),
        (FORM, "set 1 form=pos-vendas category=rastreio order_number=7"),
        (ASSIGNEE, "assign 1 joao"),
        (ASSIGNEE, "assign 1 team:triagem"),
        (ASSIGNEE, "set 1 category=orcamento_vcc reason=orcamento_pendente"),
        (TEAM, "assign 1 team:triagem"),
        (TEAM, "set 1 team="),
        (TEAM, "set 1 category=orcamento_vcc reason=orcamento_pendente"),
    ],
)
def test_what_mends_it_is_never_in_its_own_way(
    edit: tuple[str, str], mend: str, desk: Path
) -> None:
    statuses = desk / "workflows/statuses.yaml"
    statuses.write_text(statuses.read_text() + "- {id: pendente, label: Pendente, state: open}\n")
    write(desk, edit)
    done(desk, *mend.split())
    assert edit[1].split(": ")[-1] not in str(tickets(desk)["ESP-1"].header)


def test_nobody_is_closed_from_a_status_that_is_lost(desk: Path) -> None:
    """Whether it may go there nobody can say; back into work it may."""
    write(desk, STATUS)
    for command in ("move 1 resolvido", "resolve 1", "reopen 1"):
        assert run(desk, *command.split()).code == 3
    [mend] = told(run(desk, "resolve", "1").err)
    assert mend[-1] == "novo", "of the open ones, though a closed one should be nearer"


@LOST
def test_reading_and_notes_go_on(edit: tuple[str, str], desk: Path) -> None:
    write(desk, edit)
    for command in ("show 1", "list", "why 1", "history 1", "today", "apply 1"):
        assert run(desk, *command.split()).code == 0
    assert run(desk, "annotate", "1", "vi").code == 0


def test_a_rule_does_not_move_it_and_may_give_it_to_somebody(desk: Path) -> None:
    rules = desk / "workflows/rules"
    for path in rules.glob("*.yaml"):
        path.unlink()
    (rules / "r.yaml").write_text(
        "id: r\nlabel: Para alguém\nwhen: {assignee: vendedro-2}\nactions:\n- reassign: joao\n"
    )
    write(desk, ASSIGNEE)
    done(desk, "sweep")
    assert tickets(desk)["ESP-1"].header["assignee"] == "joao"
    (rules / "r.yaml").write_text(
        "id: fim\nlabel: Fim\nwhen: {open: true}\nactions:\n- move: resolvido\n"
    )
    write(desk, CATEGORY)
    before = files(desk)
    found = run(desk, "sweep")
    assert found.code == 3 and "duvida_prduto" in found.err and files(desk) == before, found
