"""Accounts of the staff area: none until a command has made one. Passwords are kept as argon2 hashes, failures are counted."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.kept import opened

SHORTEST = 10
_TRIES = 5
_LOCKED = timedelta(minutes=15)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS failures (name TEXT NOT NULL, at TEXT NOT NULL);
"""
Verdict = Literal["ok", "wrong", "locked"]


class AccountError(ValueError):
    """A name or password that cannot be used; the message is one Chinese sentence."""


class Accounts:
    """Accounts in ``staff.sqlite`` of the data folder."""

    def __init__(self, home: Path) -> None:
        self._path = home / "staff.sqlite"
        self._hasher = PasswordHasher()

    def names(self) -> list[str]:
        """Who may sign in; none where no account was ever made."""
        if not self._path.exists():
            return []
        with self._open() as connection:
            return [row[0] for row in connection.execute("SELECT name FROM accounts ORDER BY name")]

    def add(self, name: str, password: str) -> None:
        """Make an account, or give one a new password. Raises AccountError."""
        if not name.strip() or len(name) > 60:
            raise AccountError("用户名不能为空，也不能超过 60 个字。")
        if len(password) < SHORTEST:
            raise AccountError(f"密码太短，至少 {SHORTEST} 个字符。")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO accounts VALUES (?, ?)", (name.strip(), self._hasher.hash(password)))
            connection.execute("DELETE FROM failures WHERE name = ?", (name.strip(),))
        self._path.chmod(0o600)
        _make_key(self._path.parent)

    def remove(self, name: str) -> bool:
        if not self._path.exists():
            return False
        with self._open() as connection:
            return connection.execute("DELETE FROM accounts WHERE name = ?", (name,)).rowcount > 0

    def check(self, name: str, password: str) -> Verdict:
        """Whether the password is right; ``locked`` after five failures within a quarter of an hour, whoever tries."""
        now = datetime.now(UTC)
        with self._open() as connection:
            connection.execute("DELETE FROM failures WHERE at < ?", ((now - _LOCKED).isoformat(),))
            tried = connection.execute("SELECT count(*) FROM failures WHERE name = ?", (name,)).fetchone()[0]
            if tried >= _TRIES:
                return "locked"
            row = connection.execute("SELECT hash FROM accounts WHERE name = ?", (name,)).fetchone()
        # A name that is not there takes as long as one that is, so that names cannot be found out by the clock:
        # the hash checked in its place is made once, and whoever asks.
        nobody = _nobody()
        if self._is_right(row[0] if row else nobody, password) and row:
            with self._open() as connection:
                connection.execute("DELETE FROM failures WHERE name = ?", (name,))
            return "ok"
        with self._open() as connection:
            connection.execute("INSERT INTO failures VALUES (?, ?)", (name[:60], now.isoformat()))
        return "wrong"

    def _is_right(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password[:1000])
        except (VerificationError, InvalidHashError):
            return False

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self._path, _SCHEMA)


@cache
def _nobody() -> str:
    return PasswordHasher().hash("nobody has this password")


def secret_key(home: Path) -> str | None:
    """The key that signs sessions, made with the first account; None where there is none."""
    path = home / "secret.key"
    return path.read_text("ascii") if path.exists() else None


def _make_key(home: Path) -> None:
    path = home / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)  # before anything stands in it
        path.write_text(secrets.token_urlsafe(48), "ascii")
