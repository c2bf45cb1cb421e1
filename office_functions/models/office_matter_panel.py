# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import format_date, format_datetime


class OfficeMatterPanel(models.AbstractModel):
    """What the form of every matter shows beside its own fields, in one call."""

    _inherit = "office.matter.mixin"

    @api.readonly
    def get_matter_panel(self):
        """Return the log, deadline, urgings, chain and named persons of one matter.

        :return: ``log``, ``deadline``, ``urgings``, ``sources``, ``results``,
            ``persons``: lists of plain values in the user's language and time zone,
            and ``can``: what this user may do (flags)
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        self.sudo()._fetch_panel()
        self.env["office.audit.log"]._note_reading(self)
        annexes = self._reads_annexes()
        links = self._panel_links() if annexes else {"sources": [], "results": []}
        return {
            "log": self._panel_log() if annexes else [],
            "deadline": (
                self.explain_deadline() if annexes and self.clock_start else []
            ),
            "urgings": self._panel_urgings() if annexes else [],
            **links,
            "persons": self._panel_persons() if annexes else [],
            "can": {
                "change_deadline": bool(
                    self.clock_start
                    and not self.date_done
                    and self._may_change_deadline()
                ),
                "urge": not self._explain_urging_refusal(),
                "name_persons": self._may_name_persons(),
            },
        }

    def _fetch_panel(self):
        """Read the annexes, then everybody who is named in them, each in one go."""
        self.fetch(["transition_ids", "deadline_event_ids", "urging_ids", "access_ids"])
        persons = (
            self.env.user
            | self.deadline_owner_id
            | self.transition_ids.user_id
            | self.transition_ids.principal_id
            | self.deadline_event_ids.user_id
            | self.urging_ids.sender_id
            | self.urging_ids.replier_id
            | self.urging_ids.addressee_ids.user_id
            | self.access_ids.user_id
        )
        persons.mapped("name")

    def _panel_log(self):
        return [
            {
                "id": line.id,
                "label": line.label,
                "state": line.state_to_label,
                "who": line.user_id.name,
                "for_whom": line.principal_id.name or "",
                "when": format_datetime(self.env, line.date, dt_format="short"),
                "note": line.note or "",
                "days": round((line.seconds or 0) / 86400, 1),
            }
            for line in self.sudo().transition_ids
        ]

    def _panel_urgings(self):
        return [
            {
                "id": urging.id,
                "nth": urging.nth,
                "level": urging.level,
                "date": format_date(self.env, urging.date),
                "sender": urging.sender_id.name or self.env._("the system"),
                "text": urging.text or "",
                "addressees": ", ".join(urging.addressee_ids.user_id.mapped("name")),
                "due": format_date(self.env, urging.date_reply_due),
                "reply": urging.reply or "",
                "replier": urging.replier_id.name or "",
                "can_reply": not urging.date_replied
                and self.env.user in urging.addressee_ids.user_id,
            }
            for urging in self.sudo().urging_ids
        ]

    def _panel_links(self):
        """Return the matters this one came from and gave rise to, that may be read."""
        links = self.env["office.matter.link"]._get_links(self)
        upward = links.filtered(
            lambda link: (link.target_model, link.target_id) == (self._name, self.id)
        )
        return {
            "sources": self._panel_matters(upward, "res_model", "res_id"),
            "results": self._panel_matters(links - upward, "target_model", "target_id"),
        }

    def _panel_matters(self, links, model_field, id_field):
        found = []
        for name, of_kind in links.grouped(model_field).items():
            model = self.env[name].with_context(active_test=False)
            if not model.has_access("read"):
                continue
            state = model._fields.get("state")
            states = dict(state._description_selection(self.env)) if state else {}
            found += [
                {
                    "model": name,
                    "id": matter.id,
                    "kind": self.env["ir.model"]._get_office_label(name),
                    "name": matter.display_name,
                    "state": states[matter.state] if state else "",
                }
                for matter in model.search_fetch(
                    [("id", "in", of_kind.mapped(id_field))],
                    ["display_name", *(["state"] if state else [])],
                    order="id",
                )
            ]
        return found

    def _panel_persons(self):
        kinds = dict(
            self.env["office.matter.access"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        return [
            {
                "id": access.id,
                "name": access.user_id.name,
                "kind": kinds[access.kind],
                "reason": access.reason or "",
                "lifted": bool(access.date_lifted),
            }
            for access in self.sudo().access_ids
        ]
