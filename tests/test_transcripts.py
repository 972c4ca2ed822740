"""Transcripts of WhatsApp: each form of export, its messages written out by hand (F1-F9)."""

import datetime as dt
from pathlib import Path

import pytest

from deskcli.sources.chat import Media, Message, Transcript, read_chat

FOLDER = Path(__file__).parent / "transcripts"
DAY = dt.date(2024, 3, 12)
PHONE = "+55 11 90000-0000"


def load(name: str) -> Transcript:
    return read_chat(FOLDER / name).transcript


def at(hour: int, minute: int, second: int = 0, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute, second))


def said(
    lines: tuple[int, int] | int,
    when: dt.datetime | dt.time | None,
    author: str | None,
    text: str,
    *media: Media,
    flag: str = "",
) -> Message:
    first, last = lines if isinstance(lines, tuple) else (lines, lines)
    moment = when if isinstance(when, dt.datetime) else None
    clock = when if isinstance(when, dt.time) else None
    flags = {"edited": flag == "edited", "deleted": flag == "deleted", "system": flag == "system"}
    return Message(first, last, moment, clock, author, text, media, **flags)


def left_out(kind: str, name: str | None = None) -> Media:
    return Media(name, kind, omitted=True)


def attached(kind: str, name: str) -> Media:
    return Media(name, kind, omitted=False)


NOTICE = "As mensagens e as ligações são protegidas com a criptografia de ponta a ponta."
ANDROID = [
    said(
        1,
        at(14, 5),
        None,
        f"{NOTICE} Ninguém fora desta conversa, nem mesmo o WhatsApp, pode ler ou ouvi-las."
        " Toque para saber mais.",
        flag="system",
    ),
    said(2, at(14, 5), "Cliente", "Boa tarde"),
    said(
        (3, 8),
        at(14, 6),
        "Cliente",
        "A catraca não libera:\n- nem com o dedo\n\n- nem com o cartão\n"
        "12/03/2024 reunião às 15h\n14:05 - chegou o técnico",
    ),
    said(9, at(14, 7), PHONE, "", left_out("file")),
    said(
        (10, 11),
        at(14, 8),
        "Cliente",
        "Segue a foto: catraca 2",
        attached("image", "IMG-20240312-WA0001.jpg"),
    ),
    said(12, at(14, 9), "Atendente 1", "", attached("audio", "PTT-20240312-WA0002.opus")),
    said(13, at(14, 10), "Atendente 1", "", flag="deleted"),
    said(14, at(14, 11), "Atendente 1", "Reinicie a catraca 👍", flag="edited"),
    said((15, 16), at(14, 12), "Cliente", "vídeo da tela", left_out("file")),
    said(17, at(14, 13), "Cliente", "", flag="deleted"),
    said(18, at(14, 14), "Cliente", ""),
    said(19, at(14, 15), None, "Ligação de voz perdida", flag="system"),
    said(20, at(14, 16), "Atendente 1", "", attached("contact", "Contato.vcf")),
]

FEBRUARY = dt.date(2024, 2, 5)
GROUP = [
    said(
        1,
        at(9, 0, day=FEBRUARY),
        None,
        "As mensagens e as chamadas são protegidas com a criptografia de ponta a ponta. Somente as"
        " pessoas que fazem parte da conversa podem ler, ouvir e compartilhar esse conteúdo.",
        flag="system",
    ),
    said(
        2, at(9, 0, day=FEBRUARY), None, 'Atendente 1 criou o grupo "Loja: Centro"', flag="system"
    ),
    said(3, at(9, 0, day=FEBRUARY), None, "Você foi adicionado(a)", flag="system"),
    said(4, at(9, 1, day=FEBRUARY), "Suporte: Loja 2", "", left_out("file")),
    said(5, at(9, 2, day=FEBRUARY), "Suporte: Loja 2", "obs: a impressora parou"),
    said(6, at(9, 3, day=FEBRUARY), "Cliente 🛒", "Horário: 10:30 - pode?"),
    said(
        7,
        at(9, 4, day=FEBRUARY),
        None,
        'Atendente 1 mudou o nome do grupo de "Loja: Centro" para "Loja: Sul"',
        flag="system",
    ),
    said(
        8,
        at(9, 5, day=FEBRUARY),
        None,
        f"{PHONE} entrou usando o link de convite deste grupo",
        flag="system",
    ),
    said(9, at(9, 6, day=FEBRUARY), PHONE, "oi"),
    said(
        10,
        at(9, 7, day=FEBRUARY),
        None,
        "Seu código de segurança com Cliente 🛒 mudou. Toque para saber mais.",
        flag="system",
    ),
    said(11, at(9, 8, day=FEBRUARY), None, "Atendente 1 saiu", flag="system"),
]

NEXT = dt.date(2024, 3, 13)
TWELVE = [
    said(
        1,
        at(9, 15),
        None,
        "Messages and calls are end-to-end encrypted. No one outside of this chat, not even"
        " WhatsApp, can read or listen to them. Tap to learn more.",
        flag="system",
    ),
    said(2, at(12, 5), "Cliente", "bom dia"),
    said(3, at(12, 6), "Atendente 1", "", left_out("file")),
    said(4, at(23, 59), "Cliente", "", attached("image", "IMG-20240312-WA0003.jpg")),
    said(5, at(0, 0, day=NEXT), "Cliente", "", flag="deleted"),
    said(6, at(13, 30, day=NEXT), "Atendente 1", "resolvido", flag="edited"),
]
AFTERNOON = [
    said(1, at(9, 5), "Cliente", "bom dia"),
    said(2, at(12, 5), "Atendente 1", "boa tarde"),
    said(3, at(19, 30), "Cliente", "boa noite"),
    said(4, at(0, 10, day=NEXT), "Cliente", "ainda acordado?"),
]

IOS = [
    said(1, at(14, 5, 33), "Cliente", NOTICE, flag="system"),
    said((2, 3), at(14, 5, 33), "Cliente", "Boa tarde\na impressora do totem não funciona"),
    said(
        4,
        at(14, 6),
        "Cliente",
        "",
        attached("image", "00000003-PHOTO-2024-03-12-14-06-00.jpg"),
    ),
    said(
        5,
        at(14, 6, 10),
        "Cliente",
        "olha a tela",
        attached("video", "00000004-VIDEO-2024-03-12-14-06-10.mp4"),
    ),
    said(6, at(14, 6, 20), "Cliente", "", attached("document", "00000005-Nota fiscal.pdf")),
    said(7, at(14, 7), "Atendente 1", "", left_out("audio")),
    said(8, at(14, 7, 1), "Atendente 1", "", left_out("image")),
    said(9, at(14, 7, 2), "Atendente 1", "", left_out("video")),
    said(10, at(14, 7, 3), "Atendente 1", "", left_out("sticker")),
    said(11, at(14, 7, 4), "Atendente 1", "", left_out("gif")),
    said(12, at(14, 7, 5), "Atendente 1", "", left_out("document", "Manual.pdf")),
    said(13, at(14, 7, 6), "Atendente 1", "", left_out("contact")),
    said(14, at(14, 8), "Atendente 1", "", flag="deleted"),
    said(15, at(14, 8, 30), "Atendente 1", "Troque a bobina, por favor", flag="edited"),
    said(
        16,
        at(14, 9),
        "Cliente",
        "Ligação de voz perdida. Toque para retornar a ligação",
        flag="system",
    ),
    said(17, at(14, 10), "Cliente", "imagem ocultada da câmera: como vejo?"),
    said(18, at(14, 11), "Cliente", "Localização: https://maps.google.com/?q=-23.5,-46.6"),
]
LATER = dt.date(2024, 3, 25)
IOS_GROUP = [
    said(1, at(8, 0), "Loja Sul", GROUP[0].text, flag="system"),
    said(2, at(8, 0), "Loja Sul", "Atendente 1 criou este grupo", flag="system"),
    said(3, at(8, 1), "Loja Sul", "Atendente 1 adicionou Cliente", flag="system"),
    said(4, at(8, 2), "~ Visitante", "bom dia"),
    said(5, at(8, 3), PHONE, "", attached("audio", "00000007-AUDIO-2024-03-12-08-03-00.opus")),
    said(6, at(8, 4), "Cliente", "@Atendente 1 pode ver?"),
    said(7, at(8, 5, day=LATER), "Atendente 1", "posso"),
]
DECEMBER = dt.date(2024, 12, 3)
IOS_TWELVE = [
    said(1, at(14, 5, 33, day=DECEMBER), "Cliente", "hello"),
    said(2, at(14, 6, day=DECEMBER), "Atendente 1", "", left_out("image")),
    said(3, at(9, 0, day=dt.date(2024, 12, 4)), "Cliente", "", flag="deleted"),
]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("android.txt", ANDROID),
        ("android-grupo.txt", GROUP),
        ("android-12h.txt", TWELVE),
        ("android-da-tarde.txt", AFTERNOON),
        ("ios.txt", IOS),
        ("ios-grupo.txt", IOS_GROUP),
        ("ios-12h.txt", IOS_TWELVE),
    ],
)
def test_each_form_of_export(name: str, wanted: list[Message]) -> None:
    found = load(name)
    for message, hoped in zip(found.messages, wanted, strict=False):
        assert message == hoped
    assert len(found.messages) == len(wanted)
    assert [n.code for n in found.notes] == ["transcript.date_order"] * (name == "ios-12h.txt")


def test_participants_are_who_wrote() -> None:
    group = load("ios-grupo.txt")
    assert group.participants == ["~ Visitante", PHONE, "Cliente", "Atendente 1"]
