"""Slips in what is written: cells, labels, and the document round the tables."""

from __future__ import annotations

import itertools
from dataclasses import replace
from random import Random

from tests.generate import BLOCKS, GeneratedReport, Gold, Key, Wording
from tests.print_content import Form, Item, Line, Slot, as_it_is
from tests.slip import Expected, Plant, Slip, Slipped, all_of, label_changed, on_rows, row_keys

# ----------------------------------------------------------------------------------------------------------- in the cells


def glued_zeros(made: GeneratedReport, rng: Random) -> Slipped:
    """``规章000`` in one cell: single zeros can be told apart."""
    return _glued(made, ("0", "0", "0"), "careful")


def glued_figures(made: GeneratedReport, rng: Random) -> Slipped:
    """``规章2012``: where one figure ends and the next begins cannot be told."""
    return _glued(made, (str(rng.randint(1, 30)), "0", str(rng.randint(1, 30))), "doubt")


def _glued(made: GeneratedReport, figures: tuple[str, ...], expected: Expected) -> Slipped:
    keys = [key for key in made.cells if key[0].startswith("rules.")]
    for key, text in zip(keys, figures, strict=True):
        made = made.with_number(key, int(text))

    def change(row: tuple[Slot, ...]) -> tuple[Slot, ...]:
        return (Slot(row[0].text + "".join(figures), across=4),) if row[-1].key in keys else row

    return Slipped(made, on_rows(2, change), all_of(keys, expected))


def split_digits(made: GeneratedReport, rng: Random) -> Slipped:
    """``35 11`` for 3511 in one cell: joined only where the row then adds up."""
    key: Key = ("requests.received", "natural")
    made = made.with_cell(key, "35 11", Gold("value", 3511))
    return Slipped(made, as_it_is, {key: "doubt"})  # the row was made for another figure, so that 3511 does not add up


def split_over_two_cells(made: GeneratedReport, rng: Random) -> Slipped:
    """35 and 11 in two cells: a row of eight."""
    made = made.with_number(("outcome.granted", "natural"), 3511)

    def change(row: tuple[Slot, ...]) -> tuple[Slot, ...]:
        return tuple(
            itertools.chain.from_iterable(
                (Slot("35"), Slot("11")) if slot.key == ("outcome.granted", "natural") else (slot,) for slot in row
            )
        )

    return Slipped(made, on_rows(3, change), all_of(row_keys("outcome.granted"), "doubt"))


def signs_in_changes(made: GeneratedReport, rng: Random) -> Slipped:
    for row, text, value in (("licensing", "+123", 123), ("services", "减4", -4), ("penalty", "-59", -59), ("coercion", "增加2项", 2)):
        made = made.with_cell((f"{row}.items_change", None), text, Gold("value", value, "项" if "项" in text else ""))
    return Slipped(made)


def units_in_cells(made: GeneratedReport, rng: Random) -> Slipped:
    metric = "fees.amount" if made.edition == "2021" else "procurement.amount"
    text, value, unit = rng.choice(
        (("19.7 万", 19.7, "万"), ("251000元", 251_000, "元"), ("128.6441万元", 128.6441, "万元"), ("1,808,595元", 1_808_595, "元"))
    )
    made = made.with_cell((metric, None), text, Gold("value", value, unit))
    return Slipped(made.with_cell(("requests.received", "natural"), "5件", Gold("value", 5, "件")))


def words_in_cells(made: GeneratedReport, rng: Random) -> Slipped:
    for key in [key for key in made.cells if key[0].startswith("rules.")]:
        made = made.with_cell(key, "本单位未制作规章", Gold("text", None))
    return Slipped(made)


def blank_totals(made: GeneratedReport, rng: Random) -> Slipped:
    for key in [key for key in made.cells if key[1] == "total" or key[0].endswith(".total")]:
        made = made.with_cell(key, "", Gold("blank", None))
    return Slipped(made)


def blank_review(made: GeneratedReport, rng: Random) -> Slipped:
    """The cells of 行政复议 are blank while those of 行政诉讼 are 0, as in the seed."""
    for key in [key for key in made.cells if key[1] is None and key[0].startswith(BLOCKS)]:
        made = made.with_cell(key, "", Gold("blank", None)) if key[0].startswith("review.") else made.with_number(key, 0)
    return Slipped(made)


# -------------------------------------------------------------------------------------------------------------- labels


def worded(**changed: object) -> Plant:
    return lambda made, rng: Slipped(replace(made, wording=replace(Wording(), **changed)))  # type: ignore[arg-type]


def spaced_labels(made: GeneratedReport, rng: Random) -> Slipped:
    """结 果 维 持, 自 然 人, 第二十条  第（一）项."""

    def spaced(text: str) -> str:
        return " ".join(text) if 2 <= len(text) <= 5 else text.replace("第（", "  第（")

    edits = [on_rows(number, lambda row: tuple(label_changed(slot, spaced) for slot in row)) for number in (2, 3, 4)]
    return Slipped(made, lambda parts: edits[2](edits[1](edits[0](parts))))


def numbers_lost_in_labels(made: GeneratedReport, rng: Random) -> Slipped:
    """属于国家秘密 for 1.属于国家秘密, 予以公开 for （一）予以公开."""
    known = {number + made.wording.item: "" for number in "12345678"}

    def bare(text: str) -> str:
        return next((text[len(start) :] for start in known if text.startswith(start)), text)

    return Slipped(made, on_rows(3, lambda row: tuple(label_changed(slot, bare) for slot in row)))


# ---------------------------------------------------------------------------------------------------------- the document


def tables_are_images(made: GeneratedReport, rng: Random) -> Slipped:
    """Sections 二 to 四 hold nothing: their tables were pictures."""
    return Slipped(replace(made, tables=frozenset()), as_it_is, all_of(made.cells, "missing"))


def one_table_is_an_image(made: GeneratedReport, rng: Random) -> Slipped:
    number = rng.choice((2, 3, 4))
    lost = [k for k in made.cells if number == (3 if k[1] else 4 if k[0].startswith(BLOCKS) else 2)]
    return Slipped(replace(made, tables=frozenset((2, 3, 4)) - {number}), as_it_is, all_of(lost, "missing"))


def section_five_unnamed(made: GeneratedReport, rng: Random) -> Slipped:
    """The heading of section 五 is lost after table 四 (打浦桥)."""
    return Slipped(
        made, lambda parts: [p for p in parts if not (isinstance(p, Line) and p.role == "heading" and p.section == 5)], {}, (1, 2, 3, 4, 6)
    )


def text_twice(made: GeneratedReport, rng: Random) -> Slipped:
    """A preview of the text stands before the text."""
    return Slipped(made, lambda parts: [*parts, *parts])


def preview_before(made: GeneratedReport, rng: Random) -> Slipped:
    """Title and the first paragraphs twice."""
    return Slipped(made, lambda parts: [*parts[:8], *parts])


def other_year_left_over(made: GeneratedReport, rng: Random) -> Slipped:
    """Sentences of last year's report that nobody changed."""
    old = made.year - 1
    lines: list[Item] = [
        Line("text", f"截至{old}年底，本机关在册信息公开工作人员3名。", 1),
        Line("text", f"{old}年未发生因政府信息公开引起的投诉。", 1),
    ]
    at = len(made.front) + 3
    return Slipped(made, lambda parts: [*parts[:at], *lines, *parts[at:]])


def named_tables(made: GeneratedReport, rng: Random) -> Slipped:
    """Names of the tables and their units between heading and table."""
    names = {
        2: "表二：主动公开政府信息情况",
        3: "表三：收到和处理政府信息公开申请情况（单位：件）",
        4: "表四：政府信息公开行政复议、行政诉讼情况",
    }

    def edit(parts: list[Item]) -> list[Item]:
        return [piece for p in parts for piece in ((Line("text", names[p.number], p.number), p) if isinstance(p, Form) else (p,))]

    return Slipped(made, edit)


def odd_marks(made: GeneratedReport, rng: Random) -> Slipped:
    """Every mark for what does not apply; none is a zero."""
    keys = [key for key in made.cells if key[0].startswith(("rules.", "coercion."))] + row_keys("outcome.refused.security")
    for key in keys:
        made = made.with_cell(key, rng.choice(("/", "／", "－", "-", "--", "—", "——", "无", "不涉及", "不适用", "N/A")), Gold("na", None))
    return Slipped(made)


def decimal_zeros(made: GeneratedReport, rng: Random) -> Slipped:
    """3.0 and 0.0, as a spreadsheet turned into a page has them."""
    for key in row_keys("requests.received"):
        number = int(made.gold[key].value or 0)
        made = made.with_cell(key, f"{number}.0", Gold("value" if number else "zero", number))
    return Slipped(made)


def signed_zero(made: GeneratedReport, rng: Random) -> Slipped:
    for row, text in (("licensing", "+0"), ("penalty", "-0"), ("coercion", "增0")):
        made = made.with_cell((f"{row}.items_change", None), text, Gold("zero", 0))
    return Slipped(made.with_cell(("services.items_change", None), "持平", Gold("text", None)))


def heji(made: GeneratedReport, rng: Random) -> Slipped:
    """合计 for 总计 everywhere."""
    edits = [on_rows(n, lambda row: tuple(label_changed(s, lambda text: text.replace("总计", "合计")) for s in row)) for n in (3, 4)]
    return Slipped(made, lambda parts: edits[1](edits[0](parts)))


def units_in_labels(made: GeneratedReport, rng: Random) -> Slipped:
    """本年新收政府信息公开申请数量（件）."""
    return Slipped(
        made, on_rows(3, lambda row: tuple(label_changed(s, lambda text: text + "（件）" if text.endswith("数量") else text) for s in row))
    )


def page_marks(made: GeneratedReport, rng: Random) -> Slipped:
    """— 3 — between paragraphs, where pages ended."""

    def edit(parts: list[Item]) -> list[Item]:
        found: list[Item] = []
        for at, part in enumerate(parts):
            found.append(part)
            if at > 3 and at % 3 == 0:
                found.append(Line("text", rng.choice(("— {} —", "- {} -", "{}", "第 {} 页")).format(at // 3)))
        return found

    return Slipped(made, edit)


WORD_SLIPS: dict[str, Slip] = {
    **{
        plant.__name__: Slip(plant)
        for plant in (
            glued_zeros, glued_figures, split_digits, split_over_two_cells, units_in_cells, words_in_cells, blank_totals, blank_review,
            odd_marks, decimal_zeros, spaced_labels, numbers_lost_in_labels, heji, units_in_labels, tables_are_images,
            one_table_is_an_image, section_five_unnamed, text_twice, preview_before, other_year_left_over, named_tables, page_marks,
        )
    },
    "signs_in_changes": Slip(signs_in_changes, "2019"),
    "signed_zero": Slip(signed_zero, "2019"),
    "abbreviated": Slip(worded(abbreviated=True), "2021"),
    "two_columns_of_one_name": Slip(worded(changed={"本年新制作数量": "本年新", "本年新公开数量": "本年新"}), "2019"),
    "cut_column": Slip(worded(changed={"现行有效件数": "现行有效件"}), "2021"),
    "shorter_column": Slip(worded(changed={"对外公开总数量": "对外公开"}), "2019"),
    "short_normative": Slip(worded(short_normative=True), "2021"),
    "explained_row": Slip(worded(changed={"规章": "规章（设区的市以上的人民政府应提供本级规章的目录和全文）"})),
    "lost_clause_marks": Slip(worded(changed={f"第二十条第（{n}）项": f"第二十条（{n}）项" for n in "一五六八九"})),
    "half_width": Slip(worded(brackets="()", quotes='""', item="、")),
    "direct_suit": Slip(worded(changed={"未经复议直接起诉": "未经复议直接诉讼"})),
}  # fmt: skip
