"""An import dies anywhere, and dies again when it is repeated: the run that comes to its end makes
exactly the rows that are missing.
"""

import random
from pathlib import Path

import pytest

from deskcli.problem import DeskError
from promises.desks import FULL, copy_of
from promises.faults import KILLED
from promises.kills import prepared, proof_of, repeat, struck
from promises.proof import Fault, Tell, promise
from promises.writing import ESPLANE, Case, DeskOf

HEAD = "Nome;E-mail;Telefone;Marca;Categoria Assunto;Produto;Mensagem\n"
ABOUT = ("Dúvidas de produtos", "Orçamento VCC", "Assunto que não há", "Boleto")


def write_rows(desk: Path) -> None:
    """Twenty good and some bad; the last ones are repeats."""
    rows = [
        f"Pessoa {n};p{n % 17}@example.com;;VCC;{ABOUT[n % 4]};Cuba;Pergunta {n}" for n in range(24)
    ]
    (desk / "many.csv").write_text(HEAD + "\n".join([*rows, *rows[:5]]) + "\n")


IMPORT = Case(
    "import",
    ["import", "DESK/many.csv", "-m", "generic"],
    again=frozenset((8,)),
    prepared=write_rows,
)


def forgets_keys(planted: pytest.MonkeyPatch) -> None:
    """It does not know the rows that it has made tickets of."""
    planted.setattr("deskcli.indexrow.source_key", lambda ticket: "")


def forgets_new_files(planted: pytest.MonkeyPatch) -> None:
    """It trusts an index that nobody told of what was written before the kill."""
    planted.setattr("deskcli.indexlook.Look.refresh", lambda *_, **__: None)


@promise("a killed import is completed by its repetition", forgets_keys, forgets_new_files)
def test_a_killed_import_is_completed(
    planted: Fault | None, desk_of: DeskOf, tmp_path: Path, tell: Tell
) -> None:
    base = prepared(IMPORT, desk_of(ESPLANE))
    proof, trace = proof_of(IMPORT, base, tmp_path)
    chance = random.Random(2026)
    kills = 0
    for trial in range(200 if FULL and not planted else 20):
        desk = copy_of(base, tmp_path / "desk")
        points = [chance.randrange(1, len(trace) + 1) for _ in range(2)]
        for at in points:  # the second time there is less to do, and it may come to its end
            child, _ = struck(IMPORT, desk, at, tmp_path)
            kills += child.code == KILLED
        try:
            proof.holds_after_abort(desk)
            repeat(IMPORT, desk, proof)
        except (AssertionError, DeskError) as error:
            raise AssertionError(f"trial {trial}, killed at {points}: {error}") from error
    tell(kills=kills, rows_each=len(proof.after) - len(proof.before), points=len(trace))
    assert kills >= 20
