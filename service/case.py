"""One question on its way to an answer: what every step works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from index.embed import Encoder
from index.store import Snapshot, StoredReport
from service.config import Settings
from service.context import Context
from service.contract import Caution
from service.evidence import Desk
from service.query import Query
from service.replacing import replace


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what came with it."""

    question: str
    context: Context | None = None
    agency: str | None = None
    year: int | None = None


class Listed:
    """What many steps ask of one list of reports, gone through once for each: there may be thousands."""

    def __init__(self, reports: list[StoredReport]) -> None:
        self.reports = reports

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.agency for r in self.reports))

    @cached_property
    def bodies(self) -> frozenset[str]:
        return frozenset(r.lineage or r.agency for r in self.reports)

    @cached_property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({r.year for r in self.reports}))

    @cached_property
    def rows(self) -> list[int]:
        return [r.row for r in self.reports]

    @cached_property
    def by_row(self) -> dict[int, StoredReport]:
        return {r.row: r for r in self.reports}


@dataclass(slots=True)
class Case:
    """One question on its way to an answer.

    missing  (agency, year) of the bodies asked about that no report is held of
    told_years  the years that the answer came down to, of all that were looked into
    told_bodies  the bodies of a group that write what was asked for
    focus    the one year that it came down to, while all of them stay spoken of
    candidates  the bodies that a name fits, when it is asked back which is meant
    among    the group of bodies asked about, in words (云溪市的街道), or ""
    frame    the question in words that are whole without what was said before, where its answer is no slot that another year could be put into
    item     what the text counts that was told by its own words: their measure, then the words (service/worded)
    """

    request: Request
    query: Query
    desk: Desk
    settings: Settings
    encoder: Encoder | None
    reports: list[StoredReport] = field(default_factory=list)
    missing: list[tuple[str, int]] = field(default_factory=list)
    among: str = ""
    candidates: tuple[str, ...] = ()
    told_years: tuple[int, ...] = ()
    told_bodies: tuple[str, ...] = ()
    focus: int | None = None
    frame: str = ""
    item: tuple[str, ...] = ()
    _listed: Listed | None = None
    noted: list[Caution] = field(default_factory=list)

    def asking(self, operation: str) -> Case:
        """The same case under another operation, its notes shared."""
        return replace(self, query=replace(self.query, operation=operation))

    @property
    def listed(self) -> Listed:
        """What is known of the reports asked about."""
        if self._listed is None or self._listed.reports is not self.reports:
            self._listed = Listed(self.reports)
        return self._listed

    @property
    def agencies(self) -> tuple[str, ...]:
        """The bodies whose reports are asked about, in their order."""
        return self.listed.agencies

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the reports asked about, ascending."""
        return self.listed.years

    @property
    def several(self) -> bool:
        """Whether the reports are of more than one body; asked at many steps, of thousands of reports."""
        first = next((r.lineage or r.agency for r in self.reports), None)
        return any((r.lineage or r.agency) != first for r in self.reports)

    @property
    def snapshot(self) -> Snapshot:
        return self.desk.snapshot


def cut(text: str, longest: int = 160) -> str:
    """The text, shortened with an ellipsis where it is longer."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
