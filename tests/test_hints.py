"""Every refusal names the command that would succeed; typed as it stands here, it does."""

import re
import shlex
from pathlib import Path

import pytest
from promises.desks import NOW, Run, always, copy_of, done, environment, new_desk, run

from deskcli.cli.problem_hints import ADDED, ELSE, MISSING, PUT, RETYPED
from deskcli.problem import CODES, Exit

CREATE = "create -c orcamento_vcc --name 'Ana Prado' --email ana@example.com"
# Refusals that name no command, each with why not; a name with a dot at its end is all below it.
NO_COMMAND = {
    "yaml.": "the line of the file is told: an editor mends it",
    "schema.": "the same",
    "calendar.": "the same",
    "check.": "the same: only `check` says it",
    "scenario.": "the same",
    "sla.": "the same",
    "swap.against": "the same",
    "condition.shape": "the same: a condition in YAML",
    "condition.test": "the same",
    "desk.setting": "the same",
    "desk.tickets": "a disk to mount; the words say what to type where there is none",
    "file.": "the same: the desk's own files",
    "reply.head": "the same: a canned reply",
    "reply.template": "the same",
    "status.none": "the same: statuses.yaml lacks a state",
    "ticket.not_one": "the same: a ticket edited by hand",
    "ticket.history_last": "the same",
    "ticket.name": "the same",
    "rota.": "the same, but for rota.unknown and rota.which",
    "roulette.empty": "the same",
    "import.": "an export or its map, with its place; but for a column that is missing",
    "source.": "the same: the row, or what to install, is told",
    "transcript.": "the conversation's file, with its place",
    "visit.library": "the hint is to install it",
    "option.import": "a row of rejects/, where somebody who may opens it",
    "form.import": "the same",
    "date.": "the words give dates to type",
    "field.long": "the words give the limit",
    "ticket.size": "the same",
    "option.both": "the words say what to leave out",
    "option.lists": "the same",
    "condition.words": "the words show the quote to close",
    "condition.long": "the words say what to leave out",
    "text.encoding": "what was typed is no text, and can not be shown again",
    "os.": "the system's own words; what would help is not ours to know",
}


def test_every_refusal_names_a_command_or_stands_in_the_list() -> None:
    refusals = {code for code, exit_ in CODES.items() if exit_ is not Exit.DONE}
    named = {*MISSING, *ADDED, *RETYPED, *PUT, *ELSE, "option.needs_macro"}
    assert named <= refusals, "a hint for what is no refusal"
    told = {code for code in refusals if code in named}
    left = {code for code in refusals - told if not excused(code)}
    assert left == set()


def excused(code: str) -> bool:
    return code in NO_COMMAND or code.partition(".")[0] + "." in NO_COMMAND


def test_the_list_has_nothing_that_there_is_not() -> None:
    for name in NO_COMMAND:
        assert any(code == name or code.startswith(name) for code in CODES), name


# -- typed as they stand --------------------------------------------------------------------------


_moment = always(NOW, EDITOR="false")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ESP-1 open, ESP-2 resolved, ESP-3 of the supervisor's, ESP-4 promised, ESP-5 a birthday and
    ESP-6 a curriculum; whoever runs the tests is Atendente 1.
    """
    with environment({"DESKCLI_NOW": NOW}):
        root = new_desk(tmp_path_factory.mktemp("hints") / "mesa")
        done(root, "init", "--login", "atendente-1")
        cadastro = ["--as", "supervisor", "create", "-c", "cadastro_esplane", "-f", "reason=outro"]
        who = ["--name", "Rui", "--email", "rui@example.com", "-m", "Olá"]
        for args in (
            shlex.split(CREATE),
            shlex.split(CREATE),
            [*cadastro, *who],
            shlex.split(CREATE),
            ["create", "-c", "aniversariantes", "-f", "reason=outro", *who],
            ["create", "-c", "fora_de_atendimento", "-f", "reason=outro", *who],
            ["resolve", "2"],
            ["due", "4", "25/11"],
        ):
            done(root, *args)
    return root


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    return copy_of(made, tmp_path / "mesa")


def hint_of(found: Run, which: int = 0) -> list[str]:
    """A command told, as the shell would take it apart."""
    told = re.findall(r"^  tente: (deskcli .*)$", found.err, re.MULTILINE)
    assert told, found.err
    return shlex.split(told[which])[1:]


# What is typed, its exit code, and for the words in capitals of the hint what to put there.
REFUSED: list[tuple[str, int, dict[str, str]]] = [
    # names
    ("assign 1 joaoo", 5, {}),
    ("assign 1 ninguem", 5, {}),
    (f"{CREATE.replace('orcamento_vcc', 'orcamento_vc')}", 5, {}),
    ("create -c nota -f reason=outro --name A --email a@example.com", 5, {}),
    ("create -c rastreio --name A --email a@example.com", 5, {"VALOR": "77"}),
    (
        "create --form 'Orçamentos e Atendimento' -c rastreio -f order_number=1 --name A"
        " --email a@example.com",
        5,
        {},
    ),
    ("set 1 category=rastreio", 5, {"VALOR": "77"}),
    ("set 1 form=orcamentos-atendimento category=Rastreio order_number=7", 5, {}),
    ("create --form zzz -c rastreio", 5, {}),
    ("create --form pos-vends -c rastreio -f order_number=1 --name A --email a@example.com", 5, {}),
    ("list status:nvo", 5, {}),
    ("list stauts:novo", 5, {}),
    ("list zzzzz:novo", 5, {}),
    ("list brand:zzz", 5, {}),
    ("list status:zzz", 5, {}),
    ("list form:zzz", 5, {}),
    ("list category:zzz", 5, {}),
    ("list org:zzz", 5, {}),
    ("list visit.with:zzz", 5, {}),
    ("list macros:zzz", 5, {}),
    ("list macros:nive", 5, {}),
    ("list state:aberto", 5, {}),
    ("list open:talvez", 5, {}),
    ("list reason:zzz", 5, {}),
    ("list status:novo,resolvdo", 5, {}),
    ("list reason:zzz,outro", 5, {}),
    ("list reason:outro,zzz,duvida", 5, {}),
    ("list --view zzz", 5, {}),
    ("list --sort prazo", 5, {}),
    ("list --format xml", 2, {}),
    ("import x.csv --map zzz", 5, {}),
    ("reply 1 -t zzz", 5, {}),
    ("apply 5 zzz", 5, {}),
    ("move 1 zzz", 5, {}),
    ("assign 1 team:zzz", 5, {"VALOR": "rh"}),
    ("assign 1 roulette:zzz", 5, {}),
    ("rota who --rota zzz", 5, {}),
    ("calendar show --calendar zzz", 5, {}),
    ("calendar add 24/12 Véspera --table zzz", 5, {}),
    ("schema zzz", 5, {}),
    ("show 99", 5, {}),
    ("show ../x", 2, {}),
    # who may
    ("create -c declinado_frete -f reason=outro --name A --email a@example.com", 4, {}),
    ("create --form pedido-finalizado --name A --email a@example.com", 4, {}),
    ("create --form pedido-finalizado --guide", 4, {}),
    ("create --form pedido-finalizado -c pedido_vcc --name A --email a@example.com", 4, {}),
    ("resolve 3", 4, {}),
    # what is already so
    ("resolve 2", 3, {}),
    ("reopen 1", 3, {}),
    ("assign 1 vendedor-2", 3, {}),
    ("due 4 25/11", 3, {}),
    # what is missing
    ("cancel 1", 3, {"TEXTO": "desistiu"}),
    ("move 1 cancelado", 3, {"TEXTO": "desistiu"}),
    ("due 4 26/11", 3, {"TEXTO": "combinado"}),
    ("annotate 1 ''", 2, {"TEXTO": "ligou"}),
    ("annotate 1 -", 2, {"TEXTO": "ligou"}),
    ("set 1 status=resolvido", 2, {}),
    ("set 1 assignee=joao", 2, {}),
    ("set 1 requester.phone", 2, {"VALOR": "11 99999-0000"}),
    ("set 1 requester.phone=12", 3, {"VALOR": "11 99999-0000"}),
    ("set 5 reason=zzz", 3, {"VALOR": "duvida"}),
    ("set 1 prodct=Cuba", 3, {}),
    ("set 1 zzz=1", 3, {}),
    ("set 1 reason=orcamento_pendente", 3, {}),
    ("set 1 brand=esplane", 3, {"VALOR": "orcamento_esplane"}),
    ("resolve 5", 3, {"VALOR": "NIVER10"}),
    ("apply 5 niver", 3, {"VALOR": "NIVER10"}),
    ("apply 5 'Pós Vendas'", 3, {}),
    ("apply 1 'Currículo RH'", 3, {}),
    ("apply 6 'Currículo RH'", 3, {"ARQUIVO": "curriculo.pdf"}),
    ("reply 1 oi --channel fax", 2, {"VALOR": "email"}),
    ("reply 1 oi --channel whatsapp", 3, {"VALOR": "11 99999-0000"}),
    ("create -c orcamento_vcc --name Ana --email x -m x", 3, {"VALOR": "a@example.com"}),
    (
        "create -c duvida_produto --name A --email x -f reason=zzz",
        3,
        {"product=VALOR": "product=Cuba", "VALOR": "a@example.com"},
    ),
    (
        "create -c aniversariantes -f reason=outro -f status=resolvido --name A --email a@b.com.br",
        3,
        {},
    ),
    # what only the person knows is a blank, what is fixed is told right
    (f"{CREATE} -f brand=outra", 3, {}),
    ("set 1 brand=outra", 3, {"VALOR": "orcamento_esplane"}),
    (
        "create --form nao-trabalhamos -f product=T --name A --email a@example.com",
        3,
        {"VALOR": "estoque_negativo"},
    ),
    (
        "--as joao create -c orcamento_terceiro -f reason=outro --name A --email a@example.com",
        3,
        {"VALOR": "arquiteto"},
    ),
    ("calendar open 99/99", 2, {"DATA HORA": "24/11 14h"}),
    ("calendar open 24/11", 2, {"DATA HORA": "24/11 14h"}),
    ("visit done 1", 3, {"DATA HORA": "24/11 14h"}),
    ("visit schedule 1 24/11", 2, {"DATA HORA": "24/11 14h"}),
    ("list arrived:-1bd", 2, {"DATA": "20/11"}),
    ("list arrived:2026-11-23T09:00", 2, {"DATA": "23/11"}),
    ("set 1 nota", 2, {"CAMPO": "product", "VALOR": "Cuba"}),
    # messages
    ("outbox add 1 -m oi --channel fax", 2, {"VALOR": "email"}),
    ("outbox add 1 -m oi --channel whatsapp", 3, {"VALOR": "11 99999-0000"}),
    (
        "outbox add 1 -m oi --channel whatsapp --email a@example.com",
        2,
        {"VALOR": "'11 99999-0000'"},
    ),
    ("outbox add 1 -m oi --phone 12", 3, {"VALOR": "11 99999-0000"}),
    ("outbox add 1 -m 'oi {{ order_number }}'", 3, {"VALOR": "77"}),
    ("outbox export", 3, {}),
    ("outbox sent 01ZZZZZZZZZZZZZZZZZZZZZZZZ", 5, {}),
    ("set 1 category=declinado_frete -n", 4, {"TEXTO": "pode ver?"}),
    ("reply 1 'oi {{ nada }}'", 3, {"TEXTO": "oi"}),
    ("create -c orcamento_vcc --name ' ' --email a@example.com", 3, {"VALOR": "Ana"}),
    ("create -c orcamento_vcc --name A --email ''", 3, {"VALOR": "a@example.com"}),
    ("due 1 31/02", 2, {"DATA": "26/11"}),
    # schedules
    ("rota absence add joao 26/11 25/11", 3, {}),
    ("rota swap joao joao 25/11", 3, {"PESSOA": "vendedor-3"}),
    ("rota swap joao vendedor-3 24/11", 3, {}),
    ("rota swap joao vendedor-3 28/11", 3, {}),
    ("rota unswap 24/11", 5, {}),
    ("rota absence end joao", 5, {}),
    # undo
    ("undo 01ZZZZZZZZZZZZZZZZZZZZZZZZ", 5, {}),
    # desks
    ("init outra --pack zzz", 5, {}),
    ("init outra", 2, {}),
]


@pytest.mark.parametrize(("typed", "code", "put"), REFUSED, ids=[r[0] for r in REFUSED])
def test_the_command_told_succeeds(
    typed: str, code: int, put: dict[str, str], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.parent)
    (desk.parent / "curriculo.pdf").write_bytes(b"%PDF-1.4\n")
    refused = run(desk, "--no-input", *shlex.split(typed))
    assert refused.code == code, refused
    words = hint_of(refused)
    for capitals, text in put.items():
        assert any(capitals in word for word in words), words
        words = [word.replace(capitals, text) for word in words]
    again = run(desk, *words)
    assert again.code == 0, (words, again)


def test_a_value_of_which_the_desk_has_none_is_told_with_a_list(desk: Path) -> None:
    for macro in (desk / "workflows" / "macros").iterdir():
        macro.unlink()
    refused = run(desk, "list", "macros:zzz")
    assert refused.code == 5 and "zzz" in refused.err, refused
    assert done(desk, *hint_of(refused))


def test_a_category_that_there_is_not_is_told_with_the_list_of_those_there_are(desk: Path) -> None:
    """By the guide, also where a guess is made."""
    near = run(desk, *shlex.split(CREATE.replace("orcamento_vcc", "orcamento_vc")))
    assert done(desk, *hint_of(near)) and "orcamento_vcc" in done(desk, *hint_of(near, 1)).out
    refused = run(desk, *shlex.split(CREATE.replace("orcamento_vcc", "zzz")))
    assert refused.code == 5 and "orcamento_vcc" in done(desk, *hint_of(refused)).out


def test_the_guide_of_a_form_that_is_for_others_says_for_whom(desk: Path) -> None:
    refused = run(desk, "create", "--form", "pedido-finalizado", "--guide")
    assert refused.code == 4 and "vendedor" in refused.err and "Atendente 1" in refused.err


def test_no_guess_names_what_is_for_others(desk: Path) -> None:
    """O-X16: sellers alone decline; the guess is another for each."""
    typed = CREATE.replace("orcamento_vcc", "declinado")
    refused = run(desk, "--no-input", *shlex.split(typed))
    assert refused.code == 5 and "declinado_" not in refused.err, refused
    assert done(desk, *hint_of(refused))
    guessed = run(desk, "--as", "joao", "--no-input", *shlex.split(typed))
    assert "declinado_" in guessed.err


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ("boletos", "outro"),
        ("aniversariantes -f reason=zzz", "outro"),
        ("declinado_frete", "outro"),
        ("orcamento_terceiro", "orcamento_pendente"),
        ("orcamento_vcc -f reason=zzz", "orcamento_pendente"),
    ],
)
def test_the_motive_of_quotes_is_proposed_for_quotes_alone(
    option: str, reason: str, desk: Path
) -> None:
    """O30: 'para solicitações de orçamento usar Orçamento Pendente', the first of the list."""
    typed = f"create -c {option} --name A --email a@example.com"
    refused = run(desk, "--as", "joao", "--no-input", *typed.split())
    assert refused.code == 3 and f"reason={reason}" in hint_of(refused), refused


def test_the_beginning_of_a_name_is_taken_for_it_where_it_is_of_one_alone(desk: Path) -> None:
    refused = run(desk, *shlex.split(CREATE.replace("orcamento_vcc", "nota")))
    assert "nota_fiscal" in hint_of(refused) and "reason=outro" in hint_of(refused), refused
    refused = run(desk, *shlex.split(CREATE.replace("orcamento_vcc", "inst")))
    assert hint_of(refused)[-3:] == ["--form", "orcamentos-atendimento", "--guide"], refused


def test_where_names_are_equally_near_none_is_chosen(desk: Path) -> None:
    """Brands are no guess of ours: both are named, and the guide tells them apart."""
    refused = run(desk, *shlex.split(CREATE.replace("orcamento_vcc", "orcamento")))
    assert refused.code == 5 and "orcamento_esplane" in refused.err, refused
    assert "orcamento_vcc" in refused.err and hint_of(refused)[-1] == "--guide"


def test_a_proposal_that_is_no_choice_is_not_told(desk: Path) -> None:
    form = desk / "workflows" / "forms" / "orcamentos-atendimento.yaml"
    text = form.read_text()
    assert "value: outro" in text
    form.write_text(text.replace("value: outro", "value: nada"))
    refused = run(desk, "create", "-c", "boletos", "--name", "A", "--email", "a@example.com")
    assert refused.code == 3 and "reason=nada" not in refused.err, refused


def test_what_the_form_fixes_is_told_to_be_fixed(desk: Path) -> None:
    done(
        desk,
        *shlex.split("create -c rastreio -f order_number=7 --name A --email a@example.com"),
        "--form",
        "pos-vendas",
    )
    refused = run(desk, "set", "7", "impropriety=x")
    assert refused.code == 3 and "impropriety=" not in refused.err, refused


def test_who_may_not_is_told_of_nothing_else(desk: Path) -> None:
    """Nor of fields that would not help."""
    refused = run(desk, *"create -c pedido_vcc --name A --email a@example.com".split())
    assert refused.code == 4 and "vendedor" in refused.err and "Motivo" not in refused.err, refused


def test_a_hint_has_the_global_options_once(desk: Path) -> None:
    refused = run(desk.parent, "--lang", "en", "init", "z", "--pack", "esplane", "--login", "nope")
    assert refused.err.count("--lang en") == 1, refused
    warned = done(desk, "--lang", "en", "annotate", "1", "@zzz")
    assert warned.err.count("--lang en people list") == 1, warned


def test_a_table_of_cells_says_false_as_json_does(desk: Path) -> None:
    told = done(desk, "undo", "--list", "--format", "csv").out
    assert ",false" in told and "False" not in told


def test_a_refused_swap_says_who_can_not_and_why(desk: Path) -> None:
    refused = run(desk, "rota", "swap", "joao", "nathalya", "30/11")
    assert "Nathálya" in refused.err and "não tem o papel" in refused.err, refused
    assert hint_of(refused)[-4:] == ["swap", "joao", "PESSOA", "30/11"]


def test_people_are_called_by_their_names(desk: Path) -> None:
    refused = run(desk, *shlex.split(CREATE.replace("orcamento_vcc", "declinado_frete")))
    assert "(João, Vendedor 2, Vendedor 3); Atendente 1 não" in refused.err, refused


def test_an_option_of_another_form_is_told_with_its_form(desk: Path) -> None:
    refused = run(desk, *shlex.split(CREATE.replace("orcamento_vcc", "rastreio")))
    assert refused.code == 5 and "Pós Vendas" in refused.err, refused
    again = ["--form", "pos-vendas", "-f", "order_number=VALOR"]
    assert hint_of(refused)[-4:] == again and "Motivo" not in refused.err


def test_an_option_of_another_form_is_no_news_to_whom_it_is_hidden_from(desk: Path) -> None:
    """O-X16: declined is for sellers, and what is for others is as what there is not."""
    typed = "create --form pos-vendas -c declinado_frete --name A --email a@example.com"
    refused = run(desk, "--no-input", *typed.split())
    assert refused.code == 5 and "orcamentos-atendimento" not in refused.err, refused
    told = run(desk, "--as", "joao", "--no-input", *typed.split())
    assert done(desk, *hint_of(told)) and "orcamentos-atendimento" in hint_of(told)


def test_a_stranger_is_told_how_to_become_a_person_of_the_desk(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "mesa")
    done(desk, *shlex.split(CREATE))
    for typed in ("assign 1 @me", "create -c declinado_frete -f reason=outro --name A"):
        refused = run(desk, "--no-input", *typed.split())
        assert refused.code in (4, 5), refused
        assert hint_of(refused)[-3:] == ["init", "--login", "PESSOA"]
    done(desk, "init", "--login", "João")
    assert "João" in done(desk, "assign", "1", "@me").out
    again = run(desk, "init", "--login", "vendedor-2")
    assert again.code == 3 and "João" in again.err, "nobody becomes somebody else by mistake"
    assert done(desk, *hint_of(again)).code == 0
    assert done(desk, "init", "--login", "joao").code == 0


def test_a_person_is_not_taken_for_a_ticket(desk: Path) -> None:
    """`vendedor-2` looks like one, and `create` has none."""
    typed = "create -a vendedor-2 -c declinado_frete -f reason=outro --name A --email a@example.com"
    refused = run(desk, *typed.split())
    assert refused.code == 4
    assert hint_of(refused)[-4:] == ["create", "--form", "orcamentos-atendimento", "--guide"]
    refused = run(desk, "due", "-m", "vendedor-2", "4", "ontem")
    assert refused.code == 3 and "due ESP-4 " in refused.err


def test_an_undo_that_others_stand_in_the_way_of_names_theirs(desk: Path) -> None:
    done(desk, "annotate", "1", "liguei")
    operations = done(desk, "undo", "--list").out.split()
    first = done(desk, "history", "1", "--format", "ids").out.split()[0]
    refused = run(desk, "undo", first)
    assert refused.code == 6
    assert hint_of(refused)[-2:] == ["undo", operations[0]]
    done(desk, *hint_of(refused))
    assert run(desk, "undo", first).code == 0


@pytest.mark.parametrize("ticket", ["1", "3", "5"])
def test_the_macros_of_a_ticket_are_those_that_can_be_applied(ticket: str, desk: Path) -> None:
    able, _mark, later = done(desk, "apply", ticket).out.partition("Ainda não:\n")
    named = [line.split() for line in able.splitlines()[1:]]
    assert {words[0] for words in named} | {
        line.split()[0].rstrip(":") for line in later.splitlines()
    } == {line.split()[0] for line in done(desk, "apply").out.splitlines()}
    for words in named:
        values = [word.replace("VALOR", "NIVER10") for word in words if word.endswith("=VALOR")]
        assert run(desk, "apply", ticket, words[0], *values, "-n").code == 0
    for line in later.splitlines():
        assert run(desk, "apply", ticket, line.split()[0].rstrip(":"), "-n").code in (3, 4)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("cancel 1 -m ''", "cancel 1 -m TEXTO"),
        ("cancel 1 -m ' ' -n", "cancel 1 -m TEXTO -n"),
        ("cancel 1 --note ''", "cancel 1 --note TEXTO"),
        (
            "create -c orcamento_vcc --email a@example.com -f 'requester.name= '",
            "--email a@example.com -f requester.name=VALOR",
        ),
    ],
)
def test_what_was_given_nothing_is_not_told_twice(typed: str, told: str, desk: Path) -> None:
    done(desk, *shlex.split(CREATE))
    refused = run(desk, "--no-input", *shlex.split(typed))
    assert refused.code == 3, refused
    assert refused.err.rstrip().endswith(told), refused
