"""Sentences as what is searched by meaning: a passage is found by the sentence of it that answers.

Reports are near-copies of each other, so each distinct sentence is embedded and stored once, with the passages that it stands in. A
sentence is embedded without its numbers: what it says is the same whatever the figure is, figures are found exactly and elsewhere, and
sentences that differ in nothing else share one vector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.textual import sentences, without_number
from index.dense import DenseIndex, Ids
from index.embed import Vectors

_SHORTEST = 6
_NUMBER = re.compile(r" *(?:\d[\d,，.．]*\d|\d) *")


def split(text: str) -> list[tuple[int, int, str]]:
    """(start, end, the sentence as it is embedded) of each sentence of a passage that says something: without the number that counts it in a
    list, and with 几 for every other. That is how people ask for one."""
    found = []
    for start, end in sentences(text):
        told = _NUMBER.sub("几", without_number(text[start:end]))
        if len(told) >= _SHORTEST:
            found.append((start, end, told))
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that is near a question: the stretch of the passage that it is."""

    passage: int
    sentence: int
    start: int
    end: int
    cosine: float


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
        first = np.searchsorted(self._passage, passages.first)
        last = np.searchsorted(self._passage, passages.last, side="right")
        if len(first) == 1:
            return np.unique(self._sentence[first[0] : last[0]])
        counts = last - first
        starts = np.repeat(first - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
        return np.unique(self._sentence[starts + np.arange(counts.sum())])

    def known(self, sentence: Ids) -> NDArray[np.bool_]:
        """Whether each of ``sentence`` [m] stands anywhere, bool [m]."""
        return np.searchsorted(self._ordered, sentence) < np.searchsorted(self._ordered, sentence, side="right")

    def every(self, sentence: Ids, permitted: Ranges | None, gone: Ranges) -> NDArray[np.int32]:
        """(passage, start, end) of all occurrences of some sentences in ``permitted`` passages, None for all not ``gone``, int32 [m, 3]."""
        bounds = zip(np.searchsorted(self._ordered, sentence), np.searchsorted(self._ordered, sentence, side="right"), strict=True)
        at = np.concatenate([self._order[first:last] for first, last in bounds] or [self._order[:0]])
        at = at[~gone.hold(self._passage[at]) if permitted is None else permitted.hold(self._passage[at])]
        return np.stack([self._passage[at], self._start[at], self._end[at]], axis=1)

    def told(self, sentence: Ids, permitted: Ranges | None, gone: Ranges, most: int) -> list[list[tuple[int, int, int]]]:
        """(passage, start, end) of the first ``most`` occurrences of each sentence in ``permitted`` passages, None for all not ``gone``."""
        bounds = zip(np.searchsorted(self._ordered, sentence), np.searchsorted(self._ordered, sentence, side="right"), strict=True)
        return [self._first(int(first), int(last), permitted, gone, most) for first, last in bounds]

    def _first(self, first: int, last: int, permitted: Ranges | None, gone: Ranges, most: int) -> list[tuple[int, int, int]]:
        found: list[int] = []
        step = 64  # what stands in every report is told of soon, whatever is permitted
        while first < last and len(found) < most:
            at = self._order[first : min(first + step, last)]
            if permitted is not None:
                at = at[permitted.hold(self._passage[at])]
            elif len(gone):
                at = at[~gone.hold(self._passage[at])]
            found += at[: most - len(found)].tolist()
            first, step = first + step, step * 4
        return [(int(self._passage[i]), int(self._start[i]), int(self._end[i])) for i in found]

    def of_passage(self, passage: int) -> list[tuple[int, int, int]]:
        """(sentence, start, end) of each sentence of a passage."""
        first, last = np.searchsorted(self._passage, [passage, passage + 1])
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
        found = [part.inside(passages) for part in self._parts if len(part)]
        return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int32)

    def search(self, query: Vectors, permitted: Ranges | None, allowed: Ids | None, k: int, each: int = 2) -> list[Found]:
        """Occurrences of the ``k`` nearest sentences, at most ``each`` of one, best first.

        ``permitted`` are the passages to look in, None for all; ``allowed`` the sentences that stand in them (``inside``).
        """
        depth = k
        while True:
            near = self.dense.search(query, allowed, depth)
            ids = np.array([sentence for sentence, _ in near], dtype=np.int32)
            parts = [part.told(ids, permitted, self._gone, each) for part in self._parts]
            held = [
                [Found(passage, sentence, start, end, cosine) for passage, start, end in [t for told in where for t in told][:each]]
                for (sentence, cosine), *where in zip(near, *parts, strict=True)
            ]
            held = [occurrences for occurrences in held if occurrences]
            if len(held) >= k or len(near) < depth:  # sentences of removed reports take no other's place
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
