"""Reports in the words of other writers, of bodies with other names: rates and counts of the text, short names, measures and claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.read import read_bytes
from index.store import Index, Store
from tests.conftest import Asker, HashEncoder
from tests.world import WorldReport, world

# What these writers say in section 一, and as problems and measures, by year.
TEXTS = {
    2023: (
        "召开惠企政策宣讲会22场。承办12345工单2318件，满意率93.2%。单位微信公众号“小金库”推文152篇。12329热线接听8.94万个。",
        "存在的主要问题：一是秸秆禁烧罚款去向没有公开，群众议论多。改进情况：一是罚没收入按季在村口张榜。",
    ),
    2024: (
        "召开惠企政策宣讲会9场。栏目里的错别字由专人逐条排查，当日改正。",
        "存在的主要问题：一是统一口径库不全。改进情况：一是窗口和网站一个答案。",
    ),
}
CENTRE, TOWN = "云溪市住房公积金管理中心", "松岚县双沟镇人民政府"


def written(report: WorldReport, agency: str) -> str:
    """The tables of a made-up report, with another body's name and another writer's text."""
    first, fifth = TEXTS[report.made.year]
    text = report.text.replace(report.made.agency, agency)
    text = re.sub(r"（四）监督保障情况。[^\n]*", f"（四）监督保障情况。{first}", text)
    return re.sub(r"(五、存在的主要问题及改进情况\n\n)(?:.|\n)*?(?=\n六、)", rf"\g<1>{fifth}\n", text)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home: Path = tmp_path_factory.mktemp("others")
    made = [w for w in world() if w.made.year in TEXTS and w.made.agency in ("云溪市教育局", "松岚县三棵松镇人民政府")]
    texts = [written(w, CENTRE if w.made.agency == "云溪市教育局" else TOWN).encode() for w in made]
    Store(home).add([(read_bytes(t), t, f"{n}.txt") for n, t in enumerate(texts)], encoder)
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


@pytest.mark.parametrize("said", ["公积金中心", "云溪公积金中心", "市公积金中心", "公积金中心（云溪）", "云溪公积金管理中心"])
def test_a_body_is_found_by_the_part_of_its_name_that_tells_it_apart(asker: Asker, said: str) -> None:
    given = asker(f"{said}2023年收到多少件申请")
    assert {f.agency for f in given.figures} == {CENTRE}


def test_what_stands_behind_a_towns_name_makes_no_village_of_it(asker: Asker) -> None:
    assert asker("双沟镇村村响广播2023年收到多少件申请").understood.agencies == (TOWN,)
    assert asker("双沟镇村委会2023年收到多少件申请").status == "no_report"


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("公积金中心2023年满意率多少", 93.2, "%"),
        ("公积金中心2023年办了几场惠企宣讲会", 22, "场"),
        ("公积金中心2023年微信推文几篇", 152, "篇"),
    ],
)
def test_a_number_of_the_text_is_told_in_the_words_of_its_writer(asker: Asker, question: str, value: float, unit: str) -> None:
    given = asker(question)
    assert given.status == "answered", given.text
    assert (value, unit) in [(f.value, f.unit) for f in given.figures]


def test_a_rate_is_told_beside_the_count_that_is_asked_for_too(asker: Asker) -> None:
    given = asker("公积金中心2023年承办12345工单多少件，满意率多少")
    assert [f.value for f in given.figures] == [2318, 93.2]


def test_a_rate_that_no_text_states_gets_no_number(asker: Asker) -> None:
    given = asker("公积金中心2023年整改率多少")
    assert not any(f.value is not None for f in given.figures)


def test_how_many_calls_are_no_telephone_number(asker: Asker) -> None:
    assert asker("公积金中心2023年热线接了多少电话").status != "out_of_scope"
    assert asker("公积金中心电话多少").status == "out_of_scope"


def test_a_matter_that_the_newest_report_is_silent_about_is_told_from_the_one_before(asker: Asker) -> None:
    given = asker("双沟镇秸秆罚款不公开 怎么整改")
    assert "罚没收入按季" in given.text
    assert given.understood.years == (2023,)


def test_a_measure_is_told_from_wherever_the_report_writes_of_it(asker: Asker) -> None:
    assert "逐条排查" in asker("双沟镇2024年栏目里的错别字怎么治的").text


def test_whoever_wants_to_know_is_no_body_that_is_asked_about(asker: Asker) -> None:
    assert {f.agency for f in asker("公积金中心2023年收到几件申请，司法局同志要").figures} == {CENTRE}


def test_a_body_that_is_denied_is_not_asked_about(asker: Asker) -> None:
    given = asker("2023年收到几件申请，是公积金中心，不是双沟镇")
    assert {f.agency for f in given.figures} == {CENTRE}


@pytest.mark.parametrize("claim", ["多于", "少于", "比"])
def test_a_claim_of_more_or_less_is_held_against_the_two_figures(asker: Asker, claim: str) -> None:
    words = f"公积金中心2023年自然人申请{claim}商业企业{'多' if claim == '比' else ''}，对吗"
    given = asker(words)
    person, company = (next(f.value for f in given.figures if f.applicant == who) or 0 for who in ("natural", "company"))
    so = person < company if claim == "少于" else person > company
    assert given.text.startswith("是的" if so else "不是")


def test_one_verdict_is_given_and_not_two(asker: Asker) -> None:
    given = asker("公积金中心2023年收到的申请超过1件了没有")
    assert (given.text.startswith("是的"), "不对" in given.text, "没有" in given.text[:12]) == (True, False, False)


def test_what_was_carried_out_is_held_against_what_was_carried_in(asker: Asker) -> None:
    given = asker("公积金中心2023年结转下年度比上年结转多几件")
    assert {f.metric for f in given.figures if f.metric.startswith("requests")} == {"requests.carried_out", "requests.carried_in"}
    assert {f.year for f in given.figures} == {2023}


def test_what_was_to_be_handled_is_the_sum_of_its_two_rows(asker: Asker) -> None:
    given = asker("公积金中心2023年新收和上年结转合计多少件")
    parts = [asker(f"公积金中心2023年{row}多少件").figures[0].value or 0 for row in ("新收申请", "上年结转的申请")]
    assert given.figures[0].value == sum(parts)
    assert {f.year for f in given.figures} == {2023}


@pytest.mark.parametrize("told", ["公积金中心2023年{}件申请中，自然人几件", "公积金中心2023年{}件申请里自然人几件"])
def test_the_whole_that_a_part_is_asked_of_is_no_claim(asker: Asker, told: str) -> None:
    whole = asker("公积金中心2023年收到几件申请").figures[0].value or 0
    given = asker(told.format(int(whole)))
    assert {f.applicant for f in given.figures} == {"natural"}
    assert "不对" not in given.text


def test_the_most_of_three_outcomes_is_one_of_them(asker: Asker) -> None:
    given = asker("公积金中心2023年不予公开、不予处理、无法提供哪个最多")
    assert {f.metric for f in given.figures} == {"outcome.refused", "outcome.unprocessed", "outcome.unavailable"}
