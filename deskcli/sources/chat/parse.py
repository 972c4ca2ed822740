"""Text -> Transcript. Pure, linear in the text, and without refusals: any text is a transcript."""

from collections.abc import Collection, Sequence

from deskcli.problem import Place, Problem
from deskcli.sources.chat.body import read_body
from deskcli.sources.chat.dated import Head, clocked, dated
from deskcli.sources.chat.message import Message, Transcript, split_lines
from deskcli.sources.chat.plain import captioned, spoken


def parse(text: str, path: str = "", names: Collection[str] = ()) -> Transcript:
    """The messages of a conversation; where no form is recognised, all of the text is one message.

    `names` are people known beforehand (of the desk, the requester): they settle what a colon
    divides. The order of the dates is told by the file itself, day first when it does not tell.
    Times are local to the telephone that exported and carry no zone: the caller gives the desk's.
    `notes` are warnings: `transcript.date`, `.date_order`, `.other_form` and `.empty`.
    """
    lines = split_lines(text)
    heads, notes = dated(lines, names, path)
    heads = heads or captioned(lines) or clocked(lines, names) or spoken(lines, names)
    if not text.strip():
        notes.append(Problem("transcript.empty", {}, Place(path)))
    return Transcript(path, tuple(lines), tuple(_messages(lines, heads)), notes)


def _messages(lines: Sequence[str], heads: Sequence[Head]) -> list[Message]:
    """Every line in one message: what stands before the first header is one without an author."""
    if not lines:
        return []
    before = heads[0].line if heads else len(lines)
    starts = list(heads)
    if not heads or "".join(lines[:before]).strip():
        starts.insert(0, Head(-1, None, None, None, ""))
    ends = [head.line for head in starts[1:]] + [len(lines)]
    firsts = [0, *ends[:-1]]  # blank lines above the first header are that message's too
    return [
        _message(lines, head, first, end)
        for head, first, end in zip(starts, firsts, ends, strict=True)
    ]


def _message(lines: Sequence[str], head: Head, first: int, end: int) -> Message:
    said = "\n".join([head.text, *(line.rstrip("\r\n") for line in lines[head.line + 1 : end])])
    body = read_body(said.removeprefix("\n") if head.line < 0 else said)
    return Message(
        first + 1,
        end,
        head.at,
        head.clock,
        head.author,
        body.text,
        body.media,
        body.edited,
        body.deleted,
        body.system or head.system,
    )
