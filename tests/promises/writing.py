"""Every command that writes, with a call of it that succeeds. A new one has to be put here, or
among those of `commands.py` that only read: `test_kills.py` fails without.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from promises.desks import ASKED, done, new_desk, run, tickets

DeskOf = Callable[[str], Path]  # a desk to break, by its pack
ESPLANE, ACADEMIA = "esplane", "academia"
AS = ["--as", "operador-1"]
ROWS = """Nome;E-mail;Telefone;Marca;Categoria Assunto;Produto;Mensagem
Bia Exemplo;bia@example.com;11 99999-0001;VCC;Dúvidas de produtos;Cuba;Qual a medida?
Caio Exemplo;caio@example.com;11 99999-0002;Esplane;Orçamento Esplane;Cuba;Duas cubas
Sem Motivo;sem@example.com;11 99999-0003;VCC;Assunto que não há;Cuba;Isto não entra
Davi Exemplo;davi@example.com;11 99999-0004;VCC;Dúvidas de produtos;Argamassa;"Rende quanto?
É para 20 m²."
Bia Exemplo;bia@example.com;11 99999-0001;VCC;Dúvidas de produtos;Cuba;Qual a medida?
Eva Exemplo;eva@example.com;11 99999-0005;Esplane;Orçamento Esplane;Pia;Uma pia
"""
TEN = "".join(f"Ana {n};a{n}@example.com;;VCC;Orçamento VCC;Cuba;Pergunta {n}\n" for n in range(10))
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n" * 40
TALK = """30/10/2026 08:40 - Recepção: bom dia, a catraca não libera a entrada
30/10/2026 08:41 - Operador 1: vou acessar
30/10/2026 08:50 - Operador 1: era o cabo, soltou
30/10/2026 08:52 - Recepção: e a impressora do totem não funciona
30/10/2026 08:53 - Operador 1: vamos testar à noite, sem alunos
30/10/2026 08:55 - Recepção: e o finger apagou
"""
PLAN = """common: {org: Academia Exemplo, channel: chat}
tickets:
- {lines: 1-3, title: Catraca parada na entrada, category: catraca, impact: catraca_livre}
- {lines: 4-5, title: Impressora do totem parada, category: impressora}
- {lines: 6, title: Finger apagado, category: finger}
"""


@dataclass(frozen=True)
class Case:
    """A command on a desk: `again` are the exit codes of its repetition, `least` at how many points
    it can be killed. What `repeats` does it once more then (a second note, a second ticket). Files
    are made durable together by `chunk`: of eight and more, by threads.
    """

    name: str
    args: list[str]
    least: int = 8
    again: frozenset[int] = frozenset((0,))
    prepared: Callable[[Path], object] = lambda desk: None
    repeats: bool = False
    on: str = ESPLANE
    chunk: int = 2  # so that an import has several
    thorough: bool = False  # at each point also when the others are sampled

    def spelled(self, desk: Path) -> list[str]:
        """Its words on this desk, with ids that the desk has made."""
        words = [word.replace("DESK", str(desk)) for word in self.args]
        return [_FOUND[word](desk) if word in _FOUND else word for word in words]


def _import_operation(desk: Path) -> str:
    opened = [t.history[0] for t in tickets(desk).values() if t.text("source.import")]
    return max(event.operation for event in opened)


def _first_entry(desk: Path) -> str:
    listed = json.loads(done(desk, "outbox", "list", "--all", "--json").out)["outbox"]
    return str(listed[0]["id"])


def _the_rejects(desk: Path) -> str:
    return str(next(desk.glob("rejects/*.csv"), desk / "rejects/gone.csv"))


_FOUND: dict[str, Callable[[Path], str]] = {
    "IMPORT-OPERATION": _import_operation,
    "FIRST-ENTRY": _first_entry,
    "THE-REJECTS": _the_rejects,
}


# -- desks ----------------------------------------------------------------------------------------


def esplane(desk: Path) -> None:
    """Files to give to the commands."""
    (desk / "rows.csv").write_text(ROWS)
    (desk / "ten.csv").write_text(ROWS.partition("\n")[0] + "\n" + TEN)
    (desk / "curriculo.pdf").write_bytes(PDF)


def academia(root: Path) -> Path:
    """A desk with conversations, visits and messages."""
    desk = new_desk(root, ACADEMIA)
    done(desk, "org", "add", "Academia Exemplo", "--contact", "Recepção", "--phone", "1190000-0000")
    for title in ("Catraca não libera", "Impressora do totem parada"):
        done(desk, *AS, "create", "--org", "Academia Exemplo", "-c", "catraca", title)
    done(desk, *AS, "outbox", "add", "1", "-m", "Olá {{ requester.name }}")
    (desk / "conversa.txt").write_text(TALK)
    (desk / "plano.yaml").write_text(PLAN)
    done(desk, "list")
    return desk


def _after(*lines: str) -> Callable[[Path], None]:
    """The desk after these commands."""

    def prepared(desk: Path) -> None:
        for line in lines:
            done(desk, *line.split())

    return prepared


def _imported(desk: Path, *at: str) -> None:
    """Without what was refused."""
    _refused(desk, *at).unlink()


def _refused(desk: Path, *at: str) -> Path:
    assert run(desk, *at, "import", str(desk / "rows.csv"), "-m", "generic").code == 8
    [rejects] = desk.glob("rejects/*.csv")
    return rejects


def _mended(desk: Path) -> None:
    """What was refused can be taken now."""
    rejects = _refused(desk)
    rejects.write_text(rejects.read_text().replace("Assunto que não há", "Dúvidas de produtos"))


def _forgotten(desk: Path) -> None:
    shutil.rmtree(desk / ".deskcli")


def _bare(desk: Path) -> None:
    shutil.rmtree(desk / ".deskcli")
    shutil.rmtree(desk / "tickets")


def _birthday(desk: Path) -> None:
    """A ticket that a macro is for."""
    asked = ["-c", "aniversariantes", "--name", "Ana Prado", "--email", "ana@example.com"]
    done(desk, "create", *asked, "-f", "brand=vcc", "-f", "reason=outro")


def _late(desk: Path) -> None:
    """Its tickets came on Thursday, Friday was closed, nobody looked at them: the rules fire."""
    _imported(desk, "--at", "2026-11-19T09:00")


def _planned(desk: Path) -> None:
    _late(desk)
    done(desk, "--at", AT_NOON, "sweep", "--plan", str(desk / "plan.json"))


IN_OCTOBER = "--at 2026-10-28T10:00 create -c orcamento_vcc --name Ana --email ana@example.com"
AT_NOON = "2026-11-23T12:30"
ALREADY = frozenset((0, 3))  # it is so already: told, or refused when that is all
GONE = frozenset((0, 5))  # what was to be taken away is there no more
SWAP = "rota swap joao vendedor-2 2026-11-25"
AWAY = "rota absence add joao 2026-11-25 2026-11-27"
VISIT = "--as Paulo visit schedule 1 2026-11-25T14:00"

# -- the commands ---------------------------------------------------------------------------------

WRITING = [
    Case("create", ["create", *ASKED, "-m", "Mais uma\ncuba"], 15, repeats=True, thorough=True),
    Case("create, the first", ["create", *ASKED], 30, prepared=_bare, repeats=True, thorough=True),
    Case(
        "create, no counter",
        ["create", *ASKED],
        20,
        prepared=_forgotten,
        repeats=True,
        thorough=True,
    ),
    Case("annotate", ["annotate", "1", "liguei\nde novo"], 11, repeats=True, thorough=True),
    Case("annotate three", ["annotate", "1,2,3", "os três"], 25, repeats=True, thorough=True),
    Case(
        "annotate, two months",
        ["annotate", "1,4", "os dois"],
        18,
        prepared=_after(IN_OCTOBER),
        repeats=True,
    ),
    Case("set", ["set", "2", "product=Pia"], again=ALREADY),
    Case("assign", ["assign", "1,2", "joao"], again=ALREADY),
    Case(
        "move",
        ["move", "1,2", "pendente", "-m", "vou ver"],
        again=frozenset((0, 3)),
        on=ACADEMIA,
    ),
    Case("resolve", ["resolve", "1,2", "-m", "feito"], again=ALREADY),
    Case("reopen", ["reopen", "1"], again=ALREADY, prepared=_after("resolve 1 -m feito")),
    Case("cancel", ["cancel", "1,3", "-m", "desistiu"], again=ALREADY),
    Case("due", ["due", "1", "2026-12-01", "-m", "combinado"], again=ALREADY),
    Case("reply", ["reply", "1", "Segue a medida."], repeats=True),
    Case("attach", ["attach", "2", "DESK/curriculo.pdf"], 22, again=ALREADY, thorough=True),
    Case(
        "apply",
        ["--as", "joao", "apply", "4", "niver", "coupon_code=C9"],
        prepared=_birthday,
        repeats=True,
    ),
    Case("link", ["link", "1", "2"], again=ALREADY),
    Case("unlink", ["unlink", "1", "2"], again=GONE, prepared=_after("link 1 2")),
    Case(
        "import",
        ["import", "DESK/rows.csv", "-m", "generic"],
        44,
        again=frozenset((8,)),
        thorough=True,
    ),
    Case(
        "import, the last reject",
        ["import", "THE-REJECTS", "-m", "generic"],
        20,
        again=frozenset((0, 5)),  # the file went with its last row
        prepared=_mended,
    ),
    Case("import, by threads", ["import", "DESK/ten.csv", "-m", "generic"], 70, chunk=200),
    Case(
        "undo",
        ["undo", "IMPORT-OPERATION"],
        32,
        again=ALREADY,
        prepared=_imported,
        thorough=True,
    ),
    Case("sweep", ["--at", AT_NOON, "sweep"], prepared=_late),
    Case(
        "sweep --plan",
        ["--at", AT_NOON, "sweep", "--plan", "DESK/plan.json"],
        again=frozenset((0, 3)),  # never over another
        least=6,
        prepared=_late,
    ),
    Case(
        "sweep --apply",
        ["--at", AT_NOON, "sweep", "--apply", "DESK/plan.json"],
        again=frozenset((0, 6)),
        prepared=_planned,
    ),
    Case("rota swap", SWAP.split(), again=ALREADY, thorough=True),
    Case("rota unswap", ["rota", "unswap", "2026-11-25"], again=GONE, prepared=_after(SWAP)),
    Case("rota absence add", AWAY.split(), again=ALREADY),
    Case(
        "rota absence end",
        "rota absence end joao 2026-11-26".split(),
        again=ALREADY,
        prepared=_after(AWAY),
    ),
    Case(
        "rota absence remove",
        "rota absence remove joao".split(),
        again=GONE,
        prepared=_after(AWAY),
    ),
    Case("calendar add", ["calendar", "add", "2026-12-30", "Balanço"], again=ALREADY),
    Case("schema --write", ["schema", "--write"]),
    Case("org add", ["org", "add", "Academia Modelo"], again=ALREADY, on=ACADEMIA),
    Case(
        "org contact",
        [*"org contact".split(), "Academia Exemplo", "Gerência", "--phone", "11 98765-4322"],
        again=ALREADY,
        on=ACADEMIA,
    ),
    Case("org address", [*"org address".split(), "Academia Exemplo", "Rua Nova, 3"], on=ACADEMIA),
    Case(
        "append",
        ["append", "1", "DESK/conversa.txt", "-m", "voltou", "--resolve"],
        again=ALREADY,
        on=ACADEMIA,
    ),
    Case(
        "split",
        ["split", "DESK/conversa.txt", "DESK/plano.yaml"],
        30,
        again=ALREADY,
        on=ACADEMIA,
        thorough=True,
    ),
    Case("visit schedule", VISIT.split(), on=ACADEMIA, again=ALREADY),
    Case(
        "visit move",
        [*"--as Paulo visit move 1 2026-11-26T09:00 -m".split(), "sem carro"],
        prepared=_after(VISIT),
        repeats=True,
        on=ACADEMIA,
    ),
    Case(
        "visit confirm",
        ["visit", "confirm", "1"],
        prepared=_after(VISIT),
        again=ALREADY,
        on=ACADEMIA,
    ),
    Case(
        "visit cancel",
        [*"--as Paulo visit cancel 1 -m".split(), "academia fechada"],
        prepared=_after(VISIT),
        again=ALREADY,
        on=ACADEMIA,
    ),
    Case(
        "visit done",
        ["--at", "2026-11-25T16:00", "visit", "done", "1", "-m", "cabo refeito"],
        prepared=_after(VISIT),
        again=ALREADY,
        on=ACADEMIA,
    ),
    Case("outbox add", ["outbox", "add", "1,2", "-m", "Bom dia!"], repeats=True, on=ACADEMIA),
    Case("outbox sent", ["outbox", "sent", "FIRST-ENTRY"], on=ACADEMIA),
]

CASES = {case.name: case for case in WRITING}
