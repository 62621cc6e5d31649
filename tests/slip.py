"""What a planted slip is: a report, what is done to its document, and what a right reader must give where.

Of the cells that a slip touches: ``exact`` what is printed, as sure as any; ``careful`` that, or nothing sure; ``doubt`` nothing
sure; ``missing``. All other cells are exact. Never may a figure be wrong and sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

from tests.generate import APPLICANTS, GeneratedReport, Key, request_lines
from tests.print_content import Edit, Form, Rows, Slot, as_it_is

Expected = Literal["exact", "careful", "doubt", "missing"]
COLUMNS = (*APPLICANTS, "total")
WHOLE = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Slipped:
    """A report with a slip: what is meant and printed, what is done to the document, and what is to be expected where."""

    made: GeneratedReport
    edit: Edit = as_it_is
    expected: Mapping[Key, Expected] = field(default_factory=dict)
    sections: tuple[int, ...] = WHOLE


Plant = Callable[[GeneratedReport, Random], Slipped]


def on_table(number: int, change: Callable[[Rows], Rows]) -> Edit:
    """``change`` done to one table."""
    return lambda parts: [Form(p.number, change(p.rows)) if isinstance(p, Form) and p.number == number else p for p in parts]


def on_rows(number: int, change: Callable[[tuple[Slot, ...]], tuple[Slot, ...]]) -> Edit:
    return on_table(number, lambda rows: tuple(map(change, rows)))


def request_metrics(made: GeneratedReport) -> list[str]:
    return [metric for metric, *_ in request_lines(made.edition) if metric]


def row_keys(metric: str) -> list[Key]:
    return [(metric, column) for column in COLUMNS]


def holds(row: tuple[Slot, ...], metric: str) -> bool:
    return any(slot.key and slot.key[0] == metric for slot in row)


def all_of(keys: Iterable[Key], expected: Expected) -> dict[Key, Expected]:
    return dict.fromkeys(keys, expected)


def label_changed(slot: Slot, change: Callable[[str], str]) -> Slot:
    return replace(slot, text=change(slot.text)) if slot.label else slot


@dataclass(frozen=True, slots=True)
class Slip:
    """``edition``: the form that has it (None: either). ``cells``: only where a file keeps real cells can it be seen at all."""

    plant: Plant
    edition: str | None = None
    cells: bool = False
