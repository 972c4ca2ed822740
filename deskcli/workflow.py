"""The states of a ticket and the ways between them: `workflows/statuses.yaml`."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from deskcli.fold import fold, nearest
from deskcli.problem import refuse
from deskcli.yamltext import Value

State = Literal["new", "open", "waiting", "scheduled", "resolved", "closed", "cancelled"]
CLOSED = frozenset(("resolved", "closed", "cancelled"))


class Status(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One state of the desk, mapped on one of the standard ones.

    `to` names the states it may move to (empty: any); `roles` who may move a ticket here (empty:
    anybody); `requires` is a condition that a ticket must meet to come here; `clock` what the
    promise of an answer does meanwhile. `due` is the day promised while a ticket is here: one as
    people write it (`+1bd`), `ask` for one that must be given, `@FIELD` for the day of another
    value (`@visit.at`); '' leaves it as it is (F12 to F14).
    """

    id: str
    label: str
    state: State
    client_label: str = ""
    aliases: list[str] = []
    clock: Literal["run", "pause", "stop"] = "run"
    to: list[str] = []
    roles: list[str] = []
    requires: dict[str, Value] = {}
    due: str = ""
    provisional: bool = False
    source: list[str] = []
    note: str = ""


class StatusesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    statuses: list[Status]


class Workflow(Mapping[str, Status]):
    """The states by id, in the order of the file, which is the order of work."""

    def __init__(self, file: StatusesFile) -> None:
        self._by_id = {s.id: s for s in file.statuses}
        named = ((fold(n), s) for s in file.statuses for n in (s.id, s.label, *s.aliases))
        self._by_name = dict(named)

    def __getitem__(self, status: str) -> Status:
        return self._by_id[status]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, name: str) -> Status:
        found = self._by_name.get(fold(name))
        if found is None:
            close = nearest(name, self._by_id)
            raise refuse("status.unknown", status=name, nearest=close, known=list(self._by_id))
        return found

    def state(self, status: str) -> str:
        """The standard state; a status that the desk does not know counts as open: never hidden."""
        return self._by_id[status].state if status in self._by_id else "open"

    def is_open(self, status: str) -> bool:
        return self.state(status) not in CLOSED

    def first(self, *states: State) -> Status:
        """The desk's own state for a standard one; refuses when it has none."""
        for state in states:
            for status in self._by_id.values():
                if status.state == state:
                    return status
        raise refuse("status.none", state=states[0])
