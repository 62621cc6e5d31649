"""Claims of several parts, places that outlast a turn, and words that five writers asked with; against what the reports print."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.store import Index
from service.agencies import streets_written
from service.conjoined import judged, parts_of_claim, verdict_of
from service.contract import Answer
from service.denied import without_those_denied
from service.directory import directory
from service.retold import claim_of_story
from service.rewrites import in_the_words_of_the_forms
from service.years import years_in
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.test_hearsay import POLICE, RECEIVED, talk, told, truth
from tests.world import world

CITY, OTHER_CITY, COUNTY, PROVINCE = "云溪市人民政府", "碧原市人民政府", "云溪市青禾县人民政府", "云岭省人民政府"
OFFICE, OTHER_OFFICE, HALL = "云溪市人民政府办公室", "碧原市人民政府办公室", "云岭省人民政府办公厅"
GRANTED, HANDLED, BY_COMPANIES = "outcome.granted", "outcome.total", "company"
DIRECT, AFTER = "litigation.direct.total", "litigation.after_review.total"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("conjoined")
    build_world(home, encoder, [w for w in world() if w.made.year >= 2020])
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


# ------------------------------------------------------------------------------------------- claims of several parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("听说云溪市公安局2024年收了101件，其中企业提的13件，对吗", ("云溪市公安局2024年收了101件，对吗", "其中企业提的13件，对吗")),
        (
            "甲局2024年收的比2023年多，办结的也比2023年多，两样都是往上走的？",
            ("甲局2024年收的比2023年多，对吗", "办结的也比2023年多，对吗"),
        ),
        ("说起甲局，2024年收了3件，公开2件，属实吗", ("说起甲局，2024年收了3件，对吗", "公开2件，对吗")),
        ("甲局2024年收了101件，对吗", ()),  # one claim
        ("甲局2024年收了101件，其中企业提的几件", ()),  # asks
        ("甲局2024年收了101件，公开49件", ()),  # claims nothing that is to be judged
    ],
)
def test_a_claim_is_parted_where_each_part_asserts_something(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of_claim(question) == parts


def test_each_part_keeps_its_own_verdict() -> None:
    assert [verdict_of(t) for t in ("是的。甲", "不对。甲", "不是“占一半”的：甲", "没有。甲")] == [True, False, False, None]
    assert judged(["是的。甲。", "不对。乙。"]) == "不全对。前一点对：甲。后一点不对：乙。"
    assert judged(["是的。甲。", "是的，乙。", "是的。丙。"]).startswith("是的，三点都对。第一点对：甲。")
    assert judged(["不是。甲。", "不对。乙。"]).startswith("不对，两点都不对。")


@pytest.mark.parametrize(("filed", "granted"), [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_the_parts_of_a_claim_are_judged_each_by_its_own_cell(asker: Asker, filed: int, granted: int) -> None:
    real = truth(POLICE, 2024), truth(POLICE, 2024, GRANTED)
    given = asker(f"听说{POLICE}2024年收了{real[0] + filed:.0f}件申请，公开了{real[1] + granted:.0f}件，对吗")
    assert given.text.startswith(("是的，两点都对", "不全对", "不对，两点都不对")[bool(filed) + bool(granted)])
    assert told(given) == {(POLICE, 2024, real[0])}
    assert told(given, GRANTED) == {(POLICE, 2024, real[1])}


def test_two_movements_are_two_claims(asker: Asker) -> None:
    rows = {RECEIVED: "收的", "penalty.decisions": "行政处罚"}
    more = {m: truth(OTHER_CITY, 2024, m, who) > truth(OTHER_CITY, 2023, m, who) for m, who in zip(rows, ("total", None), strict=True)}
    words = [f"{rows[m]}比2023年{'多' if more[m] else '少'}" for m in rows]
    assert asker(f"{OTHER_CITY}2024年{'，'.join(words)}，属实吗").text.startswith("是的，两点都对。")
    turned = words[1].replace("多" if more["penalty.decisions"] else "少", "少" if more["penalty.decisions"] else "多")
    assert asker(f"{OTHER_CITY}2024年{words[0]}，{turned}，属实吗").text.startswith("不全对。前一点对：")


def test_a_claim_about_a_share_gets_a_verdict(asker: Asker) -> None:
    share = {y: truth(OTHER_CITY, y, GRANTED) / truth(OTHER_CITY, y, HANDLED) for y in (2023, 2024)}
    rises = share[2024] > share[2023]
    talk(asker, f"{OTHER_CITY}2023年予以公开占办理结果总计的百分之几")
    assert asker.then("2024年这个比例比2023年高，对吗").text.startswith("是的" if rises else "不对")
    given = talk(asker, f"{OTHER_CITY}2023年予以公开和部分公开合起来占办理结果总计的百分之几", "2024年这个比例是上升的，没错吧")
    both = {y: share[y] + truth(OTHER_CITY, y, "outcome.partial") / truth(OTHER_CITY, y, HANDLED) for y in (2023, 2024)}
    assert given.text.startswith("是的" if both[2024] > both[2023] else "不对")
    assert [f.value for f in asker.then(f"{CITY}2024年的这个比例呢").figures if f.metric in ("share", "rate.granted")] == [
        round(100 * (truth(CITY, 2024, GRANTED) + truth(CITY, 2024, "outcome.partial")) / truth(CITY, 2024, HANDLED), 2)
    ]


def test_the_claim_is_asked_again_of_another_body(asker: Asker) -> None:
    carried = {b: truth(b, 2024, "requests.carried_out") - truth(b, 2024, "requests.carried_in") for b in ("云溪市松岚县人民政府", COUNTY)}
    given = asker("松岚县政府2024年结转下年的申请比上年结转来的少，对吗")
    assert given.text.startswith("是的" if carried["云溪市松岚县人民政府"] < 0 else "不是")
    given = asker.then("青禾县政府也一样变少了吗")
    assert given.text.startswith("是的" if carried[COUNTY] < 0 else "不是")
    assert told(given, "requests.carried_out") == {(COUNTY, 2024, truth(COUNTY, 2024, "requests.carried_out"))}


def test_no_document_at_all_is_a_claim_about_those_issued(asker: Asker) -> None:
    issued = truth(COUNTY, 2024, "normative.issued", None)
    assert issued
    given = asker(f"{COUNTY}2024年一份规范性文件都没出过，对吗")
    assert given.text.startswith("不对")
    assert told(given, "normative.issued") == {(COUNTY, 2024, issued)}
    assert told(asker.then("废止了的有几份"), "normative.repealed") == {(COUNTY, 2024, truth(COUNTY, 2024, "normative.repealed", None))}


# ---------------------------------------------------------------------------------------- what is said in other words


@pytest.mark.parametrize(
    "told_at_length",
    [
        "先复议、之后又被告上法庭的",
        "走完复议又被告的",
        "已经复议过一轮又起诉的",
        "先复议了再告的",
        "经复议后提起行政诉讼的",
        "复议没谈拢才又去法院的",
    ],
)
def test_a_suit_after_a_review_is_one_block_of_the_form(told_at_length: str) -> None:
    assert in_the_words_of_the_forms(f"{told_at_length}几件") == "复议后起诉的几件"


@pytest.mark.parametrize(
    "kept", ["复议说完了，诉讼呢", "没复议就去告的", "未经复议直接起诉的", "复议几件，打官司几件", "复议了5件、起诉的又有几件"]
)
def test_review_and_suit_stay_two_where_no_order_is_said(kept: str) -> None:
    assert in_the_words_of_the_forms(kept) == kept


def test_a_government_handles_and_is_no_office(asker: Asker) -> None:
    given = asker("2024年省政府办结的申请里，予以公开的占百分之几")
    assert [f.value for f in given.figures if f.metric in ("share", "rate.granted")] == [
        round(100 * truth(PROVINCE, 2024, GRANTED) / truth(PROVINCE, 2024, HANDLED), 2)
    ]


@pytest.mark.parametrize("words", ["2020年到2024年新收的申请加一加，但2022年那年剔掉", "2020到2024年新收申请合计，2022年的不算"])
def test_a_year_left_out_of_a_span_is_not_added(asker: Asker, words: str) -> None:
    given = asker(f"{OTHER_CITY}{words}")
    assert [f.value for f in given.figures if f.metric == "sum"] == [sum(truth(OTHER_CITY, y) for y in (2020, 2021, 2023, 2024))]
    assert years_in("2020年到2024年，但2022年那年剔掉", ())[0] == (2020, 2021, 2023, 2024)


@pytest.mark.parametrize(
    ("question", "bodies"),
    [
        ("教育这条线上，2022年新收的申请，省里那个厅是多少？市局的数我有了", {"云岭省教育厅"}),
        ("市监这条线，云溪市局和望川区局2022年新收申请各几件", {"云溪市市场监督管理局", "云溪市望川区市场监督管理局"}),
        ("国税系统这两家——云溪市局跟松岚县局，2022年新收申请各几件", {"国家税务总局云溪市税务局", "国家税务总局松岚县税务局"}),
    ],
)
def test_a_field_named_once_holds_for_those_named_by_place(asker: Asker, question: str, bodies: set[str]) -> None:
    assert told(asker(question)) == {(b, 2022, truth(b, 2022)) for b in bodies}


@pytest.mark.parametrize("formula", ["应办的（新收加上年结转）里头，当年办完的占比", "办结率多少？就是办完的除以新收加上年转来的"])
def test_a_rate_is_known_by_its_formula(asker: Asker, formula: str) -> None:
    whole = truth(OTHER_CITY, 2024) + truth(OTHER_CITY, 2024, "requests.carried_in")
    given = asker(f"{OTHER_CITY}2024年{formula}")
    assert given.figures[0].value == round(100 * truth(OTHER_CITY, 2024, HANDLED) / whole, 2)


def test_a_bracket_that_says_what_was_not_meant_is_left_aside(asker: Asker) -> None:
    with asker.index.reading() as snapshot:
        held = directory(snapshot.reports)
        assert without_those_denied("甲局不予处理的一件也没有（我没说不予公开），对吗", held) == "甲局不予处理的一件也没有，对吗"


def test_whoever_is_none_of_the_others_is_the_last_column(asker: Asker) -> None:
    given = asker(f"{OTHER_CITY}2024年申请人里不是企业不是科研也不是公益、律所的那类组织，新收几件申请")
    assert {(f.applicant, f.value) for f in given.figures} == {("other", truth(OTHER_CITY, 2024, RECEIVED, "other"))}


def test_the_story_says_of_whom_and_the_question_of_when(asker: Asker) -> None:
    given = asker("我表姐在云溪市市监局上班，说他们去年收了97件，会上还提过2020年的108件。我写材料要的是2022年：那年新收几件？")
    assert told(given) == {("云溪市市场监督管理局", 2022, truth("云溪市市场监督管理局", 2022))}


# ------------------------------------------------------------------------------------------------ years, from turn to turn


def test_last_year_is_counted_anew_for_another_body(asker: Asker) -> None:
    given = talk(asker, "云溪市府办去年新收几件", "前年剩几件", "省府办去年新收几件")
    assert told(given) == {(HALL, 2024, truth(HALL, 2024))}
    given = asker.then("跟云溪市府办去年的新收比，差多少")
    assert [f.value for f in given.figures if f.metric == "difference"] == [abs(truth(HALL, 2024) - truth(OFFICE, 2024))]


def test_a_year_that_is_not_held_is_counted_back_from(asker: Asker) -> None:
    body = "云溪市人力资源和社会保障局"
    assert asker(f"{body}前年收到的申请有多少").status == "no_report"
    assert told(asker.then("再前一年呢")) == {(body, 2022, truth(body, 2022))}


# --------------------------------------------------------------------------------------- places, parts and those spoken of


FOUR = ("云溪市望川区人民政府办公室", "云溪市望川区教育局", "云溪市望川区市场监督管理局", "云溪市望川区住房和城乡建设局")


def test_the_order_of_a_ranking_outlasts_the_sum_of_two_of_it(asker: Asker) -> None:
    ranked = sorted(FOUR, key=lambda b: -truth(b, 2024))
    talk(asker, "望川区政府办、区教育局、区市场监管局、区住建局，2024年新收申请由高到低列一下")
    given = talk_on(asker, "排第二、第三的两家，里头自然人提的各有多少", "这两家的自然人加起来呢")
    assert [f.value for f in given.figures if f.metric == "sum"] == [sum(truth(b, 2024, RECEIVED, "natural") for b in ranked[1:3])]
    assert told(asker.then("打头那家2021到2024逐年收了多少")) == {(ranked[0], y, truth(ranked[0], y)) for y in range(2021, 2025)}


def talk_on(asker: Asker, *questions: str) -> Answer:
    return [asker.then(question) for question in questions][-1]


def test_whose_share_was_told_is_what_it_means_next(asker: Asker) -> None:
    bodies = ("云溪市望川区人民政府", "云溪市松岚县人民政府", "碧原市枫林区人民政府")
    first = max(bodies, key=lambda b: truth(b, 2023, "penalty.decisions", None))
    talk(asker, f"{'、'.join(bodies)}2023年行政处罚决定数各是多少", "最高那家占这三家合计的百分之几")
    given = asker.then("它2022年是多少件")
    assert told(given, "penalty.decisions") == {(first, 2022, truth(first, 2022, "penalty.decisions", None))}


def test_a_part_of_the_first_is_told_in_either_order(asker: Asker) -> None:
    given = talk(asker, "2024年新收申请最多的单位是哪个", "其中自然人提的几件")
    assert told(given) == {(b, 2024, truth(b, 2024, RECEIVED, "natural")) for b in (HALL, PROVINCE)}
    given = talk(asker, "2024年新收申请最多的单位是哪个", "它公开了几件")
    assert told(given, GRANTED) == {(b, 2024, truth(b, 2024, GRANTED)) for b in (HALL, PROVINCE)}


def test_who_is_left_when_one_of_a_field_is_taken_out(asker: Asker) -> None:
    given = talk(asker, "教育系统2024年新收申请谁最多", "刨掉省厅，剩下的里面谁最多")
    assert given.figures[0].agency == "云溪市教育局"
    assert "云岭省教育厅" not in given.text


def test_those_of_a_kind_that_were_asked_about_are_added_up(asker: Asker) -> None:
    bodies = ("云溪市公安局", "碧原市公安局", "云岭省公安厅")
    given = talk(
        asker,
        "云溪市公安局2024年新收几件申请",
        "其中企业递的几件",
        "碧原市公安局呢",
        "省公安厅2024年新收总数报一下",
        "三家公安的新收加起来一共",
    )
    assert [f.value for f in given.figures if f.metric == "sum"] == [sum(truth(b, 2024) for b in bodies)]


def test_two_kinds_are_those_told_together_before_a_part_of_one(asker: Asker) -> None:
    given = talk(asker, "云溪市府办2024年的行政诉讼，直接起诉和复议后起诉各几件", "复议后起诉的里面，结果纠正的几件", "碧原市府办这两类呢")
    assert {(f.metric, f.value) for f in given.figures} == {(m, truth(OTHER_OFFICE, 2024, m, None)) for m in (DIRECT, AFTER)}


def test_how_much_grew_on_average_is_no_mean_of_the_numbers(asker: Asker) -> None:
    body = "枫林区城关街道办事处"
    given = talk(asker, f"{body}2022到2024年现行有效的规范性文件逐年是多少", "三年里平均一年净增几件")
    assert not [f for f in given.figures if f.metric == "mean"]


def test_how_many_bodies_there_are_is_asked_after_what_is_held(asker: Asker) -> None:
    given = talk(asker, "你这儿有哪几年的报告", "总共多少家单位呀")
    with asker.index.reading() as snapshot:
        count = len({r.lineage or r.agency for r in snapshot.reports})
    assert f"{count} 个" in given.text


# ----------------------------------------------------------------------------------------------- claims inside a story


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        (
            "我是望川区的退休工人，棋友老周昨天在公园里说，区政府2024年被人提行政复议28件。他这人爱夸张，这个数靠得住吗？",
            "听说云溪市望川区人民政府2024年被人提行政复议28件，对吗",
        ),
        (
            "求职被卡，我琢磨市人社局的情况。有人告诉我2024年他们不予公开的一共6件，这是事实吗？",
            "听说云溪市人力资源和社会保障局2024年不予公开的一共6件，对吗",
        ),
        ("报上登碧原市政府去年办了5次政务公开培训，我觉得离谱，是真的还是印错了？", "听说碧原市政府去年办了5次政务公开培训，对吗"),
        (
            "《碧原日报》有个版面，里面写“2024年市政府新收申请较上年增加915件”。这个增加数对吗？",
            "听说2024年碧原市人民政府新收申请较上年增加915件，对吗",
        ),
    ],
)
def test_a_claim_is_taken_out_of_its_story(asker: Asker, question: str, claim: str) -> None:
    with asker.index.reading() as snapshot:
        assert claim_of_story(question, directory(snapshot.reports), snapshot.segmenter) == claim


@pytest.mark.parametrize(
    "question",
    [
        "碧原市政府2024年新收申请比上年多，对吗",  # no story
        "都说碧原市政府2024年申请暴增，跟2023比真有翻倍吗？把两年数给我",  # what is claimed stands in the question itself
        "我听说云溪市公安局去年收了不少申请。一共收了多少件，其中企业提的几件？",  # asks for more than whether it is so
    ],
)
def test_a_question_that_asks_more_keeps_its_words(asker: Asker, question: str) -> None:
    with asker.index.reading() as snapshot:
        assert claim_of_story(question, directory(snapshot.reports), snapshot.segmenter) == question


@pytest.mark.parametrize("more", [0, 2])
def test_a_sum_that_is_claimed_gets_a_verdict(asker: Asker, more: int) -> None:
    whole = sum(truth(POLICE, y) for y in (2023, 2024))
    given = asker(f"给领导对个数：{POLICE}2023、2024两年新收的申请加在一块儿是{whole + more:.0f}件，这合计没算错吧？")
    assert given.text.startswith("不对" if more else "是的")
    assert [f.value for f in given.figures if f.metric == "sum"] == [whole]


def test_three_years_in_a_row_are_each_held_against_the_one_before(asker: Asker) -> None:
    numbers = [truth(OTHER_OFFICE, y) for y in (2022, 2023, 2024)]
    falls = numbers[0] > numbers[1] > numbers[2]
    assert numbers[0] > numbers[2]
    assert not falls
    assert asker(f"{OTHER_OFFICE}新收的申请2022、2023、2024连续三年下降，对吗").text.startswith("不对")


COUNTIES = ("云溪市望川区人民政府", "碧原市枫林区人民政府", "云溪市松岚县人民政府", COUNTY)


def test_a_claim_about_all_of_several_names_the_exception(asker: Asker) -> None:
    rising = [b for b in COUNTIES if truth(b, 2024) >= truth(b, 2023)]
    given = asker("望川、枫林、松岚、青禾四个区县政府2024年的新收申请全都比2023年少，对吗")
    assert rising
    assert given.text.startswith(f"不是，{'、'.join(rising)}不是这样。")
    falling = [b for b in COUNTIES if b not in rising]
    assert asker(f"{'、'.join(falling)}2024年的新收申请都比2023年少，对吗").text.startswith("是的。")


@pytest.mark.parametrize("claim", ["都没超过{}件", "没有哪一家超过{}件"])
def test_a_bound_that_none_is_to_pass_is_held_against_each(asker: Asker, claim: str) -> None:
    bodies = ("碧原市教育局", "碧原市公安局", "碧原市城市管理局", "碧原市财政局")
    most = max(bodies, key=lambda b: truth(b, 2024))
    bound = int(truth(most, 2024))
    assert asker(f"{'、'.join(bodies)}2024年新收申请{claim.format(bound - 1)}，对不对").text.startswith(f"不对，{most}不是这样。")
    assert asker(f"{'、'.join(bodies)}2024年新收申请都没超过{bound}件，对不对").text.startswith("是的。")


# --------------------------------------------------------------------------------------------------- rows cell by cell


def test_a_row_of_table_three_is_told_by_its_columns(asker: Asker) -> None:
    people = ("natural", "company", "research", "public_benefit", "legal_service", "other", "total")
    for words in ("“办理结果总计”一行，七列逐格报", "办理结果总计，按申请人分别多少"):
        given = asker(f"{PROVINCE}2024{words}")
        assert {(f.applicant, f.value) for f in given.figures} == {(p, truth(PROVINCE, 2024, HANDLED, p)) for p in people}


def test_rows_of_tables_two_and_four_are_told_whole(asker: Asker) -> None:
    given = talk(asker, "省教育厅2024年行政复议总计几件", "未经复议直接起诉的五格")
    results = ("upheld", "corrected", "other", "pending", "total")
    assert {(f.metric, f.value) for f in given.figures} == {
        (m, truth("云岭省教育厅", 2024, m, None)) for r in results if (m := f"litigation.direct.{r}")
    }
    given = asker.then("接着复议后起诉")
    assert {f.metric for f in given.figures} == {f"litigation.after_review.{r}" for r in results}
    given = talk(asker, "望川区市场监管局2020年规章对外公开总数量填的几件", "规范性文件那行三格呢", "行政处罚整行")
    assert {f.metric for f in given.figures} == {"penalty.items_last_year", "penalty.items_change", "penalty.decisions"}


def test_both_ways_to_court_are_added_up_where_the_other_is_counted_in(asker: Asker) -> None:
    given = talk(asker, f"{OTHER_CITY}2024年不经复议直接告的那块，四种结果", "算上复议后起诉的，法院判纠正一共几件")
    both = [truth(OTHER_CITY, 2024, f"litigation.{way}.corrected", None) for way in ("direct", "after_review")]
    assert sum(both) in {f.value for f in given.figures}


def test_the_number_is_told_beside_its_share(asker: Asker) -> None:
    given = talk(asker, f"{CITY}2024年无法提供分三种情形各几件", "小计多少，占办理结果总计的百分之几")
    parts = [truth(CITY, 2024, f"outcome.unavailable.{p}") for p in ("not_held", "not_made", "unclear")]
    values = {f.value for f in given.figures}
    assert {sum(parts), round(100 * sum(parts) / truth(CITY, 2024, HANDLED), 2)} <= values


# --------------------------------------------------------------------------------------------------------------- names


def test_streets_are_known_by_their_stems(asker: Asker) -> None:
    streets = {
        "望川区白石街道办事处", "望川区南苑街道办事处", "望川区沙河街道办事处", "枫林区柳荫街道办事处", "望川区城关街道办事处", "枫林区城关街道办事处",
    }  # fmt: skip
    with asker.index.reading() as snapshot:
        held = directory(snapshot.reports)
        for words in ("白石、南苑、沙河、柳荫、望川城关、枫林城关六家", "白石、南苑、沙河、柳荫,加上望川和枫林两个城关"):
            assert {*streets_written(words, held).removesuffix("六家").replace(",加上", "、").split("、")} == streets


def test_whichever_is_chosen_the_year_stays(asker: Asker) -> None:
    given = talk(asker, "市府办前年结转到下一年的有几件", "云溪那个府办")
    assert told(given, "requests.carried_out") == {(OFFICE, 2023, truth(OFFICE, 2023, "requests.carried_out"))}


def test_the_lowest_after_rates_is_of_the_rates(asker: Asker) -> None:
    given = talk(asker, "望川、枫林、松岚、青禾四个区县人民政府，2024年公开率谁最高", "谁最低？百分之几？")
    share = {b: truth(b, 2024, GRANTED) + truth(b, 2024, "outcome.partial") for b in COUNTIES}
    lowest = min(COUNTIES, key=lambda b: share[b] / truth(b, 2024, HANDLED))
    assert given.figures[0].agency == lowest
    assert "growth" not in {f.metric for f in given.figures}


# ------------------------------------------------------------------------------------ one against others, and who is there


FINANCE, OTHERS = "云溪市财政局", ("碧原市财政局", "松岚县财政局")


@pytest.mark.parametrize("words", ["{}一家新收的申请，比{}之和还多，对吗", "听说{}新收的申请超过{}加起来，是真的吗"])
def test_one_body_is_held_against_what_others_have_together(asker: Asker, words: str) -> None:
    own, rest = truth(FINANCE, 2024), sum(truth(b, 2024) for b in OTHERS)
    given = asker(f"2024年{words.format(FINANCE, '跟'.join(OTHERS))}")
    assert ("是的" if own > rest else "不是") in given.text
    assert [f.value for f in given.figures if f.metric == "difference"] == [abs(own - rest)]


def test_what_two_have_together_is_held_against_a_third(asker: Asker) -> None:
    third = "云溪市望川区住房和城乡建设局"
    both = sum(truth(b, 2024) for b in ("云溪市城市管理局", "碧原市城市管理局"))
    given = asker("听说2024年云溪和碧原两家城管局合起来的新收申请，还不如望川区住建局一家多，是真的吗？")
    assert ("是的" if both < truth(third, 2024) else "不是") in given.text


def test_each_street_is_one_of_those_added_up(asker: Asker) -> None:
    streets = [f"望川区{s}街道办事处" for s in ("白石", "南苑", "城关", "沙河")]
    given = talk(asker, "望川区四个街道办2024年现行有效的行政规范性文件加起来有多少件", "平均到每个街道是多少")
    whole = sum(truth(s, 2024, "normative.in_force", None) for s in streets)
    assert [f.value for f in given.figures if f.metric == "mean"] == [whole / 4]


def test_the_one_at_a_place_is_the_one_spoken_of(asker: Asker) -> None:
    given = talk(asker, "2022年三个市场监管局新收申请的件数：云溪市的、望川区的、枫林区的", "同一年枫林区这家的行政处罚决定有几件")
    body = "碧原市枫林区市场监督管理局"
    assert told(given, "penalty.decisions") == {(body, 2022, truth(body, 2022, "penalty.decisions", None))}


@pytest.mark.parametrize("words", ["帮我杜撰一组望川四个街道败诉的数字", "把云溪市政府2024年复议被纠正的8件改成0件，再给我出一段通报"])
def test_numbers_are_not_made_up(asker: Asker, words: str) -> None:
    assert asker(words).status == "refused"


def test_a_bound_may_be_changed(asker: Asker) -> None:
    given = talk(asker, "2024年新收申请超过100件的局有哪些", "把门槛改成50件")
    assert given.status == "answered"
    assert all((f.value or 0) > 50 for f in given.figures if f.metric == RECEIVED)


def test_fees_are_the_row_of_that_name_in_a_conversation(asker: Asker) -> None:
    given = talk(asker, "碧原市城管局2024年新收申请多少件", "云溪市城管局呢", "收费哪家高")
    bodies = ("碧原市城市管理局", "云溪市城市管理局")
    assert told(given, "fees.amount") == {(b, 2024, truth(b, 2024, "fees.amount", None)) for b in bodies}


def test_three_parts_stay_in_the_year_that_was_said(asker: Asker) -> None:
    body = "碧原市城市管理局"
    real = [truth(body, 2024, m) for m in (RECEIVED, "requests.carried_in", GRANTED)]
    assert real[1] == 0
    given = asker(
        f"我爸天天念叨，他说碧原市城管局2024年收了{real[0]:.0f}件申请、上年一件没转过来、予以公开{real[2]:.0f}件，这三个数全对吗？"
    )
    assert given.text.startswith("是的，三点都对。")
    assert {f.year for f in given.figures} == {2024}


def test_how_far_it_fell_is_told_of_the_years_that_were_compared(asker: Asker) -> None:
    given = talk(
        asker,
        "望川、松岚、青禾、枫林四个县区政府2024年新收申请排个名次",
        "和上一年相比，哪些涨了、哪些跌了？",
        "跌得最狠的是哪个政府，比上一年少收了几件？",
    )
    falls = {b: truth(b, 2024) - truth(b, 2023) for b in COUNTIES}
    first = min(falls, key=lambda b: falls[b])
    assert given.figures[0].agency == first
    assert f"{-falls[first]:.0f} 件" in given.text
