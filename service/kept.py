"""Small SQLite files of the service's own, beside the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def opened(path: Path, schema: str) -> Iterator[sqlite3.Connection]:
    """A connection within one transaction, closed at the end; the tables are made where they are missing."""
    connection = sqlite3.connect(path, timeout=5)
    try:
        connection.executescript(schema)
        with connection:
            yield connection
    finally:
        connection.close()
