"""What every rule about the bodies of a follow-up reads and makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.identity.places import Place
from service.agencies import Mention
from service.conditions import Condition, condition_in, share_bound_in
from service.context import Context
from service.directory import Directory
from service.group import Group, told_again
from service.operation import asks_share
from service.query import Query
from service.replacing import replace

COUNTS = {"两": 2, "二": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the answers before were about, as far as it is held.

    bodies  of the last answer
    group   that the last answer was about, and the place that it was looked for in
    pool    the bodies named one by one, for as long as answers stay among them
    """

    context: Context
    held: Directory
    bodies: tuple[str, ...]
    group: Group | None
    place: Place | None
    pool: tuple[str, ...]

    @classmethod
    def of(cls, context: Context, held: Directory) -> Spoken:
        return cls(
            context,
            held,
            tuple(a for a in context.agencies if a in held.bodies),
            told_again(context.group, held) if context.group else None,
            _place(context),
            tuple(a for a in context.pool if a in held.bodies),
        )

    @property
    def several(self) -> bool:
        """Whether the last answer was about several bodies, so that 谁 asks which of them."""
        return bool(self.context.group) or len(self.context.agencies) > 1


class Open(NamedTuple):
    """A query that later rules may still change."""

    query: Query


def each(agencies: Sequence[str]) -> Mention:
    """Bodies as if they had been named one by one."""
    return Mention(tuple(agencies), named=tuple((a,) for a in agencies))


def of_each(query: Query, agencies: Sequence[str]) -> Query:
    """The follow-up about these bodies one by one, and no group."""
    return replace(query, group=None, mention=each(agencies), follows=True)


def among_them(query: Query, spoken: Spoken) -> Query:
    """The query about the group spoken of, in the place that it was spoken of."""
    return replace(query, group=spoken.group, mention=Mention((), place=spoken.place))


OUT = "除了?|除[去开掉]|不算|不含|不包括|[去扣刨拿剔][掉去]|剔除|撇开|抛开"
OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
# Of what several bodies have together: 占四家合计的, 占这个总数
OF_THEM_ALL = re.compile("占(?:了|到)?(?:这|那|仨|其中|全|合|总|一共|[两三四五六七八])")


def of_one(query: Query) -> str:
    """What is asked of one body that was pointed at: the ranking is over, unless its years are ranked (它哪一年最少)."""
    by_year = re.search(r"哪一?[几些]?个?年", query.text)
    if query.operation == "rank" and re.search("比[^,，]{0,4}(?:上一?年|前一年|头一?年|去年|往年)", query.text):
        return "compare"  # 垫底的那个区，比上一年降了多少
    if query.operation == "rank" and asks_share(query):
        return "share"  # 第三名那家，网站发的占它自己总条数的多少
    return "value" if query.operation == "find" or (query.operation == "rank" and not by_year) else query.operation


LEVEL_WORD = re.compile(
    r"(?P<unit>省|市|区|县)(?:(?:里)?的?(?:厅|局)(?![\u4e00-\u9fff]{0,2}[局厅])|里的?那[个家]|里的?(?:办公[厅室])?(?=呢|[?？]|$))"
)
LEFT_OUT_AFTER = re.compile(r"的?(?:那家|那个)?(?:[去扣减刨拿][掉去除]|剔除|除外|不算|不要|撇开|抛开)")
CHANGED = re.compile(r"(?:门槛|标准|条件|改|降|放低|提高|提到|放宽|换|调)[^\d]{0,6}?(?!(?:19|20)\d\d)(\d[\d,]*)(?!\d*年)")
SINGLE = re.compile(r"(?<!其)(?<!吉)它(?![们俩])|这家|那家|该单位|这个单位|那个单位|最[多少高低]的那|第一名|榜首|冠军")


def _place(context: Context) -> Place | None:
    if not context.place:
        return None
    province, city, county, township = context.place
    return Place(province, city, county, township)


def last_bound(context: Context) -> Condition | None:
    """The bound of the last answer."""
    if not context.condition:
        return None
    sign, value, words = context.condition
    if (again := condition_in(words)) is not None and again.above is not None and (again.sign, again.value) == (sign, float(value)):
        return again  # of two ends: 100到200件之间
    return Condition(sign, float(value), words, percent=share_bound_in(words) is not None)
