"""Openings of reports, written for the tests in the patterns that real reports show, each with the agency and year a reader finds.

``PATTERNS`` are printed for several bodies each; ``SPECIAL`` are cases of their own. What follows the opening is the same body text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Opening:
    """``agency`` None: it cannot be told, and must be refused. ``sure`` None: either will do."""

    id: str
    text: str
    agency: str | None
    year: int | None
    meta: Mapping[str, str] = field(default_factory=dict)
    sure: bool | None = None


# full name, how it calls itself, place of its site (a government)
BODIES = (
    ("大冶市教育局", "局", "大冶市人民政府"),
    ("亳州市谯城区十八里镇人民政府", "镇", "亳州市谯城区人民政府"),
    ("云溪市水务局", "局", "云溪市人民政府"),
    ("黔东南州农业农村局", "局", "黔东南州人民政府"),
    ("望川区白石街道办事处", "街道", "望川区人民政府"),
    ("荆门市东宝区住房和城乡建设局", "局", "荆门市东宝区人民政府"),
    ("青禾县人民政府", "县", "青禾县人民政府"),
    ("柳州市民族宗教事务委员会（柳州市民族宗教事务局）", "委", "柳州市人民政府"),
    ("新疆维吾尔自治区人民政府办公厅", "厅", "新疆维吾尔自治区人民政府"),
    ("云溪市三棵松自然资源和规划局高新分局", "局", "云溪市人民政府"),
    ("鄂托克旗卫生健康委员会", "委", "鄂托克旗人民政府"),
    ("国家税务总局珠海市税务局", "局", "珠海市人民政府"),
    ("上海市静安区地区工作办公室", "办", "上海市静安区人民政府"),
    ("淄博经济开发区管理委员会办公室", "办", "淄博市人民政府"),
    ("五河县统计局", "局", "五河县人民政府"),
)

# {a} agency, {y} year, {n} the next year, {s} its word for itself, {g} the government above it
PATTERNS: dict[str, str] = {
    "plain": "{a}{y}年政府信息公开工作年度报告",
    "year_first": "{y}年{a}政府信息公开工作年度报告",
    "du_twice": "{a}{y}年度政府信息公开工作年度报告",
    "work_report": "{a}{y}年度政府信息公开工作报告",
    "work_report_no_du": "{a}{y}年政府信息公开工作报告",
    "no_work": "{a}{y}年政府信息公开年度报告",
    "year_inside": "{a}政府信息公开工作{y}年度报告",
    "no_government": "{a}{y}年度信息公开年度报告",
    "no_government_work": "{a}{y}年度\n信息公开工作报告",
    "zhengwu": "{a}{y}年政务信息公开工作年度报告",
    "short_report": "{a}{y}年政府信息公开工作年报",
    "chinese_year": "{a}二〇{cy}年政府信息公开工作年度报告",
    "spaces": "{a} {y} 年政府信息公开工作年度报告",
    "wide_spaces": "{a}　{y}　年政府信息　公开工作年度报告",
    "full_width": "{a}{fy}年政府信息公开工作年度报告",
    "year_mark": "【{y}】{a}{y}年政府信息公开工作年度报告",
    "year_mark_only": "【{y}】{a}政府信息公开工作年度报告",
    "version": "（文字版）{a}{y}年政府信息公开工作年度报告",
    "version_after": "{a}{y}年政府信息公开工作年度报告（超链版）",
    "page": "Page 2 - {a}{y}年度政府信息公开工作年度报告",
    "brackets_after": "{a}政府信息公开工作年度报告（{y}年度）",
    "two_lines": "{a}{y}年度政府\n信息公开工作年度报告",
    "two_lines_du": "{a}{y}年度政府信息公开工作年\n度报告",
    "agency_line": "{a}\n{y}年政府信息公开工作年度报告",
    "year_cut": "{a}{y}\n年政府信息公开工作年度报告",
    "year_without_nian": "{a}{y}\n政府信息公开工作年度报告",
    "three_lines": "{a}\n{y}年政府信息\n公开工作年度报告",
    "four_lines": "{a}\n{y}\n年政府信息公开\n工作年度报告",
    "twice": "{a}{y}年政府信息公开工作年度报告\n\n{a}{y}年政府信息公开工作年度报告",
    "shorter_after": "{a}{y}年政府信息公开工作年度报告\n{y}年政府信息公开工作年度报告",
    "shorter_before": "{y}年政府信息公开年度报告\n{a}{y}年政府信息公开工作年度报告",
    "masthead": "{g}\n{a}{y}年政府信息公开工作年度报告",
    "english": "Annual Report on Open Government Information of {y}\n{a}{y}年政府信息公开工作年度报告",
    "menu": "首页 > 政府信息公开 > 政府信息公开年报\n{a}{y}年政府信息公开工作年度报告",
    "menu_with_agency": "当前位置：首页 > 信息公开 > {a}\n{a}{y}年政府信息公开工作年度报告",
    "one_long_line": "{a}{y}年 政府信息公开工作年度报告 根据《中华人民共和国政府信息公开条例》的规定，制作本报告。 全文由六个部分组成，如有疑问请联系本机关，地址在河滨路三十六号。",
    "labelled_title": "标题：{a}{y}年政府信息公开工作年度报告\n索引号：0123/{n}-00017",
    "metadata_line": "索引号：01-{n}-3 发布机构：{a} 发布日期：{n}-01-18\n名    称：{a}{y}年政府信息公开工作年度报告 文 号：无",
    "metadata_table": "标题\t{a}{y}年政府信息公开工作年度报告\n发布机构\t{a}\n发布日期\t{n}-01-18",
    "date_under": "{a}\n{y}年度政府信息公开工作年度报告\n{n}年1月31日",
    "publisher": "{y}年政府信息公开工作年度报告\n发布机构：{a}　发布时间：{n}-01-20 09:16",
    "publisher_next_line": "{y}年政府信息公开工作年度报告\n发布机构：\n{a}\n发布时间：\n{n}-01-20",
    "preface_publishes": "根据《中华人民共和国政府信息公开条例》要求，现公布{a}{y}年政府信息公开工作年度报告。",
    "preface_situation": "根据有关规定，现将{a}{y}年政府信息公开工作情况报告如下。",
    "preface_quoted": "根据《中华人民共和国政府信息公开条例》，制作《{a}{y}年政府信息公开工作年度报告》，并向社会公布。",
    "preface_quoted_year_first": "按照有关要求，编制《{y}年{a}政府信息公开年度报告》，现予公布。",
    "preface_compiled_by": "{y}年政府信息公开工作年度报告\n本报告由{a}根据《中华人民共和国政府信息公开条例》编制。",
    "preface_compiles": "{a}根据《中华人民共和国政府信息公开条例》第五十条规定编制{y}年政府信息公开工作年度报告。",
    "preface_subject": "{y}年，{a}认真贯彻落实《中华人民共和国政府信息公开条例》，扎实推进政务公开。本报告统计期限为{y}年1月1日至{y}年12月31日。",
    "contact": "{y}年政府信息公开工作年度报告\n如对本报告有疑问，请与{a}联系（地址：河滨路36号，电话：5550136）。",
    "period_lost": "{a}政府信息公开工作年度报告\n统计期限自{y}11日起至{y}1231日止。",
    "period_only": "{a}政府信息公开工作年报\n本报告所列数据的统计期限自{y}年1月1日起，至{y}年12月31日止。",
    "period_dates": "{a}信息公开年度报告\n数据统计时限：{y}-01-01至{y}-12-31",
    "period_months": "{a}政府信息公开年度报告\n数据统计时间段为{y}年1—12月。",
    "period_checked": "{a}政府信息公开年度报告\n数据核定时间点为{y}年1月1日至{y}年12月31日",
    "other_year_before": "{a}{y}年政府信息公开工作年度报告\n本报告依据国办公开办函〔2019〕60号编制，2035年远景目标、2017年度决算不在其内。",
}
BODY_WORDS = "本机关把方便群众查询放在首位，逐项落实公开责任。"
_YEARS = (2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025)
_DIGITS = "〇一二三四五六七八九"


def printed(opening: Opening) -> str:
    """The opening with a short report behind it."""
    return (
        f"{opening.text}\n\n一、总体情况\n\n{BODY_WORDS}\n\n二、主动公开政府信息情况\n\n第二十条第（一）项\n\n三、收到和处理政府信息公开申请情况\n\n"
        "四、政府信息公开行政复议、行政诉讼情况\n\n五、存在的主要问题及改进情况\n\n公开的及时性有待提高。下一步将加强培训。\n\n六、其他需要报告的事项\n\n无。\n"
    )


def patterned() -> Iterator[Opening]:
    """Every pattern for three bodies, each in another year."""
    for at, (name, template) in enumerate(PATTERNS.items()):
        for step in range(3):
            agency, word, government = BODIES[(at * 4 + step * 5) % len(BODIES)]
            year = _YEARS[(at + step * 3) % len(_YEARS)]
            words = {
                "a": agency, "y": year, "n": year + 1, "s": word, "g": government, "fy": "".join(chr(ord(c) + 0xFEE0) for c in str(year)),
                "cy": "".join(_DIGITS[int(c)] for c in str(year)[2:]),
            }  # fmt: skip
            yield Opening(f"{name}-{agency}", template.format(**words), agency, year)


def _o(name: str, text: str, agency: str | None, year: int | None, sure: bool | None = None, **meta: str) -> Opening:
    return Opening(name, text, agency, year, meta, sure)


NOTICE = (
    "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"
    "（国办公开办函〔2021〕30号）要求，编制本报告。"
)
PERIOD = "本报告所列数据的统计期限自{y}年1月1日起，至{y}年12月31日止。"

SPECIAL = (
    # names without their place
    _o("bare_none", "教育局2022年政府信息公开工作年度报告", None, 2022),
    _o("bare_county_level", "县统计局2022年政府信息公开工作年度报告", None, 2022),
    _o("bare_by_full_name", "市财政局2019年度政府信息公开工作报告\n如需咨询，请与武汉市财政局联系（电话：5550101）。", "武汉市财政局", 2019),
    _o("bare_by_site", "市财政局2019年度政府信息公开工作报告", "武汉市财政局", 2019, site="武汉市财政局门户网"),
    _o("bare_by_publisher_meta", "商务局2023年政府信息公开工作年度报告", "义乌市商务局", 2023, publisher="义乌市商务局"),
    _o("bare_by_site_county", "县统计局2021年政府信息公开工作年度报告", "平武县统计局", 2021, site="平武县人民政府"),
    _o("bare_by_text_site", "区住建局2021年政府信息公开工作年度报告\n本报告可在杭州市滨江区人民政府网站下载。", "杭州市滨江区住建局", 2021),
    _o("bare_by_host", "市水务局2021年政府信息公开工作年度报告", "淄博市水务局", 2021, False, host="www.zibo.gov.cn"),
    _o("bare_dept_on_city_portal", "教育局2021年政府信息公开工作年度报告", "淄博市教育局", 2021, False, site="淄博市人民政府"),
    _o("bare_province", "省交通运输厅2019年度政府信息公开工作年度报告", "山东省交通运输厅", 2019, site="山东省人民政府"),
    _o("bare_hall_on_city_site", "省教育厅2019年度政府信息公开工作年度报告", "山东省教育厅", 2019, False, site="淄博市人民政府"),
    _o("county_dept_on_city_site", "县水利局2019年政府信息公开工作年度报告", None, 2019, site="淄博市人民政府"),
    _o("host_with_two_meanings", "区教育局2020年政府信息公开工作年度报告", None, 2020, host="www.changan.gov.cn"),
    _o("host_epoch_url", "柳州市市场监督管理局政府信息公开工作年度报告\n" + PERIOD.format(y=2023), "柳州市市场监督管理局", 2023, url="http://www.liuzhou.gov.cn/t19700101_33.html"),
    _o("our_bureau", "2022年政府信息公开工作年度报告\n2022年，我局认真贯彻落实条例。", None, 2022),
    _o("our_bureau_nothing", "一年来，我局认真贯彻落实条例，我局网站共发布信息。", None, None),
    _o("our_banner", "2020年，我旗认真贯彻落实条例，我旗各苏木镇扎实推进。", None, 2020),
    _o("this_organ", "政府信息公开工作年度报告\n" + PERIOD.format(y=2021) + "本机关认真落实。", None, 2021),
    _o("publisher_is_an_office", "2023年政府信息公开工作年度报告\n发布机构：党政办公室", None, 2023),
    _o("publisher_bare_and_site", "2023年政府信息公开工作年度报告\n发布机构：市商务局", "安康市商务局", 2023, site="安康市人民政府"),
    _o("township_contact", "2019年政府信息公开工作年度报告\n如有疑问，请与小河镇党政办联系。本报告在威远县人民政府网站公布。", "威远县小河镇", 2019),
    _o("township_alone_ambiguous", "城关镇2021年政府信息公开工作年度报告", None, 2021),
    _o("township_unique", "巴音乌兰苏木2021年政府信息公开工作年度报告", "乌拉特中旗巴音乌兰苏木", 2021, False),
    _o("township_by_site", "青龙镇人民政府2019年政府信息公开年度报告", "建水县青龙镇人民政府", 2019, site="建水县人民政府"),
    _o("township_by_city_site", "两城镇人民政府2020年政府信息公开工作年度报告\n本报告可在微山县人民政府网站查阅。", "微山县两城镇人民政府", 2020),
    # names with their place
    _o("ministry", "商务部2015年政府信息公开工作年度报告", "商务部", 2015, True),
    _o("ministry_health", "国家卫生健康委2024年政府信息公开工作年度报告", "国家卫生健康委", 2024, True),
    _o("ministry_on_other_site", "水利部2020年政府信息公开工作年度报告", "水利部", 2020, True, site="云溪河务委员会", host="www.yunxi.gov.cn"),
    _o("dual_name", "温州市洞头区自然资源（和规划）局2021年政府信息公开工作年度报告", "温州市洞头区自然资源（和规划）局", 2021),
    _o("alias_zone", "云南滇中新区临空先进制造业发展局（管委会）2022年政府信息公开工作年度报告", "云南滇中新区临空先进制造业发展局（管委会）", 2022),
    _o("office_in_title", "亳州市人民政府办公室2025年政府信息公开工作报告\n2025年，亳州市人民政府认真落实。", "亳州市人民政府办公室", 2025),
    _o("joint", "云溪市统计局 国家统计局云溪调查队2022年政府信息公开工作年度报告", "云溪市统计局、国家统计局云溪调查队", 2022),
    _o("area_title", "2023年上海市政府信息公开工作年度报告", "上海市", 2023, True),
    _o("area_quoted", "编制《贵阳市2023年政府信息公开工作年度报告》。", "贵阳市", 2023),
    _o("district_many", "长安区人民政府2022年政府信息公开工作年度报告", "长安区人民政府", 2022, False),
    _o("district_many_resolved", "长安区人民政府2022年政府信息公开工作年度报告\n本报告可在西安市长安区人民政府网站下载。", "长安区人民政府", 2022),
    _o("district_young", "乌鲁木齐市沙依巴克区2022年政府信息公开工作年度报告", "乌鲁木齐市沙依巴克区", 2022, True),
    _o("renamed_county", "武隆县人民政府2011年政府信息公开年度报告", "武隆县人民政府", 2011, True),
    _o("encyclopedia", "中文名\t武隆县人民政府2011年政府信息公开年度报告\n类别\t公告", "武隆县人民政府", 2011),
    _o("university", "长江大学2020年信息公开年度报告", "长江大学", 2020),
    _o("zhongshan_university", "中山大学2020年信息公开年度报告", "中山大学", 2020),
    _o("company", "云溪市自来水集团有限公司2022年政府信息公开工作年度报告", "云溪市自来水集团有限公司", 2022),
    _o("institution", "西安市临潼区渭北新城服务中心2025年政府信息公开工作年度报告", "西安市临潼区渭北新城服务中心", 2025, True),
    _o("vertical", "云南省易门县气象局2023年政府信息公开工作年度报告", "云南省易门县气象局", 2023, True),
    _o("branch", "杭州市公安局滨江区分局2022年政府信息公开工作年度报告", "杭州市公安局滨江区分局", 2022, True),
    _o("sumu", "乌拉特中旗巴音乌兰苏木 2021 年政府信息 公开工作年度报告.docx", "乌拉特中旗巴音乌兰苏木", 2021),
    _o("street_short", "张掖市甘州区东街街道2023年度政府信息公开工作年度报告\n发布机构：甘州区政务服务管理局", "张掖市甘州区东街街道", 2023),
    _o("masthead_twice", "正定县人民政府\n正定县人民政府办公室2025年政府信息公开工作年度报告", "正定县人民政府办公室", 2025),
    _o("masthead_glued", "正定县人民政府正定县人民政府办公室2025年政府信息公开工作年度报告", "正定县人民政府办公室", 2025),
    _o("nav_label", "正阳街道\n西咸新区正阳街道办事处\n2023年政府信息公开工作年度报告\n西咸新区正阳街道办事处2023年政府信息公开工作年度报告", "西咸新区正阳街道办事处", 2023),
    _o("publishes_in_title", "关于公布望川区教育局2020年政府信息公开工作年度报告的公告", "望川区教育局", 2020),
    _o("only_in_page_title", "政府信息公开工作年报", "武汉市发展和改革委员会", 2023, title="武汉市发展和改革委员会2023年政府信息公开工作年报_武汉市人民政府"),
    _o("year_from_page_title", "云溪市水务局政府信息公开工作年度报告", "云溪市水务局", 2022, title="云溪市水务局2022年政府信息公开工作年度报告-云溪市人民政府"),
    _o("signature_top", "广州市人民政府\n2015年3月\n\n2014年，我市认真贯彻落实条例，形成2014年政府信息公开年度报告。", "广州市人民政府", 2014),
    # prefaces as they are written, with the names of superiors, sites and laws in them
    _o("street_contact", NOTICE + PERIOD.format(y=2023) + "本报告电子版可在上海市徐汇区人民政府网站（www.xuhui.gov.cn）查阅、下载。如对本报告有疑问，"
       "请与上海市徐汇区漕河泾街道办事处联系（地址：上海市徐汇区康健路135号，邮编：200235，电话：54560000）。", "上海市徐汇区漕河泾街道办事处", 2023),
    _o("compiled_by_bureau", NOTICE.replace("编制本报告", "由黔东南州农业农村局编制2022年度政府信息公开工作年度报告"), "黔东南州农业农村局", 2022),
    _o("publishes_du", NOTICE.replace("编制本报告", "现公布来宾市卫生健康委员会2023年度政府信息公开年度报告"), "来宾市卫生健康委员会", 2023),
    _o("under_leadership", "2024年，东宝区招商局在区委、区政府的正确领导下，认真落实《条例》。（" + PERIOD.format(y=2024)[:-1] + "）", "东宝区招商局", 2024),
    _o("notice_of_superior", "根据市政府办公室《关于做好2023年政府信息公开工作年度报告编制发布工作的通知》要求，厦门市统计局编制本报告。" + PERIOD.format(y=2023), "厦门市统计局", 2023),
    _o("law_of_the_bureau", "2021年，我局严格按照《条例》和《抚顺市人力资源和社会保障局政府信息公开工作办法》的要求，做好公开工作。" + PERIOD.format(y=2021), "抚顺市人力资源和社会保障局", 2021, False),
    _o("party_office_of_town", NOTICE + "本报告由两城镇人民政府党政办公室编制。" + PERIOD.format(y=2020) + "报告电子版在微山县人民政府门户网站公布。", "微山县两城镇人民政府", 2020),
    _o("town_government", "2020年，唐村镇政府认真落实《条例》，在邹城市人民政府网站公开信息81条。" + PERIOD.format(y=2020), "邹城市唐村镇人民政府", 2020),
    _o("district_itself", "2021年，余杭区深入贯彻《条例》，全区共公开信息2.7万余篇。" + PERIOD.format(y=2021), "余杭区", 2021),
    _o("young_city_itself", "2022年，兴仁市认真贯彻《条例》。除特别说明外，" + PERIOD.format(y=2022), "兴仁市", 2022),
    _o("our_city_and_site", "2020年，我市认真贯彻《条例》，我市各部门积极推进，我市公开信息3条。" + PERIOD.format(y=2020) + "本报告在朔州市人民政府门户网站公布。", "朔州市", 2020, False),
    _o("two_short_names", "2023年，区经济信息委认真落实《条例》，区经信委公开信息100件。" + PERIOD.format(y=2023) + "本报告可在重庆市渝中区人民政府网站查阅。", "渝中区经济信息委", 2023),
    _o("bare_city_bureau", "2022年，市商务局严格落实《条例》。" + PERIOD.format(y=2022) + "请登录安康市人民政府网站查询。", "安康市商务局", 2022),
    _o("vertical_in_preface", "2023年，云南省易门县气象局加强领导，规范有序开展主动公开。统计期限20231月1日至2023年12月31日。", "云南省易门县气象局", 2023),
    _o("county_bureau_of_city", "2021年，内江市隆昌生态环境局认真落实《条例》。" + PERIOD.format(y=2021), "内江市隆昌生态环境局", 2021),
    _o("service_centre", "本年度报告由西安市临潼区渭北新城服务中心编制。" + PERIOD.format(y=2025), "西安市临潼区渭北新城服务中心", 2025),
    _o("town_from_introduction", "引 言\n根据《条例》编制2019年度青龙镇政府（机关）信息公开年度报告。本报告在建水县人民政府网站公布。", "建水县青龙镇人民政府", 2019),
    _o("province_itself", "根据《条例》规定，编制山西省2017年政府信息公开工作年度报告。", "山西省", 2017),
    _o("zone_with_party_office", "名称\t连云港经济技术开发区管理委员会2024年政府信息公开工作年度报告\n发布机构\t党政办公室\n发布日期\t2025-02-14", "连云港经济技术开发区管理委员会", 2024),
    _o("commission_pair", "2023年，安庆市文化和旅游局（市文物局）坚持以公开为常态。" + PERIOD.format(y=2023), "安庆市文化和旅游局（市文物局）", 2023),
    _o("old_contact", "2019年政府信息公开工作年度报告\n如对报告有疑问，请联系：蚌埠市财政局办公室，电话：0552-5550101。", "蚌埠市财政局", 2019),
    _o("title_in_quotes_wrapped", "根据《中华人民共和国政府信息公开条例》，制作本《南京市江宁区人民政府2022年政府\n信息公开工作年度报告》。", "南京市江宁区人民政府", 2022),
    _o("office_and_county", "现公布阳山县人民政府办公室2016年政府信息公开年度报告。", "阳山县人民政府办公室", 2016),
    _o("party_and_city", "2019年，在市委、市政府的坚强领导下，安庆市财政局认真贯彻《条例》。" + PERIOD.format(y=2019), "安庆市财政局", 2019),
    # what stands round a title
    _o("menu_same_line", "政府信息公开年报 云溪市水务局2022年政府信息公开工作年度报告", "云溪市水务局", 2022),
    _o("date_same_line", "2023-01-18 云溪市水务局2022年政府信息公开工作年度报告", "云溪市水务局", 2022, True),
    _o("date_time_same_line", "2023-01-1809:16 云溪市水务局2022年政府信息公开工作年度报告", "云溪市水务局", 2022, True),
    _o("date_line_before", "2023年1月18日\n云溪市水务局2022年政府信息公开工作年度报告", "云溪市水务局", 2022, True),
    _o("date_same_line_no_agency", "2023-01-18 2022年政府信息公开工作年度报告\n发布机构：云溪市水务局", "云溪市水务局", 2022),
    _o("agency_in_brackets_behind", "2022年政府信息公开工作年度报告（云溪市水务局）", "云溪市水务局", 2022),
    _o("agency_colon", "云溪市水务局：2022年政府信息公开工作年度报告", "云溪市水务局", 2022),
    _o("agency_dash", "云溪市水务局-2022年政府信息公开工作年度报告", "云溪市水务局", 2022),
    _o("situation_of", "云溪市水务局关于2022年政府信息公开工作情况的报告", "云溪市水务局", 2022),
    _o("own_level", "云溪市本级2022年政府信息公开工作年度报告", "云溪市", 2022),
    _o("site_behind", "云溪市水务局2022年政府信息公开工作年度报告 - 云溪市人民政府门户网站", "云溪市水务局", 2022),
    _o("cover_page", "政府信息公开工作年度报告\n（2022年度）\n云溪市水务局\n2023年1月", "云溪市水务局", 2022, False),
    _o("alias_office", "云溪市水务局（云溪市河长办）2022年政府信息公开工作年度报告", "云溪市水务局（云溪市河长办）", 2022),
    _o("street_of_a_government", "广州市荔湾区人民政府南源街道办事处2020年政府信息公开工作年度报告", "广州市荔湾区人民政府南源街道办事处", 2020, True),
    _o("crumbs_and_town", "首页 / 政府信息公开 / 年报 / 镇街 / 正文\n原村乡2024年政府信息公开工作年度报告\n本报告可通过高平市人民政府门户网站查阅。", "高平市原村乡", 2024),
    _o("town_by_address", "连生乡人民政府2024年政府信息公开工作年度报告\n联系地址：绥滨县连生乡连生村。", "绥滨县连生乡人民政府", 2024),
    _o("street_of_a_capital_name", "北京街道办事处2020年政府信息公开工作年度报告", "广州市越秀区北京街道办事处", 2020, False),
    _o("short_name_above", "浑南区国资局\n现公布区政府国资局2022年政府信息公开工作年度报告。", "浑南区国资局", 2022),
    _o("alias_of_a_government", "现公布《贵阳市人民政府（市人民政府办公厅）2021年政府信息公开工作年度报告》。", "贵阳市人民政府（市人民政府办公厅）", 2021),
    _o("zone_in_its_city", "现公布翠山湖管委会2018年政府信息公开工作年度报告。本报告在开平市人民政府网站公布。", "开平市翠山湖管委会", 2018),
    _o("county_by_its_office", "2018年，我县高度重视公开工作。" + PERIOD.format(y=2018) + "请与宣汉县政府信息公开管理办公室联系。我县今后将加强培训。", "宣汉县", 2018, False),
    _o("only_branch", "分局依据州局授权，制定并实施了公开目录。" + PERIOD.format(y=2024), None, 2024),
    _o("only_management_office", "2018年，管委会办公室认真落实《条例》。" + PERIOD.format(y=2018), None, 2018),
    # who answers is not who reports
    _o("ask_the_government", "2021年政府信息公开工作年度报告\n如有疑问，请与望川区人民政府办公室联系（电话：5550101）。", "望川区人民政府办公室", 2021, False),
    _o("ask_for_our_town", "2021年，我镇认真落实《条例》。我镇公开信息3条。如有疑问，请与望川区人民政府办公室联系（电话：5550101）。" + PERIOD.format(y=2021), "望川区人民政府办公室", 2021, False),
    _o("county_bureau_by_contact", "2021年，县应急局认真落实《条例》。" + PERIOD.format(y=2021) + "如有疑问，请与平武县人民政府办公室联系（电话：5550101）。", "平武县应急局", 2021, False),
    _o("bureau_on_provincial_site", "教育局2021年政府信息公开工作年度报告\n可在四川省人民政府网站下载。", None, 2021),
    _o("state_council_in_preface", "2021年，国务院办公厅根据《条例》印发格式，我局认真执行。" + PERIOD.format(y=2021), None, 2021),
    # a county that no table has, told by its own site
    _o("young_county_by_site", "柳坪镇2023年政府信息公开工作年度报告", "望川县柳坪镇", 2023, False, site="望川县人民政府门户网站"),
    _o("young_zone_by_site", "教育局2023年政府信息公开工作年度报告", "青禾新区教育局", 2023, False, site="青禾新区管理委员会"),
    _o("young_county_by_title", "柳坪镇2023年政府信息公开工作年度报告", "望川县柳坪镇", 2023, False, title="柳坪镇2023年政府信息公开工作年度报告_望川县人民政府"),
    _o("bureau_site_is_no_county", "柳坪镇2023年政府信息公开工作年度报告", None, 2023, site="望川县柳坪中学"),
    # a name that two lines part
    _o("tax_over_two_lines", "国家税务总局\n望川区税务局\n2021年政府信息公开工作年度报告", "国家税务总局望川区税务局", 2021, True),
    _o("tax_masthead_and_name", "国家税务总局\n国家税务总局青禾县税务局\n2021年政府信息公开工作年度报告", "国家税务总局青禾县税务局", 2021, True),
    _o("survey_over_two_lines", "国家统计局\n淄博调查队2020年政府信息公开工作年度报告", "国家统计局淄博调查队", 2020, True),
    _o("statistics_below_the_state", "国家统计局\n淄博市统计局2020年政府信息公开工作年度报告", "淄博市统计局", 2020),
    _o("ministry_above_a_bureau", "自然资源部\n淄博市自然资源局2022年政府信息公开工作年度报告", "淄博市自然资源局", 2022),
    _o("mines_over_two_lines", "国家矿山安全监察局\n山西局\n2022年政府信息公开工作年度报告", "国家矿山安全监察局山西局", 2022, True),
    _o("post_above_a_bureau", "国家邮政局\n淄博市邮政管理局2022年政府信息公开工作年度报告", "淄博市邮政管理局", 2022),
    _o("securities_over_two_lines", "中国证券监督管理委员会\n山东监管局\n2022年政府信息公开工作年度报告", "中国证券监督管理委员会山东监管局", 2022, True),
    _o("customs_over_two_lines", "中华人民共和国\n西宁海关\n2022年政府信息公开工作年度报告", "中华人民共和国西宁海关", 2022, True),
    _o("branch_below_its_bureau", "云溪市公安局\n望川区分局\n2022年政府信息公开工作年度报告", "云溪市公安局望川区分局", 2022, True),
    _o("government_above_its_bureau", "云溪市人民政府\n望川区水务局2022年政府信息公开工作年度报告", "望川区水务局", 2022, True),
    # bodies of the state and of the corps
    _o("river_basin", "淮河水利委员会2021年政府信息公开工作年度报告", "淮河水利委员会", 2021, True),
    _o("river_office", "长江海事局2021年政府信息公开工作年度报告", "长江海事局", 2021, True),
    _o("lake_basin", "太湖流域管理局2021年政府信息公开工作年度报告", "太湖流域管理局", 2021, True),
    _o("river_street", "长江街道办事处2021年政府信息公开工作年度报告\n如有疑问，请拨打电话。", None, 2021),
    _o("central_bank_branch", "中国人民银行淄博市中心支行2021年政府信息公开工作年度报告", "中国人民银行淄博市中心支行", 2021, True),
    _o("central_bank_stem", "中国人民银行西宁中心支行2021年政府信息公开工作年度报告", "中国人民银行西宁中心支行", 2021, True),
    _o("regiment", "第三师图木舒克市五十一团2022年政府信息公开工作年度报告", "第三师图木舒克市五十一团", 2022, True),
    _o("regiment_in_digits", "新疆生产建设兵团第七师胡杨河市125团2022年政府信息公开工作年度报告", "新疆生产建设兵团第七师胡杨河市125团", 2022, True),
    # the year beside the title
    _o("year_line_above", "2021年度\n望川区白石街道办事处\n政府信息公开工作年度报告", "望川区白石街道办事处", 2021, True),
    _o("year_mark_report", "【2020年年报】云溪市审计局政府信息公开工作年度报告", "云溪市审计局", 2020, True),
    _o("number_is_no_year_mark", "[2019]30号 云溪市审计局政府信息公开工作年度报告\n" + PERIOD.format(y=2020), "云溪市审计局", 2020),
    _o("year_mark_square", "[2020年度]云溪市审计局政府信息公开工作年度报告", "云溪市审计局", 2020, True),
    # labels of a table of metadata, printed to lines
    _o("label_glued", "发布机构区审计局 发文日期2022-01-20\n文 号 有效性\n名 称望川区审计局2021年政府信息公开工作年度报告", "望川区审计局", 2021, True),
    _o("label_spaced", "题　名　望川区审计局2021年政府信息公开工作年度报告", "望川区审计局", 2021, True),
    _o("label_behind_another", "分　　类 政府信息公开年报 信息名称 望川区审计局2021年政府信息公开工作年度报告", "望川区审计局", 2021, True),
    _o("label_on_its_line", "标　　题\n望川区审计局2021年政府信息公开工作年度报告", "望川区审计局", 2021, True),
    _o("label_subject", "主 题：望川区审计局2021年政府信息公开工作年度报告", "望川区审计局", 2021, True),
    # a column's list before the report
    _o("list_dated", "青禾县住房和城乡建设局2020年政府信息公开工作年度报告2021-01-22\n望川区审计局2019年政府信息公开工作年度报告 [2020-01-20]\n"
       "望川区审计局2020年政府信息公开工作年度报告\n发布时间：2021-01-21", "望川区审计局", 2020, True),
    _o("list_dates_below", "青禾县住房和城乡建设局2020年政府信息公开工作年度报告\n2021-01-22\n望川区审计局2019年政府信息公开工作年度报告\n2020-01-20\n"
       "首页\n望川区审计局2020年政府信息公开工作年度报告\n发布时间：2021-01-21", "望川区审计局", 2020, True),
    _o("list_and_twice", "青禾县住房和城乡建设局2020年政府信息公开工作年度报告\n望川区审计局2020年政府信息公开工作年度报告\n发布时间：2021-01-21\n"
       "望川区审计局2020年政府信息公开工作年度报告", "望川区审计局", 2020, True),
    _o("list_undated", "青禾县人力资源和社会保障局2020年政府信息公开工作年度报告\n望川区审计局2020年政府信息公开工作年度报告\n发布时间：2021-01-21", "望川区审计局", 2020, False),
    _o("list_undated_years", "望川区审计局2020年政府信息公开工作年度报告\n望川区审计局2019年政府信息公开工作年度报告\n发布时间：2021-01-21", "望川区审计局", 2020, False),
    _o("list_undated_years_and_period", "望川区审计局2020年政府信息公开工作年度报告\n望川区审计局2019年政府信息公开工作年度报告\n" + PERIOD.format(y=2020), "望川区审计局", 2020, True),
    # contradictions
    _o("copied_preface", "武鸣区行政审批局2021年政府信息公开工作年度报告\n现公布富鸣投资集团有限公司2021年政府信息公开工作年度报告。", "武鸣区行政审批局", 2021),
    _o("preface_year_behind", PERIOD.format(y=2024).replace("1月1日", "1月1日") + "云溪市水务局2025年政府信息公开工作年度报告。", "云溪市水务局", 2024, False),
    _o("preface_last_years", "根据规定，现公布云溪市水务局2024年度政府信息公开年度报告。2025年发布信息3条。2025年办结。2025年共收到申请1件。\n发布日期：2026-01-16", "云溪市水务局", 2025, False),
    _o("period_two_years", "贵阳市大数据发展管理局政府信息公开工作年度报告\n统计期限自2020年1月1日起至2021年12月31日止。", "贵阳市大数据发展管理局", 2021, False),
    _o("period_cumulative", "北京市东城区信息化工作办公室政府信息公开年度报告\n统计期限自2008年5月1日起至2018年12月31日。", "北京市东城区信息化工作办公室", 2018, False),
    _o("title_against_period", "云溪市水务局2021年政府信息公开工作年度报告\n" + PERIOD.format(y=2020), "云溪市水务局", 2021),
    _o("title_against_two", "云溪市水务局2021年政府信息公开工作年度报告\n" + PERIOD.format(y=2022) + "2022年共发布3条，2022年未收到申请，2022年开展培训2次。", "云溪市水务局", 2021, False),
    _o("leftover_year", "宜昌市渔洋镇2022年政府信息公开工作年度报告\n截至2021年底，共有栏目3个。", "宜昌市渔洋镇", 2022),
    _o("only_published", "云溪市水务局政府信息公开工作年度报告\n发布时间：2021-01-26 09:16", "云溪市水务局", 2020, False),
    _o("only_url", "云溪市水务局政府信息公开工作年度报告", "云溪市水务局", 2019, False, url="http://www.yunxi.gov.cn/xxgk/202001/t20200118_2.html"),
    _o("no_year", "云溪市水务局政府信息公开工作年度报告", "云溪市水务局", None),
    _o("count_is_no_year", "石家庄市藁城区教育局政府信息公开工作年度报告\n微博发布2026条。" + PERIOD.format(y=2022), "石家庄市藁城区教育局", 2022),
    _o("lost_nian", "易门县气象局政府信息公开工作年度报告\n统计期限20231月1日至2023年12月31日。", "易门县气象局", 2023),
    _o("early_publication", "襄阳市农业农村局政府信息公开工作2022年度报告\n发布日期：2022-12-27", "襄阳市农业农村局", 2022, True),
    _o("impossible_publication", "云溪市水务局2022年政府信息公开工作年度报告\n发布日期：2021-02-27", "云溪市水务局", 2022, False),
    _o("fourteen_months", "长江大学信息公开年度报告\n统计期限为2018年11月1日至2019年12月31日。", "长江大学", 2019, False),
    _o("numeral_in_name", "三明市2018年政府信息公开工作年度报告", "三明市", 2018, True),
    _o("market_is_no_level", "江门市蓬江区市场监督管理局2024年度政府信息公开工作年度报告", "江门市蓬江区市场监督管理局", 2024, True),
    _o("market_alone", "市场监督管理局2024年度政府信息公开工作年度报告", None, 2024),
    _o("city_management_alone", "城市管理局2024年度政府信息公开工作年度报告", None, 2024),
    _o("state_assets", "西藏自治区政府国资委2023年度\n信息公开工作报告", "西藏自治区政府国资委", 2023),
    _o("signed", "2022年政府信息公开工作年度报告\n2022年，我局认真落实条例。", "云溪市水务局", 2022),
)  # fmt: skip
