"""Sentence vectors on disk: one row a distinct sentence, in a file that only grows.

Reports are near-copies of each other, so each distinct sentence is embedded once, for good: a sentence's number (``sentences.id`` in SQL) is
its row here. Rows are float16, which changes a cosine by less than 0.001, and are memory-mapped: they are read only where a search comes by.
What a writer that died has left behind the rows that SQL knows is written over by the next.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import Damaged
from index.embed import Vectors

FOLDER = "vectors"
Rows = NDArray[np.float16]


class VectorFile:
    """The vectors of one model: rows float16 [n, dimension]."""

    def __init__(self, home: Path, model: str, dimension: int) -> None:
        name = f"{re.sub('[^A-Za-z0-9.-]+', '-', model)[:40]}-{hashlib.sha256(model.encode()).hexdigest()[:8]}.f16"
        self.path = home / FOLDER / name
        self._width = dimension
        self._bytes = 2 * dimension

    def write(self, first: int, vectors: Vectors) -> str:
        """Put ``vectors`` [m, dimension] at the rows from ``first`` on, flushed to the disk; the digest of what was written."""
        data = vectors.astype("<f2").tobytes()
        self.path.parent.mkdir(exist_ok=True)
        with open(self.path, "r+b" if self.path.exists() else "w+b") as file:
            file.seek(first * self._bytes)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return _digest(data)

    def open(self, rows: int) -> Rows:
        """The first ``rows`` rows, memory-mapped. Raises Damaged where the file has fewer."""
        if rows == 0:
            return np.empty((0, self._width), dtype="<f2")
        if not self.holds(rows):
            raise Damaged("句向量文件缺失或不完整，请运行 nianbao rebuild 重新建立索引。")
        return np.asarray(np.memmap(self.path, dtype="<f2", mode="r", shape=(rows, self._width)))

    def holds(self, rows: int) -> bool:
        """Whether the file is long enough for ``rows`` rows."""
        return rows == 0 or (self.path.is_file() and self.path.stat().st_size >= rows * self._bytes)

    def digest(self, first: int, rows: int) -> str:
        """The digest of the rows ``first … first + rows``, as ``write`` gave it."""
        with open(self.path, "rb") as file:
            file.seek(first * self._bytes)
            return _digest(file.read(rows * self._bytes))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
