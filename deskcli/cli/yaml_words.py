"""The words of what is wrong in a YAML file itself, whatever it is for, and of opening hours."""

from collections.abc import Mapping

from deskcli.cli.words import N_

YAML_WORDS: Mapping[str, str] = {
    "yaml.size": N_("The file has {size} bytes; the limit is {limit}."),
    "yaml.encoding": N_("The file is not UTF-8 here; save it as UTF-8."),
    "yaml.control": N_("Control character {character}; remove it."),
    "yaml.conflict": N_(
        "Conflict marker of a merge: '{line}'. Choose a side and remove the marker."
    ),
    "yaml.tab": N_("A tab can not indent YAML; use spaces."),
    "yaml.syntax": N_("Not valid YAML: {what}."),
    "yaml.anchor": N_(
        "Anchors and aliases (& and *) are not used here; write the value out, or quote it."
    ),
    "yaml.tag": N_("Tags (!) are not used here; quote the value."),
    "yaml.merge": N_("Merge keys (<<) are not used here; write the values out."),
    "yaml.documents": N_("A second document (---) begins here; a file holds one."),
    "yaml.duplicate": N_("The key '{key}' stands twice."),
    "yaml.key": N_("A key must be plain text."),
    "yaml.depth": N_("Nested deeper than {limit} levels."),
    "schema.unknown_key": N_("Unknown key '{key}'."),
    "schema.missing_key": N_("The key '{key}' is missing."),
    "schema.choice": N_("'{value}' is not one of: {choices}."),
    "schema.type": N_("'{value}' does not fit; expected: {expected}."),
    "schema.minimum": N_("{value} is too small; the least is {least}."),
    "schema.unknown": N_("No kind of file is called '{schema}'; there are: {known}."),
    "calendar.hours": N_("'{value}' is not an interval such as 08:00-18:00."),
    "calendar.overlap": N_("{value} overlaps {other}."),
    "calendar.day": N_("'{value}' is not a day; days are: {known}."),
    "calendar.date": N_("'{value}' is not a date (MM-DD or YYYY-MM-DD)."),
    "calendar.period": N_("It ends ({until}) before it begins ({first})."),
    "calendar.holiday": N_("The holiday '{name}' needs exactly one of 'on' and 'easter'."),
    "calendar.easter": N_("'{value}' is not a number of days from Easter."),
    "calendar.holidays": N_("No table of holidays is called '{value}'."),
    "calendar.never_open": N_("The calendar '{calendar}' does not open within a year."),
}
