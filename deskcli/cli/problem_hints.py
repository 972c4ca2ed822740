"""The command that would succeed where one was refused, by the problem's code.

Facts stand in braces, and words in capitals for what only the person knows. A template whose facts
are not all there gives nothing, and the next one is tried.
"""

from collections.abc import Mapping

from deskcli.cli.words import N_

# What the person has to put in its place.
BLANKS = {
    "VALUE": N_("VALUE"),
    "TEXT": N_("TEXT"),
    "PERSON": N_("PERSON"),
    "FILE": N_("FILE"),
    "FOLDER": N_("FOLDER"),
}

# A word that was typed, and what to type instead: the nearest name, or `first` of those there are.
RETYPED: Mapping[str, tuple[str, str]] = {
    "person.unknown": ("{person}", "{nearest}"),
    "person.role": ("{value}", "{first}"),
    "category.unknown": ("{category}", "{nearest}"),
    "form.unknown": ("{form}", "{nearest}"),
    "macro.unknown": ("{macro}", "{nearest}"),
    "reply.unknown": ("{reply}", "{nearest}"),
    "view.unknown": ("{view}", "{nearest}"),
    "map.unknown": ("{map}", "{nearest}"),
    "pack.unknown": ("{pack}", "{nearest}"),
    "schema.unknown": ("{schema}", "{nearest}"),
    "status.unknown": ("{status}", "{nearest}"),
    "brand.unknown": ("{brand}", "{first}"),
    "team.unknown": ("{team}", "{first}"),
    "rota.unknown": ("{rota}", "{first}"),
    "roulette.unknown": ("{roulette}", "{first}"),
    "calendar.unknown": ("{calendar}", "{first}"),
    "holidays.unknown": ("{holidays}", "{first}"),
    "value.unknown": ("{value}", "{first}"),
    "order.unknown": ("{order}", "{first}"),
    "format.unknown": ("{format}", "{first}"),
    "option.choice": ("{value}", "{first}"),
    "reply.channel": ("{channel}", "{first}"),
    "filter.field": ("{field}", "{nearest}"),
    "field.unknown": ("{field}", "{nearest}"),
    "field.ambiguous": ("{label}", "{first}"),
    "field.choice": ("{value}", "{first}"),
    "field.fixed": ("{value}", "{fixed}"),
    "field.invalid": ("{value}", "{VALUE}"),
    "field.short": ("{value}", "{VALUE}"),
    "pair.shape": ("{pair}", "{pair}={VALUE}"),
    "attach.none": ("{place}", "{FILE}"),
    "attach.size": ("{place}", "{FILE}"),
    "swap.same_person": ("{to}", "{PERSON}"),
    "swap.unable": ("{to}", "{PERSON}"),
}

# What has to follow what was typed.
ADDED: Mapping[str, str] = {
    "cancel.reason": "-m {TEXT}",
    "due.note": "-m {TEXT}",
    "init.pack": "--pack {first}",
    "rota.which": "--rota {first}",
    "swap.no_return": "--cover",
    "desk.busy": "",
    "ticket.changed": "",
}

_HAND_OVER = (
    "init --login {stranger}",
    "annotate {ticket} '@{holder} {TEXT}'",
    "assign {ticket} {able}",
)
# Another command: what must come before, who can do it, or where there is more to see.
ELSE: Mapping[str, tuple[str, ...]] = {
    "person.unknown": ("init --login {stranger}", "people list"),
    "person.inactive": ("people list",),
    "category.unknown": ("create --form {form} --guide",),
    "form.unknown": ("create --guide",),
    "macro.unknown": ("apply {ticket}",),
    "reply.unknown": ("reply --list",),
    "view.unknown": ("list --views",),
    "map.unknown": ("import --maps",),
    "pack.unknown": ("init --packs",),
    "schema.unknown": ("schema",),
    "status.unknown": ("report --by status",),
    "login.taken": ("people show {person}",),
    "option.roles": (*_HAND_OVER, "create --form {form} --guide"),
    "form.roles": (*_HAND_OVER, "create --guide"),
    "option.update_roles": _HAND_OVER,
    "status.roles": _HAND_OVER,
    "macro.roles": _HAND_OVER,
    "absence.order": ("rota absence add {person} {until} {from}",),
    "absence.overlap": ("rota absence list",),
    "absence.none": ("rota absence list --all",),
    "absence.begun": ("rota absence list",),
    "absence.several": ("rota absence remove {person} {first}",),
    "swap.duplicate": ("rota show --week {date}",),
    "swap.not_on_duty": ("rota swap {from} {to} {next}", "rota show --week {date}"),
    "swap.nobody": ("rota swap {from} {to} {next}", "rota show --week {date}"),
    "swap.none": ("rota unswap {first}", "rota show --week {date}"),
    "desk.none": ("init {named} --pack {pack}", "init {FOLDER} --pack {pack}"),
    "init.exists": ("--desk {folder} list",),
    "init.file": ("init {FOLDER} --pack {pack}",),
    "ids.none": ("list",),
    "ticket.id": ("list --all",),
    "ticket.unknown": ("list --all",),
    "filter.field": ("list --json",),
    "field.unknown": ("create --form {form} --guide",),
    "text.none": ("{command} {ticket} {TEXT}",),
    "text.editor": ("{command} {ticket} {TEXT}",),
    "note.empty": ("{command} {ticket} {TEXT}",),
    "route.nobody": ("assign {ticket} {PERSON}",),
    "assign.same": ("why {ticket}",),
    "set.same": ("show {ticket}",),
    "set.command": ("{command} {ticket} {value}",),
    "status.same": ("history {ticket}",),
    "status.way": ("move {ticket} {allowed}",),
    "reopen.open": ("show {ticket}",),
    "due.past": ("due {ticket} {next} -m {TEXT}",),
    "attach.same": ("show {ticket}",),
    "reply.address": ("set {ticket} {field}={VALUE}",),
    "option.needs_macro": ("apply {ticket} {macros} {asks}", "apply {ticket} {macros}"),
    "macro.when": ("apply {ticket}",),
    "macro.attachments": ("attach {ticket} {FILE}",),
    "undo.unknown": ("undo --list",),
    "undo.nothing": ("undo --list",),
    "undo.changed": ("undo {operation}", "history {ticket}"),
    "undo.edited": ("show {ticket}",),
    "sweep.limit": ("sweep --limit {count}",),
    "sweep.plan": ("sweep --plan {FILE}",),
    "sweep.rule": ("show {ticket}",),
    "import.column_missing": ("import --maps",),
}
