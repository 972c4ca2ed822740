"""The words of what is wrong in the files that a desk's people edit, found by `check`."""

from collections.abc import Mapping

from deskcli.cli.words import N_

CHECK_WORDS: Mapping[str, str] = {
    "calendar.hours": N_("'{value}' is not an interval such as 08:00-18:00."),
    "calendar.overlap": N_("{value} overlaps {other}."),
    "calendar.day": N_("'{value}' is not a day; days are: {known}."),
    "calendar.date": N_("'{value}' is not a date (MM-DD or YYYY-MM-DD)."),
    "calendar.period": N_("It ends ({until}) before it begins ({first})."),
    "calendar.holiday": N_("The holiday '{name}' needs exactly one of 'on' and 'easter'."),
    "calendar.easter": N_("'{value}' is not a number of days from Easter."),
    "calendar.holidays": N_("No table of holidays is called '{value}'."),
    "calendar.never_open": N_("The calendar '{calendar}' does not open within a year."),
    "check.name": N_("No {kind} is called '{name}'."),
    "check.twice": N_("'{label}' stands twice; the first is at {first}."),
    "check.one_of": N_("Exactly one of these belongs here: {known}. There are: {found}."),
    "check.value": N_("'{value}' is not one of: {known}."),
    "check.written": N_("'{value}' must be written as '{wanted}' here."),
    "check.list": N_("'{field}' is a list; it can not be set to one value."),
    "check.field": N_("'{name}' can not be a field of a form."),
    "check.taken": N_("'{name}' means something else in replies already; choose another name."),
    "check.here": N_(
        "'{name}' is not known yet where this is asked; besides fields, known: {known}."
    ),
    "check.date": N_("'{field}' is not a date, and '{test}' compares dates."),
    "check.deed": N_("Nothing that happens to a ticket is called '{did}'."),
    "check.roles": N_("'{label}' is only for {roles}; {by}, who chose it by hand, is not."),
    "check.update_roles": N_(
        "Tickets of '{label}' are only updated by {roles}; {by}, who edited it by hand, is not."
    ),
    "check.unmanned": N_("Nobody who is active has a role that may do this: {roles}."),
    "check.header": N_(
        "No field, column or ignored header of this map is called '{name}'; if the export has it,"
        " put it in 'ignore'. Known: {known}."
    ),
    "check.unread": N_("Nothing reads a file of this name here."),
    "check.same_guidance": N_("The same guidance as at {first}: '{label}'."),
    "check.provisional": N_("'{what}' is provisional: confirm it and remove the mark."),
    "check.conflict": N_("{item} contradicts itself; decided: {decision} Confirm it."),
}
