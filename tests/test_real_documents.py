"""Documents as an agency makes them, checked by what they mean: a portal page, and a Word file written with python-docx."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH

from corpus.model import Figure, Report
from corpus.read import read_bytes
from tests.generate import APPLICANTS, GeneratedReport, Key, generate
from tests.print_content import Line, items, placed
from tests.test_formats import assert_cells, assert_identity
from tests.test_generated import RELATIONS, by_key, printed_headings

PORTAL = Path(__file__).parent / "fixtures" / "portal.html"
COLUMNS = (*APPLICANTS, "total")


@pytest.fixture(scope="module", params=["utf-8", "gb2312", "gb2312 in name only"])
def page(request: pytest.FixtureRequest) -> Report:
    """The page in the encoding that it declares, in the older one, and with that one declared and not used."""
    text = PORTAL.read_text("utf-8")
    if request.param != "utf-8":
        text = text.replace("charset=utf-8", "charset=gb2312")
    return read_bytes(text.encode("gbk" if request.param == "gb2312" else "utf-8"))


def row(report: Report, metric: str) -> list[float | None]:
    figures = by_key(report)
    assert all(figures[metric, column].sure for column in COLUMNS)
    return [figures[metric, column].value for column in COLUMNS]


def single(report: Report, metric: str) -> Figure:
    figure = by_key(report)[metric, None]
    assert figure.sure
    return figure


def test_the_page_is_the_bureaus_report_and_not_one_of_those_it_links_to(page: Report) -> None:
    assert (page.agency, page.year, page.edition, page.scope) == ("澜溪县水利局", 2022, "2021", "部门")
    assert page.published == "2023-01-18"
    assert "".join(page.title.split()) == "澜溪县水利局2022年政府信息公开工作年度报告"
    assert page.source_url == "http://www.lanxi-county.example/xxgk/slj/nb/202301/t20230118_48213.html"


def test_the_page_has_the_six_sections(page: Report) -> None:
    assert ["".join(heading.split()) for heading in printed_headings(page).values()] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_the_pages_disclosure_table_keeps_words_marks_and_units(page: Report) -> None:
    rules = [single(page, f"rules.{column}") for column in ("issued", "repealed", "in_force")]
    assert [(f.state, f.printed) for f in rules] == [("text", "本单位不制定规章"), ("na", "/"), ("na", "/")]
    assert [single(page, f"normative.{column}").value for column in ("issued", "repealed", "in_force")] == [1, 0, 4]
    assert (single(page, "licensing.decisions").value, single(page, "licensing.decisions").printed) == (1204, "1,204")
    assert [single(page, f"{name}.decisions").value for name in ("penalty", "coercion")] == [37, 0]
    assert (single(page, "fees.amount").value, single(page, "fees.amount").printed) == (19.62, "19.62 万元")


def test_the_pages_request_table_adds_up(page: Report) -> None:
    assert row(page, "requests.received") == [11, 3, 0, 0, 1, 0, 15]
    assert row(page, "requests.carried_in") == [2, 0, 0, 0, 0, 0, 2]
    assert row(page, "outcome.granted") == [4, 2, 0, 0, 0, 0, 6]
    assert row(page, "outcome.refused.third_party") == [0, 1, 0, 0, 0, 0, 1]
    assert row(page, "outcome.unavailable.not_held") == [3, 0, 0, 0, 1, 0, 4]
    assert row(page, "outcome.other.rest") == [1, 0, 0, 0, 0, 0, 1]
    assert row(page, "outcome.total") == [11, 3, 0, 0, 1, 0, 15]
    assert row(page, "requests.carried_out") == [2, 0, 0, 0, 0, 0, 2]
    relations = [check for check in page.checks if check.rule in RELATIONS and check.rule != "dispute.sum"]
    assert relations
    assert {check.status for check in relations} == {"pass"}


def test_the_pages_dispute_table_tells_blank_from_zero(page: Report) -> None:
    results = ("upheld", "corrected", "other", "pending", "total")
    assert [single(page, f"review.{result}").value for result in results] == [1, 0, 0, 1, 2]
    assert {single(page, f"litigation.direct.{result}").state for result in results} == {"blank"}
    assert {single(page, f"litigation.after_review.{result}").state for result in results} == {"zero"}


def test_the_pages_narrative_states_what_the_table_states(page: Report) -> None:
    stated = {(q.subject, q.channel, q.period): (q.value, q.unit) for q in page.quantities}
    assert stated["requests.received", None, "year"] == (15, "件")
    assert stated["published", "website", "year"] == (126, "条")
    assert stated["published", "wechat", "year"] == (58, "篇")
    assert not [q for q in page.quantities if q.subject in ("requests.received", "requests.carried_in") and q.value not in (15, 2)]
    assert not [check.message for check in page.checks if check.status == "fail"]


def test_nothing_of_the_page_round_the_report_is_taken_for_it(page: Report) -> None:
    for words in ("ICP备", "主办单位", "走进澜溪", "请输入关键字", "表格可左右滑动", "扫一扫", "88", "99", "2026年"):
        assert words not in page.text[page.sections[1].start :], words
    assert "2021年政府信息公开工作年度报告" not in page.text
    assert page.passages[-1].text == "本年度没有收取信息处理费，没有其他需要报告的事项。"


# ------------------------------------------------------------------------------------------------------------------ Word


def word_file(made: GeneratedReport) -> bytes:
    """The report typed into Word: heading styles, merged cells, table 三 on a page of its own across, a header and a footer."""
    document = Document()
    document.core_properties.title = "云溪市2016年工作要点"  # left over from the file that was typed over
    document.sections[0].header.paragraphs[0].text = "（征求意见稿）"
    document.sections[0].footer.paragraphs[0].text = "第 2 页 共 6 页"
    for item in items(made, Random(1)):
        if isinstance(item, Line):
            paragraph = document.add_paragraph(style="Heading 1" if item.role == "heading" else None)
            half = len(item.text) // 2
            for part in (item.text[:half], item.text[half:]):
                paragraph.add_run(part).bold = item.role == "title"
            if item.role == "title":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            continue
        if item.number == 3:
            document.add_section().orientation = WD_ORIENT.LANDSCAPE
        lines = placed(item.rows)
        table = document.add_table(len(lines), max(column + slot.across for line in lines for column, slot in line), style="Table Grid")
        cells = [row.cells for row in table.rows]
        for at, line in enumerate(lines):
            for column, slot in line:
                cell = cells[at][column]
                if slot.down > 1 or slot.across > 1:
                    cell = cell.merge(cells[at + slot.down - 1][column + slot.across - 1])
                cell.text = slot.text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("edition", "seed", "marks"), [("2019", 11, "na"), ("2021", 12, "blank")])
def test_a_file_typed_in_word_is_read_as_typed(edition: str, seed: int, marks: str) -> None:
    made = generate(Random(seed), edition=edition, marks=marks)
    key: Key = ("requests.received", "research")
    report = read_bytes(word_file(made))
    assert_identity(report, made)
    assert_cells(report, made, {})
    assert by_key(report)[key].place.endswith("科研机构")
    assert "征求意见稿" not in report.text
    assert "共 6 页" not in report.text
