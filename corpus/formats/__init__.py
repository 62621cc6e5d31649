"""Bytes to blocks, one module a file format. The only users of format libraries.

What a file is, its content says and not its name. Readers of rare and heavy formats are imported when one is met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from corpus.formats import plain
from corpus.formats.limits import Limits
from corpus.model import Document, UnreadableFile

if TYPE_CHECKING:
    from corpus.formats.package import Budget

__all__ = ["Limits", "expand", "kind_of", "parse"]

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_CANNOT = {
    b"Rar!": "RAR 压缩包", b"7z\xbc\xaf": "7z 压缩包", b"\x1f\x8b": "gzip 压缩包", b"\x7fELF": "程序", b"MZ": "程序",
    b"SQLite format": "数据库", b"OggS": "音频", b"ID3": "音频",
}  # fmt: skip
_CONVERTED = {"doc": ("旧版 Word（.doc、.wps）", "docx"), "xls": ("旧版 Excel（.xls）", "xlsx"), "rtf": ("RTF", "docx"), "odt": ("ODT", "docx"), "ods": ("ODS", "xlsx"), "wordml": ("Word 2003 XML", "docx")}  # fmt: skip


def kind_of(data: bytes) -> str:
    """What sort of file the bytes are: text, html, mht, docx, xlsx, pdf, image, zip, doc, xls, rtf, odt, ods, wordml.

    Raises UnreadableFile when it is empty or of a kind that cannot be read.
    """
    if not data.strip():
        raise UnreadableFile("文件是空的，没有任何内容。")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _container(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGES) or (data[:2] == b"BM" and data[6:10] == bytes(4)) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return "image"
    for signature, name in _CANNOT.items():
        if data.startswith(signature):
            raise UnreadableFile(f"这是{name}，不能读取。" if "压缩" not in name else f"不能读取{name}；请解压后再添加，或改用 .zip。")
    head = data[:4096]
    if re.search(rb"^MIME-Version:", head, re.IGNORECASE | re.MULTILINE) and b"multipart/related" in data[:20_000]:
        return "mht"
    if b"<w:wordDocument" in head or b'progid="Word.Document"' in head:
        return "wordml"
    return "text"


def _compound(data: bytes) -> str:
    """An OLE file by its streams, which its directory names in UTF-16. What names none is left to LibreOffice."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise UnreadableFile("文件加了密码，无法读取；请去掉密码后再添加。")
    if holds("WordDocument"):
        return "doc"
    if holds("PowerPoint Document"):
        raise UnreadableFile("这是演示文稿，不能读取。")
    return "xls" if holds("Workbook") else "doc"


def _container(data: bytes) -> str:
    """A zip file by what it holds."""
    from corpus.formats.package import Package

    names = Package(data, Limits()).names()
    if any(re.fullmatch(r"word/document\d*\.xml", n) for n in names):
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "OFD.xml" in names:
        raise UnreadableFile("这是 OFD 版式文件，不能读取；请转成 PDF 或 Word 后再添加。")
    if "ppt/presentation.xml" in names:
        raise UnreadableFile("这是演示文稿，不能读取。")
    if "mimetype" in names and "content.xml" in names:
        return "ods" if b"opendocument.spreadsheet" in data[:200] else "odt"
    return "zip"


def parse(data: bytes, limits: Limits | None = None) -> Document:
    """The document in ``data``, told by its content and not by a file name.

    Raises UnreadableFile when it is empty, too large, damaged, or of a kind that cannot be read.
    """
    limits = limits or Limits()
    document = _parsed(data, limits)
    if len(document.blocks) > limits.blocks:
        raise UnreadableFile(f"段落和表格太多（{len(document.blocks)} 个），不像一份年度报告。")
    return document


def _parsed(data: bytes, limits: Limits) -> Document:
    if len(data) > limits.bytes:
        raise UnreadableFile(f"文件太大（{len(data) / 1024 / 1024:.0f} MB），上限是 {limits.bytes // 1024 // 1024} MB。")
    kind = kind_of(data)
    if kind == "zip":
        raise UnreadableFile("这是压缩包，里面有不止一个文件；请用 nianbao add 添加。")
    if kind in _CONVERTED:
        name, to = _CONVERTED[kind]
        from corpus.formats import office

        document = _reader(to)(office.converted(data, name, to, limits), limits)
        return replace(document, format=kind)
    if kind == "mht":
        from corpus.formats import archive

        return replace(_reader("html")(archive.page_of(data), limits), format="mht")
    if kind != "text":
        return _reader(kind)(data, limits)
    return _text(data, limits)


def _text(data: bytes, limits: Limits) -> Document:
    """Plain text, or a page: markup is text too."""
    if b"<" in data:
        from corpus.formats import html

        if data.count(b"<") > limits.tags:
            raise UnreadableFile(f"标记太多，超过 {limits.tags // 10_000} 万个，不像一份年度报告。")
        page = html.decode(data)
        if html.looks_like(page):
            return html.read_text(page, limits)
    most = limits.characters
    document = plain.parse(data) if len(data) <= 4 * most else None  # no encoding takes more than four bytes a character
    if document is None or len(document.text) > most:
        raise UnreadableFile(f"文字太多，超过 {most // 10_000} 万字，不像一份年度报告。")
    return document


def _reader(kind: str) -> Callable[[bytes, Limits], Document]:
    module = import_module(f"corpus.formats.{'ocr' if kind == 'image' else kind}")
    reader: Callable[[bytes, Limits], Document] = module.read
    return reader


def expand(name: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | UnreadableFile]]:
    """The files in ``data``: itself, or those of a zip archive (archives in it included) as ``archive.zip/member``."""
    if not _is_archive(data):
        yield name, data
        return
    from corpus.formats.package import Budget

    yield from _expand(name, data, limits, Budget.of(limits), 0)


def _expand(name: str, data: bytes, limits: Limits, budget: Budget, depth: int) -> Iterator[tuple[str, bytes | UnreadableFile]]:
    from corpus.formats import archive

    if depth >= archive.DEEPEST:
        yield name, UnreadableFile("压缩包套得太深，没有读取。")
        return
    try:
        for member, content in archive.members(data, limits, budget):
            inner = f"{name}/{member}"
            if isinstance(content, UnreadableFile) or not _is_archive(content):
                yield inner, content
            else:
                yield from _expand(inner, content, limits, budget, depth + 1)
    except UnreadableFile as error:
        yield name, error


def _is_archive(data: bytes) -> bool:
    try:
        return data.startswith(b"PK") and kind_of(data) == "zip"
    except UnreadableFile:
        return False  # its reader says what is wrong with it
