"""Counts that the narrative states against the cells that they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.audit.claims import COUNTS, MONEY, Claim, claim
from corpus.audit.material import Figures, Key, Material, quote
from corpus.audit.relations import is_number, same
from corpus.audit.wording import wording
from corpus.model import Figure, Finding, Quantity, Span, Status
from corpus.textual import show_number

# The longest real narratives state some hundreds; a text of more is no narrative, and each takes its time.
_MOST = 2000


def counts(material: Material) -> Iterator[Finding]:
    """Each count whose words name a cell, against that cell."""
    pieces = sorted(material.prose, key=lambda p: p.at[0])
    at = 0
    told: set[tuple[Span, tuple[Key, ...]]] = set()
    for quantity in sorted(material.quantities, key=lambda q: q.span.start)[:_MOST]:
        while at < len(pieces) and pieces[at].at[-1] < quantity.span.start:
            at += 1
        if at == len(pieces):
            return
        if pieces[at].at[0] > quantity.span.start or (quantity.unit not in COUNTS and quantity.unit not in MONEY):
            continue
        if pieces[at].section == 5:  # problems and plans
            continue
        found = claim(wording(pieces[at], quantity), quantity, material)
        if found and (quantity.span, found.keys) not in told:
            told.add((quantity.span, found.keys))
            yield from _compared(_fitting(found, quantity, material.figures), quantity, material.figures)


def total(keys: tuple[Key, ...], figures: Figures) -> float | None:
    """The sum of some cells, None as soon as one is no number."""
    operands = [figures.get(key) for key in keys]
    return sum(f.value or 0 for f in operands if f) if all(is_number(f) for f in operands) else None


def _fitting(named: Claim, quantity: Quantity, figures: Figures) -> Claim:
    """Of words that allow several readings (受理, 办理), the one that the count fits, where one does."""
    if named.doubt:
        for label, keys in named.others:
            if total(keys, figures) == quantity.value:
                return replace(named, label=label, keys=keys)
    return named


def _compared(named: Claim, quantity: Quantity, figures: Figures) -> Iterator[Finding]:
    known: list[Figure] = [figures[key] for key in named.keys if key in figures]
    if not known:
        return
    said = f"{quantity.counted} {quantity.printed}".strip()
    opening = f"叙述写“{quote(said)}”，"
    places = (f"叙述：{said}", *(f.place for f in known))
    spans = (quantity.span, *(f.span for f in known if f.span))
    cell = total(named.keys, figures)
    if cell is None:
        message = f"{opening}表中对应的“{named.label}”没有数字，无法核对。"
        yield Finding("text.table", "unknown", message, places, (quantity.value, None), spans)
        return
    status, verdict = _verdict(named, quantity, cell, figures)
    unit = known[0].unit if quantity.unit in MONEY else "件"
    message = f"{opening}表中“{named.label}”为 {show_number(cell)} {unit}，{verdict}。"
    yield Finding("text.table", status, message, places, (quantity.value, cell), spans)


def _verdict(named: Claim, quantity: Quantity, cell: float, figures: Figures) -> tuple[Status, str]:
    value = quantity.value * named.scale
    if same(value, cell):
        return "pass", "一致"
    if quantity.approximate and _near(value, cell):
        return "pass", "大致相符"
    gap = f"不一致，相差 {show_number(abs(cell - value))}"
    meant = next((label for label, keys in named.others if total(keys, figures) == value), None)
    if quantity.approximate:
        return "unknown", f"{gap}；叙述是约数，无法判断"
    if named.doubt:
        return "unknown", f"{gap}；{named.doubt}，无法判断"
    return "fail", gap + (f"；叙述的数等于“{meant}”，可能写错了项目" if meant else "")


def _near(value: float, cell: float) -> bool:
    """Whether an approximate count may stand for ``cell``: 余 means less than a fifth more, 近 less than a tenth fewer."""
    return 0.9 * value <= cell < 1.2 * value
