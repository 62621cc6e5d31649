"""On a body's own page: what is ours, and whoever is named beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from corpus.identity.lineage import lineage
from index.store import Index, StoredReport
from service.answer import answer
from service.config import Settings
from service.context import Context
from service.contract import Answer
from service.directory import Directory
from service.own import named_for
from tests.conftest import HashEncoder
from tests.evaluate import build_world
from tests.world import world

POLICE, STREET = "云溪市公安局", "望川区白石街道办事处"
BODIES = {POLICE, "云溪市教育局", "碧原市教育局", STREET, "望川区城关街道办事处", "枫林区城关街道办事处"}
Talk = Callable[..., list[Answer]]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Talk]:
    home = tmp_path_factory.mktemp("own")
    build_world(home, encoder, [w for w in world() if w.made.agency in BODIES and w.made.year >= 2022])
    index = Index(home)

    def asked(own: str, *questions: str) -> list[Answer]:
        context, answers = None, []
        for question in questions:
            given = answer(question, index, Settings(home=home, agency=own), context=context, encoder=encoder)
            context = Context.from_dict(given.context) if given.context else None
            answers.append(given)
        return answers

    yield asked
    index.close()


def bodies(given: Answer) -> set[str]:
    assert given.status == "answered", given.text
    return {f.agency for f in given.figures if f.agency}


@pytest.mark.parametrize("said", ["我们局2024年收到几件申请", "你局2024年收到几件申请", "本单位2024年收到几件申请", "2024年收到几件申请"])
def test_ours_is_the_body_of_the_page(talk: Talk, said: str) -> None:
    assert bodies(talk(POLICE, said)[0]) == {POLICE}


def test_a_bureau_named_beside_ours_is_that_of_our_city(talk: Talk) -> None:
    given = talk(POLICE, "我们局2024年收到的申请比教育局多几件")[0]
    assert bodies(given) == {POLICE, "云溪市教育局"}
    assert any(f.metric == "difference" for f in given.figures)


def test_our_place_among_the_streets_of_our_district(talk: Talk) -> None:
    given = talk(STREET, "我们街道2024年收到的申请在全区各街道里排第几")[0]
    assert f"{STREET}" in given.text.partition("排第")[0]
    assert "枫林区" not in given.text


def test_the_likely_body_comes_first_where_several_are_meant(talk: Talk) -> None:
    given = talk(POLICE, "教育局2024年收到几件申请")[0]
    assert given.status == "clarify"
    assert given.choices[0].agency == "云溪市教育局"


def test_nothing_is_ours_where_the_page_s_body_is_not_held() -> None:
    assert named_for("我们局收到几件", POLICE, Directory(())) == "我们局收到几件"


def test_a_row_of_the_form_that_speaks_of_this_body_stays(talk: Talk) -> None:
    given = talk(POLICE, "本机关不掌握相关政府信息2024年几件")[0]
    assert {f.metric for f in given.figures} == {"outcome.unavailable.not_held"}


@pytest.mark.parametrize("said", ["画个折线图", "下载成excel", "导出表格"])
def test_a_drawing_or_a_table_of_what_was_told_is_the_same_numbers_again(talk: Talk, said: str) -> None:
    first, again = talk(POLICE, "历年收到多少申请", said)
    told, once_more = ({(f.year, f.value) for f in given.figures if f.metric == "requests.received"} for given in (first, again))
    assert once_more == told
    assert again.chart is not None


def test_a_table_of_two_years_is_told_row_by_row(talk: Talk) -> None:
    given = talk(POLICE, "2023年和2024年的表三对比一下")[0]
    rows = {f.metric for f in given.figures}
    assert "requests.received" in rows
    assert all({f.year for f in given.figures if f.metric == row} == {2023, 2024} for row in rows)


def test_our_place_is_the_narrowest_that_is_called_so() -> None:
    reports = [
        StoredReport(n, f"r{n}", a, 2024, "未知", "2021", a, None, None, 1, 0, {}, lineage(a), "")
        for n, a in enumerate(("延边朝鲜族自治州人民政府", "延边朝鲜族自治州教育局", "敦化市人民政府"))
    ]
    held = Directory(reports)
    assert named_for("我们州的复议几件", "延边朝鲜族自治州教育局", held) == "延边朝鲜族自治州的复议几件"
    assert named_for("我们市的复议几件", "敦化市人民政府", held) == "敦化市的复议几件"
    assert named_for("我们旗的复议几件", "敦化市人民政府", held) == "我们旗的复议几件"
