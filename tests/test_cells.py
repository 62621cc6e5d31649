import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cells import read_cell
from corpus.model import Cell
from corpus.tables.figure import figure


@pytest.mark.parametrize(
    ("printed", "state", "value", "unit"),
    [
        ("5", "value", 5, ""), ("0", "zero", 0, ""), ("0.00", "zero", 0, ""), ("1,808,595", "value", 1808595, ""), ("１２", "value", 12, ""),
        ("1，808", "value", 1808, ""), ("19.7 万", "value", 19.7, "万"), ("251000元", "value", 251000, "元"), ("128.6441万元", "value", 128.6441, "万元"),
        ("+123", "value", 123, ""), ("减4", "value", -4, ""), ("-59", "value", -59, ""), ("增加3", "value", 3, ""), ("0件", "zero", 0, "件"),
        ("", "blank", None, ""), (" \u3000", "blank", None, ""), ("/", "na", None, ""), ("—", "na", None, ""), ("无", "na", None, ""),
        ("不适用", "na", None, ""), ("本单位未制作规章", "text", None, ""), ("12,34", "text", None, ""), ("3 5 1 1件次", "text", None, ""),
    ],
)  # fmt: skip
def test_states(printed: str, state: str, value: float | None, unit: str) -> None:
    reading = read_cell(printed)
    assert (reading.state, reading.value, reading.unit) == (state, value, unit)


@given(st.integers(0, 10**9))
def test_a_number_reads_the_same_with_thousands_separators_and_full_width(number: int) -> None:
    wide = str(number).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert read_cell(f"{number:,}") == read_cell(str(number)) == read_cell(wide)
    assert read_cell(str(number)).value == number


@given(st.text(max_size=40))
def test_any_text_has_exactly_one_state_and_a_value_only_for_numbers(text: str) -> None:
    reading = read_cell(text)
    assert (reading.value is not None) == (reading.state in ("value", "zero"))
    assert (reading.value == 0) == (reading.state == "zero")


def test_ten_thousands_are_a_part_of_a_count_and_the_unit_of_an_amount() -> None:
    counted = figure("licensing.decisions", None, "件", "表二", Cell("238.6万", 0, 6))
    assert (counted.value, counted.unit, counted.printed) == (2386000, "件", "238.6万")
    paid = figure("procurement.amount", None, "", "表二", Cell("19.7 万", 0, 6))
    assert (paid.value, paid.unit) == (19.7, "万")
