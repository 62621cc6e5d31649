"""Word documents to blocks: what is on the page, without what was deleted, hidden or only instructs Word.

The package is read with zipfile and lxml (docs/decisions/0007): python-docx gives no text boxes, content controls or tracked
changes, which is where titles and tables of real reports stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.formats.blocks import RawBlock, Table, TableCell, Text, assemble
from corpus.formats.limits import Limits
from corpus.formats.numbering import Numbering, W
from corpus.formats.package import Package
from corpus.model import Document, UnreadableFile

_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DELETED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr", f"{W}footnoteReference", f"{W}comment"}
# A cell with more than this is a part of the page's layout and not of a table of figures.
_LONGEST_CELL = 400


def read(data: bytes, limits: Limits) -> Document:
    """Raises UnreadableFile when the package is damaged, protected, or more than the limits allow."""
    package = Package(data, limits)
    name = next((n for n in package.names() if re.fullmatch(r"word/document\d*\.xml", n)), None)
    root = package.xml(name) if name else None
    if root is None:
        raise UnreadableFile("Word 文件里没有正文，可能已经损坏。")
    if not str(root.tag).startswith(W):
        raise UnreadableFile("这种 Word 文件（严格 Open XML 格式）不能读取；请用 Word 另存为普通的 .docx。")
    body = root.find(f"{W}body")
    if body is None:
        raise UnreadableFile("Word 文件里没有正文，可能已经损坏。")
    numbering = Numbering(package.xml("word/numbering.xml"), package.xml("word/styles.xml"))
    meta = {}
    core = package.xml("docProps/core.xml")
    if core is not None:
        title = core.findtext("{http://purl.org/dc/elements/1.1/}title")
        if title and title.strip():
            meta["title"] = " ".join(title.split())[:300]
    return assemble(_joined(_blocks(body, numbering)), "docx", limits, meta)


def _joined(blocks: Iterator[RawBlock]) -> Iterator[RawBlock]:
    """Consecutive paragraphs with tabs are lines of a table where they are many or have many; a lone tab is a space."""
    held: list[str] = []

    def release() -> Iterator[Text]:
        if len(held) >= 3 or any(line.count("\t") > 1 for line in held):
            yield Text("\n".join(held))
        else:
            for line in held:
                yield Text(line.replace("\t", " "))
        held.clear()

    for block in blocks:
        if isinstance(block, Text) and "\t" in block.text.strip():
            held.append(block.text)
            continue
        yield from release()
        yield block
    yield from release()


def _blocks(parent: etree._Element, numbering: Numbering) -> Iterator[RawBlock]:
    """Paragraphs and tables below ``parent``, those in content controls and insertions included."""
    for element in parent:
        if element.tag == f"{W}p":
            yield from _paragraph(element, numbering)
        elif element.tag == f"{W}tbl":
            yield from _table(element, numbering)
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from _blocks(element, numbering)
        elif element.tag == _ALTERNATE:
            yield from _blocks(_chosen(element), numbering)


def _paragraph(paragraph: etree._Element, numbering: Numbering) -> Iterator[RawBlock]:
    text = _text(paragraph)
    label = numbering.label(paragraph) if text.strip() else ""
    yield Text(label + text.strip("\n "))
    for box in _boxes(paragraph):
        yield from _blocks(box, numbering)


def _text(element: etree._Element) -> str:
    """Visible text of a paragraph, tabs and soft breaks kept, text boxes left out."""
    parts: list[str] = []
    for child in element:
        tag = child.tag
        if tag in _DELETED:
            continue
        if tag == f"{W}t":
            parts.append(child.text or "")
        elif tag in (f"{W}tab", f"{W}ptab"):
            parts.append("\t")
        elif tag in (f"{W}br", f"{W}cr"):
            parts.append("" if child.get(f"{W}type") in ("page", "column") else "\n")
        elif tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif tag == f"{W}r":
            mark = _is_raised(child) and re.search(r"\d\s*$", "".join(parts[-3:]))  # a note's mark behind a number
            parts.append("" if mark or _is_hidden(child) else _text(child))
        elif tag == _ALTERNATE or tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            continue
        elif isinstance(tag, str):
            parts.append(_text(child))
    return "".join(parts)


def _is_hidden(run: etree._Element) -> bool:
    """Hidden, or struck out: what a reader of the page does not read."""
    return any(_is_on(run.find(f"{W}rPr/{W}{name}")) for name in ("vanish", "strike", "dstrike"))


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")


def _is_raised(run: etree._Element) -> bool:
    align = run.find(f"{W}rPr/{W}vertAlign")
    return align is not None and align.get(f"{W}val") in ("superscript", "subscript")


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Contents of the text boxes anchored in a paragraph; of a box kept in two notations the first."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag == f"{W}txbxContent":
            yield element
        elif element.tag in (f"{W}del", f"{W}moveFrom"):
            continue
        elif element.tag == _ALTERNATE:
            stack.append(_chosen(element))
        else:
            stack += reversed(element)


def _chosen(alternate: etree._Element) -> etree._Element:
    return alternate[0] if len(alternate) else alternate


# ---------------------------------------------------------------------------------------------------- tables


@dataclass(slots=True)
class _Open:
    """A cell while the rows below may still belong to it."""

    text: str
    colspan: int
    rowspan: int = 1


def _table(table: etree._Element, numbering: Numbering) -> Iterator[RawBlock]:
    rows = [list(_cells(row)) for row in _rows(table)]
    if _is_layout(rows):
        for row in rows:
            for cell in row:
                yield from _blocks(cell, numbering)
        return
    open_: dict[int, _Open] = {}
    laid: list[list[_Open]] = []
    for row, element in zip(rows, _rows(table), strict=True):
        line: list[_Open] = []
        column = _grid_before(element)
        covered = False
        for cell in row:
            width = _width(cell)
            across = cell.find(f"{W}tcPr/{W}hMerge")
            if across is not None and across.get(f"{W}val", "continue") != "restart" and column:
                if line and not covered:
                    line[-1].colspan += width  # the older way to merge: the covered cells are written out
                column += width
                continue
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            going_on = merge is not None and merge.get(f"{W}val", "continue") != "restart"
            covered = going_on and column in open_
            if covered:
                open_[column].rowspan += 1
            else:
                made = _Open(_cell_text(cell, numbering), width)
                line.append(made)
                open_ = {at: kept for at, kept in open_.items() if not column <= at < column + width}
                if merge is not None:
                    open_[column] = made
            column += width
        laid.append(line)
    yield Table(tuple(tuple(TableCell(c.text, c.rowspan, c.colspan) for c in line) for line in laid))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == f"{W}tr":
            if element.find(f"{W}trPr/{W}del") is None:
                yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _cells(element)


def _is_layout(rows: list[list[etree._Element]]) -> bool:
    """A table that only places text: it holds tables, or a cell too long for one, or it is one column of paragraphs."""
    if all(len(row) <= 1 for row in rows):
        return True
    for row in rows:
        for cell in row:
            if next(cell.iter(f"{W}tbl"), None) is not None or sum(len(t.text or "") for t in cell.iter(f"{W}t")) > _LONGEST_CELL:
                return True
    return False


def _cell_text(cell: etree._Element, numbering: Numbering) -> str:
    return "\n".join(block.text for block in _blocks(cell, numbering) if isinstance(block, Text) and block.text.strip())


def _width(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    text = span.get(f"{W}val", "1") if span is not None else "1"
    return max(1, int(text)) if re.fullmatch(r"\d{1,4}", text) else 1


def _grid_before(row: etree._Element) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    text = before.get(f"{W}val", "0") if before is not None else "0"
    return int(text) if re.fullmatch(r"\d{1,3}", text) else 0
