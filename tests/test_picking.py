"""Bodies picked by what one bound does not say: each answer against a count over the made-up province."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from index.store import Index
from service.conditions import percent, share_bound_in
from service.contract import Answer
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.world import WorldReport, world

# The bureaus of one city, its streets and counties: enough that every test below picks some and leaves some.
REPORTS = [w for w in world() if w.made.agency.startswith(("云溪市", "望川区", "松岚县", "碧原市")) and w.made.year >= 2022]
STREETS = [w for w in world() if w.made.agency.endswith("街道办事处") and w.made.year >= 2022]
Fits = Callable[[WorldReport], bool | None]


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("picking")
    build_world(home, encoder, list({id(w): w for w in (*REPORTS, *STREETS)}.values()))
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def cell(report: WorldReport, metric: str, applicant: str | None = "total") -> float | None:
    gold = report.gold.get((metric, applicant))
    return gold.value if gold else None


def over(report: WorldReport, metric: str, base: str) -> float | None:
    top, whole = cell(report, metric), cell(report, base)
    return None if top is None or not whole else 100 * top / whole


def greater(a: float | None, b: float | None) -> bool | None:
    return None if a is None or b is None else a > b


def count(given: Answer) -> float | None:
    assert given.status == "answered", given.text
    return next((f.value for f in given.figures if f.metric == "count"), None)


def streets(year: int, fits: Fits) -> set[str]:
    return {w.made.agency for w in STREETS if w.made.year == year and fits(w)}


RECEIVED, GRANTED, TOTAL = "requests.received", "outcome.granted", "outcome.total"


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("2024年予以公开占办理结果总计超过五成的街道有几个", lambda w: greater(over(w, GRANTED, TOTAL), 50)),
        ("2024年予以公开占办理结果总计过半的街道有几个", lambda w: greater(over(w, GRANTED, TOTAL), 50)),
        ("2024年予以公开占办理结果总计不到百分之六十的街道有几个", lambda w: greater(60, over(w, GRANTED, TOTAL))),
        ("2024年自然人申请比商业企业申请多的街道有几个", lambda w: greater(cell(w, RECEIVED, "natural"), cell(w, RECEIVED, "company"))),
        ("2024年行政处罚少于行政许可的街道有几个", lambda w: greater(cell(w, "licensing.decisions", None), cell(w, "penalty.decisions", None))),
        ("2024年新收申请在2到5件之间的街道有几个", lambda w: 2 <= (cell(w, RECEIVED) if cell(w, RECEIVED) is not None else -1) <= 5),
        ("2024年收到申请超过1件而且行政处罚不到30件的街道有几个", lambda w: (cell(w, RECEIVED) or 0) > 1 and (cell(w, "penalty.decisions", None) or 0) < 30),
    ],
)  # fmt: skip
def test_streets_are_picked_by_what_their_reports_print(asker: Asker, question: str, fits: Fits) -> None:
    given = asker(question)
    expected = streets(2024, fits)
    assert count(given) == len(expected)
    assert all(name in given.text for name in expected)


def test_a_body_without_a_number_is_told_as_not_counted_and_does_not_fail(asker: Asker) -> None:
    blank = {w.made.agency for w in STREETS if w.made.year == 2024 and over(w, GRANTED, TOTAL) is None}
    assert blank  # the province has a street that handled nothing
    given = asker("2024年予以公开占办理结果总计超过五成的街道有几个")
    assert all(name in given.text.partition("没有计入的")[2] for name in blank)


def moved(year: int, fits: Callable[[float, float], bool]) -> set[str]:
    found = set()
    for own in STREETS:
        before = next((w for w in STREETS if w.made.agency == own.made.agency and w.made.year == year - 1), None)
        if own.made.year == year and before is not None:
            now, then = cell(own, RECEIVED), cell(before, RECEIVED)
            if now is not None and then is not None and fits(then, now):
                found.add(own.made.agency)
    return found


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("2024年新收申请比2023年减少1件以上的街道有几个", lambda then, now: then - now >= 1),
        ("2024年新收申请比2023年下降超过三成的街道有几个", lambda then, now: bool(then) and 100 * (then - now) / then > 30),
    ],
)
def test_growth_is_held_against_its_bound_not_the_figure(asker: Asker, question: str, fits: Callable[[float, float], bool]) -> None:
    given = asker(question)
    expected = moved(2024, fits)
    assert count(given) == len(expected)
    assert all(name in given.text for name in expected)


def test_growth_that_goes_on_is_looked_for_in_every_year(asker: Asker) -> None:
    series = {
        name: [next((cell(w, RECEIVED) for w in REPORTS if w.made.agency == name and w.made.year == y), None) for y in (2022, 2023, 2024)]
        for name in {w.made.agency for w in REPORTS if w.made.agency.startswith("云溪市") and w.made.agency.endswith("局")}
    }
    own = {n: s for n, s in series.items() if "区" not in n and None not in s}
    rising = {n for n, (a, b, c) in own.items() if a is not None and b is not None and c is not None and a < b < c}
    given = asker("2022到2024年新收申请逐年增长的云溪市市级局有哪些")
    assert rising
    assert set(own) - rising
    assert count(given) == len(rising)
    assert all(name in given.text for name in rising)


def test_each_clause_may_have_a_year_of_its_own(asker: Asker) -> None:
    received = {(w.made.agency, w.made.year): cell(w, RECEIVED) for w in STREETS}
    names = {w.made.agency for w in STREETS}
    expected = {
        n for n in names if (received.get((n, 2023)) or 0) > 2 and (received[n, 2024] if received.get((n, 2024)) is not None else 9) < 3
    }
    given = asker("2023年新收超过2件、2024年不到3件的街道有几个")
    assert count(given) == len(expected)


def test_a_follow_up_picks_again_in_another_year(asker: Asker) -> None:
    first = asker("2024年自然人申请比商业企业申请多的街道有几个")
    second = asker.then("2023年呢")
    both = [streets(y, lambda w: greater(cell(w, RECEIVED, "natural"), cell(w, RECEIVED, "company"))) for y in (2024, 2023)]
    assert [count(first), count(second)] == [len(b) for b in both]


def test_the_words_of_a_share_are_read_as_percentages() -> None:
    assert [percent(w) for w in ("四成", "五成半", "一半", "三分之一", "百分之十二点五", "70%")] == [
        40,
        55,
        50,
        pytest.approx(33.33, abs=0.01),
        12.5,
        70,
    ]
    bounds = {w: share_bound_in(w) for w in ("超过四成", "不到一半", "70%以上", "过半", "超过十件")}
    assert {w: (b.sign, b.value) if b else None for w, b in bounds.items()} == {
        "超过四成": (">", 40), "不到一半": ("<", 50), "70%以上": (">=", 70), "过半": (">", 50), "超过十件": None,
    }  # fmt: skip


BUREAUS = [w for w in REPORTS if w.made.agency.startswith("云溪市") and w.made.agency.endswith("局") and "区" not in w.made.agency]


def of(year: int) -> list[WorldReport]:
    return [w for w in BUREAUS if w.made.year == year]


def before(report: WorldReport) -> WorldReport | None:
    return next((w for w in BUREAUS if w.made.agency == report.made.agency and w.made.year == report.made.year - 1), None)


def rate(report: WorldReport) -> float | None:
    """公开率 as its definition has it: granted and partly granted over all that was handled."""
    granted, partly, whole = (cell(report, m) for m in (GRANTED, "outcome.partial", TOTAL))
    return None if granted is None or partly is None or not whole else round(100 * (granted + partly) / whole, 2)


def fell(report: WorldReport) -> bool:
    earlier = before(report)
    now, then = rate(report), rate(earlier) if earlier else None
    return now is not None and then is not None and now < then


def above_mean(report: WorldReport) -> bool:
    values = [v for w in of(2024) if (v := cell(w, RECEIVED)) is not None]
    own = cell(report, RECEIVED)
    return own is not None and own > sum(values) / len(values)


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("2024年公开率比上年下降的云溪市市级局有几个", fell),
        ("2024年公开率比上年下滑的云溪市市级局有几个", fell),
        ("2024年公开率比上年走低的云溪市市级局有几个", fell),
        ("2024年云溪市市级局里哪几家公开率下降了，有几个", fell),  # since the year before, where no other is named
        ("2024年云溪市市级局里公开率走低了的有几个", fell),
        ("2024年新收申请超过平均数的云溪市市级局有几个", above_mean),
        ("2024年新收申请超过90件或者行政处罚超过300件的云溪市市级局有几个", lambda w: (cell(w, RECEIVED) or 0) > 90 or (cell(w, "penalty.decisions", None) or 0) > 300),
        ("2024年新收申请和行政处罚都超过40件的云溪市市级局有几个", lambda w: (cell(w, RECEIVED) or 0) > 40 and (cell(w, "penalty.decisions", None) or 0) > 40),
        ("2024年予以公开比部分公开多20件以上的云溪市市级局有几个", lambda w: (cell(w, GRANTED) or 0) - (cell(w, "outcome.partial") or 0) >= 20),
    ],
)  # fmt: skip
def test_bureaus_are_picked_by_how_a_figure_stands_to_another(asker: Asker, question: str, fits: Callable[[WorldReport], bool]) -> None:
    given = asker(question)
    expected = {w.made.agency for w in of(2024) if fits(w)}
    assert 0 < len(expected) < len(of(2024))
    assert count(given) == len(expected)
    assert all(name in given.text for name in expected)


def test_a_ranking_behind_a_condition_is_of_those_that_fulfil_it(asker: Asker) -> None:
    passing = [w for w in of(2024) if (cell(w, RECEIVED) or 0) > 40 and rate(w) is not None]
    best = max(passing, key=lambda w: rate(w) or 0)
    everybody = max((w for w in of(2024) if rate(w) is not None), key=lambda w: rate(w) or 0)
    assert best is not everybody  # else the condition would prove nothing
    given = asker("2024年新收申请超过40件的云溪市市级局里哪个公开率最高")
    assert given.figures[0].agency == best.made.agency
    assert given.figures[0].value == rate(best)


@pytest.mark.parametrize("way", ["下降", "下滑", "回落", "变少", "降低", "减了"])
def test_a_fall_is_ranked_as_one_in_whatever_word(asker: Asker, way: str) -> None:
    fallen = {w.made.agency: now - then for w in of(2024) if (e := before(w)) and (now := cell(w, RECEIVED)) is not None and (then := cell(e, RECEIVED)) is not None}  # fmt: skip
    furthest = min(fallen, key=lambda agency: fallen[agency])
    given = asker(f"2024年新收申请{way}最多的云溪市市级局是哪个")
    assert f"是：{furthest}" in given.text
    assert str(fallen[furthest]) in given.text


def test_a_condition_that_the_answer_does_not_hold_is_asked_back(asker: Asker) -> None:
    given = asker("2024年新收申请环比持平的街道有几个")
    assert given.status in ("clarify", "not_reported")


def test_in_every_year_is_no_sum_over_the_years(asker: Asker) -> None:
    years = (2022, 2023, 2024)
    received = {(w.made.agency, w.made.year): cell(w, RECEIVED) for w in STREETS}
    names = {w.made.agency for w in STREETS}
    always = {n for n in names if all((received.get((n, y)) or 0) > 0 for y in years)}
    ever = {n for n in names if any((received.get((n, y)) or 0) > 0 for y in years)}
    assert always < ever
    given = asker("2022到2024年每年都收到过申请的街道有哪些")
    assert count(given) == len(always)
    assert all(name in given.text for name in always)


@pytest.mark.parametrize(
    "question",
    [joint * 300 for joint in "与和及跟加"]
    + ["没有" * 150, "超过四成" * 75, "哪个" * 150, "比上年" * 100]
    + ["）而且）予以公开占一共比））2024年这三家超过减少两倍——几个不予公开平均数四成的、和占最后一名教育局平均数云溪有一共）", "、和、与教育局这两家公安、、和机关（、，）"],
)  # fmt: skip
def test_what_no_person_would_type_is_answered_all_the_same(asker: Asker, question: str) -> None:
    """Joints and bounds over and over: lists of names are looked for without trying every way to part them."""
    assert asker(question).status in ("answered", "clarify", "not_reported", "no_report", "out_of_scope", "refused")
