"""Year against year: what one report carries over is what the next one takes up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from corpus.audit.material import Figures
from corpus.audit.relations import is_number, relation
from corpus.forms import applicants, forms, metrics
from corpus.model import Figure, Finding

# What one year's form prints of another, beside the requests that are carried over.
_OVER_TIME = frozenset(("in_force", "issued", "repealed", "items_last_year", "items_change"))


class OfYear(Protocol):
    """What of a report is held against another year's: a Report is one, and so is what a store keeps of it."""

    @property
    def agency(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def scope(self) -> str: ...
    @property
    def edition(self) -> str: ...
    @property
    def lineage(self) -> str: ...
    @property
    def figures(self) -> Sequence[Figure]: ...


def across_years(earlier: OfYear, later: OfYear) -> tuple[Finding, ...]:
    """Relations between two reports of one agency (whatever it was called) and scope, of consecutive years; else nothing.

    Places are led by their year (``2022年 · 表三 · …``). ``spans`` point into the later report's text alone, since a span
    cannot say which text it belongs to; ``values`` hold all operands.
    """
    one_body = earlier.agency == later.agency or (earlier.lineage != "" and earlier.lineage == later.lineage)
    if not one_body or (earlier.scope, earlier.year + 1) != (later.scope, later.year):
        return ()
    before, after = _by_key(earlier), _by_key(later)
    found = list(_carried(before, after, later.year))
    if earlier.edition == later.edition == "2021":
        found += _in_force(before, after, later.year)
    if earlier.edition == later.edition == "2019":
        found += _items(before, after, later.year)
    return tuple(_placed(check, later) for check in found)


def _by_key(report: OfYear) -> Figures:
    return {(f.metric, f.applicant): replace(f, place=f"{report.year}年 · {f.place}") for f in report.figures if _is_carried(f.metric)}


@lru_cache(maxsize=1)
def carried_metrics() -> tuple[str, ...]:
    """The metrics that one year's report is held against another's by."""
    return tuple(metric for metric in metrics() if _is_carried(metric))


def _is_carried(metric: str) -> bool:
    return metric.startswith("requests.carried_") or metric.rpartition(".")[2] in _OVER_TIME


def _placed(check: Finding, later: OfYear) -> Finding:
    """The finding with the later report's spans alone."""
    own = {f"{later.year}年 · {f.place}": f.span for f in later.figures if f.span and _is_carried(f.metric)}
    return replace(check, spans=tuple(own[place] for place in check.places if place in own))


def _carried(before: Figures, after: Figures, year: int) -> Iterator[Finding]:
    for applicant, label in applicants().items():
        if applicant == "legal_persons":
            continue
        yield relation(
            "years.carried",
            f"表三“{label}”列",
            [before.get(("requests.carried_out", applicant))],
            [after.get(("requests.carried_in", applicant))],
            (f"{year - 1}年报告的结转下年度", f"{year}年报告的上年结转"),
        )


def _in_force(before: Figures, after: Figures, year: int) -> Iterator[Finding]:
    for row, label in (("rules", "规章"), ("normative", "行政规范性文件")):
        yield relation(
            "years.in_force",
            f"表二“{label}”行",
            [before.get((f"{row}.in_force", None)), after.get((f"{row}.issued", None))],
            [after.get((f"{row}.in_force", None)), after.get((f"{row}.repealed", None))],
            (f"{year - 1}年现行有效与{year}年制发之和", f"{year}年现行有效与{year}年废止之和"),
        )


def _items(before: Figures, after: Figures, year: int) -> Iterator[Finding]:
    for clause in forms()["2019"].clauses:
        if not any(column.id == "items_change" for column in clause.columns):
            continue
        for row in clause.rows:
            last, change = before.get((f"{row.id}.items_last_year", None)), before.get((f"{row.id}.items_change", None))
            found = relation(
                "years.items",
                f"表二“{row.label}”行",
                [last, change],
                [after.get((f"{row.id}.items_last_year", None))],
                (f"{year - 1}年报告的上一年项目数量与本年增/减之和", f"{year}年报告的上一年项目数量"),
            )
            if found.status == "fail" and _unsigned(change):
                # A bare number may be a decrease, and some reports print the year's decisions there.
                message = found.message.rstrip("。") + "；“本年增/减”没有写明是增是减，无法判断。"
                found = replace(found, status="unknown", message=message)
            yield found


def _unsigned(figure: Figure | None) -> bool:
    return is_number(figure) and figure is not None and figure.value != 0 and figure.printed.strip()[:1].isdigit()
