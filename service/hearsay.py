"""Claims as people bring them: who said it before, and whether it may be written so behind.

有读者来电称…，属实吗, 办公室老刘讲…，是真的？ and …，我稿子里这么写行吗 all ask the one thing that 听说…，对吗 asks. Who is quoted and what
the asker wants to do with the answer say nothing of what is claimed, and their words are not looked for in a report.
"""

from __future__ import annotations

import re

_PEOPLE = (
    r"(?:读者|网友|观众|听众|群众|居民|村民|市民|同事|朋友|邻居|同学|老师|领导|亲戚|人家|有人|别人|[他她]|老[\u4e00-\u9fff]|小[\u4e00-\u9fff]|[\u4e00-\u9fff][婶叔爷伯嫂哥姐姨妈爸]|侄[子女]|外甥|儿子|女儿|儿媳|女婿|孙[子女]|老[伴婆公]|爱人|亲家|"
    r"[\u4e00-\u9fff]?(?:科|处|股|局|主任|干部)长?|群里|网上|外面|外头|坊间|街上|都)"
)
_SAID = r"(?:来电|来信|打电话|留言|反映|爆料|投诉|反馈|举报)*(?:(?:跟|对|和|同|给)(?:我|俺|咱)们?)?(?:称|说|讲|传|提到|告诉(?:我|俺|咱)们?)(?:过|起|了|是|着)?"
_BODY = r"[\u4e00-\u9fff]{1,14}?(?:政府|[局厅委办]|街道|[镇乡区县市])"
_WHO_SAYS = re.compile(
    rf"^(?:今天|昨天|前几天)?(?:我们?|咱们?)?(?:有|接到|收到|听|听到)?(?:个|位|些)?(?:[^,，。?？\d]{{0,5}}?)(?:的)?{_PEOPLE}(?:们|里|人)?(?:有人)?{_SAID}[,，:：]?(?=“?{_BODY})"
    r"|^[^,，。?？\d]{1,8}?(?:(?:跟|对|和|同|给)(?:我|俺|咱)们?(?:讲|说|提)(?:过|起|了)?|告诉(?:我|俺|咱)们?)[,，:：]?(?=[\u4e00-\u9fff]{4})"
)
_ENDS = r"(?:吧|吗|么|不|呢|啊|呀|没)*[?？。]?$"
_RIGHT = r"(?:没(?:有)?(?:写|说|算|记|搞|弄|看|听)?错|靠(?:不靠)?谱|靠得住|信得过|可信|属实|妥(?:不妥)?|合适|对(?:不对)?|行(?:不行)?|可以|能行|准(?:不准)?|成(?:不成)?立|站得住(?:脚)?)"
_MAY_IT_STAND = tuple(
    re.compile(pattern)
    for pattern in (
        # 我稿子里这么写行吗, 宣传口这么讲，靠谱不
        rf"[,，。;；]?[\u4e00-\u9fff]{{0,5}}?(?:这么|这样)(?:写|说|讲|报|记|填|算)?(?:的)?[,，]?{_RIGHT}{_ENDS}",
        # 宣传栏上这句话能贴吗, 这个说法站得住不, 稿子里这句站得住吗
        rf"[,，。;；][\u4e00-\u9fff]{{0,4}}?[上里中]?[这那]一?个?(?:句话?|话|说法|结论|消息|传言|标题)(?:能|可以)?(?:不能)?(?:贴|写|用|发|登|信|{_RIGHT})(?:出去|进去|上去)?{_ENDS}",
        # 信得过吗, 比例对吗, 邻居说得准不准, 我没看走眼吧
        rf"[,，。;；](?:(?:比例|数字?|数目)?{_RIGHT}|(?:[\u4e00-\u9fff]{{1,4}})?(?:说|讲|写|记|算)得(?:对(?:不对)?|准(?:不准)?)|(?:我|俺)?没(?:看走眼|(?:看|听|记|搞|写|算|弄)错)){_ENDS}",
        # 你帮我核一核
        r"[,，。;；](?:请|麻烦)?(?:你|您)?(?:帮)?(?:我|忙)?(?:核一?核|核实一?下|核对一?下|确认一?下|把把关)(?:这?[两几三]?个?数?(?:对不对)?)?[?？。]?$",
        rf"没(?:有)?(?:写|算|记|搞|弄)错{_ENDS}|靠(?:不靠)?谱{_ENDS}",
    )
)
_QUOTED = re.compile(
    r"^(?:[^,，。?？“”\d]{1,10}(?:写|说|讲|称|报|登)(?:道|着|的|了)?[:：]?)?[“\"「](?P<claim>[^“”\"「」]{8,})[”\"」](?:[—-]*)?[,，。]?"
    rf"(?:(?:请|帮我|麻烦)?(?:核实|核对|确认|求证)(?:一?下)?|(?:这|那)?(?:句|个)?(?:话|说法|比例|数字?)?{_RIGHT}(?:吧|吗|么|不|呢)?)[?？。]?$"
)
# …，这个说法站得住不？到底占百分之几: what is asked behind it settles it
_BETWEEN = re.compile(
    rf"[,，](?:(?:这|那)个?(?:话|说法|消息)(?:{_RIGHT})|是不是|对不对|真的)(?:吗|么|不|吧)?[?？](?=[^?？]{{0,6}}(?:多少|几|百分))"
)


def as_a_claim(text: str) -> str:
    """The text, simplified before, with a claim's frame put into 听说…，对吗."""
    text = _BETWEEN.sub("，", _QUOTED.sub(r"\g<claim>，对吗", text))
    said = _WHO_SAYS.match(text)
    text = f"听说{text[said.end() :]}" if said else text
    for pattern in _MAY_IT_STAND:
        match = pattern.search(text)
        if match and match.start() > 5 and not re.search("对吗[?？]?$", match.group()):
            return f"{text[: match.start()]}，对吗"
    return text
