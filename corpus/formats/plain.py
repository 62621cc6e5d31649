"""Plain text and Markdown: lines to paragraphs and grids.

Tables come out of converters as lines of cells divided by tabs or bars. Blank lines inside such a run are page breaks and
do not end the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from corpus.model import Block, Cell, Document, Grid, Paragraph, UnreadableFile

_RULE = re.compile(r"^[\s|:+=-]*-{2,}[\s|:+=-]*$")  # |---|---| of Markdown and +----+ of text tables
_NUMERIC = re.compile(r"^[\s\d.,，%％万亿元/—\-－+无]*$")
_STARTS_ANEW = re.compile(
    r"^\s*(?:[#*•●]|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．]|[一二三四五六]是|第[一二三四五六七八九十])"
)
# A numbered heading is complete; its section may begin in the very next line.
_HEADING = re.compile(r"^[\s#*?？]*(?:第?[一二三四五六七八九]|[（(㈠-㈨1-9])[^，。；！？]*(?:情况|事项|措施|申请|诉讼|报告)[\s*]*$")
# A line shorter than this is not taken for the first part of a sentence that a converter broke.
_WRAPPED = 20


def parse(data: bytes) -> Document:
    """Raises UnreadableFile when the bytes are no text."""
    text = decode(data)
    return Document(text, tuple(_blocks(text)), "text")


def decode(data: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, else the likeliest Chinese encoding."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    best = from_bytes(data).best()
    if best is None or not _is_text(str(best)):
        raise UnreadableFile("文件不是可以读懂的文字：可能是二进制文件，或者编码已经损坏。")
    return str(best)


def _is_text(text: str) -> bool:
    controls = sum(1 for c in text if (ord(c) < 32 and c not in "\t\r\n\f\v") or c == "\ufffd")
    private = sum(1 for c in text if "\ue000" <= c <= "\uf8ff")
    return "\x00" not in text and controls * 200 <= len(text) and private * 20 <= len(text)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"\r\n|[\n\r\f\v\u2028\u2029]", text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _blocks(text: str) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    paragraph: tuple[int, int] | None = None
    blank_before = True
    barred = True  # whether the rows of the open table begin with a bar

    def table() -> Iterator[Block]:
        if rows:
            yield Grid(rows[0][0].start, rows[-1][-1].end, tuple(rows))
            rows.clear()

    for start, end in _lines(text):
        line = text[start:end]
        stripped = line.strip()
        if not stripped and "\t" not in line:
            blank_before = True
            continue
        if _RULE.match(line) and "-" in line and ("|" in line or "+" in line):
            continue
        cells = _cells(text, start, end, barred=barred if rows else True)
        if cells is not None:
            if paragraph:
                yield Paragraph(*paragraph)
                paragraph = None
            if cells:
                barred = barred if rows else line.lstrip().startswith("|")
                rows.append(cells)
            blank_before = False
            continue
        begin = start + line.index(stripped[0])
        span = (begin, begin + len(stripped))
        if paragraph and not blank_before and _continues(text[slice(*paragraph)], stripped):
            paragraph = (paragraph[0], span[1])
            continue
        yield from table()
        if paragraph:
            yield Paragraph(*paragraph)
        paragraph, blank_before = span, False
    yield from table()
    if paragraph:
        yield Paragraph(*paragraph)


def _continues(before: str, line: str) -> bool:
    """Whether ``line`` goes on with a sentence that was broken at the end of ``before``."""
    last = before.rsplit("\n", 1)[-1].strip()
    if _HEADING.match(before):
        return False
    return len(last) >= _WRAPPED and last[-1] not in "。！？!?：:；;" and not _NUMERIC.match(line) and not _STARTS_ANEW.match(line)


def _cells(text: str, start: int, end: int, barred: bool) -> tuple[Cell, ...] | None:
    """The cells of a table line, () for a line of bars alone, None when it is no table line.

    Where the table's rows do not begin with a bar (``a | b |``), one in front follows an empty first cell.
    """
    line = text[start:end]
    if "\t" in line:
        divider = "\t"
    elif line.count("|") >= 2 or line.strip() in ("|", "||"):
        divider = "|"
    else:
        return None
    cells, at = [], start
    for part in line.split(divider):
        stripped = part.strip()
        begin = at + (part.index(stripped[0]) if stripped else 0)
        cells.append(Cell(stripped, begin, begin + len(stripped)))
        at += len(part) + 1
    if divider == "|":  # a leading or trailing bar makes an empty cell that is none
        if barred and cells and not cells[0].text and line.lstrip().startswith("|"):
            cells = cells[1:]
        if cells and not cells[-1].text and line.rstrip().endswith("|"):
            cells = cells[:-1]
    elif not any(cell.text for cell in cells) and len(cells) < 3:
        return None if line.strip() else ()
    return tuple(cells)
