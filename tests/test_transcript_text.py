"""Transcripts that are copies or plain text, each written out by hand; and who is the desk's."""

import datetime as dt

import pytest
from test_transcripts import FOLDER, NEXT, PHONE, at, load, said

from deskcli.sources.chat import Message, match_people, parse

WEB = [
    said((1, 2), at(14, 5), "Cliente", "A catraca travou\nde novo"),
    said(3, at(14, 6), "Atendente 1", "Vou ver"),
    said(4, at(14, 7), PHONE, "ok"),
]
AUGUST = dt.date(2024, 8, 13)
MEETINGS = [
    said((1, 2), at(10, 42, day=AUGUST), "Atendente 1", "Podemos fechar o chamado?"),
    said((3, 4), at(10, 43, day=AUGUST), "Cliente", "Pode"),
]
WEBCHAT = [
    said((1, 2), None, None, "Chat started: 2024-03-12 02:05 PM UTC"),
    said(3, dt.time(14, 5, 24), "Visitante 10", "não consigo entrar"),
    said(4, dt.time(14, 5, 31), None, "Atendente 1 joined the chat", flag="system"),
    said((5, 6), dt.time(14, 5, 39), "Atendente 1", "Olá!\nQual é o erro?"),
    said(7, dt.time(14, 6), None, "Visitante 10 left the chat", flag="system"),
]
CLOCK = [
    said(1, dt.time(14, 5), "Cliente", "a catraca travou"),
    said((2, 3), dt.time(14, 6), "Atendente 1", "reinicie, por favor\nela fica atrás do balcão"),
    said(4, dt.time(14, 7), None, "(sem resposta)"),
]
CAPTIONS = [
    said((1, 4), dt.time(14, 5), "Cliente", "a catraca travou\ndesde as 11:05"),
    said((5, 7), dt.time(14, 6), "Atendente 1", "vou ver"),
    said((8, 9), dt.time(14, 7), "Cliente", "ok"),
]
DATED_CAPTIONS = [
    said((1, 2), at(14, 5), "Atendente 1", "Bom dia"),
    said((3, 5), at(8, 0, day=NEXT), "Cliente", "Bom dia\nCheguei às 14:05"),
    said((6, 7), at(8, 1, day=NEXT), "Atendente 1", "Pois não?"),
]
SPEECH = [
    said((1, 2), None, "Cliente", "a catraca travou\ne o totem também"),
    said((3, 4), None, "Atendente 1", "qual o erro?"),
    said((5, 6), None, "Cliente", '"falha: 12"\nLoja: Centro'),
]
PARAGRAPH = [
    said(
        (1, 4),
        None,
        None,
        "Cliente ligou às 14:05 e disse que a catraca não libera.\n"
        "Telefone: +55 11 90000-0000\n\nPediu visita: amanhã.",
    )
]
FORM = [
    said(
        (1, 3),
        None,
        None,
        "Nome: Cliente\nTelefone: +55 11 90000-0000\nProblema: a impressora parou",
    )
]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("web.txt", WEB),
        ("reunioes.txt", MEETINGS),
        ("webchat.txt", WEBCHAT),
        ("hora.txt", CLOCK),
        ("legendas.txt", CAPTIONS),
        ("legendas-data.txt", DATED_CAPTIONS),
        ("falas.txt", SPEECH),
        ("paragrafo.txt", PARAGRAPH),
        ("ficha.txt", FORM),
    ],
)
def test_each_form_of_text(name: str, wanted: list[Message]) -> None:
    found = load(name)
    assert list(found.messages) == wanted
    assert not found.notes


def test_every_fixture_is_written_out() -> None:
    tests = FOLDER.parent.glob("test_transcript*.py")
    written = "".join(path.read_text(encoding="utf-8") for path in tests)
    assert all(f'"{path.name}"' in written for path in FOLDER.glob("*.txt"))


def test_two_sentences_of_two_roles_are_a_conversation_and_two_names_only_when_known() -> None:
    roles = parse("Cliente: travou\nAtendente 1: vou ver\n")
    assert roles.participants == ["Cliente", "Atendente 1"]
    names = "Marca Azul: travou\nEquipe: vou ver\n"
    assert parse(names).participants == []
    assert parse(names, names=["marca azul", "Equipe"]).participants == ["Marca Azul", "Equipe"]


def test_dated_notes_without_any_author_are_no_events_of_whatsapp() -> None:
    found = parse("12/03/2024 14:05 - ligou reclamando\n13/03/2024 14:05 - ligou de novo\n")
    assert found.messages == (
        said(1, at(14, 5), None, "ligou reclamando"),
        said(2, at(14, 5, day=NEXT), None, "ligou de novo"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Resumo do dia\n(14:05) o cliente ligou\nvoltou a ligar",
        "Abertura 08:00\ntudo certo\nFechamento 18:00\na catraca travou",
        "Produto: cuba\nQuantidade: 2\nProduto: torneira\nQuantidade: 1",
    ],
)
def test_prose_that_has_times_and_colons_is_one_message(text: str) -> None:
    last = text.count("\n") + 1
    assert parse(text).messages == (said((1, last), None, None, text),)


def test_what_stands_above_the_first_message_is_kept() -> None:
    found = parse("\nConversa de hoje\n\n12/03/2024 14:05 - Cliente: oi\n")
    assert found.messages == (
        said((1, 3), None, None, "Conversa de hoje"),
        said(4, at(14, 5), "Cliente", "oi"),
    )
    assert parse("\n\r\n12/03/2024 14:05 - Cliente: oi").messages == (
        said((1, 3), at(14, 5), "Cliente", "oi"),
    )


def test_no_text_is_said() -> None:
    assert [n.code for n in parse("", "a.txt").notes] == ["transcript.empty"]
    blank = parse(" \n\n")
    assert blank.messages == (said((1, 2), None, None, ""),)


# -- who is the desk's ----------------------------------------------------------------------------

PEOPLE = [
    ("at1", "Atendente 1", ["Suporte", "Recepção"], ["11 90000-0001"]),
    ("at2", "Atendente 2", ["Suporte"], ["+55 11 90000-0002"]),
]


@pytest.mark.parametrize(
    ("participant", "person"),
    [
        ("ATENDENTE 1", "at1"),
        ("recepcao", "at1"),
        ("~ Atendente 2", "at2"),
        ("at2", "at2"),
        ("+55 11 90000-0001", "at1"),
        ("+55 11 0000-0002", "at2"),  # WhatsApp leaves the ninth digit out of many numbers
        ("Suporte", None),  # two people are called that
        ("Atendente", None),
        ("+55 11 90000-0009", None),
        ("Cliente", None),
        ("", None),
    ],
)
def test_people_of_the_desk_by_name_alias_or_telephone(
    participant: str, person: str | None
) -> None:
    found = match_people([participant, "Cliente"], PEOPLE)
    assert found == ({participant: person} if person else {})
