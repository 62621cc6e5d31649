"""From reports to what can be searched: words, vectors, figures in SQL, all published as one state."""

from __future__ import annotations


class StoreError(Exception):
    """What is wrong with the data folder, as one Chinese sentence."""


class NotReady(StoreError):
    """The data folder holds no published state yet."""


class Damaged(StoreError):
    """The data folder holds a state that does not verify."""


class Outdated(Damaged):
    """The derived index was built with another dictionary; rebuilding it from SQL mends that, and loses nothing."""
