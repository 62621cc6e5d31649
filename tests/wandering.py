"""Conversations made by program over the made-up province: one thing is named anew in each turn, and the province says what must be told.

``python -m tests.wandering [--seed N] [--count N] [FOLDER]`` wanders through so many turns and lists those that were not answered with the
figure meant. Each conversation starts from a whole question of one cell and goes on: another year, another body, both, another row, another
kind of applicants, the total again; and, as a last turn, what the last two come to, how far they are apart, or a claim, true or false.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.textual import show_number
from index.encoders import encoder_for
from index.store import Index
from service.answer import answer
from service.config import Settings
from service.context import Context
from service.contract import Answer
from tests.evaluate import build_world
from tests.world import world

# metric: how a whole question asks for it, how a follow-up does
ROWS = {
    "requests.received": (("收到多少件申请", "新收了几件依申请公开", "本年新收多少件申请"), ("新收的呢", "新收了多少申请", "收到的申请呢")),
    "requests.carried_in": (("上年结转了几件", "从上一年转过来的申请有几件"), ("上年结转的呢", "上年结转几件")),
    "requests.carried_out": (("结转到下年的有几件", "没办完留到下一年的几件"), ("结转下年的呢", "转到下年的几件")),
    "outcome.total": (("办结了多少件申请", "办理结果总计多少件", "一共答复了多少件申请"), ("办结的申请呢", "办理结果总计呢")),
    "outcome.granted": (("予以公开的有几件", "申请里予以公开了多少件"), ("予以公开的呢", "予以公开几件", "同意公开的呢")),
    "outcome.partial": (("部分公开的有几件",), ("部分公开的呢", "部分公开几件")),
    "outcome.refused.third_party": (("因为保护第三方权益不公开的几件", "涉及第三方不予公开的有多少件"), ("涉及第三方的呢", "保护第三方的几件")),
    "outcome.refused.process": (("因过程性信息不公开的有几件",), ("过程性信息的呢",)),
    "outcome.unavailable.not_held": (("不掌握这个信息的有几件", "因本机关不掌握没法提供的有几件"), ("本机关不掌握的几件",)),
    "outcome.unavailable.not_made": (("没有现成信息需要另行制作的有几件",), ("需要另行制作的呢",)),
    "outcome.unprocessed.petition": (("信访举报投诉类的申请有几件",), ("信访投诉的呢", "信访举报类的几件")),
    "outcome.unprocessed.duplicate": (("重复申请有几件",), ("重复申请的呢",)),
    "review.total": (("行政复议一共几件", "被复议了多少件"), ("行政复议呢", "复议总共几件")),
    "review.corrected": (("行政复议被纠正的几件",), ("复议被纠正的呢",)),
    "litigation.direct.total": (("没经过复议直接起诉的一共几件",), ("直接起诉的一共几件",)),
    "penalty.decisions": (("作了多少件行政处罚", "行政处罚决定多少件"), ("行政处罚呢", "处罚的呢")),
    "licensing.decisions": (("办了多少件行政许可", "行政许可决定有多少件"), ("行政许可呢", "许可的呢")),
    "normative.in_force": (("现行有效的规范性文件有几件",), ("现行有效的规范性文件呢",)),
    "normative.issued": (("制发了几件规范性文件",), ("制发的规范性文件呢",)),
    "fees.amount": (("行政事业性收费收了多少万元",), ("收费金额呢", "行政事业性收费呢")),
}
APPLICANTS = {
    "natural": ("自然人", "个人"), "company": ("商业企业", "企业"), "research": ("科研机构",), "public_benefit": ("社会公益组织", "公益组织"),
    "legal_service": ("法律服务机构", "律所"), "other": ("其他申请人",),
}  # fmt: skip
# What is named anew by a turn, and how people name it
TURNS = {
    "year": (
        "那{year}年呢", "{year}年呢", "{year}年的是多少", "换成{year}年", "{year}年有多少", "再看{year}年", "好的，那{year}年的情况呢", "改成{year}年看看",
        "不对，我问的是{year}年", "以及{year}年", "还有{year}年的呢", "再给我{year}年的数", "年份换一下，{year}年", "同样问题，{year}年",
    ),
    "body": (
        "那{body}呢", "{body}呢？", "换成{body}", "{body}的是多少", "再看{body}", "{body}同样的数", "同样问题，{body}", "好的，那{body}的情况呢",
        "麻烦再帮我看一下{body}的", "不对，我说的是{body}", "还有{body}呢", "{body}那边呢", "单位换成{body}", "顺便问一下{body}", "错了，应该是{body}",
    ),
    "body and year": ("那{body}{year}年呢", "{year}年{body}呢", "{body}{year}年的", "不对，我问的是{body}{year}年的", "{body}的呢，{year}年的"),
    "row": (),
    "applicant": ("其中{applicant}呢", "{applicant}的呢", "里面{applicant}的有几件", "{applicant}的有多少", "只看{applicant}", "{applicant}那一栏呢", "属于{applicant}的几件"),
    "total": ("总数呢", "总计呢", "总共呢", "全部的呢", "不分申请人，总共多少"),
    "both bodies": ("两家加起来呢", "合起来多少", "这两家一共多少"),
    "bodies apart": ("哪个多", "两家差多少", "谁更多，多几件"),
    "both years": ("两年加起来呢", "这两年合计多少", "两年一共多少"),
    "years apart": ("两年差多少", "两年相差几件"),
    "true claim": ("是{claimed}件吧", "是不是{claimed}件", "我记得是{claimed}件，对吗"),
    "false claim": ("是{claimed}件吧", "是不是{claimed}件", "我记得是{claimed}件，对吗"),
}  # fmt: skip
# How people call a body
SHORT = {
    "人民政府": "政府", "人力资源和社会保障局": "人社局", "自然资源和规划局": "自规局", "市场监督管理局": "市监局", "卫生健康委员会": "卫健委",
    "城市管理局": "城管局", "住房和城乡建设局": "住建局", "经济技术开发区管理委员会": "经开区管委会", "街道办事处": "街道办",
}  # fmt: skip
_LAST = ("both bodies", "bodies apart", "both years", "years apart", "true claim", "false claim")
YEARS = range(2019, 2025)


@dataclass(frozen=True)
class Spot:
    """The cell that is spoken of, and the body or the year before it."""

    body: str
    year: int
    metric: str
    applicant: str = "total"
    turn: str = "start"
    before: tuple[str, int] = ("", 0)
    claimed: float = 0


@dataclass(frozen=True)
class Turn:
    talk: tuple[str, ...]
    spot: Spot
    given: Answer
    right: bool


class Wanderer:
    """Conversations over the reports of ``world()`` without planted slips. ``ask`` answers a question behind a context."""

    def __init__(self, seed: int, ask: Callable[[str, Context | None], Answer]) -> None:
        self._rng, self._ask = random.Random(seed), ask
        self._gold = {(w.made.agency, w.made.year): w.gold for w in world() if not w.slip}
        self._bodies = sorted({body for body, _ in self._gold})

    def value(self, spot: Spot) -> float | None:
        """The number printed in the cell; None where none is, or no report is held."""
        columns = spot.metric.startswith(("requests.", "outcome."))
        cell = self._gold.get((spot.body, spot.year), {}).get((spot.metric, spot.applicant if columns else None))
        return cell.value if cell is not None and cell.state in ("value", "zero") else None

    def turns(self) -> Iterator[Turn]:
        """Turns without end, conversation after conversation; one that goes wrong ends its conversation."""
        while True:
            spot, question = self._start()
            talk: tuple[str, ...] = ()
            context = None
            for _ in range(6):
                given = self._ask(question, context)
                talk = (*talk, question)
                right = self._right(spot, given)
                yield Turn(talk, spot, given, right)
                following = self._next(spot) if right and spot.turn not in _LAST else None
                if following is None:
                    break
                context = Context.from_dict(given.context)
                spot, question = following

    def _called(self, body: str) -> str:
        return re.sub("|".join(SHORT), lambda m: SHORT[m.group()], body) if self._rng.random() < 0.3 else body

    def _start(self) -> tuple[Spot, str]:
        rng = self._rng
        while True:
            spot = Spot(rng.choice(self._bodies), rng.choice(YEARS), rng.choice(list(ROWS)))
            if self.value(spot) is not None:
                row, year = rng.choice(ROWS[spot.metric][0]), rng.choice((f"{spot.year}年", f"{spot.year % 100}年"))
                body = self._called(spot.body)
                return spot, rng.choice((f"{body}{year}{row}", f"{year}{body}{row}", f"{body}{row}，{year}的", f"请问{body}在{year}{row}？"))

    def _next(self, spot: Spot) -> tuple[Spot, str] | None:
        rng = self._rng
        kinds = ["year", "year", "body", "body", "body and year"]
        if spot.applicant == "total":
            kinds += ["row", "row"]
        if spot.metric.startswith(("requests.", "outcome.")):
            kinds += ["applicant", "applicant"] if spot.applicant == "total" else ["applicant", "total"]
        kinds += {"body": ["both bodies", "bodies apart"] * 2, "year": ["both years", "years apart"] * 2}.get(spot.turn, [])
        kinds += ["true claim", "false claim"] if spot.metric != "fees.amount" else []
        for _ in range(50):
            new = self._moved(spot, rng.choice(kinds))
            if self.value(new) is not None:
                said = rng.choice(ROWS[new.metric][1] if new.turn == "row" else TURNS[new.turn])
                applicant = rng.choice(APPLICANTS.get(new.applicant, ("",)))
                return new, said.format(body=self._called(new.body), year=new.year, applicant=applicant, claimed=show_number(new.claimed).replace(",", ""))
        return None

    def _moved(self, spot: Spot, turn: str) -> Spot:
        rng = self._rng
        new = replace(spot, turn=turn)
        if turn in ("year", "body and year"):
            new = replace(new, year=rng.choice([y for y in YEARS if y != spot.year]))
        if turn in ("body", "body and year"):
            new = replace(new, body=rng.choice([b for b in self._bodies if b != spot.body]))
        if turn in ("year", "body"):
            new = replace(new, before=(spot.body, spot.year))
        if turn == "row":
            new = replace(new, metric=rng.choice([m for m in ROWS if m != spot.metric]))
        if turn == "applicant":
            new = replace(new, applicant=rng.choice([a for a in APPLICANTS if a != spot.applicant]))
        if turn == "total":
            new = replace(new, applicant="total")
        if turn.endswith("claim"):
            new = replace(new, claimed=(self.value(spot) or 0) + (rng.randint(1, 9) if turn == "false claim" else 0))
        return new

    def _right(self, spot: Spot, given: Answer) -> bool:
        value = self.value(spot) or 0
        if given.status != "answered":
            return False
        if spot.turn == "true claim":
            return bool(re.match("是的|对|没错|属实", given.text))
        if spot.turn == "false claim":
            return bool(re.match("不对|不是|不属实|不一致", given.text)) and show_number(value) in given.text
        if spot.turn in _LAST:
            other = self.value(replace(spot, body=spot.before[0], year=spot.before[1])) or 0
            come_to = value + other if spot.turn.startswith("both") else abs(value - other)
            told = all(n in given.text for n in (show_number(value), show_number(other), spot.body, spot.before[0], str(spot.before[1])))
            return told and (show_number(round(come_to, 2)) in given.text or (not come_to and bool(re.search("相同|持平", given.text))))
        columns = spot.metric.startswith(("requests.", "outcome."))
        meant = [
            f for f in given.figures
            if (f.agency, f.year, f.metric, f.value) == (spot.body, spot.year, spot.metric, value) and (f.applicant == spot.applicant or not columns)
        ]  # fmt: skip
        return bool(meant) and all(f.agency == spot.body and f.year == spot.year for f in given.figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/eval"))
    options = parser.parse_args()
    home, encoder = options.folder / "world", encoder_for("bundled", options.folder / "cache")
    if not home.exists():
        build_world(home, encoder)
    index, settings = Index(home), Settings(home=home)
    turns = Wanderer(options.seed, lambda question, context: answer(question, index, settings, context=context, encoder=encoder)).turns()
    missed = [turn for turn, _ in zip(turns, range(options.count), strict=False) if not turn.right]
    for turn in missed:
        print(f"{turn.given.status}: {' / '.join(turn.talk)}\n  meant: {turn.spot}\n  {turn.given.text[:200]}")
    print(f"{options.count} turns, {len(missed)} not answered with the figure meant")


if __name__ == "__main__":
    main()
