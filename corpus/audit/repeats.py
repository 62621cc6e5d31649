"""Text given twice, words given twice, and what a template left behind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from corpus.audit.material import Material, Prose, quote, squashed
from corpus.model import Finding

# A shorter sentence may well be said twice: 全部按时办结.
_SHORTEST = 20
# This many sentences again are a text that was pasted twice, told in one finding.
_WHOLE = 5

_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}[、是]|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、])?"
)  # So many slips of one kind tell that the text is broken; more of them tell nothing new.
_MOST = 50

_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,8})\1|(20\d\d年)\2")
# Words that stand between others and begin no compound, so that twice is once too often whatever follows.
_PLAIN = {
    "关于", "围绕", "通过", "根据", "按照", "以及", "进一步", "及时", "积极", "切实", "有效", "认真", "严格", "不断", "持续", "加强", "加大", "推进", "推动",
    "落实", "开展", "做好", "完善", "提高", "提升", "强化", "深化", "其中", "同时", "但是", "因为", "对于", "为了", "主动", "依法", "全面", "确保",
}  # fmt: skip
# What makes a compound of the second copy: 公开申请|申请人, 规范|规范性, 建设|建设局, 服务|服务中心, 年度|年度报告.
_COMPOUND = re.compile(
    r"[局厅委办部所站室栏号组会化性员人表日法科处股县区市镇乡村者力度]|中心|大厅|平台|窗口|热线|网|目录|指南|专栏|专区|属性|公报|年报|报告|要点|方案|总结|机制|领导|小组"
    r"|改革|执法|复议|诉讼|处罚|许可|强制|审批|事业|裁决|范围|方式|时限|渠道|载体|内容|形式|透明|公平|公正|纪要|单位|机关|对象|事项|系统|技术|产业|条例|规定|制度|行为|工作|人员|文件|项目|资金|资源|企业|质量"
)  # fmt: skip
# 一件一件, 逐条逐条, 研究研究: ways of speaking.
_SPOKEN = re.compile(r"^[一逐每几两各]|^(?:许多|讨论|研究|学习|交流|商量|沟通|哈哈|多多|常常|往往|人民)$")

_TEMPLATE = (
    (r"\{\{[^}]{0,40}\}\}|\{%[^%]{0,40}%\}|<%[^%]{0,40}%>|\$\{[^}]{0,40}\}", "模板代码"),
    (r"[(\[【](?:具体|此处|请|这里)[^)\]】]{0,12}[)\]】]|[(]网址:?[)]|请(?:在此)?填写|待补充|待填写|此处填写", "待填的说明"),
    (r"(?<![A-Za-z\d])[Xx]{2,}(?![A-Za-z])|×{2,}|某某|20[Xx×_*]{2}|_{2,}(?=[年月日件条份次个人篇名元万])", "占位符"),
    (r"〔\d{0,3}〕|〔[Xx×_]+〕|[(\[【]20\d?[)\]】]\d*号|〔20\d\d〕号", "没有填全的文号"),
    (
        r"(?:公开|发布|推送|更新|编发|转发)(?:各类|政府|政务)*(?:信息)?(?:共计?|累计|合计)?[条篇](?=[,。;、])|(?:共计|共|合计|累计)[条件份篇次](?=[,。;、])",
        "缺少数字",
    ),
    (r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?)|(?<![A-Za-z])(?:undefined|NaN)(?![A-Za-z])|\d{4}-None", "程序错误的痕迹"),
)  # fmt: skip
_LEFT = re.compile("|".join(f"(?P<t{at}>{pattern})" for at, (pattern, _) in enumerate(_TEMPLATE)))


def repeats(material: Material) -> Iterator[Finding]:
    yield from _sentences(material)
    yield from islice(_words(material), _MOST)
    yield from islice(_template(material), _MOST)


def _sentences(material: Material) -> Iterator[Finding]:
    first: dict[str, tuple[Prose, int, int]] = {}
    again: dict[str, list[tuple[Prose, int, int]]] = defaultdict(list)
    for piece in material.prose:
        for start, end in piece.sentences():
            start += len(_NUMBERED.match(piece.text, start, end).group())  # type: ignore[union-attr]
            sentence = piece.text[start:end]
            if len(sentence) < _SHORTEST:
                continue
            if sentence in first:
                again[sentence].append((piece, start, end))
            else:
                first[sentence] = (piece, start, end)
    if len(again) >= _WHOLE:
        hits = [hit for sentence, later in again.items() for hit in (first[sentence], *later)]
        message = f"有 {len(again)} 句话出现了两次以上，像是整段文字重复，例如：“{_printed(hits[0])}”。"
        yield _found("text.repeated", message, hits)
        return
    for sentence, later in again.items():
        hits = [first[sentence], *later]
        yield _found("text.repeated", f"同一句话出现了 {len(hits)} 次：“{_printed(hits[0])}”。", hits)


def _printed(hit: tuple[Prose, int, int]) -> str:
    piece, start, end = hit
    return quote(piece.raw[start:end])


def _found(rule: str, message: str, hits: list[tuple[Prose, int, int]]) -> Finding:
    places = tuple(dict.fromkeys(piece.place for piece, _, _ in hits))
    return Finding(rule, "notice", message, places, (), tuple(piece.span(start, end) for piece, start, end in hits))


def _words(material: Material) -> Iterator[Finding]:
    for piece in (*material.prose, *_headings(material)):
        for match in _DOUBLED.finditer(piece.text):
            if match[1] and not all(_slip(*turn) for turn in _turns(piece.text, match)):
                continue
            message = f"文中有重复的词“{match.group()}”：“{quote(piece.raw[max(0, match.start() - 8) : match.end() + 8])}”。"
            yield _found("text.doubled", message, [(piece, *match.span())])


def _turns(text: str, match: re.Match[str]) -> Iterator[tuple[str, str, str]]:
    """The word, what stands before and what after it, for every way to cut the same run: 务服务服 is 服务服务 as well."""
    length = len(match[1])
    for start in range(match.start(), match.start() + length):
        end = start + 2 * length
        if text[start : start + length] != text[start + length : end]:
            return
        yield text[start : start + length], text[max(0, start - 1) : start], text[end : end + 2]


def _headings(material: Material) -> Iterator[Prose]:
    for section in material.sections:
        if section.heading.end > section.heading.start:
            yield squashed(section.number, material.text, section.heading.start, section.heading.end)


def _slip(word: str, before: str, after: str) -> bool:
    """Whether a word that stands twice is a slip, and not the end of one compound beside the beginning of another."""
    if word in _PLAIN:
        return True
    if word == "政府":  # 县人民政府|政府信息公开
        return not before or before[-1] in "、,。;:的与和理开在对"
    if _SPOKEN.match(word) or len(set(word)) == 1:
        return False
    return not _COMPOUND.match(after)


def _template(material: Material) -> Iterator[Finding]:
    for piece in material.prose:
        for match in _LEFT.finditer(piece.text):
            at = next(int(name[1:]) for name, value in match.groupdict().items() if value is not None)
            what = _TEMPLATE[at][1]
            words = quote(piece.raw[max(0, match.start() - 10) : match.end() + 10])
            yield _found("text.template", f"文中有模板遗留（{what}）：“{words}”。", [(piece, *match.span())])
