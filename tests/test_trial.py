"""Reports as a clerk finds them in a folder: written by hand as portals and converters leave them, each read against a gold set down first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from corpus.model import Figure, Report
from corpus.read import read_bytes

FOLDER = Path(__file__).parent / "fixtures" / "trial"
APPLICANTS = ("natural", "company", "research", "public_benefit", "legal_service", "other", "total")
BLOCKS = ("review", "litigation.direct", "litigation.after_review")
RESULTS = ("upheld", "corrected", "other", "pending", "total")


@dataclass(frozen=True)
class Gold:
    """What a careful person reads.

    agency      names that are right: a whole area may be called by its government or alone
    disclosure  table 二, cells that are not zero
    requests    table 三, rows that are not zero throughout, in the form's order of columns
    disputes    table 四, its fifteen cells
    said        narrative numbers: subject and value
    failed      relations that do not hold, by rule
    noticed     remarks that must be made
    """

    agency: tuple[str, ...]
    year: int
    scope: str | None
    edition: str
    published: str | None
    disclosure: dict[str, float]
    requests: dict[str, str]
    disputes: str = "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"
    said: tuple[tuple[str, float], ...] = ()
    failed: tuple[str, ...] = ()
    noticed: frozenset[str] = field(default_factory=frozenset)


# Three reports share these figures; what differs is how they are printed.
SMALL = {
    "requests.received": "4 1 0 0 0 0 5",
    "requests.carried_in": "1 0 0 0 0 0 1",
    "outcome.granted": "3 0 0 0 0 0 3",
    "outcome.partial": "1 0 0 0 0 0 1",
    "outcome.unavailable.not_held": "1 0 0 0 0 0 1",
    "outcome.total": "5 0 0 0 0 0 5",
    "requests.carried_out": "0 1 0 0 0 0 1",
}
SMALL_DISCLOSURE = {"normative.in_force": 2.0, "licensing.decisions": 57.0, "penalty.decisions": 8.0}
SMALL_SAID = (("requests.received", 5), ("requests.carried_in", 1), ("published", 240))

GOLD = {
    # Word saved into a portal: GBK, a paragraph and two spans a cell, the title over two lines, the site's own lines around it.
    "tax_word_gbk.html": Gold(
        ("国家税务总局溪口县税务局",), 2021, "部门", "2021", "2022-01-24",
        {"licensing.decisions": 1287, "penalty.decisions": 346},
        {
            "requests.received": "4 1 0 0 0 0 5",
            "outcome.granted": "1 1 0 0 0 0 2",
            "outcome.unavailable.not_held": "2 0 0 0 0 0 2",
            "outcome.other.rest": "1 0 0 0 0 0 1",
            "outcome.total": "4 1 0 0 0 0 5",
        },
        said=(("requests.received", 5), ("published", 213)),
    ),
    # The older form: a change printed 减4 and one +11, an amount with its unit, 收办 beside 新收 in the text.
    "zone_2019.html": Gold(
        ("松江湖高新技术产业开发区管理委员会",), 2019, None, "2019", "2020-01-21",
        {
            "normative.newly_made": 4, "normative.newly_published": 4, "normative.published_total": 31,
            "licensing.items_last_year": 212, "licensing.items_change": 11, "licensing.decisions": 35610,
            "services.items_last_year": 98, "services.decisions": 12044,
            "penalty.items_last_year": 1306, "penalty.items_change": -4, "penalty.decisions": 77,
            "coercion.items_last_year": 96, "coercion.decisions": 2, "fees.items_last_year": 3,
            "procurement.projects": 186, "procurement.amount": 59237.2449,
        },
        {
            "requests.received": "87 19 1 0 0 0 107",
            "requests.carried_in": "4 2 0 0 0 0 6",
            "outcome.granted": "30 11 1 0 0 0 42",
            "outcome.partial": "6 2 0 0 0 0 8",
            "outcome.refused.state_secret": "1 0 0 0 0 0 1",
            "outcome.refused.third_party": "3 1 0 0 0 0 4",
            "outcome.refused.internal": "1 0 0 0 0 0 1",
            "outcome.refused.process": "2 0 0 0 0 0 2",
            "outcome.refused.query": "4 0 0 0 0 0 4",
            "outcome.unavailable.not_held": "21 5 0 0 0 0 26",
            "outcome.unavailable.not_made": "3 0 0 0 0 0 3",
            "outcome.unavailable.unclear": "1 0 0 0 0 0 1",
            "outcome.unprocessed.petition": "5 0 0 0 0 0 5",
            "outcome.unprocessed.duplicate": "2 0 0 0 0 0 2",
            "outcome.unprocessed.reissue": "1 0 0 0 0 0 1",
            "outcome.other": "6 1 0 0 0 0 7",
            "outcome.total": "86 20 1 0 0 0 107",
            "requests.carried_out": "5 1 0 0 0 0 6",
        },
        "3 1 0 2 6 1 0 0 1 2 2 0 0 0 2",
        said=(("requests.received", 107), ("requests.carried_in", 6), ("published", 6215)),
    ),
    # A whole province: separators of both widths, an amount with four decimals, a part of the office's own, one wrong number in the text.
    "province_totals.html": Gold(
        ("江淮省", "江淮省人民政府"), 2022, "全域汇总", "2021", "2023-03-28",
        {
            "rules.issued": 13, "rules.repealed": 4, "rules.in_force": 187,
            "normative.issued": 1042, "normative.repealed": 377, "normative.in_force": 6815,
            "licensing.decisions": 11398889, "penalty.decisions": 1808595, "coercion.decisions": 59210, "fees.amount": 592370.2449,
        },
        {
            "requests.received": "24350 1397 16 47 75 164 26049",
            "requests.carried_in": "402 51 2 3 4 9 471",
            "outcome.granted": "9120 611 12 33 40 101 9917",
            "outcome.partial": "1805 120 1 4 9 20 1959",
            "outcome.refused.state_secret": "12 0 0 0 0 0 12",
            "outcome.refused.other_law": "88 3 0 0 0 0 91",
            "outcome.refused.security": "9 0 0 0 0 0 9",
            "outcome.refused.third_party": "311 20 0 0 0 0 331",
            "outcome.refused.internal": "122 4 0 0 0 0 126",
            "outcome.refused.process": "140 5 0 0 1 0 146",
            "outcome.refused.enforcement_file": "88 2 0 0 0 0 90",
            "outcome.refused.query": "230 61 0 0 0 0 291",
            "outcome.unavailable.not_held": "7342 380 3 10 22 40 7797",
            "outcome.unavailable.not_made": "1840 90 1 0 2 3 1936",
            "outcome.unavailable.unclear": "350 12 0 0 0 0 362",
            "outcome.unprocessed.petition": "690 10 0 0 0 0 700",
            "outcome.unprocessed.duplicate": "410 5 0 0 0 0 415",
            "outcome.unprocessed.publication": "6 0 0 0 0 0 6",
            "outcome.unprocessed.excessive": "60 0 0 0 0 0 60",
            "outcome.unprocessed.reissue": "22 1 0 0 0 0 23",
            "outcome.other.uncorrected": "390 18 0 0 0 0 408",
            "outcome.other.unpaid": "2 0 0 0 0 0 2",
            "outcome.other.rest": "1204 66 0 1 2 5 1278",
            "outcome.total": "24241 1408 17 48 76 169 25959",
            "requests.carried_out": "511 40 1 2 3 4 561",
        },
        "812 101 260 93 1266 160 22 41 37 260 188 19 30 52 289",
        said=(("requests.received", 26049), ("published", 5304700), ("review", 1262), ("litigation", 549)),
        failed=("text.table",),
    ),
    # Markdown out of a converter that leaves tables as HTML; a masthead of the site's path after the title.
    "customs_html_tables.md": Gold(
        ("碧湾海关", "碧湾海关关区"), 2023, None, "2021", None,
        {"licensing.decisions": 412, "penalty.decisions": 1093, "coercion.decisions": 27},
        {
            "requests.received": "8 8 0 0 0 0 16",
            "requests.carried_in": "1 0 0 0 0 0 1",
            "outcome.granted": "3 4 0 0 0 0 7",
            "outcome.partial": "1 2 0 0 0 0 3",
            "outcome.refused.enforcement_file": "2 0 0 0 0 0 2",
            "outcome.unavailable.not_held": "1 0 0 0 0 0 1",
            "outcome.unprocessed.petition": "1 0 0 0 0 0 1",
            "outcome.other.uncorrected": "1 0 0 0 0 0 1",
            "outcome.total": "9 6 0 0 0 0 15",
            "requests.carried_out": "0 2 0 0 0 0 2",
        },
        "2 0 1 0 3 0 0 0 0 0 1 0 0 0 1",
        said=(("requests.received", 16), ("requests.carried_in", 1), ("requests.carried_out", 2), ("published", 1426)),
    ),
    # Every cell parted from the next by one space, as also the words of a label are.
    "statistics_one_space.txt": Gold(
        ("歙溪县统计局",), 2022, "部门", "2021", None, SMALL_DISCLOSURE, SMALL, said=SMALL_SAID,
    ),
    # Leftover year, repeated sentence, doubled words, an unfilled template, numbering that repeats; the figures are sound.
    "insurance_slips.html": Gold(
        ("枞江县医疗保障局",), 2022, "部门", "2021", None, SMALL_DISCLOSURE, SMALL, said=SMALL_SAID,
        noticed=frozenset({"sections.numbering", "text.year", "text.repeated", "text.doubled", "text.template"}),
    ),
    # Table 四 stands on its side: a row a block, a column a result.
    "commerce_disputes_down.html": Gold(
        ("长岚市商务局",), 2022, "部门", "2021", None, SMALL_DISCLOSURE, SMALL,
        "2 0 0 1 3 0 0 0 1 1 1 0 0 0 1", said=SMALL_SAID,
    ),
}  # fmt: skip


@cache
def report(name: str) -> Report:
    return read_bytes((FOLDER / name).read_bytes())


def figures(name: str) -> dict[tuple[str, str | None], Figure]:
    return {(f.metric, f.applicant): f for f in report(name).figures}


@pytest.mark.parametrize("name", GOLD)
def test_who_reports_on_which_year_and_when(name: str) -> None:
    read, gold = report(name), GOLD[name]
    assert read.agency in gold.agency
    assert (read.year, read.edition, read.published) == (gold.year, gold.edition, gold.published)
    assert gold.scope in (None, read.scope)
    assert [s.number for s in read.sections if s.number] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("name", GOLD)
def test_every_cell_of_the_tables_is_read_for_certain(name: str) -> None:
    gold = GOLD[name]
    wanted: dict[tuple[str, str | None], float] = {(metric, None): value for metric, value in gold.disclosure.items()}
    for metric, cells in gold.requests.items():
        wanted |= {(metric, column): float(cell) for column, cell in zip(APPLICANTS, cells.split(), strict=True)}
    places = [f"{block}.{result}" for block in BLOCKS for result in RESULTS]
    wanted |= {(place, None): float(cell) for place, cell in zip(places, gold.disputes.split(), strict=True)}
    for key, figure in figures(name).items():
        assert figure.sure, key
        assert (figure.value, figure.state) == ((value := wanted.pop(key, 0)), "value" if value else "zero"), key
    assert not wanted


@pytest.mark.parametrize("name", GOLD)
def test_numbers_of_the_text_are_told_for_what_they_count(name: str) -> None:
    said = {(q.subject, q.value) for q in report(name).quantities}
    assert set(GOLD[name].said) <= said


@pytest.mark.parametrize("name", GOLD)
def test_what_does_not_hold_is_found_and_nothing_else(name: str) -> None:
    checks = report(name).checks
    assert Counter(c.rule for c in checks if c.status == "fail") == Counter(GOLD[name].failed)
    assert {c.rule for c in checks if c.status == "notice"} == GOLD[name].noticed


@pytest.mark.parametrize("name", ["tax_word_gbk.html", "customs_html_tables.md"])
def test_words_of_the_site_are_no_passage(name: str) -> None:
    text = "\n".join(passage.text for passage in report(name).passages)
    assert not [word for word in ("版权所有", "标识码", "打印本页", "您的位置", "字号") if word in text]
