"""What a question says beyond its concepts: the words that no concept accounts for, and those that say which requests are meant."""

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
