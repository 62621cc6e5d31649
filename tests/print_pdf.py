"""Made-up reports as PDF files: printed by Chromium from HTML as agencies' pages and word processors lay them out.

``html`` sets a ``GeneratedReport`` with merged cells as the national form has them; ``chromium_pdf`` prints it. Small PDFs with one
odd feature each are written by hand in tests/write_pdf.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from tests.generate import APPLICANTS, BLOCKS, DISCLOSURE, RESULTS, GeneratedReport, Key, request_lines

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
_RESULT_NAMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

_CSS = """
@page { size: A4; margin: 25mm 24mm; }
body { font-family: "Noto Serif CJK SC"; font-size: 14pt; line-height: 1.7; margin: 0; }
h1 { font-size: 20pt; text-align: center; margin: 0 0 12pt; font-weight: bold; line-height: 1.4; }
h2 { font-size: 14pt; font-weight: bold; margin: 8pt 0; text-indent: 2em; break-after: avoid; }
p { margin: 0; text-indent: 2em; text-align: justify; }
table { width: 100%; border-collapse: collapse; font-size: 9pt; line-height: 1.3; margin: 8pt 0; table-layout: fixed; }
td, th { border: 0.75pt solid black; padding: 2pt 3pt; text-align: center; vertical-align: middle; font-weight: normal; }
td.label { text-align: left; }
"""


@dataclass(frozen=True, slots=True)
class Style:
    """How the page is set; ``css`` comes after the common rules."""

    css: str = ""
    header: str = ""  # printed at the top of each page, the number at the foot
    spread: bool = False  # words of the dispute table's heading one character a line
    lines: int = 1  # lines of the title


STYLES: dict[str, Style] = {
    "plain": Style(),
    "grey": Style("th, td.label { background: #e8e8e8; } h1 { font-weight: 900; }"),
    "separate": Style("table { border-collapse: separate; border-spacing: 1.5pt; }"),
    "open_sides": Style("tr > *:first-child { border-left: none; } tr > *:last-child { border-right: none; }"),
    "double": Style("table { border: 3px double black; }"),
    "hairlines": Style("td, th { border: 0.3pt solid #777; }"),
    "dotted": Style("td, th { border: 1px dotted #333; }"),
    "tall": Style("td, th { padding: 9pt 2pt; } table { font-size: 10.5pt; }", lines=2),
    "small": Style("body { font-size: 10pt; } table { font-size: 6.5pt; } @page { size: A4; margin: 15mm; }"),
    "landscape": Style("@page { size: A4 landscape; }"),
    "narrow": Style("@page { margin: 20mm 55mm; } td { word-break: break-all; } table { font-size: 8pt; }", lines=3),
    "cut_rows": Style("td, th { padding: 7pt 2pt; } table { font-size: 12pt; } .label { vertical-align: top; } tr { break-inside: auto; }"),
    "numbered": Style(header="云溪市政务公开"),
    "sans": Style('body { font-family: "Noto Sans CJK SC"; } td { vertical-align: top; }', spread=True),
}


def chromium_pdfs(pages: Iterable[tuple[str, Style]]) -> Iterator[bytes]:
    """Each page printed, by one browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        for source, style in pages:
            page.set_content(source)
            yield page.pdf(
                prefer_css_page_size=True,
                print_background=True,
                display_header_footer=bool(style.header),
                header_template=f'<div style="font-size:9px;width:100%;text-align:center">{style.header}</div>',
                footer_template='<div style="font-size:9px;width:100%;text-align:center">— <span class="pageNumber"></span> —</div>',
            )
        browser.close()


def html(report: GeneratedReport, style: Style) -> str:
    """The report as one page of HTML."""
    tables = {2: _disclosure(report), 3: _requests(report), 4: _disputes(report, style)}
    bodies = (
        _paragraphs(narrative(report)),
        "<p>应当主动公开的文件均已登载在门户网站，数量见下表。</p>" + tables[2],
        tables[3],
        tables[4],
        _paragraphs(PROBLEMS),
        "<p>无。</p>",
    )
    title, *rest = report.front
    length = -(-len(title) // style.lines)
    title = "<br>".join(escape(title[at : at + length]) for at in range(0, len(title), length))
    parts = [f"<h1>{title}</h1>", *(f"<p>{escape(line)}</p>" for line in rest)]
    parts += [f"<h2>{escape(heading)}</h2>{body}" for heading, body in zip(report.headings, bodies, strict=True)]
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Microsoft Word - 文档1</title><style>{_CSS}{style.css}</style>'
        + "".join(parts)
    )


PROBLEMS = (
    "一是个别栏目更新偏慢，二是解读形式较为单一，图解、视频等群众喜闻乐见的形式运用得还不够，政策咨询的答复有时不够及时。",
    "下一步将明确栏目责任人，增加图表解读。",
)


def narrative(report: GeneratedReport) -> tuple[str, ...]:
    """Section 一, some of its paragraphs longer than a line."""
    told = report.narrative
    return (
        "本机关把方便群众查询放在首位，逐项落实公开责任，完善信息发布审核、保密审查和政策解读等制度，做到应公开尽公开，并接受社会监督。",
        f"（一）主动公开工作。全年通过门户网站发布信息{told.website:,}条，通过微信公众号发布信息{told.wechat}条。",
        f"（二）依申请公开工作。{report.year}年共收到政府信息公开申请{told.received}件，均在法定期限内处理，没有因逾期答复引起的争议发生。",
        f"（三）队伍建设。举办一次业务培训，参加培训{told.people}人。",
    )


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _cell(text: str, *, down: int = 1, across: int = 1, label: bool = False, name: str = "td") -> str:
    spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
    return f"<{name}{spans}{' class=label' if label else ''}>{text if '<br>' in text else escape(text)}</{name}>"


def _value(report: GeneratedReport, key: Key) -> str:
    return _cell(report.cells[key])


def _table(head: Iterable[str], body: Iterable[str], widths: Iterable[float]) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in widths)
    rows = ["".join(f"<tr>{row}</tr>" for row in part) for part in (head, body)]
    return f"<table><colgroup>{columns}</colgroup><thead>{rows[0]}</thead><tbody>{rows[1]}</tbody></table>"


def _disclosure(report: GeneratedReport) -> str:
    rows = []
    for clause, names, columns in DISCLOSURE[report.edition]:
        fill = 4 - len(columns)
        rows.append(_cell(clause, across=4))
        heads = [_cell("信息内容"), *(_cell(label) for _, label in columns[:-1]), _cell(columns[-1][1], across=fill)]
        rows.append("".join(heads))
        for row, label in names:
            cells = [
                _cell(report.cells[f"{row}.{column}", None], across=fill if at + 1 == len(columns) else 1)
                for at, (column, _) in enumerate(columns)
            ]
            rows.append(_cell(label) + "".join(cells))
    return _table((), rows, (28, 24, 24, 24))


def _requests(report: GeneratedReport) -> str:
    head = (
        _cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", down=3, across=3) + _cell("申请人情况", across=7),
        _cell("自然人", down=2) + _cell("法人或其他组织", across=5) + _cell("总计", down=2),
        "".join(_cell(name) for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")),
    )
    lines = request_lines(report.edition)
    body = []
    pending = ""
    for at, (metric, depth, number, label) in enumerate(lines):
        text = number + ("." if depth == 2 else "") + label
        if metric is None:
            end = next(i for i in range(at + 1, len(lines)) if lines[i][1] <= depth)
            rows = sum(1 for line in lines[at:end] if line[0])
            pending += _cell("<br>".join(text) if depth == 0 else text, down=rows, label=depth > 0)
            continue
        values = "".join(_value(report, (metric, applicant)) for applicant in (*APPLICANTS, "total"))
        body.append(pending + _cell(text, across=3 - depth, label=True) + values)
        pending = ""
    return _table(head, body, (6, 13, 25, 8, 8, 8, 8, 8, 8, 8))


def _disputes(report: GeneratedReport, style: Style) -> str:
    names = ["<br>".join(name) if style.spread else name for name in _RESULT_NAMES]
    results = "".join(_cell(name) for name in names)
    head = (
        _cell("行政复议", across=5) + _cell("行政诉讼", across=10),
        "".join(_cell(name, down=2) for name in names) + _cell("未经复议直接起诉", across=5) + _cell("复议后起诉", across=5),
        results * 2,
    )
    body = ["".join(_value(report, (f"{block}.{result}", None)) for block in BLOCKS for result in (*RESULTS, "total"))]
    return _table(head, body, (100 / 15,) * 15)
