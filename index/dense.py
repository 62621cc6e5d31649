"""Dense search: FAISS over vectors, filtered exactly."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embed import Vectors

FILE = "dense.faiss"


def write(folder: Path, ids: NDArray[np.int64], vectors: Vectors, dimension: int, name: str = FILE) -> None:
    """Write an exact inner-product index of ``vectors`` [n, dimension] under ``ids`` [n]."""
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
    if len(ids):
        index.add_with_ids(vectors, ids)
    faiss.write_index(index, str(folder / name))


class DenseIndex:
    """A published FAISS index, opened read-only."""

    def __init__(self, folder: Path, name: str = FILE) -> None:
        self._index = faiss.read_index(str(folder / name))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def vector(self, item: int) -> Vectors:
        """The vector stored under an id, float32 [dimension]."""
        return np.asarray(self._index.reconstruct(item), dtype=np.float32)

    def search(self, query: Vectors, allowed: NDArray[np.int64] | None, k: int) -> list[tuple[int, float]]:
        """(id, cosine), best first, for ``query`` [1, dimension]; ``allowed`` None means every one."""
        k = min(k, len(self) if allowed is None else len(allowed))
        if k <= 0:
            return []
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))  # type: ignore[call-arg]
        scores, ids = self._index.search(query, k, params=parameters)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
