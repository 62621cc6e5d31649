"""Bodies spoken of set against each other: shares, sums and comparisons."""

from __future__ import annotations

import re

from corpus.textual import stated_number
from service.agencies import Mention
from service.context import Context
from service.directory import Directory
from service.group import members
from service.query import Query
from service.replacing import replace
from service.spoken.base import COUNTS, Open, Spoken, among_them, each, of_each
from service.spoken.places import names_a_place


def more_again(query: Query, spoken: Spoken) -> Query | Open | None:
    """予以公开的件数也是碧原多吗: the bodies that were compared, by another figure or in another year."""
    if (
        len(spoken.bodies) != 2
        or query.group
        or not re.search(r"[也还]是[^,，。?？]{1,12}[多少高低](?:一?些|一?点)?(?:吗|么|吧|不|$|[,，?？])", query.text)
    ):
        return None
    named, held = query.mention, spoken.held
    own = {a for a in spoken.bodies if a in named.agencies or any(held.stands_at(held.bodies[a], p) for p in named.places)}
    if named.agencies and len(own) != 1:
        return None
    return replace(query, mention=each(spoken.bodies), operation="list", follows=True)


def sums_apart(query: Query, spoken: Spoken) -> Query | Open | None:
    """差距是几件, 后者是前者的百分之几, after what the years of two bodies add up to was told: of these sums."""
    context = spoken.context
    told = spoken.pool if len(spoken.pool) == 2 else spoken.bodies
    summed = len(context.years) > 1 and (context.operation == "sum" or (context.operation == "rank" and not context.focus))
    against = re.search("[前后]者[^,，]{0,6}[前后]者[^,，]{0,4}(?:百分|几成|[几多]少?倍)", query.text)
    if not summed or len(told) != 2 or not (against or re.match("(?:那|这)?(?:两家|俩|两者|之间)?(?:相?差|差距|差额)", query.text)):
        return None
    if query.has_topic or query.years or query.relative or query.mention.agencies or query.applicants or query.group:
        return None
    return replace(of_each(query, told), operation="list", together=True, years=context.years, growth="")


_YEARS_OF_MORE = re.compile(
    r"比[^,，。]{1,14}[多少高低]的?(?:年份|年度|年)|哪[几些一]?个?年[^,，。]{0,10}比[^,，。]{1,14}[多少高低](?!了?(?:多少|几))"
)


def years_of_more(query: Query, spoken: Spoken) -> Query | Open | None:
    """后一个局比前一个局多的年份有哪几年, after several years of two bodies were told."""
    context = spoken.context
    pair = spoken.pool if len(spoken.pool) == 2 else spoken.bodies
    if len(pair) != 2 or not _YEARS_OF_MORE.search(query.text) or query.has_topic or query.group or not context.metrics:
        return None
    years = query.years or context.years
    if len(years) < 2 or query.applicants or not re.search("前|后|" + "|".join({a[:2] for a in pair}), query.text):
        return None
    return replace(of_each(query, pair), operation="list", years=years, relative=None, residue=(), condition=None, growth="")


_WITH_THEM = re.compile(
    "^(?:那)?[这那它]们?(?P<n>俩|仨|[两三四五][家个])(?:单位|地方|镇|乡|街道|局)?[,，]?(?:再|还|一起)?(?:加上?|连上|算上|带上|连同)"
)


def added_to_them(query: Query, spoken: Spoken) -> Query | Open | None:
    """这俩再加上县水务局、县教育局，拢共几个: those spoken of one after another, and those named now."""
    match, context = _WITH_THEM.match(query.text), spoken.context
    named = tuple(a for names in query.mention.named for a in names[:1]) or query.mention.agencies
    if match is None or not named or query.mention.unknown or any(len(names) > 1 for names in query.mention.named):
        return None
    count = COUNTS[match["n"][0]]
    every = (*spoken.bodies, *reversed(context.earlier), *context.mentioned)
    before = tuple(a for a in dict.fromkeys(every) if a in spoken.held.bodies and a not in named)
    if len(before) < count or (len(spoken.bodies) > 1 and len(spoken.bodies) != count):
        return None
    return replace(query, mention=each((*reversed(before[:count]), *named)), group=None, operation="sum", residue=(), follows=True)


def against_the_last(query: Query, spoken: Spoken) -> Query | Open | None:
    """比省政府少多少, after 市政府 and then 省政府 were told: the one told before beside the one that is named."""
    named, context = query.mention.agencies, spoken.context
    before = [a for a in context.earlier if a in spoken.held.bodies and a not in named]
    apart = re.match("(?:那|它|那么)?[比跟和与较]", query.text) and re.search("[多少高低差]", query.text)
    if not apart or len(named) != 1 or named != tuple(spoken.bodies) or len(before) != 1 or query.years or query.relative:
        return None
    return replace(query, mention=each((*before, *named)), operation="list", years=context.years[-1:])


def against(query: Query, spoken: Spoken) -> Query | Open | None:
    """比望川区教育局多几件: the body named beside the one spoken of."""
    against = re.match(r"^(?:那|它|那么|实际)?(?:那年|当年|同年)?(?:比|跟|和|与|较)", query.text) and re.search(
        r"多|少|差|高|低|比(?:呢|起来|如何|怎么样|咋样|一?下|较)", query.text
    )
    # 云溪市的呢，跟刚才那个差几条: the one named now beside the one told
    against = against or re.search(
        "[比跟和与](?:刚才|前面|前头|上面|上一个|前一个)(?:说的|问的)?(?:那?[个家]|的)?[^,，]{0,3}[多少差高低]", query.text
    )
    mention = query.mention
    known = [a for a in mention.agencies if a in spoken.context.mentioned]
    if len(mention.agencies) > 1 and not mention.named and len(known) == 1:
        mention = Mention(tuple(known))  # 跟刚才市府办的比, after one of that name was told
    if not against or len(mention.agencies) != 1 or spoken.context.group:
        return None
    own = spoken.bodies
    if len(own) > 1 and spoken.context.order and re.match("它", query.text):
        own = (spoken.context.order[0],)  # who was first of those compared
    if len(own) != 1 or mention.agencies == own:
        return None
    both = each((*own, *mention.agencies))
    return replace(query, mention=both, operation="list", years=query.years or spoken.context.years[-1:])


_SIDE_BY_SIDE = re.compile(
    "(?:放|摆|搁|拿)(?:在|到|来)?一[起块](?:儿)?(?:来)?(?:比|看|对)|(?:并排|并列|拉(?:进|过)来)(?:着)?(?:比|看|对)|(?:跟|和)它(?:一起)?比比"
)


def side_by_side(query: Query, spoken: Spoken) -> Query:
    """涪陵的放一起比，哪个多: the body that is named now beside the one spoken of; other questions as they are."""
    own = query.mention.agencies
    if len(own) != 1 or len(spoken.bodies) != 1 or own == spoken.bodies or query.group or not _SIDE_BY_SIDE.search(query.text):
        return query
    return replace(query, mention=each((*spoken.bodies, *own)), operation="list", top=1, follows=True)


def share_of_one(query: Query, spoken: Spoken) -> Query | Open | None:
    """望川的占多少: of all that were spoken of, or the same share of one of them again; 占全市各局的几成: of the group that is named."""
    named, context = query.mention.agencies, spoken.context
    of_group = (
        query.group and not query.group.vague and query.operation == "share" and re.match("(?:那|这)?(?:它|这家|那家)?占", query.text)
    )
    if of_group and spoken.bodies and not named and not query.has_topic:
        first = (spoken.context.order[:1] if context.operation == "rank" else ()) or spoken.bodies[:1]
        place = query.mention.place or (
            spoken.held.bodies[over].place if (over := spoken.held.government_above(first[0], query.whole)) else None
        )
        if query.group and first[0] in {b.agency for b in members(query.group, spoken.held, place)}:
            return replace(query, mention=Mention((), place=place), singled=first, follows=True)
    every = spoken.pool or spoken.bodies
    stem = re.match(r"(?:那|(?:其中|里[面头]|当中)的?)?([\u4e00-\u9fff]{2,4}?)(?:那?一?家|那边|的)?占", query.text)
    if stem and not named and not query.group and query.operation == "share" and len(every) > 1:
        named = tuple(a for a in every if stem[1] in a)  # 白石一家占其中百分之几
        named = named if len(named) == 1 else ()
    if (
        len(named) == 1
        and query.operation == "share"
        and re.search("的?里[面头边](?!.*(?:合计|总共|一共))", query.text)
        and (query.has_topic or {*query.results} - {"total"})
    ):
        return replace(query, mention=Mention(named), follows=True)  # 碧原的里面维持的占多少: of its own
    again = context.singled and query.operation in ("value", "find", "list") and not (query.has_topic or query.weak or query.asks_number)
    if again and len(named) == 1 and len(every) > 1 and set(named) <= set(every) and not spoken.group:
        return replace(query, mention=each(every), singled=named, operation="share", follows=True)  # 青禾那家呢
    if again and len(named) == 1 and spoken.group and named[0] in {b.agency for b in members(spoken.group, spoken.held, spoken.place)}:
        return replace(among_them(query, spoken), singled=named, operation="share", follows=True)
    if query.operation != "share" or not named:
        return None
    if len(query.mention.named) == 2 and len(named) == 2 and re.search("是|相当于|抵|顶", query.text):
        return replace(query, follows=True)  # 甲是乙的百分之几: one of the other, and not of both
    if len(spoken.bodies) > 1 and set(named) <= set(spoken.bodies):
        shared = context.operation == "share" or re.search(r"占|比例|比重(?!复)|比率", context.matter)
        if shared and "占" not in query.text:
            return replace(query, follows=True)
        if not query.has_topic:
            return replace(query, mention=each(spoken.bodies), singled=named)
    if spoken.group and not query.has_cells and not query.subject:
        return replace(among_them(query, spoken), singled=named)
    return None


def share_of_last(query: Query, spoken: Spoken) -> Query | Open | None:
    """剩下那个呢, after the shares of all others of those spoken of were told."""
    context = spoken.context
    rest = tuple(a for a in spoken.pool if a not in context.singled)
    asked = re.match("(?:那)?(?:剩下|余下|另外|还有)的?(?:那|这)?一?[个家](?:呢|占|是|有)", query.text)
    if not asked or not context.singled or len(rest) != 1 or query.has_topic or query.mention.agencies:
        return None
    return replace(of_each(query, spoken.pool), singled=rest, operation="share")


def share_of_picked(query: Query, spoken: Spoken) -> Query | Open | None:
    """占四家总数的百分之几: what the bodies just told make up of all that were named before."""
    counted = re.search(r"占(?:了|到)?(?:这|那|全部|所有|上述)?([两三四五六七八])(?:个|家)", query.text)
    first = spoken.context.order[:1] if spoken.context.operation == "rank" and re.match("那?(?:这家|它|那家)", query.text) else ()
    if counted and first and query.operation == "share" and not query.has_topic and len(spoken.bodies) == stated_number(counted[1]):
        return replace(of_each(query, spoken.bodies), singled=tuple(first))  # 这家占四家合计的
    if counted is None or query.operation != "share" or query.has_topic or query.mention.agencies:
        return None
    if (query.group and query.group.span[0] < counted.start()) or names_a_place(query.text[: counted.start()]):
        return None  # 头一个占这四家总数的多少: one of them
    ranked = tuple(a for a in spoken.context.order if a in spoken.held.bodies)
    of = next((p for p in (spoken.pool, ranked) if len(p) == stated_number(counted[1]) and {*spoken.bodies} < {*p}), ())
    return replace(of_each(query, of), singled=spoken.bodies) if of and spoken.bodies else None


_MORE = re.compile(
    r"更[多少高低大小]|(?:比|还)[^,，。]{0,8}[多少高低大小]|谁[多少高低]|[谁哪][个家边]?(?:涨|增|升|降|跌|减|掉|落)[得的了]?(?:更|最)?[快慢多少猛狠厉]|哪[个家边]更?[多少高低]|[多少高低](?:一些|些|点)?[咯吧吗么嘛了]*[?？]?$"
)


def two_compared(query: Query, context: Context, held: Directory) -> Query:
    """那么是云溪更多咯, 市里的是不是比县里的多: the two bodies that the last two answers told the same of."""
    spoken = tuple(a for a in context.agencies if a in held.bodies)
    own = query.mention.agencies or spoken
    against = len(own) == 1 and context.operation == "rank" and re.search("[比跟和与]它(?!们)", query.text)
    if against and query.mention.agencies and spoken and own[0] != spoken[0] and not (query.has_topic or query.years or query.relative):
        # 市公安局比它少多少件, after a ranking: than the first
        return replace(of_each(query, (own[0], spoken[0])), operation="list", asks_number=True)
    both = tuple(dict.fromkeys((*context.earlier[-1:], *spoken)))
    fits = len(spoken) == 1 and len(both) == 2 and len(own) == 1 and own[0] in both and all(a in held.bodies for a in both)
    if (
        fits
        and query.group
        and re.match(r"(?:那)?哪[个家一]", query.text)
        and {*both} <= {b.agency for b in members(query.group, held, None)}
    ):
        # 哪个镇多，多几件: which of the two
        return replace(of_each(query, both), operation="list", asks_number=True)
    which = re.search("(?:哪[家个边]|谁)(?:更|要|还)?[多少高低](?!少)", query.text) and "最" not in query.text
    if fits and which and query.group is not None and query.group.vague and query.has_topic and not query.mention.place:
        return replace(of_each(query, both), operation="list", years=query.years or context.years[-1:])  # 24年收费哪家高
    if not fits or query.has_topic or query.group or query.asks_number or query.years or query.relative or not _MORE.search(query.text):
        return query
    if query.growth and query.operation in ("rank", "compare"):
        return replace(
            query, mention=each(both), years=context.years[-1:], operation="rank", follows=True
        )  # 哪家涨得多: from the year before
    if re.search(r"哪[一几些]?个?年", query.text):
        return query  # 哪年最多: of the one body
    order = (*own, *(a for a in both if a not in own)) if query.mention.agencies else both
    return replace(query, mention=each(order), operation="share" if context.operation == "share" else "list", follows=True)
