"""A doubt, and what an answer gives in the terms that a question asks in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.forms import applicants, concepts, metrics
from service.case import Case
from service.cells import asked_for
from service.contract import Answer
from service.evidence import full_label
from service.lexicon import TermHit


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a question says and its answer does not account for: ``words`` as the question has them."""

    kind: str
    words: str


COMPUTED = ("sum", "share", "difference", "growth", "mean", "median", "times", "count")


class Told:
    """What an answer gives, in the terms that a question asks in."""

    def __init__(self, case: Case, given: Answer) -> None:
        figures = [f for f in asked_for(case, given.figures) if f.value is not None or f.state != "computed"]
        self.figures = figures
        self.metrics = {f.metric for f in figures}
        # Of a share what it is the share of: the first operand's label leads back to its metric.
        labels = {o.label for f in figures if f.metric == "share" for o in f.operands[:1]}
        self.parts = self.metrics | {m for m in metrics() if labels and any(full_label(m) in label for label in labels)}
        self.text, self.noted = given.text, case.noted
        self.words = given.text + " ".join([*(f.label for f in figures), *(o.label for f in figures for o in f.operands)])
        self.words += " ".join(applicants().get(f.applicant or "", "") for f in figures)
        self.words += " ".join(p.text for p in given.passages)
        self.picked_by = [re.sub(r"\s+", "", words) for words in re.findall(r"“([^”]*)”", given.text)]
        self.quoted = " ".join(re.findall(r"“([^”]*)”", given.text))
        self.labels = " ".join([*(f.label for f in figures), *(p.text for p in given.passages)])
        self.applicants = {f.applicant for f in figures if f.applicant}
        self.agencies = {f.agency for f in figures if f.agency} | set(case.agencies)
        self.bodies = case.listed.bodies
        self.many = len(self.bodies) > 1 or bool(case.among)
        before = case.request.context
        self.spoken_of = {len(before.pool), len(before.agencies), len(before.order)} if before else set()
        self.years = set(case.years)
        self.passages = given.passages
        self.units = {f.unit for f in figures}
        self.bare = {(f.metric, f.applicant, f.unit, f.label, f.year, f.agency) for f in figures}
        self.incomparable = bool(re.search(r"不能|算不出|没有写", given.text))

    def counts(self, *, added: bool, halves: bool = True) -> set[int]:
        """How many things of one kind the answer tells; what it adds up counts where a sum, share or rank is asked for.

        ``halves``: whether the two ways to court count too, where their sum is told.
        """
        stated = {bare for bare in self.bare if bare[0] not in ("difference", "growth")}
        sizes = {len(self.metrics), len(self.applicants), len(stated), len({f.label for f in self.figures}), len(self.years)}
        sizes |= {len([f for f in self.figures if f.metric not in COMPUTED])} - {len(self.bodies)}
        if added:
            for f in (f for f in self.figures if halves or not f.metric.startswith("litigation.")):
                sizes |= {len(f.operands), (f.formula or "").count("＋") + 1}
        return sizes | {size - 1 for size in sizes if size > 3} | {len(self.bodies)}  # a total may stand beside the parts


def is_told(hit: TermHit, told: Told) -> bool:
    """Whether a concept is found again: by its id in a figure, by its label in what is said, or as a part of what is added up."""
    ids, parts = told.metrics, {p for m in told.metrics if m in metrics() for p in (*metrics()[m].parts, *metrics()[m].base)}
    if hit.kind == "applicant":
        legal = hit.id == "legal_persons" and bool(told.applicants - {"total", "natural"})
        return legal or hit.id in told.applicants or applicants().get(hit.id, "?") in told.words
    if hit.kind in ("column", "result") and any(m.endswith("." + hit.id) for m in ids):
        return True
    if any(m == hit.id or m.startswith(hit.id + ".") or hit.id.startswith(m + ".") for m in ids | parts):
        return True
    if hit.id in metrics() and ids & {*metrics()[hit.id].parts}:
        return True
    if hit.kind == "block" and any(hit.id.startswith(m.rpartition(".")[0] + ".") for m in ids):
        return True
    named = [c for c in concepts() if (c.kind, c.id) == (hit.kind, hit.id)]
    return any(word in told.words for c in named for word in (c.label, *c.terms))
