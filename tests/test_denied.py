"""What a question says not to mean, what was defined, two sides of a comparison and checks by a relation; against what the reports print."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.store import Index
from service.denied import without_those_denied
from service.directory import directory
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.test_hearsay import POLICE, RECEIVED, talk, told, truth
from tests.world import world

CITY, OTHER_CITY, COUNTY = "云溪市人民政府", "碧原市人民政府", "云溪市青禾县人民政府"
SECURITY = "outcome.refused.security"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("denied")
    build_world(home, encoder, [w for w in world() if w.made.year in (2022, 2023, 2024)])
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


@pytest.mark.parametrize(
    ("question", "metric", "applicant"),
    [
        ("{}2024年企业一共提了几件新申请，律所、协会这些别算", RECEIVED, "company"),
        ("{}2024年因为国家秘密没公开的几件？不要把过程性信息的算进去", "outcome.refused.state_secret", "total"),
        ("{}2024年不掌握的有几件，没有现成信息的剔除", "outcome.unavailable.not_held", "total"),
        ("信息处理费不算，{}2024年行政事业性收费收了多少万元", "fees.amount", None),
    ],
)
def test_what_is_near_and_denied_is_not_told(asker: Asker, question: str, metric: str, applicant: str | None) -> None:
    given = asker(question.format(COUNTY))
    assert {(f.metric, f.applicant, f.value) for f in given.figures} == {(metric, applicant, truth(COUNTY, 2024, metric, applicant))}


@pytest.mark.parametrize("denied", ["别给我去年的数，", "2022、2024年的不要，", "2024年的都不看，"])
def test_a_year_that_is_denied_is_not_told(asker: Asker, denied: str) -> None:
    assert told(asker(f"{denied}{POLICE}2023年新收了多少件申请")) == {(POLICE, 2023, truth(POLICE, 2023))}


def test_a_body_that_is_denied_is_not_added_up(asker: Asker) -> None:
    given = asker(f"{CITY}和{OTHER_CITY}2024年新收的申请合计多少？青禾县政府的别加进来")
    assert [f.value for f in given.figures if f.metric == "sum"] == [truth(CITY, 2024) + truth(OTHER_CITY, 2024)]


@pytest.mark.parametrize(
    "question",
    [
        "望川区政府2024年办结的申请，予以公开的不算，剩几件",  # taken off a whole
        "省教育厅2024年的申请里自然人的别算，一共几件",  # a part of what is asked for
        "各县政府2024年一共收了多少，青禾县政府不算",  # one of a group
        "这个人不问",  # nothing else is asked for
    ],
)
def test_a_part_that_is_taken_off_stays_in_the_question(asker: Asker, question: str) -> None:
    with asker.index.reading() as snapshot:
        assert without_those_denied(question, directory(snapshot.reports)) == question


@pytest.mark.parametrize("pointed", ["按它拒了多少件", "拿这条当理由不公开的有多少件", "按这个理由没公开的有几件"])
def test_a_reason_that_was_explained_is_what_the_next_question_points_at(asker: Asker, pointed: str) -> None:
    given = talk(asker, "“三安全一稳定”这个不予公开事由指什么？", f"{CITY}2024年{pointed}")
    assert told(given, SECURITY) == {(CITY, 2024, truth(CITY, 2024, SECURITY))}
    given = asker.then("碧原市政府呢，也是这一条")
    assert told(given, SECURITY) == {(OTHER_CITY, 2024, truth(OTHER_CITY, 2024, SECURITY))}


@pytest.mark.parametrize(("asked", "turned"), [("多的是少的几倍", False), ("少的是多的几倍", True)])
def test_two_numbers_are_divided_as_they_are_called(asker: Asker, asked: str, turned: bool) -> None:
    high, low = sorted((truth(CITY, 2024), truth(OTHER_CITY, 2024)), reverse=True)
    given = talk(asker, f"{CITY}和{OTHER_CITY}2024年谁新收的申请多", asked)
    assert [f.value for f in given.figures if f.metric == "times"] == [round(low / high if turned else high / low, 2)]


@pytest.mark.parametrize("question", ["{}收到的是否更多？报一下数", "{}收的比它多还是少", "{}的总数跟它比，谁多", "{}的比它少了几件"])
def test_another_body_is_held_against_the_one_spoken_of(asker: Asker, question: str) -> None:
    given = talk(asker, f"{CITY}2024年新收了多少件申请", question.format(OTHER_CITY))
    assert told(given) == {(body, 2024, truth(body, 2024)) for body in (CITY, OTHER_CITY)}


def test_of_one_number_it_is_not_said_who_has_more(asker: Asker) -> None:
    assert asker("省厅公安跟省教育厅，2024年新收的申请谁多").status == "clarify"


def test_a_share_of_a_row_is_of_the_whole_that_is_named(asker: Asker) -> None:
    part, whole = truth(CITY, 2024, "outcome.unavailable.not_held"), truth(CITY, 2024, "outcome.total")
    given = asker(f"{CITY}2024年因为本机关不掌握而没法提供的，占办理结果总数的百分比是多少")
    assert [f.value for f in given.figures if f.metric == "share"] == [round(100 * part / whole, 2)]


def test_the_share_of_each_of_two_bodies_is_its_own(asker: Asker) -> None:
    given = asker(f"{CITY}和{OTHER_CITY}2024年不予公开的占比分别是多少")
    shares = {f.agency: f.value for f in given.figures if f.metric == "rate.refused"}
    rows = [f.metric for f in asker(f"{CITY}2024年不予公开的八种情形各几件").figures if f.metric.startswith("outcome.refused.")]
    for body in (CITY, OTHER_CITY):
        refused = sum(truth(body, 2024, row) for row in rows)
        assert shares[body] == round(100 * refused / truth(body, 2024, "outcome.total"), 2)


def test_whether_all_are_closed_is_told_by_what_was_carried_over(asker: Asker) -> None:
    left = truth(CITY, 2024, "requests.carried_out")
    given = asker(f"{CITY}2024年的申请全办完了、一件没往下年结转，这话属实吗")
    assert left > 0
    assert given.text.startswith("不是全部")
    assert told(given, "requests.carried_out") == {(CITY, 2024, left)}


def test_a_relation_is_checked_again_for_one_column(asker: Asker) -> None:
    given = talk(asker, f"{CITY}2024年新收加上年结转，与办理结果总计加结转下年是否相等？", "自然人那一列也照这个关系核一次")
    values = {f.metric: f.value for f in given.figures if f.applicant == "natural"}
    assert values[RECEIVED] == truth(CITY, 2024, RECEIVED, "natural")
    assert values["requests.carried_out"] == truth(CITY, 2024, "requests.carried_out", "natural")


def test_the_results_of_reviews_are_added_up_against_their_total(asker: Asker) -> None:
    given = asker(f"{CITY}2024年行政复议的总计，和维持、纠正、其他、未审结四项加总一致吗")
    assert given.text.startswith("对得上")
    assert truth(CITY, 2024, "review.total", None) in [f.value for f in given.figures if f.metric == "review.total"]


def test_now_is_the_newest_year_that_is_held(asker: Asker) -> None:
    given = talk(asker, f"{CITY}2022年新收了多少件申请", "他们现在还管用的规范性文件有多少件")
    assert {(f.metric, f.year) for f in given.figures} == {("normative.in_force", 2024)}
