"""PDF files: what is printed is what is read, in reading order; what the page leaves in doubt is not sure; no file does harm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.formats import pdf as reader
from corpus.formats.blocks import Text
from corpus.formats.limits import Limits
from corpus.model import CorpusError, Document, Grid, Paragraph, UnreadableFile
from corpus.outline import outline
from corpus.tables import read_tables
from corpus.textual import fold, squash
from tests.generate import MARKS, GeneratedReport, generate
from tests.print_pdf import CHROMIUM, PROBLEMS, STYLES, Style, chromium_pdfs, html, narrative
from tests.write_pdf import Sheet, file_of, packed, pdf, stream, width

LIMITS = Limits()
EDITIONS = ("2019", "2021")
chromium_only = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (tests/chromium.sh installs it where it can)")


def read(*sheets: Sheet, limits: Limits = LIMITS) -> Document:
    return reader.read(pdf(sheets), limits)


def paragraphs(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if isinstance(b, Paragraph)]


def tables(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in b.rows] for b in document.blocks if isinstance(b, Grid)]


def doubted(document: Document) -> set[str]:
    return {cell.text for b in document.blocks if isinstance(b, Grid) for row in b.rows for cell in row if not cell.sure}


@pytest.fixture(autouse=True)
def no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_recogniser", lambda: None)


# ---------------------------------------------------------------------------------------------- printed by a browser

REPORTS: dict[str, tuple[GeneratedReport, Style]] = {
    f"{name}-{edition}": (generate(Random(at), edition=edition, marks=MARKS[at % 3], numbers="canonical"), style)
    for at, (name, style, edition) in enumerate((n, s, e) for n, s in STYLES.items() for e in EDITIONS)
}


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    files = chromium_pdfs((html(report, style), style) for report, style in REPORTS.values())
    return dict(zip(REPORTS, files, strict=True))


@pytest.mark.browser
@chromium_only
@pytest.mark.parametrize("name", REPORTS)
def test_every_cell_and_paragraph_of_a_printed_report_is_read(printed: dict[str, bytes], name: str) -> None:
    report, _ = REPORTS[name]
    document = reader.read(printed[name], LIMITS)
    reading = read_tables(document, outline(document), report.year)
    assert reading.edition == report.edition
    figures = {(f.metric, f.applicant): f for f in reading.figures}
    assert set(figures) == set(report.gold)
    for key, gold in report.gold.items():
        figure = figures[key]
        assert (figure.state, figure.value, figure.sure) == (gold.state, gold.value, True), (key, report.cells[key], figure)
    texts = paragraphs(document)
    for text in (*narrative(report), *PROBLEMS, *report.headings):
        assert text in texts
    assert squash("".join(texts)).startswith(squash(report.front[0]))
    assert document.meta == {}  # "Microsoft Word - 文档1" is nobody's title


@pytest.mark.browser
@chromium_only
def test_numbers_too_wide_for_their_cells_are_never_sure() -> None:
    """A browser lets them run over the rule, cuts them off at the edge of the page, or breaks them after a full-width comma."""
    style = Style("td, th { padding: 7pt 2pt; } table { font-size: 12pt; } .label { vertical-align: top; } tr { break-inside: auto; }")
    reports = [generate(Random(seed), marks="full") for seed in (3, 8, 12, 16)]
    seen = 0
    for report, file in zip(reports, chromium_pdfs((html(report, style), style) for report in reports), strict=True):
        document = reader.read(file, LIMITS)
        figures = {(f.metric, f.applicant): f for f in read_tables(document, outline(document), report.year).figures}
        for key, gold in report.gold.items():
            figure = figures[key]
            assert (figure.state, figure.value) == (gold.state, gold.value) or not figure.sure or figure.state == "missing", key
            seen += figure.sure and figure.state == "value"
    assert seen > 200


# ----------------------------------------------------------------------------------------------------- ruled tables

XS = (60, 240, 300, 360, 420, 480, 540)
HEAD = ["办理结果", "自然人", "商业企业", "科研机构", "其他", "总计"]
ROWS = [[f"{n}.属于第{n}类情形的信息", *(str(n * k) for k in range(1, 6))] for n in range(1, 9)]
NUMBERS = ["7", "8", "9", "0", "24"]
BLANK = [""] * 5


def table(top: float, rows: Sequence[Sequence[str]], sheet: Sheet | None = None, height: float = 24) -> Sheet:
    return (sheet or Sheet()).grid(XS, [top - at * height for at in range(len(rows) + 1)], rows)


def small_table(sheet: Sheet) -> Sheet:
    return sheet.grid((100, 200, 300, 400), (700, 680, 660), SMALL)


SMALL = [["规章", "5", "1,808"], ["行政许可", "", "7"]]


def edges(xs: Sequence[float], ys: Sequence[float]) -> Iterator[tuple[float, float, float, float]]:
    """The four sides of every cell."""
    for left, right in pairwise(xs):
        for top, bottom in pairwise(ys):
            yield from ((left, top, right, top), (left, bottom, right, bottom), (left, top, left, bottom), (right, top, right, bottom))


XS4, YS3 = (100, 200, 300, 400), (700, 680, 660)
DRAWN = {
    "lines": "".join(f"{a} {b} m {c} {d} l S " for a, b, c, d in edges(XS4, YS3)),
    "one path": "".join(f"{a} {b} m {c} {d} l " for a, b, c, d in edges(XS4, YS3)) + "S",
    "filled": "".join(f"{min(a, c) - 0.3} {min(b, d) - 0.3} {abs(a - c) + 0.6} {abs(b - d) + 0.6} re f " for a, b, c, d in edges(XS4, YS3)),
    "frames": "".join(f"{x} {y} 100 20 re S " for x in XS4[:3] for y in YS3[1:]),
    "frames apart": "".join(f"{x + 1} {y + 1} 98 18 re S " for x in XS4[:3] for y in YS3[1:]),
    "grey fills": "0.9 g " + "".join(f"{x} {y} 100 20 re B " for x in XS4[:3] for y in YS3[1:]),
    "dashed": "[2 2] 0 d " + "".join(f"{a} {b} m {c} {d} l S " for a, b, c, d in edges(XS4, YS3)),
    "dots": "".join(f"{x} {y} 1 1 re f " for y in YS3 for x in range(100, 400, 2)) + "".join(f"{x} {y} 1 1 re f " for x in XS4 for y in range(660, 700, 2)),
    "no sides": "".join(f"100 {y} m 400 {y} l S " for y in YS3) + "200 700 m 200 660 l S 300 700 m 300 660 l S",
    "no top and bottom": "".join(f"{x} 700 m {x} 660 l S " for x in XS4) + "100 680 m 400 680 l S",
    "double border": "".join(f"{a} {b} m {c} {d} l S " for a, b, c, d in edges(XS4, YS3)) + "97.5 657.5 305 45 re S",
    "page frame": "30 30 535 780 re S " + "".join(f"{a} {b} m {c} {d} l S " for a, b, c, d in edges(XS4, YS3)),
}  # fmt: skip


@pytest.mark.parametrize("rules", DRAWN)
def test_rules_are_known_however_they_are_drawn(rules: str) -> None:
    document = read(Sheet().draw(f"q 0.6 w {DRAWN[rules]} Q").cells(XS4, YS3, SMALL).text(100, 730, "二、主动公开政府信息情况", 14))
    assert tables(document) == [SMALL]
    assert paragraphs(document) == ["二、主动公开政府信息情况"]
    assert not doubted(document)


def test_merged_cells_stand_once_with_their_columns() -> None:
    sheet = Sheet()
    for line in ((100, 700, 400, 700), (200, 680, 400, 680), (100, 660, 400, 660), (100, 640, 400, 640)):
        sheet.line(*line)
    for line in ((100, 700, 100, 640), (200, 700, 200, 640), (300, 680, 300, 640), (400, 700, 400, 640)):
        sheet.line(*line)
    sheet.text(120, 677, "信息内容", 9).text(280, 687, "法人或其他组织", 9).text(230, 667, "甲", 9).text(330, 667, "乙", 9)
    sheet.text(120, 647, "规章", 9).text(230, 647, "1", 9).text(330, 647, "2", 9)
    document = read(sheet)
    (grid,) = (b for b in document.blocks if isinstance(b, Grid))
    assert [[(c.text, c.column, c.width) for c in row] for row in grid.rows] == [
        [("信息内容", 0, 1), ("法人或其他组织", 1, 2)],
        [("甲", 1, 1), ("乙", 2, 1)],
        [("规章", 0, 1), ("1", 1, 1), ("2", 2, 1)],
    ]


def test_a_missing_piece_of_rule_puts_its_cells_in_doubt() -> None:
    sheet = Sheet()
    for y in (700, 680, 660):
        sheet.line(100, y, 400, y)
    for x in (100, 200, 400):
        sheet.line(x, 700, x, 660)
    sheet.line(300, 700, 300, 680).draw("")
    sheet.cells(XS4, (700, 680), [SMALL[0]])
    sheet.line(200, 680, 400, 680).text(230, 667, "3", 9)
    assert tables(read(sheet)) == [[["规章", "5", "1,808"], ["", "3"]]]  # a cell merged over two columns
    broken = Sheet().draw("100 700 m 400 700 l 100 660 m 400 660 l 100 700 m 100 660 l 200 700 m 200 660 l 400 700 m 400 660 l S")
    broken.draw("300 700 m 300 680 l 200 680 m 300 680 l 100 680 m 200 680 l S").cells(XS4, YS3, SMALL)
    assert {"1,808", "7"} <= doubted(read(broken))


def test_text_set_downwards_or_turned_is_one_word() -> None:
    words = "三、本年度办理结果"
    sheet = Sheet()
    for x in (100, 125, 150, 200, 300):
        sheet.line(x, 700, x, 560)
    for y in (700, 560):
        sheet.line(100, y, 300, y)
    for at, char in enumerate(words):
        sheet.text(107, 680 - 12 * at, char, 10)  # one character a line
    for at, char in enumerate("不予公开的情形"):  # two columns from right to left
        sheet.text(139 - 11 * (at // 4), 680 - 12 * (at % 4), char, 10)
    sheet.text(170, 690, "总计数量", 10, turn="0 -1 1 0").text(240, 630, "5", 10)
    assert tables(read(sheet)) == [[[words, "不予公开的情形", "总计数量", "5"]]]


def narrow(text_lines: Sequence[str], column: float = 30, size: float = 9) -> Document:
    """A cell of some width with lines of text, beside one that shows the padding."""
    sheet = Sheet().grid((100, 200, 200 + column), (700, 640), [["1.重复申请", ""]])
    for at, line in enumerate(text_lines):
        sheet.text(200 + (column - width(line, size)) / 2, 680 - 11 * at, line, size)
    return read(sheet)


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["1,808,", "595"], "1,808,595"),
        (["11398", "889"], "11398889"),
        (["１８", "０８"], "１８０８"),
        (["1，808，", "595"], "1，808，595"),
    ],
)
def test_a_number_too_long_for_its_cell_is_put_together(lines: list[str], whole: str) -> None:
    document = narrow(lines, column=width(lines[0], 9) + 4)
    assert tables(document) == [[["1.重复申请", whole]]]
    assert not doubted(document)


@pytest.mark.parametrize("lines", [["35", "11"], ["5", "0"], ["１", "２"], ["3 5"], ["12   4"]])
def test_numbers_that_did_not_need_to_be_broken_are_two_and_not_sure(lines: list[str]) -> None:
    document = narrow(lines, column=80)
    assert len(doubted(document)) == 1
    assert tables(document)[0][0][1] not in ("3511", "50")


def test_a_number_that_runs_over_its_rule_stays_whole_and_is_not_sure() -> None:
    sheet = Sheet().grid((100, 200, 230, 260), (700, 680), [["规章", "", ""]]).text(202, 687, "11398889", 9)
    document = read(sheet)
    assert "11398889" in tables(document)[0][0]
    assert "11398889" in doubted(document)
    over_the_edge = Sheet().grid((100, 200, 230), (700, 680), [["规章", ""]]).text(202, 687, "11398889", 9)
    assert "11398889" in doubted(read(over_the_edge))
    cut_off = Sheet().grid((100, 200, 230), (700, 680), [["规章", ""]]).text(203.2, 687, "113988", 9)  # ends at the rule
    assert "113988" in doubted(read(cut_off))


# ------------------------------------------------------------------------------------------------------ page breaks


@pytest.mark.parametrize("shift", [0, 20])
def test_a_table_goes_on_over_pages_with_its_head_repeated(shift: float) -> None:
    """Also where the margins of left and right pages differ."""
    upper, lower = table(700, [HEAD, *ROWS[:4]]), Sheet()
    xs = [x - shift for x in XS]
    lower.grid(xs, [780 - 24 * at for at in range(6)], [HEAD, *ROWS[4:]])
    assert tables(read(upper, lower)) == [[HEAD, *ROWS]]


LONG = "2.要求行政机关确认或重新出具已获取信"
CUTS = {
    "label on one page, its end and the numbers on the next": ([LONG, *BLANK], ["息的申请", *NUMBERS]),
    "label and numbers on one page, the label's end on the next": ([LONG, *NUMBERS], ["息的申请", *BLANK]),
    "label on one page, the numbers on the next": (["2.重复申请", *BLANK], ["", *NUMBERS]),
}


@pytest.mark.parametrize("cut", CUTS)
def test_a_row_that_a_page_break_cuts_is_one_row(cut: str) -> None:
    above, below = CUTS[cut]
    label = above[0] + below[0]
    document = read(table(700, [HEAD, ROWS[0], above]), table(780, [below, ROWS[3]]))
    assert tables(document) == [[HEAD, ROWS[0], [label, *NUMBERS], ROWS[3]]]


@pytest.mark.parametrize("below", [["规范性文件", *NUMBERS], ["3.重复申请", *NUMBERS]])
@pytest.mark.parametrize("above", [["规章", *BLANK], ["2.信访举报投诉类的申请", *BLANK], ["2.信访举报投诉类的申请", *NUMBERS]])
def test_rows_on_either_side_of_a_break_stay_two(above: list[str], below: list[str]) -> None:
    document = read(table(700, [HEAD, above]), table(780, [below, ROWS[3]]))
    assert tables(document) == [[HEAD, above, below, ROWS[3]]]


def test_a_merged_cell_goes_on_over_a_break() -> None:
    def part(top: float, label: str, rows: Sequence[Sequence[str]]) -> Sheet:
        sheet = Sheet()
        bottom = top - 24 * len(rows)
        for x in XS:
            sheet.line(x, top, x, bottom)
        for at in range(len(rows) + 1):
            sheet.line(XS[1] if 0 < at < len(rows) else XS[0], top - 24 * at, XS[-1], top - 24 * at)
        return sheet.text(70, top - 30, label, 9).cells(XS[1:], [top - 24 * at for at in range(len(rows) + 1)], rows)

    rows = [[f"{n}.重复", "1", "2", "3", str(n)] for n in range(1, 6)]
    document = read(part(700, "（三）不予公开", rows[:3]), part(780, "", rows[3:]))
    assert tables(document) == [[["（三）不予公开", *rows[0]], *rows[1:]]]
    (grid,) = (b for b in document.blocks if isinstance(b, Grid))
    assert {row[-1].column for row in grid.rows} == {5}


def test_a_frame_round_a_title_is_no_table() -> None:
    assert paragraphs(read(Sheet().grid((60, 540), (700, 670), [["云溪市水务局"]]))) == ["云溪市水务局"]


def test_page_numbers_and_running_heads_are_dropped_and_do_not_part_a_table() -> None:
    def page(number: int, rows: Sequence[Sequence[str]]) -> Sheet:
        return table(780, rows, Sheet().text(250, 815, "云溪市政务公开", 9).text(280, 40, f"— {number} —", 9))

    document = read(page(1, [HEAD, ROWS[0]]), page(2, [ROWS[1]]), page(3, [ROWS[2]]))
    assert tables(document) == [[HEAD, *ROWS[:3]]]
    assert paragraphs(document) == []


# ----------------------------------------------------------------------------------------------------- running text

BODY = [
    "　　本机关把方便群众查询放在首位，逐项落实公开责任，完善信息发布审",
    "核、保密审查和政策解读等制度，做到应公开尽公开，并接受社会监督，全年",
    "没有发生失泄密事件。",
    "　　（一）主动公开工作。全年公开信息131条。",
    "　　（二）依申请公开工作。2021年共收到政府信息公开申请9件，均在法定",
    "期限内处理。",
]
PROSE = [BODY[0].strip() + BODY[1] + BODY[2], BODY[3].strip(), BODY[4].strip() + BODY[5]]


def test_broken_lines_are_put_together_and_paragraphs_kept_apart() -> None:
    sheet = Sheet().text(170, 780, "云溪市水务局2021年", 18).text(150, 752, "政府信息公开工作年度报告", 18)
    sheet.text(84, 720, "一、总体情况", 12).lines(60, 695, BODY, 14)
    document = read(sheet)
    assert paragraphs(document) == ["云溪市水务局2021年", "政府信息公开工作年度报告", "一、总体情况", *PROSE]


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    document = read(Sheet().lines(60, 160, BODY[:2], 14), Sheet().lines(60, 780, BODY[2:], 14))
    assert paragraphs(document) == PROSE


def test_lines_of_equal_length_are_not_full_lines() -> None:
    names = ["云溪市水务局办公室", "云溪市教育局办公室", "云溪市民政局办公室"]
    assert paragraphs(read(Sheet().lines(60, 700, names))) == names


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [
        "　　一是加强组织领导，落实工作责任",
        "分工，明确专人负责信息公开工作。",
        "　　二是完善信息发布审核制度，做到",
        "先审查后公开。",
    ]
    right = ["　　三是加强业务培训，提高工作水平", "和服务能力，全年举办培训两期。", "　　四是把公开工作纳入年度考核，每", "季度通报一次。"]
    sheet = Sheet().text(150, 780, "云溪市水务局2021年政府信息公开工作年度报告", 14).lines(50, 740, left, 14).lines(310, 740, right, 14)
    whole = [(a + b).strip() for column in (left, right) for a, b in (column[:2], column[2:])]
    assert paragraphs(read(sheet))[1:] == whole


def test_a_layout_cell_with_running_text_is_read_as_text() -> None:
    """Reports that stand as a whole in a cell of some layout; in a cell, no heading or paragraph would be known."""
    sheet = Sheet()
    for x in (50, 140, 560):
        sheet.line(x, 760, x, 300)
    for y in (760, 730, 330, 300):
        sheet.line(50, y, 560, y)
    sheet.text(70, 740, "标题", 12).text(150, 740, "年度报告", 12).text(70, 500, "总体情况", 12).lines(150, 700, BODY * 3, 11, 20)
    sheet.text(70, 310, "备注", 12).text(150, 310, "无", 12)
    document = read(sheet)
    assert tables(document) == [[["标题", "年度报告"]], [["备注", "无"]]]
    assert paragraphs(document) == ["总体情况", *PROSE, *PROSE, *PROSE]


def unruled(rows: Sequence[tuple[float, Sequence[str]]]) -> Document:
    sheet = Sheet()
    for y, row in rows:
        for x, text in zip((80, 300, 350, 400, 450, 500), row, strict=False):
            if text:
                sheet.text(x if x == 80 else x - width(text, 9) / 2, y, text, 9)
    return read(sheet)


def test_a_table_without_rules_keeps_blank_cells_in_their_columns() -> None:
    rows = [[label, *("" if (n + k) % 3 == 0 else value for k, value in enumerate(values))] for n, (label, *values) in enumerate(ROWS)]
    document = unruled([(720 - 18 * at, row) for at, row in enumerate([HEAD, *rows])])
    assert tables(document) == [[HEAD, *rows]]


def test_a_wrapped_label_without_rules_is_put_together() -> None:
    rows = [
        (720, HEAD),
        (700, ["1.要求行政机关确认或重新"]),
        (694, ["", *NUMBERS]),
        (688, ["出具已获取信息"]),
        (670, ["2.重复申请", *NUMBERS]),
    ]
    assert tables(unruled(rows)) == [[HEAD, ["1.要求行政机关确认或重新出具已获取信息", *NUMBERS], ["2.重复申请", *NUMBERS]]]


@pytest.mark.parametrize(
    "rows",
    [
        [(700, ["1.重复申请", "１８６", "0", "0", "0", "1"]), (689, ["", "２"]), (670, ["2.其他", *NUMBERS])],
        [(700, ["1.重复申请", "18", "35", "11", "20", "84"]), (689, ["", "1", "2", "3", "4", "0"]), (670, ["2.其他", *NUMBERS])],
    ],
)
def test_without_rules_values_that_may_belong_elsewhere_are_not_sure(rows: list[tuple[float, list[str]]]) -> None:
    document = unruled([(720, HEAD), *rows])
    assert {cell for _, row in rows for cell in row if cell} <= doubted(document)


def test_without_rules_a_value_between_two_columns_makes_them_doubtful() -> None:
    sheet = Sheet()
    for at, row in enumerate([["1.重复申请", "7", "8"], ["2.其他", "", ""], ["3.补正", "0", "1"]]):
        for x, text in zip((80, 300, 350), row, strict=True):
            sheet.text(x, 720 - 18 * at, text, 9)
    assert {"7", "8", "11398889"} <= doubted(read(sheet.text(305, 702, "11398889", 9)))


# ------------------------------------------------------------------------------------------------------ oddities


ODD: dict[str, Sheet] = {
    "turned page": small_table(Sheet(extra="/Rotate 90")),
    "upside down": small_table(Sheet(extra="/Rotate 180")),
    "outside the crop box": small_table(Sheet(extra="/CropBox[0 0 595 790]")).text(100, 810, "裁切标记", 9),
    "printed twice": small_table(small_table(Sheet())),
    "fake bold": small_table(Sheet()).cells([x + 0.4 for x in XS4], YS3, SMALL),
    "white words": small_table(Sheet()).text(250, 667, "9999", 9, colour="1 g"),
    "invisible words": small_table(Sheet()).text(250, 667, "9999", 9, mode=3),
    "watermark": small_table(Sheet()).text(200, 600, "仅供内部使用", 40, colour="0.8 g", turn="0.7 0.7 -0.7 0.7"),
    "tiny words": small_table(Sheet()).text(250, 667, "9999", 1),
    "form": Sheet().form("X", small_table(Sheet()), "0.8 0 0 0.8 30 40"),
    "form in a form": Sheet().form("X", Sheet().form("Y", small_table(Sheet())), "1 0 0 1 -20 15"),
}


@pytest.mark.parametrize("name", ODD)
def test_only_what_a_reader_sees_is_read(name: str) -> None:
    document = read(ODD[name])
    assert tables(document) == [SMALL]
    assert paragraphs(document) == []
    assert not doubted(document)


def test_a_table_set_sideways_is_read_upright() -> None:
    sheet = Sheet()
    for x in (85, 115, 145):
        sheet.line(x, 180, x, 300)
    for y in (180, 240, 300):
        sheet.line(85, y, 145, y)
    for x, y, text in ((102, 190, "规章"), (102, 250, "5"), (132, 190, "许可"), (132, 250, "12")):
        sheet.text(x, y, text, 10, turn="0 1 -1 0")
    assert tables(read(sheet)) == [[["规章", "5"], ["许可", "12"]]]


def test_white_words_on_a_dark_ground_are_seen() -> None:
    assert paragraphs(read(Sheet().draw("0 0 0.5 rg 90 690 300 40 re f").text(100, 700, "一、总体情况", 14, colour="1 g"))) == [
        "一、总体情况"
    ]


def test_titles_that_a_person_gave_are_kept() -> None:
    title = "云溪市水务局2021年政府信息公开工作年度报告"
    for written, kept in ((title, title), ("Microsoft Word - 文档1", None), ("年报.docx", None), ("文档1", None), ("report", None)):
        assert reader.read(pdf([small_table(Sheet())], title=written), LIMITS).meta.get("title") == kept


def test_radicals_in_the_text_layer_compare_as_the_characters_they_stand_for() -> None:
    assert squash("第⼆⼗条⾏政⾃然⼈⽆废⽌") == "第二十条行政自然人无废止" == fold("第⼆⼗条⾏政⾃然⼈⽆废⽌")
    document = read(Sheet().grid(XS4, YS3, [["⾏政许可", "5", "⽆"], ["⾃然⼈", "", "7"]]))
    assert [[squash(cell) for cell in row] for row in tables(document)[0]] == [["行政许可", "5", "无"], ["自然人", "", "7"]]


# ---------------------------------------------------------------------------------------------------------- scans


def test_a_scan_is_refused_where_nothing_can_recognise_it() -> None:
    with pytest.raises(UnreadableFile, match=r'扫描件.*pip install "nianbao\[ocr\]"'):
        read(Sheet().image())


def test_scanned_pages_among_others_are_named() -> None:
    document = read(small_table(Sheet()), Sheet().image(), Sheet().image().text(280, 40, "— 3 —", 9))
    assert document.meta["unread_pages"] == "2、3"
    assert tables(document) == [SMALL]


def test_scanned_pages_are_recognised_in_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []

    def page(image, limits: Limits) -> list[Text]:  # type: ignore[no-untyped-def]
        sizes.append(image.size)
        return [Text("二、主动公开政府信息情况")]

    monkeypatch.setattr(reader, "_recogniser", lambda: SimpleNamespace(page=page))
    document = read(Sheet().text(60, 780, "一、总体情况"), Sheet().image(), Sheet().text(60, 780, "五、存在的主要问题"))
    assert paragraphs(document) == ["一、总体情况", "二、主动公开政府信息情况", "五、存在的主要问题"]
    assert "unread_pages" not in document.meta
    assert sizes == [(1653, 2339)]  # A4 at 200 dots an inch


def test_a_hidden_layer_over_a_scan_is_somebodys_recognition_and_not_sure() -> None:
    sheet = Sheet().image()
    for at, row in enumerate([HEAD, *ROWS]):
        for x, text in zip((80, 300, 350, 400, 450, 500), row, strict=True):
            sheet.text(x, 720 - 18 * at, text, 9, mode=3)
    document = read(sheet)
    assert tables(document) == [[HEAD, *ROWS]]
    assert {"1", "2", "3"} <= doubted(document)


# -------------------------------------------------------------------------------------------------------- bad input


def test_a_file_locked_without_a_password_is_read_and_one_with_is_refused() -> None:
    assert tables(reader.read(pdf([small_table(Sheet())], password=""), LIMITS)) == [SMALL]
    with pytest.raises(UnreadableFile, match="密码"):
        reader.read(pdf([small_table(Sheet())], password="x"), LIMITS)  # noqa: S106


def raw_page(content: bytes, *others: bytes, pages: bytes = b"/Count 1/Kids[3 0 R]") -> bytes:
    """A file of one page whose content is object 4."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    return file_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages" + pages + b">>", page, content, *others])


def lzw_bomb() -> bytes:
    """Codes that each name the string before them and its first character."""
    codes = [(256, 9)]
    for _ in range(20):
        codes.append((65, 9))
        codes += [(code, 9 + (code >= 511) + (code >= 1023) + (code >= 2047)) for code in range(258, 4094)]
        codes.append((256, 12))
    bits = "".join(format(code, f"0{size}b") for code, size in codes)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


HARMFUL = {
    "bomb": lambda: raw_page(packed(b" " * 60_000_000)),
    "bomb in a bomb": lambda: raw_page(packed(b" " * 60_000_000, 2)),
    "lzw bomb": lambda: raw_page(stream(lzw_bomb(), "/Filter/LZW#44ecode")),
    "ten thousand pages": lambda: pdf([Sheet()] * 10_000),
    "a page tree in a circle": lambda: raw_page(stream(b""), pages=b"/Count 5/Kids[2 0 R 2 0 R 3 0 R]/Parent 2 0 R"),
    "a false number of pages": lambda: raw_page(stream(b""), pages=b"/Count 100000000/Kids[3 0 R]"),
    "deep arrays": lambda: raw_page(stream(b"[" * 300_000)),
    "deep objects": lambda: raw_page(stream(b""), b"[" * 100_000 + b"]" * 100_000),
    "truncated": lambda: pdf([small_table(Sheet())] * 9)[:4000],
    "garbage": lambda: b"%PDF-1.7\n" + bytes(at * 7919 % 256 for at in range(100_000)),
    "nothing but its name": lambda: b"%PDF-1.7",
    "no page": lambda: file_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]),
    "an empty page": lambda: pdf([Sheet()]),
    "text upon text": lambda: pdf([Sheet().draw("BT /F 5 Tf " + "1 0 0 1 50 50 Tm <4e00> Tj " * 40_000 + "ET")]),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_files_are_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(UnreadableFile, match=r"。$"):
        reader.read(HARMFUL[name](), LIMITS)


def test_more_text_or_cells_than_the_limits_is_refused() -> None:
    for limits in (Limits(characters=5), Limits(cells=5)):
        with pytest.raises(UnreadableFile, match="超过"):
            read(small_table(Sheet()), limits=limits)


def test_a_map_among_the_pages_keeps_its_words_and_loses_only_its_tables() -> None:
    lines = " ".join(f"{at % 500} {at % 700} m {at * 7 % 500} {at * 13 % 700} l S" for at in range(70_000))
    document = read(small_table(Sheet().draw(lines)).text(60, 780, "附图", 14), small_table(Sheet()))
    assert "附图" in paragraphs(document)
    assert tables(document)[-1] == SMALL
    assert all(cell in doubted(document) for row in tables(document)[0] for cell in row) or len(tables(document)) == 1


PLAIN = pdf([small_table(Sheet()).form("X", Sheet().text(50, 50, "表")), Sheet().lines(60, 700, BODY, 14)], title="报告")


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 30), st.binary(max_size=12)), min_size=1, max_size=12))
def test_damage_ends_as_a_corpus_error_or_a_document(changes: list[tuple[int, int, bytes]]) -> None:
    damaged = bytearray(PLAIN)
    for at, removed, put in changes:
        damaged[at : at + removed] = put
    try:
        document = reader.read(bytes(damaged), LIMITS)
    except CorpusError:
        return
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(document.text)
