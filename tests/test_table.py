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
        labels, line = fitted([LABELS, LATE], KEYS, room)
        made = dict(zip(map(str.strip, labels), map(str.strip, line), strict=True))
        for key, label, given_ in zip(KEYS, LABELS, LATE, strict=True):
            if key in WHOLE:
                assert made[label] == given_


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


# -- what tells rows apart ------------------------------------------------------------------------

ACADEMIA = {
    "id": "Ticket",
    "mark": "",
    "priority_label": "Prioridade",
    "status_label": "Status",
    "assignee_name": "Responsável",
    "due": "Prazo",
    "org_name": "Academia",
    "requester_name": "Solicitante",
    "title": "Título",
}
OF_DAY = [
    [
        *("ACA-1", "atrasado", "Média", "Esperando o cliente", "Operador 1", "20/11/2026"),
        *("Academia Corpo em Movimento", "Recepção", "Catraca não libera a entrada"),
    ],
    [
        *("ACA-1042", "hoje", "Urgente", "Visita presencial", "Operador 2", "23/11/2026"),
        *("Academia Corpo e Saúde", "Recepção", "Catraca não trava a saída"),
    ],
]


def of_day(room: int, *gone: str) -> list[dict[str, str]]:
    """The rows of a day at an academia's desk, by their labels."""
    kept = [n for n, key in enumerate(ACADEMIA) if key not in gone]
    lines = [[line[n] for n in kept] for line in ([*ACADEMIA.values()], *OF_DAY)]
    labels, *made = fitted(lines, [key for key in ACADEMIA if key not in gone], room)
    for line in (labels, *made):
        assert cells_wide("  ".join(line)) <= room
    keys = {label: key for key, label in ACADEMIA.items()}
    shown = [label.strip().rstrip("…") for label in labels]
    named = [next(keys[f] for f in keys if f.startswith(t) and bool(f) == bool(t)) for t in shown]
    return [dict(zip(named, map(str.strip, line), strict=True)) for line in made]


def test_on_a_usual_terminal_each_ticket_is_told_by_title_and_organisation() -> None:
    one, other = of_day(80)
    assert one["title"].startswith("Catraca não l") and other["title"].startswith("Catraca não t")
    assert one["org_name"].startswith("Academia") and "assignee_name" not in one
    assert (one["id"], one["mark"], one["status_label"], one["due"]) == (
        *("ACA-1", "atrasado", "Esperando o cliente", "20/11/2026"),
    )


def test_a_wide_one_has_who_does_it_and_how_urgent_it_is() -> None:
    one, other = of_day(120)
    assert (one["priority_label"], other["priority_label"]) == ("Média", "Urgente")
    assert (one["assignee_name"], other["assignee_name"]) == ("Operador 1", "Operador 2")
    assert one["org_name"].startswith("Academia Corpo em"), one
    assert other["org_name"].startswith("Academia Corpo e S"), other
    assert one["title"].startswith("Catraca não libera") and "requester_name" not in one
    assert len(of_day(160)[0]) == len(ACADEMIA), "all there is room for"


def test_on_a_narrow_one_the_title_is_what_stays() -> None:
    one, _other = of_day(60)
    assert set(one) == {"id", "mark", "status_label", "due", "title"}


def test_without_organisations_who_asks_stays() -> None:
    one, _other = of_day(80, "org_name")
    assert one["requester_name"] == "Recepção" and "assignee_name" not in one
    assert set(of_day(60, "org_name")[0]) == {"id", "mark", "status_label", "due", "title"}


def test_a_name_that_is_cut_keeps_how_it_ends() -> None:
    lines = [["Título", "Responsável"], *(["x" * 40, f"Operador {n}"] for n in (1, 2))]
    made = fitted(lines, ["title", "with_name"], 25)
    assert [line[1] for line in made] == ["Respons…", "Opera… 1", "Opera… 2"]


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
