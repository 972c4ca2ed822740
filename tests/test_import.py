"""`import` on a desk: what a file with something wrong in it does to the rest (O2, O3)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from promises.desks import Run, copy_of, environment, new_desk, run, tickets

HEAD = "Nome;E-mail;Categoria Assunto;Produto;Mensagem;Outra\n"


def row(n: int, text: str = "oi", other: str = "") -> str:
    return f"Cliente {n};c{n}@example.com;Dúvidas de produtos;Cuba;{text};{other}\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_desk(tmp_path_factory.mktemp("import") / "desk")


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Iterator[Path]:
    with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00"}):
        yield copy_of(base, tmp_path / "desk")


def put(folder: Path, text: str, name: str = "site.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def import_(desk: Path, *files: Path, more: tuple[str, ...] = ()) -> Run:
    return run(desk, "import", *map(str, files), "-m", "generic", *more)


def names(desk: Path) -> list[str]:
    """Whose tickets there are."""
    return sorted(str(t.get("requester.name")) for t in tickets(desk).values())


def rejects(desk: Path) -> dict[str, str]:
    return {p.name: p.read_text("utf-8-sig") for p in sorted((desk / "rejects").glob("*"))}


# -- rows that are too long -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("long", "field"),
    [
        (row(2, "x" * 1_048_577), "Mensagem"),  # a cell that no reader takes
        (row(2, "x" * 100_001), "description"),  # a value that no ticket takes
        (row(2, other="é" * 600_000), "Outra"),  # a ticket that nobody could read
    ],
    ids=["cell", "value", "ticket"],
)
def test_a_row_that_is_too_long_stays_out_alone(
    long: str, field: str, desk: Path, tmp_path: Path
) -> None:
    found = import_(desk, put(tmp_path, HEAD + row(1) + long + row(3)))
    assert found.code == 8, found.err
    assert names(desk) == ["Cliente 1", "Cliente 3"]
    [text] = rejects(desk).values()
    assert text.split("\n")[1].startswith(long.rstrip("\n") + ";3;" + field + ";")
