"""Some 2,600 questions about the made-up province of ``tests.world``, plain in wording, with gold drawn from its truth alone.

A blank cell, a "/" and a missing table never count as zero, and what rests on one of them cannot be computed; a blank 总计
of table 三 whose parts are all numbers is computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from random import Random
from typing import Any, NamedTuple, TypeVar

from service.evaluation import Item
from tests.generate import APPLICANTS, BLOCKS, DISCLOSURE, Gold, Key, outcome_rows, request_lines
from tests.world import BODIES, YEARS, Body, WorldReport, world

T = TypeVar("T")
Number = int | float

_PEOPLE = {
    "natural": "自然人", "company": "商业企业", "research": "科研机构", "public_benefit": "社会公益组织", "legal_service": "法律服务机构",
    "other": "法人或其他组织中的其他", "total": "总计",
}  # fmt: skip
_BLOCK = {"review": "行政复议", "litigation.direct": "未经复议直接起诉的行政诉讼", "litigation.after_review": "复议后起诉的行政诉讼"}
_RESULT = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结", "total": "总计"}
_SUMS = {
    "outcome.refused": "不予公开", "outcome.unavailable": "无法提供", "outcome.unprocessed": "不予处理", "outcome.other": "其他处理",
    "requests.to_handle": "新收加上年结转", "litigation.total": "行政诉讼总计", "litigation.upheld": "行政诉讼结果维持",
    "litigation.corrected": "行政诉讼结果纠正", "litigation.other": "行政诉讼其他结果", "litigation.pending": "行政诉讼尚未审结",
}  # fmt: skip
_RATES = (
    ("公开率", ("outcome.granted", "outcome.partial"), "total", "outcome.total"), ("不予公开率", ("outcome.refused",), "total", "outcome.total"),
    ("办结率", ("outcome.total",), "total", "requests.to_handle"), ("行政复议纠正率", ("review.corrected",), "total", "review.total"),
    ("行政诉讼纠正率", ("litigation.corrected",), "total", "litigation.total"),
    ("自然人占新收申请的比例", ("requests.received",), "natural", "requests.received"),
    ("商业企业占新收申请的比例", ("requests.received",), "company", "requests.received"),
    ("予以公开占办理结果总计的比例", ("outcome.granted",), "total", "outcome.total"),
    ("无法提供占办理结果总计的比例", ("outcome.unavailable",), "total", "outcome.total"),
)  # fmt: skip
# What is compared, ranked and summed: figures of both forms.
_COMMON = {
    "requests.received": "新收政府信息公开申请", "outcome.granted": "予以公开", "outcome.total": "办理结果总计", "outcome.refused": "不予公开",
    "outcome.unavailable": "无法提供", "outcome.unavailable.not_held": "本机关不掌握相关政府信息", "requests.carried_out": "结转下年度继续办理",
    "review.total": "行政复议总计", "litigation.total": "行政诉讼总计",
}  # fmt: skip
_LABELS = {
    **_COMMON, **_SUMS, **{f"{b}.{r}": block + result for b, block in _BLOCK.items() for r, result in _RESULT.items()},
    "requests.received": "本年新收", "requests.carried_in": "上年结转", "other": "新收申请中，法人或其他组织里属于“其他”的",
    "outcome.other.rest": "其他处理中的其他", "licensing.decisions": "行政许可处理决定", "penalty.decisions": "行政处罚处理决定",
    "coercion.decisions": "行政强制处理决定", "outcome.unprocessed.duplicate": "因重复申请不予处理的",
}  # fmt: skip
_NEAR = (
    ("outcome.refused", "outcome.unavailable", "outcome.unprocessed", "outcome.other"),
    ("requests.received", "requests.carried_in", "requests.carried_out", "outcome.total"),
    ("review.total", "litigation.direct.total", "litigation.after_review.total", "litigation.total"),
    ("other", "outcome.other.rest", "review.other", "litigation.direct.other"), tuple(f"{block}.upheld" for block in _BLOCK),
    ("licensing.decisions", "penalty.decisions", "coercion.decisions"),
)  # fmt: skip
_EXISTS = ("review.total", "litigation.total", "coercion.decisions", "outcome.unprocessed.duplicate", "requests.carried_out")
_FACTS = {
    "published": ("主动公开政府信息多少条", "一共主动公开了多少条政府信息"), "website": ("通过门户网站发布信息多少条", "门户网站发了多少条信息"),
    "wechat": ("微信公众号发布信息多少条", "微信公众号发了多少条信息"), "weibo": ("政务微博发布信息多少条", "微博发了多少条信息"),
    "interpretation": ("发布政策解读多少篇", "政策解读有几篇"), "press": ("召开新闻发布会多少场", "新闻发布会开了几场"),
    "letters": ("办理网民留言多少件", "网民留言办了几件"), "motions": ("办理人大代表建议和政协提案多少件", "建议提案一共办了多少件"),
    "visits": ("门户网站访问量是多少", "网站全年有多少人次访问"), "followers": ("微信公众号关注人数是多少", "公众号有多少人关注"),
    "sessions": ("举办业务培训多少次", "政务公开培训办了几次"), "people": ("参加培训的有多少人", "培训了多少人"),
}  # fmt: skip
_SHORT = {
    "人力资源和社会保障局": "人社局", "市场监督管理局": "市场监管局", "卫生健康委员会": "卫健委", "管理委员会": "管委会", "街道办事处": "街道",
    "住房和城乡建设局": "住建局", "城市管理局": "城管局", "云溪市望川区": "望川区", "碧原市枫林区": "枫林区", "国家税务总局": "",
}  # fmt: skip
_NOT_HELD = (
    "青禾县财政局", "碧原市水务局", "碧原市水利局", "云岭省财政厅", "云溪市审计局", "云溪市民政局", "望川区公安局", "云溪市望川区财政局",
    "松岚县公安局", "松岚县市场监督管理局", "青禾县人力资源和社会保障局", "碧原市自然资源和规划局", "碧原市市场监督管理局", "碧原市档案馆",
    "枫林区住房和城乡建设局", "望川区北苑街道办事处", "枫林区沙河街道办事处", "青禾县三棵松镇人民政府", "国家税务总局碧原市税务局",
)  # fmt: skip
_SHARED = (
    "教育局", "公安局", "财政局", "城市管理局", "市场监督管理局", "税务局", "城关街道办事处", "城关镇人民政府", "市教育局", "市公安局", "市财政局",
    "市城市管理局", "县教育局", "区教育局", "区市场监督管理局", "城关街道", "城关镇", "市人民政府办公室", "县人民政府", "区人民政府",
)  # fmt: skip


class _Group(NamedTuple):
    """Bodies of a kind in a place; of ``doubtful`` ones it may be argued whether they belong, so no gold rests on them."""

    place: str
    noun: str
    bodies: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


def _ending(start: str, *ends: str, but: Sequence[str] = ()) -> tuple[str, ...]:
    return tuple(b.name for b in BODIES if b.name.startswith(start) and b.name.endswith(ends) and not any(part in b.name for part in but))


_GROUPS = (
    _Group("望川区", "街道", _ending("望川区", "街道办事处")),
    _Group("", "街道", _ending("", "街道办事处")),
    _Group("", "乡镇", _ending("", "镇人民政府", "乡人民政府")),
    _Group("云溪市", "区县政府", _ending("云溪市", "区人民政府", "县人民政府")),
    _Group("", "区县政府", _ending("", "区人民政府", "县人民政府")),
    _Group("", "教育局", _ending("", "教育局")),
    _Group("云溪市", "部门", _ending("云溪市", "局", "委员会", but=("望川区", "县")), (
        "云溪市人民政府办公室", "云溪市档案馆", "云溪高新技术产业开发区管理委员会", "国家税务总局云溪市税务局",
    )),
    _Group("碧原市", "部门", _ending("碧原市", "局", but=("枫林区",)), ("碧原市人民政府办公室", "碧原经济技术开发区管理委员会")),
    _Group("望川区", "部门", _ending("云溪市望川区", "局"), ("云溪市望川区人民政府办公室",)),
)  # fmt: skip


def _of(metric: str, applicant: str | None = "total") -> str | None:
    """The applicant where the metric has one: in table 三."""
    return applicant if metric.startswith(("requests.", "outcome.")) else None


def _gold(report: WorldReport, metric: str, applicant: str | None) -> Gold:
    """What a cell says: as printed, computed where only its 总计 is blank, or missing with its table."""
    gold = report.gold.get((metric, applicant), Gold("missing", None))
    if gold.state == "blank" and applicant == "total":
        gold = Gold("computed", whole) if (whole := _added(report.gold[metric, a].value for a in APPLICANTS)) is not None else gold
    return gold


def _parts(metric: str, edition: str) -> list[str]:
    """The rows that a derived figure sums up; a figure that is printed stands for itself."""
    if metric not in _SUMS:
        return [metric]
    if metric.startswith("outcome."):
        return [m for m in outcome_rows(edition) if m == metric or m.startswith(metric + ".")]
    lawsuits = [metric.replace("litigation", block) for block in BLOCKS[1:]]
    return lawsuits if metric.startswith("litigation.") else ["requests.received", "requests.carried_in"]


def _value(report: WorldReport, metric: str, applicant: str | None = "total") -> Number | None:
    """A printed or derived figure; None where it, or a part of it, is no number."""
    return _added(_gold(report, m, _of(m, applicant)).value for m in _parts(metric, report.made.edition))


def _added(values: Iterable[Number | None]) -> Number | None:
    found = list(values)
    known = [v for v in found if v is not None]
    return sum(known) if found and len(known) == len(found) else None


def _percent(part: Number | None, whole: Number | None) -> float | None:
    """A percentage to two places; None where it cannot be had or where rounding turns on a lone 5."""
    if part is None or not whole:
        return None
    exact = 100 * part / whole
    return None if abs(abs(exact) * 1000 % 10 - 5) < 1e-6 else round(exact, 2)


def _row(metric: str, edition: str) -> str:
    """A row of table 三 as the form has it, after the heading that it stands under."""
    heading = ""
    for name, depth, _, label in request_lines(edition):
        short = label.split("（")[0]
        heading = short if depth == 1 else heading
        if name == metric:
            return f"{heading}中的{short}" if depth == 2 else "办理结果总计" if short == "总计" else short
    raise KeyError(metric)


def _columns(edition: str) -> dict[str, tuple[str, str]]:
    """Rows and columns of table 二."""
    return {f"{r}.{c}": (row, name.split("（")[0]) for _, rows, heads in DISCLOSURE[edition] for r, row in rows for c, name in heads}


class _Maker:
    """Collects questions, numbers them and turns to the next wording of each type."""

    def __init__(self) -> None:
        self.reports = {(r.body.name, r.made.year): r for r in world()}
        self.items: list[Item] = []
        self._made: Counter[str] = Counter()

    def ask(self, kind: str, said: str, *endings: str, after: str | None = None, **expect: Any) -> str:
        name, ending = f"w-{kind}-{self._made[kind]:04}", endings[self._made[kind] % len(endings)]
        self._made[kind] += 1
        self.items.append(Item(name, kind, said + ending, {"status": "answered", **expect}, after))
        return name

    def told(self, kind: str, report: WorldReport, key: Key, said: str, *endings: str, after: str | None = None) -> str:
        """A question about one printed or derived figure."""
        metric, applicant = key
        value = _value(report, metric, applicant)
        figure = _figure(report, metric, value, applicant)
        if printed := _parts(metric, report.made.edition) == [metric]:
            figure["state"] = _gold(report, metric, figure["applicant"]).state
        expect: dict[str, Any] = {"figures": [figure]} if printed or value is not None else {}
        if value is None:
            expect |= {"status": "not_reported", "no_number": True}
        return self.ask(kind, said, *endings, after=after, **expect)

    def said(self, report: WorldReport) -> str:
        """Body and year as a question names them: every fourth time short, as people do."""
        self._made["said"] += 1
        name = report.made.agency
        for full, short in _SHORT.items() if self._made["said"] % 4 == 0 else ():
            name = name.replace(full, short)
        return f"{name}{report.made.year}年"

    def drawn(self, seed: str, most: int, choices: Iterable[T]) -> list[T]:
        found = list(choices)
        return Random(seed).sample(found, min(most, len(found)))


def _figure(report: WorldReport, metric: str, value: Number | None, applicant: str | None = "total") -> dict[str, Any]:
    """Gold of one figure; a body that was renamed may be called by either name."""
    figure = {"year": report.made.year, "metric": metric, "applicant": _of(metric, applicant), "value": value}
    return figure if report.body.former else {"agency": report.made.agency, **figure}


def _printed(number: Number, unit: str = "件") -> list[list[str]]:
    """A number that a text must hold, its sign left to words."""
    return [[f"{abs(number):g}{unit}", f"{abs(number):,}{unit}"]]


def _cell(make: _Maker, kind: str, report: WorldReport, metric: str, applicant: str | None) -> None:
    if applicant:
        row, person = _row(metric, report.made.edition), _PEOPLE[applicant]
        first = f"“{row}”{'总共' if applicant == 'total' else person + '的'}有多少件？"
        endings = (first, f"报告的表三里，{row}这一行、{person}这一列填的是多少", f" {row} {person}")
    elif metric.startswith(("review.", "litigation.")):
        block, _, result = metric.rpartition(".")
        row, ended = _BLOCK[block], _RESULT[result]
        counted = "一共" if result == "total" else f"{ended}的"
        endings = (f"{row}{ended}有多少件？", f"报告的表四里，{row}一栏的{ended}是多少", f"的{row}案件中，{counted}有几件")
    else:
        row, column = _columns(report.made.edition)[metric]
        endings = (f"{row}的{column}是多少？", f"报告的表二里，{row}一行的{column}填了多少", f" {row} {column}")
    make.told(kind, report, (metric, applicant), make.said(report), *endings)


def _cells(make: _Maker) -> None:
    """From every report three or four cells, evened out over states, metrics and applicants."""
    share = {"value": 5, "zero": 3, "na": 1, "blank": 1, "computed": 1}
    seen: Counter[str | None] = Counter()
    for at, report in enumerate(make.reports.values()):
        cells = [(_gold(report, *key).state, *key) for key in make.drawn(f"cells {report.name}", 999, report.gold)]
        for _ in range(3 + (at % 3 == 0)):
            picked = min(cells, key=lambda c: (seen[c[0]] / share[c[0]], seen[c[1]], seen[c[2]]))
            cells.remove(picked)
            seen.update(picked)
            _cell(make, "cell", report, *picked[1:])


def _lacking(make: _Maker) -> None:
    """Tables, columns, years and bodies that are not there; how many requests came in, the text tells without its table."""
    for report in (r for r in make.reports.values() if r.slip.startswith("no_table_")):
        for key in make.drawn(report.name, 14, (k for k in report.made.gold if k not in report.gold and k[0] != "requests.received")):
            _cell(make, "missing_table", report, *key)
    for report in make.drawn("forms", 70, make.reports.values()):
        own, other = _columns(report.made.edition), _columns("2021" if report.made.edition == "2019" else "2019")
        row, column = other[make.drawn(report.name, 1, (m for m in other if m not in own))[0]]
        endings = (f"{row}的{column}是多少？", f"报告表二里{row}的{column}填了多少")
        make.ask("wrong_form", make.said(report), *endings, status="not_reported", no_number=True)
    lacked = [(b.name, y) for b in BODIES for y in YEARS if y not in b.years] * 5
    lacked += make.drawn("years", 50, ((b.name, y) for b in BODIES for y in (2018, 2025)))
    labels = [label for label in _COMMON.values() if not label.startswith("结转")]  # which the year after tells, as 上年结转
    traps = [("year_trap", *trap) for trap in lacked]
    traps += [("body_trap", name, year) for name in _NOT_HELD for year in YEARS[::2]]
    traps += [("same_name", name, year) for name in _SHARED for year in YEARS[1::2]]
    for at, (kind, name, year) in enumerate(traps):
        said = f"{name}{year}年{labels[(at + at // 4) % len(labels)]}"
        make.ask(kind, said, "多少件？", "是多少", status="clarify" if kind == "same_name" else "no_report", no_number=True)


def _near_labels(make: _Maker) -> None:
    """Labels that are easily taken for one another, in reports where their values differ."""
    for group in _NEAR:
        keys = {m: ("requests.received", "other") if m == "other" else (m, _of(m)) for m in group}
        found = [(r, [_value(r, *key) for key in keys.values()]) for r in make.reports.values() if r.made.edition == "2021"]
        for report, _ in make.drawn(str(group), 7, (f for f in found if None not in f[1] and len({*f[1]}) == len(keys))):
            for metric, key in keys.items():
                make.told("near_label", report, key, make.said(report) + _LABELS[metric], "有多少件？", "一共几件", "的数量是多少")


def _exists(make: _Maker) -> None:
    by_state: dict[str, list[tuple[WorldReport, str]]] = {}
    for report, metric in ((r, m) for m in _EXISTS for r in make.reports.values()):
        states = {_gold(report, m, _of(m)).state for m in _parts(metric, report.made.edition)}
        if states <= {"value", "zero"} or len(states) == 1:  # else there are some, and how many more is not known
            by_state.setdefault("value" if "value" in states else states.pop(), []).append((report, metric))
    for state in ("zero", "value", "blank", "na"):
        for report, metric in make.drawn(state, 15, by_state[state]):
            make.told("exists", report, (metric, "total"), make.said(report) + "有没有" + _LABELS[metric].removesuffix("总计"), "？", "")


def _narrative(make: _Maker) -> None:
    """Numbers of the text, and the same asked where the text does not state them."""
    for what, endings in _FACTS.items():
        for report, value in make.drawn(what, 7, ((r, f.value) for r in make.reports.values() for f in r.facts if f.what == what)):
            figure = {k: v for k, v in _figure(report, "", value).items() if k in ("agency", "year", "value")}
            make.ask("narrative_figure", make.said(report), *endings, figures=[figure])
        for report in make.drawn(f"no {what}", 5, (r for r in make.reports.values() if what not in {f.what for f in r.facts})):
            make.ask("narrative_figure", make.said(report), *endings, status=["not_reported", "answered"], no_number=True)


def _computed(make: _Maker) -> None:
    """Sums, rates and shares within a report."""
    sums = [(r, m) for m in _SUMS for r in make.reports.values() if _parts(m, r.made.edition) != [m]]
    known = make.drawn("sums", 60, (s for s in sums if _value(*s) is not None))
    for report, metric in known + make.drawn("no sums", 15, (s for s in sums if _value(*s) is None)):
        make.told("derived", report, (metric, "total"), make.said(report) + _SUMS[metric], "合计多少件？", "加起来一共有多少件")
    for label, above, applicant, below in _RATES:
        rates = [(r, _percent(_added(_value(r, m, applicant) for m in above), _value(r, below))) for r in make.reports.values()]
        for report, percent in make.drawn(label, 16 if "占" in label else 8, (r for r in rates if r[1] is not None)):
            make.ask("share" if "占" in label else "derived", make.said(report) + label, "是多少？", "是百分之多少", values=[percent])
    for report in make.drawn("applicants", 50, (r for r in make.reports.values() if 3 in r.made.tables)):
        chosen = make.drawn(report.name, 2, list(_PEOPLE)[:5])
        total = _added(_value(report, "requests.received", a) for a in chosen)
        expect = {"status": "not_reported"} if total is None else {"values": [total]}
        said = make.said(report) + "和".join(_PEOPLE[a] for a in chosen)
        make.ask("sum_applicants", said, "的新收申请一共多少件？", "的新收申请加起来共几件", **expect)


def _over_years(make: _Maker) -> None:
    for at, body in enumerate(BODIES):
        names = (body.name, body.former[0]) if body.former else (body.name,)
        for metric, label in (list(_COMMON.items()) * 2)[at % 9 : at % 9 + 2]:
            held = [(r, v) for y in body.years if (v := _value(r := make.reports[body.name, y], metric)) is not None]
            if len(held) == len(body.years):
                _years_of(make, body, metric, label, [v for _, v in held])
            for name in names if len(held) > 1 and metric == list(_COMMON)[at % 9] else ():
                said, figures = f"{name}{body.years[0]}年到{body.years[-1]}年{label}", [_figure(r, metric, v) for r, v in held]
                make.ask("trend" if name == body.name else "rename", said, "的变化趋势", "每年各是多少", figures=figures)
        for name, year, metric in product(names, YEARS, ("requests.received", "outcome.granted")) if body.former else ():
            make.told("rename", make.reports[body.name, year], (metric, "total"), f"{name}{year}年{_COMMON[metric]}", "多少件？")


def _years_of(make: _Maker, body: Body, metric: str, label: str, values: Sequence[Number]) -> None:
    """A sum of three years in a row, and two that differ compared."""
    rng = Random(f"{body.name} {metric}")
    first = rng.choice([y for y in body.years if y + 2 in body.years and y + 1 in body.years])
    said, at = f"{body.name}{first}年到{first + 2}年{label}", body.years.index(first)
    make.ask("sum_years", said, "合计多少件？", "三年加起来有多少", values=[sum(values[at : at + 3])])
    at = rng.choice([n for n in range(1, len(values)) if values[n] != values[n - 1]] or [0])
    before, year, change = body.years[at - 1], body.years[at], values[at] - values[at - 1]
    if at:
        said = f"{body.name}{year}年{label}比{before}年"
        figures = [_figure(make.reports[body.name, body.years[n]], metric, values[n]) for n in (at - 1, at)]
        percent, more = _percent(change, values[at - 1]), change > 0
        ending, told = f"{'多' if more else '少'}多少件？", _printed(change)
        if percent is not None and rng.random() < 0.5:
            ending, told = f"{'增长' if more else '下降'}了百分之多少？", _printed(percent, "%")
        make.ask("compare_years", said, ending, figures=figures, text_has=told)


def _across(make: _Maker) -> None:
    for year in YEARS:
        pairs = [p for p in combinations(BODIES, 2) if p[0].name[-3:] == p[1].name[-3:] and all(year in b.years for b in p)]
        for at, pair in enumerate(make.drawn(f"pairs {year}", 14, pairs)):
            metric, label = list(_COMMON.items())[at % len(_COMMON)]
            one, two = (make.reports[b.name, year] for b in pair)
            known = [v for r in (one, two) if (v := _value(r, metric)) is not None]
            said = f"{one.made.agency}和{two.made.agency}{year}年{label}"
            if len(known) == 2 and at % 4 == 3:
                make.ask("sum_bodies", said, "合计多少件？", "加起来多少件", values=[sum(known)])
            elif len(known) == 2:
                figures = [_figure(one, metric, known[0]), _figure(two, metric, known[1])]
                apart = _printed(known[0] - known[1]) if known[0] != known[1] else []
                make.ask("compare_bodies", said, "相差多少件？", "谁多，多多少", figures=figures, text_has=apart)
        for group in _GROUPS:
            for metric in make.drawn(f"{group} {year}", 2, _COMMON):
                _of_group(make, group, year, metric)


def _of_group(make: _Maker, group: _Group, year: int, metric: str) -> None:
    """Sum, order and conditions over the bodies of a group, where nothing turns on a tie or on who belongs to it."""
    held = {r.made.agency: r for b in group.bodies if (r := make.reports.get((b, year)))}
    values = {name: v for name, r in held.items() if (v := _value(r, metric)) is not None}
    doubtful = [v for b in group.doubtful if (r := make.reports.get((b, year))) and (v := _value(r, metric)) is not None]
    place, noun, label = group.place, group.noun, _COMMON[metric]
    asked, each = f"{noun}{year}年{label}", f"{year}年{place}各{noun}中{label}"
    if len(values) == len(held) > 1 and not group.doubtful:
        make.ask("sum_bodies", place, f"各{asked}合计多少件？", f"所有{asked}加起来是多少", values=[sum(values.values())])
    down = sorted(values, key=lambda name: -values[name])
    ordered = [values[name] for name in down]
    if len(down) < 3:
        return
    first, last = ([_figure(held[down[n]], metric, ordered[n])] for n in (0, -1))
    if ordered[0] > max([ordered[1], *doubtful]):
        if len(down) > 3 and ordered[2] > max([ordered[3], *doubtful]) and len(make.items) % 2:
            endings = (f"各{asked}排前三的是哪些？", f"{year}年{label}最多的三个{noun}")
            make.ask("rank", place, *endings, first=down[0], names=down[:3], figures=first)
        else:
            make.ask("rank", "", f"{place}哪个{asked}最多？", f"{each}最多的是哪个", first=down[0], figures=first)
    if ordered[-1] < min([ordered[-2], *doubtful]):
        make.ask("rank", "", f"{place}哪个{asked}最少？", f"{each}最少的是哪个", first=down[-1], figures=last)
    limit = int(ordered[len(ordered) // 2])
    above = [name for name in down if values[name] > limit]
    if above and max([0, *doubtful]) <= limit:
        endings = (f"{place}哪些{asked}超过{limit}件？", f"{year}年{label}超过{limit}件的{place}{noun}有哪些")
        below = [name for name in down if name not in above and not any(name in other for other in above)]
        make.ask("which", "", *endings, names=above, not_names=below)
        make.ask("count", place, f"有几个{asked}超过{limit}件？", f"{year}年{label}多于{limit}件的{noun}有几个？", count=len(above))
    if ordered[-1] == 0 and 0 not in doubtful:
        make.ask("which", place, f"哪些{asked}是0件？", f"哪些{asked}为零", names=[name for name in down if not values[name]])


def _conversations(make: _Maker) -> None:
    key = ("requests.received", "total")
    pairs = ((r, before) for r in make.reports.values() if (before := make.reports.get((r.body.name, r.made.year - 1))))
    told = [(r, e, now - then) for r, e in pairs if (now := _value(r, *key)) and (then := _value(e, *key)) is not None and now != then]
    for at, (report, earlier, change) in enumerate(make.drawn("conversations", 42, told)):
        year = report.made.year
        base = make.told("followup", report, key, make.said(report), "新收政府信息公开申请多少件？")
        if at % 3 == 0:
            make.told("followup", earlier, key, "", f"那{year - 1}年呢？", f"{year - 1}年呢", after=base)
            make.told("followup", report, ("outcome.granted", "total"), "", "予以公开的呢？", "予以公开的有几件", after=base)
        elif at % 3 == 1:
            person = make.told("followup", report, (key[0], "natural"), "", "其中自然人呢？", "自然人有几件", after=base)
            if percent := _percent(_value(report, key[0], "natural"), _value(report, *key)):
                make.ask("followup", "", "占比呢？", "占百分之几", after=person, values=[percent])
        else:
            more = "多" if change > 0 else "少"
            make.ask("followup", "", f"比上年{more}多少？", f"比{year - 1}年{more}了几件", after=base, text_has=_printed(change))
            other = make.drawn(report.name, 1, (r for r, *_ in told if r.made.year == year and r.body != report.body))[0]
            make.told("followup", other, key, "", f"换成{other.made.agency}呢？", f"那{other.made.agency}呢", after=base)


def _coverage(make: _Maker) -> None:
    for body in BODIES[::2] + tuple(b for b in BODIES if len(b.years) < len(YEARS)):
        edges = [str(y) for y in body.years if y - 1 not in body.years or y + 1 not in body.years]
        make.ask("coverage", body.name, "有哪几年的报告？", "的报告收录了哪些年度", names=[body.name], text_has=edges)
        for year in sorted({*YEARS} - {*body.years}):
            make.ask(
                "coverage",
                f"有没有{body.name}{year}年",
                "的报告？",
                status=["answered", "no_report"],
                no_number=True,
                text_has=[["没有", "未收录", "尚未"]],
            )
    for group in _GROUPS[:6]:
        named = [r.made.agency for b in group.bodies if (r := make.reports.get((b, 2024)))]
        make.ask("coverage", group.place, f"收录了哪些{group.noun}的报告", f"有哪些{group.noun}的年报", names=named)
        make.ask("coverage", group.place, f"一共收录了几个{group.noun}的报告", f"有多少个{group.noun}的年报", count=len(named))


def questions() -> list[Item]:
    """All questions, the same at every call, none of a type asked twice."""
    make = _Maker()
    for step in (_cells, _lacking, _near_labels, _exists, _narrative, _computed, _over_years, _across, _conversations, _coverage):
        step(make)
    return list({(item.type, item.question, item.after): item for item in make.items}.values())
