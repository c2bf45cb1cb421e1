# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""A decision and a ledger in own words, in the shapes in which such files are published.

So what the real ones prove is proved without them too: 27 measures with their units, a
decision that names none, 126 tasks.
"""

import csv
import io

import weasyprint

SECTIONS = ("健全校园安全体系", "提升教育教学质量", "改善学校办学条件")
MEASURES = (
    "摸清底数，建立台账，逐校逐项登记造册，到２０２７年问题整改率达到９５％以上。",
    "完善制度，明确标准，把责任落实到岗位、落实到人，形成可检查的工作规程。",
    "加强培训，每学期组织不少于２次专题学习，参训情况记入个人档案，供考核使用。",
    "强化检查，采取随机抽查与重点督查相结合的办法，发现问题当场反馈、限期整改。",
    "公开信息，通过网站和公告栏公布办理情况，畅通意见渠道，主动接受家长监督。",
    "保障投入，优化支出结构，优先安排薄弱学校和农村学校，提高资金使用效益。",
    "搭建平台，推动数据共享，减少重复填报，切实减轻学校和教师的非教学负担。",
    "培育典型，总结可复制、可推广的经验做法，在全市范围内组织现场交流活动。",
    "开展评估，委托第三方机构按年度评估成效，评估结果作为下一年度安排依据。",
)
UNITS = (
    "市教委安全稳定处、市公安局、市应急管理局",
    "市教委基础教育处、市教育科学研究院，各市、县〔市、区〕政府",
    "市财政局、市教委计划财务处",
    "市市场监管局（市知识产权局）、市教委体育卫生处",
    "市大数据局、市教委信息中心，各区、县（市）政府",
    "市教委教师工作处、市人力社保局",
    "市政府教育督导室",
)
NUMERALS = "一二三四五六七八九十"


def to_chinese(number):
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else NUMERALS[tens - 1]) + "十"
    return head + (NUMERALS[ones - 1] if ones else "")


def make_decision(with_units=True):
    """Return a decision as a PDF: 27 measures, lines and pages broken anywhere."""
    lines = [
        "市教委发〔２０２６〕７号",
        "关于印发《校园治理若干措施》的通知",
        "各区、县（市）教育局，各直属学校：",
        "现将《校园治理若干措施》印发给你们，请认真贯彻落实。",
        "一、总体目标",
        "到２０２７年，学校治理更加规范，群众满意度明显提高。",
    ]
    for nth in range(27):
        if nth % 9 == 0:
            lines.append(f"{NUMERALS[nth // 9 + 1]}、{SECTIONS[nth // 9]}")
        units = ""
        if with_units:
            rule = "。列第一位的为牵头单位，下同" if not nth else ""
            units = f"（责任单位：{UNITS[nth % len(UNITS)]}{rule}）"
        title = f"抓好第{to_chinese(nth + 1)}项任务"
        lines.append(f"（{to_chinese(nth + 1)}）{title}。{MEASURES[nth % 9]}{units}")
    style = "@page{size:120mm 150mm;margin:15mm;@bottom-center{content:'—'counter(page)'—'}}"
    html = "".join(f"<p>{line}</p>" for line in lines)
    return weasyprint.HTML(
        string=f"<style>{style} p{{text-indent:2em;margin:0}}</style>{html}"
    ).write_pdf()


def make_ledger():
    """Return a ledger as a CSV file: 126 tasks, dated, long-running, and both."""
    dates = ("2026年12月", "2026年9月", "持续推进", "2026年6月", "2026年6月持续跟踪")
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(
        ("序号", "领域", "任务内容", "牵头单位", "配合单位", "完成时限", "工作目标")
    )
    for nth in range(126):
        lead, *others = UNITS[nth % len(UNITS)].partition("，")[0].split("、")
        writer.writerow(
            (
                nth + 1,
                SECTIONS[nth // 42],
                f"第{nth + 1}项：{MEASURES[nth % 9]}",
                lead,
                "、".join(others),
                dates[nth % 5],
                "",
            )
        )
    return ("\ufeff" + stream.getvalue()).encode()
