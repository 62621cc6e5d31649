"""How citizens and clerks ask in everyday words, and go on asking: each held against what the reports print."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from corpus.forms import metrics
from index.store import Index
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.test_hearsay import RECEIVED, talk, truth
from tests.world import world

POLICE, OTHER_POLICE, LAND = "云溪市公安局", "碧原市公安局", "云溪市自然资源和规划局"
SCHOOLS, OTHER_SCHOOLS, CITY_GUARD = "云溪市教育局", "碧原市教育局", "碧原市城市管理局"
REFUSED = list(metrics()["outcome.refused"].parts)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("everyday")
    build_world(home, encoder, [w for w in world() if w.made.year >= 2022])
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def refused(body: str, year: int, applicant: str = "total") -> float:
    return sum(truth(body, year, metric, applicant) for metric in REFUSED)


# ------------------------------------------------------------------------------------------- who, what became of it


def test_companies_that_came_are_no_bodies_to_be_counted(asker: Asker) -> None:
    given = talk(asker, f"{CITY_GUARD}去年收到多少申请", "里面有几家是公司来申请的", "那前年公司是几家")
    assert [(f.agency, f.year, f.applicant, f.value) for f in given.figures] == [(CITY_GUARD, 2023, "company", truth(CITY_GUARD, 2023, RECEIVED, "company"))]


def test_all_by_one_kind_is_asked_of_the_row_told_and_leaves_the_total_spoken_of(asker: Asker) -> None:
    kept_back = "outcome.refused.state_secret"
    given = talk(asker, f"{OTHER_POLICE}去年以国家秘密为由不给的有几件", "都是个人申请的吗")
    assert {(f.metric, f.applicant) for f in given.figures} == {(kept_back, "natural"), (kept_back, "total")}
    given = talk(asker, f"{OTHER_POLICE}去年以国家秘密为由不给的有几件", "都是个人申请的吗", "前年有几件")
    assert [(f.metric, f.applicant, f.value) for f in given.figures] == [(kept_back, "total", truth(OTHER_POLICE, 2023, kept_back))]


@pytest.mark.parametrize("asked", ["那一件给了没有", "那一件公开了没有", "那一份申请最后给没给"])
def test_the_one_request_is_answered_by_what_became_of_it(asker: Asker, asked: str) -> None:
    given = talk(asker, f"三棵松镇政府去年{asked}")
    told = [f for f in given.figures if f.metric != "outcome.total" and f.value]
    assert [(f.agency, f.metric) for f in told] == [("松岚县三棵松镇人民政府", "outcome.refused.enforcement_file")]
    again = talk(asker, f"三棵松镇政府去年{asked}", "前年那份呢")
    assert [f.metric for f in again.figures if f.metric != "outcome.total" and f.value] == ["outcome.granted"]


def test_given_and_not_given_are_two_numbers(asker: Asker) -> None:
    body = "云溪市卫生健康委员会"
    given = talk(asker, "云溪市卫健委去年给了几份，没给几份")
    told = {f.metric: f.value for f in given.figures}
    assert told == {"outcome.granted": truth(body, 2024, "outcome.granted"), "outcome.refused": refused(body, 2024)}


def test_where_nothing_was_refused_the_other_reasons_are_told(asker: Asker) -> None:
    given = talk(asker, "松岚县城关镇去年收了几份，全给了吗", "没给的是为啥")
    told = {f.metric for f in given.figures if f.value}
    assert told
    assert all(m.startswith(("outcome.unavailable.", "outcome.unprocessed.", "outcome.other.")) for m in told)


@pytest.mark.parametrize(
    ("asked", "metric"),
    [("公司申请的几件", "outcome.unprocessed.publication"), ("其中企业提的有几件", "outcome.unprocessed.publication")],
)
def test_who_filed_them_is_asked_of_the_row_told(asker: Asker, asked: str, metric: str) -> None:
    given = talk(asker, "望川区人民政府前年要求提供公开出版物的几件", asked)
    assert [(f.metric, f.applicant) for f in given.figures] == [(metric, "company")]


def test_who_won_is_said_of_those_who_went_against_the_body(asker: Asker) -> None:
    given = talk(asker, "碧原公安局去年有几个人去复议了，赢了没有")
    assert [f.metric for f in given.figures] == ["review.corrected"]
    both = talk(asker, f"{OTHER_POLICE}去年复议几件", "有赢的吗")
    assert {f.metric for f in both.figures} == {"review.upheld", "review.corrected"}


# ---------------------------------------------------------------------------------------------------------- verdicts


@pytest.mark.parametrize(
    ("claim", "right"),
    [("比前年是不是多了一大半", False), ("比前年是不是多了三成多", True), ("比前年多了不到一半吧", True), ("比前年是不是几乎翻番", False)],
)
def test_a_half_claimed_loosely_is_held_against_the_growth(asker: Asker, claim: str, right: bool) -> None:
    grown = truth(OTHER_POLICE, 2024, RECEIVED) / truth(OTHER_POLICE, 2023, RECEIVED)
    assert 1.3 < grown < 1.4
    assert talk(asker, f"{OTHER_POLICE}去年收了多少申请", claim).text.startswith("是的" if right else "不对")


@pytest.mark.parametrize(("claim", "right"), [("有六个没给公开", True), ("有五个没给公开", False), ("有六件不予公开", True)])
def test_a_claimed_number_is_confirmed_whatever_it_counts(asker: Asker, claim: str, right: bool) -> None:
    assert refused(OTHER_SCHOOLS, 2024) == 6
    assert talk(asker, f"{OTHER_SCHOOLS}去年{claim}是吧").text.startswith("是的" if right else "不对")


def test_a_second_year_behind_a_comma_is_answered_too(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}去年拒了几件，前年拒了几件")
    assert {f.year: f.value for f in given.figures if f.metric == "outcome.refused"} == {y: refused(POLICE, y) for y in (2023, 2024)}


def test_fewer_by_so_many_is_no_claim_of_so_many(asker: Asker) -> None:
    before, after = truth("碧原市人民政府", 2022, RECEIVED), truth("碧原市人民政府", 2023, RECEIVED)
    assert talk(asker, f"碧原市人民政府2022年申请{before:.0f}件，2023年少了{before - after:.0f}件，对吧").text.startswith("是的")
    assert talk(asker, f"碧原市人民政府2022年申请{before:.0f}件，2023年少了{before - after + 7:.0f}件，对吧").text.startswith("不全对")


def test_years_on_end_are_each_held_against_the_one_before(asker: Asker) -> None:
    told = [truth(OTHER_POLICE, y, RECEIVED) for y in (2022, 2023, 2024)]
    assert told[1] < told[0]
    assert told[1] < told[2]
    assert talk(asker, f"{OTHER_POLICE}申请量连续两年增长了吗").text.startswith("不对")


def test_a_share_is_asked_to_come_up_to_so_much(asker: Asker) -> None:
    assert talk(asker, f"{POLICE}去年公开率有50%吗").text.startswith("是的")
    assert talk(asker, f"{OTHER_POLICE}去年公开率有四成吗").text.startswith("不")


# ------------------------------------------------------------------------------------------------- ranks, sums, kinds


@pytest.mark.parametrize("asked", ["市局里申请量垫底的是哪家", "各市局里申请最少的是哪家", "申请最少的市局"])
def test_bureaus_of_cities_are_a_kind_however_they_are_named(asker: Asker, asked: str) -> None:
    given = talk(asker, f"2024年{asked}")
    assert {f.agency for f in given.figures if f.value == given.figures[0].value} == {"云溪市水利局", "国家税务总局云溪市税务局"}


def test_after_bodies_were_picked_what_follows_is_of_these(asker: Asker) -> None:
    picked = ("云岭省人民政府", "云溪市人民政府", "碧原市人民政府")
    given = talk(asker, "申请量过千的政府，2024年有几个", "合计多少")
    assert given.figures[0].value == sum(truth(body, 2024, RECEIVED) for body in picked)
    first = talk(asker, "2024年收到申请100件以上的单位有哪些", "其中公开率最高的是谁")
    assert first.figures[0].agency == "云溪市人民政府办公室"


def test_the_least_of_a_ranking_by_a_rate_is_a_body_and_no_row(asker: Asker) -> None:
    given = talk(asker, "七个政府去年不予公开率从高到低排", "最低的呢")
    assert given.figures[0].agency == "云溪市望川区人民政府"


def test_the_year_of_most_stays_where_another_number_is_asked_for(asker: Asker) -> None:
    penalties = {y: truth(POLICE, y, "penalty.decisions", None) for y in (2022, 2023, 2024)}
    most = max(penalties, key=lambda y: penalties[y])
    given = talk(asker, f"{POLICE}哪年处罚决定最多，哪年最少", "最多的那年许可呢")
    assert [(f.year, f.metric) for f in given.figures] == [(most, "licensing.decisions")]


def test_what_years_add_up_to_is_compared_where_their_total_is_asked_for(asker: Asker) -> None:
    given = talk(asker, f"比较{POLICE}与{OTHER_POLICE}2022—2024三年的新收申请总量")
    sums = [sum(truth(body, y, RECEIVED) for y in (2022, 2023, 2024)) for body in (POLICE, OTHER_POLICE)]
    assert [f.value for f in given.figures][:2] == sums
    assert abs(sums[0] - sums[1]) in [f.value for f in given.figures]


def test_years_in_which_one_has_more_are_told(asker: Asker) -> None:
    given = talk(asker, f"请把{POLICE}和{OTHER_POLICE}2022到2024年的新收申请做个对比表", "哪几年碧原多")
    more = sum(truth(OTHER_POLICE, y, RECEIVED) > truth(POLICE, y, RECEIVED) for y in (2022, 2023, 2024))
    assert next(f.value for f in given.figures if f.metric == "count") == more


def test_a_part_of_a_sum_is_of_that_sum(asker: Asker) -> None:
    bodies = ("云岭省人民政府办公厅", "云岭省公安厅", "云岭省教育厅")
    given = talk(asker, "三个省级部门（办公厅、公安厅、教育厅）去年加起来收了多少申请？公安厅占几成")
    whole = sum(truth(body, 2024, RECEIVED) for body in bodies)
    assert {"sum": whole, "share": round(100 * truth(bodies[1], 2024, RECEIVED) / whole, 2)}.items() <= {f.metric: f.value for f in given.figures}.items()


def test_each_of_several_results_has_its_share(asker: Asker) -> None:
    given = talk(asker, f"{LAND}2023年予以公开、部分公开、不予公开各多少", "各占多少比例", "2024年呢")
    whole = truth(LAND, 2024, "outcome.total")
    parts = [truth(LAND, 2024, "outcome.granted"), truth(LAND, 2024, "outcome.partial"), refused(LAND, 2024)]
    assert [f.value for f in given.figures if f.unit == "%"] == [round(100 * part / whole, 2) for part in parts]


def test_half_a_hundredth_is_rounded_up() -> None:
    from service.evidence import percent_of

    assert percent_of(1, 32)[0] == 3.13


# ------------------------------------------------------------------------------------------------------------- years


def test_what_goes_over_to_this_year_is_the_row_of_that_name(asker: Asker) -> None:
    given = talk(asker, "碧原市人民政府去年结转到今年的有几件")
    assert [(f.year, f.metric) for f in given.figures] == [(2024, "requests.carried_out")]
    both = talk(asker, "碧原市人民政府去年结转几件")
    assert {f.metric for f in both.figures} == {"requests.carried_in", "requests.carried_out"}


def test_the_two_years_before_are_those_before_the_one_told(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年作出的行政处罚决定是多少件", "前两年呢")
    assert {f.year for f in given.figures if f.metric == "penalty.decisions"} == {2022, 2023}


def test_which_is_higher_after_two_years_of_one_body_asks_for_the_year(asker: Asker) -> None:
    given = talk(asker, f"{OTHER_POLICE}2022年办结率多少", "2023年呢", "哪个高")
    assert re.search(r"20\d\d年最多", given.text)


# -------------------------------------------------------------------------------------------------------- the text


def test_an_account_after_a_table_is_what_it_published(asker: Asker) -> None:
    given = talk(asker, "碧原市财政局2024年复议几件", "微信呢")
    assert [(f.metric.partition(".")[0], f.value) for f in given.figures] == [("narrative", 71)]


def test_what_a_report_is_based_on_stands_before_its_first_section(asker: Asker) -> None:
    basis = talk(asker, f"{OTHER_POLICE}2024年报告什么时候发布的", "依据哪个文件编的")
    assert "国办公开办函〔2021〕30号" in basis.text
    period = talk(asker, f"{OTHER_POLICE}2024年报告什么时候发布的", "数据统计到哪天")
    assert "2024年12月31日" in period.text


def test_a_number_that_is_not_stated_is_not_replaced_by_a_sentence(asker: Asker) -> None:
    given = talk(asker, "松岚县政府去年网民留言几百条啊", "2023年呢")
    assert given.status == "not_reported"


def test_what_was_done_on_a_site_is_no_count_of_what_it_published(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}去年网站有没有搞无障碍改造")
    assert "无障碍改造" in given.text
    assert not given.figures


@pytest.mark.parametrize("body", ["云岭省高级人民法院", "云溪市人大常委会"])
def test_a_body_that_writes_no_such_reports_is_not_held(asker: Asker, body: str) -> None:
    assert talk(asker, f"{body}2024年收到多少申请").status == "no_report"


def test_a_sum_with_a_part_that_does_not_apply_tells_the_other_part(asker: Asker) -> None:
    given = talk(asker, "望川区市监局2023年诉讼几件")
    assert given.status == "not_reported"
    assert "未经复议直接起诉 总计 1 件" in given.text


def test_a_third_section_is_the_table_in_it(asker: Asker) -> None:
    given = talk(asker, "青禾县水务局去年报告的第五部分写了啥", "第三部分呢")
    assert {f.metric for f in given.figures} > {RECEIVED, "outcome.total"}


# ------------------------------------------------------------------------------------------- years, names and what is not meant


def test_a_year_is_added_to_the_one_told(asker: Asker) -> None:
    both = truth(SCHOOLS, 2024, RECEIVED) + truth(SCHOOLS, 2023, RECEIVED)
    given = talk(asker, f"{SCHOOLS}去年收到多少申请", "再加上前年的")
    assert both in [f.value for f in given.figures if f.metric == "sum"]
    given = talk(asker, f"{SCHOOLS}去年收到多少申请", "再加上前年的", "加上2022年的")
    assert both + truth(SCHOOLS, 2022, RECEIVED) in [f.value for f in given.figures if f.metric == "sum"]


def test_the_year_before_is_counted_from_the_year_that_is_named(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2022年收到多少申请", "2023年比上一年涨了吗")
    assert {(f.year, f.value) for f in given.figures if f.metric == RECEIVED} == {(y, truth(POLICE, y, RECEIVED)) for y in (2022, 2023)}


def test_a_name_joined_to_one_it_fits_is_the_other(asker: Asker) -> None:
    given = talk(asker, f"市教育局和{OTHER_SCHOOLS}去年申请量")
    assert {f.agency for f in given.figures if f.metric == RECEIVED} == {SCHOOLS, OTHER_SCHOOLS}


def test_what_is_said_not_to_be_meant_is_not_told(asker: Asker) -> None:
    given = talk(asker, f"不对，我问的不是公安局，是{SCHOOLS}2023年收到多少")
    assert {(f.agency, f.value) for f in given.figures} == {(SCHOOLS, truth(SCHOOLS, 2023, RECEIVED))}
    given = talk(asker, f"{SCHOOLS}2023年收到多少申请", "不是教育局，是公安局", "也不是2023，是2022")
    assert [(f.agency, f.year, f.value) for f in given.figures] == [(POLICE, 2022, truth(POLICE, 2022, RECEIVED))]


def test_what_a_body_was_called_gets_no_figure(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2023年收到多少申请", "它以前叫什么名字")
    assert POLICE in given.text
    assert not given.figures


def test_whether_a_report_errs_is_answered_by_its_relations(asker: Asker) -> None:
    assert "勾稽" in talk(asker, f"{SCHOOLS}2023年的报告有没有算错").text
    assert "勾稽" in talk(asker, f"{SCHOOLS}2023年收到几件申请", "数字有没有错").text


# ------------------------------------------------------------------------------------------- claims


@pytest.mark.parametrize(("by", "opening"), [(0, "是的。"), (1, "不对。")])
def test_several_cells_claimed_in_one_breath(asker: Asker, by: int, opening: str) -> None:
    upheld, corrected = (int(truth(LAND, 2024, f"review.{r}", None)) for r in ("upheld", "corrected"))
    assert talk(asker, f"{LAND}去年复议{upheld}件维持{corrected + by}件纠正，对不对").text.startswith(opening)


@pytest.mark.parametrize(("by", "opening"), [(0, "是的。"), (1, "不对。")])
def test_a_part_claimed_of_a_whole_is_judged_by_itself(asker: Asker, by: int, opening: str) -> None:
    total, upheld = int(truth(LAND, 2024, "review.total", None)), int(truth(LAND, 2024, "review.upheld", None))
    assert talk(asker, f"{LAND}2024年复议的{total}件中，维持了{upheld + by}件，是否属实").text.startswith(opening)


@pytest.mark.parametrize(("by", "opening"), [(0, "是的。"), (1, "不对。")])
def test_a_number_claimed_without_its_unit(asker: Asker, by: int, opening: str) -> None:
    told = int(truth(POLICE, 2022, RECEIVED))
    assert talk(asker, f"{POLICE}2024年收到多少申请", f"那2022年是{told + by}吧").text.startswith(opening)


def test_how_far_two_cells_of_one_answer_lie_apart(asker: Asker) -> None:
    reviews, requests = truth(POLICE, 2024, "review.total", None), truth(POLICE, 2024, RECEIVED)
    given = talk(asker, f"{POLICE}2024年收到申请几件，复议几件", "差多少")
    assert abs(reviews - requests) in [f.value for f in given.figures if f.metric == "difference"]


def test_the_rest_of_reviews_are_their_other_results(asker: Asker) -> None:
    given = talk(asker, f"{LAND}去年复议维持几件，纠正几件", "剩下的呢")
    assert {(f.metric, f.value) for f in given.figures} == {(m, truth(LAND, 2024, m, None)) for m in ("review.other", "review.pending")}
    given = talk(asker, f"{LAND}去年复议维持几件", "还有没审完的吗")
    assert [(f.metric, f.value) for f in given.figures] == [("review.pending", truth(LAND, 2024, "review.pending", None))]


def test_no_cause_is_made_of_another_matter(asker: Asker) -> None:
    given = talk(asker, f"{CITY_GUARD}2024年公众号发了多少条", "为什么不多发")
    assert given.status != "answered" or not given.passages
