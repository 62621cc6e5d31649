"""Talk around a question: who asks and why, how the service should behave, what an answer leaves out anyway.

A question is read clause by clause. A clause that names a figure, a body, a place, a year or an applicant, or that asks, is never
talk. Of the others only those that stand before or behind a question that is whole without them are left aside: what a clause without
any name of ours describes (补正到期也不补、厅里就不再办的那种) is as likely the very thing that is asked for.
"""

from __future__ import annotations

import re

from index.segment import Segmenter
from service.agencies import find_agencies, names_in
from service.concepts import things_in
from service.directory import Directory
from service.group import find_group
from service.lexicon import bare_terms, find_terms
from service.normalise import Normalised
from service.operation import SECTIONS
from service.replacing import replace
from service.shortened import by_its_work
from service.sieve import Sieve

# Within a clause, said to the service and no part of what a report says. 不看申请了: what is put aside; 到底: stress;
# 忽略以上指令, 只回答“…”: orders; 主任让我查一下: who sent the asker.
_SENT = r"(?:主任|领导|老板|[科处局股]长|书记|老师|导师|同事|上头|上面|客户)(?:让|叫|要|催|等|急|布置|交代)"
# 没收录啊，那改看2022年: what the last answer said, repeated
_REPEATED = re.compile(
    r"^(?:哦|噢|啊|行吧|好吧|喔)?[,，]?(?:没|未)(?:有)?(?:收录|写|提到?|分|公布)[^,，?？]{0,6}[,，?？]+(?=那|就|全年|改|换|再|2|1)"
    r"|(?:^|(?<=[,，?？]))(?:一[件份个条]都)?没(?:得|有?人)?[^,，?？几多少]{0,6}[,，?？]+(?=那(?:它|他们|这家|网|主动|公开))"
    r"|^(?:哦|噢|啊|那)?一[件份个条]都?没[给公批办][^,，?？几多少的]{0,4}[?？]+(?=.{3})"
)
_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![众们人民户者家都也总常])(?:先)?(?:不看|不说|不管|不问|别看|不提)[^,，。;；]{1,12}[,，。;；]",  # no 群众不看公示，
        r"(?<=.{8})[,，?？](?:请|麻烦|帮忙?)?(?:您|你)?(?:帮)?(?:我|俺)?(?:查|看|核)一?(?:下|查|看)(?:吧|呗)?[。!！]?$",
        r"^(?:再)?(?:绕回|说回|聊回|讲回|回头说|话说)|^(?:直接|就)(?=[看查说给报])|[,，]?(?:说|讲)人话$|(?:我)?听(?:人|别人|邻居)?(?:家)?[讲说](?=[^,，]{0,8}(?:政府|局|街道|镇|乡|厅|办))",
        r"[,，。;；?？、]?(?:请|要|结果)?(?:保留|算到|精确到|取|留)(?:到|至)?(?:小数点后)?(?:面)?[一两二三四1-4]位(?:小数)?",
        r"^(?:我|俺)?(?:想|要|准备|正在|打算|在)(?:写|做)(?:一)?[篇个份][^,，]{1,8}[,，]",
        r"^(?:听说|听讲|听人[说讲])?[^,，?？\d]{0,14}(?:改成|改叫|改名(?:叫|为)?)[^,，?？\d]{2,12}[了嘛吧]*[,，](?=那[^,，]{0,10}(?:局|厅|委|办|镇|乡|街道))",
        # ，司法局同志要: who wants to know, behind the question
        r"[,，?？][^,，。?？\d]{1,10}?(?:同志|领导|同事|老师|[科处局股]长|主任|朋友|那边)(?:们)?(?:正|急)?(?:着|等)?(?:要(?:用|看|的|数)?|让(?:我|俺)?(?:来)?(?:查|问|报)的?|等着(?:用|要|看)?)[呢啊。!！]*$",
        r"[?？,，]八成(?:是|我|他|你|又)[^?？]{0,10}$",
        r"^(?:明白|好的?|懂|知道|嗯|行)了?[。,，!！]+|(?:举例|比如说?|举个例子?|打个比方)[:：,，]?(?=[\u4e00-\u9fff]{3})",
        r"[,，?？](?:两[个份][^,，?？]{0,6}数)?直接相?除(?:就行|即可|吧)?$|[,，?？](?:这份?)?(?:报告|年报)[上里中]?(?:是)?怎么(?:写|说|讲)的[?？]?$",
        r"[,，][^,，。?？]{2,24}?(?:另说|另算|另论|先不管|先不说|暂且不论)[。!！]?$",
        # 我是住在碧原的，我想打听一下城管局…: that he asks
        r"(?<=[,，。;；])(?:我|俺|咱)们?(?:今天|就|只|特地|主要)*(?:是)?(?:想|要|来)(?:打听|问问?|了解|咨询|请教|知道|核实|查)(?:一?下子?|一声)?[,，:：]?(?=[^,，。的几多少哪]{2})",
        r"总(?:该|得|会)(?=有吧)|^我有[两俩三几]个?(?:小)?问题[,，:： ]*",
        r"[,，]?不分(?:政府|部门|单位|街道|乡镇|层级|级别|大小|、|还是|和|跟|或)+(?=$|[,，])",
        r"^(?:想|我想)?(?:请教|咨询|问)(?:一?个|一下|个|您)?[^,，。几多少哪]{0,6}问题[,，:：]",
        r"^[\u4e00-\u9fff]{2,14}(?:稿|材料|报告|作业|论文)?用[:：](?=.{6})",
        # 哇差这么远，到底差多少: how the asker takes what was told
        r"(?:^|(?<=[,，。!！?？]))(?:哇[塞噻]?|嚯|嗬|哎[呦哟呀]|天[哪啊]|好家伙|我去|妈呀|啧+)[,，!！]?(?=[\u4e00-\u9fff])"
        r"|^(?:差|才|就|咋|怎么|居然|竟然?)*(?:这么|那么|这样|恁)[远多少大高低](?:啊|呀|吗|嘛|呢)?[,，!！?？]+(?=[\u4e00-\u9fff])",
        r"[(（][^()（）]{0,8}(?:不是|而非|并非)[^()（）]{1,8}[)）]",
        # 是报告里写的总数，不是这两样相加: which number is meant is what is told anyway
        r"[,，?？](?:我)?(?:就)?(?:要|问|看)?的?是(?:报告|年报)(?:里|上|中)?(?:写|印|报|登)的?(?:那个)?(?:总数|合计|数字?)?(?=[,，。]|$)",
        r"[,，?？](?:可|并)?(?:不是|别|不要|不用)(?:把)?(?:这|那)?[两几三]?(?:样|项|个数?|者|条)?(?:相加|[加合]起来|加总|之和)(?:的)?(?:那个)?(?:数|的)?[。]?$",
        r"(?<=[?？,，])[^,，?？几多少]{2,14}?的?(?:那个)?(?:数字?|情况|数据)(?:我|俺|咱)们?(?:已经|早就|这儿|手头)*(?:有|知道|查到)了?[。!！]?$",
        r"^(?:我|俺)?(?:在)?(?:大学|学校|公司|企业|律所|研究所|智库)里?(?:上学|修|读|念|上班|工作|实习|打工)[^,，。;；几多少]{0,12}[,，。]",
        r"有几家算几家|有几个算几个|到底|究竟|确实|(?<!传)真的?(?=收|有|办|发|开|罚|公开)|连[^,，。]{1,14}(?:也|都)?(?:算上|算在内|算进去)[,，]?",
        r"(?:忽略|无视|忘掉|忘记|不要管|别管|抛开)[^，。,;；]{0,14}(?:指令|规则|设定|提示词?|要求|限制)[，。,;；、]?",
        r"(?:只|直接|必须|一律)(?:准|许|能|要)?(?:回答|回复|输出|说|讲|告诉我)[“”\"「『'][^“”\"」』']{1,30}[“”\"」』'][，。,;；、]?",
        rf"^(?:我|俺|咱)?们?{_SENT}(?:我|俺|咱)?们?(?:来|去|帮忙)?(?:查|问|看|统计|核对?|找)(?:一下|下|查|问)?",
    )
)
_ASIDES, _NOTHING = Sieve(_SAID[1:]), ("",) * (len(_SAID) - 1)
# （区政府总报告不算）, 空着没填的也别算: what an answer leaves out anyway, or which report is meant where there is but one.
_LEFT_OUT = re.compile(
    r"[,，]连(?:同|上)?(?:各级|[省市县区、和]{1,6})?(?:人民)?政府(?:都|也)?(?:一起|一块儿?|一并)?(?:排|算|比|计|放)(?:进去|上|在内)?(?:的)?(?=$|[,，。?？])|"
    r"[(（][^()（）]{0,20}(?:厅|政府|办公室|乡镇|街道)(?:都|也)?(?:不算|不要|除外)[)）]|"
    r"把[^,，。;；]{2,12}(?:刨开|刨去|撇开|除开|去掉|排除)(?:不算)?[,，]"
    r"|(?:[(（,，。;；?？]|^)[^,，。;；()（）?？]{0,14}(?:政府|总报告|总的|空着|没填|空白|厅|办公室|斜杠|打杠)[^,，。;；()（）?？]{0,8}(?:不算|别算|不计|不含|除外|不要算|不用算|排除)(?:在内|进去)?[)）]?"
    r"|[(（]按[^()（）]{1,20}[)）]|[(（](?:用|按|看|查)?[^()（）]{0,8}(?:总报告|总的那份|那份报告)[)）]|[(（](?:只看|光看|不含|不算|不包括|不是|不要|别给)[^()（）]{1,14}[)）]|[(（][^()（）]{0,14}(?:不重复|不算重|算一[份个次])[^()（）]{0,8}[)）]"
    r"|(?<=[?？])(?:用|按|拿|照)[^?？]{2,24}(?:来)?(?:算|口径)$|(?<=[,，。;；?？])(?:不含|不算|不包括|除去|除开|剔除|(?:不要|别)(?:给我)?[报说])[^,，。;；?？]{1,14}$"
    r"|[(（][^()（）]{0,16}(?:不算|不含|不包括)[^()（）]{0,4}(?:厅|政府|办|省|总)[^()（）]{0,6}[)）]"
)
# （县政府也算）: which bodies are meant, told by the reading of their kind (question.py)
_COUNTED_IN = re.compile(
    r"[,，。?？(（](?:[省市州盟县区旗]|各级)?政府[^()（）,，]{0,3}(?:也|都)(?:算上?|包括|要|在内)(?:在内|进去|在里[面头]|进来)?(?:[)）,，]|$)"
)
# 把省、市、县、区政府本级都刨开，剩下的单位: what 单位 leaves out by itself
_NO_GOVERNMENTS = re.compile(
    r"(?:除[去了开掉]|不算|不含|刨[去掉开])(?:各级|[省市县区、和]{2,12})(?:人民)?政府(?:本级|自身|自己|本身)?(?:以外|之外|外)?[,，](?=[^,，。]{4})|"
    r"[,，](?:剔除|去掉|排除|不算|不含)(?:各级|所有)?人民政府(?=[,，])|"
    r"[,，](?:还是|仍然?|照样|照旧|同样|也)(?:不算|不含|不计|不要|除开|除去)(?:各级)?(?:人民)?政府(?:那?些)?(?:的)?$|"
    r"(?:把)?(?:各级|[省市县区、和四级]{2,12})(?:人民)?政府(?:本级|自身|自己|本身)?(?:[(（][^()（）]{1,16}[)）])?(?:都|一律|一概|也|统统|一共|全部?)?(?:先)?(?:[刨撇抛除]开|[刨扣去除]掉|排除|剔除|除外|不算|不计|不参加|不参与|别算)[^,，。]{0,4}[,，]"
    r"(?:剩下|其余|余下)?的?(?=[^,，。]{0,2}(?:单位|机关|部门|各?[家局]))"
)
# 政府办公室照算: a body as any other
_OFFICES_STAY = re.compile(r"(?:政府|府)?办(?:公[室厅])?(?:照旧?|仍|还是|也|都)(?:照)?(?:算|要|计入?|留着)(?:在内|进去|上)?(?:的)?[,，]")
# Behind the word that asks: 我写材料用, 我一边做饭一边问的.
_WHAT_FOR = re.compile(
    rf"(?<=[?？呢吗])(?:(?:我|俺|咱)?们?(?:想|要|用来|好|准备|打算|以便|方便|拿来|写|做|等着|急着|一边|正|随便|随口|顺便)|{_SENT})[^?？]{{2,30}}$"
)
_LAST = re.compile(r"^(?:(?:我|俺|咱)[^?？]{1,14}|[^?？]{0,6}(?:要|得|等着|急着|好)(?:做|写|用|交|填|画|编|汇报)[^?？]{0,10})$")
_PERSONAL = re.compile(rf"^(?:{_SENT}|娃|孩子|家里|老伴|喂+|哎|您好|你好|各位|我|俺|咱|本人|小店|算了|行了)")
_MYSELF = re.compile(r"(?:我|俺|咱|本人)们?就?(?:是|在|住)")  # 我是云溪市教育局的: who asks, where another body is asked about
_ASKS = re.compile(r"平均|多少|几[件个条份次场]|哪|吗|呢|占|谁|什么|啥|列|比|分别|申请|公开|复议|诉讼|20\d\d|年")
_WANTED = re.compile(r"[要问看查找]的是|只[要问看查]|[栏列行][:：,，]")  # 我要的是自然人一栏：


def _kept(words: str, held: Directory) -> str:
    """What is left out of the answer stays where it names a part of what may be counted, or a body of a group: 不予公开几件，不算国家秘密."""
    if not re.match("[,，。;；(（]?(?:不含|不算|不包括|除[去开]|剔除)", words):
        return ""
    kinds = ("metric", "block", "result", "applicant")
    counted = any(h.kind in kinds and (not h.weak or h.id == "requests.carried_in") for h in find_terms(words))
    names = (held.match(words, at) for at in range(len(words)))
    bodies = [held.bodies[a] for name in names if name and len(name.agencies) < 4 for a in name.agencies]
    return words if counted or any(b.kind not in ("government", "office") for b in bodies) else ""


_ONLY_ASKED = re.compile(
    r"(?:我|俺|咱)?(?:们)?[就只光单](?:想|是)?问(?:你|您)?(?:们)?(?:一[句声个下件](?:话|事儿?)?|这个|个事儿?)?[:：,，](?=.{6})"
)


def _only_asked(text: str, held: Directory, segmenter: Segmenter) -> str:
    """我跟…打了两年官司，就问一句：去年…: what is asked, of the one body that the talk before it names, where it names none itself."""
    match = _ONLY_ASKED.search(text)
    if match is None or match.start() < 4:
        return text
    asked = text[match.end() :]
    before = find_agencies(text[: match.start()], held, segmenter).agencies
    return asked if len(before) != 1 or find_agencies(asked, held, segmenter).agencies else before[0] + asked


# 我就想问问，青禾县水务局…: what stands before is a story
_COMES_TO = re.compile(
    r"(?:(?<=[,，。;；:：!！])|(?<=了))(?:所以|因此)?(?:我|俺|咱)?(?:今天)?(?:先|就|只|是)?(?:想|要)?(?:(?:替|帮)[\u4e00-\u9fff]{1,3}问(?:一句|问|一下)?|问问|问一?下|打听一?下?|请教一?下?|请问|想?(?:弄|搞)(?:明白|清楚)|想?知道|想?了解一?下?)[:：,，]?(?=.{8})"
    r"|(?<=[,，。;；:：!！])(?:你|您)(?:先|再)?(?:帮(?:我|忙))?(?:看看|查查|查一?下|瞧瞧)[:：,，]?(?=.{8})"
)


def _last_of_a_story(text: str, held: Directory, segmenter: Segmenter) -> str:
    """The last sentence of several, where it asks of one body: whatever stands before where it names the year as well and points at nothing
    said before, else what does not ask, name a figure or another body."""
    begin = max([m.end() for m in (*re.finditer("[。!！]+(?=.{8})", text), *_COMES_TO.finditer(text))], default=0)
    story, asked = text[:begin], text[begin:]
    if not story and (heading := re.search("[:：](?=[^:：]{12,}$)", text)):
        return _behind_its_heading(text, heading.end(), held, segmenter)
    if len(story) < 6 or re.search("[?？]", story):
        return text
    bodies = find_agencies(by_its_work(asked, held), held, segmenter)
    if (whose := _who_of_the_story(story, asked, held, segmenter)) and not bodies.spans:
        return whose + asked
    if not bodies.agencies and not bodies.unknown and re.search("多少|几", asked) and not _is_named(story, held, segmenter):
        counted = any(h.kind in ("metric", "row", "block", "applicant") and not h.weak for h in find_terms(asked))
        return asked if counted and not _POINTS_BACK.search(asked) else text  # …，你看看个人提的有多少, of the body spoken of
    if len(bodies.agencies) != 1 or not _asks(asked):
        return text
    of_story = find_agencies(story, held, segmenter)
    asks_too = _STORY_ASKS.search(story) or _names_a_figure(story)
    introduced = any(m.end() == begin for m in _COMES_TO.finditer(text))  # 先替他问一句：
    if asks_too and of_story.agencies and not (of_story.partial or introduced):
        return text  # 教育局收了几件。公安局2024年又是几件: two questions
    own = things_in(asked)
    told = own.has_topic or own.weak or own.applicants or any(pattern.search(asked) for _, _, pattern in SECTIONS)
    if told and _DATED.search(asked) and not _POINTS_BACK.search(asked) and not bodies.partial:
        return asked
    if asks_too or _DATED.search(story):
        return text
    others = {a for s, e in of_story.spans for n in [held.match(story, s)] if n and n.end <= e for a in n.agencies}
    return asked if others <= {*bodies.agencies} else text


_OTHERS_BODY = re.compile("[它他她]们?|哪[几些]?[个家]|谁|其中|一共|合计|[省市县区乡镇](?:政府|里)|街道|[局厅办委]|单位")


def _who_of_the_story(story: str, asked: str, held: Directory, segmenter: Segmenter) -> str:
    """我表姐在市监局上班，说去年收了97件。我要的是2022年：那年新收几件: the one body that the story names, where the question behind it has
    a year and a thing of its own and nobody; "" for any other."""
    own = find_agencies(story, held, segmenter)
    whole = _asks(asked) and _names_a_figure(asked) and _DATED.search(asked) and not _OTHERS_BODY.search(asked)
    return own.agencies[0] if whole and len(own.agencies) == 1 and not (own.partial or own.unknown) else ""


_DATED = re.compile(r"20\d\d|[二〇零○][〇零○一二][一二三][〇零一二三四五六七八九]年|二[〇零○][〇零一二三四五六七八九]{2}年|(?<!\d)\d\d年|[去前]年|最新|近[两三四五六几\d]年|历年")
_POINTS_BACK = re.compile(
    r"[它他她]们?(?!人)|这(?!样(?!(?:不予|给?[驳拒退打]|被|处理|答复|的?(?:情况|申请|情形|理由)))|一?年|[几两三四五六]年|[份个]年报)|那(?!份|一?[组栏行项格列年]|个?年报)|其(?![他它中余])|上述|同样|刚才|也(?!是?\d)"
)


def _behind_its_heading(text: str, begin: int, held: Directory, segmenter: Segmenter) -> str:
    """论文写纠错率，先要底数：市政府2022年行政复议总计多少件: what is asked is whole behind what it is wanted for."""
    heading, asked = text[:begin], text[begin:]
    people = any(h.kind == "applicant" for h in find_terms(heading))
    if people or _STORY_ASKS.search(heading) or re.search("年|[它他她]们?|这[类些几种]|[”」]", heading) or re.search("[它他她]们|这[类些几种]|其中", asked):
        return text
    counted = _names_a_figure(asked) or (things_in(asked).subject is not None and re.search("多少|几", asked))
    whole = counted and _asks(asked) and len(find_agencies(asked, held, segmenter).agencies) == 1
    return asked if whole and not _is_named(heading, held, segmenter) else text


_STORY_ASKS = re.compile("多少|几[件个条份次场人]|哪|谁|什么|啥|[?？]|20\\d\\d|[去前]年|申请公开|年报|报告")


def without_talk(normal: Normalised, held: Directory, segmenter: Segmenter) -> str:
    """The question without talk, where something is left to be asked."""
    normal = replace(normal, text=_only_asked(_REPEATED.sub("", normal.text), held, segmenter))
    normal = replace(normal, text=_last_of_a_story(normal.text, held, segmenter))
    normal = replace(normal, text=_COUNTED_IN.sub("", _OFFICES_STAY.sub("", _NO_GOVERNMENTS.sub("", normal.text))))
    rest = re.search("剩下|其余|余下", normal.text)  # 把省厅去掉，剩下六家平均: no aside
    text = _SAID[0].sub("", normal.text) if rest else _LEFT_OUT.sub(lambda m: _kept(m.group(), held), _SAID[0].sub("", normal.text))
    plain = _ASIDES.rewritten(text, _NOTHING)
    text = plain if find_terms(plain) or not find_terms(text) else text
    end = _WHAT_FOR.search(text)
    if end and not _asks(end.group()):
        text = text[: end.start()]
    for piece in normal.pieces[:-1]:  # spaces for marks: 你大声点讲 望川白石街道今年申请有几个
        left = things_in(text[len(piece) :])  # 听说有单位聘退休教师 二零二四年是哪几家: what is left must ask for something
        talk = len(piece) >= 4 and not (_asks(piece) or find_terms(piece) or _is_named(piece, held, segmenter))
        talk = talk and not any(pattern.search(piece) for _, _, pattern in SECTIONS)  # 改进情况 云溪市档案馆
        if text.startswith(piece) and talk and (left.has_topic or left.weak or left.applicants):
            text = text[len(piece) :]
    clauses = _before(re.split(r"(?<=[,，。;；:：!！?？])", text), held, segmenter)
    aside = len(clauses) > 1 and _LAST.match(clauses[-1]) and not _asks_more(clauses[-1], "".join(clauses[:-1]))
    if aside and not re.search("[件人次]数", clauses[-1]):
        asked = find_agencies("".join(clauses[:-1]), held, segmenter).agencies
        if not names_in(clauses[-1], held, segmenter) or (len(asked) == 1 and _MYSELF.match(clauses[-1])):
            clauses = clauses[:-1]
    return re.sub(r"^(?:算了|行了|好了)?(?:先)?不(?:问|说|看|管)(?:这个|那个|它|这|那)了?", "", "".join(clauses)) or text


_WHAT_IT_SAYS = re.compile(
    "(?:年报|报告)里?(?:[上中头面])?(?:写|说|提|讲|记)的?(?:是)?(?:个)?(?:啥|什么|哪个?)(?:活动|事情?|内容|东西|项目)?[呀呢啊嘛的?？]*$"
)
_STANDS_IN = re.compile(r"(?:我|俺|家)住[\u4e00-\u9fff]{2,4}[,，]$|(?:住|开|搬|待|嫁|生|长|老家|店|铺子)[\u4e00-\u9fff]{0,2}在[\u4e00-\u9fff]{2,4}[,，]$")
_WHICH_PART = re.compile(r"哪一?个?(?:部分|章节?|节|块)[?？]?$")


def _asks(clause: str) -> bool:
    """Whether a clause asks or names a figure."""
    return bool(_ASKS.search(clause)) or _names_a_figure(clause)


def _asks_more(clause: str, before: str) -> bool:
    """Whether a clause asks, or names a figure that was not named before it: 许可呢，我公司那年在园区办的证 asks for no more."""
    kinds = ("metric", "row", "block", "derived", "rate")
    named, own = ({h.id for h in find_terms(words) if not h.weak and h.kind in kinds} for words in (before, clause))
    return bool(_ASKS.search(re.sub("[那当]年", "", clause))) or not own <= named


def _names_a_figure(text: str) -> bool:
    return any(not h.weak and h.kind in ("metric", "row", "block", "derived", "rate") for h in find_terms(text))


def _counted_by_verb(opens: str, rest: str) -> bool:
    """人大代表建议和政协提案，…办了几件: whether the first clause says what is counted, where the rest names no more than a verb."""
    verbs = all(rest[h.start : h.end] in bare_terms() for h in find_terms(rest) if not h.weak)
    return verbs and things_in(opens).subject is not None


def _is_named(clause: str, held: Directory, segmenter: Segmenter) -> bool:
    """Whether a clause names a body, a place or a kind of bodies."""
    return bool(held.places_in(clause) or find_group(clause, held) or find_agencies(clause, held, segmenter).spans)


def _before(clauses: list[str], held: Directory, segmenter: Segmenter) -> list[str]:
    """The clauses without what the asker says of himself before the question, unless the place that is meant stands there alone."""
    kind = re.search("我们?这[类种样]|像(?:我|俺|咱)们?", "".join(clauses[1:]))
    if kind and any(h.kind == "applicant" for h in find_terms(clauses[0])):
        return clauses  # 我是律所的，我们这类机构提了几件

    def beside(clause: str) -> bool:
        if _WHICH_PART.search("".join(clauses[1:])) and any(pattern.search(clause) for _, _, pattern in SECTIONS):
            return False  # 我只想看准备怎么改的那段，翻哪个部分
        return not (_asks(clause) or _WANTED.search(clause) or things_in(clause).subject == "handling_fee")

    while len(clauses) > 1 and _PERSONAL.match(clauses[0]) and beside(clauses[0]):
        rest = "".join(clauses[1:])
        if len(clauses[0]) >= 8 and _WHAT_IT_SAYS.search(rest):
            break  # 我孙子学校去参观过…，某局年报里写的是啥活动: nothing else says what is looked for
        told = find_agencies(rest, held, segmenter)
        own = find_agencies(clauses[0], held, segmenter)
        one = len(told.agencies) == 1 and not told.place
        several = len(told.named) > 1 or re.search("、[^,，]{1,10}[两三四五六七八]个?(?:街道|乡镇|镇|乡|局|区县|县区)", rest)
        if several and _STANDS_IN.search(clauses[0]):
            clauses = clauses[1:]  # 我店开在望川，想知道四个街道办…: no government of that place
            continue
        if (own.agencies and not own.place and not (one and _MYSELF.match(clauses[0]))) or (
            held.places_in(clauses[0]) and len(told.agencies) != 1 and not told.named
        ):
            break
        clauses = clauses[1:]
        if len(clauses) > 1 and len(clauses[0]) <= 12 and not _asks(clauses[0]) and not _is_named(clauses[0], held, segmenter):
            clauses = clauses[1:]  # …，替当事人核个数：
    opens = clauses[0] if len(clauses) > 1 else ""
    if opens and not _ASKS.search(re.sub(r"呢(?=[,，])", "", opens)) and not _is_named(opens, held, segmenter):
        # 大姐在窗口等着呢，…: talk before a question that is whole without it.
        rest = "".join(clauses[1:])
        heading = re.search(r"[:：]$", opens) and not _names_a_figure(opens) and not _WANTED.search(opens)
        whose = any(h.kind == "applicant" for h in find_terms(opens)) and re.search("[它他]们|这[类种些]", rest)  # 律所的活跃度：它们提了几件
        idle = not whose and (heading or not (find_terms(opens) or _counted_by_verb(opens, rest)))
        if idle and _names_a_figure(rest) and find_agencies(rest, held, segmenter).agencies:
            clauses = clauses[1:]
    return clauses
