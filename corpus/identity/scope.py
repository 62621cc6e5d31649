"""On whose behalf a report speaks: a whole area, a government's own office, or one department."""

from __future__ import annotations

import re

# A place that stands for itself has its whole area in the report; an organ named beside it has its own.
_OWN_OFFICE = re.compile(
    r"(?:人民政府|管理委员会|管委会|政府)(?:[（(]?(?:[省市县区旗州]?人民政府)?办公[厅室][）)]?)$|(?:市|县|区|旗|盟|州|省)政府办(?:公[室厅])?$|^政府办公[室厅]$|行(?:政公)?署办(?:公室)?$"
)
_WHOLE = re.compile(r"(?:省|自治区|市|县|区|旗|盟|州|地区|兵团)(?:人民政府|政府|行政公署|行署)?$")
_LOWEST = re.compile(r"(?:人民政府|政府|镇|乡|街道|苏木|办事处|管理委员会|管委会)$")
_ZONE = re.compile(r"(?:开发区|高新区|园区|示范区|度假区|风景区|保税区|商务区|特区|新区)$")
_SUMMED = re.compile(
    r"全[省市县区州盟旗镇]汇总|汇总(?:了)?全[省市县区州盟旗]|包括.{0,30}(?:所属|各).{0,12}(?:部门|街道|乡镇)|[包含涵盖]{1,2}全[省市县区州盟旗](?:各|所有)|"
    r"根据.{0,40}?(?:各(?:区|县|市|乡镇|街道|镇)[、和及].{0,20}?|各).{0,12}?(?:部门|单位)(?:政府信息公开(?:工作)?)?年度报告(?:汇总|编制|综合)|全[省市县区州盟旗](?:各级)?行政机关(?:.{0,16})(?:数据|汇总)"
)
_OFFICE_ONLY = re.compile(
    r"(?:本报告|数据|以下)[^。]{0,16}(?:仅|只)(?:包括|含|涉及|反映).{0,16}(?:本级|机关)|[（(]本级[）)]|本级(?:20\d\d年度?)?政府信息公开(?:工作)?年度报告|人民政府(?:及其|及|和)办公[室厅]"
)


def scope_of(agency: str, preface: str) -> tuple[str, str]:
    """(全域汇总, 本级, 部门 or 未知; where that was read, in Chinese). ``preface`` is the front without white space."""
    if not agency:
        return "未知", "没有找到机关名称"
    if _OWN_OFFICE.search(agency):
        return "本级", "机关名称"
    if _OFFICE_ONLY.search(preface) and (_LOWEST.search(agency) or _WHOLE.search(agency)):
        return "本级", "前言"
    if _SUMMED.search(preface):
        return "全域汇总", "前言"
    if _WHOLE.search(agency) and not _ZONE.search(agency):
        return "全域汇总", "机关名称"
    if _LOWEST.search(agency) or _ZONE.search(agency):
        return "本级", "机关名称"
    return "部门", "机关名称"
