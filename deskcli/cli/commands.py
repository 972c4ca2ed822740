"""The table of commands: the only place that knows them all before one is imported."""

from deskcli.cli.words import N_

# Every command with the group it is listed under and its line of help; the order is the help's.
COMMANDS: dict[str, tuple[str, str]] = {
    "init": (N_("A desk"), N_("Make a new desk from a pack")),
    "demo": (N_("A desk"), N_("Make a desk with sample data and show a day on it")),
    "check": (N_("A desk"), N_("Report every problem of every file")),
    "schema": (N_("A desk"), N_("Print the JSON Schema of a kind of file")),
    "reindex": (N_("A desk"), N_("Build the index anew from the files")),
    "create": (N_("A shift"), N_("Open a ticket")),
    "list": (N_("A shift"), N_("List tickets by a filter or a view")),
    "show": (N_("A shift"), N_("Show a ticket")),
    "today": (N_("A shift"), N_("The day's work: late, due today, open")),
    "search": (N_("A shift"), N_("Find tickets by any word in them")),
    "assign": (N_("A shift"), N_("Give tickets to a person, a rota, a roulette or a team")),
    "annotate": (N_("A shift"), N_("Add an internal note")),
    "reply": (N_("A shift"), N_("Answer the requester, in own words or a canned reply")),
    "attach": (N_("A shift"), N_("Add files to a ticket")),
    "set": (N_("A shift"), N_("Change values of a ticket")),
    "move": (N_("A shift"), N_("Move tickets to another status")),
    "due": (N_("A shift"), N_("Promise a date, or move a promised one")),
    "visit": (N_("A shift"), N_("Visits to the customer")),
    "resolve": (N_("A shift"), N_("Resolve tickets")),
    "reopen": (N_("A shift"), N_("Reopen tickets")),
    "cancel": (N_("A shift"), N_("Cancel tickets, with the reason")),
    "apply": (N_("A shift"), N_("Apply a macro to tickets")),
    "why": (N_("A shift"), N_("Explain who got a ticket, and why")),
    "history": (N_("A shift"), N_("Everything that happened to a ticket")),
    "undo": (N_("A shift"), N_("Take back the last operation")),
    "import": (N_("Cron"), N_("Create tickets from form exports")),
    "sweep": (N_("Cron"), N_("Apply the rules that time fires")),
    "rota": (N_("Schedules"), N_("Who is on duty; swaps and absences")),
    "calendar": (N_("Schedules"), N_("Opening hours and holidays")),
    "org": (N_("Registers"), N_("Organisations and their contacts")),
    "people": (N_("Registers"), N_("People, roles and teams")),
    "report": (N_("Looking back"), N_("Counts over a period")),
}
