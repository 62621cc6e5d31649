"""What is to be done with what a question is about: told, added up, compared, ranked, searched for …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.forms import glossary
from corpus.forms import metrics as all_metrics
from service.claims import claim_in
from service.lexicon import TermHit, find_terms, mask
from service.query import Query
from service.replacing import replace

NUMBER = re.compile(
    r"总额|多少|(?<![十那这哪好])几(?!乎|时|何)|数量|总数|场次|(?<!文)件数|条数|数字(?!化|政府|经济|平台|乡村|城市|证书|档案|政务)|总量|人数|次数|数目|(?:是|有)几|[量数](?:是|呢|为)?[?？]?$|多不多|多大|多高|金额|比例|占比|规模|合计|共计|是\d+.{0,2}还是\d+|个数|新收数"
)


OF_TEXT = re.compile(r"正文|(?:开头|前面|前头|开篇)的?(?:文字|叙述|那段|那一段)|总体情况|第一部分|那段文字|文字(?:部分|里|叙述|说明)|叙述(?:部分|里|中)")


DEFINE = re.compile(
    r"什么意思|啥意思|(?<!我)(?<!我的)(?<!您的)(?<!你的)意思是|(?:要|会|该)(?:不(?:要|会|该))?(?:再|重复)?(?:计|算)(?:入|进|到)(?!了)[^,，。?？\d]{0,8}(?:里|中|情形|类)|^(?:请问|想问一?下?)?(?:什么|啥)是|是个?(?:什么|啥)(?:概念|名目|说法|玩意)|是个(?:什么|啥)(?:文件|东西)|什么(?:情形|情况)下?(?:才|要|可以)收|有哪[两二三四五六七八][类种项](?:情况|情形|小项)?[?？]?$|指(?:的)?是?(?:什么|啥|哪些|哪|谁)|说的是(?:谁|哪|啥)|(?:不是)?一[码回]事|(?:同一|一)[类种个](?:东西|意思|概念)|差在哪|含义|定义|(?:代表|表示)(?:什么|啥)|[怎咋]么?(?:理解|解释(?!的)|区分|分辨)|[”」][^,，?？]{0,6}[,，]?就?是(?:说|指)?[^?？]{2,30}意思[吗么吧]|如何(?:理解|解释)|解释一?下|什么叫|啥叫|算不算|怎么算的?|如何计算|怎么计算|[咋怎][么个]?个?计数|计数法|重复算|(?:什么|啥)两样|(?:算|归).{0,4}哪一?大?(?:类|种|项|块)|两码事|属于.{0,8}哪一?大?(?:类|种|项|块)|(?:什么|啥|何)(?:区别|不同|不一样|差别)|(?:区别|差别|不同)(?:是|在)|(?:包括|包含|含)(?:了)?(?:哪[些几两三四五]|些?什么|啥)|是哪[一二三四五六七八]?[些几类种](?!(?:个?方面|事)|[类种方面]{0,2}(?:的)?(?:事|内容|信息|问题|方面|领域|材料)|个?[类种]?(?:的?申请)?(?:人|年|月|局|厅|单位|街道|机关|部门|乡镇|区|县|家))|(?<!我)是指|什么样的|是个?(?:什么|啥)钱(?!数)|哪些情形算|怎么填(?!的)|讲的是什么|说的是什么|是干[吗嘛什]么?的|(?:怎么个?|是什么|啥)算法|(?:什么|啥|哪个)(?:公式|口径)|[讲说](?:的|的是)?哪一?[栏行列项格类]|咋算|界定|统计口径[。?？]?$|大白话|通俗|(?:听|看|搞|弄)不(?:懂|明白)|换个?说法|怎么讲[?？]?$|(?:成|分)(?:成|为)?哪几[种类](?:情形|情况)|在里头(?!占|的?比[例重])|如何表述|怎么表述"
)


_COVERAGE = re.compile(
    r"(?:以前|原来|原先|过去|从前|之前|早先|现在|如今)(?:是|又)?叫(?:个)?(?:什么|啥)|曾用名|(?:改|换|更)过?了?(?:名(?!单|额|录|次|(?:之|以)?[前后])|叫法)|名(?:字|称)(?:是不是|有没有|是否)?(?:改|换|变)(?!成)|哪几?些?年(?:份|度)?的?(?:报告|年报|数据|都有)?(?:.{0,4}(?:有|查|收(?!的?(?:钱|费|到|得|申请))))|有哪[些几]年|收录|(?<!没)(?<!未)覆盖(?!面|率|范围|到位|不|得|了?(?:多少|几))|库里|数据库里|能(?:不能)?(?:查|找)(?:得)?到[^,，。?？]{2,20}(?:年报|报告)(?:吗|么|不)?[?？]?$|(?:年报|报告)[^,，。?？]{0,3}你们?(?:那[里儿]|这[里儿]|手[上头])?(?:那边|这边)?有(?:不|没有?|吗|么)[?？]?$|(?:有|是)哪[些几]个?(?:局|单位|机关|部门|街道|乡镇)(?:是|都)?在(?:你们?)?(?:这[儿里]|库里|里面|系统里)|都有哪[些几]个?(?:单位|机关|部门|报告|年报|地方|街道)|有哪[些几]个?(?:单位|机关|部门|地方|街道)|有(?:没有)?几?.{0,8}(?:年报|报告)(?:吗|么|没有?|呢)?[?？]?$|(?:年报|报告)(?:.{0,4})(?:有没有(?!.{0,3}[说提写讲载记错误矛]|.{0,2}问题)|有吗|有么|能查吗?|查得到)|(?:几|多少)份(?:年度)?(?:报告|年报)|(?:报告|年报)有(?:几|多少)份|能查(?:到)?(?:哪|什么|几)|可以查(?:到)?(?:哪|什么)|查得到哪|还没传|缺哪|缺的是?哪|少了?哪一?年|最新的?(?:报告|年报)是哪|哪一?年的(?:报告|年报|数据)|哪家的|哪个(?:单位|机关)的(?:报告|年报)|(?:最早|最新|最近|最晚)的?(?:一份|一期|报告|年报).{0,4}(?:哪一?年|年份)|你们?(?:都)?有(?:哪|什么|啥)(?:些)?(?:资料|材料|数据|报告)|(?:别的|其他|其它|另外的)(?:单位|机关|地方|部门|年份|年度)(?:的)?(?:吗|么|有没有|没有?)?[?？]?$|只有这?一?份|除了[\s\S]{1,14}(?:还有|有没有)(?:没有)?(?:别的|其他|其它|哪)?(?:年|单位|报告|机关|地方|吗|么|[?？]|$)|还有(?:没有)?(?:别的|其他|其它)?(?:年份|年度|报告|年报)|(?:录|收|有)了?(?:多少|几)(?:份|家(?!长|企业|公司|属|庭|政|店|厂|[省市州盟县区旗]直)|个单位)|从哪一?年到哪一?年|(?:收|存|录)到(?:了)?哪一?年|几年的(?:数据|报告|年报)|谁家的|哪几个?(?:地方|单位|机关)|最[老早]的?(?:一份)?(?:报告|年报)|最[早老新晚][^,，]{0,6}哪一?年"
)


SHARE = re.compile(
    r"占比|之比|份额|(?<!自己)占了?多大(?:份额|比例|比重|[?？]|$)|比率|占了?多少|(?<!都)占(?:总数|全部|总|其中(?!的?(?:几|多少)[件条个份宗])|到|了|的)|所占|的?比例|百分之|百分比|几成|除以(?!.*(?:几|多少)倍)|比重(?!复)|成的?比|占几(?![件条个份])|%|率(?:是|有|多|怎|如|呢|为|能|高|达|$|[?？])|几分之|占[\s\S]{1,14}(?:多少|几)(?![件条个份])|占[\s\S]{0,16}(?:多少|几)个?(?:百分)?点|占[^,，。?？]{2,8}的?一半|相当于.{1,24}(?:多少|几)成"
)


# Several numbers as one; whatever else people say for it is put into these words first (regional_words.txt).
TOGETHER = re.compile(r"加起来|合起来|合计|相加|总和|之和|加总|求和|总共|一共|总数")

SUM = re.compile(
    r"共(?=[发收办开接批罚出推登挂]?(?:了|过|到)?(?:多少|几))|汇总(?:起来)?(?:是|有)?(?:多少|几)|[加合算凑归并拢](?:在|到)?一(?:块|起|堆)儿?|[加合]起来|[全都]算上?(?:下来|起来)|相加|总和|之和|加总|合计|一共|总共|共计|加上|拢共|统共|小计|求和|累加|加(?:一[下加]|个?总|加)(?=$|[,，。?？看给])|(?<=[\u4e00-\u9fff])\+(?=[\u4e00-\u9fff])|累加|一并(?=是|有|多少|几)|(?<![参增附更添施外])加(?![了大强快装入盖班])(?=[\u4e00-\u9fff])"
)


LIST = re.compile(
    r"单列(?!市)|另列|单独列|分别|分分看|照[这那]样[分列拆]|各(?:是|有|占|自|类|项|种|列|个|来|收|交|提|递|报|送|办|给|发|做)?(?:是|有|了|到)?(?:多少|几)|按(?:申请人|主体|身份)的?(?:类别|类型|种类)?(?:分|来|列|给|看|各|统计|拆开?来?看?)|一样一样|摊开|逐样|一项一项|一条一条|一个一个|[三四五六七八](?:种|个)(?:原因|理由|情况|情形|子项|小项|分项)|[两三四五六七八]小项|分列|各(?:类|项|种|列|种类|情形)|按[大小]?[类项种](?!别的)|列(?:一下|出|成|个|举|表|给)|(?:弄|搞|整|做)(?:个|成|一?张)表|明细|构成|分布|都是哪[些几]?(?!人)|每(?:一)?(?:类|种|项|列|个)|哪几类|哪几种|怎么分|分成|分类|逐项|逐一|详细|具体(?:有|是|情况|数)|都有(?:多少|哪|几)|分(?:一下|开来?)|哪些(?:申请人|结果|情形)|清单|表格|各多少|各几|各(?=[收办发有罚批公])|汇总(?!(?:起来)?(?:是|有)?(?:多少|几))|拆开|细分|分项|几种(?:结果|情形)|分一分|拆给|拆成|一条条|一样样|列(?:各|数)|[两三四五六七八]小?[项类](?:的|各|分)|拆解|一项项|逐条|每条|挨个|逐个|都是些?(?:啥|什么)人|都要$|两个都|三个数|两个数|[两三五六七八九十](?:列|行|种情形|类情形|项情形|种结果)|[两三四五六七八九]个数|各自|各有|由(?:哪|什么)[^,，。?？]{0,6}(?:组成|构成)|每(?:一)?(?:部分|块)|各[填写](?:了|的|着)?(?:啥|什么|多少|几)"
)


# Each of several bodies is told: 各办了多少件
EACH_OF_THEM = re.compile("各(?:自|家)?(?:是|有|收|办|发|罚|批|报|作出)?了?(?:多少|几)[件条个份场次起]")

BOTH_ENDS = re.compile("最[多高大](?P<a>[^。]{0,16}?)最[少低小]|最[少低小](?P<b>[^。]{0,16}?)最[多高大]")


def both_ends(text: str) -> bool:
    """Whether who stands at either end is asked for, each told: 哪年最多、哪年最少; not 收到最少的和公开率最高的, which is of two things."""
    found = BOTH_ENDS.search(text)
    between = (found["a"] or found["b"] or "") if found else ""
    return found is not None and not re.search("几|多少", between) and not any(not h.weak for h in find_terms(between))


def ends_of_two(text: str) -> bool:
    """Whether the most of one thing is asked for beside the least of another, which no one ranking tells."""
    return bool(BOTH_ENDS.search(text)) and not both_ends(text)


EXISTS = re.compile(
    r"有没有|有无|是否|是不是|有没|(?<!还)有过|有.{0,14}(?:吗|么|没有?)[啊呀呢嘛]*[?？]?$|没有?[啊呀呢嘛]*[?？]?$|.吗[?？]?$|对吧|对不对|是吧|真的|属实|过没|了没|吧[?？]?$|对[吗么]|对不[?？]?$|不是[?？]$|请确认|确认一下|核实一下|真的假的|站得住|(?:我|俺|咱)(?:好像|似乎)?(?:记得|印象)|印象[里中]|是(?:不是)?(?:这个|那个)数"
)


# A number said to be so, for the report to bear out or not.
CLAIMED = re.compile("确认|对吗|对吧|对不|是吧|真|听说|没错|属实|记得|印象|站得住|是(?:不是)?(?:这|那)个数|核实|核对")


# By which of the reasons that the form lists, where a number of requests was told: a pattern to build on
WHICH_REASON = r"(?:什么|啥|哪[些几]种?)(?:样的?)?(?:理由|原因|情形|由头|名目|名义|借口)"
DEALT_WITH = (
    rf"{WHICH_REASON}(?:给|都)?(?:打发|处理|答复|回复|回绝|挡|驳|拒)"
    r"|(?:为什么|为何|为啥)(?:都|就|还)?(?:没|不)(?:给|公开|同意|批)(?:呢|啊|呀|他们|人家)?[?？]?$"
)
# What came of requests, or of a review: 都是什么结果
HOW_ENDED = r"(?:怎么?个?|什么样?的?|啥样?的?)结果(?![是为]?维持|纠正)|结果(?:怎么?样|如何|咋样|是(?:什么|啥|怎样))"


def _claims(text: str) -> bool:
    """Whether it is said, for the report to bear out, how far a number moved: 不到前一年的一半，真的假的."""
    return bool(CLAIMED.search(text) or EXISTS.search(text)) and claim_in(text) is not None


# What is spoken of as the sum of what stands before: a pattern to build on
THEIR_SUM = "(?:之和|总和|合计)"

WHERE = re.compile(
    r"在哪(?!些|几个?方面|方面|一?年)|哪里写|哪儿写|哪一?(?:节|页|段|章|部分|张表|个表|栏|行|列|处|句)|第几[项款](?!措施|条)|第几(?:节|部分|页|行|章|列|栏|块)|在原(?:表|报告|文)(?:里|上|中)?的?哪(?:里|儿)|出处|出自|(?:哪里|哪儿|哪)(?:取|来|抄)的|原文|来源(?!的?(?:占|比例|构成|比重))|哪个(?:章节?|段落|小节)|(?:报告|年报)(?:的|里)?哪一?块儿?|[在从](?:报告|年报)?(?:的|里)?哪(?:个|一)?(?:地方|位置|块(?!钱))|(?:哪个|什么|啥)地方(?:来|看|写|抄|找)|从哪(?:份|个|张|本)?(?!.{0,3}(?:渠道|途径|方式)).{0,4}来|哪儿?来的|哪里来的|哪张|原话|怎么写的|怎么说的|怎么表述|怎么讲的|原句|照搬|(?:印|登|写|列|填|放|摆)在(?:这?份?(?:报告|年报))?的?里?哪(?!一?年)|哪个?部分|从哪(?:儿|里)?(?:来|看|得|找|查)|写在|哪句|那一?[段句](?:话|文字)?(?!时)|抄(?:给|一下|出)|摘(?:给|录|抄)|(?<!数)(?<!数也)(?<!数字)(?<!数都)贴(?:出|给)"
)


# 比上年结转多几件: the row of that name, and no year
_CARRIED_IN = re.compile(r"上一?年度?(?=结转)")
_COMPARE = re.compile(
    r"比(?:上年|去年|前年|上一年|往年|前一年|头一年|20\d\d|[12]\d年)|(?:跟|和|与|同|较|拿)(?:上年|去年|前年|上一年|20\d\d年?|[12]\d年).{0,8}(?:比|差|多|少)|较(?:上年|去年|20\d\d|[12]\d年)|变了?(?:多少|几|百分)|(?:减少|增加|下降|上升|上涨|变多|变少|提高|降低)了(?:没有?|吗|么|吧|是吧|对吧)|(?:提高|降低|升高?|降|涨|跌)了?(?:几|多少)个?(?:百分)?点|(?:是不是|是否)(?:又|还|也|都)?(?:少|多|降|涨|升|减少|增加|下降|上升)了(?![\d一二两三四五六七八九十百半几多])|往[上下][走掉滑降涨]|一路[走升降涨跌]|走高|走低|[多少](?:收|发|办|罚|批|公开|开|来|搞|做)了?(?:多少|几)(?!项)|多了还是少了|是(?:涨是[跌降]|升是降|增是减|多是少)|[涨升增]还是[跌降减]|[涨升]没[涨升]|[涨增升]了还是|净增|净减|差了?几|差了?多少|差距(?:扩|缩|拉|是?多|有多)|同比|环比|增长|(?:增加|减少|多|少|涨|降)了?多少(?!项|个项目)|[跌涨降升掉多少高低][掉出]?(?:了)?百分之|(?<!最)[多少增减涨降升][收发办罚批推报]?[了出](?:多少|几|百分)(?!项|个项目)|(?:增加|减少|增长|下降)了?几[件条个次篇场份期起人]|变化|趋势|走势|涨了|降了|升了(?=没|吗|么|吧)|(?<![花用扣去丢除废删砍撤拿漏])[掉跌落]了(?:多少|几)|增幅|降幅|历年|逐年|涨幅|(?:多|少|增加|减少|增|减|涨|降)了?几(?=[件个条次份起宗])|相比(?:于|之下)?|和(?:上年|去年|前年|20\d\d).{0,6}(?:比|对比|相比)"
)


def _compares(text: str) -> bool:
    """Whether years are compared."""
    return bool(_COMPARE.search(_CARRIED_IN.sub("", text)))


# Asked for as a mean is, over the same numbers: the one in the middle of them.
MEDIAN = re.compile("中位数|中位值|中位")


# One thing of a report against another of the same report: both are told.
_WITHIN = re.compile(
    r"(?<![占百])比(?!如|例|方说|重|率|较).{0,12}(?:多|少|高|低|大|小)(?!少)|(?:和|跟|与).{1,24}(?:哪个|谁)(?:多|少|高|低)|还是.{1,10}(?:多|少)(?!少)"
)


RANK = re.compile(
    r"谁(?:排|是|居)?(?:第一|头名|头一个|榜首)|(?:第一|头名|榜首|冠军)(?:名)?(?:是|归|换成|变成|换)了?(?:谁|哪)|改按[^,，]{2,8}排|高峰|顶峰|最高点|峰值|谷值|低谷|谷底|最重|最轻|最集中|最扎堆|最常[用见]|最主要|最凶|最猛|最狠|最勤|最积极|最厉害|最爱|最多|最少|最高|最低|最大|最小|垫底|排在?(?:最)?前|排个?(?:队|名|序|先后|高低|座次)|冲到?了?顶|登顶|见顶|排列|[从由][高多大]到[低少小]|[从由][低少小]到[高多大]|排(?:一下|一排|出来)|居首|排头|第一的|第一吗|谁(?:是|排)?第一|哪[个家](?:是|排)?第一|也是[\u4e00-\u9fff]{0,4}第一|[第老][二三四五](?:名|位|[多高大少低小](?!于)|(?=是?\s*(?:谁|哪[个家])?呢?(?:[,，?？]|$)))|冠军|亚军|季军|榜首|排名|排第|前[一二两三四五六七八九十\d]+[名位]|前[三五十\d]+名?|(?:第|头)一[名位]|头名|头筹|哪一?[个家种类项年].{0,6}(?:更多|更少|更?[多少高低]一?[些点]|多[?？]?$|少[?？]?$|高[?？]?$|低[?？]?$)|倒数|谁.{0,4}多|谁[^,，。?？]{0,10}得(?:更|最|比较)?[多少高低]"
)


WHY = re.compile(
    r"为什么|为何(?!数|值)|为啥|咋|怎么(?!算|填|写的|说的)|怎样|如何|(?:什么|啥)原因|原因(?:是|在|何)|哪(?:些|几个|个)?方面|哪些(?!申请|结果|情形|年|单位|机关|部门|数)|哪几(?:方面|点|条|项|个方面|大)|干嘛|干啥|做啥|做法|措施|举措|办法|内容|介绍|讲讲|说说|说了(?:什么|啥|些)|情况|经验|打算|计划|安排|怎么样|什么(?!时候|意思|叫|概念|区别|不同)|啥"
)


SECTIONS: tuple[tuple[int, str | None, re.Pattern[str]], ...] = (
    (5, "problems", re.compile(r"(?:自己)?检讨的|检讨[了过]?(?:些|哪些)?(?:什么|啥|哪|别的)|(?:还|又)(?:承认|认)了?(?:哪|什么|啥|别的)|(?<!换个)(?<!问个)(?<!一个)(?<!收费)(?<!咨询)(?<!俩)(?<!解答什么)(?<!解答啥)(?<!解答哪些)问题(?!.{0,3}改进)(?!是什么意思)|不足(?![\d\n一二三四五六七八九十百千])|短板|缺点|哪里没做好|没[做搞干弄]好|没[做搞干弄]到位|没有?做到位|(?<![件条个份次人起]的)(?<!年的)差距(?!最|又|扩|缩|拉|是?多|有?[多这那]|几|大不大|还是|也)|困难|薄弱|欠缺|哪里不好|(?<!挑)(?<!挑些)毛病|做得不(?:好|够)|不够好|缺陷|哪儿不行|不到位|(?:短处|软肋)(?!.{0,8}改)|反省(?!思)|毛病出在")),
    (5, "measures", re.compile(r"针对[^,，。?？]{2,24}?(?:提出?|出|有|采取|拿出?|想)了?(?:什么|哪些|啥|何)?(?:样的)?(?:举措|措施|办法|对策|招)|(?:承认|坦[承言]|检讨|抱怨)[^?？]{2,30}(?:什么|啥)好?(?:招|办法|法子|辙)|(?:什么|啥)(?:招|办法|法子)[^,，。]{0,3}(?:解决|应对|弥补|补上)|改进|整改|改(?:了|好)没(?:有)?|改(?:了|好了)吗|下一步|下步|打算怎么|打算咋|准备怎么|准备咋|(?:说|想)?要怎么(?:扩大|补|改|弄|提高|加强|防)|咋办|怎么办(?!理|的|了|结|掉|完)|咋整|咋改|打算.{0,8}(?:改|解决|弥补)|采取.{0,4}措施|(?:对应|应对|具体|相应|解决|补救)的?措施|解决的?(?:办法|法子|方案)|^[\s的]*措施(?:呢|有哪些|有啥|是什么|是啥)?[\s?？]*$|^(?:那|又|都|后来|它们?|他们)*采取.{0,4}(?:办法|做法|行动|对策)|(?:有|用[了过]?)(?:什么|啥|哪些)(?:措施|对策)|如何(?:改(?![成为名叫变])|弥补|纠正)|第.条措施|措施(?:具体|有哪|是什么|是啥|包括|说)|改法|改善|努力方向|今后|接下来(?!的?(?:20)?\d\d)|以后怎么|怎么解决|如何解决|怎么治|整治|克服|怎么纠|未来|下一年.{0,4}(?:计划|打算)|对策|弥补|提高措施|怎么改")),
    (6, None, re.compile(r"其[他它](?:需要)?(?:报告|说明|汇报)的?事[项情]|需要报告的其[他它]事[项情]|别的要报告|其[他它]事项|补充说明|第六部分|其[他它]要报告|其[他它]需要报告")),
)  # fmt: skip


def section_in(query: Query, text: str) -> Query:
    if query.has_cells and query.asks_number and not re.search(r"怎么(?:解决|改|治|办(?!理|的|了))|如何(?:解决|改)|咋(?:解决|改|办)", text):
        return query
    if re.search(r"总体情况|第一部分|开头", text) and re.search(r"段|原文|抄|看|内容|写|念|贴", text) and not query.asks_number:
        return replace(query, section=1)
    part = re.search(r"第([一五六156])(?:部分|节|大点|项内容)", text)
    if part and not query.has_cells:
        return replace(query, section="一二三四五六".find(part[1]) + 1 or int(part[1]))
    for number, topic, pattern in SECTIONS:
        if pattern.search(text):
            query = replace(query, section=number, topic=topic)
            # 隐私那条咋整改: what is to be mended, and no count of what was refused for it
            return replace(query, metrics=(), shares=None) if topic == "measures" and query.metrics and not query.asks_number else query
    return query


# Whether the text speaks of something: 报告里提没提到农贸市场.
MENTIONED = re.compile(
    r"提没提|写没写|说没说|讲没讲|有没有(?:提|写|说|讲)(?![^,，。?？]{0,6}申请)|提到(?!了?[\d百])|提及|写到|讲到|说到|写过"
)


def asks_share(query: Query) -> bool:
    """Whether a share is asked for, whatever is done with it: 占比最高的是谁."""
    text = query.asked
    return bool(re.search(r"占|比例|比率|比重(?!复)|除以(?!.*(?:几|多少)倍)|(?:公开|纠正|维持|处理|提供)率", text)) and not re.search(
        r"占了?(?:多少|几)(?:件|起|条|份|宗|人)|[增涨跌降][长加幅速]?[^,，。]{0,4}(?:百分|比例)", text
    )


def _each_asked(text: str) -> bool:
    """Whether each of several things is asked for in a clause of its own, so that 一共 adds up one of them and not all: 复议一共多少，诉讼多少."""
    clauses = [c for c in re.split(r"[,，、;；。?？]", text) if re.search(r"多少|几[件条份个]", c)]
    return (
        len(clauses) > 1
        and bool(re.search("一共|总共|合计|共计|总", "".join(clauses)))
        and not re.search(r"加|算在|之和|总和|合起来", text)
    )


def _ranks(query: Query, text: str) -> bool:
    """Whether a question picks the first among many; the words that ask for it may belong to the group: 哪个县的文件更多, 谁多."""
    picked = r"(?:谁|哪)[^,，。;；?？]{1,20}(?:更|较|得)(?:多|少|高|低)(?:一?些|一点)?[?？]?$|谁[多少][?？]?$"
    if query.group and query.group.vague and re.match("最", query.text[slice(*query.group.span)]):
        return True  # 最多的两家: who is asked for and the rank in one
    return bool(RANK.search(text) or (query.group and re.search(picked, query.text)))


@lru_cache(maxsize=1)
def _glossary_terms() -> tuple[str, ...]:
    return tuple(word for term in glossary() for word in term.terms if len(word) > 2)


def operation_of(query: Query, text: str, hits: Sequence[TermHit]) -> str:
    """The operation, the more specific first."""
    cells = query.has_cells or bool(query.applicants)
    people = re.search("申请(?:人|者|主体)(?:里|中|当中|类[别型])", text)
    bare = re.match("(?:那)?(?:最|第[二三四五六])[多少高低大小]的?(?:那[一]?[类种项])?是?哪", text)  # 最少的是哪类, of what was told
    if _ranks(query, text) and (cells or people or bare) and not re.search(r"什么意思|区别|含义", text):
        return "rank"
    asked = re.search(
        r"(?:(?:是|叫)(?:个?什么|啥)(?:东西|玩意儿?|类型|意思)?)[?？呀啊呢嘛]*(?:[,，](?:请|麻烦)?(?:你|您)?(?:用|给|替|帮|能)?[^,，?？几多少哪]{0,10}(?:讲|说|解释)[^,，?？几多少哪]{0,6})?$",
        text,
    )
    if (
        asked
        and not query.asks_number
        and not query.group
        and (
            any(
                not h.weak and h.end <= asked.start() and re.fullmatch(r"[”」\"'的\s]*(?:到底|究竟)?", text[h.end : asked.start()])
                for h in hits
            )
            or re.sub(r"[”」\"'的\s]*(?:到底|究竟)?$", "", text[: asked.start()]).endswith(_glossary_terms())
        )
    ):
        return "define"
    whose = query.group is not None and query.group.vague and re.search(r"(?:指|说)的?是谁", query.text)
    if (
        (DEFINE.search(text) or whose)
        and not re.search("(?:年报|报告)(?:里|上|中)?面?是?(?:怎么|咋)(?:讲|说|写)", text)
        and not (query.condition and query.condition.value)
        and not query.section
        and (not query.group or whose)
        and len(query.mention.named) < 2
        and not (query.mention.agencies and re.search(r"各(?:是|有)?(?:多少|几)|多少件|几件|有几个|多少个|逐[项条]|分项|件数", text))
        and not (any(m.startswith("rate.") for m in query.metrics) and query.mention.agencies and re.search(r"是多少|多少[?？]?$", text))
        and (
            cells
            or query.columns
            or query.results
            or not WHY.search(text)
            or re.search(r"意思|叫|算法|含义|理解|区别|不同|不一样|差别|(?:什么|啥)钱|^(?:什么|啥)是", text)
        )
    ):
        return "define"
    if re.search(r"勾稽|三安全一稳定|区分处理", text) and re.search(
        r"表述|什么东西|啥东西|是什么|是啥|哪[几两三四五]个|哪几项|哪些项|指|讲讲|说说|通俗|解释|名目|理解|等式|公式|关系式|等于(?:谁|哪|什么|啥)|谁加谁|怎么(?:算|判断|核|看|规定|定)|如何规定",
        text,
    ):
        return "define"
    if re.search(r"哪(?:些|几|个)*(?:方面|领域)", text) and not (query.metrics or query.rows or query.blocks):
        return "find"
    if query.blocks and not {*query.results} - {"total"} and re.search(rf"{HOW_ENDED}|判(?:下来|得)?(?:是)?(?:啥|什么|怎么)", text):
        return "list"
    if _HOW_DONE.search(text) and not query.asks_number:
        return "find"
    if query.weak and not cells and not query.asks_number and re.search("(?:咋|怎么|如何)(?:写|说|讲|提)的[呀呢啊?？]*$", text):
        return "find"  # 讲过收费的事，年报里咋写的
    if query.has_cells and re.search(r"(?:填|[格栏](?:里)?[写印])(?:的|了)(?:是)?(?:啥|什么|几|多少)", text) and not LIST.search(text):
        return "value"
    placed = re.search("哪一?(?:块|部分|节|章)|哪个(?:部分|章节)|第几", text)
    if re.search("(?<!不)(?:承认|检讨|坦言|自陈|反思)", text) and not (query.asks_number or query.condition or placed):
        return "find"  # what a report says of itself, though its words may name a figure
    if MENTIONED.search(text) and not (query.has_cells or query.section) and not query.asks_number:
        return "find"
    if re.search(r"为什么|为啥|为何(?!数|值)|原因", text) and re.search(r"交代|说明|解释|[写说提讲][了过]?(?:原因|为什么)", text):
        return "find"  # 为什么多出那么多，报告里交代原因了吗
    if (
        query.section
        and re.search("原话|原文|摘|抄|念|照搬|怎么(?:写|说|讲|表述)的", text)
        and not re.search("在哪|哪里|哪儿|第几|出处|位置", text)
    ):
        return "find"  # 不足跟改进，原话摘一下
    if WHERE.search(text) and not re.search(r"(?:摘|抄)[\s\S]*(?:做法|措施|经验|举措)", text):
        return "where"
    if query.section and (not query.asks_number or re.search(r"怎么(?:解决|改|治|办(?!理|的|了))|如何(?:解决|改)|咋(?:解决|改|办)", text)):
        return "find"
    if _asks_held(query, text) and not cells and not (query.weak and RANK.search(text)) and not (query.group and query.has_topic):
        return "coverage"
    several_things = len(query.metrics) + len(query.rows) + len(query.blocks) > 1
    # 去年的许可和处罚哪个多，多几件: of that year, where it is not what something is held against
    between_them = re.search("(?:哪|谁)[一个项样边类]*(?:更|比较)?[多少高低大小]", query.text)
    that_year = between_them and query.relative in ("去年", "前年", "大前年", "今年", "本年") and not re.search(
        rf"(?:比|较|[跟和与同到至])起?{query.relative}|{query.relative}(?:相比|以来|[到至])|同比|环比|[上前]一年|上年(?!度?结转)", query.text
    )
    within = (
        (several_things and len(query.years) < 2 and (not query.relative or bool(that_year)))
        or len(query.channels) > 1
        or (bool(query.channels) and "比" in text and not query.years and not query.relative)
        or len(query.applicants) > 1
        or (query.rows and "items_change" in query.columns)
    )
    if _ranks(query, text) or (query.growth and re.search("最(?![后终近])|[谁哪][^,，。?？]{0,10}[快慢猛多少大小]$", text)):
        return "rank"
    span = len(query.years) > 1 or bool(re.search(r"近|过去|历年|每年|这.年|至今", query.relative or ""))
    if (
        span
        and (
            SUM.search(text)
            or re.search(
                r"累计|总[数量共]|总(?:次|人|件|条|篇|场|份)数|总场次|(?<!结果)总计(?:是|有)?(?:多少|几)|[两二三四五六]年的?和(?:呢|是|有|$)",
                text,
            )
        )
        and not (_compares(text) or _claims(query.text) or LIST.search(text) or ("各" in text and SHARE.search(text)))
    ):
        return "sum"
    # Beside a year that is named 历年 compares nothing: 2019年对历年文件做了什么.
    spoken = text if len(query.years) == 1 and query.relative == "历年" else query.text
    of_a_whole = query.condition and query.condition.percent and not re.search("[多少降跌减增涨升掉翻](?!于)[了出过]?|[比较]|倍|同比", text)
    # 去年公开的超过一半吗: of that year's, and no movement
    of_another = several_things and "倍" in text and not re.search("[比较]|同比|[增减涨降翻]|[上前]一?年|多了|少了", text)  # 办理总计超过公开的两倍
    over_years = not query.group and not of_a_whole and not of_another and bool(query.relative or re.search("翻[了过]?[一两二三]?[番倍]", text))
    claimed = over_years and (re.search("(?:几|多少)倍", query.text) or _claims(query.text))  # 是上一年的几倍
    moved = not query.group and len(query.mention.named) < 2 and re.search("[多少降跌减增涨升掉]了", text) and (_claims(text) or (text.endswith("?") and claim_in(text)))  # 是不是少了一大半
    if len(query.years) > 1 or claimed or moved or ((_compares(text) or _compares(spoken)) and not within):
        return "compare"
    counted = re.search(r"占了?(?:多少|几)(?:件|起|条|份|宗|人)", text) and not re.search(r"比例|百分|率|几成", text)
    if any(m.startswith("rate.") for m in query.metrics) or query.base or (not counted and SHARE.search(text)):
        return "share"
    if (
        len(query.applicants) > 1
        and re.search(
            "(?:还|只)?剩(?:下|了|余)?(?:的)?(?:是|有)?(?:多少|几)|(?:以外|之外|外)的?[^,，。]{0,10}(?:多少|几)|(?:除|不算|刨|去掉|扣)[^。?？]{2,20}其[他它余]的?[^,，。]{0,8}(?:多少|几)",
            text,
        )
        and not re.search("各|分别|列", text)
    ):
        return "sum"  # 把自然人和商业企业都刨掉，还剩多少件
    parted = len(query.metrics) == 1 and query.metrics[0].startswith("outcome.") and query.metrics[0].count(".") == 1
    if (
        parted
        and all_metrics()[query.metrics[0]].parts
        and re.search(
            r"(?:什么|啥|哪[些几]种?|各[个种项类]?)的?(?:理由|情形|原因)|(?:其[他它余]|别的|另外)的?[几两三四五六七][种类个](?:情形|情况|理由|原因)|[下里][面头]的?(?:各|每|[两三四五六七八])个?(?:小|子|分)项",
            text,
        )
        and not _ranks(query, text)
    ):
        return "list"  # 不予公开的都因为什么理由: the rows that the form divides it into
    if query.metrics == ("requests.to_handle",) and not query.applicants and len(query.years) < 2 and not query.group and SUM.search(text):
        return "value"  # 要办的总共多少，新收加上结转的都算: a sum of its own name
    if re.search(
        r"加(?:起来|一[起块下加]|在一起|总)|相加|总和|之和|合起来|合在一起|[两三四五六几](?:样|项|类|种|个|者)的?(?:总数|总量|总和|合计)(?![^,，。]{0,4}(?:各|分别))",
        text,
    ) and (query.joined or len(query.applicants) > 1):
        return "sum"
    told_apart = re.search(r"分别|各多少|各几|各是|各有|各自|列|拆", text)
    whole = re.search(r"各(?:类|种|个|方)", text) and re.search(r"总共|一共|合计", text) and query.applicants and not told_apart
    if (LIST.search(text) and not whole) or _WITHIN.search(text) or (_compares(text) and within):
        return "list"
    if query.blocks == ("litigation",) and query.asks_number and re.search("(?:诉讼|起诉|的)都算", text) and not told_apart:
        return "sum"  # 吃了几场官司（直接起诉和复议后起诉都算）
    many = len(query.metrics) + len(query.rows) + len(query.blocks) > 1
    if (many or len(query.applicants) > 1) and _each_asked(text):
        return "list"
    if len(query.results) > 1 and (
        len(re.findall(r"(?:几|多少)[件起宗]", text)) > 1
        or re.search("总(?:案?件)?[数计量].{0,6}(?:以及|其中|和|与)", text)
        or (
            "total" in query.results and re.search("(?:几|多少)[件起宗].+(?:有没有|有吗|有不有|没有[?？]?$)", text)
        )  # 被复议几件？纠正的有没有
    ):
        return "list"
    if query.subject_only and _each_asked(text):
        return "value"  # 收了几件、一共多少块钱
    if SUM.search(text) and (len(query.applicants) > 1 or query.joined or many):
        return "sum"
    if re.search(r"为什么|为啥|为何(?!数|值)|什么原因|啥原因|原因", text) and re.search(
        r"(?:(?:[说写提讲给]|解释|交代|说明)[了过到明清出]*[^,，。]{0,4}(?:没|吗|么|不)|给[了出]?原因)", text
    ):
        return "find"
    judged = re.search(
        "(?:咋|怎么)判的?|(?:都是?|是)(?:些)?(?:什么|啥|哪些)结果|(?:各[种类个]?|四种)结果|判(?:得|的)?(?:怎么样|如何|咋样)|结果(?:如何|怎样|怎么样)",
        text,
    )
    if query.blocks and judged and not {*query.results} - {"total"}:
        return "list"  # 法院咋判的: each of the results
    if query.metrics == ("outcome.total",) and re.search(
        "结果(?:都|各)?有?(?:哪些|什么|啥)|(?:哪些|什么样|啥样)的?(?:办理|处理)?结果", text
    ):
        return "list"
    if EXISTS.search(text) and not (query.asks_number and query.premise is None):
        return "exists"
    asks = query.asks_number or re.search("什么|啥|哪|谁|怎|如何|为何", text)
    if query.premise is not None and not (asks or query.group or query.mention.named) and text.rstrip().endswith("?"):
        return "exists"  # 2023年主动公开了772条信息?
    if query.asks_number:
        return "value"
    if len(query.mention.named) > 1 and (query.has_topic or query.weak) and not WHY.search(re.sub(r"情况|什么|啥", "", text)):
        return "list"
    if query.group and (cells or query.condition or query.subject or query.channels) and not re.search(r"为什么|为何|怎么", text):
        return "value"
    if len(query.mention.named) > 1 and query.condition and (cells or query.weak):
        return "value"  # 这五个局，申请不少于10件的有哪些
    if re.search(r"什么|啥|哪一?家|哪个(?:公司|单位|企业|供应商)|哪位|谁|哪儿", text) and (query.has_cells or not query.follows):
        return "find"
    beside = mask(text, [(h.start, h.end) for h in hits if not h.weak and not h.loose])
    if WHY.search(beside) and not (query.has_cells and not re.search(r"为什么|为何|为啥|原因|措施|做法", beside)):
        return "find"
    alone = query.weak and not re.sub(r"[\s的,，。?？呢]", "", mask(text, [(h.start, h.end) for h in hits]))  # 收费24年: key words
    return "value" if cells or query.subject or alone else "find"


# What was done about something is told by no figure, though its words may name one: 怎么防止个人隐私公开出去.
_HOW_DONE = re.compile(
    r"(?:怎么|如何|怎样|咋)(?:去|来|做到|才能)?(?:整理|清理|保存|归档|登记|防|避免|确保|保证|保障|落实|应对|规范|提高|提升|加强|把关|审核|杜绝|补救|弥补|减少(?!了))|具体做了(?:哪些|什么|啥)"
)


_HELD = re.compile(
    r"有没有[^,，。?？]{2,20}(?:年|局|政府|厅|委|办|街道|镇|乡)的?(?:年报|年度报告|报告)(?:吗|呢)?[?？]?$|"
    r"收进来|收录|库里|入库|收了(?:哪|什么).{0,8}(?:报告|年报)|收了(?:哪些|什么)(?:单位|机关|地方)|(?:年报|报告)(?:都)?(?:有|没有|没)(?:哪|几|多少|传|收)|缺(?:了)?(?:哪|什么|几)|没(?:有)?收(?:进|录|到你们)|(?:年报|报告).{0,6}(?:还没|没有?)(?:传|交|上|发|收)|用的(?:什么|哪个)(?:单位)?名|(?:几|多少)(?:个|家).{0,10}(?:的)?(?:年报|报告)(?:$|[?？。])|(?:年报|报告)在(?:里面|库里|这里|里头)|(?:年报|报告)(?:你们?|这里|库里)?(?:都)?有(?:哪些?|几|多少)家"
)


def _asks_held(query: Query, text: str) -> bool:
    """Whether a question is about which reports there are."""
    if re.search(r"收(?:了|着|到)?(?:几|多少)份", text) and not re.search(r"报|材料|资料|你们|库|系统|单位|机关|总共", query.text):
        return False  # 那年收了几份: requests
    if query.columns and not re.search("报告|年报|收录|库|材料|资料|系统", query.text):
        return False  # 废止了的有几份: documents
    if re.search(r"[几多]少?[份件][^,，。]{0,10}(?:提|申请|递|来要)的?", text):
        return False  # 还有几份是别的单位提的
    if re.search("哪[几些]个?年[^,，]{0,8}(?:收|接)到", text):
        return False  # 有哪几年是收到过的: requests
    if query.subject_only and re.search("收过|收取|收了|没有?收|收.{0,10}处理费", text) and not re.search("(?:年报|报告)[^,，。]{0,6}[,，]?(?:你们?)?库里", query.text):
        return False  # 哪几年收过信息处理费
    years = "其中哪[一几]?年|哪[一几]?年[^,，。]{0,6}最[多少高低]|比[^,，。]{1,14}[多少高低]的?(?:年份|年度|年)"
    if re.search(years, text) and not re.search("报告|年报", query.text):
        return False  # 其中哪年收得最多
    if (
        re.search(r"(?:年报|报告|报)(?:里|中|上)?(?:头|面)?(?:都|有|可)?(?:写|说|提|讲|检讨|承认|反映)(?!到哪|的是哪)", text)
        and not query.follows
    ):
        return False  # what they say, not which there are
    if (
        re.search(r"同一(?:家|个)(?:单位|机关|部门)|(?:改|更)过?名|以前叫|原来叫|曾用名", query.text)
        and query.mention.agencies
        and not query.asks_number
        and not query.has_topic
        and not query.weak
    ):
        return True
    if re.search(r"(?:年|报告|年报|[都全]).{0,3}(?:齐|全)(?:了|的)?(?:吗|不|没|么)", query.text) and not query.has_topic:
        return True
    about = re.search(r"年报|报告", query.text) and re.search(
        r"收(?:了|录)?(?:哪|什么|几|多少)|最[早老新晚](?:的|是|到)|缺|没(?:有)?(?:收|传|入库)|叫(?:啥|什么)名|哪几?年的[?？]?$|(?:哪些|哪几个|几个)年份|从哪一?年(?:开始|起)|存(?:了)?哪|(?:存|收|装)了?[^,，。]{2,14}哪[些几]个?年|同一(?:家|个)|(?:有|存了|收了)(?:多少|几)份",
        query.text,
    )
    if about and not query.has_topic and not query.weak:
        return True
    if query.group:  # 哪些街道的年报, but not 哪些街道收到申请
        if (
            re.search(r"年报|报告|材料|资料", text)
            and not query.has_topic
            and not query.weak
            and not query.condition
            and not _beyond_coverage(text)
        ):
            return True
        return bool(_HELD.search(query.text) or (_COVERAGE.search(query.text) and not _beyond_coverage(text))) and not query.condition
    if query.condition and query.condition.value:
        return False  # 哪几年过了25件
    if _HELD.search(query.text):
        return True
    if (
        (query.mention.agencies or re.search("(?:多少|几)份", text))
        and not re.search("年报|报告|收录|年份|年度|哪[一几些]?个?年|收到|材料|资料|数据", query.text)
        and _beyond_coverage(text)
    ):
        return False  # 从不让看改成让看的有几份, of one body
    return bool(_COVERAGE.search(text) or _COVERAGE.search(query.text))


def _beyond_coverage(text: str) -> bool:
    """Whether more is said of the bodies asked for than that their reports are held: 都有哪些单位给盲人做了指南."""
    rest = _COVERAGE.sub("", text)
    rest = re.sub(
        r"信息公开|公开|年报|报告|你们?|这[里儿边]|那边|[一逐挨]个个?|[那这]?[块片]儿?|列出来?|出来|查到|咱|呀|系统|数据库?|可以|能|查询?|看|收录?|了|的|有|在|库里?|资料|材料|份|告诉我|请问|一下|列|名单|给|我|这片|那片|材料|可|里面|在里|报一下|名字|下头|下面|底下|下属|下辖|单位|机关|部门|手[上里头]|乡镇|街道|那些|都|存|谁|哪[些几]|家",
        "",
        rest,
    )
    return len(re.sub(r"[^\u4e00-\u9fff]", "", rest)) >= 4
