"""Chat transcripts: WhatsApp exports (Android, iOS), copies of WhatsApp Web and of webchats, plain
text (F1-F9). Floor 3; only `file` touches the disk.

export = read_chat(Path("Conversa do WhatsApp com Cliente.zip"))  # DeskError where it is no chat
export.transcript.messages, .participants, .notes              # Message: lines, at, author, text
desk = match_people(export.transcript.participants, [("carla", "Carla", ["Suporte"], [])])
new = export.transcript.messages[overlap(stored, export.transcript):]
"""

from deskcli.sources.chat.author import match_people
from deskcli.sources.chat.file import Export, read_chat, read_chat_bytes
from deskcli.sources.chat.message import Media, Message, Transcript
from deskcli.sources.chat.parse import parse
from deskcli.sources.chat.plain import ROLES
from deskcli.sources.chat.same import fingerprint, overlap

__all__ = [
    "ROLES",
    "Export",
    "Media",
    "Message",
    "Transcript",
    "fingerprint",
    "match_people",
    "overlap",
    "parse",
    "read_chat",
    "read_chat_bytes",
]
