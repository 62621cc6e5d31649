"""Several agencies and years: hard filters, choices, series, and forms that cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.read import Override, read_bytes
from index.store import Index, Store
from tests.conftest import SEED, Asker, HashEncoder

NEW_FORM = """云溪市教育局2021年政府信息公开工作年度报告
一、总体情况
全年收到政府信息公开申请9件。通过政务微博发布信息77条。
二、主动公开政府信息情况
第二十条第（一）项\t\t\t
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t2\t1\t19
第二十条第（六）项
信息内容\t本年处理决定数量\t\t
行政处罚\t33\t\t
三、收到和处理政府信息公开申请情况
\t\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计
一、本年新收政府信息公开申请数量\t\t7\t1\t0\t0\t0\t0\t8
二、上年结转政府信息公开申请数量\t\t1\t0\t0\t0\t0\t0\t1
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
公开不够及时。
六、其他需要报告的事项
收取信息处理费2件，共300元。
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("many")
    seed = SEED.read_text("utf-8")
    reports = []
    for agency, year, received in (
        ("云溪市教育局", 2019, 5),
        ("云溪市教育局", 2020, 8),
        ("青禾县教育局", 2020, 3),
        ("青禾县水务局", 2020, 0),
    ):
        text = seed.replace("申请数量\t\t5\t0\t0\t0\t0\t0\t5", f"申请数量\t\t{received}\t0\t0\t0\t0\t0\t{received}")
        reports.append((read_bytes(text.encode(), Override(agency=agency, year=year)), text.encode(), f"{agency}{year}.txt"))
    reports.append((read_bytes(NEW_FORM.encode()), NEW_FORM.encode(), "new.txt"))
    Store(home).add(reports, encoder)
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


@pytest.mark.parametrize(
    ("said", "values", "formula"),
    [
        ("全年共发布政务信息47条，其中网站12条，微信35条。", [47], None),
        ("全年共发布政务信息50条。其中，网站12条，微信35条。", [50], None),  # what the parts leave out is in the whole
        ("网站发布政务信息12条，微信发布35条，全年共发布政务信息47条。", [47], None),
        ("网站发布政务信息12条，微信发布35条，微博发布3条。", [50, 12, 35, 3], "12＋35＋3＝50"),
        ("全年发布政务信息30条，通过网站发布政务信息12条。", [30, 12], None),  # part or not, nobody says
    ],
)
def test_a_whole_is_never_added_to_its_parts(
    tmp_path: Path, encoder: HashEncoder, said: str, values: list[int], formula: str | None
) -> None:
    text = NEW_FORM.replace("通过政务微博发布信息77条。", said)
    Store(tmp_path).add([(read_bytes(text.encode()), text.encode(), "a.txt")], encoder)
    index = Index(tmp_path)
    given = Asker(index, tmp_path, encoder)("云溪市教育局2021年各渠道发布信息加起来一共多少条")
    index.close()
    assert given.status == "answered", given.text
    assert [f.value for f in given.figures] == values
    assert [f.formula for f in given.figures if f.state == "computed"] == ([formula] if formula else [])


def test_no_agency_is_asked_back_with_at_most_five_choices(many: Asker) -> None:
    given = many("2020年收到多少件申请")
    assert given.status == "clarify"
    assert {c.agency for c in given.choices} == {"云溪市教育局", "青禾县教育局", "青禾县水务局"}


def test_a_name_that_two_share_is_asked_back(many: Asker) -> None:
    given = many("教育局2020年收到多少件申请")
    assert given.status == "clarify"
    assert {c.agency for c in given.choices} == {"云溪市教育局", "青禾县教育局"}


def test_each_agency_and_year_gets_its_own_figure(many: Asker) -> None:
    for name, year, value in (
        ("云溪市教育局", 2019, 5),
        ("云溪市教育局", 2020, 8),
        ("云溪教育局", 2021, 8),
        ("青禾县教育局", 2020, 3),
        ("青禾水务局", 2020, 0),
    ):
        given = many(f"{name}{year}年收到多少件申请")
        assert given.status == "answered", given.text
        assert (given.figures[0].year, given.figures[0].value) == (year, value)
        assert given.figures[0].agency.startswith(name[:2])


def test_an_agency_that_is_not_held_is_not_its_neighbour(many: Asker) -> None:
    for name in ("青禾县卫健局", "云溪市水务局", "白石县教育局"):
        assert many(f"{name}2020年收到多少件申请").status == "no_report"


def test_last_year_is_the_newest_report_that_the_agency_has(many: Asker) -> None:
    given = many("云溪市教育局去年收到多少件申请")
    assert given.figures[0].year == 2021
    assert any(w.code == "relative_year" and "2021" in w.text for w in given.warnings)
    assert many("青禾县教育局去年收到多少件申请").figures[0].year == 2020


def test_a_series_of_years_with_the_difference_computed(many: Asker) -> None:
    given = many("云溪市教育局2019到2021年收到申请的变化")
    assert [f.value for f in given.figures] == [5, 8, 8, 3, 60]
    assert [(f.metric, f.state, f.formula) for f in given.figures[3:]] == [
        ("difference", "computed", "8－5＝3"),
        ("growth", "computed", "（8－5）÷5＝60%"),
    ]
    assert given.chart is not None
    assert given.chart.categories == ("2019年", "2020年", "2021年")


def test_forms_that_changed_are_not_compared(many: Asker) -> None:
    given = many("云溪市教育局2020年和2021年行政规范性文件现行有效件数比较")
    assert any(w.code == "form_changed" for w in given.warnings)
    assert not any(f.metric == "difference" for f in given.figures)


def test_text_and_table_that_disagree_are_both_given(many: Asker) -> None:
    given = many("云溪市教育局2021年收到多少件申请")
    assert given.figures[0].value == 8
    assert any(w.code == "text_table" and "9件" in w.text for w in given.warnings)
    assert "9件" in given.passages[0].text


def test_the_new_form_has_no_procurement_and_says_so(many: Asker) -> None:
    given = many("云溪市教育局2021年政府采购金额多少")
    assert given.status == "not_reported"
    assert not any(f.value is not None for f in given.figures)


def test_a_missing_table_is_not_zero(many: Asker) -> None:
    given = many("云溪市教育局2021年行政复议几件")
    assert given.status == "not_reported"
    assert given.figures[0].state == "missing"
    assert "没有取得" in given.text


def test_follow_ups_change_agency_and_keep_the_matter(many: Asker) -> None:
    many("云溪市教育局2020年收到多少件申请")
    given = many.then("那青禾县教育局呢")
    assert (given.figures[0].agency, given.figures[0].year, given.figures[0].value) == ("青禾县教育局", 2020, 3)


def test_against_the_year_before_follows_the_year_of_the_last_answer(many: Asker) -> None:
    many("云溪市教育局2020年收到多少件申请")
    given = many.then("比上年多了多少")
    assert [f.value for f in given.figures] == [5, 8, 3, 60]
    assert [f.formula for f in given.figures[2:]] == ["8－5＝3", "（8－5）÷5＝60%"]


def test_narrative_numbers_of_one_report_never_answer_for_another(many: Asker) -> None:
    assert [f.value for f in many("云溪市教育局2021年微博发了多少条").figures] == [77]
    given = many("青禾县教育局2020年微博发了多少条")
    assert given.status == "not_reported"
    assert not given.figures


def test_handling_fees_are_told_with_both_numbers(many: Asker) -> None:
    assert {f.value for f in many("云溪市教育局2021年收了多少信息处理费").figures} >= {300}


def test_shares_of_several_years_and_how_many_times_as_much(many: Asker) -> None:
    given = many("云溪市教育局2020年收到的申请是2019年的几倍")
    assert [f.value for f in given.figures if f.unit == "倍"] == [1.6]
    assert next(f for f in given.figures if f.unit == "倍").formula == "8÷5＝1.6"
    shares = many("云溪市教育局2019年和2020年自然人占比分别多少")
    assert [f.value for f in shares.figures if f.metric == "share"] == [100, 100]


def test_bodies_that_have_more_than_the_year_before_are_counted(many: Asker) -> None:
    given = many("云溪市教育局、青禾县教育局里2020年收到的申请比2019年多的有几家")
    assert [f.value for f in given.figures if f.metric == "count"] == [1]
    assert "云溪市教育局（8－5＝3）" in given.text


def test_a_share_is_never_added_up(many: Asker) -> None:
    given = many("云溪市教育局和青禾县教育局2020年自然人占比一共多少")
    assert not any(f.metric == "sum" and f.unit == "%" for f in given.figures)


def test_how_it_is_done_everywhere_asks_the_reports_held_and_how_much_asks_more(many: Asker) -> None:
    assert "没有收录" not in many("2020年各地是怎么做政务公开培训的").text
    assert many("各地2020年收到多少申请").status == "no_report"
