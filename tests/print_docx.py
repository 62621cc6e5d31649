"""Generated reports as Word files, written part by part so that every construct of Word, WPS and old converters can stand in them.

What the file shows in Word with changes accepted and hidden text off is the printed report.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from xml.sax.saxutils import escape

from tests.generate import GeneratedReport
from tests.print_content import Edit, Form, Item, Line, Rows, Slot, as_it_is, by_clause, cut, flattened, items, placed

_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WHO = 'w:id="{id}" w:author="经办人" w:date="2024-01-10T09:00:00Z"'

Runs = Callable[[str, bool, Random], str]
"""The runs of a text; whether it is a label or prose (which may be broken anywhere) or a figure."""


def to_docx(made: GeneratedReport, rng: Random, style: str, edit: Edit = as_it_is) -> bytes:
    """The report as a Word file in one of ``DOCX_STYLES``."""
    how = DOCX_STYLES[style]
    return package(how.body(items(made, rng, edit), how, rng))


# ---------------------------------------------------------------------------------------------------------------- runs


def run(text: str, properties: str = "") -> str:
    """One run; tabs and line feeds of ``text`` are Word's own."""
    inner = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">').replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{properties}</w:rPr><w:t xml:space="preserve">{inner}</w:t></w:r>'


def _whole(text: str, _prose: bool, _rng: Random) -> str:
    return run(text) if text else ""


def _split_runs(text: str, prose: bool, rng: Random) -> str:
    """Runs that end inside words and numbers, line breaks inside words, hidden text, bookmarks, fields and smart tags between."""
    found = []
    for part in cut(text, rng, 4) if text else ():
        soft = prose and len(part) > 3 and not any(c.isascii() for c in part) and rng.random() < 0.15
        piece = run("\n".join(cut(part, rng)) if soft else part, rng.choice(("", "<w:b/>", '<w:sz w:val="21"/>')))
        found.append(rng.choice(_AROUND).replace("@", piece))
    return "".join(found)


_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> =SUM(LEFT) \\# "0" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>@<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_AROUND = (
    "@",
    "@",
    '<w:proofErr w:type="spellStart"/>@<w:proofErr w:type="spellEnd"/>',
    '<w:bookmarkStart w:id="1" w:name="_GoBack"/>@<w:bookmarkEnd w:id="1"/>',
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>999</w:t></w:r>@",
    '@<w:r><w:rPr><w:vanish w:val="1"/></w:rPr><w:t>（样例）</w:t></w:r>',
    '<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chsdate">@</w:smartTag>',
    '<w:hyperlink w:anchor="top" w:history="1">@</w:hyperlink>',
    '<w:fldSimple w:instr=" DOCPROPERTY 数 ">@</w:fldSimple>',
    _FIELD,
    "<w:r><w:lastRenderedPageBreak/></w:r>@",
    "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>@</w:sdtContent></w:sdt>",
)


def _tracked_runs(text: str, prose: bool, rng: Random) -> str:
    """Changes not yet accepted: what was deleted or moved away still stands in the file and not in the report."""
    who = _WHO.format(id=rng.randint(1, 999))
    old = "原稿" if prose else str(rng.randint(1, 9999))
    gone = rng.choice(
        (
            f'<w:del {who}><w:r><w:delText xml:space="preserve">{old}</w:delText></w:r></w:del>',
            f"<w:moveFrom {who}>{run(old)}</w:moveFrom>",
            "",
        )
    )
    if not text:
        return gone
    *before, last = cut(text, rng, 2)
    added = rng.choice((f"<w:ins {who}>{run(last)}</w:ins>", f"<w:moveTo {who}>{run(last)}</w:moveTo>", run(last)))
    return "".join(map(run, before)) + rng.choice((gone + added, added + gone))


# -------------------------------------------------------------------------------------------------------------- tables


def _cell(slot: Slot, width: int, runs: Runs, rng: Random, merge: str = "") -> str:
    span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
    down = '<w:vMerge w:val="restart"/>' if slot.down > 1 else ""
    lines = cut(slot.text, rng) if runs is _split_runs and slot.label and len(slot.text) > 4 and rng.random() < 0.2 else [slot.text]
    paragraphs = "".join(f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{runs(line, slot.label, rng)}</w:p>' for line in lines)
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{span}{merge or down}<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'


def _table(lines: list[list[str]], widths: int, wrap: Callable[[str], str] = str) -> str:
    grid = '<w:gridCol w:w="800"/>' * widths
    rows = "".join(wrap(f'<w:tr><w:trPr><w:trHeight w:val="400"/></w:trPr>{"".join(line)}</w:tr>') for line in lines)
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="a3"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'


def _merged(rows: Rows, runs: Runs, rng: Random) -> str:
    return _table(*_merged_cells(rows, runs, rng))


def _merged_cells(rows: Rows, runs: Runs, rng: Random) -> tuple[list[list[str]], int]:
    """Rows of cells with gridSpan and vMerge, and the number of grid columns; the grid is finer than the columns that one sees, as after dragging borders."""
    total = max(column + slot.across for line in placed(rows) for column, slot in line)
    fine = [0]
    for _ in range(total):
        fine.append(fine[-1] + rng.choice((1, 1, 2)))
    held: dict[tuple[int, int], int] = {}  # (row, column) that a cell from above goes on in → its width
    lines = []
    for at, line in enumerate(placed(rows)):
        cells = {column: _cell(slot, fine[column + slot.across] - fine[column], runs, rng) for column, slot in line}
        for column, slot in line:
            held |= {(at + n, column): fine[column + slot.across] - fine[column] for n in range(1, slot.down)}
        blank = Slot("")
        cells |= {c: _cell(blank, width, _whole, rng, "<w:vMerge/>") for (row, c), width in held.items() if row == at}
        lines.append([cells[column] for column in sorted(cells)])
    return lines, fine[-1]


def _old_merged(rows: Rows, runs: Runs, rng: Random) -> str:
    """hMerge, as files converted from .doc have it: each covered slot keeps a cell that goes on with its left neighbour."""
    lines = []
    held: dict[tuple[int, int], str] = {}  # what a cell above goes on in → how that slot is merged with its neighbours
    for at, line in enumerate(placed(rows)):
        cells = {column: _cell(Slot(""), 1, _whole, rng, across + "<w:vMerge/>") for (row, column), across in held.items() if row == at}
        for column, slot in line:
            down = '<w:vMerge w:val="restart"/>' if slot.down > 1 else ""
            across = ['<w:hMerge w:val="restart"/>' if slot.across > 1 else "", *["<w:hMerge/>"] * (slot.across - 1)]
            cells[column] = _cell(slot, 1, runs, rng, across[0] + down)
            cells |= {column + n: _cell(Slot(""), 1, _whole, rng, across[n] + down) for n in range(1, slot.across)}
            held |= {(at + d, column + n): across[n] for d in range(1, slot.down) for n in range(slot.across)}
        lines.append([cells[column] for column in sorted(cells)])
    return _table(lines, max(map(len, lines)))


def _unmerged(rows: Rows, runs: Runs, rng: Random) -> str:
    grid = flattened(rows)
    return _table([[_cell(slot, 1, runs, rng) for slot in row] for row in grid], len(grid[0]))


def _controlled(rows: Rows, runs: Runs, rng: Random) -> str:
    """Content controls round the table, some rows and some cells."""
    lines, widths = _merged_cells(rows, runs, rng)
    lines = [[_control(cell) if rng.random() < 0.2 else cell for cell in line] for line in lines]
    return _control(_table(lines, widths, lambda row: _control(row) if rng.random() < 0.3 else row))


def _control(inner: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="内容"/><w:id w:val="77"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def _with_deleted_row(rows: Rows, runs: Runs, rng: Random) -> str:
    """A row that was deleted with changes tracked: the one before the last, printed once more with other figures."""
    table = _merged(rows, runs, rng)
    at = table.rindex("<w:tr>")
    row, who = rows[-1], _WHO.format(id=5)
    cells = "".join(
        f"<w:tc><w:tcPr/><w:p><w:pPr><w:rPr><w:del {who}/></w:rPr></w:pPr><w:del {who}><w:r><w:delText>{'0' if slot.key else escape(slot.text)}"
        f"</w:delText></w:r></w:del></w:p></w:tc>"
        for slot in row
    )
    return table[:at] + f"<w:tr><w:trPr><w:del {who}/></w:trPr>{cells}</w:tr>" + table[at:]


def _in_text_box(table: str) -> str:
    """A text box as Word writes it: once as a drawing and once more for programs that know no drawings."""
    inner = f"<w:txbxContent>{table}<w:p/></w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData uri="http://schemas.microsoft.com/'
        f'office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _tabbed(rows: Rows, runs: Runs, rng: Random) -> str:
    """No table but paragraphs with tabs between the cells."""
    return "".join(paragraph(run("\t".join(slot.text for slot in row))) for row in flattened(rows))


# --------------------------------------------------------------------------------------------------------------- bodies


def paragraph(runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _lined(line: Line, how: DocxStyle, rng: Random) -> str:
    if line.role == "heading":
        properties = rng.choice(how.headings).format(level=0)
        return paragraph(how.runs(line.text, False, rng), properties)
    return paragraph(
        how.runs(line.text, line.role == "text", rng), '<w:jc w:val="center"/>' if line.role == "title" else '<w:ind w:firstLine="640"/>'
    )


def _plain_body(parts: list[Item], how: DocxStyle, rng: Random) -> str:
    return "".join(_blocks(parts, how, rng))


def _blocks(parts: list[Item], how: DocxStyle, rng: Random) -> Iterator[str]:
    for item in parts:
        if isinstance(item, Line):
            text = _lined(item, how, rng)
            if how.boxed and item.role == "title":
                text = _in_text_box(text)
            yield _control(text) if how.controls and item.role in ("title", "heading") and rng.random() < 0.5 else text
            continue
        split = by_clause(item.rows) if item.number == 2 and how.clauses and rng.random() < 0.5 else [item.rows]
        for rows in split:
            table = how.table(rows, how.runs, rng)
            yield _in_text_box(table) if how.boxed else table
            yield "<w:p/>"


def _nested_body(parts: list[Item], how: DocxStyle, rng: Random) -> str:
    """Everything in one cell of a layout table."""
    inner = "".join(_blocks(parts, how, rng))
    return _table([[f"<w:tc><w:tcPr/>{inner}<w:p/></w:tc>"]], 1)


def _one_table_body(parts: list[Item], how: DocxStyle, rng: Random) -> str:
    """The whole report is one table: lines are rows of one wide cell, and the tables' rows follow one another."""
    lines = []
    for item in parts:
        if isinstance(item, Line):
            lines.append([f'<w:tc><w:tcPr><w:gridSpan w:val="15"/></w:tcPr>{_lined(item, how, rng)}</w:tc>'])
        else:
            lines += _merged_cells(item.rows, how.runs, rng)[0]
    return _table(lines, 15)


def _soft_title_body(parts: list[Item], how: DocxStyle, rng: Random) -> str:
    """The lines of the title are one paragraph with soft breaks."""
    title = [item.text for item in parts if isinstance(item, Line) and item.role == "title"]
    rest = [item for item in parts if isinstance(item, Form) or item.role != "title"]
    return paragraph(run("\n".join(title)), '<w:jc w:val="center"/>') + _plain_body(rest, how, rng)


_HEADING_STYLES = ('<w:pStyle w:val="1"/>', "<w:rPr><w:b/></w:rPr>", '<w:outlineLvl w:val="{level}"/>')


@dataclass(frozen=True, slots=True)
class DocxStyle:
    runs: Runs = _whole
    table: Callable[[Rows, Runs, Random], str] = _merged
    body: Callable[[list[Item], DocxStyle, Random], str] = _plain_body
    headings: tuple[str, ...] = field(default=_HEADING_STYLES)
    clauses: bool = True
    controls: bool = False
    boxed: bool = False


DOCX_STYLES: dict[str, DocxStyle] = {
    "word": DocxStyle(),
    "split": DocxStyle(_split_runs, body=_soft_title_body),
    "tracked": DocxStyle(_tracked_runs, _with_deleted_row, clauses=False),
    "controls": DocxStyle(table=_controlled, controls=True),
    "boxed": DocxStyle(boxed=True),
    "numbered": DocxStyle(headings=('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',)),
    "numbered_style": DocxStyle(headings=('<w:pStyle w:val="numbered"/>',)),
    "nested": DocxStyle(body=_nested_body),
    "one_table": DocxStyle(body=_one_table_body),
    "old": DocxStyle(table=_old_merged),
    "unmerged": DocxStyle(table=_unmerged, clauses=False),
    "tabs": DocxStyle(table=_tabbed, clauses=False),
}
AUTOMATIC_NUMBERS = ("numbered", "numbered_style")  # the number of a heading is no part of its text
FULL_GRID_LINES = ("tabs",)

# ------------------------------------------------------------------------------------------------------------- package


def package(body: str) -> bytes:
    """A whole Word file with a header, a page number, heading styles and a numbering of 一、 二、 三、."""
    page_number = run("— ") + f'<w:fldSimple w:instr=" PAGE ">{run("3")}</w:fldSimple>' + run(" —")
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _relations(
            {
                "rId1": ("styles", "styles.xml"),
                "rId2": ("numbering", "numbering.xml"),
                "rId3": ("header", "header1.xml"),
                "rId4": ("footer", "footer1.xml"),
            }
        ),
        "word/styles.xml": f"<w:styles {_SPACES}>{_STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_SPACES}>{_NUMBERING}</w:numbering>",
        "word/header1.xml": f"<w:hdr {_SPACES}>{paragraph(run('内部资料 2018年政府信息公开工作年度报告'))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_SPACES}>{paragraph(page_number)}</w:ftr>",
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}{_SECTION}</w:body></w:document>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return file.getvalue()


_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
)
_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="numbered"><w:name w:val="章标题"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="table" w:styleId="a3"><w:name w:val="Table Grid"/></w:style>'
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def _content_types() -> str:
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {"document": "document.main", "styles": "styles", "numbering": "numbering", "header1": "header", "footer1": "footer"}
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{base}.{kind}+xml"/>' for name, kind in parts.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    links = "".join(f'<Relationship Id="{name}" Type="{_REL}/{kind}" Target="{target}"/>' for name, (kind, target) in targets.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
