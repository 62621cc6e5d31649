"""Some 2,500 questions about the made-up province of ``tests.world``, with gold answers drawn from its truth alone.

They are plain in wording, for they test what is looked up and computed rather than how people talk. Every number is taken
from the world's cells and facts: a blank cell, a "/" and a missing table never count as zero, and what rests on one of them
cannot be computed. A blank 总计 of table 三 whose parts are all numbers is computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any, TypeVar

from service.evaluation import Item
from tests.generate import APPLICANTS, BLOCKS, DISCLOSURE, RESULTS, Gold, outcome_rows, request_lines
from tests.world import BODIES, SLIPS, YEARS, WorldReport, world

T = TypeVar("T")
Number = int | float

_PEOPLE = {
    "natural": "自然人", "company": "商业企业", "research": "科研机构", "public_benefit": "社会公益组织", "legal_service": "法律服务机构",
    "other": "法人或其他组织中的其他", "total": "总计",
}  # fmt: skip
_BLOCK = {"review": "行政复议", "litigation.direct": "未经复议直接起诉的行政诉讼", "litigation.after_review": "复议后起诉的行政诉讼"}
_RESULT = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结", "total": "总计"}
_GROUPED = ("outcome.refused", "outcome.unavailable", "outcome.unprocessed", "outcome.other")
_LITIGATION = tuple(f"litigation.{r}" for r in (*RESULTS, "total"))
_DERIVED = {
    "outcome.refused": "不予公开", "outcome.unavailable": "无法提供", "outcome.unprocessed": "不予处理", "outcome.other": "其他处理",
    "requests.to_handle": "新收加上年结转", "litigation.total": "行政诉讼总计", "litigation.upheld": "行政诉讼结果维持",
    "litigation.corrected": "行政诉讼结果纠正", "litigation.other": "行政诉讼其他结果", "litigation.pending": "行政诉讼尚未审结",
}  # fmt: skip
_RATES = {
    "rate.granted": ("公开率", ("outcome.granted", "outcome.partial"), "outcome.total"),
    "rate.refused": ("不予公开率", ("outcome.refused",), "outcome.total"),
    "rate.completed": ("办结率", ("outcome.total",), "requests.to_handle"),
    "rate.review_corrected": ("行政复议纠正率", ("review.corrected",), "review.total"),
    "rate.litigation_corrected": ("行政诉讼纠正率", ("litigation.corrected",), "litigation.total"),
}
# What is compared, ranked and summed: figures of both forms.
_COMMON = {
    "requests.received": "新收政府信息公开申请", "outcome.granted": "予以公开", "outcome.total": "办理结果总计", "outcome.refused": "不予公开",
    "outcome.unavailable": "无法提供", "outcome.unavailable.not_held": "本机关不掌握相关政府信息", "requests.carried_out": "结转下年度继续办理",
    "review.total": "行政复议总计", "litigation.total": "行政诉讼总计",
}  # fmt: skip
_SHORT = {
    "云溪市人力资源和社会保障局": "云溪市人社局", "云溪市市场监督管理局": "云溪市市场监管局", "云溪市卫生健康委员会": "云溪市卫健委",
    "云溪高新技术产业开发区管理委员会": "云溪高新区管委会", "云溪市望川区住房和城乡建设局": "望川区住建局", "望川区白石街道办事处": "白石街道",
    "松岚县三棵松镇人民政府": "三棵松镇", "碧原经济技术开发区管理委员会": "碧原经开区", "国家税务总局松岚县税务局": "松岚县税务局",
    "云溪市望川区教育局": "望川区教育局", "碧原市枫林区市场监督管理局": "枫林区市场监管局", "云溪市城市管理局": "云溪市城管局",
    "碧原市枫林区教育局": "枫林区教育局", "枫林区柳荫街道办事处": "柳荫街道办", "青禾县十八坪乡人民政府": "十八坪乡",
}  # fmt: skip
_FACTS = {
    "published": ("主动公开政府信息多少条", "一共主动公开了多少条政府信息"),
    "website": ("通过门户网站发布信息多少条", "门户网站发了多少条信息"),
    "wechat": ("微信公众号发布信息多少条", "微信公众号发了多少条信息"),
    "weibo": ("政务微博发布信息多少条", "微博发了多少条信息"),
    "interpretation": ("发布政策解读多少篇", "政策解读有几篇"),
    "press": ("召开新闻发布会多少场", "新闻发布会开了几场"),
    "letters": ("办理网民留言多少件", "网民留言办了几件"),
    "motions": ("办理人大代表建议和政协提案多少件", "建议提案一共办了多少件"),
    "visits": ("门户网站访问量是多少", "网站全年有多少人次访问"),
    "followers": ("微信公众号关注人数是多少", "公众号有多少人关注"),
    "sessions": ("举办业务培训多少次", "政务公开培训办了几次"),
    "people": ("参加培训的有多少人", "培训了多少人"),
}


@dataclass(frozen=True, slots=True)
class _Group:
    """Bodies of a kind in a place; of ``doubtful`` ones it may be argued whether they belong, so no gold rests on them."""

    place: str
    noun: str
    bodies: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


def _ending(start: str, *ends: str) -> tuple[str, ...]:
    return tuple(b.name for b in BODIES if b.name.startswith(start) and b.name.endswith(ends))


def _departments(city: str, counties: Sequence[str], doubtful: Sequence[str]) -> _Group:
    own = [n for n in _ending(city, "局", "委员会") if not any(c in n for c in counties) and n not in doubtful]
    return _Group(city, "部门", tuple(own), tuple(doubtful))


_GROUPS = (
    _Group("望川区", "街道", _ending("望川区", "街道办事处")),
    _Group("", "街道", _ending("", "街道办事处")),
    _Group("", "乡镇", _ending("", "镇人民政府", "乡人民政府")),
    _Group("松岚县", "乡镇", _ending("松岚县", "镇人民政府")),
    _Group("云溪市", "区县政府", _ending("云溪市", "区人民政府", "县人民政府")),
    _Group("", "区县政府", _ending("", "区人民政府", "县人民政府")),
    _Group("", "教育局", _ending("", "教育局")),
    _departments(
        "云溪市", ("望川区", "松岚县", "青禾县"),
        ("云溪市人民政府办公室", "云溪市档案馆", "云溪高新技术产业开发区管理委员会", "国家税务总局云溪市税务局"),
    ),
    _departments("碧原市", ("枫林区",), ("碧原市人民政府办公室", "碧原经济技术开发区管理委员会")),
    _Group("望川区", "部门", _ending("云溪市望川区", "局"), ("云溪市望川区人民政府办公室",)),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------- the truth


def _reports() -> dict[tuple[str, int], WorldReport]:
    return {(r.body.name, r.made.year): r for r in world()}


def _gold(report: WorldReport, metric: str, applicant: str | None) -> Gold:
    """What a cell says: as printed, computed where only its 总计 is blank, or missing with its table."""
    cells = report.gold
    gold = cells.get((metric, applicant), Gold("missing", None))
    if gold.state == "blank" and applicant == "total":
        parts = [cells[metric, a].value for a in APPLICANTS]
        known = [p for p in parts if p is not None]
        if len(known) == len(parts):
            return Gold("computed", sum(known))
    return gold


def _parts(metric: str, edition: str) -> list[str]:
    """The rows that a derived figure sums up; a figure that is printed stands for itself."""
    if metric == "requests.to_handle":
        return ["requests.received", "requests.carried_in"]
    if metric in _LITIGATION:
        return [f"{block}.{metric.partition('.')[2]}" for block in BLOCKS[1:]]
    if metric in _GROUPED:
        return [m for m in outcome_rows(edition) if m == metric or m.startswith(metric + ".")]
    return [metric]


def _value(report: WorldReport, metric: str, applicant: str | None = "total") -> Number | None:
    """A printed or derived figure; None where it, or a part of it, is no number. Table 四 and 二 have no applicants."""
    if not metric.startswith(("requests.", "outcome.")):
        applicant = None
    return _added(_gold(report, m, applicant).value for m in _parts(metric, report.made.edition))


def _added(values: Iterable[Number | None]) -> Number | None:
    found = list(values)
    known = [v for v in found if v is not None]
    return sum(known) if found and len(known) == len(found) else None


def _percent(part: Number | None, whole: Number | None) -> float | None:
    """A percentage to two places; None where it cannot be had or where the third place is a lone 5."""
    if part is None or not whole:
        return None
    exact = 100 * part / whole
    return None if abs(exact * 1000 % 10 - 5) < 1e-6 else round(exact, 2)


def _label(metric: str, edition: str) -> str:
    """A row of table 三 as the form has it, after the heading that it stands under."""
    heading = ""
    for name, depth, _, label in request_lines(edition):
        short = label.split("（")[0]
        heading = short if depth == 1 else heading
        if name == metric:
            return f"{heading}中的{short}" if depth == 2 else "办理结果总计" if short == "总计" else short
    raise KeyError(metric)


def _disclosure_labels(edition: str) -> dict[str, tuple[str, str]]:
    return {f"{r}.{c}": (row, column.split("（")[0]) for _, rows, columns in DISCLOSURE[edition] for r, row in rows for c, column in columns}


# ------------------------------------------------------------------------------------------------------ making items


class _Maker:
    """Collects questions, numbers them and turns to the next wording of each type."""

    def __init__(self) -> None:
        self.reports = _reports()
        self.items: list[Item] = []
        self._made: Counter[str] = Counter()
        self._named = 0

    def ask(self, kind: str, *wordings: str, after: str | None = None, **expect: Any) -> str:
        number = self._made[kind]
        self._made[kind] += 1
        name = f"w-{kind}-{number:04}"
        self.items.append(Item(name, kind, wordings[number % len(wordings)], expect, after))
        return name

    def told(self, kind: str, report: WorldReport, metric: str, applicant: str | None, *wordings: str, after: str | None = None) -> str:
        """A question about one printed or derived figure."""
        return self.ask(kind, *wordings, after=after, **_expect(report, metric, applicant))

    def who(self, report: WorldReport) -> str:
        """The body as a question names it: every fourth time short, where people have a short name for it."""
        self._named += 1
        full = report.made.agency
        return _SHORT.get(full, full) if self._named % 4 == 0 else full

    def drawn(self, kind: str, most: int, choices: Iterable[T]) -> list[T]:
        found = list(choices)
        return Random(kind).sample(found, min(most, len(found)))

    def pairs(self, metrics: Iterable[str]) -> Iterator[tuple[WorldReport, str]]:
        return ((report, metric) for report in self.reports.values() for metric in metrics)


def _figure(report: WorldReport, metric: str, applicant: str | None = "total", value: Number | None = None) -> dict[str, Any]:
    if not metric.startswith(("requests.", "outcome.")):
        applicant = None
    named: dict[str, Any] = {} if report.body.former else {"agency": report.made.agency}
    return {**named, "year": report.made.year, "metric": metric, "applicant": applicant, "value": value}


def _expect(report: WorldReport, metric: str, applicant: str | None) -> dict[str, Any]:
    value = _value(report, metric, applicant)
    figure = _figure(report, metric, applicant, value)
    if _parts(metric, report.made.edition) == [metric]:
        figure["state"] = _gold(report, metric, figure["applicant"]).state
    elif value is None:
        return {"status": "not_reported", "no_number": True}
    return {"status": "answered", "figures": [figure]} if value is not None else {"status": "not_reported", "no_number": True, "figures": [figure]}


def _either(number: Number) -> list[str]:
    """A number as a text may print it, its sign left to words."""
    plain = f"{abs(number):.2f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(abs(number))
    return [plain, f"{abs(number):,}"]


# --------------------------------------------------------------------------------------------------- single figures


def _cell_wordings(who: str, report: WorldReport, metric: str, applicant: str | None) -> tuple[str, str, str]:
    year, edition = report.made.year, report.made.edition
    if applicant:
        label, person = _label(metric, edition), _PEOPLE[applicant]
        counted = "总共" if applicant == "total" else f"{person}的"
        return (
            f"{who}{year}年，“{label}”{counted}有多少件？",
            f"{who}{year}年报告的表三里，{label}这一行、{person}这一列填的是多少",
            f"{who} {year}年 {label} {person}",
        )
    if metric.startswith(("review.", "litigation.")):
        block, _, result = metric.rpartition(".")
        name, ended = _BLOCK[block], _RESULT[result]
        counted = "一共有几件" if result == "total" else f"{ended}的有几件"
        return (
            f"{who}{year}年{name}{ended}有多少件？",
            f"{who}{year}年报告的表四里，{name}一栏的{ended}是多少",
            f"{who}{year}年的{name}案件中，{counted}",
        )
    row, column = _disclosure_labels(edition)[metric]
    return f"{who}{year}年{row}的{column}是多少？", f"{who}{year}年报告的表二里，{row}一行的{column}填了多少", f"{who} {year}年 {row} {column}"


def _cells(make: _Maker) -> None:
    """From every report three or four cells, evened out over states, metrics and applicants."""
    share = {"value": 5, "zero": 3, "na": 1, "blank": 1, "computed": 1}
    states: Counter[str] = Counter()
    seen: Counter[str | None] = Counter()
    for at, report in enumerate(make.reports.values()):
        rng = Random(f"cells {report.name}")
        cells = [(_gold(report, *key).state, rng.random(), *key) for key in report.gold]
        for _ in range(3 + (at % 3 == 0)):
            picked = min(cells, key=lambda c: (states[c[0]] / share[c[0]], seen[c[2]], seen[c[3]], c[1]))
            cells.remove(picked)
            state, _, metric, applicant = picked
            states[state] += 1
            seen.update((metric, applicant))
            make.told("cell", report, metric, applicant, *_cell_wordings(make.who(report), report, metric, applicant))


def _lacking(make: _Maker) -> None:
    """Tables, columns, years and bodies that are not there."""
    for (body, year), slip in SLIPS.items():
        if slip.startswith("no_table_"):
            report = make.reports[body, year]
            cells = [k for k in report.made.gold if k not in report.gold and k[0] != "requests.received"]
            for metric, applicant in make.drawn(f"missing {body}", 14, cells):
                make.told("missing_table", report, metric, applicant, *_cell_wordings(make.who(report), report, metric, applicant))
    labels = {edition: _disclosure_labels(edition) for edition in DISCLOSURE}
    for report in make.drawn("forms", 100, make.reports.values()):
        own, other = labels[report.made.edition], labels["2021" if report.made.edition == "2019" else "2019"]
        metric = make.drawn(f"form {report.name}", 1, sorted(set(other) - set(own)))[0]
        row, column = other[metric]
        asked = f"{make.who(report)}{report.made.year}年"
        make.ask("wrong_form", f"{asked}{row}的{column}是多少？", f"{asked}报告表二里{row}的{column}填了多少", status="not_reported", no_number=True)
    held = [(r, y) for r in make.reports.values() for y in YEARS if y not in r.body.years] * 2
    held += make.drawn("years", 60, ((r, y) for r in make.reports.values() for y in (2018, 2025)))
    for at, (report, year) in enumerate(make.drawn("traps", 90, held)):
        label = list(_COMMON.values())[at % len(_COMMON)]
        asked = f"{make.who(report)}{year}年"
        make.ask("year_trap", f"{asked}{label}多少件？", f"请问{asked}的{label}是多少", status="no_report", no_number=True)
    for at, (body, year) in enumerate((b, y) for b in _NOT_HELD for y in (2020, 2022, 2024)):
        label = list(_COMMON.values())[at % len(_COMMON)]
        make.ask("body_trap", f"{body}{year}年{label}多少件？", f"查一下{body}{year}年{label}的数量", status="no_report", no_number=True)
    for at, (name, year) in enumerate((n, y) for n in _AMBIGUOUS for y in (2019, 2022, 2024)):
        label = list(_COMMON.values())[at % len(_COMMON)]
        make.ask("same_name", f"{name}{year}年{label}多少件？", f"{year}年{name}的{label}是多少", status="clarify", no_number=True)


_NOT_HELD = (
    "青禾县财政局", "碧原市水务局", "碧原市水利局", "云岭省财政厅", "云岭省水利厅", "云溪市审计局", "云溪市民政局", "望川区公安局", "云溪市望川区财政局",
    "松岚县公安局", "松岚县水务局", "松岚县市场监督管理局", "青禾县公安局", "青禾县人力资源和社会保障局", "碧原市自然资源和规划局",
    "碧原市市场监督管理局", "碧原市档案馆", "碧原市枫林区财政局", "枫林区住房和城乡建设局", "望川区北苑街道办事处", "枫林区沙河街道办事处",
    "青禾县三棵松镇人民政府", "国家税务总局碧原市税务局", "国家税务总局青禾县税务局",
)  # fmt: skip
_AMBIGUOUS = (
    "教育局", "公安局", "财政局", "城市管理局", "市场监督管理局", "税务局", "城关街道办事处", "城关镇人民政府", "市教育局", "市公安局", "市财政局",
    "市城市管理局", "县教育局", "区教育局", "区市场监督管理局", "城关街道", "城关镇", "市人民政府办公室", "县人民政府", "区人民政府",
)  # fmt: skip


def _near_labels(make: _Maker) -> None:
    """Labels that are easily taken for one another, in reports where their values differ."""
    label = {**_DERIVED, **_COMMON, "requests.received": "本年新收", "requests.carried_in": "上年结转", "requests.carried_out": "结转下年度继续办理"}
    label |= {"licensing.decisions": "行政许可处理决定", "penalty.decisions": "行政处罚处理决定", "coercion.decisions": "行政强制处理决定"}
    label |= {f"{b}.{r}": _BLOCK[b] + _RESULT[r] for b in BLOCKS for r in _RESULT}
    label |= {"outcome.other.rest": "其他处理中的其他", "other": "新收申请中，法人或其他组织里属于“其他”的"}
    groups: tuple[tuple[str, ...], ...] = (
        _GROUPED,
        ("requests.received", "requests.carried_in", "requests.carried_out", "outcome.total"),
        ("review.total", "litigation.direct.total", "litigation.after_review.total", "litigation.total"),
        ("other", "outcome.other.rest", "review.other", "litigation.direct.other"),
        ("litigation.direct.upheld", "litigation.after_review.upheld", "review.upheld"),
        ("licensing.decisions", "penalty.decisions", "coercion.decisions"),
    )
    for at, group in enumerate(groups):
        found = []
        for report in make.reports.values():
            if report.made.edition == "2021":
                keys = [("requests.received", "other") if m == "other" else (m, "total") for m in group]
                values = [_value(report, *key) for key in keys]
                if None not in values and len(set(values)) == len(values):
                    found.append((report, keys))
        for report, keys in make.drawn(f"near {at}", 9, found):
            for metric, applicant in keys:
                said = f"{make.who(report)}{report.made.year}年{label['other' if applicant == 'other' else metric]}"
                make.told("near_label", report, metric, applicant, f"{said}有多少件？", f"{said}一共几件", f"请问{said}的数量")


def _exists(make: _Maker) -> None:
    asked = {
        "review.total": "行政复议", "litigation.total": "行政诉讼", "coercion.decisions": "行政强制处理决定",
        "outcome.unprocessed.duplicate": "因重复申请不予处理的", "requests.carried_out": "结转下年度继续办理的申请",
    }  # fmt: skip
    by_state: dict[str, list[tuple[WorldReport, str]]] = {}
    for report, metric in make.pairs(asked):
        states = sorted({_gold(report, m, _figure(report, m)["applicant"]).state for m in _parts(metric, report.made.edition)})
        if not ({"value"} < set(states) and set(states) & {"blank", "na"}):  # some, and how many more is not known
            by_state.setdefault(states[0] if len(states) == 1 else "value", []).append((report, metric))
    for state in ("zero", "value", "blank", "na"):
        for report, metric in make.drawn(f"exists {state}", 20, by_state[state]):
            said = f"{make.who(report)}{report.made.year}年有没有{asked[metric]}"
            make.told("exists", report, metric, "total", f"{said}？", f"请问{said}")


def _narrative(make: _Maker) -> None:
    """Numbers of the text, and the same asked where the text does not state them."""
    for what, wordings in _FACTS.items():
        stated = [(r, f) for r in make.reports.values() for f in r.facts if f.what == what and f.value is not None]
        for report, fact in make.drawn(what, 9, stated):
            said = f"{make.who(report)}{report.made.year}年"
            figure = {k: v for k, v in _figure(report, "", None, fact.value).items() if k in ("agency", "year", "value")}
            make.ask("narrative_figure", *(said + w for w in wordings), status="answered", figures=[figure])
        silent = [r for r in make.reports.values() if what not in {f.what for f in r.facts}]
        for report in make.drawn(f"no {what}", 6, silent):
            said = f"{make.who(report)}{report.made.year}年"
            make.ask("narrative_figure", *(said + w for w in wordings), status=["not_reported", "answered"], no_number=True)


# -------------------------------------------------------------------------------------------------- computed figures


def _computed(make: _Maker) -> None:
    """Sums, rates and shares within a report."""
    derived = [(r, m) for r, m in make.pairs(_DERIVED) if _parts(m, r.made.edition) != [m]]
    known = make.drawn("derived", 80, (p for p in derived if _value(*p) is not None))
    for report, metric in known + make.drawn("not derived", 20, (p for p in derived if _value(*p) is None)):
        said = f"{make.who(report)}{report.made.year}年{_DERIVED[metric]}"
        make.told("derived", report, metric, "total", f"{said}合计多少件？", f"{said}加起来一共有多少件")
    for rate, (label, above, below) in _RATES.items():
        rates = [(r, _percent(_added(_value(r, m) for m in above), _value(r, below))) for r in make.reports.values()]
        for report, percent in make.drawn(rate, 10, ((r, p) for r, p in rates if p is not None)):
            said = f"{make.who(report)}{report.made.year}年{label}"
            make.ask("derived", f"{said}是多少？", f"{said}是百分之多少", status="answered", values=[percent])
    for report in make.drawn("applicants", 60, (r for r in make.reports.values() if _gold(r, "requests.received", "total").state != "missing")):
        chosen = make.drawn(f"people {report.name}", 2, list(_PEOPLE)[:5])
        total = _added(_value(report, "requests.received", a) for a in chosen)
        said = f"{make.who(report)}{report.made.year}年"
        first, second = (_PEOPLE[a] for a in chosen)
        expect = {"status": "answered", "values": [total]} if total is not None else {"status": "not_reported"}
        make.ask("sum_applicants", f"{said}{first}和{second}的新收申请一共多少件？", f"{said}新收申请中{first}加{second}共几件", **expect)
    of_people = [(r, "requests.received", a, "requests.received", _PEOPLE[a]) for r in make.reports.values() for a in list(_PEOPLE)[:2]]
    rows = {"outcome.granted": "予以公开", "outcome.partial": "部分公开", "outcome.refused": "不予公开", "outcome.unavailable": "无法提供"}
    of_rows = [(r, m, "total", "outcome.total", rows[m]) for r, m in make.pairs(rows)]
    for shares in (of_people, of_rows):
        whole = "新收申请" if shares is of_people else "办理结果总计"
        percents = [(s, _percent(_value(s[0], s[1], s[2]), _value(s[0], s[3]))) for s in shares]
        for (report, _, _, _, label), percent in make.drawn(f"share {whole}", 35, (p for p in percents if p[1] is not None)):
            said = f"{make.who(report)}{report.made.year}年{label}"
            make.ask("share", f"{said}占{whole}的百分之多少？", f"{said}占{whole}的比例是多少", status="answered", values=[percent])


def _over_years(make: _Maker) -> None:
    sums, changes = [], []
    for report, metric in make.pairs(_COMMON):
        body, year = report.body, report.made.year
        three = [_value(make.reports[body.name, y], metric) for y in range(year - 2, year + 1) if (body.name, y) in make.reports]
        if len(three) == 3 and (total := _added(three)) is not None:
            sums.append((report, metric, total))
        if len(three) > 1 and (body.name, year - 1) in make.reports and three[-1] is not None and three[-2] is not None and three[-1] != three[-2]:
            changes.append((report, metric, three[-2], three[-1]))
    for report, metric, total in make.drawn("sum_years", 60, sums):
        year, who = report.made.year, make.who(report)
        said = f"{who}{year - 2}年到{year}年{_COMMON[metric]}"
        make.ask("sum_years", f"{said}合计多少件？", f"{said}三年加起来有多少", status="answered", values=[total])
    for report, metric, before, after in make.drawn("compare_years", 80, changes):
        year = report.made.year
        said = f"{make.who(report)}{year}年{_COMMON[metric]}比{year - 1}年"
        more = after > before
        figures = [_figure(make.reports[report.body.name, y], metric, value=v) for y, v in ((year - 1, before), (year, after))]
        percent = _percent(after - before, before)
        if percent is not None and len(make.items) % 2:
            make.ask("compare_years", f"{said}{'增长' if more else '下降'}了百分之多少？", status="answered", figures=figures, text_has=[_either(percent)])
        else:
            make.ask("compare_years", f"{said}{'多' if more else '少'}多少件？", status="answered", figures=figures, text_has=[_either(after - before)])
    for body in BODIES:
        metric = list(_COMMON)[BODIES.index(body) % len(_COMMON)]
        held = [make.reports[body.name, y] for y in body.years]
        values = [(r, _value(r, metric)) for r in held]
        figures = [_figure(r, metric, value=v) for r, v in values if v is not None]
        if len(figures) > 1:
            said = f"{make.who(held[-1])}{body.years[0]}年到{body.years[-1]}年{_COMMON[metric]}"
            make.ask("trend", f"{said}的变化趋势", f"{said}每年各是多少", status="answered", figures=figures)
        if body.former:
            for report, value in [v for v in values if v[1] is not None]:
                for name in (body.name, body.former[0]):
                    for asked in ("requests.received", "outcome.granted"):
                        make.told("rename", report, asked, "total", f"{name}{report.made.year}年{_COMMON[asked]}多少件？")
            make.ask("rename", f"{body.former[0]}2019年到2024年{_COMMON[metric]}每年各是多少", status="answered", figures=figures)


# ------------------------------------------------------------------------------------------------- several bodies


def _across(make: _Maker) -> None:
    for year in YEARS:
        pairs = [p for p in combinations(BODIES, 2) if p[0].name[-3:] == p[1].name[-3:] and all(year in b.years for b in p)]
        for at, pair in enumerate(make.drawn(f"bodies {year}", 12, pairs)):
            metric = list(_COMMON)[at % len(_COMMON)]
            one, two = (make.reports[b.name, year] for b in pair)
            values = _value(one, metric), _value(two, metric)
            if values[0] is not None and values[1] is not None:
                said = f"{one.made.agency}和{two.made.agency}{year}年{_COMMON[metric]}"
                figures = [_figure(r, metric, value=v) for r, v in zip((one, two), values, strict=True)]
                apart = {"text_has": [_either(values[0] - values[1])]} if values[0] != values[1] else {}
                make.ask("compare_bodies", f"{said}相差多少件？", f"{said}谁多，多多少", status="answered", figures=figures, **apart)
        for at, pair in enumerate(make.drawn(f"sum {year}", 5, pairs)):
            metric = list(_COMMON)[at]
            one, two = (make.reports[b.name, year] for b in pair)
            if (total := _added((_value(one, metric), _value(two, metric)))) is not None:
                make.ask("sum_bodies", f"{one.made.agency}和{two.made.agency}{year}年{_COMMON[metric]}合计多少件？", status="answered", values=[total])
        for group in _GROUPS:
            for metric in make.drawn(f"{group} {year}", 3, _COMMON):
                _of_group(make, group, year, metric)
    for group in _GROUPS[:7]:
        named = [r.made.agency for b in group.bodies if (r := make.reports.get((b, 2024)))]
        make.ask("coverage", f"收录了哪些{group.place}{group.noun}的报告" if not group.place else f"{group.place}有哪些{group.noun}的报告", names=named)
        make.ask("coverage", f"{group.place}一共收录了几个{group.noun}的报告", count=len(named))


def _of_group(make: _Maker, group: _Group, year: int, metric: str) -> None:
    """Sum, order and conditions over the bodies of a group, where nothing turns on a tie or on who belongs to it."""
    held = [make.reports[b, year] for b in group.bodies if (b, year) in make.reports]
    values = {r.made.agency: (r, v) for r in held if (v := _value(r, metric)) is not None}
    doubtful = [v for b in group.doubtful if (b, year) in make.reports and (v := _value(make.reports[b, year], metric)) is not None]
    place, noun, label = group.place, group.noun, _COMMON[metric]
    if len(values) == len(held) > 1 and not group.doubtful:
        make.ask(
            "sum_bodies", f"{place}各{noun}{year}年{label}合计多少件？", f"{place}所有{noun}{year}年{label}加起来是多少", status="answered",
            values=[sum(v for _, v in values.values())],
        )  # fmt: skip
    down = sorted(values, key=lambda name: -values[name][1])
    ordered = [values[name][1] for name in down]
    if len(down) < 3:
        return
    if ordered[0] > max([ordered[1], *doubtful]):
        first = _figure(values[down[0]][0], metric, value=ordered[0])
        if len(down) > 3 and ordered[2] > max([ordered[3], *doubtful]) and len(make.items) % 2:
            asked = f"{place}各{noun}{year}年{label}排前三的是哪些？", f"{year}年{place}{label}最多的三个{noun}"
            make.ask("rank", *asked, status="answered", first=down[0], names=down[:3], figures=[first])
        else:
            asked = f"{place}哪个{noun}{year}年{label}最多？", f"{year}年{place}各{noun}中{label}最多的是哪个"
            make.ask("rank", *asked, status="answered", first=down[0], figures=[first])
    if ordered[-1] < min([ordered[-2], *doubtful]):
        asked = f"{place}哪个{noun}{year}年{label}最少？", f"{year}年{place}各{noun}中{label}最少的是哪个"
        make.ask("rank", *asked, status="answered", first=down[-1], figures=[_figure(values[down[-1]][0], metric, value=ordered[-1])])
    limit = int(ordered[len(ordered) // 2])
    above = [n for n in down if values[n][1] > limit]
    if above and not any(v > limit for v in doubtful):
        below = [n for n in down if n not in above and not any(n in other for other in above)]
        asked = f"{place}哪些{noun}{year}年{label}超过{limit}件？", f"{year}年{label}超过{limit}件的{place}{noun}有哪些"
        make.ask("which", *asked, status="answered", names=above, not_names=below)
        make.ask("count", f"{place}有几个{noun}{year}年{label}超过{limit}件？", status="answered", count=len(above))
    if ordered[-1] == 0 and 0 not in doubtful:
        none = [n for n in down if not values[n][1]]
        make.ask("which", f"{place}哪些{noun}{year}年{label}是0件？", f"{place}哪些{noun}{year}年{label}为零", status="answered", names=none)


def _conversations(make: _Maker) -> None:
    told = [r for r in make.reports.values() if _value(r, "requests.received") and (r.body.name, r.made.year - 1) in make.reports]
    for at, report in enumerate(make.drawn("followup", 55, told)):
        year, metric = report.made.year, "requests.received"
        base = make.told("followup", report, metric, "total", f"{make.who(report)}{year}年新收政府信息公开申请多少件？")
        earlier = make.reports[report.body.name, year - 1]
        before, now = _value(earlier, metric), _value(report, metric)
        if at % 3 == 0:
            make.told("followup", earlier, metric, "total", f"那{year - 1}年呢？", f"{year - 1}年呢", after=base)
            make.told("followup", report, "outcome.granted", "total", "予以公开的呢？", "其中予以公开的有几件", after=base)
        elif at % 3 == 1:
            person = make.told("followup", report, metric, "natural", "其中自然人呢？", "自然人有几件", after=base)
            percent = _percent(_value(report, metric, "natural"), now)
            if percent is not None:
                make.ask("followup", "占比呢？", "占多少", after=person, status="answered", values=[percent])
        else:
            if before is not None and now is not None and before != now:
                more = f"比上年{'多' if now > before else '少'}多少？"
                figure = _figure(report, metric, value=now)
                make.ask("followup", more, after=base, status="answered", figures=[figure], text_has=[_either(now - before)])
            others = [r for r in told if r.made.year == year and r.body != report.body]
            other = make.drawn(f"instead {report.name}", 1, others)[0]
            make.told("followup", other, metric, "total", f"换成{other.made.agency}呢？", f"那{other.made.agency}呢", after=base)


def _coverage(make: _Maker) -> None:
    short = [b for b in BODIES if len(b.years) < len(YEARS)]
    for body in make.drawn("coverage", 24, (b for b in BODIES if b not in short)) + short:
        years = [str(y) for y in body.years]
        make.ask("coverage", f"{body.name}有哪几年的报告？", f"收录了{body.name}哪些年度的年报", status="answered", text_has=years)
    for body in short:
        for year in sorted(set(YEARS) - set(body.years)):
            lacks = [["没有", "未收录", "尚未"]]
            make.ask("coverage", f"有没有{body.name}{year}年的报告？", status=["answered", "no_report"], no_number=True, text_has=lacks)


def questions() -> list[Item]:
    """All questions, the same at every call."""
    make = _Maker()
    for made in (_cells, _lacking, _near_labels, _exists, _narrative, _computed, _over_years, _across, _conversations, _coverage):
        made(make)
    return make.items
