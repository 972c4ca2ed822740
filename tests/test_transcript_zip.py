"""The zip that WhatsApp makes: the conversation is read, the media named, nothing is unpacked."""

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from test_transcripts import FOLDER, IOS

from deskcli.problem import CODES, DeskError, Place
from deskcli.sources.chat import file as file_module
from deskcli.sources.chat import read_chat, read_chat_bytes

CHAT = (FOLDER / "ios.txt").read_bytes()
PHOTO = "00000003-PHOTO-2024-03-12-14-06-00.jpg"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name or zipfile.ZipInfo(""), data)
    return out.getvalue()


def put(folder: Path, data: bytes, name: str = "conversa.zip") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refused(data: bytes) -> tuple[str, dict[str, object]]:
    with pytest.raises(DeskError) as caught:
        read_chat_bytes(data, "x.zip")
    problem = caught.value.problems[0]
    assert problem.code in CODES and problem.place == Place("x.zip")
    return problem.code, dict(problem.facts)


def test_the_conversation_is_read_and_the_media_are_named(tmp_path: Path) -> None:
    data = zipped({"_chat.txt": CHAT, PHOTO: b"abc", "Nota fiscal.txt": b"outro texto"})
    path = put(tmp_path, data, "WhatsApp Chat - Cliente.zip")
    found = read_chat(path)
    assert list(found.transcript.messages) == IOS
    assert (found.chat, found.title) == ("_chat.txt", "Cliente")
    assert found.files == {PHOTO: 3, "Nota fiscal.txt": 11}
    assert sorted(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Conversa do WhatsApp com Loja: Centro.txt", "Loja: Centro"),
        ("WhatsApp Chat with Cliente 👩\u200d💻.txt", "Cliente 👩\u200d💻"),
        ("conversa qualquer.txt", ""),
    ],
)
def test_the_title_is_in_the_name_of_the_conversation(name: str, title: str) -> None:
    text = b"12/03/2024 14:05 - Loja: Centro: oi\n"
    found = read_chat_bytes(zipped({name: text}), "x.zip")
    assert (found.chat, found.title) == (name, title)
    assert found.transcript.participants == ["Loja: Centro" if title[:4] == "Loja" else "Loja"]
    plain = read_chat_bytes(text, f"/pasta/{name}")
    assert (plain.chat, plain.title) == ("", title)


def test_a_folder_and_what_macos_adds(tmp_path: Path) -> None:
    members = {"Cliente/": b"", "Cliente/_chat.txt": CHAT, f"Cliente/{PHOTO}": b"abc"}
    members |= {"__MACOSX/._chat.txt": b"\0", "Cliente/.DS_Store": b"\0", "solto.jpg": b"x"}
    path = put(tmp_path, zipped(members))
    assert read_chat(path).files == {PHOTO: 3}


@pytest.mark.parametrize(
    "name", ["../fora.jpg", "/etc/fora.jpg", "..\\fora.jpg", "a/b/fora.jpg", "x\n.jpg", ""]
)
def test_names_that_lead_elsewhere_are_no_files(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, zipped({"_chat.txt": CHAT, name: b"abc"}))
    assert read_chat(path).files == {}


def test_a_zip_must_hold_one_conversation() -> None:
    assert refused(zipped({PHOTO: b"abc"})) == ("transcript.chat", {"known": [PHOTO]})
    two = {"a.txt": b"a", "b.txt": b"b"}
    assert refused(zipped(two)) == ("transcript.chat", {"known": ["a.txt", "b.txt"]})
    assert refused(zipped({}))[0] == "transcript.chat"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_methods_are_refused(method: int) -> None:
    assert refused(zipped({"_chat.txt": CHAT}, method)) == (
        "transcript.zip",
        {"detail": "compression method"},
    )


def test_a_bomb_is_refused_before_it_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"_chat.txt": b"a" * 100_000})
    assert len(bomb) < 500
    monkeypatch.setattr(file_module, "MAX_TEXT", 1000)
    assert refused(bomb) == ("source.size", {"what": "bytes", "limit": 1000})
    assert refused(b"a" * 1001) == ("source.size", {"what": "bytes", "limit": 1000})
    assert read_chat_bytes(b"a" * 1000, "x").transcript.messages[0].text == "a" * 1000


def test_of_a_bomb_no_more_than_the_limit_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_module, "MAX_TEXT", 1000)
    bomb = zipped({"_chat.txt": b"a" * (32 << 20)})
    tracemalloc.start()
    assert refused(bomb)[0] == "source.size"
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


def test_a_size_that_lies_does_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"_chat.txt": b"a" * 5000})
    lying = data.replace((5000).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    assert lying != data
    monkeypatch.setattr(file_module, "MAX_TEXT", 1000)
    assert refused(lying)[0] in ("source.size", "transcript.zip")


def test_too_many_files_are_refused_before_they_are_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file_module, "MAX_FILES", 3)
    assert read_chat_bytes(zipped({"_chat.txt": CHAT, "a": b"", "b": b""}), "x.zip").files
    many = zipped({"_chat.txt": CHAT, "a": b"", "b": b"", "c": b""})
    assert refused(many) == ("source.size", {"what": "files", "limit": 3})


def test_a_zip_that_is_cut_off_or_locked() -> None:
    data = zipped({"_chat.txt": CHAT})
    assert refused(data[:200])[0] == "transcript.zip"
    locked = data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    assert locked != data
    assert refused(locked)[0] == "transcript.zip"


@pytest.mark.parametrize(
    ("data", "kind"), [(b"%PDF-1.7\n", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"OggS\0", "ogg")]
)
def test_another_kind_of_file_is_no_conversation(data: bytes, kind: str) -> None:
    assert refused(data) == ("transcript.kind", {"kind": kind})


def test_a_text_that_begins_as_a_zip_does_is_text() -> None:
    assert read_chat_bytes(b"PK: bom dia", "x.txt").transcript.messages[0].text == "PK: bom dia"


# -- encodings ------------------------------------------------------------------------------------

LINE = "12/03/2024 14:05 - Cliente: não abre"


def test_windows_1252_is_read() -> None:
    found = read_chat_bytes(LINE.encode("cp1252"), "x.txt").transcript
    assert (found.messages[0].text, found.notes) == ("não abre", [])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (f"{LINE} já\n".encode() + b"\xff", "não abre já\n\ufffd"),
        (LINE.encode("cp1252") + b"\x81", "não abre\ufffd"),
        (LINE.encode("utf-16") + b"\x00", "não abre\ufffd"),
    ],
)
def test_a_broken_byte_costs_a_character_and_not_the_conversation(data: bytes, text: str) -> None:
    found = read_chat_bytes(data, "x.txt").transcript
    assert found.messages[0].text == text
    assert [(n.code, n.facts) for n in found.notes] == [("source.character", {"count": 1})]


def test_nul_is_taken_out_and_said() -> None:
    found = read_chat_bytes(f"{LINE}\0".encode(), "x.txt").transcript
    assert found.messages[0].text == "não abre"
    assert [n.code for n in found.notes] == ["source.nul"]
