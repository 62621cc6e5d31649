"""Dense search: the nearest of many vectors, filtered exactly, by the means that fit their number.

Few candidates (one report, or what a search in FAISS has found) are compared one by one with their vectors as stored. Up to ``MAIN_FROM``
vectors, and whatever came after the main index was built, stand in a flat index in memory. What is more stands in a main index of
4-bit product codes, whose candidates are ranked again by the vectors as stored.
"""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embed import Vectors
from index.vectors import Rows

MAIN_FROM = 16_384
"""So many vectors are searched one by one in memory (2 ms at most); from there on a main index pays."""

# Candidates that are ranked again, for each result wanted and at least: for a recall@50 of 0.99 and more, whatever is asked.
_AGAIN, _AT_LEAST = 4, 128
# So many allowed vectors are compared one by one rather than searched, so many at once: what fits the processor's cache.
_ONE_BY_ONE, _AT_ONCE = 4_096, 512
_CHUNK = 65_536
_TRAINED_ON = 32_768

Ids = NDArray[np.int32]

# One search is too short to share, and threads of a library do not survive a server's fork.
faiss.omp_set_num_threads(1)


def build(path: Path, vectors: Rows) -> None:
    """Write the main index of ``vectors`` [n, dimension]; a vector's id is its row."""
    count, width = vectors.shape
    sample = np.sort(np.random.default_rng(0).choice(count, min(count, _TRAINED_ON), replace=False))
    # A dimension a code: 16 values of it are compared by one instruction for 16 vectors and more.
    index = faiss.IndexPQFastScan(width, width, 4, faiss.METRIC_INNER_PRODUCT)
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    index.train(vectors[sample].astype(np.float32))
    faiss.omp_set_num_threads(1)
    _extend(index, vectors, 0)
    faiss.write_index(index, str(path))


def extend(old: Path, path: Path, vectors: Rows, first: int) -> None:
    """Write the main index at ``old`` with the rows from ``first`` on added."""
    index: Any = faiss.read_index(str(old))
    _extend(index, vectors, first)
    faiss.write_index(index, str(path))


def _extend(index: faiss.Index, vectors: Rows, first: int) -> None:
    for at in range(first, len(vectors), _CHUNK):
        index.add(vectors[at : at + _CHUNK].astype(np.float32))


class DenseIndex:
    """Vectors as stored, with the main index of the first of them where there is one."""

    def __init__(self, vectors: Rows, main: Path | None = None) -> None:
        self._vectors = vectors
        self._main: Any = faiss.read_index(str(main), faiss.IO_FLAG_MMAP_IFC) if main else None
        self._first = int(self._main.ntotal) if self._main else 0
        self._tail = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        _extend(self._tail, vectors, self._first)

    def __len__(self) -> int:
        return len(self._vectors)

    def cosines(self, query: Vectors, ids: Ids) -> Vectors:
        """Cosine of ``query`` [1, dimension] with each of the vectors ``ids`` [m], float32 [m]."""
        found = np.empty(len(ids), dtype=np.float32)
        for at in range(0, len(ids), _AT_ONCE):
            found[at : at + _AT_ONCE] = self._vectors[ids[at : at + _AT_ONCE]].astype(np.float32) @ query[0]
        return found

    def recall(self, query: Vectors, allowed: Ids | None, k: int) -> float:
        """The share of the ``k`` nearest, found by comparing with every vector, that ``search`` finds: what it is measured by."""
        every = np.arange(len(self), dtype=np.int32) if allowed is None else allowed
        scores = self.cosines(query, every)
        least = np.sort(scores)[-min(k, len(every))]  # of several that are equally near any will do
        found = [cosine for _, cosine in self.search(query, allowed, k) if cosine >= least - 1e-6]
        return len(found) / min(k, len(every))

    def search(self, query: Vectors, allowed: Ids | None, k: int) -> list[tuple[int, float]]:
        """(id, cosine), best first, for ``query`` [1, dimension]; ``allowed`` are ids in ascending order, None for every one."""
        if allowed is not None and len(allowed) <= max(_ONE_BY_ONE, k):
            near = allowed
        else:
            near = np.concatenate([self._in_main(query, allowed, k), self._in_tail(query, allowed, k)])
        scores = self.cosines(query, near)
        best = np.argsort(-scores, kind="stable")[:k]
        return [(int(near[i]), float(scores[i])) for i in best]

    def _in_main(self, query: Vectors, allowed: Ids | None, k: int) -> Ids:
        """Candidates of the main index by its codes. It knows no filter: what is not allowed is left out of as many more."""
        inside = _mask(allowed, 0, self._first) if allowed is not None else None
        count = self._first if inside is None else int(inside.sum())
        if not count:
            return np.empty(0, dtype=np.int32)
        wanted = min(max(_AGAIN * k, _AT_LEAST), count)
        depth = math.ceil(wanted * self._first / count)
        while True:
            found = self._main.search(query, min(depth, self._first))[1][0]
            near = found[found >= 0] if inside is None else found[(found >= 0) & inside[found]]
            if 2 * len(near) >= wanted or depth >= self._first:  # fewer than usual where what is near is mostly not allowed
                return np.asarray(near[:wanted], dtype=np.int32)
            depth *= 4

    def _in_tail(self, query: Vectors, allowed: Ids | None, k: int) -> Ids:
        """The nearest of what came after the main index."""
        count = len(self) - self._first
        if not count:
            return np.empty(0, dtype=np.int32)
        parameters = faiss.SearchParameters()
        if allowed is not None:
            mask = np.packbits(_mask(allowed, self._first, len(self)), bitorder="little")
            parameters.sel = faiss.IDSelectorBitmap(mask)  # type: ignore[call-arg,arg-type]
        found = self._tail.search(query, min(k, count), params=parameters)[1][0]
        return np.asarray(found[found >= 0] + self._first, dtype=np.int32)


def _mask(allowed: Ids, first: int, last: int) -> NDArray[np.bool_]:
    """Whether each of the ids from ``first`` up to ``last`` is allowed, bool [last - first]."""
    mask = np.zeros(last - first, dtype=bool)
    low, high = np.searchsorted(allowed, np.array([first, last], dtype=allowed.dtype))
    mask[allowed[low:high] - first] = True
    return mask
