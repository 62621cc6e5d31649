"""A generation: one published state of the derived index, in a folder that never changes again.

    lexical/       tantivy over distinct sentences
    main.faiss     the inverted file of the first sentences, where there are many
    main.npy       where these stand (``sentences.Occurrences``)
    tail.npy       where the sentences of the reports stand that were added since
    manifest.json  what it was built with, its counts, the size and digest of every file

A new generation links the files of the one before that it goes on with (they are never changed in place) and writes only what is new.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from index import Damaged
from index.schema import VERSION

MANIFEST = "manifest.json"
MAIN_INDEX, MAIN, TAIL = "main.faiss", "main.npy", "tail.npy"
# Larger files are verified by their size when an index is opened, and whole by ``nianbao doctor``: a start does not read the corpus.
_READ_WHOLE = 4_000_000


def link(old: Path, new: Path) -> None:
    """Have a file, or the files of a folder, in a second place; copied where the file system has no links."""
    if old.is_dir():
        new.mkdir()
        for path in old.iterdir():
            if not path.name.endswith(".lock"):
                link(path, new / path.name)
        return
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def write_manifest(folder: Path, facts: dict[str, Any], before: Path | None) -> None:
    """Write the manifest. The digest of a file that is linked from the generation ``before`` is taken from there."""
    known = read_manifest(before)["files"] if before else {}
    files = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".lock")):
        name = str(path.relative_to(folder))
        same = name in known and before is not None and (before / name).exists() and path.samefile(before / name)
        files[name] = known[name] if same else [path.stat().st_size, digest(path)]
    manifest = {"schema": VERSION, **facts, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a generation. Raises Damaged."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged("索引的清单文件缺失或损坏，请运行 nianbao rebuild 重新建立索引。") from error
    return manifest


def verify(folder: Path, *, whole: bool) -> list[str]:
    """Everything that is wrong with a generation's files, as Chinese phrases; large files by their digest only when ``whole``."""
    try:
        manifest = read_manifest(folder)
    except Damaged:
        return ["清单文件缺失或损坏"]
    if manifest.get("schema") != VERSION:
        return [f"格式版本是 {manifest.get('schema')}，需要 {VERSION}"]
    files = manifest.get("files")
    problems = []
    for name, (size, expected) in (files if isinstance(files, dict) else {}).items():
        path = folder / name
        if not path.is_file():
            problems.append(f"缺少文件 {name}")
        elif path.stat().st_size != size or ((whole or size <= _READ_WHOLE) and digest(path) != expected):
            problems.append(f"文件 {name} 的内容与清单不符")
    return problems


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(folder: Path) -> None:
    """Flush every file and folder to disk, so that the commit that names them never outruns them."""
    for path in [*folder.rglob("*"), folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
