"""Text → Query: what a question asks, in the corpus's own terms.

Agency, year and applicant are taken out first, so that what remains is about the matter alone; they come back as hard
filters. Nothing here looks at any figure.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.forms import LEGAL_PERSONS, channels, subjects
from corpus.forms import metrics as all_metrics
from corpus.narrative import cue_pattern
from index.segment import STOPWORDS, Segmenter, words_of
from service.agencies import Mention, find_agencies, names_in, spelt_out
from service.conditions import LEAST, Condition, condition_in, growth_bound_in, growth_in, most_of, premise_in, top_of
from service.directory import Directory
from service.group import Group, every_namesake, find_group, someone, whole_place
from service.lexicon import TermHit, find_terms, mask
from service.normalise import Normalised, mend_label, normalise
from service.talk import without_talk
from service.years import PARTS_OF_YEAR, carried_over, years_in

OPERATIONS = (
    "value",
    "list",
    "sum",
    "share",
    "exists",
    "compare",
    "rank",
    "find",
    "where",
    "define",
    "coverage",
    "overview",
)


_DEFINE = re.compile(
    r"什么意思|啥意思|是个?(?:什么|啥)(?:概念|名目|说法|玩意)|指(?:的)?是?(?:什么|啥|哪些|哪|谁)|说的是(?:谁|哪|啥)|(?:不是)?一[码回]事|差在哪|含义|定义|(?:代表|表示)(?:什么|啥)|[怎咋]么?(?:理解|解释)|如何(?:理解|解释)|解释一?下|什么叫|啥叫|算不算|怎么算的?|如何计算|怎么计算|[咋怎][么个]?个?计数|计数法|重复算|(?:什么|啥)两样|(?:算|归).{0,4}哪一?大?(?:类|种|项|块)|两码事|属于.{0,8}哪一?大?(?:类|种|项|块)|(?:什么|啥|何)(?:区别|不同|不一样|差别)|(?:区别|差别|不同)(?:是|在)|(?:包括|包含|含)(?:了)?(?:哪[些几两三四五]|些?什么|啥)|是哪[一二三四五六七八]?[些几类种](?!个?(?:年|月|局|厅|单位|街道|机关|部门|乡镇|区|县|家))|是指|什么样的|哪些情形算|怎么填(?!的)|讲的是什么|说的是什么|是干[吗嘛什]么?的|(?:怎么个?|是什么|啥)算法|(?:什么|啥|哪个)(?:公式|口径)|[讲说](?:的|的是)?哪一?[栏行列项格类]|咋算|界定|统计口径[。?？]?$|大白话|通俗|怎么讲$|(?:成|分)(?:成|为)?哪几[种类](?:情形|情况)|在里头|如何表述|怎么表述"
)
_COVERAGE = re.compile(
    r"哪几?些?年(?:份|度)?的?(?:报告|年报|数据|都有)?(?:.{0,4}(?:有|查|收))|有哪[些几]年|收录|覆盖(?!面|率|范围)|库里|数据库里|都有哪[些几]个?(?:单位|机关|部门|报告|年报|地方|街道)|有哪[些几]个?(?:单位|机关|部门|地方|街道)|有(?:没有)?几?.{0,8}(?:年报|报告)(?:吗|么|没有?|呢)?[?？]?$|(?:年报|报告)(?:.{0,4})(?:有没有(?!.{0,3}[说提写讲载记])|有吗|有么|能查吗?|查得到)|几份(?:报告|年报)|多少份(?:报告|年报)|(?:报告|年报)有(?:几|多少)份|能查(?:到)?(?:哪|什么|几)|可以查(?:到)?(?:哪|什么)|查得到哪|还没传|缺哪|最新的?(?:报告|年报)是哪|哪一?年的(?:报告|年报|数据)|哪家的|哪个(?:单位|机关)的(?:报告|年报)|(?:最早|最新|最近|最晚)的?(?:一份|一期|报告|年报).{0,4}(?:哪一?年|年份)|你们?(?:都)?有(?:哪|什么|啥)(?:些)?(?:资料|材料|数据|报告)|(?:别的|其他|其它|另外的)(?:单位|机关|地方|部门|年份|年度)(?:的)?(?:吗|么|有没有|没有?)?[?？]?$|只有这?一?份|除了[\s\S]{1,14}(?:还有|有没有)(?:没有)?(?:别的|其他|其它|哪)?(?:年|单位|报告|机关|地方|吗|么|[?？]|$)|还有(?:没有)?(?:别的|其他|其它)?(?:年份|年度|报告|年报)|(?:录|收|有)了?(?:多少|几)(?:份|家|个单位)|从哪一?年到哪一?年|几年的(?:数据|报告|年报)|谁家的|哪几个?(?:地方|单位|机关)|最[老早]的?(?:一份)?(?:报告|年报)|最[早老新晚][^,，]{0,6}哪一?年"
)
_SHARE = re.compile(
    r"占比|比率|占了?多少|占(?:总数|全部|总|其中(?!的?(?:几|多少)[件条个份宗])|到|了|的)|所占|的?比例|百分之|百分比|几成|除以|比重(?!复)|成的?比|占几(?![件条个份])|%|率(?:是|有|多|怎|如|呢|为|能|高|达|$|[?？])|几分之|占[\s\S]{1,14}(?:多少|几)(?![件条个份])|占[\s\S]{0,16}(?:多少|几)个?(?:百分)?点|相当于.{1,24}(?:多少|几)成"
)
_SUM = re.compile(
    r"共(?=[发收办开接批罚出推登挂]?(?:了|过)?(?:多少|几))|汇总(?:起来)?(?:是|有)?(?:多少|几)|[加合算凑归](?:在|到)?一(?:块|起|堆)儿?|[加合]起来|[全都]算上?(?:下来|起来)|相加|总和|之和|加总|合计|一共|总共|共计|加上|拢共|统共|小计|求和|累加|(?<=[\u4e00-\u9fff])\+(?=[\u4e00-\u9fff])|累加|一并(?=是|有|多少|几)|(?<![参增附更添施外])加(?=[\u4e00-\u9fff])"
)
_LIST = re.compile(
    r"分别|各(?:是|有|占|自|类|项|种|列|个|来|收|交|提|递|报|送|办|给|发|做)?(?:是|有|了|到)?(?:多少|几)|按(?:申请人|主体|身份)(?:类别|类型|种类)?(?:分|来|列|给|看|各|统计)|一样一样|逐样|一项一项|一条一条|一个一个|[三四五六七八](?:种|个)(?:原因|理由|情况|情形|子项|小项|分项)|[两三四五六七八]小项|各(?:类|项|种|列|种类|情形)|按[大小]?[类项种](?!别的)|列(?:一下|出|成|个|举|表|给)|明细|构成|分布|都是哪[些几]?(?!人)|每(?:一)?(?:类|种|项|列|个)|哪几类|哪几种|怎么分|分成|分类|逐项|逐一|详细|具体(?:有|是|情况|数)|都有(?:多少|哪|几)|分(?:一下|开来?)|哪些(?:申请人|结果|情形)|清单|表格|各多少|各几|各(?=[收办发有罚批公])|汇总(?!(?:起来)?(?:是|有)?(?:多少|几))|拆开|细分|分项|几种(?:结果|情形)|分一分|拆给|拆成|一条条|一样样|列(?:各|数)|[两三四五六七八]小?[项类](?:的|各|分)|拆解|一项项|逐条|每条|挨个|逐个|都是(?:啥|什么)人|都要$|两个都|三个数|两个数|[两三五六七八九十](?:列|行|种情形|类情形|项情形|种结果)|[两三四五六七八九]个数|各自|各有|由(?:哪|什么)[^,，。?？]{0,6}(?:组成|构成)|每(?:一)?(?:部分|块)|各[填写](?:了|的|着)?(?:啥|什么|多少|几)"
)
_EXISTS = re.compile(
    r"有没有|有无|是否|是不是|有没|有过|有.{0,14}(?:吗|么|没有?)[啊呀呢嘛]*[?？]?$|没有?[啊呀呢嘛]*[?？]?$|.吗[?？]?$|对吧|对不对|是吧|真的|属实|过没|了没|吧[?？]?$|对[吗么]|不是[?？]$|请确认|确认一下|核实一下|真的假的"
)
_WHERE = re.compile(
    r"在哪(?!些|几个?方面|方面)|哪里写|哪儿写|哪一?(?:节|页|段|章|部分|张表|个表|栏|行|列|处|句)|第几[项款](?!措施|条)|第几(?:节|部分|页|行|章|列|栏|块)|出处|出自|原文|来源|[在从](?:报告|年报)?(?:的|里)?哪(?:个|一)?(?:地方|位置|块(?!钱))|(?:哪个|什么|啥)地方(?:来|看|写|抄|找)|从哪(?:份|个|张|本)?(?!.{0,3}(?:渠道|途径|方式)).{0,4}来|哪儿?来的|哪里来的|哪张|原话|怎么写的|怎么说的|怎么表述|怎么讲的|原句|照搬|(?:印|登|写|列|填|放|摆)在(?:这?份?(?:报告|年报))?的?里?哪(?!一?年)|哪个?部分|从哪(?:儿|里)?(?:来|看|得|找|查)|写在|哪句|那一?[段句](?:话|文字)?(?!时)|抄(?:给|一下|出)|摘(?:给|录|抄)|贴(?:出|给)"
)
_COMPARE = re.compile(
    r"比(?:上年|去年|前年|上一年|往年|前一年|头一年|20\d\d|[12]\d年)|(?:跟|和|与|同|较|拿)(?:上年|去年|前年|上一年|20\d\d年?|[12]\d年).{0,8}(?:比|差|多|少)|较(?:上年|去年|20\d\d|[12]\d年)|往[上下][走掉滑降涨]|一路[走升降涨跌]|走高|走低|多了还是少了|[涨增升]了还是|净增|净减|差几|差多少|同比|环比|增长|(?:增加|减少|多|少|涨|降)了?多少(?!项|个项目)|(?<!最)[多少增减涨降升][收发办罚批推报]?[了出](?:多少|几|百分)(?!项|个项目)|变化|趋势|走势|涨了|降了|(?<![花用扣去丢除])[掉跌落]了(?:多少|几)|增幅|降幅|历年|逐年|涨幅|(?:多|少|增加|减少|增|减|涨|降)了?几(?=[件个条次份起宗])|相比(?:于|之下)?|和(?:上年|去年|前年|20\d\d).{0,6}(?:比|对比|相比)"
)
# One thing of a report against another of the same report: both are told.
_WITHIN = re.compile(
    r"(?<![占百])比(?!如|例|方说|重|率|较).{0,12}(?:多|少|高|低|大|小)(?!少)|(?:和|跟|与).{1,24}(?:哪个|谁)(?:多|少|高|低)|还是.{1,10}(?:多|少)(?!少)"
)
_RANK = re.compile(
    r"高峰|峰值|低谷|谷底|最重|最轻|最常[用见]|最主要|最凶|最猛|最狠|最勤|最积极|最厉害|最爱|最多|最少|最高|最低|最大|最小|垫底|排在?(?:最)?前|排个?(?:队|名|序|先后|高低|座次)|排列|[从由][高多大]到[低少小]|[从由][低少小]到[高多大]|排(?:一下|一排|出来)|居首|排头|第一的|第一吗|也是[\u4e00-\u9fff]{0,4}第一|第[二三四五](?:名|位|多|高)|冠军|亚军|季军|榜首|排名|排第|前[三五十\d]+名?|(?:第|头)一[名位]|头名|头筹|哪一?[个家种类项年].{0,6}(?:更多|更少|更?[多少高低]一?[些点]|多[?？]?$|少[?？]?$|高[?？]?$|低[?？]?$)|倒数|谁.{0,4}多|谁[^,，。?？]{0,10}得(?:更|最|比较)?[多少高低]"
)
_NUMBER = re.compile(
    r"多少|(?<![十那这哪好])几(?!乎|时|何)|数量|总数|场次|件数|条数|数字|总量|人数|次数|数目|(?:是|有)几|[量数](?:是|呢|为)?[?？]?$|多不多|多大|多高|金额|比例|占比|规模|合计|共计|是\d+.{0,2}还是\d+|个数|新收数"
)
_WHY = re.compile(
    r"为什么|为何(?!数|值)|为啥|咋|怎么(?!算|填|写的|说的)|怎样|如何|(?:什么|啥)原因|原因(?:是|在|何)|哪(?:些|几个|个)?方面|哪些(?!申请|结果|情形|年|单位|机关|部门|数)|哪几(?:方面|点|条|项|个方面|大)|干嘛|干啥|做啥|做法|措施|举措|办法|内容|介绍|讲讲|说说|说了(?:什么|啥|些)|情况|经验|打算|计划|安排|怎么样|什么(?!时候|意思|叫|概念|区别|不同)|啥"
)
_COUNTED = re.compile(r"(?:多少|几)[件个条份次场篇宗起家]")
_MONEY = re.compile(
    r"多少钱|金额|多少元|几元|(?:几|多少)万[元块]|几块|费用|花了|花费|款额|总额|罚款(?:了)?多少(?![次件起家人])|(?:金|款)是多少"
)
# Units that no sentence or cell counts in: with them nothing fits, and nothing near is given instead.
_BODIES = re.compile(r"(?:多少|几)个?(?:部门|单位|镇|街道|乡镇|乡|村|区县|科室|处室)(?!申请)")
_PIECES = re.compile(r"(?:专栏|栏目|平台|账号|渠道).{0,4}(?:几|多少)个|(?:几|多少)个(?:专栏|栏目|平台|账号)")
_PEOPLE = re.compile(r"多少(?:个)?人|几(?:个)?人|人数|几名|多少名|几位|多少位|人次|多少人次")
_DAYS = re.compile(r"多少天|几天|多久|多长时间|平均(?:时|用|办|答|处)|工作日|时长|多少个工作日|小时|分钟|多快|花多少时间")
_TIMES = re.compile(r"场次|几次|多少次|次数|几场|多少场|几期|多少期|几回|多少回")
_INFO = re.compile(r"多少条|几条|条数|多少篇|几篇|多少则|多少个视频|几个视频")
_REQUESTS = re.compile(r"(?:几|多少)(?:件|起|宗|份|封|笔)")
_SECTIONS: tuple[tuple[int, str | None, re.Pattern[str]], ...] = (
    (5, "problems", re.compile(r"(?<!换个)(?<!问个)(?<!一个)问题(?!.{0,3}改进)(?!是什么意思)|不足(?![\d一二三四五六七八九十百千])|短板|缺点|哪里没做好|没[做搞干弄]好|没[做搞干弄]到位|没有?做到位|差距|困难|薄弱|欠缺|哪里不好|毛病|做得不(?:好|够)|不够好|缺陷|哪儿不行|不到位")),
    (5, "measures", re.compile(r"改进|整改|下一步|下步|打算怎么|打算咋|准备怎么|准备咋|咋办|怎么办(?!理|的|了)|咋整|咋改|打算.{0,8}(?:改|解决|弥补)|采取.{0,4}措施|第.条措施|措施(?:具体|有哪|是什么|是啥|包括|说)|改善|努力方向|今后|接下来|以后怎么|怎么解决|如何解决|怎么治|整治|克服|怎么纠|未来|下一年.{0,4}(?:计划|打算)|对策|弥补|提高措施|怎么改")),
    (6, None, re.compile(r"其[他它](?:需要)?(?:报告|说明|汇报)的?事[项情]|需要报告的其[他它]事[项情]|别的要报告|其[他它]事项|补充说明|第六部分|其[他它]要报告|其[他它]需要报告")),
)  # fmt: skip
# Where in the form something stands: 表三里, 第（五）项. It tells a reader where to look and restricts nothing.
_FORM_PLACES = re.compile(
    r"(?:在|从)?(?:附|统计|年报)?表(?:格)?[一二三四1234](?:之)?(?:中|里面?|内|上|的)?|第二十条|第?[(（][一二三四五六七八九][)）]项?|第[一二三四五六]部分(?:中|里)?|这一?[行列栏格]|那一?[行列栏格]|一[栏列行]"
)
# Whose share is asked for where that is whoever has the most, or the least.
MOST_OF_ALL, LEAST_OF_ALL = "<most>", "<least>"
GENERIC = words_of("service", "generic_words.txt")
_FOLLOW = re.compile(
    r"^(?:那|同口径|同样|(?:别|其他|其它|另外)的?[\u4e00-\u9fff]{2,6}呢|两者|二者|俩|改查|改看|其中|这些|这里|它|那么|还有|再|换成|改成|里面|当中|这|上面|都是|都有|是哪|谁|列成|做成|整理成|列个|列出|按年|按年度|做个表|来源|出处|原文|刚才|前面|另外|以及|呢|同样|如果是|要是|不对|不是|我问的是|我是问|和)|呢[?？]?$|(?:^|[^是])哪一?个[?？]?$|同样(?:这|那)?[两三四几]?[项个样]|[也都](?:报|查|看|说|给|列)一?下$|能查到?(?:不|吗|么)[?？]?$|又是(?:什么|啥)"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    metrics        ids named outright (table 三, derived, rates)
    rows, columns, blocks, results   parts of tables 二 and 四 that combine to metrics
    subject, channels   what a narrative number should count
    unit           class of unit asked for (money, people, days, times, info, percent) or None
    section, topic the section asked for
    matter         the question without agency and year: what is searched for
    asked          the same in the question's own words, whatever a follow-up takes over
    residue        words of the matter that no concept accounts for
    premise        a number that the question asserts; with ``premise_top`` the bounds of one that it rounds (五百多, 十几)
    group          the bodies that it asks about, by their kind (各街道)
    whole          全市, 全省: the unit of a place that is meant as a whole, named or not
    condition      what picks reports out: 超过一百件
    picked         the words that pick them where one bound does not say it all (picking.py), without bodies
    singled        one body of the group, whose share is asked for
    excluded       bodies of the group that are left out
    placed         whether its bodies are named by their place in the last ranking: 第二名2023年是多少
    shared         whether it goes on with shares that were told before: 谁最高
    top            how many a ranking should name, and which end of it
    """

    text: str
    corrections: tuple[tuple[str, str], ...] = ()
    mention: Mention = field(default_factory=lambda: Mention(()))
    years: tuple[int, ...] = ()
    relative: str | None = None
    metrics: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    subject: str | None = None
    channels: tuple[str, ...] = ()
    unit: str | None = None
    section: int | None = None
    topic: str | None = None
    operation: str = "value"
    asks_number: bool = False
    joined: bool = False
    matter: str = ""
    asked: str = ""
    residue: tuple[str, ...] = ()
    qualifier: str | None = None
    part_of_year: bool = False
    premise: float | None = None
    premise_top: float | None = None
    follows: bool = False
    bare_other: bool = False
    shares: tuple[str, str] | None = None
    base: str | None = None
    attributive: str | None = None
    unit_only: bool = False
    pieces: tuple[str, ...] = ()
    group: Group | None = None
    whole: str = ""
    condition: Condition | None = None
    picked: str = ""
    shared: bool = False
    top: int = 1
    least: bool = False
    mean: bool = False
    growth: str = ""
    singled: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    placed: bool = False

    @property
    def has_cells(self) -> bool:
        """Whether a cell of the form is named (strongly)."""
        return bool(self.metrics or self.rows or self.blocks)

    @property
    def subject_only(self) -> bool:
        """Whether the matter is one of the narrative alone."""
        return self.subject not in (None, "requests.received", "requests.completed")

    @property
    def has_rows_named_other(self) -> bool:
        """Whether 其他 in the question belongs to a row's or result's own label."""
        return any(m.startswith(("outcome.other", "services.")) for m in self.metrics) or "services" in self.rows

    @property
    def has_topic(self) -> bool:
        return bool(self.has_cells or self.subject or self.section or self.channels)


def understand(question: str, held: Directory, segmenter: Segmenter) -> Query:
    """The query in ``question``, given the bodies held."""
    said = _corrected(question, held, segmenter)
    if said is not None:
        return said
    normal: Normalised = normalise(question, segmenter, held.spoken)
    aside = without_talk(normal, held, segmenter)
    normal = replace(normal, text=aside) if len(aside) >= 4 else normal
    excluded, text = _without_some(spelt_out(normal.text, held), held)
    first_hits = find_terms(text)
    if not any(not h.weak and h.kind in ("metric", "row", "block", "derived", "rate") for h in first_hits):
        near = mend_label(text, segmenter)
        if near:
            normal = replace(normal, text=near[2], corrections=(*normal.corrections, near[:2]))
            text = normal.text
            first_hits = find_terms(text)
    protected = [(h.start, h.end) for h in first_hits if not h.loose]
    group = find_group(text, held)
    if group and any(
        a <= group.span[0] and group.span[1] <= b and (a, b) != group.span for a, b in names_in(text, held, segmenter, protected)
    ):
        group = None  # 云溪市人民政府有哪几年: the noun belongs to a name
    mention = find_agencies(mask(text, group.spans) if group else text, held, segmenter, protected)
    if (
        (group or someone(text))
        and len(mention.agencies) == 1
        and re.search(r"[跟和与同向]$", text[: mention.spans[0][0]])
        and text[mention.spans[0][1] :]
    ):
        mention = Mention((), mention.spans)  # 哪几家单位跟市档案馆建的: with whom, not who
    if group and (mention.agencies or mention.unknown) and not mention.places:
        # A body is named: what it has below it is not held as such, and 哪个部门 is a word of its own report.
        group, mention = None, find_agencies(text, held, segmenter, protected)
    if group and len(mention.named) > 1 and group.kind in ("county", "city", "province", "government"):
        group = None  # 云溪、碧原两市: they are named
    if group is None and len(mention.agencies) > 1 and not mention.named and not mention.places and not mention.partial:
        group = every_namesake(text, mention.spans, held)  # 教育局系统谁的公开率最高
        mention = Mention(()) if group else mention
    if group is None and not mention.agencies and not mention.unknown and len(held.bodies) > 1:
        group = someone(text)
    if (
        group is None
        and not mention.agencies
        and not mention.unknown
        and (held.stems.get(text[:2]))
        and re.match(r"\d|去年|前年|今年|的|收|公开|有", text[2:])
    ):
        mention = Mention(held.stems[text[:2]], ((0, 2),))  # 城关2024年收了几件
    singled = _one_of_their_sum(text, mention, held, segmenter)
    masked = mask(text, mention.spans)
    if group:
        masked = mask(masked, group.spans)
    if mention.unknown:
        at = masked.find(mention.unknown)
        masked = mask(masked, [(at, at + len(mention.unknown))] if at >= 0 else [])
    carried, masked = carried_over(masked)
    hits = find_terms(masked)
    # 上一年的整改措施: the year before, where no table is spoken of.
    told = any(p.search(masked) for _, _, p in _SECTIONS) and not any(h.kind in ("metric", "row") for h in hits)
    cells = any(h.kind in ("row", "column") and not (h.kind == "column" and _LAST_YEAR.fullmatch(masked[h.start : h.end])) for h in hits)
    metric_spans = [
        (h.start, h.end)
        for h in ([] if told else hits)
        if not h.loose and not h.weak and (h.kind == "metric" or (h.kind == "column" and cells))
    ]
    years, relative, masked = years_in(masked, metric_spans)
    hits = find_terms(masked)
    premise, premise_top = premise_in(masked)
    matter = re.sub(r"\s+", " ", masked.replace("\n", " ")).strip(" ,，。?？!！、")
    query = Query(
        text=text,
        corrections=normal.corrections,
        mention=mention,
        years=years or carried[1],
        relative=relative,
        matter=matter,
        asked=matter,
        follows=bool(_FOLLOW.search(text)),
        part_of_year=bool(PARTS_OF_YEAR.search(masked)),
        joined=bool(re.search(r"和|与|、|及|跟|(?<![参增附更添施外])加(?=[\u4e00-\u9fff])|以及|还有|分别|各|\+", masked))
        or len(normal.pieces) > 1,
        pieces=normal.pieces,
        asks_number=bool(_NUMBER.search(masked)),
        unit=_unit(masked),
        premise=premise,
        premise_top=premise_top,
        group=group,
        excluded=excluded,
        singled=singled,
        whole=group.whole if group else whole_place(text),
        condition=condition_in(masked) or _exactly(masked, group, premise, premise_top),
        top=max(top_of(masked), most_of(text)),
        least=bool(LEAST.search(masked)),
        mean=bool(re.search(r"平均|人均|均值|均数", masked)),
        growth=growth_in(masked),
    )
    if query.condition is None and (group or len(mention.named) > 1) and re.search(r"哪|几家|多少家|谁", text):
        for hit in hits:
            if hit.kind in ("metric", "block", "row", "derived") and re.search(
                r"(?<!有)(?:没有?|无|未)(?:发生|产生|提起|出现)?过?$", masked[: hit.start]
            ):
                query = replace(query, condition=Condition("=", 0, f"没有{masked[hit.start : hit.end]}"))
    if grown := growth_bound_in(masked):
        query = replace(query, condition=grown, growth="rate" if grown.percent else "amount")
    query = _concepts(query, hits, masked, carried[0])
    query = _narrative(query, masked)
    # 强制措施, 行政处罚: what names a cell speaks of no section.
    query = _section(
        query, mask(masked, [(h.start, h.end) for h in hits if not h.weak and not h.loose and h.kind in ("row", "metric", "block")])
    )
    if query.growth and asks_share(query):
        query = replace(query, growth="")  # 占比最高的是百分之几: how large a share is, not how it grew
    query = replace(query, operation="share" if query.singled else _operation(query, masked, hits))
    of_whole = query.operation == "share" and not group and len(mention.agencies) == 1 and re.search(r"占(?:了|到)?全([省市区县])", text)
    if of_whole and (over := held.government_above(mention.agencies[0], of_whole[1])):
        own = mention.agencies
        query = replace(query, mention=replace(mention, agencies=(*own, over), named=(own, (over,))))  # of what the whole place counts
    items = [r for r in query.rows if f"{r}.items_change" in all_metrics()]
    if items and set(query.columns) <= {"items_change"} and _ITEMS_CHANGED.search(masked) and len(query.years) < 2:
        # 许可项目跟上一年比添了几项: a column of the form of 2019
        query = replace(query, columns=("items_change",), operation="value", growth="")
    residue = _residue(masked, hits, segmenter)
    attributive = None if query.group or query.mention.named else _attributive(masked, hits)
    if (query.operation == "compare" or query.growth) and (len(query.years) > 1 or re.search(r"比|较", text)):
        # 比2023年增加, 较上年: the change between two reports is asked for, not a column of one.
        query = replace(query, columns=tuple(c for c in query.columns if c not in ("items_change", "items_last_year")))
    return replace(
        query,
        residue=residue,
        qualifier=_qualifier(masked, hits, [w for w in residue if len(w) > 2 or segmenter.known(w)], query.metrics),
        attributive=attributive,
    )


def _one_of_their_sum(text: str, mention: Mention, held: Directory, segmenter: Segmenter) -> tuple[str, ...]:
    """甲、乙新收之和里，甲的份额: the body whose share of what several add up to is asked for."""
    whole = re.search(r"(?:之和|总和|合计|总数|总量)(?:里头?|里面|当中|中)", text)
    if whole is None or len(mention.named) < 2 or not re.search(r"占|份额|比例|比重(?!复)|百分|几成", text[whole.end() :]):
        return ()
    told = find_agencies(text[whole.end() :], held, segmenter).agencies
    named = [a for own in mention.named for a in own]
    return tuple(a for a in told if a in named)[:1]


def _without_some(text: str, held: Directory) -> tuple[tuple[str, ...], str]:
    """The bodies that a question about a group leaves out, and the question without them: 除省教育厅以外的各教育局."""
    for match in re.finditer(r"(?:除了?|除[去开掉]|不算|不含|不包括|剔除|刨[掉去])", text):
        named = held.match(text, match.end())
        out: tuple[str, ...] = named.agencies if named else ()
        while named and (joint := re.match(r"和|、|与|及|跟", text[named.end :])) and (more := held.match(text, named.end + joint.end())):
            named, out = more, (*out, *more.agencies)  # 除了甲和乙
        after = re.match(r"(?:以外|之外|外|不算)?(?:的(?=[各所其全])|[,，])?", text[named.end :]) if named else None
        if named is None or not 0 < len(named.agencies) < 4 or not after or not after.group():
            continue
        rest = text[: match.start()] + text[named.end + after.end() :]
        group = find_group(rest, held)
        if group is not None and not group.vague:
            return out, rest
    return (), text


def things_in(text: str) -> Query:
    """What a stretch of a question names, by itself: metrics, rows, results, applicants, subject and channels."""
    return _narrative(_concepts(Query(text=text, matter=text, asked=text), find_terms(text), text, None), text)


_ITEMS_CHANGED = re.compile(r"项目[\s\S]{0,10}?(?:[添增加减砍少多](?:了|出)?[多几][少]?个?项|增减)|[添砍](?:了)?几项")


_OOPS = re.compile(
    r"[…，,。.、\s]*(?:哦?不对|说错了|打错了|写错了|错了|哦不是?|啊不是?|呃不|(?<=[…。.、，,])不是)[…，,。.、\s]+(?:是|我是说|应该是|我问的是)?"
)


def _corrected(question: str, held: Directory, segmenter: Segmenter) -> Query | None:
    """A question that takes back its own beginning: 望川区公安…不对，望川区教育局; 2023年，错了，2022年."""
    match = _OOPS.search(question)
    if not match or not question[: match.start()].strip() or not question[match.end() :].strip():
        return None
    last = understand(question[match.end() :], held, segmenter)
    first = understand(question[: match.start()], held, segmenter)
    if last.has_topic or last.weak:
        told = last.mention.agencies or last.mention.unknown or last.group
        return replace(last, mention=last.mention if told else first.mention, years=last.years or first.years)
    if not (first.has_topic or first.weak):
        return None
    mention = last.mention if last.mention.agencies or last.mention.unknown else first.mention
    return replace(first, mention=mention, years=last.years or first.years, relative=last.relative or first.relative)


# 上一年 is a column of table 二 only beside its rows; alone it is a year.
_LAST_YEAR = re.compile(r"上一?年")


def _exactly(text: str, group: Group | None, premise: float | None, top: float | None) -> Condition | None:
    """The number that a question picks bodies by: 有几家单位培训办了6次."""
    picks = group is not None and re.search(r"有几[家个]|哪些|哪几|谁|多少[家个]|是哪[家个]", text + group.noun if group else text)
    if (
        premise is None
        or top is not None
        or not (picks or (group and not group.each))
        or re.search(r"最|排|对吗|对吧|吗[?？]?$|[两二三四五六七八九十](?:种|类)", text)
    ):
        return None
    return Condition("=", premise, f"正好{premise:g}")


def _unit(text: str) -> str | None:
    if (_MONEY.search(text) and _REQUESTS.search(text)) or (_TIMES.search(text) and _PEOPLE.search(text)):
        return None  # 几件、几元: both are asked for
    for name, pattern in (
        ("bodies", _BODIES),
        ("other", _PIECES),
        ("money", _MONEY),
        ("days", _DAYS),
        ("people", _PEOPLE),
        ("times", _TIMES),
        ("info", _INFO),
        ("request", _REQUESTS),
    ):
        if pattern.search(text):
            return name
    return None


# Both ways to court as one: 直接起诉和复议后起诉都算, 两种诉讼合起来.
_BOTH_WAYS = re.compile(
    r"(?:诉讼|起诉|的)?(?:都算|都算上|都包括|合起来|加起来|合在一起|加在一起|相加|合计|不分)|[两俩二]种?(?:类|种)?(?:诉讼|起诉)[^,，。]{0,2}(?:合|加|一起|总)"
)


def _concepts(query: Query, hits: Sequence[TermHit], text: str, carried: str | None) -> Query:
    """Hits to metrics, rows, columns, blocks, results and applicants, the more telling ones alone."""

    def ids(kind: str, *, weak: bool = False, loose: bool | None = None) -> list[str]:
        return list(dict.fromkeys(h.id for h in hits if h.kind == kind and h.weak == weak and (loose is None or h.loose == loose)))

    # 完全公开的，不含部分公开: what is left out is not asked for.
    hits = [
        h
        for h in hits
        if h.kind not in ("metric", "derived", "row", "block")
        or not (
            re.search(r"(?:不含|不算|不包括|不包含|不要算?|(?<![是不])不是)(?:那些)?$", text[: h.start])
            or re.match(r"(?:的|那些)*(?:不要|别|不用|不)(?:算|计)(?:进来|进去|在内|$|[,，。?？)）])", text[h.end :])
        )
    ]
    metrics = ids("metric", loose=False) + ids("derived") + ids("rate")
    metrics += [m for m in ids("metric", loose=True) if m not in metrics]
    if carried and carried not in metrics:
        metrics.insert(0, carried)
    rows, blocks = _with_weak_rows(ids("row"), hits, text), ids("block")
    blocks = [b for b in blocks if not any(o != b and o.startswith(b + ".") for o in blocks)]
    if (
        {"litigation.direct", "litigation.after_review"} & set(blocks)
        and "litigation" in blocks
        and not re.search(r"和行政诉讼", text)
        and not _coordinated(hits, text)
    ):
        blocks.remove("litigation")  # 没复议直接起诉的，法院维持了几件: one block, whatever courts are called
    gapped = [h for h in hits if h.loose and h.id == "litigation.after_review"]
    if (
        "review" in blocks
        and gapped
        and all(any(g.start <= h.start and h.end <= g.end for g in gapped) for h in hits if h.kind == "block" and h.id == "review")
    ):
        blocks.remove("review")  # 复议后再告: the word for review stands in the other's own name
    if "litigation" in blocks and len(blocks) > 1:
        words = [text[h.start : h.end] for h in hits if h.kind == "block" and h.id == "litigation"]
        if all(re.search(r"[输赢]", w) for w in words):
            blocks.remove("litigation")  # 复议输过没有: the word for losing names no court of its own
    metrics, inner = _of_block(metrics, hits, text)
    if inner is not None and "litigation" in blocks:
        blocks.remove("litigation")
    if {"litigation.direct", "litigation.after_review"} & set(blocks) and not _coordinated(hits, text):
        blocks = [b for b in blocks if b.startswith("litigation.")]  # 先复议再去告 is no review
    if {"litigation.direct", "litigation.after_review"} <= set(blocks) and _BOTH_WAYS.search(text) and not re.search("各|分别", text):
        blocks = [b for b in blocks if not b.startswith("litigation.")] + ["litigation"]
    # A metric whose part is named too is only the frame: 不予公开里的国家秘密.
    shares = _frame(metrics, hits, text)
    metrics = [m for m in metrics if not any(o != m and o.startswith(m + ".") for o in metrics)]
    for whole in [m for m in metrics if all_metrics()[m].kind == "sum"]:
        metrics = [m for m in metrics if m not in all_metrics()[whole].parts]  # 新收加上结转 names the sum and its parts
    if set(_FRAMES) <= set(metrics) and not _joined_to("requests.received", hits, text) and not _joined_to("outcome.total", hits, text):
        metrics.remove("requests.received")  # 处理了几件申请: what was handled, not what came in
    if (
        metrics == ["outcome.other"]
        and len(re.findall(r"其[他它]", text)) > 1
        and not re.search(r"其[他它](?:申请|组织|结果|处理.*其[他它]处理)", text)
    ):
        metrics = ["outcome.other.rest"]  # 其他处理里的其他: the last of its rows
    bare = re.search(r"(?:^|[,，、:：;；\s\n])(?:予以|同意)?公开的?(?=[、,，和跟与加])", text)
    if bare and {"outcome.partial", "outcome.refused"} & set(metrics) and "outcome.granted" not in metrics:
        metrics.insert(0, "outcome.granted")  # 公开的、部分公开的: the bare word stands for the first of them
    if {"outcome.granted", "outcome.refused"} & set(metrics) and re.search(r"[、,，和与跟及]部分的?(?=[、,，和与跟及])", text):
        metrics.append("outcome.partial")  # 予以公开、部分、不予公开
    parents = {m.rpartition(".")[0] for m in metrics if m.count(".") > 1}
    if (
        len(parents) == 1
        and len([m for m in metrics if m.count(".") > 1]) > 1
        and re.search(r"…|\.{3}|等等|什么的|啥的|之类|都说说|都列", text)
    ):
        metrics = list(all_metrics()[parents.pop()].parts) or metrics  # 重复的几件、信访的几件…: all of their kind
    if len(set(OUTCOME_CLASSES) & set(metrics)) > 1 and _AND_SO_ON.search(text):
        metrics = [*(m for m in metrics if m not in OUTCOME_CLASSES), *OUTCOME_CLASSES]
    if len({m for m in metrics if m.startswith("outcome.") and m.count(".") == 1}) > 2 and re.search(
        r"(?:、|和|与|及|还有)其[他它](?=$|[\s,，。?？各分都])", text
    ):
        metrics.append("outcome.other")  # the last of the classes, listed by its short name
    if {"requests.carried_in", "requests.carried_out"} <= set(metrics) and not _joined_to("requests.carried_out", hits, text):
        turned = re.search(r"前一年|上一年|上年|去年|头一?年|往年", text)  # 前一年没办完、转到这一年的: one number
        metrics.remove("requests.carried_out" if turned else "requests.carried_in")
    both = {"requests.carried_in", "requests.carried_out"} <= set(ids("metric", weak=True))
    if not metrics and both and re.search(r"前一年|上一年|上年|去年|头一?年|往年", text) and not re.search("加|合|总量", text):
        metrics = ["requests.carried_in"]
    elif not metrics and both and re.search(r"年底|年末|期末|底还|还剩|剩", text):
        metrics = ["requests.carried_out"]
    if "outcome.refused" in metrics and re.search(r"(?:一件|半件|一份|一宗)(?:都|也)?没(?:有)?(?:予以|给|同意)?公开", text):
        metrics = ["outcome.granted" if m == "outcome.refused" else m for m in metrics]  # 一件都没公开: none was granted
    spanned = [m for m in OUTCOME_CLASSES if m in metrics]
    if spanned and re.search(r"从(?:予以)?公开到其[他它]", text):
        spanned = [OUTCOME_CLASSES[0], OUTCOME_CLASSES[-1]]
    if len(spanned) == 2 and re.search(r"从.{2,8}到.{2,8}", text):  # 从予以公开到其他处理: all of them in their order
        metrics = [*OUTCOME_CLASSES[OUTCOME_CLASSES.index(spanned[0]) : OUTCOME_CLASSES.index(spanned[1]) + 1]]
    telling = [m for m in metrics if m not in _FRAMES]
    for frame in _FRAMES:
        if frame in metrics and (telling or rows or blocks) and not _joined_to(frame, hits, text) and not _asked_itself(frame, hits, text):
            metrics.remove(frame)  # 收到的申请里, 办理结果中: where the figure asked for belongs
    if blocks and not rows:
        # 败诉率, 复议纠错率 are rates of their own; 被驳回 of a lawsuit is no outcome of a request.
        named = [m for m in metrics if m.startswith(("litigation.", "review."))]
        metrics = [m for m in metrics if m.startswith("rate.") or m in named or _coordinated(hits, text)]
        if named:  # 行政诉讼结果维持 is a name of its own: its words are no further wish
            blocks = [b for b in blocks if not any(m.startswith(b + ".") for m in named)]
    columns = ids("column")
    rates = [m for m in metrics if m.startswith("rate.")]
    if rates:
        metrics, blocks = rates, []
    results = list(dict.fromkeys([*ids("result"), *(inner or ())]))
    if len(results) > 1 and _AND_SO_ON.search(text) and re.search(r"结果|分|各", text):
        results = ["upheld", "corrected", "other", "pending", "total"]
    if metrics and not blocks:
        results = []
    base = None
    if not rates and (summed := _summed_share(metrics, hits, text)) is not None:
        metrics, base = summed
        shares = None
    return replace(
        query,
        base=base,
        metrics=tuple(metrics),
        rows=tuple(rows),
        columns=tuple(columns),
        blocks=tuple(blocks),
        results=tuple(results),
        applicants=_named_or_all(_people(ids("applicant"), text), text),
        weak=tuple(ids("metric", weak=True) + ids("row", weak=True)),
        bare_other="outcome.other" not in metrics
        and bool(
            re.search(
                r"其[他它](?!处理|结果|法|对外|管理|组织|需要|事|机构|申请人|信息|部门|单位|要|情形|情况|人|机关|项|的?(?:地方|方面|年|渠道|平台))",
                text,
            )
        ),
        shares=shares,
        unit_only=not metrics
        and not rows
        and not blocks
        and not re.search(r"申请|收|报|文件|费", text)
        and all(re.search(r"几|多少", text[h.start : h.end]) for h in hits if h.weak),
    )


def _with_weak_rows(rows: list[str], hits: Sequence[TermHit], text: str) -> list[str]:
    """采购和收费: a row that is named weakly counts beside another that it is joined to."""
    order = [h for h in hits if h.kind == "row" and not h.loose]
    for one, two in itertools.pairwise(order):
        if one.weak != two.weak and re.fullmatch(r"和|与|、|及|跟|以及|还有", text[one.end : two.start]):
            weak = one.id if one.weak else two.id
            rows = rows if weak in rows else [*rows, weak]
    return rows


def _of_block(metrics: list[str], hits: Sequence[TermHit], text: str) -> tuple[list[str], tuple[str, ...] | None]:
    """复议后起诉的行政诉讼结果维持 is one cell of one block: the sum over both blocks that its words name alone is not meant.

    The metrics without that sum, and the results that it named; None for them where nothing of the kind stands in the text.
    """
    ends = {h.end for h in hits if h.kind == "block" and h.id in ("litigation.direct", "litigation.after_review")}
    inner: tuple[str, ...] | None = None
    for hit in hits:
        if hit.id.partition(".")[0] != "litigation" or hit.kind not in ("metric", "derived", "block") or hit.id.count(".") > 1:
            continue
        if hit.id in ("litigation.direct", "litigation.after_review"):
            continue
        if any(re.fullmatch(r"的|之后的|那类的?|类", text[end : hit.start]) for end in ends if end <= hit.start):
            result = hit.id.partition(".")[2]
            inner = (*(inner or ()), *((result,) if result and result != "total" else ()))
            metrics = [m for m in metrics if m != hit.id]
    return metrics, inner


# Everyday words for whoever applies. They mean natural persons, or just anybody: both figures are given.
_ANYBODY = re.compile(r"老百姓|百姓|市民|群众|居民|村民|公民|普通人")


def _people(found: list[str], text: str) -> tuple[str, ...]:
    if re.search(r"其[他它][”」\"']?(?:这|那)?一?[列栏](?!出)", text) and "other" not in found:
        found = [*(a for a in found if a != "legal_persons"), "other"]  # the column of that name
    if found == ["legal_persons"] and re.search(r"(?:底下|里面?|中|下面|其中|最后).{0,6}(?<!或)(?<!者)(?<!和)其[他它]", text):
        return ("other",)  # the last of the five columns
    if len(found) > 1 and re.search(r"(?:、|和|及|与|还有)[“「]?其[他它](?!组织)", text) and "other" not in found:
        return (*found, "other")
    if "natural" in found and (_BUT_NATURAL.search(text) or re.search(r"非(?:自然人|个人)", text)):
        found = [a for a in found if a != "natural"] or ["legal_persons"]
    if (
        "natural" in found
        and not re.search(r"自然人|私人|学生|百姓|市民", text)
        and re.search(r"(?:[一几每哪某两三死烦急]|多少)个人", text)
    ):
        found.remove("natural")  # 同一个人: a person, not the column of natural persons
    if found == ["natural"] and _ANYBODY.search(text) and not re.search(r"自然人|个人|私人|学生", text):
        return ("total", "natural")
    return tuple(found)


# 按自然人、企业什么的分开: the named ones are examples of all.
_ALL_KINDS = re.compile(r"(?:[六七67]|各|每|所有|全部)(?:个|种|类|列|栏)(?:的)?(?:申请人|申请主体)(?![里中当内])")
_AND_SO_ON = re.compile(r"(?:之类|等等|等|那些|这些)的?(?:分|各|都|列|拆)|什么的|啥的|之类|等等|[那这]些[,，。?？]?$")


_BUT_NATURAL = re.compile(
    r"(?:不算|不含|不包括|除了?|除[去开掉]|去掉|剔除)(?:自然人|个人)(?:以外|之外|外)?|(?:自然人|个人)的?(?:以外|之外|刨[掉去]|去掉|不算|除外|扣掉|撇开|除开)"
)


def _named_or_all(people: tuple[str, ...], text: str) -> tuple[str, ...]:
    if _BUT_NATURAL.search(text) and "natural" not in people:
        each = re.search(r"各|每|分别|[几五]类", text) and not re.search(r"一共|总共|合计|共[有收提]?(?:多少|几)", text)
        return tuple(LEGAL_PERSONS) if people == ("legal_persons",) and each else people
    if len(people) == 1 and re.search(r"按申请人(?:的)?(?:类别|类型|种类|身份|主体)?(?:来)?(?:拆|分|列)", text):
        return ("natural", *LEGAL_PERSONS)
    if len(people) > 1 and (_AND_SO_ON.search(text) or _ALL_KINDS.search(text)):
        return ("natural", *LEGAL_PERSONS)
    if people == ("natural",) and re.search(r"五[类种个](?:法人|组织|机构|其他)", text):
        return ("natural", *LEGAL_PERSONS)
    if (
        people
        and "total" not in people
        and re.search(r"总(?:数|量|共|计)|一共|合计|共[有收]?(?:多少|几)", text.partition("其中")[0])
        and "其中" in text
    ):
        return ("total", *people)  # 总数是多少，其中自然人几件
    return people


OUTCOME_CLASSES = ("outcome.granted", "outcome.partial", "outcome.refused", "outcome.unavailable", "outcome.unprocessed", "outcome.other")
_FRAMES = ("requests.received", "outcome.total")


def _joined_to(metric: str, hits: Sequence[TermHit], text: str) -> bool:
    """Whether a metric's own words are joined to another's by 和, 、, 加 and the like."""
    conjunction = r"(?:和|与|、|及|跟|加|,|以及|还有|减)"
    starts = {h.start: h.id for h in hits if h.kind == "metric" and not h.weak and not h.loose}
    for hit in hits:
        if hit.id != metric or hit.loose or hit.weak:
            continue
        if starts.get(hit.end, metric) != metric:
            return True  # 新收办结还有结转下年: side by side
        asked = re.match(r"(?:有|了|是)?(?:多少|几)[件份条宗起]?", text[hit.end :])
        if asked and starts.get(hit.end + asked.end(), metric) != metric:
            return True  # 新收多少办结多少
        if re.match(rf"(?:的|数|量|总数|件数){{0,2}}{conjunction}", text[hit.end :]) or re.search(
            rf"{conjunction}(?:本年|当年|的)?$", text[: hit.start]
        ):
            return True
    return False


def _frame(metrics: Sequence[str], hits: Sequence[TermHit], text: str) -> tuple[str, str] | None:
    """(part, whole) when a question names both: the one stands for the numerator of a share."""
    plain = [h for h in hits if h.kind in ("metric", "derived") and not h.weak and not h.loose]
    framed = next((h for h in plain if h.id in _FRAMES and re.match(r"的?(?:里面?|中|当中|之中|里头)[,，]?", text[h.end :])), None)
    for whole in metrics:
        for part in metrics:
            if part.startswith(whole + "."):
                return part, framed.id if framed else whole  # 办理结果总计中，因…而无法提供的
    if len(plain) == 2 and plain[0].id != plain[1].id and re.match(r"(?:里面?|中|当中|之中|里头)", text[plain[0].end :]):
        return plain[1].id, plain[0].id  # 办理结果里部分公开的比例
    if base := re.search(r"占(?:了|到)?", text):
        before = [h.id for h in hits if h.kind in ("metric", "derived") and not h.weak and h.end <= base.start()]
        after = [h.id for h in hits if h.kind in ("metric", "derived") and not h.weak and h.start >= base.end()]
        if before and after and before[-1] != after[0]:
            return before[-1], after[0]
    order = [h for h in hits if h.kind == "metric" and not h.weak and not h.loose]
    if len({h.id for h in order}) == 2:
        part, whole = order[0].id, next(h.id for h in order if h.id != order[0].id)
        # 办结结果里有百分之几是…: the frame is the whole, wherever it stands.
        return (whole, part) if part in _FRAMES and whole not in _FRAMES else (part, whole)
    return None


def _summed_share(metrics: Sequence[str], hits: Sequence[TermHit], text: str) -> tuple[list[str], str] | None:
    """(parts, whole) of a share whose part is a sum: 予以公开加部分公开占办理结果总计的多少, 答应公开（全部或部分）的占多少."""
    base = re.search(r"占(?:了|到)?", text)
    if base is None or re.search(r"分别|各占|各自", text):
        return None
    named = [h for h in hits if h.kind in ("metric", "derived") and not h.weak and not h.loose]
    before = list(dict.fromkeys(h.id for h in named if h.end <= base.start()))
    after = [h.id for h in named if h.start >= base.end()]
    summed = (m.id for m in all_metrics().values() if m.kind == "sum" and m.parts and set(m.parts) == set(after))
    if before and (over := next(summed, None)) is not None:
        return (before, over) if over not in before else None  # 占（新收＋上年结转）
    if before == ["outcome.granted"] and re.search(r"全部(?:或者?|和|及|、|加)(?:是)?部分", text[: base.start()]):
        before.append("outcome.partial")
    elif len(before) < 2 or not re.search(r"加|合|之和|总和|一起|一共", text[: base.start()]):
        return None
    whole = after[0] if after else "outcome.total" if all(m.startswith("outcome.") for m in before) else None
    if whole in before and len([m for m in before if m.startswith(f"{whole}.")]) == len(before) - 1 > 1:
        before.remove(whole)  # 不予公开的申请中，…和…两项合占不予公开总数的
    return (before, whole) if whole and whole not in before else None


def _asked_itself(metric: str, hits: Sequence[TermHit], text: str) -> bool:
    """Whether how many of a metric there are is asked for beside another: 收到多少申请，予以公开多少."""
    own = [h for h in hits if h.id == metric]
    if any(re.search(r"(?:同时|另外|并且?|还[要有]?|顺便|以及)[\u4e00-\u9fff]{0,8}$", text[: h.start]) for h in own):
        return True  # 同时给出各年办理总计
    named = any(
        re.search("多少|几", text[h.start : h.end]) or re.match(r"的?(?:数量?)?(?:是|有|总?共|一共)?(?:多少|几[件个])", text[h.end :])
        for h in own
    )
    return named and len(re.findall(r"多少|几[件条份个]", text)) > 1


def _coordinated(hits: Sequence[TermHit], text: str) -> bool:
    """Whether two different metrics stand joined by 和, 、, 加 and the like."""
    order = sorted((h for h in hits if h.kind in ("metric", "row", "block") and not h.weak and not h.loose), key=lambda h: h.start)
    for one, two in itertools.pairwise(order):
        if one.id != two.id and re.search(r"^.{0,6}?(?:和|与|、|及|跟|加|,|，|;|[?？。]|还是)", text[one.end : two.start]):
            return True
    return False


# Ways in which a request comes in; the other channels are ways of publishing.
REQUEST_CHANNELS = {"in_person", "letter", "online", "email", "fax"}


_BARE_COUNT = re.compile(r"(?:都|又|还|也)?[\u4e00-\u9fff]{0,3}[了过]?(?:几|多少)[条件次场篇人个份期]")


def several(query: Query) -> list[Query]:
    """The query once for each matter that it lists: 培训人数、回应次数、微信条数. One alone where it lists none."""
    found: list[Query] = []
    pending: str | None = None
    keywords = len(query.pieces) > 1 and all(len(p) <= 8 and not re.search(r"[吗呢吧啊?？]|没有|几|多少", p) for p in query.pieces)
    pieces = query.pieces if keywords else (query.matter,)
    for piece in (
        p
        for whole in pieces
        for p in re.split(
            r"(?<=[几多少][条件次场篇人个份期])(?=[\u4e00-\u9fff]{2})|[、,，;；+]+|以及|还有|和|与|及|跟|加(?!起来|一起|一块)", whole
        )
    ):
        if not 2 <= len(piece) <= 24 or piece.startswith("除"):
            continue
        part = _narrative(replace(query, channels=(), subject=None, unit=_unit(piece), matter=piece), piece)
        if not (part.subject or part.channels) and not found and _unit(piece) and _BARE_COUNT.fullmatch(piece):
            pending = _unit(piece)  # 搞了几次培训: what is counted comes behind
            continue
        if pending and part.unit is None:
            part, pending = replace(part, unit=pending), None
        if not (part.subject or part.channels):
            if found and _unit(piece) not in (None, found[-1].unit):
                found.append(replace(found[-1], unit=_unit(piece)))  # 培训几次、多少人
                continue
            # Words that are no subject of their own may still be what one of the numbers counts: 政策法规.
            part = replace(query, channels=(), subject=query.subject or "published", qualifier=piece, matter=piece)
        if found and part.subject == "published" and not part.channels:
            part = replace(part, channels=found[-1].channels)  # 抖音号有吗，发了几个: the second goes on with the first
        if not any((p.subject, p.channels, p.unit) == (part.subject, part.channels, part.unit) for p in found):
            found.append(part)
    return found if len(found) > 1 else [query]


_NOT_ONLY = re.compile(r"不(?:光|只|仅|止|单)(?:是|看|要|算)?$")


def _narrative(query: Query, text: str) -> Query:
    """Subject and channels, by the same cues that the reports' sentences were read with."""
    found = [
        c.id for c in channels()
        if any(not _NOT_ONLY.search(text[: m.start()]) for m in cue_pattern(c.cues + c.terms).finditer(text))
    ]  # fmt: skip
    applying = (REQUEST_CHANNELS - {"online"}) & set(found) or re.search(r"申请|递|提交|提的", text)
    if (
        "online" not in found
        and re.search(r"(?:网上|网络|线上)(?!留言|问政|信访|咨询|投诉)", text)
        and not re.search(r"网站|公开了|发布|发了|多少条|几条", text)
    ):
        found.append("online")  # 网上 alone: how a request came in, unless publishing is spoken of
    if "website" in found and "online" in found:
        found.remove("website" if applying else "online")
    if REQUEST_CHANNELS & set(found) and applying:
        return replace(query, channels=tuple(found), subject="requests.received")
    best: str | None = None
    if found and re.search(r"关注(?!度)|粉丝|订阅", text):
        best = next((s.id for s in subjects() if s.id == "followers"), None)
    for subject in () if best else subjects():
        if cue_pattern(subject.cues + subject.terms).search(text):
            best = subject.id
            break
    if found and best == "documents":
        best = "published"  # 公众号发文: an account publishes, it issues no documents
    return replace(query, channels=tuple(found), subject=best)


def _section(query: Query, text: str) -> Query:
    if query.has_cells and query.asks_number and not re.search(r"怎么(?:解决|改|治|办(?!理|的|了))|如何(?:解决|改)|咋(?:解决|改|办)", text):
        return query
    if re.search(r"总体情况|第一部分|开头", text) and re.search(r"段|原文|抄|看|内容|写|念|贴", text):
        return replace(query, section=1)
    part = re.search(r"第([一五六156])(?:部分|节|大点|项内容)", text)
    if part and not query.has_cells:
        return replace(query, section="一二三四五六".find(part[1]) + 1 or int(part[1]))
    for number, topic, pattern in _SECTIONS:
        if pattern.search(text):
            return replace(query, section=number, topic=topic)
    return query


def asks_share(query: Query) -> bool:
    """Whether a share is asked for, whatever is done with it: 占比最高的是谁."""
    text = query.asked
    return bool(re.search(r"占|比例|比率|比重(?!复)|除以|(?:公开|纠正|维持|处理|提供)率", text)) and not re.search(
        r"占了?(?:多少|几)(?:件|起|条|份|宗|人)|[增涨跌降][长加幅速]?[^,，。]{0,4}(?:百分|比例)", text
    )


OF_TEXT = re.compile(r"正文|文字(?:部分|里|叙述|说明)|叙述(?:部分|里|中)")


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
    return bool(_RANK.search(text) or (query.group and re.search(picked, query.text)))


def _operation(query: Query, text: str, hits: Sequence[TermHit]) -> str:
    """The operation, the more specific first."""
    cells = query.has_cells or bool(query.applicants)
    if _ranks(query, text) and cells and not re.search(r"什么意思|区别|含义", text):
        return "rank"
    asked = re.search(r"(?:(?:是|叫)(?:个?什么|啥)(?:东西|玩意儿?|类型|意思)?)[?？呀啊呢]*$", text)
    if (
        asked
        and not query.asks_number
        and not query.group
        and any(
            not h.weak and h.end <= asked.start() and re.fullmatch(r"[”」\"'的\s]*(?:到底|究竟)?", text[h.end : asked.start()])
            for h in hits
        )
    ):
        return "define"
    if (
        _DEFINE.search(text)
        and not query.section
        and not query.group
        and len(query.mention.named) < 2
        and not (query.mention.agencies and re.search(r"各(?:是|有)?(?:多少|几)|多少件|几件", text))
        and not (any(m.startswith("rate.") for m in query.metrics) and query.mention.agencies and re.search(r"是多少|多少[?？]?$", text))
        and (cells or query.columns or query.results or not _WHY.search(text) or re.search(r"意思|叫|算法|含义|理解", text))
    ):
        return "define"
    if re.search(r"勾稽|三安全一稳定|区分处理", text) and re.search(
        r"表述|什么东西|啥东西|是什么|是啥|哪[几两三四五]个|哪几项|哪些项|指|讲讲|说说|通俗|解释|名目|理解|等式|公式|关系式|怎么(?:算|判断|核|看)",
        text,
    ):
        return "define"
    if re.search(r"哪(?:些|几|个)*(?:方面|领域)", text) and not (query.metrics or query.rows or query.blocks):
        return "find"
    if _HOW_DONE.search(text) and not query.asks_number:
        return "find"
    if query.has_cells and re.search(r"填(?:的|了)(?:是)?(?:啥|什么|几|多少)", text) and not _LIST.search(text):
        return "value"
    if _WHERE.search(text) and not re.search(r"(?:摘|抄)[\s\S]*(?:做法|措施|经验|举措)", text):
        return "where"
    if query.section and (not query.asks_number or re.search(r"怎么(?:解决|改|治|办(?!理|的|了))|如何(?:解决|改)|咋(?:解决|改|办)", text)):
        return "find"
    if _asks_held(query, text) and not cells and not (query.weak and _RANK.search(text)) and not (query.group and query.has_topic):
        return "coverage"
    several_things = len(query.metrics) + len(query.rows) + len(query.blocks) > 1
    within = (
        (several_things and len(query.years) < 2 and not query.relative)
        or len(query.channels) > 1
        or (bool(query.channels) and "比" in text and not query.years and not query.relative)
        or len(query.applicants) > 1
        or (query.rows and "items_change" in query.columns)
    )
    if _ranks(query, text) or (query.growth and re.search("最", text)):
        return "rank"
    span = len(query.years) > 1 or bool(re.search(r"近|过去|历年|每年|这.年|至今", query.relative or ""))
    if (
        span
        and (
            _SUM.search(text)
            or re.search(
                r"累计|总[数量共]|总(?:次|人|件|条|篇|场|份)数|总场次|(?<!结果)总计(?:是|有)?(?:多少|几)|[两二三四五六]年的?和(?:呢|是|有|$)",
                text,
            )
        )
        and not _COMPARE.search(text)
        and not _LIST.search(text)
    ):
        return "sum"
    # Beside a year that is named 历年 compares nothing: 2019年对历年文件做了什么.
    spoken = text if len(query.years) == 1 and query.relative == "历年" else query.text
    if len(query.years) > 1 or ((_COMPARE.search(text) or _COMPARE.search(spoken)) and not within):
        return "compare"
    counted = re.search(r"占了?(?:多少|几)(?:件|起|条|份|宗|人)", text) and not re.search(r"比例|百分|率|几成", text)
    if any(m.startswith("rate.") for m in query.metrics) or query.base or (not counted and _SHARE.search(text)):
        return "share"
    if re.search(r"加(?:起来|一起|在一起|一块|总)|相加|总和|之和|合起来|合在一起", text) and (query.joined or len(query.applicants) > 1):
        return "sum"
    told_apart = re.search(r"分别|各多少|各几|各是|各有|各自|列|拆", text)
    whole = re.search(r"各(?:类|种|个|方)", text) and re.search(r"总共|一共|合计", text) and query.applicants and not told_apart
    if (_LIST.search(text) and not whole) or _WITHIN.search(text) or (_COMPARE.search(text) and within):
        return "list"
    many = len(query.metrics) + len(query.rows) + len(query.blocks) > 1
    if (many or len(query.applicants) > 1) and _each_asked(text):
        return "list"
    if _SUM.search(text) and (len(query.applicants) > 1 or query.joined or many):
        return "sum"
    if re.search(r"为什么|为啥|为何(?!数|值)|什么原因|啥原因|原因", text) and re.search(
        r"(?:(?:[说写提讲给]|解释|交代|说明)[了过到明清出]*[^,，。]{0,4}(?:没|吗|么|不)|给[了出]?原因)", text
    ):
        return "find"
    if _EXISTS.search(text) and not (query.asks_number and query.premise is None):
        return "exists"
    if query.asks_number:
        return "value"
    if len(query.mention.named) > 1 and (query.has_topic or query.weak) and not _WHY.search(re.sub(r"情况|什么|啥", "", text)):
        return "list"
    if query.group and (cells or query.condition or query.subject or query.channels) and not re.search(r"为什么|为何|怎么", text):
        return "value"
    if re.search(r"什么|啥|哪一?家|哪个(?:公司|单位|企业|供应商)|哪位|谁|哪儿", text) and (query.has_cells or not query.follows):
        return "find"
    beside = mask(text, [(h.start, h.end) for h in hits if not h.weak and not h.loose])
    if _WHY.search(beside) and not (query.has_cells and not re.search(r"为什么|为何|为啥|原因|措施|做法", beside)):
        return "find"
    return "value" if cells or query.subject else "find"


# What was done about something is told by no figure, though its words may name one: 怎么防止个人隐私公开出去.
_HOW_DONE = re.compile(
    r"(?:怎么|如何|怎样|咋)(?:去|来|做到|才能)?(?:防|避免|确保|保证|保障|落实|应对|规范|提高|提升|加强|把关|审核|杜绝|减少(?!了))"
)
_HELD = re.compile(
    r"收进来|收录|库里|入库|收了(?:哪|什么).{0,8}(?:报告|年报)|收了(?:哪些|什么)(?:单位|机关|地方)|(?:年报|报告)(?:都)?(?:有|没有|没)(?:哪|几|多少|传|收)|缺(?:了)?(?:哪|什么|几)|没(?:有)?收(?:进|录|到你们)|(?:年报|报告).{0,6}(?:还没|没有?)(?:传|交|上|发|收)|用的(?:什么|哪个)(?:单位)?名|(?:几|多少)(?:个|家).{0,10}(?:的)?(?:年报|报告)(?:$|[?？。])|(?:年报|报告)在(?:里面|库里|这里|里头)|(?:年报|报告)(?:你们?|这里|库里)?(?:都)?有(?:哪些?|几|多少)家"
)


def _asks_held(query: Query, text: str) -> bool:
    """Whether a question is about which reports there are."""
    if re.search(r"[几多]少?[份件][^,，。]{0,10}(?:提|申请|递|来要)的?", text):
        return False  # 还有几份是别的单位提的
    if (
        re.search(r"(?:年报|报告|报)(?:里|中|上)?(?:头|面)?(?:都)?(?:写|说|提|讲|检讨|承认|反映)(?!到哪|的是哪)", text)
        and not query.follows
    ):
        return False  # what they say, not which there are
    if (
        re.search(r"同一(?:家|个)(?:单位|机关|部门)|(?:改|更)过?名|以前叫|原来叫|曾用名", query.text)
        and query.mention.agencies
        and not query.has_topic
        and not query.weak
    ):
        return True
    if re.search(r"(?:年|报告|年报|[都全]).{0,3}(?:齐|全)(?:了|的)?(?:吗|不|没|么)", query.text) and not query.has_topic:
        return True
    about = re.search(r"年报|报告", query.text) and re.search(
        r"收(?:了|录)?(?:哪|什么|几|多少)|最[早老新晚](?:的|是|到)|缺|没(?:有)?(?:收|传|入库)|叫(?:啥|什么)名|哪几?年的[?？]?$|(?:哪些|哪几个|几个)年份|从哪一?年(?:开始|起)|存(?:了)?哪|同一(?:家|个)|(?:有|存了|收了)(?:多少|几)份",
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
    return bool(_COVERAGE.search(text) or _COVERAGE.search(query.text) or _HELD.search(query.text))


def _beyond_coverage(text: str) -> bool:
    """Whether more is said of the bodies asked for than that their reports are held: 都有哪些单位给盲人做了指南."""
    rest = _COVERAGE.sub("", text)
    rest = re.sub(
        r"信息公开|公开|年报|报告|你们?|这[里儿]|查到|咱|呀|系统|数据库?|可以|能|查询?|看|收录?|了|的|有|在|库里?|资料|材料|份|告诉我|请问|一下|列|名单|给|我|这片|那片|材料|可|里面|在里|报一下|名字|下头|下面|底下|下属|下辖|单位|机关|部门|手[上里头]|乡镇|街道|那些|都|存|谁|哪[些几]|家",
        "",
        rest,
    )
    return len(re.sub(r"[^\u4e00-\u9fff]", "", rest)) >= 4


def _residue(text: str, hits: Sequence[TermHit], segmenter: Segmenter) -> tuple[str, ...]:
    """Words that no concept, unit or turn of asking accounts for."""
    text = _FORM_PLACES.sub(lambda m: "\n" * len(m.group()), text)
    for pattern in (_SUM, _LIST, _SHARE, _COUNTED, _NUMBER, _WHERE, _DEFINE, _RANK):
        hits = [*hits, *(TermHit("operation", "", m.start(), m.end(), False) for m in pattern.finditer(text))]
    masked = mask(text, [(h.start, h.end) for h in hits if not h.loose])
    for item in (*channels(), *subjects()):
        masked = cue_pattern(item.cues + item.terms).sub(lambda m: "\n" * len(m.group()), masked)
    if "申请" in text:  # talk around the question restricts nothing: only the clause that asks counts
        at = text.index("申请")
        begin = max(text.rfind(c, 0, at) for c in ",，。;；?？!！:：") + 1
        end = min((e for c in ",，。;；?？!！" if (e := text.find(c, at)) >= 0), default=len(text))
        masked = masked[begin:end]
    words = [w for w in segmenter.words(masked.replace("\n", "，")) if len(w) >= 2 and w not in GENERIC and w not in STOPWORDS]
    return tuple(
        w for w in words
        if not re.fullmatch(r"[\x00-\x7f]+|[一二三四五六七八九十两几]+[类种项个条家份层样]|.*(?:多少|几|怎么|什么|哪).*", w) and segmenter.noun(w)
    )  # fmt: skip


# What may stand before 申请 without saying which: verbs of receiving and of filing, and words of asking.
_PLAIN_BEFORE = re.compile(
    r"既然|普通|一般|那类|机构|找|有人爆料|爆料|风传|传闻|据传|都说|网友|网上说|媒体|当真|果真|真的|难道|居然|竟然|这类|那类|这种|那种|办结|设定|只许|只能|街道办?|办事处|镇政府|乡政府|区政府|县政府|市政府|邻居|朋友|同事|老伴|讲|说|政府|不算|不含|不包括|除了|口径|全[省市区县国]|告诉|直接|忽略|规则|核一?下|核对|麻烦|劳驾|只准|回答|接了|收到|接到|接收|收|接|新|提出|提交|递交|递|提|来|报|送|交|发|要求|要|公开|政府|信息|政务|依法?|受理|登记|总共|一共|共|全年|全部|所有|各种|各类|多少|几|[件份个条宗起封人次]|"
    r"了|过|的|到|给|有|是|在|向|对|里|中|那|这|些|他们|你们|我们|单位|机关|办公室|管委会|一年|年度?|本|该|其|请问|查|想|知道|看看|说|以|名义|去|也|都|总|共|合计|大概|究竟|到底|请|呢|吗|啊|嗯|就|被|把|由|跑|专门|特地|通过|方式|渠道|群众|老百姓|市民|公民|百姓|社会|公众|外界|人家|记者|烦请|告知|恳请|敬请|有劳|帮|我|你|您|咱|和|与|跟|及|、|自个儿|自己|亲自|正文|表格|写|填|实际|交|俺|人|用|之类|等等|下来|次|回|趟|听说|据说|给|贵(?:局|委|办|厅|院|镇|区|市|县)|[我本你](?:局|委|办|厅|院|镇|区|市|县)|只|才|仅|竟|得"
)


def _attributive(text: str, hits: Sequence[TermHit]) -> str | None:
    """Words that say which requests are meant and that no term knows: 带到这年来接着办的申请, 办出去多少件申请."""
    if any(h.id == "requests.received" and not h.loose and "新收" in text[h.start : h.end] for h in hits):
        return None
    known = [
        (h.start, h.end) for h in hits if not h.loose and not h.weak and (h.kind == "applicant" or "申请" not in text[h.start : h.end])
    ]
    masked = mask(text, known).replace("\n", "")
    found: str | None = None
    for clause in re.split(r"[,，。;；?？!！\n]", masked):
        match = re.match(r"(.{0,24}?)的?(?:那些?|这些?)?(?:[多少几]+[件份个条宗起]+的?)?申请", clause.strip())
        if not match:
            continue
        # What stands before the verb of receiving is talk: 帮看下…收了多少个申请.
        told = re.split(r"新收|收到|收了|接到|接了", match[1])[-1]
        rest = _FORM_PLACES.sub("", told)
        for pattern in (_SHARE, _LIST, _SUM, _RANK, _EXISTS, _WHY):
            rest = pattern.sub("", rest)
        rest = re.sub(r"[^\u4e00-\u9fff]|[一二三四五六七八九十两百千]+[类种项样家方]?", "", _PLAIN_BEFORE.sub("", rest))
        if len(rest) < 2:
            return None  # a clause that asks plainly: what stands in the others is talk
        found = found or match[1]
    return found


def _qualifier(text: str, hits: Sequence[TermHit], residue: Sequence[str], metrics: Sequence[str] = ()) -> str | None:
    """A restriction that the form does not know: 关于拆迁的申请, 环保类申请."""
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
