# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Plants somebody in every relation to a petition, then looks through their eyes."""

from contextlib import suppress

from odoo.exceptions import AccessError, MissingError
from odoo.fields import Command, Domain

from odoo.addons.office_functions.tools.transition import permit

from .petition_secret_case import MARKER, SecretFixture

PLANTED = (
    "leader",
    "director",
    "clerk",
    "section_head",
    "staff",
    "liaison",
    "petition_officer",
    "logistics",
    "school",
    "citizen",
    "admin",
    "outsider",
)
ANOTHER = "Another matter"
NEAR = ("office.", "mail.", "rating.", "ir.attachment")
TEXTS = ("char", "text", "html")


class LeakFixture(SecretFixture):
    """A petition on which the marker stands in every text, and who was near it.

    ``accused`` are users by role: recorder, handler, head of the leading unit, follower,
    assignee, delegate, admitted by name, addressee of mails, rater … They are found to
    be those complained of only after all of that.
    """

    def plant(self, how="person", **vals):
        """Bring about a petition with everybody near it, then close it to them.

        :param str how: ``person``: they are named as those complained of; ``unit``:
            they join a unit that is, so that nothing is tidied up and rules alone
            hold; ``report``: it is found to be a report, and they are not admitted
        :return: the petition, in superuser mode
        """
        everybody = self.env["res.users"].union(*(self.users[who] for who in PLANTED))
        everybody.filtered(lambda user: user._is_internal()).notification_type = "inbox"
        petition = self.register(
            self.users["petition_officer"],
            handler_id=self.users["staff"].id,
            lead_unit_id=self.unit.id,
            assisting_unit_ids=[Command.set((self.other_unit | self.school).ids)],
            **vals,
        ).sudo()
        self.plant_relations(petition)
        self.plant_rows(petition, everybody)
        self.plant_links(petition)
        self.env.flush_all()
        if how == "report":
            petition.access_ids.write({"date_lifted": "2026-03-10 00:00:00"})
            petition.with_user(self.keeper).is_report = True
        elif how == "unit":
            far = self.env["hr.department"].create({"name": "Far", "company_id": False})
            self.env["office.petition.accused"].with_user(self.keeper).create(
                {"petition_id": petition.id, "unit_id": far.id, "role": MARKER}
            )
            far.office_user_ids = [Command.set(everybody.ids)]
        else:
            self.env["office.petition.accused"].with_user(self.keeper).create(
                [
                    {
                        "petition_id": petition.id,
                        "user_id": user.id,
                        "name": f"{MARKER} {user.name}",
                        "role": MARKER,
                    }
                    for user in everybody
                ]
            )
        self.env["ir.model.data"].create(
            {
                "module": "__export__",
                "name": f"office_petition_{petition.id}",
                "model": petition._name,
                "res_id": petition.id,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return petition

    def plant_rows(self, petition, everybody):
        """Let everybody follow it, get tasks and mails, and be admitted by name."""
        director = self.users["director"]
        petition.message_subscribe(everybody.partner_id.ids)
        for user in everybody:
            petition.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=MARKER,
                note=MARKER,
            )
            petition._name_person("granted", user, MARKER)
        for role in ("petition_officer", "staff", "director"):
            petition.with_user(self.users[role]).sudo().message_post(
                body=MARKER,
                subject=MARKER,
                partner_ids=everybody.partner_id.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
        petition._send_urging(MARKER, "3", 2, everybody)
        self.env["office.urging.addressee"]._tell_all()
        self.file = self.env["ir.attachment"].create(
            {
                "name": f"{MARKER}.txt",
                "raw": MARKER.encode(),
                "res_model": petition._name,
                "res_id": petition.id,
            }
        )
        self.file.office_visibility = "person"
        self.token = self.file.generate_access_token()[0]
        self.env["mail.mail"].create(
            {
                "model": petition._name,
                "res_id": petition.id,
                "subject": MARKER,
                "body_html": MARKER,
                "recipient_ids": [
                    Command.set((everybody | self.keeper).partner_id.ids)
                ],
            }
        )
        self.env["office.transition"]._put_on_record(
            [
                {
                    "res_model": petition._name,
                    "res_id": petition.id,
                    "name": MARKER,
                    "state_from": "registered",
                    "state_to": "registered",
                    "user_id": user.id,
                    "note": MARKER,
                }
                for user in everybody
            ]
        )
        Audit = self.env["office.audit.log"]
        Audit.with_user(director)._note("print", petition, MARKER)
        Audit.with_user(director)._note("view", petition.identity_ids, MARKER)
        with permit(self.env["rating.rating"]):
            self.env["rating.rating"].create(
                [
                    {
                        "res_model_id": self.env["ir.model"]._get_id(petition._name),
                        "res_id": petition.id,
                        "partner_id": user.partner_id.id,
                        "rating": 1,
                        "feedback": MARKER,
                        "consumed": True,
                    }
                    for user in everybody
                ]
            )
        self.env["office.omission"].create(
            {
                "code": MARKER,
                "res_model": petition._name,
                "res_id": petition.id,
                "date_found": "2026-03-10",
            }
        )
        message = petition.message_ids[:1]
        self.env["mail.message.schedule"].create(
            {"mail_message_id": message.id, "scheduled_datetime": "2030-01-01"}
        )
        self.env["mail.tracking.value"].create(
            {
                "mail_message_id": message.id,
                "field_id": self.env["ir.model.fields"]
                ._get("office.petition", "name")
                .id,
                "new_value_char": MARKER,
            }
        )
        self.env["mail.scheduled.message"].with_user(
            self.users["petition_officer"]
        ).create(
            {
                "model": petition._name,
                "res_id": petition.id,
                "author_id": self.users["petition_officer"].partner_id.id,
                "body": MARKER,
                "subject": MARKER,
                "scheduled_date": "2030-01-01",
            }
        )

    def plant_relations(self, petition):
        """Name further people in whatever else a petition names somebody by.

        Who decided, who received it, who replied first, who reviews it, and who handles
        the petition it is joined to.
        """
        lead = self.register(
            self.keeper,
            name=ANOTHER,
            text=ANOTHER,
            handler_id=self.users["logistics"].id,
        ).sudo()
        petition._set(
            decided_by_id=self.users["director"].id,
            first_contact_id=self.users["clerk"].id,
            first_handler_id=self.users["petition_officer"].id,
            lead_petition_id=lead.id,
        )
        Review = self.env["office.petition.review"]
        Notice = self.env["office.petition.notice"]
        with permit(Review), permit(Notice):
            self.review = Review.create(
                {
                    "petition_id": petition.id,
                    "level": "review",
                    "reviewer_id": self.users["liaison"].id,
                    "text": MARKER,
                }
            )
            self.notice = Notice.create(
                {"petition_id": petition.id, "kind": "acceptance", "reason": MARKER}
            )

    def plant_links(self, petition):
        """Let it give rise to a matter, and lend power over it to and from them."""
        staff, head = self.users["staff"], self.users["section_head"]
        self.directive = self.env["office.directive"].create(
            {
                "name": "Something else",
                "text": "Do something else",
                "leader_id": self.users["leader"].id,
                "handler_id": staff.id,
                "lead_unit_id": self.unit.id,
            }
        )
        self.env["office.matter.link"]._link(petition, self.directive)
        self.env["office.matter.link"]._link(self.directive, petition, "related")
        self.delegate = self.make_user(
            "test_leak_delegate", "office_functions.group_office_staff"
        )
        lent = self.env["office.delegation"].create(
            [
                {
                    "principal_id": principal.id,
                    "delegate_id": delegate.id,
                    "date_to": "2099-12-31",
                }
                for principal, delegate in ((head, staff), (staff, self.delegate))
            ]
        )
        lent._take_over()

    # Through their eyes ---------------------------------------------------------------

    def find_leaks(self, petition, user, models=None):
        """Return what a user learns of a petition by reading any model by any road.

        :param petition: with the marker in all its texts
        :param models: names of models; nothing given: all there are
        :return: ``model.road`` of each leak
        :rtype: list[str]
        """
        self.env.flush_all()
        self.env.invalidate_all()
        env = self.env(user=user.id, su=False)
        leaks = []
        for name in models or sorted(env.registry):
            model = env[name]
            if model._abstract or model._transient:
                continue
            if not model._auto and not model._table_query:
                continue
            if not model.has_access("read"):
                continue
            # Some kinds refuse to be searched by who may not read what they hang on.
            with suppress(AccessError):
                leaks += [f"{name}.{road}" for road in self._leaks_of(model, petition)]
        return leaks

    def get_near_models(self):
        """Return the models that know of matters, other than all there are."""
        return [name for name in sorted(self.env.registry) if name.startswith(NEAR)]

    def _leaks_of(self, model, petition):
        model = model.with_context(active_test=False)
        shown = {
            field.name: field
            for field in model._fields.values()
            if field.store
            and field.column_type
            and model._has_field_access(field, "read")
        }
        texts = [name for name, field in shown.items() if field.type in TEXTS]
        said = Domain.OR(Domain(name, "ilike", MARKER) for name in texts)
        about = self._get_about(model, shown, petition)
        near = model._name.startswith(NEAR)
        leaks = []
        for road, domain in (("text", said if texts else None), ("row", about)):
            if domain is None:
                continue
            if model.search_count(domain):
                leaks.append(f"count:{road}")
            if not near:
                continue
            if model.search(domain, limit=1):
                leaks.append(f"search:{road}")
            if model._read_group(domain, [], ["__count"])[0][0]:
                leaks.append(f"read_group:{road}")
            hidden = model.sudo().search(domain, limit=1).with_env(model.env)
            with suppress(AccessError, MissingError):
                if hidden.read():
                    leaks.append(f"read:{road}")
        if near:
            # Some logs have no name to search by: each of them is found by any word.
            named = model._rec_name or model._rec_names_search
            with suppress(NotImplementedError, ValueError):
                if named and model.name_search(MARKER, limit=1):
                    leaks.append("name_search")
            if MARKER in str(self._read_all(model)):
                leaks.append("display")
        return leaks

    def _get_about(self, model, shown, petition):
        """Return the domain of the rows that point to the petition, if any do."""
        found = []
        for kind, place in (("res_model", "res_id"), ("model", "res_id")):
            if kind in shown and place in shown and model._name != "ir.model.data":
                found.append(
                    Domain(kind, "=", petition._name) & Domain(place, "=", petition.id)
                )
        if "target_model" in shown:
            found.append(
                Domain("target_model", "=", petition._name)
                & Domain("target_id", "=", petition.id)
            )
        if model._name == petition._name:
            found.append(Domain("id", "=", petition.id))
        found += [
            Domain(name, "=", petition.id)
            for name, field in shown.items()
            if field.comodel_name == petition._name and field.type == "many2one"
        ]
        return Domain.OR(found) if found else None

    def _read_all(self, model):
        """Return all that can be read of a model, computed names included."""
        records = model.search([], limit=20, order="id desc")
        names = [
            name
            for name, field in model._fields.items()
            if model._has_field_access(field, "read")
            and field.type not in ("binary", "one2many", "many2many")
        ]
        return records.read(names)
