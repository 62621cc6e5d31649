"""What readers say of answers, kept in the data folder beside the corpus and never published with it."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from service import safety
from service.kept import opened

Rating = Literal["up", "down"]
_MOST = 20_000  # a full ledger forgets its oldest entries, so that no one can fill the disk
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY, day TEXT NOT NULL, question TEXT NOT NULL, rating TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS asked (question TEXT PRIMARY KEY, status TEXT NOT NULL, count INTEGER NOT NULL, day TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's verdict. ``day`` is all that is kept of when; nothing is kept of who."""

    day: str
    question: str
    rating: Rating
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with how often it was asked, the last day, and how it was answered then."""

    question: str
    status: str
    count: int
    day: str


class Ledger:
    """Feedback and questions in ``ledger.sqlite`` of the data folder."""

    def __init__(self, home: Path) -> None:
        self._path = home / "ledger.sqlite"

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self._path, _SCHEMA)

    def note(self, question: str, rating: Rating, reason: str) -> None:
        """Keep a verdict; personal data in it is struck out."""
        kept = [_without_personal(t)[:300] for t in (question, reason)]
        with self._open() as connection:
            day = datetime.now(UTC).date().isoformat()
            connection.execute("INSERT INTO feedback (day, question, rating, reason) VALUES (?, ?, ?, ?)", (day, kept[0], rating, kept[1]))
            connection.execute("DELETE FROM feedback WHERE id <= (SELECT max(id) FROM feedback) - ?", (_MOST,))

    def count(self, question: str, status: str) -> None:
        """Count a question; one that holds personal data, or was refused, is not kept."""
        question = " ".join(question.split())[:300]
        if status == "refused" or safety.personal_data(question):
            return
        day = datetime.now(UTC).date().isoformat()
        with self._open() as connection:
            connection.execute(
                "INSERT INTO asked VALUES (?, ?, 1, ?) ON CONFLICT (question) DO UPDATE SET count = count + 1, status = excluded.status, day = excluded.day",
                (question, status, day),
            )
            if connection.execute("SELECT count(*) FROM asked").fetchone()[0] > _MOST:  # sorting is dear, and seldom needed
                connection.execute(
                    "DELETE FROM asked WHERE rowid IN (SELECT rowid FROM asked ORDER BY day DESC, count DESC LIMIT -1 OFFSET ?)", (_MOST,)
                )

    def asked(self, *, unanswered: bool = False, most: int = 50) -> list[Asked]:
        """Questions asked most; with ``unanswered`` those that found no answer."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT question, status, count, day FROM asked"
                " WHERE NOT ? OR status IN ('not_reported', 'no_report', 'out_of_scope') ORDER BY count DESC, day DESC LIMIT ?",
                (unanswered, most),
            )
            return [Asked(*row) for row in rows]

    def feedback(self, most: int = 200) -> list[Feedback]:
        """The newest verdicts."""
        with self._open() as connection:
            rows = connection.execute("SELECT day, question, rating, reason FROM feedback ORDER BY id DESC LIMIT ?", (most,))
            return [Feedback(*row) for row in rows]


def _without_personal(text: str) -> str:
    return "（含个人信息，未保存）" if safety.personal_data(text) else text
