"""The year of a report, out of witnesses in falling order of trust."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.identity.dates import Day, Period, majority, periods, year_in_url, years_in_text
from corpus.identity.mentions import report_years
from corpus.identity.titles import TitleReading

# How much a witness weighs where no title speaks. 统计期限 is written for this very purpose; a preface is often last year's, so two
# others that agree (the years in the text, the date of publication) outweigh it, and not the 统计期限.
_PERIOD, _PREFACE, _MAJORITY, _PUBLISHED = 5, 3, 2, 2
# Publication in these months of the report's own year is early and happens; before them the date and the year contradict each other.
_EARLIEST_MONTH = 11


@dataclass(frozen=True, slots=True)
class YearFound:
    year: int | None
    where: str
    sure: bool
    doubts: tuple[str, ...] = ()


def find_year(title: TitleReading | None, where: str, head: str, body: str, published: Sequence[Day], url: str | None) -> YearFound:
    """The report's year. ``head`` and ``body`` have no white space; ``published`` in falling order of trust."""
    stated = periods(head) or periods(body)
    told = report_years(head[:3000])
    counts = years_in_text(body)
    most = majority(counts)
    if title and title.year:
        found = _of_title(title.year, where or "标题", stated, told, most, published)
        rivals = sorted({year for _, year in title.rivals if year != title.year})
        if not rivals or any(p.whole and p.last == title.year for p in stated):
            return found
        return replace(
            found, sure=False, doubts=(*found.doubts, *(f"开头还有{year}年报告的标题，以{title.year}年为准。" for year in rivals[:2]))
        )
    return _without_title(stated, told, most, counts, published, url)


def _of_title(year: int, where: str, stated: list[Period], told: list[int], most: int | None, published: Sequence[Day]) -> YearFound:
    """The title's year stands; what speaks against it is told, and two others that agree on another year make it unsure."""
    doubts: list[str] = []
    against: Counter[int] = Counter()
    if stated and all(year not in (p.first, p.last) for p in stated):
        doubts.append(f"统计期限写的是{_years(stated[0])}，与标题中的{year}年不同，以标题为准。")
        against[stated[0].last] += 1
    elif stated and not stated[0].whole:
        doubts.append(f"统计期限写的是{_years(stated[0])}，不止{year}年一年。")
    if told and year not in told:
        doubts.append(f"前言写的是{told[0]}年的报告，与标题中的{year}年不同，以标题为准。")
        against[told[0]] += 1
    if most and most != year:
        doubts.append(f"正文中最多的年份是{most}年，与标题中的{year}年不同。")
        against[most] += 1
    sure = not against or max(against.values()) < 2
    day = next((d for d in published if d.where not in ("网址", "页首的日期")), None)
    if day and (day.year < year or (day.year == year and int(day.iso[5:7]) < _EARLIEST_MONTH)):
        doubts.append(f"发布日期{day.iso}早于{year}年度结束，年份或日期可能有误。")
        sure = False
    return YearFound(year, where, sure, tuple(doubts))


def _without_title(
    stated: list[Period], told: list[int], most: int | None, counts: Counter[int], published: Sequence[Day], url: str | None
) -> YearFound:
    """The year that most weight speaks for; sure only where 统计期限 or preface say it and nothing says another."""
    weights: Counter[int] = Counter()
    said: dict[int, list[str]] = {}
    doubts: list[str] = []

    def hear(year: int | None, weight: int, where: str) -> None:
        if year:
            weights[year] += weight
            said.setdefault(year, []).append(where)

    period = next((p for p in stated if p.whole), stated[0] if stated else None)
    if period:
        hear(period.last, _PERIOD, "统计期限")
        if not period.whole:
            doubts.append(f"统计期限写的是{_years(period)}，按截止的{period.last}年计。")
    hear(told[0] if told else None, _PREFACE, "前言")
    hear(most, _MAJORITY, "正文中最多的年份")
    if weights:
        before = next((d.year - 1 for d in published), None) or ((year_in_url(url) or 1) - 1 if url else None)
        if before in weights or len(weights) > 1:
            hear(before, _PUBLISHED, "发布日期的上一年（推定）")
        year = max(weights, key=lambda y: (weights[y], _first_said(said[y])))
        others = sorted(y for y in weights if y != year and said[y] != ["发布日期的上一年（推定）"])
        doubts += [f"{'、'.join(said[y])}写的是{y}年，与{said[year][0]}的{year}年不同。" for y in others]
        strong = {"统计期限", "前言"} & set(said[year]) or len(said[year]) > 1
        return YearFound(year, said[year][0], bool(strong) and not doubts, tuple(doubts))
    return _last_resort(counts, published, url)


def _first_said(where: list[str]) -> int:
    return -min(("统计期限", "前言", "正文中最多的年份", "发布日期的上一年（推定）").index(w) for w in where)


def _last_resort(counts: Counter[int], published: Sequence[Day], url: str | None) -> YearFound:
    """Only dates of publication are left: the year before, flagged."""
    if url and (year := year_in_url(url)):
        return YearFound(year - 1, "网址日期的上一年（推定）", False, (f"文中没有写明年份，按网址中的日期推定为{year - 1}年。",))
    if published:
        day = published[0]
        return YearFound(
            day.year - 1, "发布日期的上一年（推定）", False, (f"文中没有写明年份，按发布日期{day.iso}推定为{day.year - 1}年。",)
        )
    if len(counts) == 1:
        year = next(iter(counts))
        return YearFound(year, "正文中唯一的年份", False, (f"年份{year}年只取自正文中的一处说法。",))
    return YearFound(None, "", False)


def _years(period: Period) -> str:
    return f"{period.first}年" if period.whole else f"{period.first}年至{period.last}年"
