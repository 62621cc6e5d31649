"""The encoder without torch: a sentence-transformers model exported once to ONNX, run by ONNX Runtime and tokenizers alone.

Importing torch and sentence-transformers costs seconds and half a gigabyte, which a server pays in every worker before it can answer.
``python -m index.exported MODEL CACHE`` exports a model (in a process of its own, so that torch goes with it), in 8 bits where that is
true to the model on this processor, and in 32 bits otherwise. What was exported is compared with the model on the spot, and is used only
where it agrees: else, and for models that cannot be exported, sentence-transformers serves.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.forms import concepts
from index.bundled import EncoderError
from index.embed import SentenceEncoder, Vectors, processor_has, unit

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

_FACTS = "exported.json"
_VERSION = 2  # raise it when export() writes something else
_BATCH = 32
_LARGE_TABLE = 1 << 20  # bytes; products' own weights are smaller in a small model, and are rearranged in memory anyway
_MINUTES = 10
# What an export must keep: the least cosine with the model's own vectors, and the share of the five nearest that stay the nearest five.
_LEAST_COSINE, _LEAST_SHARED = 0.98, 0.85


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an export without loading it. ``bits`` is 0 where the model cannot be exported, or not truly enough; ``why`` says it."""

    name: str
    bits: int
    dimension: int = 0
    longest: int = 512
    pad: int = 0
    query: str = ""
    passage: str = ""
    cosine: float = 0.0
    shared: float = 0.0
    why: str = ""


def facts(cache: Path, name: str) -> Facts | None:
    """What is known of the export of the model ``name``; None when there is none yet."""
    try:
        held = json.loads((_folder(cache, name) / _FACTS).read_text("utf-8"))
        return Facts(**held)
    except (OSError, ValueError, TypeError):
        return None


def ensure(cache: Path, model: str) -> Facts:
    """Facts of the export of ``model``, which is made now when it is not there (20 s, in a process of its own). Never raises: what fails is told
    in ``why``, and tried again by the next process."""
    source = SentenceEncoder(model, cache)
    held = facts(cache, source.name)
    if held is None:
        try:
            run = subprocess.run(  # noqa: S603
                [sys.executable, "-m", "index.exported", model, str(cache)], capture_output=True, timeout=60 * _MINUTES, check=False
            )
            held = facts(cache, source.name) or Facts(source.name, 0, why=run.stderr.decode("utf-8", "replace")[-500:])
        except (OSError, subprocess.SubprocessError) as error:
            held = Facts(source.name, 0, why=str(error))
    return held


class ExportedEncoder:
    """An export, loaded when first used. Safe to use from several threads.

    A question is encoded on one core: two threads that wait for each other on a busy machine turn 10 ms into a second. Passages are
    many, and use every core.
    """

    def __init__(self, cache: Path, facts: Facts) -> None:
        self._folder = _folder(cache, facts.name)
        self._facts = facts
        self._lock = threading.Lock()
        self._loaded: tuple[InferenceSession, Tokenizer] | None = None

    @property
    def name(self) -> str:
        return self._facts.name

    @property
    def dimension(self) -> int:
        return self._facts.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, self._facts.query)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, self._facts.passage)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        session, tokenizer = self._load()
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))  # a batch holds texts of like length
        batches = [order[at : at + _BATCH] for at in range(0, len(order), _BATCH)]

        def work(batch: list[int]) -> None:
            inputs = _inputs(tokenizer.encode_batch([prompt + texts[at] for at in batch]), self._facts.pad)
            vectors[batch] = session.run(None, inputs)[0]

        if len(batches) <= 1:
            for batch in batches:
                work(batch)
        else:
            with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
                list(pool.map(work, batches))
        return unit(vectors)

    def _load(self) -> tuple[InferenceSession, Tokenizer]:
        with self._lock:
            if self._loaded is None:
                try:
                    self._loaded = _opened(self._folder / "model.onnx", self._folder / "tokenizer.json", self._facts.longest)
                except Exception as error:  # whatever the libraries raise ends here, as one sentence
                    raise EncoderError(f"导出的编码模型打不开（{type(error).__name__}）。请删除 {self._folder} 后重试。") from error
            return self._loaded


def _opened(model: Path, tokenizer: Path, longest: int) -> tuple[InferenceSession, Tokenizer]:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep what the longest batch once took
    options.log_severity_level = 3
    reading = Tokenizer.from_file(str(tokenizer))
    reading.no_padding()
    reading.enable_truncation(longest)
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    _give_back()
    return session, reading


def _give_back() -> None:
    """Return what reading the model took and no longer needs (20 MB) to the system, which the C library would keep."""
    with suppress(OSError, AttributeError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)


def _inputs(encodings: Sequence[Encoding], pad: int) -> dict[str, NDArray[np.int64]]:
    width = max(len(e.ids) for e in encodings)
    ids = np.full((len(encodings), width), pad, dtype=np.int64)
    mask = np.zeros((len(encodings), width), dtype=np.int64)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def _folder(cache: Path, name: str) -> Path:
    return cache / f"onnx-{re.sub('[^A-Za-z0-9.-]+', '-', name)[-80:]}-{_VERSION}"


# ------------------------------------------------------------------------------------------------------- exporting


def export(model: str, cache: Path) -> Facts:
    """Export a model into ``cache``; the folder gets its name only when it is whole. Raises EncoderError when the model itself cannot be had."""
    source = SentenceEncoder(model, cache)
    target = _folder(cache, source.name)
    cache.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=cache))
    try:
        try:
            told = _export(source, part)
        except EncoderError:
            raise
        except Exception as error:  # an export that fails costs speed, not the service
            told = Facts(source.name, 0, why=f"{type(error).__name__}: {error}"[:500])
        (part / _FACTS).write_text(json.dumps(asdict(told), ensure_ascii=False, indent=1), "utf-8")
        part.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return told


def _export(source: SentenceEncoder, folder: Path) -> Facts:
    model, full = source.traceable(), folder / "full.onnx"
    model.tokenizer.save(str(folder / "tokenizer.json"))
    model.write_onnx(full)
    texts = _samples()
    told = Facts(
        source.name, 32, source.dimension, model.longest, model.pad, model.prompts.get("query") or "", model.prompts.get("passage") or ""
    )  # fmt: skip
    wanted = (source.encode_queries(texts), source.encode_passages(texts))
    best: tuple[float, Facts] | None = None
    for bits, write in ((8, _in_8_bits), (32, _as_it_is)):
        path = folder / f"{bits}.onnx"
        write(full, path)
        candidate = _compared(told, path, folder / "tokenizer.json", texts, wanted, bits)
        if candidate[1].cosine >= _LEAST_COSINE and candidate[1].shared >= _LEAST_SHARED and (best is None or candidate[0] < best[0]):
            best = candidate
    if best is None:
        return Facts(source.name, 0, why=f"not true to the model: {candidate[1].cosine:.4f}")
    _write_parted(folder / f"{best[1].bits}.onnx", folder / "model.onnx")
    for rest in ("full.onnx", "8.onnx", "32.onnx"):
        (folder / rest).unlink(missing_ok=True)
    return best[1]


def _in_8_bits(full: Path, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Without VNNI two products of 8 bits may run over 16: one bit less of each weight keeps them inside.
    exact = not processor_has("vnni")
    quantize_dynamic(
        full, path, op_types_to_quantize=["MatMul", "Gather"], per_channel=True, reduce_range=exact, weight_type=QuantType.QInt8
    )


def _as_it_is(full: Path, path: Path) -> None:
    os.link(full, path)


def _write_parted(path: Path, target: Path) -> None:
    """Write a model with its largest tables in a file beside it: ONNX Runtime maps that file into memory, so that of the words' table (half of a
    small model) only what is looked up is held, and by all workers together."""
    import onnx

    tables = target.with_suffix(".weights")
    onnx.save_model(onnx.load(path), target, save_as_external_data=True, location=tables.name, size_threshold=_LARGE_TABLE)
    for written in (target, tables):
        if written.exists():  # a model of small tables has none
            written.chmod(0o644)


def _samples() -> list[str]:
    """Texts of the subject: what the forms' figures are called and defined as."""
    return list(dict.fromkeys(text for concept in concepts() for text in (concept.label, concept.definition) if len(text) > 3))[:200]


def _compared(
    told: Facts, path: Path, tokenizer: Path, texts: Sequence[str], wanted: tuple[Vectors, Vectors], bits: int
) -> tuple[float, Facts]:
    """(seconds a question, facts with how true they are) of one variant."""
    encoder = ExportedEncoder(path.parent, told)
    encoder._loaded = _opened(path, tokenizer, told.longest)
    queries, passages = encoder.encode_queries(texts), encoder.encode_passages(texts)
    cosine = min(float((a * b).sum(axis=1).min()) for a, b in zip((queries, passages), wanted, strict=True))
    before, after = (np.argsort(-(q @ p.T), axis=1)[:, :5] for q, p in (wanted, (queries, wanted[1])))
    shared = float(np.mean([len(set(a) & set(b)) / len(a) for a, b in zip(before, after, strict=True)]))
    spent = []
    for text in texts[:20]:
        begun = time.perf_counter()
        encoder.encode_queries([text])
        spent.append(time.perf_counter() - begun)
    return float(np.median(spent)), replace(told, bits=bits, cosine=round(cosine, 4), shared=round(shared, 4))


if __name__ == "__main__":
    export(sys.argv[1], Path(sys.argv[2]))
