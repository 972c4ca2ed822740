"""`reindex`: the index anew from the files; for doubts, never needed."""

from deskcli.cli import session
from deskcli.cli.rows import show_broken
from deskcli.cli.show import out
from deskcli.cli.words import ngettext


def command() -> int:
    count = session.desk().index.rebuild()
    out(ngettext("{n} ticket", "{n} tickets", count).format(n=count))
    return show_broken()
