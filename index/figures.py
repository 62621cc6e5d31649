"""Figures and quantities in SQL: exact lookup by report, metric and applicant. The only module that spells their tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from corpus.model import Figure, Quantity, Span

SCHEMA = """
CREATE TABLE IF NOT EXISTS figures (
    report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    metric TEXT NOT NULL,
    applicant TEXT,
    value REAL,
    unit TEXT NOT NULL,
    printed TEXT NOT NULL,
    state TEXT NOT NULL,
    place TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    sure INTEGER NOT NULL,
    PRIMARY KEY (report, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS figures_by_metric ON figures (metric, applicant, report);
CREATE TABLE IF NOT EXISTS quantities (
    report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    section INTEGER NOT NULL,
    counted TEXT NOT NULL,
    subject TEXT,
    channel TEXT,
    value REAL NOT NULL,
    unit TEXT NOT NULL,
    printed TEXT NOT NULL,
    approximate INTEGER NOT NULL,
    period TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    clause_start INTEGER NOT NULL, clause_end INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
    PRIMARY KEY (report, seq)
) WITHOUT ROWID;
"""


def insert(connection: sqlite3.Connection, report: int, figures: Iterable[Figure], quantities: Iterable[Quantity]) -> None:
    """Store the figures and quantities of one report."""
    connection.executemany(
        "INSERT INTO figures VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (report, seq, f.metric, f.applicant, f.value, f.unit, f.printed, f.state, f.place,
             f.span.start if f.span else None, f.span.end if f.span else None, f.sure)
            for seq, f in enumerate(figures)
        ),
    )  # fmt: skip
    connection.executemany(
        f"INSERT INTO quantities VALUES ({','.join('?' * 17)})",  # noqa: S608  (only question marks)
        (
            (report, seq, q.section, q.counted, q.subject, q.channel, q.value, q.unit, q.printed, q.approximate, q.period,
             q.span.start, q.span.end, q.clause.start, q.clause.end, q.sentence.start, q.sentence.end)
            for seq, q in enumerate(quantities)
        ),
    )  # fmt: skip


def figures(
    connection: sqlite3.Connection,
    reports: Sequence[int],
    metrics: Sequence[str] | None = None,
    applicants: Sequence[str | None] | None = None,
) -> list[tuple[int, Figure]]:
    """(report, figure) in the order of the form. None means all; an applicant None stands for tables 二 and 四."""
    where, values = ["report IN (SELECT value FROM json_each(?))"], [_json(reports)]
    if metrics is not None:
        where.append("metric IN (SELECT value FROM json_each(?))")
        values.append(_json(metrics))
    if applicants is not None:
        where.append("coalesce(applicant, '') IN (SELECT value FROM json_each(?))")
        values.append(_json([a or "" for a in applicants]))
    rows = connection.execute(
        f"SELECT * FROM figures WHERE {' AND '.join(where)} ORDER BY report, seq",  # noqa: S608  (fixed clauses)
        values,
    )
    return [
        (
            row[0],
            Figure(
                metric=row[2], applicant=row[3], value=_number(row[4]), unit=row[5], printed=row[6], state=row[7],
                place=row[8], span=Span(row[9], row[10]) if row[9] is not None else None, sure=bool(row[11]),
            ),
        )
        for row in rows
    ]  # fmt: skip


def quantities(
    connection: sqlite3.Connection, reports: Sequence[int], subject: str | None = None, channels: Sequence[str] | None = None
) -> list[tuple[int, Quantity]]:
    """(report, quantity) in reading order; of one subject or of some channels only, where they are given."""
    where, values = ["report IN (SELECT value FROM json_each(?))"], [_json(reports)]
    if subject is not None:
        where.append("subject = ?")
        values.append(subject)
    if channels:
        where.append("channel IN (SELECT value FROM json_each(?))")
        values.append(_json(channels))
    rows = connection.execute(
        f"SELECT * FROM quantities WHERE {' AND '.join(where)} ORDER BY report, seq",  # noqa: S608  (fixed clauses)
        values,
    )
    return [
        (
            r[0],
            Quantity(
                section=r[2], counted=r[3], subject=r[4], channel=r[5], value=_number(r[6]) or 0, unit=r[7], printed=r[8],
                approximate=bool(r[9]), period=r[10], span=Span(r[11], r[12]), clause=Span(r[13], r[14]),
                sentence=Span(r[15], r[16]),
            ),
        )
        for r in rows
    ]  # fmt: skip


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and value == int(value) else value


def _json(items: Sequence[int] | Sequence[str]) -> str:
    import json

    return json.dumps(list(items), ensure_ascii=False)
