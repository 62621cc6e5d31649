"""Readings that questions in new words brought to light: each is a mechanism, asked here in words of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store import Index
from service.directory import directory
from service.query import Query
from service.question import understand
from service.years import years_in
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.world import world


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Path:
    home = tmp_path_factory.mktemp("readings")
    reports = [w for w in world() if w.made.year in (2023, 2024) and not w.made.agency.startswith("碧原")]
    build_world(home, encoder, reports)
    return home


@pytest.fixture(scope="module")
def held(folder: Path) -> Iterator[Index]:
    index = Index(folder)
    yield index
    index.close()


@pytest.fixture
def ask(held: Index, folder: Path, encoder: HashEncoder) -> Asker:
    return Asker(held, folder, encoder)


def read(held: Index, question: str) -> Query:
    with held.reading() as snapshot:
        return understand(question, directory(snapshot.reports), snapshot.segmenter)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("从二零二零到二零二三处罚了几次", (2020, 2021, 2022, 2023)),
        ("从2020看到2022", (2020, 2021, 2022)),
        ("从2021年一直数到2024年", (2021, 2022, 2023, 2024)),
        ("二〇二三年收了几件", (2023,)),
        ("办理二百二十件", ()),
    ],
)
def test_a_range_of_years_holds_all_between(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text, ())[0] == years


@pytest.mark.parametrize("question", ["除自然人以外收到几件申请", "自然人之外的申请有几件", "除了个人，收到几件申请"])
def test_whom_a_question_leaves_out_is_not_asked_for(held: Index, question: str) -> None:
    assert read(held, f"云溪市公安局2024年{question}").applicants == ("legal_persons",)


def test_the_frame_of_a_share_is_the_whole_wherever_it_stands(ask: Asker) -> None:
    given = ask("云溪市公安局2024年有百分之几的办理结果是“本机关不掌握”")
    [share] = [f for f in given.figures if f.unit == "%"]
    assert share.value is not None
    assert share.value <= 100
    assert [o.value for o in share.operands] == sorted(o.value or 0 for o in share.operands)


def test_a_word_before_a_whole_name_is_no_slip_of_another_place(held: Index) -> None:
    assert read(held, "网传云溪市政府2024年新收申请突破三千件").mention.agencies == ("云溪市人民政府",)
    assert read(held, "忘川区教育局2024年收到几件申请").mention.agencies == ("云溪市望川区教育局",)  # a slip it is here


def test_which_years_is_no_question_for_a_meaning(held: Index) -> None:
    assert read(held, "云溪市公安局新收申请超过90件的是哪几年").operation != "define"
    assert read(held, "新收申请是哪几种").operation == "define"


def test_the_change_against_the_year_before_is_no_column_of_a_form(ask: Asker) -> None:
    given = ask("云溪市公安局2024年行政许可较上年增加多少")
    assert {(f.metric, f.year) for f in given.figures if f.metric.startswith("licensing")} == {
        ("licensing.decisions", 2023),
        ("licensing.decisions", 2024),
    }


def test_where_a_number_stands_asks_for_no_place_on_the_map(ask: Asker) -> None:
    ask("云溪市公安局2024年收到几件申请")
    given = ask.then("这个数写在报告的哪个地方")
    assert {c.agency for c in given.citations} == {"云溪市公安局"}
    assert "表三" in given.text


def test_what_a_word_means_is_asked_in_between(ask: Asker) -> None:
    first = ask("云溪市公安局2023年行政复议尚未审结的几件")
    assert ask.then("尚未审结是什么意思").understood.operation == "define"
    given = ask.then("那2024年呢")
    assert [(f.agency, f.year, f.metric) for f in given.figures][:1] == [("云溪市公安局", 2024, "review.pending")]
    assert first.figures[0].metric == "review.pending"


def test_whole_governments_are_told_beside_the_bodies_below_them(ask: Asker) -> None:
    given = ask("2024年收到申请最多的三家单位是哪些")
    order = [f.agency for f in given.figures if f.metric == "requests.received"]
    assert order[0] == "云岭省人民政府办公厅"  # of those that are no whole government
    assert "连同它们" in given.text
    assert {"云岭省人民政府", "云溪市人民政府"} <= set(order)
    counted = ask("2024年有几家单位收到超过300件申请")
    assert [f.value for f in counted.figures if f.metric == "count"] == [0, 4]
    assert "连同它们共 4 个" in counted.text
    total = ask.then("它们合计多少件")  # none of the others fulfils it: the governments that were told
    assert total.figures[0].value == sum(f.value or 0 for f in counted.figures if f.metric == "requests.received" and (f.value or 0) > 300)


def test_a_threshold_comes_before_the_sum_that_a_list_is_put_with(ask: Asker) -> None:
    given = ask("云溪市公安局加上云溪市财政局、云溪市教育局共三家，2024年新收申请多于40件的有几个")
    assert [f.value for f in given.figures if f.metric == "count"] == [2]


def test_how_a_form_is_made_is_no_count_of_what_is_asked(ask: Asker) -> None:
    assert ask("云溪市公安局2024年无法提供的三小类里，本机关不掌握的几件").status == "answered"
