"""deskcli: a helpdesk for people who live in a shell and in text files.

The package is one flat house of five floors; a module imports only from lower floors, or from a
module named before it on its own floor (`tests/test_layers.py` holds this, and the order below):

0 words      exits, codes, problem, fold, yamltext, yamlwrite, yamledit, schema
1 domain     requester, ticket, links, ticketfile, calendarfile, wallclock, worktime, allowance,
             dates, factnames, condition, values, people, org, form, category, workflow, macro,
             reply, rule, sla, measure, rota, duty, roulette, rotacheck, importmap, deskfile,
             scenariofile, config, facts, quoted, timeline,
             wording
2 decisions  scene, default, demand, promise, route, move, visit, address, outbox, answer, act,
             undo, apply, draft, intake, merge, whose, refill, batch, register, sweep, report,
             whatif, scenario, survey, crossref, asking, namesakes, valuereview, mapreview,
             templatereview, deskreview, scenarioreview, review, ticketreview, planreview
3 disk       durable, folders, store, where, forked, indexschema, indexfile, indexrow, indexlook,
             index, filetype, packs, sources, ulid, desk
4 terminal   cli

The modules that look for what is wrong in a desk's files are told apart in `review`.

Floors 0 to 2 are pure: values in, values out. Every command decides (floor 2), shows (floor 4) and
commits (floor 3); `store.commit` is the only writer of tickets.
"""

__version__ = "0.1.0"
