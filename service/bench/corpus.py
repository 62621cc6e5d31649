"""Made-up reports for the benchmark, as many as are wanted: of bodies that do not exist, with figures that are consistent.

What decides the cost of a corpus is how much of it is new. Each report has some 31 passages and 60 sentences. About ten of its
sentences stand in no other report (its own numbers, names and places); the others are drawn from 60,000 that all share, some of
which stand in most reports and most in few, as boilerplate does. A report's text depends on its number alone.
"""

from __future__ import annotations

from random import Random

_PROVINCES = ("青岭省", "南泽省", "东陵省", "北川省", "西原省")
_STEMS = "安平宁和兴隆昌盛清明康乐长丰永泰金银玉石松柏云霞春秋江河湖海山川林泉石桥龙凤鹤鹿桃李梅兰竹菊"
_DEPARTMENTS = (
    "人民政府", "人民政府办公室", "教育局", "公安局", "民政局", "司法局", "财政局", "人力资源和社会保障局", "自然资源局", "生态环境局",
    "住房和城乡建设局", "交通运输局", "水利局", "农业农村局", "商务局", "文化和旅游局", "卫生健康局", "应急管理局", "审计局", "市场监督管理局",
    "统计局", "医疗保障局",
)  # fmt: skip
YEARS = range(2016, 2026)
"""The newest year comes first: report 0 is of the last."""

WHO = ("办公室", "各科室", "政务公开专班", "信息中心", "政策法规科", "窗口单位", "分管负责同志", "下属单位", "值班人员", "信息员队伍")
_VERB = (
    "梳理", "修订", "完善", "汇编", "更新", "检查", "通报", "培训", "试行", "推广", "归集", "核对", "公布", "解读", "回访", "评估", "整合", "移交",
    "备案", "督办",
)  # fmt: skip
OBJECT = (
    "政务公开事项目录", "依申请公开办理流程", "门户网站栏目", "政策解读材料", "公开前的审查台账", "便民服务指南", "行政规范性文件清单", "热线答复口径",
    "信息发布审核单", "基层公开专区", "政民互动留言", "公开申请答复文书", "历史文件的公开属性", "新媒体账号", "公报电子版", "查阅点设备",
    "重点领域信息", "惠企政策汇编", "民生实事进度", "预算公开附表", "招标投标信息", "食品抽检结果", "社会救助名单公示", "学校招生方案",
    "环境监测数据", "安全生产通报", "征地补偿公告", "医保目录说明", "农技服务日历", "执法事项清单",
)  # fmt: skip
PURPOSE = (
    "方便群众查找", "做到应公开尽公开", "减少重复申请", "压实各环节责任", "提高答复质量", "回应社会关切", "确保按期办结", "避免内容不一致",
    "便于企业知晓", "让老年人也能看懂", "接受社会监督", "缩短办理时间", "统一对外口径", "防止泄露个人信息", "守住保密底线", "补齐短板",
    "形成长效机制", "推动数据共享", "服务重大项目", "巩固已有成果", "明确时间节点", "规范用语格式", "留存办理痕迹", "覆盖到村和社区",
)  # fmt: skip
_WHEN = ("年初", "一季度", "上半年", "三季度", "下半年", "年底前", "每月", "每季度", "定期", "全年")
_SHARED = 60_000


def body(number: int) -> str:
    """The name of a body, a different one for each number."""
    county, department = divmod(number, len(_DEPARTMENTS))
    city, county = divmod(county, 40)
    province, city = divmod(city, 40)
    place = f"{_STEMS[city]}{_STEMS[(city + 7) % 40]}市{_STEMS[county]}{_STEMS[(county + 3) % 40]}县"
    # A place whose name begins like a conjunction (和康市) is told with its province, as it would be.
    return f"{_PROVINCES[province % 5] if province or place.startswith('和') else ''}{place}{_DEPARTMENTS[department]}"


def which(number: int) -> tuple[str, int]:
    """(body, year) of a report: each body has one of every year."""
    who, year = divmod(number, len(YEARS))
    return body(who), YEARS[-1 - year]


def received(number: int) -> int:
    """The requests that a report says were received."""
    return Random(number).randint(0, 400)


def report(number: int) -> str:
    """The text of a report."""
    agency, year = which(number)
    dice = Random(number)
    count = dice.randint(0, 400)
    own = _own(agency, year, count, number, dice)
    shared: dict[int, None] = {}
    while len(shared) < 50:
        shared[min(int(dice.paretovariate(0.35)), _SHARED - len(shared))] = None
    told = [*own, *map(_shared, shared)]
    overview, problems = told[:44], told[44:]
    parts = [
        f"{agency}{year}年政府信息公开工作年度报告",
        f"发布日期：{year + 1}-01-{dice.randint(10, 28)}",
        "一、总体情况",
        *("".join(overview[at : at + 2]) for at in range(0, 44, 2)),
        "二、主动公开政府信息情况",
        _table_2(dice),
        "三、收到和处理政府信息公开申请情况",
        _table_3(count, dice),
        "四、政府信息公开行政复议、行政诉讼情况",
        _TABLE_4,
        "五、存在的主要问题及改进情况",
        *("".join(problems[at : at + 2]) for at in range(0, len(problems), 2)),
        "六、其他需要报告的事项",
        "本年度收取信息处理费0元。",
    ]
    return "\n\n".join(parts) + "\n"


def _own(agency: str, year: int, count: int, number: int, dice: Random) -> list[str]:
    place = f"{_STEMS[dice.randrange(40)]}{_STEMS[dice.randrange(40)]}{dice.choice(('社区', '村', '园区', '大厅'))}"
    return [
        f"{agency}认真贯彻落实政府信息公开条例，稳步推进{year}年各项公开工作。",
        f"{year}年共收到政府信息公开申请{count}件，均在法定期限内处理。",
        f"全年通过门户网站发布信息{dice.randint(100, 90000)}条。",
        f"通过微信公众号发布信息{dice.randint(10, 30000)}条。",
        f"举办业务培训{dice.randint(1, 9)}次，参加培训{dice.randint(10, 900)}人。",
        f"受理热线来电{dice.randint(100, 90000)}件，办结率为{dice.randint(900, 999) / 10}%。",
        f"在{place}试点{dice.choice(OBJECT)}，第{number}号工作单已经办结。",
        f"与{place}联合开展政策宣讲{dice.randint(2, 60)}场，发放资料{dice.randint(100, 9000)}份。",
        f"更新公开栏目{dice.randint(3, 90)}个，清理过期信息{dice.randint(10, 9000)}条。",
        f"{place}反映的{dice.choice(OBJECT)}问题，由{dice.choice(WHO)}在{dice.randint(2, 30)}个工作日内答复。",
    ]


def _shared(number: int) -> str:
    dice = Random(number)
    when, who, purpose = dice.choice(_WHEN), dice.choice(WHO), dice.choice(PURPOSE)
    return f"{when}由{who}{dice.choice(_VERB)}{dice.choice(OBJECT)}，并{dice.choice(_VERB)}{dice.choice(OBJECT)}，{purpose}。"


def _table_2(dice: Random) -> str:
    made, void, held = dice.randint(0, 9), 0, dice.randint(9, 90)
    rows = (
        "第二十条第（一）项\t\t\t", "信息内容\t本年制发件数\t本年废止件数\t现行有效件数", "规章\t0\t0\t0",
        f"行政规范性文件\t{made}\t{void}\t{held}", "第二十条第（五）项\t\t\t", "信息内容\t本年处理决定数量\t\t",
        f"行政许可\t{dice.randint(0, 900)}\t\t", "第二十条第（六）项\t\t\t", "信息内容\t本年处理决定数量\t\t",
        f"行政处罚\t{dice.randint(0, 900)}\t\t", f"行政强制\t{dice.randint(0, 90)}\t\t", "第二十条第（八）项\t\t\t",
        "信息内容\t本年收费金额（单位：万元）\t\t", f"行政事业性收费\t{dice.randint(0, 90000) / 100}\t\t",
    )  # fmt: skip
    return "\n".join(rows)


_REASONS = (
    ("（三）不予公开", ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息",
                   "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项")),
    ("（四）无法提供", ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")),
    ("（五）不予处理", ("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息")),
    ("（六）其他处理", ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                   "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他")),
)  # fmt: skip


def _table_3(count: int, dice: Random) -> str:
    companies = dice.randint(0, count // 5) if count else 0
    refused = dice.randint(0, count - companies) if count else 0

    def row(label: str, natural: int, company: int) -> str:
        return "\t".join([label, *map(str, (natural, company, 0, 0, 0, 0, natural + company))])

    lines = [
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t\t\t申请人情况\t\t\t\t\t\t",
        "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计", "\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t",
        row("一、本年新收政府信息公开申请数量\t\t", count - companies, companies),
        row("二、上年结转政府信息公开申请数量\t\t", 0, 0),
        row("三、本年度办理结果\t（一）予以公开\t", count - companies - refused, companies),
        row("\t（二）部分公开（区分处理的，只计这一情形，不计其他情形）\t", 0, 0),
    ]  # fmt: skip
    for title, reasons in _REASONS:
        for at, reason in enumerate(reasons):
            lines.append(row(f"\t{title if at == 0 else ''}\t{reason}", refused if reason.startswith("4.保护") else 0, 0))
    lines.append(row("\t（七）总计\t", count - companies, companies))
    lines.append(row("四、结转下年度继续办理\t\t", 0, 0))
    return "\n".join(lines)


_TABLE_4 = "\n".join((
    "行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t",
    "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t",
    "\t\t\t\t\t" + "\t".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2),
    "\t".join(["0"] * 15),
))  # fmt: skip
