"""What stands round a report on the web: navigation, breadcrumb, metadata, share buttons, other reports' links, footers.

Names are invented. Links to other years and other bodies are there to be mistaken for the report itself.
"""

from __future__ import annotations

import re
from html import escape
from random import Random

from tests.generate import AGENCIES, GeneratedReport


def _place(made: GeneratedReport) -> str:
    """The government of the place, whose site it is."""
    return AGENCIES[made.agency].removeprefix("国家税务总局")


def page_title(made: GeneratedReport) -> str:
    """One line, with the agency only where the report's own title names it."""
    named = any(made.agency in line for line in made.front)
    return f"{made.agency if named else ''}{made.year}年政府信息公开工作年度报告"


def bare_page(made: GeneratedReport, body: str, declared: str, rng: Random) -> str:
    charset = f'<meta charset="{declared}">' if declared else ""
    return f"<!DOCTYPE html>\n<html>\n<head>{charset}<title>{escape(page_title(made))}</title></head>\n<body>\n{body}\n</body>\n</html>\n"


def exported_page(made: GeneratedReport, body: str, declared: str, rng: Random) -> str:
    """Saved by Word as a web page."""
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset={declared}">
<meta name=ProgId content=Word.Document>
<title>{escape(page_title(made))}</title>
<!--[if gte mso 9]><xml>
 <o:DocumentProperties><o:Author>经办人</o:Author><o:Pages>6</o:Pages><o:Characters>3021</o:Characters></o:DocumentProperties>
</xml><![endif]-->
<style>
<!--
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal {{mso-style-parent:""; margin:0cm; font-size:10.5pt}}
@page Section1 {{size:595.3pt 841.9pt; mso-header-margin:42.55pt}}
-->
</style>
</head>
<body lang=ZH-CN style='tab-interval:21.0pt'>
<div class=Section1 style='layout-grid:15.6pt'>
{body}
</div>
</body>
</html>
"""


def old_portal(made: GeneratedReport, body: str, declared: str, rng: Random) -> str:
    """A page of about 2010 in style: no doctype, tables for layout, the article in TRS_Editor."""
    site, title = f"{_place(made)}门户网站", escape(page_title(made))
    date, source = _date(made, rng), escape(_source(made, rng))
    return f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={declared}">
<title>{title}-{site}</title>
<meta name="SiteName" content="{site}">
<meta name="ColumnName" content="政府信息公开年报">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{made.published} 09:16">
<meta name="ContentSource" content="{source}">
<script language="javascript" src="/images/common.js"></script>
<script>
<!--
function doZoom(size) {{ document.getElementById('zoom').style.fontSize = size + 'px'; }}
var tpl = "<table><tr><td>规章<\\/td><td>99<\\/td><\\/tr><\\/table>";
//-->
</script>
<style type="text/css">
.TRS_Editor P{{margin-top:0;margin-bottom:0;line-height:2;font-family:宋体;font-size:12pt;}}
</style>
</head>
<body topmargin="0" onload="init()">
<table width="1000" align="center" cellpadding="0"><tr><td><img src="/images/top.jpg" alt="{_place(made)}"></td></tr>
<tr><td bgcolor="#C00"><a href="/">首页</a> | <a href="/zjyx/">走进云溪</a> | <a href="/xxgk/">政府信息公开</a> | <a href="/bsfw/">办事服务</a> |
<a href="/hdjl/">互动交流</a></td></tr></table>
<table width="1000" align="center"><tr><td>您现在的位置： <a href="/">首页</a> &gt; <a href="/xxgk/">政府信息公开</a> &gt; <a href="/xxgk/nb/">政府信息公开年报</a></td></tr></table>
<table class="xxgk" width="960" align="center" border="1">
<tr><td>索&nbsp;引&nbsp;号：</td><td>0{rng.randint(10**7, 10**8)}/{made.year + 1}-{rng.randint(10000, 99999)}</td><td>主题分类：</td><td>政府信息公开</td></tr>
<tr><td>发布机构：</td><td>{source}</td><td>发布日期：</td><td>{date}</td></tr>
<tr><td>文&nbsp;&nbsp;&nbsp;&nbsp;号：</td><td>无</td><td>有 效 性：</td><td>有效</td></tr>
</table>
<table width="960" align="center"><tr><td align="center" class="title">{title}</td></tr>
<tr><td align="center">字号：[<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> <a href="javascript:doZoom(12)">小</a>]
浏览次数：<script src="/count?id=8"></script> 【<a href="javascript:window.print()">打印</a>】【<a href="javascript:window.close()">关闭</a>】</td></tr>
<tr><td id="zoom"><div class="TRS_Editor">{body}</div></td></tr>
<tr><td>附件：</td></tr>
<tr><td align="right">分享到：<a href="#">微信</a> <a href="#">微博</a></td></tr></table>
<table width="1000" align="center" class="foot"><tr><td>版权所有：{_place(made)}&nbsp;&nbsp;主办单位：{_place(made)}办公室&nbsp;&nbsp;承办单位：云溪市大数据中心<br>
网站标识码：{rng.randint(10**9, 10**10 - 1)}&nbsp;&nbsp;云ICP备0{rng.randint(10**6, 10**7)}号-1&nbsp;&nbsp;云公网安备 {rng.randint(10**13, 10**14)}号<br>联系电话：0555-5550100</td></tr></table>
</body>
</html>
"""


def modern_portal(made: GeneratedReport, body: str, declared: str, rng: Random) -> str:
    """A page of today: lists for navigation, the article in a div, neighbours and related reports beside it."""
    site, title, source = f"{_place(made)}网", escape(page_title(made)), escape(_source(made, rng))
    others = "".join(
        f'<li><a href="/art/{n}.html" title="{escape(name)}">{escape(name)}</a><span>{made.year + 1}-02-{n:02}</span></li>\n'
        for n, name in enumerate(_other_reports(made), 10)
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{declared}">
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{site} 政府信息公开年报 {title}</title>
<meta name="SiteName" content="{site}"/><meta name="SiteDomain" content="www.yunxi.example"/>
<meta name="ColumnName" content="年度报告"/><meta name="ArticleTitle" content="{title}"/>
<meta name="PubDate" content="{made.published} 10:02:33"/><meta name="ContentSource" content="{source}"/>
<meta name="Keywords" content="年报"/><meta name="Description" content="{title}"/>
<link rel="stylesheet" href="/style/site.css">
<style>.share li{{float:left}} .article table td{{border:1px solid #000}}</style>
<script>window.config = {{"title": "{made.year - 1}年政府信息公开工作年度报告", "n": [1, 2, 3]}};</script>
</head>
<body class="article-page">
<noscript><p>请打开脚本功能后浏览本站。</p></noscript>
<header><div class="top"><a href="/wza">无障碍浏览</a><a href="/login">登录</a></div>
<nav><ul><li><a href="/">网站首页</a></li><li><a href="/zwgk">政务公开</a><ul><li><a href="/zn">政府信息公开指南</a></li><li><a href="/nb">政府信息公开年报</a></li>
<li><a href="/ysq">依申请公开</a></li></ul></li><li><a href="/zwfw">政务服务</a></li><li><a href="/hd">互动交流</a></li></ul></nav></header>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; <a href="/nb">政府信息公开年报</a> &gt; 正文</div>
<main>
<aside class="sidebar"><h3>政府信息公开年报</h3><ul>
{others}</ul></aside>
<article class="article">
<h1>{title}</h1>
<div class="info"><span>发布时间：{made.published} 10:02</span><span>来源：{source}</span><span>阅读次数：{rng.randint(10, 3000)}</span>
<span class="font">【字体：<a>大</a> <a>中</a> <a>小</a>】</span></div>
<div class="content" id="UCAP-CONTENT">
{body}
</div>
<div class="related"><h4>相关信息</h4><ul>
{others}</ul></div>
<div class="op"><a onclick="window.print()">打印本页</a><a onclick="window.close()">关闭窗口</a><div class="share">分享：<i></i></div></div>
<div class="near"><p>上一篇：<a href="/art/8.html">{escape(_other_reports(made)[0])}</a></p><p>下一篇：没有了</p></div>
</article>
</main>
<footer><p>主办单位：{_place(made)}办公室　承办单位：云溪市大数据中心</p><p>云ICP备0{rng.randint(10**6, 10**7)}号　政府网站标识码：{rng.randint(10**9, 10**10 - 1)}</p>
<p>网站地图 | 关于我们 | 联系电话：0555-5550100</p></footer>
<script src="/js/site.js"></script>
</body>
</html>
"""


def untitled_portal(made: GeneratedReport, body: str, declared: str, rng: Random) -> str:
    """The old page where neither the page nor the article prints a title: only the head names the report."""
    page = old_portal(made, body, declared, rng)
    return re.sub(r'<tr><td align="center" class="title">.*?</td></tr>\n', "", page)


def _source(made: GeneratedReport, rng: Random) -> str:
    """Who published: the reporting body, or, where the title names that, sometimes the office that runs the site."""
    named = made.agency in page_title(made)
    return f"{_place(made).removesuffix('人民政府')}政务服务和数据管理局" if named and rng.random() < 0.5 else made.agency


def _other_reports(made: GeneratedReport) -> list[str]:
    """Titles of reports that this page is not."""
    near = [f"{made.agency}{made.year - n}年政府信息公开工作年度报告" for n in (1, 2)]
    return [*near, *(f"{agency}{made.year}年政府信息公开工作年度报告" for agency in list(AGENCIES)[:3] if agency != made.agency)]


def _date(made: GeneratedReport, rng: Random) -> str:
    year, month, day = made.published.split("-")
    return rng.choice((made.published, f"{year}年{month}月{day}日", f"{year}/{int(month)}/{int(day)}"))
