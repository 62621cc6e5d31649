"""Conversations made by program, and follow-ups that must tell what the whole question tells when it is asked outright."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from index.store import Index
from service.context import Context
from service.contract import Answer
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.test_hearsay import talk, truth
from tests.wandering import Wanderer

POLICE, OTHERS, SCHOOL = "云溪市公安局", "碧原市公安局", "云溪市教育局"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("wandering")
    build_world(home, encoder)
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def test_whatever_a_turn_names_anew_is_told_and_the_rest_stays(asker: Asker) -> None:
    def ask(question: str, context: Context | None) -> Answer:
        asker.context = context
        return asker.then(question)

    turns = Wanderer(7, ask).turns()
    missed = [(turn.talk, turn.spot, turn.given.text) for turn in itertools.islice(turns, 800) if not turn.right]
    assert missed == []


def told(given: Answer) -> object:
    return given.status, given.text


@pytest.mark.parametrize(
    ("first", "then", "outright"),
    [
        (f"{POLICE}2024年自然人的申请占多少", f"{OTHERS}同样的数", f"{OTHERS}2024年自然人的申请占多少"),
        (f"{POLICE}2022年到2024年一共收到多少件申请", f"同样问题，{OTHERS}", f"{OTHERS}2022年到2024年一共收到多少件申请"),
        (f"{POLICE}2024年不予公开各情形分别几件", f"{OTHERS}又是多少", f"{OTHERS}2024年不予公开各情形分别几件"),
        (f"{POLICE}2024年门户网站有多少人次访问", f"那{SCHOOL}呢", f"{SCHOOL}2024年门户网站有多少人次访问"),
        ("2023年市直部门行政处罚一共多少件", "行政许可呢", "2023年市直部门行政许可一共多少件"),
        ("2023年市直部门行政处罚前三名", "换成各县区政府", "2023年各县区政府行政处罚前三名"),
        ("2023年各县区政府有几家行政处罚超过1000件", "那2022年呢", "2022年各县区政府有几家行政处罚超过1000件"),
        ("2023年碧原市各部门平均办结申请多少件", "省直部门呢", "2023年省直部门平均办结申请多少件"),
    ],
)
def test_a_follow_up_tells_what_is_told_outright(asker: Asker, first: str, then: str, outright: str) -> None:
    assert told(talk(asker, first, then)) == told(talk(asker, outright))


def test_the_same_question_is_no_problem_of_a_report(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年收到多少件申请", "同样的问题，2023年")
    assert [f.value for f in given.figures] == [truth(POLICE, 2023)]
    assert "存在的主要问题" in talk(asker, f"{POLICE}2024年存在哪些问题", f"同样的问题，{OTHERS}").text


def test_a_part_is_not_added_to_its_whole(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年收到多少件申请", "其中自然人呢", "加起来呢")
    assert [f.value for f in given.figures] == [truth(POLICE, 2024)]
    assert "已经包括在内" in given.text


def test_the_total_is_the_column_of_that_name(asker: Asker) -> None:
    given = talk(asker, f"{POLICE}2024年收到的申请，自然人和企业分别几件", "其他申请人呢", "总计是多少")
    assert [(f.applicant, f.value) for f in given.figures] == [("total", truth(POLICE, 2024))]


@pytest.mark.parametrize("question", ["2023年各乡镇办结申请最多的是哪家", "2023年各街道办结申请最多的是哪家", "2023年市直部门里谁办结申请最多"])
def test_what_bodies_handled_is_not_what_they_received(asker: Asker, question: str) -> None:
    given = talk(asker, question)
    assert {f.metric for f in given.figures} == {"outcome.total"}
