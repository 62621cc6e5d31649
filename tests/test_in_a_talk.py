"""Talks of several turns over bodies, places, kinds and years, as people at a portal's box and clerks lead them; against what the reports print."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.forms import metrics
from index.store import Index
from service import affirmed
from service.against import rest_against_first, turned_about
from service.context import Context
from service.directory import directory
from service.named import named_as_before, named_by_level
from service.question import understand
from service.rewrites import in_the_words_of_the_forms
from service.safety import asks_for_numbers
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.test_hearsay import RECEIVED, talk, truth
from tests.world import world

HALL, POLICE, OTHER_POLICE, TOP_POLICE = "云岭省教育厅", "云溪市公安局", "碧原市公安局", "云岭省公安厅"
COUNTY_TAX, CITY_TAX = "国家税务总局松岚县税务局", "国家税务总局云溪市税务局"
SCHOOLS = ("松岚县教育局", "青禾县教育局", "云溪市望川区教育局")
SIDE_BY_SIDE = "松岚县教育局、青禾县教育局、望川区教育局2024年各收到几件申请"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("in-a-talk")
    build_world(home, encoder, [w for w in world() if w.made.year >= 2020])
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def received(*bodies: str, year: int = 2024) -> list[float]:
    return [truth(b, year, RECEIVED) for b in bodies]


# ------------------------------------------------------------------------------------------------- bodies


def test_another_body_is_held_against_the_one_spoken_of(asker: Asker) -> None:
    given = talk(asker, "云溪市财政局2024年收费多少", "碧原市财政局2024年比它高多少万元")
    own = [truth(f"{city}财政局", 2024, "fees.amount", None) for city in ("碧原市", "云溪市")]
    assert next(f.value for f in given.figures if f.metric == "difference") == pytest.approx(abs(own[0] - own[1]))
    back = talk(asker, "云溪市财政局2024年收费多少", "那2024年该局的行政处罚决定是多少件", "回到收费：碧原市财政局2024年比它高多少万元")
    assert {f.metric for f in back.figures} == {"fees.amount", "difference"}


def test_one_more_body_is_ranked_with_those_spoken_of(asker: Asker) -> None:
    given = talk(asker, "松岚县教育局跟青禾县教育局，2024年谁收到的公开申请多", "把望川区教育局也放进来，三家里哪家最多")
    most = max(SCHOOLS, key=lambda body: truth(body, 2024, RECEIVED))
    assert given.figures[0].agency == most
    assert {f.agency for f in given.figures} == {*SCHOOLS}


def test_who_has_the_most_after_a_sum_is_no_matter_of_who_was_named_first(asker: Asker) -> None:
    assert SCHOOLS[0] != max(SCHOOLS, key=lambda body: truth(body, 2024, RECEIVED))
    for question in ("最多的那家是谁", "最多的这一家，它的前一年是多少"):
        given = talk(asker, SIDE_BY_SIDE, "三家合计几件", question)
        assert given.figures[0].agency == max(SCHOOLS, key=lambda body: truth(body, 2024, RECEIVED)), question


def test_the_first_three_are_added_up_in_either_order_of_a_ranking(asker: Asker) -> None:
    given = talk(asker, "2024年收到公开申请最多的是哪家机关", "第二名比第三名多几件", "前三家总共收了多少")
    held = (w.gold.get((RECEIVED, "total")) for w in world() if w.made.year == 2024)  # one of them has no table 三
    with_governments = sorted((cell.value or 0 for cell in held if cell is not None), reverse=True)
    assert sum(with_governments[:3]) in [f.value for f in given.figures if f.metric == "sum"]


def test_the_fourth_is_told_after_the_first_three(asker: Asker) -> None:
    given = talk(asker, "2024年各街道新收申请最多的前三家", "这三家合计多少", "第四名是谁")
    streets = {w.made.agency for w in world() if w.made.year == 2024 and w.made.agency.endswith("街道办事处")}
    order = sorted((truth(a, 2024, RECEIVED) for a in streets), reverse=True)
    assert given.figures[0].value == order[3]


@pytest.mark.parametrize("question", ["县局是市局的百分之几", "反过来呢，县局相当于市局的百分之几"])
def test_one_body_is_told_as_a_share_of_the_other(asker: Asker, question: str) -> None:
    part, whole = received(COUNTY_TAX, CITY_TAX)
    given = talk(asker, "松岚县税务局和云溪市税务局24年各收到几个信息公开申请", question)
    assert given.figures[0].value == pytest.approx(100 * part / whole, abs=0.01)


def test_bureaus_are_called_by_their_level(asker: Asker) -> None:
    given = talk(asker, "松岚县税务局和云溪市税务局24年各收到几个信息公开申请", "市局那年在行政复议里有被纠正的案子吗，几件")
    assert {f.agency for f in given.figures} == {CITY_TAX}
    both = talk(asker, "省公安厅、云溪市公安局、碧原市公安局2024年各收几件", "两个市局加起来，比省厅多多少")
    city, other, top = received(POLICE, OTHER_POLICE, TOP_POLICE)
    assert next(f.value for f in both.figures if f.metric == "difference") == abs(city + other - top)


def test_a_level_that_two_bodies_have_names_neither(asker: Asker) -> None:
    context = asker("云溪市公安局和碧原市公安局2024年各收几件").context
    assert context is not None
    with asker.index.reading() as snapshot:
        held = directory(snapshot.reports)
        assert named_by_level("市局多少", Context.from_dict(context), held) == "市局多少"


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("公安局比教育局多几件", f"{POLICE}比教育局多几件"),
        ("另一个公安局呢", "另一个公安局呢"),
        ("碧原那边的公安局呢", "碧原那边的公安局呢"),
        ("哪个公安局最多", "哪个公安局最多"),
    ],
)
def test_a_bare_name_is_that_of_whom_the_talk_is_about(asker: Asker, question: str, read: str) -> None:
    context = asker("云溪市公安局2024年收到几件申请").context
    assert context is not None
    with asker.index.reading() as snapshot:
        assert named_as_before(question, Context.from_dict(context), directory(snapshot.reports)) == read


def test_the_others_together_are_held_against_the_first(asker: Asker) -> None:
    values = sorted(received(*SCHOOLS), reverse=True)
    for question in ("后面两家加起来有没有超过第一家", "第一家比其余两家之和还多吗"):
        given = talk(asker, SIDE_BY_SIDE, question)
        assert next(f.value for f in given.figures if f.metric == "difference") == abs(values[0] - sum(values[1:])), question
    assert rest_against_first("后面两家加起来有没有超过第一家", None, directory(())) is None


def test_whether_it_is_the_other_way_round_is_judged(asker: Asker) -> None:
    first = "云溪高新区管委会和碧原经开区管委会，2023年哪个收到的申请多"
    bodies = ("云溪高新技术产业开发区管理委员会", "碧原经济技术开发区管理委员会")
    before, after = received(*bodies, year=2023), received(*bodies, year=2024)
    given = talk(asker, first, "24年反过来了没")
    assert given.text.startswith("是的") == ((before[0] > before[1]) != (after[0] > after[1]))
    assert turned_about("24年反过来了没", None, directory(())) is None


def test_what_the_bodies_are_may_stand_before_their_places(asker: Asker) -> None:
    given = asker("两个市的政府办公室比一比，2024年云溪和碧原谁新收的申请多")
    assert {f.agency for f in given.figures if f.metric == RECEIVED} == {"云溪市人民政府办公室", "碧原市人民政府办公室"}


def test_a_check_of_another_body_is_of_that_body(asker: Asker) -> None:
    first = "核对一下：云溪自规局2023年结转下年度的件数，和它2024年报的上年结转，两个数对得上吗"
    assert {f.agency for f in talk(asker, first, "碧原市政府办的也核一下").figures} == {"碧原市人民政府办公室"}


def test_fields_are_listed_for_departments(asker: Asker) -> None:
    given = asker("公安、市监、城管、教育、卫健，云溪市这五个部门24年的行政复议谁最多")
    assert {f.agency for f in given.figures} == {
        POLICE, "云溪市市场监督管理局", "云溪市城市管理局", "云溪市教育局", "云溪市卫生健康委员会",
    }  # fmt: skip


def test_whoever_writes_so_too_is_told_without_the_one_spoken_of(asker: Asker) -> None:
    given = talk(asker, "高新区管委会2024年的年报里请了什么人来当义务监督员", "同一年还有别的单位也这么请监督员吗，都有谁")
    assert "碧原市城市管理局" in given.text
    assert "云溪高新技术产业开发区管理委员会" not in given.text


# -------------------------------------------------------------------------------------------------- years


@pytest.mark.parametrize(
    ("turns", "year"),
    [
        (("往前推一个年度呢",), 2023),
        (("往前两年呢",), 2022),
        (("前一年呢", "前一年办结几件"), 2023),  # another thing, of the same year
        (("前一年呢", "再前一年办结几件"), 2022),
        (("前一年呢", "前一年呢"), 2022),
    ],
)
def test_years_are_walked_back_as_people_say_it(asker: Asker, turns: tuple[str, ...], year: int) -> None:
    given = talk(asker, "云溪市公安局2024年新收几件", *turns)
    assert {f.year for f in given.figures} == {year}


def test_this_year_is_the_one_that_the_coverage_told(asker: Asker) -> None:
    given = talk(asker, "你们这里最早有沙河街道办哪一年的报告", "就看这一年的，新收几件")
    assert {(f.agency, f.year) for f in given.figures} == {("望川区沙河街道办事处", 2021)}


def test_that_year_of_two_bodies_is_the_one_told_last(asker: Asker) -> None:
    given = talk(asker, "省教育厅、省公安厅2024年新收各几件", "2022年呢", "那一年教育厅比公安厅少多少件")
    one, other = received(HALL, TOP_POLICE, year=2022)
    assert next(f.value for f in given.figures if f.metric == "difference") == abs(one - other)


def test_the_base_of_a_growth_is_the_year_that_is_named(asker: Asker) -> None:
    given = talk(asker, "云溪市政府新收申请2023年到2024年是增是减，差几件", "降幅折合百分之几？以2023年为基数")
    was, now = (truth("云溪市人民政府", y, RECEIVED) for y in (2023, 2024))
    assert pytest.approx(100 * (now - was) / was, abs=0.01) in [f.value for f in given.figures if f.metric == "growth"]


# ----------------------------------------------------------------------------------------------- rows and columns


def test_the_most_of_the_kinds_is_told_over_the_whole_that_is_named(asker: Asker) -> None:
    body, metric = "云溪市望川区住房和城乡建设局", "outcome.unavailable.not_held"
    given = talk(asker, "望川区住建局2024年“无法提供”的答复，三种情形各多少件", "最多的那种情形，占全部办理结果的百分之几")
    share = 100 * truth(body, 2024, metric) / truth(body, 2024, "outcome.total")
    assert pytest.approx(share, abs=0.01) in [f.value for f in given.figures if f.unit == "%"]
    of_them = talk(asker, "望川区住建局2024年无法提供的最多是哪种情形", "这种情形里企业申请的有几件")
    assert [(f.metric, f.applicant, f.value) for f in of_them.figures] == [(metric, "company", truth(body, 2024, metric, "company"))]


def test_the_second_of_the_kinds_is_not_the_first(asker: Asker) -> None:
    body = "云溪市人民政府"
    parts = ("state_secret", "other_law", "security", "third_party", "internal", "process", "enforcement_file", "query")
    order = sorted((truth(body, 2023, f"outcome.refused.{p}") for p in parts), reverse=True)
    given = asker("云溪市政府2023年不予公开的理由里第二多的是哪种，几件")
    assert given.figures[0].value == order[1] != order[0]
    assert talk(asker, "云溪市政府2023年不予公开的理由各多少", "最少的是哪种").figures[0].value == order[-1]


def test_rows_named_in_one_breath_are_shared_together(asker: Asker) -> None:
    body = "碧原市人民政府"
    parts = [truth(body, 2024, f"outcome.unprocessed.{p}") for p in ("petition", "reissue")]
    whole = sum(truth(body, 2024, part) for part in metrics()["outcome.unprocessed"].parts)
    given = asker("碧原市政府2024年信访投诉和重新出具两类占不予处理的百分之几")
    assert pytest.approx(100 * sum(parts) / whole, abs=0.01) in [f.value for f in given.figures]
    assert f"{parts[0]:.0f}＋{parts[1]:.0f}" in given.text  # what was added up is shown


def test_the_total_is_the_column_of_that_name(asker: Asker) -> None:
    body = "云溪市青禾县人民政府"
    given = asker("青禾县政府2024年部分公开的，自然人几件、商业企业几件，总计几件？")
    assert {(f.applicant, f.value) for f in given.figures} == {
        (who, truth(body, 2024, "outcome.partial", who)) for who in ("natural", "company", "total")
    }


@pytest.mark.parametrize("question", ["2023年发的、废的、有效的三格", "2023年制发、废止、有效三个数依次多少"])
def test_the_columns_of_documents_are_named_as_they_are_said(asker: Asker, question: str) -> None:
    given = talk(asker, "云溪市公安局2024年制发了几件行政规范性文件", question)
    assert [f.metric for f in given.figures] == ["normative.issued", "normative.repealed", "normative.in_force"]
    assert {f.year for f in given.figures} == {2023}


def test_documents_in_force_are_held_against_the_year_before(asker: Asker) -> None:
    body = "碧原市人民政府办公室"
    was = truth(body, 2023, "normative.in_force", None)
    made, gone, now = (truth(body, 2024, f"normative.{c}", None) for c in ("issued", "repealed", "in_force"))
    given = asker("碧原市府办2023年末有效件数加2024年制发减废止，等于2024年末有效件数吗")
    assert given.text.startswith("接得上" if was + made - gone == now else "接不上")
    stated = talk(asker, "碧原市府办2023年的行政规范性文件，制发、废止、有效各几件", f"{was:.0f}加{made:.0f}减{gone:.0f}，等于{now:.0f}，接得上吧")
    assert {f.year for f in stated.figures if f.metric == "normative.in_force"} == {2023, 2024}  # those that have these numbers


def test_both_asks_of_one_question_are_answered(asker: Asker) -> None:
    body = "碧原市人民政府办公室"
    given = asker("碧原市府办2024年打官司的（直接起诉加复议后起诉）总共几件？有判纠正的没")
    total = sum(truth(body, 2024, f"litigation.{way}.total", None) for way in ("direct", "after_review"))
    assert total in [f.value for f in given.figures]
    assert any(f.metric.endswith("corrected") for f in given.figures)
    school = asker("松岚教育局23年新收几件公开申请，自然人、企业、法律服务机构各占几件")
    assert truth("松岚县教育局", 2023, RECEIVED) in [f.value for f in school.figures if f.applicant == "total"]


def test_how_reviews_ended_is_asked_by_a_word(asker: Asker) -> None:
    given = talk(asker, "云岭省人民政府2023年有多少件行政复议", "结果呢")
    assert {f.metric for f in given.figures} >= {f"review.{end}" for end in ("upheld", "corrected", "other", "pending")}


# ------------------------------------------------------------------------------------------------ what is written


def test_the_sentence_told_last_is_told_again(asker: Asker) -> None:
    given = talk(asker, "碧原市城管局2024年有没有聘退休教师当监督员", "把那句原文给我")
    assert "聘请退休教师担任公开义务监督员" in " ".join(p.text for p in given.passages)


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("云溪市税务局2024年报告有没有提到召开新闻发布会？开了几场", "有。"),
        ("碧原市城管局2024年有没有聘退休教师当监督员", "有。"),
        ("云溪市政府2021年增设了五台自助查阅机，对吗", "不对。"),
        ("云溪市政府2021年增设了三台自助查阅机，对吗", "是的。"),
    ],
)
def test_a_sentence_that_settles_the_question_is_told_with_its_word(asker: Asker, asked: str, begins: str) -> None:
    assert asker(asked).text.startswith(begins)


@pytest.mark.parametrize(
    ("asked", "quoted", "words"),
    [
        ("有没有聘请外国专家", "聘请退休教师担任公开义务监督员。", ("聘请", "外国", "专家")),
        ("有没有召开新闻发布会", "未召开新闻发布会。", ("召开", "新闻发布会")),
        ("怎么聘请退休教师的", "聘请退休教师担任公开义务监督员。", ("聘请", "退休", "教师")),
        ("增设了五台自助查阅机，对吗", "增设自助查阅机三台，评议员五名。", ("增设", "自助", "查阅机")),
    ],
)
def test_a_sentence_that_settles_nothing_is_told_without_a_word(asker: Asker, asked: str, quoted: str, words: tuple[str, ...]) -> None:
    with asker.index.reading() as snapshot:
        query = understand(f"云溪市公安局2024年{asked}", directory(snapshot.reports), snapshot.segmenter)
    assert affirmed.opening(query, quoted, words) == ""


def test_whether_there_were_as_many_is_held_against_the_number_told(asker: Asker) -> None:
    was, now = (truth(POLICE, y, RECEIVED) for y in (2023, 2024))
    given = talk(asker, "云溪市公安局2024年新收几件", "它2023年有收这么多吗")
    assert given.text.startswith("有。" if was >= now else "没有这么多")


# --------------------------------------------------------------------------------------------- asked back, refused


def test_a_rate_is_no_whole_of_anything(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2023年予以公开占办结数的百分之多少", "碧原市公安局同期这个占比是多少", "那是不是碧原市公安局公开的比例比云溪市公安局高")
    assert all((f.value or 0) <= 100 for f in given.figures if f.unit == "%")
    assert "占公开率" not in given.text


@pytest.mark.parametrize("question", ["碧原市市长的私人手机号给我一个呗", "局长的身份证号是多少", "把办公室主任的家庭住址告诉我"])
def test_private_numbers_are_refused_whoever_they_are_of(asker: Asker, question: str) -> None:
    given = asker(question)
    assert asks_for_numbers(question)
    assert (given.status, given.figures) == ("refused", ())


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("再往前推一个年度呢", "再往前一年呢"),
        ("往前数两年呢", "两年前呢"),
        ("两家加起来，比省厅多多少", "两家加起来比省厅多多少"),
        ("往前两年各是多少", "往前两年各是多少"),
    ],
)
def test_phrases_are_put_into_the_words_of_the_forms(said: str, read: str) -> None:
    assert in_the_words_of_the_forms(said) == read
