"""`check` with files that can not be read: it tells of them and of everything else, and nothing
that only follows from not knowing what those files say.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from deskcli.cli import main
from deskcli.cli.check import find_problems
from deskcli.cli.init import make
from deskcli.config import KINDS
from deskcli.desk import Desk

ASKED = ["--name", "Ana Prado", "--email", "ana@example.com", "-f", "reason=outro"]
CREATED = [["orcamento_vcc"], ["inst_cadastro"], ["boletos", "--phone", "11999990000"]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with some tickets."""
    root = make(tmp_path_factory.mktemp("base") / "mesa", "esplane")
    (root / "organizations").mkdir()
    (root / "organizations" / "loja.yaml").write_text("id: loja\nname: Loja\n")
    (root / "schedules/sla.yaml").write_text("targets: [{id: padrao, resolution: 2bd}]\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKCLI_NOW", "2026-11-23T09:00")
        for category, *more in CREATED:
            with pytest.raises(SystemExit) as done:
                main(["--desk", str(root), "create", "-c", category, *ASKED, *more])
            assert not done.value.code
    return root


@pytest.fixture
def desk(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKCLI_NOW", "2026-11-23T09:00")
    return Path(shutil.copytree(base, tmp_path / "mesa"))


def found(desk: Path) -> list[tuple[str, str]]:
    """Code and file of every problem that is not only a mark or a warning."""
    problems = find_problems(Desk(desk))
    return [(p.code, p.place.path if p.place else "") for p in problems if not p.is_warning]


def slip(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _unknown_key(path: Path) -> None:
    path.write_text(path.read_text() + "\nxyz: 1\n")


WAYS: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "unknown key": (_unknown_key, {"schema.unknown_key"}),
    "no YAML": (lambda path: path.write_text("a: [b\n"), {"yaml.syntax"}),
    "not UTF-8": (lambda path: path.write_bytes(b"a: caf\xe9\n"), {"yaml.encoding"}),
    "no file": (_folder, {"file.link"}),
    "a list": (lambda path: path.write_text("[a, b]\n"), {"schema.type"}),
}
FILES = [(kind, glob) for kind, known in KINDS.items() if (glob := known.glob)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("kind", "glob"), FILES)
def test_only_the_files_that_can_not_be_read_are_told_of(
    kind: str, glob: str, way: str, desk: Path
) -> None:
    spoil, codes = WAYS[way]
    paths = sorted(desk.glob(glob))
    assert paths
    for path in paths:
        spoil(path)
    told = found(desk)
    assert {code for code, _ in told} == codes
    assert {file for _, file in told} == {str(p.relative_to(desk)) for p in paths}


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"macro", "category"}))
def test_what_is_wrong_between_the_others_is_told_too(kind: str, desk: Path) -> None:
    for path in desk.glob(KINDS[kind].glob):
        path.write_text("a: [b\n")
    slip(desk / "workflows/categories/orcamentos.yaml", "suggests: [niver]", "suggests: [nivr]")
    assert ("check.name", "workflows/categories/orcamentos.yaml") in found(desk)


def test_a_reply_that_can_not_be_read(desk: Path) -> None:
    (desk / "workflows/replies/niver.md").write_text("sem cabeçalho\n")
    assert found(desk) == [("reply.head", "workflows/replies/niver.md")]


def test_every_file_that_can_not_be_read_is_told_of(desk: Path) -> None:
    """The finding that this began with: one key hid all references and all tickets."""
    slip(desk / "workflows/views.yaml", "    when: {open: true}", "    wen: {open: true}")
    slip(desk / "workflows/forms/pos-vendas.yaml", "assign: nathalya", "assign: natalia")
    slip(desk / "tickets/2026/11/ESP-2.yaml", "assignee: joao", "assignee: joaozinho")
    (desk / "tickets/2026/11/ESP-3.yaml").write_text("id: [ESP-3\n")
    assert found(desk) == [
        ("check.name", "tickets/2026/11/ESP-2.yaml"),
        ("yaml.syntax", "tickets/2026/11/ESP-3.yaml"),
        ("check.name", "workflows/forms/pos-vendas.yaml"),
        ("schema.unknown_key", "workflows/views.yaml"),
    ]


def test_a_desk_of_no_zone_is_still_checked(desk: Path) -> None:
    slip(desk / "desk.yaml", "timezone: America/Sao_Paulo", "timezone: America/Sao_Paolo")
    slip(desk / "workflows/forms/pos-vendas.yaml", "assign: nathalya", "assign: natalia")
    assert found(desk) == [
        ("desk.setting", "desk.yaml"),
        ("check.name", "workflows/forms/pos-vendas.yaml"),
    ]


def test_a_desk_without_statuses_says_so_once(desk: Path) -> None:
    (desk / "workflows/statuses.yaml").unlink()
    assert found(desk) == [("file.missing", "workflows/statuses.yaml")]


def test_a_desk_of_no_calendar_says_so_once(desk: Path) -> None:
    slip(desk / "desk.yaml", "calendar: comercial", "calendar: comercia")
    assert found(desk) == [("check.name", "desk.yaml")]


def test_a_rota_of_no_calendar_says_so_once(desk: Path) -> None:
    slip(desk / "schedules/rota-orcamentos.yaml", "calendar: comercial", "calendar: comercia")
    slip(desk / "schedules/absences.yaml", "[]", "[{person: joaozinho, from: '2026-12-01'}]")
    assert found(desk) == [
        ("person.unknown", "schedules/absences.yaml"),
        ("check.name", "schedules/rota-orcamentos.yaml"),
    ]


@pytest.mark.parametrize("name", ["tickets/2026/10", "workflows/macros"])
def test_a_folder_that_can_not_be_looked_into(name: str, desk: Path, tmp_path: Path) -> None:
    shutil.rmtree(desk / name, ignore_errors=True)
    (tmp_path / "away").mkdir()
    (desk / name).symlink_to(tmp_path / "away")
    slip(desk / "tickets/2026/11/ESP-2.yaml", "assignee: joao", "assignee: joaozinho")
    assert sorted(found(desk)) == [
        ("check.name", "tickets/2026/11/ESP-2.yaml"),
        ("file.outside", name),
    ]


def test_a_ticket_that_the_system_does_not_give(desk: Path) -> None:
    """What opening it raises, for a file of somebody else, which root could read."""
    here = Desk(desk)
    read = here.store.read

    def denied(path: Path) -> object:
        if path.name == "ESP-2.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    here.store.read = denied  # type: ignore[method-assign, assignment]
    told = [(p.code, p.place.path if p.place else "") for p in find_problems(here)]
    assert ("os.permission", "tickets/2026/11/ESP-2.yaml") in told
    assert "check.provisional" in {code for code, _ in told}
