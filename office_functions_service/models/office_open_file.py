# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import hashlib
from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.office_functions.tools.transition import is_permitted, permit

from ..tools.disclosure_check import TYPES, examine, get_kind

CLERK = "office_functions.group_office_clerk"
OPEN_STATES = {
    "info_id": ("draft", "classified"),
    "request_id": ("filed", "received", "correcting", "consulting"),
}
"""Field of the matter → its states in which its files may still change."""
REVIEW_STATES = {"info_id": ("classified",), "request_id": ("received",)}
"""Field of the matter → its states in which its files are reviewed."""
GUARDED = {"digest", "author_id", "reviewer_id", "date_reviewed", "reviewed_digest"}


class OfficeOpenFile(models.Model):
    """A file of an entry of the catalogue, or of the reply to a request.

    File by file it is said whether the public gets it. None is released that was not
    read by the gate (:mod:`..tools.disclosure_check`) and then reviewed by somebody who
    did not write it (政府信息公开条例 第17条; 保密法实施条例 第42条). What is served
    is, byte for byte, what was reviewed.
    """

    _name = "office.open.file"
    _description = "File to Be Opened"
    _order = "sequence, id"
    _allow_sudo_commands = False

    sequence = fields.Integer(default=10)
    info_id = fields.Many2one(
        "office.open.info", "Entry of the Catalogue", index=True, ondelete="cascade"
    )
    request_id = fields.Many2one(
        "office.info.request",
        "Request for Information",
        index="btree_not_null",
        ondelete="cascade",
    )
    name = fields.Char("File Name", required=True)
    content = fields.Binary("File Content", required=True, attachment=True)
    visibility = fields.Selection(
        [("internal", "For the House Only"), ("public", "To Be Opened")],
        "Who Gets It",
        required=True,
        default="internal",
    )
    is_redacted = fields.Boolean(
        "Redacted Copy", help="Parts were taken out; it is shown as such."
    )
    finding_ids = fields.One2many(
        "office.open.finding", "file_id", "What the Gate Found", readonly=True
    )
    open_finding_count = fields.Integer(
        "Findings Left", compute="_compute_open_finding_count"
    )
    digest = fields.Char(readonly=True, copy=False)
    author_id = fields.Many2one(
        "res.users", "Put In By", readonly=True, copy=False, index="btree_not_null"
    )
    reviewer_id = fields.Many2one("res.users", "Reviewed By", readonly=True, copy=False)
    date_reviewed = fields.Datetime("Reviewed On", readonly=True, copy=False)
    reviewed_digest = fields.Char(readonly=True, copy=False)
    is_reviewed = fields.Boolean("Reviewed", compute="_compute_is_reviewed")

    _one_matter = models.Constraint(
        "CHECK(num_nonnulls(info_id, request_id) = 1)",
        "A file belongs to one entry, or to one request.",
    )

    @api.depends("finding_ids.is_open")
    def _compute_open_finding_count(self):
        for file in self:
            file.open_finding_count = len(file.finding_ids.filtered("is_open"))

    @api.depends("digest", "reviewed_digest")
    def _compute_is_reviewed(self):
        for file in self:
            file.is_reviewed = bool(file.digest) and file.digest == file.reviewed_digest

    # Who sees it ----------------------------------------------------------------------

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the files of the matters that the current user may see.

        Read by ``ir.rule``, as for matters.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """

        def to_sql(files, alias, query):
            return SQL(
                "(%s)",
                SQL(" OR ").join(
                    SQL(
                        "%s IN %s",
                        files._field_to_sql(alias, name, query),
                        files.env[files._fields[name].comodel_name]
                        .sudo(False)
                        ._search([], active_test=False)
                        .subselect(),
                    )
                    for name in OPEN_STATES
                    if files.env[files._fields[name].comodel_name]
                    .sudo(False)
                    .has_access("read")
                )
                or SQL("FALSE"),
            )

        def predicate(file):
            return file._get_matter().sudo(False).has_access("read")

        return Domain.custom(to_sql=to_sql, predicate=predicate)

    def _get_matter(self):
        """Return the entry or the request it belongs to."""
        self.ensure_one()
        return self.info_id or self.request_id

    # What changes it ------------------------------------------------------------------

    def _check_open(self):
        """Refuse to change what is settled, or what is not the user's to change.

        :raise UserError: when the matter has moved on
        """
        for name, states in OPEN_STATES.items():
            matters = self.sudo().mapped(name)
            if not matters:
                continue
            # Whoever publishes at the same moment sees the files as they were reviewed.
            matters._lock_for_transition()
            settled = matters.filtered(lambda one, s=states: one.state not in s)
            if settled:
                raise UserError(
                    self.env._(
                        "The files of %(names)s were settled by an earlier step and "
                        "cannot be changed any more.",
                        names=", ".join(settled.mapped("display_name")),
                    )
                )
            matters.sudo(self.env.su).check_access("write")

    @api.model_create_multi
    def create(self, vals_list):
        if not is_permitted(self.browse(), {}):
            for vals in vals_list:
                self._refuse_guarded(vals)
        files = super().create(vals_list)
        files._check_open()
        files._examine()
        return files

    def write(self, vals):
        if not self or is_permitted(self, vals):
            return super().write(vals)
        self._refuse_guarded(vals)
        if {"info_id", "request_id"} & vals.keys():
            raise ValidationError(self.env._("A file stays with its matter."))
        self._check_open()
        result = super().write(vals)
        if {"content", "name"} & vals.keys():
            self._examine()
        elif {"visibility", "is_redacted"} & vals.keys():
            self._set(reviewed_digest=False, reviewer_id=False, date_reviewed=False)
        return result

    def unlink(self):
        self._check_open()
        return super().unlink()

    @api.model
    def _refuse_guarded(self, vals):
        taken = sorted(GUARDED & vals.keys())
        if any(vals[name] for name in taken):
            labels = self.fields_get(taken, ["string"])
            raise ValidationError(
                self.env._(
                    "Only the review sets these: %(fields)s.",
                    fields=", ".join(labels[name]["string"] for name in taken),
                )
            )

    def _set(self, **vals):
        """Write guarded fields."""
        files = self.sudo()
        with permit(files):
            files.write(vals)

    # The gate -------------------------------------------------------------------------

    def _get_bytes(self):
        """Return what the file holds now.

        :rtype: bytes
        """
        self.ensure_one()
        return b64decode(self.sudo().with_context(bin_size=False).content or b"")

    def _examine(self):
        """Let the gate read files that are new or changed: the review begins anew."""
        Finding = self.env["office.open.finding"].sudo()
        for file in self:
            content = file._get_bytes()
            with permit(Finding):
                Finding.search([("file_id", "=", file.id)]).unlink()
                Finding.create(
                    [
                        {"file_id": file.id, "code": one.code, "place": one.place}
                        for one in examine(file.name, content)
                    ]
                )
            file._set(
                digest=hashlib.sha256(content).hexdigest(),
                author_id=self.env.uid,
                reviewer_id=False,
                date_reviewed=False,
                reviewed_digest=False,
            )
        matters = self.sudo().info_id
        matters._note_author()

    def _explain_review_refusal(self):
        """Return why the current user may not pass these files.

        :rtype: list[str]
        """
        reasons = []
        for file in self.sudo():
            matter = file._get_matter()
            field = "info_id" if file.info_id else "request_id"
            if matter.state not in REVIEW_STATES[field]:
                reasons.append(
                    self.env._("%(file)s is not up for review now.", file=file.name)
                )
            if self.env.user in (file.author_id | matter._get_authors()):
                reasons.append(
                    self.env._(
                        "%(file)s: you had a part in it, somebody else reviews it.",
                        file=file.name,
                    )
                )
            reasons += file._explain_findings()
        if not self.env.su and not self.env.user.has_group(CLERK):
            reasons.append(self.env._("The office reviews what is released."))
        return list(dict.fromkeys(reasons))

    def _explain_findings(self):
        """Return what the gate found and nobody has settled, file by file."""
        return [
            f"{file.name}: {finding._describe()}"
            for file in self
            for finding in file.finding_ids.filtered("is_open")
        ]

    def action_review(self):
        """Pass files as reviewed: nothing in them is secret, private or hidden.

        :raise UserError: with all the reasons against it; none is passed then
        """
        self.check_access("read")
        for name in OPEN_STATES:
            self.sudo().mapped(name)._lock_for_transition()
        reasons = self._explain_review_refusal()
        if reasons:
            raise UserError("\n".join(reasons))
        for file in self:
            digest = hashlib.sha256(file._get_bytes()).hexdigest()
            if digest != file.sudo().digest:
                raise UserError(
                    self.env._(
                        "%(file)s changed since it was read. Please put it in anew.",
                        file=file.name,
                    )
                )
            file._set(
                reviewer_id=self.env.uid,
                date_reviewed=fields.Datetime.now(),
                reviewed_digest=digest,
            )

    def _explain_release_refusal(self):
        """Return why these files may not be released.

        :rtype: list[str]
        """
        reasons = []
        for file in self.filtered(lambda one: one.visibility == "public"):
            reasons += file._explain_findings()
            if not file.is_reviewed:
                reasons.append(
                    self.env._(
                        "%(file)s has not been reviewed by somebody who did not write "
                        "it.",
                        file=file.name,
                    )
                )
        return reasons

    def _get_released(self):
        """Return which of these files may be handed out: opened, and reviewed."""
        return self.filtered(lambda one: one.visibility == "public" and one.is_reviewed)

    def _get_release(self):
        """Return what is handed out of one released file.

        :return: ``(bytes, media type)``; nothing where it is not what was reviewed
        :rtype: tuple[bytes, str] or None
        """
        self.ensure_one()
        content = self._get_bytes()
        if hashlib.sha256(content).hexdigest() != self.reviewed_digest:
            return None
        return content, TYPES[get_kind(self.name)]

    def _describe_public(self):
        """Return what the public is told of the released files.

        :return: ``id``, ``name``, ``kind``, ``size`` and ``redacted`` of each
        :rtype: list[dict]
        """
        attachments = self.env["ir.attachment"].sudo()
        sizes = dict(
            attachments._read_group(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "content"),
                    ("res_id", "in", self.ids),
                ],
                ["res_id"],
                ["file_size:sum"],
            )
        )
        return [
            {
                "id": file.id,
                "name": file.name,
                "kind": get_kind(file.name),
                "size": sizes.get(file.id, 0),
                "redacted": file.is_redacted,
            }
            for file in self
        ]
