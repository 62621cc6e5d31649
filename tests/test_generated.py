"""Generated reports: what is printed, in whatever layout, is what is read, and what cannot be told is never claimed.

Runs are derandomised, so that a failure here is a change of the code; a seed does not shrink to anything simpler.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from corpus.forms import forms
from corpus.model import Figure, Report, Span
from corpus.read import read_bytes
from tests.generate import (
    APPLICANTS,
    BLOCKS,
    HEADINGS,
    LAYOUTS,
    MARKS,
    NUMBERS,
    RESULTS,
    TITLES,
    GeneratedReport,
    Gold,
    Key,
    Spans,
    Wording,
    generate,
    headings,
    outcome_rows,
    render,
    render_with_spans,
    request_lines,
)

STRAIGHT = tuple(layout for layout in LAYOUTS if layout != "tsv_shifted")
TABULAR = ("tsv", "tsv_shifted", "pipes", "markdown")
COLUMNS = (*APPLICANTS, "total")
RELATIONS = ("requests.balance", "outcome.sum", "row.sum", "dispute.sum")
seeds = st.integers(0, 2**32 - 1)
examples = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow],
)


def cases(*columns: Iterable[str]) -> Sequence[object]:
    """Every combination as a parameter."""
    combined: list[tuple[str, ...]] = [()]
    for column in columns:
        combined = [(*before, value) for before in combined for value in column]
    return [pytest.param(*values, id="-".join(values)) for values in combined]


# ------------------------------------------------------------------------------------------------------- comparing


def by_key(report: Report) -> dict[Key, Figure]:
    return {(f.metric, f.applicant): f for f in report.figures}


def is_right(figure: Figure, made: GeneratedReport, key: Key, spans: Spans) -> bool:
    """State, number, unit, printed form and the very place in the text."""
    gold, printed = made.gold[key], made.cells[key]
    if (figure.state, figure.value, figure.printed) != (gold.state, gold.value, printed) or figure.span is None:
        return False
    if gold.unit and figure.unit != gold.unit:
        return False
    if gold.state == "blank":  # nothing is printed, and where exactly nothing stands is no matter
        return figure.span.start == figure.span.end
    return (figure.span.start, figure.span.end) == spans[key]


def told(figure: Figure, made: GeneratedReport, key: Key) -> str:
    return f"{key}: {made.cells[key]!r} was read as {figure.state} {figure.value!r} {figure.printed!r} at {figure.span}, sure={figure.sure}"


def assert_exact(report: Report, made: GeneratedReport, spans: Spans, keys: Iterable[Key] | None = None) -> None:
    figures = by_key(report)
    assert set(figures) == set(made.cells)
    for key in made.cells if keys is None else keys:
        assert is_right(figures[key], made, key, spans), told(figures[key], made, key)
        assert figures[key].sure, told(figures[key], made, key)


def assert_identity(report: Report, made: GeneratedReport) -> None:
    assert (report.agency, report.year, report.edition) == (made.agency, made.year, made.edition)
    assert report.published == made.published
    assert printed_headings(report) == dict(enumerate(made.headings, 1))


def printed_headings(report: Report) -> dict[int, str]:
    return {s.number: report.text[s.heading.start : s.heading.end] for s in report.sections if s.number}


def has_one_reading(made: GeneratedReport, layout: str, key: Key) -> bool:
    """Whether the layout leaves a cell one reading: a row with blanks must have no other empty cells about it."""
    metric, applicant = key
    row = [k for k in made.cells if (k[0] == metric if applicant else k[1] is None and _row(k[0]) == _row(metric))]
    if all(made.cells[k] for k in row) or layout == "pipes":
        return True
    if layout == "tsv_shifted":
        return False
    return applicant is None or metric in {m for m, depth, *_ in request_lines(made.edition) if depth == 2}


def _row(metric: str) -> str:
    """Table 四 is one row; a row of table 二 is the metric without its column."""
    return "disputes" if metric.startswith(BLOCKS) else metric.split(".")[0]


def expected_relations(made: GeneratedReport) -> dict[tuple[str, frozenset[str]], str]:
    """Each relation by its rule and the places of its operands: pass, fail, or unknown where an operand is no number."""
    places = {(metric, applicant): place for metric, applicant, _, place in forms()[made.edition].cells()}
    relations: list[tuple[str, list[Key], list[Key]]] = []
    for column in COLUMNS:
        relations += [
            (
                "requests.balance",
                [("requests.received", column), ("requests.carried_in", column)],
                [("outcome.total", column), ("requests.carried_out", column)],
            ),
            ("outcome.sum", [(metric, column) for metric in outcome_rows(made.edition)], [("outcome.total", column)]),
        ]
    for metric in dict.fromkeys(m for m, *_ in request_lines(made.edition) if m):
        relations.append(("row.sum", [(metric, applicant) for applicant in APPLICANTS], [(metric, "total")]))
    for block in BLOCKS:
        relations.append(("dispute.sum", [(f"{block}.{result}", None) for result in RESULTS], [(f"{block}.total", None)]))
    found = {}
    for rule, left, right in relations:
        values = [[made.gold[key].value for key in side] for side in (left, right)]
        known = all(value is not None for side in values for value in side)
        sums = [sum(value or 0 for value in side) for side in values]
        status = "unknown" if not known else "pass" if sums[0] == sums[1] else "fail"
        found[rule, frozenset(places[key] for key in (*left, *right))] = status
    return found


def read_relations(report: Report) -> dict[tuple[str, frozenset[str]], str]:
    return {(c.rule, frozenset(c.places)): c.status for c in report.checks if c.rule in RELATIONS}


def printed(made: GeneratedReport, layout: str, seed: int = 1) -> tuple[Report, Spans]:
    text, spans = render_with_spans(made, layout, Random(seed))
    return read_bytes(text.encode()), spans


def styled(rng: Random, marks: str) -> GeneratedReport:
    """A report with a title and headings of any style."""
    return generate(rng, title=rng.choice(sorted(TITLES)), numbers=rng.choice(sorted(NUMBERS)), renamed=True, marks=marks)


# ------------------------------------------------------------------------------------------------------- properties


@pytest.mark.parametrize(("layout", "marks"), [*cases(TABULAR, MARKS), *cases(("lines", "lines_blank"), ("full", "na"))])
@examples
@given(seed=seeds)
def test_every_cell_is_read_as_printed(layout: str, marks: str, seed: int) -> None:
    rng = Random(seed)
    made = styled(rng, marks=marks)
    text, spans = render_with_spans(made, layout, rng)
    report = read_bytes(text.encode())
    assert_identity(report, made)
    figures = by_key(report)
    assert_exact(report, made, spans, [key for key in made.cells if has_one_reading(made, layout, key)])
    for key, figure in figures.items():
        assert is_right(figure, made, key, spans) or not figure.sure, told(figure, made, key)
        if figure.span is not None:
            assert text[figure.span.start : figure.span.end].strip() == figure.printed


@pytest.mark.parametrize(("layout", "marks"), cases(("lines", "lines_blank"), ("blank", "holes")))
@examples
@given(seed=seeds)
def test_blank_cells_that_a_converter_dropped_make_no_wrong_figure(layout: str, marks: str, seed: int) -> None:
    rng = Random(seed)
    made = generate(rng, marks=marks)
    text, spans = render_with_spans(made, layout, rng)
    for key, figure in by_key(read_bytes(text.encode())).items():
        assert figure.state == "missing" or not figure.sure or is_right(figure, made, key, spans), told(figure, made, key)


@pytest.mark.parametrize(("layout", "marks"), cases(LAYOUTS, ("full", "na")))
@settings(examples, max_examples=10)
@given(seed=seeds)
def test_relations_hold_where_the_report_is_consistent(layout: str, marks: str, seed: int) -> None:
    rng = Random(seed)
    made = generate(rng, marks=marks)
    report = read_bytes(render(made, layout, rng).encode())
    assert "fail" not in expected_relations(made).values()
    assert read_relations(report) == expected_relations(made)
    assert not [check for check in report.checks if check.status == "fail"]
    if marks == "full":
        # Made-up bureaus print 规章 that they could not make, which is remarked.
        assert {check.status for check in report.checks if check.rule != "cells.implausible"} == {"pass"}


@pytest.mark.parametrize("layout", TABULAR)
@settings(examples, max_examples=20)
@given(seed=seeds, marks=st.sampled_from(("blank", "holes")))
def test_a_consistent_report_with_blanks_fails_no_relation(layout: str, seed: int, marks: str) -> None:
    rng = Random(seed)
    made = generate(rng, marks=marks)
    report = read_bytes(render(made, layout, rng).encode())
    assert not [check.message for check in report.checks if check.status == "fail"]


@pytest.mark.parametrize(("layout", "rule"), cases(LAYOUTS, RELATIONS))
@settings(examples, max_examples=8)
@given(seed=seeds)
def test_a_wrong_total_fails_its_rule_at_its_place(layout: str, rule: str, seed: int) -> None:
    rng = Random(seed)
    made = generate(rng)
    key: Key = {
        "requests.balance": ("requests.carried_out", rng.choice(COLUMNS)),
        "outcome.sum": ("outcome.total", rng.choice(COLUMNS)),
        "row.sum": (rng.choice(outcome_rows(made.edition)), "total"),
        "dispute.sum": (f"{rng.choice(BLOCKS)}.total", None),
    }[rule]
    made = made.with_number(key, (made.gold[key].value or 0) + rng.choice((1, 2, 10)))  # type: ignore[arg-type]
    text, spans = render_with_spans(made, layout, rng)
    report = read_bytes(text.encode())
    assert_exact(report, made, spans)  # a printed cell is never mended
    assert read_relations(report) == expected_relations(made)
    place = by_key(report)[key].place
    failed = [c for c in report.findings if c.rule == rule and c.status == "fail"]
    assert failed
    assert all(place in c.places and Span(*spans[key]) in c.spans for c in failed)


@pytest.mark.parametrize("slip", [0, 1, 25])
@settings(examples, max_examples=20)
@given(seed=seeds)
def test_the_narrative_is_read_and_held_against_the_table(slip: int, seed: int) -> None:
    made = generate(Random(seed))
    stated = replace(made.narrative, received=made.narrative.received + slip)
    report, _ = printed(replace(made, narrative=stated), "tsv", seed)
    numbers = {(q.subject, q.channel): q for q in report.quantities if q.section == 1}
    assert numbers["requests.received", None].value == stated.received
    assert numbers["published", "website"].value == stated.website
    assert numbers["published", "wechat"].value == stated.wechat
    assert (numbers["training", None].value, numbers["training", None].unit) == (stated.people, "人")
    [check] = [c for c in report.checks if c.rule == "text.table"]
    assert check.status == ("fail" if slip else "pass")
    assert check.values == (stated.received, made.narrative.received)


# -------------------------------------------------------------------------------------------------- titles, headings


@pytest.mark.parametrize("title", cases(TITLES))
@settings(examples, max_examples=5)
@given(seed=seeds)
def test_agency_year_and_date_of_every_opening(title: str, seed: int) -> None:
    made = generate(Random(seed), title=title)
    assert_identity(printed(made, "tsv", seed)[0], made)


@pytest.mark.parametrize(("numbers", "gap"), cases(NUMBERS, ("apart", "tight")))
@settings(examples, max_examples=8)
@given(seed=seeds, layout=st.sampled_from(LAYOUTS))
def test_headings_are_found_whole(numbers: str, gap: str, seed: int, layout: str) -> None:
    rng = Random(seed)
    titles = [rng.choice(names) for names in HEADINGS]
    if (numbers, gap) == ("unnumbered", "tight"):  # without number and blank line a long heading is like any line
        titles = [names[0] for names in HEADINGS]
    made = replace(generate(rng), headings=headings(numbers, titles), tight=gap == "tight")
    report, _ = printed(made, layout, seed)
    assert printed_headings(report) == dict(enumerate(made.headings, 1))


@pytest.mark.parametrize(
    "slips",
    [(1, 2, 3, 4, 4, 6), (1, 2, 2, 4, 5, 6), (1, 2, 3, 5, 6, 7), (2, 3, 4, 5, 6, 7), (1, 1, 1, 1, 1, 1), (1, 2, 3, 4, 6, 5)],
    ids=str,
)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("numbers", ["canonical", "full_stop"])
def test_headings_go_by_their_words_where_the_numbering_slips(slips: tuple[int, ...], layout: str, numbers: str) -> None:
    for seed in range(2):
        rng = Random(seed)
        made = replace(generate(rng), headings=headings(numbers, [names[0] for names in HEADINGS], slips))
        assert printed_headings(printed(made, layout, seed)[0]) == dict(enumerate(made.headings, 1))


# ------------------------------------------------------------------------------------------------ the forms and cells


@pytest.mark.parametrize("layout", STRAIGHT)
@pytest.mark.parametrize("table", [2, 3, 4])
def test_an_absent_table_is_missing_and_the_others_are_read(table: int, layout: str) -> None:
    made = generate(Random(table))
    made = replace(made, tables=frozenset((2, 3, 4)) - {table})
    report, spans = printed(made, layout)
    figures = by_key(report)
    absent = {key for key, figure in figures.items() if figure.place.startswith(f"表{'一二三四'[table - 1]}")}
    assert absent
    for key in absent:
        assert (figures[key].state, figures[key].value, figures[key].span) == ("missing", None, None)
    assert_exact(report, made, spans, set(made.cells) - absent)
    assert [c.places for c in report.checks if c.rule == "tables.missing"] == [(f"表{'一二三四'[table - 1]}",)]
    assert list(printed_headings(report)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("layout", STRAIGHT)
@pytest.mark.parametrize(("edition", "year"), [("2021", 2020), ("2019", 2023)])
def test_the_edition_goes_by_labels_and_not_by_the_year(edition: str, year: int, layout: str) -> None:
    made = generate(Random(year), edition=edition, year=year)
    report, spans = printed(made, layout)
    assert_identity(report, made)
    assert_exact(report, made, spans)


@pytest.mark.parametrize("layout", ["tsv", "pipes", "markdown"])
@pytest.mark.parametrize("words", cases(("本单位未制作规章", "本级没有制定权", "规章由市人民政府制定", "行政许可事项已划转")))
def test_words_in_cells_are_text_and_never_numbers(words: str, layout: str) -> None:
    made = generate(Random(7), edition="2021")
    row = "licensing" if words.startswith("行政许可") else "rules"
    for key in [key for key in made.cells if key[0].startswith(f"{row}.")]:
        made = made.with_cell(key, words, Gold("text", None))
    report, spans = printed(made, layout)
    assert_exact(report, made, spans)


@pytest.mark.parametrize("layout", STRAIGHT)
@pytest.mark.parametrize(
    ("metric", "text", "value", "unit"),
    [
        ("licensing.items_change", "+123", 123, "项"),
        ("licensing.items_change", "减4", -4, "项"),
        ("penalty.items_change", "－59", -59, "项"),
        ("fees.items_change", "增加2", 2, "项"),
        ("procurement.amount", "19.7 万", 19.7, "万"),
        ("procurement.amount", "251000元", 251_000, "元"),
        ("procurement.amount", "128.6441万元", 128.6441, "万元"),
        ("procurement.amount", "52.15", 52.15, ""),
        ("procurement.amount", "0.00", 0, ""),
        ("normative.published_total", "1,808,595", 1_808_595, "件"),
        ("normative.published_total", "1，808", 1_808, "件"),
        ("rules.newly_made", "１２", 12, "件"),
        ("services.decisions", "11398889", 11_398_889, "件"),
    ],
)
def test_numbers_as_reports_print_them(metric: str, text: str, value: float, unit: str, layout: str) -> None:
    made = generate(Random(3), edition="2019")
    made = made.with_cell((metric, None), text, Gold("value" if value else "zero", value))
    report, spans = printed(made, layout)
    assert_exact(report, made, spans)
    assert by_key(report)[metric, None].unit == unit


@pytest.mark.parametrize("mark", ["/", "-", "—", "——", "无", "不涉及", "不适用"])
@pytest.mark.parametrize("layout", STRAIGHT)
def test_a_mark_for_not_applicable_is_no_zero(mark: str, layout: str) -> None:
    made = generate(Random(4))
    for key in (("outcome.granted", "company"), ("review.upheld", None), ("licensing.decisions", None)):
        made = made.with_cell(key, mark, Gold("na", None))
    report, spans = printed(made, layout)
    assert_exact(report, made, spans)


WORDINGS: dict[str, Wording] = {
    "half-width brackets": Wording(brackets="()"),
    "abbreviated": Wording(abbreviated=True),
    "abbreviated, half-width": Wording(brackets="()", abbreviated=True),
    "no quotation marks": Wording(quotes=""),
    "corner quotation marks": Wording(quotes="「」"),
    "1、": Wording(item="、"),
    "规范性文件 in the newer form": Wording(short_normative=True),
    "cut column": Wording(changed={"现行有效件数": "现行有效件", "对外公开总数量": "对外公开数量"}),
    "two columns of one name": Wording(changed={"本年新制作数量": "本年新", "本年新公开数量": "本年新"}),
    "bracket round 项": Wording(changed={f"第二十条第（{n}）项": f"第二十条第（{n}项）" for n in "一五六八九"}),
    "no second 第": Wording(changed={f"第二十条第（{n}）项": f"第二十条（{n}）项" for n in "一五六八九"}),
    "lost bracket": Wording(
        changed={
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）": "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
        }
    ),
    "explained row": Wording(changed={"规章": "规章（由制定机关提供目录和全文）"}),
    "直接诉讼": Wording(changed={"未经复议直接起诉": "未经复议直接诉讼"}),
}


@pytest.mark.parametrize("layout", STRAIGHT)
@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("wording", cases(WORDINGS))
def test_labels_as_reports_print_them(wording: str, edition: str, layout: str) -> None:
    made = replace(generate(Random(5), edition=edition), wording=WORDINGS[wording])
    report, spans = printed(made, layout)
    assert report.edition == edition
    assert_exact(report, made, spans)


# ---------------------------------------------------------------------------------------------------- damaged tables

SHELL = """云溪市水务局2022年政府信息公开工作年度报告
一、总体情况
本机关逐项落实公开责任。
二、主动公开政府信息情况
第二十条第（一）项\t\t\t
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
{disclosure}
三、收到和处理政府信息公开申请情况
{requests}
四、政府信息公开行政复议、行政诉讼情况
{disputes}
五、存在的主要问题及改进情况
栏目更新偏慢。
六、其他需要报告的事项
无。
"""
HEADER = "\t\t\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"
DISPUTE_HEADER = "行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t"


def damaged(disclosure: str = "规章\t0\t0\t0", requests: str = "", disputes: str = "") -> dict[Key, Figure]:
    return by_key(read_bytes(SHELL.format(disclosure=disclosure, requests=requests, disputes=disputes).encode()))


def row_of(figures: dict[Key, Figure], metric: str) -> list[int | float | None]:
    """The sure values of a row of table 三."""
    return [figures[metric, column].value if figures[metric, column].sure else None for column in COLUMNS]


@pytest.mark.parametrize("case", cases(("split header", "split header, zeros left blank")))
def test_a_header_broken_over_two_rows_leaves_out_no_column(case: str) -> None:
    header = "\t\t\t自然人\t商业\t科研\t社会公\t法律服\t其他\t总计\n\t\t\t\t企业\t机构\t益组织\t务机构\t\t"
    if case == "split header":
        figures = damaged(requests=f"{header}\n一、本年新收政府信息公开申请数量\t\t\t5\t1\t0\t0\t0\t0\t6")
        assert row_of(figures, "requests.received") == [5, 1, 0, 0, 0, 0, 6]
    else:
        header = header.replace("商业\t", "商业企业\t").replace("\t企业\t", "\t\t")
        figures = damaged(requests=f"{header}\n一、本年新收政府信息公开申请数量\t5\t\t1\t\t\t0\t6")
        assert row_of(figures, "requests.received") == [5, None, 1, None, None, 0, 6]


def test_columns_that_the_table_leaves_out_are_missing() -> None:
    figures = damaged(requests="\t自然人\t商业企业\t总计\n一、本年新收政府信息公开申请数量\t5\t1\t6")
    assert row_of(figures, "requests.received") == [5, 1, None, None, None, None, 6]
    assert figures["requests.received", "research"].state == "missing"


@pytest.mark.parametrize("case", cases(("row one cell short",)))
def test_a_row_that_lost_a_cell_states_no_figure(case: str) -> None:
    short = "一、本年新收政府信息公开申请数量\t\t\t0\t0\t0\t0\t0\t0"
    whole = "\n".join(f"\t\t{label}\t0\t0\t0\t0\t0\t0\t0" for label in ("1.属于国家秘密", "5.属于三类内部事务信息"))
    assert row_of(damaged(requests=f"{HEADER}\n{short}\n{whole}"), "requests.received") == [None] * 7


@pytest.mark.parametrize("case", cases(("blank total adds up by chance",)))
def test_a_row_sum_by_chance_does_not_move_a_row(case: str) -> None:
    rows = (
        "一、本年新收政府信息公开申请数量\t\t6\t9\t6\t\t10\t31\t\t",  # the total 62 is left blank, and 6+9+6+10=31
        "二、上年结转政府信息公开申请数量\t\t1\t0\t0\t0\t0\t0\t1\t",
        "三、本年度办理结果\t（三）不予公开\t1.属于国家秘密\t2\t\t\t\t\t\t",
    )
    figures = damaged(requests="\n".join((HEADER, *rows)))
    natural = figures["requests.received", "natural"]
    assert natural.value == 6 or not natural.sure


@pytest.mark.parametrize("case", cases(("shifted row of table 二",)))
def test_blanks_in_a_shifted_row_of_table_two_are_not_guessed(case: str) -> None:
    figures = damaged(disclosure="规章\t\t7\t\t\t")
    for column in ("issued", "repealed"):
        figure = figures[f"rules.{column}", None]
        assert not figure.sure


@pytest.mark.parametrize("case", cases(("wide row of table 四",)))
def test_a_dispute_row_wider_than_the_form_is_read_and_not_called_absent(case: str) -> None:
    row = "\t" * 5 + "\t".join("0" * 10)
    figures = damaged(disputes=f"{DISPUTE_HEADER}\t\n{row}\t")
    assert [figures[f"{block}.total", None].state for block in BLOCKS] == ["blank", "zero", "zero"]
    figures = damaged(disputes=f"{DISPUTE_HEADER}\n\t{row}\t")  # wider than its heading: no telling, but not absent
    assert figures["review.total", None].state != "missing"
    assert not figures["review.total", None].sure


@pytest.mark.parametrize("case", cases(("bar before a blank cell",)))
def test_a_bar_before_a_first_blank_cell_is_no_frame(case: str) -> None:
    head = "行政复议 | 行政诉讼 |\n" + "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | " * 3
    figures = damaged(disputes=f"{head}\n |  |  |  |  | 0 | 0 | 0 | 1 | 1 | 0 | 0 | 0 | 0 | 0 |")
    assert figures["review.upheld", None].state == "blank"
    assert figures["litigation.direct.pending", None].value == 1


def test_page_breaks_in_tables_and_windows_line_ends_change_nothing() -> None:
    made = generate(Random(6))
    for layout in STRAIGHT:
        text = render(made, layout, Random(6))
        for changed in (text.replace("\n", "\r\n"), re.sub(r"\n(?=[^\n]*重复申请)", "\n\n", text)):
            figures = by_key(read_bytes(changed.encode()))
            assert {key: (f.printed, f.state, f.value, f.sure) for key, f in figures.items()} == {
                key: (made.cells[key], gold.state, gold.value, True) for key, gold in made.gold.items()
            }
