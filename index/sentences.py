"""Sentences as what is searched by meaning: a passage is found by the sentence of it that answers.

Reports are near-copies of each other, so each distinct sentence is embedded and stored once, with the passages that it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.textual import sentences, without_number
from index import dense
from index.embed import Vectors

FILE = "sentences.faiss"
OCCURRENCES = "sentences.npz"
_SHORTEST = 6


def split(text: str) -> list[tuple[int, int, str]]:
    """(start, end, the sentence without its number) of each sentence of a passage that says something."""
    found = []
    for start, end in sentences(text):
        told = without_number(text[start:end])
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


class SentenceIndex:
    """A published index of sentences, opened read-only. Arrays hold one entry an occurrence, by passage."""

    def __init__(self, folder: Path) -> None:
        self._dense = dense.DenseIndex(folder, FILE)
        with np.load(folder / OCCURRENCES) as held:
            self._passage: NDArray[np.int64] = held["passage"]
            self._sentence: NDArray[np.int64] = held["sentence"]
            self._start: NDArray[np.int32] = held["start"]
            self._end: NDArray[np.int32] = held["end"]
        # By sentence, to come from a sentence to where it stands.
        self._order = np.argsort(self._sentence, kind="stable")
        self._sorted = self._sentence[self._order]

    def search(self, query: Vectors, allowed: NDArray[np.int64] | None, k: int, each: int = 8) -> list[Found]:
        """Occurrences of the ``k`` nearest sentences, at most ``each`` of one, best first; ``allowed`` are passage ids, None for all."""
        inside = None
        if allowed is not None:
            inside = np.unique(self._sentence[np.isin(self._passage, allowed)])
        found: list[Found] = []
        permitted = None if allowed is None else frozenset(allowed.tolist())
        for sentence, cosine in self._dense.search(query, inside, k):
            first, last = np.searchsorted(self._sorted, [sentence, sentence + 1])
            told = 0
            for at in self._order[first:last]:
                passage = int(self._passage[at])
                if permitted is None or passage in permitted:
                    found.append(Found(passage, sentence, int(self._start[at]), int(self._end[at]), cosine))
                    told += 1
                    if told >= each:
                        break
        return found

    def of(self, passage: int, query: Vectors) -> Found | None:
        """The sentence of a passage that is nearest to a question."""
        first, last = np.searchsorted(self._passage, [passage, passage + 1])
        best: Found | None = None
        for at in range(int(first), int(last)):
            sentence = int(self._sentence[at])
            cosine = float(self._dense.vector(sentence) @ query[0])
            if best is None or cosine > best.cosine:
                best = Found(passage, sentence, int(self._start[at]), int(self._end[at]), cosine)
        return best


def write(folder: Path, occurrences: Sequence[tuple[int, int, int, int]], vectors: Vectors, dimension: int) -> None:
    """Write the index. ``occurrences`` are (passage, sentence, start, end) by passage; ``vectors`` [n, dimension] by sentence."""
    dense.write(folder, np.arange(len(vectors), dtype=np.int64), vectors, dimension, FILE)
    columns = np.array(occurrences, dtype=np.int64).reshape(-1, 4)
    np.savez(
        folder / OCCURRENCES,
        passage=columns[:, 0],
        sentence=columns[:, 1],
        start=columns[:, 2].astype(np.int32),
        end=columns[:, 3].astype(np.int32),
    )
