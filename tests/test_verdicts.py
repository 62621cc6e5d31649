"""Claims of every kind, held against what the made-up province's reports print: alike, alone, first of all years, never, all of several."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest

from index.store import Index
from service.claims import alike_in
from service.conditions import condition_in, share_bound_in
from service.directory import directory
from service.superlative import record
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.world import world

REPORTS = [w for w in world() if w.made.agency.startswith(("云溪市", "望川区", "枫林区", "碧原市"))]
RECEIVED, REVIEWS = ("requests.received", "total"), ("review.total", None)
POLICE, SCHOOLS = "云溪市公安局", "云溪市教育局"
YEARS = range(2019, 2025)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("verdicts")
    build_world(home, encoder, REPORTS)
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def printed(agency: str, year: int, cell: tuple[str, str | None] = RECEIVED) -> float | None:
    found = next((w.gold.get(cell) for w in REPORTS if (w.made.agency, w.made.year) == (agency, year)), None)
    return found.value if found else None


def sure(agency: str, year: int, cell: tuple[str, str | None] = RECEIVED) -> float:
    value = printed(agency, year, cell)
    assert value is not None
    return value


STREETS = sorted({w.made.agency for w in REPORTS if w.made.agency.endswith("街道办事处")})
BUREAUS = sorted(
    {w.made.agency for w in REPORTS if w.made.agency.startswith("云溪市") and w.made.agency.endswith("局") and "区" not in w.made.agency}
)


@pytest.mark.parametrize("words", ["{}{}年和{}年收到的申请一样多吗", "{}{}年与{}年收到的申请数相同吗", "{}{}年和{}年收到的申请没变吧"])
@pytest.mark.parametrize("agency", [POLICE, SCHOOLS])
def test_whether_two_years_are_alike_is_told_by_their_numbers(asker: Asker, agency: str, words: str) -> None:
    verdicts = set()
    for a, b in itertools.combinations(YEARS, 2):
        same = sure(agency, a) == sure(agency, b)
        verdicts.add(same)
        assert asker(words.format(agency, a, b)).text.startswith("是的，两个数相等。" if same else "不是，两个数不相等。")
    assert False in verdicts


@pytest.mark.parametrize(
    ("text", "claims"),
    [("一样多吗", True), ("是不是一样", True), ("不一样吧", False), ("没变化吧", True), ("哪年一样多", None), ("怎么变的", None)],
)
def test_what_is_claimed_of_two_numbers(text: str, claims: bool | None) -> None:
    assert alike_in(text) is claims


@pytest.mark.parametrize("words", ["够不够{}件", "够{}件吗", "有没有超过{}件"])
def test_whether_there_are_enough(asker: Asker, words: str) -> None:
    value = int(sure(POLICE, 2022))
    for bound in (value - 5, value + 5):
        assert asker(f"{POLICE}2022年收到的申请{words.format(bound)}").text.startswith("是的" if value > bound else "不是")


@pytest.mark.parametrize(("text", "value", "sign"), [("过万的", 10000, ">"), ("上千的", 1000, ">="), ("没过百的", 100, "<")])
def test_a_round_bound_without_a_number_before_it(text: str, value: float, sign: str) -> None:
    found = condition_in(text)
    assert found is not None
    assert (found.value, found.sign) == (value, sign)


@pytest.mark.parametrize(("text", "bound"), [("有没有一半是自然人", 50), ("自然人占了九成吗", 90), ("个人占大头吧", 50)])
def test_a_part_that_is_claimed_is_a_bound_of_a_share(text: str, bound: float) -> None:
    found = share_bound_in(text)
    assert found is not None
    assert found.value == bound


def test_who_alone_had_any_is_asked_of_all(asker: Asker) -> None:
    for year in YEARS:
        none = [a for a in STREETS if printed(a, year) == 0]
        given = asker(f"{year}年只有枫林区柳荫街道一家一件申请都没收到吗")
        every = [w.made.agency for w in REPORTS if w.made.year == year and w.gold.get(RECEIVED) and w.gold[RECEIVED].value == 0]
        alone = every == ["枫林区柳荫街道办事处"]
        assert given.text.startswith("是的，只有这一家。" if alone else "不对，"), (year, none, given.text)


@pytest.mark.parametrize("agency", [POLICE, SCHOOLS])
@pytest.mark.parametrize(
    "words", ["{}{}年申请量创新高了吗", "{}{}年的申请是不是历年最高", "{}历年申请最多的是不是{}年", "{}历年申请最多的是{}年吗"]
)
def test_a_record_is_held_against_every_year(asker: Asker, agency: str, words: str) -> None:
    most = max(sure(agency, year) for year in YEARS)
    for year in YEARS:
        given = asker(words.format(agency, year))
        assert given.text.startswith("是的。" if sure(agency, year) == most else "不是。"), given.text


def test_a_comparison_with_one_year_is_no_record(asker: Asker) -> None:
    with asker.index.reading() as snapshot:
        held = directory(snapshot.reports)
        assert record(f"{POLICE}去年申请量又创新高了，是不是比前年多", None, held, snapshot.segmenter) is None


@pytest.mark.parametrize("agency", [POLICE, SCHOOLS, "枫林区柳荫街道办事处"])
def test_never_is_of_every_year(asker: Asker, agency: str) -> None:
    ever = any(printed(agency, year, REVIEWS) for year in YEARS)
    known = all(printed(agency, year, REVIEWS) is not None for year in YEARS)
    text = asker(f"{agency}从没有过复议吧").text
    if ever:
        assert text.startswith("不对，不是每年都没有。")
    elif known:
        assert text.startswith("是的，都没有。")


@pytest.mark.parametrize("year", YEARS)
def test_all_of_a_group_or_none(asker: Asker, year: int) -> None:
    numbers = {a: printed(a, year) for a in STREETS if any((w.made.agency, w.made.year) == (a, year) for w in REPORTS)}
    without = [a for a, n in numbers.items() if n == 0]
    text = asker(f"各街道{year}年都收到申请了吗").text
    if without:
        assert text.startswith("不是，")
        assert all(a in text.partition("。")[0] for a in without[:3])
    elif None not in numbers.values():
        assert text.startswith("是的。")


@pytest.mark.parametrize("words", ["{}年有几个局没有复议", "{}年多少局没有复议", "{}年哪些局没有复议"])
def test_those_without_any_are_not_those_with_some(asker: Asker, words: str) -> None:
    bureaus = [w for w in REPORTS if w.made.year == 2024 and w.made.agency.endswith("局") and w.gold.get(REVIEWS)]
    none = {w.made.agency for w in bureaus if w.gold[REVIEWS].value == 0}
    given = asker(words.format(2024))
    assert {f.agency for f in given.figures if f.metric == "review.total"} == none


def test_the_same_again_in_another_year(asker: Asker) -> None:
    def none_in(year: int) -> set[str]:
        return {w.made.agency for w in REPORTS if w.made.year == year and w.made.agency in STREETS and printed(w.made.agency, year) == 0}

    asker("2023年哪几个街道一件申请都没收到")
    given = asker.then("2024年还是这几家吗")
    assert given.text.startswith("是的，没有变" if none_in(2023) == none_in(2024) else "不是，")
    for gone in none_in(2023) - none_in(2024):
        assert gone in given.text


def test_the_place_of_a_body_in_the_whole_city(asker: Asker) -> None:
    asker(f"{POLICE}2024年收到多少申请")
    text = asker.then("是全市最多的吗").text
    served = [w for w in REPORTS if w.made.agency.startswith("云溪市") and w.made.year == 2024 and "区" not in w.made.agency]
    rivals = [printed(w.made.agency, 2024) or 0 for w in served if w.made.agency.endswith(("局", "委员会", "办公室", "馆"))]
    assert text.startswith("是的" if sure(POLICE, 2024) == max(rivals) else "不是")


def test_documents_in_force_follow_from_those_of_the_year_before(asker: Asker) -> None:
    for a, b in itertools.pairwise(range(2021, 2025)):
        old, now = sure(POLICE, a, ("normative.in_force", None)), sure(POLICE, b, ("normative.in_force", None))
        made, gone = sure(POLICE, b, ("normative.issued", None)), sure(POLICE, b, ("normative.repealed", None))
        text = asker(f"{POLICE}{a}年和{b}年的行政规范性文件有效数接得上吗").text
        assert text.startswith("接得上" if old + made - gone == now else "接不上"), text


def test_which_reports_disagree_with_themselves(asker: Asker) -> None:
    with asker.index.reading() as snapshot:
        failing = {
            r.agency
            for r in snapshot.reports
            if r.year == 2023 and any(c.rule == "text.table" and c.status == "fail" for c in snapshot.checks(r.row))
        }
    assert failing
    given = asker("2023年哪些单位正文和表格的数对不上")
    assert next(f.value for f in given.figures if f.metric == "count") == len(failing)
    assert all(agency in given.text for agency in failing)
    one = sorted(failing)[0]
    assert asker(f"{one}2023年正文和表格对得上吗").text.startswith("不一致")
    assert f"有 {len(failing)} 个" in asker.then("别家有没有这样的").text


def test_a_sum_is_of_the_column_that_bodies_were_picked_by(asker: Asker) -> None:
    counted = asker("2022年企业申请被部分公开的有几个局")
    cells = [f.value for f in counted.figures if f.metric == "outcome.partial" and f.value]
    total = next(f.value for f in asker.then("总共几件").figures if f.metric == "sum")
    assert total == sum(cells)


def test_of_those_picked_some_are_picked_again(asker: Asker) -> None:
    first = asker("2023年有几个局收到的申请超过50件")
    those = {f.agency for f in first.figures if f.metric == "requests.received"}
    second = asker.then("其中有复议的几家")
    assert {f.agency for f in second.figures if f.metric == "review.total"} == {a for a in those if printed(a, 2023, REVIEWS)}


def test_the_year_in_which_a_group_has_most(asker: Asker) -> None:
    sums = {y: sum(printed(a, y) or 0 for a in STREETS) for y in YEARS}
    asker("街道办2019到2024年合计收到多少件")
    text = asker.then("最多的一年").text
    best = max(sums.values())
    assert re.search(f"{'、'.join(f'{y}年' for y in YEARS if sums[y] == best)}最多，{best:g} 件", text), text


def test_a_claim_is_judged_again_for_another_year(asker: Asker) -> None:
    def all_upheld(year: int) -> bool:
        return sure(POLICE, year, ("review.upheld", None)) == sure(POLICE, year, REVIEWS)

    asker(f"{POLICE}2024年复议都维持了吗")
    for year, words in ((2023, "那23年也是这样吗"), (2022, "上一年也是如此吗"), (2021, "2021年也这样吗")):
        assert asker.then(words).text.startswith("是的" if all_upheld(year) else "不是全部")


def test_more_or_less_is_told_against_the_year_spoken_of(asker: Asker) -> None:
    asker(f"{POLICE}2023年收到多少申请")
    text = asker.then("到24年是几件，多了还是少了").text
    word = "增加" if sure(POLICE, 2024) > sure(POLICE, 2023) else "减少"
    assert f"2024年比2023年{word}" in text


@pytest.mark.parametrize(("words", "column"), [("自然人", "natural"), ("商业企业", "company")])
def test_who_files_most_is_claimed_among_the_applicants(asker: Asker, words: str, column: str) -> None:
    kinds = ("natural", "company", "research", "social", "legal", "other")
    numbers = {k: printed(POLICE, 2023, ("requests.received", k)) or 0 for k in kinds}
    text = asker(f"{POLICE}2023年申请最多的是{words}吗").text
    assert text.startswith("是的，" if numbers[column] == max(numbers.values()) else "不是，")


def test_this_year_makes_last_year_the_one_before_it(asker: Asker) -> None:
    asker(f"{POLICE}今年收到多少申请")
    given = asker.then("去年呢")
    assert [f.year for f in given.figures] == [2023]
    asker(f"{POLICE}2024年收到多少申请")
    assert [f.year for f in asker.then("去年呢").figures] == [2024]  # counted from the newest, where 今年 was not said


@pytest.mark.parametrize(("bound", "so"), [(5, False), (-5, True)])
def test_never_so_many_is_the_contrary_of_the_bound(asker: Asker, bound: int, so: bool) -> None:
    value = int(sure(POLICE, 2024))
    text = asker(f"{POLICE}2024年的申请没超过{value + (-bound)}件，对吗").text
    assert text.startswith("是的" if so else "不对"), text


def test_of_one_kind_only_those_are_asked(asker: Asker) -> None:
    with_reviews = [a for a in STREETS if printed(a, 2024, REVIEWS)]
    for agency in STREETS:
        text = asker(f"2024年街道里只有{agency}有复议吗").text
        assert text.startswith("是的，只有这一家。" if with_reviews == [agency] else "不对，") or not with_reviews
