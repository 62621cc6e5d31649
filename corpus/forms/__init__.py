"""The national forms as data, and what the metrics in them are called.

One TOML file an edition (rows, columns, units), ``common.toml`` for what editions share, ``metrics.toml`` for names,
definitions and the words people use, ``narrative.toml`` for what narrative text counts.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

EDITIONS = ("2019", "2021")


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A block of table 二: 第二十条第（一）项 and so on."""

    label: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A row of table 三."""

    metric: str
    number: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        gap = "" if self.number.endswith("）") else " "
        return f"表三 · {self.number}{gap}{self.label}"


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of the national form."""

    edition: str
    notice: str
    signature: tuple[str, ...]
    clauses: tuple[Clause, ...]
    requests: tuple[RequestRow, ...]
    groups: tuple[RequestRow, ...]
    applicants: tuple[Named, ...]
    blocks: tuple[Named, ...]
    results: tuple[Named, ...]

    def cells(self) -> Iterator[tuple[str, str | None, str, str]]:
        """Every cell of the form: (metric, applicant, unit, place), in the form's order."""
        for clause in self.clauses:
            for row in clause.rows:
                for column in clause.columns:
                    yield f"{row.id}.{column.id}", None, column.unit, disclosure_place(clause, row, column)
        for request in self.requests:
            for applicant in self.applicants:
                yield request.metric, applicant.id, "件", f"{request.place} · {applicant.label}"
        for block in self.blocks:
            for result in self.results:
                yield f"{block.id}.{result.id}", None, "件", dispute_place(block, result)


def disclosure_place(clause: Clause, row: Row, column: Column) -> str:
    return f"表二 · {clause.label} · {row.label} · {column.label}"


def dispute_place(block: Named, result: Named) -> str:
    return f"表四 · {block.label} · {result.label}"


@dataclass(frozen=True, slots=True)
class Metric:
    """What can be asked for.

    kind      ``cell`` (printed), ``sum`` (derived from ``parts``) or ``rate`` (``parts`` over ``base``)
    editions  forms that have it
    by_applicant  whether it is broken down by applicant (table 三)
    """

    id: str
    label: str
    unit: str
    definition: str
    kind: str
    editions: tuple[str, ...]
    by_applicant: bool = False
    parts: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """Words that name one thing: a metric, a row or column of table 二, a block or result of table 四, an applicant."""

    kind: str
    id: str
    label: str
    definition: str
    terms: tuple[str, ...]
    weak: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a narrative number counts, or the channel it went through."""

    id: str
    label: str
    cues: tuple[str, ...]
    terms: tuple[str, ...]
    units: tuple[str, ...] = ()
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A line of the table of indicators that reports before the national form carried."""

    label: str
    aliases: tuple[str, ...] = ()
    metric: str | None = None
    subject: str | None = None
    channel: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)

    @property
    def by_applicant(self) -> bool:
        """Whether its metric is one that later forms break down by applicant: here it is the total."""
        return self.metric is not None and self.metric.startswith(("requests.", "outcome."))


def _spelt(terms: Iterable[str]) -> tuple[str, ...]:
    """Terms with every choice in braces written out: {上年|去年}{留下|剩下} for four of them."""
    found: dict[str, None] = {}
    for term in terms:
        choices = [piece.split("|") for piece in re.split(r"[{}]", term)]
        found |= dict.fromkeys(map("".join, itertools.product(*choices)))
    return tuple(found)


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


@lru_cache(maxsize=1)
def forms() -> dict[str, Form]:
    """Both national forms by edition."""
    common = _load("common.toml")
    return {edition: _form(_load(f"{edition}.toml"), common) for edition in EDITIONS}


@lru_cache(maxsize=1)
def indicators() -> tuple[Indicator, ...]:
    """The indicators of the older reports, in the order of their table."""
    return tuple(
        Indicator(i["label"], tuple(i.get("aliases", ())), i.get("metric"), i.get("subject"), i.get("channel"))
        for i in _load("2008.toml")["indicator"]
    )


@lru_cache(maxsize=1)
def indicator_headings() -> tuple[str, ...]:
    """Words that head the columns of the table of indicators."""
    return tuple(_load("2008.toml")["headings"])


def _form(data: dict[str, Any], common: dict[str, Any]) -> Form:
    requests: list[RequestRow] = []
    for row in common["requests"]:
        requests += [_request(r) for r in data["requests"]["other"]] if row.get("other") else [_request(row)]
    clauses = tuple(
        Clause(
            c["label"],
            tuple(Row(r["id"], r["label"], tuple(r.get("aliases", ()))) for r in c["rows"]),
            tuple(Column(**column) for column in c["columns"]),
        )
        for c in data["clause"]
    )
    return Form(
        edition=data["edition"],
        notice=data["notice"],
        signature=tuple(data["signature"]),
        clauses=clauses,
        requests=tuple(requests),
        groups=tuple(_request(r) for r in common["groups"]),
        applicants=tuple(Named(**a) for a in common["applicants"]),
        blocks=tuple(Named(**b) for b in common["blocks"]),
        results=tuple(Named(**r) for r in common["results"]),
    )


def _request(row: dict[str, Any]) -> RequestRow:
    return RequestRow(row["metric"], row["number"], row["label"], tuple(row.get("aliases", ())))


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """Everything that metrics.toml names, in its order."""
    data = _load("metrics.toml")
    found = []
    for kind in ("metric", "derived", "rate", "applicant", "row", "column", "block", "result"):
        for item in data[kind]:
            found.append(
                Concept(
                    kind=kind,
                    id=item["id"],
                    label=item.get("short") or next(iter(item.get("terms", ())), item["id"]),
                    definition=item["definition"],
                    terms=_spelt(item.get("terms", ())),
                    weak=tuple(item.get("weak", ())),
                    bare=tuple(item.get("bare", ())),
                    default=item.get("default"),
                )
            )
    return tuple(found)


@lru_cache(maxsize=1)
def metrics() -> dict[str, Metric]:
    """Every metric by id: the cells of both forms, the derived sums and the rates."""
    by_id = {(c.kind, c.id): c for c in concepts()}
    found: dict[str, Metric] = {}
    for edition, form in forms().items():
        for clause in form.clauses:
            for row in clause.rows:
                for column in clause.columns:
                    row_words, column_words = by_id["row", row.id], by_id["column", column.id]
                    metric_id = f"{row.id}.{column.id}"
                    known = found.get(metric_id)
                    found[metric_id] = Metric(
                        id=metric_id,
                        label=known.label if known else f"{row.label} {column.label}",
                        unit=column.unit,
                        definition=f"{row_words.label}：{row_words.definition}{column.label}：{column_words.definition}",
                        kind="cell",
                        editions=((*known.editions, edition) if known else (edition,)),
                        terms=tuple(f"{row.label}{term}" for term in (column.label, *column_words.terms[:2])),
                    )
        for request in form.requests:
            words = by_id["metric", request.metric]
            known = found.get(request.metric)
            found[request.metric] = Metric(
                id=request.metric,
                label=request.label if request.label not in ("总计", "其他") else words.label,
                unit="件",
                definition=words.definition,
                kind="cell",
                editions=((*known.editions, edition) if known else (edition,)),
                by_applicant=True,
                terms=words.terms,
            )
        for block in form.blocks:
            for result in form.results:
                metric_id = f"{block.id}.{result.id}"
                words = by_id["block", block.id]
                found[metric_id] = Metric(
                    id=metric_id,
                    label=f"{block.label} {result.label}",
                    unit="件",
                    definition=f"{words.definition}{result.label}：{by_id['result', result.id].definition}",
                    kind="cell",
                    editions=EDITIONS,
                    terms=tuple(f"{term}{result.label}" for term in words.terms[:2]),
                )
    for group in ("outcome.refused", "outcome.unavailable", "outcome.unprocessed", "outcome.other"):
        words = by_id["metric", group]
        if group in found:  # the 2019 form prints outcome.other; the 2021 form splits it
            parts = tuple(m for m in found if m.startswith(group + "."))
            old = found[group]
            found[group] = Metric(old.id, old.label, old.unit, old.definition, "cell", EDITIONS, True, parts, (), old.terms)
            continue
        parts = tuple(m for m in found if m.startswith(group + "."))
        found[group] = Metric(group, words.label, "件", words.definition, "sum", EDITIONS, True, parts, (), words.terms)
    data = _load("metrics.toml")
    for item in data["derived"]:
        found[item["id"]] = Metric(
            item["id"], item["short"], item["unit"], item["definition"], "sum", EDITIONS,
            all(found[p].by_applicant for p in item["sum"]), tuple(item["sum"]), (), tuple(item.get("terms", ())),
        )  # fmt: skip
    for item in data["rate"]:
        found[item["id"]] = Metric(
            item["id"], item["short"], "%", item["definition"], "rate", EDITIONS,
            all(found[p].by_applicant for p in item["numerator"]), tuple(item["numerator"]),
            tuple(item["denominator"]), tuple(item["terms"]),
        )  # fmt: skip
    for metric_id in {i.metric for i in indicators() if i.metric}:
        found[metric_id] = replace(found[metric_id], editions=("2008", *found[metric_id].editions))
    return found


@lru_cache(maxsize=1)
def applicants() -> dict[str, str]:
    """Applicant ids with their labels, the sum of the five legal columns included."""
    labels = {a.id: a.label for a in forms()["2019"].applicants}
    return labels | {"legal_persons": "法人或其他组织"}


LEGAL_PERSONS = ("company", "research", "public_benefit", "legal_service", "other")


@lru_cache(maxsize=1)
def subjects() -> tuple[Subject, ...]:
    """What narrative numbers count, the more telling first."""
    return tuple(_subject(item) for item in _load("narrative.toml")["subject"])


@lru_cache(maxsize=1)
def channels() -> tuple[Subject, ...]:
    """Channels that narrative numbers went through."""
    return tuple(_subject(item) for item in _load("narrative.toml")["channel"])


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the reports that is no metric. ``quote`` holds words of the forms in which it is printed."""

    label: str
    terms: tuple[str, ...]
    definition: str
    quote: tuple[str, ...]


@lru_cache(maxsize=1)
def glossary() -> tuple[Term, ...]:
    """Terms that are explained beside the metrics."""
    return tuple(Term(t["label"], tuple(t["terms"]), t["definition"], tuple(t["quote"])) for t in _load("glossary.toml")["term"])


def _subject(item: dict[str, Any]) -> Subject:
    return Subject(
        item["id"], item["label"], tuple(item["cues"]), tuple(item.get("terms", ())),
        tuple(item.get("units", ())), item.get("metric"),
    )  # fmt: skip


@lru_cache(maxsize=1)
def unit_classes() -> dict[str, str]:
    """Printed unit → what sort of thing it counts (info, request, people, times, percent, money, days, other)."""
    return {unit: name for name, units in _load("narrative.toml")["units"].items() for unit in units}
