"""Figures and quantities in SQL: exact lookup by report, metric and applicant. The only module that spells their tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from corpus.forms import applicants
from corpus.model import Figure, Quantity, Span

_EVERYBODY = ("", *applicants())


def insert(connection: sqlite3.Connection, report: int, figures: Iterable[Figure], quantities: Iterable[Quantity]) -> None:
    """Store the figures and quantities of one report."""
    connection.executemany(
        "INSERT INTO figures VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (f.metric, f.applicant or "", report, seq, f.value, f.unit, f.printed, f.state, f.place,
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
    if metrics is not None or applicants is not None:
        # Every part of the key before the report is named, so that rows are found by it and not by going through a metric's all.
        where.append("applicant IN (SELECT value FROM json_each(?))")
        values.append(_json([a or "" for a in applicants] if applicants is not None else _EVERYBODY))
    if metrics is not None:
        where.append("metric IN (SELECT value FROM json_each(?))")
        values.append(_json(metrics))
    rows = connection.execute(
        'SELECT report, metric, applicant, value, unit, printed, state, place, start, "end", sure FROM figures'  # noqa: S608  (fixed clauses)
        f" WHERE {' AND '.join(where)} ORDER BY report, seq",
        values,
    )
    return [
        (
            row[0],
            Figure(
                metric=row[1], applicant=row[2] or None, value=_number(row[3]), unit=row[4], printed=row[5], state=row[6],
                place=row[7], span=Span(row[8], row[9]) if row[8] is not None else None, sure=bool(row[10]),
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
