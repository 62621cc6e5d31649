"""What a question says beyond its concepts: words that restrict it in a way the forms do not know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.segment import STOPWORDS, Segmenter, words_of
from service.cues import channels_of, subjects_of
from service.lexicon import TermHit, mask
from service.operation import DEALT_WITH, DEFINE, EXISTS, LIST, NUMBER, RANK, SHARE, SUM, WHERE, WHY

GENERIC = words_of("service", "generic_words.txt")


_COUNTED = re.compile(r"(?:多少|几)[件个条份次场篇宗起家]")
_REASONED = re.compile(DEALT_WITH)


# Where in the form something stands: 表三里, 第（五）项. It tells a reader where to look and restricts nothing.
_FORM_PLACES = re.compile(
    r"(?:在|从)?(?:附|统计|年报)?表(?:格)?[一二三四1234](?:之)?(?:中|里面?|内|上|的)?|第二十条|第?[(（][一二三四五六七八九][)）]项?|第[一二三四五六]部分(?:中|里)?|这一?[行列栏格]|那一?[行列栏格]|一[栏列行]"
)


def residue_of(text: str, hits: Sequence[TermHit], segmenter: Segmenter) -> tuple[str, ...]:
    """Words that no concept, unit or turn of asking accounts for."""
    text = _FORM_PLACES.sub(lambda m: "\n" * len(m.group()), text)
    for pattern in (SUM, LIST, SHARE, _COUNTED, NUMBER, WHERE, DEFINE, RANK, _REASONED):
        hits = [*hits, *(TermHit("operation", "", m.start(), m.end(), False) for m in pattern.finditer(text))]
    masked = mask(text, [(h.start, h.end) for h in hits if not h.loose])
    for _, cues in (*channels_of(masked), *subjects_of(masked)):
        masked = cues.sub(lambda m: "\n" * len(m.group()), masked)
    if "申请" in text:  # talk around the question restricts nothing: only the clause that asks counts
        at = text.index("申请")
        begin = max(text.rfind(c, 0, at) for c in ",，。;；?？!！:：") + 1
        end = min((e for c in ",，。;；?？!！" if (e := text.find(c, at)) >= 0), default=len(text))
        masked = masked[begin:end]
    told = (re.sub("^[里中内各]", "", w) for w in segmenter.words(masked.replace("\n", "，")))  # 四家政府里数谁最多
    words = [w for w in told if len(w) >= 2 and w not in GENERIC and w not in STOPWORDS]
    return tuple(
        w for w in words
        if not re.fullmatch(r"[\x00-\x7f]+|[比较][多少高低大小]|[多少][开发收办罚批推写接审训播搞]|每[一二]?[次场回趟期条篇件]|[一二三四五六七八九十两几]+[类种项个条家份层样]|人?新?[提递报交收]|人新?[提递报交].?|.*(?:多少|几|怎么|什么|哪).*", w) and segmenter.noun(w)
    )  # fmt: skip


# What may stand before 申请 without saying which: verbs of receiving and of filing, and words of asking.
_PLAIN_BEFORE = re.compile(
    r"最近|刚才|上面|它们?|[拨伙]|哪[一几些]?个?年|里[头面]|没有一[家个]|问一?下|问问|群里说?|有人说?|既然|有没有|是不是|是否|哪[个家]|还|仍旧?|依然|照样|普通|一般|那类|机构|找|有人爆料|爆料|风传|传闻|据传|都说|网友|网上说|媒体|当真|果真|真的|难道|居然|竟然|这类|那类|这种|那种|办结|设定|只许|只能|街道办?|办事处|镇政府|乡政府|区政府|县政府|市政府|邻居|朋友|同事|老伴|讲|说|政府|不算|不含|不包括|除了|口径|全[省市区县国]|告诉|直接|忽略|规则|核一?下|核对|麻烦|劳驾|只准|回答|接了|收到|接到|接收|收|接|新|提出|提交|递交|递|提|来|报|送|交|发|要求|要|公开|政府|信息|政务|依法?|受理|登记|总共|一共|共|全年|全部|所有|各种|各类|多少|几|[件份个条宗起封人次]|"
    r"了|过|的|到|给|有|是|在|向|对|里|中|那|这|些|他们|你们|我们|单位|机关|办公室|管委会|一年|年度?|本|该|其|请问|查|想|知道|看看|说|以|名义|去|也|都|总|共|合计|大概|究竟|到底|请|呢|吗|啊|嗯|就|被|把|由|跑|专门|特地|通过|方式|渠道|群众|老百姓|市民|公民|百姓|社会|公众|外界|人家|记者|烦请|告知|恳请|敬请|有劳|帮|我|你|您|咱|和|与|跟|及|、|自个儿|自己|亲自|正文|表格|写|填|实际|交|俺|人|用|之类|等等|下来|次|回|趟|听说|据说|给|贵(?:局|委|办|厅|院|镇|区|市|县)|[我本你](?:局|委|办|厅|院|镇|区|市|县)|只|才|仅|竟|得"
)


def attributive_of(text: str, hits: Sequence[TermHit]) -> str | None:
    """Words that say which requests are meant and that no term knows: 带到这年来接着办的申请, 办出去多少件申请."""
    if any(h.id == "requests.received" and not h.loose and "新收" in text[h.start : h.end] for h in hits):
        return None
    known = [
        (h.start, h.end) for h in hits if not h.loose and not h.weak and (h.kind == "applicant" or "申请" not in text[h.start : h.end])
    ]
    masked = mask(text, known).replace("\n", "")
    found: str | None = None
    for clause in re.split(r"[,，。;；:：?？!！\n]", masked):
        match = re.match(r"(.{0,24}?)的?(?:那些?|这些?)?(?:[多少几]+[件份个条宗起]+的?)?申请", clause.strip())
        if not match:
            continue
        # What stands before the verb of receiving is talk: 帮看下…收了多少个申请.
        told = re.split(r"新收|收到|收了|接到|接了", match[1])[-1]
        rest = _FORM_PLACES.sub("", told)
        for pattern in (SHARE, LIST, SUM, RANK, EXISTS, WHY):
            rest = pattern.sub("", rest)
        rest = re.sub(r"[^\u4e00-\u9fff]|[一二三四五六七八九十两百千]+[类种项样家方]?", "", _PLAIN_BEFORE.sub("", rest))
        if len(rest) < 2:
            return None  # a clause that asks plainly: what stands in the others is talk
        found = found or match[1]
    return found


# 这里面罚款的有多少件, 处罚里乱停车的有多少, 里面有要监控的吗: part of a figure, by words of their own
WITHIN = re.compile(
    r"(?:其中|这?里[面头]|那里面|当中|这当中|(?<![年这那哪告表])里|(?<![其集年])中)(?:有没有|有)?(?P<what>(?![^的]*(?:不止|超过|不[到足]|[多少]于))[\u4e00-\u9fff]{2,10}?)的"
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
_NOUN = r"(?:案件|申请|信息|情况|(?:行政)?(?:复议|诉讼|处罚|许可|强制)|官司|决定|(?:行政)?规范性文件|规章|文件)?"
_PART_ALONE = (
    re.compile(rf"^\s*(?:那么?|还有|再看|再说|要是)?[,，]?{_WHAT}的{_NOUN}(?:呢|(?:一共|总共|共)?(?:又|有|是|占)?{_MANY}|占多少|占比|各(?:是|有)?{_MANY}|(?:又是)?(?:谁|哪[一]?[家年]|哪个.{{1,3}}?|\s+)最?[多少高低]|[多少增减][了出加少]*{_MANY})[呢啊]?[?？]?$"),
    re.compile(rf"^\s*(?:那|其中|里面)?(?:有没有|有)(?:哪[一几]?件是)?{_WHAT}的{_NOUN}(?:吗|么|没有|没)?[?？]?$"),
    re.compile(rf"^\s*(?:那|其中|里面)?{_WHAT}(?<![多少增减涨跌升降差掉高低出发])了{_MANY}[呢啊]?[?？]?$"),
    re.compile(rf"^\s*(?:那|其中|里面)?有?(?:多少|几)[件份个起条]{_NOUN}(?:是|属于|被)?{_WHAT}[了过的]*[呢啊]?[?？]?$"),
    re.compile(rf"(?:有没有|多少|几[件份个起条]){_NOUN}(?:是|属于){_WHAT}的[呢啊]?[?？]?$"),
    re.compile(rf"有没有{_WHAT}的(?:申请|复议|诉讼|官司|处罚|许可)[呢啊]?[?？]?$"),
    re.compile(rf"(?:复议|诉讼|官司|处罚|许可)(?:案件?)?[里中]?{_WHAT}(?<![多少增减涨跌升降差掉高低出发])了{_MANY}[呢啊]?[?？]?$"),
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
_PEOPLE = re.compile("[老教]师|居民|村民|市民|师傅|同志")  # talk where they are spoken to, a part where they are asked about


def part_named(text: str) -> str | None:
    """The words by which a question asks for a part of what was told, whether a concept accounts for them or not: 驳回的呢, 其中网上的几件."""
    return next((match["what"] for pattern in (WITHIN, *_PART_ALONE) if (match := pattern.search(text))), None)


def about(text: str, hits: Sequence[TermHit], segmenter: Segmenter) -> str | None:
    """What the cases asked for are about, in words that no concept accounts for."""
    for pattern in (*_ABOUT, WITHIN, *_PART_ALONE, *_COMPOUND):
        for match in pattern.finditer(text):
            begin, end = match.span("what")
            inside = [h for h in hits if h.start < end and begin < h.end and not h.loose]
            if any(h.id not in ("requests.received", "outcome.total") for h in inside):
                continue
            unknown = mask(match["what"], [(max(h.start - begin, 0), h.end - begin) for h in inside])  # 当场答复的
            if any(cues.search(unknown) for _, cues in (*channels_of(unknown), *subjects_of(unknown))):
                continue
            words = [w for part in unknown.split("\n") for w in segmenter.words(part)]
            if any(len(w) > 1 and (w not in GENERIC or _PEOPLE.fullmatch(w)) and w not in STOPWORDS for w in words):
                return match["what"]
    return None


def qualifier_of(text: str, hits: Sequence[TermHit], residue: Sequence[str], segmenter: Segmenter, metrics: Sequence[str] = ()) -> str | None:
    """A restriction that the form does not know: 关于拆迁的申请, 环保类申请."""
    if (what := about(text, hits, segmenter)) is not None:
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
