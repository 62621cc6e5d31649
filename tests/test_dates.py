"""Which report was published first, last or after a day: held against the dates that the reports were made with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.store import Index
from tests.conftest import Asker, HashEncoder
from tests.evaluate import build_world
from tests.test_hearsay import talk
from tests.world import world

POLICE, OTHER_POLICE = "云溪市公安局", "碧原市公安局"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("dates")
    build_world(home, encoder, [w for w in world() if w.made.year >= 2023])
    index = Index(home)
    yield Asker(index, home, encoder)
    index.close()


def dates(year: int) -> dict[str, str]:
    return {w.made.agency: w.made.published for w in world() if w.made.year == year}


def named(text: str, year: int) -> set[str]:
    """The bodies that a text names by their whole names; one whose name is part of another's is taken by the longer."""
    left, found = text, set()
    for agency in sorted(dates(year), key=len, reverse=True):
        if agency in left:
            found.add(agency)
            left = left.replace(agency, "")
    return found


def test_the_last_and_the_first_of_a_year_are_those_with_that_date(asker: Asker) -> None:
    held = dates(2023)
    given = talk(asker, "2023年哪家的年报公布得最晚")
    last = max(held.values())
    assert last in given.text
    assert named(given.text, 2023) == {a for a, d in held.items() if d == last}
    given = talk(asker, "2023年哪家的年报公布得最晚", "最早的呢")
    first = min(held.values())
    assert first in given.text
    assert named(given.text, 2023) == {a for a, d in held.items() if d == first}


def test_another_year_is_asked_of_the_same_end(asker: Asker) -> None:
    held = dates(2024)
    given = talk(asker, "2023年谁的报告出得最早", "2024年呢")
    assert named(given.text, 2024) == {a for a, d in held.items() if d == min(held.values())}


def test_those_after_a_day_are_all_told_and_no_other(asker: Asker) -> None:
    held = dates(2024)
    given = talk(asker, "哪些单位3月20日以后才公布2024年的年报")
    assert named(given.text, 2024) == {a for a, d in held.items() if d > "2025-03-20"}
    assert any("3月20日" in w.text for w in given.warnings)
    given = talk(asker, "2024年哪些单位没有在1月底前公布年报")
    assert f"有 {sum(d > '2025-01-31' for d in held.values())} 份" in given.text


def test_the_dates_of_two_bodies_are_held_against_each_other(asker: Asker) -> None:
    earlier = min((POLICE, OTHER_POLICE), key=dates(2023).__getitem__)
    for questions in (
        [f"{POLICE}和{OTHER_POLICE}的2023年年报谁发得早"],
        [f"{POLICE}哪天发的2023年报", f"{OTHER_POLICE}的呢", "谁更早"],
    ):
        given = talk(asker, *questions)
        assert f"{earlier}的公布得更早" in given.text
        assert dates(2023)[POLICE] in given.text


def test_by_when_a_report_must_be_published_is_a_matter_of_law(asker: Asker) -> None:
    assert talk(asker, "年报最晚什么时候要公布").status == "out_of_scope"
