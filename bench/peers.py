"""The same work by other programs for people who live in a shell, where they are installed.

Each gets as many tasks as the desk has tickets, a fifth of them open, with the same titles and due
dates and, where it keeps notes, the texts of the events. They do less than deskcli does (no
routing, no validation, no shared desk), which is what makes them a hard measure.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from multiprocessing import Process
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from bench.ours import CLOSE, TEXT, Bench
from bench.work import Work, output

NOTE = "Liguei e deixei recado; volto a ligar à tarde."
TITLE = "cuba dupla para a cozinha – Ana Prado"
NAME = TEXT
MANY = 1_000  # tasks up to which those with a file a task are measured
DUE, DUE_JSON = "list due or late", "list due or late, JSON"


class Task(NamedTuple):
    """`number` counts from 1; `due` and `entry` are ISO days."""

    number: int
    title: str
    notes: tuple[str, ...]
    is_open: bool
    entry: str
    due: str


def works(bench: Bench, quick: bool, tell: Callable[[str], None]) -> list[Work]:
    found: list[Work] = []
    for name, (program, most, seed, of) in PEERS.items():
        if not (path := shutil.which(program)):
            tell(f"{name}: {program} is not on PATH")
        elif bench.total > most:
            tell(f"{name}: not measured on more than {most} tasks")
        else:
            tell(f"{name}: {bench.total} tasks are made")
            home = bench.scratch / program
            home.mkdir()
            peer = Peer(name, path, home, bench)
            child = Process(target=_seed, args=(seed, peer))
            child.start()
            child.join()
            if child.exitcode:
                tell(f"{name}: its tasks could not be made")
                continue
            found += [w for w in of(peer) if not (quick and w.what.startswith("import"))]
    return found


def _seed(seed: Callable[["Peer", Iterator[Task]], None], peer: "Peer") -> None:
    seed(peer, tasks(peer.bench.total))


def tasks(total: int) -> Iterator[Task]:
    """The tickets of the desk as tasks."""
    from bench import generate  # in a child: the runner stays small, see `work.once`
    from deskcli.ticket import replay

    sort = generate.Sort(total, 1, ("joao",))
    for number in range(1, total + 1):
        events = generate.ticket(sort, number).events
        header = replay(events)
        is_open = header["status"] == "novo"
        notes = tuple(e.text.replace("\n", " ") for e in events if e.text)
        due = str(header.get("due") or "")
        yield Task(number, str(header["title"]), notes, is_open, events[0].at[:10], due)


class Peer(NamedTuple):
    """A program, its folder, and the desk beside which it is measured."""

    name: str
    program: str
    home: Path
    bench: Bench

    @property
    def env(self) -> Mapping[str, str]:
        known = {"TASKRC": "rc", "TASKDATA": "data", "DSTASK_GIT_REPO": ".dstask"}
        paths = {key: str(self.home / value) for key, value in known.items()}
        return {**self.bench.env, "HOME": str(self.home), "BACKLOG_CWD": str(self.home), **paths}

    def work(self, what: str, *args: str) -> Work:
        return self.each(what, lambda _: args)

    def each(self, what: str, args: Callable[[int], tuple[str, ...]]) -> Work:
        """`args` are those of run n."""
        return Work(what, self.name, lambda n: [self.program, *args(n)], self.env)

    def run(self, *args: str) -> str:
        return output([self.program, *args], self.env)


# -- Taskwarrior ----------------------------------------------------------------------------------


def _seed_taskwarrior(peer: Peer, known: Iterator[Task]) -> None:
    (peer.home / "rc").write_text("confirmation=off\nbulk=0\nverbose=nothing\nhooks=off\n")
    (peer.home / "data").mkdir()
    (peer.home / "tasks.json").write_text(json.dumps([_taskwarrior(task) for task in known]))
    peer.run("import", str(peer.home / "tasks.json"))
    (peer.home / "tasks.json").unlink()
    (peer.home / "data" / "backlog.data").unlink(missing_ok=True)  # for a server there is not
    for rows in peer.bench.exports:
        new = tasks_of_export(rows)
        (peer.home / f"{rows}.json").write_text(json.dumps([_taskwarrior(t, 2) for t in new]))


def tasks_of_export(rows: int) -> Iterator[Task]:
    """As many other tasks as an export has rows."""
    from bench import generate

    sort = generate.Sort(rows, 2, ("joao",))
    for number in range(1, rows + 1):
        opened = generate.ticket(sort, number).events[0]
        title, text = str(opened.sets["title"]), opened.text.replace("\n", " ")
        yield Task(number, title, (text,), True, "2026-11-23", "")


def _taskwarrior(task: Task, kind: int = 1) -> dict[str, Any]:
    day = task.entry.replace("-", "")
    made: dict[str, Any] = {"uuid": str(UUID(int=(kind << 96) | task.number))}
    made |= {"description": task.title, "entry": f"{day}T120000Z"}
    made |= (
        {"status": "pending"} if task.is_open else {"status": "completed", "end": f"{day}T180000Z"}
    )
    made |= {"due": f"{task.due.replace('-', '')}T120000Z"} if task.due else {}
    notes = enumerate(task.notes)
    made["annotations"] = [{"entry": f"{day}T1201{n:02}Z", "description": t} for n, t in notes]
    return made


def _taskwarrior_works(peer: Peer) -> Iterator[Work]:
    data, kept = peer.home / "data", peer.home / "kept"
    late = ("status:pending", "due.before:2026-11-24")
    shown = str(UUID(int=(1 << 96) | peer.bench.total))
    yield peer.work("start-up", "--version")
    yield peer.work("create one", "add", TITLE)
    yield peer.each("annotate one", lambda n: (str(20 + n), "annotate", NOTE))
    yield peer.each("resolve one", lambda n: (str(60 + n), "done"))
    yield peer.work("show one", shown, "info")
    yield peer.work(DUE, *late, "list")
    yield peer.work(DUE_JSON, *late, "export")
    yield peer.work("filter by text", *(f"/{word}/" for word in NAME.split()), "export")
    shutil.copytree(data, kept)
    for rows in (n for n in peer.bench.exports if n != CLOSE):
        work = peer.work(f"import {rows} rows", "import", str(peer.home / f"{rows}.json"))
        yield work._replace(before=partial(_put_back, kept, data))


def _put_back(kept: Path, to: Path) -> None:
    shutil.rmtree(to)
    shutil.copytree(kept, to)


# -- todo.txt -------------------------------------------------------------------------------------


def _seed_todotxt(peer: Peer, known: Iterator[Task]) -> None:
    """Without notes, for which it has no place."""
    rest = 'export TODO_FILE="$TODO_DIR/todo.txt" DONE_FILE="$TODO_DIR/done.txt"'
    config = f'export TODO_DIR="{peer.home}"\n{rest} REPORT_FILE="$TODO_DIR/report.txt"\n'
    (peer.home / "config").write_text(config)
    todo: list[str] = []
    done: list[str] = []
    for task in known:
        due = f" due:{task.due}" if task.due else ""
        if task.is_open:
            todo.append(f"{task.entry} {task.title}{due}")
        else:
            done.append(f"x {task.entry} {task.entry} {task.title}")
    (peer.home / "todo.txt").write_text("\n".join(todo) + "\n")
    (peer.home / "done.txt").write_text("\n".join(done) + "\n")


def _todotxt_works(peer: Peer) -> Iterator[Work]:
    def of(what: str, args: Callable[[int], tuple[str, ...]]) -> Work:
        return peer.each(what, lambda n: ("-d", str(peer.home / "config"), *args(n)))

    yield of("start-up", lambda _: ("shorthelp",))
    yield of("create one", lambda _: ("add", TITLE))
    yield of("annotate one", lambda n: ("append", str(20 + n), NOTE))
    yield of("resolve one", lambda n: ("do", str(60 + n)))
    yield of("list due or late", lambda _: ("ls", "due:2026-11-23"))  # it knows no "before"
    yield of("filter by text", lambda _: ("listall", *NAME.split()))


# -- todoman --------------------------------------------------------------------------------------


def _seed_todoman(peer: Peer, known: Iterator[Task]) -> None:
    folder = peer.home / "mesa"
    folder.mkdir()
    settings = f'path = "{peer.home}/*"\ncache_path = "{peer.home}/cache.sqlite3"\n'
    (peer.home / "config.py").write_text(f'{settings}default_list = "mesa"\n')
    for task in known:
        (folder / f"{task.number}.ics").write_text(_ics(task))
    peer.run("--config", str(peer.home / "config.py"), "list")


def _ics(task: Task) -> str:
    day = task.entry.replace("-", "")
    said = "\\n".join(task.notes).replace(",", "\\,").replace(";", "\\;")
    made = [f"UID:{task.number}@example.com", f"DTSTAMP:{day}T120000Z", f"SUMMARY:{task.title}"]
    made += [f"DESCRIPTION:{said}"]
    made += [f"DUE:{task.due.replace('-', '')}T150000Z"] if task.due else []
    made += [
        "STATUS:NEEDS-ACTION" if task.is_open else f"STATUS:COMPLETED\r\nCOMPLETED:{day}T150000Z"
    ]
    inner = "\r\n".join(made)
    begin = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:bench\r\nBEGIN:VTODO"
    return f"{begin}\r\n{inner}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"


def _todoman_works(peer: Peer) -> Iterator[Work]:
    def of(what: str, args: Callable[[int], tuple[str, ...]]) -> Work:
        return peer.each(what, lambda n: ("--config", str(peer.home / "config.py"), *args(n)))

    due = ("--porcelain", "list", "--due", "24")
    yield of("start-up", lambda _: ("--version",))
    yield of("create one", lambda _: ("new", "--list", "mesa", TITLE))
    yield of("resolve one", lambda n: ("done", str(20 + n)))
    yield of("show one", lambda _: ("show", "5"))
    yield of(DUE, lambda _: due[1:])
    yield of(DUE_JSON, lambda _: due)
    yield of("filter by text", lambda _: ("list", "--grep", NAME))


# -- Backlog.md -----------------------------------------------------------------------------------


def _seed_backlog(peer: Peer, known: Iterator[Task]) -> None:
    subprocess.run(["git", "init", "-q", str(peer.home)], check=True)
    for key, value in (("user.name", "bench"), ("user.email", "bench@example.com")):
        subprocess.run(["git", "-C", str(peer.home), "config", key, value], check=True)
    peer.run("init", "bench", "--defaults", "--integration-mode", "none")
    folder = peer.home / "backlog" / "tasks"
    folder.mkdir(parents=True, exist_ok=True)
    for task in known:
        name = f"task-{task.number} - {task.title.replace(' – ', '-').replace(' ', '-')}.md"
        status = "To Do" if task.is_open else "Done"
        head = f"id: TASK-{task.number}\ntitle: {task.title}\nstatus: {status}\nassignee: []\n"
        date = f"created_date: '{task.entry} 12:00'\nlabels: []\ndependencies: []\n"
        body = "\n\n".join(task.notes)
        (folder / name).write_text(f"---\n{head}{date}---\n\n## Description\n\n{body}\n")


def _backlog_works(peer: Peer) -> Iterator[Work]:
    yield peer.work("start-up", "--version")
    yield peer.work("create one", "task", "create", TITLE, "--plain")
    yield peer.each(
        "annotate one", lambda n: ("task", "edit", str(20 + n), "--append-notes", NOTE, "--plain")
    )
    yield peer.each("resolve one", lambda n: ("task", "edit", str(60 + n), "-s", "Done", "--plain"))
    yield peer.work("show one", "task", "view", "5", "--plain")
    yield peer.work("full-text search", "search", NAME, "--plain")


# -- dstask ---------------------------------------------------------------------------------------


def _seed_dstask(peer: Peer, known: Iterator[Task]) -> None:
    """Its files as it writes them itself: a folder for each status, a file for each task."""
    repo = peer.home / ".dstask"
    for name in ("pending", "resolved"):
        (repo / name).mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(repo)], check=True)
    for key, value in (("user.name", "bench"), ("user.email", "bench@example.com")):
        subprocess.run(["git", "-C", str(repo), "config", key, value], check=True)
    for task in known:
        status = "pending" if task.is_open else "resolved"
        facts = {"summary": task.title, "notes": "\n".join(task.notes), "tags": [], "project": ""}
        facts |= {"priority": "P2", "created": f"{task.entry}T12:00:00Z", "subtasks": []}
        facts |= {"due": f"{task.due or '0001-01-01'}T00:00:00Z", "dependencies": []}
        facts["resolved"] = "0001-01-01T00:00:00Z" if task.is_open else facts["created"]
        path = repo / status / f"{UUID(int=(4 << 76) | (1 << 63) | task.number)}.yml"
        path.write_text(json.dumps(facts, ensure_ascii=False))  # JSON is YAML
    for args in (("add", "."), ("commit", "-q", "-m", "bench")):
        subprocess.run(["git", "-C", str(repo), *args], check=True)


def _dstask_works(peer: Peer) -> Iterator[Work]:
    yield peer.work("start-up", "version")
    yield peer.work("create one", "add", TITLE)
    yield peer.each("annotate one", lambda n: (str(20 + n), "note", NOTE))
    yield peer.each("resolve one", lambda n: (str(60 + n), "done"))
    yield peer.work(DUE_JSON, "show-open", "due.before:2026-11-24")


# Name: program, the most tasks it is measured with, how they are made, what is measured.
PEERS: dict[str, tuple[str, int, Callable[..., None], Callable[[Peer], Iterator[Work]]]] = {
    "Taskwarrior": ("task", 10**9, _seed_taskwarrior, _taskwarrior_works),
    "todo.txt-cli": ("todo-txt", 10**9, _seed_todotxt, _todotxt_works),
    "todoman": ("todo", 10_000, _seed_todoman, _todoman_works),
    "Backlog.md": ("backlog", MANY, _seed_backlog, _backlog_works),
    "dstask": ("dstask", 10_000, _seed_dstask, _dstask_works),
}
