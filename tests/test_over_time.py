"""One body over the years: its reports before and after the national form, under its old and new name, one against the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from corpus.model import Report
from corpus.read import read_bytes
from index.store import Index, Store
from service.answer import answer
from service.config import Settings
from tests.conftest import Asker, HashEncoder
from tests.generate import GeneratedReport, generate, render

# A report of the time before the national form, with a column of row codes and two columns of periods.
OLDER = """松岚县环境保护局2017年政府信息公开工作年度报告

一、概述
2017年，本局公开工作平稳开展。
二、主动公开政府信息情况
全年通过门户网站公开信息640条。
三、依申请公开政府信息情况
来函来访均已答复。
四、政府信息公开收费及减免情况
没有收费。
五、存在的主要问题及改进情况
公开不够及时。下一步将加强培训。

附件：政府信息公开情况统计表
{table}
"""
CODED = "\n".join(
    "\t".join(row)
    for row in (
        ("指标名称", "计量单位", "代码", "本期实际", "本年累计"),
        ("一、主动公开情况", "—", "01", "—", "—"),
        ("（一）主动公开政府信息数（不同渠道公开相同信息计1条）", "条", "02", "640", "3640"),
        ("其中：主动公开规范性文件数", "条", "03", "3", "3"),
        ("2.政府网站公开政府信息数", "条", "04", "600", "600"),
        ("三、依申请公开情况", "—", "05", "—", "—"),
        ("（一）收到申请数", "件", "06", "9", "9"),
        ("1.当面申请数", "件", "07", "2", "2"),
        ("（二）申请办结数", "件", "08", "9", "9"),
        ("2.同意公开答复数", "件", "09", "7", "7"),
        ("3.同意部分公开答复数", "件", "10", "0", "0"),
        ("四、行政复议数量", "件", "11", "1", "1"),
        ("（二）被依法纠错数", "件", "12", "1", "1"),
        ("五、行政诉讼数量", "件", "13", "", ""),
        ("（二）被依法纠错数", "件", "14", "0", "0"),
        ("九、接受培训人员数", "人次", "15", "46", "46"),
    )
)


def older(table: str = CODED) -> Report:
    return read_bytes(OLDER.format(table=table).encode())


def test_the_indicators_that_truly_correspond_are_figures() -> None:
    report = older()
    figures = {(f.metric, f.applicant): (f.value, f.state, f.unit) for f in report.figures}
    assert report.edition == "2008"
    assert figures["requests.received", "total"] == (9, "value", "件")
    assert figures["outcome.granted", "total"] == (7, "value", "件")
    assert figures["outcome.partial", "total"] == (0, "zero", "件")
    assert figures["review.total", None] == (1, "value", "件")
    assert figures["review.corrected", None] == (1, "value", "件")
    assert figures["litigation.total", None] == (None, "blank", "件")  # blank is not zero
    assert not {m for m, _ in figures if m.startswith(("licensing", "normative"))}


def test_every_other_indicator_is_found_as_it_stands() -> None:
    report = older()
    stated = {(q.counted, q.value, q.unit) for q in report.quantities if q.section == 7}
    assert ("主动公开规范性文件数", 3, "条") in stated
    assert ("接受培训人员数", 46, "人次") in stated
    assert not {value for _, value, _ in stated} & {11, 12, 13, 14, 15}  # none of the row codes
    assert ("主动公开政府信息数（本期实际）", 640, "条") in stated
    assert ("主动公开政府信息数（本年累计）", 3640, "条") in stated
    assert any("接受培训人员数" in p.text and p.section == 7 for p in report.passages)
    for quantity in report.quantities:
        assert report.text[quantity.span.start : quantity.span.end] == quantity.printed


@pytest.mark.parametrize("divider", [" | ", "\n", "  "])
def test_the_table_of_indicators_in_other_layouts(divider: str) -> None:
    rows = [row.split("\t") for row in CODED.splitlines()]
    lines = [divider.join(cell for at, cell in enumerate(row) if at not in (2, 3)) for row in rows if row[4] != "—"]
    report = older("\n".join(lines))
    figures = {(f.metric, f.applicant): f.value for f in report.figures}
    assert (figures["requests.received", "total"], figures["outcome.granted", "total"], figures["review.total", None]) == (9, 7, 1)


# ------------------------------------------------------------------------------------------------------- years held together


def made(year: int, agency: str, carried_in: int, carried_out: int) -> GeneratedReport:
    report = generate(Random(year), edition="2021", year=year, agency=agency)
    for key, value in ((("requests.carried_in", "total"), carried_in), (("requests.carried_out", "total"), carried_out)):
        report = report.with_number(key, value)
    return replace(report, wording=replace(report.wording, brackets="（）"))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[tuple[Asker, Index]]:
    """A bureau before and after it was renamed, whose 2022 report does not take up what the 2021 report carried over."""
    home = tmp_path_factory.mktemp("shelf")
    reports = [(OLDER.format(table=CODED), "2017.txt")]
    for year, carried_in, carried_out in ((2021, 2, 7), (2022, 5, 3), (2023, 3, 1)):
        reports.append((render(made(year, "松岚县生态环境局", carried_in, carried_out), "tsv", Random(year)), f"{year}.txt"))
    store = Store(home)
    # The later years first: what is held against each other does not hang on the order of adding.
    for text, name in reversed(reports):
        store.add([(read_bytes(text.encode()), text.encode(), name)], encoder)
    index = Index(home)
    yield Asker(index, home, encoder), index
    index.close()


def test_a_report_that_does_not_take_up_what_was_carried_over_is_found_out(shelf: tuple[Asker, Index]) -> None:
    _, index = shelf
    with index.reading() as snapshot:
        failed = {
            r.year: [c for c in snapshot.checks(r.row) if c.rule == "years.carried" and c.status == "fail" and "总计" in c.message]
            for r in snapshot.reports
        }
    assert {year: len(found) for year, found in failed.items()} == {2017: 0, 2021: 0, 2022: 1, 2023: 0}
    assert failed[2022][0].values == (7, 5)
    assert failed[2022][0].places == (
        "2021年 · 表三 · 四 结转下年度继续办理 · 总计",
        "2022年 · 表三 · 二 上年结转政府信息公开申请数量 · 总计",
    )


def test_an_answer_that_quotes_such_a_cell_says_so(shelf: tuple[Asker, Index]) -> None:
    ask, _ = shelf
    warned = {w.code for w in ask("松岚县生态环境局2022年上年结转的申请有几件？").warnings}
    assert "years.carried" in warned
    assert "years.carried" not in {w.code for w in ask("松岚县生态环境局2023年上年结转的申请有几件？").warnings}


def test_taking_a_report_out_takes_its_checks_with_it(shelf: tuple[Asker, Index], tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("removed")
    encoder = HashEncoder()
    store = Store(home)
    ids = []
    for year, carried_in, carried_out in ((2021, 2, 7), (2022, 5, 3)):
        text = render(made(year, "松岚县生态环境局", carried_in, carried_out), "tsv", Random(year)).encode()
        ids.append(store.add([(read_bytes(text), text, "x")], encoder)[0].report_id)
    store.remove(ids[:1], encoder)
    index = Index(home)
    with index.reading() as snapshot:
        [held] = snapshot.reports
        assert not [c for c in snapshot.checks(held.row) if c.rule.startswith("years.")]
    index.close()


@pytest.mark.parametrize("name", ["松岚县环境保护局", "松岚县环保局", "松岚县生态环境局"])
def test_a_renamed_body_is_one_body(shelf: tuple[Asker, Index], name: str) -> None:
    ask, _ = shelf
    given = ask(f"{name}2017年收到多少件申请？")
    assert given.status == "answered"
    [figure] = [f for f in given.figures if f.metric == "requests.received"]
    assert (figure.value, figure.agency, figure.year) == (9, "松岚县环境保护局", 2017)
    assert given.citations[0].section == "附表"
    later = ask(f"{name}2023年收到多少件申请？")
    assert later.figures[0].agency == "松岚县生态环境局"


def test_a_body_of_another_matter_is_none(shelf: tuple[Asker, Index]) -> None:
    ask, _ = shelf
    assert ask("松岚县水利局2017年收到多少件申请？").status == "no_report"


def test_what_the_older_reports_do_not_count_is_said_to_be_so(shelf: tuple[Asker, Index]) -> None:
    ask, _ = shelf
    for question in ("松岚县环境保护局2017年行政许可做了多少件决定？", "松岚县环境保护局2017年自然人申请了多少件？"):
        given = ask(question)
        assert given.status == "not_reported", given.text
        assert "2008 版表格不含" in given.text
        assert not [f for f in given.figures if f.value is not None]


def test_an_indicator_without_a_metric_answers_as_a_number_of_the_text(shelf: tuple[Asker, Index]) -> None:
    ask, _ = shelf
    given = ask("松岚县环境保护局2017年培训了多少人次？")
    assert given.status == "answered"
    assert "46" in given.text


def test_counts_by_other_rules_are_not_compared(shelf: tuple[Asker, Index]) -> None:
    ask, _ = shelf
    given = ask("松岚县生态环境局2017年到2021年收到的申请变化多少？")
    assert not [f for f in given.figures if f.metric == "difference"]


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[tuple[Asker, Index]]:
    """Two bodies each of whose reports prints its name in another fulness, and a zone that is called by its name alone."""
    home = tmp_path_factory.mktemp("titled")
    named = (
        ("松岚县", 2022), ("松岚县人民政府", 2023), ("松岚县城关镇人民政府", 2022), ("松岚县城关镇", 2023), ("龙门山旅游经济特区管理委员会", 2023),
    )  # fmt: skip
    reports = []
    for at, (agency, year) in enumerate(named):
        text = render(generate(Random(at), edition="2021", year=year, agency=agency), "tsv", Random(at)).encode()
        reports.append((read_bytes(text), text, f"{at}.txt"))
    Store(home).add(reports, encoder)
    index = Index(home)
    yield Asker(index, home, encoder), index
    index.close()


def test_a_body_has_the_fullest_name_that_its_reports_print(titled: tuple[Asker, Index]) -> None:
    ask, index = titled
    with index.reading() as snapshot:
        assert sorted({r.agency for r in snapshot.reports}) == ["松岚县人民政府", "松岚县城关镇人民政府", "龙门山旅游经济特区管理委员会"]
    told = ask("松岚县2022年和2023年各收到多少件申请？")
    assert {(f.agency, f.year) for f in told.figures if f.metric == "requests.received"} == {
        ("松岚县人民政府", 2022),
        ("松岚县人民政府", 2023),
    }
    assert "松岚县2022年" in next(c.title for c in told.citations if c.year == 2022)  # the title stays as it is printed
    paged = answer("去年收到多少件申请？", index, Settings(home=index.home, agency="松岚县城关镇"))
    assert {(f.agency, f.year) for f in paged.figures} == {("松岚县城关镇人民政府", 2023)}


@pytest.mark.parametrize("called", ["龙门山旅游经济特区管委会", "龙门山特区", "龙门山管委会", "龙门山"])
def test_a_zone_goes_by_the_name_before_its_kind(titled: tuple[Asker, Index], called: str) -> None:
    given = titled[0](f"{called}2023年收到多少件申请？")
    assert {f.agency for f in given.figures} == {"龙门山旅游经济特区管理委员会"}, given.text


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("country")
    agencies = ("国家税务总局松岚县税务局", "云溪市望川区沙湾里街道办事处", "松岚县水利局")
    reports = []
    for at, agency in enumerate(agencies):
        text = render(generate(Random(at), edition="2021", year=2022, agency=agency), "tsv", Random(at)).encode()
        reports.append((read_bytes(text), text, f"{at}.txt"))
    Store(home).add(reports, encoder)
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


@pytest.mark.parametrize(
    ("called", "agency"),
    [
        ("松岚县税务局", "国家税务总局松岚县税务局"),
        ("国家税务总局松岚县税务局", "国家税务总局松岚县税务局"),
        ("沙湾里街道", "云溪市望川区沙湾里街道办事处"),
        ("望川区沙湾里街道办事处", "云溪市望川区沙湾里街道办事处"),
    ],
)
def test_a_body_is_known_by_its_own_name(country: Asker, called: str, agency: str) -> None:
    given = country(f"{called}2022年收到多少件申请？")
    assert (given.status, {f.agency for f in given.figures}) == ("answered", {agency}), given.text


@pytest.mark.parametrize("called", ["临水县税务局", "临水市沙湾里街道", "沙湾里街道卫生院", "沙湾街道"])
def test_a_body_of_another_place_or_another_name_is_not_taken_for_it(country: Asker, called: str) -> None:
    given = country(f"{called}2022年收到多少件申请？")
    assert given.status in ("no_report", "clarify"), given.text
    assert not given.figures
