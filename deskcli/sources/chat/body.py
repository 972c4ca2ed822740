"""What stands after the author: text, and the export's own words for media, edits and deletion.

Those words are in the telephone's language: Brazilian and European Portuguese, and English.
"""

import re

from msgspec import Struct

from deskcli.fold import fold
from deskcli.sources.chat.message import Media, unmarked

LRM = "\u200e"  # iOS writes it before its own words, and nobody can type it
_SHORT = 300  # no words of the export's own are longer

_EDITED = ("<Mensagem editada>", "<Esta mensagem foi editada>", "<This message was edited>")
_DELETED = re.compile(
    r"mensagem apagada|es[ts]a mensagem foi (?:apagada|eliminada)(?: pel[oa].*)?"
    r"|(?:voce )?(?:apagou|eliminou) esta mensagem"
    r"|this message was deleted(?: by.*)?|you deleted this message"
)
_KINDS = {
    "image": r"imagem|foto|image|photo",
    "video": r"video|mensagem de video|video note",
    "audio": r"audio",
    "document": r"documento?",
    "sticker": r"figurinha|sticker",
    "gif": r"gif",
    "contact": r"(?:cartao do )?contato|contact card",
    "file": r"midia|arquivo de midia|media|multimedia",
}
_NOUNS = "|".join(f"(?P<{kind}>{nouns})" for kind, nouns in _KINDS.items())
_LEFT_OUT = re.compile(
    rf"(?:{_NOUNS}) (?:omitid[oa]|ocultad[oa]|ocult[oa]|omitted)|ficheiro nao revelado"
)
_ATTACHED = re.compile(r"<(?:anexado|anexo|attached): ?([^<>\r\n]{1,255})>", re.IGNORECASE)
_BESIDE = (" (arquivo anexado)", " (ficheiro anexado)", " (file attached)")
_FILE = re.compile(r"[^\r\n]{1,255}\.\w{1,5}")
_TITLE = re.compile(r"([^\r\n]{1,255}?) • \d{1,6} (?:páginas?|pages?)")

_CALL = (
    r"(?:ligacao|chamada|videochamada)(?: de (?:voz|video))?(?: em grupo)? (?:perdida|nao atendida)"
    r"|missed (?:group )?(?:voice|video) call"
)
_NOTICE = re.compile(
    r"as mensagens (?:e (?:as )?(?:ligacoes|chamadas)|desta conversa|que voce envia)\b"
    r".{0,120}(?:protegid|criptograf|encriptad)|messages and calls are end-to-end"
    rf"|(?:{_CALL})(?:$|[.,].{{0,60}}$)"
)
_MARKED_NOTICE = re.compile(
    r"criptografi|encripta|encrypted|ligacao de|chamada de|videochamada|(?:voice|video) call"
    r"|codigo de seguranca|security code|mensagens temporarias|disappearing messages"
    r"|adicionou|removeu|saiu$|entrou (?:usando|neste)|mudou |criou |fixou uma|bloqueou"
    r"|conta comercial|e um contato|agora e admin|added|removed|left$|joined using|changed"
    r"|created |pinned|blocked|business account|is a contact"
)


class Body(Struct, frozen=True):
    text: str
    media: tuple[Media, ...] = ()
    edited: bool = False
    deleted: bool = False
    system: bool = False


def read_body(raw: str) -> Body:
    """What a message says; `raw` is its text with line feeds only, marks included.

    Media come before notices: the name of a file may hold any word.
    """
    text, edited = _edited(unmarked(raw).strip())
    short = fold(text) if len(text) < _SHORT else ""
    if _DELETED.fullmatch(short.rstrip(".")):
        return Body("", edited=edited, deleted=True)
    said, media = _media(text, raw)
    system = _NOTICE.match(short) or (raw.startswith(LRM) and _MARKED_NOTICE.search(short))
    return Body(said.strip(), media, edited, system=bool(system) and not media)


def is_placeholder(raw: str) -> bool:
    """Whether a text is only the export's own words, for media or for a deleted message."""
    body = read_body(raw.strip())
    return not body.text and (body.deleted or bool(body.media))


def _edited(text: str) -> tuple[str, bool]:
    for words in _EDITED:
        if text.endswith(words):
            return text[: -len(words)].rstrip(), True
    return text, False


def _media(text: str, raw: str) -> tuple[str, tuple[Media, ...]]:
    names = [name.strip() for name in _ATTACHED.findall(text)]
    if names:
        rest = _ATTACHED.sub("", text).strip()
        return _untitled(rest), tuple(Media(name, kind_of(name), False) for name in names)
    first, _, caption = text.partition("\n")
    if name := _beside(first.rstrip()):
        return caption, (Media(name, kind_of(name), False),)
    return _left_out(text, raw)


def _untitled(text: str) -> str:
    """iOS writes a document's title and pages before it; nobody typed them."""
    return "" if len(text) < _SHORT and _TITLE.fullmatch(text) else text


def _beside(line: str) -> str:
    """The name in `IMG-20240312-WA0001.jpg (arquivo anexado)`, as Android has it."""
    for words in _BESIDE:
        name = line.removesuffix(words)
        if name != line and _FILE.fullmatch(name):
            return name
    return ""


def _left_out(text: str, raw: str) -> tuple[str, tuple[Media, ...]]:
    """Words for media that the export left out: the first line, or marked behind a caption."""
    first, _, caption = text.partition("\n")
    if kind := _kind_left_out(first):
        return caption, (Media(None, kind, True),)
    titled = _TITLE.match(text) if len(text) < _SHORT else None
    if titled and (kind := _kind_left_out(text[titled.end() :])):
        return "", (Media(titled[1], kind, True),)
    before, _, words = raw.rpartition(LRM)
    if kind := _kind_left_out(words):
        return unmarked(before), (Media(None, kind, True),)
    return text, ()


def _kind_left_out(words: str) -> str:
    found = _LEFT_OUT.fullmatch(fold(words.strip("<> "))) if len(words) < 60 else None
    return (found.lastgroup or "file") if found else ""


_ENDINGS = {
    "image": "jpg jpeg png heic bmp",
    "video": "mp4 3gp mov mkv webm",
    "audio": "opus ogg m4a mp3 aac amr wav",
    "sticker": "webp",
    "gif": "gif",
    "contact": "vcf",
}
_BY_ENDING = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}


def kind_of(name: str) -> str:
    """The kind of a file by its name; WhatsApp's GIFs are MP4 files that say GIF."""
    if "-GIF-" in name.upper():
        return "gif"
    return _BY_ENDING.get(name.rpartition(".")[2].casefold(), "document")
