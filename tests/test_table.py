"""Tables fit the terminal; what is typed again is never cut; a giant does not widen the others."""

from hypothesis import given
from hypothesis import strategies as st

from deskcli.cli.table import LEAST, PADDED, WHOLE, aligned, cells_wide, fitted

KEYS = ["id", "mark", "status_label", "assignee_name", "due", "requester_name", "title"]
LABELS = ["Ticket", "", "Status", "Responsável", "Prazo", "Solicitante", "Título"]
LATE = [
    "ESP-1042",
    "atrasado",
    "Novo",
    "Vendedor 2",
    "2026-11-24",
    "Instalações Exemplo ME",
    "x" * 70,
]
GIANT = "ã" * 300_000


def lines_of(*rows: list[str], room: int) -> list[str]:
    return ["  ".join(line) for line in fitted([LABELS, *rows], KEYS, room)]


def test_at_every_usual_width_each_row_is_one_line() -> None:
    for room in (60, 80, 100, 132):
        for line in lines_of(LATE, room=room):
            assert cells_wide(line) == room, "all of the width is used"


def test_what_is_typed_again_is_never_cut() -> None:
    for room in (20, 60, 80):
        [_labels, line] = fitted([LABELS, LATE], KEYS, room)
        for key, cell, given_ in zip(KEYS, line, LATE, strict=True):
            if key in WHOLE:
                assert cell == given_ + " " * (len(cell) - len(given_))


def test_the_widest_gives_way_first_and_says_so() -> None:
    [_labels, line] = fitted([LABELS, LATE], KEYS, 100)
    assert line[3].rstrip() == "Vendedor 2"
    assert line[5].rstrip() == "Instalações Exemplo ME"
    assert line[6].endswith("x…")


def test_columns_with_nothing_in_them_are_left_out() -> None:
    row = ["ESP-1", "", "Novo", "", "", "Ana Prado", "Cuba"]
    assert fitted([LABELS, row], KEYS, 80)[0] == ["Ticket", "Status", "Solicitante", "Título"]


def test_a_giant_is_cut_on_a_terminal() -> None:
    for line in lines_of([*LATE[:5], GIANT, GIANT], LATE, room=80):
        assert cells_wide(line) == 80


def test_a_giant_in_a_pipe_is_whole_and_widens_no_other_line() -> None:
    told = list(aligned([LABELS, [*LATE[:5], GIANT, "x"], [*LATE[:5], "Ana", "Cuba"]]))
    assert GIANT in told[1]
    assert told[2].endswith("Ana          Cuba") and len(told[2]) < 80


def test_cells_of_a_pipe_stand_in_columns() -> None:
    told = list(aligned([["a", "b"], ["n" * PADDED, "c"], ["日本", "d"]]))
    assert [cells_wide(line) for line in told] == [PADDED + 3] * 3


TEXT = st.text(max_size=60)
ROW = st.tuples(st.text(min_size=1, max_size=9), *[TEXT] * 6).map(list)


@given(st.lists(ROW, min_size=1, max_size=5), st.integers(40, 200))
def test_no_line_is_wider_than_the_room(rows: list[list[str]], room: int) -> None:
    """Unless what may not be cut fills it alone."""
    made = fitted([LABELS, *rows], KEYS, room)
    kept = [n for n in range(7) if any(row[n] for row in rows)]
    wide = [max(cells_wide(line[n]) for line in [LABELS, *rows]) for n in kept]
    least = sum(w if KEYS[n] in WHOLE else LEAST for n, w in zip(kept, wide, strict=True))
    widths = {cells_wide("  ".join(line)) for line in made}
    assert len(widths) == 1
    assert widths.pop() <= max(room, least + 2 * (len(kept) - 1))
