"""What readers say of answers, kept in the data folder beside the corpus and never published with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from service import safety

Rating = Literal["up", "down"]
_MOST = 20_000  # a full ledger forgets its oldest entries, so that no one can fill the disk
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY, day TEXT NOT NULL, question TEXT NOT NULL, rating TEXT NOT NULL, reason TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's verdict. ``day`` is all that is kept of when; nothing is kept of who."""

    day: str
    question: str
    rating: Rating
    reason: str


class Ledger:
    """Feedback in ``ledger.sqlite`` of the data folder."""

    def __init__(self, home: Path) -> None:
        self._path = home / "ledger.sqlite"

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=5)
        try:
            connection.executescript(_SCHEMA)
            with connection:
                yield connection
        finally:
            connection.close()

    def note(self, question: str, rating: Rating, reason: str) -> None:
        """Keep a verdict; personal data in it is struck out."""
        kept = [_without_personal(t)[:300] for t in (question, reason)]
        with self._open() as connection:
            day = datetime.now(UTC).date().isoformat()
            connection.execute("INSERT INTO feedback (day, question, rating, reason) VALUES (?, ?, ?, ?)", (day, kept[0], rating, kept[1]))
            connection.execute("DELETE FROM feedback WHERE id <= (SELECT max(id) FROM feedback) - ?", (_MOST,))

    def feedback(self, most: int = 200) -> list[Feedback]:
        """The newest verdicts."""
        with self._open() as connection:
            rows = connection.execute("SELECT day, question, rating, reason FROM feedback ORDER BY id DESC LIMIT ?", (most,))
            return [Feedback(*row) for row in rows]


def _without_personal(text: str) -> str:
    return "（含个人信息，未保存）" if safety.personal_data(text) else text
