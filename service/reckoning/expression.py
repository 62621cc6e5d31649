"""What the words of a question come to: which cells each of its parts takes out of a block, and what is to be worked out of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from service.reckoning.tables import Block, Cell, Measure, Table
from service.reckoning.words import Token

AXES = ("body", "year", "measure")
_PICKS = ("body", "year", "thing", "place", "middle", "set", "rest", "ends")


Like = Callable[[str, int, Measure], Cell]
"""The cell that counts the same for another body, or another year; raises Unread where there is none."""


class Unread(Exception):
    """The words make up no question of this kind, or not one about this block."""


@dataclass(slots=True)
class Part:
    """One operand: what picks it out along each axis, and whether it is added up or averaged."""

    picks: dict[str, list[Token]] = field(default_factory=dict)
    whole: str = ""  # sum, mean or median
    each: bool = False  # of each body by itself


@dataclass(frozen=True, slots=True)
class Item:
    """A number of the question: the cell it is read from, or the cells that it is worked out of."""

    cells: tuple[Cell, ...]
    whole: str = ""


def with_those_added(block: Block, tokens: list[Token], like: Like) -> tuple[Block, list[Token]]:
    """The block with the bodies that the words put to it (算上省厅, 把区政府办也带上), and the words without them."""
    at = next((n for n, t in enumerate(tokens) if t.kind == "plus"), None)
    if at is None or len(block.years) != 1:
        return block, tokens
    for start, step in ((at + 1, 1), (at - 1, -1)):
        end = start
        while 0 <= end < len(tokens) and tokens[end].kind in ("body", "and"):
            end += step
        span = range(start, end) if step > 0 else range(end + 1, start + 1)
        named = [str(b) for n in span for b in tokens[n].names]
        if named and not {*named} & {*block.bodies}:
            cells = [like(b, y, m) for b in named for y in block.years for m in block.measures]
            wider = Block((*block.bodies, *named), block.years, block.measures, (*block.cells, *cells), block.whole, block.summed)
            return wider, [t for n, t in enumerate(tokens) if n != at and n not in span]
    return block, tokens


def parts_of(tokens: Sequence[Token], block: Block) -> tuple[list[Part | str], list[Part]]:
    """The operands and what stands between them, in order; and those that are left out (去掉第一名)."""
    sequence: list[Part | str] = []
    left_out: list[Part] = []
    part, joins, out = Part(), False, False

    def close(*, drop: bool = False) -> None:
        nonlocal part, joins, out
        if (part.picks or part.whole) and not drop:
            if out:
                left_out.append(part)
            else:
                sequence.append(part)
        part, out, joins = Part(), False, False

    for at, token in enumerate(tokens):
        if _says_again(token, block):
            continue
        if token.kind in _PICKS:
            axis = token.axis or _axis_of(token, block)
            own = part.picks.get(axis, [])
            if token.kind in ("place", "middle", "ends", "rest") and own and all(t.kind == "set" for t in own) and not part.whole:
                if any(t.count not in (0, block.axes[axis]) for t in own):
                    raise Unread
                part.picks[axis] = own = []  # 三家里最多的那家: of all of them
            elif (own and not joins and not _counts(token, own)) or part.whole:
                close()
            part.picks.setdefault(axis, []).append(token)
            joins = False
        elif token.kind in ("sum", "mean", "median"):
            if part.whole and part.whole != token.kind:
                close()
            part.whole = token.kind
        elif token.kind == "each":
            part.each = True
        elif token.kind == "and":
            joins = True
        elif token.kind == "out":
            behind = part.picks and not part.whole and (at + 1 == len(tokens) or tokens[at + 1].kind in ("rest", "set", "sum", "mean"))
            counted = part.picks and all(t.kind == "set" for own in part.picks.values() for t in own)
            if behind and not counted:
                out = True
                close()
            else:
                close(drop=bool(counted))  # 七家里去掉省厅: how many there are is said
                out = True
        elif token.kind == "plus":
            joins = bool(part.picks)
        else:
            close()
            sequence.append(token.kind)
    close()
    return sequence, left_out


def _counts(token: Token, own: Sequence[Token]) -> bool:
    """Whether a set says how many were named before it: 省、云溪、碧原三家."""
    return token.kind == "set" and all(t.kind in ("body", "year", "thing") for t in own) and token.count == len({m for t in own for m in t.names})


def _says_again(token: Token, block: Block) -> bool:
    """Whether the word says no more than what all numbers of the block have in common."""
    if token.kind == "thing":
        return len(block.measures) == 1
    if token.kind in ("body", "year"):
        every = block.bodies if token.kind == "body" else block.years
        return len(every) == 1 and token.names == {*every}
    return token.kind == "all"


def _axis_of(token: Token, block: Block) -> str:
    if token.axis:
        return token.axis
    varying = [a for a in AXES if block.axes[a] > 1]
    if token.count:
        fits = [a for a in varying if block.axes[a] == token.count]
        varying = fits or varying
    if len(varying) != 1:
        raise Unread
    return varying[0]


def items(part: Part, block: Block, left_out: Sequence[Part], values: dict[Cell, float], last: Table, like: Like) -> list[Item]:
    """What the part takes out of the block. ``values`` are the numbers of its cells, ``last`` the cells told last."""
    if part.whole == "sum" and not part.picks and not left_out and last.added:
        return [Item(last.cells, "sum")]  # 比这个合计多几件: the one that was told
    chosen: dict[str, list[object]] = {axis: list(_members(block, axis)) for axis in AXES}
    gone = {a: {m for o in left_out for m in _picked(o.picks.get(a, []), a, block, values, last.cells)} for a in AXES}
    for axis in AXES:
        tokens = part.picks.get(axis, [])
        if tokens:
            chosen[axis] = _picked(tokens, axis, block, values, last.cells, gone[axis])
        elif gone[axis]:
            chosen[axis] = [m for m in chosen[axis] if m not in gone[axis]]
        if not chosen[axis]:
            raise Unread
    cells = [_cell(block, b, y, m, like) for b in chosen["body"] for y in chosen["year"] for m in chosen["measure"]]
    if block.summed and len(chosen[block.summed]) == block.axes[block.summed]:
        apart = next(a for a in AXES if a != block.summed and block.axes[a] > 1)
        return [Item(tuple(c for c in cells if member(c, apart) == m), "sum") for m in chosen[apart]]
    if part.each and part.whole:
        if len(chosen["body"]) < 2 or len(chosen["year"]) * len(chosen["measure"]) < 2:
            raise Unread
        return [Item(tuple(c for c in cells if c.body == b), part.whole) for b in chosen["body"]]
    if part.whole:
        return [Item(tuple(cells), part.whole)] if len(cells) > 1 else [Item(tuple(cells))]
    return [Item((c,)) for c in cells]


def _cell(block: Block, body: object, year: object, measure: object, like: Like) -> Cell:
    if isinstance(body, str) and isinstance(year, int) and isinstance(measure, Measure):
        if body in block.bodies and year in block.years and measure in block.measures:
            return block.at(body, year, measure)
        return like(body, year, measure)
    raise Unread


def _members(block: Block, axis: str) -> tuple[object, ...]:
    return block.bodies if axis == "body" else block.years if axis == "year" else block.measures


def _picked(
    tokens: Sequence[Token], axis: str, block: Block, values: dict[Cell, float], last: Sequence[Cell], gone: set[object] | frozenset[object] = frozenset(),
) -> list[object]:
    """The members of an axis that the words name, in the order of the block."""
    every = list(_members(block, axis))
    found: list[object] = []
    for token in tokens:
        found += [m for m in _one(token, axis, block, every, values, last, gone) if m not in found]
    if len(tokens) > 1 and any(t.kind in ("set", "rest") for t in tokens):
        sets = [t for t in tokens if t.kind in ("set", "rest")]
        others = [t for t in tokens if t not in sets]
        named = [m for t in others for m in _one(t, axis, block, every, values, last, gone)]
        # 加上省厅，三家: the set counts what was named with it
        if len(sets) == 1 and sets[0].kind == "set" and sets[0].count == len({*every, *named}) and sets[0].count != len(every):
            return [*every, *(m for m in dict.fromkeys(named) if m not in every)]
        if len(sets) == 1 and sets[0].kind == "set" and sets[0].count == len(dict.fromkeys(named)):
            return list(dict.fromkeys(named))  # 省、云溪、碧原三家
        raise Unread
    return found


def _one(
    token: Token, axis: str, block: Block, every: list[object], values: dict[Cell, float], last: Sequence[Cell], gone: set[object] | frozenset[object],
) -> list[object]:
    if token.kind in ("body", "year", "thing"):
        return sorted(token.names, key=lambda m: every.index(m) if m in every else len(every))
    if token.kind == "set":
        return _set(token, axis, every, gone)
    if token.kind == "rest":
        told = {member(c, axis) for c in last}
        others = [m for m in every if m not in (gone or told)]
        if len(others) == len(every) or (token.count and len(others) != token.count) or not others:
            raise Unread
        return others
    ordered = every
    if token.by_value:
        sums = _sums(axis, block, [m for m in every if m not in gone], values)
        ordered = sorted(sums, key=lambda m: -sums[m])
    if token.kind == "ends":
        taken = [ordered[0], ordered[-1]]
    elif token.kind == "middle":
        spare = len(ordered) - token.count
        if spare <= 0 or spare % 2:
            raise Unread
        taken = ordered[spare // 2 : spare // 2 + token.count]
    else:
        reach = -token.first if token.first < 0 else token.last or token.first + 1
        if reach > len(ordered):
            raise Unread
        taken = ordered[token.first : token.last]
    if axis == "body" and not block.whole and (token.first < 0 or token.kind != "place"):
        raise Unread  # the last of all, where a ranking told the first few
    if token.by_value and {sums[m] for m in taken} & {sums[m] for m in ordered if m not in taken}:
        raise Unread  # another has as many
    return taken


def _set(token: Token, axis: str, every: list[object], gone: set[object] | frozenset[object]) -> list[object]:
    left = [m for m in every if m not in gone]
    if token.count in (0, len(every)):
        return every if token.count else left
    if token.count == len(left):
        return left
    if axis == "body" and token.noun:
        of_kind = [m for m in left if _is_a(str(m), token.noun)]
        if len(of_kind) == token.count:
            return of_kind
    raise Unread


_KINDS = (("街道", "街道"), ("镇", "镇"), ("乡", "乡"), ("局", "局"), ("厅", "厅"), ("县", "县人民政府"), ("区", "区人民政府"), ("管委会", "管理委员会"))


def _is_a(body: str, noun: str) -> bool:
    return any(word in noun and kind in body for word, kind in _KINDS)


def member(cell: Cell, axis: str) -> object:
    return cell.body if axis == "body" else cell.year if axis == "year" else cell.measure


def _sums(axis: str, block: Block, members: Sequence[object], values: dict[Cell, float]) -> dict[object, float]:
    """The number of each member: what its cells add up to."""
    found: dict[object, float] = {}
    for m in members:
        cells = [c for c in block.cells if member(c, axis) == m]
        if any(c not in values for c in cells):
            raise Unread
        found[m] = sum(values[c] for c in cells)
    return found
