"""The questions of the sets again as others would type them: another word of the same meaning, a slip of the keyboard, a filler, a space.

``python -m tests.retyped [--seed N] [--count N] [FOLDER]`` takes single questions over the made-up province that are answered rightly,
changes one thing in each, and lists those that are answered wrongly for it. No gold is needed beyond that of the sets: what is changed
changes no meaning. A few changes read oddly; the list is for a person to read, no floor.
"""

from __future__ import annotations

import argparse
import random
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from index.encoders import encoder_for
from service.evaluation import Item, load
from tests.evaluate import EVAL, Job, begin, build_world, run_part

_AS_WELL = (
    ("多少件", "几件"), ("几件", "多少件"), ("收到", "接到"), ("总共", "一共"), ("一共", "总共"), ("是多少", "有多少"), ("有多少", "是多少"),
    ("去年", "2024年"), ("前年", "2023年"), ("2024年", "去年"), ("2023年", "前年"), ("个人", "自然人"), ("自然人", "个人"), ("企业", "公司"),
    ("行政复议", "复议"), ("占比", "比例"), ("占多少", "占百分之几"), ("哪个单位", "哪家单位"), ("哪家", "哪个单位"), ("比上年", "比上一年"),
    ("公众号", "微信公众号"), ("办结", "办完"), ("不予公开", "不公开"), ("部分公开", "公开一部分"), ("对吗", "对不对"), ("是不是", "对吗"),
    ("信息公开申请", "申请"), ("累计", "合计"), ("合计", "加起来"), ("有没有", "有无"), ("几次", "多少次"), ("多少人", "几个人"), ("多少元", "多少钱"),
)  # fmt: skip
_SLIPS = (
    ("申请", "申清"), ("复议", "复意"), ("诉讼", "述讼"), ("结转", "接转"), ("培训", "陪训"), ("办结", "办节"), ("处罚", "处法"), ("收费", "收废"),
    ("公安", "公按"), ("教育", "教预"), ("财政", "财正"), ("纠正", "究正"),
)  # fmt: skip
_FILLERS = (
    (r"^(?=.)", "麻烦问下，"), (r"^(?=.)", "你好，帮我查查"), (r"^(?=.)", "我想知道"), (r"(?<=\d年)(?=[\u4e00-\u9fff])", "全年"),
    (r"(?<=\d年)(?=[\u4e00-\u9fff])", "到底"), (r"(?<=20\d\d)年(?!度)", "年度"), (r"(20\d\d年)", r" \1 "), (r"20(?=[12]\d年)", ""),
    (r"[?？]?$", "，谢谢"), (r"[?？]?$", "啊"), (r"[?？]$", ""), ("，", " "), ("、", "和"),
)  # fmt: skip
TYPES = frozenset(
    ("figure", "sum", "share_rate", "compare_trend", "rank", "narrative_figure", "yes_no", "which_count", "exists", "several", "breakdown")
)
AT_ONCE = 400


def retyped(item: Item, rng: random.Random) -> Item | None:
    """The question with one thing changed; None where nothing of it can be."""
    for pairs in rng.sample((_AS_WELL, _SLIPS, _FILLERS), 3):
        usable = [(a, b) for a, b in pairs if re.search(a, item.question)]
        if usable:
            old, new = rng.choice(usable)
            return replace(item, id=f"{item.id}/{old}→{new}", question=re.sub(old, new, item.question, count=1))
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/eval"))
    options = parser.parse_args()
    rng, home, cache = random.Random(options.seed), options.folder / "world", options.folder / "cache"
    if not home.exists():
        build_world(home, encoder_for("bundled", cache))
    single = [i for i in load(EVAL / "many_tuned.jsonl") if i.after is None and i.type in TYPES]
    pairs = [(i, other) for i in rng.sample(single, min(options.count, len(single))) if (other := retyped(i, rng)) is not None]
    asked = [item for pair in pairs for item in pair]
    parts: list[Job] = [("retyped", home, asked[at : at + AT_ONCE], True) for at in range(0, len(asked), AT_ONCE)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=begin, initargs=(cache,)) as pool:
        results = {r.item.id: r for part in pool.map(run_part, parts) for r in part}
    known = [(results[i.id], results[other.id]) for i, other in pairs if results[i.id].right]
    missed = [other for _, other in known if not other.right]
    for result in sorted(missed, key=lambda r: not r.wrong_figure):
        print(f"{'wrong figure' if result.wrong_figure else result.answer.status}: {result.item.id}\n  {result.item.question}\n  {result.answer.text[:200]}")
    wrong = sum(r.wrong_figure for r in missed)
    print(f"{len(known)} asked otherwise, {len(known) - len(missed)} answered rightly as before, {wrong} with a wrong figure")


if __name__ == "__main__":
    main()
