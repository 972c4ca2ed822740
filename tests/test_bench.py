"""The bench's desks are the same for the same seed, and its table says what was measured."""

import json
from pathlib import Path

import pytest
from promises.desks import done, environment

import bench
from bench import generate, run, table
from bench.ours import DUE
from bench.table import Target
from bench.work import Took
from deskcli.desk import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate.generate(tmp_path_factory.mktemp("bench") / "one", 120, seed=3)


def files(desk: Path) -> dict[str, bytes]:
    return {p.relative_to(desk).as_posix(): p.read_bytes() for p in desk.glob("tickets/*/*/*")}


def test_a_seed_is_a_desk(desk: Path, tmp_path: Path) -> None:
    assert len(files(desk)) == 120
    assert files(generate.generate(tmp_path / "again", 120, seed=3, jobs=2)) == files(desk)
    assert files(generate.generate(tmp_path / "other", 120, seed=4)) != files(desk)


def test_there_may_be_more_jobs_than_months(tmp_path: Path) -> None:
    assert len(files(generate.generate(tmp_path / "few", 3, jobs=9))) == 3


def test_a_desk_that_was_broken_off_is_begun_anew(tmp_path: Path) -> None:
    """Else its half would be measured for ever as the whole."""
    (tmp_path / "40.new" / "tickets" / "2026").mkdir(parents=True)
    assert len(files(run.prepare(tmp_path, 40))) == 40
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("1000.csv", "10000.csv", "40", "500.csv")
    ]


def test_it_is_a_desk_as_described(desk: Path) -> None:
    tickets = [Desk(desk).store.read(path) for path in Desk(desk).store.paths()]
    assert {len(t.history) for t in tickets} == {4, 5, 6, 7, 8}
    assert all(1500 < len(t.doc.text.encode()) < 4500 for t in tickets)
    assert len(Desk(desk).config.people) == 50
    assert len(list(desk.glob("tickets/*/*"))) == 60
    assert 0.1 < sum(t.text("status") == "novo" for t in tickets) / len(tickets) < 0.3


def test_the_program_takes_it_for_a_healthy_one(desk: Path, tmp_path: Path) -> None:
    with environment({"DESKCLI_NOW": generate.NOW.isoformat(), "NO_COLOR": "1"}):
        done(desk, "check")
        assert done(desk, "--as", "joao", "--no-input", "sweep").said == ""
        rows = generate.export(tmp_path / "rows.csv", 5)
        args = ("import", str(rows), "--map", "generic")
        assert done(desk, "--as", "joao", *args, "-n").out
        listed = done(desk, "list", DUE, "--json").out
    known = {t["id"] for t in json.loads(listed)["tickets"]}
    assert known == {
        t.id
        for t in map(Desk(desk).store.read, Desk(desk).store.paths())
        if t.text("status") == "novo" and "" < t.text("due") <= "2026-11-23"
    }


BARE = {"import typer, yaml": Took([0.05, 0.06, 0.07], 17_000)}
SMALL = {"start-up": BARE, "show one": {"deskcli": Took([0.09], 26_000)}}
LARGE = {
    "start-up": BARE,
    "show one": {"deskcli": Took([0.12], 26_000)},
    "list due or late": {"deskcli": Took([0.2], 110 * 1024), "Taskwarrior": Took([4.0], 1)},
}


def test_the_table_gives_ratios() -> None:
    text = "\n".join(table.lines({1000: SMALL, 100_000: LARGE}))
    assert text.index("1000 tickets") < text.index("100000 tickets")
    [shown] = [line.split() for line in text.splitlines() if "  4000.0 ms" in line]
    assert shown[-4:] == ["0", "66.67", "0.05", "x"]


def test_the_targets_are_judged() -> None:
    found = {t.what: t for t in table.targets({1000: SMALL, 100_000: LARGE})}
    assert found["show one, x its time on 1000"].verdict == "not reached"
    assert found["show one, x bare imports"].figure == pytest.approx(2.0)
    assert found["list due or late, x Taskwarrior"].verdict == "reached"
    assert found["list due or late, MB"].verdict == "not reached"
    assert found["create one, x bare imports"] == Target("create one, x bare imports", None, 1.6)
    assert found["create one, x bare imports"].verdict == "not measured"


def test_one_size_alone_compares_with_no_other() -> None:
    found = {t.what: t for t in table.targets({1000: SMALL})}
    assert found["show one, x its time on 1000"].verdict == "not measured"


def test_the_json_has_every_run() -> None:
    told = json.loads(json.dumps(table.as_json({"cores": 2}, {1000: SMALL})))
    bare = told["sizes"]["1000"]["start-up"]["import typer, yaml"]
    assert bare == {"median": 0.06, "seconds": [0.05, 0.06, 0.07], "peak_kib": 17_000}
    assert told["machine"] == {"cores": 2}


def test_the_last_figures_are_told_as_they_were_measured() -> None:
    folder = Path(bench.__file__).parent
    told = json.loads((folder / "figures.json").read_text())
    shown = (folder / "README.md").read_text().splitlines()
    assert [*told["sizes"]] == ["1000", "10000", "100000"]
    assert not [line for line in table.summary(told) if line not in shown]


def test_a_summary_gives_the_others_of_the_largest_desk() -> None:
    told = table.as_json({}, {1000: SMALL, 100_000: LARGE})
    assert [*table.summary(told)][:4] == [
        "|  | 1,000 | 100,000 | MB | x bare | limit | Taskwarrior |",
        "|---|--:|--:|--:|--:|--:|--:|",
        "| show one | 90 ms | 120 ms | 25 | 2.00 |  |  |",
        "| list due or late |  | 200 ms | 110 | 3.33 |  | 4.0 s |",
    ]
