"""The tables of the index, and the number that says what they are."""

import sqlite3

VERSION = 12  # another one, whenever a table or what stands in a row changes

SCHEMA = """
CREATE TABLE file (path TEXT PRIMARY KEY, folder TEXT, state TEXT, racy INTEGER, open INTEGER,
                   broken TEXT);
CREATE TABLE folder (path TEXT PRIMARY KEY, changed INTEGER);
CREATE TABLE ticket (id TEXT PRIMARY KEY, path TEXT, number INTEGER, header TEXT, state TEXT,
                     open TEXT, status TEXT, assignee TEXT, category TEXT, due TEXT, opened TEXT,
                     changed TEXT, updated TEXT, outbox TEXT, source TEXT, macros TEXT,
                     moments TEXT, talked TEXT, text TEXT);
CREATE TABLE mark (key TEXT, ticket TEXT);
CREATE TABLE event (ticket TEXT, clk INTEGER, id TEXT, operation TEXT, at TEXT, by TEXT, did TEXT,
                    turns TEXT, given TEXT, undoes TEXT);
CREATE VIRTUAL TABLE words USING fts5(ticket UNINDEXED, body,
                                      tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE meta (version TEXT, full_at REAL);
CREATE INDEX ticket_open ON ticket (open, due, updated, changed, status, assignee, category);
CREATE INDEX ticket_path ON ticket (path);
CREATE INDEX ticket_source ON ticket (source);
CREATE INDEX ticket_outbox ON ticket (outbox) WHERE outbox <> '';
CREATE INDEX file_folder ON file (folder);
CREATE INDEX file_look ON file (open, path, state, racy, broken);
CREATE INDEX file_broken ON file (path) WHERE broken <> '';
CREATE INDEX mark_key ON mark (key);
CREATE INDEX mark_ticket ON mark (ticket);
CREATE INDEX event_ticket ON event (ticket);
CREATE INDEX event_operation ON event (operation);
CREATE INDEX event_id ON event (id);
CREATE INDEX event_turns ON event (turns) WHERE turns <> '';
"""


def create(db: sqlite3.Connection, version: str) -> None:
    """Empty tables, of `version`, that were never filled."""
    db.executescript(f"BEGIN; {SCHEMA}")
    db.execute("INSERT INTO meta VALUES (?, 0)", (version,))
    db.execute("COMMIT")
