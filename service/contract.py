"""The answer contract: what every way of asking returns."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

AnswerStatus = Literal["answered", "clarify", "not_reported", "no_report", "out_of_scope", "refused"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something is printed. ``place`` is a cell of the form or a section; ``url`` opens it, marked."""

    n: int
    report_id: str
    title: str
    agency: str
    year: int
    published: str | None
    section: str
    place: str
    quote: str
    url: str
    source_url: str | None


@dataclass(frozen=True, slots=True)
class Operand:
    label: str
    value: float | int | None
    printed: str
    state: str
    citation: int | None


@dataclass(frozen=True, slots=True)
class FigureOut:
    """A figure of an answer: a printed cell, a number of the narrative, or one computed from such."""

    metric: str
    label: str
    agency: str
    year: int
    scope: str
    edition: str
    applicant: str | None
    value: float | int | None
    unit: str
    printed: str
    state: str
    citation: int | None
    formula: str | None = None
    operands: tuple[Operand, ...] = ()
    period: str | None = None


@dataclass(frozen=True, slots=True)
class PassageOut:
    """A passage. ``highlights`` are (start, end) within ``text``."""

    text: str
    highlights: tuple[tuple[int, int], ...]
    score: float
    citation: int


@dataclass(frozen=True, slots=True)
class Caution:
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a click asks next: a whole question, and where it is needed the agency or year that it is asked of."""

    text: str
    question: str
    agency: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Series to draw: one value a category; None where the report gives no number."""

    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | int | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was understood; ``text`` says it in a line.

    among      how many reports were looked at, where a question is about many
    condition  what picks reports out, in the question's own words (超过100)
    """

    text: str
    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    metrics: tuple[str, ...] = ()
    applicant: str | None = None
    operation: str = "value"
    corrections: tuple[tuple[str, str], ...] = ()
    among: int | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    status: AnswerStatus
    text: str
    figures: tuple[FigureOut, ...] = ()
    passages: tuple[PassageOut, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[Caution, ...] = ()
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    chart: Chart | None = None
    understood: Understood | None = None
    context: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain JSON data."""
        data = asdict(self)
        if self.chart:
            data["chart"]["series"] = [{"name": name, "values": list(values)} for name, values in self.chart.series]
        return data
