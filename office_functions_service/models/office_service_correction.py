# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.office_functions.tools.transition import Transition, permit

LOGISTICS = "office_functions.group_office_logistics"
CANTEEN = "office_functions.group_office_canteen"
OFFICE = (
    "office_functions.group_office_clerk",
    "office_functions.group_office_director",
)


class OfficeServiceCorrection(models.Model):
    """Something in the services that is to be put right (整改), and is looked at again.

    Opened by a low rating, a failed inspection or check, or by hand. Who put it right
    never re-checks it.
    """

    _name = "office.service.correction"
    _inherit = ["office.matter.mixin"]
    _description = "Service Correction"
    _number_series = "service_correction"
    _number_states = ("open",)
    _clock_start_states = ("open",)
    _clock_stop_states = ("closed", "dropped")
    _settled_fields = ()
    _see_all_groups = (*OFFICE, "office_functions.group_office_leader")
    _matter_list_fields = ("source_name", "failed_count")
    _matter_group_fields = ("kind",)

    kind = fields.Selection(
        [("other", "Other Services")],
        "Kind of Correction",
        required=True,
        readonly=True,
        copy=False,
        default="other",
        index=True,
    )
    res_model = fields.Char("Source Model", readonly=True, copy=False)
    res_id = fields.Many2oneReference(
        "Source", model_field="res_model", readonly=True, copy=False, index=True
    )
    source_name = fields.Char("Noticed In", readonly=True, copy=False)
    problem = fields.Text("Problem to Correct", required=True)
    measure = fields.Text("What Was Done About It", copy=False)
    photo_ids = fields.Many2many(
        "ir.attachment",
        "office_service_correction_photo_rel",
        "correction_id",
        "attachment_id",
        "Photos",
        copy=False,
    )
    failed_count = fields.Integer("Failed Re-Checks", readonly=True, copy=False)
    date_closed = fields.Date("Corrected On", readonly=True, copy=False)
    time_limit_id = fields.Many2one(default=lambda self: self._default_time_limit_id())
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "Awaiting Correction"),
            ("reported", "To Be Re-Checked"),
            ("closed", "Corrected and Checked"),
            ("dropped", "Unfounded"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _source_uniq = models.UniqueIndex(
        "(res_model, res_id, kind) WHERE state IN ('draft', 'open', 'reported')",
        "What was found there is being put right already.",
    )

    @api.model
    def _default_time_limit_id(self):
        company = self.env.company
        return self.env["office.time.limit"]._get("service_correction", company)

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "open",
                label=self.env._("Have It Put Right"),
                sources=("draft",),
                target="open",
                by=("creator", *OFFICE),
                needs=("handler_id",),
                style="primary",
            ),
            Transition(
                "report",
                label=self.env._("It Is Put Right"),
                sources=("open",),
                target="reported",
                by=("handler",),
                needs=("measure",),
                style="primary",
            ),
            Transition(
                "close",
                label=self.env._("Re-Check Passed"),
                sources=("reported",),
                target="closed",
                by=("checker", *OFFICE),
                never=("handler",),
                style="primary",
            ),
            Transition(
                "fail",
                label=self.env._("Re-Check Failed"),
                sources=("reported",),
                target="open",
                by=("checker", *OFFICE),
                never=("handler",),
                note=True,
                style="danger",
            ),
            Transition(
                "drop",
                label=self.env._("There Is Nothing to Put Right"),
                sources=("open",),
                target="dropped",
                by=OFFICE,
                never=("handler",),
                note=True,
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "kind",
            "res_model",
            "res_id",
            "source_name",
            "failed_count",
            "date_closed",
        }

    @api.model
    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {
            "name": ("draft",),
            "problem": ("draft",),
            "lead_unit_id": ("draft", "open"),
            "handler_id": ("draft", "open"),
            "measure": ("draft", "open"),
            "photo_ids": ("draft", "open"),
        }

    def _relation_checker(self):
        """Who may look at it again: whoever recorded it."""
        return self.create_uid

    def _after_close(self, note):
        with permit(self):
            self.write({"date_closed": fields.Date.context_today(self)})

    def _after_fail(self, note):
        for correction in self:
            with permit(correction):
                correction.failed_count += 1

    @api.model
    def _open_for(self, records, kind, vals):
        """Open a correction for each record, unless one is open already.

        Runs with the system's rights, since who rates a meal low may not open one.

        :param records: recordset in which it was found
        :param str kind: value of ``kind``
        :param vals: record → ``name``, ``problem``, ``lead_unit_id``, ``handler_id``
        :type vals: dict or callable
        :return: the corrections that are new
        :rtype: office.service.correction
        """
        Correction = self.sudo()
        found = Correction.search_fetch(
            Domain("res_model", "=", records._name)
            & Domain("res_id", "in", records.ids)
            & Domain("kind", "=", kind)
            & Domain("state", "in", ("draft", "open", "reported")),
            ["res_id"],
        )
        bare = records.filtered(lambda r: r.id not in set(found.mapped("res_id")))
        with permit(Correction):
            new = Correction.create(
                [
                    {
                        "kind": kind,
                        "res_model": record._name,
                        "res_id": record.id,
                        "source_name": record.display_name,
                        "company_id": record.company_id.id or self.env.company.id,
                        **(vals(record) if callable(vals) else vals[record]),
                    }
                    for record in bare
                ]
            )
        new._pass_by_system("open")
        return new.with_env(self.env)

    def action_open_source(self):
        """Open the record in which it was found.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
