"""Tables to figures: by label and structure, never by position alone.

Stages: every grid row in reading order → which table it belongs to → logical rows (a label and the slots after it) →
figures → what the 勾稽 relations confirm. Converters drop merged cells, shift rows and split labels; where a file knows its
merged cells, a value is taken from under its heading, else a row is read from its label to the right, and where blanks leave
several readings, the relations choose. What they cannot choose is marked unsure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.forms import Form, forms
from corpus.model import Document, Figure, Quantity, Section
from corpus.tables import confirm, disclosure, disputes, indicators, requests
from corpus.tables.labels import CLAUSE, bare_label, request_row, squashed
from corpus.tables.rows import by_table, table_rows

__all__ = ["TableReading", "bare_label", "detect_edition", "read_tables"]


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the tables say: figures in the form's order, the edition, and which tables were found.

    ``quantities`` are the lines of an older report's table of indicators, which has no cells of the national form.
    """

    edition: str
    figures: tuple[Figure, ...]
    tables: tuple[int, ...]
    quantities: tuple[Quantity, ...] = ()


def read_tables(document: Document, sections: Sequence[Section], year: int) -> TableReading:
    """Every cell of the report's national form as a figure; a cell that is not in the report is ``missing``."""
    rows = list(table_rows(document, sections))
    edition = detect_edition(cell.text for row in rows for cell in row.cells)
    # A report on documents may speak of 行政规范性文件 without a table of the newer form.
    form_rows = any(request_row("2021", cell.text, -1) == 0 or CLAUSE.search(squashed(cell.text)) for row in rows for cell in row.cells)
    if not form_rows and (older := indicators.read(document)) is not None:
        return TableReading("2008", older[0], (), older[1])
    if not rows and edition == "unknown":
        return TableReading("unknown", _complete(_form_for(year), {}), ())
    form = forms().get(edition) or _form_for(year)
    parts = by_table(rows, form)
    read: dict[confirm.Key, Figure] = {}
    disputed: set[confirm.Key] = set()
    for number, reader in ((2, disclosure.read), (3, requests.read), (4, disputes.read)):
        for figure in reader(parts[number], form):
            key = (figure.metric, figure.applicant)
            known = read.get(key)
            # A table that stands twice is read once; a lost row gives way to a whole one.
            if known is None or (known.span is None and figure.span is not None):
                read[key] = figure
            elif figure.span is not None and (figure.state, figure.value) != (known.state, known.value):
                read[key] = replace(known, sure=False)  # two rows of one name that differ: neither is the one
                disputed.add(key)
    unclear = frozenset(cell.start for row in rows for cell in row.cells if not cell.sure)
    read = confirm.confirm(read, form, unclear, recognised=document.meta.get("recognised") == "1")
    read |= {key: replace(read[key], sure=False) for key in disputed}
    found = tuple(n for n in (2, 3, 4) if any(f.place.startswith(f"表{'一二三四'[n - 1]}") for f in read.values()))
    return TableReading(edition, _complete(form, read), found)


def detect_edition(labels: Iterable[str]) -> str:
    """``2019``, ``2021`` or ``unknown``, by a majority of the labels that only one form has."""
    text = "\n".join(squashed(label) for label in labels)
    votes = {e: sum(squashed(label) in text for label in form.signature) for e, form in forms().items()}
    # A normative document is 规范性文件 in the older form; 行政规范性文件 alone does not outvote column headings.
    best = max(votes, key=lambda e: votes[e])
    return best if votes[best] and list(votes.values()).count(votes[best]) == 1 else "unknown"


def _form_for(year: int) -> Form:
    return forms()["2021" if year >= 2021 else "2019"]


def _complete(form: Form, read: dict[confirm.Key, Figure]) -> tuple[Figure, ...]:
    return tuple(
        read.get((metric, applicant)) or Figure(metric, applicant, None, unit, "", "missing", place, None)
        for metric, applicant, unit, place in form.cells()
    )
