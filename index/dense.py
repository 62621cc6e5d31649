"""Dense search: the nearest of many vectors, filtered exactly, by the means that fit their number.

Few candidates (one report, or what a search in FAISS has found) are compared one by one with their vectors as stored. Up to ``MAIN_FROM``
vectors, and whatever came after the main index was built, stand in a flat index in memory. What is more stands in an inverted
file with 8-bit codes that is memory-mapped; what it finds is ranked again by the vectors as stored.
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

MAIN_FROM = 32_768
"""So many vectors are searched one by one in memory (4 ms at most); from there on a main index pays."""

# Lists of the main index that are looked into; measured by service/bench for a recall@10 of 0.98 and more.
_PROBED = 160
# Candidates that are ranked again, for each result wanted.
_AGAIN = 4
# So many allowed vectors are compared one by one rather than searched.
_ONE_BY_ONE = 512
_CHUNK = 65_536
_TRAINED_ON = 40  # vectors a list, as FAISS advises at least
_ROUNDS = 8

Ids = NDArray[np.int32]

# One search is too short to share, and threads of a library do not survive a server's fork.
faiss.omp_set_num_threads(1)


def lists_for(count: int) -> int:
    """Lists of an inverted file over ``count`` vectors."""
    return max(16, int(2 * math.sqrt(count)))


def build(path: Path, vectors: Rows) -> None:
    """Write the main index of ``vectors`` [n, dimension]; a vector's id is its row."""
    count, width = vectors.shape
    lists = lists_for(count)
    sample = np.sort(np.random.default_rng(0).choice(count, min(count, _TRAINED_ON * lists), replace=False))
    index = faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(width), width, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = _ROUNDS
    index.by_residual = False
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    index.train(vectors[sample].astype(np.float32))
    faiss.omp_set_num_threads(1)
    _extend(index, vectors, 0)
    faiss.write_index(index, str(path))


def extend(old: Path, path: Path, vectors: Rows, first: int) -> bool:
    """Write the main index at ``old`` with the rows from ``first`` on added; False where it must be built anew, having outgrown its lists."""
    index: Any = faiss.read_index(str(old))
    if lists_for(len(vectors)) > 2 * index.nlist:
        return False
    _extend(index, vectors, first)
    faiss.write_index(index, str(path))
    return True


def _extend(index: faiss.Index, vectors: Rows, first: int) -> None:
    for at in range(first, len(vectors), _CHUNK):
        index.add(vectors[at : at + _CHUNK].astype(np.float32))


def _opened(path: Path) -> Any:
    index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
    # Lists on disk are read ahead by up to 32 threads that each search starts anew: three times what the search itself takes.
    lists: Any = faiss.downcast_InvertedLists(index.invlists)
    lists.prefetch_nthread = 0
    return index


class DenseIndex:
    """Vectors as stored, with the main index of the first of them where there is one."""

    def __init__(self, vectors: Rows, main: Path | None = None) -> None:
        self._vectors = vectors
        self._main: Any = _opened(main) if main else None
        self._first = int(self._main.ntotal) if self._main else 0
        self._tail = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        _extend(self._tail, vectors, self._first)

    def __len__(self) -> int:
        return len(self._vectors)

    def cosines(self, query: Vectors, ids: Ids) -> Vectors:
        """Cosine of ``query`` [1, dimension] with each of the vectors ``ids`` [m], float32 [m]."""
        return np.asarray(self._vectors[ids].astype(np.float32) @ query[0], dtype=np.float32)

    def recall(self, query: Vectors, allowed: Ids | None, k: int) -> float:
        """The share of the ``k`` nearest, found by comparing with every vector, that ``search`` finds: what it is measured by."""
        every = np.arange(len(self), dtype=np.int32) if allowed is None else allowed
        scores = np.concatenate([self.cosines(query, every[at : at + _CHUNK]) for at in range(0, len(every), _CHUNK)])
        least = np.sort(scores)[-min(k, len(every))]  # of several that are equally near any will do
        found = [cosine for _, cosine in self.search(query, allowed, k) if cosine >= least - 1e-6]
        return len(found) / min(k, len(every))

    def search(self, query: Vectors, allowed: Ids | None, k: int) -> list[tuple[int, float]]:
        """(id, cosine), best first, for ``query`` [1, dimension]; ``allowed`` are ids in ascending order, None for every one."""
        if allowed is None:
            near = self._near(query, None, 1.0, k)
        elif len(allowed) <= max(_ONE_BY_ONE, k):
            near = allowed
        else:
            mask = np.zeros(len(self), dtype=bool)
            mask[allowed] = True
            near = self._near(query, mask, len(allowed) / len(self), k)
        scores = self.cosines(query, near)
        best = np.argsort(-scores, kind="stable")[:k]
        return [(int(near[i]), float(scores[i])) for i in best]

    def _near(self, query: Vectors, mask: NDArray[np.bool_] | None, share: float, k: int) -> Ids:
        """Candidates: the best of the main index by its codes, and of what came later."""
        found: list[Ids] = []
        if self._main is not None:
            parameters = faiss.SearchParametersIVF(nprobe=min(self._main.nlist, math.ceil(_PROBED / share)))  # type: ignore[call-arg]
            if mask is not None:
                parameters.sel = _selector(mask[: self._first])
            found.append(self._main.search(query, min(_AGAIN * k, self._first), params=parameters)[1][0])
        if self._first < len(self):
            later = faiss.SearchParameters() if mask is None else faiss.SearchParameters(sel=_selector(mask[self._first :]))  # type: ignore[call-arg]
            ids = self._tail.search(query, min(k, len(self) - self._first), params=later)[1][0]
            found.append(np.where(ids >= 0, ids + self._first, -1))
        near = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
        return near[near >= 0].astype(np.int32)


def _selector(mask: NDArray[np.bool_]) -> Any:
    return faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))  # type: ignore[call-arg,arg-type]
