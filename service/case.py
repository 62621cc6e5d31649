"""One question on its way to an answer: what every step works on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from index.embed import Encoder
from index.store import Snapshot, StoredReport
from service.config import Settings
from service.context import Context
from service.contract import Caution
from service.evidence import Desk
from service.query import Query


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what came with it."""

    question: str
    context: Context | None = None
    agency: str | None = None
    year: int | None = None


@dataclass(slots=True)
class Case:
    """One question on its way to an answer.

    missing  (agency, year) of the bodies asked about that no report is held of
    told_years  the years that the answer came down to, of all that were looked into
    told_bodies  the bodies of a group that write what was asked for
    focus    the one year that it came down to, while all of them stay spoken of
    candidates  the bodies that a name fits, when it is asked back which is meant
    among    the group of bodies asked about, in words (云溪市的街道), or ""
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
    _counted: tuple[list[StoredReport], tuple[tuple[str, ...], tuple[int, ...]]] | None = None
    noted: list[Caution] = field(default_factory=list)

    def asking(self, operation: str) -> Case:
        """The same case under another operation, its notes shared."""
        return replace(self, query=replace(self.query, operation=operation))

    @property
    def agencies(self) -> tuple[str, ...]:
        """The bodies whose reports are asked about, in their order."""
        return self._names()[0]

    @property
    def years(self) -> tuple[int, ...]:
        return self._names()[1]

    def _names(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        # Thousands of reports are gone through once for each list of them, not by every step that asks.
        if self._counted is None or self._counted[0] is not self.reports:
            agencies = tuple(dict.fromkeys(r.agency for r in self.reports))
            self._counted = (self.reports, (agencies, tuple(sorted({r.year for r in self.reports}))))
        return self._counted[1]

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
