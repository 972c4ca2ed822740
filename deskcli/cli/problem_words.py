"""The words of every problem, by its code: one sentence each, facts in braces."""

from collections.abc import Mapping

from deskcli.cli.check_words import CHECK_WORDS
from deskcli.cli.words import N_
from deskcli.cli.yaml_words import YAML_WORDS

WORDS: Mapping[str, str] = {
    **YAML_WORDS,
    **CHECK_WORDS,
    "sla.nothing": N_("The target '{target}' promises nothing; give it one of: {known}."),
    "calendar.unknown": N_("No calendar is called '{calendar}'; there are: {known}."),
    "holidays.unknown": N_("No table of holidays is called '{holidays}'; there are: {known}."),
    "person.unknown": N_("Nobody is called '{person}'; there are: {known}."),
    "person.inactive": N_("{person} is not active any more (people.yaml)."),
    "person.role": N_("{person} has not the role {role}; these have: {known}."),
    "person.mention": N_("Nobody is called '{person}': '@{person}' is only text in the note."),
    "person.stranger": N_("The desk does not know '{actor}'; say who you are."),
    "absence.order": N_("It ends ({until}) before it begins ({from})."),
    "absence.overlap": N_("{person} is away already, from {from} until {until}."),
    "absence.none": N_("{person} is not away on {date} or after it."),
    "absence.begun": N_(
        "{person} has no absence that begins after today; one that began is ended."
    ),
    "absence.several": N_("{person} has several absences to come ({days}); say which."),
    "absence.past": N_("The absence of {person} (until {until}) is over."),
    "absence.closed": N_("{person} is away from {from} until {until}, days on which nobody works."),
    "swap.same_person": N_("{from} can not swap with the same person."),
    "swap.duplicate": N_("{from} and {to} have swapped {date} already."),
    "swap.not_on_duty": N_("{from} is not on duty on {date}; {holder} is."),
    "swap.nobody": N_("Nobody is on duty on {date} ({reason})."),
    "swap.unable": N_("{to} can not do it on {date}: {reason}."),
    "swap.no_return": N_("{to} has no day within a year on which {from} could give it back."),
    "swap.none": N_("Nothing is swapped on {date}. Swapped days: {known}."),
    "swap.against": N_(
        "{to} does the duty of {from} on {date} against {against}, which no entry gives back."
    ),
    "swap.past": N_("The swap of {date} is over."),
    "swap.closed": N_("The swap of {date} is on a closed day."),
    "rota.unknown": N_("No rota is called '{rota}'; there are: {known}."),
    "rota.none": N_("The desk has no rota: there is no schedules/rota-NAME.yaml."),
    "rota.which": N_("Say which rota with --rota: {known}."),
    "rota.period": N_("The period from {from} has neither an order nor weekdays, or both."),
    "rota.same_from": N_("Two periods begin on {from}."),
    "rota.substitute": N_("'on_absent: {on_absent}' and 'substitute' do not go together."),
    "rota.gap": N_("Nobody is on duty from {from} until {until} ({days}): {why}."),
    "rota.absentee": N_("{person} is named for {date} and is away."),
    "rota.double": N_("{person} is on duty in {rota} and in {other} on the same days: {days}."),
    "roulette.empty": N_("Nobody takes part in the roulette '{roulette}'."),
    "roulette.unknown": N_("No roulette is called '{roulette}'; there are: {known}."),
    "date.unknown": N_("'{text}' is not a date; try 24/11, tomorrow, friday, +2bd or 2026-11-24."),
    "date.stamp": N_(
        "'{text}' does not say when; try 24/11/2025 14:00, 24/11/2025 or 2025-11-24T14:00."
    ),
    "date.no_time": N_("'{text}' has no time of day; try '24/11 14h' or 2026-11-24T14:00."),
    "date.no_calendar": N_(
        "'{text}' counts business days, and there is no calendar to count them by."
    ),
    "source.unknown_format": N_("No reader for '{suffix}' files ({file}); there are: {known}."),
    "source.unreadable": N_("The file can not be read: {detail}."),
    "source.library": N_("Spreadsheets need {library}."),
    "source.size": N_("Too large: more than {limit} {what}."),
    "source.missing": N_("There is no such file."),
    "source.no_match": N_("No file is called so; there is nothing to import."),
    "source.empty": N_("The file has no rows."),
    "source.encoding": N_("Byte {byte} is not {encoding} text."),
    "source.quote_open": N_("A quote opens here and never closes."),
    "source.json": N_("Not valid JSON: {detail}."),
    "source.json_row": N_("A row must be a JSON object."),
    "source.json_rows": N_("Several keys could hold the rows: {keys}."),
    "source.sheet": N_("The spreadsheet can not be read: {detail}."),
    "source.ragged": N_("The row has {cells} cells and the header {columns}."),
    "source.quote": N_("A quote in the middle of the cell: {cell}."),
    "source.nul": N_("NUL characters were removed: {count}."),
    "source.character": N_("Characters that are no text were replaced: {count}."),
    "source.column_twice": N_("The column '{column}' stands twice; the second is called '{name}'."),
    "source.sheets": N_("Only the sheet '{read}' was read; not: {others}."),
    "transcript.zip": N_("The zip can not be read: {detail}."),
    "transcript.chat": N_("The zip must hold one conversation (.txt); it holds: {known}."),
    "transcript.kind": N_("The file is a {kind}, not a conversation."),
    "transcript.date": N_("There is no such date; kept as text ({count}): {line}"),
    "transcript.date_order": N_(
        "The dates can be day/month or month/day, and the conversation does not tell; they were"
        " read as day/month."
    ),
    "transcript.other_form": N_(
        "Looks like a message of another export; kept as text ({count}): {line}"
    ),
    "transcript.empty": N_("The conversation has no text."),
    "import.cleaner": N_("No cell filter is called '{cleaner}'; there are: {known}."),
    "import.required_unknown": N_("'{field}' is required, and no column is named for it."),
    "import.values_unknown": N_("'{field}' has values, and no column is named for it."),
    "import.column_missing": N_(
        "The file has no column for '{field}' ({headers}). It has: {found}."
    ),
    "import.two_columns": N_("Two columns feed '{field}': {headers}."),
    "import.key_missing": N_("No column identifies a submission ({columns}); the whole row does."),
    "desk.none": N_("There is no desk in {folder} or above it."),
    "desk.busy": N_("Others have been writing for {seconds} seconds; try again."),
    "file.link": N_("A link is not followed; put the file itself there."),
    "file.outside": N_(
        "A link leads out of the desk, to {target}, and is not followed; put the real one there."
    ),
    "file.missing": N_("The desk has not this file, and needs it."),
    "file.there": N_("{file} is there already and stays as it is."),
    "file.name": N_("'{file}' can not be the name of a new file."),
    "file.folder": N_("This is a folder, not a file."),
    "file.no_folder": N_("There is no folder '{folder}' for the file."),
    "desk.setting": N_("'{value}' can not be the {key} of a desk."),
    "desk.tickets": N_(
        "The desk had tickets and the folder has none: is their disk mounted? If they were meant to"
        " go: deskcli reindex"
    ),
    "os.error": N_("The system says: {what}."),
    "os.file": N_("The system says: {what}."),
    "text.encoding": N_("What was typed is not UTF-8 text."),
    "channel.unknown": N_("Nothing goes by '{channel}'; there are: {known}."),
    "channel.kind": N_("The channel '{channel}' needs --{option}."),
    "os.permission": N_("The system does not permit it: {what}."),
    "init.pack": N_("Say which pack to begin from: {known}."),
    "init.exists": N_("{folder} is a desk already."),
    "login.taken": N_("{login} is {person} here; take the login out of people.yaml first."),
    "pack.unknown": N_("No pack is called '{pack}'; there are: {known}."),
    "ids.none": N_("No ticket was named."),
    "pair.shape": N_("'{pair}' is not name=value."),
    "format.unknown": N_("No format is called '{format}'; there are: {known}."),
    "option.choice": N_("{option} is one of: {known}; not '{value}'."),
    "text.none": N_(
        "There is no text for the {what}; give it as an argument or on standard input."
    ),
    "text.editor": N_("The editor '{editor}' did not work: {what}. Set EDITOR, or give the text."),
    "condition.shape": N_("'{value}' is not a condition; write field: value."),
    "condition.test": N_("No test is called '{test}'; there are: {known}."),
    "condition.words": N_("A quote is not closed in: {words}"),
    "condition.long": N_("The filter is too long: {what}."),
    "filter.field": N_("No ticket has a field '{field}'."),
    "value.unknown": N_("Unknown {kind}: '{value}'; there are: {known}."),
    "order.unknown": N_("No order is called '{order}'; there are: {known}."),
    "ticket.id": N_("'{name}' is not a ticket's number; try 1042 or {prefix}-1042."),
    "ticket.unknown": N_("There is no ticket {ticket}."),
    "ticket.not_one": N_("This file is not a ticket: it has no id."),
    "ticket.history_last": N_("'history' must be the last key of a ticket."),
    "ticket.name": N_("The file {name} holds the ticket {ticket}."),
    "ticket.size": N_(
        "Too long for a ticket, {field} most of all: {size} bytes; the limit is {limit}."
    ),
    "ticket.full": N_(
        "With this {ticket} would have {size} bytes; what is said may fill {limit}. A long text"
        " goes in a file (attach); else resolve it, and go on in another one that names it (link)."
    ),
    "ticket.changed": N_("{ticket} changed meanwhile; nothing was written. Run it again."),
    "form.unknown": N_("No form is called '{form}'; there are: {known}."),
    "category.unknown": N_("No category is called '{category}'."),
    "category.form": N_("'{label}' is an option of the form '{of}' ({form}), not of '{asked}'."),
    "macro.unknown": N_("No macro is called '{macro}'; there are: {known}."),
    "reply.unknown": N_("No canned reply is called '{reply}'; there are: {known}."),
    "view.unknown": N_("No view is called '{view}'; there are: {known}."),
    "import.map": N_("Say with --map how to read it; there are: {known}."),
    "map.unknown": N_("No import map is called '{map}'; there are: {known}."),
    "brand.unknown": N_("No brand is called '{brand}'; there are: {known}."),
    "status.unknown": N_("No status is called '{status}'; there are: {known}."),
    "team.unknown": N_("No team is called '{team}'; there are: {known}."),
    "field.unknown": N_("The form '{of}' has no field '{field}'."),
    "field.ambiguous": N_("Several fields are called '{label}'; give one by its key: {known}."),
    "field.choice": N_("{label}: '{value}' is not one of: {known}."),
    "field.invalid": N_("{label}: '{value}' is not valid ({kind})."),
    "field.short": N_("{label}: '{value}' has fewer than {min} letters."),
    "field.long": N_("{label}: longer than {limit} characters."),
    "argument.blank": N_("{label} is missing: it was given blank."),
    "field.required": N_("{label} is missing: give {field}=VALUE."),
    "field.fixed": N_("{label} is always '{fixed}' here, not '{value}'."),
    "option.needs": N_("'{of}' needs {label}: give {field}=VALUE."),
    "option.needs_value": N_("'{of}' needs {label} to be {values}: give {field}=VALUE."),
    "option.needs_any": N_("'{of}' needs one of: {labels}."),
    "option.needs_macro": N_("'{of}' needs the macro {macros} first."),
    "option.roles": N_("'{label}' is only for {roles} ({able}); {actor} is not."),
    "option.import": N_("'{label}' is only for {roles}, and can not come from outside."),
    "option.update_roles": N_(
        "Tickets of '{label}' are only updated by {roles} ({able}); {actor} is not."
    ),
    "form.roles": N_("The form '{label}' is only for {roles} ({able}); {actor} is not."),
    "form.import": N_("The form '{label}' is only for {roles}, and can not come from outside."),
    "route.needs": N_("{label} is needed for who gets it ({rule}): give {field}=VALUE."),
    "route.nobody": N_("Nobody can take it by '{to}'."),
    "route.unknown": N_("The rule names '{name}', which the desk has not; it was passed over."),
    "route.unread": N_(
        "An open ticket of the requester may have been overlooked; these can not be read: {files}."
    ),
    "name.lost": N_("{ticket}: {label} '{name}' is nothing that the desk has."),
    "note.empty": N_("There is no text."),
    "assign.same": N_("{ticket} is {person}'s already."),
    "set.same": N_("{ticket} has that already."),
    "set.fixed": N_("{label} is always '{fixed}' with '{of}'."),
    "set.command": N_("'{field}' is changed by the command {command}."),
    "status.none": N_("The desk has no status for '{state}'."),
    "status.same": N_("{ticket} is in '{status}' already."),
    "status.way": N_("{ticket} can not go to '{status}' from here; it can go to: {allowed}."),
    "status.roles": N_("Only {roles} ({able}) may move a ticket to '{status}'; {actor} is not."),
    "cancel.reason": N_("Say why {ticket} is cancelled."),
    "reopen.open": N_("{ticket} is open ({status})."),
    "due.note": N_("{ticket} is promised for {due}; say why it moves."),
    "due.closed": N_("{ticket} is closed ({status}) and promises nothing."),
    "reply.name": N_("'{text}' is the name of a canned reply, and would be sent as it stands."),
    "reply.to": N_("The reply '{reply}' is not written to this recipient, but to: {to}."),
    "reply.stranger": N_("The desk does not know '{actor}', and the reply names who answers."),
    "due.past": N_("{due} is past; promise a day from today on, such as {next}."),
    "attach.size": N_("The file has more than {limit} bytes."),
    "attach.same": N_("{ticket} has those files already."),
    "reply.head": N_(
        "A canned reply begins with --- and its label, and --- again before the text."
    ),
    "reply.template": N_("The text can not be read as a template: {what}."),
    "reply.placeholder": N_("The reply needs values that {ticket} has not: {names}."),
    "reply.unknown_name": N_(
        "A reply has no placeholder '{name}'; of {ticket} there are: {known}."
    ),
    "reply.address": N_("{ticket} has no {field} to answer to."),
    "macro.roles": N_("The macro '{macro}' is only for {roles} ({able}); {actor} is not."),
    "macro.when": N_("The macro '{macro}' is not for a ticket like {ticket}."),
    "macro.attachments": N_(
        "The macro '{macro}' needs a file that is {types}, by content. {ticket} has: {found}."
    ),
    "org.unknown": N_("No organisation is called '{org}'."),
    "org.contact_same": N_("{contact} of {org} is so already."),
    "org.there": N_("There is an organisation '{org}' already, in {file}."),
    "holiday.there": N_("{date} is a holiday already: {name}."),
    "field.vague": N_("{label} '{value}' says nothing; write what it is about."),
    "opened_at.future": N_("Nobody can have asked at {at}, which is still to come."),
    "due.follows": N_("{ticket} is in '{status}': its date is that of {field}."),
    "due.wanted": N_("{ticket} is in '{status}', which always has a promised date."),
    "append.summary": N_("A conversation that is appended to {ticket} needs its summary."),
    "append.same": N_("Nothing new: this conversation is in {tickets} already."),
    "append.which": N_("Say which ticket the conversation belongs to; those found: {known}."),
    "append.whose": N_("Say which organisation's it is; the tickets found are of: {orgs}."),
    "link.same": N_("{ticket} and {other} are linked already."),
    "link.self": N_("{ticket} can not be linked to itself."),
    "link.none": N_("{ticket} and {other} are not linked."),
    "chat.lines": N_("The conversation has the lines 1 to {count}, not '{lines}'."),
    "chat.empty": N_("Nobody says anything in {file}."),
    "split.lines": N_("The plan does not say which `lines` are this ticket's; it has: {known}."),
    "split.none": N_("The plan has no tickets."),
    "split.done": N_("This conversation was split already: {tickets}."),
    "status.due": N_("'{status}' needs the day that was agreed with the customer."),
    "visit.there": N_("{ticket} has a visit already, at {at}."),
    "visit.none": N_("{ticket} has no visit to come."),
    "visit.past": N_("A visit is scheduled for a time to come, not for {at}."),
    "visit.note": N_("Say why, or what was found: a visit of {ticket} needs a note."),
    "visit.wanted": N_("'{of}' needs a visit to come, with which the customer agrees."),
    "visit.confirmed": N_("The customer of {ticket} has agreed to the visit already, at {at}."),
    "visit.agreed": N_("{ticket} is in '{status}': has the customer agreed to the new time?"),
    "visit.early": N_("The visit of {ticket} is on {at}: it can not have taken place yet."),
    "visit.roles": N_("{actor} does not schedule visits ({roles}); who does: {able}."),
    "visit.library": N_("A calendar file needs {library}."),
    "undo.nothing": N_(
        "{by} has done nothing that can be undone; what others did is undone by its id."
    ),
    "undo.sure": N_("This is undone only by its id: {what}."),
    "undo.none": N_("No operation is called '{operation}'."),
    "undo.part": N_("'{part}' is part of the operation {operation}, which is undone as a whole."),
    "undo.already": N_("The operation {operation} was undone already."),
    "undo.changed": N_("{ticket} changed since (by {by}, {at}); it is not undone."),
    "undo.edited": N_("{ticket} was edited by hand since ({fields}); it is not undone."),
    "undo.sent": N_("A message of {ticket} went out, at {at}; it can not be taken back."),
    "outbox.live": N_(
        "The desk is not live: nothing leaves it until this line of desk.yaml says 'live: true'."
    ),
    "outbox.unknown": N_("Nothing to be sent has the id '{id}'."),
    "outbox.undone": N_("{id}, of {ticket}, was undone after it had been handed out."),
    "outbox.address": N_(
        "There is no address to send to, and these wait: {known}. The desk's own people have theirs"
        " in people.yaml."
    ),
    "outbox.old": N_("These have waited for more than {days} days and are not sent: {known}."),
    "option.lists": N_("{option} is for lists (deskcli {list}); leave it out."),
    "option.both": N_("{one} and {other} do not go together; give one of the two."),
    "sweep.limit": N_("{count} tickets would be touched; the limit is {limit}. Nothing was done."),
    "sweep.plan": N_("This is not a plan of `sweep --plan`, or not a whole one."),
    "sweep.rule": N_("The rule '{rule}' could not be applied to {ticket}: {why}"),
    "sweep.idle": N_("The rule '{rule}' has nothing to do on {ticket} here."),
    "sweep.act": N_(
        "'{name}' is '{value}' here, and the rule '{rule}' makes it '{wanted}'."
        " Firings can be taken out of a plan, not changed."
    ),
    "scenario.ticket": N_("'{act}' is done to a ticket: give one in 'given'."),
    "scenario.empty": N_("The scenario does not say what comes of it."),
    "scenario.failed": N_(
        "The scenario '{scenario}' fails: expected {expected}; there is {found}."
    ),
    "scenario.refused": N_(
        "The scenario '{scenario}' fails, because it was refused ({refused}): {problems}"
    ),
}
