"""What the words of a question come to: which cells each of its parts takes out of a block, and what is to be worked out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from service.reckoning.tables import Block, Cell, Measure, Table, without_wholes
from service.reckoning.words import IN_ORDER, Token
from service.replacing import replace

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
    of_all: bool = False  # by a word that names a total of the form as well: 总数
    apart: str = ""  # the axis whose members each have a sum of their own: 两个合计
    joins_last: bool = False  # put to what was told last: 跟南苑加起来


@dataclass(frozen=True, slots=True)
class Item:
    """A number of the question: the cell it is read from, or the cells that it is worked out of."""

    cells: tuple[Cell, ...]
    whole: str = ""


def with_those_added(block: Block, tokens: list[Token], like: Like) -> tuple[Block, list[Token]]:
    """The block with the bodies or years that the words put to it (算上省厅, 把区政府办也带上), and the words without them."""
    at = next((n for n, t in enumerate(tokens) if t.kind == "plus"), None)
    if at is None:
        return block, tokens
    for start, step in ((at + 1, 1), (at - 1, -1)):
        end = start
        while 0 <= end < len(tokens) and tokens[end].kind in ("body", "year", "and"):
            end += step
        span = range(start, end) if step > 0 else range(end + 1, start + 1)
        bodies = [b for n in span for b in tokens[n].names if isinstance(b, str)]
        years = [y for n in span for y in tokens[n].names if isinstance(y, int)]
        if bool(bodies) == bool(years) or {*bodies} & {*block.bodies} or {*years} & {*block.years}:
            continue
        cells = [like(b, y, m) for b in bodies or block.bodies for y in years or block.years for m in block.measures]
        wider = replace(block, bodies=(*block.bodies, *bodies), years=(*block.years, *years), cells=(*block.cells, *cells))
        behind = max(at, *span) + 1
        it = behind < len(tokens) and tokens[behind].kind == "of"  # 再把省政府也算上，它占七家合计的百分之几
        return wider, [t for n, t in enumerate(tokens) if n != at and (n not in span or it)]
    raise Unread


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
        beside = at > 0 and tokens[at - 1].kind in ("and", "than", "of", "from", "to")
        if _says_again(token, block) and not (beside and token.kind in ("body", "year")):
            continue
        if token.kind in _PICKS:
            axis = token.axis or _axis_of(token, block)
            own = part.picks.get(axis, [])
            ordered = token.kind in IN_ORDER
            if ordered and any(not t.names <= {*block.years} for t in part.picks.get("year", ())):
                raise Unread  # 2023年谁第一, of numbers of another year
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
            for axis, own in part.picks.items():
                if (
                    len(own) == 1
                    and own[0].kind == "set"
                    and own[0].count == 2
                    and own[0].noun == "个"
                    and sum(n > 1 for n in block.axes.values()) > 1
                ):
                    part.apart = axis
            part.of_all |= token.words in ("总数", "总量", "总额", "总计", "总共")
        elif token.kind == "each":
            part.each = True
        elif token.kind == "and":
            joins = True
            part.joins_last |= at == 0
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
    return (
        token.kind == "set"
        and all(t.kind in ("body", "year", "thing") for t in own)
        and token.count == len({m for t in own for m in t.names})
    )


def _says_again(token: Token, block: Block) -> bool:
    """Whether the word says no more than what all numbers of the block have in common."""
    if token.kind == "thing":
        return token.names == {*block.measures}
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


@dataclass(frozen=True, slots=True)
class Reading:
    """A block as a question reads it.

    values  the numbers of its cells
    tables  what was told, the last behind
    like    the cell that counts the same for another body or year
    named   the bodies as they were named one by one
    """

    block: Block
    values: Mapping[Cell, float]
    tables: Sequence[Table]
    like: Like
    named: Sequence[str] = ()

    @property
    def last(self) -> Table:
        return self.tables[-1]

    def items(self, part: Part, left_out: Sequence[Part]) -> list[Item]:
        """What the part takes out of the block. Raises Unread."""
        block, last = self.block, self.last
        if part.whole and not part.picks and not left_out and last.worked == part.whole:
            return [Item(last.cells, part.whole)]  # 比这个合计多几件: the one that was told
        if (
            part.whole
            and "measure" not in part.picks
            and block.axes["measure"] > 1
            and (block.joined or block.mixed or (part.of_all and not block.trimmed))
        ):
            raise Unread  # 占总数多少: of a total that the form has, rather than of what was asked for
        gone = {a: {m for o in left_out for m in self._picked(o.picks.get(a, []), a, frozenset())} for a in AXES}
        chosen: dict[str, list[object]] = {}
        for axis in AXES:
            tokens = part.picks.get(axis, [])
            left = [m for m in self._members(axis) if m not in gone[axis]]
            chosen[axis] = self._picked(tokens, axis, frozenset(gone[axis])) if tokens else left
            if not chosen[axis]:
                raise Unread
        counted = [
            a for a, own in part.picks.items() if any(t.kind == "set" for t in own) and not (a == "body" and block.axes["measure"] == 1)
        ]
        if block.joined and counted and any(not self._just_told(chosen[a], a) for a in counted if a != "year"):
            raise Unread  # 这俩加起来: two that happen to have been told
        cells = [self._cell(b, y, m) for b in chosen["body"] for y in chosen["year"] for m in chosen["measure"]]
        if block.summed and len(chosen[block.summed]) == block.axes[block.summed]:
            apart = next(a for a in AXES if a != block.summed and block.axes[a] > 1)
            return [Item(tuple(c for c in cells if member(c, apart) == m), "sum") for m in chosen[apart]]
        if part.apart and part.whole:
            return [Item(tuple(c for c in cells if member(c, part.apart) == m), part.whole) for m in chosen[part.apart]]
        if part.each and part.whole:
            if len(chosen["body"]) < 2 or len(chosen["year"]) * len(chosen["measure"]) < 2:
                raise Unread
            return [Item(tuple(c for c in cells if c.body == b), part.whole) for b in chosen["body"]]
        if part.whole and part.joins_last and len(last.cells) == 1:
            cells = [*last.cells, *(c for c in cells if c not in last.cells)]  # 跟南苑加起来
        if part.whole and len(cells) < 2:
            raise Unread
        return [Item(tuple(cells), part.whole)] if part.whole else [Item((c,)) for c in cells]

    def members(self, token: Token, axis: str) -> list[object]:
        """The members of the axis that one word points at. Raises Unread."""
        return self._one(token, axis, frozenset())

    def _just_told(self, members: Sequence[object], axis: str) -> bool:
        """Whether the members are all that the last answers told, as far back as it takes to count so many."""
        told: set[object] = set()
        for table in reversed(self.tables):
            told |= {member(c, axis) for c in without_wholes(table.cells)}
            if len(told) >= len(members):
                break
        return told == {*members}

    def _cell(self, body: object, year: object, measure: object) -> Cell:
        if isinstance(body, str) and isinstance(year, int) and isinstance(measure, Measure):
            if body in self.block.bodies and year in self.block.years and measure in self.block.measures:
                return self.block.at(body, year, measure)
            return self.like(body, year, measure)
        raise Unread

    def _members(self, axis: str) -> tuple[object, ...]:
        return self.block.bodies if axis == "body" else self.block.years if axis == "year" else self.block.measures

    def _picked(self, tokens: Sequence[Token], axis: str, gone: frozenset[object]) -> list[object]:
        """The members of an axis that the words name, in the order of the block."""
        sets = [t for t in tokens if t.kind in ("set", "rest")]
        named = list(dict.fromkeys(m for t in tokens if t not in sets for m in self._one(t, axis, gone)))
        if not sets:
            return named
        if len(tokens) == 1:
            return self._one(sets[0], axis, gone)
        if len(sets) == 1 and sets[0].kind == "set" and sets[0].count == len(named):
            return named  # 省、云溪、碧原三家
        raise Unread

    def _one(self, token: Token, axis: str, gone: frozenset[object]) -> list[object]:
        every = list(self._members(axis))
        if token.kind in ("body", "year", "thing"):
            return sorted(token.names, key=lambda m: every.index(m) if m in every else len(every))
        if len(every) < 2:
            raise Unread  # one has no place among others
        if token.kind == "set":
            return _set(token, axis, every, gone)
        if token.kind == "rest":
            told = {member(c, axis) for c in self.last.cells}
            others = [m for m in every if m not in (gone or told)]
            behind = every[-token.count :] if token.count and self.block.ranked and axis == "body" and not gone else []
            if behind and len(others) != token.count and len(told) == 1 and every[-token.count - 1 : -token.count] == [*told]:
                return behind  # 剩下的三个, after the second of five
            if (
                len(others) == len(every)
                or (token.count and len(others) != token.count)
                or not others
                or (axis == "measure" and not token.count)
            ):
                raise Unread
            return others
        return self._placed(token, axis, [m for m in every if m not in gone])

    def _placed(self, token: Token, axis: str, members: list[object]) -> list[object]:
        """The members at a place of their order: that of their numbers, or that in which they were told."""
        if axis == "body" and {*members} <= {*self.named}:
            members = [m for m in self.named if m in members]
        elif token.naming and self.block.ranked:
            raise Unread  # 第一家 of those that were ranked, however they were named
        if token.of_pair and len(members) != 2:
            raise Unread
        if token.of_two:
            return self._of_two(token, axis, members)
        if axis == "year" and not token.by_value:
            members = [*sorted(m for m in members if isinstance(m, int))]  # 末一年
        in_rank = (axis == "body" and not token.naming) or (axis == "measure" and self.block.ranked)
        sums = self._sums(axis, members) if token.by_value or in_rank else {}
        told = [sums[m] for m in members] if sums else []
        from_an_end = token.ranking and told in (sorted(told), sorted(told, reverse=True))
        by_value = token.by_value or (in_rank and (self.block.ranked or from_an_end))
        ordered = sorted(sums, key=lambda m: -sums[m]) if by_value else members
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
        if axis == "body" and not self.block.whole and (token.first < 0 or token.kind != "place"):
            raise Unread  # the last of all, where a ranking told the first few
        stale = len({c.year for c in self.last.cells}) > len(members)
        if axis == "year" and by_value and stale:
            raise Unread  # the least of the years that happened to be told before
        if by_value and {sums[m] for m in taken} & {sums[m] for m in ordered if m not in taken}:
            raise Unread  # another has as many
        return taken

    def _of_two(self, token: Token, axis: str, members: list[object]) -> list[object]:
        """The former or the latter: after one of them was asked about, the other only as the other."""
        told = {member(c, axis) for c in self.last.cells}
        taken = members[token.first : token.last]
        if len(members) != 2 or (axis == "measure" and self.block.joined) or (len(told) == 1 and told == {*taken}) or told - {*members}:
            raise Unread
        return taken

    def _sums(self, axis: str, members: Sequence[object]) -> dict[object, float]:
        """The number of each member: what its cells add up to."""
        found: dict[object, float] = {}
        for m in members:
            cells = [c for c in self.block.cells if member(c, axis) == m]
            if any(c not in self.values for c in cells):
                raise Unread
            found[m] = sum(self.values[c] for c in cells)
        return found


def _set(token: Token, axis: str, every: list[object], gone: frozenset[object]) -> list[object]:
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


_KINDS = (
    ("街道", "街道"),
    ("镇", "镇"),
    ("乡", "乡"),
    ("局", "局"),
    ("厅", "厅"),
    ("县", "县人民政府"),
    ("区", "区人民政府"),
    ("管委会", "管理委员会"),
)


def _is_a(body: str, noun: str) -> bool:
    return any(word in noun and kind in body for word, kind in _KINDS)


def member(cell: Cell, axis: str) -> object:
    return cell.body if axis == "body" else cell.year if axis == "year" else cell.measure
