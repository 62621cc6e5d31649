"""What a question asks, in the corpus's own terms."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.agencies import Mention
from service.conditions import Condition
from service.group import Group

OPERATIONS = (
    "value",
    "list",
    "sum",
    "share",
    "exists",
    "compare",
    "rank",
    "find",
    "where",
    "define",
    "coverage",
    "overview",
)


# Whose share is asked for where that is whoever has the most, or the least.
MOST_OF_ALL, LEAST_OF_ALL = "<most>", "<least>"


OUTCOME_CLASSES = ("outcome.granted", "outcome.partial", "outcome.refused", "outcome.unavailable", "outcome.unprocessed", "outcome.other")
# What requests are told out of, as often named for that as asked for by itself.
WHOLES = ("requests.received", "outcome.total", "requests.to_handle")


# Ways in which a request comes in; the other channels are ways of publishing.
REQUEST_CHANNELS = {"in_person", "letter", "online", "email", "fax"}


@dataclass(frozen=True)  # without slots, so that it is copied quickly (service/replacing.py)
class Query:
    """A question understood.

    metrics        ids named outright (table 三, derived, rates)
    less           ids of the parts that are taken off them: 不算予以公开, 剩下几件
    rows, columns, blocks, results   parts of tables 二 and 四 that combine to metrics
    subject, channels   what a narrative number should count
    unit           class of unit asked for (money, people, days, times, info, percent) or None
    section, topic the section asked for
    matter         the question without agency and year: what is searched for
    asked          the same in the question's own words, whatever a follow-up takes over
    residue        words of the matter that no concept accounts for
    premise        a number that the question asserts; with ``premise_top`` the bounds of one that it rounds (五百多, 十几)
    group          the bodies that it asks about, by their kind (各街道)
    whole          全市, 全省: the unit of a place that is meant as a whole, named or not
    condition      what picks reports out: 超过一百件
    picked         the words that pick them where one bound does not say it all (picking.py), without bodies
    singled        one body of the group, or some of them, whose share is asked for
    excluded       bodies of the group that are left out; without_year  the one year that is
    ranked         bodies whose place in a ranking is asked for: 松岚排第几
    together       whether several bodies or cells are meant as what they add up to
    cellwise       whether a row of the form is asked for cell by cell: 行政处罚整行, 七格照抄
    placed         whether its bodies are named by their place in the last ranking: 第二名2023年是多少
    cells          two cells that answers told (body, year, metric, applicant), where it asks how they compare
    shared         whether it goes on with shares that were told before: 谁最高
    top            how many a ranking should name, and which end of it
    """

    text: str
    corrections: tuple[tuple[str, str], ...] = ()
    mention: Mention = field(default_factory=lambda: Mention(()))
    years: tuple[int, ...] = ()
    relative: str | None = None
    metrics: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    subject: str | None = None
    channels: tuple[str, ...] = ()
    unit: str | None = None
    section: int | None = None
    topic: str | None = None
    operation: str = "value"
    asks_number: bool = False
    joined: bool = False
    matter: str = ""
    asked: str = ""
    residue: tuple[str, ...] = ()
    qualifier: str | None = None
    part_of_year: bool = False
    premise: float | None = None
    premise_top: float | None = None
    follows: bool = False
    bare_other: bool = False
    shares: tuple[str, str] | None = None
    base: str | None = None
    attributive: str | None = None
    unit_only: bool = False
    pieces: tuple[str, ...] = ()
    group: Group | None = None
    whole: str = ""
    condition: Condition | None = None
    picked: str = ""
    shared: bool = False
    top: int = 1
    least: bool = False
    mean: bool = False
    growth: str = ""
    singled: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    without_year: int | None = None
    placed: bool = False
    cellwise: bool = False
    together: bool = False
    ranked: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()

    @property
    def has_cells(self) -> bool:
        """Whether a cell of the form is named (strongly)."""
        return bool(self.metrics or self.rows or self.blocks)

    @property
    def subject_only(self) -> bool:
        """Whether the matter is one of the narrative alone."""
        return self.subject not in (None, "requests.received", "requests.completed")

    @property
    def has_rows_named_other(self) -> bool:
        """Whether 其他 in the question belongs to a row's or result's own label."""
        return any(m.startswith(("outcome.other", "services.")) for m in self.metrics) or "services" in self.rows

    @property
    def has_topic(self) -> bool:
        return bool(self.has_cells or self.subject or self.section or self.channels)
