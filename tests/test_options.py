"""What stands before a command, and `init`: a wrong word is refused before anything is made."""

import shlex
from pathlib import Path

import pytest
from promises.desks import done, new_desk, run


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return new_desk(tmp_path / "desk")


@pytest.mark.parametrize(
    ("option", "wrong", "known"),
    [("--lang", "xx", ["pt-BR", "en"]), ("--color", "foo", ["auto", "always", "never"])],
)
@pytest.mark.parametrize("joined", [True, False], ids=["=", "space"])
def test_a_choice_that_there_is_not(
    option: str, wrong: str, known: list[str], joined: bool, desk: Path
) -> None:
    typed = [f"{option}={wrong}"] if joined else [option, wrong]
    found = run(desk, *typed, "list")
    assert (found.code, found.out) == (2, "")
    assert wrong in found.err and all(word in found.err for word in known)
    told = shlex.split(found.err.splitlines()[-1].partition("deskcli ")[2])
    assert run(desk, *told).code == 0, "the command told succeeds"


@pytest.mark.parametrize("lang", ["pt-BR", "pt", "PT_br", "en", "EN"])
def test_languages_as_people_write_them(lang: str, desk: Path) -> None:
    refused = run(desk, "--lang", lang, "show", "9")
    assert refused.err.startswith("There is" if lang.lower() == "en" else "Não existe")


def test_init_makes_nothing_for_a_login_that_the_pack_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = run(tmp_path, "init", "mesa", "--pack", "esplane", "--login", "joaoo")
    assert found.code == 5 and "'joao'" in found.err
    assert list(tmp_path.iterdir()) == []
    done(tmp_path, "init", "mesa", "--pack", "esplane", "--login", "joao")


def test_init_tells_a_way_into_the_desk_that_a_shell_understands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = done(tmp_path, "init", "c/../d e", "--pack", "esplane").out
    assert "cd 'd e';" in said
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d e"]
    away = tmp_path / "outra mesa"
    (tmp_path / "d e" / "x").mkdir()
    monkeypatch.chdir(tmp_path / "d e" / "x")
    assert f"cd '{away}';" in done(tmp_path, "init", str(away), "--pack", "esplane").out
