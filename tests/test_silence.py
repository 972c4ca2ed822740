"""What commands say when there is nothing to do: a word to a person, nothing to cron."""

from pathlib import Path

import pytest
from promises.desks import files, new_desk, run

from deskcli.cli import session


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return new_desk(tmp_path / "desk")


@pytest.fixture(params=[True, False], ids=["terminal", "cron"])
def watched(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(session, "is_watched", lambda: request.param)
    return bool(request.param)


@pytest.mark.parametrize("stdin", ["", "\n \n"])
@pytest.mark.parametrize("args", [("due", "-", "24/11"), ("resolve", "-"), ("assign", "-", "joao")])
def test_no_ids_on_standard_input(
    args: tuple[str, ...], stdin: str, desk: Path, watched: bool
) -> None:
    """A list that found nothing, piped on, is no mistake."""
    found = run(desk, *args, stdin=stdin)
    assert (found.code, found.out) == (0, "")
    assert bool(found.err) == watched


def test_files_are_attached_to_the_tickets_of_standard_input(desk: Path, tmp_path: Path) -> None:
    asked = ("-c", "orcamento_vcc", "--name", "Ana", "--email", "ana@example.com")
    assert run(desk, "create", *asked, "-m", "Cuba").code == 0
    (tmp_path / "foto.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    found = run(desk, "attach", "-", str(tmp_path / "foto.png"), stdin="ESP-1\n")
    assert found.code == 0 and "ESP-1" in found.out, found


def test_who_looks_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr(session, "options", session.Options())
    assert session.is_watched()
    monkeypatch.setattr(session, "options", session.Options(no_input=True))
    assert not session.is_watched()


def test_a_folder_is_no_file_to_attach(desk: Path, tmp_path: Path) -> None:
    before = files(desk)
    found = run(desk, "attach", "1", str(tmp_path))
    assert found.code == 2 and files(desk) == before
    assert found.err.startswith(f"{tmp_path}: Isto é uma pasta, não um arquivo.\n"), found
    assert "attach 1 ARQUIVO" in found.err
