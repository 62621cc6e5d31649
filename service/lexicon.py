"""Which of the forms' concepts a question names: longest terms first, each stretch of text counted once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.forms import Concept, applicants, concepts, forms
from corpus.tables import bare_label


@dataclass(frozen=True, slots=True)
class TermHit:
    """A concept named at ``text[start:end]``. ``weak`` hits count only where nothing more telling stands."""

    kind: str
    id: str
    start: int
    end: int
    weak: bool
    loose: bool = False  # found across a gap, so that other terms may stand inside it


@lru_cache(maxsize=1)
def _terms() -> tuple[tuple[str, tuple[tuple[Concept, bool], ...]], ...]:
    """(term, concepts), longest first."""
    by_term: dict[str, list[tuple[Concept, bool]]] = {}
    for concept in concepts():
        labels = {concept.label} if concept.kind not in ("applicant", "column", "result", "block") else set()
        for term in {*concept.terms, *labels}:
            by_term.setdefault(term.lower(), []).append((concept, False))
        for term in concept.weak:
            by_term.setdefault(term.lower(), []).append((concept, True))
    by_id = {(c.kind, c.id): c for c in concepts()}
    for form in forms().values():
        for request in form.requests:
            concept = by_id["metric", request.metric]
            if len(request.label) > 2:
                for label in {request.label, bare_label(request.label)}:
                    _once(by_term.setdefault(label.lower(), []), concept)
        for clause in form.clauses:
            for row in clause.rows:
                _once(by_term.setdefault(row.label, []), by_id["row", row.id])
            for column in clause.columns:
                _once(by_term.setdefault(column.label, []), by_id["column", column.id])
    for applicant, label in applicants().items():
        if len(label) > 2:
            _once(by_term.setdefault(label, []), by_id["applicant", applicant])
    return tuple(sorted(((t, tuple(c)) for t, c in by_term.items()), key=lambda item: -len(item[0])))


def _once(found: list[tuple[Concept, bool]], concept: Concept) -> None:
    if not any(known.kind == concept.kind and known.id == concept.id for known, _ in found):
        found.append((concept, False))


@lru_cache(maxsize=1)
def _gapped() -> tuple[tuple[re.Pattern[str], tuple[tuple[Concept, bool], ...]], ...]:
    return tuple((re.compile(re.escape(term).replace("…", "[^，。；、？]{0,8}?")), found) for term, found in _terms() if "…" in term)


@lru_cache(maxsize=1)
def _plain() -> tuple[tuple[str, tuple[tuple[Concept, bool], ...]], ...]:
    return tuple((term, found) for term, found in _terms() if "…" not in term)


def find_terms(text: str) -> list[TermHit]:
    """All concepts named in ``text``, in order. Overlapping plain terms: the longest wins."""
    taken = [False] * len(text)
    hits: list[TermHit] = []
    for term, found in _plain():
        start = text.find(term)
        while start >= 0:
            end = start + len(term)
            if not any(taken[start:end]):
                taken[start:end] = [True] * len(term)
                hits += [TermHit(c.kind, c.id, start, end, weak) for c, weak in found]
            start = text.find(term, start + 1)
    for pattern, found in _gapped():
        for match in pattern.finditer(text):
            hits += [TermHit(c.kind, c.id, match.start(), match.end(), weak, True) for c, weak in found]
    return sorted(hits, key=lambda h: (h.start, -h.end))
