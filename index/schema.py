"""The tables of the data folder's database, and what each version changed in those of the one before it."""

from __future__ import annotations

import json
import sqlite3
import zlib
from typing import Any

import orjson

from corpus.model import dumped
from index import Damaged

VERSION = 9

_CONTENTS = """
CREATE TABLE IF NOT EXISTS contents (
    report INTEGER PRIMARY KEY REFERENCES reports(id) ON DELETE CASCADE,
    text TEXT NOT NULL, found TEXT NOT NULL, sections TEXT NOT NULL, paragraphs TEXT NOT NULL, checks BLOB NOT NULL, across BLOB NOT NULL
)"""
# Clustered by what is asked for: one metric of many reports lies together. An applicant '' stands for none (tables 二 and 四).
_FIGURES = """
CREATE TABLE IF NOT EXISTS figures (
    metric TEXT NOT NULL, applicant TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    value REAL, unit TEXT NOT NULL, printed TEXT NOT NULL, state TEXT NOT NULL, place TEXT NOT NULL,
    start INTEGER, "end" INTEGER, sure INTEGER NOT NULL,
    PRIMARY KEY (metric, applicant, report, seq)
) WITHOUT ROWID"""
_FIGURES_BY_REPORT = "CREATE INDEX IF NOT EXISTS figures_by_report ON figures (report, seq)"
# The checks that failed, as in contents, for answers to warn of: of many reports at once, without passing by their texts.
_FAILURES = """
CREATE TABLE IF NOT EXISTS failures (
    report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    across INTEGER NOT NULL, seq INTEGER NOT NULL, finding TEXT NOT NULL, PRIMARY KEY (report, across, seq)
) WITHOUT ROWID"""
# Every distinct sentence that has been embedded, by the digest of its text: its id is its row in the vector file of each model.
_SENTENCES = "CREATE TABLE IF NOT EXISTS sentences (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE)"
# What has been written to a model's vector file: each run of rows with its digest.
_VECTORS = """
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT NOT NULL, first INTEGER NOT NULL, rows INTEGER NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (model, first)
)"""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # What lists, filters and answers need at once; long texts stand in contents, which a start does not read.
    """
CREATE TABLE IF NOT EXISTS reports (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL UNIQUE,
    agency TEXT NOT NULL, year INTEGER NOT NULL, scope TEXT NOT NULL, edition TEXT NOT NULL,
    title TEXT NOT NULL, published TEXT, source_url TEXT, format TEXT NOT NULL,
    digest TEXT NOT NULL, version INTEGER NOT NULL, added TEXT NOT NULL, counts TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '{}', lineage TEXT NOT NULL DEFAULT '', label TEXT NOT NULL DEFAULT '', reading TEXT NOT NULL DEFAULT '',
    first_passage INTEGER, last_passage INTEGER, across_findings INTEGER NOT NULL DEFAULT 0
)""",
    "CREATE INDEX IF NOT EXISTS reports_by_lineage ON reports (lineage, scope, year)",
    _CONTENTS,
    _FAILURES,
    """
CREATE TABLE IF NOT EXISTS originals (
    report_id TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
    added TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (report_id, version)
)""",
    """
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    section INTEGER NOT NULL, topic TEXT, text TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
)""",
    "CREATE INDEX IF NOT EXISTS passages_by_report ON passages (report)",
    _FIGURES,
    _FIGURES_BY_REPORT,
    """
CREATE TABLE IF NOT EXISTS quantities (
    report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL, section INTEGER NOT NULL, counted TEXT NOT NULL, subject TEXT, channel TEXT,
    value REAL NOT NULL, unit TEXT NOT NULL, printed TEXT NOT NULL, approximate INTEGER NOT NULL, period TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, clause_start INTEGER NOT NULL, clause_end INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
    PRIMARY KEY (report, seq)
) WITHOUT ROWID""",
    _SENTENCES,
    _VECTORS,
)

_CHANGES: dict[int, tuple[str, ...]] = {
    2: (
        "ALTER TABLE reports ADD COLUMN place TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE reports ADD COLUMN lineage TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE reports ADD COLUMN label TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE reports ADD COLUMN reading TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE reports ADD COLUMN across TEXT NOT NULL DEFAULT '[]'",
        "CREATE INDEX IF NOT EXISTS reports_by_lineage ON reports (lineage, scope, year)",
    ),
    3: (),  # sentences are derived
    4: (
        "ALTER TABLE reports ADD COLUMN first_passage INTEGER",
        "ALTER TABLE reports ADD COLUMN last_passage INTEGER",
        "ALTER TABLE reports ADD COLUMN across_findings INTEGER NOT NULL DEFAULT 0",
        "UPDATE reports SET (first_passage, last_passage) = (SELECT min(id), max(id) FROM passages WHERE report = reports.id),"
        " across_findings = (SELECT count(*) FROM json_each(across) WHERE value ->> 'status' <> 'pass')",
        _CONTENTS,
        "INSERT INTO contents SELECT id, text, found, listed(sections), paragraphs, packed(checks), packed(across) FROM reports",
        *(f"ALTER TABLE reports DROP COLUMN {name}" for name in ("text", "found", "sections", "paragraphs", "checks", "across")),
        "ALTER TABLE passages DROP COLUMN hash",
        "DROP TABLE embeddings",  # of passages too; sentences are embedded again, once
        "DROP INDEX figures_by_metric",
        "ALTER TABLE figures RENAME TO figures_3",
        _FIGURES,
        "INSERT INTO figures SELECT metric, coalesce(applicant, ''), report, seq, value, unit, printed, state, place, start, \"end\", sure FROM figures_3",
        "DROP TABLE figures_3",
        _FIGURES_BY_REPORT,
        _SENTENCES,
        _VECTORS,
    ),
    5: (),  # a generation has the index of distinct sentences besides
    6: (),  # and none of whole passages any more
    7: (),  # and product codes for inverted lists
    8: (
        _FAILURES,
        "INSERT INTO failures SELECT report, 0, key, value FROM contents, json_each(failing(checks))",
        "INSERT INTO failures SELECT report, 1, key, value FROM contents, json_each(failing(across))",
    ),
    9: (),  # and a code for each dimension, where one stood for two
}


def migrate(connection: sqlite3.Connection) -> None:
    """Make the tables, or bring those of an earlier version up to date, in the running transaction. Raises Damaged for a later version."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == VERSION:
        return
    if version > VERSION:
        raise Damaged(other_version(version))
    connection.create_function("packed", 1, lambda text: packed(_listed(json.loads(text))), deterministic=True)
    connection.create_function("listed", 1, lambda text: json.dumps(_listed(json.loads(text)), ensure_ascii=False), deterministic=True)
    connection.create_function(
        "failing", 1, lambda data: dumped([held for held in unpacked(data) if held[1] == "fail"]).decode(), deterministic=True
    )
    steps = _TABLES if version == 0 else [step for newer in range(version + 1, VERSION + 1) for step in _CHANGES[newer]]
    for step in steps:
        connection.execute(step)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def other_version(version: int) -> str:
    """What is said of a data folder of another version: an earlier one is brought up to date by whatever writes to it."""
    if version < VERSION:
        return f"数据目录是较早的 nianbao 建的（格式 {version}，本版需要 {VERSION}）。请运行 nianbao rebuild 更新它，报告都会保留。"
    return f"数据目录是另一个版本的 nianbao 建的（格式 {version}，本版需要 {VERSION}）。请使用相应版本，或另设数据目录（--home）后重新添加报告。"


def packed(value: Any) -> bytes:
    """A value as compressed JSON: checks are the longest part of a report, and say much the same."""
    return zlib.compress(dumped(value), 1)


def _listed(value: Any) -> Any:
    """What earlier versions wrote as objects, as the lists of their values that this one writes."""
    if isinstance(value, dict):
        return [_listed(held) for held in value.values()]
    return [_listed(held) for held in value] if isinstance(value, list) else value


def unpacked(data: bytes) -> Any:
    """What a packed value holds, its dataclasses as lists of their values."""
    return orjson.loads(zlib.decompress(data))
