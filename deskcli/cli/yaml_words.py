"""The words of what is wrong in a YAML file itself, whatever it is for."""

from collections.abc import Mapping

from deskcli.cli.words import N_

# What libyaml says, and PyYAML's own parser where there is no libyaml, each in our words.
_SAID: Mapping[str, str] = {
    N_("':' is missing"): "could not find expected ':'",
    N_("a ':' too many; quote the text, or look at the indentation"): """
        mapping values are not allowed in this context
        mapping values are not allowed here
        found unexpected ':'""",
    N_("a '?' can not stand here; quote the text"): """
        mapping keys are not allowed in this context
        mapping keys are not allowed here""",
    N_("a key should stand here; look at the indentation"): """
        did not find expected key
        expected <block end>""",
    N_("a '-' should stand here; look at the indentation"): "did not find expected '-' indicator",
    N_("no list can begin here"): """
        block sequence entries are not allowed in this context
        sequence entries are not allowed here""",
    N_("a value is missing"): """
        did not find expected node content
        expected the node content""",
    N_("',' or ']' is missing"): """
        did not find expected ',' or ']'
        expected ',' or ']'""",
    N_("',' or '}' is missing"): """
        did not find expected ',' or '}'
        expected ',' or '}'""",
    N_("something follows the end"): """
        did not find expected <document start>
        expected '<document start>'""",
    N_("no text begins so; quote it"): """
        found character that cannot start any token
        expected ' '""",
    N_("a quote is not closed"): """
        found unexpected end of stream
        found unexpected document indicator
        found unexpected document separator""",
    N_("in double quotes a '\\' begins an escape; use single quotes, or write it twice"): """
        found unknown escape character
        found invalid Unicode character escape code
        did not find expected hexdecimal number
        expected escape sequence of 2 hexadecimal numbers
        expected escape sequence of 4 hexadecimal numbers
        expected escape sequence of 8 hexadecimal numbers""",
    N_("after '|' or '>' the text begins on the next line; else quote it"): """
        did not find expected comment or line break
        found an indentation indicator equal to 0
        expected chomping or indentation indicators
        expected indentation indicator in the range 1-9
        expected a comment or a line break""",
    N_("a tab can not indent"): """
        found a tab character that violates indentation
        found a tab character where an indentation space is expected""",
    N_("no text begins with '&' or '*'; quote it"): """
        did not find expected alphabetic or numeric character
        expected alphabetic or numeric character""",
    N_("no text begins with '!'; quote it"): """
        did not find expected '!'
        did not find the expected '>'
        did not find expected tag URI
        did not find URI escaped octet
        did not find expected whitespace or line break
        found an incorrect leading UTF-8 octet
        found an incorrect trailing UTF-8 octet
        found undefined tag handle
        expected '!'
        expected '>'
        expected URI
        expected URI escape sequence of 2 hexadecimal numbers""",
    N_("no line begins with '%'; quote it"): """
        could not find expected directive name
        found unknown directive name
        found unexpected non-alphabetical character
        found extremely long version number
        found incompatible YAML document
        found duplicate %YAML directive
        found duplicate %TAG directive
        found duplicate YAML directive
        duplicate tag handle
        did not find expected version number
        did not find expected digit or '.' character
        did not find expected whitespace
        expected a digit or '.'
        expected a digit or ' '
        expected a digit""",
}
SYNTAX: Mapping[str, str] = {
    message.strip(): words for words, said in _SAID.items() for message in said.strip().split("\n")
}

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
}
