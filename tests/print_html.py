"""Generated reports as web pages, the way Chinese portals, Word and converters leave them.

A style puts together how a cell, a line, a table and the page around them are marked up, and how the page is encoded.
Whatever the markup, the rendered page shows a reader the printed report and nothing that contradicts it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from random import Random

from tests.generate import GeneratedReport
from tests.print_content import Edit, Form, Item, Line, Rows, Slot, as_it_is, by_clause, cut, flattened, items
from tests.print_pages import bare_page, exported_page, modern_portal, old_portal, untitled_portal

Inner = Callable[[str, bool, Random], str]
"""Markup inside a cell: its text, whether it is a label, the dice."""


# -------------------------------------------------------------------------------------------------------- inside cells


def _plain_cell(text: str, _label: bool, rng: Random) -> str:
    return escape(text) if text else rng.choice(("", "&nbsp;", " ", "　"))


def _word_cell(text: str, label: bool, rng: Random) -> str:
    """A cell as Word saves or pastes it: a paragraph of spans, the source broken where its line was full."""
    font = rng.choice(("font-size:12.0pt;font-family:宋体", "mso-bidi-font-size:10.5pt;font-family:仿宋_GB2312;mso-font-kerning:0pt"))
    if not text:
        return f"<p class=MsoNormal align=center><span lang=EN-US style='{font}'>&nbsp;<o:p></o:p></span></p>"
    spans = "".join(
        f"<span {rng.choice(('', 'lang=EN-US '))}style='{font}'>{_source_breaks(escape(part), rng) if label else escape(part)}</span>"
        for part in cut(text, rng, 3)
    )
    end = rng.choice(("</p>", "<o:p></o:p></p>", "<span lang=EN-US><o:p></o:p></span>"))  # the last one leaves its paragraph open
    return f"<p class=MsoNormal align=center style='text-align:center;mso-pagination:widow-orphan'>{spans}{end}"


def _source_breaks(text: str, rng: Random) -> str:
    """Line breaks in the source between Chinese characters, which a browser does not show as such."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda _: "\n" if rng.random() < 0.05 else "", text)


def _span_cell(text: str, label: bool, rng: Random) -> str:
    """Every cell wrapped twice, digits in spans of their own, and things beside them that no browser shows."""
    if not text:
        return rng.choice(("<p><span>&nbsp;</span></p>", "<p><br/></p>", "<p></p>", "<p><span></span></p>", "<div>&#12288;</div>"))
    pieces = [f'<span style="font-family: 宋体;">{escape(part)}</span>' for part in cut(text, rng, 1 if label else 3)]
    unseen = rng.choice(
        (
            "",
            "",
            "<!-- 上年：12 -->",
            "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->",
            '<span style="display: none;">999</span>',
            '<span style="DISPLAY:none">88</span>',
            "<span hidden>7</span>",
            "<script>var n = 5 < 6;</script>",
            "<style>td { color: #333 }</style>",
            '<input type="hidden" value="31">',
        )
    )
    at = rng.randint(0, len(pieces))
    return f'<p style="text-align: center;">{"".join(pieces[:at])}{unseen}{"".join(pieces[at:])}</p>'


def _broken_cell(text: str, label: bool, rng: Random) -> str:
    """Labels broken over lines by br or by paragraphs; figures in a font element."""
    if not text:
        return rng.choice(("&nbsp;&nbsp;", "<br>", "<p>&nbsp;</p>"))
    if not label or len(text) < 4:
        return f'<div align="center"><font face="仿宋_GB2312" size="3">&nbsp;{escape(text)}&nbsp;</font></div>'
    parts = [escape(part) for part in cut(text, rng, rng.choice((1, 2, 3)))]
    return rng.choice(("<br>".join(parts), "<br/>\n      ".join(parts), "".join(f"<p>{part}</p>" for part in parts), "<wbr>".join(parts)))


# -------------------------------------------------------------------------------------------------------------- tables


def _merged(rows: Rows, number: int, inner: Inner, rng: Random) -> str:
    """A clean table: merged cells as such, a thead for the heading rows."""
    head = {2: 0, 3: 3, 4: 3}[number] if len(rows) > 3 else 0
    lines = [_row(row, inner, rng, "th" if at < head else "td") for at, row in enumerate(rows)]
    body = f"<thead>\n{chr(10).join(lines[:head])}\n</thead>\n" if head else ""
    return f'<table border="1" cellspacing="0">\n{body}<tbody>\n{chr(10).join(lines[head:])}\n</tbody>\n</table>'


def _row(row: tuple[Slot, ...], inner: Inner, rng: Random, tag: str = "td") -> str:
    cells = (f"<{tag}{_spans(slot)}>{inner(slot.text, slot.label, rng)}</{tag}>" for slot in row)
    return f"<tr>{''.join(cells)}</tr>"


def _spans(slot: Slot) -> str:
    down = f' rowspan="{slot.down}"' if slot.down > 1 else ""
    return down + (f' colspan="{slot.across}"' if slot.across > 1 else "")


def _unclosed(rows: Rows, _number: int, inner: Inner, rng: Random) -> str:
    """As Word and old editors write it: attributes without quotes, upper case, cells and rows left open, spans of one."""
    lines: list[str] = []
    for row in rows:
        cells = (
            f"<TD width={rng.randint(40, 200)} colSpan={slot.across} rowSpan={slot.down} style='border:solid windowtext 1.0pt;"
            f"mso-border-alt:solid windowtext .5pt'>{inner(slot.text, slot.label, rng)}{rng.choice(('</TD>', ''))}"
            for slot in row
        )
        lines.append(f"<TR style='mso-yfti-irow:{len(lines)}'>" + "\n".join(cells) + rng.choice(("</TR>", "")))
    return f"<div align=center><TABLE class=MsoNormalTable border=0 cellPadding=0>{''.join(lines)}</TABLE></div>"


def _fillers(rows: Rows, _number: int, inner: Inner, rng: Random) -> str:
    """Merged cells flattened: each row has every column, and empty cells stand for what was covered."""
    lines = ("".join(f"<td>{inner(slot.text, slot.label, rng)}</td>" for slot in row) for row in flattened(rows))
    return "<table>" + "\n".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _one_a_line(rows: Rows, _number: int, _inner: Inner, rng: Random) -> str:
    """No table at all: a paragraph a cell, as some converters for mobile pages leave it."""
    return "\n".join(f"<p>{escape(slot.text)}</p>" for row in rows for slot in row if slot.text)


# --------------------------------------------------------------------------------------------------------------- lines


def _simple_line(line: Line, rng: Random) -> str:
    text = escape(line.text)
    if line.role == "title":
        return f'<p style="text-align:center">{text}</p>'
    if line.role == "heading":
        return rng.choice((f"<h2>{text}</h2>", f"<p><strong>{text}</strong></p>", f"<p><b>　　{text}</b></p>"))
    return f"<p>{rng.choice(('　　', '&emsp;&emsp;', '', '&nbsp;&nbsp;&nbsp; '))}{text}</p>"


def _word_line(line: Line, rng: Random) -> str:
    """A paragraph whose words are divided among spans, hard spaces and breaks of the source between them."""
    spans = [
        f"<span {rng.choice(('', 'lang=EN-US '))}style='font-size:16.0pt;font-family:仿宋_GB2312'>{_source_breaks(escape(part), rng)}</span>"
        for part in cut(line.text, rng, 4)
    ]
    if line.role == "heading":
        spans = [f"<b>{span}</b>" for span in spans]
    lead = "" if line.role in ("title", "heading") else "<span style='mso-spacerun:yes'>&nbsp;&nbsp; </span>"
    return f"<p class=MsoNormal style='text-indent:32.0pt;line-height:150%'>{lead}{''.join(spans)}<o:p></o:p>{rng.choice(('</p>', ''))}"


def _listed_line(line: Line, rng: Random) -> str:
    """Headings as list items or strong lines, hard spaces about them; the browser draws the number of a list item."""
    text = escape(line.text)
    if line.role != "heading":
        return _simple_line(line, rng)
    return rng.choice(
        (
            f'<ol start="{line.section}" style="list-style-type: cjk-ideographic"><li>{text}</li></ol>',
            f"<ul><li><strong>{text}</strong></li></ul>",
            f"<div><strong>&nbsp;&nbsp;{text}&nbsp;</strong></div>",
            f'<h3 class="title">&nbsp;<a name="s{line.section}"></a>{text}</h3>',
            f"<ul>\n<li>{text}\n</ul>",
        )
    )


def _broken_line(line: Line, _rng: Random) -> str:
    return escape(line.text)


# --------------------------------------------------------------------------------------------------------- whole pages


def _one_after_another(parts: list[tuple[Item, str]], _rng: Random) -> str:
    return "\n".join(markup for _, markup in parts)


def _in_one_cell(parts: list[tuple[Item, str]], rng: Random) -> str:
    """The whole report inside a layout table: in one cell, or a row for each part, or with a narrow empty column beside it."""
    whole = "\n".join(markup for _, markup in parts)
    rows = "".join(f"<tr><td>{markup}</td></tr>\n" for _, markup in parts)
    return rng.choice(
        (
            f'<table width="960"><tr><td>{whole}</td></tr></table>',
            f'<table width="960" border="0">{rows}</table>',
            f'<table><tr><td width="10"><img src="dot.gif"></td><td><table><tr><td>{whole}</td></tr></table></td><td>&nbsp;</td></tr></table>',
            f'<table><tbody><tr><td colspan="2"><hr></td></tr><tr><td>{whole}</td><td></td></tr></tbody></table>',
        )
    )


def _in_one_table(parts: list[tuple[Item, str]], _rng: Random) -> str:
    """The whole report is one table: lines are rows of one cell, and the tables' rows follow one another."""
    rows = (
        re.sub(r"</?(?:table|thead|tbody)[^>]*>", "", markup) if isinstance(item, Form) else f'<tr><td colspan="15">{markup}</td></tr>'
        for item, markup in parts
    )
    return f'<table border="1">{"".join(rows)}</table>'


def _divided_by_breaks(parts: list[tuple[Item, str]], rng: Random) -> str:
    """One element for everything, lines divided by br."""
    gap = rng.choice(("<br>\n", "<br/><br/>", "<br />\n<br />&emsp;&emsp;"))
    return f"<div>{''.join(markup if isinstance(item, Form) else markup + gap for item, markup in parts)}</div>"


@dataclass(frozen=True, slots=True)
class HtmlStyle:
    """``clauses``: table 二 may be printed as a table a clause. ``front``: the article begins with its title."""

    page: Callable[[GeneratedReport, str, str, Random], str] = bare_page
    cell: Inner = _plain_cell
    table: Callable[[Rows, int, Inner, Random], str] = _merged
    line: Callable[[Line, Random], str] = _simple_line
    outer: Callable[[list[tuple[Item, str]], Random], str] = _one_after_another
    clauses: bool = False
    front: bool = True
    encoding: str = "utf-8"
    declared: str = "utf-8"


def to_html(made: GeneratedReport, rng: Random, style: str, edit: Edit = as_it_is) -> bytes:
    """The report as a page in one of ``HTML_STYLES``."""
    how = HTML_STYLES[style]
    parts: list[tuple[Item, str]] = []
    for item in items(made, rng, edit):
        if isinstance(item, Line):
            if how.front or item.role not in ("title", "meta"):
                parts.append((item, how.line(item, rng)))
            continue
        split = by_clause(item.rows) if how.clauses and item.number == 2 and rng.random() < 0.5 else [item.rows]
        parts.append((item, "\n".join(how.table(rows, item.number, how.cell, rng) for rows in split)))
    page = how.page(made, how.outer(parts, rng), how.declared, rng)
    return page.encode(how.encoding, "xmlcharrefreplace")


HTML_STYLES: dict[str, HtmlStyle] = {
    "clean": HtmlStyle(clauses=True),
    "portal": HtmlStyle(old_portal, _word_cell, _unclosed, _word_line, encoding="gbk", declared="gb2312"),
    "modern": HtmlStyle(modern_portal, _span_cell, clauses=True),
    "word": HtmlStyle(exported_page, _word_cell, _unclosed, _word_line, encoding="gb18030", declared="gb2312"),
    "fillers": HtmlStyle(table=_fillers, cell=_broken_cell),
    "spans": HtmlStyle(cell=_span_cell),
    "layout": HtmlStyle(old_portal, _broken_cell, outer=_in_one_cell, clauses=True, encoding="gbk", declared="GBK"),
    "lines": HtmlStyle(modern_portal, table=_one_a_line),
    "one_table": HtmlStyle(old_portal, _span_cell, outer=_in_one_table),
    "untitled": HtmlStyle(untitled_portal, front=False),
    "listed": HtmlStyle(line=_listed_line),
    "breaks": HtmlStyle(modern_portal, _broken_cell, line=_broken_line, outer=_divided_by_breaks),
    "marked": HtmlStyle(encoding="utf-8-sig", declared=""),
    "utf16": HtmlStyle(exported_page, encoding="utf-16", declared="unicode"),
    "misdeclared": HtmlStyle(old_portal, _broken_cell, declared="gb2312"),
    "undeclared": HtmlStyle(encoding="gb18030", declared=""),
}
ONE_A_LINE = ("lines",)  # converters that drop blank cells
