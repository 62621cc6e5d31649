"""corpus imports neither of the others, index imports corpus, service imports both."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {"corpus": {"corpus"}, "index": {"index", "corpus"}, "service": {"service", "index", "corpus"}}
OURS = set(ALLOWED)


def imports(path: Path) -> set[str]:
    """Top-level packages that a file imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} uses a relative import"
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    wrong = {str(f): bad for f in files if (bad := (imports(f) & OURS) - ALLOWED[package])}
    assert not wrong


def test_the_model_imports_nothing_of_ours() -> None:
    assert not imports(ROOT / "corpus" / "model.py") & OURS


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("faiss", "index/dense.py"), ("tantivy", "index/lexical.py"), ("jieba", "index/segment.py"), ("gunicorn", "service/server.py"),
        ("sentence_transformers", "index/embed.py"), ("charset_normalizer", "corpus/formats/plain.py"), ("opencc", "corpus/script.py"),
        ("pypinyin", "service/normalise.py"), ("pebble", "corpus/batch.py"),
    ],
)  # fmt: skip
def test_each_heavy_library_lives_in_one_module(library: str, home: str) -> None:
    assert users(library) == {home}


@pytest.mark.parametrize("library", ["lxml", "pypdfium2", "cv2", "PIL", "rapidocr_onnxruntime", "openpyxl"])
def test_format_libraries_live_in_the_readers(library: str) -> None:
    writer = {"service/export.py"} if library == "openpyxl" else set()
    assert {path for path in users(library) if not path.startswith("corpus/formats/")} == writer


def users(library: str) -> set[str]:
    return {f.relative_to(ROOT).as_posix() for p in ALLOWED for f in (ROOT / p).rglob("*.py") if library in imports(f)}


def test_patterns_that_stand_where_they_are_used_all_stay_compiled() -> None:
    """Python forgets the oldest of the patterns it compiled; a question that comes by all of them would compile them anew each time."""
    written = {
        node.args[0].value
        for package in OURS for file in (ROOT / package).rglob("*.py") for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re" and node.args and isinstance(node.args[0], ast.Constant)
    }  # fmt: skip
    kept = getattr(re, "_MAXCACHE", None)
    assert len(written) > 512  # else corpus/__init__.py need not raise the limit
    assert kept is None or kept > 2 * len(written)
