"""Of many patterns the few that can match a text, told by characters that each of their matches holds.

A question comes by lists of hundreds of patterns, of which hardly any matches. To ask each costs a call; to go once through
the characters of the question costs about as much as ten of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

try:
    # No public interface: with a Python that has none of this name every pattern is asked, as without the sieve.
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    _parser = None

_MOST = 40
"""Characters of a set that is still worth looking for: one that nearly every text has a part of rules nothing out."""


class Sieve:
    """Patterns in their order, by their numbers; which of them a text may hold. What it lets through may still not match."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = tuple(patterns)

    @cached_property
    def _tables(self) -> tuple[tuple[dict[str, int], int], ...]:
        # Two sets of each pattern, the smallest: by character the patterns (a bit each) that it speaks for, and those that ask for none.
        rarest = [sorted(needed(pattern), key=len)[:2] for pattern in self._patterns]
        tables = []
        for place in range(2):
            speaks: dict[str, int] = {}
            free = 0
            for number, sets in enumerate(rarest):
                if place >= len(sets):
                    free |= 1 << number
                    continue
                for char in sets[place]:
                    speaks[char] = speaks.get(char, 0) | 1 << number
            tables.append((speaks, free))
        return tuple(tables)

    def among(self, text: str, after: int = -1) -> Iterator[int]:
        """The numbers of the patterns that may match, in their order, of those behind ``after``."""
        chars = set(text)
        left = -1
        for speaks, free in self._tables:
            found = free
            for char in chars & speaks.keys():
                found |= speaks[char]
            left &= found
        left = left >> (after + 1) << (after + 1)
        while left:
            low = left & -left
            yield low.bit_length() - 1
            left ^= low

    def rewritten(self, text: str, words: Sequence[str | Callable[[re.Match[str]], str]]) -> str:
        """``text`` after one pattern behind the other has put its words in the place of what it matches."""
        numbers = self.among(text)
        while (number := next(numbers, None)) is not None:
            if (changed := self._patterns[number].sub(words[number], text)) != text:
                text, numbers = changed, self.among(changed, number)
        return text


def needed(pattern: re.Pattern[str]) -> list[frozenset[str]]:
    """Sets of characters of each of which every text in which ``pattern`` matches holds at least one."""
    if _parser is None:
        return []
    found = _of_sequence(_parser.parse(pattern.pattern, pattern.flags))
    if pattern.flags & re.IGNORECASE:  # what counts as the same letter there is for re to know
        found = [chars for chars in found if not any(c.lower() != c.upper() for c in chars)]
    return [chars for chars in found if len(chars) <= _MOST]


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    for operation, given in parts:
        name = str(operation)
        if name == "LITERAL":
            found.append(frozenset(chr(given)))
        elif name == "IN":
            found += _of_class(given)
        elif name == "BRANCH":
            found += _of_branches(given[1])
        elif name == "SUBPATTERN":
            found += _of_sequence(given[3])
        elif name == "ASSERT":
            found += _of_sequence(given[1])
        elif name == "ATOMIC_GROUP":
            found += _of_sequence(given)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and given[0]:
            found += _of_sequence(given[2])
    return found


def _of_class(members: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    chars: set[str] = set()
    for operation, given in members:
        name = str(operation)
        if name == "LITERAL":
            chars.add(chr(given))
        elif name == "RANGE" and given[1] - given[0] < _MOST:
            chars.update(map(chr, range(given[0], given[1] + 1)))
        else:  # all but some, a category, a wide range
            return []
    return [frozenset(chars)]


def _of_branches(branches: Iterable[Iterable[tuple[Any, Any]]]) -> list[frozenset[str]]:
    """One of each branch's sets together: a match holds a character of the branch that it takes."""
    smallest = [min(_of_sequence(branch), key=len, default=None) for branch in branches]
    whole = [chars for chars in smallest if chars is not None]
    return [frozenset().union(*whole)] if len(whole) == len(smallest) else []
