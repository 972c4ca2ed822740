"""deskcli: a helpdesk for people who live in a shell and in text files.

The package is one flat house of five floors; a module imports only from lower floors, or from a
module named before it on its own floor (`tests/test_layers.py` holds this, and the order below):

0 words      problem, yamltext, schema
1 domain     worktime, dates, condition, people, category, form, workflow, macro, reply, rule,
             rota, importmap, ticket, config
2 decisions  route, intake, act, sweep, report, review
3 disk       store, indexfile, index, sources, desk
4 terminal   cli

Floors 0 to 2 are pure: values in, values out. Every command decides (floor 2), shows (floor 4) and
commits (floor 3); `store.commit` is the only writer of tickets.
"""

__version__ = "0.1.0"
