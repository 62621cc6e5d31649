"""Slips of the tables' structure: rows, columns and headings that are short, long, doubled, moved or lost."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.generate import BLOCKS, RESULTS, GeneratedReport, Gold, Key
from tests.print_content import Form, Item, Rows, Slot
from tests.slip import COLUMNS, Slip, Slipped, all_of, holds, on_rows, on_table, request_metrics, row_keys


def short_row(made: GeneratedReport, rng: Random) -> Slipped:
    """Six cells where seven belong (龙岗): which one is gone cannot be told."""
    metric, lost = rng.choice(request_metrics(made)), rng.randrange(7)
    edit = on_rows(3, lambda row: tuple(s for s in row if s.key != (metric, COLUMNS[lost])) if holds(row, metric) else row)
    return Slipped(made, edit, all_of(row_keys(metric), "doubt"))


def long_row(made: GeneratedReport, rng: Random) -> Slipped:
    """Eight figures in a row of seven."""
    metric, at = rng.choice(request_metrics(made)), rng.randrange(7)

    def change(row: tuple[Slot, ...]) -> tuple[Slot, ...]:
        first = next((n for n, slot in enumerate(row) if slot.key == (metric, COLUMNS[at])), None)
        return row if first is None else (*row[:first], Slot("4"), *row[first:])

    return Slipped(made, on_rows(3, change), all_of(row_keys(metric), "doubt"))


def extra_column(made: GeneratedReport, rng: Random) -> Slipped:
    """An empty column at the end of the tables (微山)."""

    def change(rows: Rows) -> Rows:
        return tuple((*row, Slot("")) if at or len(rows) < 10 else (*row, Slot("", down=1)) for at, row in enumerate(rows))

    edits = [on_table(number, change) for number in (2, 3)]
    return Slipped(made, lambda parts: edits[1](edits[0](parts)))


def serial_numbers(made: GeneratedReport, rng: Random) -> Slipped:
    """A column of serial numbers before the labels."""

    def change(rows: Rows) -> Rows:
        lines = [(Slot("序号", down=3), *rows[0]), *rows[1:3]]
        return (*lines, *((Slot(str(at)), *row) for at, row in enumerate(rows[3:], 1)))

    return Slipped(made, on_table(3, change))


def column_numbers(made: GeneratedReport, rng: Random) -> Slipped:
    """A row of column numbers (栏次) under the heading, as statistical tables have."""
    line = (Slot("栏次", across=3), *(Slot(str(n)) for n in range(1, 8)))
    return Slipped(made, on_table(3, lambda rows: (*rows[:3], line, *rows[3:])))


def few_columns(made: GeneratedReport, rng: Random) -> Slipped:
    """Only 自然人, 商业企业 and 总计: the other columns are not in the report."""
    kept = ("natural", "company", "total")
    head = (
        (Slot("申请人情况", down=2, across=3), Slot("自然人", down=2), Slot("法人或其他组织"), Slot("总计", down=2)),
        (Slot("商业企业"),),
    )

    def change(rows: Rows) -> Rows:
        return (*head, *(tuple(slot for slot in row if slot.label or (slot.key and slot.key[1] in kept)) for row in rows[3:]))

    lost = [(metric, column) for metric in request_metrics(made) for column in COLUMNS if column not in kept]
    return Slipped(made, on_table(3, change), all_of(lost, "missing"))


def swapped_columns(made: GeneratedReport, rng: Random) -> Slipped:
    """总计 stands first, in heading and rows alike."""

    def change(rows: Rows) -> Rows:
        upper = (rows[1][-1], *rows[1][:-1])
        return (rows[0], upper, rows[2], *(_moved(row) for row in rows[3:]))

    def _moved(row: tuple[Slot, ...]) -> tuple[Slot, ...]:
        labels = [slot for slot in row if slot.label]
        return (*labels, row[-1], *row[len(labels) : -1])

    return Slipped(made, on_table(3, change), all_of([k for m in request_metrics(made) for k in row_keys(m)], "careful"))


def header_without_its_first_name(made: GeneratedReport, rng: Random) -> Slipped:
    """自然人 is lost from the heading (临潼); the rows are whole."""

    def change(rows: Rows) -> Rows:
        return (rows[0], (replace(rows[1][0], text=""), *rows[1][1:]), *rows[2:])

    return Slipped(made, on_table(3, change))


def header_in_one_row(made: GeneratedReport, rng: Random) -> Slipped:
    """The heading without 法人或其他组织: one row of seven names."""
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    head = (Slot("申请人情况", across=3), *map(Slot, names))
    return Slipped(made, on_table(3, lambda rows: (head, *rows[3:])))


def repeated_header(made: GeneratedReport, rng: Random) -> Slipped:
    """The heading once more in the middle of table 三, where a page ended."""

    def change(rows: Rows) -> Rows:
        at = next(n for n, row in enumerate(rows) if holds(row, "outcome.granted"))
        # The merged 三、 label is broken by the page too: its part before the break is this row only.
        before = (*rows[3:at], (replace(rows[at][0], down=1), *rows[at][1:]))
        rest = (replace(Slot("三、本年度办理结果"), down=rows[at][0].down - 1), *rows[at + 1])
        return (*rows[:3], *before, *rows[:3], rest, *rows[at + 2 :])

    return Slipped(made, on_table(3, change))


def table_in_two(made: GeneratedReport, rng: Random) -> Slipped:
    """Table 三 as two tables, the second without a heading."""

    def edit(parts: list[Item]) -> list[Item]:
        found: list[Item] = []
        for part in parts:
            if isinstance(part, Form) and part.number == 3:
                at = next(n for n, row in enumerate(part.rows) if holds(row, "outcome.granted"))
                rest = (Slot("三、本年度办理结果", down=part.rows[at][0].down - 1), *part.rows[at + 1])
                first = (*part.rows[:at], (replace(part.rows[at][0], down=1), *part.rows[at][1:]))
                found += [Form(3, first), Form(3, (rest, *part.rows[at + 2 :]))]
            else:
                found.append(part)
        return found

    return Slipped(made, edit)


def sub_labels_lost(made: GeneratedReport, rng: Random) -> Slipped:
    """The names of the rows of 不予公开 are gone: a long run of figures that belong to no row."""
    metrics = [m for m in request_metrics(made) if m.startswith("outcome.refused.")]

    def change(row: tuple[Slot, ...]) -> tuple[Slot, ...]:
        if not any(holds(row, metric) for metric in metrics):
            return row
        return tuple(replace(slot, text="") if slot.label and "不予公开" not in slot.text and slot.down == 1 else slot for slot in row)

    return Slipped(made, on_rows(3, change), all_of([key for metric in metrics for key in row_keys(metric)], "doubt"))


def conflicting_row(made: GeneratedReport, rng: Random) -> Slipped:
    """One row stands twice with different figures."""
    metric = rng.choice(["requests.received", "requests.carried_in", "requests.carried_out"])

    def change(rows: Rows) -> Rows:
        at = next(n for n, row in enumerate(rows) if holds(row, metric))
        other = tuple(Slot(str(rng.randint(100, 999))) if slot.key else slot for slot in rows[at])
        return (*rows[: at + 1], other, *rows[at + 1 :])

    return Slipped(made, on_table(3, change), all_of(row_keys(metric), "doubt"))


def same_row_twice(made: GeneratedReport, rng: Random) -> Slipped:
    metric = rng.choice(["requests.received", "requests.carried_in", "requests.carried_out"])

    def change(rows: Rows) -> Rows:
        at = next(n for n, row in enumerate(rows) if holds(row, metric))
        return (*rows[: at + 1], rows[at], *rows[at + 1 :])

    return Slipped(made, on_table(3, change))


def one_cell_for_a_row(made: GeneratedReport, rng: Random) -> Slipped:
    """All cells of a row merged into one that says 0 or words: 本单位未制作规章."""
    keys: list[Key] = [key for key in made.cells if key[0].startswith("rules.")]
    words = rng.choice(("0", "本单位未制作规章", "无"))
    gold = {"0": Gold("zero", 0), "无": Gold("na", None)}.get(words, Gold("text", None))
    for key in keys:
        made = made.with_cell(key, words, gold)

    def change(row: tuple[Slot, ...]) -> tuple[Slot, ...]:
        return (row[0], Slot(words, across=3)) if row[-1].key in keys else row

    return Slipped(made, on_rows(2, change), all_of(keys, "careful"))


def disputes_in_one_row(made: GeneratedReport, rng: Random) -> Slipped:
    """Fifteen figures under 行政复议 and 行政诉讼 alone, the names of the columns gone."""
    keys: list[Key] = [(f"{block}.{result}", None) for block in BLOCKS for result in (*RESULTS, "total")]
    return Slipped(made, on_table(4, lambda rows: (rows[0], rows[-1])), all_of(keys, "careful"))


def empty_column_between(made: GeneratedReport, rng: Random) -> Slipped:
    """An empty column between the labels and the figures of table 三."""

    def change(rows: Rows) -> Rows:
        head = ((rows[0][0], Slot("", down=3), *rows[0][1:]), *rows[1:3])
        return (*head, *((*_labels(row), Slot(""), *_figures(row)) for row in rows[3:]))

    return Slipped(made, on_table(3, change))


def _labels(row: tuple[Slot, ...]) -> tuple[Slot, ...]:
    return tuple(slot for slot in row if slot.label)


def _figures(row: tuple[Slot, ...]) -> tuple[Slot, ...]:
    return tuple(slot for slot in row if not slot.label)


def narrow_label(made: GeneratedReport, rng: Random) -> Slipped:
    """A label that spans one column too few: its row's figures stand one column to the left of their heading."""
    metric = rng.choice(["requests.received", "requests.carried_in", "requests.carried_out"])
    edit = on_rows(3, lambda row: (replace(row[0], across=2), *row[1:]) if holds(row, metric) else row)
    return Slipped(made, edit, all_of(row_keys(metric), "careful"))


def short_rowspan(made: GeneratedReport, rng: Random) -> Slipped:
    """三、本年度办理结果 reaches over one row too few: （七）总计 stands where its label does not belong."""
    edit = on_rows(3, lambda row: (replace(row[0], down=row[0].down - 1), *row[1:]) if holds(row, "outcome.granted") else row)
    return Slipped(made, edit, all_of(row_keys("outcome.total"), "careful"))


def narrow_header(made: GeneratedReport, rng: Random) -> Slipped:
    """法人或其他组织 spans four columns instead of five, so that 总计 stands over 其他."""

    def change(rows: Rows) -> Rows:
        upper = tuple(replace(slot, across=4) if slot.across == 5 else slot for slot in rows[1])
        return (rows[0], upper, *rows[2:])

    return Slipped(made, on_table(3, change), all_of([k for m in request_metrics(made) for k in row_keys(m)], "careful"))


def header_apart(made: GeneratedReport, rng: Random) -> Slipped:
    """The heading of table 三 is a table of its own, as pages with a fixed heading have it."""

    def edit(parts: list[Item]) -> list[Item]:
        return [
            piece
            for part in parts
            for piece in ((Form(3, part.rows[:3]), Form(3, part.rows[3:])) if isinstance(part, Form) and part.number == 3 else (part,))
        ]

    return Slipped(made, edit)


def a_table_a_row(made: GeneratedReport, rng: Random) -> Slipped:
    """Some converters make each row a table; only the labels in the row itself are left to go by."""

    def single(row: tuple[Slot, ...]) -> Form:
        return Form(3, (tuple(replace(slot, down=1) for slot in row),))

    def edit(parts: list[Item]) -> list[Item]:
        found: list[Item] = []
        for part in parts:
            found += [single(row) for row in part.rows] if isinstance(part, Form) and part.number == 3 else [part]
        return found

    return Slipped(made, edit)


def disputes_in_three_tables(made: GeneratedReport, rng: Random) -> Slipped:
    """Table 四 a table a block, each with its name."""
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")

    def edit(parts: list[Item]) -> list[Item]:
        found: list[Item] = []
        for part in parts:
            if isinstance(part, Form) and part.number == 4:
                results, figures = part.rows[2][:5], part.rows[3]
                found += [
                    Form(4, ((Slot(name, across=5),), results, figures[at : at + 5])) for name, at in zip(names, (0, 5, 10), strict=True)
                ]
            else:
                found.append(part)
        return found

    keys: list[Key] = [(f"{block}.{result}", None) for block in BLOCKS for result in (*RESULTS, "total")]
    return Slipped(made, edit, all_of(keys, "careful"))


def signature_row(made: GeneratedReport, rng: Random) -> Slipped:
    """Who filled the form in, under tables 三 and 四."""
    text = ("填表人：王某", "审核人：李某", "联系电话：0555-5550136", f"填报日期：{made.year + 1}年1月9日")
    three = (Slot("　".join(text), across=10),)
    four = tuple(Slot(words, across=across) for words, across in zip(text, (4, 4, 4, 3), strict=True))
    edits = [on_table(3, lambda rows: (*rows, three)), on_table(4, lambda rows: (*rows, four))]
    return Slipped(made, lambda parts: edits[1](edits[0](parts)))


def unit_row(made: GeneratedReport, rng: Random) -> Slipped:
    """单位：件 as the first row of the tables."""
    edits = [on_table(number, lambda rows, wide=wide: ((Slot("单位：件", across=wide),), *rows)) for number, wide in ((3, 10), (4, 15))]  # type: ignore[misc]
    return Slipped(made, lambda parts: edits[1](edits[0](parts)))


def sums_in_rows(made: GeneratedReport, rng: Random) -> Slipped:
    """不予公开 has a row of its own with the sum of its parts, as some agencies add."""

    def change(rows: Rows) -> Rows:
        first = next(n for n, row in enumerate(rows) if holds(row, "outcome.refused.state_secret"))
        sums = tuple(Slot(str(sum(int(made.gold[m, c].value or 0) for m in request_metrics(made) if ".refused." in m))) for c in COLUMNS)
        group = replace(rows[first][0], down=9)
        upper = [tuple(replace(s, down=s.down + 1) if s.down > 20 else s for s in row) for row in rows[:first]]
        return (*upper, (group, Slot("小计"), *sums), rows[first][1:], *rows[first + 1 :])

    return Slipped(made, on_table(3, change))


TABLE_SLIPS: dict[str, Slip] = {
    plant.__name__: Slip(plant)
    for plant in (
        long_row, extra_column, empty_column_between, serial_numbers, column_numbers, few_columns, swapped_columns,
        header_without_its_first_name, header_in_one_row, header_apart, narrow_header, repeated_header, table_in_two, a_table_a_row,
        sub_labels_lost, conflicting_row, same_row_twice, sums_in_rows, narrow_label, short_rowspan, disputes_in_one_row,
        disputes_in_three_tables, signature_row, unit_row,
    )
} | {
    # Where every row has all columns, a row that lost a cell is a row whose last cell is blank.
    plant.__name__: Slip(plant, cells=True)
    for plant in (short_row, one_cell_for_a_row)
}  # fmt: skip
