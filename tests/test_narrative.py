"""Quantities of the narrative: against gold of sentences in the patterns of real reports, and against whatever a fuzzer writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.forms import subjects, unit_classes
from corpus.model import Document, Paragraph, Quantity, Section, Span
from corpus.narrative import quantities
from corpus.narrative.absence import absences
from corpus.narrative.numerals import numerals
from corpus.passages import passages
from corpus.textual import fold

SENTENCES = Path(__file__).parent / "sentences"
fuzz = settings(max_examples=200, derandomize=True, database=None, deadline=None)


def read(*paragraphs: str, year: int = 2022, section: int = 1) -> tuple[Quantity, ...]:
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Paragraph(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return quantities(Document(text, tuple(blocks), "text"), (Section(section, "总体情况", Span(0, 0), 0, len(text)),), year)


@dataclass(frozen=True)
class Gold:
    printed: str
    value: float
    unit: str
    approximate: bool
    subject: str
    channel: str
    period: str

    def judged(self, quantity: Quantity) -> tuple[object, ...]:
        """The quantity in the form of ``told``, what is not judged left out."""
        own = (quantity.subject or "", quantity.channel or "", quantity.period)
        kept = tuple("?" if gold == "?" else value for gold, value in zip((self.subject, self.channel, self.period), own, strict=True))
        return (quantity.printed, float(quantity.value), quantity.unit, quantity.approximate, *kept)

    @property
    def told(self) -> tuple[object, ...]:
        return (self.printed, self.value, self.unit, self.approximate, self.subject, self.channel, self.period)


def table(name: str) -> list[tuple[str, tuple[Gold, ...]]]:
    found: list[tuple[str, list[Gold]]] = []
    for line in (SENTENCES / name).read_text("utf-8").splitlines():
        if line.startswith("S "):
            found.append((line[2:], []))
        elif line and not line.startswith("#"):
            printed, value, unit, about, subject, channel, period = (line.split("|") + [""] * 7)[:7]
            found[-1][1].append(Gold(printed, float(value), unit, about == "~", subject, channel, period or "year"))
    return [(sentence, tuple(gold)) for sentence, gold in found]


CASES = [*table("tuned.txt"), *table("second.txt")]


def test_the_tables_are_as_large_as_they_should_be() -> None:
    assert len(CASES) >= 140
    assert sum(len(gold) for _, gold in CASES) >= 290
    known = {s.id for s in subjects()}
    assert {g.subject for _, gold in CASES for g in gold} - {"", "?"} <= known


@pytest.mark.parametrize(("sentence", "gold"), CASES, ids=[s[:24] for s, _ in CASES])
def test_every_quantity_and_no_other(sentence: str, gold: tuple[Gold, ...]) -> None:
    found = read(sentence)
    assert [g.judged(q) for g, q in zip(gold, found, strict=True)] == [g.told for g in gold]


# ------------------------------------------------------------------------------------------------- words that count


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("共答复申请30件，其中予以公开18件，占比60%。", "予以公开占比"),
        ("予以公开的申请占答复总数的33.9%。", "予以公开的申请占答复总数的"),
        ("收到申请112件，同比增长16.7%。", "收到申请同比增长"),
        ("全年共收到12件政府信息公开申请。", "收到政府信息公开申请"),
        ("组织培训3次，共120人。", "组织培训"),
        ("主动公开政务动态、公示公告、政策文件等信息52条。", "主动公开政务动态、公示公告、政策文件等信息"),
        ("收到申请151件（含上年结转13件）。", "含上年结转"),
        ("未发生行政复议。", "行政复议"),
    ],
)
def test_the_words_that_say_what_is_counted(sentence: str, counted: str) -> None:
    assert read(sentence)[-1].counted == counted


def test_soft_line_breaks_divide_neither_words_nor_sentences() -> None:
    text = "全年通过政府网站主动公开政府信\n息 120 条，收到政府信息公开申\n请3件，其中网上申请2\n件。"
    found = read(text)
    assert [(q.value, q.subject, q.channel) for q in found] == [
        (120, "published", "website"), (3, "requests.received", None), (2, "requests.received", "online"),
    ]  # fmt: skip
    assert {(q.sentence.start, q.sentence.end) for q in found} == {(0, len(text))}


def test_a_number_that_a_line_break_may_have_torn_apart_is_left_out() -> None:
    assert not read("全年通过政府网站和新媒体主动公开政府信息共13\n1 条。")
    assert not read("全年主动公开政府信息13", "1条，成效明显。")


def test_a_heading_and_the_paragraph_before_say_what_is_spoken_of() -> None:
    alone = read("不予公开3件，办结9件。")
    under = read("（二）依申请公开情况", "不予公开3件，办结9件。")
    after = read("全年收到政府信息公开申请9件。", "不予公开3件，办结9件。")
    elsewhere = read("（三）建议提案办理情况", "不予公开3件，办结9件。")
    assert [q.subject for q in alone] == [q.subject for q in elsewhere] == [None, None]
    assert [q.subject for q in under] == [q.subject for q in after[1:]] == ["requests.refused", "requests.completed"]


def test_title_and_preface_are_read_only_where_there_is_nothing_else() -> None:
    text = "全年公开信息12条。\n一、总体情况\n全年公开信息30条。"
    at = text.index("一、")
    blocks = (Paragraph(0, at - 1), Paragraph(at + 7, len(text)))
    front, body = Section(0, "标题与前言", Span(0, 0), 0, at), Section(1, "总体情况", Span(at, at + 6), at + 6, len(text))
    document = Document(text, blocks, "text")
    assert [q.value for q in quantities(document, (front, body), 2022)] == [30]
    assert [q.value for q in quantities(document, (Section(0, "", Span(0, 0), 0, len(text)),), 2022)] == [12, 30]


@pytest.mark.parametrize("year", [2009, 2019, 2023])
def test_the_year_before_is_told_by_the_reports_own(year: int) -> None:
    this, last = read(f"{year}年收到政府信息公开申请8件，去年收到政府信息公开申请5件。", year=year)
    assert (this.period, last.period) == ("year", str(year - 1))


@pytest.mark.parametrize(
    "line",
    ["未收到法人申请", "对低保户未收取信息处理费", "上半年未收取信息处理费", "未按收费通知要求缴纳费用", "未收到关于收费的申请", "如未收到政府信息公开申请的", "确保无行政复议", "未发生行政复议、行政诉讼败诉案件",
     "无正当理由大量反复申请", "未收到依申请公开信息的咨询", "不存在不予公开的问题"],
)  # fmt: skip
def test_words_that_say_less_than_zero_of_all(line: str) -> None:
    assert not absences(fold(line + "。"))


@pytest.mark.parametrize(
    "line", ["本年度没有收取信息处理费", "2023年，未收取任何政府信息公开信息处理费", "收取信息处理费情况：无", "未向申请人收取检索、复制、邮寄等费用"]
)
def test_that_no_fee_was_taken_is_a_zero_in_both_its_units(line: str) -> None:
    found = absences(fold(line + "。"))
    assert [(a.subject, a.unit) for a in found] == [("handling_fee", "件"), ("handling_fee", "元")]
    assert {q.value for q in read(line + "。", year=2023)} == {0}


# ------------------------------------------------------------------------------------------------- whatever is written

PIECES = [
    "收到", "申请", "政府信息公开申请", "公开信息", "其中", "网站", "微信", "，", "。", "、", "；", "：", "（", "）", "(", ")", "约", "近", "超过", "余",
    "多", "以上", "万", "亿", "千", "百", "条", "件", "人次", "个工作日", "%", "百分之", "三分之一", "一", "两", "十", "零", "0", "7", "12", "345",
    "1,234", "2019", "年", "月", "第", "号", "〔2019〕", "-", "至", " ", "\n", "　", "．", ".", ",", "，", "未收到", "无", "行政复议", "行政诉讼", "均为",
    "分别为", "各", "上年", "结转", "累计", "①", "１２", "“", "”", "《", "》", "A", "/", "+",
]  # fmt: skip


def assert_true(text: str, found: tuple[Quantity, ...]) -> None:
    """Offsets hold what they say; what is given is printed: the number's own digits, its unit, or a word for zero."""
    for quantity in found:
        span = quantity.span
        assert text[span.start : span.end] == quantity.printed != ""
        assert quantity.sentence.start <= span.start < span.end <= quantity.sentence.end
        assert quantity.clause.start <= span.start < span.end <= quantity.clause.end
        printed = fold(quantity.printed).replace(" ", "")
        digits = re.findall(r"\d[\d,]*(?:\.\d+)?", printed)
        if digits and "分之" not in printed:
            stated = float(digits[0].replace(",", ""))
            assert quantity.value == pytest.approx(stated) or re.search(r"[万亿千百]", printed)
        elif not digits:
            assert re.search(r"[一二两三四五六七八九十百千万零〇]|未|无|没有|不存在", printed)
        assert quantity.unit in ("", *unit_classes())
        assert quantity.value >= 0
    assert [q.span.start for q in found] == sorted(q.span.start for q in found)


@fuzz
@given(text=st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_offsets_are_true_whatever_stands_together(text: str) -> None:
    assert_true(text, read(text))


@fuzz
@given(text=st.text(max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert_true(text, read(text))


@fuzz
@given(
    value=st.integers(0, 99_999_999),
    style=st.sampled_from(["{}", "{:,}", "wide", "spaced unit"]),
    unit=st.sampled_from(["件", "条", "份", "人次", "起", "宗"]),
    about=st.sampled_from(["", "约", "近", "逾"]),
)
def test_a_number_is_read_back_as_it_was_printed(value: int, style: str, unit: str, about: str) -> None:
    figures = style.format(value) if "{" in style else str(value)
    if style == "wide":
        figures = figures.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    printed = about + figures + (" " if style == "spaced unit" else "") + unit
    [quantity] = read(f"全年收到政府信息公开申请{printed}，均已办结。")
    assert (quantity.printed, quantity.value, quantity.unit, quantity.approximate) == (printed, value, unit, bool(about))


@fuzz
@given(value=st.integers(1, 9999), unit=st.sampled_from(["件", "条", "份"]))
def test_a_chinese_numeral_is_read_back(value: int, unit: str) -> None:
    [numeral] = numerals(f"共计{in_words(value)}{unit}。")
    assert (numeral.value, numeral.unit) == (value, unit)


def in_words(value: int) -> str:
    """123 → 一百二十三, 1005 → 一千零五, 10 → 十."""
    words, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if not digit:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
        gap = False
    return words.removeprefix("一") if 10 <= value < 20 else words


@pytest.mark.parametrize(
    "text", ["1" * 30_000, "1," * 30_000, "1 " * 30_000, "申请1" + " " * 30_000 + "件", "一百二" * 20_000, "第1、" * 20_000]
)
def test_long_runs_are_no_numbers(text: str) -> None:
    assert not [q for q in read(text) if len(q.printed) < 30_000]


@pytest.mark.parametrize(
    ("sentence", "before", "after"),
    [("网民留言超期由117条降至23条。", 117, 23), ("政务新媒体由36个压减至22个。", 36, 22), ("平均答复时限从15天缩短到9天。", 15, 9)],
)
def test_what_a_number_came_to_is_the_years_and_what_it_was_is_not(sentence: str, before: int, after: int) -> None:
    first, second = read(sentence, year=2024)
    assert (first.value, first.period) == (before, "before")
    assert (second.value, second.period) == (after, "year")
    assert first.counted == second.counted != ""


def test_two_numbers_that_do_not_move_are_both_the_years() -> None:
    assert [q.period for q in read("由办公室受理申请12件，培训降至3场。", year=2024)] == ["year", "year"]


@pytest.mark.parametrize(
    ("paragraphs", "topics"),
    [
        (("一是预警传得慢，群众不知道；二是档案残缺。", "一是装大喇叭播报；二是与档案馆合作扫描。"), ["problems", "measures"]),
        (("一是预警传得慢；二是档案残缺。", "应对：在村里装大喇叭；扫描建库。"), ["problems", "measures"]),
        (("流动人口多，租户不知道去哪看公示。", "在六处公交站台增设公示灯箱，三文对照。"), ["problems", "measures"]),
        (("公示不及时，群众不满意。", "政策解读少，看不懂的多。"), ["problems", "problems"]),
    ],
)
def test_measures_are_told_from_problems_where_no_heading_parts_them(paragraphs: tuple[str, ...], topics: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Paragraph(at, at + len(paragraph)))
        at += len(paragraph) + 2
    section = Section(5, "存在的主要问题及改进情况", Span(0, 0), 0, len(text))
    assert [p.topic for p in passages(Document(text, tuple(blocks), "text"), (section,))] == topics
