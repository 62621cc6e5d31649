"""A generated report as a writer's document: lines with a role, and the three tables with real merged cells.

What the printers of every file type (print_html, print_docx, print_xlsx, print_files) have in common. Nothing here comes
from corpus/, so that the readers are judged by something other than themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from tests.generate import (
    ABBREVIATED,
    APPLICANTS,
    BLOCKS,
    DISCLOSURE,
    NUMBERS,
    RESULTS,
    TITLES,
    GeneratedReport,
    Key,
    Wording,
    render,
    request_lines,
    said,
)

APPLICANT_LABELS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
RESULT_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
RELATION_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
# Marks of Markdown stand in text files only.
FILE_TITLES = tuple(name for name in TITLES if name != "markdown")
FILE_NUMBERS = tuple(name for name in NUMBERS if name not in ("markdown", "bold"))


@dataclass(frozen=True, slots=True)
class Slot:
    """A real cell of a table, ``down`` rows high and ``across`` columns wide; ``key`` tells a figure's cell."""

    text: str
    down: int = 1
    across: int = 1
    key: Key | None = None

    @property
    def label(self) -> bool:
        return self.key is None


Rows = tuple[tuple[Slot, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. ``section`` counts from 0 (what stands before section 一); a heading opens its section."""

    role: Literal["title", "meta", "preface", "heading", "text"]
    text: str
    section: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """Table ``number`` (2 to 4)."""

    number: int
    rows: Rows


Item = Line | Form
Edit = Callable[[list[Item]], list[Item]]
"""What a planted slip does to the document."""


def as_it_is(parts: list[Item]) -> list[Item]:
    """No slip."""
    return parts


def items(made: GeneratedReport, rng: Random, edit: Edit = as_it_is) -> list[Item]:
    """The report from top to bottom. Table 二 ends its section, tables 三 and 四 begin theirs."""
    text = render(replace(made, tables=frozenset(), tight=False), "lines", rng)
    lines = [line for line in text.split("\n") if line]
    found: list[Item] = []
    section = 0
    forms = {n: Form(n, rows) for n, rows in _forms(made).items() if n in made.tables}
    for at, line in enumerate(lines):
        if section < 6 and line == made.headings[section]:
            if section == 2 and 2 in forms:
                found.append(forms[2])
            section += 1
            found.append(Line("heading", line, section))
            if section in (3, 4) and section in forms:
                found.append(forms[section])
        elif at < len(made.front):
            found.append(Line("meta" if at == len(made.front) - 1 else "title", line))
        else:
            found.append(Line("text" if section else "preface", line, section))
    return edit(found)


def _forms(made: GeneratedReport) -> dict[int, Rows]:
    return {
        2: tuple(row for clause in disclosure_clauses(made) for row in clause),
        3: tuple(_request_rows(made)),
        4: tuple(_dispute_rows(made)),
    }


def disclosure_clauses(made: GeneratedReport) -> list[Rows]:
    """Table 二 a clause at a time, four columns wide, the last cell of a row reaching to the end."""
    clauses = []
    for title, rows, columns in DISCLOSURE[made.edition]:
        rest = 4 - len(columns)
        head = [Slot("信息内容"), *(Slot(said(name, made.wording)) for _, name in columns)]
        lines = [(Slot(said(title, made.wording), across=4),), _reaching(head, rest)]
        for row, name in rows:
            if row == "normative" and made.wording.short_normative:
                name = "规范性文件"
            keys: list[Key] = [(f"{row}.{column}", None) for column, _ in columns]
            lines.append(_reaching([Slot(said(name, made.wording)), *(Slot(made.cells[key], key=key) for key in keys)], rest))
        clauses.append(tuple(lines))
    return clauses


def _reaching(row: Sequence[Slot], across: int) -> tuple[Slot, ...]:
    return (*row[:-1], replace(row[-1], across=across))


def _request_rows(made: GeneratedReport) -> Iterator[tuple[Slot, ...]]:
    wording = made.wording
    yield Slot(said(RELATION_NOTE, wording), 3, 3), Slot("申请人情况", across=7)
    yield Slot("自然人", 2), Slot("法人或其他组织", across=5), Slot("总计", 2)
    yield tuple(Slot(name) for name in APPLICANT_LABELS)
    lines = request_lines(made.edition)
    groups: list[Slot] = []  # merged labels that begin with the next row
    for at, (metric, depth, number, label) in enumerate(lines):
        text = _request_label(wording, metric, depth, number, label)
        if metric is None:
            inside = [line for line in _until_level(lines[at + 1 :], depth) if line[0]]
            groups.append(Slot(text, down=len(inside)))
            continue
        keys: list[Key] = [(metric, applicant) for applicant in (*APPLICANTS, "total")]
        yield *groups, Slot(text, across=3 - depth), *(Slot(made.cells[key], key=key) for key in keys)
        groups = []


def _request_label(wording: Wording, metric: str | None, depth: int, number: str, label: str) -> str:
    if wording.abbreviated and metric in ABBREVIATED:
        label = ABBREVIATED[metric]
    return said(number + (wording.item if depth == 2 else "") + label, wording)


def _until_level(lines: Sequence[tuple[str | None, int, str, str]], depth: int) -> Iterator[tuple[str | None, int, str, str]]:
    for line in lines:
        if line[1] <= depth:
            return
        yield line


def _dispute_rows(made: GeneratedReport) -> Iterator[tuple[Slot, ...]]:
    yield Slot("行政复议", across=5), Slot("行政诉讼", across=10)
    results = tuple(Slot(said(name, made.wording)) for name in RESULT_LABELS)
    courts = (Slot(said(name, made.wording), across=5) for name in ("未经复议直接起诉", "复议后起诉"))
    yield *(replace(slot, down=2) for slot in results), *courts
    yield *results, *results
    keys: list[Key] = [(f"{block}.{result}", None) for block in BLOCKS for result in (*RESULTS, "total")]
    yield tuple(Slot(made.cells[key], key=key) for key in keys)


def placed(rows: Rows) -> list[list[tuple[int, Slot]]]:
    """Each row's own cells with the grid column in which each begins."""
    held: dict[tuple[int, int], bool] = {}
    found: list[list[tuple[int, Slot]]] = []
    for at, row in enumerate(rows):
        line: list[tuple[int, Slot]] = []
        column = 0
        for slot in row:
            while (at, column) in held:
                column += 1
            line.append((column, slot))
            held |= {(at + down, column + across): True for down in range(slot.down) for across in range(slot.across)}
            column += slot.across
        found.append(line)
    return found


def flattened(rows: Rows) -> list[list[Slot]]:
    """The full grid without merged cells: what a merged cell covered besides its first slot is empty."""
    lines = placed(rows)
    width = max(column + slot.across for line in lines for column, slot in line)
    grid = [[Slot("") for _ in range(width)] for _ in rows]
    for at, line in enumerate(lines):
        for column, slot in line:
            grid[at][column] = replace(slot, down=1, across=1)
    return grid


def by_clause(rows: Rows) -> list[Rows]:
    """Table 二 cut into a table a clause."""
    starts = [at for at, row in enumerate(rows) if row[0].text.startswith("第二十条")]
    return [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)] or [rows]


def cut(text: str, rng: Random, pieces: int = 2) -> list[str]:
    """``text`` in up to ``pieces`` parts, divided at random."""
    places = sorted(rng.sample(range(1, len(text)), min(pieces - 1, len(text) - 1))) if len(text) > 1 else []
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
