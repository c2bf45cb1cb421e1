# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.transition import Transition, permit

CLERK = "office_functions.group_office_clerk"


class OfficeError(models.Model):
    """A mistake (差错), open until somebody else than who mended it has confirmed."""

    _name = "office.error"
    _inherit = ["office.matter.mixin"]
    _description = "Error"
    _number_series = "error"
    _number_states = ("registered",)
    _clock_start_states = ("registered",)
    _clock_stop_states = ("confirmed", "dismissed")
    _clock_waiting_states = ("fixed",)
    _see_all_groups = (CLERK, "office_functions.group_office_leader")
    _matter_list_fields = ("kind", "stage", "date")
    _matter_group_fields = ("kind", "stage", "date")

    kind = fields.Selection(
        [
            ("text", "Wording"),
            ("number", "Number"),
            ("format", "Layout"),
            ("fact", "Facts and Figures"),
            ("policy", "Policy"),
            ("procedure", "Procedure"),
            ("late", "Delay"),
            ("image", "Image of the Organ"),
        ],
        required=True,
        default="text",
        index=True,
    )
    stage = fields.Selection(
        [
            ("drafting", "Drafting"),
            ("review", "Review"),
            ("issuing", "Issuing"),
            ("handling", "Handling"),
            ("meeting", "Meetings"),
            ("service", "Service"),
            ("other", "Elsewhere"),
        ],
        required=True,
        default="handling",
        help="Where in the work it happened.",
    )
    date = fields.Date(
        "Happened On", required=True, default=fields.Date.context_today, index=True
    )
    text = fields.Text("What Is Wrong", required=True)
    cause = fields.Text(help="Why it could happen.")
    matter_ref = fields.Reference(
        selection="_selection_matter_ref",
        string="Found In",
        help="The document or matter that has the mistake; both show each other.",
    )
    fix = fields.Text("How It Was Mended", readonly=True, copy=False)
    fixed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    origin_key = fields.Char(readonly=True, copy=False, index="btree_not_null")
    handler_id = fields.Many2one(string="Responsible Person")
    lead_unit_id = fields.Many2one(string="Responsible Unit")
    state = fields.Selection(
        [
            ("reported", "Error Reported"),
            ("registered", "On the Register"),
            ("fixed", "Mended"),
            ("confirmed", "Mending Confirmed"),
            ("dismissed", "No Error"),
        ],
        default="reported",
        required=True,
        readonly=True,
        copy=False,
    )

    _origin_uniq = models.UniqueIndex(
        "(origin_key, company_id) WHERE origin_key IS NOT NULL",
        "This error is on the register already.",
    )

    @api.model
    def _selection_matter_ref(self):
        kinds = sorted(self.env["office.matter.mixin"]._get_concrete_matters())
        label = self.env["ir.model"]._get_office_label
        return [(name, label(name)) for name in kinds if name != self._name]

    @api.model
    def _get_transitions(self):
        return [
            Transition(
                "register",
                label=self.env._("Enter in the Register"),
                sources=("reported",),
                target="registered",
                by=(CLERK,),
                needs=("lead_unit_id", "handler_id", "date_deadline"),
                style="primary",
            ),
            Transition(
                "dismiss",
                label=self.env._("No Error"),
                sources=("reported",),
                target="dismissed",
                by=(CLERK,),
                note=True,
            ),
            Transition(
                "fix",
                label=self.env._("Report as Mended"),
                sources=("registered",),
                target="fixed",
                by=("handler", "unit_head"),
                needs=("cause",),
                note=True,
                style="primary",
            ),
            Transition(
                "confirm",
                label=self.env._("Confirm the Mending"),
                sources=("fixed",),
                target="confirmed",
                by=(CLERK,),
                never=("handler", "fixer"),
                style="primary",
            ),
            Transition(
                "send_back",
                label=self.env._("Not Mended"),
                sources=("fixed",),
                target="registered",
                by=(CLERK,),
                note=True,
                style="danger",
            ),
        ]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"fix", "fixed_by_id", "origin_key"}

    @api.model
    def _get_frozen_fields(self):
        settled = dict.fromkeys(
            ("name", "text", "kind", "stage", "date", "matter_ref"), ("reported",)
        )
        open_states = ("reported", "registered")
        return super()._get_frozen_fields() | settled | {"cause": open_states}

    @api.model_create_multi
    def create(self, vals_list):
        errors = super().create(vals_list)
        errors._link_matters()
        return errors

    def write(self, vals):
        result = super().write(vals)
        if vals.get("matter_ref"):
            self._link_matters()
        return result

    def _link_matters(self):
        """Let the matter and its errors show each other.

        :raise AccessError: when the user may not read the matter
        """
        linked = self.filtered("matter_ref")
        for name, errors in linked.grouped(lambda e: e.matter_ref._name).items():
            matters = self.env[name].browse(e.matter_ref.id for e in errors)
            matters.check_access("read")
            self.env["office.matter.link"]._link(matters, errors)

    def _relation_fixer(self):
        return self.fixed_by_id

    def _after_fix(self, note):
        with permit(self):
            self.with_context(tracking_disable=True).write(
                {"fix": note, "fixed_by_id": self.env.uid}
            )

    @api.model
    def _open_image_errors(self, matters, key, name, text):
        """Put errors of the organ's image on the register, once for each cause (S2.18).

        Called where a complaint is upheld, an answer came late, or what was reported
        upward proved false. The register is open to more people than many a matter:
        what is restricted does not enter, and the number stands for the subject.

        :param matters: the matters that show it
        :param str key: the cause, e.g. ``"complaint"``; the same matter and cause open
            no second record
        :param str name: what went wrong
        :param str text: what happened
        :return: the records, new or not
        :rtype: office.error
        """
        errors = self.sudo()
        matters = matters.sudo().filtered(lambda matter: not matter.is_restricted)
        if not matters:
            return errors
        origins = {f"{m._name},{m.id},{key}": m for m in matters}
        found = errors.search([("origin_key", "in", list(origins))])
        known = set(found.mapped("origin_key"))
        today = fields.Date.context_today(self)
        limit = self.env["office.time.limit"]
        new = errors.create(
            [
                {
                    "name": f"{name}（{matter.number or matter.name}）",
                    "text": text,
                    "date": today,
                    "kind": "image",
                    "stage": "service",
                    "matter_ref": f"{matter._name},{matter.id}",
                    "lead_unit_id": matter.lead_unit_id.id,
                    "handler_id": matter.handler_id.id,
                    "company_id": (matter.company_id or self.env.company).id,
                    "time_limit_id": limit._get(
                        "error_fix", matter.company_id or self.env.company
                    ).id,
                }
                for origin, matter in origins.items()
                if origin not in known
            ]
        )
        bare = [origin for origin in origins if origin not in known]
        for error, origin in zip(new, bare, strict=True):
            with permit(error):
                error.write({"origin_key": origin})
        new._pass_by_system("register")
        return found | new

    # Indicators -----------------------------------------------------------------------

    @api.model
    def _get_found_domain(self, date_from, date_to):
        """Return the errors of a period that were found true."""
        return (
            Domain("date", ">=", date_from)
            & Domain("date", "<=", date_to)
            & Domain("state", "not in", ("reported", "dismissed"))
        )

    @api.model
    def _get_image_domain(self, date_from, date_to):
        image = Domain("kind", "=", "image")
        return self._get_found_domain(date_from, date_to) & image

    @api.model
    def _measure_found(self, date_from, date_to):
        """Return the errors of a period by unit and person (K10)."""
        return self._count_errors(self._get_found_domain(date_from, date_to))

    @api.model
    def _measure_image(self, date_from, date_to):
        """Return the errors that hurt the organ's image (K11)."""
        return self._count_errors(self._get_image_domain(date_from, date_to))

    @api.model
    def _count_errors(self, domain):
        return [
            (unit.id, user.id, number, 0)
            for unit, user, number in self._read_group(
                domain, ["lead_unit_id", "handler_id"], ["__count"]
            )
        ]
