"""The pack `academia` against its document: finishing conversations, dates, visits (F1 to F20)."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from promises.desks import Run, environment
from promises.desks import run as run_on

from deskcli.cli.check import find_problems
from deskcli.cli.init import make
from deskcli.desk import Desk
from deskcli.index import Index
from deskcli.indexlook import Look
from deskcli.ticket import Ticket
from deskcli.yamltext import read

FRIDAY = "2026-10-30T15:00"  # before a Monday that is a holiday (Finados)
CHAT = """30/10/2026 14:00 - Recepção: a catraca está livre
30/10/2026 14:01 - Operador 1: vou acessar
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    root = make(tmp_path / "mesa", "academia")
    with environment({"DESKCLI_NOW": FRIDAY, "LC_ALL": "C.UTF-8"}):
        for name, brand in (("Academia Exemplo", "ifitness"), ("Academia Modelo", "")):
            more = ["--brand", brand] if brand else []
            assert by(root, "org", "add", name, "--contact", "Recepção", *more).code == 0
        (root / "chat.txt").write_text(CHAT)
        yield root


def by(desk: Path, *args: str, person: str = "operador-1") -> Run:
    return run_on(desk, "--as", person, *args)


def opened(
    desk: Path, *args: str, org: str = "Academia Exemplo", person: str = "operador-1"
) -> Run:
    made = by(desk, "create", "--org", org, "-c", "catraca", *args, person=person)
    assert made.code == 0, made
    return made


def shown(desk: Path, ticket: str = "1") -> dict[str, object]:
    found: dict[str, object] = json.loads(by(desk, "show", ticket, "--json").out)
    return found


def ids(desk: Path, *args: str) -> list[str]:
    return by(desk, *args, "--format", "ids").out.split()


@pytest.mark.parametrize("empty", ["requester:", "requester: {}"])
def test_F9_who_asks_is_known_again_where_a_hand_took_it_out(empty: str, desk: Path) -> None:
    opened(desk, "Catraca não destravando", "-f", "summary=Cabo")
    [file] = desk.glob("tickets/*/*/ACA-1.yaml")
    header, history = file.read_text().split("history:")
    [was] = re.findall(r"^requester:.*$", header, re.MULTILINE)
    file.write_text(f"{header.replace(was, empty)}history:{history}")
    found = by(desk, "set", "1", "category=totem")
    assert found.code == 0, found
    assert (shown(desk)["category"], shown(desk)["requester"]) == ("totem", {"name": "Recepção"})
    assert by(desk, "undo").code == 0
    assert (shown(desk)["category"], shown(desk)["requester"]) != ("totem", {"name": "Recepção"})


@pytest.mark.parametrize(
    ("status", "due"), [("resolvido", None), ("pendente", "2026-11-03"), ("novo", None)]
)
def test_F1_a_conversation_is_finished_wholly_or_in_part(
    status: str, due: str | None, desk: Path
) -> None:
    given = ("-f", f"status={status}", "-f", "summary=Cabo solto")
    opened(desk, "Catraca livre na entrada", "--chat", str(desk / "chat.txt"), *given)
    ticket = shown(desk)
    assert (ticket["status"], ticket.get("due")) == (status, due)


def test_F2_a_new_problem_is_a_new_ticket_once_with_its_conversation(desk: Path) -> None:
    chat = str(desk / "chat.txt")
    opened(desk, "Catraca livre na entrada", "--chat", chat)
    ticket = shown(desk)
    assert [file["name"] for file in ticket["attachments"]] == ["chat.txt"]  # type: ignore[attr-defined]
    assert "a catraca está livre" in ticket["history"][0]["text"]  # type: ignore[index]
    again = by(
        desk, "create", "--chat", chat, "--org", "Academia Exemplo", "-c", "catraca", "Outra"
    )
    assert again.code == 3 and again.err.endswith(" show ACA-1\n"), again
    assert ids(desk, "list", "--all") == ["ACA-1"]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        *(("Erro", 3), ("Dúvida", 3), ("Não funciona!!!", 3), ("Ajuda... urgente", 3)),
        *(("Suporte técnico", 3), ("finger", 3), ("Catraca", 3)),
        *(("Finger apagado", 0), ("Catraca não destravando", 0), ("Ajuda para cadastrar", 0)),
    ],
)
def test_F3_the_title_says_the_problem(title: str, code: int, desk: Path) -> None:
    made = by(desk, "create", "--org", "Academia Exemplo", "-c", "finger", title)
    assert made.code == code


@pytest.mark.parametrize("status", ["aberto", "pendente", "resolvido", "finalizado"])
def test_F4_nothing_leaves_new_without_a_summary(status: str, desk: Path) -> None:
    opened(desk, "Catraca não destravando")
    refused = by(desk, "move", "1", status)
    assert refused.code == 3 and "Resumo" in refused.err
    assert by(desk, "move", "1", status, "-m", "Placa trocada").code == 0
    assert shown(desk)["summary"] == "Placa trocada"


@pytest.mark.parametrize(
    ("person", "org", "title"),
    [
        ("atendente-mu", "Academia Exemplo", "Academia Exemplo - Finger apagado"),
        ("atendente-mu", "Academia Modelo", "Finger apagado"),
        ("operador-1", "Academia Exemplo", "Finger apagado"),
    ],
)
def test_F5_the_academy_is_in_the_title(person: str, org: str, title: str, desk: Path) -> None:
    opened(desk, "Finger apagado", org=org, person=person)
    assert shown(desk)["title"] == title


def test_F5_a_title_that_names_the_academy_already_stays(desk: Path) -> None:
    opened(desk, "Academia Exemplo: finger apagado", person="atendente-mu")
    assert shown(desk)["title"] == "Academia Exemplo: finger apagado"


def test_F9_the_contact_is_who_spoke_last(desk: Path) -> None:
    opened(desk, "Catraca não destravando", "--name", "Gerência", "--phone", "11 90000-2222")
    opened(desk, "Finger apagado")
    assert shown(desk, "2")["requester"] == {"name": "Gerência", "phone": "+5511900002222"}
    refused = by(desk, "create", "--org", "Academia Nova", "-c", "catraca", "Catraca parada")
    assert refused.code == 5 and "org add 'Academia Nova'" in refused.err


def test_F9_a_note_of_ours_makes_nobody_the_last_who_spoke(desk: Path) -> None:
    opened(desk, "Catraca não destravando", "--name", "Gerência")
    with environment({"DESKCLI_NOW": "2026-10-30T16:00"}):
        opened(desk, "Finger apagado", "--name", "Bia")
    with environment({"DESKCLI_NOW": "2026-10-30T17:00"}):
        assert by(desk, "annotate", "1", "Liguei").code == 0
        opened(desk, "Totem sem papel")
    assert shown(desk, "3")["requester"] == {"name": "Bia"}
    with environment({"DESKCLI_NOW": "2026-10-30T18:00"}):
        assert by(desk, "append", "1", str(desk / "chat.txt"), "-m", "Voltou").code == 0
        opened(desk, "Totem sem luz")
    assert shown(desk, "4")["requester"] == {"name": "Gerência"}, "who was heard in ACA-1"


@pytest.mark.parametrize("org", [(), ("--org", "Academia Exemplo")])
def test_F9_a_telephone_of_the_register_tells_academy_and_contact(
    org: tuple[str, ...], desk: Path
) -> None:
    assert (
        by(desk, "org", "add", "Academia Nova", "--contact", "Ana", "--phone", "11 98765-4321").code
        == 0
    )
    talk = "30/10/2026 14:00 - +55 11 8765-4321: a catraca está livre\n"
    (desk / "chat.txt").write_text(talk)
    made = by(
        desk, "create", "--chat", str(desk / "chat.txt"), "-c", "catraca", "Catraca livre", *org
    )
    if org:  # of another academy it is nobody's that the desk knows: the name is asked for
        assert made.code == 3 and "Contato" in made.err
        return
    assert made.code == 0, made
    ticket = shown(desk)
    assert ticket["org"] == "academia-nova"
    assert ticket["requester"] == {"name": "Ana", "phone": "+5511987654321"}


def test_F9_what_every_customer_is_called_is_no_name(desk: Path) -> None:
    (desk / "chat.txt").write_text("Cliente: travou de novo\nAtendente: vou ver\n")
    opened(desk, "Catraca travada", "--chat", str(desk / "chat.txt"))
    assert shown(desk)["requester"] == {"name": "Recepção"}


@pytest.mark.parametrize(
    ("given", "priority"),
    [
        (["-f", "impact=duvida_de_uso"], "baixa"),
        (["-f", "impact=catraca_livre"], "urgente"),
        ([], "media"),
        (["-f", "impact=duvida_de_uso", "-f", "priority=Alta"], "alta"),
    ],
)
def test_F10_the_priority_is_what_the_customer_loses(
    given: list[str], priority: str, desk: Path
) -> None:
    opened(desk, "Catraca não destravando", *given)
    assert shown(desk)["priority"] == priority


def test_F10_the_priority_goes_with_the_impact_unless_somebody_chose_it(desk: Path) -> None:
    """What the form takes from the impact it takes from the one that is told later, too."""
    opened(desk, "Catraca não destravando", "-f", "impact=duvida_de_uso")
    for impact, priority in (
        ("catraca_livre", "urgente"),
        ("duvida_de_uso", "baixa"),
        ("", "media"),
    ):
        told = by(desk, "set", "1", f"impact={impact}")
        assert told.code == 0 and "Prioridade" in told.err, told
        assert shown(desk)["priority"] == priority
    assert by(desk, "undo").code == 0
    assert shown(desk)["priority"] == "baixa", "one deed"
    assert by(desk, "set", "1", "priority=alta").err == ""
    kept = by(desk, "set", "1", "impact=catraca_livre")
    assert shown(desk)["priority"] == "alta", "somebody's choice"
    assert "Alta" in kept.err and kept.err.rstrip().endswith("set ACA-1 priority=urgente"), kept
    assert by(desk, "set", "1", "impact=duvida_de_uso", "priority=urgente").err == ""
    assert shown(desk)["priority"] == "urgente"
    assert by(desk, "set", "1", "title=Catraca livre").err == ""
    opened(desk, "Totem sem papel", "-f", "impact=duvida_de_uso")
    both = by(desk, "set", "2", "category=totem", "impact=catraca_livre")
    assert "Urgente" in both.err and shown(desk, "2")["priority"] == "urgente"


@pytest.mark.parametrize(("asked", "due"), [("", "2026-11-03"), ("+1d", "2026-10-31")])
def test_F12_pending_is_for_the_next_business_day(asked: str, due: str, desk: Path) -> None:
    """F-X4: a Friday before a holiday; another day when somebody says so."""
    opened(desk, "Catraca não destravando")
    more = ["--due", asked] if asked else []
    assert by(desk, "move", "1", "pendente", "-m", "Pedi um teste", *more).code == 0
    assert shown(desk)["due"] == due


def test_F13_waiting_wants_the_day_that_was_agreed(desk: Path) -> None:
    opened(desk, "Catraca não destravando")
    wait = ("move", "1", "esperando o cliente", "-m", "Vai trocar o disjuntor")
    refused = by(desk, *wait)
    assert refused.code == 3 and "--due" in refused.err
    assert shown(desk)["status"] == "novo"
    assert by(desk, *wait, "--due", "05/11").code == 0
    assert shown(desk)["due"] == "2026-11-05"
    given = ("-f", "status=esperando_cliente", "-f", "summary=Disjuntor")
    made = by(desk, "create", "--org", "Academia Exemplo", "-c", "catraca", "Sem energia", *given)
    assert made.code == 3, "by the same gate on the way in"


@pytest.mark.parametrize(
    ("hours", "at"),
    [("'09:00-18:00'", "09:00"), ("'13:00-22:00'", "13:00"), ("'07:00-11:00'", "09:00")],
)
def test_F13_F17_a_desk_that_opens_late_is_reminded_when_it_opens(
    hours: str, at: str, desk: Path
) -> None:
    """The pack's rule says 09:00, and its hours are only a starting point."""
    calendars = desk / "schedules/calendars.yaml"
    calendars.write_text(calendars.read_text().replace("'08:00-18:00'", hours))
    given = ("-f", "status=esperando_cliente", "-f", "summary=r", "-f", "due=03/11")
    opened(desk, "Catraca não destravando", *given)
    for minute, fired in ((at, 0), (f"{at[:2]}:01", 1), (f"{at[:2]}:02", 0)):
        with environment({"DESKCLI_NOW": f"2026-11-04T{minute}"}):
            swept = by(desk, "sweep")
            assert (swept.code, swept.out.count("ACA-1")) == (0, fired), swept
    assert shown(desk)["history"][-1]["rule"].startswith("workflows/rules/lembrar-cliente")  # type: ignore[index]
    assert at != "09:00" or failing(desk) == set(), "its scenarios are of nine o'clock"


def test_F14_a_visit_is_scheduled_by_its_role_agreed_and_dated(desk: Path) -> None:
    opened(desk, "Catraca não destravando")
    assert by(desk, "visit", "schedule", "1", "04/11 14h").code == 4
    assert by(desk, "visit", "schedule", "1", "04/11 14h", person="paulo").code == 0
    go = ("move", "1", "visita presencial", "-m", "Ver o cabeamento")
    assert by(desk, *go).code == 3
    assert by(desk, "visit", "confirm", "1").code == 0
    assert by(desk, *go).code == 0
    assert shown(desk)["due"] == "2026-11-04"
    put_off = ("visit", "move", "1", "06/11 9h", "-m", "Chuva", "--confirmed")
    assert by(desk, *put_off, person="paulo").code == 0, "F-X8"
    assert shown(desk)["due"] == "2026-11-06"
    assert by(desk, "due", "1", "07/11", "-m", "x").code == 3, "the promise is the visit's"


def test_F15_F17_F18_a_date_is_put_off_with_a_note_that_tells_the_contact(desk: Path) -> None:
    opened(desk, "Catraca não destravando")
    assert by(desk, "due", "1", "hoje").code == 0
    assert by(desk, "due", "1", "05/11").code == 3
    put_off = ("due", "1", "05/11", "-m", "Liguei; volta quinta", "--contacted", "phone")
    assert by(desk, *put_off).code == 0
    ticket = shown(desk)
    assert ticket["summary"] == "Liguei; volta quinta", "the first one is the summary"
    assert by(desk, "due", "1", "06/11", "-m", "De novo", "--contacted", "utalk").code == 0
    last = shown(desk)["history"][-1]  # type: ignore[index]
    assert (last["text"], last["data"]) == ("De novo", {"contacted": "utalk"})


@pytest.fixture
def dated(desk: Path) -> Path:
    """On Friday 30/10: ACA-1 due today, ACA-2 tomorrow, ACA-3 next week."""
    for title, day in (
        ("Catraca travada", "hoje"),
        ("Finger apagado", "31/10"),
        ("Totem", "05/11"),
    ):
        opened(desk, f"{title} na entrada", "-f", f"due={day}")
    return desk


def test_F16_the_daily_work_is_what_is_due_today(dated: Path) -> None:
    assert ids(dated, "list", "--view", "trabalho-diario") == ["ACA-1"]


@pytest.mark.parametrize("name", ["trabalho-diario", "Trabalho Diário", "trabalho de hoje"])
def test_F_X1_both_names_of_the_view_mean_it(name: str, dated: Path) -> None:
    with environment({"DESKCLI_NOW": "2026-10-31T09:00"}):
        assert ids(dated, "list", "--view", name) == ["ACA-1", "ACA-2"]


def test_F_X2_what_was_left_over_stands_first_and_counts(dated: Path) -> None:
    """F11 and F19: the gate waits for both."""
    with environment({"DESKCLI_NOW": "2026-10-31T17:55"}):
        told = json.loads(by(dated, "today", "--json").out)["tickets"]
        groups = [(row["id"], row["group"]) for row in told]
        assert groups[:2] == [("ACA-1", "late"), ("ACA-2", "today")]
        for left in (["ACA-1", "ACA-2"], ["ACA-2"], []):
            gate = by(dated, "today", "--gate", "--format", "ids")
            assert (gate.code, gate.out.split()) == (7 if left else 0, left)
            for ticket in left[:1]:
                by(dated, "due", ticket, "+1bd", "-m", "Cliente não atende")
        clean = by(dated, "today", "--gate")
        assert (clean.code, clean.out, clean.err) == (0, "", "")


def test_F_X3_late_is_no_status_and_is_nowhere_stored(dated: Path) -> None:
    assert by(dated, "move", "1", "vencido", "-m", "x").code == 5
    [file] = dated.glob("tickets/*/*/ACA-1.yaml")
    before = file.read_text()
    with environment({"DESKCLI_NOW": "2026-10-31T09:00"}):
        rows = json.loads(by(dated, "list", "--json").out)["tickets"]
        late = {row["id"]: (row["overdue"], row["status"]) for row in rows}
        assert late == {"ACA-1": (True, "novo"), "ACA-2": (False, "novo"), "ACA-3": (False, "novo")}
        assert by(dated, "sweep").code == 0
        assert file.read_text() == before, "it is so by the date alone"
        assert by(dated, "due", "1", "05/11", "-m", "Combinado").code == 0
        assert not any(
            row["overdue"] for row in json.loads(by(dated, "list", "--json").out)["tickets"]
        )


def test_F19_the_gate_of_a_team_sees_what_its_people_have(desk: Path) -> None:
    """Nothing in the pack gives a ticket to a team; one that was given to another is theirs."""
    for person in ("operador-1", "atendente-mu"):
        opened(desk, "Catraca não destravando", "-f", "due=hoje", person=person)
    opened(desk, "Catraca não destravando", "-f", "due=hoje", "-f", "team=campo")
    for team, late in (("suporte", ["ACA-1"]), ("campo", ["ACA-3"])):
        gate = by(desk, "today", f"team:{team}", "--gate", "--format", "ids")
        assert (gate.code, gate.out.split()) == (7, late)
        assert ids(desk, "today", f"team:{team}") == late


def test_F_X5_only_resolve_resolves(desk: Path) -> None:
    opened(desk, "Catraca livre na entrada", "-f", "summary=Cabo", "-f", "status=pendente")
    chat = desk / "chat.txt"
    assert by(desk, "append", "1", str(chat)).code == 3, "F7: the summary is demanded"
    assert by(desk, "append", "1", str(chat), "-m", "Ainda livre").code == 0
    assert shown(desk)["status"] == "pendente"
    assert by(desk, "append", "1", str(chat), "-m", "De novo").code == 3, "stored once"
    chat.write_text(CHAT + "30/10/2026 14:30 - Recepção: voltou\n")
    assert by(desk, "append", "1", str(chat), "-m", "Voltou", "--resolve").code == 0
    ticket = shown(desk)
    assert ticket["status"] == "resolvido"
    said = [e["text"] for e in ticket["history"] if e["did"] == "appended"]  # type: ignore[attr-defined]
    assert [text.count("\n") for text in said] == [1, 0], "only what is new"


@pytest.mark.parametrize(
    ("status", "clock"),
    [("pendente", "running"), ("esperando_cliente", "paused"), ("visita_presencial", "paused")],
)
def test_F_X6_waiting_pauses_the_clock_and_not_the_promise(
    status: str, clock: str, desk: Path
) -> None:
    """Each waiting status has a clock of its own, and a date that can be put off."""
    targets = desk / "schedules/sla.yaml"
    promised = "targets:\n- {id: padrao, label: Padrão, resolution: 2bd}"
    targets.write_text(targets.read_text().replace("targets: []", promised))
    opened(desk, "Catraca não destravando")
    schedule = ("visit", "schedule", "1", "04/11 9h", "--with", "tecnico-1", "--confirmed")
    assert by(desk, *schedule, person="paulo").code == 0
    given = () if status == "visita_presencial" else ("--due", "04/11")
    assert by(desk, "move", "1", status, "-m", "Disjuntor", *given).code == 0
    put_off = ("due", "1", "06/11") if given else ("visit", "move", "1", "06/11 9h", "--confirmed")
    with environment({"DESKCLI_NOW": "2026-11-04T08:30"}):
        assert by(desk, *put_off, "-m", "Pediu mais um dia", person="paulo").code == 0
        ticket = shown(desk)
        assert (ticket["sla"]["state"], ticket["due"]) == (clock, "2026-11-06")  # type: ignore[index]
    with environment({"DESKCLI_NOW": "2026-11-06T18:30"}):
        assert shown(desk)["sla"]["state"] == ("late" if clock == "running" else clock)  # type: ignore[index]


def marked(desk: Path, file: str) -> set[str]:
    """What `check --strict` finds provisional in a file."""
    found = json.loads(by(desk, "check", "--strict", "--json").out)["problems"]
    told = [p["message"] for p in found if p["code"] == "check.provisional" and file in p["file"]]
    return {message.split("'")[1] for message in told}


def test_F_X7_what_the_document_leaves_out_is_marked(desk: Path) -> None:
    """The names of the priorities, the groups, and the lists of the article that is missing."""
    assert by(desk, "check", "--strict").code == 3
    assert by(desk, "check").code == 0
    assert marked(desk, "forms/suporte.yaml") >= {"baixa", "media", "alta", "urgente"}
    assert marked(desk, "people.yaml") >= {"Suporte", "Visitas e instalação"}
    for file in ("categories/assuntos.yaml", "calendars.yaml", "rules/lembrar-cliente.yaml"):
        assert marked(desk, file), file


# -- the pack's own scenarios ---------------------------------------------------------------------


def failing(desk: Path) -> set[str]:
    """The names of the scenarios that do not come as they say."""
    found = [p for p in find_problems(Desk(desk)) if not p.is_warning]
    return {str(p.facts["scenario"]) for p in found if str(p.code).startswith("scenario.")}


def test_what_is_not_as_a_scenario_says_is_told_of(desk: Path) -> None:
    """Of every one: so none of them holds of itself."""
    assert failing(desk) == set()
    names = set()
    for path in (desk / "workflows/tests").glob("*.yaml"):
        names |= {scenario["name"] for scenario in read(path.read_bytes(), "").value["scenarios"]}
        lines = path.read_text().split("\n")
        contrary = [
            line.replace("then: {", "then: {not: {") + "}" if "then: {" in line else line
            for line in lines
        ]
        path.write_text("\n".join(contrary))
    assert len(names) > 30
    assert failing(desk) == names


STATUSES, FORM = "workflows/statuses.yaml", "workflows/forms/suporte.yaml"


@pytest.mark.parametrize(
    ("file", "rule", "instead"),
    [
        (FORM, "teams: [micro_university]", "teams: [suporte]"),
        (FORM, "when: {brand: ifitness}", "when: {}"),
        (FORM, "{{ org.name }} - {{ title }}", "{{ title }}"),
        (FORM, "  - não funciona\n", ""),
        (FORM, "{value: baixa, when", "{value: alta, when"),
        (FORM, "{value: urgente, when", "{value: alta, when"),
        (FORM, "- assign: '@me'", "- assign: operador-1"),
        (STATUSES, "due: +1bd", "due: +1d"),
        (STATUSES, "due: ask", "due: +1bd"),
        (STATUSES, "due: '@visit.at'", "due: ask"),
        (STATUSES, "visit.customer_confirmed: 'true', ", ""),
        (STATUSES, "requires: {summary: present}\n  source: [F4, F12", "source: [F4, F12"),
        ("desk.yaml", "visit_roles: [agenda_visitas]", "visit_roles: []"),
        ("desk.yaml", "label: Utalk, kind: phone", "label: Utalk, kind: email"),
        ("desk.yaml", "messaged, ", ""),
        ("people.yaml", "roles: [agenda_visitas]", "roles: [operador]"),
        ("workflows/rules/lembrar-cliente.yaml", "at: '09:00'", "at: '10:00'"),
        ("workflows/rules/lembrar-cliente.yaml", "- notify: assignee", ""),
    ],
)
def test_a_rule_that_changes_breaks_a_scenario(
    file: str, rule: str, instead: str, desk: Path
) -> None:
    text = (desk / file).read_text()
    assert rule in text
    (desk / file).write_text(text.replace(rule, instead, 1))
    assert failing(desk)


def test_F8_a_conversation_is_split_with_one_look_at_the_desk(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"30/10/2026 14:0{n} - Recepção: assunto {n}\n" for n in range(5)]
    (desk / "chat.txt").write_text("".join(lines))
    parts = [
        f"- {{lines: '{n}', title: Catraca não destravando, category: catraca}}\n"
        for n in range(1, 6)
    ]
    (desk / "plano.yaml").write_text("common: {org: Academia Exemplo}\ntickets:\n" + "".join(parts))
    looks: list[bool] = []
    look = Look.refresh

    def counted(self: Look, *how: bool) -> None:
        looks.append(True)
        look(self, *how)

    monkeypatch.setattr(Look, "refresh", counted)
    made = by(desk, "split", str(desk / "chat.txt"), str(desk / "plano.yaml"))
    assert made.code == 0, made
    assert len(looks) == 1
    assert len(ids(desk, "list")) == 5
    assert by(desk, "split", str(desk / "chat.txt"), str(desk / "plano.yaml")).code == 3


@pytest.fixture
def several(desk: Path) -> Path:
    """A conversation about three things, split; a sixth and a seventh line are nobody's."""
    lines = [f"30/10/2026 14:0{n} - Recepção: assunto {n}\n" for n in range(1, 8)]
    (desk / "chat.txt").write_text("".join(lines))
    (desk / "plano.yaml").write_text(
        "common: {org: Academia Exemplo, category: catraca}\ntickets:\n"
        "- {lines: 1-2, title: Catraca livre na entrada, status: resolvido, summary: Cabo,"
        " priority: urgente}\n"
        "- {lines: '2,5', title: Totem sem papel, team: suporte}\n"
        "- {lines: 3-4, title: Dúvida no cadastro, status: pendente, summary: Perguntou,"
        " priority: baixa}\n"
    )
    return desk


def test_F8_every_part_has_its_own_and_knows_the_others(several: Path) -> None:
    made = by(several, "split", str(several / "chat.txt"), str(several / "plano.yaml"))
    assert made.code == 0, made
    assert "6-7" in made.err and "2" in made.err, "in no ticket, and in two"
    found = [shown(several, ticket) for ticket in "123"]
    own = [(t["status"], t.get("priority"), t.get("team")) for t in found]
    assert own == [
        ("resolvido", "urgente", None),
        ("novo", "media", "suporte"),
        ("pendente", "baixa", None),
    ]
    told = [t["history"][0]["text"] for t in found]  # type: ignore[index]
    assert [text.count("\n") + 1 for text in told] == [2, 2, 2]
    assert "assunto 2" in told[1] and "assunto 5" in told[1] and "assunto 3" not in told[1]
    stored = [len(t.get("links", [])) for t in found]  # type: ignore[arg-type]
    assert sum(stored) == 3, "each link stands once"
    assert [links(several, ticket) for ticket in "123"] == [
        "ACA-2, ACA-3",
        "ACA-1, ACA-3",
        "ACA-1, ACA-2",
    ]


@pytest.mark.parametrize("made", [0, 2, 3])
def test_F8_whoever_breaks_a_split_off_is_told_what_stands(
    made: int, several: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = ("split", str(several / "chat.txt"), str(several / "plano.yaml"))
    note, notes = Index.note, [0]

    def left(self: Index, tickets: Sequence[Ticket]) -> None:
        notes[0] += 1
        if notes[0] == made:
            raise KeyboardInterrupt
        note(self, tickets)

    def unkept(files: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Index, "note", left)
        if not made:
            patch.setattr("deskcli.cli.split.keep", unkept)
        found = by(several, *typed)
    assert found.code == 130 and len([*several.glob("tickets/*/*/*")]) == made
    if not made:
        assert found.err == "Nada foi gravado.\n"
        return
    told, back = found.err.splitlines()[-2:]
    assert told == f"{made} tickets criados" + ("; rode de novo para o resto." if made < 3 else ".")
    again = by(several, *typed)
    assert again.code == (0 if made < 3 else 3) and len([*several.glob("tickets/*/*/*")]) == 3
    [undo] = re.findall(r"undo \S+", back)
    assert by(several, *undo.split()).out.count("ACA-") == made


def links(desk: Path, ticket: str) -> str:
    """What `show` says of them."""
    lines = by(desk, "show", ticket).out.splitlines()
    return next((line.split(maxsplit=1)[1] for line in lines if line.startswith("  Vínculos")), "")


def test_F8_a_link_is_seen_from_both_and_taken_away_from_either(desk: Path) -> None:
    for title in ("Catraca não destravando", "Finger apagado"):
        opened(desk, title)
    refused = by(desk, "link", "1", "1")
    assert refused.code == 3 and "si mesmo" in refused.err
    assert by(desk, "link", "2", "1").code == 0
    assert [links(desk, ticket) for ticket in "12"] == ["ACA-2", "ACA-1"]
    assert by(desk, "unlink", "1", "2").code == 0
    assert [links(desk, ticket) for ticket in "12"] == ["", ""]


def test_F8_links_with_several_are_all_taken_away(desk: Path) -> None:
    """Those that stand on one ticket are one change of its file, and are undone as one."""
    for title in ("Catraca não destravando", "Finger apagado", "Totem sem papel", "Leitor mudo"):
        opened(desk, title)
    for one, other in ("31", "23", "34"):
        assert by(desk, "link", one, other).code == 0
    refused = by(desk, "unlink", "3,1", "2")
    assert refused.code == 5 and "ACA-1 e ACA-2 não estão" in refused.err
    assert links(desk, "3") == "ACA-1, ACA-4, ACA-2"
    taken = by(desk, "unlink", "1,2,4", "3")
    assert taken.code == 0 and [line[:5] for line in taken.out.splitlines()] == ["ACA-3", "ACA-2"]
    assert [links(desk, ticket) for ticket in "1234"] == [""] * 4
    assert by(desk, "undo").code == 0 and links(desk, "3") == "ACA-1, ACA-4, ACA-2"


def test_F8_every_wrong_line_of_a_plan_is_told_at_its_place(several: Path) -> None:
    (several / "plano.yaml").write_text(
        "common: {org: Academia Exemplo, category: catraca}\ntickets:\n"
        "- {linhas: 1-2, title: Catraca livre na entrada}\n"
        "- {lines: 3-9, title: Totem sem papel}\n"
    )
    refused = by(several, "split", str(several / "chat.txt"), str(several / "plano.yaml"))
    assert refused.code == 3
    assert "plano.yaml:3:" in refused.err and "linhas, title" in refused.err
    assert "plano.yaml:4:" in refused.err and "3-9" in refused.err
    assert ids(several, "list") == []


def test_F8_the_plan_to_fill_has_no_lines_that_nobody_wrote(desk: Path) -> None:
    notice = "30/10/2026 13:59 - As mensagens desta conversa são protegidas com criptografia\n"
    (desk / "chat.txt").write_text(notice + CHAT)
    lines = by(desk, "split", str(desk / "chat.txt")).out.splitlines()
    assert [line[:7] for line in lines if line.startswith("#")] == ["#    2 ", "#    3 "]


@pytest.mark.parametrize("command", [("append", "1"), ("create", "--chat"), ("split",)])
def test_a_file_in_which_nobody_says_anything_is_no_conversation(
    command: tuple[str, ...], desk: Path
) -> None:
    opened(desk, "Catraca não destravando")
    (desk / "vazio.txt").write_text("\n")
    refused = by(desk, *command, str(desk / "vazio.txt"))
    assert refused.code == 3 and "vazio.txt" in refused.err
    assert ids(desk, "list") == ["ACA-1"]


def test_two_changes_of_one_ticket_are_no_commit(desk: Path) -> None:
    """The second would be written over the first, which was told of as done."""
    opened(desk, "Catraca não destravando")
    here = Desk(desk)
    ticket = here.store.get("1")
    change = here.scene().change(ticket, {"did": "noted", "text": "Cabo solto"})
    with here.writing(), pytest.raises(AssertionError, match="twice"):
        here.commit([change, change])
    assert here.store.get("1").doc.text == ticket.doc.text
    with here.writing():
        assert len(here.commit([change])) == 1
