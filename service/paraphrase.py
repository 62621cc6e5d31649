"""Metrics by meaning, for words that the dictionary lacks: nearest descriptions by embedding, offered as choices only.

The cosines of small encoders lie close together (.90 for a near metric, .88 for a far one), so that nearness orders the
choices but is never taken for an answer.
"""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import numpy as np

from corpus.forms import concepts
from index.embed import Encoder, Vectors

_KINDS = ("metric", "derived", "row", "block")


class Paraphraser:
    """Nearest metrics, table rows or dispute blocks to a phrase. Descriptions are embedded once and kept in the cache."""

    def __init__(self, encoder: Encoder, cache: Path) -> None:
        self._encoder = encoder
        self._cache = cache
        self._lock = threading.Lock()
        self._vectors: Vectors | None = None
        self._ids: list[str] = []
        self._texts: list[str] = []
        for concept in concepts():
            if concept.kind in _KINDS:
                described = [concept.label, concept.definition, *(t for t in concept.terms if "…" not in t and len(t) >= 3)]
                self._ids += [concept.id] * len(described)
                self._texts += described

    def nearest(self, text: str, k: int = 4) -> list[tuple[str, float]]:
        """(concept id, cosine), best first, one entry a concept."""
        vectors = self._described()
        scores = vectors @ self._encoder.encode_queries([text])[0]
        best: dict[str, float] = {}
        for at in np.argsort(-scores):
            best.setdefault(self._ids[int(at)], float(scores[at]))
            if len(best) >= k:
                break
        return list(best.items())

    def prepare(self) -> None:
        """Embed the descriptions now rather than with the first question that needs them."""
        self._described()

    def _described(self) -> Vectors:
        with self._lock:
            if self._vectors is None:
                self._vectors = self._load()
            return self._vectors

    def _load(self) -> Vectors:
        digest = hashlib.sha256("\n".join((self._encoder.name, *self._texts)).encode()).hexdigest()[:16]
        path = self._cache / f"descriptions-{digest}.npy"
        if path.exists():
            try:
                kept: Vectors = np.load(path, allow_pickle=False)
                if kept.shape == (len(self._texts), self._encoder.dimension):
                    return kept
            except (OSError, ValueError):
                pass  # a broken cache is made again
        vectors = self._encoder.encode_queries(self._texts)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.part")
        with partial.open("wb") as file:
            np.save(file, vectors)
        partial.replace(path)
        return vectors


_made: dict[tuple[int, Path], Paraphraser] = {}


def paraphraser(encoder: Encoder, cache: Path) -> Paraphraser:
    """The one paraphraser of an encoder."""
    key = (id(encoder), cache)
    if key not in _made:
        _made[key] = Paraphraser(encoder, cache)
    return _made[key]
