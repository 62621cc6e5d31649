"""Numbers that a report's text alone states, asked for in words that partly name a cell of the form: the text answers, through years and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.read import read_bytes
from index.store import Index, Store
from tests.conftest import Asker, HashEncoder
from tests.world import world

BODY, OTHER = "云溪市教育局", "碧原市教育局"
# What is added to section 一 of a made-up report, by body and year.
ADDED = {
    (BODY, 2022): "校园食堂开放日接待家长代表35批次。局长信箱收到来信711封。花名册随手转发，致个人隐私信息外泄3起。",
    (
        BODY,
        2023,
    ): "上门宣讲会办了14场，到场企业620家次。公告欠缴保险的企业18户次。“云溪课堂”推送377条，粉丝4.6万。助学补贴名单张榜晚了半月，家长有怨言。",
    (
        BODY,
        2024,
    ): "上门宣讲会办了19场，到场企业845家次。公告欠缴保险的企业11户次。个别申请人一年内提出同类申请27件。网上渠道提交的申请占八成以上。",
    (OTHER, 2024): "上门宣讲会办了6场，到场企业210家次。",
}


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home: Path = tmp_path_factory.mktemp("worded")
    made = [w for w in world() if (w.made.agency, w.made.year) in ADDED]
    texts = [re.sub(r"(（四）监督保障情况。[^\n]*)", rf"\g<1>{ADDED[w.made.agency, w.made.year]}", w.text).encode() for w in made]
    assert len(texts) == len(ADDED)
    Store(home).add([(read_bytes(t), t, f"{n}.txt") for n, t in enumerate(texts)], encoder)
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def told(given: object) -> set[tuple[int | None, float | None, str]]:
    return {(f.year, f.value, f.unit) for f in given.figures}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("question", "year", "value", "unit"),
    [
        (f"{BODY}2022年个人隐私外泄多少起", 2022, 3, "起"),  # no reason for refusing
        (f"{BODY}2023年公告欠缴保险的企业多少户", 2023, 18, "户"),  # no kind of applicant
        (f"{BODY}2024年到场企业有多少家", 2024, 845, "家"),
        (f"{BODY}2024年网上申请占几成", 2024, 80, "%"),
        (f"{BODY}2022年局长信箱收到多少封", 2022, 711, "封"),  # and no address is asked for
        (f"{BODY}2022年食堂开放日来了几批", 2022, 35, "批次"),
    ],
)
def test_the_number_that_holds_the_questions_own_words_is_told(asker: Asker, question: str, year: int, value: float, unit: str) -> None:
    given = asker(question)
    assert given.status == "answered", given.text
    assert told(given) == {(year, value, unit)}


@pytest.mark.parametrize(("question", "year", "value"), [(f"{BODY}个人隐私外泄多少起", 2022, 3), (f"{BODY}食堂开放日接待几批次", 2022, 35)])
def test_what_only_an_older_report_counts_is_told_with_its_year(asker: Asker, question: str, year: int, value: float) -> None:
    given = asker(question)
    assert {(f.year, f.value) for f in given.figures} == {(year, value)}
    assert "最新的一份报告里没有找到" in given.text


def test_such_a_number_is_followed_to_another_year_its_difference_and_another_body(asker: Asker) -> None:
    assert told(asker(f"{BODY}2024年上门宣讲会办了几场")) == {(2024, 19, "场")}
    assert told(asker.then("去了多少家企业")) == {(2024, 845, "家")}
    assert told(asker.then("2023年呢")) == {(2023, 620, "家")}
    more = asker.then("多了多少家")
    assert next(f for f in more.figures if f.metric == "difference").value == 225
    elsewhere = asker(f"{BODY}2024年到场企业多少家")
    assert told(elsewhere) == {(2024, 845, "家")}
    assert told(asker.then(f"{OTHER}呢")) == {(2024, 210, "家")}


def test_a_year_whose_text_does_not_count_it_gets_no_other_number(asker: Asker) -> None:
    asker(f"{BODY}2024年到场企业多少家")
    given = asker.then("2022年呢")
    assert given.status == "not_reported"
    assert not given.figures


def test_two_years_of_it_are_held_against_each_other(asker: Asker) -> None:
    given = asker(f"{BODY}2024年到场企业比2023年多多少家")
    assert {f.value for f in given.figures} >= {620, 845, 225}


def test_why_a_thing_was_not_published_is_no_count_of_refusals(asker: Asker) -> None:
    given = asker(f"{BODY}助学补贴名单没公开咋回事")
    assert not given.figures
    assert any("助学补贴名单" in p.text for p in given.passages)


def test_one_persons_requests_are_not_held_against_the_total(asker: Asker) -> None:
    assert told(asker(f"{BODY}2024年有人一年申请27件，真的吗")) == {(2024, 27, "件")}
    assert asker(f"{BODY}2023年有人一年申请27件，真的吗").status == "not_reported"


def test_an_account_called_by_its_own_name_is_told_as_that(asker: Asker) -> None:
    text = asker(f"{BODY}2023年“云溪课堂”推送多少条").text
    assert "377" in text
    followers = asker(f"{BODY}2023年“云溪课堂”粉丝多少")
    assert told(followers) == {(2023, 46000, "人")}


def test_a_number_stated_ahead_of_the_question_gets_no_verdict(asker: Asker) -> None:
    total = asker(f"{BODY}2023年新收申请总计几件").figures[0].value
    given = asker(f"{BODY}2023年新收申请{total:g}件，自然人提的几件")
    assert given.status == "answered"
    assert not given.text.startswith(("不对", "是的"))


def test_what_one_channel_published_is_no_answer_for_another(asker: Asker) -> None:
    given = asker(f"{BODY}2024年抖音号发布短视频多少条")
    assert not [f.metric for f in given.figures if f.metric.endswith((".website", ".wechat", ".weibo"))]
