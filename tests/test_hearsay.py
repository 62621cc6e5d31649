"""Claims as people bring them, stories before a question, and words that count another thing; against what the reports print."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.store import Index
from service.contract import Answer
from service.hearsay import as_a_claim
from service.rewrites import in_the_words_of_the_forms
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.world import world

RECEIVED = "requests.received"
POLICE, TAX, COUNTY = "云溪市公安局", "国家税务总局松岚县税务局", "云溪市青禾县人民政府"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("hearsay")
    build_world(home, encoder, [w for w in world() if w.made.year in (2021, 2022, 2023, 2024)])
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def truth(agency: str, year: int, metric: str = RECEIVED, applicant: str | None = "total") -> float:
    made = next(w for w in world() if w.made.agency == agency and w.made.year == year)
    return made.gold[metric, applicant].value or 0


def talk(asker: Asker, *questions: str) -> Answer:
    given = asker(questions[0])
    for question in questions[1:]:
        given = asker.then(question)
    return given


def told(given: Answer, metric: str = RECEIVED) -> set[tuple[str, int, float | None]]:
    return {(f.agency, f.year, f.value) for f in given.figures if f.metric == metric}


FRAMES = (
    "{}，对吗", "有读者来信说{}，属实吗", "办公室老刘讲{}，是真的？", "{}，我稿子里这么写行吗", "{}，宣传栏上这句话能贴吗", "我侄子说{}，他说得对不对",
    "“{}”——请核实", "{}，我没看走眼吧", "{}，你帮我核一核",
)  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("more", [True, False])
def test_a_claim_is_borne_out_in_whatever_frame_it_is_brought(asker: Asker, frame: str, more: bool) -> None:
    rises = truth(POLICE, 2024) > truth(POLICE, 2023)
    given = asker(frame.format(f"{POLICE}2024年收的申请比2023年{'多' if more else '少'}"))
    assert given.text.startswith("是的" if more == rises else "不对")
    assert told(given) == {(POLICE, y, truth(POLICE, y)) for y in (2023, 2024)}


@pytest.mark.parametrize("question", ["云溪市公安局2024年收了几件申请", "云溪市公安局对外说法不一，怎么改", "报告里怎么说"])
def test_what_claims_nothing_stays_as_it_is(question: str) -> None:
    assert as_a_claim(question) == question


@pytest.mark.parametrize(("words", "bound"), [("有一大半", 50), ("七成以上", 70), ("不到三成", 30)])
def test_a_share_that_is_claimed_is_held_against_the_two_cells(asker: Asker, words: str, bound: int) -> None:
    share = 100 * truth(COUNTY, 2024, RECEIVED, "natural") / truth(COUNTY, 2024)
    given = asker(f"{COUNTY}2024年收的申请{words}是个人提的，对吗")
    holds = share < bound if "不到" in words else share > bound
    assert given.text.startswith("是的" if holds else "不是")
    assert next(f.value for f in given.figures if f.metric == "share") == pytest.approx(share, abs=0.005)


@pytest.mark.parametrize(("words", "bound"), [("占七成以上", 70), ("占九成以上", 90), ("占七成以下", 70), ("占到七成", 70)])
def test_a_bound_behind_a_share_is_part_of_the_claim(asker: Asker, words: str, bound: int) -> None:
    share = 100 * truth(COUNTY, 2024, RECEIVED, "natural") / truth(COUNTY, 2024)
    holds = share < bound if "以下" in words else share > bound
    assert asker(f"{COUNTY}2024年收的申请自然人{words}，对吗").text.startswith("是的" if holds else "不是")


@pytest.mark.parametrize("claim", ["正好是前年的一半", "是前年的三倍"])
def test_a_part_or_a_multiple_of_another_year_is_held_against_both(asker: Asker, claim: str) -> None:
    given = asker(f"{POLICE}收的申请，去年{claim}，对吧")
    ratio = truth(POLICE, 2024) / truth(POLICE, 2023)
    assert given.text.startswith("是的" if abs(ratio - (0.5 if "半" in claim else 3)) < 0.005 else "不对")
    assert told(given) == {(POLICE, y, truth(POLICE, y)) for y in (2023, 2024)}


@pytest.mark.parametrize(
    "story",
    [
        "我今年七十有八，儿子又在外省打工，水田叫渠道占了一只角。",
        "现在没事就爱看看政府网，年报也翻过几份，越看越糊涂。",
        "领导突然问我财政那边一年收多少，我一下答不上来，唉。",
        "车里广播刚播省政府公开的事，",
    ],
)
@pytest.mark.parametrize("opens", ["", "我就想知道"])
def test_the_story_before_a_whole_question_says_nothing_of_it(asker: Asker, story: str, opens: str) -> None:
    if not opens and story.endswith("，"):
        story = story[:-1] + "。"
    given = asker(f"{story}{opens}{POLICE}2023年新收申请多少件？")
    assert told(given) == {(POLICE, 2023, truth(POLICE, 2023))}


def test_of_two_questions_in_two_sentences_neither_is_a_story(asker: Asker) -> None:
    given = asker("云溪市教育局2023年收了多少件申请。云溪市公安局2023年收了多少件申请")
    assert told(given) != {(POLICE, 2023, truth(POLICE, 2023))}


@pytest.mark.parametrize("question", ["抓了几个人", "破了几个案", "它有几辆车", "收了多少亿的税", "养了几头猪", "来了几个人"])
def test_no_number_told_before_is_told_for_another_thing(asker: Asker, question: str) -> None:
    given = talk(asker, f"{TAX}2024年作出多少行政许可决定", question)
    assert given.status != "answered"
    assert not given.figures or given.status == "clarify"


def test_nor_is_a_ranking_told_again_for_it(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年收了几件申请", "在全市排第几", "抓了几个人")
    assert given.status != "answered"


def test_years_ago_are_counted_from_the_year_spoken_of(asker: Asker) -> None:
    assert told(asker(f"{POLICE}两年前收了几件申请")) == {(POLICE, 2023, truth(POLICE, 2023))}  # of today, the year after the newest report
    assert told(talk(asker, f"{POLICE}2024年收了几件申请", "两年前呢")) == {(POLICE, 2022, truth(POLICE, 2022))}
    both = {(POLICE, y, truth(POLICE, y)) for y in (2021, 2024)}
    assert told(talk(asker, f"{POLICE}2024年收了几件申请", "跟三年前比多了几件")) == both
    assert told(asker(f"{POLICE}2024年收的申请比2021年多几件")) == both


@pytest.mark.parametrize(("words", "body"), [("管环保的那个局", "云溪市生态环境局"), ("管学校的局", "云溪市教育局"), ("里管户口的局", POLICE)])
def test_a_body_is_known_by_its_work(asker: Asker, words: str, body: str) -> None:
    assert told(asker(f"云溪市{words}2024年收了几件申请")) == {(body, 2024, truth(body, 2024))}


def test_which_of_two_has_more_is_told_after_their_sum(asker: Asker) -> None:
    counties = ("云溪市松岚县人民政府", COUNTY)
    more = max(counties, key=lambda a: truth(a, 2024))
    for question in ("哪个县多", "哪个县收得多"):
        given = talk(asker, "松岚、青禾两个县政府2024年收到的申请加起来多少件", question)
        assert f"最多的是{more}" in given.text
    assert f"最少的是{min(counties, key=lambda a: truth(a, 2024))}" in asker.then("哪个县少").text


def test_whether_one_has_more_than_another_sets_both_beside_each_other(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年收了几件申请", "是不是比云溪市教育局多")
    own, other = truth(POLICE, 2024), truth("云溪市教育局", 2024)
    assert given.text.startswith("是的" if own > other else "不对")
    assert {f.value for f in given.figures if f.metric == RECEIVED} == {own, other}


def test_the_year_that_has_a_number_is_found_by_it(asker: Asker) -> None:
    years = {y: truth(POLICE, y) for y in (2021, 2022, 2023, 2024)}
    number = int(years[2022])
    given = asker(f"{POLICE}哪年收到的申请是{number}件")
    found = [y for y, n in years.items() if n == number]
    assert f"有 {len(found)} 个：" in given.text
    assert all(f"{y}年" in given.text.partition("。")[0] for y in found)


def test_who_wrote_that_no_fee_was_taken_is_told_apart_from_who_wrote_nothing(asker: Asker) -> None:
    none = {w.made.agency for w in world() if w.made.year == 2024 and "没有收取信息处理费" in w.text}
    given = asker("2024年哪些单位没有收信息处理费")
    named = {f.agency for f in given.figures if f.value == 0}
    assert named
    assert named <= none
    took = next(w.made.agency for w in world() if w.made.year == 2024 and "年度收取信息处理费" in w.text)
    assert asker(f"{took}2024年收过信息处理费吗").text.startswith(("有。", "是的。"))
    assert asker(f"{sorted(none)[0]}2024年收过信息处理费吗").text.startswith("没有。")


def test_every_way_is_told_after_one_of_them(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年网上提交的申请几件", "2023年这三种方式各几件")
    assert {f.year for f in given.figures} == {2023}
    assert len({f.label for f in given.figures}) == 3


def test_two_channels_are_held_against_each_other(asker: Asker) -> None:
    one = asker(f"{POLICE}2024年网站发的比微信发的多，对吗")
    other = asker(f"{POLICE}2024年微信发的比网站发的多，对吗")
    values = {f.label: f.value for f in one.figures}
    assert len(values) == 2
    assert {one.text.partition("。")[0], other.text.partition("。")[0]} == {"是的", "不对"}


@pytest.mark.parametrize("question", ["在全省排第几", "排第几"])
def test_the_place_of_the_one_body_spoken_of_is_told_among_all(asker: Asker, question: str) -> None:
    given = talk(asker, f"{POLICE}2024年收了几件申请", question)
    everyone = asker(f"{POLICE}2024年收到的申请在所有单位里排第几")
    assert given.text.partition("，")[0] == everyone.text.partition("，")[0]
    assert given.text.startswith(f"{POLICE}排第 ")
    assert asker(f"{POLICE}2024年收的申请在全省排第几").text.partition("，")[0] == everyone.text.partition("，")[0]


def test_who_has_most_in_the_place_is_a_body_and_no_kind_of_applicant(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年收了几件申请", "全市最多的是谁")
    first = given.figures[0]
    assert f"最多的是{first.agency}" in given.text
    assert first.agency.startswith("云溪市")
    assert (first.value or 0) > truth(POLICE, 2024)


def test_a_turn_and_a_number_like_the_last_are_claims_as_well(asker: Asker) -> None:
    values = [truth(POLICE, y) for y in (2022, 2023, 2024)]
    falls_then_rises = values[0] > values[1] < values[2]
    given = asker(f"{POLICE}2022到2024年新收申请是先降后升吗")
    assert given.text.startswith("是的" if falls_then_rises else "不对")
    same = talk(asker, f"{POLICE}2024年收了几件申请", "2023年也是这么多吗")
    assert told(same) == {(POLICE, y, truth(POLICE, y)) for y in (2023, 2024)}
    assert same.text.startswith("是的" if values[1] == values[2] else "不是")


@pytest.mark.parametrize(("spoken", "digits"), [("一万五", "15000"), ("三千八", "3800"), ("两百五", "250")])
def test_the_last_sign_of_a_spoken_number_counts_tenths(spoken: str, digits: str) -> None:
    assert in_the_words_of_the_forms(f"超过{spoken}的") == f"超过{digits}的"
    assert in_the_words_of_the_forms("两百五十件") == "两百五十件"
