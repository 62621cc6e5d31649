"""What one answer hands on to the next: small, self-contained, sent back by the client.

The server keeps no conversation. The context is untrusted: it is validated here, and all it can do is to name things that a question
could name as well.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.forms import applicants, metrics
from service.query import OPERATIONS
from service.reckoning.tables import CELLS_HELD, TABLES_HELD, WORKED, Cell, Table, is_label, is_place
from service.replacing import replace

VERSION = 1
LEDGER_HOLDS = 8  # cells: a full one may have lost some of the last answer's


class ContextError(ValueError):
    """The context is not one that an answer returned."""


LISTED = 12  # bodies of a list that a context names


@dataclass(frozen=True, slots=True)
class Context:
    """What the last answer was about.

    less   the cells that were taken off the metrics
    earlier, earlier_years …  of the answer before it, where it told the same of others
    pool   the bodies named one by one, for as long as answers stay among them
    order  the bodies as the last ranking put them, the most first
    ranks  the place of each body of the order, equal ones sharing one
    wider  the first of the order with the governments among them, where the ranking told both
    beside the bodies that the last answer told in that other order
    focus  the year that one body's years were ranked for
    mentioned   the bodies spoken of so far, the last first
    ledger the numbers that answers told, the last behind: as ``told``, or with the place in the report's text for the metric
    item   what the text counts that was told by its own words: their measure, then the words (service/worded)
    singled     the bodies whose shares of what several add up to were told
    told   the last two cells that answers told, each as body, year, metric and applicant
    tables the cells that each of the last answers told, the last behind (reckoning)
    frame  the last question's own words, where it worked out what no slot holds (reframe.py)
    whole  the last question's own words, where they say all of it: another year, body or thing is put into them (reframe.py)
    """

    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    metrics: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    operation: str = "value"
    subject: str | None = None
    channels: tuple[str, ...] = ()
    unit: str | None = None
    section: int | None = None
    topic: str | None = None
    matter: str = ""
    group: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    top: int = 1
    least: bool = False
    mean: bool = False
    growth: str = ""
    condition: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    earlier_years: tuple[int, ...] = ()
    earlier_metrics: tuple[str, ...] = ()
    earlier_channels: tuple[str, ...] = ()
    earlier_applicants: tuple[str, ...] = ()
    base: str | None = None
    candidates: tuple[str, ...] = ()
    picked: str = ""
    pool: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()
    wider: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    focus: int | None = None
    mentioned: tuple[str, ...] = ()
    told: tuple[tuple[str, ...], ...] = ()
    ledger: tuple[tuple[str, ...], ...] = ()
    singled: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    frame: str = ""
    whole: str = ""
    this_year: bool = False  # 今年 was spoken of: 去年 is the year before it

    def of_held(self, held: Container[str]) -> Context:
        """The context without bodies that are not held: what was told may have been removed since, and a client may send any name."""

        def kept(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(a for a in names if not a or a in held)

        whole = kept(self.order) == self.order
        return replace(
            self,
            agencies=kept(self.agencies),
            earlier=kept(self.earlier),
            candidates=kept(self.candidates),
            pool=kept(self.pool),
            mentioned=kept(self.mentioned),
            singled=kept(self.singled),
            wider=kept(self.wider),
            beside=kept(self.beside),
            order=self.order if whole else (),
            ranks=self.ranks if whole else (),
            tables=tuple(t if all(c.body in held for c in t.cells) else Table(()) for t in self.tables),
        )

    def to_dict(self) -> dict[str, Any]:
        return {"v": VERSION} | {name: _plain(getattr(self, name)) for name in self.__slots__}

    @classmethod
    def from_dict(cls, data: object) -> Context:
        """The context in ``data``. Raises ContextError."""
        if not isinstance(data, Mapping) or data.get("v") != VERSION or set(data) - {"v", *cls.__slots__}:
            raise ContextError("context 不是上一个回答返回的内容。")
        context = cls(
            agencies=_strings(data, "agencies", 200),
            years=tuple(_integer(y, 1900, 2200) for y in _list(data, "years")),
            metrics=_known(_strings(data, "metrics", 60), set(metrics())),
            less=_known(_strings(data, "less", 60), set(metrics())),
            applicants=_known(_strings(data, "applicants", 60), set(applicants())),
            operation=_text(data, "operation", 20) or "value",
            subject=_text(data, "subject", 60),
            channels=_strings(data, "channels", 60),
            unit=_text(data, "unit", 20),
            section=_integer(data["section"], 0, 6) if data.get("section") is not None else None,
            topic=_text(data, "topic", 20),
            frame=_text(data, "frame", 300) or "",
            whole=_text(data, "whole", 300) or "",
            this_year=data.get("this_year") is True,
            matter=_text(data, "matter", 300) or "",
            group=_strings(data, "group", 60),
            place=_strings(data, "place", 60),
            top=_integer(data.get("top", 1), 1, 20),
            least=data.get("least") is True,
            mean=data.get("mean") is True,
            growth=_text(data, "growth", 10) or "",
            condition=_strings(data, "condition", 60),
            earlier=_strings(data, "earlier", 200),
            earlier_metrics=_known(_strings(data, "earlier_metrics", 60), set(metrics())),
            earlier_channels=_strings(data, "earlier_channels", 60),
            earlier_applicants=_known(_strings(data, "earlier_applicants", 60), set(applicants())),
            base=next(iter(_known((base,), set(metrics()))), None) if (base := _text(data, "base", 60)) else None,
            candidates=_strings(data, "candidates", 200),
            earlier_years=tuple(_integer(y, 1900, 2200) for y in _list(data, "earlier_years")),
            picked=_text(data, "picked", 120) or "",
            pool=_strings(data, "pool", 200),
            order=_strings(data, "order", 200),
            ranks=tuple(_integer(r, 1, 40) for r in _list(data, "ranks")),
            wider=_strings(data, "wider", 200),
            beside=_strings(data, "beside", 200),
            mentioned=_strings(data, "mentioned", 200),
            # a boolean once: pages may still be open
            item=_strings(data, "item", 60),
            singled=() if isinstance(data.get("singled"), bool) else _strings(data, "singled", 200),
            told=tuple(_cell(c) for c in _list(data, "told")[:2]),
            ledger=tuple(_cell(c, in_text=True) for c in _list(data, "ledger")[:LEDGER_HOLDS]),
            tables=tuple(map(_table, _list(data, "tables")[-TABLES_HELD:])),
            focus=_integer(data["focus"], 1900, 2200) if data.get("focus") is not None else None,
        )
        if len(context.group) not in (0, 4) or len(context.place) not in (0, 4) or not _is_condition(context.condition):
            raise ContextError("context 不是上一个回答返回的内容。")
        if context.operation not in OPERATIONS:
            raise ContextError("context 不是上一个回答返回的内容。")
        return context


def _is_condition(words: tuple[str, ...]) -> bool:
    if not words:
        return True
    return len(words) == 3 and words[0] in (">", "<", ">=", "<=", "=") and bool(re.fullmatch(r"-?\d{1,15}(?:\.\d{1,6})?", words[1]))


def _plain(value: object) -> object:
    if isinstance(value, Table):
        return {"whole": value.whole, "worked": value.worked, "ranked": value.ranked, "cells": [list(c) for c in value.cells]}
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    value = data.get(name, [])
    if not isinstance(value, list) or len(value) > 40:
        raise ContextError(f"context 的 {name} 不是列表或者太长。")
    return value


def _strings(data: Mapping[str, Any], name: str, longest: int) -> tuple[str, ...]:
    values = _list(data, name)
    if not all(isinstance(v, str) and len(v) <= longest for v in values):
        raise ContextError(f"context 的 {name} 含有不能用的内容。")
    return tuple(values)


def _known(values: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
    if any(v not in known for v in values):
        raise ContextError("context 提到了不存在的指标。")
    return values


def _integer(value: object, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ContextError("context 含有不能用的数。")
    return value


def _cell(value: object, *, in_text: bool = False) -> tuple[str, ...]:
    """One told cell: body, year, metric and applicant, each a string; or a place in a report's text for the metric."""
    if not isinstance(value, list) or len(value) != 4 or not all(isinstance(v, str) and len(v) <= 200 for v in value):
        raise ContextError("context 含有不能用的内容。")
    _, year, metric, applicant = value
    known = metric in metrics() or (in_text and re.fullmatch(r"text:\d{1,8}", metric))
    if not re.fullmatch(r"\d{4}", year) or not known or applicant not in {"", *applicants()}:
        raise ContextError("context 含有不能用的内容。")
    return tuple(value)


def _table(value: object) -> Table:
    if not isinstance(value, Mapping) or set(value) != {"cells", "whole", "worked", "ranked"}:
        raise ContextError("context 含有不能用的内容。")
    if not isinstance(value["whole"], bool) or not isinstance(value["ranked"], bool) or value["worked"] not in ("", *WORKED):
        raise ContextError("context 含有不能用的内容。")
    cells = []
    for told in _list(value, "cells"):
        if not isinstance(told, list) or len(told) != 5:
            raise ContextError("context 含有不能用的内容。")
        body, year, place, applicant, label = told
        if not all(isinstance(w, str) and len(w) <= 200 for w in (body, place, applicant, label)):
            raise ContextError("context 含有不能用的内容。")
        if not is_place(place) or not is_label(label, place) or applicant not in {"", *applicants()}:
            raise ContextError("context 含有不能用的内容。")
        cells.append(Cell(body, _integer(year, 1900, 2200), place, applicant, label))
    return Table(tuple(cells[:CELLS_HELD]), value["whole"], value["worked"], value["ranked"])


def _text(data: Mapping[str, Any], name: str, longest: int) -> str | None:
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > longest:
        raise ContextError(f"context 的 {name} 不能用。")
    return value
