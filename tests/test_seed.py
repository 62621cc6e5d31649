"""The shipped report, checked against its text by eye: every expectation here was read off the printed page."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.model import Figure, Report
from tests.conftest import AGENCY

APPLICANTS = ("natural", "company", "research", "public_benefit", "legal_service", "other", "total")


@pytest.fixture(scope="module")
def figures(report: Report) -> dict[tuple[str, str | None], Figure]:
    return {(f.metric, f.applicant): f for f in report.figures}


def test_who_when_what(report: Report) -> None:
    assert (report.agency, report.year, report.edition, report.scope) == (AGENCY, 2019, "2019", "本级")
    assert report.title == "淄博经济开发区管理委员会办公室 2019 年政府信息公开工作年度报告"
    assert report.found["agency"] == report.found["year"] == "标题"


def test_six_sections_though_the_fourth_is_written_with_a_dot(report: Report) -> None:
    headings = {s.number: report.text[s.heading.start : s.heading.end] for s in report.sections if s.number}
    assert headings == {
        1: "一、总体情况", 2: "二、主动公开政府信息情况", 3: "三、收到和处理政府信息公开申请情况",
        4: "四. 政府信息公开行政复议、行政诉讼情况", 5: "五、存在的主要问题及改进情况", 6: "六、需要报告的其他事项",
    }  # fmt: skip


def test_every_cell_of_the_form_is_a_figure(report: Report) -> None:
    assert Counter(f.place[:2] for f in report.figures) == {"表二": 22, "表三": 23 * 7, "表四": 15}
    assert Counter(f.state for f in report.figures) == {"zero": 185, "value": 8, "blank": 5}
    assert all(f.sure for f in report.figures)


def test_the_only_cells_that_are_not_zero(figures: dict[tuple[str, str | None], Figure]) -> None:
    values = {key: (f.value, f.unit, f.printed) for key, f in figures.items() if f.state == "value"}
    five = (5, "件", "5")
    assert values == {
        ("requests.received", "natural"): five, ("requests.received", "total"): five,
        ("outcome.granted", "natural"): five, ("outcome.granted", "total"): five,
        ("outcome.total", "natural"): five, ("outcome.total", "total"): five,
        ("procurement.projects", None): (1, "项", "1"), ("procurement.amount", None): (19.7, "万", "19.7 万"),
    }  # fmt: skip


def test_blank_reviews_are_not_zero_litigation(figures: dict[tuple[str, str | None], Figure]) -> None:
    for result in ("upheld", "corrected", "other", "pending", "total"):
        assert figures[f"review.{result}", None].state == "blank"
        assert figures[f"review.{result}", None].value is None
        for block in ("litigation.direct", "litigation.after_review"):
            assert (figures[f"{block}.{result}", None].state, figures[f"{block}.{result}", None].value) == ("zero", 0)


def test_the_row_that_a_page_break_shifted_is_read_column_by_column(report: Report, figures: dict[tuple[str, str | None], Figure]) -> None:
    spans = [figures["outcome.refused.internal", a].span for a in APPLICANTS]
    line = "5. 属于三类内部事务信息\t\t0\t0\t0\t0\t0\t0\t0"
    start = report.text.index(line)
    zeros = [start + i for i, c in enumerate(line) if c == "0"]
    assert [s.start for s in spans if s] == zeros


def test_spans_point_at_what_was_printed(report: Report) -> None:
    for figure in report.figures:
        assert figure.span is not None
        assert report.text[figure.span.start : figure.span.end] == figure.printed


@pytest.mark.parametrize(
    ("printed", "counted", "subject", "channel", "value", "unit"),
    [
        ("131 条", "政府信息公开专栏公开信息", "published", "website", 131, "条"),
        ("52 条", "政策法规等其他信息", "published", "website", 52, "条"),
        ("152 条", "发布信息", "published", "wechat", 152, "条"),
        ("5 件", "依申请公开信息", "requests.received", None, 5, "件"),
        ("0 件", "当面申请", "requests.received", "in_person", 0, "件"),
        ("4 件", "信函申请", "requests.received", "letter", 4, "件"),
        ("1 件", "网上申请", "requests.received", "online", 1, "件"),
        ("5 件", "申请办结数", "requests.completed", None, 5, "件"),
        ("5 件", "同意公开答复数", "requests.granted", None, 5, "件"),
        ("0 件", "不同意公开答复数", "requests.refused", None, 0, "件"),
        ("29 人", "政务公开工作人员", "training", None, 29, "人"),
        ("32 次", "回应事件数", "responses", None, 32, "次"),
        ("4%", "权重", "weight", None, 4, "%"),
    ],
)
def test_every_quantity_of_the_narrative(
    report: Report, printed: str, counted: str, subject: str, channel: str | None, value: float, unit: str
) -> None:
    found = [q for q in report.quantities if q.printed == printed and q.counted.endswith(counted) and q.subject == subject]
    assert len(found) == 1
    quantity = found[0]
    assert (quantity.channel, quantity.value, quantity.unit, quantity.period, quantity.approximate) == (channel, value, unit, "year", False)
    sentence = report.text[quantity.sentence.start : quantity.sentence.end]
    assert printed in sentence
    assert sentence.endswith("。")
    assert report.text[quantity.span.start : quantity.span.end].strip() == printed


def test_no_other_number_is_taken_for_a_quantity(report: Report) -> None:
    """2019 年, 12月初 and the numbering of paragraphs count nothing; 一位负责同志 does."""
    assert Counter(q.printed for q in report.quantities) == Counter(
        ["131 条", "52 条", "152 条", "5 件", "0 件", "4 件", "1 件", "5 件", "5 件", "0 件", "一位", "29 人", "32 次", "4%"]
    )


def test_passages_are_the_text_that_their_offsets_hold(report: Report) -> None:
    assert len(report.passages) == 10
    for passage in report.passages:
        assert report.text[passage.start : passage.end].strip() == passage.text or "\n" in report.text[passage.start : passage.end]
    assert [p.topic for p in report.passages if p.section == 5] == ["problems", "measures", "measures"]


def test_relations_pass_or_cannot_be_judged(report: Report) -> None:
    outcomes = Counter((c.rule, c.status) for c in report.checks)
    assert outcomes["requests.balance", "pass"] == outcomes["outcome.sum", "pass"] == 7
    assert outcomes["row.sum", "pass"] == 23
    assert (outcomes["dispute.sum", "pass"], outcomes["dispute.sum", "unknown"]) == (2, 1)
    assert outcomes["text.table", "pass"] == 4  # 依申请公开信息, 办结, 同意, 不同意
    assert not any(c.status == "fail" for c in report.checks)
    numbering = next(c for c in report.checks if c.rule == "sections.numbering")
    assert "1、2、3、5、6" in numbering.message
