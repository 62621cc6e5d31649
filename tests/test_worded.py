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
    (
        BODY,
        2022,
    ): "校园食堂开放日接待家长代表35批次。局长信箱收到来信711封。花名册随手转发，致个人隐私信息外泄3起。议事台收集意见512条，采纳387条。",
    (
        BODY,
        2023,
    ): "上门宣讲会办了14场，到场企业620家次。公告欠缴保险的企业18户次。“云溪课堂”推送377条，粉丝4.6万。助学补贴名单张榜晚了半月，家长有怨言。“云小答”上线，应答2.3万次，准确率71%。申请量同比有变化，主要原因是校舍搬迁引起家长关注。",
    (
        BODY,
        2024,
    ): "上门宣讲会办了19场，到场企业845家次。公告欠缴保险的企业11户次。个别申请人一年内提出同类申请27件。网上渠道提交的申请占八成以上。直播课堂办了14期，观看7.1万人次。药品公示牌已在312个卫生室安装，尚有16个卫生室未安装。政务新媒体账号由41个压减至17个。两所学校划片答复被家长质疑，引发行政复议3件。关于上年结转数的说明：因申请人撤回核销1件。",
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


@pytest.mark.parametrize("question", [f"{BODY}2022年议事台的意见采纳的比例是多少", f"{BODY}2022年议事台意见采纳率多少"])
def test_one_number_of_a_sentence_is_worked_out_as_a_share_of_the_one_before_it(asker: Asker, question: str) -> None:
    [share] = [f for f in asker(question).figures if f.metric == "share"]
    assert (share.value, [o.value for o in share.operands]) == (75.59, [387, 512])


def test_the_number_told_last_is_a_share_of_the_one_that_a_follow_up_names(asker: Asker) -> None:
    assert told(asker(f"{BODY}2022年议事台的意见采纳了几条")) == {(2022, 387, "条")}
    [share] = [f for f in asker.then("占收集的意见百分之几").figures if f.metric == "share"]
    assert share.value == 75.59


def test_each_measure_that_is_asked_for_gets_its_number(asker: Asker) -> None:
    assert told(asker(f"{BODY}2024年直播课堂办了多少期，多少人看")) == {(2024, 14, "期"), (2024, 71000, "人次")}


@pytest.mark.parametrize(("asked", "value"), [("还有几个卫生室没装药品公示牌", 16), ("装了药品公示牌的卫生室有几个", 312)])
def test_what_is_done_and_what_is_not_are_told_apart(asker: Asker, asked: str, value: float) -> None:
    assert {f.value for f in asker(f"{BODY}2024年{asked}").figures} == {value}


def test_a_name_that_one_body_alone_writes_says_whose_report_is_meant(asker: Asker) -> None:
    given = asker("“云小答”2023年准确率多少")
    assert {(f.agency, f.value, f.unit) for f in given.figures} == {(BODY, 71, "%")}
    assert any(BODY in c.text for c in given.warnings)
    assert asker("“云大问”2023年准确率多少").status == "clarify"


def test_why_a_figure_moved_is_told_beside_by_how_much(asker: Asker) -> None:
    given = asker(f"{BODY}2023年新收申请比2022年多了还是少了，为什么")
    assert any(f.metric == "difference" for f in given.figures)
    assert any("校舍搬迁" in p.text for p in given.passages)
    unsaid = asker(f"{BODY}2024年新收申请比2023年多了还是少了，为什么")
    assert "没有写明原因" in unsaid.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (f"{BODY}2024年政务新媒体账号有几个", 17),
        (f"{BODY}2024年政务新媒体账号压减到几个了", 17),
        (f"{BODY}2024年政务新媒体账号原来有几个", 41),
    ],
)
def test_what_a_number_came_to_is_told_and_what_it_was_where_that_is_asked(asker: Asker, question: str, value: float) -> None:
    assert {f.value for f in asker(question).figures} == {value}


def test_why_there_were_reviews_is_told_in_the_reports_words(asker: Asker) -> None:
    given = asker(f"{BODY}2024年的复议是咋闹起来的")
    assert given.status == "answered"
    assert "划片答复被家长质疑" in given.text
    assert asker(f"{OTHER}2024年的复议是咋闹起来的").text.endswith("报告没有写明原因。")


def test_a_note_on_what_was_carried_over_is_told_after_the_figure(asker: Asker) -> None:
    asker(f"{BODY}2024年上年结转几件")
    assert "因申请人撤回核销1件" in asker.then("怎么会差一件，有解释没").text


def test_how_much_more_in_ten_thousands_is_asked_of_two_years(asker: Asker) -> None:
    given = asker(f"{BODY}上门宣讲会到场企业2024年比2023年多了多少家")
    assert 225 in {f.value for f in given.figures}


def test_a_note_on_what_was_corrected_is_told_beside_the_figure_and_where_it_is_asked_for(
    tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder
) -> None:
    made = next(w for w in world() if (w.made.agency, w.made.year) == (OTHER, 2023))
    printed = int(made.gold["penalty.decisions", None].value or 0)
    note = f"【更正说明】本报告首次发布时，行政处罚本年处理决定数量误录为{printed + 27}，经核对应为{printed}，已于2024年2月6日更正。"
    title, _, rest = made.text.partition("\n")
    text = f"{title}\n\n{note}\n{rest}".encode()
    home: Path = tmp_path_factory.mktemp("corrected")
    Store(home).add([(read_bytes(text), text, "noted.txt")], encoder)
    index = Index(home)
    asker = Asker(index, home, encoder)
    given = asker(f"{OTHER}2023年行政处罚多少件")
    assert [f.value for f in given.figures] == [printed]
    assert any(c.code == "corrected_since" and str(printed + 27) in c.text for c in given.warnings)
    assert str(printed + 27) in asker.then("原来发布的是多少").text
    index.close()
