# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""For whom each file is that hangs on a matter of the service hall (A9, R-PET-10)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain

FIELD = "office_visibility"
PLACE = {"res_model", "res_id"}


class IrAttachment(models.Model):
    """A file of a petition is for the house, for the petitioner too, or for few.

    The hall gives back what is for the person, and nothing else. What is restricted is
    absent for all but the handler and the petition officers who read the petition.
    Neither links with a token nor “public” open any of them.
    """

    _inherit = "ir.attachment"

    office_visibility = fields.Selection(
        [
            ("internal", "Inside the House"),
            ("person", "Also for the Person"),
            ("restricted", "Handler and Petition Officers Only"),
        ],
        "Seen By",
        copy=False,
        help="Inside the house: who reads the matter reads the file. Also for the "
        "person: the service hall gives it to who follows the matter.",
    )

    def _get_hall_files(self):
        """Return those of these files that hang on a matter of the service hall."""
        kinds = set(self.env["office.public.mixin"]._get_public_kinds().values())
        return self.filtered(
            lambda file: file.res_model in kinds and file.res_id and not file.res_field
        )

    # Who reads ------------------------------------------------------------------------

    @api.model
    def _get_unrestricted_domain(self):
        """Return the files that no restriction keeps from the current user.

        :rtype: Domain
        """
        domain = Domain(FIELD, "!=", "restricted")
        for name in self.env["office.public.mixin"]._get_public_kinds().values():
            matters = self.env[name].with_context(active_test=False)
            if matters.has_access("read"):
                query = matters._search(matters._get_closed_files_domain())
                domain |= Domain("res_model", "=", name) & Domain("res_id", "in", query)
        return domain

    @api.model
    def _search(
        self,
        domain,
        offset=0,
        limit=None,
        order=None,
        *,
        active_test=True,
        bypass_access=False,
    ):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._get_unrestricted_domain()
        return super()._search(
            domain,
            offset,
            limit,
            order,
            active_test=active_test,
            bypass_access=bypass_access,
        )

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if self.env.su:
            return refused
        forbidden, error = refused or (self.browse(), None)
        files = (self - forbidden).sudo()
        closed = files.filtered(lambda file: file.office_visibility == "restricted")
        closed = (closed - closed._filter_opened(self.env.user)).with_env(self.env)
        if not closed:
            return refused
        rule = self.env["ir.rule"]
        return (
            forbidden | closed,
            error or (lambda: rule._make_access_error(operation, closed)),
        )

    def _filter_opened(self, user):
        """Return those restricted files that are open to a user, as far as they read.

        :param res.users user: handler, petition officer, or none of them
        """
        opened = self.browse()
        for name, files in self._get_hall_files().grouped("res_model").items():
            matters = self.env[name].browse(files.mapped("res_id")).with_user(user)
            matters = matters.sudo().exists()
            mine = matters.filtered_domain(
                matters.with_user(user)._get_closed_files_domain()
            )
            opened |= files.filtered(lambda file, ids=mine.ids: file.res_id in ids)
        return opened

    def _has_attachments_ownership(self, attachment_tokens):
        """Let no token of the chatter own a file that one may not read."""
        if not self.sudo().exists()._get_hall_files().sudo(False).has_access("read"):
            return False
        return super()._has_attachments_ownership(attachment_tokens)

    # For whom it is -------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Keep new files inside the house; the hall's own say so themselves."""
        # Neither a context nor a default that somebody saved opens a file.
        files = super().create([{FIELD: False, **vals} for vals in vals_list])
        files.filtered(FIELD)._check_may_sort()
        files._settle_visibility()
        return files

    def write(self, vals):
        """Put each change on record; who may not see a file moves and opens none.

        :raise AccessError: for others than the handler and petition officers
        :raise ValidationError: for a restricted file that is hung elsewhere
        """
        if {FIELD, "public", *PLACE}.isdisjoint(vals):
            return super().write(vals)
        before = {file: file.office_visibility for file in self.sudo()}
        places = {file: (file.res_model, file.res_id) for file in self.sudo()}
        result = super().write(vals)
        moved = self.sudo().filtered(
            lambda file: places[file] != (file.res_model, file.res_id)
        )
        if any(before[file] == "restricted" for file in moved):
            raise ValidationError(
                self.env._("A restricted file stays with its matter.")
            )
        if FIELD in vals:
            self._check_may_sort()
        elif moved:
            moved[FIELD] = False
        self._settle_visibility()
        if FIELD in vals:
            for file in self.sudo()._get_hall_files():
                file._note_visibility(before[file])
        return result

    def _check_may_sort(self):
        """Refuse that others than handler and petition officers open or close a file.

        :raise AccessError: naming who may
        """
        if self.env.su:
            return
        files = self.sudo()._get_hall_files()
        if files - files._filter_opened(self.env.user):
            raise AccessError(
                self.env._(
                    "Only the handler and petition officers say for whom a file is."
                )
            )

    def _settle_visibility(self):
        """Let files of the hall's matters be inside the house, and never public.

        :raise ValidationError: for a file that is “public”
        """
        files = self.sudo()._get_hall_files()
        if any(file.public for file in files):
            raise ValidationError(
                self.env._("A file of a matter of the service hall is never public.")
            )
        new = files.filtered(lambda file: not file.office_visibility)
        if new:
            new.write({FIELD: "internal"})
        for name, alike in files.grouped("res_model").items():
            matters = self.env[name].browse(alike.mapped("res_id"))
            matters.invalidate_recordset(["public_file_ids"])

    def copy_data(self, default=None):
        """Keep a copy of what is restricted restricted."""
        return [
            {**vals, FIELD: "restricted"}
            if file.sudo().office_visibility == "restricted"
            else vals
            for file, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def _note_visibility(self, before):
        """Put on record for whom a file is now, and take what is restricted away.

        :param str before: for whom it was
        """
        self.ensure_one()
        before, now = before or "internal", self.office_visibility
        if now == before:
            return
        words = dict(self._fields[FIELD]._description_selection(self.env))
        matter = self.env[self.res_model].browse(self.res_id).sudo()
        change = f"{words[before]} → {words[now]}"
        self.env["office.audit.log"]._note("file", matter, change)
        is_named = "restricted" not in (before, now)
        matter._message_log(
            body=self.env._(
                "File %(name)s: %(change)s",
                name=self.name if is_named else self.id,
                change=change,
            )
        )
        if now == "restricted":
            self.access_token = False
            messages = self.env["mail.message"].sudo()
            messages = messages.search([("attachment_ids", "in", self.ids)])
            messages.write({"attachment_ids": [Command.unlink(self.id)]})

    def _is_from_stranger(self):
        """Tell whether somebody without an account sent this document to the hall.

        Not a picture: those were drawn anew when they came in.

        :rtype: bool
        """
        self.ensure_one()
        return bool(
            self.create_uid.share
            and self._get_hall_files()
            and not (self.mimetype or "").startswith("image/")
        )


class OfficePublicMixin(models.AbstractModel):
    _inherit = "office.public.mixin"

    @api.model
    def _get_closed_files_domain(self):
        """Return the matters of which the current user sees restricted files.

        Those they handle, themselves or on somebody's behalf; of what they read.

        :rtype: Domain
        """
        user = self.env.user
        if user.has_group("office_functions.group_office_petition"):
            return Domain.TRUE
        domain = Domain("handler_id", "=", user.id)
        for delegation in self.env["office.delegation"]._get_running(self._name):
            if delegation.delegate_id == user:
                domain |= delegation._get_scope_domain() & Domain(
                    "handler_id", "=", delegation.principal_id.id
                )
        return domain

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Send nobody who does not read the matter a file that is for the house.

        :raise UserError: naming the files, and what to do
        """
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if self and any(
            line["share"]
            and not (line["uid"] and self.with_user(line["uid"]).has_access("read"))
            for line in recipients
        ):
            closed = (
                message.sudo()
                .attachment_ids._get_hall_files()
                .filtered(lambda file: file.office_visibility != "person")
            )
            if closed:
                raise UserError(
                    self.env._(
                        "These files stay inside the house: %(names)s. Please say on "
                        "the matter that they are also for the person, or leave them "
                        "out.",
                        names=", ".join(closed.mapped("name")),
                    )
                )
        return recipients


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._check_no_restricted_file()
        return messages

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._check_no_restricted_file()
        return result

    def _check_no_restricted_file(self):
        """Let no message carry a restricted file to all who read it.

        :raise ValidationError: naming what to do
        """
        files = self.sudo().attachment_ids
        if any(file.office_visibility == "restricted" for file in files):
            raise ValidationError(
                self.env._(
                    "A restricted file goes into no message. Who may see it finds it "
                    "with the matter's files."
                )
            )


class OfficeAuditLog(models.Model):
    _inherit = "office.audit.log"

    kind = fields.Selection(
        selection_add=[("file", "File Opened or Closed")], ondelete={"file": "cascade"}
    )


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _find_record(
        self,
        xmlid=None,
        res_model="ir.attachment",
        res_id=None,
        access_token=None,
        field=None,
    ):
        """Take no token in the place of rights to a file of the hall's matters."""
        record = super()._find_record(xmlid, res_model, res_id, access_token, field)
        if record._name == "ir.attachment" and record.sudo()._get_hall_files():
            record.sudo(False).check_access("read")
        return record
