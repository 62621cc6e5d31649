"""Sentences as what is searched by meaning: a passage is found by the sentence of it that answers.

Reports are near-copies of each other, so each distinct sentence is embedded and stored once, with the passages that it stands in. A
sentence is embedded without its numbers: what it says is the same whatever the figure is, figures are found exactly and elsewhere, and
sentences that differ in nothing else share one vector.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.textual import sentences, without_number
from index.dense import DenseIndex, Ids
from index.embed import Vectors

_SHORTEST = 6
_NUMBER = re.compile(r" *(?:\d[\d,，.．]*\d|\d) *")


def without_numbers(text: str) -> str:
    """A text with 几 for each of its numbers."""
    return _NUMBER.sub("几", text)


def split(text: str) -> list[tuple[int, int, str]]:
    """(start, end, the sentence as it is embedded) of each sentence of a passage that says something: without the number that counts it in a
    list, and with 几 for every other. That is how people ask for one."""
    found = []
    for start, end in sentences(text):
        told = without_numbers(without_number(text[start:end]))
        if len(told) >= _SHORTEST:
            found.append((start, end, told))
    return found


# Of a few reports the occurrences are gone through whole; of many those of each sentence, so many at first.
_FEW_RANGES, _LOOKED_AT = 40, 64


def _runs(first: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """first[0], first[0] + 1, … ``counts[0]`` of them, then the same of the next: int64 [counts.sum()]."""
    before = np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(counts) else counts
    return np.repeat(first - before, counts) + np.arange(counts.sum())


def _each_once(numbers: NDArray[np.int32]) -> Ids:
    """Numbers from 0 on, ascending, each once: by a mark for each, since sorting the sentences of a year's reports takes ten times as long."""
    marks = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=bool)
    marks[numbers] = True
    return np.flatnonzero(marks).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that is near a question: the stretch of the passage that it is. ``score``: its cosine, or what else it was ranked by."""

    passage: int
    sentence: int
    start: int
    end: int
    score: float


class Ranges:
    """Stretches of passage ids, ascending: the passages of a report have been numbered one after another."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        ordered = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
        self.first, self.last = ordered[:, 0].copy(), ordered[:, 1].copy()

    def __len__(self) -> int:
        return len(self.first)

    def hold(self, passages: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether each of ``passages`` [m] lies in one of the stretches, bool [m]."""
        at = np.searchsorted(self.first, passages, side="right") - 1
        return (at >= 0) & (passages <= self.last[at]) if len(self) else np.zeros(len(passages), dtype=bool)


class Occurrences:
    """Where sentences stand: int32 [6, m], an occurrence a column. The first four rows are passage, sentence, start and end, by passage; the
    fifth is the order by sentence, the sixth the sentences in that order."""

    def __init__(self, rows: NDArray[np.int32]) -> None:
        self._rows = rows
        self._passage, self._sentence, self._start, self._end, self._order, self._ordered = rows

    def __len__(self) -> int:
        return int(self._rows.shape[1])

    @classmethod
    def of(cls, columns: NDArray[np.int32]) -> Occurrences:
        """From ``columns`` [m, 4] in ascending order of passage."""
        order = np.argsort(columns[:, 1], kind="stable").astype(np.int32)
        return cls(np.ascontiguousarray(np.vstack([columns.T, order, columns[order, 1]])))

    @classmethod
    def open(cls, path: Path) -> Occurrences:
        return cls(np.asarray(np.load(path, mmap_mode="r")))  # a plain view: a memmap's own class costs a microsecond an access

    def save(self, path: Path) -> None:
        np.save(path, self._rows)

    def without(self, passages: Ranges) -> NDArray[np.int32]:
        """The columns [m, 4] of the occurrences outside of some passages."""
        return np.ascontiguousarray(self._rows[:4, ~passages.hold(self._passage)].T)

    def inside(self, passages: Ranges) -> Ids:
        """The sentences that stand in some passages, ascending, each once."""
        return _each_once(self._sentence[self._of(passages)])

    def _of(self, passages: Ranges) -> NDArray[np.int64]:
        """The columns of the occurrences in some passages, ascending."""
        low, high = (
            passages.first.astype(np.int32),
            passages.last.astype(np.int32),
        )  # of the same type, or all columns are copied to another
        first = np.searchsorted(self._passage, low)
        return _runs(first, np.searchsorted(self._passage, high, side="right") - first)

    def every(self, sentence: Ids, permitted: Ranges | None, gone: Ranges) -> NDArray[np.int32]:
        """(passage, start, end) of all occurrences of some sentences in ``permitted`` passages, None for all not ``gone``, int32 [m, 3]."""
        first = np.searchsorted(self._ordered, sentence)
        at = self._order[_runs(first, np.searchsorted(self._ordered, sentence, side="right") - first)]
        at = at[~gone.hold(self._passage[at]) if permitted is None else permitted.hold(self._passage[at])]
        return np.stack([self._passage[at], self._start[at], self._end[at]], axis=1)

    def told(self, sentence: Ids, permitted: Ranges | None, gone: Ranges, most: int) -> list[list[tuple[int, int, int]]]:
        """(passage, start, end) of the first ``most`` occurrences of each sentence in ``permitted`` passages, None for all not ``gone``."""
        if permitted is not None and len(permitted) <= _FEW_RANGES:
            columns = self._of(permitted)
            by_sentence = columns[np.argsort(self._sentence[columns], kind="stable")]
            ordered = self._sentence[by_sentence]
            first, last = np.searchsorted(ordered, sentence), np.searchsorted(ordered, sentence, side="right")
            counts = np.minimum(last - first, most)
            return self._places(by_sentence[_runs(first, counts)], counts)
        first, last = np.searchsorted(self._ordered, sentence), np.searchsorted(self._ordered, sentence, side="right")
        counts = np.minimum(last - first, _LOOKED_AT if permitted is not None or len(gone) else most)
        at, whose = self._order[_runs(first, counts)], np.repeat(np.arange(len(counts)), counts)
        fits = ~gone.hold(self._passage[at]) if permitted is None else permitted.hold(self._passage[at])
        at, whose = at[fits], whose[fits]
        held = np.bincount(whose, minlength=len(counts))
        further = np.flatnonzero((held < most) & (first + counts < last)).tolist()
        told = self._places(at, held, most)
        for one in further:
            more = np.array(self._first(int(first[one]), int(last[one]), permitted, gone, most), dtype=np.int64)
            [told[one]] = self._places(more, np.array([len(more)]))
        return told

    def _places(self, columns: NDArray[Any], counts: NDArray[np.int64], most: int | None = None) -> list[list[tuple[int, int, int]]]:
        """(passage, start, end) of each column, at most ``most`` of the first ``counts[0]`` columns, then of the ``counts[1]`` after them …"""
        places = list(zip(*(row[columns].tolist() for row in (self._passage, self._start, self._end)), strict=True))
        ends = np.cumsum(counts).tolist()
        return [places[end - count : end][:most] for count, end in zip(counts.tolist(), ends, strict=True)]

    def _first(self, first: int, last: int, permitted: Ranges | None, gone: Ranges, most: int) -> list[int]:
        """The columns of the first ``most`` occurrences that may be told, of those of a sentence from ``first`` to ``last`` in its order."""
        found: list[int] = []
        step = _LOOKED_AT  # what stands in every report is told of soon, whatever is permitted
        while first < last and len(found) < most:
            at = self._order[first : min(first + step, last)]
            at = at[~gone.hold(self._passage[at]) if permitted is None else permitted.hold(self._passage[at])]
            found += at[: most - len(found)].tolist()
            first, step = first + step, step * 4
        return found

    def of_passage(self, passage: int) -> list[tuple[int, int, int]]:
        """(sentence, start, end) of each sentence of a passage."""
        first, last = np.searchsorted(self._passage, np.array([passage, passage + 1], dtype=np.int32))
        return [(int(self._sentence[i]), int(self._start[i]), int(self._end[i])) for i in range(int(first), int(last))]


class SentenceIndex:
    """The sentences of a published state. ``parts`` are the occurrences of the main index and of what came later; ``gone`` are passages of
    the main index whose reports have been removed since."""

    def __init__(self, dense: DenseIndex, parts: Sequence[Occurrences], gone: Ranges) -> None:
        self.dense = dense
        self._parts = parts
        self._gone = gone

    def inside(self, passages: Ranges) -> Ids:
        """The sentences that stand in some passages, ascending, each once."""
        return _each_once(np.concatenate([part.inside(passages) for part in self._parts]))

    def ranked(self, near: Callable[[int], Sequence[tuple[int, float]]], permitted: Ranges | None, k: int, each: int = 2) -> list[Found]:
        """Occurrences of the best ``k`` sentences, at most ``each`` of one, best first.

        ``near(n)`` ranks n sentences, or as many as there are; ``permitted`` are the passages to look in, None for all.
        """
        depth = k
        while True:
            best = near(depth)
            ids = np.array([sentence for sentence, _ in best], dtype=np.int32)
            parts = [part.told(ids, permitted, self._gone, each) for part in self._parts if len(part)]
            held = [
                [Found(passage, sentence, start, end, score) for passage, start, end in [t for told in where for t in told][:each]]
                for (sentence, score), *where in zip(best, *parts, strict=True)
            ]
            held = [occurrences for occurrences in held if occurrences]
            if len(held) >= k or len(best) < depth:  # sentences of removed reports take no other's place
                return [occurrence for occurrences in held[:k] for occurrence in occurrences]
            depth *= 2

    def every(self, sentence: Ids, permitted: Ranges | None) -> NDArray[np.int32]:
        """(passage, start, end) of all occurrences of some sentences in ``permitted`` passages, None for all, int32 [m, 3], by place."""
        found = np.concatenate([part.every(sentence, permitted, self._gone) for part in self._parts])
        return found[np.lexsort((found[:, 1], found[:, 0]))]

    def of(self, passage: int, query: Vectors) -> Found | None:
        """The sentence of a passage that is nearest to a question."""
        told = next((t for part in self._parts if (t := part.of_passage(passage))), [])
        if not told:
            return None
        cosines = self.dense.cosines(query, np.array([t[0] for t in told], dtype=np.int32))
        best = int(np.argmax(cosines))
        sentence, start, end = told[best]
        return Found(passage, sentence, start, end, float(cosines[best]))
