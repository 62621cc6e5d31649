"""The encoder without torch is the same encoder, and a server needs no other."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.read import read_file
from index import exported
from index.bundled import EncoderError
from index.embed import SentenceEncoder
from index.store import Store
from tests.conftest import SEED

pytestmark = pytest.mark.encoder

QUESTIONS = ["收到多少件信息公开申请", "是怎么方便群众查找的", "公众号发了几条", "存在哪些问题", "what is published"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def facts(cache: Path) -> exported.Facts:
    return exported.ensure(cache, "bundled")


def test_the_bundled_model_is_exported_and_true_to_itself(cache: Path, facts: exported.Facts) -> None:
    assert facts.bits in (8, 32), facts.why
    assert facts.name == SentenceEncoder("bundled", cache).name
    own, ours = SentenceEncoder("bundled", cache), exported.ExportedEncoder(cache, facts)
    lines = SEED.read_text("utf-8").splitlines()
    passages = [text for text in lines if len(text) > 20 and re.search("[\u4e00-\u9fff]", text)][:60]  # no rows of zeros
    for encode in ("encode_queries", "encode_passages"):
        wanted, given = getattr(own, encode)([*QUESTIONS, *passages]), getattr(ours, encode)([*QUESTIONS, *passages])
        assert given.shape == wanted.shape == (len(QUESTIONS) + len(passages), ours.dimension)
        assert np.allclose(np.linalg.norm(given, axis=1), 1, atol=1e-5)
        assert (given * wanted).sum(axis=1).min() > 0.97
        alone = np.vstack([getattr(ours, encode)([text]) for text in QUESTIONS])
        assert (alone * given[: len(QUESTIONS)]).sum(axis=1).min() > 0.99  # what stands beside it in a batch changes little


def test_an_export_is_made_once(cache: Path, facts: exported.Facts) -> None:
    [folder] = cache.glob("onnx-*")
    made = (folder / "model.onnx").stat().st_mtime_ns
    assert exported.ensure(cache, "bundled") == facts
    assert (folder / "model.onnx").stat().st_mtime_ns == made
    assert sorted(p.name for p in folder.iterdir()) == ["exported.json", "model.onnx", "model.weights", "tokenizer.json"]


def test_a_broken_export_is_one_sentence(cache: Path, facts: exported.Facts, tmp_path: Path) -> None:
    [folder] = cache.glob("onnx-*")
    copy = tmp_path / folder.name
    copy.mkdir()
    (copy / "model.onnx").write_bytes(b"no model")
    (copy / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    with pytest.raises(EncoderError, match="编码模型打不开"):
        exported.ExportedEncoder(tmp_path, facts).encode_queries(["有什么措施"])


def test_a_model_that_is_not_true_is_not_used(cache: Path, facts: exported.Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exported, "_LEAST_COSINE", 1.1)
    monkeypatch.setattr(exported, "_in_8_bits", exported._as_it_is)  # how it was made is not what is tested
    told = exported.export("bundled", tmp_path)
    assert told.bits == 0
    assert "not true" in told.why
    assert exported.facts(tmp_path, told.name) == told


_SERVE = """
import json, sys
from pathlib import Path
from service.app import create_app
from service.config import Settings
app = create_app(Settings(home=Path(sys.argv[1]), cache=Path(sys.argv[2])))
app.extensions["nianbao"].warm_up()
given = app.test_client().post("/api/ask", json={"question": "淄博经开区2019年是怎么改进信息公开工作的"})
heavy = [name for name in ("torch", "sentence_transformers", "transformers") if name in sys.modules]
print(json.dumps([given.status_code, given.json["status"], len(given.json["passages"]), "onnxruntime" in sys.modules, heavy]))
"""


def test_a_server_answers_without_torch(cache: Path, facts: exported.Facts, tmp_path: Path) -> None:
    report, data = read_file(SEED)
    Store(tmp_path).add([(report, data, SEED.name)], exported.ExportedEncoder(cache, facts))
    run = subprocess.run([sys.executable, "-c", _SERVE, str(tmp_path), str(cache)], capture_output=True, text=True, timeout=120, check=True)
    status, outcome, passages, onnx, heavy = json.loads(run.stdout)
    assert (status, outcome, onnx, heavy) == (200, "answered", True, [])
    assert passages
