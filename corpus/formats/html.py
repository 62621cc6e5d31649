"""Portal pages to blocks: what a reader of the rendered page sees of the report, and none of the page around it.

lxml parses; everything here is about what portals do: layout tables, the report in one of a hundred nested boxes, markup
pasted from Word, hidden copies, and a frame of menus, links and notices around it all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from corpus.formats import plain
from corpus.formats.blocks import RawBlock, Table, TableCell, Text, assemble, one_line
from corpus.formats.limits import Limits
from corpus.model import Document, UnreadableFile
from corpus.textual import squash, to_chinese

_SKIPPED = {
    "script", "style", "noscript", "template", "head", "iframe", "svg", "canvas", "object", "embed", "select", "option",
    "button", "input", "textarea", "map", "audio", "video", "nav", "del", "s", "strike",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "o:p", "q",
    "small", "span", "st1:chsdate", "strong", "sub", "sup", "tt", "u", "var", "wbr",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|text-decoration[^;]*line-through", re.IGNORECASE)
_META = {
    "articletitle": "title", "og:title": "title", "contentsource": "publisher", "source": "publisher", "pubdate": "published",
    "publishdate": "published", "article:published_time": "published", "sitename": "site", "og:site_name": "site",
    "sitedomain": "host", "url": "url", "og:url": "url",
}  # fmt: skip
# What only the report itself has: its section headings and the labels of its tables.
_HEADING = re.compile(
    r"^.{0,4}(?:总体情况|主动公开政府信息情况|收到和处理政府信息公开申请(?:情况)?|政府信息公开行政复议.{0,2}行政诉讼情况|"
    r"存在的?(?:主要)?问题[及和与]改进(?:情况|措施)|其[他它]需要报告的?事?项?|需要报告的其[他它]事项|概述)$"
)
_LABELS = re.compile(r"第二十条第?[（(]|本年新收政府信息公开申请数量|结果维持|本年新制作数量|本年制发件数|指标名称")
_PREFACE = re.compile(r"(?:根据|依据|按照).{0,60}(?:条例|要求).{0,200}(?:报告|公布)|统计期限|统计时限")
# Lines about the page before the report that say who published it, when, and what it is called.
_ABOUT = re.compile(
    r"(?:发布机构|发布单位|信息来源|公开机构|公开主体|发文机关|责任部门|来源|发布时间|发布日期|公开日期|成文日期|发文日期|生成日期|更新时间|日期|标题|名称|文章来源)\s*[:：]|"
    r"信息公开.{0,12}(?:报告|年报)|^\s*20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}"
)
# A cell with more than this is a part of the page's layout and not of a table of figures.
_LONGEST_CELL = 400
_LONGEST_LINE = 200
_LONGEST_NAME = 8
_LONGEST_LIST = 200
_LOGGED = 20_000
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "li", "td", "th", "font"}
_INSIDE = {"table", "thead", "tbody", "tfoot", "tr", *_PARAGRAPHS, *_INLINE} - {"td"}


# Stands for <br> until white space is collapsed; no page holds it, since NUL is taken out before parsing.
_BREAK = "\x00"
_INVISIBLE = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff]+")


_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|div|meta|p|span|section|article|h[1-6])[\s>/]", re.IGNORECASE)
_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table\s*>", re.IGNORECASE | re.DOTALL)


def looks_like(text: str) -> bool:
    """Whether text is a page, or has tables in markup, rather than prose with an odd angle bracket."""
    return bool(_PAGE.search(text[:20_000]) or re.search(r"<(?:table|td)\b", text, re.IGNORECASE))


def read(data: bytes, limits: Limits) -> Document:
    """Raises UnreadableFile when the page holds no text, or more than the limits allow."""
    return read_text(decode(data), limits)


def decode(data: bytes) -> str:
    """The page's text: UTF-8 where the bytes are that, whatever is declared, else what is declared, else a guess."""
    declared = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", data[:8192], re.IGNORECASE)
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    if name in ("big5", "big5-hkscs", "utf-16", "utf-16le") and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode(name, "replace")
    return plain.decode(data)


def read_text(text: str, limits: Limits) -> Document:
    """The document in a page's text, or in lines of text between tables in markup (as converters write Markdown)."""
    if not _PAGE.search(_TABLE.sub("", text)):
        return assemble(_between_tables(text), "text", limits)
    root = _parsed(text)
    meta = _meta(root)
    body = root.find("body") if root.tag == "html" else root
    return assemble(_content(body if body is not None else root), "html", limits, meta)


def _between_tables(text: str) -> Iterator[RawBlock]:
    at = 0
    for match in _TABLE.finditer(text):
        yield Text(plain.without_markup(text[at : match.start()]))
        for table in _parsed(match.group()).iter("table"):
            yield from _table(table) or _walk(table)
        at = match.end()
    yield Text(plain.without_markup(text[at:]))


def _parsed(text: str) -> etree._Element:
    """Raises UnreadableFile."""
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        # A surrogate cannot be encoded, and libxml2 ends a text at NUL.
        root = etree.fromstring(text.encode("utf-8", "replace").replace(b"\x00", b""), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile("网页的结构已经损坏，无法读取。") from error
    if root is None:
        raise UnreadableFile("网页里没有任何内容。")
    # libxml2 stops at a depth and says so in its log alone: what it left out could be half of the report.
    if any("depth" in entry.message.lower() for entry in islice(parser.error_log, _LOGGED)):
        raise UnreadableFile("网页的标记嵌套太深，没有读取；请另存为 PDF 或纯文本后再添加。")
    return root


def _meta(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        content = " ".join((element.get("content") or "").split())
        if name in _META and content and len(content) <= 300:
            found.setdefault(_META[name], content)
    title = next(root.iter("title"), None)
    if title is not None:
        words = " ".join("".join(title.itertext()).split())[:300]
        if words:
            found.setdefault("title", words)
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            found.setdefault("url", (link.get("href") or "")[:500])
    return found


# ---------------------------------------------------------------------------------------------------- the report's place


def _content(body: etree._Element) -> Iterator[RawBlock]:
    """The blocks of the report: those inside the box that holds all of it, and what stands above it about it."""
    box = _report_box(body)
    if box is None or box is body:
        yield from _walk(body)
        return
    for block in _walk(body, before=box):
        if isinstance(block, Text):
            lines = [line.strip() for line in block.text.splitlines()]
        else:
            lines = [line for row in block.rows for line in _told([one_line(cell.text) for cell in row])]
        kept = [line for line in lines if line and len(line) <= _LONGEST_LINE and _ABOUT.search(line)]
        if kept:
            yield Text("\n".join(kept))
    yield from _walk(box)


def _told(cells: list[str]) -> Iterator[str]:
    """A row of a page's table of metadata as lines: names and what they name, in turns."""
    names = cells[::2]
    if len(cells) > 1 and all(len(squash(name)) <= _LONGEST_NAME for name in names):
        for name, value in zip(names, cells[1::2], strict=False):
            yield f"{squash(name).rstrip(':：')}：{value}"
    else:
        yield "　".join(cell for cell in cells if cell)


def _report_box(body: etree._Element) -> etree._Element | None:
    """The smallest element that holds every heading, preface and table label of a report; None where fewer than three stand."""
    evidence: list[etree._Element] = []
    for element in body.iter(etree.Element):
        if element.tag in _SKIPPED or _is_hidden(element):
            continue
        whole = element.tag in _PARAGRAPHS or len(element) == 0
        words = "".join(islice(element.itertext(), 200)) if whole else element.text or ""
        # A page's menu names sections too, but as links.
        if words and len(words) <= _LONGEST_CELL and not _is_linked(element):
            words = squash(words)
            if _HEADING.match(words) or _LABELS.search(words) or _PREFACE.search(words):
                evidence.append(element)
    if len(evidence) < 3:
        return None
    paths = [[element, *element.iterancestors()] for element in evidence]
    common = set.intersection(*(set(map(id, path)) for path in paths))
    # Of a report in one table the prose may stand beside the table: an inner part of a table is no box.
    return next((e for e in paths[0] if id(e) in common and e.tag not in _INSIDE), None)


def _is_linked(element: etree._Element) -> bool:
    return element.tag == "a" or next(element.iterancestors("a"), None) is not None or (len(element) == 1 and element[0].tag == "a")


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and bool(_HIDDEN.search(style)))


# ---------------------------------------------------------------------------------------------------- the walk


def _walk(root: etree._Element, before: etree._Element | None = None) -> list[RawBlock]:
    """The blocks below ``root`` in reading order; with ``before``, those that stand before that element."""
    found: list[RawBlock] = []
    line: list[str] = []
    around = set() if before is None else {id(e) for e in before.iterancestors()}
    linkless = before is not None  # a link above the report names another page

    def flush() -> None:
        text = _collapse("".join(line))
        line.clear()
        if text:
            found.append(Text(text))

    # A stack of our own, since pages nest deeper than Python's: (element, whether it is entered or left).
    stack: list[tuple[etree._Element, bool]] = [(root, True)]
    while stack:
        element, entering = stack.pop()
        if element is before:
            break
        if not entering:
            if element.tag not in _INLINE:
                flush()
            line.append(element.tail or "" if element is not root else "")
            continue
        # 157<sup>1</sup> is a note's mark behind a number, and not 1571.
        mark = element.tag in ("sup", "sub") and re.search(r"\d\s*$", "".join(line[-3:]))
        if element.tag in _SKIPPED or mark or _is_hidden(element) or (linkless and _leads_away(element)):
            line.append(element.tail or "" if element is not root else "")
            continue
        stack.append((element, False))
        if element.tag == "br":
            line.append(_BREAK)
        elif element.tag == "pre":
            flush()
            found.append(Text("".join(element.itertext())))
        elif element.tag == "table" and id(element) not in around and (table := _table(element)) is not None:
            flush()
            found += table
        else:
            if element.tag not in _INLINE:
                flush()
            if element.tag == "li":
                line.append(_marker(element))
            line.append(element.text or "")
            stack += [(child, True) for child in reversed(element)]
    flush()
    return found


def _leads_away(element: etree._Element) -> bool:
    """A link, or the item of a list of links with its date."""
    return element.tag == "a" or (element.tag in ("li", "dd", "dt") and next(element.iter("a"), None) is not None)


def _collapse(text: str) -> str:
    """White space as a browser shows it: a run is one space, none at the ends of a line; <br> breaks the line."""
    lines = (one_line(_INVISIBLE.sub("", part)) for part in text.split(_BREAK))
    return "\n".join(lines).strip()


def _marker(item: etree._Element) -> str:
    """The number that a browser puts before an item of an ordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    try:
        first = int(parent.get("start", "1"))
        if item.get("value"):
            number = int(item.get("value", ""))
        else:
            before = sum(1 for _ in islice(item.itersiblings("li", preceding=True), _LONGEST_LIST))
            if before == _LONGEST_LIST:
                return ""  # a list that long is no outline of a report
            number = first + before
    except ValueError:
        return ""
    style = f"{parent.get('style', '')} {item.get('style', '')}"
    if re.search(r"list-style(?:-type)?\s*:[^;]*none", style):
        return ""
    if re.search(r"cjk-ideographic|chinese|cjk-decimal", style):
        return f"{to_chinese(number)}、"
    return f"{number}. "


# ---------------------------------------------------------------------------------------------------- tables


def _table(element: etree._Element) -> list[RawBlock] | None:
    """A table of figures with its caption; None for one that only lays out the page."""
    if next((e for e in element.iterdescendants("table") if not _is_hidden(e)), None) is not None:
        return None
    rows = [[cell for cell in row if not _is_hidden(cell)] for row in _rows(element)]
    texts = [[_cell_text(cell) for cell in row] for row in rows]
    if any(len(text) > _LONGEST_CELL for row in texts for text in row) or not any(len(row) > 1 for row in rows):
        return None
    cells = tuple(
        tuple(TableCell(text, _span(cell, "rowspan"), _span(cell, "colspan")) for cell, text in zip(row, line, strict=True))
        for row, line in zip(rows, texts, strict=True)
    )
    caption = next((_cell_text(c) for c in element.iterchildren("caption")), "")
    return [*([Text(caption)] if caption else []), Table(cells)]


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The cells of each row, head first; cells without a row of their own are one row."""
    groups = [g for g in table if g.tag in ("thead", "tbody", "tfoot", "tr", "td", "th")]
    for group in sorted(groups, key=lambda g: ("thead", "", "tfoot").index(g.tag if g.tag in ("thead", "tfoot") else "")):
        if _is_hidden(group):
            continue
        loose: list[etree._Element] = []
        for row in [group] if group.tag in ("tr", "td", "th") else group:
            if row.tag == "tr" and not _is_hidden(row):
                if loose:
                    yield loose
                    loose = []
                yield [cell for cell in row if cell.tag in ("td", "th")]
            elif row.tag in ("td", "th"):
                loose.append(row)
        if loose:
            yield loose


def _span(cell: etree._Element, name: str) -> int:
    match = re.match(r"\s*(\d{1,6})", cell.get(name) or "1")
    return max(1, int(match[1])) if match else 1


def _cell_text(cell: etree._Element) -> str:
    """A cell's text, a line for each of its paragraphs."""
    return "\n".join(block.text for block in _walk(cell) if isinstance(block, Text))
