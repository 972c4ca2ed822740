"""What a file is, told by its content and never by its name (O9: 'Apenas PDF ou Word').

A Word file that can act on whoever opens it (macros, embedded objects, external templates, DDE) is
not taken for a document: its kind ends in `-active`.
"""

import io
import re
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MAX_PART = 16 << 20
_EXTERNAL = re.compile(
    r"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)"
    r"(?=[^>]*Type\s*=\s*[\"'][^\"']*/(?!hyperlink[\"']))[^>]*>"
)
_DDE = re.compile(r"\bDDE(AUTO)?\b")
_TAG = re.compile(r"<[^>]*>")
_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF8": "gif",
    b"OggS": "ogg",
    b"ID3": "mp3",
}


def file_type(data: bytes) -> str:
    """`pdf`, `docx`, `doc`, `docx-active`, `doc-active`, `png` ..., `text`, or `unknown`."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK"):
        return _ooxml(data)
    if data.startswith(_OLE):
        return _word_97(data)
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
    return "text" if _is_text(data) else "unknown"


def _is_text(data: bytes) -> bool:
    try:
        return "\x00" not in data.decode()
    except UnicodeDecodeError:
        return False


def _ooxml(data: bytes) -> str:
    """`docx` when its main part is a plain Word document and nothing in it can act."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.casefold() for name in archive.namelist()]
            if "[content_types].xml" not in names:
                return "zip"
            types = _part(archive, "[Content_Types].xml")
            if "wordprocessingml" not in types and "ms-word" not in types:
                return "ooxml"
            return "docx-active" if _is_active(archive, names, types) else "docx"
    except (zipfile.BadZipFile, ValueError, KeyError, OSError, NotImplementedError, RuntimeError):
        return "unknown"  # damaged, encrypted, or a bomb


def _is_active(archive: zipfile.ZipFile, names: list[str], types: str) -> bool:
    if _WORD_MAIN not in types or "macroEnabled" in types or "vbaProject" in types:
        return True
    if any("vbaproject" in n or "/embeddings/" in n or "/activex/" in n for n in names):
        return True
    parts = [n for n in archive.namelist() if n.endswith(".rels")]
    if any(_EXTERNAL.search(_part(archive, name)) for name in parts):
        return True
    texts = [n for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml")]
    return any(_has_dde(_part(archive, name)) for name in texts)


def _has_dde(xml: str) -> bool:
    """A DDE field, its instruction perhaps cut into several runs."""
    if "instrText" not in xml and "fldSimple" not in xml:
        return False
    simple = " ".join(re.findall(r"w:instr\s*=\s*\"([^\"]*)\"", xml))
    runs = "".join(re.findall(r"<w:instrText[^>]*>([^<]*)</w:instrText>", xml))
    return bool(_DDE.search(simple) or _DDE.search(_TAG.sub("", runs)))


def _part(archive: zipfile.ZipFile, name: str) -> str:
    """A part's text; ValueError for one that is larger than any document's."""
    with archive.open(name) as part:
        data = part.read(_MAX_PART + 1)
    if len(data) > _MAX_PART:
        raise ValueError(name)
    return data.decode("utf-8", "replace")


def _word_97(data: bytes) -> str:
    """The old format: its folder names are UTF-16; one of them tells Word, another macros."""
    if "WordDocument".encode("utf-16-le") not in data:
        return "ole"
    active = ("Macros", "_VBA_PROJECT", "ObjectPool")
    return "doc-active" if any(a.encode("utf-16-le") in data for a in active) else "doc"
