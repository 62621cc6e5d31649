"""Bytes to blocks, one module a file format. The only users of format libraries."""

from __future__ import annotations

from corpus.formats import plain
from corpus.model import Document, UnreadableFile

MAX_BYTES = 20 * 1024 * 1024
_SIGNATURES = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word、Excel 或压缩包",
    b"\xd0\xcf\x11\xe0": "旧版 Word（.doc）",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
}


def parse(data: bytes) -> Document:
    """The document in ``data``, told by its content and not by a file name.

    Raises UnreadableFile when it is empty, too large, or of a kind that cannot be read.
    """
    if not data.strip():
        raise UnreadableFile("文件是空的，没有任何内容。")
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"文件太大（{len(data) / 1024 / 1024:.0f} MB），上限是 {MAX_BYTES // 1024 // 1024} MB。")
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableFile(f"这是{kind}文件，目前只能读取纯文本（.txt、.md）；请另存为纯文本后再添加。")
    return plain.parse(data)
