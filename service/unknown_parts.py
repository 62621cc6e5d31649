"""The part of a whole that a question names and no form counts: 涉及征地的诉讼, 处罚里赌博的, 拘留的呢, 招生培训.

The figure of the whole is no answer to it. Where a part may be named is told by the turns in which people name one; whether it is one, by
words there that no concept accounts for and that are no words of asking, of doing or of counting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.segment import STOPWORDS, Segmenter
from service.cues import channels_of, subjects_of
from service.leftover import GENERIC
from service.lexicon import TermHit, mask

# 这里面罚款的有多少件, 处罚里乱停车的有多少, 里面有要监控的吗: part of a figure, by words of their own
_WITHIN = re.compile(
    r"(?:其中|这?里[面头]|那里面|当中|这当中|(?<![年这那哪告表])里|(?<![其集年])中)(?:有没有|有)?(?P<what>(?!的|[^的]*(?:不止|超过|不[到足]|[多少]于|其[他它余]))[\u4e00-\u9fff]{2,10}?)的"
    r"(?:(?:一共|总共|共)?(?:有|是|占|各)?(?:多少|几)(?:[件起份个条宗人次场期篇]|[呢啊]?[?？]?$)|[吗么没][?？]?$|多不多)"
)


# 跟拆迁有关的, 因征地引起的, 有几件是关于社保的: what the cases counted are about, or came from
_ABOUT = (
    re.compile(r"(?:跟|和|与|同)(?P<what>[\u4e00-\u9fff]{2,10}?)(?:有关|相关|沾边|挂钩|有关系)"),
    re.compile(r"(?:因为?|由于?)(?P<what>[\u4e00-\u9fff]{2,10}?)(?:而|所)?(?:引起|引发|导致|产生|提起|闹|起)的"),
    re.compile(
        r"(?:关于|涉及|有关|针对|围绕|反映|涉)(?P<what>[\u4e00-\u9fff]{2,10}?)(?:方面|类|问题|事项|领域)*(?:的|这块)*(?:案件?)?(?:一共|总共|共)?"
        r"(?:有|是|占|各)?(?:[多少几]+(?!不)|多不多|[,，?？。]|$|信息|消息|文章|留言|培训)"
    ),
)
# 拘留的呢, 老师提的有几件, 延期了几件: all that is said names a part
_WHAT = r"(?P<what>(?![^的]*(?:[这那哪最第同填栏表底再前后尾从]|(?<!手)写|收(?!了?[钱费])|(?<!口)头|其[余他它]|剩|别的|里的|[下进过起]来|占|[两三四五六七八九十几]家|出去|年间|一块|不止|超过|不[到足]|[多少]于))(?:(?!的)[\u4e00-\u9fff]){2,8}?)"
_MANY = r"(?:多少|几)[件起份个条宗次]?"
_DONE = rf"{_WHAT}(?<![多少增减涨跌升降差掉高低出发])了{_MANY}[呢啊]?[?？]?$"  # 延期了几件; but 多了几件, 发了几件
_NOUN = r"(?:案件|申请|信息|情况|(?:行政)?(?:复议|诉讼|处罚|许可|强制)|官司|决定|(?:行政)?规范性文件|规章|文件)?"
_PART_ALONE = (
    re.compile(rf"^\s*(?:那么?|还有|再看|再说|要是)?[,，]?{_WHAT}的{_NOUN}(?:呢|(?:一共|总共|共)?(?:又|有|是|占)?{_MANY}|占多少|占比|各(?:是|有)?{_MANY}|(?:又是)?(?:谁|哪[一]?[家年]|哪个.{{1,3}}?|\s+)最?[多少高低]|[多少增减][了出加少]*{_MANY})[呢啊]?[?？]?$"),
    re.compile(rf"^\s*(?:那|其中|里面)?(?:有没有|有)(?:哪[一几]?件是)?{_WHAT}的{_NOUN}(?:吗|么|没有|没)?[?？]?$"),
    re.compile(rf"^\s*(?:那|其中|里面)?{_DONE}"),
    re.compile(rf"^\s*(?:那|其中|里面)?有?(?:多少|几)[件份个起条]{_NOUN}(?:是|属于|被)?{_WHAT}[了过的]*[呢啊]?[?？]?$"),
    re.compile(rf"(?:有没有|多少|几[件份个起条]){_NOUN}(?:是|属于){_WHAT}的[呢啊]?[?？]?$"),
    re.compile(rf"有没有{_WHAT}的(?:申请|复议|诉讼|官司|处罚|许可)[呢啊]?[?？]?$"),
    re.compile(rf"(?:复议|诉讼|官司|处罚|许可)(?:案件?)?[里中]?{_DONE}"),
)
# 醉驾处罚有多少件, 做了几件吊销处罚
_CASES = r"类?(?:行政)?(?:处罚|许可|复议|诉讼|规范性文件|强制)(?:决定|案件?)?"
# Words of doing and of counting in the same place say nothing of a part: 被提起行政复议几件, 三年行政处罚, 还在执行的规范性文件.
_DOING = "[块多少把加了始说讲写哪谁家收接新个各进来到过回去发开那这边起是递交报要用以从往向在跟与及等的不没无未合提被年里效他它该有一二三四五六七八九十两几摊吃取行上挨打领遭遇碰给下出达批核发受理办作做实审审判应诉]|涉及|开具|最近|类人|为由|之前|以前|全部|所有|总共|一共|有效|相关|有关|当前|当年|比例|和(?!解)|业务|自己|另外|媒体|见面"
_NAME = rf"(?P<what>(?![条场次期篇件份])(?:(?!{_DOING})[\u4e00-\u9fff]){{2,6}}?)"
_KIND = "(?:信息|消息|文章|培训|新闻发布会|发布会|解读|留言|公文)"
_COMPOUND = (
    re.compile(rf"(?:^|[\s,，]){_NAME}{_CASES}(?:一共|总共|共)?(?:有|是|[作做办]了?)?{_MANY}"),
    re.compile(rf"[做作办开下发]了?(?:多少|几)[件起份个条宗次]{_NAME}{_CASES}[呢啊]?[?？]?$"),
    re.compile(rf"(?<![把给]){_NAME}(?:类|方面|领域)?的(?:{_CASES}|(?:政府)?(?:信息)?(?:公开)?申请)"),
    re.compile(rf"(?<![把给]){_NAME}(?:类|方面|领域)?的{_KIND}"),
    re.compile(rf"(?:^|[\s,，的]){_NAME}类?{_KIND}(?:一共|总共|共)?(?:有|是|[办搞做发开组织举公布出]*了?){_MANY}"),
    re.compile(rf"[发办搞开]布?了?(?:多少|几)[条次场期篇个]{_NAME}的?{_KIND}"),
    re.compile(rf"(?:^|[\s,，]|区县|单位|部门|政府|[局镇乡]){_NAME}类?(?:{_CASES}|申请)最[多少高低]"),
)
_NAMED = (_WITHIN, *_PART_ALONE)
_PARTS = (*_ABOUT, *_NAMED, *_COMPOUND)
_PEOPLE = re.compile("[老教]师|居民|村民|市民|师傅|同志")  # talk where they are spoken to, a part where they are asked about


def part_named(text: str) -> str | None:
    """The words by which a question asks for a part of what was told, whether a concept accounts for them or not: 驳回的呢, 其中网上的几件."""
    return next((match["what"] for pattern in _NAMED if (match := pattern.search(text))), None)


def _unknown_part(text: str, hits: Sequence[TermHit], segmenter: Segmenter) -> str | None:
    """What the cases asked for are about, in words that no concept accounts for."""
    for pattern in _PARTS:
        for match in pattern.finditer(text):
            begin, end = match.span("what")
            inside = [h for h in hits if h.start < end and begin < h.end and not h.loose]
            if any(h.id not in ("requests.received", "outcome.total") for h in inside):
                continue
            unknown = mask(match["what"], [(max(h.start - begin, 0), h.end - begin) for h in inside])  # 当场答复的
            what = match["what"]  # 网上申请的: a channel by its whole name
            if any(cues.search(said) for said in {what, unknown} for _, cues in (*channels_of(said), *subjects_of(said))):
                continue
            words = [w for part in unknown.split("\n") for w in segmenter.words(part)]
            if any(len(w) > 1 and (w not in GENERIC or _PEOPLE.fullmatch(w)) and w not in STOPWORDS for w in words):
                return what
    return None


def qualifier_of(text: str, hits: Sequence[TermHit], residue: Sequence[str], segmenter: Segmenter, metrics: Sequence[str] = ()) -> str | None:
    """A restriction that the form does not know: 关于拆迁的申请, 环保类申请."""
    if (what := _unknown_part(text, hits, segmenter)) is not None:
        return what
    match = re.search(
        r"(?:关于|涉及|有关|针对|围绕)([\u4e00-\u9fff]{2,10}?)(?:的|方面|类|问题|事项)*(?:政府)?(?:申请|信息|文件|内容|处罚|许可|复议|诉讼|官司)",
        text,
    )
    if match and any(word in match[1] for word in residue):
        return match[1]
    if any(m.count(".") > 1 for m in metrics):
        return None  # the reason itself is asked for, and talk around it restricts nothing
    starts = {h.start for h in hits if h.kind in ("metric", "row", "block")}
    for word in residue:
        at = text.find(word)
        if at < 0:
            continue
        rest = text[at + len(word) :]
        after = re.match(r"(?:类|方面|领域|行业|系统|相关)?的?", rest)
        if after and at + len(word) + after.end() in starts:
            return word
        if re.match(r"(?:类|方面|领域|行业|系统|相关)?的?(?:政府)?(?:信息|申请|文件)", rest):
            return word
    return None
