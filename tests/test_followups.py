"""What follow-ups take over, slot by slot: body, year, metric, applicant, operation, condition, rank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from corpus.forms import LEGAL_PERSONS
from index.store import Index
from service.context import Context, ContextError
from service.contract import Answer
from service.conversation import inherit
from service.directory import directory
from service.question import understand
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.world import world

BODIES = {
    "云溪市公安局", "碧原市公安局", "云岭省公安厅", "云溪市教育局", "碧原市教育局", "云溪市财政局", "碧原市财政局",
    "望川区白石街道办事处", "望川区城关街道办事处", "望川区沙河街道办事处", "云溪市望川区人民政府", "碧原市人民政府",
}  # fmt: skip


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("followups")
    reports = [w for w in world() if w.made.agency in BODIES and w.made.year >= 2021]
    build_world(home, encoder, reports)
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def truth(agency: str, year: int, metric: str, applicant: str | None = "total") -> float:
    made = next(w for w in world() if w.made.agency == agency and w.made.year == year)
    return made.gold[metric, applicant].value or 0


def talk(asker: Asker, *questions: str) -> Answer:
    given = asker(questions[0])
    for question in questions[1:]:
        given = asker.then(question)
    return given


def values(given: Answer) -> set[float]:
    return {f.value for f in given.figures if f.value is not None}


FIRST = "云溪市公安局2024年收到几件申请"
RECEIVED = "requests.received"
OWN, OTHER = truth("云溪市公安局", 2024, RECEIVED), truth("碧原市公安局", 2024, RECEIVED)


@pytest.mark.parametrize("question", ["差几件", "哪个多", "谁多，差多少"])
def test_a_comparison_without_a_slot_of_its_own_is_over_the_bodies_that_changed(asker: Asker, question: str) -> None:
    given = talk(asker, FIRST, "碧原市公安局呢", question)
    assert {OWN, OTHER} <= values(given)
    assert any(f.metric == "difference" and abs(f.value or 0) == abs(OWN - OTHER) for f in given.figures)


def test_a_sum_without_a_slot_of_its_own_is_over_the_bodies_that_changed_and_takes_one_more(asker: Asker) -> None:
    assert OWN + OTHER in values(talk(asker, FIRST, "碧原市公安局呢", "加起来多少"))
    third = truth("云岭省公安厅", 2024, RECEIVED)
    assert OWN + OTHER + third in values(talk(asker, FIRST, "碧原市公安局呢", "再加上省公安厅一共多少"))


def test_a_sum_is_over_the_things_that_changed_and_their_share_of_the_whole(asker: Asker) -> None:
    turns = ("碧原市公安局2024年予以公开几件", "部分公开的呢")
    granted, partial, total = (truth("碧原市公安局", 2024, f"outcome.{m}") for m in ("granted", "partial", "total"))
    assert granted + partial in values(talk(asker, *turns, "加起来呢"))
    assert round(100 * (granted + partial) / total, 2) in values(talk(asker, *turns, "合起来占总数多少"))


def test_what_is_counted_points_at_that_many_of_the_last(asker: Asker) -> None:
    turns = ("云溪市公安局2024年收到几件申请", "碧原市公安局呢", "省公安厅呢")
    told = talk(asker, *turns, "三家加起来")
    assert OWN + OTHER + truth("云岭省公安厅", 2024, RECEIVED) in values(told)
    two = talk(asker, *turns, "这两家差几件")
    assert {f.agency for f in two.figures if f.metric == RECEIVED} == {"碧原市公安局", "云岭省公安厅"}


def test_years_are_counted_compared_and_asked_for(asker: Asker) -> None:
    years = [truth("云溪市公安局", y, RECEIVED) for y in (2022, 2023, 2024)]
    assert round(sum(years) / 3, 2) in values(talk(asker, FIRST, "三年平均下来多少"))
    assert any(f.metric == "growth" for f in talk(asker, FIRST, "2023年是几件", "多了百分之几").figures)
    best = max((truth("云溪市公安局", y, RECEIVED), y) for y in range(2021, 2025))
    assert talk(asker, FIRST, "哪一年最多").figures[0].year == best[1]


def test_a_condition_of_its_own_picks_whatever_was_done_before(asker: Asker) -> None:
    listed = "云溪市教育局、云溪市公安局、云溪市财政局2024年各收到几件申请"
    given = talk(asker, listed, "从多到少排一下", "超过50件的是哪几家")
    assert "云溪市公安局" in given.text
    assert "财政局" not in given.text
    years = talk(asker, FIRST, "2021年到2024年每年各多少件", "其中有哪几年过了80件")
    over = [y for y in range(2021, 2025) if truth("云溪市公安局", y, RECEIVED) > 80]
    assert any(f.metric == "count" and f.value == len(over) for f in years.figures)


def test_a_ranking_is_turned_round_and_its_first_is_spoken_of(asker: Asker) -> None:
    first = "2024年望川区各街道谁的申请最多"
    least = min(("望川区白石街道办事处", "望川区城关街道办事处", "望川区沙河街道办事处"), key=lambda a: truth(a, 2024, RECEIVED))
    assert talk(asker, first, "倒过来呢").figures[0].agency == least
    assert any(f.unit == "%" for f in talk(asker, first, "它占全部街道的多少").figures)


def test_a_name_that_fits_several_means_the_one_spoken_of(asker: Asker) -> None:
    listed = "云溪市教育局、云溪市公安局、云溪市财政局2024年各收到几件申请"
    given = talk(asker, listed, "财政局占三家的多少")
    whole = sum(truth(f"云溪市{n}局", 2024, RECEIVED) for n in ("教育", "公安", "财政"))
    assert round(100 * truth("云溪市财政局", 2024, RECEIVED) / whole, 2) in values(given)


def test_a_share_that_is_compared_is_never_told_as_counts(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年自然人申请占多少", "比上年高几个百分点")
    assert given.status != "answered" or "百分点" in given.text


def test_another_matter_about_the_same_body_keeps_the_body(asker: Asker) -> None:
    given = talk(asker, FIRST, "再问个别的：同一家单位2023年行政处罚几件")
    assert [(f.agency, f.year, f.metric) for f in given.figures] == [("云溪市公安局", 2023, "penalty.decisions")]


def test_years_that_are_offered_ask_a_whole_question(asker: Asker) -> None:
    given = talk(asker, FIRST, "2018年的呢，有吗")
    assert given.status == "no_report"
    assert given.choices
    assert all("呢" not in c.question and "申请" in c.question for c in given.choices)


def granted(agency: str, year: int) -> float:
    return round(100 * truth(agency, year, "outcome.granted") / truth(agency, year, "outcome.total"), 2)


def test_points_between_the_shares_of_two_answers(asker: Asker) -> None:
    one, two = granted("云溪市公安局", 2024), granted("碧原市公安局", 2024)
    given = talk(asker, "云溪市公安局2024年予以公开占办理结果总计多少", "碧原市公安局呢", "高出几个百分点")
    assert {one, two} <= values(given)
    assert any(f.metric == "difference" and f.unit == "%" and abs(f.value or 0) == round(abs(one - two), 2) for f in given.figures)


def test_those_that_the_last_condition_left_out(asker: Asker) -> None:
    bureaus = [a for a in BODIES if a.endswith("局")]
    received = {a: truth(a, 2024, RECEIVED) for a in bureaus}
    bound = sorted(received.values())[len(bureaus) // 2]
    first = f"2024年各局收到的申请超过{bound:g}件的有哪几家"
    told = asker(first).text
    assert {a for a in bureaus if a in told} == {a for a in bureaus if received[a] > bound}
    others = asker.then("剩下的呢").text
    assert {a for a in bureaus if a in others} == {a for a in bureaus if received[a] <= bound}


def test_a_place_means_the_one_spoken_of_that_lies_there(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局、碧原市公安局2024年各收到几件申请", "碧原几件")
    assert values(given) == {OTHER}
    whole = talk(asker, "云溪市公安局、碧原市公安局2024年各收到几件申请", "碧原市政府几件")
    assert values(whole) == {truth("碧原市人民政府", 2024, RECEIVED)}


def test_the_first_year_held_and_the_same_years_again(asker: Asker) -> None:
    assert values(talk(asker, FIRST, "最早的那一年呢")) == {truth("云溪市公安局", 2021, RECEIVED)}
    years = [truth("碧原市公安局", y, RECEIVED, "natural") for y in (2022, 2023)]
    given = talk(asker, "云溪市公安局2022年、2023年两年一共收到几件申请", "只看自然人", "换成碧原市公安局")
    assert sum(years) in values(given)


def test_a_whole_place_whose_report_is_not_held_is_not_the_body_spoken_of(asker: Asker) -> None:
    given = talk(asker, FIRST, "全省呢")
    assert given.status == "no_report"
    assert not given.figures
    held = talk(asker, "碧原市公安局2024年收到几件申请", "全市呢")
    assert values(held) == {truth("碧原市人民政府", 2024, RECEIVED)}


THREE = "云溪市公安局、碧原市公安局、云岭省公安厅三家2024年行政处罚决定数谁最多"


def ranked() -> list[str]:
    return sorted(POLICE, key=lambda a: -truth(a, 2024, "penalty.decisions", None))


POLICE = ("云溪市公安局", "碧原市公安局", "云岭省公安厅")


def test_a_place_in_a_ranking_is_the_body_that_had_it(asker: Asker) -> None:
    first, second, last = ranked()
    assert truth(second, 2023, "penalty.decisions", None) in values(talk(asker, THREE, "第二名2023年是多少"))
    apart = truth(first, 2024, "penalty.decisions", None) - truth(last, 2024, "penalty.decisions", None)
    given = talk(asker, THREE, "第一名和最后一名差多少件")
    assert any(f.metric == "difference" and abs(f.value or 0) == apart for f in given.figures)


def test_one_body_less_and_one_more_are_added_up_anew(asker: Asker) -> None:
    whole = "云溪市公安局、碧原市公安局、云岭省公安厅三家2024年新收申请一共多少件"
    received = {a: truth(a, 2024, RECEIVED) for a in POLICE}
    assert received["碧原市公安局"] + received["云岭省公安厅"] in values(talk(asker, whole, "刨掉云溪市公安局呢"))
    assert sum(received.values()) in values(asker.then("三家都算上呢"))
    more = truth("云溪市教育局", 2024, RECEIVED)
    assert sum(received.values()) + more in values(talk(asker, whole, "再算上云溪市教育局，四家合计多少"))


def test_the_share_of_one_is_over_those_it_was_told_with(asker: Asker) -> None:
    received = {a: truth(a, 2024, RECEIVED) for a in POLICE}
    most = max(received.values())
    given = talk(asker, "云溪市公安局、碧原市公安局、云岭省公安厅2024年各收到多少件申请", "最多的那一家占三家总数的百分之几")
    assert round(100 * most / sum(received.values()), 2) in values(given)


def test_shares_that_were_told_are_ranked_as_shares(asker: Asker) -> None:
    share = {a: round(100 * truth(a, 2024, "outcome.granted") / truth(a, 2024, "outcome.total"), 2) for a in POLICE}
    given = talk(asker, "云溪市公安局、碧原市公安局、云岭省公安厅2024年予以公开占办理结果总计各是多少", "谁最高")
    assert given.figures[0].value == max(share.values())
    assert given.figures[0].agency == max(share, key=lambda a: share[a])


def test_years_that_a_ranking_found_are_gone_on_with(asker: Asker) -> None:
    years = {y: truth("云溪市公安局", y, RECEIVED) for y in (2021, 2022, 2023, 2024)}
    low = min(years, key=lambda y: years[y])
    given = talk(asker, "云溪市公安局2021到2024年新收申请是怎么变的", "哪年最少", "从那年到2024年多了多少件")
    assert any(f.metric == "difference" and f.value == years[2024] - years[low] for f in given.figures)
    given = talk(asker, "云溪市公安局2021到2024年新收申请是怎么变的", "最多那年比最少那年多几件")
    assert any(f.metric == "difference" and f.value == max(years.values()) - min(years.values()) for f in given.figures)


def test_a_share_of_what_years_add_up_to_is_over_their_sum(asker: Asker) -> None:
    natural = sum(truth("云溪市公安局", y, RECEIVED, "natural") for y in (2023, 2024))
    every = sum(truth("云溪市公安局", y, RECEIVED) for y in (2023, 2024))
    given = talk(asker, "云溪市公安局2023、2024年自然人提的申请各多少件", "占这两年全部新收申请的百分之几")
    assert round(100 * natural / every, 2) in values(given)


def test_a_name_said_once_for_several_places_is_each_ones(asker: Asker) -> None:
    for question in ("云溪、碧原这两家公安局2024年新收申请合计多少件", "两家公安局，云溪的和碧原的，2024年一共收到多少件申请"):
        assert OWN + OTHER in values(asker(question)), question


def test_no_forecast_and_no_heads_are_given(asker: Asker) -> None:
    for question in ("明年会不会接着涨", "按人数算是多少个人申请的"):
        given = talk(asker, FIRST, question)
        assert given.status == "not_reported"
        assert not given.figures


def test_one_of_several_things_is_taken_out_of_their_sum(asker: Asker) -> None:
    kinds = ("licensing", "penalty", "coercion")
    own = {k: truth("云溪市公安局", 2024, f"{k}.decisions", None) for k in kinds}
    given = talk(asker, "2024年云溪市公安局许可、处罚、强制三种决定加起来一共多少件", "许可不算")
    assert own["penalty"] + own["coercion"] in values(given)


def test_the_last_place_is_not_taken_from_a_ranking_that_told_only_the_first(asker: Asker) -> None:
    whole = Context(agencies=POLICE[:1], years=(2024,), metrics=("penalty.decisions",), operation="rank", order=POLICE)
    with asker.index.reading() as snapshot:
        held = directory(snapshot.reports)
        asked = understand("第一名和最后一名差多少件", held, snapshot.segmenter)
        assert inherit(asked, whole, held).placed
        assert not inherit(asked, replace(whole, order=(*POLICE, "")), held).placed


def test_a_name_that_fits_several_is_the_one_where_the_last_body_is(asker: Asker) -> None:
    given = talk(asker, "云溪市财政局2024年收到几件申请", "教育局呢")
    assert values(given) == {truth("云溪市教育局", 2024, RECEIVED)}


def test_two_cells_that_differ_in_year_and_row_are_set_against_each_other(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2021年结转下年度继续办理的有几件", "2022年报告里上年结转填了几件", "差几件")
    out, into = truth("云溪市公安局", 2021, "requests.carried_out"), truth("云溪市公安局", 2022, "requests.carried_in")
    assert out != into  # else there would be no difference to tell
    told = next(f for f in given.figures if f.metric == "difference")
    assert told.value == abs(out - into)
    assert {o.value for o in told.operands} == {out, into}


def test_told_cells_of_the_context_are_read_again_and_never_believed(asker: Asker) -> None:
    asker(FIRST)
    assert asker.context is not None
    told = asker.context.to_dict()
    forged = told | {"told": [["没有的局", "2024", RECEIVED, "total"], ["云溪市公安局", "2023", "outcome.total", "total"]]}
    asker.context = Context.from_dict(forged)
    given = asker.then("差几件")
    assert "没有的局" not in given.text
    assert all(f.agency != "没有的局" for f in given.figures)
    for wrong in (
        ["云溪市公安局", "2024", "no.such.metric", "total"],
        ["云溪市公安局", "x", RECEIVED, "total"],
        ["云溪市公安局"],
        "云溪市公安局",
    ):
        with pytest.raises(ContextError):
            Context.from_dict(told | {"told": [wrong]})


def test_a_year_or_column_is_taken_out_of_what_was_told(asker: Asker) -> None:
    years = [truth("云溪市教育局", y, RECEIVED) for y in (2021, 2022, 2023)]
    given = talk(asker, "云溪市教育局2021到2023年一共新收多少件申请", "2022年的扣掉，剩多少")
    assert years[0] + years[2] in values(given)
    people = {p: truth("云溪市公安局", 2024, RECEIVED, p) for p in ("research", "public_benefit", "legal_service", "other")}
    given = asker("云溪市公安局2024年新收的申请里，法人或其他组织的不算商业企业合计几件")
    assert sum(people.values()) in values(given)


def test_the_same_reckoning_is_made_for_another_year(asker: Asker) -> None:
    parts = sum(truth("云溪市教育局", 2022, m) for m in ("outcome.granted", "outcome.partial"))
    share = round(100 * parts / truth("云溪市教育局", 2022, "outcome.total"), 2)
    given = talk(asker, "云溪市教育局2023年予以公开占办理结果总计的百分之几", "把部分公开也算进去", "2022年按这个口径呢")
    assert share in values(given)
    assert share not in values(
        talk(asker, "云溪市教育局2023年予以公开占办理结果总计的百分之几", "把部分公开也算进去", "2022年行政处罚几件，同样的口径")
    )


@pytest.mark.parametrize(
    ("question", "kept"), [("除了最多的那家，其余两家合计多少", slice(1, 3)), ("最多的那家，予以公开几件", slice(0, 1))]
)
def test_the_first_of_a_list_is_the_one_with_the_most_of_what_was_listed(asker: Asker, question: str, kept: slice) -> None:
    bodies = ("云溪市公安局", "云溪市教育局", "云溪市财政局")
    order = sorted(bodies, key=lambda b: -truth(b, 2024, RECEIVED))
    given = talk(asker, "云溪市公安局、教育局、财政局2024年各新收多少件申请", question)
    wanted = RECEIVED if "合计" in question else "outcome.granted"
    assert sum(truth(b, 2024, wanted) for b in order[kept]) in values(given)


@pytest.mark.parametrize("question", ["这家报告里提没提到云计算大模型", "它好像还提到了云计算大模型，原话怎么说"])
def test_whether_the_text_speaks_of_another_matter_is_not_answered_with_the_last_one(asker: Asker, question: str) -> None:
    given = talk(asker, FIRST, question)
    assert OWN not in values(given)


def test_years_that_have_any_of_a_thing_are_counted(asker: Asker) -> None:
    given = asker("云岭省公安厅2021到2024年，行政复议里有结果纠正的是哪几年，共几年")
    years = {y for y in range(2021, 2025) if truth("云岭省公安厅", y, "review.corrected", None) > 0}
    counted = next(f for f in given.figures if f.metric == "count")
    assert counted.value == len(years)
    assert all(f"{y}年" in given.text for y in years)


def test_the_percent_between_two_bodies_is_of_the_one_behind_the_comparing_word(asker: Asker) -> None:
    given = talk(asker, FIRST, "碧原市公安局呢", "折成百分比，后者比前者高多少")
    assert round(100 * (OTHER - OWN) / OWN, 2) in values(given)


def test_the_year_in_which_two_bodies_lie_furthest_apart(asker: Asker) -> None:
    apart = {y: abs(truth("云溪市公安局", y, RECEIVED) - truth("碧原市公安局", y, RECEIVED)) for y in range(2021, 2025)}
    first = "云溪市公安局和碧原市公安局2021到2024年各新收多少件"
    for word, end in (("大", max(apart.values())), ("小", min(apart.values()))):
        given = talk(asker, first, f"相差最{word}的是哪年")
        years = {y for y in apart if apart[y] == end}
        assert end in {f.value for f in given.figures if f.metric == "difference"}
        assert all(f"{y}年" in given.text for y in years)
        assert not any(f"{y}年" in given.text for y in apart if y not in years)


def test_the_year_told_is_held_against_the_one_with_the_most(asker: Asker) -> None:
    by_year = {y: truth("碧原市公安局", y, RECEIVED) for y in range(2021, 2025)}
    least, most = min(by_year.values()), max(by_year.values())
    given = talk(asker, "碧原市公安局2021到2024年哪年收到的申请最少", "比最多的那年低百分之几")
    assert round(100 * (most - least) / most, 2) in {abs(v) for v in values(given)}


def test_the_columns_told_are_added_up(asker: Asker) -> None:
    people = [
        truth("云溪市公安局", 2024, RECEIVED, p) for p in ("natural", "company", "research", "public_benefit", "legal_service", "other")
    ]
    given = talk(asker, "云溪市公安局2024年新收的申请，六类申请人各几件", "把这六列相加")
    assert sum(people) in values(given)


def test_what_only_an_older_report_speaks_of_is_told_from_there(asker: Asker) -> None:
    spoken = {(w.made.agency, w.made.year) for w in world() if any("盲文" in f.sentence for f in w.facts)}
    newest = {a: max(y for b, y in spoken | {(a, 0)} if b == a) for a in BODIES}
    body, year = next((a, y) for a, y in sorted(newest.items()) if 2021 <= y < 2024)
    given = asker(f"{body}年报里写的盲文版办事指南是怎么回事")
    assert given.status == "answered"
    assert "最新的一份报告里没有找到" in given.text
    assert f"{year}年" in given.text
    assert "盲文" in given.text


def test_what_does_not_agree_is_told_with_the_report_that_it_stands_in(asker: Asker) -> None:
    """A slip of the made-up province: the text of one report states another number of requests than its table."""
    alone = asker("碧原市公安局2023年收到多少申请")
    assert any(w.text.startswith("报告自身有一处对不上") for w in alone.warnings)
    among = asker("碧原市公安局和云溪市公安局2021到2024年各收到多少申请")
    assert [w.text[:14] for w in among.warnings if "有一处对不上" in w.text] == ["碧原市公安局2023年的报告"]


def test_a_sum_of_both_ways_to_court_holds_each_lawsuit_once(asker: Asker) -> None:
    first = "云溪市望川区人民政府2024年吃了多少官司？直接起诉的和复议后起诉的都算上"
    direct, after = (truth("云溪市望川区人民政府", 2023, f"litigation.{way}.total", None) for way in ("direct", "after_review"))
    given = talk(asker, first, "2023年两类加总是多少")
    assert direct + after in values(given)
    assert 2 * (direct + after) not in values(given)


def test_the_others_of_a_ranking_and_the_distance_between_two_places(asker: Asker) -> None:
    bodies = ("云溪市公安局", "碧原市公安局", "云岭省公安厅")
    first = "云溪市公安局、碧原市公安局、云岭省公安厅，2023年谁收到的申请最多"
    order = sorted(bodies, key=lambda body: -truth(body, 2023, RECEIVED))
    given = talk(asker, first, "另外两家各是多少")
    assert {f.agency for f in given.figures if f.metric == RECEIVED} == set(order[1:])
    given = talk(asker, first, "第二名是哪家，和第一名差多少")
    assert truth(order[0], 2023, RECEIVED) - truth(order[1], 2023, RECEIVED) in values(given)
    assert order[1] in given.text


def test_why_requests_were_refused_is_told_by_the_rows_of_that_outcome(asker: Asker) -> None:
    given = talk(asker, "碧原市人民政府2024年不予公开的有几件", "都因为什么理由")
    told = {f.metric: f.value for f in given.figures if f.metric.startswith("outcome.refused.")}
    assert told == {m: truth("碧原市人民政府", 2024, m) for m in told}
    assert len(told) == 8


def test_a_reason_or_result_that_was_explained_is_what_is_counted_next(asker: Asker) -> None:
    given = talk(asker, "“属于三类内部事务信息”说的是啥意思", "碧原市人民政府2024年拿这个理由不公开的有几件")
    assert [f.value for f in given.figures] == [truth("碧原市人民政府", 2024, "outcome.refused.internal")]
    given = talk(asker, "“结果纠正”是什么意思", "碧原市人民政府2024年的复议案件里，有几件是这个结果")
    assert [f.value for f in given.figures] == [truth("碧原市人民政府", 2024, "review.corrected", None)]


def test_how_requests_were_handled_is_every_outcome_that_was_not_zero(asker: Asker) -> None:
    given = asker("望川区白石街道办事处2024年收到的申请最后怎么处理的")
    made = next(w for w in world() if w.made.agency == "望川区白石街道办事处" and w.made.year == 2024)
    leaves = {
        m: v.value for (m, a), v in made.made.gold.items() if m.startswith("outcome.") and m != "outcome.total" and a == "total" and v.value
    }
    told = {f.metric: f.value for f in given.figures if f.metric != "outcome.total"}
    assert told
    assert told.items() <= leaves.items()
    assert sum(v or 0 for v in told.values()) == truth("望川区白石街道办事处", 2024, "outcome.total")


def test_a_body_spoken_of_is_named_by_a_part_of_its_name(asker: Asker) -> None:
    given = talk(asker, "望川区白石街道办事处和望川区沙河街道办事处2024年各收了几件申请", "白石那家2023年呢")
    assert {f.agency for f in given.figures} == {"望川区白石街道办事处"}


def test_all_applicants_again_after_one_of_them(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年自然人申请了几件", "换成总计呢，不限自然人")
    assert [(f.applicant, f.value) for f in given.figures] == [("total", OWN)]


def test_several_applicants_are_left_out_together(asker: Asker) -> None:
    given = asker("云溪市公安局2024年的新收，把自然人和商业企业都刨掉，还剩多少件")
    rest = ("research", "public_benefit", "legal_service", "other")
    assert sum(truth("云溪市公安局", 2024, RECEIVED, a) for a in rest) in values(given)


def test_one_row_of_a_report_is_told_by_another(asker: Asker) -> None:
    licences, penalties = (truth("云溪市公安局", 2024, f"{row}.decisions", None) for row in ("licensing", "penalty"))
    given = asker("云溪市公安局2024年行政许可是行政处罚的几倍")
    assert round(licences / penalties, 2) in values(given)


def test_a_word_behind_a_clause_of_talk_names_no_body(asker: Asker) -> None:
    given = asker("云溪市公安局2023年承认乡镇来培训的人少，想了啥招")
    assert given.status != "no_report"
    given = asker("云溪市公安局2023年纸质文件多长时间往市档案馆送一回")
    assert given.status != "no_report"


def test_a_share_of_the_five_columns_is_never_called_one_of_the_total(asker: Asker) -> None:
    columns = ("company", "research", "public_benefit", "legal_service", "other")
    whole = sum(truth("云溪市公安局", 2024, RECEIVED, a) for a in columns)
    share = round(100 * truth("云溪市公安局", 2024, RECEIVED, "company") / whole, 2)
    given = talk(asker, "云溪市公安局2024年新收的申请，把自然人提的刨掉还剩多少件", "剩下的里头商业企业占百分之几")
    assert share in values(given)
    assert "（法人或其他组织）的" in given.text
    assert "总计的" not in given.text


def test_the_reasons_of_an_outcome_that_is_named_again(asker: Asker) -> None:
    given = talk(asker, "碧原市人民政府2024年的申请最后都怎么处理的", "不予公开的都因为什么理由")
    told = {f.metric: f.value for f in given.figures if f.metric.startswith("outcome.refused.")}
    assert len(told) == 8
    assert told == {m: truth("碧原市人民政府", 2024, m) for m in told}


def test_the_rest_of_a_ranking_after_two_of_its_places(asker: Asker) -> None:
    streets = ("望川区白石街道办事处", "望川区城关街道办事处", "望川区沙河街道办事处")
    order = sorted(streets, key=lambda body: -truth(body, 2023, RECEIVED))
    given = talk(asker, "望川区各街道2023年谁收到的申请最多", "第二名是谁，差第一名几件")
    assert {f.agency for f in given.figures if f.metric == RECEIVED} == set(order[:2])


def test_years_with_a_gap_between_them_are_named_one_by_one(asker: Asker) -> None:
    body = "云溪市公安局"
    given = asker(f"{body}2022年和2024年一共收到几件申请")
    assert truth(body, 2022, RECEIVED) + truth(body, 2024, RECEIVED) in values(given)
    assert "2022年、2024年" in given.text
    assert "2022—2024年" not in given.text


def test_each_year_is_of_the_years_spoken_of(asker: Asker) -> None:
    body = "云溪市公安局"
    given = talk(asker, f"{body}2022到2024这三年 每年新收申请几件", "平均每年多少")
    assert round(sum(truth(body, y, RECEIVED) for y in (2022, 2023, 2024)) / 3, 2) in values(given)
    given = talk(asker, f"{body}2022年、2023年各收到几件申请", "连上2024一共是多少")
    assert sum(truth(body, y, RECEIVED) for y in (2022, 2023, 2024)) in values(given)


def test_the_other_years_held_and_the_ends_of_several(asker: Asker) -> None:
    body = "碧原市公安局"
    series = {y: truth(body, y, RECEIVED) for y in (2021, 2022, 2023, 2024)}
    given = talk(asker, f"{body}2023年收到几件申请", "它别的年份各收了多少")
    assert {f.year: f.value for f in given.figures if f.metric == RECEIVED} == {y: v for y, v in series.items() if y != 2023}
    most, least = max(series.values()), min(series.values())
    for question in ("一高一低差多少件", "谷底那年比峰值少了几件"):
        given = talk(asker, f"{body}2021到2024年哪年收到的申请最多", question)
        assert most - least in values(given)
    peak = max(series, key=lambda y: series[y])
    given = talk(asker, f"{body}2021到2024年申请的顶峰在哪一年", "从峰值那年到2022年变了多少件")
    assert abs(series[2022] - series[peak]) in {abs(v) for v in values(given)}


def test_one_of_several_years_over_what_they_add_up_to(asker: Asker) -> None:
    body = "云溪市公安局"
    whole = sum(truth(body, y, RECEIVED) for y in (2022, 2023, 2024))
    given = talk(asker, f"{body}2022、2023、2024年各收到几件申请", "中间那年占合计的百分之多少")
    assert round(100 * truth(body, 2023, RECEIVED) / whole, 2) in values(given)


def test_what_two_years_sums_of_several_bodies_lie_apart(asker: Asker) -> None:
    streets = ("望川区白石街道办事处", "望川区城关街道办事处")
    before, after = (sum(truth(s, y, RECEIVED) for s in streets) for y in (2023, 2024))
    first = f"{'、'.join(streets)}2024年收的申请加在一起几件"
    given = talk(asker, first, "2023年的也这样加一下", "也就是说少了几件")
    assert after - before in values(given)
    assert {before, after} <= values(given)


def test_the_first_of_a_ranking_is_asked_for_what_was_asked_of_the_second(asker: Asker) -> None:
    bodies = ("云溪市公安局", "碧原市公安局", "云岭省公安厅")
    order = sorted(bodies, key=lambda body: -truth(body, 2024, RECEIVED))
    given = talk(asker, f"{'、'.join(bodies)}2024年谁收到的申请最多，排一排", "排第二那个，行政复议多少件", "头一名呢")
    assert [(f.agency, f.value) for f in given.figures] == [(order[0], truth(order[0], 2024, "review.total", None))]


def test_a_share_by_another_numerator_and_by_the_asker_s_own_formula(asker: Asker) -> None:
    body = "碧原市人民政府"
    granted, partial, whole = (truth(body, 2024, m) for m in ("outcome.granted", "outcome.partial", "outcome.total"))
    first = f"{body}2024年予以公开除以办理结果总计是百分之几"
    assert round(100 * granted / whole, 2) in values(asker(first))
    given = talk(asker, first, "分子再加上部分公开呢")
    assert round(100 * (granted + partial) / whole, 2) in values(given)
    given = asker(f"我自定义一个公开率：予以公开件数÷办理结果总计，{body}2024年是多少")
    assert round(100 * granted / whole, 2) in values(given)
    given = asker(f"{body}2024年公开率是多少")
    assert round(100 * (granted + partial) / whole, 2) in values(given)


def test_the_two_ways_to_court_are_no_third_thing_beside_their_sum(asker: Asker) -> None:
    body = "云溪市望川区人民政府"
    given = talk(asker, f"{body}2024年行政复议多少件", "官司呢，直接告的、复议完再告的，总数各是多少", "两类并到一起几件")
    ways = [truth(body, 2024, f"litigation.{way}.total", None) for way in ("direct", "after_review")]
    assert sum(ways) in values(given)
    assert sum(ways) + truth(body, 2024, "review.total", None) not in values(given)


def test_numbers_counted_in_a_question_are_as_many_as_are_added_up(asker: Asker) -> None:
    asked = "云溪市公安局2022、2023、2024年各收到几件申请", "碧原市公安局这三年呢"
    whole = sum(truth(f"{place}公安局", year, RECEIVED) for place in ("云溪市", "碧原市") for year in (2022, 2023, 2024))
    assert whole in values(talk(asker, *asked, "这六个数求和"))
    assert talk(asker, *asked, "这五个数和哪个最大的比").status != "answered"


def test_an_applicant_is_left_out_of_all_that_the_form_has(asker: Asker) -> None:
    body = "云溪市公安局"
    given = talk(asker, f"{body}2024年企业提的申请占多大比例", "除开个人和企业，剩下几类申请人各交了多少")
    rest = ("research", "public_benefit", "legal_service", "other")
    assert {f.applicant: f.value for f in given.figures} == {a: truth(body, 2024, RECEIVED, a) for a in rest}


def test_figures_and_what_the_text_says_are_told_together(asker: Asker) -> None:
    given = asker("云溪市公安局2024年收到几件申请，存在什么问题，怎么改进")
    assert OWN in values(given)
    said = "".join(p.text for p in given.passages)
    made = next(w for w in world() if w.made.agency == "云溪市公安局" and w.made.year == 2024)
    assert all(told.partition("是")[2].rstrip("。") in said for told in (*made.problems, *made.measures))


def test_a_long_list_over_bodies_and_years_says_no_number_without_its_cell(asker: Asker) -> None:
    given = asker("2021到2024年各单位每年行政许可、行政处罚、行政强制各多少")
    assert given.status == "answered", given.text
    assert given.figures


def test_words_around_a_telling_word_are_sought_as_they_were_asked(asker: Asker) -> None:
    bodies = {w.made.agency for w in world() if w.made.agency in BODIES and w.made.year == 2024 and "农贸市场" in w.text}
    given = asker("2024年哪些单位的报告里提到农贸市场")
    assert all(body in given.text for body in bodies)


def test_each_clause_that_asks_for_a_number_gets_its_own(asker: Asker) -> None:
    body = "云溪市公安局"
    given = asker(f"{body}2024年收到多少件申请，几件是公司提的")
    assert [(f.applicant, f.value) for f in given.figures] == [("total", OWN), ("company", truth(body, 2024, RECEIVED, "company"))]
    courts = asker(f"{body}2024年行政诉讼总数多少，结果维持多少")
    assert {f.metric for f in courts.figures} >= {"litigation.total", "litigation.upheld"}


def test_one_cell_minus_another_is_worked_out_and_a_sum_with_a_minus_is_no_sum(asker: Asker) -> None:
    body = "碧原市公安局"
    received, carried, handled = (truth(body, 2024, m) for m in (RECEIVED, "requests.carried_in", "outcome.total"))
    given = asker(f"{body}2024年新收加结转减去办结的是多少")
    assert next(f.value for f in given.figures if f.metric == "difference") == received + carried - handled
    assert asker(f"{body}2024年新收减掉办结总计等于几").figures[0].value == received - handled
    ways = [truth(body, 2024, f"{row}.decisions", None) for row in ("penalty", "coercion", "licensing")]
    given = asker(f"{body}2024年行政处罚加行政强制减去行政许可是多少")
    assert given.figures[0].value == ways[0] + ways[1] - ways[2]


def test_the_first_of_two_numbers_over_the_second_is_not_the_second_over_the_first(asker: Asker) -> None:
    body = "碧原市人民政府"
    turns = (f"{body}2024年个人申请的，予以公开几件、办结总计几件",)
    granted, handled = (truth(body, 2024, f"outcome.{m}", "natural") for m in ("granted", "total"))
    assert {f.value for f in asker(turns[0]).figures} == {granted, handled}
    assert round(100 * granted / handled, 2) in values(talk(asker, *turns, "前一个除以后一个，折成百分数"))


def test_the_bodies_that_write_something_are_those_asked_about_next(asker: Asker) -> None:
    wrote = {w.made.agency for w in world() if w.made.agency in BODIES and w.made.year == 2024 and "农贸市场" in w.text}
    assert 1 < len(wrote) < len(BODIES)
    for question in ("它们各收到几件申请", "其中各收到几件申请"):
        given = talk(asker, "2024年哪些单位的报告里提到农贸市场", question)
        assert {f.agency for f in given.figures} == wrote


def test_a_number_that_the_text_told_is_set_against_the_table(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年报正文里说收到申请多少件", "表里头总计写的也是这数？")
    assert "一致" in given.text
    assert OWN in values(given)


def test_the_other_of_the_two_that_a_ranking_told(asker: Asker) -> None:
    first = asker("2024年新收申请最多的前两个公安局是哪两家")
    told = [f.agency for f in first.figures][:2]
    given = talk(asker, "2024年新收申请最多的前两个公安局是哪两家", "头一家予以公开几件", "另外那家呢")
    assert {f.agency for f in given.figures} == {told[1]}


@pytest.mark.parametrize(
    ("turns", "of"),
    [
        (("云溪市公安局2024年收到几件申请", "碧原市公安局呢", "云溪多几件"), (("云溪市公安局", RECEIVED, "total"), ("碧原市公安局", RECEIVED, "total"))),
        (("云溪市公安局2024年个人申请几件", "企业呢", "个人多几件"), (("云溪市公安局", RECEIVED, "natural"), ("云溪市公安局", RECEIVED, "company"))),
        (("云溪市公安局2024年部分公开几件", "予以公开的呢", "那部分公开少几件"), (("云溪市公安局", "outcome.partial", "total"), ("云溪市公安局", "outcome.granted", "total"))),
    ],
)  # fmt: skip
def test_the_one_of_two_that_is_named_is_set_against_the_other(
    asker: Asker, turns: tuple[str, ...], of: tuple[tuple[str, str, str], ...]
) -> None:
    one, two = (truth(body, 2024, metric, applicant) for body, metric, applicant in of)
    apart = next(f for f in talk(asker, *turns).figures if f.metric == "difference")
    assert apart.value == abs(one - two)


def test_the_smaller_of_two_that_were_told_is_the_share_of_the_larger(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年收到几件申请", "碧原市公安局呢", "小的占大的百分之几")
    assert round(100 * min(OWN, OTHER) / max(OWN, OTHER), 2) in values(given)


def test_numbers_told_one_after_another_are_added_up_whatever_they_were_of(asker: Asker) -> None:
    asked = FIRST, "2023年行政复议总数呢", "望川区城关街道办2022年收到几件申请"
    told = [OWN, truth("云溪市公安局", 2023, "review.total", None), truth("望川区城关街道办事处", 2022, RECEIVED)]
    given = talk(asker, *asked, "这三个数加起来")
    assert given.figures[0].formula == "＋".join(f"{value:g}" for value in told) + f"＝{sum(told):g}"
    assert all(o.citation for o in given.figures[0].operands)
    given = talk(asker, *asked, "后两个数平均一下")
    assert round(sum(told[1:]) / 2, 2) in values(given)


def test_the_ledger_of_a_context_holds_cells_and_places_only(asker: Asker) -> None:
    context = talk(asker, FIRST).context
    assert context is not None
    assert Context.from_dict(context).ledger == (("云溪市公安局", "2024", RECEIVED, "total"),)
    for cell in (["云溪市公安局", "2024", "text:x", ""], ["云溪市公安局", "24", RECEIVED, ""], ["云溪市公安局", "2024"], "text:1"):
        with pytest.raises(ContextError):
            Context.from_dict(context | {"ledger": [cell]})


def test_the_former_and_the_latter_stay_so_through_a_question_about_one(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局和碧原市公安局2024年各收到几件申请", "前者公开了几件", "后者呢")
    assert values(given) == {truth("碧原市公安局", 2024, "outcome.granted")}


def test_one_of_the_bodies_told_is_left_out_by_a_part_of_its_name(asker: Asker) -> None:
    streets = ("望川区白石街道办事处", "望川区城关街道办事处", "望川区沙河街道办事处")
    given = talk(asker, f"{'、'.join(streets)}2024年一共收到几件申请", "去掉沙河再算")
    assert sum(truth(street, 2024, RECEIVED) for street in streets[:2]) in values(given)
    given = talk(asker, f"{'、'.join(streets)}2024年各收到几件申请", "白石一家占其中百分之几")
    assert round(100 * truth(streets[0], 2024, RECEIVED) / sum(truth(s, 2024, RECEIVED) for s in streets), 2) in values(given)


def test_a_difference_is_between_the_two_years_told_and_since_then(asker: Asker) -> None:
    now, before, first = (truth("云溪市公安局", year, RECEIVED) for year in (2024, 2023, 2021))
    for question in ("差了多少", "等于多了几件", "比前一年多了还是少了，差几件"):
        assert abs(now - before) in values(talk(asker, FIRST, "2023年呢", question)), question
    assert abs(now - first) in values(talk(asker, FIRST, "2021年呢", "从那年到2024年差几件"))
    assert values(talk(asker, "云溪市公安局2022年收到几件申请", "后面两年呢")) >= {before, now}


def test_all_parts_are_told_again_after_the_largest_of_them(asker: Asker) -> None:
    given = talk(asker, "碧原市人民政府2022年不予处理的五种情形各几件", "哪种最多", "2021年的也照样拆一遍")
    kinds = ("petition", "duplicate", "publication", "excessive", "reissue")
    assert {truth("碧原市人民政府", 2021, f"outcome.unprocessed.{kind}") for kind in kinds} <= values(given)


def test_the_whole_that_a_share_was_of_is_told(asker: Asker) -> None:
    given = talk(asker, "碧原市人民政府2024年予以公开占办理结果总计百分之几", "分母是哪个数")
    assert values(given) == {truth("碧原市人民政府", 2024, "outcome.total")}


def test_of_two_bodies_the_one_that_has_more_comes_first(asker: Asker) -> None:
    first, second = sorted((("云溪市公安局", OWN), ("碧原市公安局", OTHER)), key=lambda pair: -pair[1])
    for pair in (("云溪市公安局", "碧原市公安局"), ("碧原市公安局", "云溪市公安局")):
        given = asker(f"{pair[0]}跟{pair[1]}，2024年哪家收的申请多")
        assert given.text.index(first[0]) < given.text.index(second[0])


def test_who_comes_second_and_how_far_behind(asker: Asker) -> None:
    bodies = ("云溪市公安局", "碧原市公安局", "云岭省公安厅")
    one, two, _ = sorted((truth(body, 2024, RECEIVED) for body in bodies), reverse=True)
    given = talk(asker, f"{'、'.join(bodies)}2024年谁收到的申请最多", "第二名是谁，落后几件")
    assert one - two in values(given)


def test_governments_are_counted_where_the_question_says_so(asker: Asker) -> None:
    most = max(BODIES, key=lambda body: truth(body, 2023, RECEIVED))
    for question in ("2023年收到申请最多的是哪家机关，政府也参加比较", "2023年收到申请最多的机关，不分级别"):
        assert asker(question).figures[0].agency == most, question


def test_the_cells_behind_a_share_and_a_sum_of_lawsuits_are_given_too(asker: Asker) -> None:
    body = "云溪市望川区人民政府"
    share = asker(f"{body}2024年予以公开占办理结果总计百分之几")
    assert {truth(body, 2024, "outcome.granted"), truth(body, 2024, "outcome.total")} <= values(share)
    both = [truth(body, 2024, f"litigation.{way}.total", None) for way in ("direct", "after_review")]
    suits = talk(asker, f"{body}2024年行政诉讼几件")
    assert {sum(both), *both} <= values(suits)
    again = asker.then("占全部诉讼的百分之几")  # what was told is one thing still
    assert again.status != "answered" or values(again) >= {sum(both)}


@pytest.mark.parametrize("said", ["凑一起", "拢到一块儿", "归到一块", "加一起", "合在一起"])
def test_whatever_is_said_for_adding_up_is_one_word(asker: Asker, said: str) -> None:
    assert OWN + OTHER in values(talk(asker, FIRST, "碧原市公安局呢", f"两家{said}多少件"))


def test_a_name_keeps_the_word_that_a_row_of_the_form_begins_with(asker: Asker) -> None:
    given = asker("2020年望川区人民政府集中采购了几个项目")
    assert given.understood is not None
    assert given.understood.agencies == ("云溪市望川区人民政府",)
    assert "人民" not in given.text.replace("人民政府", "")


def test_what_an_audit_cannot_judge_is_told_and_not_withheld(asker: Asker) -> None:
    with asker.index.reading() as snapshot:
        open_ = [r for r in snapshot.reports if any(c.status == "unknown" for c in snapshot.checks(r.row))]
    assert open_
    for report in open_:
        given = asker(f"{report.agency}{report.year}年报告里的数字对得上吗")
        assert given.status == "answered", given.text
        assert "勾稽" in given.text


@pytest.mark.parametrize(
    "questions",
    [
        ("2024年云溪市公安局和碧原市公安局收到的申请谁涨得多",),
        ("2024年云溪市公安局和碧原市公安局收到的申请各是多少", "谁涨得多"),
        ("2024年云溪市公安局收到多少申请", "碧原市公安局呢", "哪家涨得多"),
    ],
)
def test_who_grew_more_is_told_from_the_year_before(asker: Asker, questions: tuple[str, ...]) -> None:
    given = talk(asker, *questions)
    grown = {a: truth(a, 2024, "requests.received") - truth(a, 2023, "requests.received") for a in ("云溪市公安局", "碧原市公安局")}
    best = max(grown, key=lambda a: grown[a])
    assert grown[best] > 0
    assert [(f.agency, f.metric, f.value) for f in given.figures] == [(best, "difference", grown[best])]


def test_bodies_whose_names_say_no_province_lie_in_the_only_one_held(asker: Asker) -> None:
    given = asker("全省哪个教育局2024年收到的申请最多")
    received = {a: truth(a, 2024, "requests.received") for a in ("云溪市教育局", "碧原市教育局")}
    assert (given.figures[0].agency, given.figures[0].value) == max(received.items(), key=lambda own: own[1])
    assert "共 2 个" in given.text


def test_the_last_street_of_a_ranking_is_one_of_them(asker: Asker) -> None:
    ranked = asker("望川区各街道2023年收到的申请排一下")
    given = asker.then("最后那个街道2022年收了几件")
    last = ranked.figures[-1].agency
    assert [(f.agency, f.value) for f in given.figures] == [(last, truth(last, 2022, "requests.received"))]


def test_a_share_of_what_was_told_is_no_count(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2023年收了多少申请", "里头企业提的占几成")
    part, whole = (truth("云溪市公安局", 2023, "requests.received", a) for a in ("company", "total"))
    assert given.figures[0].unit == "%"
    assert given.figures[0].value == pytest.approx(100 * part / whole, abs=0.01)


def test_the_problems_of_several_years_are_told_for_each(asker: Asker) -> None:
    given = asker("望川区2021年和2024年分别存在什么问题")
    assert sorted((c.agency, c.year) for c in given.citations) == [("云溪市望川区人民政府", 2021), ("云溪市望川区人民政府", 2024)]
    newest = talk(asker, "望川区2021到2024年新收申请怎么变的", "存在什么问题")
    assert [c.year for c in newest.citations] == [2024]


def test_what_the_share_is_of_is_what_the_question_says(asker: Asker) -> None:
    given = talk(asker, "云溪市财政局2024年结转下年几件", "占收的多少")
    part, whole = (truth("云溪市财政局", 2024, m) for m in ("requests.carried_out", "requests.received"))
    assert given.figures[0].value == pytest.approx(100 * part / whole, abs=0.01)


@pytest.mark.parametrize(
    ("questions", "whole", "parts"),
    [
        (("云溪市公安局2024年办结的申请里，不算予以公开和部分公开，剩下几件",), "outcome.total", ("outcome.granted", "outcome.partial")),
        (("云溪市公安局2024年办结的里面，不算予以公开和部分公开，还剩几件",), "outcome.total", ("outcome.granted", "outcome.partial")),
        (("云溪市公安局2024年除了予以公开，其它各种办理结果合起来有多少件",), "outcome.total", ("outcome.granted",)),
        (("云溪市公安局2024年的复议有几件", "把没审完的刨掉呢"), "review.total", ("review.pending",)),
    ],
)
def test_what_is_left_out_is_taken_off_the_whole(asker: Asker, questions: tuple[str, ...], whole: str, parts: tuple[str, ...]) -> None:
    given = talk(asker, *questions)
    left = cell("云溪市公安局", whole) - sum(cell("云溪市公安局", part) for part in parts)
    assert (given.figures[0].metric, given.figures[0].value) == ("difference", left)
    assert {f.metric for f in given.figures[1:]} == {whole, *parts}


def cell(agency: str, metric: str) -> float:
    return truth(agency, 2024, metric, "total" if metric.startswith(("requests.", "outcome.")) else None)


def test_what_is_no_part_is_not_taken_off(asker: Asker) -> None:
    given = asker("云溪市公安局2024年处罚决定多少件，强制的不要")
    assert [(f.metric, f.value) for f in given.figures] == [("penalty.decisions", cell("云溪市公安局", "penalty.decisions"))]


def test_one_of_the_cells_added_up_as_a_share_of_them(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年处罚几件", "许可呢", "这俩加一块呢", "里头许可占几个百分点")
    own, other = (cell("云溪市公安局", f"{row}.decisions") for row in ("licensing", "penalty"))
    assert given.figures[0].value == pytest.approx(100 * own / (own + other), abs=0.01)


def test_one_body_as_a_share_of_its_group(asker: Asker) -> None:
    streets = {a: truth(a, 2023, RECEIVED) for a in BODIES if "街道" in a}
    share = {a: round(100 * own / sum(streets.values()), 2) for a, own in streets.items()}
    given = asker("城关街道2023年收到的申请占望川区各街道总数的百分之几")
    assert given.figures[0].value == share["望川区城关街道办事处"]
    assert asker.then("白石街道呢").figures[0].value == share["望川区白石街道办事处"]
    of_those = talk(asker, "望川区各街道2023年一共收到多少申请", "城关那家占了百分之几")
    assert of_those.figures[0].value == share["望川区城关街道办事处"]


def test_after_a_ranking_one_body_is_asked_for_its_own_figure(asker: Asker) -> None:
    ranked = asker("望川区哪个街道2023年收到的申请最多")
    first = ranked.figures[0].agency
    given = asker.then("它2022年呢")
    assert [(f.agency, f.applicant, f.value) for f in given.figures] == [(first, "total", truth(first, 2022, RECEIVED))]


def test_the_same_bodies_of_the_whole_city_after_those_of_a_district(asker: Asker) -> None:
    given = talk(asker, "望川区哪个街道2023年收到的申请最多", "全市呢")
    assert "云溪市的街道" in given.text
    assert all("街道" in f.agency for f in given.figures)


def test_the_second_of_a_ranking_is_told_first(asker: Asker) -> None:
    given = asker("望川区各街道2023年收到的申请，排第二的是谁")
    streets = sorted(((truth(a, 2023, RECEIVED), a) for a in BODIES if "街道" in a), reverse=True)
    assert given.text.startswith(f"排第 2 的是{streets[1][1]}")


@pytest.mark.parametrize("question", ["哪些公安局的申请比2023年多", "申请多过2023年的公安局有哪些", "各公安局里申请比2023年涨了的有哪几家"])
def test_figures_move_from_the_year_that_is_named_to_the_newest(asker: Asker, question: str) -> None:
    given = asker(question)
    grown = {a for a in ("云溪市公安局", "碧原市公安局") if truth(a, 2024, RECEIVED) > truth(a, 2023, RECEIVED)}
    assert given.status == "answered"
    assert "2022" not in given.text
    assert all((a in given.text) == (a in grown) for a in ("云溪市公安局", "碧原市公安局"))


def test_a_year_before_beside_a_column_is_a_year(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年现行有效的规范性文件有几件", "上一年末有效的是几件来着")
    assert [(f.year, f.metric, f.value) for f in given.figures] == [
        (2023, "normative.in_force", truth("云溪市公安局", 2023, "normative.in_force", None))
    ]


def test_the_years_behind_the_one_spoken_of(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2022年新收申请几件", "接着的两年也列一下")
    told = {(f.year, f.value) for f in given.figures if f.metric == RECEIVED}
    assert told == {(year, truth("云溪市公安局", year, RECEIVED)) for year in (2023, 2024)}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("云溪市公安局2024年审结的行政复议有几件", ("review.total", "review.pending")),
        ("云溪市公安局2024年行政复议除维持以外的结果一共几件", ("review.total", "review.upheld")),
    ],
)
def test_cases_that_are_closed_are_all_but_the_open_ones(asker: Asker, question: str, asked: tuple[str, str]) -> None:
    whole, part = (cell("云溪市公安局", m) for m in asked)
    given = asker(question)
    assert (given.figures[0].metric, given.figures[0].value) == ("difference", whole - part)


@pytest.mark.parametrize("turn", ["其余的呢", "剩下的呢", "剩下那些是几件"])
def test_the_rest_of_the_applicants_is_whoever_was_not_told(asker: Asker, turn: str) -> None:
    given = talk(asker, "云溪市公安局2024年自然人申请几件", turn)
    rest = cell("云溪市公安局", RECEIVED) - truth("云溪市公安局", 2024, RECEIVED, "natural")
    assert rest in values(given)


def test_the_rest_of_the_outcomes_is_what_the_part_leaves(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年办理结果总计", "其中予以公开", "其余的几件")
    assert given.figures[0].value == cell("云溪市公安局", "outcome.total") - cell("云溪市公安局", "outcome.granted")


@pytest.mark.parametrize("turn", ["比前一年差多少", "那年的前一年收到多少"])
def test_the_year_that_was_found_is_what_follows_goes_on_from(asker: Asker, turn: str) -> None:
    received = {year: truth("云溪市公安局", year, RECEIVED) for year in (2021, 2022, 2023, 2024)}
    least = min((y for y in received if y > 2021), key=lambda y: received[y])
    given = talk(asker, "云溪市公安局2022到2024年收到的申请", "哪年最少", turn)
    assert received[least - 1] in values(given)
    assert {f.year for f in given.figures} <= {least, least - 1}


@pytest.mark.parametrize("turn", ["差多少", "前者比后者多多少", "两样差几件"])
def test_two_things_told_together_are_held_against_each_other(asker: Asker, turn: str) -> None:
    given = talk(asker, "云溪市公安局2024年行政许可和行政处罚各多少", turn)
    apart = abs(cell("云溪市公安局", "licensing.decisions") - cell("云溪市公安局", "penalty.decisions"))
    assert any(f.metric == "difference" and abs(f.value or 0) == apart for f in given.figures)


def test_all_of_two_bodies_told_one_after_the_other(asker: Asker) -> None:
    given = talk(asker, FIRST, "碧原市公安局呢", "一共多少件")
    assert given.figures[0].value == OWN + OTHER
    share = asker.then("前者占一共的多少")
    assert share.figures[0].value == round(100 * OWN / (OWN + OTHER), 2)
    assert asker.then("那碧原的呢").figures[0].value == round(100 * OTHER / (OWN + OTHER), 2)


def test_a_street_is_meant_by_its_name_alone_where_one_was_spoken_of(asker: Asker) -> None:
    given = talk(asker, "望川区白石街道2023年收到几件申请", "沙河呢")
    assert [(f.agency, f.value) for f in given.figures] == [("望川区沙河街道办事处", truth("望川区沙河街道办事处", 2023, RECEIVED))]


def test_the_streets_below_the_district_spoken_of(asker: Asker) -> None:
    given = talk(asker, "望川区政府2023年收到多少申请", "区里的街道办呢")
    assert {f.agency for f in given.figures} == {a for a in BODIES if "街道" in a}


def test_the_least_of_a_ranking_is_its_last(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局、碧原市公安局、云岭省公安厅2024年谁收到的申请最多", "最少的那个呢")
    received = {a: truth(a, 2024, RECEIVED) for a in ("云溪市公安局", "碧原市公安局", "云岭省公安厅")}
    least = min(received, key=lambda a: received[a])
    assert [(f.agency, f.value) for f in given.figures] == [(least, received[least])]


@pytest.mark.parametrize(
    "question", ["云溪市公安局2022年的申请加上碧原市公安局2023年的申请一共多少", "云溪市公安局2022年罚单加上2023年的许可一共多少"]
)
def test_things_with_a_year_of_their_own_are_not_crossed(asker: Asker, question: str) -> None:
    assert asker(question).status == "clarify"


def test_last_year_carried_into_the_next_is_what_was_carried_out(asker: Asker) -> None:
    given = asker("云溪市公安局去年结转下年的有几件")
    assert [f.metric for f in given.figures] == ["requests.carried_out"]


@pytest.mark.parametrize("aside", ["，不算上年结转的", "（不含上年结转）", "，不含结转"])
def test_what_was_carried_in_is_no_part_of_what_came_in(asker: Asker, aside: str) -> None:
    given = asker(f"云溪市公安局2024年收到多少申请{aside}")
    assert [(f.metric, f.value) for f in given.figures] == [(RECEIVED, OWN)]


def test_a_part_that_is_left_out_behind_the_question_is_taken_off(asker: Asker) -> None:
    given = asker("云溪市公安局2024年不予公开几件，不算国家秘密")
    whole, part = (f.value or 0 for f in given.figures[1:])
    assert [f.metric for f in given.figures] == ["difference", "outcome.refused", "outcome.refused.state_secret"]
    assert given.figures[0].value == whole - part
    assert part == cell("云溪市公安局", "outcome.refused.state_secret")


def test_a_body_that_is_left_out_behind_the_question_is_not_added_up(asker: Asker) -> None:
    given = asker("望川区各街道2023年一共收到多少申请，不算城关街道")
    others = [a for a in BODIES if "街道" in a and "城关" not in a]
    assert given.figures[0].value == sum(truth(a, 2023, RECEIVED) for a in others)


def test_what_was_taken_off_stays_off_in_another_year(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年复议几件", "审结的呢", "2023年呢")
    whole, open_ = (truth("云溪市公安局", 2023, f"review.{m}", None) for m in ("total", "pending"))
    assert (given.figures[0].metric, given.figures[0].value) == ("difference", whole - open_)


def test_the_other_column_is_kept_where_nothing_is_left_out(asker: Asker) -> None:
    given = asker("云溪市公安局2024年其他申请人提的申请除以总数是多少")
    other = truth("云溪市公安局", 2024, RECEIVED, "other")
    assert given.figures[0].value == pytest.approx(100 * other / OWN, abs=0.01)


@pytest.mark.parametrize("aside", ["（不含国家秘密）", "（不算国家秘密）"])
def test_brackets_that_leave_a_part_out_are_heeded(asker: Asker, aside: str) -> None:
    given = asker(f"云溪市公安局2024年不予公开几件{aside}")
    assert [f.metric for f in given.figures] == ["difference", "outcome.refused", "outcome.refused.state_secret"]


@pytest.mark.parametrize("question", ["不算省级的，公安机关里2024年谁收到的申请最多", "除去市级的，2024年公安机关里谁收到的申请最多"])
def test_a_level_that_is_left_out_stays_out_of_the_ranking(asker: Asker, question: str) -> None:
    given = asker(question)
    ranked_ = {f.agency for f in given.figures}
    every = {"云岭省公安厅", "云溪市公安局", "碧原市公安局"}
    assert ranked_ == every - ({"云岭省公安厅"} if "省级" in question else {"云溪市公安局", "碧原市公安局"})


def test_a_year_counted_back_is_told_beside_one_that_is_named(asker: Asker) -> None:
    assert {f.year for f in asker("云溪市公安局2022年多少件申请，去年呢").figures if f.metric == RECEIVED} == {2022, 2024}
    assert {f.year for f in asker("云溪市公安局2022年到去年申请各几件").figures if f.metric == RECEIVED} == {2022, 2023, 2024}
    assert {f.year for f in talk(asker, FIRST, "前年呢？就是2022年").figures} == {2022}  # the same year, said twice


def test_what_was_disclosed_in_part_or_whole_is_one_number(asker: Asker) -> None:
    whole, granted_, partial = (truth("云溪市公安局", 2024, f"outcome.{m}") for m in ("total", "granted", "partial"))
    given = asker("云溪市公安局2024年公开了的（含部分公开）占办结百分之几")
    assert given.figures[0].value == pytest.approx(100 * (granted_ + partial) / whole, abs=0.01)
    assert asker("云溪市公安局2024年办结的里面有几件没公开也没部分公开").figures[0].value == whole - granted_ - partial


@pytest.mark.parametrize(
    "question",
    ["公安机关三家2024年的申请合计里，云溪市公安局占百分之几", "各公安机关2024年收的申请里，云溪市公安局占几成"],
)
def test_a_share_of_a_group_that_is_named_first(asker: Asker, question: str) -> None:
    every = sum(truth(a, 2024, RECEIVED) for a in ("云岭省公安厅", "云溪市公安局", "碧原市公安局"))
    assert asker(question).figures[0].value == pytest.approx(100 * OWN / every, abs=0.01)


def test_what_grew_is_told_by_what_it_was(asker: Asker) -> None:
    before = truth("云溪市公安局", 2022, RECEIVED)
    given = asker("云溪市公安局申请量从2022年涨到2024年，翻了几倍")
    assert (given.figures[0].metric, given.figures[0].value) == ("times", pytest.approx(OWN / before, abs=0.01))


def test_whose_secrets_a_reason_protects_did_not_apply(asker: Asker) -> None:
    given = asker("云溪市公安局2024年因为会泄露人家公司的商业秘密不给公开的有几件")
    assert {f.applicant for f in given.figures} <= {"total"}


def test_two_channels_are_held_against_each_other_and_taken_together(asker: Asker) -> None:
    apart = talk(asker, "云溪市教育局2024年网站和微信各发了多少条", "差多少")
    told = [f.value or 0 for f in apart.figures if f.metric.startswith("narrative.")]
    assert next(f.value for f in apart.figures if f.metric == "difference") == max(told) - min(told)
    assert asker.then("加起来").figures[0].value == sum(told)
    share = asker.then("占主动公开总数多少").figures[0]
    assert share.unit == "%"
    assert {o.value for o in share.operands} > {*told}


def test_how_many_there_are_of_what_was_picked_by_what_it_has(asker: Asker) -> None:
    given = talk(asker, "2024年哪些局的行政复议被纠正了", "有几家")
    had = [a for a in BODIES if a.endswith("局") and truth(a, 2024, "review.corrected", None)]
    assert next(f.value for f in given.figures if f.metric == "count") == len(had)
    total = asker.then("总共几件")
    assert total.figures[0].value == sum(truth(a, 2024, "review.corrected", None) for a in had)


def test_the_sum_of_a_group_goes_on_as_a_sum(asker: Asker) -> None:
    given = talk(asker, "各街道办2023年收到的申请一共几件", "望川区的几件")
    assert given.figures[0].value == sum(truth(a, 2023, RECEIVED) for a in BODIES if a.startswith("望川区"))
    assert len(asker.then("各是多少").figures) == 3


def test_all_but_the_one_told_are_added_up(asker: Asker) -> None:
    given = talk(asker, "各街道办2024年谁收到的申请最多", "除了它，其他几家一共几件")
    received = sorted(truth(a, 2024, RECEIVED) for a in BODIES if a.startswith("望川区"))
    assert given.figures[0].value == sum(received[:-1])


def test_the_last_share_of_a_sum_is_that_of_whoever_is_left(asker: Asker) -> None:
    every = ("云溪市公安局", "碧原市公安局", "云岭省公安厅")
    given = talk(asker, "、".join(every) + "2024年收到申请各多少", "云溪占三家合计多少", "碧原占三家合计多少", "剩下那个呢")
    own = truth("云岭省公安厅", 2024, RECEIVED)
    assert given.figures[0].value == pytest.approx(100 * own / sum(truth(a, 2024, RECEIVED) for a in every), abs=0.01)


def test_sums_over_years_of_two_bodies_are_held_against_each_other(asker: Asker) -> None:
    sums = [sum(truth(a, y, RECEIVED) for y in (2022, 2023, 2024)) for a in ("云溪市公安局", "碧原市公安局")]
    given = talk(asker, "云溪市公安局2022年到2024年的申请加起来多少", "碧原市公安局呢", "差多少")
    assert next(f.value for f in given.figures if f.metric == "difference") == abs(sums[0] - sums[1])


def test_a_movement_is_between_the_two_years_that_were_told(asker: Asker) -> None:
    given = talk(asker, FIRST, "2023年呢", "一年变了百分之几")
    assert {f.year for f in given.figures if f.metric == RECEIVED} == {2023, 2024}


def test_the_last_three_of_four_that_were_told_are_not_taken_for_three_that_are_meant(asker: Asker) -> None:
    named = "云溪市公安局、碧原市公安局、云岭省公安厅、云溪市教育局"
    assert talk(asker, f"{named}2024年谁收到的申请最多", "三家平均呢").status == "clarify"


def test_the_same_year_after_a_comparison_is_the_later_of_the_two(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年行政处罚比2023年多了多少", "碧原市公安局同年罚了几件")
    assert {f.year for f in given.figures if f.agency == "碧原市公安局"} == {2024}


def test_one_body_more_is_added_up_with_those_told(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局跟碧原市公安局2024年谁收到的申请多", "把省公安厅也拉进来，三家合计是多少")
    assert given.figures[0].value == OWN + OTHER + truth("云岭省公安厅", 2024, RECEIVED)


def test_a_fault_that_reports_own_up_to_is_no_reason_for_refusing(asker: Asker) -> None:
    given = asker("2024年有几家单位检讨了隐私审查不严的问题")
    assert not any(f.metric.startswith("outcome.") for f in given.figures)


def test_a_name_of_several_is_the_one_that_was_spoken_of_before_another(asker: Asker) -> None:
    given = talk(asker, "碧原市公安局2024年收到几件申请", "云溪市望川区人民政府呢", "那公安局这份里写收了几件申请")
    assert {f.agency for f in given.figures} == {"碧原市公安局"}


def test_whom_a_question_was_about_stays_though_it_was_refused(asker: Asker) -> None:
    assert asker("云溪市公安局局长手机号多少").status in ("refused", "out_of_scope")
    assert {(f.agency, f.value) for f in asker.then("那他们2024年收到几件申请").figures} == {("云溪市公安局", OWN)}


def test_the_others_after_a_ranking_are_all_but_the_first(asker: Asker) -> None:
    given = talk(asker, "各街道办2024年谁收到的申请最多", "其余几家一共几件")
    received = sorted(truth(a, 2024, RECEIVED) for a in BODIES if a.startswith("望川区"))
    assert given.figures[0].value == sum(received[:-1])


@pytest.mark.parametrize("question", ["云溪市公安局2024年主要信息发布了多少条", "云溪市公安局2024年法人代表提的申请有几件"])
def test_words_inside_other_words_name_nothing(asker: Asker, question: str) -> None:
    given = asker(question)
    assert not any(f.metric == RECEIVED and f.applicant == "total" for f in given.figures)
    assert not any(f.metric.startswith("narrative.motions") for f in given.figures)


def test_a_city_that_holds_a_body_is_another_body(asker: Asker) -> None:
    given = talk(asker, "望川区白石街道和碧原市公安局2024年申请哪个多", "云溪市的几件")
    assert "望川区白石街道办事处" not in {f.agency for f in given.figures}


STREETS = ("望川区白石街道办事处", "望川区城关街道办事处", "望川区沙河街道办事处")


def test_the_most_of_a_sum_is_whoever_has_most_of_it(asker: Asker) -> None:
    each = {a: truth(a, 2024, RECEIVED) for a in STREETS}
    most, least = max(each.values()), min(each.values())
    assert each[STREETS[0]] == most  # two of the three share the first place
    given = talk(asker, "各街道2024年一共收到多少申请", "最多的那家呢")
    assert {f.agency for f in given.figures if f.metric == RECEIVED} == {a for a, v in each.items() if v == most}
    assert least in values(talk(asker, "各街道2024年一共收到多少申请", "最少的那个街道呢"))
    assert most / sum(each.values()) * 100 == pytest.approx(
        next(f.value for f in talk(asker, "各街道2024年一共收到多少申请", "最多的那家占多少").figures if f.unit == "%"), abs=0.01
    )


def test_a_mean_goes_on_as_a_mean_and_the_rest_is_what_was_not_told(asker: Asker) -> None:
    streets = [truth(a, 2023, RECEIVED) for a in STREETS]
    given = talk(asker, "各街道2024年收到申请平均几件", "那2023年呢")
    assert given.figures[0].metric == "mean"
    assert given.figures[0].value == pytest.approx(sum(streets) / 3, abs=0.01)


def test_who_grew_is_measured_from_the_year_before(asker: Asker) -> None:
    grown = {a: truth(a, 2024, RECEIVED) / truth(a, 2023, RECEIVED) for a in ("云溪市公安局", "碧原市公安局")}
    given = talk(asker, FIRST, "碧原市公安局呢", "谁涨得快")
    assert given.figures[0].agency == max(grown, key=lambda a: grown[a])
    assert given.understood is not None
    assert given.understood.years == (2023, 2024)


def test_a_level_of_which_two_were_told_is_no_single_body(asker: Asker) -> None:
    given = talk(asker, "省公安厅、云溪市公安局、碧原市公安局2024年各收了几件申请", "两个市局呢")
    assert {f.agency for f in given.figures if f.agency and not f.formula} == {"云溪市公安局", "碧原市公安局"}
    given = talk(asker, "省公安厅2024年收到几件申请", "云溪市公安局和云溪市财政局呢", "省厅和市局差几件")
    assert not any(f.metric == "difference" for f in given.figures)


def test_the_same_ratio_of_another_applicant(asker: Asker) -> None:
    given = talk(
        asker, "云溪市公安局2024年自然人提了几件申请", "其中予以公开的几件", "后一个数是前一个数的百分之几", "商业企业那一列照样除一下"
    )
    top, base = (truth("云溪市公安局", 2024, m, "company") for m in ("outcome.granted", RECEIVED))
    assert next(f.value for f in given.figures if f.unit == "%") == pytest.approx(100 * top / base, abs=0.01)


@pytest.mark.parametrize(("term", "metric", "applicant"), [("分母", RECEIVED, "total"), ("分子", RECEIVED, "natural")])
def test_what_a_share_was_divided_by(asker: Asker, term: str, metric: str, applicant: str) -> None:
    given = talk(asker, "云溪市公安局2024年自然人占新收的多少", f"{term}是多少")
    assert [(f.metric, f.applicant, f.value) for f in given.figures] == [
        (metric, applicant, truth("云溪市公安局", 2024, metric, applicant))
    ]


def test_of_four_that_were_named_the_first_is_one_of_those(asker: Asker) -> None:
    asked = ["望川区白石街道办、沙河街道办、云溪市教育局2024年各收了几件申请", "一共几件", "最多的是哪家"]
    given = talk(asker, *asked)
    assert {f.agency for f in given.figures if f.agency} <= {"望川区白石街道办事处", "望川区沙河街道办事处", "云溪市教育局"}


def test_a_place_among_rates_is_one_body_and_those_of_another_year_are_forgotten(asker: Asker) -> None:
    given = talk(asker, "云溪市教育局、碧原市教育局、云溪市财政局2023年公开率谁最高", "第二名收到几件申请")
    assert len({f.agency for f in given.figures}) == 1
    named = ("云溪市公安局", "碧原市公安局", "云岭省公安厅")
    received = {a: truth(a, 2022, RECEIVED) for a in named}
    given = talk(asker, "、".join(named) + "2024年谁收到的申请最多", "2022年呢", "第一名予以公开几件")
    assert {f.agency for f in given.figures} == {max(received, key=lambda a: received[a])}


def test_the_total_of_the_first_two_is_of_those_two(asker: Asker) -> None:
    received = sorted((truth(a, 2024, RECEIVED) for a in ("云溪市公安局", "碧原市公安局", "云岭省公安厅")), reverse=True)
    given = talk(asker, "云溪市公安局、碧原市公安局、云岭省公安厅2024年收到申请最多的前两家是哪两家，一共多少件")
    assert next(f.value for f in given.figures if f.metric == "sum") == sum(received[:2])


def test_two_columns_of_one_body_are_not_two_bodies(asker: Asker) -> None:
    apart = truth("碧原市公安局", 2024, RECEIVED, "natural") - truth("碧原市公安局", 2024, RECEIVED, "company")
    given = talk(asker, FIRST, "碧原市公安局自然人和商业企业二者差几件")
    assert next(f.value for f in given.figures if f.metric == "difference") == abs(apart)


@pytest.mark.parametrize(
    "question",
    ["2024年市局里收到最少的和公开率最高的分别是谁", "云溪市公安局2024年不给人公开的有几件", "云溪市局2024年收到几件申请"],
)
def test_what_no_one_reading_tells_is_asked_back(asker: Asker, question: str) -> None:
    assert asker(question).status in ("clarify", "not_reported")


def test_of_companies_requests_those_that_were_granted_are_theirs(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年企业提了几件申请", "其中予以公开的几件")
    assert [(f.applicant, f.value) for f in given.figures] == [("company", truth("云溪市公安局", 2024, "outcome.granted", "company"))]


def test_a_field_that_is_named_apart_is_of_each_place(asker: Asker) -> None:
    given = asker("同样是公安，云溪市局和碧原市局2024年收到的申请差几件")
    assert next(f.value for f in given.figures if f.metric == "difference") == abs(OWN - OTHER)
    given = asker("碧原那边的公安和云溪那边的公安2024年收到的差几件")
    assert next(f.value for f in given.figures if f.metric == "difference") == abs(OWN - OTHER)


def test_both_ends_and_the_second_year_are_told(asker: Asker) -> None:
    years = {y: truth("云溪市公安局", y, RECEIVED) for y in range(2021, 2025)}
    order = sorted(years, key=lambda y: -years[y])
    given = asker("云溪市公安局2021到2024年哪年收到的申请最多，哪年最少")
    assert [f.year for f in given.figures[:2]] == [order[0], order[-1]]
    given = asker("云溪市公安局2021到2024年收到申请第二多的是哪年")
    assert given.figures[0].year == order[1]


ALL_THREE = "云溪市公安局、碧原市公安局、云岭省公安厅"


def in_order(year: int, metric: str = RECEIVED, bodies: tuple[str, ...] = POLICE) -> list[tuple[str, float]]:
    """Bodies and their figures, the most first; a test that rests on it needs no two alike."""
    order = sorted(((a, truth(a, year, metric)) for a in bodies), key=lambda pair: -pair[1])
    assert len({value for _, value in order}) == len(order)
    return order


def single(given: Answer, metric: str) -> float:
    found = [f.value for f in given.figures if f.metric == metric]
    assert len(found) == 1
    assert found[0] is not None
    return found[0]


def test_places_of_a_ranking_go_by_other_names(asker: Asker) -> None:
    order = in_order(2024)
    opening = f"{ALL_THREE}2024年收到的申请从多到少排一下"
    assert single(talk(asker, opening, "老三具体几件"), RECEIVED) == order[2][1]
    assert single(talk(asker, opening, "老三具体几件", "老大跟它差出去多少"), "difference") == order[0][1] - order[2][1]
    assert {f.agency for f in talk(asker, opening, "夹在中间那家收了几件").figures} == {order[1][0]}
    assert single(talk(asker, opening, "收得最多的比第二多的多收几件"), "difference") == order[0][1] - order[1][1]


def test_what_is_found_first_is_what_the_rest_is_about(asker: Asker) -> None:
    order = in_order(2024)
    given = talk(asker, f"{ALL_THREE}2024年各收到几件申请", "第二名是哪家？它予以公开了几件")
    assert (order[1][0], truth(order[1][0], 2024, "outcome.granted")) in {(f.agency, f.value) for f in given.figures}


def test_the_first_few_of_a_ranking_and_those_behind_them(asker: Asker) -> None:
    bodies = (*POLICE, "云溪市教育局")
    order = in_order(2024, bodies=bodies)
    opening = f"{'、'.join(bodies)}2024年收到的申请从多到少排一下"
    share = single(talk(asker, opening, "前两家合计占四家总数的百分之几"), "share")
    assert share == round(100 * sum(v for _, v in order[:2]) / sum(v for _, v in order), 2)
    assert talk(asker, opening, "没进前两名的里面，哪家最多").figures[0].agency == order[2][0]


def test_a_body_that_was_added_or_left_out_is_that_one(asker: Asker) -> None:
    opening = "云溪市公安局、碧原市公安局2024年一共收到几件申请"
    added = talk(asker, opening, "再加上云岭省公安厅呢", "后加的这家予以公开几件")
    assert {(f.agency, f.value) for f in added.figures} == {("云岭省公安厅", truth("云岭省公安厅", 2024, "outcome.granted"))}
    opening = f"{ALL_THREE}2024年各收到几件申请"
    left = talk(asker, opening, "剔除云岭省公安厅，平均多少件", "被剔掉的那家2023年收了几件")
    assert {(f.agency, f.value) for f in left.figures} == {("云岭省公安厅", truth("云岭省公安厅", 2023, RECEIVED))}


def test_a_body_picked_by_words_that_no_rule_knows_is_asked_back_and_the_talk_goes_on(asker: Asker) -> None:
    opening = f"{ALL_THREE}2024年各收到几件申请"
    given = talk(asker, opening, "被点了名的那家收了几件")
    assert given.status == "clarify"
    assert not given.figures
    assert values(asker.then("一共多少件")) >= {sum(truth(a, 2024, RECEIVED) for a in POLICE)}


def test_what_was_asked_back_leaves_the_operation_as_it_was(asker: Asker) -> None:
    talk(asker, FIRST, "占了仨的几成")
    assert values(asker.then("2023年呢")) == {truth("云溪市公安局", 2023, RECEIVED)}


def test_requests_are_no_share_of_what_was_handled_unless_that_is_said(asker: Asker) -> None:
    assert not any(f.metric == "share" for f in talk(asker, FIRST, "占其中的百分之几").figures)


def test_the_years_of_each_body_are_added_up_apart(asker: Asker) -> None:
    sums = {a: sum(truth(a, y, RECEIVED) for y in range(2021, 2025)) for a in POLICE}
    given = asker(f"{ALL_THREE}2021到2024年新收申请各自一共多少件")
    assert {f.agency: f.value for f in given.figures if f.metric == "sum"} == sums
    pair = "云溪市公安局和碧原市公安局2021到2024年新收申请各自一共多少件"
    own, other = sums["云溪市公安局"], sums["碧原市公安局"]
    assert single(talk(asker, pair, "差距是几件"), "difference") == abs(own - other)
    assert single(talk(asker, pair, "后者是前者的百分之几"), "share") == round(100 * other / own, 2)


def test_a_ranking_over_several_years_says_which(asker: Asker) -> None:
    given = asker(f"{ALL_THREE}2021到2024年累计收到的申请，从高到低排")
    assert "2021—2024年" in given.text
    assert "2024年报告的" not in given.text.replace("2021—2024年报告的", "")


@pytest.mark.parametrize("question", ["后一个局比前一个局多的年份有哪几年", "哪几年是碧原比云溪多"])
def test_in_which_years_one_of_two_has_more(asker: Asker, question: str) -> None:
    more = {y for y in range(2021, 2025) if truth("碧原市公安局", y, RECEIVED) > truth("云溪市公安局", y, RECEIVED)}
    given = talk(asker, "云溪市公安局和碧原市公安局2021到2024年每年收到的申请各多少件", question)
    assert single(given, "count") == len(more)
    named = given.text.partition("多的有")[2].partition("其余")[0]
    assert {y for y in range(2021, 2025) if f"{y}年" in named} == more


def test_from_the_year_with_most_to_the_first_one(asker: Asker) -> None:
    years = {y: truth("云溪市公安局", y, RECEIVED) for y in range(2021, 2025)}
    assert max(years.values()) != years[2021]
    given = talk(asker, "云溪市公安局2021到2024年逐年收到的申请报给我", "峰值那一年比头一年多几件")
    assert single(given, "difference") == max(years.values()) - years[2021]


def test_rows_of_one_result_are_held_against_each_other(asker: Asker) -> None:
    rows = ["state_secret", "other_law", "security", "third_party", "internal", "process", "enforcement_file", "query"]
    body = max(BODIES, key=lambda a: sum(truth(a, 2024, f"outcome.refused.{m}") for m in rows))
    each = sorted((truth(body, 2024, f"outcome.refused.{m}") for m in rows), reverse=True)
    opening = f"{body}2024年不予公开的八种情形，每种多少件"
    assert single(talk(asker, opening, "最多的一种和最少的一种差几件"), "difference") == each[0] - each[-1]
    assert single(talk(asker, opening, "头一种占这八种总和的百分之几"), "share") == round(
        100 * truth(body, 2024, "outcome.refused.state_secret") / sum(each), 2
    )


def test_a_share_by_the_askers_formula_stays_one(asker: Asker) -> None:
    def part(year: int, *rows: str) -> float:
        return round(100 * sum(truth("碧原市人民政府", year, m) for m in rows) / truth("碧原市人民政府", year, "outcome.total"), 2)

    opening = "碧原市政府2022、2023、2024三年，予以公开的件数除以办理结果总计，每年是百分之几"
    given = talk(asker, opening, "末年比首年高了几个百分点")
    assert single(given, "difference") == round(part(2024, "outcome.granted") - part(2022, "outcome.granted"), 2)
    assert part(2024, "outcome.granted", "outcome.partial") in values(asker.then("把部分公开也加进分子，2024年变成多少"))


def test_what_became_of_requests_is_asked_in_many_ways(asker: Asker) -> None:
    granted = truth("云溪市公安局", 2024, "outcome.granted")
    for question in ("那最后都落了个什么结果", "都是拿什么名目打发的，各几件", "这些都是什么结果"):
        given = talk(asker, FIRST, question)
        assert ("outcome.granted", granted) in {(f.metric, f.value) for f in given.figures}, question


def test_a_bare_number_after_what_no_report_writes_is_of_what_was_told(asker: Asker) -> None:
    opening = "云溪市公安局、碧原市公安局2024年行政处罚决定各多少件"
    given = talk(asker, opening, "有没有提到外星人", "一共多少件")
    assert single(given, "sum") == sum(truth(a, 2024, "penalty.decisions", None) for a in ("云溪市公安局", "碧原市公安局"))


def test_a_date_is_no_number(asker: Asker) -> None:
    given = talk(asker, FIRST, "它2024年的报告是哪天挂出来的")
    assert not given.figures


TWO_STREETS, TWO_BUREAUS = ("望川区白石街道办事处", "望川区城关街道办事处"), ("云溪市公安局", "碧原市公安局")
FOUR_TOLD = "云溪市公安局、碧原市公安局、望川区白石街道、望川区城关街道2024年新收的申请各是多少"


def together(bodies: Iterable[str], year: int = 2024) -> float:
    return sum(truth(a, year, RECEIVED) for a in bodies)


def test_a_part_of_those_told_by_their_kind(asker: Asker) -> None:
    assert single(talk(asker, FOUR_TOLD, "后面俩街道合计"), "sum") == together(TWO_STREETS)
    assert single(asker.then("两个局合计呢"), "sum") == together(TWO_BUREAUS)
    share = round(100 * together(TWO_STREETS) / together((*TWO_STREETS, *TWO_BUREAUS)), 2)
    assert single(talk(asker, FOUR_TOLD, "加一块儿呢", "两个街道在里头占多大比例"), "share") == share
    against = talk(asker, FOUR_TOLD, "两个局比两个街道多多少")
    assert against.status == "clarify"  # two groups against each other: not one of them


def test_of_what_was_added_last_the_share_of_the_new_sum(asker: Asker) -> None:
    added = truth("云岭省公安厅", 2024, RECEIVED)
    given = talk(asker, FOUR_TOLD, "加一块儿呢", "把云岭省公安厅也算进来，五家总数多少", "新加的这一家占了百分之多少")
    assert single(given, "share") == round(100 * added / (added + together((*TWO_STREETS, *TWO_BUREAUS))), 2)


def test_a_sum_for_every_year_and_then_each_by_its_place_in_the_question(asker: Asker) -> None:
    bodies, years = ALL_THREE.split("、"), (2022, 2023, 2024)
    given = talk(asker, f"{ALL_THREE}2022、2023、2024年收到的申请都列出来", "每一年三家的合计也要")
    assert [f.value for f in given.figures if f.metric == "sum"] == [together(bodies, y) for y in years]
    for question, body in (("第一家三年一共收了多少", bodies[0]), ("最后一家呢", bodies[2])):
        assert single(asker.then(question), "sum") == sum(truth(body, y, RECEIVED) for y in years), question


def test_what_was_done_stays_licences(asker: Asker) -> None:
    opening = "云溪市公安局2024年办了多少行政许可"
    given = talk(asker, opening, "从2022年起每年办了多少，列一下")
    assert {(f.year, f.value) for f in given.figures if f.metric == "licensing.decisions"} >= {
        (y, truth("云溪市公安局", y, "licensing.decisions", None)) for y in (2022, 2023, 2024)
    }
    assert {f.metric for f in talk(asker, opening, "收到的申请办了多少件").figures} & {"outcome.total"}


def test_how_many_and_whether_any_are_two_questions(asker: Asker) -> None:
    body = "碧原市人民政府"
    wanted = {(m, truth(body, 2024, m, None)) for m in ("review.total", "review.corrected")}
    for question in ("2024年被复议了几件？纠正的有没有", "2024年行政复议总件数，以及其中被纠正的件数"):
        assert {(f.metric, f.value) for f in asker(f"{body}{question}").figures} >= wanted, question


@pytest.mark.parametrize(
    "question", ["前两年、后两年各自加起来多少", "平均一年净增几件", "分两段算一下", "八年一共多少"]
)
def test_years_parted_by_the_asker_are_asked_back(asker: Asker, question: str) -> None:
    given = talk(asker, "云溪市公安局2021到2024年每年收到的申请各多少件", question)
    assert given.status == "clarify"


def test_a_year_word_is_no_part_of_a_name(asker: Asker) -> None:
    given = asker("我是望川区的，去年区政府收到几个申请")
    assert [(f.agency, f.year) for f in given.figures] == [("云溪市望川区人民政府", 2024)]


def test_a_place_alone_points_at_the_body_named_that_lies_there(asker: Asker) -> None:
    both = "云溪、碧原两个市公安局2024年新收申请加在一起，"
    share = {a: round(100 * truth(a, 2024, RECEIVED) / together(TWO_BUREAUS), 2) for a in TWO_BUREAUS}
    assert single(asker(f"{both}碧原那家占百分之几"), "share") == share["碧原市公安局"]
    opening = "云溪市公安局、碧原市公安局2024年各收多少申请"
    assert single(talk(asker, opening, "合到一起呢", "前一家占这个合计的几成"), "share") == share["云溪市公安局"]


def test_all_years_spoken_of_are_counted_in_any_word(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2022、2023年各收多少申请", "2024呢", "仨年头加总给我")
    assert single(given, "sum") == sum(truth("云溪市公安局", y, RECEIVED) for y in (2022, 2023, 2024))


def test_people_hired_are_no_requests(asker: Asker) -> None:
    assert not talk(asker, FIRST, "它2024年教师招聘了多少人").figures
    assert talk(asker, FIRST, "那我今年个税退税该点哪个按钮").status == "out_of_scope"


def test_cases_open_beside_those_closed(asker: Asker) -> None:
    given = asker("碧原市政府2024年的复议案，维持的几件、纠正了的几件，尚未审完的呢")
    assert {(f.metric, f.value) for f in given.figures} >= {
        (m, truth("碧原市人民政府", 2024, m, None)) for m in ("review.upheld", "review.corrected", "review.pending")
    }


def test_whose_number_was_nought_is_looked_up(asker: Asker) -> None:
    bodies = [a for a in sorted(BODIES) if truth(a, 2024, "penalty.decisions", None) is not None]
    nought = [a for a in bodies if truth(a, 2024, "penalty.decisions", None) == 0][:1]
    three = [*nought, *[a for a in bodies if truth(a, 2024, "penalty.decisions", None)][:2]]
    given = talk(asker, f"{'、'.join(three)}2024年行政处罚决定各多少件", "一件没罚的那家，2023年收到多少申请")
    assert {(f.agency, f.metric, f.value) for f in given.figures} == {(nought[0], RECEIVED, truth(nought[0], 2023, RECEIVED))}


def test_the_years_of_another_body_are_not_those_told_last(asker: Asker) -> None:
    asker("云溪市公安局2021到2024年每年收到的申请各多少件")
    given = asker.then("那碧原市公安局四年下来总共收了多少件")
    assert single(given, "sum") == sum(truth("碧原市公安局", y, RECEIVED) for y in range(2021, 2025))


@pytest.mark.parametrize(
    ("words", "of_first"),
    [
        ("{a}年收到的申请是不是比{b}年多", True),
        ("{a}年收到的申请比{b}年少，对吗", False),
        ("{a}年收到的申请是不是没有{b}年多", False),
        ("比起{b}年，{a}年的申请是不是更多", True),
    ],
)
@pytest.mark.parametrize(("a", "b"), [(2022, 2024), (2024, 2022), (2021, 2022), (2022, 2021)])
def test_a_claim_is_about_the_year_that_it_names_first(asker: Asker, words: str, of_first: bool, a: int, b: int) -> None:
    own, other = truth("云溪市公安局", a, RECEIVED), truth("云溪市公安局", b, RECEIVED)
    given = asker("云溪市公安局" + words.format(a=a, b=b))
    assert given.text.startswith("是的。" if (own > other) == of_first else "不对。")


def test_a_claim_about_the_year_before_those_spoken_of(asker: Asker) -> None:
    more = truth("云溪市公安局", 2022, RECEIVED) > OWN
    assert talk(asker, FIRST, "2022年是不是更多").text.startswith("是的。" if more else "不对。")
    assert talk(asker, FIRST, "是不是比2022年更多").text.startswith("不对。" if more else "是的。")


def test_those_behind_the_first_and_those_left_out(asker: Asker) -> None:
    bodies = sorted(
        ("云溪市公安局", "碧原市公安局", "云溪市教育局", "碧原市教育局", "云溪市财政局"), key=lambda a: -truth(a, 2024, RECEIVED)
    )
    assert len({truth(a, 2024, RECEIVED) for a in bodies}) == len(bodies)
    opening = f"{'、'.join(sorted(bodies))}2024年哪个局收的申请最多"
    given = talk(asker, opening, "紧跟在它后面的两个呢")
    assert {f.agency for f in given.figures if f.metric == RECEIVED} == {*bodies[1:3]}
    over = truth(bodies[1], 2024, RECEIVED)
    given = talk(asker, f"{'、'.join(sorted(bodies))}2024年收到申请不少于{over:.0f}件的有哪几家", "其他的几家各是几件")
    assert {(f.agency, f.value) for f in given.figures if f.metric == RECEIVED} == {(a, truth(a, 2024, RECEIVED)) for a in bodies[2:]}


@pytest.mark.parametrize(
    ("words", "of_first"),
    [
        ("{a}2024年收到的申请是不是比{b}多", True),
        ("{a}2024年收到的申请不如{b}多吧", False),
        ("{a}2024年收到的申请是不是没有{b}多", False),
        ("和{b}相比，{a}2024年收到申请是不是更多", True),
    ],
)
@pytest.mark.parametrize(("a", "b"), [TWO_BUREAUS, TWO_BUREAUS[::-1]])
def test_a_claim_is_about_the_body_that_it_names_first(asker: Asker, words: str, of_first: bool, a: str, b: str) -> None:
    given = asker(words.format(a=a, b=b))
    assert given.text.startswith("是的。" if (truth(a, 2024, RECEIVED) > truth(b, 2024, RECEIVED)) == of_first else "不对。")


def test_who_had_none_is_not_whoever_was_told_last(asker: Asker) -> None:
    opening = f"{'、'.join(TWO_BUREAUS)}、云溪市教育局2024年收到申请各多少件"
    assert talk(asker, opening, "没收过钱的那家呢").status == "clarify"


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("{agency}{b}年的申请比{a}年翻了一番，属实吗", lambda ratio: ratio >= 2),
        ("{agency}{b}年的申请没比{a}年翻番吧", lambda ratio: ratio < 2),
        ("听说{agency}{b}年的申请不到{a}年的一半", lambda ratio: ratio < 0.5),
        ("{agency}{b}年的申请是{a}年的一半都不到，是不是", lambda ratio: ratio < 0.5),
        ("{agency}{b}年的申请比{a}年增长超过两成，对吗", lambda ratio: ratio > 1.2),
        ("{agency}{b}年的申请比{a}年少了一成以上，对吗", lambda ratio: ratio < 0.9),
        ("{agency}{b}年的申请并没有比{a}年多四成，对吗", lambda ratio: ratio < 1.4),
        ("{agency}{b}年的申请是{a}年的两倍多，对吗", lambda ratio: ratio > 2),
    ],
)
@pytest.mark.parametrize("agency", ["碧原市人民政府", "云溪市公安局", "碧原市财政局"])
@pytest.mark.parametrize(("a", "b"), [(2021, 2022), (2022, 2023), (2023, 2024), (2021, 2024)])
def test_a_claim_of_how_far_a_figure_moved_is_held_against_it(
    asker: Asker, words: str, holds: Callable[[float], bool], agency: str, a: int, b: int
) -> None:
    given = asker(words.format(agency=agency, a=a, b=b))
    assert given.text.startswith("是的" if holds(truth(agency, b, RECEIVED) / truth(agency, a, RECEIVED)) else "不对")
    assert {truth(agency, a, RECEIVED), truth(agency, b, RECEIVED)} <= values(given)


@pytest.mark.parametrize(
    "question",
    ["新收加上年结转等于办理总数加结转下年吗", "收到的加上年结转等于办结的加结转下年吗", "表三第一项加第二项和第三项加第四项平不平"],
)
def test_both_sides_of_the_balance_are_worked_out(asker: Asker, question: str) -> None:
    given = asker(f"碧原市公安局2024年{question}")
    sides = [
        truth("碧原市公安局", 2024, one) + truth("碧原市公安局", 2024, other)
        for one, other in ((RECEIVED, "requests.carried_in"), ("outcome.total", "requests.carried_out"))
    ]
    assert given.text.startswith("对得上。" if sides[0] == sides[1] else "对不上。")
    assert {*sides} <= values(given)


def test_the_median_is_the_one_in_the_middle_and_stays_asked_for(asker: Asker) -> None:
    years = (2021, 2022, 2023, 2024)
    ordered = sorted(truth("云溪市公安局", y, RECEIVED) for y in years)
    assert (ordered[1] + ordered[2]) / 2 in values(asker("云溪市公安局近四年申请量的中位数"))
    streets = [a for a in sorted(BODIES) if a.endswith("街道办事处")]
    for given, year in ((asker("2024年各街道申请量的中位数是多少"), 2024), (asker.then("2023年呢"), 2023)):
        assert sorted(truth(a, year, RECEIVED) for a in streets)[1] in {f.value for f in given.figures if f.metric == "median"}


def test_a_space_between_two_clauses_that_ask_is_a_comma(asker: Asker) -> None:
    given = asker("云溪市公安局去年收了多少申请 留到下一年多少 还有复议几起")
    wanted = {(RECEIVED, OWN), ("requests.carried_out", truth("云溪市公安局", 2024, "requests.carried_out"))}
    assert {*wanted, ("review.total", truth("云溪市公安局", 2024, "review.total", None))} <= {(f.metric, f.value) for f in given.figures}


@pytest.mark.parametrize("years", ["21 22 23 24四年", "21、22、23、24年", "2021到2024年"])
def test_years_written_short_are_all_meant(asker: Asker, years: str) -> None:
    total = sum(truth("云溪市公安局", y, RECEIVED) for y in (2021, 2022, 2023, 2024))
    assert total in values(asker(f"云溪市公安局{years}收的申请加起来多少"))


def test_the_bodies_in_the_order_in_which_they_were_named(asker: Asker) -> None:
    opening = f"{'和'.join(TWO_BUREAUS)}2024年谁收的申请多"
    for words, own in zip(("我先说的那家罚了几次", "后说的那家呢"), TWO_BUREAUS, strict=True):
        given = talk(asker, opening, "差几件", "我先说的那家罚了几次", *([words] if own == TWO_BUREAUS[1] else []))
        assert {(f.agency, f.value) for f in given.figures} == {(own, truth(own, 2024, "penalty.decisions", None))}


def test_more_or_less_than_the_year_that_was_told(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2022年收到几件申请", "2024年同一项呢，多了还是少了几件")
    assert {f.value for f in given.figures if f.metric == "difference"} == {OWN - truth("云溪市公安局", 2022, RECEIVED)}


def test_who_received_more_needs_no_word_for_requests(asker: Asker) -> None:
    first = max(TWO_BUREAUS, key=lambda a: truth(a, 2024, RECEIVED))
    assert f"{first}多" in asker(f"2024年{'和'.join(TWO_BUREAUS)}谁收得多").text


def test_two_bureaus_of_two_cities_are_asked_back(asker: Asker) -> None:
    assert asker("云溪、碧原两个市局2024年谁收的申请多").status == "clarify"
    given = asker("云溪碧原两市公安局2024年谁收的申请多")
    assert {(f.agency, f.value) for f in given.figures if f.metric == RECEIVED} == {("云溪市公安局", OWN), ("碧原市公安局", OTHER)}


@pytest.mark.parametrize(
    "question",
    [
        "新收那一行自然人和五类法人加起来跟总计对得上吗",
        "本年新收那一行六类申请人加起来，等不等于总计",
        "新收总计跟各列相加平不平",
    ],
)
def test_the_columns_of_a_row_are_added_up_against_its_total(asker: Asker, question: str) -> None:
    given = asker(f"碧原市公安局2024年{question}")
    columns = [truth("碧原市公安局", 2024, RECEIVED, a) for a in ("natural", *LEGAL_PERSONS)]
    assert given.text.startswith("对得上。" if sum(columns) == OTHER else "对不上。")
    assert any(f.state == "computed" and f.value == sum(columns) and len(f.operands) == len(columns) for f in given.figures)


@pytest.mark.parametrize(
    "names", ["白石城关沙河望川这三个街道", "望川区那三个街道（白石 城关 沙河）", "白石、城关、沙河三个街道", "望川区的三个街道办"]
)
def test_names_said_in_one_breath_or_again_in_brackets(asker: Asker, names: str) -> None:
    streets = [a for a in BODIES if a.endswith("街道办事处")]
    given = asker(f"{names}2024年一共收到多少件申请")
    assert sum(truth(a, 2024, RECEIVED) for a in streets) in values(given)
    assert len(streets) == 3


@pytest.mark.parametrize("question", ["去年不对是前年收到几件申请", "2024年，哦不对，应该是2023年收到几件申请", "前年收到几件申请"])
def test_a_year_corrected_in_one_breath_is_the_one_that_is_meant(asker: Asker, question: str) -> None:
    given = asker(f"云溪市公安局{question}")
    assert {(f.year, f.value) for f in given.figures} == {(2023, truth("云溪市公安局", 2023, RECEIVED))}


def test_the_office_above_bureaus_of_one_field(asker: Asker) -> None:
    police = ("云溪市公安局", "碧原市公安局", "云岭省公安厅")
    given = asker("碧原市和云溪市的公安局还有省厅2024年各收多少申请")
    assert {(f.agency, f.value) for f in given.figures if f.metric == RECEIVED} == {(a, truth(a, 2024, RECEIVED)) for a in police}
    whole = sum(truth(a, 2024, RECEIVED) for a in police)
    given = asker(f"{'、'.join(police)}2024年收的申请加总，省厅那份占多少比例")
    assert round(100 * truth(police[2], 2024, RECEIVED) / whole, 2) in values(given)


def test_shares_are_not_added_up(asker: Asker) -> None:
    given = asker("云溪市公安局、碧原市公安局2024年自然人占新收的比例加起来是多少")
    shares = [round(100 * truth(a, 2024, RECEIVED, "natural") / truth(a, 2024, RECEIVED), 2) for a in ("云溪市公安局", "碧原市公安局")]
    assert round(sum(shares), 2) not in values(given)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("云溪公安 23 新收", {(2023, RECEIVED, "total")}),
        ("云溪公安 2023 一、本年新收 二、上年结转", {(2023, RECEIVED, "total"), (2023, "requests.carried_in", "total")}),
        ("云溪公安局/2023/（三）不予公开/1.属于国家秘密", {(2023, "outcome.refused.state_secret", "total")}),
        (
            "云溪公安 2023 行政复议 维持/纠正/其他/未审结",
            {(2023, f"review.{r}", None) for r in ("upheld", "corrected", "other", "pending")},
        ),
    ],
)
def test_key_words_in_any_order_name_year_and_cells(asker: Asker, words: str, wanted: set[tuple[int, str, str | None]]) -> None:
    found = {(f.year, f.metric, f.applicant, f.value) for f in asker(words).figures}
    assert {(y, m, a, truth("云溪市公安局", y, m, a)) for y, m, a in wanted} <= found


def test_two_digits_that_count_something_are_no_year(asker: Asker) -> None:
    assert {f.year for f in asker("2024年超过 20 件申请的单位有哪些").figures if f.agency} == {2024}


def test_those_of_a_kind_are_left_out_of_those_told(asker: Asker) -> None:
    bodies = ("云岭省公安厅", "云溪市公安局", "碧原市公安局", "云溪市教育局", "碧原市教育局")
    rest = max((a for a in bodies if "教育局" not in a), key=lambda a: truth(a, 2024, RECEIVED))
    given = talk(asker, f"{'、'.join(bodies)}2024年新收申请排个序", "两个市教育局剔掉，剩下谁第一")
    assert (given.figures[0].agency, given.figures[0].value) == (rest, truth(rest, 2024, RECEIVED))
    assert not any("教育局" in f.agency for f in given.figures)


def test_both_ends_of_a_ranking_that_were_told_one_after_the_other(asker: Asker) -> None:
    bodies = ("云岭省公安厅", "云溪市公安局", "碧原市公安局", "云溪市教育局")
    told = [truth(a, 2024, RECEIVED) for a in bodies]
    given = talk(asker, f"{'、'.join(bodies)}2024年谁收的申请最多", "最少的是谁", "这俩差多少件")
    assert max(told) - min(told) in {abs(f.value or 0) for f in given.figures if f.metric == "difference"}


def test_the_first_year_of_those_told(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2022、2023、2024年新收申请分别多少", "头一年里头企业提的有几件")
    assert {(f.year, f.value) for f in given.figures} == {(2022, truth("云溪市公安局", 2022, RECEIVED, "company"))}


def test_the_bodies_picked_by_how_they_moved_are_these(asker: Asker) -> None:
    bodies = ("云岭省公安厅", "云溪市公安局", "碧原市公安局", "云溪市教育局", "碧原市教育局")
    fell = [a for a in bodies if truth(a, 2024, RECEIVED) < truth(a, 2022, RECEIVED)]
    assert 0 < len(fell) < len(bodies)
    given = talk(asker, f"{'、'.join(bodies)}，2024年新收比2022年减少的是哪些", "这几家2024年加起来多少件")
    assert sum(truth(a, 2024, RECEIVED) for a in fell) in values(given)


def test_every_row_of_the_outcomes_that_holds_a_number_where_all_are_asked_for(asker: Asker) -> None:
    own = next(w for w in world() if w.made.agency == "碧原市财政局" and w.made.year == 2024).gold
    held = {m: v.value for (m, a), v in own.items() if m.startswith("outcome.") and m.count(".") == 2 and a == "total" and v.value}
    given = {f.metric: f.value for f in asker("碧原市财政局2024年办理结果逐项列出，零的不用").figures}
    assert held
    assert held.items() <= given.items()


def test_the_only_one_is_no_number_of_its_own(asker: Asker) -> None:
    assert not asker("云溪市公安局2024年那唯一一起行政复议纠正了，有这事吗").text.startswith("不对")


def test_what_is_asked_beside_bodies_is_not_requests(asker: Asker) -> None:
    given = talk(asker, FIRST, "那它一年收了多少税")
    assert OWN not in values(given)


def test_years_counted_together_are_the_last_so_many(asker: Asker) -> None:
    total = sum(truth("云溪市公安局", y, RECEIVED) for y in (2022, 2023, 2024))
    assert total in values(asker("云溪市公安局三年一共收了多少份申请"))


def test_how_many_times_the_year_before(asker: Asker) -> None:
    times = round(OWN / truth("云溪市公安局", 2023, RECEIVED), 2)
    assert times in {f.value for f in asker("云溪市公安局2024年收到的申请是上一年的几倍").figures if f.unit == "倍"}


@pytest.mark.parametrize(
    "question", ["请律师打官司花了多少律师费", "申请人给它的答复打了多少分", "一年收了多少税", "批了多少亩地", "抓了多少个罪犯"]
)
def test_other_things_are_not_told_in_the_figures_of_the_reports(asker: Asker, question: str) -> None:
    assert not any(f.value for f in asker(f"云溪市公安局2024年{question}").figures)


def test_all_that_were_ranked_after_the_first_of_them(asker: Asker) -> None:
    bodies = ("云岭省公安厅", "云溪市公安局", "碧原市公安局", "云溪市教育局")
    last = min(bodies, key=lambda a: truth(a, 2024, RECEIVED))
    given = talk(asker, f"{'、'.join(bodies)}2024年新收申请排名前2", "前两名合计多少件", "四家里末位是谁")
    assert (given.figures[0].agency, given.figures[0].value) == (last, truth(last, 2024, RECEIVED))


def test_one_more_of_a_district_by_its_name_alone(asker: Asker) -> None:
    licences = [truth(f"望川区{s}街道办事处", 2024, "licensing.decisions", None) for s in ("白石", "城关", "沙河")]
    assert sum(licences) in values(talk(asker, "白石和城关两个街道2024年的行政许可合计多少", "把沙河的许可也加上"))


def test_a_share_of_the_sum_said_above(asker: Asker) -> None:
    part = truth("碧原市公安局", 2024, "outcome.refused.enforcement_file")
    given = talk(asker, "碧原市公安局2024年不予公开八小项合计多少件", "其中属于行政执法案卷的", "占上述合计的比重")
    whole = next(f.value for f in talk(asker, "碧原市公安局2024年不予公开多少件").figures if f.metric == "outcome.refused")
    assert whole
    assert round(100 * part / whole, 2) in values(given)


def test_a_government_against_its_own_office_is_no_comparison_of_years(asker: Asker) -> None:
    given = asker("碧原市人民政府比它自己的办公室2024年多收多少件申请")
    assert {f.year for f in given.figures if f.agency} <= {2024}


@pytest.mark.parametrize(
    ("words", "agency"),
    [
        ("我是碧原市的商户，省公安厅2024年收了多少申请", "云岭省公安厅"),
        ("我是望川区白石街道的居民，区政府2024年收到多少申请", "云溪市望川区人民政府"),
        ("我是云溪市居民，想知道碧原市公安局2024年收到多少申请", "碧原市公安局"),
    ],
)
def test_where_whoever_asks_lives_is_not_asked_about(asker: Asker, words: str, agency: str) -> None:
    given = asker(words)
    assert given.status == "answered"
    assert truth(agency, 2024, RECEIVED) in values(given)
    assert {f.agency for f in given.figures} == {agency}


@pytest.mark.parametrize("bracket", ["（云溪市公安局、碧原市公安局）", "（不含省公安厅）"])
def test_a_bracket_behind_a_system_says_which_of_its_bodies_are_meant(asker: Asker, bracket: str) -> None:
    given = asker(f"公安系统{bracket}2024年新收合计多少")
    assert OWN + OTHER in values(given)
    assert not any(f.agency == "云岭省公安厅" for f in given.figures)


@pytest.mark.parametrize(
    "question",
    ["应办总数和办结总计相等吗", "新收减办结等于结转下年吗", "自然人加上法人之和等于80件对吗", "企业、科研机构各列加起来等于12件吗"],
)
def test_the_balance_is_told_only_where_both_of_its_sides_are_asked_for(asker: Asker, question: str) -> None:
    assert "对得上" not in asker(f"云溪市公安局2024年{question}").text


@pytest.mark.parametrize(
    ("words", "metric"),
    [
        ("办完的申请有多少公开了", "outcome.granted"),
        ("没有办完的申请有多少", "requests.carried_out"),
        ("办完的申请是多少件", "outcome.total"),
    ],
)
def test_requests_that_were_or_were_not_handled(asker: Asker, words: str, metric: str) -> None:
    given = asker(f"碧原市公安局2024年{words}")
    assert [(f.metric, f.value) for f in given.figures] == [(metric, truth("碧原市公安局", 2024, metric))]


@pytest.mark.parametrize("words", ["企业 20 以上 吗", "予以公开 27 对吗"])
def test_a_number_of_two_digits_beside_a_year_is_no_year(asker: Asker, words: str) -> None:
    assert {f.year for f in asker(f"云溪市公安局 2024 {words}").figures} == {2024}


def test_a_sum_asked_for_behind_what_is_added_up(asker: Asker) -> None:
    by = {a: truth("云溪市公安局", 2024, RECEIVED, a) for a in ("natural", "company")}
    assert sum(by.values()) in values(asker("云溪市公安局2024年自然人、企业新收，合计"))
    assert truth("云溪市公安局", 2023, RECEIVED) + OWN in values(asker("云溪市公安局2023年、2024年新收，合计"))


def test_the_share_of_one_of_two_that_were_added_up_is_over_their_sum(asker: Asker) -> None:
    given = asker("云溪市公安局和碧原市公安局2024年新收合计，云溪的占比多少")
    assert round(100 * OWN / (OWN + OTHER), 2) in {f.value for f in given.figures if f.unit == "%"}


def test_the_share_of_a_column_of_two_that_were_added_up_is_over_both(asker: Asker) -> None:
    natural = [truth(a, 2024, RECEIVED, "natural") for a in TWO_BUREAUS]
    share = round(100 * sum(natural) / (OWN + OTHER), 2)
    given = asker("云溪市公安局、碧原市公安局2024年新收合计，自然人占百分之几")
    assert [f.value for f in given.figures if f.unit == "%"] == [share]
    own = round(100 * natural[0] / sum(natural), 2)
    given = asker("云溪市公安局和碧原市公安局2024年新收合计，云溪的自然人占多少")
    assert [f.value for f in given.figures if f.unit == "%"] == [own]


def test_neither_of_two_that_were_added_up_is_told_as_a_share_of_the_other(asker: Asker) -> None:
    given = asker("云溪市公安局和碧原市公安局2024年新收合计，占全市多少")
    assert not any(f.unit == "%" for f in given.figures)


def test_a_year_spoken_of_with_another_body_is_not_what_a_movement_is_measured_from(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2021年新收多少", "碧原市公安局2024年新收增加了几件")
    assert {f.year for f in given.figures if f.metric == RECEIVED} == {2023, 2024}


@pytest.mark.parametrize(
    ("words", "named"),
    [("女性提了多少申请", "女性"), ("收到的申请里60岁以上老人提的有几件", "年龄"), ("打官司请律师花了多少律师费", "律师费")],
)
def test_what_is_not_reported_is_named_and_cites_nothing(asker: Asker, words: str, named: str) -> None:
    given = asker(f"云溪市公安局2024年{words}")
    assert given.status == "not_reported"
    assert named in given.text
    assert not given.figures
    assert not given.citations


CITY = {a for a in BODIES if a.startswith("云溪市") and a.endswith("局")}  # 各局 beside one of them are those of its city


def test_one_bodys_place_is_told_after_a_group_was_ranked(asker: Asker) -> None:
    bureaus = {a for a in BODIES if a.endswith("局")}
    given = talk(asker, "2024年各局里谁收到的申请最多", "碧原市财政局排第几")
    place = 1 + sum(truth(a, 2024, RECEIVED) > truth("碧原市财政局", 2024, RECEIVED) for a in bureaus)
    assert given.text.startswith(f"碧原市财政局排第 {place}，") or f"碧原市财政局并列排第 {place}，" in given.text


@pytest.mark.parametrize("agency", ["云溪市公安局", "碧原市财政局"])
def test_whether_a_body_is_among_those_that_were_picked_is_answered_by_its_own_number(asker: Asker, agency: str) -> None:
    given = talk(asker, "2024年各局新收申请超过50件的有哪几家", f"{agency}也在这里面吗")
    assert given.text.startswith("是的" if truth(agency, 2024, RECEIVED) > 50 else "不是")
    assert values(given) == {truth(agency, 2024, RECEIVED)}


@pytest.mark.parametrize("question", ["碧原市公安局比它多吗", "我猜碧原市公安局要更多些，是这样吗", "碧原市公安局是不是更多"])
def test_another_bodys_number_is_held_against_that_of_the_body_spoken_of(asker: Asker, question: str) -> None:
    given = talk(asker, FIRST, question)
    assert {OWN, OTHER} <= values(given)
    assert given.text.startswith("是的" if OTHER > OWN else "不对")


@pytest.mark.parametrize(
    "question",
    [
        "2024年申请最多的局是不是云溪市公安局",
        "云溪市公安局是不是2024年各局里新收申请最多的",
        "云溪市公安局2024年在各局里新收申请排第几",
        "2024年云溪市公安局的新收申请在云溪市教育局、云溪市公安局、碧原市财政局里排老几",
    ],
)
def test_a_place_in_a_group_is_told_in_whatever_order_it_is_asked(asker: Asker, question: str) -> None:
    named = {"云溪市教育局", "云溪市公安局", "碧原市财政局"} if "、" in question else CITY
    place = 1 + sum(truth(a, 2024, RECEIVED) > OWN for a in named)
    assert re.search(rf"云溪市公安局(?:并列)?排第 {place}，", asker(question).text)


def test_how_many_of_a_thing_there_are_asks_for_no_list_of_reports(asker: Asker) -> None:
    given = asker("云溪市公安局2024年从不让看改成让看的有几份")
    assert "收录了" not in given.text


@pytest.mark.parametrize("question", ["那年比上年多几件", "那一年为什么比上年变了"])
def test_that_year_against_the_year_before_is_the_year_that_was_told(asker: Asker, question: str) -> None:
    given = talk(asker, "云溪市公安局2023年收到几件申请", question)
    assert {truth("云溪市公安局", y, RECEIVED) for y in (2022, 2023)} <= values(given)
    assert {f.year for f in given.figures if f.metric == RECEIVED} == {2022, 2023}


def test_which_years_are_held_is_asked_on_of_another_body(asker: Asker) -> None:
    given = talk(asker, "你们有云溪市公安局哪几年的年报", "碧原市教育局的呢")
    assert "碧原市教育局" in given.text
    assert "2023 年度" in given.text


def test_the_government_of_a_place_whose_bodies_alone_are_held_is_not_held(asker: Asker) -> None:
    given = asker("云溪市人民政府2024年收到多少申请")
    assert given.status == "no_report"
    assert "云溪市人民政府" in given.text


@pytest.mark.parametrize("joint", ["超过行政处罚的", "是不是超过行政处罚的"])
def test_a_claim_of_so_many_times_is_held_against_both_figures(asker: Asker, joint: str) -> None:
    permits, penalties = (truth("云溪市公安局", 2024, f"{row}.decisions", None) for row in ("licensing", "penalty"))
    below = int(permits // penalties)
    assert below >= 1
    for times, so in ((below, True), (below + 1, False)):
        given = asker(f"云溪市公安局2024年行政许可{joint}{times}倍，对吗")
        assert given.text.startswith("是的" if so else "不对"), given.text
        assert {permits, penalties} <= values(given)


def test_who_asks_and_where_he_lives_is_no_kind_of_applicant(asker: Asker) -> None:
    given = asker("你好我是白石街道的居民，家里老房子想装电梯，顺便问问我们街道2024年收到信息公开的申请一共有几件")
    assert values(given) == {truth("望川区白石街道办事处", 2024, RECEIVED)}


def test_two_courts_named_in_brackets_are_added_up_once(asker: Asker) -> None:
    parts = [truth("碧原市公安局", 2024, f"litigation.{way}.total", None) for way in ("direct", "after_review")]
    given = asker("两种行政诉讼（直接起诉的和复议后起诉的）加在一起，2024年碧原市公安局与云溪市公安局哪家官司多")
    assert sum(parts) in values(given)
    assert 2 * sum(parts) not in values(given) or not sum(parts)


def test_one_more_result_asked_for_beside_all_of_them_is_no_only_one(asker: Asker) -> None:
    given = asker("碧原市公安局2024年行政复议几种结果分别列一下，连同没审完的")
    assert {f"review.{r}" for r in ("upheld", "corrected", "other", "pending")} <= {f.metric for f in given.figures}


def test_one_bodys_number_is_claimed_to_be_more_or_so_many_times_anothers(asker: Asker) -> None:
    more, less = ("碧原市公安局", "云溪市公安局") if OTHER > OWN else ("云溪市公安局", "碧原市公安局")
    times = int(max(OWN, OTHER) // min(OWN, OTHER))
    for claim, so in (
        (f"{more}2024年新收申请超过{less}，对吗", True),
        (f"{less}2024年新收申请超过{more}，对吗", False),
        (f"{more}2024年新收申请超过{less}的{times + 1}倍，对吗", False),
        (f"{less}2024年新收申请不到{more}的一半，属实吗", 2 * min(OWN, OTHER) < max(OWN, OTHER)),
    ):
        given = asker(claim)
        assert given.text.startswith("是的" if so else "不对"), given.text
        assert {OWN, OTHER} <= values(given)


def test_a_place_in_a_ranking_is_told_in_both_orders_where_governments_were_told_beside(asker: Asker) -> None:
    given = asker("全部单位里2024年新收申请最多的前三名是谁")
    assert "以上没有计入各级政府的总报告" in given.text
    both = asker.then("第二名2023年收了几件")
    assert "连同各级政府的总报告来排" in both.text
    bodies = [f.agency for f in both.figures if f.metric == RECEIVED]
    assert len(bodies) == 2
    assert bodies[1].endswith("人民政府")
    assert {truth(a, 2023, RECEIVED) for a in bodies} == values(both)
    again = asker.then("它那年结转下年几件")
    assert [f.agency for f in again.figures] == bodies


def test_the_first_three_of_a_kind_are_what_is_asked_of_next(asker: Asker) -> None:
    first = asker("2024年收到公开申请数量排前三的局是谁")
    named = [f.agency for f in first.figures if f.metric == RECEIVED][:3]
    own = [truth(a, 2024, RECEIVED) for a in named]
    assert sum(own) in values(asker.then("前三名加总"))
    share = talk(asker, "2024年收到公开申请数量排前三的局是谁", "榜首占三家合计的百分之几")
    assert round(100 * own[0] / sum(own), 2) in values(share)


def test_who_is_left_out_by_a_part_of_his_name_is_left_out_of_the_sum(asker: Asker) -> None:
    bodies = ("碧原市公安局", "碧原市教育局", "云溪市公安局")
    asker("、".join(bodies) + "2024年一共收了几件申请")
    rest = sum(truth(a, 2024, RECEIVED) for a in bodies if "教育" not in a)
    assert rest in values(asker.then("刨掉教育的，余下俩局加起来"))


def test_who_rose_is_asked_of_the_later_of_two_years_and_goes_on_as_it(asker: Asker) -> None:
    bodies = ("碧原市公安局", "云溪市公安局", "碧原市教育局")
    before, after = ({a: truth(a, y, RECEIVED) for a in bodies} for y in (2023, 2024))
    rose = [a for a in bodies if after[a] > before[a]]
    given = talk(asker, "、".join(bodies) + "2024年各收了几件申请", "排成表，旁边添一列上年的", "哪几家比上年增加了")
    told = {f.agency for f in given.figures if f.metric == RECEIVED and f.year == 2024}
    assert f"的有 {len(rose)} 个" in given.text or not rose
    assert {*rose} <= told


@pytest.mark.parametrize("words", ["被推翻的", "法院判他做错了、要他改的", "被纠的"])
def test_how_a_lawsuit_ended_in_other_words_is_no_total(asker: Asker, words: str) -> None:
    given = talk(asker, "碧原市公安局2024年未经复议直接起诉总计几件", f"这里头{words}有几件")
    assert {f.metric for f in given.figures} == {"litigation.direct.corrected"}


def test_an_ending_that_no_cell_is_found_for_is_asked_back(asker: Asker) -> None:
    assert asker("碧原市公安局2024年行政复议里判了刑的几件").status in ("clarify", "not_reported")


def test_reasons_are_no_applicants(asker: Asker) -> None:
    given = asker("碧原市公安局2024年不给看的都是什么理由，各几件")
    assert given.figures
    assert all(f.metric.startswith("outcome.refused") for f in given.figures)


def test_a_near_claim_holds_where_the_figure_is_near(asker: Asker) -> None:
    earlier, later = (truth("碧原市公安局", y, RECEIVED) for y in (2023, 2024))
    tenths = round(abs(later - earlier) / earlier * 10)
    assert 0 < tenths < 10, "the sample has moved"
    way = "涨" if later > earlier else "降"
    given = asker(f"碧原市公安局2024年申请比上年{way}了将近{'零一二三四五六七八九'[tenths]}成，有这么多吗")
    assert given.text.startswith("是的")
    wrong = (tenths + 4) % 9 + 1
    assert asker(f"碧原市公安局2024年申请比上年{way}了将近{'零一二三四五六七八九'[wrong]}成，有这么多吗").text.startswith("不对")


def test_a_rate_and_a_number_asked_for_in_one_breath_are_both_told(asker: Asker) -> None:
    given = asker("云溪市公安局2024年公开率多少，收了多少件申请")
    assert truth("云溪市公安局", 2024, RECEIVED) in values(given)
    assert any(f.metric.startswith("rate.") for f in given.figures)


def test_the_total_of_a_row_is_asked_for_after_one_kind_of_applicant(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年收到自然人申请几件", "同一行的总计是多少")
    assert values(given) == {truth("云溪市公安局", 2024, RECEIVED)}


def test_a_total_of_the_year_before_is_asked_for_after_a_share_of_its_cases(asker: Asker) -> None:
    given = talk(asker, "碧原市公安局2024年行政复议结果维持的占几成", "上一年总案数是多少")
    assert values(given) == {truth("碧原市公安局", 2023, "review.total", None)}


def test_a_body_is_set_beside_the_one_spoken_of(asker: Asker) -> None:
    given = talk(asker, "碧原市公安局2024年收到几件申请", "云溪市公安局的放一起比，哪个多")
    assert {OWN, OTHER} <= values(given)


def test_whether_all_were_closed_is_said_by_what_was_carried_over(asker: Asker) -> None:
    bodies = {a: truth(a, 2024, "requests.carried_out") for a in BODIES}
    some, none = next(a for a, left in bodies.items() if left), next((a for a, left in bodies.items() if left == 0), None)
    assert asker(f"{some}2024年申请都办结了吗").text.startswith("不是全部")
    assert none is None or asker(f"{none}2024年申请全部办完了没有").text.startswith("是的")


def test_the_first_three_are_asked_for_without_a_noun(asker: Asker) -> None:
    given = asker("2024年行政处罚前三名")
    assert given.status == "answered"
    assert "依次是" in given.text


@pytest.mark.parametrize("together", ["合计", "前三名加总", "这三家加起来"])
def test_the_sum_of_the_first_three_is_of_what_they_were_ranked_by(asker: Asker, together: str) -> None:
    first = asker("2024年自然人申请最多的前三个局是谁")
    named = [f.agency for f in first.figures if f.metric == RECEIVED][:3]
    assert sum(truth(a, 2024, RECEIVED, "natural") for a in named) in values(asker.then(together))


@pytest.mark.parametrize(
    "context",
    [
        {"agencies": ["早已移除的局"]},
        {"agencies": ["早已移除的局"], "order": ["早已移除的局", "另一家"], "ranks": [1, 2], "operation": "rank", "top": 2},
        {"agencies": ["早已移除的局"], "pool": ["早已移除的局", "另一家"], "years": [2024], "metrics": [RECEIVED]},
        {"agencies": ["早已移除的局"], "wider": ["早已移除的局", "另一家"], "beside": ["另一家"]},
    ],
)
@pytest.mark.parametrize("question", ["2023年呢", "它2023年呢", "第二名2023年收了几件", "前三名加总", "都办结了吗", "原来发布的是多少"])
def test_a_body_that_was_removed_since_is_no_error(asker: Asker, context: dict[str, object], question: str) -> None:
    asker.context = Context.from_dict({"v": 1} | context)
    given = asker.then(question)
    assert given.status != "answered" or all(f.agency in BODIES for f in given.figures if f.agency)
