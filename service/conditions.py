"""Numbers that a question itself brings: bounds that pick reports out, how many a ranking should name, claims to be confirmed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.textual import chinese_number, stated_number
from service.lexicon import find_terms
from service.movement import FALLS, RISES
from service.replacing import replace


@dataclass(frozen=True, slots=True)
class Condition:
    """What a figure must be: ``sign`` is one of > < >= <= =; ``words`` as the question has them."""

    sign: str
    value: float
    words: str
    above: float | None = None  # a bound of its own below: 少于三件又不为零
    percent: bool = False  # of a share: 超过四成, 不到一半

    def holds(self, value: float, unit: str = "") -> bool:
        """Whether a figure fulfils it: 超过800万 of one told in 万元 is more than eight hundred."""
        if re.search(r"[万亿]", self.words):
            # Of an amount that is printed without its unit nobody writes a hundred thousand 万.
            value *= {"万": 1e4, "亿": 1e8}.get(unit[:1], 1.0 if unit or value >= 1e5 else 1e4)
        if self.above is not None and value <= self.above:
            return False
        return {
            ">": value > self.value,
            "<": value < self.value,
            ">=": value >= self.value,
            "<=": value <= self.value,
            "=": abs(value - self.value) < self._near if self.percent else value == self.value,
        }[self.sign]

    @property
    def _near(self) -> float:
        """How far a share may lie from one that is claimed: as the claim is rounded, 14% or 14.3%; a tenth is said of one near to it."""
        digits = re.search(r"\d+(?:\.(\d+))?", self.words)
        return 0.5 * 0.1 ** len(digits[1] or "") + 1e-9 if digits else 1.0

    @property
    def denied(self) -> str:
        """How an answer says that a figure does not fulfil it: 打过 is denied by a plain no, a bound by its own words."""
        return f"不是“{self.words}”" if self.value else "没有"


HAS = "有"  # the words of a bound that any number above zero fulfils
_AMOUNT = r"(?P<{0}>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)\s*(?P<{0}u>万|亿|百|千)?"
_CONDITION = re.compile(
    r"(?P<more>超过|多于|大于|高于|不止|超出|超(?=[\d一二两三四五六七八九十百千])|突破|破|多过|大过|高过|(?<=[数量请])过|(?<=[办理发收开])过(?=\d+0[件条份个场次]?的|\d00)|过了?(?=[\d一二两三四五六七八九十]*[百千万])|过了(?=\d)|(?<![碰遇摊吃赶惹犯沾])上(?=了?(?:\d|[一二三四五六七八九两]*[百千万])))了?" + _AMOUNT.format("a") + r"|(?P<less>不到|少于|低于|不足|小于|不满|没到)" + _AMOUNT.format("b")
    + r"|(?P<least>至少有?|(?<![足能不])够(?=[\d一两二三四五六七八九十百千])|满(?=[\d一二三四五六七八九十百千])|不少于|不低于|达到(?:或者?|和|及)?(?:超过)?|大于等于)" + _AMOUNT.format("c") + r"|(?P<most>至多|不超过|不多于|最多不过)" + _AMOUNT.format("d")
    + r"|(?<!第)" + _AMOUNT.format("e") + r"(?:[件个条次人项万元份场篇期宗起%]{0,2})(?P<up>以上|及以上|往上|或更多|或者更多|或以上|多(?!少|几))(?!年)|" + _AMOUNT.format("f") + r"(?:[件个条次人项万元份场篇期宗起%]{0,2})(?P<down>以下|以内|之下)"
)  # fmt: skip
_UP = re.compile(_AMOUNT.format("e") + r"(?:[件个条次人项份场篇%元宗起]{0,2})(?:及以上|或更多|或者更多|或以上)")
_BEYOND = re.compile(_AMOUNT.format("e") + r"(?:[件个条次人项份场篇%元宗起]{1,2})(?:都|还|也)?不止")
_EQUAL = re.compile(
    r"(?<![\d超过于到足])(?:正好|刚好|恰好|为|是|等于)?(\d[\d,]*)(?:件|条|次|场|人|份|宗|起|篇|期)的(?=有|单位|街道|机关|部门|乡镇|区县|都|共|是哪|几)"
)
# 在100到200件之间
_BETWEEN = re.compile(
    r"(?<![\d年从由])(?P<low>\d[\d,]*)[件条份个次人]?(?:到|至|[-—~])(?P<high>\d[\d,]*)(?:[件条份个次人]|(?=之间))(?:之间)?(?=之间|的|有|$|[,，?？吗])"
)
_NONE = re.compile(
    r"一分(?:钱)?(?:都|也)?(?:没|未)|没有一[件起宗](?=被|是)|(?<!有)没有一(?:家|个|位)(?:公司|企业|单位|机构|组织|律所|个人|人)|(?:报|填|写)(?:成|的是|了|着)?(?:0|零)(?![\d.])|(?:一[件条个次份宗场起回封笔]|半件)[\u4e00-\u9fff]{0,6}(?:都|也)(?:没|未|无)|(?<![有第这那哪剩])(?:一[件条个次份宗场起回封笔]|半件)(?:没|未|无)|(?:没有?|未|从未|从没)(?:收到|接到|收|有|发生|产生|出现|被|作出|做出|公开|发过?|拒绝?)?过?任何|挂零|零蛋|鸭蛋|没(?:有)?[作办收发提开罚]过?[一半][件条个份次场宗起回]|零(?:申请|件|收件|诉讼|复议|投诉|处罚)|(?:为|是|等于|都是|填(?:了|的|的是)?[“”]?|报(?:了|的|的是)?)(?:零|0)(?![\d.])|(?<!\d)0件|没(?:有)?(?:[向跟找问][\u4e00-\u9fff]{1,5})?(?:收到|接到|收)过?(?!的)|没(?:有)?(?:办|发|罚|开|搞|拒绝?|公开)过|(?:没有?|未)(?:制发|制定|印发|召开|举办|开展|作出|收取)(?:过)?(?=的|$|[,，?？])|(?:没|未)(?:有)?[^，。,]{0,3}被[\u4e00-\u9fff]{2,4}|没有?人(?:来|去)?(?:申请|起诉|告|打官司|复议)|(?:没|未)(?:有)?(?:被|打|吃|惹|输)"
)
_SOME = re.compile(
    r"(?<!没)(?<!还)有过|(?<!没)(?<!没有)(?<!接)被[\u4e00-\u9fff]{2,4}过|(?<!没)(?<!没有)(?<!未)出现过|(?<!没)(?<!没有)(?<!未)发生过|(?<!没)(?<!没有)(?<!未)收过|(?<!没)(?<!没有)打过|(?<!没)(?<!没有)(?<!未)(?:(?:存在|发生|出现|产生)[“「]?(?=[\u4e00-\u9fff]{2})|(?<!内容)涉及(?=[“「]?被?(?:行政)?(?:复议|诉讼|官司|起诉|收费|处罚|强制|许可|规章|规范)))"
)
LEAST = re.compile(
    r"[从由][少低小]到|最不(?:勤|积极|活跃|爱)|最懒|低谷|谷底|最少|最低|最小|倒数|垫底|末位|更少|最慢|第[二两三四五六七八九十][少低小](?!于)|最后(?=[一二三四五六七八九十\d]+[名位个家])"
)
_TOP = re.compile(
    r"(?:前|倒数|最后|头)([一二两三四五六七八九十\d]{1,2})(?:名|位|个|家|的|强|大|(?=是|有|呢|都|$|[,，。?？]))|最[多少高低大小快慢猛](?:的)?(?:是|有)?(?:哪|前|几)?([两二三四五六七八九十\d]{1,2})(?:个|家|名|位)|哪([两二三四五六七八九十])(?:个|家|名|位)|([两三四五六七八九十]|\d)(?:个|家|名)(?!里|[当之其]?中)[\u4e00-\u9fff]{0,6}最[多少高低]"
)


_NTH = re.compile(r"[第老](?P<nth>[二三四五六七八九十])(?:名|位|多|高|少|低)?(?=又?是|的|呢|谁|哪|[?？]|$)|(?P<medal>[亚季])军")


def one_place(text: str) -> bool:
    """Whether the body in one place of a ranking is asked for, not those ahead of it: 排第二的是谁."""
    return bool(_NTH.search(text)) and not _TOP.search(text)


EVERY_PLACE = 20  # so many places stand for the whole order: 排一下


def first_few(top: int) -> bool:
    """Whether a ranking names the first so many of several, neither one alone nor all of them."""
    return 1 < top < EVERY_PLACE


def top_of(text: str) -> int:
    if medal := re.search(r"亚军|季军", text):
        return 2 if medal.group() == "亚军" else 3
    if nth := re.search(r"[第老]([二三四五六七八九十])(?:名|位|多|高|少|低)?(?=又?是|的|呢|谁|哪|[?？]|$)", text):
        return max(2, chinese_number(nth[1]) or 2)
    match = _TOP.search(text)
    if not match:
        return (
            EVERY_PLACE
            if re.search(
                r"排个?(?:队|名|序|先后|高低|座次)|排列|[从由][高多大]到[低少小]|[从由][低少小]到[高多大]|排(?:一下|一排|出来)", text
            )
            else 1
        )
    words = next(g for g in match.groups() if g)
    return max(1, min(int(stated_number(words) or 1), EVERY_PLACE))


def most_of(text: str) -> int:
    """How many are asked for where their noun stands behind: 最多的五家单位."""
    match = re.search(r"最[多少高低大小快慢猛靠]的?前?([两二三四五六七八九十]|\d{1,2})(?:个|家|名|位)", text)
    return min(int(stated_number(match[1]) or 0), EVERY_PLACE) if match else 1


def _amount(match: re.Match[str], name: str) -> float:
    """The number of one of the groups that ``_AMOUNT`` makes."""
    value = stated_number(match[name].replace(",", "")) or 0.0
    return value * {"万": 1e4, "亿": 1e8, "百": 100, "千": 1000}.get(match[f"{name}u"] or "", 1.0)


_PART = r"(?P<{0}>\d+(?:\.\d+)?\s*[%％]|百分之[一二两三四五六七八九十百零点\d.]+|[一二两三四五六七八九]成半?(?![立果效员本为绩功])|一半|半数|[二三四五六七八九十]分之[一二两三四五六七八九])"
_BOUNDS = (("more a", ">"), ("less b", "<"), ("least c", ">="), ("most d", "<="), ("up e", ">="), ("down f", "<="))
# 占七成以上: a bound, which the words behind it belong to
_NO_BOUND_BEHIND = "(?!以上|及以上|往上|或更多|多|以下|以内|之下)"
_SHARE_BOUND = re.compile(
    r"(?P<more>超过|多于|大于|高于|不止|超出|超|突破|过)了?" + _PART.format("a") + r"|(?P<less>不到|少于|低于|不足|小于|不满|没到|没过|未过)" + _PART.format("b")
    + r"|(?P<least>至少有?|满|不少于|不低于|达到?|占到|大于等于)了?" + _PART.format("c") + r"|(?P<most>至多|不超过|不多于|不高于|最多不过)" + _PART.format("d")
    + r"|(?P<reach>有没有|占没占到?|占(?:到|了|有)?|够没?有?)" + _PART.format("g") + _NO_BOUND_BEHIND + r"(?=[^,，。?？几多]{0,6}(?:吗|么|没有?|吧|是|$))"
    + r"|(?P<exactly>(?:占(?:了|到)?(?:总数|总量|全部|其中|全年)?的?|(?:正好|刚好)是|[里中]有|(?<![没只])有)(?:大?约)?)" + _PART.format("h") + _NO_BOUND_BEHIND + r"(?=[^,，。?？几多]{0,12}[,，]这?(?:对[吗吧不]|是[吧吗]|是?属实|是?真的|没错吧?|是不是|是否))"
    + r"|" + _PART.format("e") + r"(?P<up>以上|及以上|往上|或更多|多)|" + _PART.format("f") + r"(?P<down>以下|以内|之下)|(?P<over>过半数?|占(?:绝)?大?多数|占?大头)"
    + r"|(?P<most_of>(?:有|占|是)?(?:一)?(?:大半|多半|(?:绝)?大多数|绝?大部分))(?=(?:是|都|由|来自|被|走|在|给|维持|予以|公开|结果|[\u4e00-\u9fff]{1,6}[提交递申]的?)[^?？]*(?:[吗么吧]|是不是))"
)  # fmt: skip


def percent(words: str) -> float | None:
    """四成, 一成六, 百分之四十, 一半, 三分之一, 40% as a percentage; None for what is none."""
    if re.fullmatch(r"一半|半数", words):
        return 50.0
    if digits := re.match(r"\d+(?:\.\d+)?", words):
        return float(digits.group())
    if tenths := re.fullmatch(r"(.)成([半一二三四五六七八九]?)", words):
        return 10.0 * (chinese_number(tenths[1]) or 0) + (5 if tenths[2] == "半" else chinese_number(tenths[2]) or 0)
    if words.startswith("百分之"):
        return stated_number(words[3:])
    whole, _, part = words.partition("分之")
    of, over = chinese_number(whole), chinese_number(part)
    return 100 * over / of if of and over else None


def share_bound_in(text: str) -> Condition | None:
    """What a share should be more or less than: 超过四成, 70%以上, 过半."""
    match = _SHARE_BOUND.search(text)
    if match is None:
        return None
    if match["over"] or match["most_of"]:
        return Condition(">", 50.0, match.group(), percent=True)
    name, sign = next((names.split(), sign) for names, sign in (*_BOUNDS, ("reach g", ">="), ("exactly h", "=")) if match[names.split()[0]])
    value = percent(match[name[1]])
    words = match.group().replace("有没有", "有").replace("占没占", "占")
    return None if value is None else Condition(sign, value, words, percent=True)


def condition_in(text: str) -> Condition | None:
    """What figures should be more or less than, where a question picks by it."""
    if share := share_bound_in(text):
        return share
    if other := re.search(r"(?:不为|(?<!是)不是|不等于|非)(?:零|0)(?![\d.])", text):
        further = condition_in(text.replace(other.group(), " "))
        return replace(further, above=0, words=f"{further.words}、{other.group()}") if further else Condition(">", 0, other.group())
    if some := re.search(r"(?:大于|多于|超过|高于)(?:零|0)(?![\d.])", text):
        return Condition(">", 0, some.group())
    if only := re.search(
        r"(?:只|就|仅)[\u4e00-\u9fff]{0,2}?了?([一两二三四五六七八九十]|\d{1,3})(?:次|场|回|件|条)[\u4e00-\u9fff]{0,6}?的", text
    ):
        exact = stated_number(only[1]) or 0.0
        return Condition("=", exact, only.group())
    if alone := re.search(
        r"(?:只|就|仅)(?:有|收到?了?)?(?:了|过)?([一两二三四五六七八九十]|\d{1,3})(?:件|条|次|场|起|份|宗|篇|期)(?:申请|案子|案件|官司|复议|诉讼)?(?:吗|么|吧|对[吗吧]|是不是)",
        text,
    ):
        words = re.sub("(?:吗|么|吧|对[吗吧]|是不是)$", "", alone.group())
        return Condition("=", stated_number(alone[1]) or 0.0, words)  # 只有一件吗
    if digits := re.search("达到了?([两三四])位数|([两三四])位数(?:以上|的)", text):
        return Condition(">=", 10.0 ** ((stated_number(digits[1] or digits[2]) or 2) - 1), digits.group())
    if single := re.search("(?<![百千万])个位数", text):
        return Condition("<", 10, single.group())
    if between := _BETWEEN.search(text):
        low, high = sorted(float(between[name].replace(",", "")) for name in ("low", "high"))
        return Condition("<=", high, between.group(), above=low - 1e-6)
    if up := _UP.search(text):  # 废止过3件及以上: not 过3
        return Condition(">=", _amount(up, "e"), up.group())
    if beyond := _BEYOND.search(text):  # 20件都不止的
        return Condition(">", _amount(beyond, "e"), beyond.group())
    if round_ := re.search(
        "(?:超|过|上|破|突破|超过|达到?|不到|不足|没过|没到|未过)(?P<unit>[百千万亿])(?![\u4e00-\u9fff]?分)(?=[件条次人元个的家份单位]|了?[,，。?？吗么]|$)",
        text,
    ):
        value = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}[round_["unit"]]
        below, reached = re.match("不|没|未", round_.group()), re.match("上|达", round_.group())
        return Condition("<" if below else ">=" if reached else ">", value, round_.group())  # 过万的, 没上千
    match = _CONDITION.search(text)
    if match:
        for names, sign in _BOUNDS:
            word, bound = names.split()
            if match[word]:
                return Condition(">" if match[word] == "多" else sign, _amount(match, bound), match.group())
    if equal := _EQUAL.search(text):
        return Condition("=", float(equal[1].replace(",", "")), equal.group())
    if none := _NONE.search(re.sub("有没有|有无|是否有", "有", text)):
        return Condition("=", 0, none.group())
    if some := _SOME.search(text):
        return Condition(">", 0, some.group())
    return None


_MOVES = rf"[谁哪][^,，。?？]{{0,8}}?(?:{RISES}|增|{FALLS})(?:得|的|了)?更?"


def growth_in(text: str) -> str:
    """``rate`` or ``amount`` when a question is about how much a figure grew or fell, else ``""``."""
    if re.search(
        r"增幅|涨幅|降幅|增速|增长率|下降率|百分之几|百分比|几个?百分点|(?:增长|上涨|下降|涨|降)(?:了)?(?:多少|几)?(?:个)?(?:百分|%|成)|[增涨升降减跌][长加了得]?[的得]?最(?:快|猛|厉害)|增长最|翻了|[涨增升长降跌掉](?:长|加)?得(?:最|更|比较)?[快猛慢]",
        text,
    ) or re.search(_MOVES + "(?:[快慢猛凶狠]|厉害)", text):
        return "rate"
    if re.search(
        r"(?:增加|增长|减少|上涨|上升|提高|下降|降低|涨|增|降|升|减|多|少|跌)(?:了)?(?:得|的)?最|(?:增加|减少|增长|下降)(?:了)?(?:多少|几[件条个次篇场份期万起人])|率(?:有所|都)?(?:下降|上升|提高|降低|走高|走低)了?的(?:\s|单位|机关|部门|有|是|几|哪)|(?:比|较)(?:上年|去年|前年|前一年|上一年|(?:20)?\d\d年?|\s)*(?:有所|都|还|是|又)?(?:下降|减少|上升|增加|增长|提高|降低|降|涨|回落)了?的?(?:\s|有|是|单位|街道|区|县|机关|部门|几|哪)|增减|变动了?(?:多少|几)|一[升增涨]一[降减跌]|一[降减跌]一[升增涨]|变化最大|进步最|[涨增升降跌掉](?:长|加)?得(?:最|更|比较)?[多少](?!少)"
        r"|(?:比|较|[多少高低]于|不及|不如|超过)(?:上年|去年|前年|前一年|上一年|(?=\s*\n))[\s年度的]*(?:收到|收)?的?(?:还|都|更|要|是|又)*(?:[多少高低](?!多少|几)|的|有|是|哪|谁)",
        text,
    ) or re.search(_MOVES + "[多少大小](?!少|小)", text):  # 谁涨得多, which asks for no 多少
        return "amount"
    return ""


_BY = r"(?:了|出|幅|长|得)*(?:超过?|不到|不足|达到?|至少|高于|低于|多于|少于|近)?了?(?=\d|[一二两三四五六七八九十百]|百分|一半)"
_GREW = re.compile(
    r"(?:(?:比|较)起?[^,，。\n]{0,2}(?:\n|上年|去年|前年|前一年|上一年|同期)|同比)[^,，。]{0,10}?(?:[多少增减涨降升跌][长加升涨多少降落]?)" + _BY
    + r"|(?:增长|增加|上升|上涨|增多|下降|减少|降低|下跌|回落)" + _BY
    + r"|(?:增幅|涨幅|增速|降幅|跌幅|增长率)[^,，。]{0,3}(?:超过?|高于|大于|达到?|不到|低于|在)|翻了?[一两]?(?:番|倍)"
)  # fmt: skip


def growth_bound_in(text: str) -> Condition | None:
    """By how much a figure should have grown or fallen from one year to the next: 多出10件以上, 增长超过五成, 翻了一番."""
    if doubled := re.search(r"翻(?:了)?(?P<n>[一两二三])?(?:番|倍)|(?:增长|增加|多)了?(?:超过)?(?P<t>[一两二三])倍(?:多|以上)?", text):
        times = (
            100.0 * (chinese_number(doubled["t"]) or 1) if doubled["t"] else 100.0 * (2 ** (chinese_number(doubled["n"] or "一") or 1) - 1)
        )
        return Condition(">" if re.search(r"超过|倍多", doubled.group()) else ">=", times, doubled.group(), percent=True)
    if not _GREW.search(text):
        return None
    bound = condition_in(text)
    if bound is None:  # 多了20件的: at least as many
        stated = re.search(r"(?:增长|增加|[多少增减涨降])了?(\d+)(?=[件条次场])", text)
        return Condition(">=", float(stated[1]), stated.group()) if stated else None
    return bound if bound.value else None


# 行政诉讼84起，赢了多少起: what is stated is no claim about what is asked behind it.
AHEAD = re.compile(r"\d[\d,]*\s*[件条份宗起个人][,，。;；](?=[^,，。;；]{1,16}(?:多少|几)[件份条宗起个人]?[?？]?$)")


_NUMBER_OF_WHOLE = re.compile(r"(?:(?<![\d年])\d[\d,]*|(?<!第)[一二两三四五六七八九十百千]+)\s*(?:[件条份宗起]|个(?=申请))(?P<rest>[^?？]*)")


def _without_the_whole(match: re.Match[str]) -> str:
    """213件申请里信访的几件, 5件申请公开了几件, 2件申请一件都没公开: without the number of the whole, of which another thing is asked."""
    rest = match["rest"]
    asked = re.search("多少|几(?![乎十百千万])|怎么|为什么|为啥|[一两]件(?:都|也)(?:没|不)", rest)
    if asked is None or re.search("到底|究竟|其实|实际", rest[: asked.start()]):
        return match.group()
    kinds = ("metric", "row", "block", "result", "applicant", "derived")
    between = rest[: asked.start()] if not re.match("[一两]件", asked.group()) else "公开"
    named = any(h.kind in kinds and (not h.weak or h.kind == "result") for h in find_terms(between))
    named = named or bool(re.match("申请[^,，]{2,}有(?:几|多少)[件份个]", rest))  # 6件申请其他类组织的有几件
    whole = " " * (len(match.group()) - len(rest))  # as long as it was: places in the text stay what they are
    return whole + rest if named or re.search("公开|处理|办结|答复", between) else match.group()


def without_wholes(text: str) -> str:
    """``text`` without the number of a whole of which another thing is asked."""
    return _NUMBER_OF_WHOLE.sub(_without_the_whole, text)


_BARE_CLAIM = re.compile(
    r"(?:是|有|为|收到?了?|到了?|变成|成了?)(?P<n>(?!(?:19|20)\d\d(?!\d))\d[\d,]*(?:\.\d+)?)了?[,，]?(?:吧|吗|对吧|对吗|没错吧?|是吧|是不是|对不对|是吗)[?？]?$"
)


def premise_in(text: str) -> tuple[float | None, float | None]:
    """A number that the question puts forward to be confirmed: 拒绝了10万件对吧."""
    text = re.sub(r"每[^,，。]{0,8}?\d+[件条份]|唯一", " ", text)  # 每新收100件对应几件: a measure; 唯一一起 is no eleven
    text = re.sub(r"\d[\d,]*[件条份人次个]?还是\d[\d,]*[件条份人次个]?", " ", text)  # 是90件还是87件: neither is put forward
    # 13件中，维持了7件: the whole, where a part is put forward
    text = re.sub(r"\d[\d,]*\s*[件条份宗起个](?:里面?|里头|当中|之中|中|内)[,，]?(?=[^?？]*\d[\d,]*\s*[件条份宗起个])", " ", text)
    text = without_wholes(text)
    # 46件申请中，自然人几件: the whole that a part is asked of is not what is to be confirmed
    text = re.sub(
        r"\d[\d,]*\s*[件条份宗起个][^,，。?？\d]{0,8}?(?:里面?|里头|当中|之中|中(?!心)|内)(?=[,，的\u4e00-\u9fff])(?=[^?？]*(?:多少|几|占))",
        " ",
        text,
    )
    if not re.search("[吗么]|对[吧不]|是吧|真|属实|没错|是不是|是否|听说|记得", text):
        text = AHEAD.sub(" ", text)
    match = re.search(
        r"(?<![\d年])(\d[\d,]*(?:\.\d+)?)\s*(万|亿)?\s*(?:余|多)?(件|条|人|次|回|场(?!所|地|馆)|项|个|份|部(?![分门委长])|起|宗|%|篇|元|(?<=[万亿]))", text
    )
    if match:
        stated = float(match[1].replace(",", "")) * {"万": 1e4, "亿": 1e8}.get(match[2] or "", 1.0)
        return stated, rounded_up(stated) if re.search(r"[余多来]", match.group()) else None
    if bare := _BARE_CLAIM.search(text):  # 2022年是108吧
        return float(bare["n"].replace(",", "")), None
    if re.search(r"(?<![\d一二三四五六七八九])十(?:几|多)(?:件|条|人次|项|份|起|宗)", text):
        return 10.0, 19.0
    if re.search(r"(?<![\d一二三四五六七八九])(?:好)?几十(?:件|条|人次|项|份|起|宗)", text):
        return 20.0, 99.0
    if re.search(r"(?<![\d一二三四五六七八九])(?:好)?几百(?:件|条|人次|项|份|起|宗)", text):
        return 200.0, 999.0
    text = re.sub(r"[两二三四五六七八九十](?:项|种|类|个)(?=加|合|各|分|理由|情形|原因|总)", " ", text)  # 不予公开八项加起来
    text = re.sub(r"[这那前后头][两二三四五六七八九十](?:件|条|项|份|起|宗|[个种类样格块场篇次人元])", " ", text)  # 也报这两项
    spelt = re.search(r"(?<!第)([一二两三四五六七八九十百千万]{1,8})(?:余|多)?(?:件|条|人次|项|份|起|宗|场(?!所|地|馆)|篇(?!幅)|元|次(?=[,，?？]|是|对|吧|吗|呢|没|真|$)|人(?=[,，?？]|是|对|吧|吗|参|$)|个(?=没|不(?!同)|未|被|给|申请|公开)|(?<=万)元?(?=[,，?？吧吗]|$))(?![的里中都事])", text)
    value = chinese_number(spelt[1]) if spelt and not re.search(r"[多几]", spelt[1]) else None
    if not value or value <= 1 or not spelt:
        return None, None
    return float(value), rounded_up(value) if re.search(r"[余多来]", spelt.group()) else None


def rounded_up(value: float) -> float | None:
    """The highest number that is told as 五百多."""
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    return value + 10**zeros - 1 if zeros else None


_STATES = (
    ("na", re.compile(r"(?:填|写|打|画|是|报)(?:的|了)?(?:的?是)?[“\"'「]?(?:斜杠|斜线|/)|打了?杠|不适用")),
    ("blank", re.compile("空着|空白|留空|(?:没|未)有?填(?!数)|空的")),
)
_NOT_COUNTED = re.compile("(?:不算|别算|不计|除外|不含|不要|排除)")


def state_in(text: str) -> str:
    """``na`` or ``blank`` where a question asks which cells hold no number: 填斜杠的有几家, 有没有空着不填的; else ``""``."""
    if not re.search("哪|几[个家]|多少[个家]|谁|有没有|有无|名单|列", text) or _NOT_COUNTED.search(text):
        return ""
    return next((state for state, pattern in _STATES if pattern.search(text)), "")
