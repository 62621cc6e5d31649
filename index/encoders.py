"""Which encoder does what: one place decides, everything else asks for an ``Encoder``."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from index import exported
from index.embed import Encoder, RememberingEncoder, SentenceEncoder, Vectors, multiplies_bf16


def encoder_for(model: str, cache: Path, *, building: bool = False) -> Encoder:
    """The encoder of a model: its export where there can be one, else sentence-transformers.

    ``building``: for many passages. A GPU, or a processor that multiplies bf16, is faster with torch; any other with the export.
    """
    if building and (Path("/dev/nvidia0").exists() or multiplies_bf16()):
        return SentenceEncoder(model, cache)
    return RememberingEncoder(_Chosen(model, cache))


class _Chosen:
    """Decides when it is first used: looking for an export, or making one, takes time that a figure question need not wait for."""

    def __init__(self, model: str, cache: Path) -> None:
        self._model = model
        self._cache = cache
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None

    @property
    def name(self) -> str:
        return SentenceEncoder(self._model, self._cache).name

    @property
    def dimension(self) -> int:
        return self._chosen().dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._chosen().encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._chosen().encode_passages(texts)

    def _chosen(self) -> Encoder:
        with self._lock:
            if self._encoder is None:
                told = exported.ensure(self._cache, self._model)
                self._encoder = exported.ExportedEncoder(self._cache, told) if told.bits else SentenceEncoder(self._model, self._cache)
            return self._encoder
