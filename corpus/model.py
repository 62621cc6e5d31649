"""The vocabulary of the project: what a report is made of. Imports nothing of ours.

All offsets are character offsets into ``Document.text``, half open, so ``text[start:end]`` is what was printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, Literal

import orjson

State = Literal["value", "zero", "blank", "na", "text", "missing", "computed"]
"""What a cell holds. ``computed`` never comes out of a report: it marks sums and shares made of other figures."""

Status = Literal["pass", "fail", "unknown", "notice"]
"""Outcome of a check: it holds, it does not, it cannot be judged; a notice is a remark that no relation backs."""

SCOPES = ("全域汇总", "本级", "部门", "未知")


class CorpusError(Exception):
    """What is wrong with a report, as one Chinese sentence. The tree:

    CorpusError
    ├── UnreadableFile   the bytes cannot be read: empty, binary, too large, of an unknown kind
    └── NotAReport       readable, but not an annual report on information disclosure
    """


class UnreadableFile(CorpusError):
    """The file cannot be read at all."""


class NotAReport(CorpusError):
    """The file can be read and is something else."""


class _Sent:
    """What goes from one process to another by the hundred: as the values that it is made of (dataclasses' own way takes five times as long)."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return type(self), _contents(self.__slots__)(self)


@dataclass(frozen=True, slots=True)
class Span(_Sent):
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text without table cells; ``start``/``end`` leave out white space around it.

    ``sure`` is False when a recogniser was not certain of a character of it.
    """

    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``text`` is stripped, and for a blank cell ``start == end``.

    sure    False when the characters themselves are in doubt (recognised from an image)
    column  grid column where the file knows merged cells, else None
    width   how many grid columns the cell covers
    """

    text: str
    start: int
    end: int
    sure: bool = True
    column: int | None = None
    width: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Consecutive table rows as they stand in the file. Rows may differ in length."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A file after its format is understood: the text, and blocks in reading order that point into it.

    ``meta`` holds what the file says of itself outside its text, where it does: ``title``, ``publisher`` (信息来源),
    ``published`` (as printed), ``site`` (name of the site), ``url``, ``host``; and what reading it came to: ``recognised`` (1 when
    text was recognised in images), ``unread_pages`` (2、3), ``script`` (traditional: the text is a conversion).
    """

    text: str
    blocks: tuple[Block, ...]
    format: str
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections. ``number`` is 1–6 (0: what stands before the first), ``heading`` as printed."""

    number: int
    title: str
    heading: Span
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage(_Sent):
    """A piece of narrative that is retrieved as a whole: some sentences of one paragraph.

    ``topic`` is ``problems`` or ``measures`` within section 五, else None.
    """

    section: int
    text: str
    start: int
    end: int
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Figure(_Sent):
    """One cell of the national form.

    metric     id such as ``outcome.granted`` (corpus/forms)
    applicant  column of table 三, None for tables 二 and 四
    value      the number, or None for every state but value and zero
    unit       as printed in the cell, else as the form prescribes
    place      where it stands, e.g. ``表三 · 三（一）予以公开 · 总计``
    span       the cell, or None when the form's cell is not in the report
    sure       False when damage left more than one reading; such a figure is not quoted
    """

    metric: str
    applicant: str | None
    value: int | float | None
    unit: str
    printed: str
    state: State
    place: str
    span: Span | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Quantity(_Sent):
    """A number that the narrative states.

    counted   the words that say what was counted
    subject   id in corpus/forms/narrative.toml when those words are known, else None
    channel   id of the channel (website, wechat, letter, …) or None
    period    ``year`` (the report's own), ``cumulative``, another year such as ``2018``, or ``before``: what it stood at before it moved
    """

    section: int
    counted: str
    subject: str | None
    channel: str | None
    value: int | float
    unit: str
    printed: str
    approximate: bool
    period: str
    span: Span
    clause: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class Finding(_Sent):
    """The result of one check. ``places`` name every operand, ``values`` what they hold (None: blank)."""

    rule: str
    status: Status
    message: str
    places: tuple[str, ...]
    values: tuple[int | float | None, ...] = ()
    spans: tuple[Span, ...] = ()


def dumped(value: object) -> bytes:
    """A value as JSON in UTF-8, what is a dataclass of this module as the list of what it holds."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_PASSTHROUGH_DATACLASS)


def _plain(held: Any) -> Any:
    return _contents(held.__slots__)(held)


@cache
def _contents(names: tuple[str, ...]) -> attrgetter[Any]:
    return attrgetter(*names)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, read.

    found    where agency, year, scope and date were read
    place    province, city, county and township of the agency, as far as known
    lineage  the same for the same body over time, whatever it was called
    label    what kind of body reports where it is no organ of state (国有企业, 事业单位), else ""
    """

    title: str
    agency: str
    year: int
    scope: str
    edition: str
    found: dict[str, str]
    text: str
    format: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    quantities: tuple[Quantity, ...]
    checks: tuple[Finding, ...]
    paragraphs: tuple[Span, ...] = ()
    place: Mapping[str, str] = field(default_factory=dict)
    lineage: str = ""
    label: str = ""
    published: str | None = None
    source_url: str | None = None
    digest: str = field(default="")

    @property
    def report_id(self) -> str:
        """Stable over copies: a newer copy of the same agency's report of the same year and scope has the same id."""
        key = "\x1f".join((self.agency, str(self.year), self.scope))
        return "r" + hashlib.sha256(key.encode()).hexdigest()[:12]

    @property
    def reading(self) -> str:
        """Digest of all that was read: differs where a newer reader makes something else of the same bytes."""
        parts = (self.title, self.agency, self.year, self.scope, self.edition, self.found, self.text, self.sections, self.passages,
                 self.figures, self.quantities, self.checks, dict(self.place), self.lineage, self.published, self.source_url)  # fmt: skip
        return hashlib.sha256(dumped(parts)).hexdigest()[:16]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a reader should know: every check that did not simply pass."""
        return tuple(check for check in self.checks if check.status != "pass")
