"""What holds for any text: nothing is lost, nothing raises, the same twice is once (F6)."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_transcripts import FOLDER

from deskcli.problem import CODES, DeskError
from deskcli.sources.chat import (
    Transcript,
    fingerprint,
    match_people,
    overlap,
    parse,
    read_chat_bytes,
)

TEXTS = {path.name: path.read_bytes().decode() for path in sorted(FOLDER.glob("*.txt"))}
LAW = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])

# Lines that are headers, parts of them, or what may stand beside them.
PIECES = [
    *{line for text in TEXTS.values() for line in text.splitlines(keepends=True)},
    *(
        "12/03/2024 14:05 - ",
        "[12/03/2024, 14:05:33] ",
        "[14:05] ",
        "Cliente: ",
        "\u200e",
        "\u202f",
    ),
    *("\n", "\r", "\r\n", " ", ":", "\u2028", "\x85", "\x00", "\ufeff", "<anexado: ", "99/99/99 "),
    *("(arquivo anexado)", " • 3 páginas ", "documento omitido", "<Mensagem editada>", "\ud800"),
]
chats = st.one_of(
    st.text(st.characters(), max_size=200),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=20).map("".join),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A fixture with pieces put in, taken out and repeated."""
    text = draw(st.sampled_from([*TEXTS.values()]))
    for _ in range(draw(st.integers(1, 6))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        middle = draw(st.sampled_from([text[start:end] * 2, "", *PIECES]))
        text = text[:start] + middle + text[min(end, start + 40) :]
    return text


def whole(found: Transcript) -> str:
    return "".join(found.raw(message) for message in found.messages)


@LAW
@given(st.one_of(chats, mutated()), st.sampled_from([(), ("Cliente: ", "Loja: Centro")]))
def test_any_text_is_kept_whole_and_in_order(text: str, names: tuple[str, ...]) -> None:
    found = parse(text, names=names)
    assert whole(found) == text
    bounds = [(m.line_first, m.line_last) for m in found.messages]
    assert [first for first, _ in bounds] == [1, *(last + 1 for _, last in bounds[:-1])][
        : len(bounds)
    ]
    assert all(first <= last for first, last in bounds)
    assert {n.code for n in found.notes} <= set(CODES)
    assert all(m.author is None or m.author.strip() for m in found.messages)
    assert overlap(found, found) == len(found.messages)
    assert len(fingerprint(found)) == 64
    assert set(match_people(found.participants, [("x", "Cliente", [], [])])) <= {
        *found.participants
    }


@pytest.mark.parametrize("name", TEXTS)
def test_every_fixture_is_kept_whole(name: str) -> None:
    assert whole(parse(TEXTS[name])) == TEXTS[name]


@settings(max_examples=400)
@given(st.one_of(st.binary(max_size=400), mutated().map(lambda t: t.encode("utf-8", "replace"))))
def test_any_bytes_are_a_transcript(data: bytes) -> None:
    """But those of another kind of file, which hypothesis seldom writes."""
    try:
        found = read_chat_bytes(data, "x.txt")
    except DeskError as error:
        assert error.problems[0].code in ("transcript.kind", "transcript.zip", "transcript.chat")
        return
    assert isinstance(found.transcript, Transcript)


ZIPPED = io.BytesIO()
with zipfile.ZipFile(ZIPPED, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("_chat.txt", TEXTS["ios.txt"])
    _archive.writestr("00000003-PHOTO-2024-03-12-14-06-00.jpg", b"\xff\xd8\xff" * 10)


@settings(max_examples=400)
@given(st.lists(st.tuples(st.integers(0, len(ZIPPED.getvalue()) - 1), st.integers(0, 255))))
def test_a_damaged_zip_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(ZIPPED.getvalue())
    for at, byte in changes:
        data[at] = byte
    try:
        read_chat_bytes(bytes(data), "x.zip")
    except DeskError as error:
        assert error.problems[0].code.startswith(("transcript.", "source.size"))


# -- the same twice -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
def test_marks_endings_and_encoding_do_not_count(name: str) -> None:
    text = TEXTS[name].replace("\r\n", "\n")
    first = parse(text)
    for other in (
        text.replace("\n", "\r\n"),
        "\ufeff" + text,
        text.replace("\u202f", " ").replace("\u00a0", " "),
        text.replace("\u202a", "").replace("\u202c", "\u202c\u200f"),
    ):
        assert fingerprint(parse(other)) == fingerprint(first)
    for encoding in ("utf-16", "utf-8-sig"):
        told = read_chat_bytes(text.encode(encoding), "x.txt").transcript
        assert fingerprint(told) == fingerprint(first)


def test_a_transcript_is_told_from_another_by_any_word_author_or_minute() -> None:
    text = TEXTS["android.txt"]
    changed = [text.replace(*pair) for pair in [("Boa", "Má"), ("Cliente", "Visitante")]]
    changed.append(text.replace("14:16 -", "14:17 -"))
    changed.append(text.replace(" Mensagem apagada", " apagada"))
    prints = {fingerprint(parse(one)) for one in [text, *changed]}
    assert len(prints) == 5


def test_a_name_learnt_since_does_not_make_another_transcript() -> None:
    line = "12/03/2024 14:05 - Loja: Centro: bom dia\n"
    first, again = parse(line), parse(line, names=["Loja: Centro"])
    assert first.messages != again.messages
    assert fingerprint(first) == fingerprint(again)


@pytest.mark.parametrize("name", ["android.txt", "ios.txt", "webchat.txt", "falas.txt"])
def test_exported_again_with_more_only_the_new_messages_are_new(name: str) -> None:
    new = parse(TEXTS[name])
    count = len(new.messages) - 1
    old = parse("".join(new.raw(m) for m in new.messages[:count]))
    assert overlap(old, new) == overlap(new, old) == count
    assert fingerprint(old) != fingerprint(new)


def test_a_message_edited_or_deleted_since_is_the_same_message() -> None:
    head = "12/03/2024 14:0{} - Cliente: {}\n".format
    old = parse(head(5, "a catraca") + head(6, "travou") + head(7, "ok"))
    new = parse(head(5, "a porta <Mensagem editada>") + head(6, "Mensagem apagada") + head(7, "ok"))
    assert overlap(old, new) == 3
    assert overlap(new, old) == 0
    assert overlap(old, parse(head(5, "a catraca") + head(6, "travou!"))) == 1


def test_exported_again_without_the_media_there_is_nothing_new() -> None:
    text = TEXTS["android.txt"]
    first, again = ("IMG-20240312-WA0001.jpg (arquivo anexado)", "<Mídia oculta>")
    assert first in text
    old, new = parse(text), parse(text.replace(first, again))
    assert old.messages != new.messages
    assert overlap(old, new) == overlap(new, old) == len(new.messages)


def test_a_longer_file_may_tell_a_name_or_the_order_of_dates() -> None:
    old = "4/12/24, 2:05\u202fPM - Loja: Centro: oi\n"
    more = "4/13/24, 2:06\u202fPM - Loja: Centro: <Media omitted>\n"
    short, long = parse(old), parse(old + more)
    assert short.messages[0].at != long.messages[0].at
    assert short.messages[0].author != long.messages[0].author
    assert overlap(short, long) == 1


def test_a_long_text_without_any_header_is_one_message() -> None:
    line = " " * 1000 + "12/03/2024 14:05 " * 1000 + ":" * 1000 + "<anexado: " * 1000
    found = parse(f"{line}\n" * 20)
    assert len(found.messages) == 1


def test_the_fixtures_have_the_marks_they_are_about() -> None:
    """An editor that cleans them away would leave tests that prove nothing."""
    marks = {
        "android.txt": "\u200e\u202a\u202c\u2011",
        "android-12h.txt": "\u202f",
        "ios.txt": "\r",
    }
    for name, signs in marks.items():
        assert all(sign in (FOLDER / name).read_bytes().decode() for sign in signs), name
    assert Path(FOLDER / "ios-grupo.txt").read_text(encoding="utf-8").count("\u00a0") == 2
