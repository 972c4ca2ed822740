"""The day of a desk whose tickets have priorities, and some of them no date (F10, F11, F16, F19);
and the guide that says what there is to fill in.
"""

import json
from pathlib import Path

import pytest
from promises.desks import environment, new_desk, run
from test_pack_academia import by, desk, ids, opened

__all__ = ["desk"]


def test_F11_F19_a_ticket_without_a_date_does_not_pass_unseen(desk: Path) -> None:
    """Neither today nor ever after: it is daily work until somebody dates or resolves it."""
    opened(desk, "Totem sem papel")
    opened(desk, "Finger apagado", "-f", "due=05/11")
    for now in ("2026-10-30T17:55", "2026-11-03T17:55"):
        with environment({"DESKCLI_NOW": now}):
            gate = by(desk, "today", "--gate", "--format", "ids")
            assert (gate.code, gate.out.split()) == (7, ["ACA-1"])
            [first, *_] = json.loads(by(desk, "today", "--json").out)["tickets"]
            assert (first["id"], first["group"]) == ("ACA-1", "today")
            assert "ACA-1" in by(desk, "today", "--handover").out
    assert by(desk, "due", "1", "04/11").code == 0
    assert by(desk, "today", "--gate").code == 0


def test_a_desk_whose_gate_asks_for_dates_only_has_no_more_for_today(tmp_path: Path) -> None:
    root = new_desk(tmp_path / "mesa")
    with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00", "LC_ALL": "C.UTF-8"}):
        made = run(root, "create", "-c", "orcamento_vcc", "--name", "A", "--email", "a@example.com")
        assert made.code == 0
        [row] = json.loads(run(root, "today", "--all", "--json").out)["tickets"]
        assert row["group"] != "today"
        assert "Prioridade" not in run(root, "today", "--all").out


LATE = "Data;Nome;E-mail;Assunto;Mensagem\n{at};Ana;ana@example.com;Orçamento VCC;oi\n"


@pytest.mark.parametrize(
    ("came", "evening", "morning"),
    [
        ("23/11/2026 18:30", "2026-11-23T18:40", "2026-11-24T08:10"),
        ("23/11/2026 18:00", "2026-11-23T18:00", "2026-11-24T08:10"),
        ("20/11/2026 10:00", "2026-11-21T12:00", "2026-11-23T08:10"),  # a holiday, then Saturday
    ],
)
def test_O7_OX11_what_comes_after_hours_is_work_of_the_next_business_day(
    came: str, evening: str, morning: str, tmp_path: Path
) -> None:
    """The gate of the evening it came on lets the day end; that of the next one waits."""
    root = new_desk(tmp_path / "mesa")
    (tmp_path / "site.csv").write_text(LATE.format(at=came))
    with environment({"LC_ALL": "C.UTF-8"}):
        for now, code, group in ((evening, 0, "not_updated"), (morning, 7, "today")):
            imported = ("import", str(tmp_path / "site.csv"), "--map", "generic")
            assert run(root, "--at", now, *imported).code == 0
            assert run(root, "--at", now, "today", "--all", "--gate").code == code
            [row] = json.loads(run(root, "--at", now, "today", "--all", "--json").out)["tickets"]
            assert row["group"] == group
            day = "hoje" if code else "amanhã" if came[:2] == "23" else "23/11/2026"
            assert run(root, "--at", now, "list", f"arrived:{day}", "--format", "ids").out


def test_a_day_that_no_calendar_tells_is_refused_with_its_file(tmp_path: Path) -> None:
    root = new_desk(tmp_path / "mesa")
    (root / "schedules/calendars.yaml").write_text("calendars: [\n")
    found = run(root, "--at", "2026-11-23T18:40", "today", "--all", "--gate")
    assert found.code == 65 and "schedules/calendars.yaml" in found.err


def test_F10_the_most_urgent_comes_first_and_is_seen(desk: Path) -> None:
    for impact in ("duvida_de_uso", "", "catraca_livre"):
        given = ["-f", f"impact={impact}"] if impact else []
        opened(desk, "Catraca não destravando", *given)
    opened(desk, "Finger apagado", "-f", "priority=alta", "-f", "due=hoje")
    assert ids(desk, "today") == ["ACA-3", "ACA-4", "ACA-2", "ACA-1"]
    told = by(desk, "today").out
    assert "Prioridade" in told and "Urgente" in told and "Média" in told


def test_F10_the_guide_tells_what_a_priority_is_for(desk: Path) -> None:
    for asked in (("--guide",), ("--guide", "--form", "suporte")):
        told = by(desk, "create", *asked).out
        for words in ("alunos entram sem controle", "Dúvida no uso", "Catraca parada e livre"):
            assert words in told, "the only form is told whole"
        assert "Pelo impacto da perda" in told


def test_a_guide_of_several_forms_says_how_to_go_on(tmp_path: Path) -> None:
    told = run(new_desk(tmp_path / "mesa"), "create", "--guide").out
    assert "create --guide --form" in told and "product" not in told


@pytest.mark.parametrize(("given", "told"), [([], True), (["-f", "summary=Cabo solto"], False)])
def test_F15_an_annotation_is_no_summary_and_says_so(
    given: list[str], told: bool, desk: Path
) -> None:
    opened(desk, "Catraca não destravando", *given)
    noted = by(desk, "annotate", "1", "@paulo, dá para ir lá?")
    assert noted.code == 0 and ("summary=" in noted.err) is told


# -- visits, and what is handed over ---------------------------------------------------------------


@pytest.fixture
def visited(desk: Path) -> Path:
    """ACA-1 of operador-1, promised for much later, with a visit by operador-2 on Wednesday."""
    given = ("-f", "status=esperando_cliente", "-f", "summary=Disjuntor", "-f", "due=20/11")
    opened(desk, "Catraca não destravando", *given)
    goes = ("visit", "schedule", "1", "04/11 15h", "--with", "operador-2", "--confirmed")
    assert by(desk, *goes, person="paulo").code == 0
    return desk


def test_F14_the_day_of_a_person_has_the_visits_that_they_make(visited: Path) -> None:
    assert ids(visited, "today", "operador-2") == [], "not before its day"
    with environment({"DESKCLI_NOW": "2026-11-04T09:00"}):
        [row] = json.loads(by(visited, "today", "operador-2", "--json").out)["tickets"]
        assert (row["id"], row["group"]) == ("ACA-1", "visits")
        assert ids(visited, "today", "tecnico-1") == []
        assert json.loads(by(visited, "today", "--json").out)["tickets"][0]["group"] == "visits"
        assert "ACA-1" in by(visited, "today", "operador-2", "--handover").out
        moved = ("visit", "move", "1", "04/11 16h", "-m", "x", "--with", "tecnico-1")
        assert by(visited, *moved, person="paulo").code == 0
        assert (
            ids(visited, "today", "tecnico-1") == ids(visited, "today", "team:campo") == ["ACA-1"]
        )
        assert ids(visited, "today", "operador-2") == []


def test_F11_F19_a_visit_neither_done_nor_moved_keeps_the_day_open(visited: Path) -> None:
    assert by(visited, "today", "--gate").code == 0
    for now, mark in (("2026-11-04T17:55", "visita hoje"), ("2026-11-05T17:55", "visita atrasada")):
        with environment({"DESKCLI_NOW": now}):
            for who in ((), ("operador-2",), ("operador-1",)):
                gate = by(visited, "today", "--gate", *who)
                assert gate.code == 7 and mark in gate.out, (who, gate)
            assert mark in by(visited, "today").out
            assert by(visited, "today", "--gate", "tecnico-1").code == 0
    with environment({"DESKCLI_NOW": "2026-11-05T17:55"}):
        moved = ("visit", "move", "1", "06/11 9h", "-m", "Faltou carro", "--confirmed")
        assert by(visited, *moved, person="paulo").code == 0
        assert by(visited, "today", "--gate").code == 0
    with environment({"DESKCLI_NOW": "2026-11-06T17:55"}):
        assert by(visited, "today", "--gate").code == 7
        assert by(visited, "visit", "done", "1", "-m", "Cabo refeito").code == 0
        assert by(visited, "today", "--gate").code == 0
        assert "visita" not in by(visited, "today").out


def test_F11_F19_what_is_late_is_handed_over_first_and_marked(desk: Path) -> None:
    pending = ("-f", "status=pendente", "-f", "summary=r", "-f")
    for title, due in (("Totem sem papel", "04/11"), ("Finger apagado", "03/11")):
        opened(desk, title, *pending, f"due={due}")
    opened(desk, "Catraca livre", *pending, "due=20/11")
    goes = ("visit", "schedule", "3", "03/11 15h", "--with", "tecnico-1")
    assert by(desk, *goes, person="paulo").code == 0
    with environment({"DESKCLI_NOW": "2026-11-04T18:00"}):
        told = by(desk, "today", "--handover").out.splitlines()
    heads = [line for line in told if "ACA-" in line]
    assert [line.split()[0] for line in heads] == ["ACA-2", "ACA-3", "ACA-1"]
    late, visit, today = heads
    assert "(atrasado)" in late and "(visita atrasada)" in visit and "(hoje)" in today, heads


def test_O7_today_counts_what_the_desk_calls_late(tmp_path: Path) -> None:
    """Nobody sets a date here: what missed the limits of the update is what a view says."""
    root = new_desk(tmp_path / "mesa")
    with environment({"DESKCLI_NOW": "2026-11-23T09:00", "LC_ALL": "C.UTF-8"}):
        rows = (
            LATE.format(at="23/11/2026 08:30") + "23/11/2026 08:40;B;b@example.com;Orçamento VCC;oi"
        )
        (root / "rows.csv").write_text(rows)
        assert run(root, "import", str(root / "rows.csv"), "--map", "generic").code == 0
    with environment({"DESKCLI_NOW": "2026-11-24T13:00", "LC_ALL": "C.UTF-8"}):
        assert "Atrasados: 0" in run(root, "today", "--all").out
        assert run(root, "sweep").code == 0
        assert run(root, "reply", "2", "O preço segue amanhã.").code == 0
        shown = run(root, "today", "--all").out
        assert "Atrasados: 1   Para hoje: 0" in shown and "atrasado  Novo" in shown, shown
        late, other = json.loads(run(root, "today", "--all", "--json").out)["tickets"]
        assert (late["id"], late["group"], other["group"]) == ("ESP-1", "late", "open")
        assert run(root, "today", "--gate", "--all").code == 7
        settings = root / "desk.yaml"
        settings.write_text(settings.read_text().replace("late: atrasados", "late: atrazados"))
        found = run(root, "check")
        assert found.code == 3 and "'atrazados'" in found.err and "'atrasados'" in found.err, found
