"""Encoders: sentences to unit vectors, behind one small Protocol."""

from __future__ import annotations

import hashlib
import os
import threading
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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

    def traceable(self) -> Traceable:
        """The model for an export. It is in 32 bits from then on."""
        model = self._load()
        backend = model.tokenizer.backend_tokenizer
        pad = int(model.tokenizer.pad_token_id or 0)
        return Traceable(model, backend, int(model.max_seq_length or 512), pad, model.prompts or {})

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        model = self._load()
        import torch

        known = prompt if prompt in (model.prompts or {}) else None
        with self._lock:
            # A question is too short to share: two threads that wait for each other on a busy machine turn 15 ms into a
            # second. Passages are many, and use every core.
            torch.set_num_threads(1 if len(texts) == 1 else os.cpu_count() or 1)
            size = 32 if model.device.type == "cpu" else 256
            vectors = model.encode(list(texts), prompt_name=known, batch_size=size, show_progress_bar=False, convert_to_numpy=True)
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

            options: dict[str, Any] = {"dtype": torch.bfloat16 if multiplies_bf16() else torch.float32}
            return SentenceTransformer(path, device="cuda" if torch.cuda.is_available() else "cpu", model_kwargs=options)
        except Exception as error:  # whatever the library raises ends here, as one sentence
            raise EncoderError(f"编码模型“{self._model}”加载失败：{type(error).__name__}。请检查 NIANBAO_MODEL。") from error


@dataclass(frozen=True, slots=True)
class Traceable:
    """A model with what an export needs of it."""

    model: SentenceTransformer
    tokenizer: Any
    longest: int
    pad: int
    prompts: Mapping[str, str | None]

    def write_onnx(self, path: Path) -> None:
        """The whole of the model, pooling and scaling included, from token ids to vectors."""
        import torch

        class Whole(torch.nn.Module):
            def __init__(self, model: SentenceTransformer) -> None:
                super().__init__()
                self.model = model

            def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
                return self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]

        ids = torch.tensor([[0, 5, 6, 7, 2], [0, 5, 6, 2, self.pad]])
        mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]])
        several = {0: "texts", 1: "tokens"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the newer exporter needs a package more and writes the same graph
            torch.onnx.export(
                Whole(self.model.to("cpu").float()).eval(), (ids, mask), str(path), input_names=["input_ids", "attention_mask"], output_names=["vectors"],
                dynamic_axes={"input_ids": several, "attention_mask": several, "vectors": {0: "texts"}}, opset_version=17, dynamo=False,
            )  # fmt: skip


class WrappedEncoder:
    """An encoder that does what another does: what is done besides overrides it."""

    def __init__(self, inner: Encoder) -> None:
        self._inner = inner

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def dimension(self) -> int:
        return self._inner.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._inner.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._inner.encode_passages(texts)


class RememberingEncoder(WrappedEncoder):
    """An encoder that keeps the vectors of the questions asked last: the same are asked again, and a page asks twice."""

    def __init__(self, inner: Encoder, most: int = 2048) -> None:
        super().__init__(inner)
        self._one = lru_cache(maxsize=most)(self._encoded)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._one(texts[0]) if len(texts) == 1 else self._inner.encode_queries(texts)

    def _encoded(self, text: str) -> Vectors:
        vectors = self._inner.encode_queries([text])
        vectors.flags.writeable = False
        return vectors


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1 in float32; bf16 models leave them off by 0.2 %."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


def processor_has(*features: str) -> bool:
    """Whether the processor names one of these features (vnni stands for avx512_vnni and avx_vnni)."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return any(feature in flags for feature in features)


def multiplies_bf16() -> bool:
    """Whether the processor multiplies bf16 itself; without that bf16 is slower than float32."""
    return processor_has("avx512_bf16", "amx_bf16")
