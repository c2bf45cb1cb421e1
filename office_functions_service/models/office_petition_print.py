# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import models


class OfficePetition(models.Model):
    """What the printed forms F8 and F10 say of a petition (R-PII-1)."""

    _inherit = "office.petition"

    def _get_masked_print(self):
        """Return what F8 shows of the petitioner: masked values, of reports none.

        :return: ``person``, ``phone``, ``id_number``, ``address``, ``is_anonymous``,
            ``is_secret``
        :rtype: dict
        """
        self.ensure_one()
        identity = self.sudo().identity_ids[:1]
        shown = identity.sudo(False)
        is_secret = self.is_report
        names = ("person", "phone", "id_number", "address")
        facts = {
            name: not is_secret and (shown[f"{name}_masked"] or "") for name in names
        }
        return {
            **facts,
            "is_anonymous": not identity.person,
            "is_secret": is_secret,
            "representatives": len(self.sudo().identity_ids),
        }

    def _get_printed_complained(self):
        """Return the units complained of, as F8 names them: chosen, and as written.

        Whom the lines of *Complained Of* mean is read by petition officers and those
        admitted only; on what others print they are left out.

        :rtype: str
        """
        self.ensure_one()
        lines = self.sudo().accused_ids.sudo(False)._filtered_access("read")
        names = [
            *self.complained_unit_ids.mapped("name"),
            *lines.unit_id.mapped("name"),
            *filter(None, lines.mapped("name")),
        ]
        return "、".join(dict.fromkeys(names))

    def _get_printed_directives(self):
        """Return the directives of leaders on this petition that the user may read.

        Who reads none (petition officers, section 4) prints a blank to write on.

        :return: linked to it, not withdrawn, the oldest first
        :rtype: office.directive
        """
        self.ensure_one()
        Directive = self.env["office.directive"]
        if not Directive.has_access("read"):
            return Directive
        links = self.env["office.matter.link"]._get_links(self)
        ids = [
            id_
            for link in links
            for model, id_ in (
                (link.res_model, link.res_id),
                (link.target_model, link.target_id),
            )
            if model == "office.directive"
        ]
        return Directive.search(
            [("id", "in", ids), ("state", "!=", "withdrawn")], order="date, id"
        )

    def _get_addressee(self):
        """Return by what name a notice or opinion addresses the petitioner.

        Petition officers print the name itself, and that is put on record; others see
        it masked. On what belongs to a report there is no name at all.

        :return: empty where no name may stand, or none is known
        :rtype: str
        """
        self.ensure_one()
        identity = self.sudo().identity_ids[:1]
        if self.is_report or not identity.person:
            return ""
        shown = identity.sudo(False)
        if not shown._may_reveal():
            return shown.person_masked
        self.env["office.audit.log"]._note("view", shown)
        return identity.person

    def _get_last_opinion(self):
        """Return the notice under whose number the opinion was written."""
        opinions = self.notice_ids.filtered(lambda notice: notice.kind == "opinion")
        return opinions.sorted("id")[-1:]


class OfficePetitionNotice(models.Model):
    _inherit = "office.petition.notice"

    def action_print(self):
        """Print this notice, or the opinion.

        :rtype: dict
        """
        self.ensure_one()
        addon = "office_functions_service"
        if self.kind == "opinion":
            report = self.env.ref(f"{addon}.report_f10_petition_opinion")
            return report.report_action(self.petition_id)
        return self.env.ref(f"{addon}.report_f9_petition_notice").report_action(self)

    def action_print_receipt(self):
        """Print the receipt on which the delivery is signed for.

        :rtype: dict
        """
        self.ensure_one()
        report = self.env.ref("office_functions_service.report_f10_delivery_receipt")
        return report.report_action(self)
