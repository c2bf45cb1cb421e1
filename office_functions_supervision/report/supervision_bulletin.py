# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models

from ..models.office_supervision_bulletin import APPROVALS
from ..models.office_supervision_rate import COUNTS, RATES
from .bulletin_workbook import write_figures

VERDICTS = {"praise": "表扬", "criticism": "批评"}
NUMERALS = "一二三四五"


class OfficeSupervisionBulletin(models.Model):
    """F4 督查通报: what the print and the workbook say, in Chinese whoever asks."""

    _inherit = "office.supervision.bulletin"

    def _get_paper_rows(self):
        """Return the figures of the units as they are printed; ``None`` where nothing
        was there to measure.

        :rtype: list[dict]
        """
        self.ensure_one()
        lang = self.env["ir.actions.report"]._get_paper_lang()
        return [
            {
                "unit": line.department_id.name,
                "rank": line.rank or None,
                "points": line.points if line.rank else None,
                "verdict": VERDICTS.get(line.verdict),
                "reason": line.reason or None,
                **{name: line[name] for name in COUNTS},
                **{
                    name: round(line[name], 1) if line[denominator] else None
                    for name, (_numerator, denominator) in RATES.items()
                },
            }
            for line in self.line_ids.sudo().with_context(lang=lang).sorted()
        ]

    def _get_paper_period(self):
        """Return the period in words, empty where there is none.

        :rtype: str
        """
        days = [day for day in (self.date_from, self.date_to) if day]
        return "至".join(f"{day.year}年{day.month}月{day.day}日" for day in days)

    def _get_paper_summary(self):
        """Return the sentence of figures that opens the bulletin.

        :rtype: str
        """
        totals = self._get_totals()
        if not self.date_figures or not totals["due"]:
            return ""
        parts = [
            f"{self._get_paper_period()}，应办督办件{totals['due']}件，"
            f"已办{totals['done']}件，落实率{totals['rate_implemented']:g}%；"
            f"按期办结{totals['on_time']}件，按期办结率{totals['rate_on_time']:g}%"
            f"（按原定时限为{totals['rate_on_time_original']:g}%）"
        ]
        if totals["checked"]:
            parts.append(f"一次核查通过率{totals['rate_first_pass']:g}%")
        if totals["looked_back"]:
            parts.append(f"回头看保持率{totals['rate_held']:g}%")
        return "；".join(parts) + "。"

    def _get_paper_sections(self):
        """Return the sections of the text in order, those without words left out.

        :return: numbered headings, and the paragraphs of each
        :rtype: list[tuple[str, list[str]]]
        """
        named = {
            verdict: [
                f"{row['unit']}：{row['reason']}"
                for row in self._get_paper_rows()
                if row["verdict"] == verdict
            ]
            for verdict in VERDICTS.values()
        }
        summary = self._get_paper_summary()
        sections = (
            ("总体情况", [*filter(None, [summary]), *self._split(self.overview)]),
            ("表扬单位", named["表扬"]),
            ("批评单位及原因", named["批评"]),
            ("存在问题", self._split(self.problems)),
            ("下步要求", self._split(self.next_steps)),
        )
        filled = [section for section in sections if section[1]]
        return [
            (f"{numeral}、{heading}", paragraphs)
            for numeral, (heading, paragraphs) in zip(NUMERALS, filled, strict=False)
        ]

    @staticmethod
    def _split(text):
        return [line.strip() for line in (text or "").splitlines() if line.strip()]

    def _get_paper_signer(self):
        """Return who approved it, as the log has it; ``（…代）`` by delegation.

        :rtype: str
        """
        log = self.sudo().transition_ids
        signing = log.filtered(lambda line: line.name in APPROVALS).sorted("id")[-1:]
        if signing.principal_id:
            return f"{signing.principal_id.name}（{signing.user_id.name}代）"
        return signing.user_id.name or ""

    def _write_figures(self, file):
        """Write the figures as xlsx, and note it in the audit log (A13).

        :param file: binary file open for writing
        """
        self.check_access("read")
        number = f"{self.number}　" if self.number else ""
        line = f"{number}单位：{self.company_id.name}　期间：{self._get_paper_period()}"
        write_figures(file, self._get_paper_rows(), "督查通报附表", line)
        self.env["office.audit.log"]._note("export", self, "F4")
