"""Every problem there is, by its code, with the exit code it leads to."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command; `DONE` as the exit of a problem means it is only a warning."""

    DONE = 0
    BUG = 1
    USAGE = 2
    REFUSED = 3
    NOT_PERMITTED = 4
    NOT_FOUND = 5
    CHANGED = 6
    GATE = 7
    PARTLY = 8
    UNREADABLE = 65
    BUSY = 75
    INTERRUPTED = 130


CODES: dict[str, Exit] = {
    # yamltext: a file that cannot be read at all
    "yaml.size": Exit.UNREADABLE,
    "yaml.encoding": Exit.UNREADABLE,
    "yaml.control": Exit.UNREADABLE,
    "yaml.conflict": Exit.UNREADABLE,
    "yaml.tab": Exit.UNREADABLE,
    "yaml.syntax": Exit.UNREADABLE,
    "yaml.anchor": Exit.UNREADABLE,
    "yaml.tag": Exit.UNREADABLE,
    "yaml.merge": Exit.UNREADABLE,
    "yaml.documents": Exit.UNREADABLE,
    "yaml.duplicate": Exit.UNREADABLE,
    "yaml.key": Exit.UNREADABLE,
    "yaml.depth": Exit.UNREADABLE,
    # schema: a file whose values do not fit
    "schema.unknown_key": Exit.UNREADABLE,
    "schema.missing_key": Exit.UNREADABLE,
    "schema.choice": Exit.UNREADABLE,
    "schema.type": Exit.UNREADABLE,
    # worktime
    "calendar.hours": Exit.UNREADABLE,
    "calendar.overlap": Exit.UNREADABLE,
    "calendar.day": Exit.UNREADABLE,
    "calendar.date": Exit.UNREADABLE,
    "calendar.period": Exit.UNREADABLE,
    "calendar.holiday": Exit.UNREADABLE,
    "calendar.easter": Exit.UNREADABLE,
    "calendar.holidays": Exit.UNREADABLE,
    "calendar.never_open": Exit.REFUSED,
    # sla
    "sla.nothing": Exit.UNREADABLE,
    "sla.circle": Exit.UNREADABLE,
    # people
    "person.unknown": Exit.NOT_FOUND,
    "person.inactive": Exit.REFUSED,
    "person.role": Exit.REFUSED,
    # rota, duty, roulette
    "absence.order": Exit.REFUSED,
    "absence.overlap": Exit.REFUSED,
    "absence.none": Exit.NOT_FOUND,
    "swap.same_person": Exit.REFUSED,
    "swap.duplicate": Exit.REFUSED,
    "swap.not_on_duty": Exit.REFUSED,
    "swap.unable": Exit.REFUSED,
    "swap.no_return": Exit.REFUSED,
    "swap.none": Exit.NOT_FOUND,
    "rota.unknown": Exit.NOT_FOUND,
    "rota.period": Exit.REFUSED,
    "rota.same_from": Exit.REFUSED,
    "rota.substitute": Exit.REFUSED,
    "rota.gap": Exit.REFUSED,
    "rota.absentee": Exit.REFUSED,
    "roulette.empty": Exit.REFUSED,
    # rota: findings that are only warnings
    "rota.double": Exit.DONE,
    "swap.past": Exit.DONE,
    "swap.closed": Exit.DONE,
    "absence.past": Exit.DONE,
    "absence.closed": Exit.DONE,
    # dates
    "date.unknown": Exit.USAGE,
    "date.no_time": Exit.USAGE,
    "date.no_calendar": Exit.USAGE,
    # sources: import files
    "source.unknown_format": Exit.USAGE,
    "source.unreadable": Exit.UNREADABLE,
    "source.library": Exit.USAGE,
    "source.size": Exit.UNREADABLE,
    "source.missing": Exit.NOT_FOUND,
    "source.empty": Exit.UNREADABLE,
    "source.encoding": Exit.UNREADABLE,
    "source.quote_open": Exit.UNREADABLE,
    "source.json": Exit.UNREADABLE,
    "source.json_row": Exit.UNREADABLE,
    "source.json_rows": Exit.UNREADABLE,
    "source.sheet": Exit.UNREADABLE,
    # sources: one row that must not be imported
    "source.ragged": Exit.REFUSED,
    "source.quote": Exit.REFUSED,
    # sources: what was read with a change, or not read
    "source.nul": Exit.DONE,
    "source.character": Exit.DONE,
    "source.column_twice": Exit.DONE,
    "source.sheets": Exit.DONE,
    # importmap: a map that can not be right, and a file that does not fit it
    "import.cleaner": Exit.UNREADABLE,
    "import.required_unknown": Exit.UNREADABLE,
    "import.values_unknown": Exit.UNREADABLE,
    "import.column_missing": Exit.REFUSED,
    "import.two_columns": Exit.REFUSED,
    "import.key_missing": Exit.DONE,
    # the desk and its files
    "desk.none": Exit.NOT_FOUND,
    "desk.busy": Exit.BUSY,
    "file.link": Exit.UNREADABLE,
    "file.missing": Exit.UNREADABLE,
    "desk.setting": Exit.UNREADABLE,
    "os.error": Exit.BUSY,
    "os.file": Exit.UNREADABLE,
    "text.encoding": Exit.USAGE,
    "reply.channel": Exit.USAGE,
    "os.permission": Exit.NOT_PERMITTED,
    "init.pack": Exit.USAGE,
    "init.exists": Exit.REFUSED,
    "init.file": Exit.REFUSED,
    "pack.unknown": Exit.NOT_FOUND,
    "schema.unknown": Exit.NOT_FOUND,
    # what was typed
    "ids.none": Exit.USAGE,
    "pair.shape": Exit.USAGE,
    "format.unknown": Exit.USAGE,
    "text.none": Exit.USAGE,
    "text.editor": Exit.USAGE,
    "condition.shape": Exit.UNREADABLE,
    "condition.test": Exit.UNREADABLE,
    "condition.words": Exit.USAGE,
    "condition.long": Exit.USAGE,
    "filter.field": Exit.NOT_FOUND,
    "value.unknown": Exit.NOT_FOUND,
    "order.unknown": Exit.NOT_FOUND,
    # tickets
    "ticket.id": Exit.USAGE,
    "ticket.unknown": Exit.NOT_FOUND,
    "ticket.not_one": Exit.UNREADABLE,
    "ticket.history_last": Exit.UNREADABLE,
    "ticket.name": Exit.UNREADABLE,
    "ticket.changed": Exit.CHANGED,
    # names of the desk
    "form.unknown": Exit.NOT_FOUND,
    "category.unknown": Exit.NOT_FOUND,
    "macro.unknown": Exit.NOT_FOUND,
    "reply.unknown": Exit.NOT_FOUND,
    "view.unknown": Exit.NOT_FOUND,
    "map.unknown": Exit.NOT_FOUND,
    "brand.unknown": Exit.NOT_FOUND,
    "status.unknown": Exit.NOT_FOUND,
    "team.unknown": Exit.NOT_FOUND,
    "roulette.unknown": Exit.NOT_FOUND,
    "calendar.unknown": Exit.NOT_FOUND,
    "holidays.unknown": Exit.NOT_FOUND,
    "rota.which": Exit.USAGE,
    # values and demands
    "field.unknown": Exit.REFUSED,
    "field.choice": Exit.REFUSED,
    "field.invalid": Exit.REFUSED,
    "field.short": Exit.REFUSED,
    "field.long": Exit.REFUSED,
    "field.required": Exit.REFUSED,
    "field.fixed": Exit.REFUSED,
    "option.needs": Exit.REFUSED,
    "option.needs_value": Exit.REFUSED,
    "option.needs_any": Exit.REFUSED,
    "option.needs_macro": Exit.REFUSED,
    "option.roles": Exit.NOT_PERMITTED,
    "option.import": Exit.NOT_PERMITTED,
    "option.update_roles": Exit.NOT_PERMITTED,
    "form.roles": Exit.NOT_PERMITTED,
    "form.import": Exit.NOT_PERMITTED,
    "route.needs": Exit.REFUSED,
    "route.nobody": Exit.GATE,
    # acts
    "note.empty": Exit.USAGE,
    "assign.same": Exit.REFUSED,
    "set.same": Exit.REFUSED,
    "set.command": Exit.USAGE,
    "status.none": Exit.REFUSED,
    "status.same": Exit.REFUSED,
    "status.way": Exit.REFUSED,
    "status.roles": Exit.NOT_PERMITTED,
    "cancel.reason": Exit.REFUSED,
    "reopen.open": Exit.REFUSED,
    "due.note": Exit.REFUSED,
    "attach.none": Exit.NOT_FOUND,
    "attach.size": Exit.REFUSED,
    "attach.same": Exit.REFUSED,
    "reply.head": Exit.UNREADABLE,
    "reply.template": Exit.UNREADABLE,
    "reply.placeholder": Exit.REFUSED,
    "reply.address": Exit.REFUSED,
    "macro.roles": Exit.NOT_PERMITTED,
    "macro.when": Exit.REFUSED,
    "macro.attachments": Exit.REFUSED,
    "undo.unknown": Exit.NOT_FOUND,
    "undo.nothing": Exit.NOT_FOUND,
    "undo.changed": Exit.CHANGED,
    "undo.edited": Exit.CHANGED,
    # sweep
    "sweep.limit": Exit.REFUSED,
    "sweep.plan": Exit.UNREADABLE,
    "sweep.rule": Exit.REFUSED,
    # check
    "check.name": Exit.REFUSED,
    "check.twice": Exit.REFUSED,
    "check.one_of": Exit.REFUSED,
    "check.value": Exit.REFUSED,
    "check.same_guidance": Exit.DONE,
    "check.provisional": Exit.DONE,
    "check.conflict": Exit.DONE,
}
