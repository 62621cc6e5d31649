"""Figures and quantities in SQL: exact lookup by report, metric and applicant. The only module that spells their tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from corpus.forms import applicants as every_applicant
from corpus.forms import metrics as every_metric
from corpus.model import Figure, Quantity, Span, dumped

_EVERYBODY = ("", *every_applicant())


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
    columns = 'f.report, f.metric, f.applicant, f.value, f.unit, f.printed, f.state, f.place, f.start, f."end", f.sure'
    if metrics is None and applicants is None:
        rows = connection.execute(
            f"SELECT {columns} FROM figures f WHERE f.report IN (SELECT value FROM json_each(?)) ORDER BY f.report, f.seq",  # noqa: S608
            (_json(reports),),
        )
    else:
        # Along the whole key, whatever the planner would guess: a few steps for each report, however many there are.
        names = list(dict.fromkeys(every_metric() if metrics is None else metrics))
        people = list(dict.fromkeys(a or "" for a in applicants)) if applicants is not None else _EVERYBODY
        order = " ORDER BY f.report, f.seq" if len(names) > 1 or len(people) > 1 else ""  # of one cell they come in order
        rows = connection.execute(
            f"SELECT {columns} FROM json_each(?) m CROSS JOIN json_each(?) a CROSS JOIN json_each(?) r"  # noqa: S608  (fixed columns)
            f" CROSS JOIN figures f ON f.metric = m.value AND f.applicant = a.value AND f.report = r.value{order}",
            (_json(names), _json(people), _json(sorted(set(reports)))),
        )
    return [
        (
            report,
            Figure(
                metric, applicant or None, _number(value), unit, printed, state, place,
                Span(start, end) if start is not None else None, bool(sure),
            ),
        )
        for report, metric, applicant, value, unit, printed, state, place, start, end, sure in rows
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
    return dumped(list(items)).decode()
