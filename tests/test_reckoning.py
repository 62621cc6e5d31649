"""What is worked out of numbers that answers told: places in an order, sets, sums, shares; against what the made-up province's reports print."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.store import Index
from service.context import Context, ContextError
from service.contract import Answer
from service.reckoning.tables import Cell, Table, block_of, blocks
from service.reckoning.words import word
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.world import world

COUNTIES = ("云溪市望川区人民政府", "碧原市枫林区人民政府", "云溪市松岚县人民政府", "云溪市青禾县人民政府")
OTHERS = ("云溪市公安局", "碧原市公安局", "云岭省公安厅", "云溪市人民政府")
RECEIVED = "requests.received"
LIST = "望川区、枫林区、松岚县、青禾县四个区县政府2024年各收到几件申请"
YEARS = "云溪市公安局2021、2022、2023、2024年各收到几件申请"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("reckoning")
    build_world(home, encoder, [w for w in world() if w.made.agency in (*COUNTIES, *OTHERS) and w.made.year >= 2021])
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def truth(agency: str, year: int, metric: str = RECEIVED, applicant: str | None = "total") -> float:
    made = next(w for w in world() if w.made.agency == agency and w.made.year == year)
    return made.gold[metric, applicant].value or 0


ALL = {a: truth(a, 2024) for a in COUNTIES}
RANKED = sorted(ALL, key=lambda a: -ALL[a])
BY_YEAR = {y: truth("云溪市公安局", y) for y in range(2021, 2025)}


def talk(asker: Asker, *questions: str) -> Answer:
    given = asker(questions[0])
    for question in questions[1:]:
        given = asker.then(question)
    return given


def value(given: Answer, metric: str) -> float:
    return next(f.value for f in given.figures if f.metric == metric and f.value is not None)


def test_two_places_of_an_order_are_set_against_each_other(asker: Asker) -> None:
    for question, one, two in (
        ("头一名比第二名多几件", 0, 1),
        ("第二跟第三差几件", 1, 2),
        ("一头一尾差了多少", 0, 3),
        ("垫底的比头名少几件", 3, 0),
    ):
        given = talk(asker, f"{LIST}，从高到低排", question)
        assert value(given, "difference") == abs(ALL[RANKED[one]] - ALL[RANKED[two]]), question
        assert all(o.citation for f in given.figures if f.metric == "difference" for o in f.operands)


def test_a_part_is_held_against_what_all_of_them_have(asker: Asker) -> None:
    given = talk(asker, LIST, "一共几件", "夹在中间的两家加起来占四家总数的百分之几")
    assert value(given, "share") == round(100 * sum(ALL[a] for a in RANKED[1:3]) / sum(ALL.values()), 2)
    given = talk(asker, LIST, "把最多的那家刨掉，剩下三家合计占四家总数的百分之几")
    assert value(given, "share") == round(100 * sum(ALL[a] for a in RANKED[1:]) / sum(ALL.values()), 2)


def test_those_that_are_left_are_the_ones_not_told_last(asker: Asker) -> None:
    given = talk(asker, LIST, "不算枫林区，剩下三家总共收了多少", "没算进去的那家呢")
    assert {f.value for f in given.figures} == {ALL["碧原市枫林区人民政府"]}


def test_a_body_is_put_to_those_that_were_told(asker: Asker) -> None:
    given = talk(asker, LIST, "再把云溪市政府算进来，五家一共几件")
    assert value(given, "sum") == sum(ALL.values()) + truth("云溪市人民政府", 2024)


def test_one_is_so_many_times_the_other(asker: Asker) -> None:
    given = talk(asker, "云岭省公安厅、云溪市公安局、碧原市公安局2024年各收到几件申请", "省里是碧原的几倍")
    assert value(given, "times") == round(truth("云岭省公安厅", 2024) / truth("碧原市公安局", 2024), 2)


def test_years_are_reckoned_with_by_their_numbers(asker: Asker) -> None:
    most, least = max(BY_YEAR, key=lambda y: BY_YEAR[y]), min(BY_YEAR, key=lambda y: BY_YEAR[y])
    given = talk(asker, YEARS, "最高那年比最低那年多几件")
    assert value(given, "difference") == BY_YEAR[most] - BY_YEAR[least]
    given = talk(asker, YEARS, "最多的两年合计几件")
    assert value(given, "sum") == sum(sorted(BY_YEAR.values())[-2:])
    given = talk(asker, YEARS, "从2021年到末一年涨了百分之几")
    assert value(given, "growth") == round(100 * (BY_YEAR[2024] - BY_YEAR[2021]) / BY_YEAR[2021], 2)


def test_sums_that_were_told_are_set_against_each_other(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2022到2024年一共收到几件申请", "碧原市公安局呢，也是这三年合计", "两边差多少件")
    own, other = (sum(truth(a, y) for y in range(2022, 2025)) for a in ("云溪市公安局", "碧原市公安局"))
    assert value(given, "difference") == abs(own - other)


def test_what_is_pointed_at_is_named_and_asked_anew(asker: Asker) -> None:
    most = max(BY_YEAR, key=lambda y: BY_YEAR[y])
    given = talk(asker, YEARS, "最多的那一年里企业提的有几件")
    assert value(given, RECEIVED) == truth("云溪市公安局", most, applicant="company")
    given = talk(asker, f"{LIST}，从高到低排", "排第二的那个县政府，2023年不予公开几件")
    assert {f.agency for f in given.figures if f.agency} == {RANKED[1]}
    assert {f.year for f in given.figures} == {2023}


def test_whose_place_it_is_in_another_year_is_judged_over_all_that_were_told(asker: Asker) -> None:
    before = {a: truth(a, 2023) for a in COUNTIES}
    first, claimed = max(before, key=lambda a: before[a]), RANKED[0]
    given = talk(asker, f"{LIST}，从高到低排", f"换成2023年，四家里还是{claimed[3:6]}排头名吗")
    assert given.text.startswith("是的" if first == claimed else "不是")
    assert {(f.agency, f.year, f.value) for f in given.figures} == {(a, 2023, before[a]) for a in {first, claimed}}
    most = max(range(2021, 2025), key=lambda y: truth("碧原市公安局", y))
    other = next(y for y in range(2021, 2025) if y != most)
    given = talk(asker, YEARS, f"换碧原市公安局看看，这四年是不是也是{other}年收得最多")
    assert given.text.startswith("不是")
    assert most in {f.year for f in given.figures}


def test_a_reason_is_found_by_its_place_and_asked_of_another_year(asker: Asker) -> None:
    reasons = ("petition", "duplicate", "publication", "excessive", "reissue")
    own = {r: truth("云溪市人民政府", 2024, f"outcome.unprocessed.{r}") for r in reasons}
    third = sorted(own, key=lambda r: -own[r])[2]
    given = talk(asker, "云溪市人民政府2024年不予处理的五种情形各几件", "第三多的是哪种")
    assert {(f.metric, f.value) for f in given.figures} == {(f"outcome.unprocessed.{third}", own[third])}
    given = talk(asker, "云溪市人民政府2024年不予处理的五种情形各几件", "最多的那种，前一年有几件")
    most = max(own, key=lambda r: own[r])
    assert value(given, f"outcome.unprocessed.{most}") == truth("云溪市人民政府", 2023, f"outcome.unprocessed.{most}")


def test_a_word_without_a_part_leaves_the_question_unread(asker: Asker) -> None:
    given = talk(asker, LIST, "头一名的区长比第二名的大几岁")
    assert not any(f.metric == "difference" for f in given.figures)


def test_a_total_of_the_form_is_no_sum_of_what_happened_to_be_told(asker: Asker) -> None:
    given = talk(asker, "云溪市公安局2024年自然人提的申请几件", "企业的呢", "占总数的百分之几")
    shares = [f.value for f in given.figures if f.metric == "share"]
    company, whole = truth("云溪市公安局", 2024, applicant="company"), truth("云溪市公安局", 2024)
    assert set(shares) <= {round(100 * company / whole, 2)}


def test_a_block_is_whole_or_none() -> None:
    cells = [Cell(b, y, RECEIVED, "total") for b in "甲乙" for y in (2023, 2024)]
    made = block_of(cells)
    assert made is not None
    assert made.axes == {"body": 2, "year": 2, "measure": 1}
    assert block_of(cells[:3]) is None
    assert block_of([*cells, cells[0]]) == made, "a cell told twice is one cell"


def test_blocks_come_the_latest_first_and_none_from_before_one_that_could_not_be_kept() -> None:
    one = Table((Cell("甲", 2024, RECEIVED, "total"), Cell("乙", 2024, RECEIVED, "total")))
    two = Table((Cell("甲", 2023, RECEIVED, "total"), Cell("乙", 2023, RECEIVED, "total")))
    first, second, joined = list(blocks([one, two]))[:3]
    assert (first.years, second.years) == ((2023,), (2024,))
    assert joined.axes == {"body": 2, "year": 2, "measure": 1}
    assert joined.joined
    assert [b.years for b in blocks([one, Table(()), two])] == [(2023,)]


def test_a_total_beside_its_parts_is_not_added_to_them() -> None:
    parts = [Cell("甲", 2024, RECEIVED, who) for who in ("natural", "company")]
    table = Table((*parts, Cell("甲", 2024, RECEIVED, "total")))
    assert next(blocks([table])).cells == tuple(parts)


@pytest.mark.parametrize(
    ("text", "axis", "first", "last", "by_value"),
    [
        ("最多的那家", "body", 0, 1, True),
        ("垫底的那个局", "body", -1, None, True),
        ("倒数第二名", "", -2, -1, True),
        ("第三家", "body", 2, 3, False),
        ("后两年", "year", -2, None, False),
        ("最多的三年", "year", 0, 3, True),
    ],
)
def test_a_place_is_read_with_its_axis_and_its_order(text: str, axis: str, first: int, last: int | None, by_value: bool) -> None:
    found = word(text, 0)
    assert found is not None
    token, end = found
    assert (token.kind, token.axis, token.first, token.last, token.by_value, end) == ("place", axis, first, last, by_value, len(text))


def test_a_context_keeps_cells_of_reports_only(asker: Asker) -> None:
    context = talk(asker, LIST).context
    assert context is not None
    told = Context.from_dict(context).tables
    assert {c.body for c in told[-1].cells} == {*COUNTIES}
    good = {"whole": True, "worked": "", "ranked": False, "cells": [["云溪市公安局", 2024, RECEIVED, "total", ""]]}
    assert Context.from_dict(context | {"tables": [good]}).tables[0].cells[0].body == "云溪市公安局"
    for wrong in (
        good | {"cells": [["云溪市公安局", "2024", RECEIVED, "total", ""]]},
        good | {"cells": [["云溪市公安局", 2024, "no.metric", "total", ""]]},
        good | {"cells": [["云溪市公安局", 2024, RECEIVED, "nobody", ""]]},
        good | {"cells": [["云溪市公安局", 2024, "text:x", "", ""]]},
        good | {"cells": [["云溪市公安局", 2024, "text:1", "", "no/slashes/here/at"]]},
        good | {"worked": "guess"},
        good | {"whole": 1},
        {"cells": []},
        "tables",
    ):
        with pytest.raises(ContextError):
            Context.from_dict(context | {"tables": [wrong]})


@pytest.mark.parametrize("question", ["前两个加起来跟后两个加起来是不是相等", "前两个的和等于后两个的和吗"])
def test_two_sums_of_what_was_told_one_by_one_are_held_against_each_other(asker: Asker, question: str) -> None:
    body = COUNTIES[0]
    asker(f"{body}2024年新收申请多少件")
    for row in ("上年结转", "办理结果总计", "结转下年度继续办理"):
        asker.then(row)
    given = asker.then(question)
    came = truth(body, 2024) + truth(body, 2024, "requests.carried_in")
    went = truth(body, 2024, "outcome.total") + truth(body, 2024, "requests.carried_out")
    assert given.text.startswith("两个数相等" if came == went else "两个数不相等")
    assert {f.value for f in given.figures if f.metric == "sum"} == {came, went}
