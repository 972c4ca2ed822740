"""Who acts on a ticket, and the names of teams: of people.yaml, as people say them."""

from pathlib import Path

import pytest
from test_pack_academia import by, desk, opened, shown

__all__ = ["desk"]


def leave(desk: Path, person: str) -> None:
    path = desk / "people.yaml"
    held = path.read_text()
    assert f"- id: {person}\n" in held
    path.write_text(held.replace(f"- id: {person}\n", f"- id: {person}\n  active: false\n"))


@pytest.mark.parametrize(
    "act",
    [
        ("visit", "schedule", "1", "04/11 14h"),
        ("annotate", "1", "oi"),
        ("create", "--org", "Academia Exemplo", "-c", "totem", "Sem papel algum"),
    ],
    ids=["visit", "annotate", "create"],
)
def test_F14_who_left_acts_no_more(act: tuple[str, ...], desk: Path) -> None:
    opened(desk, "Catraca não destravando")
    leave(desk, "paulo")
    refused = by(desk, *act, person="paulo")
    assert refused.code == 3 and "paulo" in refused.err and "tente: deskcli" in refused.err
    assert by(desk, "show", "1", person="paulo").code == 0, "reading is for everybody"
    assert len(shown(desk)["history"]) == 2  # type: ignore[arg-type]


def test_F14_check_tells_that_nobody_is_left_for_a_role(desk: Path) -> None:
    assert "agenda_visitas" not in by(desk, "check").err
    leave(desk, "paulo")
    [line] = [told for told in by(desk, "check").err.splitlines() if "aviso" in told][:1]
    assert line.startswith("desk.yaml:") and "agenda_visitas" in line


@pytest.mark.parametrize("name", ["suporte", "Suporte", "SUPORTE"])
def test_F8_a_team_goes_by_id_and_label(name: str, desk: Path) -> None:
    opened(desk, "Totem sem papel", "-f", f"grupo={name}")
    assert shown(desk)["team"] == "suporte"
    assert by(desk, "set", "1", "team=Micro University").code == 0
    assert by(desk, "assign", "1", f"team:{name}").code == 0
    assert shown(desk)["team"] == "suporte"
    assert by(desk, "today", f"team:{name}", "--format", "ids").out.split() == ["ACA-1"]


def test_a_team_that_there_is_not_is_told_with_the_nearest(desk: Path) -> None:
    create = ("create", "--org", "Academia Exemplo", "-c", "totem", "Totem sem papel")
    refused = by(desk, *create, "-f", "grupo=Suport")
    assert refused.code == 5 and "grupo=suporte" in refused.err


# -- refusals tell what succeeds ------------------------------------------------------------------

CREATE = ("create", "--org", "Academia Exemplo", "-c", "totem")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ((*CREATE, "Não funciona"), "-c totem VALOR"),
        ((*CREATE, "Sem papel", "-f", "status=visita_presencial"), "-f status=novo"),
        ((*CREATE, "Sem papel", "-f", "due=29/10"), "due=2026-10-30"),
        (("set", "1", "due=29/10"), "due 1 2026-10-30 -m"),
        (("set", "1", "due=05/11"), "due 1 05/11 -m"),
        (("move", "1", "novo", "--due", "amanhã"), "due ACA-1 2026-10-31 -m"),
        (("outbox", "add", "1"), "outbox add 1 -m TEXTO"),
    ],
)
def test_a_refusal_names_what_would_succeed(typed: tuple[str, ...], told: str, desk: Path) -> None:
    opened(desk, "Catraca não destravando", "--name", "Recepção", "--phone", "11 98765-4321")
    refused = by(desk, "--no-input", *typed)
    assert refused.code != 0 and told in refused.err, refused


def test_F13_what_is_missing_is_called_as_the_form_does(desk: Path) -> None:
    waits = ("-f", "status=esperando_cliente", "-f", "summary=x")
    assert "Data de resolução devida" in by(desk, *CREATE, "Sem papel", *waits).err


def test_a_calendar_that_there_is_not_is_told_as_any_other_file(desk: Path) -> None:
    missing = by(desk, "calendar", "what-if", "nada.yaml")
    opened(desk, "Catraca não destravando")
    other = by(desk, "append", "1", "nada.txt")
    assert (missing.code, other.code) == (5, 5)
    assert missing.err.splitlines()[0] == other.err.splitlines()[0].replace("txt", "yaml")
