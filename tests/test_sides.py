"""Two sides of a comparison, each a sum or a mean of its own: against what the made-up province's reports print."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest

from index.store import Index
from service.contract import Answer
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.world import WorldReport, world

REPORTS = [w for w in world() if w.made.agency.startswith(("云溪市", "望川区", "枫林区"))]
RECEIVED = "requests.received"
Whose = Callable[[str], bool]


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("sides")
    build_world(home, encoder, REPORTS)
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def received(whose: Whose, years: range) -> list[float]:
    def printed(report: WorldReport) -> float | None:
        gold = report.gold.get((RECEIVED, "total"))
        return gold.value if gold else None

    numbers = [printed(w) for w in REPORTS if whose(w.made.agency) and w.made.year in years]
    assert len(numbers) > 1
    return [n for n in numbers if n is not None]


def told(given: Answer, metric: str) -> float:
    assert given.status == "answered", given.text
    return next(f.value for f in given.figures if f.metric == metric and f.value is not None)


def streets_of(place: str) -> Whose:
    return lambda agency: agency.startswith(place) and agency.endswith("街道办事处")


def bureau(agency: str) -> bool:
    return agency.startswith("云溪市") and agency.endswith(("局", "委员会", "办公室", "馆")) and "区" not in agency and "县" not in agency


POLICE = "云溪市公安局"
EARLY, LATE, NEWEST = range(2019, 2022), range(2022, 2025), range(2024, 2025)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("望川区各街道2024年收到的申请合计比枫林区各街道多几件",
         sum(received(streets_of("望川区"), NEWEST)), sum(received(streets_of("枫林区"), NEWEST))),
        (f"{POLICE}前三年和后三年各收到多少申请", sum(received(POLICE.__eq__, EARLY)), sum(received(POLICE.__eq__, LATE))),
        (f"{POLICE}2019到2021年收到申请合计和2022到2024年合计差多少",
         sum(received(POLICE.__eq__, EARLY)), sum(received(POLICE.__eq__, LATE))),
    ],
)  # fmt: skip
def test_sums_lie_as_far_apart_as_what_is_printed(asker: Asker, question: str, one: float, other: float) -> None:
    given = asker(question)
    assert [f.value for f in given.figures if f.metric == "sum"] == [one, other]
    assert told(given, "difference") == abs(one - other)


def test_a_body_is_held_against_the_mean_of_its_own_citys_bureaus(asker: Asker) -> None:
    all_of_them, own = received(bureau, NEWEST), received(POLICE.__eq__, range(2023, 2025))[-1]
    mean = round(sum(all_of_them) / len(all_of_them), 2)
    given = asker(f"{POLICE}2024年收到的申请比市直部门平均高多少")
    assert told(given, "mean") == mean
    assert told(given, "difference") == pytest.approx(abs(own - mean), abs=0.005)


@pytest.mark.parametrize(("question", "higher"), [("高于", True), ("低于", False)])
def test_a_claim_against_the_mean_is_borne_out_or_not(asker: Asker, question: str, higher: bool) -> None:
    own = received(POLICE.__eq__, range(2019, 2025))
    given = asker(f"{POLICE}2024年收到的申请{question}六年平均吗")
    assert told(given, "mean") == round(sum(own) / len(own), 2)
    assert ("是的" in given.text) == ((own[-1] > sum(own) / len(own)) == higher)


def test_a_side_that_is_not_answered_leaves_the_whole_without_a_number(asker: Asker) -> None:
    given = asker(f"{POLICE}2024年收到的申请比桃源市各街道平均高多少")
    assert given.status != "answered"
    assert not any(f.metric == "difference" for f in given.figures)


def test_bodies_added_up_make_up_a_share_of_their_group(asker: Asker) -> None:
    every = received(streets_of("望川区"), NEWEST)
    two = received(lambda a: a in ("望川区南苑街道办事处", "望川区沙河街道办事处"), NEWEST)
    given = asker("望川区南苑、沙河两个街道2024年收到申请一共占望川区各街道的百分之几")
    assert told(given, "share") == pytest.approx(100 * sum(two) / sum(every), abs=0.005)


# ------------------------------------------------------------------------------------------- places in a ranking


def places(whose: Whose, year: int) -> dict[str, int]:
    """Each body's place among those of a kind by what it received, equal ones sharing one."""
    numbers = {w.made.agency: received_by(w) for w in REPORTS if whose(w.made.agency) and w.made.year == year}
    sure = {agency: n for agency, n in numbers.items() if n is not None}
    return {agency: 1 + sum(other > n for other in sure.values()) for agency, n in sure.items()}


def received_by(report: WorldReport) -> float | None:
    gold = report.gold.get((RECEIVED, "total"))
    return gold.value if gold else None


@pytest.mark.parametrize(
    "question",
    ["{}2024年收到的申请在市直部门里排第几", "2024年收到的申请，{}在云溪市各部门中排第几名", "2024年云溪市各部门收到申请，{}排第几"],
)
def test_a_bodys_place_among_the_others_is_told(asker: Asker, question: str) -> None:
    given = asker(question.format(POLICE))
    assert given.text.startswith(f"{POLICE}排第 {places(bureau, 2024)[POLICE]}，")


@pytest.mark.parametrize("question", ["2024年云溪市各部门收到申请最多的是不是{}", "云溪市各部门2024年收到申请最多的是{}吧"])
def test_a_claim_of_who_is_first_is_borne_out_or_not(asker: Asker, question: str) -> None:
    order = places(bureau, 2024)
    first = next(agency for agency, at in order.items() if at == 1)
    assert asker(question.format(first)).text.startswith(f"是的，{first}排第 1")
    assert asker(question.format(POLICE)).text.startswith(f"不是，{POLICE}排第 {order[POLICE]}")


def test_who_is_first_again_in_another_year_and_who_is_no_longer(asker: Asker) -> None:
    before, after = places(bureau, 2023), places(bureau, 2024)
    few = [agency for agency, at in before.items() if at <= 3]
    gone = [agency for agency in few if after[agency] > 3]
    assert gone
    asker("2023年云溪市各部门收到申请最多的是谁")
    first = next(agency for agency, at in before.items() if at == 1)
    assert asker.then("2024年还是它最多吗").text.startswith("是的" if after[first] == 1 else "不是")
    asker("2023年云溪市各部门收到申请最多的前三家是谁")
    assert asker.then("2024年还是这三家吗").text.startswith("不全是")
    asker("2023年云溪市各部门收到申请最多的前三家是谁")
    assert asker.then("2024年谁掉出前三了").text.startswith(f"掉出前 3 名的是{'、'.join(gone)}。")


# --------------------------------------------------------------------------------- the same with one part changed


def test_the_same_place_is_asked_of_another_year_body_and_thing(asker: Asker) -> None:
    asker(f"{POLICE}2024年收到的申请在市直部门里排第几")
    assert asker.then("2023年呢").text.startswith(f"{POLICE}排第 {places(bureau, 2023)[POLICE]}，")
    education = "云溪市教育局"
    assert asker.then("教育局呢").text.startswith(f"{education}排第 {places(bureau, 2023)[education]}，")
    assert {f.metric for f in asker.then("予以公开呢").figures} == {"outcome.granted"}


def test_the_same_sums_are_set_against_each_other_in_another_year(asker: Asker) -> None:
    asker("望川区各街道2024年收到的申请合计比枫林区各街道多几件")
    year = range(2023, 2024)
    sums = [sum(received(streets_of("望川区"), year)), sum(received(streets_of("枫林区"), year))]
    assert [f.value for f in asker.then("2023年呢").figures if f.metric == "sum"] == sums


def test_what_asks_more_than_one_part_anew_starts_anew(asker: Asker) -> None:
    asker(f"{POLICE}2024年收到的申请在市直部门里排第几")
    given = asker.then("教育局2023年存在什么问题")
    assert "排第" not in given.text


# ------------------------------------------------------------------------------------------------- from year to year


@pytest.mark.parametrize(("word", "rises"), [("上升", True), ("下降", False)])
@pytest.mark.parametrize("agency", [POLICE, "云溪市教育局", "云溪市人民政府"])
def test_every_year_is_held_against_the_one_before(asker: Asker, agency: str, word: str, rises: bool) -> None:
    numbers = received(agency.__eq__, range(2020, 2025))
    so = all((b > a) == rises and a != b for a, b in itertools.pairwise(numbers))
    assert ("是的" in asker(f"{agency}近五年新收申请是逐年{word}吗").text) == so


def test_whoever_had_none_is_not_told_where_whoever_had_some_is_asked_for(asker: Asker) -> None:
    given = asker("望川区街道里2024年有没有被复议的")
    assert "没有被复议" not in given.text
