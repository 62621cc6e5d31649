"""PDF files to blocks: what pdf_page reads of each page is put into reading order, over page breaks too.

PDFium is hardened against broken files (it is what Chromium opens them with) but not thread-safe, hence the lock. What it refuses, and what
is too much for the limits, ends here as UnreadableFile.
"""

from __future__ import annotations

import ctypes
import re
import threading
import time
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium

from corpus.formats.blocks import RawBlock, Text, assemble
from corpus.formats.limits import Limits
from corpus.formats.pdf_aligned import aligned
from corpus.formats.pdf_bombs import refuse_bombs
from corpus.formats.pdf_flow import Placed, in_order, paragraphs, without_margins
from corpus.formats.pdf_lines import Line, lines_of
from corpus.formats.pdf_page import Page, read_page, render
from corpus.formats.pdf_ruled import Lattice, Slot, lattices
from corpus.formats.pdf_tables import RuledTable, distribute, join, parts, to_table
from corpus.model import Document, UnreadableFile

_PDFIUM = threading.Lock()
_DOTS_PER_INCH = 200
# Titles that programs make up: "Microsoft Word - 文档1", file names, 无标题.
_MADE_UP = re.compile(
    r"microsoft|wps|幻灯片|文档\s*\d*$|^文档|新建|无标题|untitled|未命名|\.(?:docx?|wps|pdf|xlsx?|html?|rtf|ceb|ofd)\b|^[\x00-\x7f]*$", re.I
)


def read(data: bytes, limits: Limits) -> Document:
    """The document in the PDF ``data``.

    ``meta`` holds ``title`` where the file names one, and ``unread_pages`` (``2、3``) where pages are scans that nobody can
    recognise here. Raises UnreadableFile for what is damaged, locked, too large, or a scan as a whole while OCR is not installed.
    """
    refuse_bombs(data, limits)
    with _PDFIUM:
        try:
            with pdfium.PdfDocument(data) as file:
                return _read(file, limits)
        except pdfium.PdfiumError as error:
            raise UnreadableFile(_reason(error)) from error
        except (RecursionError, MemoryError, ArithmeticError, ValueError, ctypes.ArgumentError) as error:
            raise UnreadableFile("PDF 文件已经损坏，无法读取其中的页面。") from error


def _reason(error: pdfium.PdfiumError) -> str:
    if "password" in str(error).lower():
        return "PDF 文件设有打开密码；请去掉密码后再添加。"
    if "security" in str(error).lower():
        return "PDF 文件的加密方式不受支持；请另存为不加密的文件后再添加。"
    return "PDF 文件已经损坏或不完整，无法打开。"


Part = RuledTable | tuple[Slot, list[Line]]
"""A table, or the lines of a cell that is a piece of layout."""


@dataclass(slots=True)
class _Content:
    """What a page holds once its tables are found: they, and the lines outside of them; or what OCR made of it.

    ``ruled`` False: too much line art to look for tables.
    """

    page: Page
    lines: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    recognised: list[RawBlock] | None = None
    ruled: bool = True


def _read(file: pdfium.PdfDocument, limits: Limits) -> Document:
    count = len(file)
    if count > limits.pages:
        raise UnreadableFile(f"PDF 有 {count} 页，超过 {limits.pages} 页的上限，不像一份年度报告。")
    if not count:
        raise UnreadableFile("PDF 文件里没有页面。")
    contents, unread = _contents(file, limits)
    meta = {}
    title = _title(file)
    if title:
        meta["title"] = title
    if unread:
        meta["unread_pages"] = "、".join(map(str, unread))
    if any(content.recognised is not None for content in contents):
        meta["recognised"] = "1"
    return assemble(_blocks(contents), "pdf", limits, meta)


def _title(file: pdfium.PdfDocument) -> str:
    title = " ".join(file.get_metadata_value("Title").replace("\x00", "").split())
    return "" if len(title) > 120 or _MADE_UP.search(title) else title


def _contents(file: pdfium.PdfDocument, limits: Limits) -> tuple[list[_Content], list[int]]:
    """The pages read, and the numbers of those that are scans and stay unread."""
    pages = list(_pages(file, limits))
    scans = [at for at, page in enumerate(pages) if page.scan]
    recognised = _recognised(file, scans, limits) if scans else {}
    unread = [at + 1 for at in scans if at not in recognised and not pages[at].hidden]
    if not recognised and not any(page.glyphs for page in pages):
        if unread:
            raise UnreadableFile('这份 PDF 是扫描件，没有文字层；请安装文字识别组件后再添加：pip install "nianbao[ocr]"。')
        raise UnreadableFile("PDF 文件里没有任何文字。")
    ruled = [lattices(page.across, page.down) if page.drawn else None for page in pages]
    contents = [
        _Content(page, recognised=recognised[at]) if at in recognised else _content(page, ruled[at]) for at, page in enumerate(pages)
    ]
    return contents, unread


def _pages(file: pdfium.PdfDocument, limits: Limits) -> Iterator[Page]:
    started = time.monotonic()
    glyphs = 0
    for at in range(len(file)):
        page = _page(file, at)
        yield page
        glyphs += len(page.glyphs)
        if glyphs > limits.characters:
            raise UnreadableFile(f"文字太多，超过 {limits.characters // 10_000} 万字，不像一份年度报告。")
        if time.monotonic() - started > limits.seconds:
            raise UnreadableFile(f"PDF 读取超过 {limits.seconds} 秒，页面太复杂。")


def _page(file: pdfium.PdfDocument, at: int) -> Page:
    try:
        page = file[at]
    except pdfium.PdfiumError as error:
        raise UnreadableFile(f"PDF 文件已经损坏，第 {at + 1} 页无法打开。") from error
    try:
        return read_page(page)
    finally:
        page.close()


def _recognised(file: pdfium.PdfDocument, scans: Sequence[int], limits: Limits) -> dict[int, list[RawBlock]]:
    """The blocks of scanned pages by page index; none where OCR is not installed."""
    ocr = _recogniser()
    if ocr is None:
        return {}
    found = {}
    for at in scans[: limits.ocr_pages]:
        page = file[at]
        found[at] = ocr.page(render(page, _DOTS_PER_INCH, limits.pixels), limits)
        page.close()
    return found


def _recogniser() -> Any:
    """The module that recognises pages, None where its libraries are not installed. Imported only for a scan: it is heavy."""
    from corpus.formats import ocr

    return ocr if ocr.available() else None


def _content(page: Page, ruled: Sequence[Lattice] | None) -> _Content:
    """The page's tables with their text, and the lines outside of them. A frame of one column is no table."""
    held, free = distribute([table for table in ruled or () if table.columns > 1], page.glyphs)
    found = [part if isinstance(part, RuledTable) else (part[0], lines_of(part[1])) for one in held for part in parts(one)]
    return _Content(page, lines_of(free), found, ruled=ruled is not None)


def _blocks(contents: Sequence[_Content]) -> Iterator[RawBlock]:
    """The blocks of all pages in reading order."""
    bodies = without_margins([(content.page.height, content.lines) for content in contents])
    flows = [list(_flow(at, content, lines)) for at, (content, lines) in enumerate(zip(contents, bodies, strict=True))]
    margins = [placed for flow in flows for item in flow if isinstance(item, list) for placed in item]
    hidden = {at for at, content in enumerate(contents) if content.page.hidden}
    doubtful = hidden | {at for at, content in enumerate(contents) if not content.ruled}
    prose: list[Placed] = []
    table: RuledTable | None = None
    for at, flow in enumerate(flows):
        if contents[at].recognised is not None:
            yield from _closed(prose, table, margins, hidden, doubtful)
            prose, table = [], None
            yield from contents[at].recognised or ()
        for n, item in enumerate(flow):
            if isinstance(item, RuledTable):
                joined = join(table, item) if table is not None and n == 0 else None
                if joined is None:
                    yield from _closed(prose, table, margins, hidden, doubtful)
                    prose = []
                table = joined or item
            else:
                if table is not None:
                    yield to_table(table)
                    table = None
                prose += item
    yield from _closed(prose, table, margins, hidden, doubtful)


def _closed(
    prose: Sequence[Placed], table: RuledTable | None, margins: Sequence[Placed], hidden: Set[int], doubtful: Set[int]
) -> Iterator[RawBlock]:
    """What is still open: running text, or a table (never both).

    Text of ``hidden`` layers is somebody's recognition, thus not sure; nor are the columns of ``doubtful`` pages.
    """
    for part in aligned(prose, doubtful):
        if isinstance(part, list):
            sure = not any(placed.page in hidden for placed in part)
            yield from (Text(text, sure) for text in paragraphs(part, margins))
        else:
            yield part
    if table is not None:
        yield to_table(table)


def _flow(at: int, content: _Content, lines: Sequence[Line]) -> Iterator[RuledTable | list[Placed]]:
    """Tables, and the lines between them, from top to bottom."""
    left = list(lines)
    for n, part in enumerate(content.parts):
        top = part.top if isinstance(part, RuledTable) else part[0].top
        above = [line for line in left if (line.top + line.bottom) / 2 < top]
        left = [line for line in left if (line.top + line.bottom) / 2 >= top]
        if above:
            yield in_order(above, at, content.page.width)
        if isinstance(part, RuledTable):
            yield part
        elif part[1]:
            slot = part[0]
            yield [Placed(line, at, slot.left + 0.6 * (slot.right - slot.left), 3 + n) for line in part[1]]
    if left:
        yield in_order(left, at, content.page.width)
