"""What is not answered at all: personal data, abuse; and what reports never say: how to apply, telephone, law, weather."""

from __future__ import annotations

import re

_ID = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])")
_OLD_ID = re.compile(r"(?<!\d)[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){14,18}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ABUSE = re.compile(
    r"傻[逼比叉屄]|[操艹草日]你|你妈(?!妈)|(?<![我你他她它俺咱爸妈爹])妈的|他妈|王八蛋|狗东西|去死|废物|垃圾(?!分类|处理|焚烧|填埋)|混蛋|滚[蛋开]|贱人|狗官|政府的狗|走狗|白痴|脑残|弱智|畜生|狗屁|吃屎|蠢货|骗子|饭桶|王八"
)
_PERSON = re.compile(
    r"^(?:那|这)?(?:都)?是?谁(?:负责|管|办|经手|审批?)的?[?？]?$|归谁管|(?:赢|输|告|官司|申请|复议)[^,，。?？几多]{0,4}的(?:那个?)?人(?:是|叫)谁|姓名|姓(?:什么|啥)|(?:人|谁|申请)[^,，。?？!！]{0,8}(?:叫什么|什么名字|名字)|(?<!不分)(?<!不管)(?<!不论)(?<!无论)谁(?:申请|提(?:出|交|的)|递|来申请|告)|申请人是谁|是谁申请|身份证|家庭住址|住址|住哪|个人信息|申请人的(?:电话|手机|联系)|哪(?:位|个)[^,，。]{0,4}(?:[局厅镇乡县市区科处]长|主任|书记|领导|负责人)|(?:领导|负责人|主任|局长|书记|同志|组长).{0,8}(?:是谁|哪位|哪个人|叫[啥什]|姓[啥什])|(?:[局厅镇乡县市区科]长|书记|主任|领导|负责人)[^,，。]{0,2}(?:手机|电话|微信)|申请人.{0,4}名单|哪些人申请|(?<!其)[我俺他她](?:的|那|提|递|自己)(?:的|那)?.{0,4}申请|给[他她](?!们)"
)
_OUT_OF_SCOPE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("howto", re.compile(r"(?:怎么|如何|怎样|去哪|上哪儿?|在哪里?|到哪里?|哪里|哪儿)(?:才)?(?:能|可以|去|来|提|提交|递交)?(?:申请|提交|递交)(?!的|量|数|.{0,4}(?:多|占|成))|(?:通知书|申请书|答复书|文书|函).{0,4}(?:怎么写|模板|范本|样本)|(?:可不可以|能不能|可以|能否)(?:申请)?(?:分期|延期|缓)(?:缴|交|付)|有没有(?:模板|范本|样本)|申请(?:流程|步骤|表格?|材料|条件|方法|入口|网址|手续|书)|(?:我|俺|咱)(?:想|要|该|能|可以|准备|打算)?(?:去)?申请|要(?:交|收|花)(?:多少)?(?:钱|费)|要(?:掏|花)钱|掏钱不|收费标准|怎么(?:投诉|举报|起诉|复议|告)|如何(?:投诉|举报|起诉|复议)|(?:怎么|如何|怎样)(?:向|给|跟|找)[^,，。]{0,14}(?:提交|递交|提出|申请)|(?:能|可以)(?:去)?(?:告(?![诉知])|起诉|投诉|举报)|(?:怎么|如何|咋)(?:打官司|告赢)|官司[^,，]{0,4}(?:能|才能)赢|不服.{0,8}(?:怎么|如何)|申请[^,，。]{0,8}表格?(?:该|要|应该|得)?(?:怎么|如何|咋)(?:填|写|弄)(?!的)|帮我(?:申请|投诉|举报|写)|代办|怎么办(?:理)?(?:证|身份证|护照|社保|许可)")),
    ("contact", re.compile(r"座机|(?<!通)(?<!接)(?<!打)(?<!个)(?<!多少)(?<!几次)(?<!打爆)电话(?!量|数|打爆|打不|打进|占线|总)|联系方式|联系人|地址|邮箱(?!.{0,4}申请)|邮编|邮政编码|传真号|网址|办公时间|上班时间|几点上班|下班|几点|负责人是|主任是|局长(?!讲|信箱|接待|热线|说|走|在线|面对面)|(?<!组织)领导是谁|领导叫|(?<!知道)(?<!晓得)(?<!清楚)(?<!明白)找谁|在哪儿?办公|(?:公众号|客服|联系).{0,4}二维码|公众号(?:叫|名|是什么)")),
    ("law", re.compile(r"(?:起诉状|上诉状|申诉书|答辩状)[^,，。?？]{0,6}怎么写|条例(?:第|规定|怎么|是怎)|法律(?:规定|依据|怎么|条文)|法条|依据.{0,6}法|几号(?:前|之前|要|发(?!布?[的了])|公布(?![的了]))|(?<!得)最晚(?!收?到?哪|收|的?(?:一份|报告|年报|是?[哪谁])|(?:发布|公布)的)|截止日期|最迟(?:哪天|几号|什么时候|何时)|多少天(?:内|之内)|(?:多少天|几天|多久)(?:之?内)?(?:要|得|必须|应当|应该)(?:答复|回复|办)|几天(?:内|之内)|法定期限|期限(?:是|有)|违法|合法吗|合不合法|该不该公开|应不应该公开|诉讼时效")),
    ("other", re.compile(r"(?:编|写|讲|说|来)(?:一?个|一?段|一?首|点)?(?:段子|笑话|打油诗|顺口溜|情书)|(?:给我|帮我|替我)[^,，。?？]{0,8}骂(?:一?骂|他|人|几句)|(?:后台|数据库|服务器|管理员|系统)[^,，。?？]{0,6}(?:账[号户]|帐[号户]|口令|密码|密钥|权限)[^,，。?？]{0,4}(?:发我|发给我|给我|告诉我|是多少|是什么|交出|报一?下)|(?:发我|给我|告诉我|交出|要)[^,，。?？]{0,6}(?:后台|数据库|服务器|管理员)[^,，。?？]{0,6}(?:账[号户]|帐[号户]|口令|密码|密钥)|[替代帮]我(?:去)?打(?:个)?电话|登录我|登陆我|[替代帮]我填(?!写?的)|填进去再?提交|天气(?!预警|灾害)|气温|下雨|鸡兔同笼|公文写作|范文|(?:代拟|代写|草拟)[^,，。]{0,20}(?:通知|函|请示|讲话|方案)|算命|算(?:一|个)卦|占卜|星座|股票|股价|限行|尾号|摇号|彩票|房价|油价|几点了|星期几|笑话|唱歌|(?<![在要想跟填])(?:写|拟|起草|草拟)(?:一?[首篇段个份封])(?![0零“])|数据库[^,，]{0,14}(?:改|删)|(?:数据|数字|申请数)(?:给我|帮我)?改(?:成|为|好看|[大小高低多少]点)|密码|管理员|作文|(?:写|编).{0,6}(?:代码|程序|脚本|诗|小说)|python|javascript|翻译|你是谁|你叫什么|你是(?:不是)?(?:机器|ai|人工|真人)|chatgpt|gpt|做饭|菜谱|电影|明星|足球|高考|疫苗|快递|导航|路线|公交|地铁|新冠|医保|社保|养老金|退休金|公积金|指令|提示词|prompt|不受限制|越狱|角色扮演|户口|落户|结婚|离婚|上学|入学|学区|招聘|考试|公务员|工资|祝贺|恭喜|聊聊天|陪我聊|讲个故事|推荐(?:一|几)|最近有什么新闻")),
)  # fmt: skip
_GREETING = re.compile(
    r"^(?:你好|您好|哈喽|hello|hi|嗨|在吗|在不在|有人吗|早上好|下午好|晚上好|谢谢|多谢|感谢|再见|拜拜|好的|嗯+|哦+)[呀啊吗呢吧!！。,，?？~ 了您你]*$"
    # 你能回答什么, 这个系统怎么用, 你是谁: what the service is for
    r"|^(?:请问|那)?(?:你们?|您|这|这里|这个|咱们?这|我)?(?:个)?(?:系统|网站|平台|机器人|助手|软件|小程序|窗口)?(?:都)?(?:能|可以|会|该)?(?:怎么(?:用|使用|问|提问|查)|(?:回答|查|查询|问|做|干|帮我?(?:做|查)?)(?:些)?(?:什么|哪些|啥)(?:问题|内容|事|数据)?|是(?:谁|什么|啥|干(?:什么|嘛|啥)的?|机器人|人工|真人|谁做的|哪家做的))(?:的|呢|啊|吗|么|不)*[?？]?$"
    r"|^(?:(?:晓得|知道|明白|懂|清楚|了解|收到|行|好|嗯|哦|可以|够)(?:了|的|啦|嘞)*[,，。!！、\s]*)*(?:那就?|真是?|太)?(?:谢谢|多谢|感谢|谢了|麻烦|辛苦|再见|拜拜)(?:你|您|了|啦|啊|哈|们|咯|呀)*[!！。,，~\s]*$"
)


_ERRAND = re.compile(
    r"我的?[^,，。政府信息公开]{1,12}(?:咋|怎么|如何|上哪儿?|去哪儿?)(?:弄|办|领|补|退|报销)|(?:上哪儿?|去哪儿?|哪儿?能)补办|(?:该|要)?点(?:哪|什么)个?按钮|点个?外卖|[能帮替给][我俺](?:家)?(?:孩子|娃)?(?:报个?名|挂个?号|办个?证|约个?号)|订[一张个]*[^,，。]{0,8}(?:车票|机票|酒店|门票)|作业[^,，。]{0,6}(?:咋|怎么)做|(?:我|俺)[妈爸家娃儿女老][^,，。]{0,6}(?:低保|社保|医保|户口)[^,，。]{0,6}(?:批|办|下来)"
)


def errand(text: str) -> bool:
    """Whether somebody asks for a matter of his own to be done: 我的个税退税手机上咋弄, 社保卡掉了上哪补办."""
    return bool(_ERRAND.search(text))


def personal_data(question: str) -> bool:
    """Whether a question carries a citizen's number: 身份证, mobile, bank card, or a mail address."""
    return bool(
        _ID.search(question)
        or _OLD_ID.search(question)
        or _MOBILE.search(question)
        or _EMAIL.search(question)
        or any(_luhn(re.sub(r"\D", "", m.group())) for m in _CARD.finditer(question))
    )


def _luhn(digits: str) -> bool:
    total = 0
    for at, char in enumerate(reversed(digits)):
        value = int(char) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return len(digits) >= 15 and total % 10 == 0


def abusive(question: str) -> bool:
    return bool(_ABUSE.search(question))


def without_abuse(question: str) -> str:
    """The question less its insults: what remains may well be one."""
    return _ABUSE.sub("", question)


_CRIME = re.compile("(?:让|被|叫)人(?:给)?(?:偷|抢|骗|打)了")
_MADE_UP = re.compile(
    "(?:帮我|给我|替我|麻烦你?|请你?)[^,，。?？]{0,3}(?:杜撰|捏造|虚构|胡编|伪造)[^,，。?？]{0,16}(?:数|报告|年报)|把[^?？]{2,30}\\d+[件条个]改成\\d+[件条个]|把[^?？]{2,20}(?:数|数字|件数|数据)(?:给我)?(?:改成|改为)(?!20\\d\\d(?!\\d)|\\d+[件条个]?以[上下])(?:\\d+|零)|"
    "(?:编造?|伪造|捏造|做(?=[一个份]))(?:一|个|份|点|些)*[^,，。?？]{0,8}假(?:的)?(?:年报|报告|数据|数字|表)|(?:帮我|给我|替我|请你?)(?:瞎|随便)?(?:编|造|捏造|虚构)(?:造|上)?一?(?:个|些|点|组|串)假?(?:数(?!据?(?:对照|表))|答案)|瞎编[一个点]|(?<!没)(?<!不)编(?:造|一)?(?:个|些|组)[^,，。?？]{0,5}(?:像样|好看|漂亮|体面|过得去)[^,，。?？]{0,3}(?:数|答案)"
)


def tells_of_a_crime(question: str) -> bool:
    """Whether somebody tells what befell him, which is a matter for the police: 电瓶车让人偷了."""
    return bool(_CRIME.search(question))


def asks_to_invent(question: str) -> bool:
    """Whether a number, or anything else, is to be made up: 帮我编一个数."""
    return bool(_MADE_UP.search(question))


_WHOSE_NUMBER = re.compile(r"谁(?:申请|提|递|交)的[^。]{0,4}(?:几|多少|各)[件份]")  # 剩下的是谁提的？几件: which kind of applicants


_KEPT = re.compile("[防避]|泄|漏|保护|脱敏|遮|打码|隐去")  # 怎么防着身份证号漏出去: what the body does about it


def asks_for_person(text: str) -> bool:
    """Whether somebody behind the figures is asked for; reports name no applicant."""
    kinds = re.search(
        r"最[多少高低]|谁(?:的)?申请(?:得|的)?(?:更|比较)?[多少]|主要|大多|哪一?[张个]?表|第几(?:部分|张)|多起来|类型|哪类|哪种|分别|各(?:是|有|占|几|多少)", text
    ) or _WHOSE_NUMBER.search(text)
    return bool(_PERSON.search(text)) and not (kinds or _KEPT.search(text))


def asks_for_numbers(text: str) -> bool:
    """Whether somebody's identity number, telephone or address is asked for."""
    wanted = re.search(r"给我|给个|告诉|发我|发给|是多少|要个|要一个|查一?下|求|知道不知道|有没有|报一?下", text)
    if wanted and re.search(r"(?:私人|个人|家庭|本人|手机)(?:的)?(?:手机|电话|号码?|微信号?|住址|地址)|手机号码?|身份证号", text) and not _KEPT.search(text):
        return True  # 市长的私人手机号给我一个
    return bool(re.search(r"身份证|手机号|电话|住址|住哪|家庭住址|联系方式", text)) and asks_for_person(text)


_LAW = re.compile("(?:法条|法律|法规)(?:上|里)?(?:是)?(?:怎么|咋|如何|怎样)(?:规定|说|写)")


def asks_for_law(text: str) -> bool:
    """Whether the law itself is asked for, whatever figures the words name: 复议超过六十天还能不能提，法条怎么规定."""
    return bool(_LAW.search(text))


def seeks_redress(text: str) -> bool:
    """Whether somebody asks where to turn with a grievance, whatever figures the words name: 申请被拒了该上哪儿告."""
    return bool(
        re.search(
            r"(?:去|要)告[它他她]们?[^,，。]{0,6}(?:哪|谁)|(?:该|要|能|去)+告谁|(?:上|去|到|找)(?:哪|谁)(?:儿|里|个部门)?(?:去)?(?:申请|提起?)?(?:告|投诉|举报|申诉|复议|起诉|说理|评理)|(?:多少|几)天(?:之?内|里)?(?:得|要|必须|可以|能)?(?:去)?(?:申请|提起?|告|起诉)|(?:去|到|上)哪(?:里|儿)?(?:去)?(?:交|递|提交)(?!的)|交到?哪(?:里|儿)|申请(?:要|该|得)?怎么写|带(?:什么|啥|哪些)(?:证件|证|材料|手续)|(?:准备|(?<!想)要|备)(?:什么|啥|哪些)(?:证件|证|材料|手续)|(?:找|去|到|在)?哪个窗口|办.{0,10}(?:许可证|执照|证件|手续)|去哪(?:儿|里)?领|(?:咋|怎么)填(?:表|$|[,，?？])|告?能?赢(?:不|吗|么)|适用.{0,6}(?:条例|法).{0,4}哪|法条给|[我俺咱][^,，。]{0,4}(?:能不能|能否|可不可以|该不该|可以)(?:直接|再|去)?(?:起诉|告|申请复议|复议|投诉|举报|申诉)|诉讼时效|(?:起诉|复议)期限",
            text,
        )
    )


def greeting(text: str) -> bool:
    return bool(_GREETING.match(text))


# Of the matters that no report is about, those that the narrative of one may still mention: 公交站台设置二维码.
_MENTIONED = re.compile(
    r"下不下雨|电影|足球|高考|疫苗|快递|公交|地铁|路线|新冠|医保|社保|养老金|退休金|公积金|户口|落户|上学|入学|学区|招聘|考试|公务员|工资|房价|油价"
)


def out_of_scope(text: str, of_report: bool = False) -> str | None:
    """``howto``, ``contact``, ``law`` or ``other`` for what a report does not say, else None.

    ``of_report``: the question names a body, so that a word like 公交 may stand in its report.
    """
    for name, pattern in _OUT_OF_SCOPE:
        found = pattern.search(text)
        # 联系电话那个问题怎么解决, 怎么防着电话漏出去
        done_about = re.search("(?:问题|毛病|不足)[^,，。]{0,6}(?:怎么|咋|准备|打算|解决|改)", text) or _KEPT.search(text)
        asked_about = name == "contact" and of_report and done_about
        if found and not asked_about and not (of_report and name == "other" and _MENTIONED.fullmatch(found.group())):
            return name
    return None
