"""Three people with logins of their own, and umasks of their own, on one desk that they share."""

import grp
import os
import pwd
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from promises.desks import ASKED, command, copy_of, done, forked, index_is_true, tickets
from promises.proof import Fault, Tell, promise
from promises.writing import ESPLANE, DeskOf

UMASKS = (0o002, 0o022, 0o077)
ROUNDS = 3
WORK = [
    ["create", *ASKED, "-m", "de {who}"],
    ["annotate", "1,2,3", "nota de {who}"],
    ["set", "2", "product=de {who}"],
    ["attach", "3", "{who}.pdf"],
    ["import", "{who}.csv", "-m", "generic"],
    ["rota", "absence", "add", "joao", "{day}", "{day}"],
    ["list"],
    ["search", "nota"],
    ["check"],
]


def spare(count: int, used: Iterator[int]) -> list[int]:
    taken = set(used)
    return [n for n in range(61_000, 62_000) if n not in taken][:count]


@pytest.fixture
def shared(desk_of: DeskOf) -> Iterator[tuple[Path, int, list[int]]]:
    """A desk of a group, as its administrator makes it; the group and its three users."""
    if os.getuid() != 0:
        pytest.skip("only root can be three users")
    [group] = spare(1, (g.gr_gid for g in grp.getgrall()))
    users = spare(3, (u.pw_uid for u in pwd.getpwall()))
    folder = Path(tempfile.mkdtemp(prefix="deskcli-", dir="/var/tmp"))
    folder.chmod(0o755)
    desk = copy_of(desk_of(ESPLANE), folder / "desk")
    shutil.rmtree(desk / ".deskcli")
    for path in (desk, *desk.rglob("*")):
        os.chown(path, 0, group)
        path.chmod(0o2775 if path.is_dir() else 0o664)
    yield desk, group, users
    shutil.rmtree(folder)


def by_umask(planted: pytest.MonkeyPatch) -> None:
    """Files as the umask has them."""
    planted.setattr(os, "fchmod", lambda fd, mode: None)


@promise("users of a group share a desk, whatever their umask", by_umask)
def test_three_users(
    planted: Fault | None, shared: tuple[Path, int, list[int]], tmp_path: Path, tell: Tell
) -> None:
    """Each does all kinds of work, in turn, on what the others have made."""
    desk, group, users = shared
    rehearsed(desk, tmp_path)
    did = 0
    for turn in range(ROUNDS):
        for n, (user, umask) in enumerate(zip(users, UMASKS, strict=True)):
            who = f"u{n}{turn}"
            given(desk.parent, who)
            for words in WORK:
                day = f"2027-0{turn + 1}-1{n}"
                args = [w.format(who=who, day=day) for w in words]
                args = [str(desk.parent / a) if a.startswith(f"{who}.") else a for a in args]
                child = forked(as_user(desk, args, user, group, umask), tmp_path)
                assert child.code == 0, (umask, args, child)
                did += 1
    made = tickets(desk)
    assert len(made) == 3 + ROUNDS * 3 * 2
    assert len([e for e in made["ESP-1"].history if e.text.startswith("nota de u")]) == ROUNDS * 3
    assert {path.stat().st_uid for path in desk.glob("tickets/*/*/*.yaml")} == {*users}
    for path in (p for top in ("tickets", "attachments") for p in (desk / top).rglob("*")):
        found = path.stat()
        assert found.st_gid == group, path
        assert found.st_mode & 0o060 == 0o060, f"{path} is not its group's"
    index_is_true(desk)
    tell(users=len(users), commands=did)


def rehearsed(desk: Path, scratch: Path) -> None:
    """All modules are loaded: who is not root may not read where they lie."""
    again = copy_of(desk, scratch / "rehearsal")
    given(again.parent, "root")
    for words in WORK:
        args = [w.format(who="root", day="2027-09-09") for w in words]
        done(again, *(str(again.parent / a) if a.startswith("root.") else a for a in args))


def given(folder: Path, who: str) -> None:
    head = "Nome;E-mail;Categoria Assunto;Produto;Mensagem"
    row = f"Cliente {who};{who}@example.com;Dúvidas de produtos;Cuba;Pergunta de {who}"
    (folder / f"{who}.csv").write_text(f"{head}\n{row}\n")
    (folder / f"{who}.pdf").write_bytes(b"%PDF-1.4\n%" + who.encode() + b"\n%%EOF\n")


def as_user(desk: Path, args: list[str], user: int, group: int, umask: int) -> Callable[[], int]:
    work = command(desk, *args)

    def run() -> int:
        os.umask(umask)
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
        return work()

    return run
