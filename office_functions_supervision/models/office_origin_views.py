# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from lxml.builder import E

from odoo import api, models

STAT_BUTTONS = (
    ("action_open_supervision_tickets", "supervision_ticket_count", "fa-eye"),
    ("action_open_proof", "supervision_proof_count", "fa-paperclip"),
)


class OfficeOriginViews(models.AbstractModel):
    """The buttons of supervision, in the form of every kind of matter."""

    _inherit = "office.origin.mixin"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Offer supervision in the form of every kind, also of those not known here."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and not self._belongs_to_supervision():
            self._add_supervision_buttons(arch)
        return arch, view

    @api.model
    def _add_supervision_buttons(self, arch):
        """Put the button into the header, and the way to tickets and proof above.

        :param arch: the form, changed in place
        """
        header, sheet = arch.find("header"), arch.find("sheet")
        if header is None:
            header = E.header()
            arch.insert(0, header)
        header.insert(
            1 if len(header) else 0,
            E.button(
                name="action_supervise",
                type="object",
                string=self.env._("Put under Supervision"),
                invisible="not can_be_supervised",
            ),
        )
        header.append(E.field(name="can_be_supervised", invisible="1"))
        if sheet is None:
            return
        box = sheet.find(".//div[@name='button_box']")
        if box is None:
            box = E.div({"class": "oe_button_box"}, name="button_box")
            sheet.insert(0, box)
        labels = [self.env._("Tickets"), self.env._("Proof")]
        for label, (method, field, icon) in zip(labels, STAT_BUTTONS, strict=True):
            box.append(
                E.button(
                    E.field(name=field, widget="statinfo", string=label),
                    {"class": "oe_stat_button"},
                    name=method,
                    type="object",
                    icon=icon,
                    invisible=f"not {field}",
                )
            )
