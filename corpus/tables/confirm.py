"""The 勾稽 relations choose between readings; they never change what is printed.

A doubtful cell (digits apart, an uncertain recognition) whose reading makes a relation add up with cells that are not in
doubt is confirmed. In a recognised document the reverse holds as well: a relation that does not add up puts its cells in
doubt, since a misread digit is likelier there than a slip of the agency's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.forms import LEGAL_PERSONS, Form
from corpus.model import Figure

Key = tuple[str, str | None]
Figures = dict[Key, Figure]


@dataclass(frozen=True, slots=True)
class Relation:
    """The sum of ``left`` is the sum of ``right``. ``kind`` is row, column, balance or block."""

    kind: str
    left: tuple[Key, ...]
    right: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return (*self.left, *self.right)


def relations(form: Form) -> Iterator[Relation]:
    """Every relation within one report's tables 三 and 四."""
    outcomes = tuple(r.metric for r in form.requests if r.metric.startswith("outcome.") and r.metric != "outcome.total")
    for row in form.requests:
        yield Relation("row", tuple((row.metric, a) for a in ("natural", *LEGAL_PERSONS)), ((row.metric, "total"),))
    for applicant in form.applicants:
        a = applicant.id
        yield Relation("column", tuple((m, a) for m in outcomes), (("outcome.total", a),))
        yield Relation(
            "balance", (("requests.received", a), ("requests.carried_in", a)), (("outcome.total", a), ("requests.carried_out", a))
        )
    for block in form.blocks:
        parts = tuple((f"{block.id}.{r.id}", None) for r in form.results if r.id != "total")
        yield Relation("block", parts, ((f"{block.id}.total", None),))


def confirm(read: Figures, form: Form, unclear: frozenset[int], *, recognised: bool) -> Figures:
    """``read`` with ``sure`` set by the relations.

    ``unclear`` holds the offsets of cells whose characters are in doubt. Where the doubt is only which column a cell stands in,
    a zero is never confirmed: a blank in its place would add up as well.
    """
    if not recognised and all(figure.sure for figure in read.values()):
        return read
    known = list(relations(form))
    figures = dict(read)
    if recognised:
        figures = _put_in_doubt(figures, known)
    # A cell that one relation confirms may be what the next one lacks.
    while confirmed := _confirmed(figures, known, unclear):
        for key in confirmed:
            figures[key] = replace(figures[key], sure=True)
    return figures


def _confirmed(figures: Figures, known: list[Relation], unclear: frozenset[int]) -> set[Key]:
    """Doubtful cells that stand alone in doubt in a relation that holds, or in two relations that both hold."""
    found: set[Key] = set()
    held: dict[Key, int] = {}
    for relation in known:
        if not _holds(figures, relation):
            continue
        doubtful = [key for key in relation.keys if not figures[key].sure]
        # Zeros among zeros prove little: a lost digit would leave the sum as it is.
        telling = any(figures[key].value for key in relation.keys)
        if len(doubtful) == 1 and telling:
            found.add(doubtful[0])
        for key in doubtful:
            held[key] = held.get(key, 0) + 1
    found |= {key for key, count in held.items() if count >= 2 and figures[key].value}
    return {key for key in found if figures[key].value or ((span := figures[key].span) is not None and span.start in unclear)}


def _put_in_doubt(figures: Figures, known: list[Relation]) -> Figures:
    """Cells of relations that do not hold lose their certainty: where failing ones cross, those that they share, else all."""
    failing = [r for r in known if _judged(figures, r) and not _holds(figures, r)]
    count: dict[Key, int] = {}
    for relation in failing:
        for key in relation.keys:
            count[key] = count.get(key, 0) + 1
    doubted: set[Key] = set()
    for relation in failing:
        crossing = [key for key in relation.keys if count[key] > 1]
        doubted |= set(crossing or relation.keys)
    return {key: replace(figure, sure=figure.sure and key not in doubted) for key, figure in figures.items()}


def _judged(figures: Figures, relation: Relation) -> bool:
    return all(key in figures and figures[key].value is not None for key in relation.keys)


def _holds(figures: Figures, relation: Relation) -> bool:
    """Whether a relation adds up, cells without a number (—, blank) taken as nothing: as evidence that is enough."""
    if not all(key in figures and (figures[key].value is not None or figures[key].state in ("na", "blank")) for key in relation.keys):
        return False
    left, right = (sum(figures[key].value or 0 for key in side) for side in (relation.left, relation.right))
    return abs(left - right) < 1e-9
