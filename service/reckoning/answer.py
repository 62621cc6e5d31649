"""A question that reckons with what was told, answered: its operands read again, set against each other and shown with what was worked out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from corpus.textual import number, show_number
from service import compose
from service.case import Case
from service.contract import Answer, FigureOut
from service.directory import directory
from service.evidence import growth_of, percent_of
from service.question import understand
from service.reckoning.expression import Item, Like, Part, Unread, parts_of, with_those_added
from service.reckoning.reading import cell_like, reading, row_of_cell
from service.reckoning.tables import Block, Table, block_of, blocks, is_whole
from service.reckoning.words import IN_ORDER, Names, Token, names_in, read
from service.replacing import replace
from service.rows import Row, combined, times_out


@dataclass(slots=True)
class Number:
    """An operand with its rows: the one cell, or the cells that it is worked out of."""

    rows: list[Row]
    whole: FigureOut | None = None

    @property
    def value(self) -> int | float:
        return (self.whole.value if self.whole else self.rows[0].value) or 0

    @property
    def unit(self) -> str:
        return self.rows[0].unit

    @property
    def figure(self) -> FigureOut:
        return self.whole or self.rows[0].figure()


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of a question; ``pointed`` where it names its numbers by their place among others, which stay spoken of; ``of_measures`` where these
    are what one report counts (reasons, results)."""

    answer: Answer
    pointed: bool
    of_measures: bool = False


def reckoned(case: Case) -> Worked | None:
    """What the question asks to be worked out of what was told; None where it is no such question, or a number of it is missing."""
    context = case.request.context
    if context is None or not context.tables:
        return None
    question = unicodedata.normalize("NFKC", case.request.question)
    text = understand(case.request.question, directory(case.snapshot.reports), case.snapshot.segmenter).text
    if len(text) < 0.8 * len(question):
        text = question  # what was taken for talk may have pointed at something: 我报的第二个局，占总数百分之几
    if (pair := _of_the_pair(case, text, context.tables)) is not None:
        return pair
    if _NOT_SO.search(text):
        return None
    names = names_in(case, text)
    given: Worked | None = None
    read_from: Block | None = None
    for block in blocks(context.tables):
        if given is not None and read_from is not None:
            # A body told of behind the others may belong to them or not: where that makes a difference, nothing is said.
            if (
                block.joined
                and {*read_from.cells} < {*block.cells}
                and (other := _of_block(case, block, text, names, context.tables))
                and other.answer.text != given.answer.text
            ):
                return None
            continue
        given = _of_block(case, block, text, names, context.tables)
        read_from = block if given is not None else None
    if given is not None and re.search("占(?![用地道线])", text) and not any(f.unit == "%" for f in given.answer.figures):
        return None  # 第二多的那类占总数多少: more than was read
    return given


# How many bodies there are, what is one's own, and by how much a year grew on average: none is worked out of what was told.
_NOT_SO = re.compile("(?:多少|(?<![差多少高低])几)[个家](?!百分点)|自己|本身|均[^,，]{0,6}(?:净?[增减涨降升跌]|净[多少])")
_PAIR = re.compile(
    r"(?:那|这|刚才|前面)*(?:[两俩二](?:个(?:数字?)?|者|样|项|笔)?|俩)?(?:数字?)?(?:之间)?(?:的)?(?:(?P<apart>(?:相|一)减|(?:相)?差(?:了)?(?:多少|几)|相差)|(?P<times>(?:前者|前面那个)?是(?:后者|后面那个)的?(?:几|多少)倍))"
    r"[件个条元万起份]{0,2}(?:是|等于)?(?:多少|几)?[件个条元万起份]{0,2}(?:[,，].{0,4}对[不得]上.{0,2})?[呢吗啊?？]*"
)


_ALIKE = re.compile(
    "^(?:(?:这|那)?两个数)?(?:对[不得]上|一样|一致|相等)[吧吗不么]?[,，](?:(?:如果|要是)?(?:不一样|不一致|对不上|不等)的?话?[,，]?)?"
)


def _of_the_pair(case: Case, text: str, tables: Sequence[Table]) -> Worked | None:
    """这两个差几件, of two numbers that no order holds together: of two years by two names, or of what went out and what came in."""
    match = _PAIR.fullmatch(_ALIKE.sub("", text))
    if match is None:
        return None
    last = [t.cells for t in tables[-2:]]
    cells = (
        last[-1] if last and len(last[-1]) == 2 else tuple(c for own in last for c in own) if [len(own) for own in last] == [1, 1] else ()
    )
    if len(cells) != 2 or tables[-1].worked or block_of(cells) is not None:
        return None
    try:
        one, two = _numbers(case, [Item((c,)) for c in cells])
        given = _apart(one, two) if match["apart"] else _times(one, two)
    except Unread:
        return None
    case.reports = list({r.report.row: r.report for n in (one, two) for r in n.rows}.values())
    return Worked(given, pointed=False)


def _of_block(case: Case, block: Block, text: str, names: Names, tables: Sequence[Table]) -> Worked | None:
    tokens = read(case, block, text, names)
    if not tokens or not _asks(tokens):
        return None
    try:
        block, tokens = with_those_added(block, tokens, like := partial(cell_like, case))
        if _another_total(block, text):
            return None
        if re.search("按.{1,6}排", text):
            block = replace(block, ranked=True)
        sequence, left_out = parts_of(tokens, block)
        kinds = "".join("o" if isinstance(s, Part) else _LETTER.get(s, "?") for s in sequence)
        parts = [p for p in sequence if isinstance(p, Part)]
        if not parts and left_out:
            parts, kinds = [Part(whole="sum")], "o" + kinds
        of_measures = block.axes["measure"] > 1 and not (kinds == "o" and parts[0].whole) and _by_more_than_an_end(tokens)
        last, read_so = tables[-1], reading(case, block, like)
        if len(parts) == 2 and "O" in kinds and ("year" in parts[0].picks) != ("year" in parts[1].picks):
            for p in parts:  # 三家2024年加总，云溪的占多大比例
                p.picks.setdefault("year", [t for other in parts for t in other.picks.get("year", [])])
        found = [read_so.items(p, left_out) for p in parts]
        if kinds == "o" and not parts[0].whole:
            found = [_asked_next(found[0], parts[0], block, tokens, last, like, text)]
        if len(found) == 2 and parts[0].whole and not parts[1].whole and len(found[1]) > 1:
            found[1] = [Item(tuple(c for i in found[1] for c in i.cells), parts[0].whole)]  # 2023年一共收了多少，跟2024年比
        part_of_it = _within(found, parts, kinds, block, last)
        if part_of_it:
            found, kinds = part_of_it, "oOo"
        operands = [_numbers(case, f) for f in found]
        before = _numbers(case, [Item(last.cells, "sum")]) if last.worked == "sum" else []
        before = before or (_numbers(case, [Item(last.cells)]) if len(last.cells) == 1 and not last.worked else [])
        given = _worked_out(kinds, operands, before, against_it=tokens[0].kind == "and")
    except Unread:
        return None
    if given is not None and not _in_its_unit(text, given):
        return None
    if given is not None:
        reports = [r.report for o in (*operands, before) for n in o for r in n.rows]
        case.reports = list({r.row: r for r in reports}.values())
        return Worked(given, pointed=any(t.kind in IN_ORDER for t in tokens), of_measures=of_measures)
    return None


def _asks(tokens: Sequence[Token]) -> bool:
    """Whether anything points at what was told, or is to be worked out: a body's name alone asks for nothing of the kind."""
    return any(t.kind not in ("body", "year", "thing", "all", "and", "each", "from", "to", "plus") for t in tokens)


def _by_more_than_an_end(tokens: Sequence[Token]) -> bool:
    """Whether a place among reasons or results is said beyond 哪种最多: 第二多的那种, 居中的那种, 最少的那种前一年."""
    placed = [t for t in tokens if t.kind in IN_ORDER]
    if any(t.axis != "measure" and re.search("[名位]", t.words) for t in placed):
        return False  # 第三名 is a body
    return any(t.kind != "place" or t.first not in (0, -1) or (t.last or 0) > 1 for t in placed) or any(t.kind == "year" for t in tokens)


def _another_total(block: Block, text: str) -> bool:
    """Whether the question names the total of a row (复议总数) of which the block has other columns."""
    named = re.search("(复议|诉讼|起诉)的?总[数计]", text)
    return bool(named) and not any(m.metric.endswith(".total") for m in block.measures)


def _within(found: list[list[Item]], parts: Sequence[Part], kinds: str, block: Block, last: Table) -> list[list[Item]]:
    """A part and the whole that is not said again: 国家秘密的在里面占多少, after what all reasons add up to; empty where there is none."""
    if not re.fullmatch("oOH?", kinds) or parts[0].whole:
        return []
    own = tuple(c for i in found[0] for c in i.cells)
    over = [w for w in last.cells if all((w.body, w.year) == (c.body, c.year) and is_whole(w.measure, c.measure) for c in own)]
    if last.worked == "sum" and {*own} < {*last.cells}:
        whole = last.cells
    elif len(over) == 1:
        whole = (over[0],)
    elif {*own} < {*block.cells} <= {*last.cells} and block.axes["measure"] > 2 and not block.joined and not block.mixed:
        whole = block.cells
    else:
        return []
    return [[Item(own, "sum" if len(own) > 1 else "")], [Item(whole, "sum" if len(whole) > 1 else "")]]


def _asked_next(found: list[Item], part: Part, block: Block, tokens: Sequence[Token], last: Table, like: Like, text: str) -> list[Item]:
    """What is listed where nothing is to be worked out: the same as was told last, of those that are pointed at. Raises Unread."""
    counted = all(t.kind == "set" for t in part.picks.get("measure", ()))
    if (counted and block.trimmed) or last.worked in ("mean", "median", "times", "share") or re.search("算(?!上)", text):
        raise Unread  # 这两个数: the total may be one of them; 后一个呢: the same is to be worked out
    if re.search(r"[,，].*(?:主动公开|总共|一共|公开|办结|许可|处罚)", text) and any(t.kind == "place" for t in tokens):
        raise Unread  # 网站发得最多的那个，全年总共公开多少: what is asked for stands behind
    named = "measure" in part.picks or any(t.kind == "thing" for t in tokens)
    if not named and not {c for i in found for c in i.cells} <= {*last.cells} and not {*block.cells} <= {*last.cells}:
        measures, years = {c.measure for c in last.cells}, {c.year for c in last.cells}
        if len(measures) != 1 or len(years) != 1:
            raise Unread
        # 后者呢, after another number of the former
        found = [Item((like(c.body, c.year if "year" in part.picks else min(years), min(measures)),)) for i in found for c in i.cells]
    return [Item(tuple(c for i in found for c in i.cells), "sum")] if last.worked == "sum" and len(found) > 1 else found


_UNITS = (
    ("万元", "万元"),
    ("元|块钱", "元"),
    ("人[次数]?|(?:[几多]少?|参[训加])个?人.*", "人"),
    ("[几多]少?[场期]", "场期"),
    ("[几多]少?条", "条"),
    ("[几多]少?篇", "篇"),
    ("[几多]少?次", "次"),
)


def _in_its_unit(text: str, given: Answer) -> bool:
    """Whether the answer counts in the unit that the question asks in, where it says one."""
    units = {f.unit for f in given.figures}
    return all(any(set(u) & set(own) for u in units) for words, own in _UNITS if re.search(f"(?:{words})[呢吗啊了？?]?$", text))


def _numbers(case: Case, found: Sequence[Item]) -> list[Number]:
    made = []
    for item in found:
        own = [r for c in item.cells if (r := row_of_cell(case, c)) is not None and r.value is not None]
        if len(own) != len(item.cells) or len({r.unit for r in own}) != 1 or (item.whole and own[0].unit == "%"):
            raise Unread
        if (
            len(own) > 1
            and len({r.report.year for r in own}) > 1
            and len({(r.label, r.comparable) for r in own}) > len({r.label for r in own})
        ):
            raise Unread  # counted by different rules
        name = {"mean": "平均", "median": "中位数"}.get(item.whole, "合计")
        made.append(Number(own, combined(own, item.whole, name) if item.whole and len(own) > 1 else None))
    return made


_LETTER = {
    "differ": "D",
    "more": "G",
    "times": "X",
    "share": "H",
    "of": "O",
    "than": "C",
    "from": "F",
    "reaches": "R",
    "to": "V",
    "growth": "Q",
    "equal": "E",
}


def _worked_out(kinds: str, operands: list[list[Number]], last: list[Number], *, against_it: bool) -> Answer | None:
    """The answer to operands and what stands between them, as letters; None where the letters spell no question.

    ``last`` is the number told last, ``against_it`` whether the question sets that against another (跟2023年比).
    """
    flat = [n for o in operands for n in o]
    ones = all(len(o) == 1 for o in operands)
    implied = [*last, *flat] if len(flat) == 1 and last else []
    if kinds == "o":
        return _listed(flat)
    if re.fullmatch("o[DG]", kinds) and len(flat) == 2:
        return _apart(flat[0], flat[1])
    if re.fullmatch("oCo[DG]?|ooD|ooC[DG]", kinds) and ones:
        return _apart(flat[0], flat[1])
    if re.fullmatch("Co[DG]", kinds) and implied:
        return _apart(implied[0], implied[1])
    if (re.fullmatch("oC?[DG]", kinds) and implied and (flat[0].whole or "C" in kinds or against_it)) or (kinds == "oCG" and implied):
        return _apart(implied[0], implied[1]) if against_it else _apart(implied[1], implied[0])
    if re.fullmatch("oCoQ", kinds) and ones:
        return _moved(flat[1], flat[0])
    if re.fullmatch("oC?Q", kinds) and implied:
        return _moved(implied[1], implied[0]) if against_it else _moved(implied[0], implied[1])
    if re.fullmatch("o(C?o)?X|oCoX", kinds) and len(flat) == 2:
        return _times(flat[0], flat[1])
    if kinds == "oX" and implied:
        return _times(implied[0], implied[1])
    if re.fullmatch("oC?oE|oEo", kinds) and len(flat) == 2:
        return _equal(flat[0], flat[1])
    if kinds == "oRo" and ones:
        return _reaches(flat[0], flat[1])
    if re.fullmatch("oOoH?|ooH|oHo", kinds) and ones:
        return _share(flat[0], flat[1])
    if re.fullmatch("ooOH?", kinds) and ones:  # 三年合计几件，最后一年占其中多少; 在四家里，头一家占多少
        return _share(flat[1], flat[0])
    if re.fullmatch("OoH?", kinds) and implied:
        return _share(implied[0], implied[1])
    if re.fullmatch("F?oVo[DG]", kinds) and ones:
        return _apart(flat[1], flat[0])
    if re.fullmatch("F?oVoQ", kinds) and ones:
        return _moved(flat[0], flat[1])
    return None


def _said(found: Number) -> str:
    own = _one_by_one(found.rows)
    return own if found.whole is None else f"{own}，{_worked(found)}"


def _worked(found: Number) -> str:
    return f"{found.whole.label} {show_number(found.value)} {found.unit}（计算所得：{found.whole.formula}）" if found.whole else ""


def _one_by_one(rows: Sequence[Row]) -> str:
    """The rows, with what they have in common said once."""
    whose, years, labels = {r.who for r in rows}, {r.report.year for r in rows}, {r.label for r in rows}
    if len(rows) == 1:
        return rows[0].in_full
    lead = "".join(f"{same.pop()}{unit}" for same, unit in ((set(whose), ""), (set(years), "年"), (set(labels), "")) if len(same) == 1)
    told = []
    for r in rows:
        own = f"{r.who if len(whose) > 1 else ''}{f'{r.report.year}年' if len(years) > 1 else ''}{r.label if len(labels) > 1 else ''}"
        told.append(f"{own} {r.shown}")
    return f"{lead}：{'；'.join(told)}"


def _called(found: Number, beside: Number) -> str:
    """What the number is called once it has been shown: by what tells it from the one beside it."""
    if found.whole is not None:
        return (
            found.whole.label
            if len(found.rows) > len(beside.rows)
            else f"{'、'.join(dict.fromkeys(r.who for r in found.rows))}{found.whole.label}"
        )
    row, other = found.rows[0], beside.rows
    told = [
        row.who if any(r.who != row.who for r in other) else "",
        f"{row.report.year}年" if any(r.report.year != row.report.year for r in other) else "",
        row.label if any(r.label != row.label for r in other) else "",
    ]
    return "".join(told) or row.label


def _printed(found: Sequence[Number]) -> tuple[FigureOut, ...]:
    return tuple(dict.fromkeys(f for n in found for f in ((n.whole,) if n.whole else ()) + tuple(r.figure() for r in n.rows)))


def _listed(found: list[Number]) -> Answer:
    return Answer("answered", "；".join(map(_said, found)) + "。", _printed(found))


def _alike(one: Number, two: Number) -> None:
    if one.unit != two.unit:
        raise Unread
    years = {r.report.year for n in (one, two) for r in n.rows}
    labels = {r.label for n in (one, two) for r in n.rows}
    if len(years) > 1 and len({r.comparable for n in (one, two) for r in n.rows}) > len(labels):
        raise Unread


def _apart(one: Number, two: Number) -> Answer:
    _alike(one, two)
    if [(r.who, r.report.year, r.label) for r in one.rows] == [(r.who, r.report.year, r.label) for r in two.rows]:
        raise Unread
    shown = f"{_said(one)}；{_said(two)}"
    if one.value == two.value:
        return Answer("answered", f"{shown}。两者相同。", _printed([one, two]))
    apart = compose.difference([one.figure, two.figure], max(one.value, two.value), min(one.value, two.value))
    way = "多" if one.value > two.value else "少"
    told = f"{_called(one, two)}比{_called(two, one)}{way} {show_number(apart.value or 0)} {'个百分点' if one.unit == '%' else one.unit}（计算所得：{apart.formula}）"
    return Answer("answered", f"{shown}。{told}。", (*_printed([one, two]), apart))


def _reaches(one: Number, two: Number) -> Answer:
    """Whether the first is as much as the second."""
    given = _apart(one, two)
    verdict = "是，赶得上" if one.value >= two.value else "不，没有赶上"
    return replace(given, text=f"{verdict}。{given.text}")


def _equal(one: Number, two: Number) -> Answer:
    """Whether the two come to the same."""
    given = _apart(one, two)
    verdict = "两个数相等" if one.value == two.value else "两个数不相等"
    return replace(given, text=f"{verdict}。{given.text}")


def _times(one: Number, two: Number) -> Answer:
    _alike(one, two)
    if not two.value:
        raise Unread
    times = times_out([*one.rows, *two.rows], one.value, two.value)
    told = f"{_called(one, two)}是{_called(two, one)}的 {show_number(times.value or 0)} 倍（计算所得：{times.formula}）"
    return Answer("answered", f"{_said(one)}；{_said(two)}。{told}。", (times, *_printed([one, two])))


def _share(one: Number, two: Number) -> Answer:
    _alike(one, two)
    if (
        not two.value
        or one.value > two.value
        or {(r.who, r.report.year, r.label) for r in one.rows} == {(r.who, r.report.year, r.label) for r in two.rows}
    ):
        raise Unread
    if one.unit == "%":
        raise Unread
    percent, formula = percent_of(one.value, two.value)
    share = replace(
        combined([*one.rows, *two.rows], "sum", ""), metric="share", label=f"{_called(one, two)}占{_called(two, one)}", value=percent, unit="%",
        formula=formula,
    )  # fmt: skip
    within = {(r.who, r.report.year, r.label) for r in one.rows} < {(r.who, r.report.year, r.label) for r in two.rows}
    part = (
        f"；其中{'、'.join(dict.fromkeys(r.who for r in one.rows))}{_worked(one)}"
        if one.whole and len({r.who for r in one.rows}) > 1
        else ""
    )
    shown = f"{_said(two)}{part}" if within and (part or one.whole is None) else f"{_said(one)}；{_said(two)}"
    told = f"{_called(one, two)}占{_called(two, one)}的 {show_number(percent)}%（计算所得：{formula}）"
    return Answer("answered", f"{shown}。{told}。", (share, *_printed([one, two])))


def _moved(one: Number, two: Number) -> Answer:
    """By what percentage of the first the second is more or less."""
    _alike(one, two)
    if not one.value:
        raise Unread
    rate, formula = growth_of(one.value, two.value)
    figure = replace(
        compose.difference([two.figure, one.figure], two.value, one.value),
        metric="growth",
        label="变化幅度",
        value=rate,
        unit="%",
        formula=formula,
    )
    way = "增长" if two.value > one.value else "下降"
    told = f"{_called(two, one)}比{_called(one, two)}{way} {show_number(number(abs(rate)))}%（计算所得：{formula}）"
    return Answer("answered", f"{_said(one)}；{_said(two)}。{told}。", (figure, *_printed([one, two])))
