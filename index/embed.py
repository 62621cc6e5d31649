"""Encoders: sentences to unit vectors, behind one small Protocol."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.bundled import BUNDLED_MODEL, EncoderError, ensure

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns text into vectors of unit length, so that the inner product is the cosine."""

    @property
    def name(self) -> str:
        """Identifies the vectors; those of another name cannot be compared."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension], rows of length 1."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension], rows of length 1."""


class SentenceEncoder:
    """Any sentence-transformers model, loaded when first used: torch costs seconds and half a gigabyte.

    Parameters
    ----------
    model: ``bundled``, a local folder, or a name that sentence-transformers resolves
    cache: where the bundled model is unpacked once
    """

    def __init__(self, model: str, cache: Path) -> None:
        self._model = model
        self._cache = cache
        self._lock = threading.Lock()
        self._loaded: SentenceTransformer | None = None

    @property
    def name(self) -> str:
        if self._model == BUNDLED_MODEL:
            return ensure(self._cache).name
        path = Path(self._model)
        if path.is_dir():
            config = path / "config.json"
            digest = hashlib.sha256(config.read_bytes() if config.exists() else b"").hexdigest()[:8]
            return f"{path.name}-{digest}"
        return self._model

    @property
    def dimension(self) -> int:
        return int(self._load().get_embedding_dimension() or 0)

    @property
    def loaded(self) -> bool:
        return self._loaded is not None

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "query")

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "passage")

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        model = self._load()
        import torch

        known = prompt if prompt in (model.prompts or {}) else None
        with self._lock:
            # A question is too short to share: two threads that wait for each other on a busy machine turn 15 ms into a
            # second. Passages are many, and use every core.
            torch.set_num_threads(1 if len(texts) == 1 else os.cpu_count() or 1)
            vectors = model.encode(list(texts), prompt_name=known, batch_size=32, show_progress_bar=False, convert_to_numpy=True)
        return unit(np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1))

    def _load(self) -> SentenceTransformer:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> SentenceTransformer:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")  # a bar for half a second is noise
        path = str(ensure(self._cache)) if self._model == BUNDLED_MODEL else self._model
        try:
            import torch
            from sentence_transformers import SentenceTransformer

            options: dict[str, Any] = {"dtype": torch.bfloat16 if _has_bf16() else torch.float32}
            return SentenceTransformer(path, device="cuda" if torch.cuda.is_available() else "cpu", model_kwargs=options)
        except Exception as error:  # whatever the library raises ends here, as one sentence
            raise EncoderError(f"编码模型“{self._model}”加载失败：{type(error).__name__}。请检查 NIANBAO_MODEL。") from error


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1 in float32; bf16 models leave them off by 0.2 %."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


def _has_bf16() -> bool:
    """Whether the processor multiplies bf16 itself; without that bf16 is slower than float32."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags
