"""Parts that no form counts (涉及征地的诉讼, 拘留的呢, 招生培训): never the figure of the whole; and the words beside a count that name no part."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest

from index.store import Index
from service.contract import Answer
from service.unknown_parts import part_named
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.test_hearsay import RECEIVED, talk, truth
from tests.world import world

POLICE, SCHOOL = "云溪市公安局", "云溪市教育局"
WORDS = {"申请": ("延期", "匿名", "拆迁", "户口"), "处罚": ("赌博", "拘留"), "许可": ("护照", "餐饮"), "复议": ("和解", "调解")}
ALONE = (
    f"{POLICE}2024年{{part}}的{{cases}}有几件", f"{POLICE}2024年有多少{{cases}}是{{part}}的", f"{POLICE}2024年收到的{{cases}}里{{part}}的有几件",
    f"{POLICE}2024年{{cases}}里跟{{part}}有关的有几件", "哪家公安局2024年{part}的{cases}最多", f"{POLICE}{{part}}的{{cases}}2024年比2023年多几件",
)  # fmt: skip
BEHIND = ("{part}的呢", "其中{part}的几件", "有几件是{part}的", "{part}了几件", "多少是{part}的", "里面有{part}的吗")


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("parts")
    build_world(home, encoder, [w for w in world() if w.made.year >= 2022 and ("公安" in w.made.agency or w.made.agency == SCHOOL)])
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def tells_no_figure(given: Answer) -> bool:
    return not given.figures and not (given.status == "answered" and re.search(r"\d 件", given.text))


@pytest.mark.parametrize("form", ALONE)
def test_a_part_that_no_form_counts_is_no_figure_of_the_whole(asker: Asker, form: str) -> None:
    for cases, parts in WORDS.items():
        for part in parts:
            given = talk(asker, form.format(part=part, cases=cases))
            assert tells_no_figure(given), (part, cases, given.text)


@pytest.mark.parametrize("form", BEHIND)
def test_nor_is_it_behind_the_whole_that_was_told(asker: Asker, form: str) -> None:
    for cases, parts in WORDS.items():
        for part in parts:
            given = talk(asker, f"{POLICE}2024年{cases}有几件", form.format(part=part))
            assert tells_no_figure(given), (part, cases, given.text)


def test_the_answer_names_the_part_that_is_not_counted(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年行政处罚多少件", "拘留的呢")
    assert given.status == "not_reported"
    assert "拘留" in given.text


def test_ways_of_requests_divide_no_licences(asker: Asker) -> None:
    assert tells_no_figure(talk(asker, f"{POLICE}2024年网上的许可有几件"))
    assert tells_no_figure(talk(asker, f"{POLICE}2024年行政复议几件", "网上提的呢"))


def test_outcomes_of_requests_divide_no_reviews(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年行政复议几件", "驳回的呢")
    assert not any(f.metric.startswith("outcome.") for f in given.figures)


@pytest.mark.parametrize("form", ["招生培训办了几次", "搞了几次防汛的培训", "关于招生的信息公开了多少条", "公众号发了多少条防汛的信息"])
def test_a_number_of_the_text_is_told_for_a_part_only_where_its_clause_names_it(asker: Asker, form: str) -> None:
    assert tells_no_figure(talk(asker, f"{SCHOOL}2024年{form}"))


# What stands beside a count and names no part: the figure is told.
PLAIN = (
    "{body}2024年收到的申请有几件", "{body}2024年一共收到几件申请", "{body}2024年新收的申请多少件", "麻烦查下{body}2024年接到的公开申请有几件",
    "{body}2024年有多少件申请", "听说{body}2024年的申请挺多，有多少件", "{body}2024年报里申请有几件",
)  # fmt: skip


@pytest.mark.parametrize("form", PLAIN)
def test_words_of_asking_name_no_part(asker: Asker, form: str) -> None:
    given = talk(asker, form.format(body=POLICE))
    assert [f.value for f in given.figures if f.metric == RECEIVED][:1] == [truth(POLICE, 2024, RECEIVED)]


def test_part_named_is_what_the_turn_names() -> None:
    assert part_named("驳回的呢") == "驳回"
    assert part_named("其中网上的几件") == "网上"
    assert part_named("那2022年呢") is None


# ------------------------------------------------------------------------------------------------- another year


AGAIN = ("那{year}年呢", "换成{year}年", "{year}年同样的数", "不对，我要的是{year}年的", "再看{year}年", "年份改成{year}")
ASKED = (
    f"{POLICE}2024年被人复议、最后结果纠正的有几件", f"{POLICE}2024年不予公开的各种理由各几件", f"{POLICE}2024年予以公开占办理结果总计的比例",
    f"{POLICE}2024年新收几件、办结几件",
)  # fmt: skip


@pytest.mark.parametrize(("asked", "again"), list(itertools.product(ASKED, AGAIN)))
def test_another_year_is_answered_as_if_it_were_asked_outright(asker: Asker, asked: str, again: str) -> None:
    outright = talk(asker, asked.replace("2024", "2023"))
    given = talk(asker, asked, again.format(year=2023))
    assert outright.figures
    assert [(f.metric, f.year, f.applicant, f.value) for f in given.figures] == [(f.metric, f.year, f.applicant, f.value) for f in outright.figures]


def test_a_year_added_to_a_table_leaves_the_years_told_in_it(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年收到多少申请", "把2023年的也加上，列成表")
    assert {f.value for f in given.figures if f.metric == RECEIVED} == {truth(POLICE, y, RECEIVED) for y in (2023, 2024)}


def test_nothing_carried_over_is_judged_as_a_claim(asker: Asker) -> None:
    left = truth(POLICE, 2024, "requests.carried_out")
    given = talk(asker, f"{POLICE}2024年的申请全都当年办完了，没有一件转到下年，对吗")
    assert given.text.startswith("是" if left == 0 else "不对")


def test_a_number_met_with_is_a_claim_and_no_bound(asker: Asker) -> None:
    total = int(truth(POLICE, 2024, "review.total", None) or 0)
    assert talk(asker, f"{POLICE}2024年碰上{total + 3}起行政复议，对不对").text.startswith("不对")
    assert talk(asker, f"{POLICE}2024年碰上{total}起行政复议，对不对").text.startswith("是")
