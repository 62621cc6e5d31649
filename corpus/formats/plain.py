"""Plain text and Markdown: lines to paragraphs and grids.

Tables come out of converters as lines of cells divided by tabs or bars. Blank lines inside such a run are page breaks and
do not end the table.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from corpus.model import Block, Cell, Document, Grid, Paragraph, UnreadableFile
from corpus.script import is_traditional, mainland

_NUMERIC = re.compile(r"^[\s\d.,，%％万亿元/—\-－+无]*$")
_STARTS_ANEW = re.compile(
    r"^\s*(?:[#*•●]|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．]|[一二三四五六]是|第[一二三四五六七八九十])"
)
# A numbered heading is complete; its section may begin in the very next line.
_HEADING = re.compile(r"^[\s#*?？]*(?:第?[一二三四五六七八九]|[（(㈠-㈨1-9])[^，。；！？]*(?:情况|事项|措施|申请|诉讼|报告)[\s*]*$")
_FURNITURE = re.compile(
    r"^(?:(?:【?(?:打印|关闭|收藏|返回顶部|返回|分享|字体|大中小|大|中|小)[】\]]?[|｜]?)+|打印本页.*|关闭(?:窗口|本页).*|分享到.*|扫一扫.*|[上下]一[篇条][:：].*|"
    r"相关(?:链接|新闻|文章|附件).*|责任编辑[:：].*|编辑[:：].*|(?:主办|承办|技术支持)(?:单位)?[:：].*|版权所有.*|.*ICP备.*|网站标识码.*|"
    r".*公网安备.*|网站地图.*|联系我们.*|浏览次数.*|点击数?[:：].*|【?字号.*|.*网站首页.*)$"
)
_LONGEST_LINK = 12
_PAGE_MARK = re.compile(r"^[—–-]+\s*\d{1,3}\s*[—–-]+$|^第\s*\d{1,3}\s*页(?:\s*[,，/共]\s*\d{1,3}\s*页?)?$")
# Extractors leave a cell a line with the bars of its row behind it.
_STRAY_BARS = re.compile(r"^(?P<text>[^|]*[^|\s])\s*(?:\||\|{2,})\s*$")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([.*_#()\[\]+\-!|~>])")
# Letters between which a line break is the converter's and not the writer's.
WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’（）]"
# A line shorter than this is not taken for the first part of a sentence that a converter broke.
_WRAPPED = 20


def parse(data: bytes) -> Document:
    """Raises UnreadableFile when the bytes are no text."""
    text = without_markup(decode(data))
    traditional = is_traditional(text)
    if traditional:
        text = mainland(text)
    meta = {"script": "traditional"} if traditional else {}
    return Document(text, without_furniture(text, list(blocks(text))), "text", meta)


def without_furniture(text: str, found: list[Block]) -> tuple[Block, ...]:
    """Blocks less the marks of pages (— 3 —) and what a page has after the report: 打印本页, 上一篇, the site's registration."""
    found = [b for b in found if not (isinstance(b, Paragraph) and b.end - b.start < 12 and _PAGE_MARK.match(text[b.start : b.end]))]
    end = len(found)
    for at in range(len(found) - 1, -1, -1):
        block = found[at]
        if not isinstance(block, Paragraph):
            break
        words = [re.sub(r"\s", "", line) for line in text[block.start : block.end].splitlines()]
        if all(_FURNITURE.match(line) for line in words if line):
            end = at
        elif any(len(line) > _LONGEST_LINK or re.search("[。；，]", line) for line in words):
            break  # neither furniture nor a link of the page's foot
    del found[end:]
    return tuple(found)


def without_markup(text: str) -> str:
    """Text whose Markdown notation for characters is replaced by the characters: &nbsp;, <br>, 1\\. and their like."""
    if "&" in text:
        text = _ENTITY.sub(lambda m: html.unescape(m.group()).replace("\xa0", " "), text)
    if "<" in text:
        text = re.sub(rf"(?<={WIDE})\s*<br\s*/?>\s*(?={WIDE})", "", text, flags=re.IGNORECASE)
        text = re.sub(r"<br\s*/?>", " ", text, flags=re.IGNORECASE)
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


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


_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\ufffd]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")


def _is_text(text: str) -> bool:
    controls, private = len(_CONTROL.findall(text)), len(_PRIVATE.findall(text))
    return "\x00" not in text and controls * 200 <= len(text) and private * 20 <= len(text)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"\r\n|[\n\r\f\v\u2028\u2029]", text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def blocks(text: str) -> Iterator[Block]:
    """Paragraphs and grids of plain text, in order; offsets point into ``text``."""
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
        if "--" in line and ("|" in line or "+" in line) and not line.strip("|:+=- \t\u3000"):
            continue  # |---|---| of Markdown and +----+ of text tables
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
    if "\t" not in line and "|" not in line:
        return None
    if "\t" in line:
        divider = "\t"
    elif stray := _STRAY_BARS.match(line):
        begin = start + len(line) - len(line.lstrip())
        return (Cell(stray["text"].strip(), begin, start + stray.end("text")),)
    elif line.count("|") >= 2 or line.strip() in ("|", "||"):
        divider = "|"
    else:
        return None
    cells, at = [], start
    for part in line.split(divider):
        stripped = part.strip()
        if stripped.startswith("**") and stripped.endswith("**"):
            stripped = stripped.strip("*").strip()  # bold in Markdown
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
