"""Is it an annual report at all? Notices, guides, rules, news, blank forms and other reports look much like one.

Precision first: a report with its own title and its own sections is a report, whatever else its pages mention. Only where that
is missing does a headline of another kind decide, and each kind needs a second sign in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.identity.front import TITLE, Front, front_of
from corpus.identity.several import whole_reports
from corpus.identity.titles import TitleReading, read_title
from corpus.model import Document, Grid, Paragraph, Section
from corpus.textual import squash

Kind = Literal[
    "report", "notice", "form", "rule", "guide", "site_report", "rule_of_law", "interpretation", "news", "university", "template", "blank_form",
    "index_page", "several", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is a Chinese sentence for every kind but ``report``."""

    kind: Kind
    reason: str = ""

    @property
    def is_report(self) -> bool:
        return self.kind == "report"


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the kinds are told by: headlines without white space, the opening and the whole text, and how much of a report is there.

    ``filled`` and ``empty`` count cells of tables under the sections that hold a value or nothing; ``prose`` counts characters of
    sentences below the headings.
    """

    headlines: tuple[str, ...]
    opening: str
    text: str
    title: TitleReading | None
    sections: int
    form_rows: int
    filled: int
    empty: int
    prose: int


_REPORTS = r"(?:政府|政务)?信息(?:和政务)?公开(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)"
_MASKED_YEAR = re.compile(r"20(?:[xX×✕╳＊*_○〇]{2}|[\s_]{2,})年|(?<![\d一-鿿])[xX×✕＊*]{2,4}年")
_MASKED_BODY = re.compile(
    r"(?:[xX×✕＊*]{2,6}|某某|[（(]?(?:单位|机关|部门)名称[）)]?)(?:人民政府|省|市|县|区|旗|局|镇|乡|街道|委|办|厅|单位|机关|部门)?(?:20..|[xX×_]{2,4})?年?度?"
    + _REPORTS
)
_MASKED_NAME = re.compile(r"(?<![a-zA-Z0-9])(?:[xX]{2,3}|[×✕]{2,4})(?:省|市|县|区|镇|乡|局|街道)")
_NOTICE = re.compile(
    rf"关于.{{0,40}}?{_REPORTS}.{{0,24}}?(?:的)?(?:通知|通报|函|提示|提醒)(?:[（(].{{0,20}}[）)])?$|^关于(?:做好|报送|编制|开展|组织).{{0,60}}?(?:年度报告|年报).{{0,24}}$"
)
_NOTICE_BODY = re.compile(
    r"(?:请|应|须|务必)(?:各[^。]{0,20})?(?:于|在)[^。]{0,20}(?:前|之前)[^。]{0,40}(?:报送|上报|提交|公布|发布|上传|报)|报送(?:至|到|我办|市政府)|^各[^。：]{2,60}：|(?:各|所属)[^。：，]{0,30}(?:单位|部门|人民政府)："
)
_FORM = re.compile(rf"{_REPORTS}(?:的)?(?:格式|模板|样式|范本|样表|表样)(?:[（(].{{0,20}}[）)])?(?:》?的通知)?$")
_RULE = re.compile(
    rf"(?:{_REPORTS}|年度报告|信息公开)(?:编制|发布|公布|报告|管理|工作)*(?:制度|办法|规定|细则|规程)(?:[（(].{{0,10}}[）)])?$"
)
_GUIDE = re.compile(
    r"信息公开(?:工作)?(?:申请)?(?:指南|目录|指引)(?:[（(].{0,16}[）)])?$|(?:依申请公开|信息公开申请).{0,6}(?:指南|须知|流程)$"
)
_GUIDE_BODY = re.compile(r"受理机构|申请(?:方式|流程|表)|公开(?:范围|内容|形式|时限)|编制本指南|本指南")
_SITE = re.compile(r"政府网站(?:年度)?工作(?:年度)?报表|网站(?:年度)?工作年度报[表告]")
_SITE_BODY = re.compile(r"网站标识码|独立用户访问总量|网站总访问量|ICP备案号")
_LAW = re.compile(r"法治政府建设|依法行政工作.{0,8}报告|推进依法行政")
_INTERPRETATION = re.compile(r"(?:解读|图解|一图读懂|一图看懂|政策问答|起草说明|编制说明$)")
_NEWS = re.compile(rf"(?:发布|公布|出炉|晒出|亮出|亮相|获|完成)[^。]{{0,20}}?(?:{_REPORTS}|成绩单)|成绩单|答卷")
_NEWS_BODY = re.compile(r"记者|本报讯|[网日报社]讯|据悉|据了解|近日|日前|昨日|报道|通讯员")
_SCHOOL = re.compile(r"(?:19|20)\d{2}\s?[-—–－~～至/]+\s?(?:19|20)?\d{2}\s?学年|学年(?:度)?信息公开")
_OTHER_REPORT = re.compile(
    r"^(?:(?!信息公开).)*(?:工作(?:总结|要点|方案|计划|安排)|述职报告|预算公开|决算公开|部门(?:预算|决算)|政务公开(?:工作)?(?:要点|方案|总结|考核)|行政执法(?:年度|数据|统计)|"
    r"政府工作报告|.*(?:季度|[上下]半年|半年度).*报告|绩效评价报告|社会责任报告|统计公报|建议提案办理|普法|党务公开)"
)
_OTHER_OF_DISCLOSURE = re.compile(
    r"(?:季度|[上下]半年|半年度)(?:政府)?信息公开.{0,12}报告$|信息公开(?:工作)?(?:要点|方案|总结|计划|安排|考核(?:结果|办法|细则)?|培训|申请表|审查表|登记表|台账|责任清单|联系方式)(?:[（(].{0,16}[）)])?$"
)
_FORM_ROW = re.compile(
    r"本年新收政府信息公开申请|上年结转政府信息公开申请|结转下年度继续办理|行政规范性文件|^规范性文件|^规章|^行政许可|^行政处罚|^行政强制|行政事业性收费|予以公开|属于国家秘密|"
    r"信访举报投诉类|结果维持|未经复议直接起诉|复议后起诉|指标名称|主动公开政府信息数"
)
_HAS_VALUE = re.compile(r"\d|^[/／—–\-－无零一二三四五六七八九十]+$|不涉及|不适用|没有")
_BLANK_MARK = re.compile(r"^[\s_□＿（）()\u3000]*$|^[xX×*]+$")
# A list of at least so many titles of reports, with hardly a sentence between them, is a column's index.
_LISTED = 5
# Less than this much prose under the headings (characters) is none: 无。 and a heading's remainder stay below it.
_NO_PROSE = 60


def kind_of(document: Document, sections: tuple[Section, ...], title: str = "") -> Verdict:
    """What the document is. ``title`` is what identify() read, "" where it read none. Never raises."""
    signs = _signs(document, sections, title)
    return (
        _masked(signs)
        or _school_year(signs)
        or _blank_form(signs)
        or _several(document)
        or _own_report(signs)
        or _by_headline(signs)
        or _listing(document, signs)
        or _rest(signs)
    )


def _signs(document: Document, sections: tuple[Section, ...], title: str) -> _Signs:
    front = front_of(document, sections)
    text = squash(document.text[:40_000])
    cells = [cell for block in document.blocks if isinstance(block, Grid) for row in block.rows for cell in row][:5000]
    values = [cell for cell in cells if _is_value_slot(cell.text)]
    filled = sum(bool(_HAS_VALUE.search(cell.text)) for cell in values)
    return _Signs(
        headlines=_headlines(front, title, document.meta.get("title", "")),
        opening=squash("\n".join(front.lines))[:1200],
        text=text,
        title=read_title(front.lines) or next((r for x in front.values(TITLE) if (r := read_title((x.value,)))), None),
        sections=len({s.number for s in sections if s.number}),
        form_rows=sum(_is_form_row(cell.text) for cell in cells),
        filled=filled,
        empty=sum(bool(_BLANK_MARK.match(cell.text)) for cell in values),
        prose=_prose(document, sections),
    )


_VALUE = re.compile(r"^[+\-−]?[\d,，.０-９]+|^[/／—–\-－无零]+$|^不(?:涉及|适用)$")


@lru_cache(maxsize=4096)
def _is_value_slot(text: str) -> bool:
    """Whether a cell's text is a number or stands where one could: no label."""
    return len(text) <= 12 and (bool(_BLANK_MARK.match(text)) or bool(_VALUE.match(text)))


@lru_cache(maxsize=4096)
def _is_form_row(text: str) -> bool:
    return len(text) < 60 and bool(_FORM_ROW.search(squash(text)))


def _prose(document: Document, sections: tuple[Section, ...]) -> int:
    """Characters of sentences under the headings, the words of the form and of headings left out."""
    first = min((s.start for s in sections if s.number), default=0)
    count = 0
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.start >= first:
            for line in document.text[block.start : min(block.end, block.start + 4000)].splitlines():
                bare = squash(line)
                if "。" in bare and not re.search(r"[_×]{3,}|[（(](?:填写|说明|注|此处)", bare):
                    count += len(bare)
        if count > 10 * _NO_PROSE:
            break
    return count


def _headlines(front: Front, title: str, page: str) -> tuple[str, ...]:
    """Lines of the opening that can be a headline, alone and joined with the next two (titles are broken over lines)."""
    lines = [squash(line) for line in front.lines[:10]]
    found = [squash(title)[:120]] if title else []
    found += [squash(x.value)[:120] for x in front.values(TITLE)] + [
        squash(part)[:120] for part in re.split(r"[_|]|\s-\s", page[:200])[:1] if part
    ]
    for at in range(len(lines)):
        joined = ""
        for more in lines[at : at + 3]:
            if "。" in more or len(more) > 70:
                break
            joined += more
            found.append(joined)
    return tuple(dict.fromkeys(found))


def _any(pattern: re.Pattern[str], headlines: tuple[str, ...]) -> bool:
    return any(pattern.search(line) for line in headlines)


# -------------------------------------------------------------------------------------------------------- the kinds


def _masked(s: _Signs) -> Verdict | None:
    """A model text: the year or the body is masked where the title or the preface says them."""
    year = any(_MASKED_YEAR.search(line) and re.search(r"公开", line) for line in s.headlines) or _MASKED_YEAR.search(s.opening[:400])
    if year:
        return Verdict("template", "年份写作“20xx”，这是范本而不是报告。")
    if len(_MASKED_NAME.findall(s.text[:1500])) >= 2:
        return Verdict("template", "地名或机关名称用“××”代替，这是范本而不是报告。")
    if any(_MASKED_BODY.search(line) for line in s.headlines):
        return Verdict("template", "机关名称用“××”代替，这是范本而不是报告。")
    return None


def _school_year(s: _Signs) -> Verdict | None:
    if _any(_SCHOOL, s.headlines) or (re.search(r"学年", s.opening) and _SCHOOL.search(s.opening) and not s.form_rows):
        return Verdict("university", "这是按学年编写的高等学校信息公开报告，不是行政机关按年度编制的报告。")
    return None


def _blank_form(s: _Signs) -> Verdict | None:
    """The form with no number in it and no sentence: nobody filled it in."""
    if s.form_rows >= 6 and not s.filled and s.empty >= 10 and s.prose < _NO_PROSE:
        return Verdict("blank_form", "表格全部空白，也没有叙述，这是空白表样而不是报告。")
    return None


def _several(document: Document) -> Verdict | None:
    """Reports of two years one after the other: read as one, the figures of one would be told as the other's."""
    years = whole_reports(document)
    if not years:
        return None
    count = {2: "两", 3: "三", 4: "四"}.get(len(years), str(len(years)))
    return Verdict("several", f"文件里有{count}份报告（{'、'.join(map(str, years))}年），请分成几个文件，分别添加。")


def _own_report(s: _Signs) -> Verdict | None:
    """Its own title, and sections or the form: a report, whatever its pages mention besides."""
    substance = s.prose >= _NO_PROSE or s.filled >= 3
    titled = s.title is not None and (s.title.year is not None or s.title.agency is not None)
    if titled and substance and (s.sections >= 2 or s.form_rows >= 6):
        return Verdict("report")
    if titled and (s.sections >= 3 or s.form_rows >= 6) and not _notice(s):
        return Verdict("report")
    return None


def _notice(s: _Signs) -> bool:
    return _any(_NOTICE, s.headlines) and bool(_NOTICE_BODY.search(s.text[:6000]))


def _by_headline(s: _Signs) -> Verdict | None:
    """Another kind's headline, with a second sign where one word could be a menu's."""
    structured = s.sections >= 4 and (s.filled >= 10 or s.prose >= 10 * _NO_PROSE)
    if _any(_FORM, s.headlines) and s.filled < 10:
        return Verdict("form", "这是年度报告的格式或印发格式的通知，不是报告本身。")
    if _any(_NOTICE, s.headlines) and (not structured or _notice(s)):
        return Verdict("notice", "这是要求编制或报送年度报告的通知，不是报告本身。")
    if structured:
        return None
    if _any(_SITE, s.headlines) or (_SITE_BODY.search(s.text) and "政府网站" in s.text[:400] and s.sections < 2 and not s.form_rows):
        return Verdict("site_report", "这是政府网站工作年度报表，不是政府信息公开工作年度报告。")
    if s.sections < 3 and any(_LAW.search(line) and "信息公开" not in line for line in s.headlines):
        return Verdict("rule_of_law", "这是法治政府建设（依法行政）报告，不是政府信息公开工作年度报告。")
    if any(_INTERPRETATION.search(line) and re.search(r"报告|年报", line) for line in s.headlines):
        return Verdict("interpretation", "这是对年度报告的解读，不是报告本身。")
    if _any(_RULE, s.headlines) and len(re.findall(r"第[一二三四五六七八九十]+条", s.text[:6000])) >= 3:
        return Verdict("rule", "这是年度报告制度或信息公开制度，不是报告本身。")
    if _any(_GUIDE, s.headlines) and _GUIDE_BODY.search(s.text) and s.sections < 4:
        return Verdict("guide", "这是政府信息公开指南或目录，不是年度报告。")
    if s.sections < 2 and _any(_NEWS, s.headlines) and (_NEWS_BODY.search(s.text[:1500]) or not s.form_rows):
        return Verdict("news", "这是关于年度报告的新闻，不是报告本身。")
    if s.sections < 2 and not s.title and (_any(_OTHER_REPORT, s.headlines) or _any(_OTHER_OF_DISCLOSURE, s.headlines)):
        return Verdict("other", "这是另一类文件，不是政府信息公开工作年度报告。")
    return None


def _listing(document: Document, s: _Signs) -> Verdict | None:
    """A column's page: titles of several reports below each other and no text."""
    if s.sections >= 2 or s.form_rows >= 6:
        return None
    lines = [squash(line) for line in document.text[:20_000].splitlines()]
    titles = {line for line in lines if len(line) <= 80 and "。" not in line and re.search(_REPORTS, line)}
    if len(titles) >= _LISTED and s.prose < 4 * _NO_PROSE:
        return Verdict("index_page", "这是年度报告的栏目列表页，不是某一份报告；请打开其中一份再添加。")
    return None


def _rest(s: _Signs) -> Verdict:
    """Neither its own title nor another's headline: the sections decide."""
    letters = len(re.findall(r"[A-Za-z]", s.text))
    if letters > 0.5 * max(1, len(s.text)):
        return Verdict("other", "正文主要是英文，不是年度报告的中文原文。")
    if not re.search(r"(?:政府|政务)?信息公开|公开政府信息", s.text):
        return Verdict("other", "文中没有提到政府信息公开，看来不是政府信息公开工作年度报告。")
    if s.sections >= 3 or s.form_rows >= 4 or (s.sections >= 2 and s.prose >= _NO_PROSE):
        return Verdict("report")
    if _NEWS_BODY.search(s.text[:600]) and s.sections < 2:
        return Verdict("news", "这是关于政府信息公开的新闻，不是年度报告。")
    return Verdict("other", "文中既没有报告的各个部分，也没有规定的表格，看来不是政府信息公开工作年度报告。")
