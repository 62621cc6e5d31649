"""The sieve lets through every pattern that matches, whatever the pattern is made of."""

import json
import re
from pathlib import Path

import pytest

from corpus.forms import channels, subjects
from corpus.narrative import cue_pattern
from service import lexicon, rewrites, talk
from service.query import Query
from service.replacing import replace
from service.sieve import Sieve, needed

QUESTIONS = [
    json.loads(line)["question"]
    for name in ("handwritten", "colloquial", "opened")
    for line in (Path(__file__).parent / "eval" / f"{name}.jsonl").read_text("utf-8").splitlines()
]
LISTS = {
    "rewrites": [pattern for pattern, _ in rewrites._REWRITES],
    "talk": list(talk._SAID),
    "terms with a gap": [pattern for _, pattern, _ in lexicon._gapped()],
    "cues": [cue_pattern(item.cues + item.terms) for item in (*channels(), *subjects())],
}


@pytest.mark.parametrize("patterns", LISTS.values(), ids=LISTS.keys())
def test_no_pattern_that_matches_is_held_back(patterns: list[re.Pattern[str]]) -> None:
    sieve = Sieve(patterns)
    let_through = asked = 0
    for question in QUESTIONS:
        matching = {number for number, pattern in enumerate(patterns) if pattern.search(question)}
        among = list(sieve.among(question))
        assert matching <= {*among}
        assert among == sorted(among)
        let_through, asked = let_through + len(among), asked + len(patterns)
    assert let_through < asked / 3  # else the sieve is of no use


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        ("收费", ["收", "费"]),
        ("(?<!性)收?费", ["费"]),  # what must not stand before it, and what may be left out, is not needed
        ("[甲乙]丙", ["甲乙", "丙"]),
        ("[^甲]丙", ["丙"]),
        (r"\d丙", ["丙"]),
        ("甲|乙丙", ["甲乙"]),
        ("甲|乙?", []),
        ("(?:甲丙){2}", ["甲", "丙"]),
        ("(?:甲丙)*", []),
        ("丙(?=甲)", ["丙", "甲"]),
        ("丙(?!甲)", ["丙"]),
    ],
)
def test_characters_that_every_match_holds(pattern: str, sets: list[str]) -> None:
    assert needed(re.compile(pattern)) == [frozenset(chars) for chars in sets]


def test_letters_of_either_case_are_left_to_the_pattern() -> None:
    assert list(Sieve([re.compile("app", re.IGNORECASE)]).among("政务APP")) == [0]


def test_a_later_pattern_meets_the_words_that_an_earlier_one_put() -> None:
    patterns = [re.compile("甲"), re.compile("丁"), re.compile("乙"), re.compile("甲")]
    assert Sieve(patterns).rewritten("甲", ["乙", "", "丙甲", "戊"]) == "丙戊"


def test_a_query_is_copied_with_what_changes() -> None:
    query = Query(text="收到几件", metrics=("requests.received",), years=(2024,))
    changed = replace(query, years=(2023,), operation="sum")
    assert (changed.years, changed.operation, changed.metrics) == ((2023,), "sum", query.metrics)
    assert (query.years, query.operation) == ((2024,), "value")
    with pytest.raises(TypeError, match="no_such_field"):
        replace(query, no_such_field=1)
