"""Generated reports printed into every file type and read back: every cell, state, name, year, date and heading, in every style.

Where a format leaves a cell more than one reading, nothing sure may be wrong. Runs are derandomised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

import pytest
from hypothesis import given, settings

from corpus.formats import Limits, expand
from corpus.model import Figure, Report
from corpus.read import read_bytes
from tests.generate import MARKS, GeneratedReport, Key, generate
from tests.print_content import FILE_NUMBERS, FILE_TITLES
from tests.print_docx import AUTOMATIC_NUMBERS, FULL_GRID_LINES
from tests.print_files import PRINTERS, browser_pdf, to_html, to_mht, to_zip
from tests.print_html import ONE_A_LINE
from tests.print_pdf import CHROMIUM
from tests.slip import Expected
from tests.slips import SLIPS
from tests.test_generated import by_key, examples, has_one_reading, printed_headings, seeds, told

STYLES = [pytest.param(kind, style, id=f"{kind}-{style}") for kind, (_, styles) in PRINTERS.items() for style in styles]
# A slip is seen through one file that keeps merged cells, and through others that keep less.
SEEN_THROUGH = (("html", "clean"), ("docx", "word"), ("xlsx", "one_sheet"), ("markdown", "bars"))
REAL_CELLS = ("html", "docx")
# The browser or Word draws the number of a heading; what remains of it in the file is the title.
UNNUMBERED = ("listed", *AUTOMATIC_NUMBERS)
# What stands in a file and not in what it shows, and what a page says round the report.
UNSEEN = ("（样例）", "原稿", "内部资料", "请打开脚本", "浏览本站", "与上年的12件核对")
FURNITURE = ("ICP备", "主办单位", "网站标识码", "上一篇", "下一篇", "相关信息", "关闭窗口", "打印本页", "分享到", "网站首页", "互动交流")


def written(rng: Random, style: str, marks: str) -> GeneratedReport:
    """A report with a title and headings of any style that files have."""
    numbers = "unnumbered" if style in UNNUMBERED else rng.choice(FILE_NUMBERS)
    return generate(rng, title=rng.choice(FILE_TITLES), numbers=numbers, renamed=True, marks=marks)


# ------------------------------------------------------------------------------------------------------------ comparing


def is_exact(figure: Figure, made: GeneratedReport, key: Key, text: str) -> bool:
    gold, printed = made.gold[key], made.cells[key]
    if (figure.state, figure.value, figure.printed) != (gold.state, gold.value, printed) or figure.span is None:
        return False
    return text[figure.span.start : figure.span.end] == printed and (not gold.unit or figure.unit == gold.unit)


def assert_cells(report: Report, made: GeneratedReport, expected: Mapping[Key, Expected]) -> None:
    """Each cell as ``expected`` of it (exact where nothing is said), and no figure both wrong and sure."""
    figures = by_key(report)
    assert set(figures) == set(made.cells)
    for key, figure in figures.items():
        exact = is_exact(figure, made, key, report.text)
        unsure = figure.state == "missing" or not figure.sure
        right = {"exact": exact and figure.sure, "careful": exact or unsure, "doubt": unsure, "missing": figure.state == "missing"}
        what = expected.get(key, "exact")
        assert right[what], f"{what} expected; {told(figure, made, key)}"


def squeezed(text: str) -> str:
    return "".join(text.split())


def assert_identity(report: Report, made: GeneratedReport, sections: Iterable[int] = range(1, 7)) -> None:
    assert (report.agency, report.year) == (made.agency, made.year)
    assert report.published == made.published
    if 2 in made.tables:
        assert report.edition == made.edition
    found = printed_headings(report)
    assert list(found) == list(sections)
    for number, heading in found.items():
        title = squeezed(made.headings[number - 1])
        # A list's number and the marks of Markdown may stand before it.
        assert squeezed(heading).endswith(title)
        assert len(squeezed(heading)) <= len(title) + 3


def assert_narrative(report: Report, made: GeneratedReport) -> None:
    numbers = {(q.subject, q.channel): q.value for q in report.quantities if q.section == 1}
    assert numbers["requests.received", None] == made.narrative.received
    assert numbers["published", "website"] == made.narrative.website
    assert numbers["published", "wechat"] == made.narrative.wechat


def assert_nothing_else(report: Report) -> None:
    """Neither what the file hides nor what a page says round the report."""
    assert not [words for words in UNSEEN if words in report.text]
    passages = "\n".join(passage.text for passage in report.passages)
    assert not [words for words in FURNITURE if words in passages]


def uncertain(made: GeneratedReport, kind: str, style: str) -> dict[Key, Expected]:
    """Cells that the format itself leaves in doubt, because it keeps neither merged cells nor blank ones."""
    if kind == "html" and style in ONE_A_LINE and "blank" in {gold.state for gold in made.gold.values()}:
        return dict.fromkeys(made.cells, "careful")
    if kind == "markdown" or style in FULL_GRID_LINES:
        return {key: "careful" for key in made.cells if not has_one_reading(made, "markdown", key)}
    return {}


# ----------------------------------------------------------------------------------------------------------- properties


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize(("kind", "style"), STYLES)
@settings(examples, max_examples=2)
@given(seed=seeds)
def test_every_style_of_every_file_is_read_as_it_shows(kind: str, style: str, marks: str, seed: int) -> None:
    rng = Random(f"{seed} {kind} {style} {marks}")
    made = written(rng, style, marks)
    report = read_bytes(PRINTERS[kind][0](made, rng, style))
    assert_identity(report, made)
    assert_cells(report, made, uncertain(made, kind, style))
    assert_narrative(report, made)
    assert_nothing_else(report)
    if not uncertain(made, kind, style):
        assert not [check.message for check in report.checks if check.status == "fail"]


@pytest.mark.parametrize(
    ("slip", "kind", "style"),
    [
        pytest.param(name, kind, style, id=f"{name}-{kind}")
        for name, slip in SLIPS.items()
        for kind, style in SEEN_THROUGH
        if kind in REAL_CELLS or not slip.cells
    ],
)
@settings(examples, max_examples=1)
@given(seed=seeds)
def test_a_slip_is_read_for_what_it_is(slip: str, kind: str, style: str, seed: int) -> None:
    rng = Random(f"{seed} {slip} {kind}")
    planted = SLIPS[slip]
    slipped = planted.plant(generate(rng, edition=planted.edition), rng)
    report = read_bytes(PRINTERS[kind][0](slipped.made, rng, style, slipped.edit))
    assert_identity(report, slipped.made, slipped.sections)
    assert_cells(report, slipped.made, {**uncertain(slipped.made, kind, style), **slipped.expected})


# ----------------------------------------------------------------------------------------------------- other containers


@pytest.mark.parametrize("style", ["portal", "clean"])
def test_a_page_saved_in_one_file_is_the_page(style: str) -> None:
    for seed in range(3):
        rng = Random(seed)
        made = written(rng, style, "na")
        charset = "gb2312" if style == "portal" else "utf-8"
        report = read_bytes(to_mht(to_html(made, rng, style), charset))
        assert_identity(report, made)
        assert_cells(report, made, {})


@pytest.mark.parametrize("names", ["utf-8", "gbk"])
def test_an_archive_gives_each_report_under_its_own_name(names: str) -> None:
    rng = Random(5)
    reports = {f"报告/{kind}-{at}.{kind}": (kind, style, generate(rng, marks="na")) for at, (kind, style) in enumerate(SEEN_THROUGH)}
    files = {name: PRINTERS[kind][0](made, rng, style) for name, (kind, style, made) in reports.items()}
    inner = to_zip({"内层.html": files["报告/html-0.html"]}, names)
    found = dict(expand("一批.zip", to_zip({**files, "再压缩.zip": inner}, names), Limits()))
    assert set(found) == {*(f"一批.zip/{name}" for name in files), "一批.zip/再压缩.zip/内层.html"}
    for name, (_, _, made) in reports.items():
        data = found[f"一批.zip/{name}"]
        assert isinstance(data, bytes)
        report = read_bytes(data)
        assert_identity(report, made)
        assert_cells(report, made, {})


# ------------------------------------------------------------------------------------------------------------------ PDF


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (tests/chromium.sh installs it where it can)")
def test_a_page_printed_to_pdf_is_read_as_the_page() -> None:
    with browser_pdf() as to_pdf:
        for seed, style, marks in ((1, "clean", "full"), (2, "misdeclared", "na")):
            rng = Random(seed)
            made = generate(rng, marks=marks)
            report = read_bytes(to_pdf(to_html(made, rng, style)))
            assert_identity(report, made)
            assert_cells(report, made, {})
