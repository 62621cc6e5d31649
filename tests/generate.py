"""Made-up reports as data, and the same report printed as converters leave it.

``generate`` draws a ``GeneratedReport`` whose figures keep every 勾稽 relation of the national form; ``render`` prints it.
Labels and expected readings are written out here and not taken from corpus/, so that the reader is judged by something
other than itself. Agencies are invented.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

Key = tuple[str, str | None]
"""Metric id and applicant (None in tables 二 and 四)."""

Spans = dict[Key, tuple[int, int]]

LAYOUTS = ("tsv", "tsv_shifted", "pipes", "markdown", "lines", "lines_blank")
MARKS = ("full", "na", "blank", "holes")
"""Zeros printed as 0 · some as /, -, 无 · some left blank · any cell left blank, totals above all (as 上海 2019)."""

APPLICANTS = ("natural", "company", "research", "public_benefit", "legal_service", "other")
BLOCKS = ("review", "litigation.direct", "litigation.after_review")
RESULTS = ("upheld", "corrected", "other", "pending")

# Each with the government above it, whose name stands as a masthead over some reports.
AGENCIES = {
    "云溪市人民政府办公室": "云溪市人民政府",
    "青禾县教育局": "青禾县人民政府",
    "望川区白石街道办事处": "望川区人民政府",
    "松岚县三棵松镇人民政府": "松岚县人民政府",
    "云溪市水务局": "云溪市人民政府",
    "国家税务总局松岚县税务局": "国家税务总局云溪市税务局",
    "云溪市生态环境局望川分局": "云溪市生态环境局",
    "云溪高新技术产业开发区管理委员会": "云溪市人民政府",
    "青禾县十八坪乡人民政府": "青禾县人民政府",
    "望川区住房和城乡建设局（望川区人民防空办公室）": "望川区人民政府",
}

# ------------------------------------------------------------------------------------------------ the national forms

Clause = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
_ITEMS = (("items_last_year", "上一年项目数量"), ("items_change", "本年增/减"))
_DECIDED = (*_ITEMS, ("decisions", "处理决定数量"))
_DECISIONS = (("decisions", "本年处理决定数量"),)
DISCLOSURE: dict[str, tuple[Clause, ...]] = {
    "2019": (
        ("第二十条第（一）项", (("rules", "规章"), ("normative", "规范性文件")),
         (("newly_made", "本年新制作数量"), ("newly_published", "本年新公开数量"), ("published_total", "对外公开总数量"))),
        ("第二十条第（五）项", (("licensing", "行政许可"), ("services", "其他对外管理服务事项")), _DECIDED),
        ("第二十条第（六）项", (("penalty", "行政处罚"), ("coercion", "行政强制")), _DECIDED),
        ("第二十条第（八）项", (("fees", "行政事业性收费"),), _ITEMS),
        ("第二十条第（九）项", (("procurement", "政府集中采购"),), (("projects", "采购项目数量"), ("amount", "采购总金额"))),
    ),
    "2021": (
        ("第二十条第（一）项", (("rules", "规章"), ("normative", "行政规范性文件")),
         (("issued", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数"))),
        ("第二十条第（五）项", (("licensing", "行政许可"),), _DECISIONS),
        ("第二十条第（六）项", (("penalty", "行政处罚"), ("coercion", "行政强制")), _DECISIONS),
        ("第二十条第（八）项", (("fees", "行政事业性收费"),), (("amount", "本年收费金额（单位：万元）"),)),
    ),
}  # fmt: skip

# Metric (None: a heading of its own), depth of its label, numbering, label.
RequestLine = tuple[str | None, int, str, str]
_OTHER: dict[str, tuple[RequestLine, ...]] = {
    "2019": (("outcome.other", 1, "（六）", "其他处理"),),
    "2021": (
        (None, 1, "（六）", "其他处理"),
        ("outcome.other.uncorrected", 2, "1", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ("outcome.other.unpaid", 2, "2", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        ("outcome.other.rest", 2, "3", "其他"),
    ),
}
ABBREVIATED = {
    "outcome.other.uncorrected": "逾期不补正",
    "outcome.other.unpaid": "逾期不缴费",
    "outcome.partial": "部分公开",
}


def request_lines(edition: str) -> tuple[RequestLine, ...]:
    """Table 三 from top to bottom."""
    return (
        ("requests.received", 0, "一、", "本年新收政府信息公开申请数量"),
        ("requests.carried_in", 0, "二、", "上年结转政府信息公开申请数量"),
        (None, 0, "三、", "本年度办理结果"),
        ("outcome.granted", 1, "（一）", "予以公开"),
        ("outcome.partial", 1, "（二）", "部分公开（区分处理的，只计这一情形，不计其他情形）"),
        (None, 1, "（三）", "不予公开"),
        ("outcome.refused.state_secret", 2, "1", "属于国家秘密"),
        ("outcome.refused.other_law", 2, "2", "其他法律行政法规禁止公开"),
        ("outcome.refused.security", 2, "3", "危及“三安全一稳定”"),
        ("outcome.refused.third_party", 2, "4", "保护第三方合法权益"),
        ("outcome.refused.internal", 2, "5", "属于三类内部事务信息"),
        ("outcome.refused.process", 2, "6", "属于四类过程性信息"),
        ("outcome.refused.enforcement_file", 2, "7", "属于行政执法案卷"),
        ("outcome.refused.query", 2, "8", "属于行政查询事项"),
        (None, 1, "（四）", "无法提供"),
        ("outcome.unavailable.not_held", 2, "1", "本机关不掌握相关政府信息"),
        ("outcome.unavailable.not_made", 2, "2", "没有现成信息需要另行制作"),
        ("outcome.unavailable.unclear", 2, "3", "补正后申请内容仍不明确"),
        (None, 1, "（五）", "不予处理"),
        ("outcome.unprocessed.petition", 2, "1", "信访举报投诉类申请"),
        ("outcome.unprocessed.duplicate", 2, "2", "重复申请"),
        ("outcome.unprocessed.publication", 2, "3", "要求提供公开出版物"),
        ("outcome.unprocessed.excessive", 2, "4", "无正当理由大量反复申请"),
        ("outcome.unprocessed.reissue", 2, "5", "要求行政机关确认或重新出具已获取信息"),
        *_OTHER[edition],
        ("outcome.total", 1, "（七）", "总计"),
        ("requests.carried_out", 0, "四、", "结转下年度继续办理"),
    )


def outcome_rows(edition: str) -> list[str]:
    """Metrics of items （一） to （六）."""
    return [m for m, *_ in request_lines(edition) if m and m.startswith("outcome.") and m != "outcome.total"]


# ------------------------------------------------------------------------------------------- titles, headings, wording

TITLES: dict[str, tuple[str, ...]] = {
    "plain": ("{a}{y}年政府信息公开工作年度报告",),
    "year_first": ("{y}年{a}政府信息公开工作年度报告",),
    "niandu_twice": ("{a}{y}年度政府信息公开工作年度报告",),
    "niandu_once": ("{a}{y}年度政府信息公开工作报告",),
    "short": ("{a}{y}年政府信息公开工作报告",),
    "no_work": ("{a}{y}年政府信息公开年度报告",),
    "year_inside": ("{a}政府信息公开工作{y}年度报告",),
    "no_government": ("{a}{y}年度信息公开年度报告",),
    "no_government_work": ("{a}{y}年度信息公开工作报告",),
    "government_affairs": ("{a}{y}年政务信息公开工作年度报告",),
    "annual": ("{a}{y}年政府信息公开工作年报",),
    "annual_short": ("{a}{y}年政府信息公开年报",),
    "spaces": ("{a} {y} 年政府信息公开工作年度报告",),
    "wide_space": ("{a}\u3000{y}年\u3000政府信息公开工作年度报告",),
    "hard_space": ("{a}\xa0{y}\xa0年政府信息公开工作年度报告",),
    "full_width_year": ("{a}{fy}年政府信息公开工作年度报告",),
    "chinese_year": ("{a}{cy}年政府信息公开工作年度报告",),
    "boxed_year": ("【{y}】{a}{y}年政府信息公开工作年度报告",),
    "version": ("{a}{y}年政府信息公开工作年度报告（文字版）",),
    "version_first": ("（文字版）{a}{y}年政府信息公开工作年度报告",),
    "labelled": ("标题：{a}{y}年政府信息公开工作年度报告",),
    "page": ("Page 2 - {a}{y}年政府信息公开工作年度报告",),
    "markdown": ("# {a}{y}年政府信息公开工作年度报告",),
    "two_lines": ("{a}", "{y}年政府信息公开工作年度报告"),
    "year_alone": ("{a}", "{y}", "年政府信息公开工作年度报告"),
    "year_cut": ("{a}{y}", "年政府信息公开工作年度报告"),
    "inside_word": ("{a}{y}年度政府", "信息公开工作年度报告"),
    "three_lines": ("{a}", "{y}年政府信息", "公开工作年度报告"),
    "four_lines": ("{a}", "{y}", "年政府信息公开", "工作年度报告"),
    "inside_first": ("{y}年", "{a}", "政府信息公开工作年度报告"),
    "twice": ("{a}{y}年政府信息公开工作年度报告", "{a}{y}年政府信息公开工作年度报告"),
    "shorter_after": ("{a}{y}年政府信息公开工作年度报告", "{y}年政府信息公开工作年度报告"),
    "shorter_before": ("{y}年政府信息公开工作年度报告", "{a}{y}年政府信息公开工作年度报告"),
    "english_before": ("Annual Report on Government Information Disclosure", "{a}{y}年政府信息公开工作年度报告"),
    "navigation_before": ("首页 > 政府信息公开 > 年度报告", "{a}{y}年政府信息公开工作年度报告"),
    "body_before": ("{a}", "{a}{y}年政府信息公开工作年度报告"),
    "masthead": ("{p}", "{a}{y}年政府信息公开工作年度报告"),
    "source_before": ("信息来源：{a}", "{a}{y}年政府信息公开工作年度报告"),
    "date_before": ("发布时间：{next}-01-15 09:30", "{a}{y}年政府信息公开工作年度报告"),
    "publisher_only_before": ("发布机构：{a}", "{y}年政府信息公开工作年度报告"),
    "publisher_only_after": ("{y}年政府信息公开工作年度报告", "发布机构：{a}"),
    "preface_only": ("{y}年度政府信息公开年度报告", "现公布{a}{y}年政府信息公开工作年度报告，全文共六个部分。"),
    "contact_only": ("{y}年政府信息公开工作年度报告", "对本报告有疑问的，请与{a}联系（地址：河滨路36号，电话：5550136）。"),
}

NUMBERS: dict[str, str] = {
    "canonical": "{cn}、{t}",
    "space_before_mark": "{cn} 、{t}",
    "space_after_mark": "{cn}、 {t}",
    "full_stop": "{cn}. {t}",
    "no_mark": "{cn} {t}",
    "arabic": "{n}、 {t}",
    "arabic_point": "{n}. {t}",
    "brackets": "（{cn}）{t}",
    "half_brackets": "({cn}){t}",
    "circled": "{circled}{t}",
    "part": "第{cn}部分 {t}",
    "markdown": "## {cn}、{t}",
    "bold": "**{cn}、{t}**",
    "question_mark": "?{cn}、{t}",
    "unnumbered": "{t}",
}

HEADINGS: tuple[tuple[str, ...], ...] = (
    ("总体情况", "工作基本情况", "信息公开总体情况", "政务公开工作总体情况"),
    ("主动公开政府信息情况", "行政机关主动公开政府信息情况"),
    ("收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请", "政府信息依申请公开办理情况"),
    ("政府信息公开行政复议、行政诉讼情况", "政府信息公开行政复议和行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    ("存在的主要问题及改进情况", "存在问题和改进措施", "存在问题及改进情况", "政府信息公开工作存在的主要问题及改进情况"),
    ("其他需要报告的事项", "需要报告的其他事项", "其他报告的事项", "其它需要报告的事项", "其他需要报告"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """How the tables' labels are printed."""

    brackets: str = "（）"
    item: str = "."  # what follows the numeral of a third-level label
    quotes: str = "“”"
    abbreviated: bool = False
    short_normative: bool = False  # the older form's 规范性文件 in the newer form
    changed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gold:
    """What a reader should make of a printed cell; ``unit`` is the one printed in it."""

    state: str
    value: int | float | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Narrative:
    """Figures that section 一 states."""

    received: int
    website: int
    wechat: int
    people: int


@dataclass(frozen=True, slots=True)
class GeneratedReport:
    """A report before it is printed. ``cells`` holds what is printed, ``gold`` what it means."""

    agency: str
    year: int
    edition: str
    cells: Mapping[Key, str]
    gold: Mapping[Key, Gold]
    narrative: Narrative
    published: str
    front: tuple[str, ...]
    headings: tuple[str, ...]
    tight: bool = False  # no blank line between a heading and what follows it
    wording: Wording = Wording()
    tables: frozenset[int] = frozenset((2, 3, 4))
    prose: Mapping[int, str] = field(default_factory=dict)
    """The text of sections that is not drawn."""

    def with_cell(self, key: Key, printed: str, gold: Gold) -> GeneratedReport:
        return replace(self, cells={**self.cells, key: printed}, gold={**self.gold, key: gold})

    def with_number(self, key: Key, value: int) -> GeneratedReport:
        """The same report with a whole number printed in one cell, right or wrong."""
        return self.with_cell(key, str(value), Gold("value" if value else "zero", value))


# ---------------------------------------------------------------------------------------------------------- generate


def generate(
    rng: Random,
    *,
    edition: str | None = None,
    year: int | None = None,
    agency: str | None = None,
    marks: str = "full",
    title: str = "plain",
    numbers: str = "canonical",
    renamed: bool = False,
) -> GeneratedReport:
    """A report whose figures are consistent. What is not given is drawn."""
    edition = edition or rng.choice(("2019", "2021"))
    year = year or rng.choice((2019, 2020) if edition == "2019" else (2021, 2022, 2023, 2024, 2025))
    agency = agency or rng.choice(list(AGENCIES))
    requests = _request_figures(rng, edition)
    printed = {
        **_disclosure_cells(rng, edition),
        **{key: _number(value, rng) for key, value in requests.items()},
        **{key: _number(value, rng) for key, value in _dispute_figures(rng).items()},
    }
    cells, gold = _marked(printed, marks, rng)
    received = requests["requests.received", "total"]
    day, month = rng.randint(1, 28), rng.randint(1, 3)
    published = f"{year + 1}-{month:02}-{day:02}"
    date = rng.choice(
        (published, f"{year + 1}年{month:02}月{day:02}日", f"{year + 1}/{month}/{day}", f"{published} 09:16", f"{published}18:26")
    )
    front = (*title_lines(title, agency, year), f"{rng.choice(('发布日期', '发布时间', '成文日期'))}：{date}")
    return GeneratedReport(
        agency=agency,
        year=year,
        edition=edition,
        cells=cells,
        gold=gold,
        narrative=Narrative(received, rng.randint(1, 20_000), rng.randint(1, 900), rng.randint(2, 300)),
        published=f"{year + 1}-01-15" if title == "date_before" else published,
        front=front,
        headings=headings(numbers, [rng.choice(names) if renamed else names[0] for names in HEADINGS]),
        wording=_wording(rng),
    )


def title_lines(style: str, agency: str, year: int) -> tuple[str, ...]:
    words = {
        "a": agency,
        "p": AGENCIES.get(agency, ""),
        "y": str(year),
        "fy": _full_width(str(year)),
        "cy": "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year)),
        "next": str(year + 1),
    }
    return tuple(line.format(**words) for line in TITLES[style])


def headings(style: str, titles: Iterable[str], numbers: Iterable[int] = (1, 2, 3, 4, 5, 6)) -> tuple[str, ...]:
    """Heading lines; ``numbers`` other than one to six are slips of the numbering."""
    return tuple(
        NUMBERS[style].format(cn="一二三四五六七八九"[n - 1], n=n, circled="㈠㈡㈢㈣㈤㈥㈦㈧㈨"[n - 1], t=title)
        for n, title in zip(numbers, titles, strict=True)
    )


def _wording(rng: Random) -> Wording:
    return Wording(
        brackets=rng.choice(("（）", "()")),
        item=rng.choice((".", ". ", "．", "、")),
        quotes=rng.choice(("“”", '""', "「」", "")),
        abbreviated=rng.random() < 0.3,
        short_normative=rng.random() < 0.3,
    )


def _request_figures(rng: Random, edition: str) -> dict[Key, int]:
    """Table 三: each column balances, each row adds up."""
    top, density = rng.choice(((1, 0.0), (3, 0.08), (9, 0.3), (60, 0.5), (9000, 0.8)))
    figures: dict[Key, int] = {}
    for applicant in APPLICANTS:
        outcomes = {m: rng.randint(1, top) if rng.random() < density else 0 for m in outcome_rows(edition)}
        total = sum(outcomes.values())
        carried_in = rng.randint(0, total) if rng.random() < 0.4 else 0
        carried_out = rng.randint(0, top) if rng.random() < density else 0
        column = {
            "requests.received": total + carried_out - carried_in,
            "requests.carried_in": carried_in,
            **outcomes,
            "outcome.total": total,
            "requests.carried_out": carried_out,
        }
        figures |= {(metric, applicant): value for metric, value in column.items()}
    metrics = dict.fromkeys(metric for metric, _ in figures)  # no set: its order would differ from run to run
    return figures | {(m, "total"): sum(figures[m, a] for a in APPLICANTS) for m in metrics}


def _dispute_figures(rng: Random) -> dict[Key, int]:
    figures: dict[Key, int] = {}
    for block in BLOCKS:
        top = rng.choice((0, 0, 3, 200))
        values = [rng.randint(0, top) for _ in RESULTS]
        figures |= {(f"{block}.{result}", None): value for result, value in zip(RESULTS, values, strict=True)}
        figures[f"{block}.total", None] = sum(values)
    return figures


def _disclosure_cells(rng: Random, edition: str) -> dict[Key, tuple[str, Gold]]:
    """Table 二, where cells also print signs, units and decimals."""
    cells: dict[Key, tuple[str, Gold]] = {}
    for _, rows, columns in DISCLOSURE[edition]:
        for (row, _), (column, _) in itertools.product(rows, columns):
            value = rng.choice((0, 0, rng.randint(1, 30), rng.randint(1, 2_000_000)))
            if column == "items_change":
                cells[f"{row}.{column}", None] = _change(value, rng)
            elif column == "amount":
                cells[f"{row}.{column}", None] = _amount(value, rng)
            else:
                cells[f"{row}.{column}", None] = _number(value, rng)
    return cells


def _number(value: int, rng: Random) -> tuple[str, Gold]:
    style = rng.choice(("plain", "plain", "plain", "commas", "wide_commas", "wide"))
    text = str(value) if style in ("plain", "wide") else f"{value:,}"
    if style == "wide_commas":
        text = text.replace(",", "，")
    return _full_width(text) if style == "wide" else text, Gold("value" if value else "zero", value)


def _change(value: int, rng: Random) -> tuple[str, Gold]:
    if not value:
        return "0", Gold("zero", 0)
    printed, sign = rng.choice((("+{}", 1), ("-{}", -1), ("减{}", -1), ("增{}", 1), ("减少{}", -1), ("－{}", -1), ("{}", 1)))
    return printed.format(value), Gold("value", sign * value)


def _amount(value: int, rng: Random) -> tuple[str, Gold]:
    if not value:
        return rng.choice((("0", Gold("zero", 0)), ("0.00", Gold("zero", 0)), ("0元", Gold("zero", 0, "元"))))
    tenths = f"{value // 10}.{value % 10 or 5}"
    return rng.choice(
        (
            (f"{tenths} 万", Gold("value", float(tenths), "万")),
            (f"{tenths}万元", Gold("value", float(tenths), "万元")),
            (f"{value}元", Gold("value", value, "元")),
            (f"{value:,}元", Gold("value", value, "元")),
            (f"{value}.4401", Gold("value", float(f"{value}.4401"))),
            (f"{value:,}", Gold("value", value)),
        )
    )


def _full_width(text: str) -> str:
    return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})


def _marked(printed: Mapping[Key, tuple[str, Gold]], marks: str, rng: Random) -> tuple[dict[Key, str], dict[Key, Gold]]:
    """Cells and readings after some are left blank or crossed out."""
    share = rng.choice((0.2, 0.6, 1.0))
    cells: dict[Key, str] = {}
    gold: dict[Key, Gold] = {}
    for key, (text, reading) in printed.items():
        zero = reading.state == "zero"
        total = key[1] == "total" or key[0].endswith(".total")
        if marks == "na" and zero and rng.random() < share:
            text, reading = rng.choice(("/", "-", "—", "无", "不涉及")), Gold("na", None)
        elif (marks == "blank" and zero and rng.random() < share) or (
            marks == "holes" and rng.random() < (share if zero or total else share / 8)
        ):
            text, reading = "", Gold("blank", None)
        cells[key], gold[key] = text, reading
    return cells, gold


# ------------------------------------------------------------------------------------------------------------ tables


@dataclass(frozen=True, slots=True)
class _Row:
    """A table row in the form's full grid: label columns (those merged with their left neighbour empty), then values."""

    labels: tuple[str, ...]
    values: tuple[str, ...] = ()
    fill: int = 0  # cells merged with the last one

    @property
    def full(self) -> list[str]:
        return [*self.labels, *self.values, *[""] * self.fill]

    @property
    def compact(self) -> list[str]:
        return [*filter(None, self.labels), *self.values]


def _disclosure_rows(report: GeneratedReport, cell: Callable[[Key], str]) -> Iterator[_Row]:
    for label, rows, columns in DISCLOSURE[report.edition]:
        yield _Row((said(label, report.wording),), (), 3)
        yield _Row(("信息内容", *(said(name, report.wording) for _, name in columns)), (), 3 - len(columns))
        for row, name in rows:
            if row == "normative" and report.wording.short_normative:
                name = "规范性文件"
            values = tuple(cell((f"{row}.{column}", None)) for column, _ in columns)
            yield _Row((said(name, report.wording),), values, 3 - len(columns))


def _request_rows(report: GeneratedReport, cell: Callable[[Key], str]) -> Iterator[_Row]:
    note = said("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", report.wording)
    yield _Row((note, "", "", "申请人情况"), (), 6)
    yield _Row(("", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"))
    yield _Row(("", "", "", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""))
    before = [""] * 3
    for metric, depth, number, label in request_lines(report.edition):
        if report.wording.abbreviated and metric in ABBREVIATED:
            label = ABBREVIATED[metric]
        before[depth] = said(number + (report.wording.item if depth == 2 else "") + label, report.wording)
        before[depth + 1 :] = [""] * (2 - depth)
        if metric:
            yield _Row(tuple(before), tuple(cell((metric, applicant)) for applicant in (*APPLICANTS, "total")))
            before = [""] * 3  # a merged label stands in its first row only


def _dispute_rows(cell: Callable[[Key], str]) -> Iterator[_Row]:
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    yield _Row(("行政复议", "", "", "", "", "行政诉讼"), (), 9)
    yield _Row((*results, "未经复议直接起诉", "", "", "", "", "复议后起诉"), (), 4)
    yield _Row(("", "", "", "", "", *results, *results))
    yield _Row((), tuple(cell((f"{block}.{result}", None)) for block in BLOCKS for result in (*RESULTS, "total")))


def said(label: str, wording: Wording) -> str:
    label = label.replace("“", wording.quotes[:1]).replace("”", wording.quotes[1:])
    label = label.replace("（", wording.brackets[0]).replace("）", wording.brackets[1])
    return wording.changed.get(label, label)


# ----------------------------------------------------------------------------------------------------------- layouts


def _tsv(rows: list[_Row], _rng: Random) -> str:
    """Tabs and the merged cells' empty ones, as in the seed: its upper rows of table 三 stand one column to the left."""
    lines = []
    upper = len(rows[0].labels) == 4  # the heading of table 三
    for row in rows:
        upper = upper and not (row.values and row.labels[2])
        lines.append("\t".join([*row.labels[:-1], *row.values, ""] if upper and row.values else row.full))
    return "\n".join(lines)


def _tsv_shifted(rows: list[_Row], rng: Random) -> str:
    """Rows shifted to either side, labels spaced out or broken over two rows, page breaks within the table."""
    lines: list[str] = []
    for row in rows:
        labels = [_spaced(label, rng) for label in row.labels]
        if not row.values:
            lines += ["\t".join(part) for part in _broken([*labels, *[""] * row.fill], rng)]
        elif rng.random() < 0.4:
            lead, gap, trail = rng.randint(0, 2), rng.randint(0, 1), rng.randint(0, 2)
            if len(labels) == 1 and gap + trail == row.fill:
                gap, trail = 0, trail + gap  # else a row with blanks could not be told from one that is not shifted
            lines.append("\t".join([*[""] * lead, *filter(None, labels), *[""] * gap, *row.values, *[""] * trail]))
        else:
            lines.append("\t".join([*labels, *row.values, *[""] * row.fill]))
        if rng.random() < 0.1:
            lines.append("")
    return "\n".join(lines).rstrip("\n")


def _spaced(label: str, rng: Random) -> str:
    if len(label) < 3 or rng.random() < 0.7:
        return label
    if len(label) < 6 and rng.random() < 0.5:
        return " ".join(label)
    at = rng.randint(1, len(label) - 1)
    return f"{label[:at]} {label[at:]}"


def _broken(header: list[str], rng: Random) -> list[list[str]]:
    """A header row whose longer labels go on in a second row."""
    if rng.random() < 0.6 or not any(len(label) > 4 for label in header[1:]):
        return [header]
    cut = [0 if at == 0 or len(label) <= 4 else len(label) - 3 for at, label in enumerate(header)]
    upper = [label[:n] if n else label for label, n in zip(header, cut, strict=True)]
    return [upper, [label[n:] if n else "" for label, n in zip(header, cut, strict=True)]]


def _pipes(rows: list[_Row], _rng: Random) -> str:
    """``a | b |``, merged cells left out."""
    return "\n".join(" | ".join(row.compact) + " |" for row in rows)


def _markdown(rows: list[_Row], rng: Random) -> str:
    """``| a | b |`` with a rule under the first row; merged cells empty or, in half of the reports, repeated."""
    repeat = rng.random() < 0.5
    lines: list[str] = []
    above: list[str] = []
    for row in rows:
        cells = row.full
        if repeat and row.values and len(row.labels) == 3:
            labels = [label or above[at] for at, label in enumerate(row.labels)] if not row.labels[0] else list(row.labels)
            for at in (1, 2):
                labels[at] = labels[at] if row.labels[at] or (at == 1 and row.labels[2]) else labels[at - 1]
            above, cells = labels, [*labels, *row.values]
        lines.append("| " + " | ".join(cells) + " |")
        if len(lines) == 1:
            lines.append("|" + " --- |" * len(cells))
    return "\n".join(lines)


def _one_a_line(divider: str) -> Callable[[list[_Row], Random], str]:
    return lambda rows, _rng: divider.join(cell for row in rows for cell in (row.compact if row.values else filter(None, row.labels)))


_PRINT: dict[str, Callable[[list[_Row], Random], str]] = {
    "tsv": _tsv,
    "tsv_shifted": _tsv_shifted,
    "pipes": _pipes,
    "markdown": _markdown,
    "lines": _one_a_line("\n"),
    "lines_blank": _one_a_line("\n\n"),
}

# ------------------------------------------------------------------------------------------------------------ render

# Private-use characters stand round each cell until the text is put together, so that its place is known for certain.
_OPEN, _CLOSE, _FIRST = "\ue000", "\ue001", 0xE100


def render(report: GeneratedReport, layout: str, rng: Random) -> str:
    """The report as plain text."""
    return render_with_spans(report, layout, rng)[0]


def render_with_spans(report: GeneratedReport, layout: str, rng: Random) -> tuple[str, Spans]:
    """The report as plain text, and where in it each printed cell stands."""
    keys = list(report.cells)
    marks = {key: f"{_OPEN}{chr(_FIRST + at)}{report.cells[key]}{_CLOSE}" for at, key in enumerate(keys)}
    text: list[str] = []
    spans: Spans = {}
    opened = (keys[0], 0)
    characters = iter(_assembled(report, layout, rng, marks.__getitem__))
    for char in characters:
        if char == _OPEN:
            opened = (keys[ord(next(characters)) - _FIRST], len(text))
        elif char == _CLOSE:
            spans[opened[0]] = (opened[1], len(text))
        else:
            text.append(char)
    return "".join(text), spans


def _assembled(report: GeneratedReport, layout: str, rng: Random, cell: Callable[[Key], str]) -> str:
    tables = {
        2: list(_disclosure_rows(report, cell)),
        3: list(_request_rows(report, cell)),
        4: list(_dispute_rows(cell)),
    }
    grids = {n: _PRINT[layout](rows, rng) for n, rows in tables.items() if n in report.tables}
    bodies = (
        report.prose.get(1) or _overview(report, rng),
        _join(rng.choice(("", "应当主动公开的文件均已登载在门户网站，数量见下表。")), grids.get(2, "")),
        _join(grids.get(3, ""), rng.choice(("", "上表由承办科室逐件核对后填报。"))),
        _join(grids.get(4, ""), rng.choice(("", "涉及的案件均按时提交了答复材料。"))),
        report.prose.get(5) or _problems(rng),
        report.prose.get(6) or rng.choice(("无。", "本年度没有其他要说明的内容。", "全年收取信息处理费0元。")),
    )
    gap = "\n" if report.tight else "\n\n"
    sections = (f"{heading}{gap}{body}" if body else heading for heading, body in zip(report.headings, bodies, strict=True))
    return "\n\n".join(("\n".join(report.front), _preface(report, rng), *sections)) + "\n"


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _preface(report: GeneratedReport, rng: Random) -> str:
    notice = rng.choice(("国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"))  # whichever form the tables follow
    return (
        f"根据《中华人民共和国政府信息公开条例》和{notice}的要求编写本报告。"
        f"数据的统计期限自{report.year}年1月1日起，至{report.year}年12月31日止。"
    )


def _overview(report: GeneratedReport, rng: Random) -> str:
    told = report.narrative
    lines = (
        "本机关把方便群众查询放在首位，逐项落实公开责任。",
        f"主动公开工作。全年通过门户网站发布信息{told.website:,}条，通过微信公众号发布信息{told.wechat}条。",
        f"依申请公开工作。{report.year}年共收到政府信息公开申请{told.received}件，均在法定期限内处理。",
        f"队伍建设。举办一次业务培训，参加培训{told.people}人。",
    )
    number = rng.choice(("{n}. ", "{n}、", "（{cn}）"))
    numbered = (number.format(n=n, cn="一二三"[n - 1]) + line for n, line in enumerate(lines[1:], 1))
    return "\n\n".join((lines[0], *numbered))


def _problems(rng: Random) -> str:
    return rng.choice(
        (
            "一是个别栏目更新偏慢，二是解读形式较为单一。\n\n下一步将明确栏目责任人，增加图表解读。",
            "主要问题：基层人员变动较多，业务不够熟练。\n\n改进措施：建立交接清单，每季度安排一次集中学习。",
        )
    )
